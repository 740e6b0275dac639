//! Tables: columns with two blanks between them. Where they do not fit in the terminal, the columns that may be cut are.

use anstyle::Style;
use console::{Alignment, measure_text_width, pad_str, truncate_str};

use crate::terminal::{DIM, PLAIN, one_line, paint};

const GAP: &str = "  ";

/// A column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    title: &'static str,
    right: bool,
    /// How narrow it may become; `None` if it is never cut.
    least: Option<usize>,
}

impl Column {
    /// A column that is never cut.
    pub(crate) const fn new(title: &'static str) -> Self {
        Self {
            title,
            right: false,
            least: None,
        }
    }

    /// Aligned to the right, as numbers are.
    pub(crate) const fn right(mut self) -> Self {
        self.right = true;
        self
    }

    /// May be cut, down to so many columns of the terminal.
    pub(crate) const fn least(mut self, columns: usize) -> Self {
        self.least = Some(columns);
        self
    }
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

/// The lines of a table with its header, at most `width` wide if possible.
pub(crate) fn render<const N: usize>(
    columns: [Column; N],
    rows: &[[Cell; N]],
    width: Option<usize>,
) -> Vec<String> {
    let widths = widths(&columns, rows, width);
    let header = columns.map(|column| Cell::styled(column.title, DIM));
    std::iter::once(&header)
        .chain(rows)
        .map(|row| line(&columns, row, &widths))
        .collect()
}

fn widths<const N: usize>(
    columns: &[Column; N],
    rows: &[[Cell; N]],
    width: Option<usize>,
) -> [usize; N] {
    let mut widths: [usize; N] = std::array::from_fn(|index| {
        let cells = rows.iter().map(|row| measure_text_width(&row[index].0));
        cells
            .chain([measure_text_width(columns[index].title)])
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
                    .least
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
        if columns[index].right {
            line += &" ".repeat(blanks);
        }
        if *style == PLAIN || text.is_empty() {
            line += &text;
        } else {
            line += &paint(*style, &text);
        }
        if !last {
            if !columns[index].right {
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
    kept()
        .map(|(label, text)| {
            let label = pad_str(label, width, Alignment::Left, None);
            format!("  {}{GAP}{text}", paint(DIM, label))
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
            Column::new("NAME").least(6),
            Column::new("NEW").right(),
            Column::new("ID"),
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
    fn what_does_not_fit_is_cut_and_ids_never_are() {
        let lines = sample(Some(24));
        assert!(
            lines.iter().all(|line| measure_text_width(line) <= 24),
            "{lines:#?}"
        );
        assert_eq!(lines[1], "Jordan Wa…    2  chat_1");
        assert!(sample(Some(5))[2].ends_with("chat_22"));
    }
}
