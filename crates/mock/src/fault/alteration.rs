//! Responses of a service that has moved on: values, kinds, nulls and fields that are not documented.
//!
//! The schema of the response says which of its values can be altered.

use postpress_openapi::schema::{JsonType, Schema, branch};
use serde_json::{Value, json};

use super::{ActiveFaults, FaultKind};

/// The body of a response, of the given schema, as the alterations leave it that are in force, and their names; `None`
/// where none is.
///
/// An alteration that finds nothing to alter in a response waits for the next.
pub(crate) fn altered(
    faults: &mut ActiveFaults,
    operation: Option<&str>,
    schema: &Schema,
    original: &[u8],
) -> Option<(Value, Vec<String>)> {
    let mut body: Option<Value> = None;
    let mut names = Vec::new();
    faults.count(operation, |kind, is_next| {
        if !kind.alters() {
            return false;
        }
        let before = match &body {
            Some(body) => body.clone(),
            None => serde_json::from_slice(original).unwrap_or_default(),
        };
        let mut after = before.clone();
        kind.alter(schema, &mut after);
        let possible = before != after;
        if possible && is_next {
            body = Some(after);
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

    /// Alters a body of the given schema.
    fn alter(&self, schema: &Schema, body: &mut Value) {
        match self {
            FaultKind::UnknownEnumValues => everywhere(schema, body, &mut unknown_enum_value),
            FaultKind::UnknownAttachments => everywhere(schema, body, &mut |schema, value| {
                add_attachment(schema, value, &json!({ "layers": 3 }));
            }),
            FaultKind::ExtraFields => everywhere(schema, body, &mut extra_field),
            FaultKind::OddRecord(oddity) => oddity.apply(schema, body),
            // A page keeps its list and its cursor, so that there is something to see.
            FaultKind::Nulls => match (schema.property("items"), body.get_mut("items")) {
                (Some(list), Some(items)) => within(list, items, &mut nulls),
                _ => nulls(schema, body),
            },
            _ => {}
        }
    }
}

/// Applies `change` to everything inside `value`, and then to `value`, with the schema of each.
pub(super) fn everywhere(
    schema: &Schema,
    value: &mut Value,
    change: &mut dyn FnMut(&Schema, &mut Value),
) {
    let schema = actual(schema, value);
    within(schema, value, &mut |schema, inner| {
        everywhere(schema, inner, change)
    });
    change(schema, value);
}

/// Applies `change` to the members of `value`, with the schema of each.
fn within(schema: &Schema, value: &mut Value, change: &mut dyn FnMut(&Schema, &mut Value)) {
    match value {
        Value::Array(values) => {
            if let Some(items) = &schema.items {
                values.iter_mut().for_each(|value| change(items, value));
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                if let Some(schema) = schema.property(name).or(schema.additional.as_deref()) {
                    change(schema, member);
                }
            }
        }
        _ => {}
    }
}

/// The schema of the branch that `value` is, where there is a choice.
pub(super) fn actual<'s>(schema: &'s Schema, value: &Value) -> &'s Schema {
    branch(schema, value).map_or(schema, |branch| actual(branch, value))
}

fn unknown_enum_value(schema: &Schema, value: &mut Value) {
    if schema.values.as_ref().is_none_or(|it| it.len() < 2) {
        return;
    }
    if let Value::String(text) = value {
        // In the style of the documented values: `errors/unheard_of`.
        let family = text.rfind('/').map_or("", |slash| &text[..=slash]);
        let shouting = !text.contains(|it: char| it.is_lowercase());
        let name = if shouting { "UNHEARD_OF" } else { "unheard_of" };
        *text = format!("{family}{name}");
    } else if value.is_number() {
        *value = json!(99);
    }
}

/// Adds an attachment of an unknown kind, with `depth` in it, if this is a list of attachments.
pub(super) fn add_attachment(schema: &Schema, value: &mut Value, depth: &Value) {
    let tag = schema.items.as_ref().and_then(|it| it.tag());
    if let (Some(tag), Value::Array(attachments)) = (tag, value) {
        attachments.push(json!({
            "id": "att_unheard_of",
            tag: "hologram",
            "unavailable": false,
            "depth": depth,
        }));
    }
}

fn nulls(schema: &Schema, value: &mut Value) {
    let schema = actual(schema, value);
    let Value::Object(members) = value else {
        return within(schema, value, &mut nulls);
    };
    for (name, property) in &schema.properties {
        let required = schema.required.contains(name);
        let may_be_null = property.nullable
            || property.one_of.iter().any(|it| it.nullable)
            || property.json_type() == Some(JsonType::Array);
        let member = members.entry(name.as_str()).or_insert(Value::Null);
        if required && (member.is_object() || !may_be_null) {
            nulls(property, member);
        } else {
            *member = Value::Null;
        }
    }
}

fn extra_field(schema: &Schema, value: &mut Value) {
    // A map has no fields, only entries.
    if let (Value::Object(members), None) = (value, &schema.additional) {
        let content = json!({ "nested": [1, null, "three"] });
        members.insert("unheard_of".to_owned(), content);
    }
}
