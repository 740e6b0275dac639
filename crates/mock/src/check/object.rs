//! Objects: `name[key]`.

use serde_json::{Map, Value};

use super::field_tree::{FieldTree, member};
use super::{ProblemKind, Report, decode as decode_any};
use crate::api::Schema;

/// The other branches of the union that an object is a branch of. Their members do not belong in it.
pub(super) type Siblings<'s> = &'s [&'s Schema];

pub(super) fn decode(
    schema: &Schema,
    siblings: Siblings<'_>,
    fields: &FieldTree,
    at: &str,
    report: &mut Report,
) -> Value {
    if !fields.values.is_empty() {
        let example = schema.properties.first().map_or("name", |(name, _)| name);
        let message = format!("is an object: send its members one by one, as {at}[{example}]");
        report.invalid(at, message);
    }
    let mut members = Map::new();
    for (name, property) in &schema.properties {
        let field = member(at, name);
        match fields.child(name) {
            Some(given) => {
                members.insert(name.clone(), decode_any(property, given, &field, report));
            }
            None if schema.required.contains(name) => {
                report.problem(ProblemKind::Missing, &field, "is required");
            }
            None => {}
        }
    }
    for (name, given) in &fields.children {
        if schema.property(name).is_some() {
            continue;
        }
        let field = member(at, name);
        if let Some(additional) = &schema.additional {
            members.insert(name.clone(), decode_any(additional, given, &field, report));
        } else if siblings.iter().any(|it| it.property(name).is_some()) {
            let message = format!("does not go with {}", mark(schema, siblings, at));
            report.invalid(&field, message);
        } else {
            report.ignored.push(field);
        }
    }
    Value::Object(members)
}

/// The first member that tells this branch from the others.
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
