//! Answers of a service that has moved on: values, kinds, nulls and fields that are not documented.
//!
//! What can be altered where, the schema of the answer says.

use serde_json::{Value, json};

use super::Alteration;
use crate::check;
use crate::document::{Kind, Schema};

/// Alters a body of the given schema. Says whether there was anything to alter.
pub(crate) fn alter(alteration: Alteration, schema: &Schema, body: &mut Value) -> bool {
    match alteration {
        Alteration::UnknownEnumValues => unknown_enum_values(schema, body),
        Alteration::UnknownAttachments => unknown_attachments(schema, body),
        Alteration::Nulls => {
            // A page keeps what makes it one.
            let items = schema
                .properties
                .iter()
                .find(|(_, it)| it.kind == Some(Kind::Array));
            match (items, body) {
                (Some((name, list)), Value::Object(page)) if name == "items" => page
                    .get_mut(name)
                    .is_some_and(|items| within(list, items, &mut nulls)),
                (_, body) => nulls(schema, body),
            }
        }
        Alteration::ExtraFields => extra_fields(schema, body),
    }
}

/// Applies `change` to everything inside `value`, with the schema of each.
fn within(
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

/// The schema of what `value` really is, where there is a choice.
fn actual<'s>(schema: &'s Schema, value: &Value) -> &'s Schema {
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
            // In the manner of its fellows: `errors/unheard_of`.
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
        let member = members.get_mut(name);
        let may_be_null = |schema: &Schema| {
            let alternatives = schema.one_of.iter().map(AsRef::as_ref);
            std::iter::once(schema)
                .chain(alternatives)
                .any(|it| it.nullable)
        };
        match member {
            Some(Value::Object(_)) if required => {}
            Some(member)
                if !required || may_be_null(property) || property.kind == Some(Kind::Array) =>
            {
                *member = Value::Null;
                changed = true;
                continue;
            }
            Some(_) => {}
            None => {
                members.insert(name.clone(), Value::Null);
                changed = true;
                continue;
            }
        }
        changed |= members
            .get_mut(name)
            .is_some_and(|member| nulls(property, member));
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
