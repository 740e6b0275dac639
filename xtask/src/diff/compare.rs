//! What differs between two documents: one comparison for everything that their trees are made of.

use std::collections::{BTreeSet, HashMap};

use postpress_codegen::ir::{Ir, Origin, Type, TypeId};

use super::change::{Log, listed};
use super::judge;
use super::rules::{self, Rule};
use super::tree::{Fact, Id, Judge, Node, Tree, Value, tree};
use crate::report::count;

/// Everything that differs between two documents.
pub(super) fn compare(old: &Ir, new: &Ir) -> Log {
    let (old, new) = (&tree(old), &tree(new));
    let mut comparison = Comparison {
        old,
        new,
        types: HashMap::new(),
        renamed: Vec::new(),
        operations: BTreeSet::new(),
        log: Log::default(),
    };
    comparison.pair();
    comparison.node(&old.root, &new.root);
    comparison.log.changes.sort();
    comparison.log
}

/// The same in the former document and in the present one; one of them where it is new or gone.
type Pair<'t, T> = (Option<&'t T>, Option<&'t T>);

struct Comparison<'t> {
    old: &'t Tree,
    new: &'t Tree,
    /// By the former number of a type, its present one.
    types: HashMap<TypeId, TypeId>,
    /// The former and present names of what other types are named after.
    renamed: Vec<(&'t str, &'t str)>,
    /// The operations that the type under comparison is part of.
    operations: BTreeSet<String>,
    log: Log,
}

impl<'t> Comparison<'t> {
    /// Pairs the types: by name, and where a type has another name by the place where it is used.
    fn pair(&mut self) {
        let (old, new) = (self.old, self.new);
        for (id, ty) in old.types().iter().enumerate() {
            let same = new.types().iter().position(|new| new.stem == ty.stem);
            self.types.extend(same.map(|new| (id, new)));
        }
        if let (Some(old), Some(new)) = (old.catalogue, new.catalogue) {
            self.meet(&Type::Named(old), &Type::Named(new));
        }
        self.walk(&old.root, &new.root);
    }

    /// Pairs the types that stand in the same places of a thing.
    fn walk(&mut self, old: &'t Node, new: &'t Node) {
        if old.stem != new.stem {
            self.renamed.push((&old.stem, &new.stem));
        }
        for pair in facts(old, new) {
            if let (Some(old), Some(new)) = pair
                && let (Value::Type(old), Value::Type(new)) = (&old.value, &new.value)
            {
                self.meet(old, new);
            }
        }
        for pair in self.matched(&old.children, &new.children) {
            if let (Some(old), Some(new)) = pair {
                self.walk(old, new);
            }
        }
    }

    fn meet(&mut self, old: &Type, new: &Type) {
        match (old, new) {
            (Type::Named(old), Type::Named(new)) => {
                let is_taken = self.types.values().any(|taken| taken == new);
                let (before, after) = (&self.old.types()[*old], &self.new.types()[*new]);
                let is_same = before.kind() == after.kind();
                if is_same && !is_taken && !self.types.contains_key(old) {
                    self.types.insert(*old, *new);
                    self.walk(before, after);
                }
            }
            (Type::Array(old) | Type::Nullable(old), Type::Array(new) | Type::Nullable(new))
            | (Type::Map(old), Type::Map(new)) => self.meet(old, new),
            _ => {}
        }
    }

    /// Whether two types are the same in Rust.
    fn same(&self, old: &Type, new: &Type) -> bool {
        match (old, new) {
            (Type::Named(old), Type::Named(new)) => self.types.get(old) == Some(new),
            (Type::Array(old), Type::Array(new))
            | (Type::Map(old), Type::Map(new))
            | (Type::Nullable(old), Type::Nullable(new)) => self.same(old, new),
            (old, new) => old == new,
        }
    }

