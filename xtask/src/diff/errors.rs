//! The documented error types: where each can occur, and what it means there.

use std::collections::BTreeMap;

use postpress_openapi::{Document, Node, Position};

use super::change::{Area, Effect, Log};
use super::operations::{Operation, is_success};
use super::schema::values;

/// An error type in one status of one operation.
struct Documented {
    description: String,
    at: Position,
}

/// By error type, then by status and operation.
type Catalogue = BTreeMap<String, BTreeMap<(String, String), Documented>>;

/// The schemas of a response's bodies, references followed.
fn bodies<'d>(document: &'d Document, response: &'d Node) -> impl Iterator<Item = &'d Node> {
    let content = response.map("content");
    content
        .iter()
        .filter_map(|media| document.resolve(media.value.get("schema")?))
}

/// Whether an error response has schemas that only narrow a shared envelope. These have no type of their own in Rust.
pub(super) fn is_narrowed(document: &Document, response: &Node) -> bool {
    bodies(document, response).all(|schema| {
        let members = schema.list("allOf");
        members.iter().any(|member| member.reference().is_some())
    })
}

/// The envelopes that an error response narrows.
pub(super) fn envelopes<'d>(
    document: &'d Document,
    response: &'d Node,
) -> impl Iterator<Item = &'d Node> {
    bodies(document, response)
        .flat_map(|schema| schema.list("allOf"))
        .filter(|member| member.reference().is_some())
}

pub(super) fn compare(
    log: &mut Log,
    (old, old_operations): (&Document, &[Operation<'_>]),
    (new, new_operations): (&Document, &[Operation<'_>]),
) {
    let (old, new) = (
        catalogue(old, old_operations),
        catalogue(new, new_operations),
    );
    for (name, places) in &new {
        let at = places.values().next().map(|place| place.at);
        let subject = format!("`{name}`");
        let Some(before) = old.get(name) else {
            log.add(
                Effect::Compatible,
                Area::Error,
                subject,
                format!("added: {}", listed(places.keys())),
                "the catalogue gets an entry and its open enum a variant; until now it arrived as an unknown value",
                at,
            );
            continue;
        };
        let added: Vec<_> = places
            .keys()
            .filter(|key| !before.contains_key(*key))
            .collect();
        let removed: Vec<_> = before
            .keys()
            .filter(|key| !places.contains_key(*key))
            .collect();
        let mut what = Vec::new();
        if !added.is_empty() {
            what.push(format!("now also {}", listed(added)));
        }
        if !removed.is_empty() {
            what.push(format!("no longer {}", listed(removed)));
        }
        if !what.is_empty() {
            log.add(
                Effect::Compatible,
                Area::Error,
                subject,
                what.join("; "),
                "only what the catalogue tells changes; every operation decodes every error type",
                at,
            );
        }
        let is_reworded = places.iter().any(|(key, place)| {
            before
                .get(key)
                .is_some_and(|before| before.description != place.description)
        });
        if is_reworded {
            log.wording(format!("error type `{name}`"));
        }
    }
    for (name, places) in &old {
        if !new.contains_key(name) {
            log.add(
                Effect::Breaking,
                Area::Error,
                format!("`{name}`"),
                format!("removed: {}", listed(places.keys())),
                "its variant goes, and code that names it stops compiling",
                None,
            );
        }
    }
}

/// `422 of startChat, sendMessage; 503 of getChat`.
fn listed<'a>(places: impl IntoIterator<Item = &'a (String, String)>) -> String {
    let mut statuses: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (status, operation) in places {
        statuses.entry(status).or_default().push(operation);
    }
    let statuses = statuses.into_iter();
    let statuses =
        statuses.map(|(status, operations)| format!("{status} of {}", operations.join(", ")));
    statuses.collect::<Vec<_>>().join("; ")
}

fn catalogue(document: &Document, operations: &[Operation<'_>]) -> Catalogue {
    let mut catalogue = Catalogue::new();
    for operation in operations {
        for (status, response) in operation.responses(document) {
            if is_success(status) {
                continue;
            }
            for value in bodies(document, response).flat_map(|schema| types(document, schema)) {
                let place = (status.to_owned(), operation.id.clone());
                let documented = Documented {
                    description: value.description.unwrap_or_default().to_owned(),
                    at: value.node.at,
                };
                let name = value.node.as_str().unwrap_or_default().to_owned();
                catalogue.entry(name).or_default().insert(place, documented);
            }
        }
    }
    catalogue
}

/// The values of the string property with a list of values, in the schema itself or a part of it that is written inline.
fn types<'d>(document: &'d Document, schema: &'d Node) -> Vec<super::schema::Listed<'d>> {
    let members = schema.list("allOf");
    let inline = members.iter().filter(|member| member.reference().is_none());
    let mut found = Vec::new();
    for part in inline.chain([schema]) {
        for property in part.map("properties") {
            let property = document.resolve(&property.value).unwrap_or(&property.value);
            let listed = values(property);
            found.extend(
                listed
                    .into_iter()
                    .filter(|value| value.node.as_str().is_some()),
            );
        }
    }
    found
}
