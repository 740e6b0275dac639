//! Reports kept in files, for tests to compare with.

use std::path::{Path, PathBuf};

/// A file below the crate's `tests` folder.
pub(crate) fn test_file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(name)
}

/// Compares with a kept file, or with `UPDATE_EXPECTED=1` in the environment writes it.
#[track_caller]
pub(crate) fn assert_file(path: &Path, actual: &str) {
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        if kept != actual {
            std::fs::write(path, actual).unwrap();
        }
        return;
    }
    assert!(
        kept == actual,
        "{} is out of date; UPDATE_EXPECTED=1 in the environment writes it anew. Now it would be:\n{actual}",
        path.display()
    );
}
