//! The table of ratios.

use std::{
    fmt,
    hint::black_box,
    time::{Duration, Instant},
};

/// Rows of: what is compared, ours, the other's, their ratio, the aim, the ratio of the medians.
pub struct Table(Vec<[String; 6]>);

impl Table {
    pub fn new() -> Self {
        let [what, ours, other] = ["what", "postpress", "compared with"];
        let head = [what, ours, other, "ratio", "aim", "ratio of the medians"];
        Self(vec![head.map(str::to_owned)])
    }

    pub fn row(&mut self, what: &str, ours: (f64, &str), other: (f64, &str), aim: &str) {
        let ratio = format!("{:.2}", ours.0 / other.0);
        let cells = [what, ours.1, other.1, &ratio, aim, ""];
        self.0.push(cells.map(str::to_owned));
    }

    /// A row of the times of two calls.
    pub fn measured(&mut self, what: &str, ours: Times, (name, other): (&str, Times), aim: &str) {
        let theirs = format!("{name}: {}", time(other.quick));
        let own = time(ours.quick);
        self.row(what, (ours.quick, &own), (other.quick, &theirs), aim);
        if let Some([.., medians]) = self.0.last_mut() {
            *medians = format!("{:.2}", ours.median / other.median);
        }
    }
}

/// How many samples are taken of a call.
const SAMPLES: u32 = 60;

/// Of the samples of a call, in nanoseconds, that which a tenth stay below, and the median. What else runs on the machine can only
/// add time, so the quick samples tell most.
#[derive(Clone, Copy)]
pub struct Times {
    quick: f64,
    median: f64,
}

/// The times of a call.
pub fn times<T>(mut call: impl FnMut() -> T) -> Times {
    let (mut calls, begun) = (0, Instant::now());
    while begun.elapsed() < Duration::from_secs(3) {
        black_box(call());
        calls += 1;
    }
    let calls = (calls / SAMPLES).max(1);
    let samples = (0..SAMPLES).map(|_| {
        let begun = Instant::now();
        for _ in 0..calls {
            black_box(call());
        }
        begun.elapsed().as_nanos() as f64 / f64::from(calls)
    });
    let mut samples: Vec<f64> = samples.collect();
    samples.sort_by(f64::total_cmp);
    Times {
        quick: samples[samples.len() / 10],
        median: samples[samples.len() / 2],
    }
}

fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        n if n < 1e6 => format!("{:.1} µs", n / 1e3),
        n => format!("{:.2} ms", n / 1e6),
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut widths = [0; 6];
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
