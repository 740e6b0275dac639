//! What is written in a wrong way with one plain meaning: it is taken for what it means.

use postpress_openapi::{Entry, Node, Object, Value, codes};

use super::{Normalizer, Place, flag, object, text};
use crate::check::bodies::is_media_type;
use crate::check::grammar::{Expected, Kind};
use crate::check::parameters::{is_token, styles};
use crate::check::paths::template;
use crate::check::schema::types::TYPES;

impl Normalizer<'_, '_> {
    /// Values of a type that stands for another: texts in which a number or truth value is written, numbers without the quotes of a
    /// text, one value instead of a list of one, and the empty lists and objects that some programs write for each other.
    pub(super) fn plainly(&mut self, place: &Place, node: &mut Node, expected: &Expected) {
        let is_object = matches!(
            expected,
            Expected::Map(..)
                | Expected::Object(_)
                | Expected::RefOr(_)
                | Expected::AdditionalProperties
        );
        let taken = match (expected, &node.value) {
            (Expected::Flag | Expected::AdditionalProperties, Value::String(written)) => {
                let flag = written.trim().to_ascii_lowercase().parse();
                flag.ok().map(Value::Bool)
            }
            (Expected::Number | Expected::Count, Value::String(written)) => {
                written.trim().parse().ok().map(Value::Number)
            }
            (Expected::Text, Value::Number(_) | Value::Bool(_)) => {
                Some(Value::String(node.to_string()))
            }
            (Expected::List(_), Value::Object(members)) if members.is_empty() => {
                Some(Value::Array(Vec::new()))
            }
            (Expected::List(item), value) if is_one(item, value) => {
                Some(Value::Array(vec![node.clone()]))
            }
            (_, Value::Array(items)) if is_object && items.is_empty() => {
                Some(Value::Object(Object::default()))
            }
            _ => None,
        };
        let Some(taken) = taken else {
            return;
        };
        let written = match &node.value {
            Value::String(written) => format!("{written:?}"),
            Value::Object(members) if members.is_empty() => "`{}`".to_owned(),
            Value::Array(_) => "`[]`".to_owned(),
            Value::Object(_) => "an object".to_owned(),
            _ => format!("`{node}`"),
        };
        let meant = match &taken {
            Value::String(meant) => format!("{meant:?}"),
            Value::Array(items) if items.is_empty() => "`[]`".to_owned(),
            Value::Array(_) => "a list of this alone".to_owned(),
            Value::Object(_) => "`{}`".to_owned(),
            Value::Bool(meant) => format!("`{meant}`"),
            Value::Number(meant) => format!("`{meant}`"),
            Value::Null => return,
        };
        node.value = taken;
        let key = place.pointer.last_key();
        let place = Place {
            pointer: place.pointer.clone(),
            key_at: node.at,
        };
        self.taken(
            &place,
            format!("{written} is no value of `{key}`; it is taken for {meant}"),
            &format!("write {}", meant.replace("a list of this alone", "a list")),
        );
    }

    pub(super) fn taken(&mut self, place: &Place, message: String, help: &str) {
        let (at, code) = (place.key_at, codes::TAKEN_VALUE);
        self.out.report_at(code, at, &place.pointer, message, help);
    }

    /// A reference that names a component, and not by its pointer.
    pub(super) fn component_reference(&mut self, place: &Place, node: &mut Node, kind: Kind) {
        let Some((at, written)) = node
            .get("$ref")
            .and_then(|node| Some((node.at, node.as_str()?)))
        else {
            return;
        };
        let document = match self.file {
            Some(file) => &self.files.documents[file],
            None => self.original,
        };
        let Some(section) = kind.section() else {
            return;
        };
        let name = written.trim_start_matches(['#', '/']);
        let name = name.strip_prefix("components/").unwrap_or(name);
        let name = name.strip_prefix(section).unwrap_or(name);
        let name = name.strip_prefix("definitions").unwrap_or(name);
        let name = name.trim_start_matches('/');
        if document.component(section, name).is_none() || document.target(written).is_ok() {
            return;
        }
        let own = place.child("$ref", at);
        let meant = format!("#/components/{section}/{name}");
        self.taken(
            &own,
            format!("`{written}` leads nowhere; it is taken for `{meant}`"),
            "write the whole pointer",
        );
        node.set("$ref", text(at, &meant));
    }

