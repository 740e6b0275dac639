//! What changed, in words and as a diff.

use std::fmt::Write as _;
use std::time::Duration;

use similar::{ChangeTag, TextDiff};

use crate::sync::Change;

/// Lines added and removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Lines {
    added: usize,
    removed: usize,
}

impl Lines {
    fn of(change: &Change) -> Lines {
        let mut lines = Lines::default();
        for line in diff(change).iter_all_changes() {
            match line.tag() {
                ChangeTag::Insert => lines.added += 1,
                ChangeTag::Delete => lines.removed += 1,
                ChangeTag::Equal => {}
            }
        }
        lines
    }
}

fn diff(change: &Change) -> TextDiff<'_, '_, str> {
    TextDiff::configure()
        // Only a rewrite of tens of thousands of lines takes longer; its diff is then correct but not the shortest.
        .timeout(Duration::from_secs(2))
        .diff_lines(
            change.old.as_deref().unwrap_or_default(),
            change.new.as_deref().unwrap_or_default(),
        )
}

/// One line per file: its name, what happened to it, how long it is now.
pub(crate) fn table(changes: &[Change]) -> String {
    let width = changes
        .iter()
        .map(|change| change.path.len())
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    for change in changes {
        let state = match (&change.old, &change.new) {
            _ if change.is_kept => "kept".to_owned(),
            _ if change.is_unchanged() => "unchanged".to_owned(),
            (None, _) => "new".to_owned(),
            (_, None) => "deleted".to_owned(),
            _ => {
                let lines = Lines::of(change);
                format!("+{} -{}", lines.added, lines.removed)
            }
        };
        let length = change
            .new
            .as_ref()
            .map(|new| format!("{:>6} lines", new.lines().count()));
        let line = format!(
            "  {:<width$}  {state:<12}{}",
            change.path,
            length.unwrap_or_default()
        );
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

/// How many lines in how many files there are now.
pub(crate) fn size(changes: &[Change]) -> String {
    let files: Vec<&String> = changes
        .iter()
        .filter_map(|change| change.new.as_ref())
        .collect();
    let lines = files.iter().map(|file| file.lines().count()).sum();
    format!("{} in {}", count(lines, "line"), count(files.len(), "file"))
}

/// How many files differ, and in how many lines; `None` if none does.
pub(crate) fn difference(changes: &[Change]) -> Option<String> {
    let changed: Vec<&Change> = changes
        .iter()
        .filter(|change| !change.is_unchanged())
        .collect();
    let (mut added, mut removed) = (0, 0);
    for lines in changed.iter().map(|change| Lines::of(change)) {
        added += lines.added;
        removed += lines.removed;
    }
    (!changed.is_empty()).then(|| format!("{}, +{added} -{removed}", count(changed.len(), "file")))
}

/// A unified diff of all files that differ, which `git apply` and `patch -p1` take. `folder` stands before each path.
pub(crate) fn unified_diff(folder: &str, changes: &[Change]) -> String {
    let mut text = String::new();
    for change in changes.iter().filter(|change| !change.is_unchanged()) {
        let name = |side: &str, contents: &Option<String>| match contents {
            Some(_) => format!("{side}/{}/{}", folder.trim_matches('/'), change.path),
            None => "/dev/null".to_owned(),
        };
        let (old, new) = (name("a", &change.old), name("b", &change.new));
        let _ = write!(text, "{}", diff(change).unified_diff().header(&old, &new));
    }
    text
}

/// `1 file`, `2 files`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// A duration with as many digits as anybody reads.
pub(crate) fn time(time: Duration) -> String {
    match time.as_secs_f64() {
        seconds if seconds < 0.01 => format!("{:.1} ms", seconds * 1000.0),
        seconds if seconds < 1.0 => format!("{} ms", time.as_millis()),
        seconds if seconds < 10.0 => format!("{seconds:.1} s"),
        seconds => format!("{seconds:.0} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(path: &str, old: Option<&str>, new: Option<&str>) -> Change {
        Change {
            path: path.to_owned(),
            old: old.map(str::to_owned),
            new: new.map(str::to_owned),
            is_kept: false,
        }
    }

    fn one_of_each() -> Vec<Change> {
        vec![
            change("changed.rs", Some("a\nb\nc\n"), Some("a\nB\nc\nd\n")),
            change("new.rs", None, Some("x\n")),
            change("same.rs", Some("s\n"), Some("s\n")),
            change("stale.rs", Some("y\nz\n"), None),
        ]
    }

    #[test]
    fn the_table_says_what_happened_to_each_file() {
        assert_eq!(
            table(&one_of_each()),
            "  changed.rs  +2 -1            4 lines\n  \
               new.rs      new              1 lines\n  \
               same.rs     unchanged        1 lines\n  \
               stale.rs    deleted\n"
        );
    }

    #[test]
    fn totals_count_lines_and_files() {
        assert_eq!(size(&one_of_each()), "6 lines in 3 files");
        assert_eq!(difference(&one_of_each()).unwrap(), "3 files, +3 -3");
        assert_eq!(difference(&[change("same.rs", Some("s"), Some("s"))]), None);
    }

    #[test]
    fn the_diff_is_one_that_patch_takes() {
        assert_eq!(
            unified_diff("src/generated", &one_of_each()),
            "--- a/src/generated/changed.rs\n+++ b/src/generated/changed.rs\n@@ -1,3 +1,4 @@\n a\n-b\n+B\n c\n+d\n\
             --- /dev/null\n+++ b/src/generated/new.rs\n@@ -0,0 +1 @@\n+x\n\
             --- a/src/generated/stale.rs\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-y\n-z\n"
        );
    }

    #[test]
    fn times_have_two_or_three_digits() {
        assert_eq!(time(Duration::from_micros(1_230)), "1.2 ms");
        assert_eq!(time(Duration::from_millis(214)), "214 ms");
        assert_eq!(time(Duration::from_millis(3_140)), "3.1 s");
        assert_eq!(time(Duration::from_millis(65_400)), "65 s");
    }
}
