//! One view of a schema: its own keywords and those of everything that it is composed of by `allOf`.

use std::collections::HashSet;

use super::{At, Builder};

/// A schema that holds, and whether its alternatives are left out of the view.
#[derive(Clone, Debug)]
pub(crate) struct Part<'d> {
    pub(crate) at: At<'d>,
    pub(crate) without_union: bool,
}

impl<'d> From<At<'d>> for Part<'d> {
    fn from(at: At<'d>) -> Self {
        Part {
            at,
            without_union: false,
        }
    }
}

impl Part<'_> {
    pub(crate) fn same(&self, other: &Self) -> bool {
        self.at.pointer == other.at.pointer && self.without_union == other.without_union
    }
}

/// What several schemas that must all hold say together.
#[derive(Debug, Default)]
pub(crate) struct Merged<'d> {
    /// Each property with every schema that it must match.
    pub(crate) properties: Vec<(&'d str, Vec<Part<'d>>)>,
    pub(crate) required: Vec<&'d str>,
    /// `additionalProperties`, where a schema.
    pub(crate) additional: Option<At<'d>>,
    /// `additionalProperties: false`.
    pub(crate) closed: bool,
    pub(crate) unions: Vec<Alternatives<'d>>,
    pub(crate) kind: Option<(&'d str, At<'d>)>,
    pub(crate) format: Option<&'d str>,
    pub(crate) items: Option<At<'d>>,
    pub(crate) values: Option<At<'d>>,
    /// The schema that the numeric bounds are read from.
    pub(crate) bounds: Vec<At<'d>>,
    /// Some schema of the composition says that null is allowed.
    pub(crate) nullable: bool,
    pub(crate) description: Option<&'d str>,
}

/// The branches of a `oneOf` or `anyOf`.
#[derive(Clone, Debug)]
pub(crate) struct Alternatives<'d> {
    pub(crate) branches: Vec<At<'d>>,
    pub(crate) discriminator: Option<At<'d>>,
}

impl<'d> Merged<'d> {
    pub(crate) fn property(&self, name: &str) -> Option<&[Part<'d>]> {
        self.properties
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, parts)| parts.as_slice())
    }

    /// Says of objects what they hold, and not only that they are objects.
    pub(crate) fn limits_objects(&self) -> bool {
        !self.properties.is_empty()
            || !self.required.is_empty()
            || self.additional.is_some()
            || self.closed
    }

    /// Describes objects with known properties.
    pub(crate) fn is_object(&self) -> bool {
        !self.properties.is_empty()
            || self.additional.is_some()
            || self.kind.as_ref().is_some_and(|(k, _)| *k == "object")
    }
}