    /// Pairs what has the same first id, then what is left by the next ids; in the order of the present document,
    /// followed by what is gone.
    fn matched(&self, old: &'t [Node], new: &'t [Node]) -> Vec<Pair<'t, Node>> {
        let is_same = |old: &Id, new: &Id| match (old, new) {
            (Id::Text(old), Id::Text(new)) => !old.is_empty() && old == new,
            (Id::Member(old, name), Id::Member(new, other)) => name == other && self.same(old, new),
            _ => false,
        };
        let mut pairs: Vec<Pair<'t, Node>> = new.iter().map(|node| (None, Some(node))).collect();
        let mut left: Vec<&Node> = old.iter().collect();
        for measure in 0..old
            .iter()
            .map(|node| node.ids.len())
            .max()
            .unwrap_or_default()
        {
            left.retain(|before| {
                let found = pairs.iter_mut().find(|(known, after)| {
                    let ids = before
                        .ids
                        .get(measure)
                        .zip(after.and_then(|after| after.ids.get(measure)));
                    known.is_none() && ids.is_some_and(|(old, new)| is_same(old, new))
                });
                found.map(|pair| pair.0 = Some(before)).is_none()
            });
        }
        pairs.extend(left.into_iter().map(|node| (Some(node), None)));
        pairs
    }

    fn node(&mut self, old: &'t Node, new: &'t Node) {
        self.operations = new.operations.clone().unwrap_or(self.operations.clone());
        let mut are_limits_same = true;
        for (was, is) in facts(old, new) {
            let judged = self.judge(new, (was, is), are_limits_same);
            let Some((fact, (rule, what))) = is.or(was).zip(judged) else {
                continue;
            };
            are_limits_same &= !matches!(fact.judge, Judge::Limit(_));
            let place = |fact: Option<&'t Fact>, node: &'t Node| {
                let own = fact.and_then(|fact| fact.origin.as_ref());
                own.or(node.origin.as_ref())
            };
            self.add(rule, &new.subject, what, (place(was, old), place(is, new)));
            if matches!(fact.judge, Judge::Decisive(_)) {
                return;
            }
        }
        let pairs = self.matched(&old.children, &new.children);
        let added = pairs.iter().filter(|pair| pair.0.is_none());
        let added: BTreeSet<_> = added.filter_map(|pair| Some(&pair.1?.subject)).collect();
        for pair in &pairs {
            let shown = |node: Option<&'t Node>| node.filter(|node| !node.is_hidden);
            match (shown(pair.0), shown(pair.1)) {
                (Some(before), Some(after)) => self.node(before, after),
                (before, after) => {
                    let users = after.map(|after| &after.users);
                    let users = users.filter(|users| users.iter().all(|user| added.contains(user)));
                    let mut others = new.children.iter();
                    let with =
                        users.and_then(|users| others.find(|one| users.contains(&one.subject)));
                    self.alone((before, after), (old, new), with);
                }
            }
        }
        let both = pairs.iter().filter_map(|pair| pair.0.zip(pair.1));
        let both = both.filter(|(old, new)| old.is_ordered && new.is_ordered);
        let is_sorted = both.is_sorted_by_key(|(old, _)| std::ptr::from_ref(old));
        if let Some(rule) = new.order.filter(|_| !is_sorted) {
            let places = (old.origin.as_ref(), new.origin.as_ref());
            self.add(rule, &new.subject, rule.said, places);
        }
    }

    /// Something that is new or gone, in `parents`; `with` something else that is new.
    fn alone(&mut self, (old, new): Pair<'_, Node>, parents: (&Node, &Node), with: Option<&Node>) {
        let Some(node) = new.or(old) else { return };
        let Some([light, added, removed]) = node.rules else {
            return;
        };
        self.operations = node.operations.clone().unwrap_or(self.operations.clone());
        let is_light = parents.0.takes_additions && parents.1.takes_additions;
        let (rule, here, there) = match new {
            Some(_) if is_light => (light, parents.1, parents.0),
            Some(_) => (added, parents.1, parents.0),
            None => (removed, parents.0, parents.1),
        };
        // Where the other document would have it, if it stands in its parent.
        let outer = here.origin.as_ref().zip(node.origin.as_ref());
        let is_inside = outer.is_some_and(|(outer, inner)| {
            let mut around = inner.pointer.ancestors();
            around.any(|above| above == outer.pointer)
        });
        let there = there.origin.as_ref().filter(|_| is_inside);
        let origin = node.origin.as_ref();
        let subject = node.whole.as_ref().unwrap_or(&node.subject);
        let (what, places) = match (new, with) {
            // What comes with a new operation is one line, however much it is.
            (_, Some(with)) => (
                format!("added with {}", with.subject),
                (None, with.origin.as_ref()),
            ),
            (Some(_), None) => (rule.say("", "not given", &node.shown), (there, origin)),
            (None, None) => (rule.say("", &node.shown, "not given"), (origin, there)),
        };
        self.add(rule, subject, what, places);
        let errors = new.and_then(|node| {
            node.facts
                .iter()
                .find(|fact| matches!(fact.judge, Judge::Errors))
        });
        if let Some((rule, what)) = self.errors((None, errors)) {
            self.add(rule, subject, what, (None, origin));
        }
    }

    fn add(
        &mut self,
        rule: &'static Rule,
        subject: &str,
        what: impl Into<String>,
        places: Pair<'_, Origin>,
    ) {
        self.log.add(rule, subject, what, places, &self.operations);
    }

    fn judge(
        &mut self,
        node: &Node,
        pair: Pair<'_, Fact>,
        are_limits_same: bool,
    ) -> Option<(&'static Rule, String)> {
        let (old, new) = pair;
        let fact = new.or(old)?;
        let is_same = match (old.map(|fact| &fact.value), new.map(|fact| &fact.value)) {
            (Some(Value::Type(old)), Some(Value::Type(new))) => self.same(old, new),
            (old, new) => old == new,
        };
        let shown =
            |fact: Option<&Fact>| fact.map_or("not given".to_owned(), |fact| fact.shown.clone());
        let (was, is) = (shown(old), shown(new));
        match (&fact.judge, old, new) {
            _ if is_same => None,
            (Judge::Limit(is_sent), _, _) => {
                let rule = judge::limit(&fact.key, *is_sent, old, new)?;
                Some((rule, rule.say(&fact.key, &was, &is)))
            }
            (Judge::Errors, _, _) => self.errors(pair),
            (_, None, _) | (_, _, None) => None,
            (Judge::Words(subject), ..) => {
                self.log.wordings.insert(subject.clone());
                None
            }
            (Judge::Doc, Some(old), Some(new)) => {
                if are_limits_same || old.texts()[1] != new.texts()[1] {
                    self.log.wordings.insert(node.subject.clone());
                }
                None
            }
            (Judge::Rule(rule) | Judge::Decisive(rule), ..) => {
                Some((rule, rule.say(&node.shown, &was, &is)))
            }
            (Judge::By(judge), Some(old), Some(new)) => {
                let (rule, what) = judge(old, new)?;
                Some((
                    rule,
                    what.unwrap_or_else(|| rule.say(&node.shown, &was, &is)),
                ))
            }
            (Judge::TypeName, Some(old), Some(new)) => {
                let follows = self.follows(&old.texts()[0], &new.texts()[0]);
                let rule = rules::TYPE_RENAMED;
                (!follows).then(|| (rule, rule.say("", &was, &is)))
            }
        }
    }

    /// Whether a type is called differently only because what it is named after is.
    fn follows(&self, old: &str, new: &str) -> bool {
        self.renamed.iter().any(|(before, after)| {
            let ends = old.strip_prefix(before).zip(new.strip_prefix(after));
            ends.is_some_and(|(was, is)| was == is && !was.is_empty())
        })
    }

    /// Where error types that stay can occur: a line for each operation.
    fn errors(&self, (old, new): Pair<'_, Fact>) -> Option<(&'static Rule, String)> {
        let [was, is] = [old, new].map(|fact| fact.map_or(&[][..], Fact::texts));
        // What comes or goes everywhere is said already.
        let is_known = |tree: &Tree, error: &str| {
            tree.root.children.iter().any(|node| {
                !node.users.is_empty() && error.starts_with(&format!("{} ", node.subject))
            })
        };
        let stays = |error: &String| {
            old.is_none() || is_known(self.old, error) && is_known(self.new, error)
        };
        let mut what = Vec::new();
        for (these, others, verb) in [(is, was, "now documents"), (was, is, "no longer documents")]
        {
            let only: Vec<&String> = these
                .iter()
                .filter(|error| !others.contains(error) && stays(error))
                .collect();
            if !only.is_empty() {
                what.push(format!(
                    "{verb} {}: {}",
                    count(only.len(), "error type"),
                    listed(&only)
                ));
            }
        }
        (!what.is_empty()).then(|| (rules::ERROR_PLACES, what.join("; ")))
    }
}

/// The facts of two things, by what they are about.
fn facts<'t>(old: &'t Node, new: &'t Node) -> Vec<Pair<'t, Fact>> {
    let find = |node: &'t Node, key: &str| node.facts.iter().find(|fact| fact.key == key);
    let present = new
        .facts
        .iter()
        .map(|fact| (find(old, &fact.key), Some(fact)));
    let gone = old
        .facts
        .iter()
        .filter(|fact| find(new, &fact.key).is_none());
    let mut facts: Vec<_> = present.chain(gone.map(|fact| (Some(fact), None))).collect();
    // Limits are part of the documentation, which is judged after them.
    facts.sort_by_key(|(_, new)| new.is_some_and(|fact| matches!(fact.judge, Judge::Doc)));
    facts
}
