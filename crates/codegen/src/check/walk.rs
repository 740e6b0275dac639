//! One walk over the document along the grammar: reports what has the wrong form, and records what is there.

use super::grammar::{CALLBACK, Keys, Kind, Shape};
use super::schema::keywords;
use super::survey::{Place, Survey};
use super::wording::did_you_mean;
use super::{bodies, operations, paths};
use postpress_openapi::diagnostic::{Diagnostics, codes};
use postpress_openapi::document::{Document, Node, Value};

pub(super) fn survey<'d>(document: &'d Document, out: &mut Diagnostics) -> Survey<'d> {
    let mut walk = Walk {
        survey: Survey::new(document),
        out,
    };
    let root = walk.survey.root();
    walk.object(&root, Kind::Root, "the document");
    walk.survey
}

struct Walk<'d, 'o> {
    survey: Survey<'d>,
    out: &'o mut Diagnostics,
}

impl<'d> Walk<'d, '_> {
    /// `what` names the value in messages: "`title`", "an item of `tags`".
    fn value(&mut self, place: &Place<'d>, shape: &'static Shape, what: &str) {
        let node = place.node;
        match *shape {
            Shape::Any => {}
            Shape::Text => self.expect(place, node.as_str().is_some(), what, "a string"),
            Shape::Flag => self.expect(place, node.as_bool().is_some(), what, "true or false"),
            Shape::Number => self.expect(place, node.as_f64().is_some(), what, "a number"),
            Shape::Count => {
                let fits = node.as_i64().is_some_and(|count| count >= 0);
                self.expect(place, fits, what, "an integer from 0");
            }
            Shape::List(item) => {
                self.expect(place, node.as_array().is_some(), what, "a list");
                let what = format!("an item of {what}");
                for place in place.items() {
                    self.value(&place, item, &what);
                }
            }
            Shape::Map(keys, value) => {
                self.expect(place, node.as_object().is_some(), what, "an object");
                self.map(place, keys, value);
            }
            Shape::Object(kind) => self.object(place, kind, what),
            Shape::RefOr(kind) => self.object_or_reference(place, kind, what),
            Shape::AdditionalProperties => {
                if node.as_bool().is_none() {
                    self.object_or_reference(place, Kind::Schema, what);
                }
            }
        }
    }

    fn map(&mut self, place: &Place<'d>, keys: Keys, value: &'static Shape) {
        for (key, child) in place.entries() {
            if keys.allow_extensions() && key.starts_with("x-") {
                continue;
            }
            if key == "$ref" && child.node.as_str().is_some() {
                self.misplaced_reference(&child, "here, where names stand with their values");
                continue;
            }
            match keys {
                Keys::Free | Keys::Expression => {}
                Keys::Component => self.component_name(&child, key),
                Keys::Path => paths::check_key(&child, key, self.out),
                Keys::Status => operations::check_status(&child, key, self.out),
                Keys::MediaType => bodies::check_media_type_key(&child, key, self.out),
            }
            self.value(&child, value, &format!("`{key}`"));
        }
    }

    fn object_or_reference(&mut self, place: &Place<'d>, kind: Kind, what: &str) {
        let Some(reference) = place.get("$ref") else {
            self.object(place, kind, what);
            return;
        };
        if reference.node.as_str().is_none() {
            self.out.error(
                reference.at(),
                &reference.pointer,
                codes::INVALID_REF,
                format!("`$ref` must be a string, but is {}", reference.node.kind()),
                "write a pointer into this document, such as '#/components/schemas/Chat', in quotes",
            );
        }
        self.survey.add_reference(place, kind);
    }

    fn object(&mut self, place: &Place<'d>, kind: Kind, what: &str) {
        if place.node.as_object().is_none() {
            if kind == Kind::Schema && place.node.as_bool().is_some() {
                keywords::boolean_schema(place, self.out);
            } else {
                self.expect(place, false, what, &format!("{} (an object)", kind.name()));
            }
            return;
        }
        self.survey.add_object(place, kind);
        if kind == Kind::Callback {
            self.value(place, &CALLBACK, what);
            return;
        }
        for (key, child) in place.entries() {
            if key.starts_with("x-") {
                continue;
            }
            let is_newer = kind == Kind::Schema && keywords::has_newer_form(&child, key, self.out);
            match kind.fields().iter().find(|field| field.name == key) {
                Some(_) if is_newer => {}
                Some(field) => self.value(&child, &field.shape, &format!("`{key}`")),
                None => self.unknown_field(&child, key, kind, place.node),
            }
        }
        if place.node.get("$ref").is_some() {
            // Misplaced, and what is missing was meant to come from there.
            return;
        }
        for field in kind.fields().iter().filter(|field| field.needed) {
            if place.node.get(field.name).is_none() {
                self.out.error(
                    place.key_at,
                    &place.pointer,
                    codes::MISSING_FIELD,
                    format!("{} needs `{}`", kind.name(), field.name),
                    missing_help(kind, field.name),
                );
            }
        }
    }

    fn unknown_field(&mut self, place: &Place<'d>, key: &str, kind: Kind, owner: &Node) {
        if key == "$ref" {
            self.misplaced_reference(place, &format!("in {}", kind.name()));
            return;
        }
        if kind == Kind::Schema && keywords::is_newer(place, key, self.out) {
            return;
        }
        let absent = kind
            .fields()
            .iter()
            .map(|field| field.name)
            .filter(|name| owner.get(name).is_none());
        let help = if is_newer_field(kind, key) {
            "it exists from OpenAPI 3.1 on; remove it, or begin its name with `x-`".to_owned()
        } else {
            did_you_mean(key, absent, || {
                "remove it, or begin its name with `x-` if it is an extension".to_owned()
            })
        };
        self.out.warning(
            place.key_at,
            &place.pointer,
            codes::UNKNOWN_FIELD,
            format!("{} has no field `{key}`; it has no effect", kind.name()),
            help,
        );
    }

    fn misplaced_reference(&mut self, place: &Place<'d>, whereabouts: &str) {
        self.out.error(
            place.key_at,
            &place.pointer,
            codes::MISPLACED_REF,
            format!("OpenAPI 3.0 allows no `$ref` {whereabouts}"),
            "write out what it refers to, or refer to each part of it",
        );
    }

    fn component_name(&mut self, place: &Place<'d>, name: &str) {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        if name.is_empty() || !name.bytes().all(allowed) {
            self.out.error(
                place.key_at,
                &place.pointer,
                codes::INVALID_COMPONENT_NAME,
                format!("`{name}` is no name for a component"),
                "use the letters A-Z and a-z, digits, `.`, `-` and `_` only",
            );
        }
    }

    fn expect(&mut self, place: &Place<'d>, fits: bool, what: &str, expected: &str) {
        if fits {
            return;
        }
        let (is, help) = match &place.node.value {
            Value::Null => (
                "has no value".to_owned(),
                format!("give it {expected}, or remove it"),
            ),
            Value::Number(_) if expected == "an integer from 0" => (
                format!("is {}", place.node.to_json()),
                format!("write {expected}"),
            ),
            Value::Number(_) | Value::Bool(_) if expected == "a string" => (
                format!("is {}", place.node.kind()),
                format!("put it in quotes: \"{}\"", place.node.to_json()),
            ),
            Value::String(text)
                if expected == "true or false" && matches!(text.as_str(), "true" | "false") =>
            {
                ("is a string".to_owned(), "remove the quotes".to_owned())
            }
            Value::String(_) if matches!(expected, "a number" | "an integer from 0") => (
                "is a string".to_owned(),
                format!("write {expected}, without quotes"),
            ),
            _ => (
                format!("is {}", place.node.kind()),
                format!("write {expected}"),
            ),
        };
        self.out.error(
            place.at(),
            &place.pointer,
            codes::WRONG_TYPE,
            format!("{what} must be {expected}, but {is}"),
            help,
        );
    }
}

fn missing_help(kind: Kind, field: &str) -> String {
    match (kind, field) {
        (Kind::Response, "description") => {
            "add `description`: what it means to get this response".to_owned()
        }
        (Kind::Operation, "responses") => {
            "add `responses` with at least the one that says it worked, such as \"200\"".to_owned()
        }
        (Kind::Parameter, "in") => "add `in: query`, `path`, `header` or `cookie`".to_owned(),
        (Kind::Root, "paths") => "add `paths: {}` if there are none yet".to_owned(),
        (Kind::Info, "version") => "add the version of the API: `version: \"1.0.0\"`".to_owned(),
        _ => format!("add `{field}`"),
    }
}

/// Fields outside of schemas that came with OpenAPI 3.1.
fn is_newer_field(kind: Kind, key: &str) -> bool {
    matches!(
        (kind, key),
        (Kind::Root, "webhooks" | "jsonSchemaDialect")
            | (Kind::Info, "summary")
            | (Kind::License, "identifier")
            | (Kind::Components, "pathItems")
    )
}
