use std::cell::Cell;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use super::*;

/// A folder with `old` in it, to be made `new`.
struct Folder(tempfile::TempDir);

impl Folder {
    fn with(files: &[(&str, &str)]) -> Folder {
        let folder = Folder(tempfile::tempdir().unwrap());
        for (path, contents) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, contents).unwrap();
            // Long ago, so that a rewrite shows.
            let file = fs::File::options().write(true).open(&path).unwrap();
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000))
                .unwrap();
        }
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Everything in it: folders, files, contents and times.
    fn snapshot(&self) -> BTreeMap<PathBuf, Option<(SystemTime, Vec<u8>)>> {
        let mut found = BTreeMap::new();
        let mut pending = vec![self.path().to_owned()];
        while let Some(folder) = pending.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let file = path.is_file().then(|| {
                    (
                        path.metadata().unwrap().modified().unwrap(),
                        fs::read(&path).unwrap(),
                    )
                });
                if file.is_none() {
                    pending.push(path.clone());
                }
                found.insert(path, file);
            }
        }
        found
    }

    fn contents(&self) -> Vec<(String, String)> {
        let name = |path: &Path| {
            path.strip_prefix(self.path())
                .unwrap()
                .display()
                .to_string()
        };
        let files = self.snapshot().into_iter();
        files
            .filter_map(|(path, file)| Some((name(&path), String::from_utf8(file?.1).unwrap())))
            .collect()
    }
}

fn wanted(files: &[(&str, &str)]) -> Wanted {
    let files = files
        .iter()
        .map(|(path, contents)| (path.to_string(), contents.to_string()));
    Wanted {
        files: files.collect(),
        owned: "",
        once: &[],
    }
}

fn pairs(files: &[(&str, &str)]) -> Vec<(String, String)> {
    files
        .iter()
        .map(|(path, contents)| (path.to_string(), contents.to_string()))
        .collect()
}

const STALE: &str = "// Generated from x\n";
const OLD: &[(&str, &str)] = &[
    ("a.rs", "a\n"),
    ("b.rs", "b\n"),
    ("deep/stale.rs", STALE),
    ("stale.rs", STALE),
];
const NEW: &[(&str, &str)] = &[
    ("a.rs", "a\n"),
    ("b.rs", "B\n"),
    ("c.rs", "c\n"),
    ("new/d.rs", "d\n"),
];

#[test]
fn writing_makes_the_folder_exactly_what_is_wanted() {
    let folder = Folder::with(OLD);
    let changes = sync(folder.path(), wanted(NEW), Mode::Write).unwrap();
    assert_eq!(folder.contents(), pairs(NEW));
    assert!(
        !folder.path().join("deep").exists(),
        "an emptied folder is left"
    );
    let changed: Vec<&str> = changes
        .iter()
        .filter(|change| !change.is_unchanged())
        .map(|change| &*change.path)
        .collect();
    assert_eq!(
        changed,
        ["b.rs", "c.rs", "deep/stale.rs", "new/d.rs", "stale.rs"]
    );
}

#[test]
fn a_folder_that_does_not_exist_is_made() {
    let folder = Folder::with(&[]);
    sync(
        &folder.path().join("not/yet"),
        wanted(&[("a.rs", "a\n")]),
        Mode::Write,
    )
    .unwrap();
    assert_eq!(folder.contents(), pairs(&[("not/yet/a.rs", "a\n")]));
}

#[test]
fn files_that_are_right_already_are_not_touched() {
    let folder = Folder::with(OLD);
    let before = folder.snapshot();
    sync(folder.path(), wanted(NEW), Mode::Write).unwrap();
    let after = folder.snapshot();
    let (same, changed) = (folder.path().join("a.rs"), folder.path().join("b.rs"));
    assert_eq!(before[&same], after[&same]);
    assert_ne!(before[&changed], after[&changed]);

    sync(folder.path(), wanted(NEW), Mode::Write).unwrap();
    assert_eq!(folder.snapshot(), after, "a second run touches nothing");
}

#[test]
fn checking_finds_the_same_changes_and_touches_nothing() {
    let folder = Folder::with(OLD);
    let before = folder.snapshot();
    let checked = sync(folder.path(), wanted(NEW), Mode::Check).unwrap();
    assert_eq!(folder.snapshot(), before);
    let written = sync(folder.path(), wanted(NEW), Mode::Write).unwrap();
    assert_eq!(format!("{checked:?}"), format!("{written:?}"));
}

#[test]
fn a_failure_at_any_step_leaves_everything_as_it_was() {
    for failing in 0.. {
        let folder = Folder::with(OLD);
        let before = folder.snapshot();
        let changes = compare(folder.path(), wanted(NEW)).unwrap();
        let renames = Cell::new(0);
        let scratch = folder.path().join(SCRATCH);
        fs::create_dir(&scratch).unwrap();
        let result = apply(folder.path(), &scratch, &changes, &|from, to| {
            renames.set(renames.get() + 1);
            if renames.get() > failing {
                Err(io::Error::other("disk on fire"))
            } else {
                fs::rename(from, to)
            }
        });
        let Err(error) = result else {
            assert_eq!(failing, 6, "three files go, and three are put in place");
            return;
        };
        assert_eq!(folder.snapshot(), before, "after {failing} renames");
        let message = format!("{error:#}");
        assert!(
            message.contains("everything is as it was: disk on fire"),
            "{message}"
        );
    }
}

