//! Comma-separated values: as RFC 4180 describes them, but with the line breaks of scripts.

use serde::Serialize;
use serde_json::Value;

use super::lines;
use crate::failure::Failure;

/// Writes the header.
pub(crate) fn header(columns: &[&str]) -> Result<(), Failure> {
    lines([columns.join(",")])
}

/// Writes the members of an object that the columns name; a dot leads into an object.
pub(crate) fn row<T: Serialize>(columns: &[&str], object: &T) -> Result<(), Failure> {
    let object = serde_json::to_value(object)?;
    let fields = members(&object, columns).map(|field| quoted(&field));
    super::raw((fields.collect::<Vec<_>>().join(",") + "\n").as_bytes())
}

fn members<'c>(object: &'c Value, columns: &'c [&str]) -> impl Iterator<Item = String> + 'c {
    columns.iter().map(move |column| {
        let mut keys = column.split('.');
        let value = keys.try_fold(object, |value, key| value.get(key));
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
        let fields = ["a", "b,c", "say \"hi\"", "two\nlines", " x"].map(quoted);
        assert_eq!(
            fields.join(","),
            "a,\"b,c\",\"say \"\"hi\"\"\",\"two\nlines\",\" x\""
        );
    }

    #[test]
    fn every_kind_of_value_has_a_form() {
        let object =
            serde_json::json!({"n": null, "s": "x", "i": 2, "l": ["a", "b"], "o": {"k": 1}});
        let columns = ["n", "s", "i", "l", "o", "o.k", "absent"];
        let fields: Vec<String> = members(&object, &columns).collect();
        assert_eq!(fields, ["", "x", "2", "a;b", "{\"k\":1}", "1", ""]);
    }
}