    /// References to parameters that are not there, where the path has as many that nothing declares: it is these that are meant.
    pub(super) fn missing_parameters(&mut self, place: &Place, node: &mut Node) {
        let keys: Vec<String> = place.pointer.keys().collect();
        let ([section, path, _], None) = (keys.as_slice(), self.file) else {
            return;
        };
        let Some(in_path) = template(path).ok().filter(|_| section == "paths") else {
            return;
        };
        let original = self.original;
        let is_missing = |at: &Node| {
            let written = at.reference().filter(|written| written.starts_with('#'));
            written.is_some_and(|written| original.target(written).is_err())
        };
        let item = place.pointer.parent();
        let item = item.and_then(|item| original.lookup(&item));
        let own = node.list("parameters").iter();
        let declared = own.chain(item.iter().flat_map(|item| item.node.list("parameters")));
        let declared: Vec<&str> = declared
            .filter_map(|at| original.resolve(at)?.text("name"))
            .collect();
        let undeclared: Vec<&str> = in_path
            .into_iter()
            .filter(|name| !declared.contains(name))
            .collect();
        let list = node.list("parameters").iter().enumerate();
        let missing: Vec<(usize, Node)> = list
            .filter(|(_, at)| is_missing(at))
            .map(|(index, at)| (index, at.clone()))
            .collect();
        if missing.is_empty() || missing.len() != undeclared.len() {
            return;
        }
        for (index, at) in &missing {
            let own = Place {
                pointer: place.pointer.child("parameters").index(*index),
                key_at: at.at,
            };
            let written = at.reference().unwrap_or_default();
            let names = undeclared.join("`, `");
            let message =
                format!("there is nothing at `{written}`; it is taken for the path's `{names}`");
            self.taken(&own, message, "declare the parameter");
        }
        if let Some(Value::Array(parameters)) = node.get_mut("parameters").map(|it| &mut it.value) {
            parameters.retain(|at| !is_missing(at));
        }
    }

    /// A header's name with what follows it in a request, styles of other places, and a parameter that does not say where it is.
    pub(super) fn parameter(&mut self, place: &Place, node: &mut Node, kind: Kind) {
        let keys: Vec<String> = place.pointer.keys().collect();
        if let (Kind::Parameter, Some(name), None, [section, path, ..]) =
            (kind, node.text("name"), node.get("in"), keys.as_slice())
            && section == "paths"
        {
            let is_path = path.contains(&format!("{{{name}}}"));
            let meant = if is_path { "path" } else { "query" };
            let message = format!(
                "this parameter does not say where it is; it is taken for a {meant} parameter"
            );
            self.taken(place, message, &format!("add `in: {meant}`"));
            node.set("in", text(place.key_at, meant));
        }
        let location = match kind {
            Kind::Encoding => "query",
            Kind::Header => "header",
            _ => node.text("in").unwrap_or_default(),
        }
        .to_owned();
        if let Some(name) = node.entry("name").filter(|_| location == "header") {
            let (at, written) = (name.value.at, name.value.as_str().unwrap_or_default());
            let meant = written
                .split(':')
                .next()
                .unwrap_or_default()
                .trim()
                .to_owned();
            if is_token(&meant) && meant != written {
                let own = place.child("name", at);
                let message =
                    format!("`{written}` is no name for an HTTP header; it is taken for `{meant}`");
                self.taken(&own, message, &format!("write `{meant}`"));
                node.set("name", text(at, &meant));
            }
        }
        let Some(style) = node.entry("style") else {
            return;
        };
        let (at, written) = (style.value.at, style.value.as_str().unwrap_or_default());
        let allowed = styles(&location);
        if written.is_empty() || allowed.contains(&written) {
            return;
        }
        let spelled = allowed
            .iter()
            .find(|style| style.eq_ignore_ascii_case(written));
        let meant = match (location.as_str(), spelled) {
            (_, Some(spelled)) => spelled,
            ("query", None) if written == "simple" => "form",
            ("path" | "header", None) => "simple",
            ("cookie", None) => "form",
            _ => return,
        };
        let joined = meant == "form" && node.get("explode").is_none() && written == "simple";
        let explode = if joined { " with `explode: false`" } else { "" };
        let message =
            format!("there is no style `{written}` here; it is taken for `{meant}`{explode}");
        let help = format!("write `style: {meant}`{explode}");
        self.taken(&place.child("style", at), message, &help);
        node.set("style", text(at, meant));
        if joined {
            node.set("explode", flag(at, false));
        }
    }

