//! Schemas that apply together.

use std::collections::{HashMap, HashSet};

use postpress_openapi::{Cursor, Node};

use super::index::Index;

/// Which keywords to follow from a schema to those that apply together with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// `allOf`: what every value must satisfy.
    Certain,
    /// `oneOf` and `anyOf` too: what some value may have to satisfy.
    Possible,
    /// `allOf`, and `oneOf` and `anyOf` where they leave one alternative: what the type of a value is made of.
    Shape,
}

impl Reach {
    /// The checks combine no more schemas than this. Nothing is then certain, and nothing is said; it takes more than
    /// anyone writes, and keeps the time for what someone might generate within bounds.
    fn limit(self) -> usize {
        match self {
            Self::Certain => 100,
            Self::Possible => 500,
            Self::Shape => usize::MAX,
        }
    }
}

/// A schema to compose with others.
#[derive(Clone, Debug)]
pub(crate) struct Part<'d> {
    pub(crate) at: Cursor<'d>,
    /// Its own alternatives, and those of its `allOf`, are left out: they are looked at elsewhere.
    pub(crate) without_union: bool,
}

impl<'d> From<Cursor<'d>> for Part<'d> {
    fn from(at: Cursor<'d>) -> Self {
        Part {
            at,
            without_union: false,
        }
    }
}

/// The branches of a `oneOf` or `anyOf` that are more than one, null aside.
#[derive(Clone, Debug)]
pub(crate) struct Alternatives<'d> {
    pub(crate) branches: Vec<Cursor<'d>>,
    pub(crate) discriminator: Option<Cursor<'d>>,
}

/// Some schemas and those that they are made of, references resolved, each once, in the order of the document.
#[derive(Debug)]
pub(crate) struct Composition<'d> {
    pub(crate) members: Vec<Cursor<'d>>,
    /// Whether these are all: no reference is broken, and there are not too many.
    pub(crate) is_complete: bool,
    /// Whether an error was reported in none of them.
    pub(crate) is_accepted: bool,
    /// Null is allowed, by one of the schemas or as an alternative; whether the others agree is another question.
    pub(crate) nullable: bool,
    /// With [`Reach::Shape`]: the alternatives of each schema that has any.
    pub(crate) unions: Vec<Alternatives<'d>>,
}

