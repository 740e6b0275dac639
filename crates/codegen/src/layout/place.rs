//! Where items belong, and how many are divided among files.

use std::collections::HashSet;

use crate::{
    ir::{Ir, Type, TypeId, named_within, reach::mentioned},
    names,
    package::ALL_TAGS,
};

/// What stands in the place of a tag for the operations that have none.
pub(super) const UNTAGGED: &str = "";

/// What belongs to no operation: messages that the service sends by itself, say.
const EVENTS: &str = "events";

/// What the features of a crate are called for other reasons.
const OTHER_FEATURES: [&str; 5] = ["default", "rustls", "http2", "schemars", ALL_TAGS];

/// A tag, and then the parts of a path. An item belongs to all operations below its place.
pub(super) type Place = Vec<String>;

/// Some of a module's pieces, which make a file of their own.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Empty for what several tags share.
    pub(super) name: Vec<String>,
    pub(super) pieces: Vec<usize>,
}

/// The place of each operation: its first tag, as a feature would be called, and what is fixed in its path.
pub(super) fn of_operations(ir: &Ir) -> Vec<Place> {
    let places = ir.operations.iter().map(|operation| {
        let tag = names::snake(operation.tag.as_deref().unwrap_or_default());
        let tag = tag.trim_matches('_').replace('_', "-");
        let tag = match OTHER_FEATURES.contains(&tag.as_str()) {
            true => format!("{tag}-tag"),
            false => tag,
        };
        let path = operation.path.split('/');
        let path = path.filter(|part| !part.is_empty() && !part.contains('{'));
        std::iter::once(tag).chain(path.map(names::snake)).collect()
    });
    places.collect()
}

/// The place of each type: what the places of the operations that reach it have in common. What none reaches goes by its name.
pub(super) fn of_types(ir: &Ir, operations: &[Place]) -> Vec<Place> {
    let mut places: Vec<Option<Place>> = vec![None; ir.types.len()];
    let mut reach = |reached: &HashSet<TypeId>, own: &Place| {
        for id in reached.iter().copied() {
            let place = places[id].get_or_insert_with(|| own.clone());
            let mut both = place.iter().zip(own);
            let common = both.position(|(one, other)| one != other);
            place.truncate(common.unwrap_or(own.len()));
        }
    };
    let mut reached = HashSet::new();
    for (operation, own) in ir.operations.iter().zip(operations) {
        let types = named_within(&ir.types, mentioned(operation));
        reach(&types, own);
        reached.extend(types);
    }
    for id in (0..ir.types.len()).filter(|id| !reached.contains(id)) {
        let words = names::snake(&ir.types[id].name);
        let words = words.split('_').map(str::to_owned);
        let own = std::iter::once(EVENTS.to_owned()).chain(words).collect();
        reach(&named_within(&ir.types, [Type::Named(id)]), &own);
    }
    places.into_iter().map(Option::unwrap_or_default).collect()
}

/// Divides pieces, given by place and length, so that no part is longer than `longest` without need: by tag, and within one by the
/// parts of paths. What still cannot be told apart is cut where it gets too long. `by_tag`: also where that is not needed.
pub(super) fn divide(pieces: &[(&Place, usize)], longest: usize, by_tag: bool) -> Vec<Part> {
    let division = Division {
        pieces,
        longest,
        by_tag,
    };
    let mut parts = Vec::new();
    division.add((0..pieces.len()).collect(), 0, &[], &mut parts);
    parts
}

struct Division<'p> {
    pieces: &'p [(&'p Place, usize)],
    longest: usize,
    by_tag: bool,
}

impl Division<'_> {
    fn add(&self, indices: Vec<usize>, depth: usize, name: &[String], parts: &mut Vec<Part>) {
        let lines =
            |indices: &[usize]| -> usize { indices.iter().map(|at| self.pieces[*at].1).sum() };
        let by_tag = self.by_tag && depth == 0;
        if lines(&indices) <= self.longest && !by_tag {
            parts.push(Part {
                name: name.to_vec(),
                pieces: indices,
            });
            return;
        }
        let (mut own, mut groups) = (Vec::new(), Vec::<(&String, Vec<usize>)>::new());
        for at in indices {
            match self.pieces[at].0.get(depth) {
                None => own.push(at),
                Some(next) => match groups.iter_mut().find(|(known, _)| *known == next) {
                    Some((_, group)) => group.push(at),
                    None => groups.push((next, vec![at])),
                },
            }
        }
        let mut open: Vec<usize> = Vec::new();
        for at in own {
            if !open.is_empty() && lines(&open) + self.pieces[at].1 > self.longest {
                parts.push(Part {
                    name: name.to_vec(),
                    pieces: std::mem::take(&mut open),
                });
            }
            open.push(at);
        }
        let is_alone = open.is_empty() && groups.len() == 1 && !by_tag;
        if !open.is_empty() {
            parts.push(Part {
                name: name.to_vec(),
                pieces: open,
            });
        }
        for (next, group) in groups {
            let mut name = name.to_vec();
            let word = match next.as_str() {
                UNTAGGED => "untagged",
                next => next,
            };
            // What all have in common, or the tag says already, tells nothing.
            if !is_alone && name.last().is_none_or(|last| last != word) {
                name.push(word.to_owned());
            }
            self.add(group, depth + 1, &name, parts);
        }
    }
}
