//! Schemas: keywords of newer versions of JSON Schema, and values that do not fit their type.

use postpress_openapi::{Code, Entry, Node, Position, Value, codes};

use super::{Normalizer, Place, flag, list, object, text};
use crate::check::schema::types::{TYPES, fits};
use crate::check::wording::did_you_mean;

/// What becomes of a keyword that OpenAPI 3.0 does not have.
enum Reading {
    /// It is said in the words of OpenAPI 3.0, which are these.
    Same(String),
    /// It limits values, and the types stay as they are without it.
    NoType(&'static str),
    /// It only comments.
    Remark(&'static str),
}

impl Normalizer<'_, '_> {
    pub(super) fn schema(&mut self, place: &Place, node: &mut Node) {
        if let Some(any) = node.as_bool() {
            self.boolean(place, node, any);
            return;
        }
        if node.as_object().is_none() {
            self.no_schema(place, node);
            return;
        }
        let newer: Vec<(String, Position)> = node
            .entries()
            .iter()
            .filter(|entry| is_newer(entry))
            .map(|entry| (entry.key.clone(), entry.at))
            .collect();
        for (key, at) in newer {
            let place = place.child(&key, at);
            self.keyword(&place, node, &key);
        }
        self.unknown_type(place, node);
        self.values(place, node);
    }

    fn boolean(&mut self, place: &Place, node: &mut Node, any: bool) {
        let (instead, help) = match any {
            true => (object(node.at, []), "write `{}` for any value"),
            false => (
                object(node.at, [("not", object(node.at, []))]),
                "write `not: {}` for no value",
            ),
        };
        if !self.is_newer {
            let message = "`true` and `false` are schemas from OpenAPI 3.1 on";
            self.report(codes::NEWER_KEYWORD, place, message, help);
        }
        *node = instead;
    }

    /// Rewrites a keyword that is newer than OpenAPI 3.0. `place` is its own.
    fn keyword(&mut self, place: &Place, node: &mut Node, key: &str) {
        if key == "required" {
            node.remove(key);
            let message = "`required` is a list of property names; here it has no effect";
            let help = "name the property in the `required` list of the object that has it";
            self.report(codes::IGNORED_VALUE, place, message, help);
            return;
        }
        let what = newer_form(node.get(key), key);
        match read(node, key) {
            Reading::Same(_) if self.is_newer => {}
            Reading::Same(help) => {
                let message = format!("{what}; it is taken for what it means there");
                self.report(codes::NEWER_KEYWORD, place, message, &help);
            }
            Reading::NoType(help) => {
                let message = format!("`{key}` shapes no type; values are not checked against it");
                self.report(codes::IGNORED_KEYWORD, place, message, help);
            }
            Reading::Remark(_) if self.is_newer => {}
            Reading::Remark(help) => {
                let message = format!("{what}; it has no effect");
                self.report(codes::UNKNOWN_FIELD, place, message, help);
            }
        }
    }

    /// Other names for types have a plain meaning; of any other, nothing is known.
    fn unknown_type(&mut self, place: &Place, node: &mut Node) {
        let Some(entry) = node.entry("type") else {
            return;
        };
        let at = entry.value.at;
        let Some(written) = entry.value.as_str().map(str::to_owned) else {
            return;
        };
        if TYPES.contains(&written.as_str()) {
            return;
        }
        let (kind, format) = match written.as_str() {
            "file" => ("string", Some("binary")),
            "date" | "date-time" | "uuid" | "email" | "uri" | "binary" | "byte" | "password" => {
                ("string", Some(written.as_str()))
            }
            "str" | "text" | "String" => ("string", None),
            "int" | "int32" | "int64" | "long" | "Integer" => ("integer", None),
            "float" | "double" | "decimal" | "Number" => ("number", None),
            "bool" | "Boolean" => ("boolean", None),
            "list" | "Array" => ("array", None),
            "dict" | "map" | "hash" | "Object" => ("object", None),
            _ => ("", None),
        };
        let own = place.child("type", at);
        let taken = if kind.is_empty() {
            node.remove("type");
            "any JSON value".to_owned()
        } else {
            node.set("type", text(at, kind));
            if let Some(format) = format.filter(|_| node.get("format").is_none()) {
                node.set("format", text(at, format));
            }
            format!("`{kind}`")
        };
        let help = match format {
            Some(format) => format!("write `type: {kind}` and `format: {format}`"),
            None if written == "any" => "leave `type` out for any value".to_owned(),
            None if kind.is_empty() || written.eq_ignore_ascii_case(kind) => {
                did_you_mean(&written, TYPES, || {
                    "use `string`, `integer`, `number`, `boolean`, `array` or `object`".to_owned()
                })
            }
            None => format!("write `type: {kind}`"),
        };
        let message = format!("there is no type `{written}`; it is taken for {taken}");
        self.report(codes::UNKNOWN_TYPE, &own, message, &help);
    }

    /// Values of an `enum` that are not of the schema's type.
    fn values(&mut self, place: &Place, node: &mut Node) {
        let Some(kind) = node.text("type").map(str::to_owned) else {
            return;
        };
        let is_nullable = node.flag("nullable") == Some(true);
        let Some(listing) = node.entry("enum") else {
            return;
        };
        let listing = place.child("enum", listing.at);
        let Some(values) = node.get("enum").and_then(Node::as_array) else {
            return;
        };
        let is_allowed = |value: &Node| fits(value, &kind) || (value.is_null() && is_nullable);
        let misfit = |value: &Node| !is_allowed(value);
        if !values.iter().any(misfit) {
            return;
        }
        let mut kept = values.to_vec();
        let (mut has_null, mut has_other) = (false, false);
        for (index, value) in kept.iter_mut().enumerate() {
            if !misfit(value) {
                continue;
            }
            let place = Place {
                pointer: listing.pointer.index(index),
                key_at: value.at,
            };
            let json = value.to_json();
            let (message, help) = if value.is_null() {
                has_null = true;
                (
                    format!("null is listed, but the type is `{kind}` alone; null is allowed"),
                    "add `nullable: true`, or remove the value".to_owned(),
                )
            } else if let Some(converted) = convert(value, &kind) {
                value.value = converted;
                let taken = value.to_json();
                (
                    format!("{json} is not of the type `{kind}`; it is taken for {taken}"),
                    format!("write {taken}, or correct the type"),
                )
            } else {
                has_other = true;
                let is = value.kind();
                (
                    format!("{json} is {is}, but the type is `{kind}`"),
                    "correct the value or the type".to_owned(),
                )
            };
            self.report(codes::ENUM_TYPE, &place, message, &help);
        }
        let at = node.get("enum").map_or(node.at, |listing| listing.at);
        // A list of texts beside the type of a list or an object was meant for what is in it.
        if has_other && matches!(kind.as_str(), "array" | "object") {
            node.remove("enum");
            return;
        }
        // The values say what they are, and the type does not.
        if has_other {
            node.remove("type");
        }
        if has_null {
            node.set("nullable", flag(at, true));
        }
        node.set("enum", list(at, kept));
    }

    fn report(&mut self, code: Code, place: &Place, message: impl Into<String>, help: &str) {
        let Place { pointer, key_at } = place;
        self.out.report_at(code, *key_at, pointer, message, help);
    }
}

/// Takes a keyword out, and says the same in the words of OpenAPI 3.0 as far as that shapes a type.
fn read(node: &mut Node, key: &str) -> Reading {
    if key == "type" {
        return Reading::Same(types(node));
    }
    let Some(value) = node.remove(key) else {
        return Reading::Remark("remove it");
    };
    let at = value.at;
    let help = match key {
        "const" => {
            if value.is_null() {
                node.set("nullable", flag(at, true));
            }
            node.set("enum", list(at, vec![value]));
            "write `enum` with this one value"
        }
        "exclusiveMinimum" | "exclusiveMaximum" => {
            let bound = key.replace("exclusiveM", "m");
            let help = format!("write `{bound}: {value}` and `{key}: true`");
            let is_lower = bound == "minimum";
            let inner = node.get(&bound).and_then(Node::as_f64);
            let own = value.as_f64();
            let is_tighter = inner.zip(own).is_some_and(|(inner, own)| {
                (is_lower && inner > own) || (!is_lower && inner < own)
            });
            if !is_tighter {
                node.set(&bound, value);
                node.set(key, flag(at, true));
            }
            return Reading::Same(help);
        }
        "prefixItems" | "items" => {
            node.set("items", object(at, []));
            "write `items` with an `anyOf` of the kinds of items"
        }
        "patternProperties" => {
            let mut schemas = value.entries().iter().map(|entry| &entry.value);
            let only = schemas.next().filter(|_| schemas.next().is_none());
            let only = only.cloned().unwrap_or_else(|| object(at, []));
            let given = node.get("additionalProperties");
            if given.is_none_or(|given| given.as_bool() == Some(false)) {
                node.set("additionalProperties", only);
            }
            "write `additionalProperties` with the schema of the values"
        }
        "unevaluatedProperties" => {
            if node.get("additionalProperties").is_none() && value.as_bool() != Some(false) {
                node.set("additionalProperties", value);
            }
            "write `additionalProperties`"
        }
        "contentEncoding" => {
            let is_base64 = value
                .as_str()
                .is_some_and(|text| text.starts_with("base64"));
            if is_base64 && node.get("format").is_none() {
                node.set("format", text(at, "byte"));
            }
            "write `format: byte` for base64"
        }
        "contentMediaType" => {
            let media = value.as_str().unwrap_or_default();
            let is_text = media.starts_with("text/") || media.ends_with("json");
            let is_encoded =
                node.get("contentEncoding").is_some() || node.text("format") == Some("byte");
            if !is_text && !is_encoded && node.text("type").is_none_or(|kind| kind == "string") {
                node.set("type", text(at, "string"));
                node.set("format", text(at, "binary"));
            }
            "write `format: binary`, and the media type in `content` or `encoding`"
        }
        "$id" | "$anchor" => "remove it; references are `#/...` pointers into the document",
        "$dynamicAnchor" | "$recursiveAnchor" => "remove it, and use `$ref`",
        "$dynamicRef" | "$recursiveRef" => return Reading::NoType("use `$ref`"),
        "if" | "then" | "else" => {
            return Reading::NoType("write `oneOf` with a schema for each case");
        }
        "dependentRequired" | "dependentSchemas" => {
            return Reading::NoType("write `anyOf` with a schema for each case");
        }
        "examples" => return Reading::Remark("write `example` with one of them"),
        "$comment" => return Reading::Remark("write a YAML comment, or `x-comment`"),
        "$schema" | "$vocabulary" => return Reading::Remark("remove it"),
        _ => return Reading::Remark("remove it, and say it in the `description`"),
    };
    Reading::Same(help.to_owned())
}

/// One type, with null or without, instead of `type: null` or a list of types; an `anyOf` where there are more. Gives
/// what to write.
fn types(node: &mut Node) -> String {
    let Some(types) = node.remove("type") else {
        return String::new();
    };
    let at = types.at;
    let kinds = match &types.value {
        Value::Array(kinds) => kinds.as_slice(),
        _ => std::slice::from_ref(&types),
    };
    let is_null = |kind: &Node| kind.is_null() || kind.as_str() == Some("null");
    let has_null = kinds.iter().any(is_null);
    let has_number = kinds.iter().any(|kind| kind.as_str() == Some("number"));
    let mut others: Vec<&str> = Vec::new();
    for kind in kinds.iter().filter_map(Node::as_str) {
        let is_within = kind == "integer" && has_number;
        if kind != "null" && !is_within && !others.contains(&kind) {
            others.push(kind);
        }
    }
    if has_null {
        node.set("nullable", flag(at, true));
    }
    match others.as_slice() {
        [] => {
            let null = Node {
                at,
                value: Value::Null,
            };
            node.set("enum", list(at, vec![null]));
            return "write `nullable: true` beside the type of the other values".to_owned();
        }
        [only] => node.set("type", text(at, only)),
        // Whatever says more than the types says what they are.
        _ if ["enum", "oneOf", "anyOf"]
            .iter()
            .any(|key| node.get(key).is_some()) => {}
        several => {
            let branches = several.iter().map(|kind| {
                let mut branch = object(at, [("type", text(at, kind))]);
                for (key, kinds) in KEYWORDS_OF_TYPES {
                    if kinds.contains(kind)
                        && let Some(value) = node.get(key)
                    {
                        branch.set(key, value.clone());
                    }
                }
                branch
            });
            let branches = list(at, branches.collect());
            for (key, _) in KEYWORDS_OF_TYPES {
                node.remove(key);
            }
            node.set("anyOf", branches);
        }
    }
    let nullable = if has_null {
        " and `nullable: true`"
    } else {
        ""
    };
    match others.as_slice() {
        [only] => format!("write `type: {only}`{nullable}"),
        _ => format!("write `anyOf` with a schema for each type{nullable}"),
    }
}

/// The types to which keywords belong that say something of one kind of value.
const KEYWORDS_OF_TYPES: [(&str, &[&str]); 13] = [
    ("items", &["array"]),
    ("minItems", &["array"]),
    ("maxItems", &["array"]),
    ("properties", &["object"]),
    ("required", &["object"]),
    ("additionalProperties", &["object"]),
    ("format", &["string", "integer", "number"]),
    ("pattern", &["string"]),
    ("minLength", &["string"]),
    ("maxLength", &["string"]),
    ("minimum", &["integer", "number"]),
    ("maximum", &["integer", "number"]),
    ("multipleOf", &["integer", "number"]),
];

/// Whether OpenAPI 3.0 has no such keyword, or not in this form.
fn is_newer(Entry { key, value, .. }: &Entry) -> bool {
    match key.as_str() {
        "type" => {
            matches!(value.value, Value::Array(_) | Value::Null) || value.as_str() == Some("null")
        }
        "exclusiveMinimum" | "exclusiveMaximum" => value.as_f64().is_some(),
        "items" => value.as_array().is_some(),
        "required" => value.as_bool().is_some(),
        "const"
        | "$id"
        | "$anchor"
        | "$dynamicRef"
        | "$recursiveRef"
        | "$dynamicAnchor"
        | "$recursiveAnchor"
        | "prefixItems"
        | "contains"
        | "minContains"
        | "maxContains"
        | "propertyNames"
        | "contentSchema"
        | "if"
        | "then"
        | "else"
        | "dependentRequired"
        | "dependentSchemas"
        | "patternProperties"
        | "unevaluatedProperties"
        | "unevaluatedItems"
        | "contentEncoding"
        | "contentMediaType"
        | "examples"
        | "$comment"
        | "$schema"
        | "$vocabulary" => true,
        _ => false,
    }
}

/// What is newer: the keyword, or the form of its value.
fn newer_form(value: Option<&Node>, key: &str) -> String {
    match (key, value.map(|node| &node.value)) {
        ("type", Some(Value::Array(_))) => "a list of types exists from OpenAPI 3.1 on".to_owned(),
        ("type", _) => "the type `null` exists from OpenAPI 3.1 on".to_owned(),
        ("exclusiveMinimum" | "exclusiveMaximum", _) => {
            format!("`{key}` with a number exists from OpenAPI 3.1 on")
        }
        ("items", _) => "OpenAPI has one schema for all items and no list of them".to_owned(),
        _ => format!("the keyword `{key}` exists from OpenAPI 3.1 on"),
    }
}

/// The value of a type that another one plainly stands for.
fn convert(value: &Node, kind: &str) -> Option<Value> {
    match (kind, &value.value) {
        ("string", Value::Number(number)) => Some(Value::String(number.to_string())),
        ("string", Value::Bool(flag)) => Some(Value::String(flag.to_string())),
        ("integer", Value::String(text)) => Some(Value::Number(text.parse::<i64>().ok()?.into())),
        ("number", Value::String(text)) => {
            let number = serde_json::Number::from_f64(text.parse().ok()?)?;
            Some(Value::Number(number))
        }
        ("boolean", Value::String(text)) => Some(Value::Bool(text.parse().ok()?)),
        _ => None,
    }
}