    /// A schema that is the name of a type stands for that type. What is no schema at all says nothing of a value.
    pub(super) fn no_schema(&mut self, place: &Place, node: &mut Node) {
        let key = place.pointer.last_key();
        let kind = node.as_str().map(str::to_owned);
        let kind = kind.filter(|kind| {
            let is_alone = matches!(key.as_str(), "schema" | "items" | "additionalProperties");
            is_alone && TYPES.contains(&kind.as_str())
        });
        let is = node.kind();
        let (taken, meant) = match kind {
            Some(kind) => (
                object(node.at, [("type", text(node.at, &kind))]),
                format!("`type: {kind}`"),
            ),
            None => (object(node.at, []), "any JSON value".to_owned()),
        };
        *node = taken;
        let message = format!("`{key}` is {is}, and no schema; it is taken for {meant}");
        self.taken(place, message, "write a schema (an object)");
    }

    /// Puts media types in the place of what plainly stands for one. What does not is taken out: all of it in a response, and in a
    /// request what is not the only body.
    pub(super) fn media_types(&mut self, place: &Place, node: &mut Node, is_sent: bool) {
        let Some(content) = node.entry("content") else {
            return;
        };
        let place = place.child("content", content.at);
        let mut entries = content.value.entries().to_vec();
        let is_fit = |entry: &Entry| {
            is_media_type(&entry.key) || entry.key.starts_with("x-") || entry.key == "$ref"
        };
        if entries.iter().all(is_fit) {
            return;
        }
        for index in 0..entries.len() {
            let Entry { key, at, .. } = entries[index].clone();
            let meant = media_type(&key).filter(|_| !is_fit(&entries[index]));
            if let Some(meant) = meant.filter(|meant| entries.iter().all(|it| it.key != *meant)) {
                let message = format!("`{key}` is no media type; it is taken for `{meant}`");
                self.taken(&place.child(&key, at), message, &format!("write `{meant}`"));
                entries[index].key = meant;
            }
        }
        let (fit, odd): (Vec<_>, Vec<_>) = entries.into_iter().partition(is_fit);
        let keeps_odd = is_sent && fit.is_empty();
        let (kept, odd) = match keeps_odd {
            true => (odd, Vec::new()),
            false => (fit, odd),
        };
        for Entry { key, at, .. } in odd {
            let message = format!("`{key}` is no media type; it has no effect");
            let help = "remove it, or write a type and a subtype, such as `application/json`";
            self.ignore(&place.child(&key, at), message, help);
        }
        if let Some(content) = node.get_mut("content") {
            content.value = Value::Object(Object::new(kept));
        }
    }
}

/// Whether a value is one of the items that a list of it would have.
fn is_one(item: &Expected, value: &Value) -> bool {
    match item {
        Expected::Text | Expected::Any => {
            matches!(value, Value::String(_) | Value::Number(_) | Value::Bool(_))
        }
        Expected::Object(_) | Expected::RefOr(_) | Expected::Map(..) => {
            matches!(value, Value::Object(_))
        }
        _ => false,
    }
}

/// The media type that is meant by a name for it.
fn media_type(name: &str) -> Option<String> {
    let (essence, parameters) = name.split_at(name.find(';').unwrap_or(name.len()));
    let letters = essence.to_ascii_lowercase();
    let letters = letters.replace(|c: char| !c.is_ascii_alphanumeric(), "");
    let meant = match letters.as_str() {
        "json" | "applicationjson" => "application/json",
        "xml" | "applicationxml" => "application/xml",
        "text" | "plain" | "textplain" => "text/plain",
        "formdata" | "multipartformdata" => "multipart/form-data",
        "xwwwformurlencoded" | "applicationxwwwformurlencoded" => {
            "application/x-www-form-urlencoded"
        }
        _ => return None,
    };
    Some(format!("{meant}{parameters}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_media_types_stand_for_them() {
        let taken = |name| media_type(name).unwrap_or_default();
        assert_eq!(taken("json"), "application/json");
        assert_eq!(
            taken("applicationjson;version=1"),
            "application/json;version=1"
        );
        assert_eq!(taken("Multipart\\form-data"), "multipart/form-data");
        assert_eq!(taken("image"), "");
    }
}
