//! What is wrong with a document, where, and what to do about it.

use std::fmt;

use crate::{Cursor, Pointer, Position};

pub mod codes;

/// Whether a client can be generated despite a finding.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// The document means something other than it seems to, or part of it has no effect.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// A kind of finding: one of [`codes`], or a rule of whoever adds findings of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// Its stable name, such as `dangling-ref`.
    pub name: &'static str,
    /// Whether it stops the generation.
    pub severity: Severity,
    /// What it stands for, in a sentence.
    pub meaning: &'static str,
}

/// One finding.
///
/// The order of the fields is the order in which findings are shown: by file, then by place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// The document's name.
    pub file: String,
    /// Where in the text.
    pub at: Position,
    /// Whether it stops the generation.
    pub severity: Severity,
    /// Where in the document: `#/paths/~1chats/get`.
    pub pointer: Pointer,
    /// The name of its [`Code`].
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            at,
            severity,
            pointer,
            code,
            message,
            help,
        } = self;
        write!(
            f,
            "{file}:{}:{}: {severity}[{code}]: {pointer}: {message}\n  help: {help}",
            at.line, at.column
        )
    }
}

/// Everything found in a document, in the order of the text.
///
/// Displays all of them, and then a line that counts them.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    file: String,
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// No findings yet, in the document called `file`.
    pub fn new(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            list: Vec::new(),
        }
    }

    /// Names the document that all further findings are about.
    pub(crate) fn set_file(&mut self, file: impl Into<String>) {
        self.file = file.into();
    }

    /// Adds a finding of another report.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        // The stages mostly walk forward through the text, so this mostly appends.
        let index = self.list.partition_point(|known| *known <= diagnostic);
        self.list.insert(index, diagnostic);
    }

    /// Keeps some findings, and forgets the others.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(keep);
    }

    /// Changes each finding. Those that are the same afterwards are one: what was copied to several places is wrong in each copy.
    pub fn change(&mut self, change: impl FnMut(&mut Diagnostic)) {
        self.list.iter_mut().for_each(change);
        self.list.sort();
        self.list.dedup();
    }

    /// Adds a finding about a value.
    pub fn report(
        &mut self,
        code: Code,
        value: &Cursor<'_>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report_at(code, value.at(), &value.pointer, message, help);
    }

    /// Adds a finding about the key of a value, or about the value being there at all.
    pub fn report_key(
        &mut self,
        code: Code,
        value: &Cursor<'_>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report_at(code, value.key_at, &value.pointer, message, help);
    }

    /// Adds a finding at a position of its own.
    pub fn report_at(
        &mut self,
        code: Code,
        at: Position,
        pointer: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(Diagnostic {
            file: self.file.clone(),
            at,
            severity: code.severity,
            pointer: pointer.clone(),
            code: code.name,
            message: message.into(),
            help: help.into(),
        });
    }

    /// Whether there is an error among them.
    pub fn has_errors(&self) -> bool {
        self.list
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Whether there is nothing at all, not even a warning.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many there are, warnings included.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// All of them, in the order of the text.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for diagnostic in self {
            writeln!(f, "{diagnostic}")?;
        }
        let errors = self
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Error)
            .count();
        let warnings = self.len() - errors;
        match (errors, warnings) {
            (0, 0) => f.write_str("nothing to report"),
            (_, 0) => write!(f, "{}", counted(errors, "error")),
            (0, _) => write!(f, "{}", counted(warnings, "warning")),
            _ => write!(
                f,
                "{}, {}",
                counted(errors, "error"),
                counted(warnings, "warning")
            ),
        }
    }
}

impl std::error::Error for Diagnostics {}

fn counted(count: usize, what: &str) -> String {
    if count == 1 {
        format!("1 {what}")
    } else {
        format!("{count} {what}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRONG: Code = Code {
        name: "sooner",
        severity: Severity::Error,
        meaning: "",
    };
    const ODD: Code = Code {
        name: "later",
        severity: Severity::Warning,
        meaning: "",
    };

    #[test]
    fn findings_are_shown_in_the_order_of_the_text_with_a_count() {
        let mut diagnostics = Diagnostics::new("spec/x.yaml");
        let pointer = Pointer::root().child("paths");
        let at = |line, column| Position { line, column };
        diagnostics.report_at(ODD, at(12, 5), &pointer, "seems odd", "look again");
        assert!(!diagnostics.has_errors());
        diagnostics.report_at(WRONG, at(3, 1), &pointer, "is wrong", "mend it");
        assert_eq!(
            diagnostics.to_string(),
            "spec/x.yaml:3:1: error[sooner]: #/paths: is wrong\n  help: mend it\n\
             spec/x.yaml:12:5: warning[later]: #/paths: seems odd\n  help: look again\n\
             1 error, 1 warning"
        );
    }
}