impl<'d> Builder<'d> {
    /// Everything that `parts` and their `allOf`s say together.
    pub(crate) fn merge(&mut self, parts: &[Part<'d>]) -> Merged<'d> {
        let mut merged = Merged::default();
        let mut open = Vec::new();
        for part in parts {
            self.merge_into(&mut merged, part, &mut open);
        }
        merged
    }

    fn merge_into(&mut self, merged: &mut Merged<'d>, part: &Part<'d>, open: &mut Vec<String>) {
        let Some(at) = self.follow(&part.at) else {
            return;
        };
        if open.contains(&at.pointer) || open.len() > 256 {
            return self.error(
                &at,
                "cyclic-all-of",
                "this schema is composed of itself",
                "break the circle: move the shared properties into a schema that refers to none of the others",
            );
        }
        open.push(at.pointer.clone());
        self.own_keywords(merged, &at, part);
        for base in at.items("allOf") {
            // The alternatives of a base stay, unless this view leaves out all alternatives.
            self.merge_into(
                merged,
                &Part {
                    at: base,
                    without_union: part.without_union,
                },
                open,
            );
        }
        open.pop();
    }

    fn own_keywords(&mut self, merged: &mut Merged<'d>, at: &At<'d>, part: &Part<'d>) {
        for (name, property) in at.get("properties").iter().flat_map(At::entries) {
            match merged
                .properties
                .iter_mut()
                .find(|(known, _)| *known == name)
            {
                Some((_, parts)) => {
                    let part = Part::from(property);
                    if !parts.iter().any(|known| known.same(&part)) {
                        parts.push(part);
                    }
                }
                None => merged.properties.push((name, vec![property.into()])),
            }
        }
        let required = at
            .node
            .get("required")
            .and_then(|r| r.as_array())
            .unwrap_or_default();
        merged
            .required
            .extend(required.iter().filter_map(|name| name.as_str()));
        match at.get("additionalProperties") {
            Some(extra) if extra.node.as_bool() == Some(false) => merged.closed = true,
            Some(extra) if extra.node.as_bool() == Some(true) => {}
            Some(extra) => merged.additional = merged.additional.take().or(Some(extra)),
            None => {}
        }
        if let Some(kind) = at.text("type") {
            match &merged.kind {
                Some((known, _)) if *known != kind && !numbers(known, kind) => {
                    let message = format!(
                        "`type: {kind}` contradicts `type: {known}`, which holds here as well"
                    );
                    let help = "no value can be both; give the composed schemas one type";
                    self.error(at, "unsatisfiable-all-of", message, help);
                }
                // An integer is a number too: the narrower one holds.
                Some((known, _)) if *known == "integer" => {}
                _ => merged.kind = Some((kind, at.clone())),
            }
        }
        merged.format = merged.format.or(at.text("format"));
        merged.items = merged.items.take().or_else(|| at.get("items"));
        merged.description = merged.description.or(at.text("description"));
        merged.nullable |= at.flag("nullable") == Some(true);
        if let Some(values) = at.get("enum") {
            // The narrower of two lists holds; that they overlap at all was checked.
            let count = values.node.as_array().unwrap_or_default().len();
            let shorter = |known: &At<'d>| count < known.items("enum").len();
            if merged.values.as_ref().is_none_or(shorter) {
                // The schema is kept, not the list: names and descriptions of the values stand beside it.
                merged.values = Some(at.clone());
            }
        }
        merged.bounds.push(at.clone());
        if !part.without_union {
            for keyword in ["oneOf", "anyOf"] {
                if at.get(keyword).is_some() {
                    self.alternatives(merged, at, keyword);
                }
            }
        }
    }

    /// A branch that only null fits, itself or by reference.
    pub(crate) fn is_null(&self, branch: &At<'d>) -> bool {
        self.follow(branch).is_some_and(|branch| is_null(&branch))
    }

    fn alternatives(&mut self, merged: &mut Merged<'d>, at: &At<'d>, keyword: &str) {
        let mut branches = at.items(keyword);
        let before = branches.len();
        branches.retain(|branch| !self.is_null(branch));
        merged.nullable |= branches.len() < before;
        // The same schema twice is one alternative.
        let mut seen = HashSet::new();
        branches.retain(|branch| {
            let target = self.follow(branch);
            seen.insert(target.map_or_else(|| branch.pointer.clone(), |target| target.pointer))
        });
        // Branches that only say what must be present are a constraint on the object, not alternatives of it.
        if branches.iter().all(only_requires) {
            return;
        }
        if let [only] = branches.as_slice() {
            let mut open = vec![at.pointer.clone()];
            return self.merge_into(
                merged,
                &Part {
                    at: only.clone(),
                    without_union: false,
                },
                &mut open,
            );
        }
        merged.unions.push(Alternatives {
            branches,
            discriminator: at.get("discriminator"),
        });
    }
}

fn numbers(a: &str, b: &str) -> bool {
    matches!((a, b), ("integer", "number") | ("number", "integer"))
}

/// A branch that only null fits: the way to say "or null" in OpenAPI 3.0.
fn is_null(branch: &At<'_>) -> bool {
    const ANNOTATIONS: [&str; 5] = ["type", "nullable", "enum", "description", "title"];
    let entries = branch.node.as_object().unwrap_or_default();
    let values = branch.items("enum");
    let only_nulls = values.iter().all(|value| value.node.is_null());
    let bare = entries
        .iter()
        .all(|e| ANNOTATIONS.contains(&e.key.as_str()) || e.key.starts_with("x-"));
    // Without a list of values, null is all that is said only where no type is.
    bare && only_nulls
        && (!values.is_empty()
            || (branch.flag("nullable") == Some(true) && branch.text("type").is_none()))
}

fn only_requires(branch: &At<'_>) -> bool {
    let entries = branch.node.as_object().unwrap_or_default();
    !entries.is_empty()
        && entries
            .iter()
            .all(|e| matches!(e.key.as_str(), "required" | "description" | "title" | "not"))
}
