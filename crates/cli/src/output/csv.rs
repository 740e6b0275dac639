//! Comma-separated values: as RFC 4180 describes them, but with the line breaks of scripts.

use serde::Serialize;

use super::{json::Fields, lines};
use crate::failure::Failure;

/// Writes the header.
pub(crate) fn header(columns: &[&str]) -> Result<(), Failure> {
    lines([columns.join(",")])
}

/// Writes the members of an object that the columns name; a dot leads into an object.
pub(crate) fn row<T: Serialize>(columns: &[&str], object: &T) -> Result<(), Failure> {
    let fields = Fields::written(object)?;
    let row: Vec<String> = columns
        .iter()
        .map(|column| {
            let is_number = fields.read::<serde_json::Number>(column).is_some();
            let text = fields.text(column);
            quoted(if is_number { text } else { no_formula(text) })
        })
        .collect();
    super::raw((row.join(",") + "\n").as_bytes())
}

/// A text that no spreadsheet takes for a formula: one that begins like a formula gets an apostrophe before it, as OWASP
/// advises. Names of chats come from strangers.
fn no_formula(text: String) -> String {
    let marks = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if text.starts_with(marks) {
        format!("'{text}")
    } else {
        text
    }
}

fn quoted(field: String) -> String {
    if field.contains([',', ';', '"', '\n', '\r', '\t']) || field.trim() != field {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_where_they_need_it() {
        let fields = ["a", "b,c", "say \"hi\"", "two\nlines", " x"];
        let fields = fields.map(|field| quoted(field.to_owned()));
        assert_eq!(
            fields.join(","),
            "a,\"b,c\",\"say \"\"hi\"\"\",\"two\nlines\",\" x\""
        );
    }
}
