//! Everything is described, in sentences.

use postpress_openapi::{Cursor, Diagnostics, Document, Node};

use super::places;
use super::rules::{
    SENTENCES, UNDESCRIBED_FIELD, UNDESCRIBED_OPERATION, UNDESCRIBED_PARAMETER,
    UNDESCRIBED_RESPONSE, UNDESCRIBED_TYPE, UNDESCRIBED_VALUE, UNNAMED_VALUE,
};

pub(super) fn check(document: &Document, found: &mut Diagnostics) {
    for endpoint in document.endpoints() {
        for key in ["summary", "description"] {
            if is_empty(&endpoint.at, key) {
                found.report_key(
                    UNDESCRIBED_OPERATION,
                    &endpoint.at,
                    format!(
                        "`{}` has no `{key}`",
                        endpoint.id().unwrap_or(endpoint.method)
                    ),
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
            found.report_key(
                UNDESCRIBED_PARAMETER,
                place,
                format!(
                    "the parameter `{}` has no description",
                    place.text("name").unwrap_or_default()
                ),
                "say what it is for, and what leaving it out means",
            );
        }
        if is_response(place) && is_empty(place, "description") {
            found.report_key(
                UNDESCRIBED_RESPONSE,
                place,
                "the response has no description",
                "say what it means to get it",
            );
        }
        sentence(place, found);
    }
    for (name, place) in document.components("schemas") {
        if place.node.reference().is_none() && is_empty(&place, "description") {
            found.report_key(
                UNDESCRIBED_TYPE,
                &place,
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

fn is_empty(place: &Cursor<'_>, key: &str) -> bool {
    place.text(key).is_none_or(|text| text.trim().is_empty())
}

fn is_response(place: &Cursor<'_>) -> bool {
    let above = place.pointer.parent();
    let is_response = above.is_some_and(|above| above.last_key() == "responses");
    is_response && place.node.reference().is_none()
}

fn fields(document: &Document, schema: &Cursor<'_>, found: &mut Diagnostics) {
    for (name, property) in schema.map("properties") {
        let described = described(document, property.node) || is_narrowed(document, schema, name);
        if !described {
            found.report_key(
                UNDESCRIBED_FIELD,
                &property,
                format!("the field `{name}` has no description"),
                "add `description`: what it is, its unit, what null or its absence means",
            );
        }
    }
}

/// By itself, or by what it refers to.
fn described(document: &Document, property: &Node) -> bool {
    let of = |node: &Node| {
        let text = node.text("description");
        text.is_some_and(|text| !text.trim().is_empty())
    };
    of(property) || property.reference().is_some() && document.resolve(property).is_some_and(of)
}

/// Whether a schema in an `allOf` only narrows a field that another schema there describes.
fn is_narrowed(document: &Document, schema: &Cursor<'_>, name: &str) -> bool {
    let list = schema
        .pointer
        .parent()
        .filter(|list| list.last_key() == "allOf");
    let list = list.and_then(|list| document.lookup(&list));
    let members = list.iter().flat_map(Cursor::items);
    members
        .filter_map(|member| member.resolve(document))
        .any(|member| {
            let properties = member.node.get("properties");
            let property = properties.and_then(|properties| properties.get(name));
            property.is_some_and(|property| described(document, property))
        })
}

fn values(schema: &Cursor<'_>, found: &mut Diagnostics) {
    let Some(list) = schema.get("enum") else {
        return;
    };
    let parallel = |key: &str| schema.node.list(key);
    let (descriptions, names) = (parallel("x-enum-descriptions"), parallel("x-enum-varnames"));
    for (index, value) in list.items().enumerate() {
        let text = descriptions
            .get(index)
            .and_then(Node::as_str)
            .unwrap_or_default();
        if text.trim().is_empty() {
            found.report_key(
                UNDESCRIBED_VALUE,
                &value,
                format!("the value {} has no description", value.node.to_json()),
                "add what it stands for to `x-enum-descriptions`, at the same place in the list",
            );
        } else if let Some(fault) = fault(text) {
            found.report_at(
                SENTENCES,
                descriptions[index].at,
                &schema.pointer.child("x-enum-descriptions").index(index),
                format!("the description of {} {fault}", value.node.to_json()),
                "write a sentence",
            );
        }
        if value.node.as_f64().is_some()
            && names.get(index).is_none()
            && list.node.items().len() > 1
        {
            found.report_key(
                UNNAMED_VALUE,
                &value,
                format!("the value {} has no name", value.node.to_json()),
                "add one to `x-enum-varnames`, at the same place in the list",
            );
        }
    }
}

fn sentence(place: &Cursor<'_>, found: &mut Diagnostics) {
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
        found.report_key(
            SENTENCES,
            &description,
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
