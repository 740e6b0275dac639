//! Responses of a service that has moved on: values, kinds, nulls and fields that are not documented.
//!
//! The schema of the response says what can be altered where.

use serde_json::{Value, json};

use super::Alteration;
use crate::api::{JsonType, Schema};
use crate::check;

impl Alteration {
    /// Alters a body of the given schema. Says whether there was anything to alter.
    pub(crate) fn apply(self, schema: &Schema, body: &mut Value) -> bool {
        match self {
            Alteration::UnknownEnumValues => unknown_enum_values(schema, body),
            Alteration::UnknownAttachments => unknown_attachments(schema, body),
            Alteration::ExtraFields => extra_fields(schema, body),
            Alteration::Odd(oddity) => oddity.apply(schema, body),
            // A page keeps its list and its cursor, so that there is something to see.
            Alteration::Nulls => match (schema.property("items"), body.get_mut("items")) {
                (Some(list), Some(items)) => within(list, items, &mut nulls),
                _ => nulls(schema, body),
            },
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
    let several = schema
        .values
        .as_ref()
        .is_some_and(|values| values.len() > 1);
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
    let tag = schema
        .items
        .as_ref()
        .and_then(|it| it.discriminator.as_deref());
    if let (Some(tag), Value::Array(values)) = (tag, value) {
        values.push(json!({
            "id": "att_unheard_of",
            tag: "hologram",
            "unavailable": false,
            "depth": { "layers": 3 },
        }));
        changed = true;
    }
    changed
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
        members.insert(
            "unheard_of".to_owned(),
            json!({ "nested": [1, null, "three"] }),
        );
        changed = true;
    }
    changed
}
