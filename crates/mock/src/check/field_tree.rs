//! The fields of a request, nested as their names in bracket notation say, before a schema says what they should be.

use std::collections::BTreeMap;

use serde_json::Value;

/// What was given under one name.
#[derive(Debug, Default)]
pub(crate) struct FieldTree {
    /// The values of the name itself, in the order in which they were sent.
    pub(crate) values: Vec<FieldValue>,
    /// Whether one of them had a name that ended in `[]`.
    pub(crate) listed: bool,
    /// What was given under names with further brackets: `name[key]`.
    pub(crate) children: BTreeMap<String, FieldTree>,
}

#[derive(Debug)]
pub(crate) enum FieldValue {
    Text(String),
    /// A part with a file name, by its index among the parts of the form.
    File(usize),
    /// What was written as JSON.
    Json(Value),
}

impl FieldTree {
    /// The tree below `key`, which is made if need be.
    pub(crate) fn child_mut(&mut self, key: &str) -> &mut FieldTree {
        self.children.entry(key.to_owned()).or_default()
    }

    pub(crate) fn add_text(&mut self, text: &str) {
        self.values.push(FieldValue::Text(text.to_owned()));
    }
}

/// The name of a member as it is sent.
pub(super) fn member(at: &str, key: &str) -> String {
    match at {
        "" => key.to_owned(),
        _ => format!("{at}[{key}]"),
    }
}
