//! The table of ratios.

use std::{fmt, fs, path::Path};

/// Rows of: what is compared, ours, the other's, their ratio, the aim.
pub struct Table(Vec<[String; 5]>);

impl Table {
    pub fn new() -> Self {
        let head = ["what", "postpress", "compared with", "ratio", "aim"];
        Self(vec![head.map(str::to_owned)])
    }

    pub fn row(&mut self, what: &str, ours: (f64, &str), other: (f64, &str), aim: &str) {
        let ratio = format!("{:.2}", ours.0 / other.0);
        let cells = [what, ours.1, other.1, &ratio, aim];
        self.0.push(cells.map(str::to_owned));
    }

    /// A row of two of criterion's results in one group.
    pub fn measured(&mut self, folder: &Path, what: &str, group: &str, other: &str, aim: &str) {
        let (ours, theirs) = (
            quick(folder, group, "postpress"),
            quick(folder, group, other),
        );
        self.row(
            what,
            (ours, &time(ours)),
            (theirs, &format!("{other}: {}", time(theirs))),
            aim,
        );
    }
}

/// The time of one of criterion's results, in nanoseconds: that which a tenth of its samples stay below. What else runs on the
/// machine can only add time, so the quick samples tell most.
fn quick(folder: &Path, group: &str, name: &str) -> f64 {
    let path = folder.join(group).join(name).join("new/sample.json");
    let text = fs::read_to_string(&path).unwrap();
    let sample: serde_json::Value = serde_json::from_str(&text).unwrap();
    let list = |name: &str| {
        sample[name]
            .as_array()
            .unwrap()
            .iter()
            .map(|n| n.as_f64().unwrap())
    };
    let mut times: Vec<f64> = list("times")
        .zip(list("iters"))
        .map(|(time, n)| time / n)
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 10]
}

fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        n if n < 1e6 => format!("{:.1} µs", n / 1e3),
        n => format!("{:.2} ms", n / 1e6),
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut widths = [0; 5];
        for row in &self.0 {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        for (index, row) in self.0.iter().enumerate() {
            for (width, cell) in widths.iter().zip(row) {
                write!(f, "| {cell:<width$} ")?;
            }
            writeln!(f, "|")?;
            if index == 0 {
                for width in widths {
                    write!(f, "|{:-<1$}", "", width + 2)?;
                }
                writeln!(f, "|")?;
            }
        }
        Ok(())
    }
}