#[test]
fn a_failure_before_the_first_replacement_leaves_everything_as_it_was() {
    // The folder of `new/d.rs` cannot be made where a file of that name stands.
    let folder = Folder::with(&[("b.rs", "b\n"), ("new", "a file\n")]);
    let before = folder.snapshot();
    // Depending on the platform it is found when reading or when writing.
    sync(folder.path(), wanted(NEW), Mode::Write).unwrap_err();
    assert_eq!(folder.snapshot(), before);
}

#[test]
fn other_files_than_rust_files_are_left_alone() {
    let folder = Folder::with(&[("a.rs", "a\n"), (".DS_Store", "x"), ("notes.txt", "mine\n")]);
    let before = folder.snapshot();
    sync(folder.path(), wanted(&[("a.rs", "a\n")]), Mode::Write).unwrap();
    assert_eq!(folder.snapshot(), before);
}

#[test]
fn only_the_owned_folder_is_cleared_of_stale_files() {
    let folder = Folder::with(&[
        ("src/generated/stale.rs", STALE),
        ("src/hand_written.rs", "h\n"),
        ("target/debug/build.rs", "t\n"),
    ]);
    let wanted = Wanted {
        owned: "src/generated",
        ..wanted(&[("src/generated/mod.rs", "m\n")])
    };
    sync(folder.path(), wanted, Mode::Write).unwrap();
    assert_eq!(
        folder.contents(),
        pairs(&[
            ("src/generated/mod.rs", "m\n"),
            ("src/hand_written.rs", "h\n"),
            ("target/debug/build.rs", "t\n")
        ])
    );
}

#[test]
fn a_run_that_is_killed_at_any_step_is_made_good_by_the_next() {
    for kept in 0..=6 {
        let folder = Folder::with(OLD);
        let changes = compare(folder.path(), wanted(NEW)).unwrap();
        fs::create_dir(folder.path().join(SCRATCH)).unwrap();
        let renames = Cell::new(0);
        let killed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            apply(
                folder.path(),
                &folder.path().join(SCRATCH),
                &changes,
                &|from, to| {
                    assert!(renames.replace(renames.get() + 1) < kept, "killed");
                    fs::rename(from, to)
                },
            )
        }));
        assert_eq!(killed.is_err(), kept < 6);
        assert!(folder.path().join(SCRATCH).exists());
        sync(folder.path(), wanted(NEW), Mode::Check).unwrap_err();
        sync(folder.path(), wanted(NEW), Mode::Write).unwrap();
        assert_eq!(folder.contents(), pairs(NEW), "killed after {kept} renames");
    }
}

#[test]
fn a_rust_file_that_was_not_generated_stops_the_run() {
    let folder = Folder::with(&[("a.rs", "a\n"), ("mine.rs", "fn mine() {}\n")]);
    let before = folder.snapshot();
    let error = sync(folder.path(), wanted(NEW), Mode::Write).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("mine.rs stands among the generated files"),
        "{error}"
    );
    assert_eq!(folder.snapshot(), before);
}

#[test]
fn what_is_written_once_is_kept_as_it_was_edited() {
    let folder = Folder::with(&[("lib.toml", "mine\n")]);
    let once = || Wanted {
        once: &["lib.toml", "new.toml"],
        ..wanted(&[("lib.toml", "l\n"), ("new.toml", "n\n")])
    };
    let changes = sync(folder.path(), once(), Mode::Write).unwrap();
    assert_eq!(
        folder.contents(),
        pairs(&[("lib.toml", "mine\n"), ("new.toml", "n\n")])
    );
    assert!(changes[0].is_kept && changes[0].is_unchanged() && !changes[1].is_kept);
    sync(folder.path(), once(), Mode::Check).unwrap();
}

#[test]
fn a_file_that_is_not_utf8_is_replaced() {
    let folder = Folder::with(&[]);
    fs::write(folder.path().join("a.rs"), b"\xff\xfe").unwrap();
    sync(folder.path(), wanted(&[("a.rs", "a\n")]), Mode::Write).unwrap();
    assert_eq!(folder.contents(), pairs(&[("a.rs", "a\n")]));
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_new_files_get_the_usual_ones() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = Folder::with(&[("b.rs", "b\n"), ("usual.txt", "")]);
    let mode = |name: &str| {
        fs::metadata(folder.path().join(name))
            .unwrap()
            .permissions()
            .mode()
    };
    fs::set_permissions(
        folder.path().join("b.rs"),
        fs::Permissions::from_mode(0o640),
    )
    .unwrap();
    sync(folder.path(), wanted(NEW), Mode::Write).unwrap();
    assert_eq!(mode("b.rs") & 0o777, 0o640);
    assert_eq!(mode("c.rs"), mode("usual.txt"));
}
