//! Comma-separated values, as RFC 4180 has them but for the line breaks, which are those of scripts.

use std::io::{self, Write};

use serde_json::Value;

/// Writes a line.
pub(crate) fn line<T: AsRef<str>>(
    out: &mut impl Write,
    fields: impl IntoIterator<Item = T>,
) -> io::Result<()> {
    let fields: Vec<String> = fields
        .into_iter()
        .map(|field| quoted(field.as_ref()))
        .collect();
    writeln!(out, "{}", fields.join(","))
}

/// The values of an object's members, in the order of `columns`; a dot leads into an object.
pub(crate) fn row<'c>(object: &'c Value, columns: &'c [&str]) -> impl Iterator<Item = String> + 'c {
    columns.iter().map(move |column| {
        let value = column
            .split('.')
            .try_fold(object, |value, key| value.get(key));
        value.map(field).unwrap_or_default()
    })
}

/// Texts as they are, nothing for null, lists with semicolons, and JSON for what has no better form.
fn field(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items)
            if items
                .iter()
                .all(|item| !item.is_array() && !item.is_object()) =>
        {
            items.iter().map(field).collect::<Vec<_>>().join(";")
        }
        other => other.to_string(),
    }
}

fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n', '\r']) || field.trim() != field {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_where_they_need_it() {
        let mut out = Vec::new();
        line(&mut out, ["a", "b,c", "say \"hi\"", "two\nlines", " x"]).expect("it is written");
        assert_eq!(
            String::from_utf8_lossy(&out),
            "a,\"b,c\",\"say \"\"hi\"\"\",\"two\nlines\",\" x\"\n"
        );
    }

    #[test]
    fn every_kind_of_value_has_a_form() {
        let object =
            serde_json::json!({"n": null, "s": "x", "i": 2, "l": ["a", "b"], "o": {"k": 1}});
        let fields: Vec<String> =
            row(&object, &["n", "s", "i", "l", "o", "o.k", "absent"]).collect();
        assert_eq!(fields, ["", "x", "2", "a;b", "{\"k\":1}", "1", ""]);
    }
}
