//! One change, and whether those who use the crate will notice.

use postpress_openapi::Position;

/// What a change is about, in the order in which changes are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Area {
    Service,
    Operation,
    Parameter,
    Body,
    Encoding,
    Type,
    Field,
    Value,
    Bound,
    Error,
}

impl Area {
    pub(super) fn name(self) -> &'static str {
        match self {
            Area::Service => "service",
            Area::Operation => "operation",
            Area::Parameter => "parameter",
            Area::Body => "body",
            Area::Encoding => "encoding",
            Area::Type => "type",
            Area::Field => "field",
            Area::Value => "value",
            Area::Bound => "bound",
            Area::Error => "error type",
        }
    }
}

/// What a change does to those who use the crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Effect {
    /// Their code stops compiling, or means something else than it did.
    Breaking,
    /// It goes on as before.
    Compatible,
}

/// A change of the document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Change {
    pub(super) effect: Effect,
    pub(super) area: Area,
    /// The place, as a user of the API would name it: `Chat.name`.
    pub(super) subject: String,
    /// What happened there.
    pub(super) what: String,
    /// Why it is breaking, or is not.
    pub(super) why: String,
    /// The line, in the document as it is now; none for what is gone.
    pub(super) line: Option<u32>,
}

/// All that is found.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub(super) changes: Vec<Change>,
    /// Where only the words changed.
    pub(super) wordings: Vec<String>,
}

impl Log {
    pub(super) fn add(
        &mut self,
        effect: Effect,
        area: Area,
        subject: impl Into<String>,
        what: impl Into<String>,
        why: impl Into<String>,
        at: Option<Position>,
    ) {
        self.changes.push(Change {
            effect,
            area,
            subject: subject.into(),
            what: what.into(),
            why: why.into(),
            line: at.map(|at| at.line),
        });
    }

    pub(super) fn wording(&mut self, subject: impl Into<String>) {
        self.wordings.push(subject.into());
    }

    /// Sorts, and drops what was found twice.
    pub(super) fn finish(&mut self) {
        self.changes.sort();
        self.changes.dedup();
        self.wordings.sort();
        self.wordings.dedup();
    }

    pub(super) fn of(&self, effect: Effect) -> impl Iterator<Item = &Change> {
        let changes = self.changes.iter();
        changes.filter(move |change| change.effect == effect)
    }
}
