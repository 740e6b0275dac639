//! What operations are called, and the types that have no name of their own.
//!
//! A name says where in the document something stands, and depends on nothing else there, such as what comes first. So another
//! operation, wherever it is inserted, renames nothing: unless it claims the very name of another, which the document should not
//! let it do.

use std::collections::{HashMap, HashSet};

use postpress_openapi::{Cursor, Endpoint};

use crate::names::{self, Names};

use super::{Lowering, operations::id_of};

/// The names of operations, by method and path.
pub(super) type OperationNames<'d> = HashMap<(&'d str, &'d str), String>;

/// Names the operations, with what `used` has not given away. An operation is called by its `operationId`, else by its method and
/// path. Where several have one name, it goes to that with the shortest path, the likeliest to have been there before the others;
/// these are numbered, from 2 on, by the lengths of their paths. So one that is added with a longer path renames none of them.
pub(super) fn operation_names<'d>(
    endpoints: &[Endpoint<'d>],
    used: &mut Names,
) -> OperationNames<'d> {
    let has_id = |endpoint: &Endpoint<'d>| endpoint.id().is_some_and(|id| id == id_of(endpoint));
    let mut sorted: Vec<&Endpoint<'d>> = endpoints.iter().collect();
    sorted.sort_by_key(|endpoint| (!has_id(endpoint), rank(endpoint.method, endpoint.path)));
    // No number makes the name of another that has it to itself.
    let mut seen = HashSet::new();
    let (first, others): (Vec<_>, Vec<_>) = sorted
        .into_iter()
        .partition(|endpoint| seen.insert(names::snake(&id_of(endpoint))));
    let named = first.into_iter().chain(others).map(|endpoint| {
        let name = used.claim(&names::snake(&id_of(endpoint)), "operation");
        ((endpoint.method, endpoint.path), name)
    });
    named.collect()
}

/// Sorts operations in an order that is not that of the document.
pub(super) fn rank<'p>(method: &'p str, path: &'p str) -> (usize, usize, &'p str, &'p str) {
    (path.matches('/').count(), path.len(), path, method)
}

impl<'d> Lowering<'d, '_> {
    /// What a type is called that several operations or types use, and that belongs to none of them: by where it stands, if that is
    /// outside of what is being lowered.
    pub(super) fn name_elsewhere(&self, at: &Cursor<'d>) -> Option<String> {
        let inside = at.pointer.as_str().strip_prefix(self.place.as_str());
        if inside.is_some_and(|inside| inside.is_empty() || inside.starts_with('/')) {
            return None;
        }
        let keys: Vec<String> = at.pointer.keys().collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let (name, rest) = match keys.as_slice() {
            ["components", section, name, rest @ ..] => {
                let component = self.index.document.component(section, name)?;
                let own = self.component_names.get(&component.node.id());
                let kind = match *section {
                    "parameters" => "Parameter",
                    "requestBodies" => "Body",
                    "responses" => "Response",
                    _ => "",
                };
                let name = names::pascal(name);
                let kind = if name.ends_with(kind) { "" } else { kind };
                (own.cloned().unwrap_or(format!("{name}{kind}")), rest)
            }
            ["paths", path, "parameters", ..] => {
                (names::pascal(&names::operation_id("", path)), &keys[2..])
            }
            ["paths", path, method, rest @ ..] => (
                names::pascal(self.operation_names.get(&(*method, *path))?),
                rest,
            ),
            _ => return None,
        };
        Some(name + &self.words(at, rest))
    }

    /// What stands for the last keys of a pointer in a name.
    fn words(&self, at: &Cursor<'d>, rest: &[&str]) -> String {
        let mut words = String::new();
        let mut rest = rest.iter();
        while let Some(key) = rest.next() {
            match *key {
                "items" => words.push_str("Item"),
                "additionalProperties" => words.push_str("Value"),
                "requestBody" => words.push_str("Body"),
                "properties" => words.extend(rest.next().map(|name| names::pascal(name))),
                "oneOf" | "anyOf" => {
                    let number = rest.next().and_then(|index| index.parse::<usize>().ok());
                    words.push_str(&format!("Variant{}", number.unwrap_or_default() + 1));
                }
                "allOf" | "content" => drop(rest.next()),
                "responses" => {
                    words.push_str("Response");
                    rest.next();
                }
                "parameters" => {
                    rest.next();
                    let mut around = at.pointer.ancestors();
                    let parameter = around.find(|place| {
                        let list = place.parent().map(|list| list.last_key());
                        list.as_deref() == Some("parameters")
                    });
                    let parameter = parameter.and_then(|it| self.index.document.lookup(&it));
                    let name = parameter.and_then(|parameter| parameter.text("name"));
                    words.extend(name.map(names::pascal));
                }
                _ => {}
            }
        }
        words
    }
}
