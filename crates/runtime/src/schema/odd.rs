//! The schemas of what may be odd, or is kept with its JSON: those of the values.

use schemars::JsonSchema;
use schemars::r#gen::SchemaGenerator;
use schemars::schema::Schema;

use crate::odd::{Items, MaybeOdd, RawJson};
use crate::untagged::Kept;

macro_rules! schema_of {
    ($name:ty $(where $parameter:ident)?: $other:ty) => {
        impl$(<$parameter: JsonSchema>)? JsonSchema for $name {
            fn schema_name() -> String {
                <$other>::schema_name()
            }

            fn is_referenceable() -> bool {
                <$other>::is_referenceable()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                <$other>::json_schema(generator)
            }
        }
    };
}

schema_of!(Items<T> where T: Vec<T>);
schema_of!(Kept<T> where T: T);
schema_of!(MaybeOdd<T> where T: T);
schema_of!(RawJson: serde_json::Value);
