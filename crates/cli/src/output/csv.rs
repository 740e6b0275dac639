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
        .map(|column| quoted(fields.text(column)))
        .collect();
    super::raw((row.join(",") + "\n").as_bytes())
}

fn quoted(field: String) -> String {
    if field.contains([',', '"', '\n', '\r']) || field.trim() != field {
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
