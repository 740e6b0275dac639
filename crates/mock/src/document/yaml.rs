//! YAML to JSON values.

use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::Value;

use super::DocumentError;

pub(super) fn parse(text: &str) -> Result<Value, DocumentError> {
    let documents =
        Yaml::load_from_str(text).map_err(|error| DocumentError::new(error.to_string()))?;
    match documents.as_slice() {
        [document @ Yaml::Mapping(_)] => to_json(document),
        // A checkout without symbolic links has the path of the file in its place.
        _ => Err(DocumentError::new(
            "this is no OpenAPI document. Does the checkout have its symbolic links?",
        )),
    }
}

fn to_json(yaml: &Yaml<'_>) -> Result<Value, DocumentError> {
    Ok(match yaml {
        Yaml::Value(Scalar::Null) => Value::Null,
        Yaml::Value(Scalar::Boolean(it)) => (*it).into(),
        Yaml::Value(Scalar::Integer(it)) => (*it).into(),
        Yaml::Value(Scalar::FloatingPoint(it)) => it.into_inner().into(),
        Yaml::Value(Scalar::String(it)) => it.as_ref().into(),
        Yaml::Sequence(items) => items.iter().map(to_json).collect::<Result<_, _>>()?,
        Yaml::Mapping(members) => {
            let members = members.iter().map(|(key, value)| {
                let key = key
                    .as_str()
                    .ok_or_else(|| DocumentError::new("there is a key that is not a string"))?;
                Ok((key.to_owned(), to_json(value)?))
            });
            Value::Object(members.collect::<Result<_, DocumentError>>()?)
        }
        _ => return Err(DocumentError::new("tags and aliases are not understood")),
    })
}
