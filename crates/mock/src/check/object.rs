//! Objects: `name[key]`.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::input::{Node, member};
use super::{Report, Sort, decode as decode_any};
use crate::document::Schema;

/// The other branches of the union that an object is one branch of: their members do not belong in it.
pub(super) type Siblings<'s> = &'s [&'s Arc<Schema>];

pub(super) fn decode(
    schema: &Schema,
    siblings: Siblings<'_>,
    node: &Node,
    at: &str,
    report: &mut Report,
) -> Value {
    if !node.leaves.is_empty() {
        let example = schema.properties.first().map_or("name", |(name, _)| name);
        report.invalid(
            at,
            format!("is an object: send its members one by one, as {at}[{example}]"),
        );
    }
    let mut members = Map::new();
    for (name, property) in &schema.properties {
        let field = member(at, name);
        match node.child(name) {
            Some(given) => {
                members.insert(name.clone(), decode_any(property, given, &field, report));
            }
            None if schema.required.contains(name) => {
                report.problem(Sort::Missing, &field, "is required");
            }
            None => {}
        }
    }
    for (name, given) in &node.children {
        if schema.property(name).is_some() {
            continue;
        }
        let field = member(at, name);
        if let Some(additional) = &schema.additional {
            members.insert(name.clone(), decode_any(additional, given, &field, report));
        } else if siblings.iter().any(|it| it.property(name).is_some()) {
            report.invalid(
                &field,
                format!("does not go with {}", mark(schema, siblings, at)),
            );
        } else {
            report.ignored.push(field);
        }
    }
    Value::Object(members)
}

/// What shows that an object is this branch and none of the others.
fn mark(schema: &Schema, siblings: Siblings<'_>, at: &str) -> String {
    let own = schema.properties.iter().filter(|(name, _)| {
        schema.only_value(name).is_some() || siblings.iter().all(|it| it.property(name).is_none())
    });
    let mut names = own.map(|(name, _)| match schema.only_value(name) {
        Some(value) => format!("{}={value}", member(at, name)),
        None => member(at, name),
    });
    names.next().unwrap_or_else(|| "the rest".to_owned())
}
