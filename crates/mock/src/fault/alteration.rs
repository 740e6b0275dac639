//! Responses of a service that has moved on: values, kinds, nulls and fields that are not documented.
//!
//! The schema of the response says what can be altered where.

use serde_json::{Value, json};

use super::{ActiveFaults, FaultKind};
use crate::Operation;
use crate::check;
use crate::schema::{JsonType, Schema};

/// The body of a response, of the given schema, as the alterations leave it that are in force, and their names; `None`
/// where none is.
///
/// An alteration that finds nothing to alter in a response waits for the next.
pub(crate) fn altered(
    faults: &mut ActiveFaults,
    operation: Option<Operation>,
    schema: &Schema,
    original: &[u8],
) -> Option<(Value, Vec<String>)> {
    let mut body: Option<Value> = None;
    let mut names = Vec::new();
    faults.count(operation, |kind, is_next| {
        if !kind.alters() {
            return false;
        }
        let mut changed = match &body {
            Some(body) => body.clone(),
            None => serde_json::from_slice(original).unwrap_or_default(),
        };
        let possible = kind.alter(schema, &mut changed);
        if possible && is_next {
            body = Some(changed);
            names.push(kind.to_string());
        }
        possible
    });
    Some((body?, names))
}

impl FaultKind {
    /// Whether this is done to the body of a response.
    pub(super) fn alters(&self) -> bool {
        use FaultKind::{ExtraFields, Nulls, OddRecord, UnknownAttachments, UnknownEnumValues};
        matches!(
            self,
            UnknownEnumValues | UnknownAttachments | Nulls | ExtraFields | OddRecord(_)
        )
    }

    /// Alters a body of the given schema. Says whether there was anything to alter.
    fn alter(&self, schema: &Schema, body: &mut Value) -> bool {
        match self {
            FaultKind::UnknownEnumValues => unknown_enum_values(schema, body),
            FaultKind::UnknownAttachments => unknown_attachments(schema, body),
            FaultKind::ExtraFields => extra_fields(schema, body),
            FaultKind::OddRecord(oddity) => oddity.apply(schema, body),
            // A page keeps its list and its cursor, so that there is something to see.
            FaultKind::Nulls => match (schema.property("items"), body.get_mut("items")) {
                (Some(list), Some(items)) => within(list, items, &mut nulls),
                _ => nulls(schema, body),
            },
            _ => false,
        }
    }
}

/// Applies `change` to everything inside `value`, with the schema of each.
pub(super) fn within(
    schema: &Schema,
    value: &mut Value,
    change: &mut dyn FnMut(&Schema, &mut Value) -> bool,
) -> bool {
    let mut changed = false;
    match value {
        Value::Array(values) => {
            let items = schema.items.as_deref();
            for (items, value) in items.into_iter().cycle().zip(values) {
                changed |= change(items, value);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                let schema = schema.property(name).or(schema.additional.as_deref());
                changed |= schema.is_some_and(|schema| change(schema, member));
            }
        }
        _ => {}
    }
    changed
}

/// The schema of the branch that `value` is, where there is a choice.
pub(super) fn actual<'s>(schema: &'s Schema, value: &Value) -> &'s Schema {
    check::branch(schema, value).map_or(schema, |branch| actual(branch, value))
}

fn unknown_enum_values(schema: &Schema, value: &mut Value) -> bool {
    let schema = actual(schema, value);
    let several = schema.values.as_ref().is_some_and(|it| it.len() > 1);
    match value {
        Value::String(text) if several => {
            // In the style of the documented values: `errors/unheard_of`.
            let family = text.rfind('/').map_or("", |slash| &text[..=slash]);
            let shouting = !text.contains(|it: char| it.is_lowercase());
            let name = if shouting { "UNHEARD_OF" } else { "unheard_of" };
            *text = format!("{family}{name}");
        }
        Value::Number(_) if several => *value = json!(99),
        _ => return within(schema, value, &mut unknown_enum_values),
    }
    true
}

fn unknown_attachments(schema: &Schema, value: &mut Value) -> bool {
    let schema = actual(schema, value);
    let mut changed = within(schema, value, &mut unknown_attachments);
    changed |= add_attachment(schema, value, json!({ "layers": 3 }));
    changed
}

/// Adds an attachment of an unknown kind, with `depth` in it, to a list of attachments. Says whether `value` is one.
pub(super) fn add_attachment(schema: &Schema, value: &mut Value, depth: Value) -> bool {
    let tag = schema.items.as_ref().and_then(|it| it.tag());
    let (Some(tag), Value::Array(attachments)) = (tag, value) else {
        return false;
    };
    attachments.push(json!({
        "id": "att_unheard_of",
        tag: "hologram",
        "unavailable": false,
        "depth": depth,
    }));
    true
}

fn nulls(schema: &Schema, value: &mut Value) -> bool {
    let schema = actual(schema, value);
    let Value::Object(members) = value else {
        return within(schema, value, &mut nulls);
    };
    let mut changed = false;
    for (name, property) in &schema.properties {
        let required = schema.required.contains(name);
        let may_be_null = property.nullable
            || property.one_of.iter().any(|it| it.nullable)
            || property.json_type == Some(JsonType::Array);
        let member = members.entry(name.as_str()).or_insert(Value::Null);
        if required && (member.is_object() || !may_be_null) {
            changed |= nulls(property, member);
        } else {
            *member = Value::Null;
            changed = true;
        }
    }
    changed
}

fn extra_fields(schema: &Schema, value: &mut Value) -> bool {
    let schema = actual(schema, value);
    let mut changed = within(schema, value, &mut extra_fields);
    // A map has no fields, only entries.
    if let (Value::Object(members), None) = (value, &schema.additional) {
        let content = json!({ "nested": [1, null, "three"] });
        members.insert("unheard_of".to_owned(), content);
        changed = true;
    }
    changed
}
