//! Whether a value fits a schema of OpenAPI 3.0.
//!
//! Our own, since the crates that validate JSON Schema do not know OpenAPI 3.0, whose `nullable` and exclusive bounds
//! are no JSON Schema, and the best kept of them takes three quarters as long to build as all of `cargo xtask`. Everything that
//! 3.0 schemas can say is looked at but `format`, of which only `date-time` is.

use std::collections::BTreeSet;

use postpress_openapi::{Cursor, Document, Node};

/// How a value fails to fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The schema does not allow it.
    Misfit,
    /// The schema allows it, but knows nothing of it.
    Unknown,
}

/// Where a value does not fit, and how.
pub(super) struct Problem<'d> {
    pub(super) kind: Kind,
    pub(super) place: Cursor<'d>,
    pub(super) message: String,
}

/// Schemas that contain themselves have values as deep; an example is never deeper.
const DEEPEST: usize = 64;

pub(super) fn validate<'d>(
    document: &'d Document,
    schema: &'d Node,
    value: &Cursor<'d>,
) -> Vec<Problem<'d>> {
    let mut check = Check {
        document,
        problems: Vec::new(),
        depth: 0,
    };
    check.whole(schema, value);
    check.problems
}

struct Check<'d> {
    document: &'d Document,
    problems: Vec<Problem<'d>>,
    depth: usize,
}

impl<'d> Check<'d> {
    /// A value against all that is said of it.
    fn whole(&mut self, schema: &'d Node, value: &Cursor<'d>) {
        self.part(schema, value);
        let mut known = Some(BTreeSet::new());
        self.declared(schema, &mut known, 0);
        // Where nothing is declared, anything goes.
        let Some(known) = known.filter(|known| !known.is_empty()) else {
            return;
        };
        for (name, field) in value.entries() {
            if !known.contains(name) {
                let message = format!("the schema declares no field `{name}`");
                self.problems.push(Problem {
                    kind: Kind::Unknown,
                    place: field,
                    message,
                });
            }
        }
    }

    /// A value against one of several schemas that speak of it.
    fn part(&mut self, schema: &'d Node, value: &Cursor<'d>) {
        let Some(schema) = self.document.resolve(schema) else {
            return;
        };
        if self.depth > DEEPEST {
            return;
        }
        self.depth += 1;
        let node = value.node;
        if let Some(wanted) = schema.text("type") {
            let nullable = schema.flag("nullable") == Some(true);
            let fits = match wanted {
                _ if node.is_null() => nullable,
                "string" => node.as_str().is_some(),
                "integer" => node.as_i64().is_some() || node.to_json().is_u64(),
                "number" => node.as_f64().is_some(),
                "boolean" => node.as_bool().is_some(),
                "array" => node.as_array().is_some(),
                "object" => node.as_object().is_some(),
                _ => true,
            };
            if !fits {
                self.misfit(
                    value,
                    format!("is {}, and must be of type {wanted}", node.kind()),
                );
                self.depth -= 1;
                return;
            }
        }
        if let Some(values) = schema.get("enum")
            && !values.items().iter().any(|other| other.same(node))
        {
            self.misfit(
                value,
                format!("{} is none of {}", node.to_json(), values.to_json()),
            );
        }
        self.text(schema, value);
        self.number(schema, value);
        self.list(schema, value);
        self.object(schema, value);
        self.combined(schema, value);
        self.depth -= 1;
    }

    fn text(&mut self, schema: &Node, value: &Cursor<'d>) {
        let Some(text) = value.node.as_str() else {
            return;
        };
        let length = text.chars().count();
        self.count(
            schema,
            value,
            length,
            ("minLength", "maxLength"),
            "characters",
        );
        // A pattern that this engine does not know is left to the validators of others.
        if let Some(pattern) = schema.text("pattern")
            && let Ok(regex) = regex_lite::Regex::new(pattern)
            && !regex.is_match(text)
        {
            self.misfit(value, format!("\"{text}\" does not match {pattern}"));
        }
        if schema.text("format") == Some("date-time") && !is_time(text) {
            self.misfit(value, format!("\"{text}\" is no time as RFC 3339 has it"));
        }
    }

    fn number(&mut self, schema: &Node, value: &Cursor<'d>) {
        let Some(number) = value.node.as_f64() else {
            return;
        };
        let limit = |key: &str| schema.get(key).and_then(Node::as_f64);
        let is_exclusive = |key: &str| schema.flag(key) == Some(true);
        if let Some(limit) = limit("minimum")
            && (number < limit || number == limit && is_exclusive("exclusiveMinimum"))
        {
            self.misfit(
                value,
                format!("{number} is too small; the limit is {limit}"),
            );
        }
        if let Some(limit) = limit("maximum")
            && (number > limit || number == limit && is_exclusive("exclusiveMaximum"))
        {
            self.misfit(
                value,
                format!("{number} is too large; the limit is {limit}"),
            );
        }
        if let Some(unit) = limit("multipleOf")
            && ((number / unit) - (number / unit).round()).abs() > 1e-9
        {
            self.misfit(value, format!("{number} is no multiple of {unit}"));
        }
    }

