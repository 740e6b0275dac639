//! Schemas that apply together.

use std::collections::{HashSet, VecDeque};

use super::types::is_nullable;
use crate::check::survey::{Survey, address};
use postpress_openapi::document::{Entry, Node};

/// Which keywords to follow from a schema to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Reach {
    /// `allOf`: what every value must satisfy.
    Certain,
    /// `oneOf` and `anyOf` too: what some value may have to satisfy.
    Everything,
}

impl Reach {
    fn keywords(self) -> &'static [&'static str] {
        match self {
            Self::Certain => &["allOf"],
            Self::Everything => &["allOf", "oneOf", "anyOf"],
        }
    }

    /// More schemas than this are not combined. Nothing is then certain, and nothing is said; it takes more than anyone
    /// writes, and keeps the time for what someone might generate within bounds.
    fn limit(self) -> usize {
        match self {
            Self::Certain => 100,
            Self::Everything => 500,
        }
    }
}

/// A schema and those that it is made of, references resolved, each once.
#[derive(Debug)]
pub(in crate::check) struct Closure<'d> {
    pub(super) members: Vec<&'d Node>,
    /// Whether these are all: no reference is broken, and there are not too many.
    pub(in crate::check) is_complete: bool,
}

impl<'d> Closure<'d> {
    pub(in crate::check) fn of(survey: &Survey<'d>, schema: &'d Node, reach: Reach) -> Self {
        Self::of_all(survey, [schema], reach)
    }

    pub(super) fn of_all(
        survey: &Survey<'d>,
        schemas: impl IntoIterator<Item = &'d Node>,
        reach: Reach,
    ) -> Self {
        let mut closure = Self {
            members: Vec::new(),
            is_complete: true,
        };
        let mut seen = HashSet::new();
        let mut waiting: VecDeque<&Node> = schemas.into_iter().collect();
        while let Some(node) = waiting.pop_front() {
            let Some(schema) = survey
                .target(node)
                .filter(|schema| schema.as_object().is_some())
            else {
                closure.is_complete = false;
                continue;
            };
            if !seen.insert(address(schema)) {
                continue;
            }
            if closure.members.len() >= reach.limit() {
                closure.is_complete = false;
                break;
            }
            closure.members.push(schema);
            waiting.extend(
                reach
                    .keywords()
                    .iter()
                    .filter_map(|keyword| schema.get(keyword))
                    .flat_map(Node::items),
            );
        }
        closure
    }

    /// Every property that one of the schemas has, in order, a name maybe more than once.
    fn properties(&self) -> impl Iterator<Item = &'d Entry> {
        self.members
            .iter()
            .filter_map(|member| member.get("properties"))
            .flat_map(Node::entries)
    }

    pub(in crate::check) fn property_names(&self) -> impl Iterator<Item = &'d str> {
        self.properties().map(|entry| entry.key.as_str())
    }

    pub(in crate::check) fn property(&self, name: &str) -> Option<&'d Node> {
        self.definitions(name).next()
    }

    /// Each schema given for a property.
    pub(super) fn definitions(&self, name: &str) -> impl Iterator<Item = &'d Node> {
        self.members
            .iter()
            .filter_map(move |member| member.get("properties")?.get(name))
    }

    /// The names that one of the schemas requires, in order, each once.
    pub(super) fn required(&self) -> Vec<&'d str> {
        let mut seen = HashSet::new();
        self.members
            .iter()
            .filter_map(|member| member.get("required"))
            .flat_map(Node::items)
            .filter_map(Node::as_str)
            .filter(|name| seen.insert(*name))
            .collect()
    }
}

/// The type that the schema certainly has, if that is one without parts.
pub(in crate::check) fn scalar_type<'d>(survey: &Survey<'d>, schema: &'d Node) -> Option<&'d str> {
    let closure = Closure::of(survey, schema, Reach::Certain);
    closure
        .members
        .iter()
        .filter_map(|member| member.get("type").and_then(Node::as_str))
        .find(|kind| matches!(*kind, "string" | "integer" | "number" | "boolean"))
}

/// Whether one of the schemas says that null is allowed; whether the others agree is another question.
pub(super) fn is_maybe_null(members: &[&Node]) -> bool {
    members.iter().any(|member| is_nullable(member))
}
