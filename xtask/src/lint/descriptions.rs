//! Everything is described, in sentences.

use postpress_codegen::Diagnostics;
use postpress_openapi::document::{Document, Node};

use super::places::{self, Place, operations};
use super::rules::{
    SENTENCES, UNDESCRIBED_FIELD, UNDESCRIBED_OPERATION, UNDESCRIBED_PARAMETER,
    UNDESCRIBED_RESPONSE, UNDESCRIBED_TYPE, UNDESCRIBED_VALUE, UNNAMED_VALUE,
};

pub(super) fn check(document: &Document, found: &mut Diagnostics) {
    for operation in operations(document) {
        for key in ["summary", "description"] {
            if is_empty(&operation.place, key) {
                found.error(
                    operation.place.at,
                    &operation.place.pointer,
                    UNDESCRIBED_OPERATION,
                    format!("`{}` has no `{key}`", operation.id),
                    "say what it does; the description is the documentation of its method",
                );
            }
        }
    }
    let parts = places::all(document, |place| place.node.as_object().is_some());
    for place in &parts {
        let is_parameter = place.text("in").is_some() && place.text("name").is_some();
        let is_parameter = is_parameter && place.text("type").is_none();
        if is_parameter && is_empty(place, "description") {
            found.error(
                place.at,
                &place.pointer,
                UNDESCRIBED_PARAMETER,
                format!(
                    "the parameter `{}` has no description",
                    place.text("name").unwrap_or_default()
                ),
                "say what it is for, and what leaving it out means",
            );
        }
        if is_response(place) && is_empty(place, "description") {
            found.error(
                place.at,
                &place.pointer,
                UNDESCRIBED_RESPONSE,
                "the response has no description",
                "say what it means to get it",
            );
        }
        sentence(place, found);
    }
    for (name, place) in places::components(document, "schemas") {
        if place.node.reference().is_none() && is_empty(&place, "description") {
            found.error(
                place.at,
                &place.pointer,
                UNDESCRIBED_TYPE,
                format!("`{name}` has no description"),
                "say what it is; this is the documentation of its type",
            );
        }
    }
    for schema in places::schemas(document) {
        fields(document, &schema, found);
        values(&schema, found);
    }
}

fn is_empty(place: &Place<'_>, key: &str) -> bool {
    place.text(key).is_none_or(|text| text.trim().is_empty())
}

fn is_response(place: &Place<'_>) -> bool {
    let pointer = place.pointer.as_str();
    let above = pointer.rsplit_once('/').map_or("", |(above, _)| above);
    above.ends_with("/responses") && place.node.reference().is_none()
}

fn fields(document: &Document, schema: &Place<'_>, found: &mut Diagnostics) {
    let Some(properties) = schema.get("properties") else {
        return;
    };
    for (name, property) in properties.entries() {
        let described = described(document, property.node) || is_narrowed(document, schema, name);
        if !described {
            found.error(
                property.at,
                &property.pointer,
                UNDESCRIBED_FIELD,
                format!("the field `{name}` has no description"),
                "add `description`: what it is, its unit, what null or its absence means",
            );
        }
    }
}

/// By itself, or by what it refers to.
fn described(document: &Document, property: &Node) -> bool {
    let of = |node: &Node| {
        let text = node.get("description").and_then(Node::as_str);
        text.is_some_and(|text| !text.trim().is_empty())
    };
    of(property) || property.reference().is_some() && document.resolve(property).is_some_and(of)
}

/// Whether a schema in an `allOf` only narrows a field that another schema there describes.
fn is_narrowed(document: &Document, schema: &Place<'_>, name: &str) -> bool {
    let pointer = schema.pointer.as_str();
    let Some((list, _)) = pointer
        .rsplit_once('/')
        .filter(|(list, _)| list.ends_with("/allOf"))
    else {
        return false;
    };
    let members = document.lookup(list).map_or(&[][..], Node::items);
    members
        .iter()
        .filter_map(|member| document.resolve(member))
        .any(|member| {
            let property = member
                .get("properties")
                .and_then(|properties| properties.get(name));
            property.is_some_and(|property| described(document, property))
        })
}

fn values(schema: &Place<'_>, found: &mut Diagnostics) {
    let Some(list) = schema.get("enum") else {
        return;
    };
    let parallel = |key: &str| schema.node.get(key).map_or(&[][..], Node::items);
    let (descriptions, names) = (parallel("x-enum-descriptions"), parallel("x-enum-varnames"));
    for (index, value) in list.items().enumerate() {
        let text = descriptions
            .get(index)
            .and_then(Node::as_str)
            .unwrap_or_default();
        if text.trim().is_empty() {
            found.error(
                value.at,
                &value.pointer,
                UNDESCRIBED_VALUE,
                format!("the value {} has no description", value.node.to_json()),
                "add what it stands for to `x-enum-descriptions`, at the same place in the list",
            );
        } else if let Some(fault) = fault(text) {
            found.error(
                descriptions[index].at,
                &schema.pointer.child("x-enum-descriptions").index(index),
                SENTENCES,
                format!("the description of {} {fault}", value.node.to_json()),
                "write a sentence",
            );
        }
        if value.node.as_f64().is_some()
            && names.get(index).is_none()
            && list.node.items().len() > 1
        {
            found.error(
                value.at,
                &value.pointer,
                UNNAMED_VALUE,
                format!("the value {} has no name", value.node.to_json()),
                "add one to `x-enum-varnames`, at the same place in the list",
            );
        }
    }
}

fn sentence(place: &Place<'_>, found: &mut Diagnostics) {
    let Some(description) = place.get("description") else {
        return;
    };
    // A field may be called so.
    let Some(text) = description
        .node
        .as_str()
        .filter(|text| !text.trim().is_empty())
    else {
        return;
    };
    if let Some(fault) = fault(text) {
        found.error(
            description.at,
            &description.pointer,
            SENTENCES,
            format!("the description {fault}"),
            "write whole sentences",
        );
    }
}

/// What keeps a text from being sentences.
fn fault(text: &str) -> Option<&'static str> {
    let text = text.trim();
    if text.starts_with(char::is_lowercase) {
        return Some("begins with a small letter");
    }
    let last = text
        .trim_end_matches(['`', ')', '*', '_', '"'])
        .chars()
        .last();
    (!matches!(last, Some('.' | '!' | '?' | ':'))).then_some("does not end with a full stop")
}