impl<'d> Composition<'d> {
    pub(crate) fn of<P: Into<Part<'d>>>(
        index: &Index<'d>,
        schemas: impl IntoIterator<Item = P>,
        reach: Reach,
    ) -> Self {
        let mut whole = Self {
            members: Vec::new(),
            is_complete: true,
            is_accepted: true,
            nullable: false,
            unions: Vec::new(),
        };
        let mut seen = HashSet::new();
        // The last is next.
        let mut waiting: Vec<Part<'d>> = schemas.into_iter().map(Into::into).collect();
        waiting.reverse();
        while let Some(Part { at, without_union }) = waiting.pop() {
            whole.is_accepted &= index.accepts(&at);
            let resolved = index.resolve(&at);
            let Some(at) = resolved.filter(|at| at.node.as_object().is_some()) else {
                whole.is_complete = false;
                continue;
            };
            if !seen.insert((at.node.id(), without_union)) {
                continue;
            }
            if whole.members.len() >= reach.limit() {
                whole.is_complete = false;
                break;
            }
            whole.is_accepted &= index.accepts(&at);
            whole.nullable |= at.flag("nullable") == Some(true);
            let first = waiting.len();
            for keyword in ["oneOf", "anyOf"] {
                match reach {
                    Reach::Possible => waiting.extend(at.list(keyword).map(Part::from)),
                    Reach::Shape if !without_union => {
                        let only = whole.alternatives(index, &at, keyword);
                        waiting.extend(only.map(Part::from));
                    }
                    _ => {}
                }
            }
            waiting.extend(at.list("allOf").map(|at| Part { at, without_union }));
            waiting[first..].reverse();
            whole.members.push(at);
        }
        whole
    }

    /// Takes in the alternatives of a schema, or gives the only one.
    fn alternatives(
        &mut self,
        index: &Index<'d>,
        at: &Cursor<'d>,
        keyword: &str,
    ) -> Option<Cursor<'d>> {
        // The same schema twice is one alternative.
        let mut seen = HashSet::new();
        let (nulls, branches): (Vec<_>, Vec<_>) = at
            .list(keyword)
            .filter(|branch| {
                let target = index.resolve(branch);
                seen.insert(target.map_or(branch.node.id(), |target| target.node.id()))
            })
            .partition(|branch| is_null(index, branch));
        self.nullable |= !nulls.is_empty();
        // Branches that only say what must be present are a constraint on the object, not alternatives of it.
        if branches.iter().all(|branch| only_requires(branch.node)) {
            return None;
        }
        if let [only] = branches.as_slice() {
            return Some(only.clone());
        }
        let discriminator = at.get("discriminator");
        self.unions.push(Alternatives {
            branches,
            discriminator,
        });
        None
    }

    /// The first value that one of the schemas gives a keyword.
    pub(crate) fn get(&self, keyword: &str) -> Option<Cursor<'d>> {
        self.members.iter().find_map(|member| member.get(keyword))
    }

    /// The first text that one of the schemas gives a keyword.
    pub(crate) fn text(&self, keyword: &str) -> Option<&'d str> {
        self.members.iter().find_map(|member| member.text(keyword))
    }

    /// The schemas that name a type, each with the type.
    pub(crate) fn typed(&self) -> impl Iterator<Item = (&Cursor<'d>, &'d str)> {
        let members = self.members.iter();
        members.filter_map(|member| Some((member, member.text("type")?)))
    }

    /// The type of all of them, the narrower one of `integer` and `number`.
    pub(crate) fn kind(&self) -> Option<&'d str> {
        let mut kinds = self.typed().map(|(_, kind)| kind);
        let first = kinds.next()?;
        kinds
            .find(|kind| *kind == "integer" && first == "number")
            .or(Some(first))
    }

    /// The schema with the shortest `enum`. The checks make sure that the lists overlap.
    pub(crate) fn values(&self) -> Option<&Cursor<'d>> {
        let listing = self
            .members
            .iter()
            .filter(|member| member.node.get("enum").is_some());
        listing.min_by_key(|member| member.node.list("enum").len())
    }

    /// Whether one of them sets the flag.
    pub(crate) fn says(&self, keyword: &str) -> bool {
        let mut members = self.members.iter();
        members.any(|member| member.flag(keyword) == Some(true))
    }

    /// The schema of the values of undeclared keys, where one is given.
    pub(crate) fn additional(&self) -> Option<Cursor<'d>> {
        let mut given = self
            .members
            .iter()
            .filter_map(|member| member.get("additionalProperties"));
        given.find(|additional| additional.node.as_bool().is_none())
    }

    /// Whether undeclared keys are forbidden.
    pub(crate) fn is_closed(&self) -> bool {
        let mut members = self.members.iter();
        members.any(|member| member.flag("additionalProperties") == Some(false))
    }

    /// Whether they describe objects with known properties, or of one kind of value.
    pub(crate) fn is_object(&self) -> bool {
        self.has_properties() || self.additional().is_some() || self.kind() == Some("object")
    }

    /// Whether they say what objects hold, and not only that there are objects.
    pub(crate) fn limits_objects(&self) -> bool {
        self.has_properties()
            || !self.required().is_empty()
            || self.additional().is_some()
            || self.is_closed()
    }

    fn has_properties(&self) -> bool {
        let mut members = self.members.iter();
        members.any(|member| !member.node.map("properties").is_empty())
    }

    /// Each property that one of the schemas has, with every schema that is given for it.
    pub(crate) fn properties(&self) -> Vec<(&'d str, Vec<Cursor<'d>>)> {
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let mut properties: Vec<(&str, Vec<Cursor<'d>>)> = Vec::new();
        for (name, schema) in self
            .members
            .iter()
            .flat_map(|member| member.map("properties"))
        {
            let number = *numbers.entry(name).or_insert(properties.len());
            match properties.get_mut(number) {
                Some((_, schemas)) if schemas.iter().any(|known| known.is(&schema)) => {}
                Some((_, schemas)) => schemas.push(schema),
                None => properties.push((name, vec![schema])),
            }
        }
        properties
    }

    /// Each schema given for a property.
    pub(crate) fn property(&self, name: &str) -> Vec<Cursor<'d>> {
        let properties = self
            .members
            .iter()
            .filter_map(|member| member.get("properties"));
        properties
            .filter_map(|properties| properties.get(name))
            .collect()
    }

    pub(crate) fn has_property(&self, name: &str) -> bool {
        let mut members = self.members.iter();
        members.any(|member| {
            member
                .node
                .get("properties")
                .is_some_and(|own| own.get(name).is_some())
        })
    }

    /// The names that one of the schemas requires, in order, each once.
    pub(crate) fn required(&self) -> Vec<&'d str> {
        let mut seen = HashSet::new();
        let names = self
            .members
            .iter()
            .flat_map(|member| member.node.list("required"));
        names
            .filter_map(Node::as_str)
            .filter(|name| seen.insert(*name))
            .collect()
    }
}

/// Whether only null fits a branch: the way to say "or null" in OpenAPI 3.0.
pub(crate) fn is_null<'d>(index: &Index<'d>, branch: &Cursor<'d>) -> bool {
    let Some(Cursor { node: branch, .. }) = index.resolve(branch) else {
        return false;
    };
    const ANNOTATIONS: [&str; 5] = ["type", "nullable", "enum", "description", "title"];
    let is_bare = branch
        .entries()
        .iter()
        .all(|entry| ANNOTATIONS.contains(&entry.key.as_str()) || entry.key.starts_with("x-"));
    let values = branch.list("enum");
    // Without a list of values, null is all that is said only where no type is.
    is_bare
        && values.iter().all(Node::is_null)
        && (!values.is_empty()
            || (branch.flag("nullable") == Some(true) && branch.text("type").is_none()))
}

fn only_requires(branch: &Node) -> bool {
    let entries = branch.entries();
    let says = |key: &str| matches!(key, "required" | "description" | "title" | "not");
    !entries.is_empty() && entries.iter().all(|entry| says(&entry.key))
}
