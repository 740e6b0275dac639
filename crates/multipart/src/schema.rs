//! The JSON schema of an upload.

use schemars::JsonSchema;
use schemars::r#gen::SchemaGenerator;
use schemars::schema::{InstanceType, Schema, SchemaObject};

use crate::Upload;

/// `{"type": "string", "format": "binary"}`, as in OpenAPI.
impl JsonSchema for Upload {
    fn is_referenceable() -> bool {
        false
    }

    fn schema_name() -> String {
        "Upload".to_owned()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        SchemaObject {
            instance_type: Some(InstanceType::String.into()),
            format: Some("binary".to_owned()),
            ..SchemaObject::default()
        }
        .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_upload_is_a_binary_string() {
        let schema = schemars::schema_for!(Vec<Upload>);
        assert_eq!(
            serde_json::to_value(schema).unwrap()["items"],
            serde_json::json!({"type": "string", "format": "binary"})
        );
    }
}
