//! One walk over the document along the grammar: it reports what has the wrong form, and records what is there.

use postpress_openapi::{Cursor, Diagnostics, Document, Node, Value, codes};

use super::grammar::{CALLBACK, Expected, Keys, Kind, Need};
use super::index::Index;
use super::version::is_newer;
use super::wording::did_you_mean;
use super::{bodies, operations, paths};

pub(super) fn index<'d>(document: &'d Document, out: &mut Diagnostics) -> Index<'d> {
    let mut walk = Walk {
        index: Index::new(document),
        out,
        in_note: false,
        is_newer: is_newer(document),
    };
    let root = walk.index.root();
    walk.object(&root, Kind::Root, "the document");
    walk.targets_elsewhere();
    walk.index
}

struct Walk<'d, 'o> {
    index: Index<'d>,
    out: &'o mut Diagnostics,
    /// Whether nothing that is sent or received depends on the current value.
    in_note: bool,
    /// Whether the document is written in OpenAPI 3.1.
    is_newer: bool,
}

impl<'d> Walk<'d, '_> {
    /// References may lead to places that the specification does not know, such as `#/definitions/Chat`.
    fn targets_elsewhere(&mut self) {
        let mut next = 0;
        while let Some(reference) = self.index.references.get(next) {
            next += 1;
            let (expected, text) = (reference.expected, reference.at.node.reference());
            self.in_note = reference.in_note;
            let target = text.and_then(|text| self.index.document.target(text).ok());
            let is_unknown = |target: &Cursor<'d>| self.index.kind(target.node).is_none();
            if let Some(target) = target.filter(is_unknown) {
                let is_schema = expected == Kind::Schema && target.node.as_object().is_some();
                let is_one = is_schema || target.node.get("$ref").is_some();
                if is_one {
                    self.object_or_reference(&target, expected, "this");
                }
            }
        }
    }

    /// `what` names the value in messages: "`title`", "an item of `tags`".
    fn value(&mut self, place: &Cursor<'d>, expected: &'static Expected, what: &str) {
        let node = place.node;
        match *expected {
            Expected::Any => {}
            Expected::Text => self.expect(place, node.as_str().is_some(), what, "a string"),
            Expected::Flag => self.expect(place, node.as_bool().is_some(), what, "true or false"),
            Expected::Number => self.expect(place, node.as_f64().is_some(), what, "a number"),
            Expected::Count => {
                let fits = node.as_i64().is_some_and(|count| count >= 0);
                self.expect(place, fits, what, "an integer from 0");
            }
            Expected::List(item) => {
                self.expect(place, node.as_array().is_some(), what, "a list");
                let what = format!("an item of {what}");
                for place in place.items() {
                    self.value(&place, item, &what);
                }
            }
            Expected::Map(keys, value) => {
                self.expect(place, node.as_object().is_some(), what, "an object");
                self.map(place, keys, value);
            }
            Expected::Object(kind) => self.object(place, kind, what),
            Expected::RefOr(kind) => self.object_or_reference(place, kind, what),
            Expected::AdditionalProperties => {
                if node.as_bool().is_none() {
                    self.object_or_reference(place, Kind::Schema, what);
                }
            }
        }
    }

    fn map(&mut self, place: &Cursor<'d>, keys: Keys, value: &'static Expected) {
        for (key, child) in place.entries() {
            if keys.allow_extensions() && key.starts_with("x-") {
                continue;
            }
            if key == "$ref" && child.node.as_str().is_some() {
                self.index.refuse(child.node.id());
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

    fn object_or_reference(&mut self, place: &Cursor<'d>, kind: Kind, what: &str) {
        let Some(reference) = place.get("$ref") else {
            self.object(place, kind, what);
            return;
        };
        if reference.node.as_str().is_none() {
            let code = if self.in_note {
                codes::IGNORED_VALUE
            } else {
                codes::INVALID_REF
            };
            self.out.report(code, &reference,
                format!("`$ref` must be a string, but is {}", reference.node.kind()),
                "write a pointer into this document, such as '#/components/schemas/Chat', in quotes",
            );
        }
        self.index.add_reference(place, kind, self.in_note);
    }

    fn object(&mut self, place: &Cursor<'d>, kind: Kind, what: &str) {
        if place.node.as_object().is_none() {
            if !self.in_note {
                self.index.refuse(place.node.id());
            }
            self.expect(place, false, what, &format!("{} (an object)", kind.name()));
            return;
        }
        self.index.add_object(place, kind);
        if kind == Kind::Callback {
            self.value(place, &CALLBACK, what);
            return;
        }
        let outer = self.in_note;
        for (key, child) in place.entries() {
            if key.starts_with("x-") {
                continue;
            }
            match kind.field(key) {
                Some(field) => {
                    self.in_note = outer || field.is_note;
                    self.value(&child, &field.expected, &format!("`{key}`"));
                    self.in_note = outer;
                }
                None => self.unknown_field(&child, key, kind, place.node),
            }
        }
        if place.node.get("$ref").is_some() {
            // The reference is misplaced, and the missing fields were meant to come from its target.
            return;
        }
        let absent = |name: &str| place.node.get(name).is_none();
        // OpenAPI 3.1 has documents and operations without them.
        let may_lack = |name: &str| self.is_newer && matches!(name, "paths" | "responses");
        let fields = kind.fields().iter();
        let fields = fields.filter(|field| field.need != Need::Optional && !may_lack(field.name));
        for field in fields.filter(|field| absent(field.name)) {
            let is_fault = field.need == Need::Required && !self.in_note;
            let (code, message) = if is_fault {
                (codes::MISSING_FIELD, "needs")
            } else {
                (codes::INCOMPLETE, "should have")
            };
            self.out.report_key(
                code,
                place,
                format!("{} {message} `{}`", kind.name(), field.name),
                missing_help(kind, field.name),
            );
        }
    }

    fn unknown_field(&mut self, place: &Cursor<'d>, key: &str, kind: Kind, owner: &Node) {
        if key == "$ref" {
            self.misplaced_reference(place, &format!("in {}", kind.name()));
            return;
        }
        let absent = kind
            .fields()
            .iter()
            .map(|field| field.name)
            .filter(|name| owner.get(name).is_none());
        let help = did_you_mean(key, absent, || {
            "remove it, or begin its name with `x-` if it is an extension".to_owned()
        });
        self.out.report_key(
            codes::UNKNOWN_FIELD,
            place,
            format!("{} has no field `{key}`; it has no effect", kind.name()),
            help,
        );
    }

    fn misplaced_reference(&mut self, place: &Cursor<'d>, whereabouts: &str) {
        self.out.report_key(
            codes::MISPLACED_REF,
            place,
            format!("OpenAPI 3.0 allows no `$ref` {whereabouts}"),
            "write out what it refers to, or refer to each part of it",
        );
    }

    fn component_name(&mut self, place: &Cursor<'d>, name: &str) {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        if name.is_empty() || !name.bytes().all(allowed) {
            self.out.report_key(
                codes::INVALID_COMPONENT_NAME,
                place,
                format!("`{name}` is no name for a component"),
                "use the letters A-Z and a-z, digits, `.`, `-` and `_` only",
            );
        }
    }

    fn expect(&mut self, place: &Cursor<'d>, fits: bool, what: &str, expected: &str) {
        if fits {
            return;
        }
        let node = place.node;
        let is_count = expected == "an integer from 0";
        let mut is = format!("is {}", node.kind());
        let help = match &node.value {
            Value::Null => {
                is = "has no value".to_owned();
                format!("give it {expected}, or remove it")
            }
            Value::Number(number) if is_count => {
                is = format!("is {number}");
                format!("write {expected}")
            }
            _ => format!("write {expected}"),
        };
        let message = format!("{what} must be {expected}, but {is}");
        if self.in_note {
            let message = format!("{message}; it has no effect");
            self.out.report(codes::IGNORED_VALUE, place, message, help);
        } else {
            self.out.report(codes::WRONG_TYPE, place, message, help);
        }
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
