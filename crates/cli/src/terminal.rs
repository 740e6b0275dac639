//! What the terminal shows: colour, its width, and text that cannot harm it.

use std::io::{self, IsTerminal};

use anstyle::{AnsiColor, Color as Paint, Style};
use clap::ValueEnum;

/// `--color`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal
    #[default]
    Auto,
    /// Everywhere
    Always,
    /// Nowhere
    Never,
}

impl Color {
    /// Applies it to everything that is printed from now on.
    pub(crate) fn apply(self) {
        match self {
            // anstream itself obeys NO_COLOR and CLICOLOR_FORCE.
            Self::Auto => {}
            Self::Always => anstream::ColorChoice::Always.write_global(),
            Self::Never => anstream::ColorChoice::Never.write_global(),
        }
    }
}

pub(crate) const PLAIN: Style = Style::new();
pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const RED: Style = color(AnsiColor::Red).bold();
pub(crate) const GREEN: Style = color(AnsiColor::Green);
pub(crate) const YELLOW: Style = color(AnsiColor::Yellow);
pub(crate) const CYAN: Style = color(AnsiColor::Cyan);

const fn color(color: AnsiColor) -> Style {
    Style::new().fg_color(Some(Paint::Ansi(color)))
}

/// A text in a style.
pub(crate) fn paint(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// Whether both outputs are terminals, so that somebody sees progress bars.
pub(crate) fn is_watched() -> bool {
    io::stdout().is_terminal() && io::stderr().is_terminal()
}

/// How many columns standard output has; `None` if it is not a terminal, and nothing needs to be cut.
pub(crate) fn columns() -> Option<usize> {
    let (_, columns) = console::Term::stdout().size_checked()?;
    io::stdout()
        .is_terminal()
        .then_some(usize::from(columns))
        .filter(|columns| *columns > 0)
}

/// A text from outside, on one line, without anything that controls a terminal.
pub(crate) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    harmless(&words.join(" "))
}

/// A text from outside, without anything that controls a terminal, but with its line breaks.
pub(crate) fn harmless(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' | '\t' => c,
        // Marks that change the direction of writing can make one text look like another.
        c if c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}') => {
            '\u{FFFD}'
        }
        c => c,
    };
    text.replace("\r\n", "\n").chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_from_outside_cannot_control_the_terminal() {
        assert_eq!(
            one_line("a\u{1b}[31m\tb\r\nc\u{202e}d"),
            "a\u{fffd}[31m b c\u{fffd}d"
        );
        assert_eq!(harmless("a\r\nb\u{7}"), "a\nb\u{fffd}");
    }
}
