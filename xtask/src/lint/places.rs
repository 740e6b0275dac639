//! The parts of a document that the rules speak of.

use postpress_openapi::{Cursor, Document};

/// Every object for which `wanted` holds. Data (examples and the like) is not looked into.
pub(super) fn all<'d>(
    document: &'d Document,
    mut wanted: impl FnMut(&Cursor<'d>) -> bool,
) -> Vec<Cursor<'d>> {
    let data = ["example", "examples", "default", "enum", "mapping"];
    let mut found = Vec::new();
    let mut pending = vec![Cursor::root(document)];
    while let Some(place) = pending.pop() {
        let is_map_of_names = place.pointer.last_key() == "properties";
        let children = place
            .entries()
            .filter(|(key, _)| is_map_of_names || !(data.contains(key) || key.starts_with("x-")))
            .map(|(_, child)| child);
        pending.extend(children.chain(place.items()));
        if wanted(&place) {
            found.push(place);
        }
    }
    found
}

/// The schemas: those that are components, and those within or written out in place.
pub(super) fn schemas(document: &Document) -> Vec<Cursor<'_>> {
    all(document, |place| {
        let keys: Vec<String> = place.pointer.keys().collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let named = matches!(keys.as_slice(), ["components", "schemas", _]);
        let (key, above) = match keys.as_slice() {
            [.., above, key] => (*key, *above),
            _ => return false,
        };
        let inside = matches!(key, "schema" | "items" | "additionalProperties" | "not")
            && above != "properties";
        let below = matches!(above, "properties" | "allOf" | "oneOf" | "anyOf");
        place.node.as_object().is_some() && (named || inside || below)
    })
}
