//! One change, and all changes together.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};
use postpress_codegen::ir::Origin;

use super::rules::{Effect, Rule};

/// A change of the document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Change {
    pub(super) rule: &'static Rule,
    /// The places, as a user of the API would name them: `Chat.name`. More than one share what the document says once.
    pub(super) subjects: BTreeSet<String>,
    /// What happened there.
    pub(super) what: String,
    /// The place in the former document; none for what is new.
    pub(super) old: Option<Place>,
    /// The place in the document as it is now; none for what is gone.
    pub(super) new: Option<Place>,
    /// The operations that a changed type is part of.
    pub(super) operations: BTreeSet<String>,
    /// Why it is meant, if it is breaking and waived.
    pub(super) waived: Option<String>,
}

/// A place in a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) line: u32,
    pub(super) pointer: String,
}

impl From<&Origin> for Place {
    fn from(origin: &Origin) -> Self {
        Place {
            line: origin.at.line,
            pointer: origin.pointer.to_string(),
        }
    }
}

impl Change {
    pub(super) fn effect(&self) -> Effect {
        match self.waived {
            Some(_) => Effect::Waived,
            None => self.rule.effect,
        }
    }

    /// The reason for its effect, or that for which it is waived.
    pub(super) fn why(&self) -> &str {
        self.waived.as_deref().unwrap_or(self.rule.why)
    }

    /// The places that it concerns, for people.
    pub(super) fn subject(&self) -> String {
        listed(&self.subjects)
    }
}

/// The first few of a list, and how many there are besides.
pub(super) fn listed(all: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    const SHOWN: usize = 5;
    let all: Vec<_> = all.into_iter().collect();
    let shown: Vec<&str> = all.iter().take(SHOWN).map(AsRef::as_ref).collect();
    match all.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// All that is found.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub(super) changes: Vec<Change>,
    /// Where only the words changed.
    pub(super) wordings: BTreeSet<String>,
    /// The waivers that no change needs.
    pub(super) idle: Vec<String>,
    /// What the generator says of the former document, if it refuses that; then nothing was compared.
    pub(super) refused: Option<String>,
}

impl Log {
    /// Enters a change. What the document says once is one change, wherever it shows.
    pub(super) fn add(
        &mut self,
        rule: &'static Rule,
        subject: impl Into<String>,
        what: impl Into<String>,
        (old, new): (Option<&Origin>, Option<&Origin>),
        operations: &BTreeSet<String>,
    ) {
        let (old, new) = (old.map(Place::from), new.map(Place::from));
        let what = what.into();
        let is_same = |known: &&mut Change| {
            known.rule == rule && known.what == what && known.old == old && known.new == new
        };
        if let Some(known) = self.changes.iter_mut().find(is_same) {
            known.subjects.insert(subject.into());
            known.operations.extend(operations.iter().cloned());
            return;
        }
        self.changes.push(Change {
            rule,
            subjects: [subject.into()].into(),
            what,
            old,
            new,
            operations: operations.clone(),
            waived: None,
        });
    }

    pub(super) fn of(&self, effect: Effect) -> impl Iterator<Item = &Change> {
        self.changes
            .iter()
            .filter(move |change| change.effect() == effect)
    }

    /// Waives changes that are meant, as `waivers.toml` lists them: `[[waiver]]` with `rule`, `pointer` and `reason`.
    ///
    /// # Errors
    /// What is no such list.
    pub(super) fn waive(&mut self, list: &str) -> Result<()> {
        let list: toml::Table = list.parse().context("the waivers are not TOML")?;
        let waivers = list.get("waiver").and_then(toml::Value::as_array);
        for (number, waiver) in (1..).zip(waivers.into_iter().flatten()) {
            let field = |key: &str| {
                let text = waiver.get(key).and_then(toml::Value::as_str);
                let text = text.filter(|text| !text.trim().is_empty());
                text.with_context(|| format!("waiver {number} has no `{key}`"))
            };
            let (id, pointer, reason) = (field("rule")?, field("pointer")?, field("reason")?);
            Rule::find(id)?;
            let is_at = |place: &Option<Place>| {
                place.as_ref().is_some_and(|place| {
                    place.pointer.trim_start_matches('#') == pointer.trim_start_matches('#')
                })
            };
            let changes = self
                .changes
                .iter_mut()
                .filter(|change| change.rule.id == id);
            let mut meant: Vec<_> = changes
                .filter(|change| is_at(&change.old) || is_at(&change.new))
                .collect();
            if meant.is_empty() {
                self.idle.push(format!("`{id}` at `{pointer}`"));
            }
            meant
                .iter_mut()
                .for_each(|change| change.waived = Some(reason.to_owned()));
        }
        Ok(())
    }
}
