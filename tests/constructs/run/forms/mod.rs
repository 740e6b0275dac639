//! Forms: the parts that come over the wire.

mod composed;
mod fields;
mod files;
mod unions;

use std::collections::BTreeMap;

use postpress_runtime::multipart::Upload;

use crate::wire::{head, moment, parts, values};

/// A file with a name and nothing else that is set.
fn file(name: &str, content: &str) -> Upload {
    Upload::bytes(content.to_owned()).with_file_name(name)
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

fn map<T, const N: usize>(entries: [(&str, T); N]) -> BTreeMap<String, T> {
    let entries = entries.into_iter();
    entries
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
}