    fn list(&mut self, schema: &'d Node, value: &Cursor<'d>) {
        let Some(items) = value.node.as_array() else {
            return;
        };
        self.count(
            schema,
            value,
            items.len(),
            ("minItems", "maxItems"),
            "items",
        );
        let is_set = schema.flag("uniqueItems") == Some(true);
        let mut pairs = items.iter().enumerate();
        if is_set && pairs.any(|(index, item)| items[..index].iter().any(|other| other.same(item)))
        {
            self.misfit(value, "an item occurs twice".to_owned());
        }
        if let Some(schema) = schema.get("items") {
            for item in value.items() {
                self.whole(schema, &item);
            }
        }
    }

    fn object(&mut self, schema: &'d Node, value: &Cursor<'d>) {
        let Some(fields) = value.node.as_object() else {
            return;
        };
        self.count(
            schema,
            value,
            fields.len(),
            ("minProperties", "maxProperties"),
            "fields",
        );
        for name in schema.list("required").iter().filter_map(Node::as_str) {
            if value.node.get(name).is_none() {
                self.misfit(value, format!("the field `{name}` is missing"));
            }
        }
        let properties = schema.get("properties");
        for (name, field) in value.entries() {
            if let Some(schema) = properties.and_then(|properties| properties.get(name)) {
                self.whole(schema, &field);
            } else if let Some(rest) = schema.get("additionalProperties") {
                match rest.as_bool() {
                    Some(false) => self.misfit(&field, format!("there may be no field `{name}`")),
                    Some(true) => {}
                    None => self.whole(rest, &field),
                }
            }
        }
    }

    fn combined(&mut self, schema: &'d Node, value: &Cursor<'d>) {
        for part in schema.list("allOf") {
            self.part(part, value);
        }
        for key in ["oneOf", "anyOf"] {
            let Some(branches) = schema.get(key).and_then(Node::as_array) else {
                continue;
            };
            let mut faults: Vec<Vec<Problem<'d>>> = branches
                .iter()
                .map(|branch| self.apart(branch, value))
                .collect();
            match faults.iter().filter(|faults| faults.is_empty()).count() {
                0 => {
                    faults.sort_by_key(Vec::len);
                    let count = branches.len();
                    let nearest = faults.first().and_then(|faults| faults.first());
                    let nearest = nearest.map_or_else(String::new, |problem| {
                        format!(
                            "; of the nearest, {}: {}",
                            problem.place.pointer, problem.message
                        )
                    });
                    self.misfit(value, format!("fits none of the {count} kinds{nearest}"));
                }
                1 => {}
                several if key == "oneOf" => {
                    self.misfit(
                        value,
                        format!("fits {several} kinds, and must fit one alone"),
                    );
                }
                _ => {}
            }
        }
        if let Some(not) = schema.get("not")
            && self.apart(not, value).is_empty()
        {
            self.misfit(value, "fits what it must not".to_owned());
        }
    }

    /// The misfits with a schema that it need not fit.
    fn apart(&self, schema: &'d Node, value: &Cursor<'d>) -> Vec<Problem<'d>> {
        let mut check = Check {
            document: self.document,
            problems: Vec::new(),
            depth: self.depth,
        };
        check.part(schema, value);
        check
            .problems
            .retain(|problem| problem.kind == Kind::Misfit);
        check.problems
    }

    /// Adds the names of all fields that a schema declares, anywhere; none any more where it takes every name.
    fn declared(&self, schema: &'d Node, names: &mut Option<BTreeSet<&'d str>>, depth: usize) {
        let Some(schema) = self.document.resolve(schema).filter(|_| depth < DEEPEST) else {
            return;
        };
        if schema
            .get("additionalProperties")
            .is_some_and(|rest| rest.as_bool() != Some(false))
        {
            *names = None;
        }
        if let Some(names) = names {
            let properties = schema.map("properties");
            names.extend(properties.iter().map(|entry| entry.key.as_str()));
        }
        for key in ["allOf", "oneOf", "anyOf"] {
            for part in schema.list(key) {
                self.declared(part, names, depth + 1);
            }
        }
    }

    fn count(
        &mut self,
        schema: &Node,
        value: &Cursor<'d>,
        count: usize,
        (least, most): (&str, &str),
        what: &str,
    ) {
        let limit = |key: &str| {
            schema
                .get(key)
                .and_then(Node::as_i64)
                .and_then(|n| usize::try_from(n).ok())
        };
        if limit(least).is_some_and(|limit| count < limit) {
            self.misfit(
                value,
                format!("has {count} {what}, fewer than `{least}` says"),
            );
        }
        if limit(most).is_some_and(|limit| count > limit) {
            self.misfit(
                value,
                format!("has {count} {what}, more than `{most}` says"),
            );
        }
    }

    fn misfit(&mut self, place: &Cursor<'d>, message: String) {
        self.problems.push(Problem {
            kind: Kind::Misfit,
            place: place.clone(),
            message,
        });
    }
}

/// `YYYY-MM-DDTHH:MM:SS`, perhaps a fraction, and `Z` or an offset.
fn is_time(text: &str) -> bool {
    let pattern = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$";
    regex_lite::Regex::new(pattern).is_ok_and(|regex| regex.is_match(text))
}
