//! `postpress schema`.

use postpress::raw::{forms, types};
use schemars::{
    JsonSchema, Map,
    r#gen::{SchemaGenerator, SchemaSettings},
    schema::{RootSchema, Schema},
};
use serde_json::Value;

use crate::{args::reference::Schema as Command, failure::Failure, output};

pub(crate) fn run(command: &Command) -> Result<(), Failure> {
    let definitions = definitions();
    let Some(wanted) = &command.type_name else {
        return output::lines(definitions.keys());
    };
    match definitions.get_key_value(wanted).or_else(|| {
        definitions
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
    }) {
        Some((name, _)) => output::json(&root(name, &definitions)?),
        None => Err(Failure::usage(format!(
            "there is no type {wanted:?}; `postpress schema` lists them"
        ))),
    }
}

/// Every type in requests and responses, by name.
fn definitions() -> Map<String, Schema> {
    let mut schemas = SchemaSettings::draft07().into_generator();
    fn add<T: JsonSchema>(schemas: &mut SchemaGenerator) {
        schemas.subschema_for::<T>();
    }
    // What operations take and return; these refer to the rest.
    add::<forms::StartChatRequest>(&mut schemas);
    add::<forms::SendMessageRequest>(&mut schemas);
    add::<types::ChatList>(&mut schemas);
    add::<types::ChatDetail>(&mut schemas);
    add::<types::ChatStarted>(&mut schemas);
    add::<types::MessageSent>(&mut schemas);
    add::<types::Problem>(&mut schemas);
    schemas.take_definitions()
}

/// A complete schema, with the definitions that it refers to.
fn root(name: &str, definitions: &Map<String, Schema>) -> Result<RootSchema, Failure> {
    let mut schema = definitions
        .get(name)
        .cloned()
        .unwrap_or(Schema::Bool(true))
        .into_object();
    schema
        .metadata()
        .title
        .get_or_insert_with(|| name.to_owned());
    let mut needed = Map::new();
    let mut open = references(&serde_json::to_value(&schema)?);
    while let Some(name) = open.pop() {
        if let (false, Some(schema)) = (needed.contains_key(&name), definitions.get(&name)) {
            open.extend(references(&serde_json::to_value(schema)?));
            needed.insert(name, schema.clone());
        }
    }
    let meta_schema = SchemaSettings::draft07().meta_schema;
    Ok(RootSchema {
        meta_schema,
        schema,
        definitions: needed,
    })
}

/// The names that a schema refers to.
fn references(schema: &Value) -> Vec<String> {
    match schema {
        Value::Object(members) => members
            .iter()
            .flat_map(|(key, value)| match value.as_str() {
                Some(target) if key == "$ref" => target
                    .strip_prefix("#/definitions/")
                    .map(str::to_owned)
                    .into_iter()
                    .collect(),
                _ => references(value),
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_in_a_schema_is_defined_in_it() {
        let definitions = definitions();
        assert!(definitions.len() > 30, "{:?}", definitions.keys());
        for name in definitions.keys() {
            let root = root(name, &definitions).expect("a schema");
            for target in references(&serde_json::to_value(&root).expect("JSON")) {
                assert!(
                    root.definitions.contains_key(&target),
                    "{name} refers to {target}"
                );
            }
        }
    }
}
