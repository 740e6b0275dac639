//! Tables: columns with two blanks between them. Where they do not fit in the terminal, the columns that may be cut are.

use anstyle::Style;
use console::{Alignment, measure_text_width, pad_str, truncate_str};

use crate::terminal::{DIM, PLAIN, one_line, paint};

const GAP: &str = "  ";

/// A column: its title, and how narrow it may become; `None` if it is never cut.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column(
    pub(crate) &'static str,
    pub(crate) Align,
    pub(crate) Option<usize>,
);

/// Numbers are aligned to the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// A text in a style.
#[derive(Clone, Debug)]
pub(crate) struct Cell(String, Style);

impl Cell {
    pub(crate) fn new(text: impl AsRef<str>) -> Self {
        Self::styled(text, PLAIN)
    }

    pub(crate) fn styled(text: impl AsRef<str>, style: Style) -> Self {
        Self(one_line(text.as_ref()), style)
    }

    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

/// The lines of a table with its header, at most `width` wide.
pub(crate) fn render<const N: usize>(
    columns: [Column; N],
    rows: &[[Cell; N]],
    width: Option<usize>,
) -> Vec<String> {
    let widths = widths(&columns, rows, width);
    let header = columns.map(|column| Cell::styled(column.0, DIM));
    std::iter::once(&header)
        .chain(rows)
        .map(|row| cut(&line(&columns, row, &widths), width))
        .collect()
}

/// A line, cut to so many columns of a terminal.
pub(crate) fn cut(line: &str, width: Option<usize>) -> String {
    truncate_str(line, width.unwrap_or(usize::MAX), "…").into_owned()
}

fn widths<const N: usize>(
    columns: &[Column; N],
    rows: &[[Cell; N]],
    width: Option<usize>,
) -> [usize; N] {
    let mut widths: [usize; N] = std::array::from_fn(|index| {
        let cells = rows.iter().map(|row| measure_text_width(&row[index].0));
        cells
            .chain([measure_text_width(columns[index].0)])
            .max()
            .unwrap_or_default()
    });
    let Some(width) = width else { return widths };
    let mut excess = (widths.iter().sum::<usize>() + GAP.len() * (N - 1)).saturating_sub(width);
    // The widest column is cut first.
    while excess > 0 {
        let widest = (0..N)
            .filter(|index| {
                columns[*index]
                    .2
                    .is_some_and(|least| widths[*index] > least)
            })
            .max_by_key(|index| widths[*index]);
        let Some(index) = widest else { break };
        widths[index] -= 1;
        excess -= 1;
    }
    widths
}

fn line<const N: usize>(columns: &[Column; N], row: &[Cell; N], widths: &[usize; N]) -> String {
    let mut line = String::new();
    for (index, Cell(text, style)) in row.iter().enumerate() {
        let text = truncate_str(text, widths[index], "…");
        let blanks = widths[index].saturating_sub(measure_text_width(&text));
        let last = index == N - 1;
        if columns[index].1 == Align::Right {
            line += &" ".repeat(blanks);
        }
        if *style == PLAIN || text.is_empty() {
            line += &text;
        } else {
            line += &paint(*style, &text);
        }
        if !last {
            if columns[index].1 == Align::Left {
                line += &" ".repeat(blanks);
            }
            line += GAP;
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// Labels with their texts, one to a line, indented.
pub(crate) fn fields(fields: &[(&str, String)]) -> Vec<String> {
    let kept = || fields.iter().filter(|(_, text)| !text.is_empty());
    let width = kept()
        .map(|(label, _)| label.len())
        .max()
        .unwrap_or_default();
    let below = format!("\n{}", " ".repeat(width + 2 * GAP.len()));
    kept()
        .map(|(label, text)| {
            let label = pad_str(label, width, Alignment::Left, None);
            let text = text.replace('\n', &below);
            format!("{GAP}{}{GAP}{text}", paint(DIM, label))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(width: Option<usize>) -> Vec<String> {
        let rows = [
            [
                Cell::new("Jordan Walke"),
                Cell::new("2"),
                Cell::new("chat_1"),
            ],
            [
                Cell::new("東京オフィスのみんな"),
                Cell::new("12"),
                Cell::new("chat_22"),
            ],
        ];
        let columns = [
            Column("NAME", Align::Left, Some(6)),
            Column("NEW", Align::Right, None),
            Column("ID", Align::Left, None),
        ];
        render(columns, &rows, width)
            .iter()
            .map(|line| console::strip_ansi_codes(line).into_owned())
            .collect()
    }

    #[test]
    fn columns_are_aligned_whatever_the_script() {
        assert_eq!(
            sample(None),
            [
                "NAME                  NEW  ID",
                "Jordan Walke            2  chat_1",
                "東京オフィスのみんな   12  chat_22",
            ]
        );
    }

    #[test]
    fn what_does_not_fit_is_cut_and_ids_last_of_all() {
        let lines = sample(Some(24));
        assert!(
            lines.iter().all(|line| measure_text_width(line) <= 24),
            "{lines:#?}"
        );
        assert_eq!(lines[1], "Jordan Wa…    2  chat_1");
        assert!(sample(Some(22))[2].ends_with("chat_22"));
        assert_eq!(sample(Some(16))[2], "東京…    12  ch…");
    }
}
