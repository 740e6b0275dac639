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

/// What is wrong with a value, each thing once, however many parts of the schema say so.
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
    check.value(&[schema], value, true);
    check.problems
}

struct Check<'d> {
    document: &'d Document,
    problems: Vec<Problem<'d>>,
    depth: usize,
}

impl<'d> Check<'d> {
    /// A value against all schemas that speak of it; `whole` if there are no others.
    fn value(&mut self, schemas: &[&'d Node], value: &Cursor<'d>, whole: bool) {
        if self.depth > DEEPEST {
            return;
        }
        self.depth += 1;
        let mut parts = Vec::new();
        schemas
            .iter()
            .for_each(|schema| self.compose(schema, &mut parts));
        if self.has_type(&parts, value) {
            self.scalar(&parts, value);
            self.list(&parts, value);
            self.object(&parts, value);
            self.combined(&parts, value);
        }
        if whole {
            self.known(&parts, value);
        }
        self.depth -= 1;
    }

    /// Adds a schema, and what its `allOf` is made of.
    fn compose(&self, schema: &'d Node, parts: &mut Vec<&'d Node>) {
        let Some(schema) = self.document.resolve(schema) else {
            return;
        };
        if !parts.iter().any(|part| part.id() == schema.id()) {
            parts.push(schema);
            schema
                .list("allOf")
                .iter()
                .for_each(|part| self.compose(part, parts));
        }
    }

    fn has_type(&mut self, parts: &[&Node], value: &Cursor<'d>) -> bool {
        let node = value.node;
        let fits = |part: &&&Node| match part.text("type") {
            None => true,
            Some(_) if node.is_null() => part.flag("nullable") == Some(true),
            Some("string") => node.as_str().is_some(),
            Some("integer") => node.as_i64().is_some() || node.to_json().is_u64(),
            Some("number") => node.as_f64().is_some(),
            Some("boolean") => node.as_bool().is_some(),
            Some("array") => node.as_array().is_some(),
            Some("object") => node.as_object().is_some(),
            Some(_) => true,
        };
        let other = parts
            .iter()
            .find(|part| !fits(part))
            .and_then(|part| part.text("type"));
        self.refuse(
            value,
            other.map(|wanted| format!("is {}, and must be of type {wanted}", node.kind())),
        );
        other.is_none()
    }

    fn scalar(&mut self, parts: &[&Node], value: &Cursor<'d>) {
        let node = value.node;
        let mut lists = parts.iter().filter_map(|part| part.get("enum"));
        let other = lists.find(|list| !list.items().iter().any(|item| item.same(node)));
        self.refuse(
            value,
            other.map(|list| format!("{} is none of {}", node.to_json(), list.to_json())),
        );
        if let Some(text) = node.as_str() {
            self.count(
                parts,
                value,
                text.chars().count(),
                ("minLength", "maxLength", "characters"),
            );
            // A pattern that this engine does not know is left to the validators of others.
            let mut patterns = parts
                .iter()
                .filter_map(|part| regex_lite::Regex::new(part.text("pattern")?).ok());
            let other = patterns.find(|pattern| !pattern.is_match(text));
            self.refuse(
                value,
                other.map(|other| format!("\"{text}\" does not match {}", other.as_str())),
            );
            let is_time = parts
                .iter()
                .any(|part| part.text("format") == Some("date-time"));
            let wrong = (is_time && !self::is_time(text))
                .then(|| format!("\"{text}\" is no time as RFC 3339 has it"));
            self.refuse(value, wrong);
        }
        if let Some(number) = node.as_f64() {
            for (key, exclusive, sign, what) in [
                ("minimum", "exclusiveMinimum", 1.0, "small"),
                ("maximum", "exclusiveMaximum", -1.0, "large"),
            ] {
                let limits = parts.iter().filter_map(|part| {
                    Some((part.get(key)?.as_f64()?, part.flag(exclusive) == Some(true)))
                });
                let mut beyond = limits.filter(|(limit, exclusive)| {
                    let inside = (number - limit) * sign;
                    inside < 0.0 || (inside == 0.0 && *exclusive)
                });
                self.refuse(
                    value,
                    beyond
                        .next()
                        .map(|(limit, _)| format!("{number} is too {what}; the limit is {limit}")),
                );
            }
            let mut units = parts
                .iter()
                .filter_map(|part| part.get("multipleOf")?.as_f64());
            let other = units.find(|unit| ((number / unit) - (number / unit).round()).abs() > 1e-9);
            self.refuse(
                value,
                other.map(|unit| format!("{number} is no multiple of {unit}")),
            );
        }
    }

    fn list(&mut self, parts: &[&'d Node], value: &Cursor<'d>) {
        let Some(items) = value.node.as_array() else {
            return;
        };
        self.count(parts, value, items.len(), ("minItems", "maxItems", "items"));
        let is_set = parts
            .iter()
            .any(|part| part.flag("uniqueItems") == Some(true));
        let is_known =
            |(index, item): (usize, &Node)| items[..index].iter().any(|other| other.same(item));
        let twice = is_set && items.iter().enumerate().any(is_known);
        self.refuse(value, twice.then(|| "an item occurs twice".to_owned()));
        let schemas: Vec<&Node> = parts.iter().filter_map(|part| part.get("items")).collect();
        value
            .items()
            .for_each(|item| self.value(&schemas, &item, true));
    }

    fn object(&mut self, parts: &[&'d Node], value: &Cursor<'d>) {
        let Some(fields) = value.node.as_object() else {
            return;
        };
        self.count(
            parts,
            value,
            fields.len(),
            ("minProperties", "maxProperties", "fields"),
        );
        let required = parts
            .iter()
            .flat_map(|part| part.list("required"))
            .filter_map(Node::as_str);
        for name in required.collect::<BTreeSet<_>>() {
            let is_missing = value.node.get(name).is_none();
            self.refuse(
                value,
                is_missing.then(|| format!("the field `{name}` is missing")),
            );
        }
        for (name, field) in value.entries() {
            let declared = |part: &&'d Node| {
                let property = part
                    .get("properties")
                    .and_then(|properties| properties.get(name));
                property.or_else(|| part.get("additionalProperties"))
            };
            let schemas: Vec<&Node> = parts.iter().filter_map(declared).collect();
            let is_refused = schemas.iter().any(|schema| schema.as_bool() == Some(false));
            self.refuse(
                &field,
                is_refused.then(|| format!("there may be no field `{name}`")),
            );
            self.value(&schemas, &field, true);
        }
    }

    fn combined(&mut self, parts: &[&'d Node], value: &Cursor<'d>) {
        for (part, key) in parts
            .iter()
            .flat_map(|part| [(part, "oneOf"), (part, "anyOf")])
        {
            let branches = part.list(key);
            let faults: Vec<Vec<Problem<'d>>> = branches
                .iter()
                .map(|branch| self.apart(branch, value))
                .collect();
            let fitting = faults.iter().filter(|faults| faults.is_empty()).count();
            let nearest = faults
                .iter()
                .min_by_key(|faults| faults.len())
                .and_then(|faults| faults.first());
            self.refuse(
                value,
                nearest
                    .filter(|_| fitting == 0)
                    .map(|Problem { place, message, .. }| {
                        let count = branches.len();
                        format!(
                            "fits none of the {count} kinds; of the nearest, {}: {message}",
                            place.pointer
                        )
                    }),
            );
            let several = key == "oneOf" && fitting > 1;
            self.refuse(
                value,
                several.then(|| format!("fits {fitting} kinds, and must fit one alone")),
            );
        }
        let mut not = parts.iter().filter_map(|part| part.get("not"));
        let fits = not.any(|not| self.apart(not, value).is_empty());
        self.refuse(value, fits.then(|| "fits what it must not".to_owned()));
    }

    /// The misfits with a schema that the value need not fit.
    fn apart(&self, schema: &'d Node, value: &Cursor<'d>) -> Vec<Problem<'d>> {
        let (document, depth) = (self.document, self.depth);
        let mut check = Check {
            document,
            problems: Vec::new(),
            depth,
        };
        check.value(&[schema], value, false);
        check
            .problems
            .retain(|problem| problem.kind == Kind::Misfit);
        check.problems
    }

    /// The fields of an object against the names that are declared for it anywhere. Where none is, anything goes.
    fn known(&mut self, parts: &[&'d Node], value: &Cursor<'d>) {
        let (mut schemas, mut known) = (parts.to_vec(), BTreeSet::new());
        let mut next = 0;
        while let Some(schema) = schemas.get(next).copied() {
            next += 1;
            let rest = schema.get("additionalProperties");
            if rest.is_some_and(|rest| rest.as_bool() != Some(false)) {
                return;
            }
            known.extend(
                schema
                    .map("properties")
                    .iter()
                    .map(|entry| entry.key.as_str()),
            );
            let branches = schema.list("oneOf").iter().chain(schema.list("anyOf"));
            branches.for_each(|branch| self.compose(branch, &mut schemas));
        }
        let unknown = value
            .entries()
            .filter(|(name, _)| !known.is_empty() && !known.contains(name));
        self.problems.extend(unknown.map(|(name, place)| {
            let message = format!("the schema declares no field `{name}`");
            Problem {
                kind: Kind::Unknown,
                place,
                message,
            }
        }));
    }

    fn count(
        &mut self,
        parts: &[&Node],
        value: &Cursor<'d>,
        count: usize,
        (least, most, what): (&str, &str, &str),
    ) {
        let limits = |key: &str| -> Vec<i64> {
            parts
                .iter()
                .filter_map(|part| part.get(key)?.as_i64())
                .collect()
        };
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let is_short = limits(least).into_iter().any(|limit| count < limit);
        self.refuse(
            value,
            is_short.then(|| format!("has {count} {what}, fewer than `{least}` says")),
        );
        let is_long = limits(most).into_iter().any(|limit| count > limit);
        self.refuse(
            value,
            is_long.then(|| format!("has {count} {what}, more than `{most}` says")),
        );
    }

    fn refuse(&mut self, place: &Cursor<'d>, message: Option<String>) {
        let place = place.clone();
        self.problems.extend(message.map(|message| Problem {
            kind: Kind::Misfit,
            place,
            message,
        }));
    }
}

/// `YYYY-MM-DDTHH:MM:SS`, perhaps a fraction, and `Z` or an offset.
fn is_time(text: &str) -> bool {
    let pattern = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$";
    regex_lite::Regex::new(pattern).is_ok_and(|regex| regex.is_match(text))
}
