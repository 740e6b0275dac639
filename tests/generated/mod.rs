//! What the generator makes of a small document for each construct, and says of each that it cannot express.
//!
//! A snapshot holds the files in which the construct shows. After a change that is meant, accept the new snapshots with
//! `INSTA_UPDATE=always cargo test -p postpress-tests --test workspace generated`, and review the difference.

mod uploads;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use postpress_codegen::{Output, Settings, Source, generate};

/// A test for each document: its name, and the files that its snapshot shows.
macro_rules! constructs {
    ($($name:ident: $($file:ident)*;)*) => {
        const CONSTRUCTS: &[&str] = &[$(stringify!($name)),*];

        $(
            #[test]
            fn $name() {
                let output = generated(stringify!($name));
                let shown: String = [$(stringify!($file)),*].iter().map(|file| shown(&output, file)).collect();
                snapshot("construct", stringify!($name), &shown);
            }
        )*
    };
}

constructs! {
    all_of: types variants enums;
    descriptions: types enums client;
    enums_inline: enums types;
    enums_of_integers: enums types operations;
    enums_of_strings: enums;
    enums_open: enums variants types;
    errors_catalogue: errors types operations;
    errors_listed: errors types operations;
    errors_plain: types variants operations;
    events: types variants operations;
    faults: types operations forms enums;
    form_all_of: forms;
    form_and_json: forms types variants operations params;
    form_arrays: forms;
    form_content_types: forms;
    form_deep: forms;
    form_empty: forms;
    form_files: forms;
    form_json_parts: forms types;
    form_maps: forms;
    form_names: forms;
    form_nullable: forms;
    form_optional: operations;
    form_recursive: forms;
    form_root_union: forms operations;
    form_scalars: forms enums;
    form_shared: forms types operations;
    form_styles: forms;
    form_unions: forms;
    json_document: types operations;
    media_types: operations;
    names: types enums operations;
    no_operations: client types;
    objects: types variants;
    one_way: types forms;
    openapi_31: types variants operations params;
    parameters_elsewhere: operations params;
    parameters_many: operations params;
    parameters_query: operations params;
    recursion: types variants;
    responses: operations variants;
    scalars: types;
    security_elsewhere: client;
    security_none: client;
    security_several: client;
    servers: client;
    unions_inherited: types variants;
    unions_tagged: variants types;
    unions_untagged: variants;
    url_encoded: operations;
}

#[test]
fn every_document_has_a_snapshot() {
    let documents: BTreeSet<String> = stems("documents").into_iter().collect();
    let known: BTreeSet<String> = CONSTRUCTS.iter().map(ToString::to_string).collect();
    assert_eq!(documents, known);
}

#[test]
fn the_same_bytes_come_out_each_time() {
    for name in CONSTRUCTS {
        assert_eq!(generated(name).files, generated(name).files, "{name}");
    }
}

#[test]
fn the_checked_in_client_is_what_the_document_generates() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let name = "spec/postpress.yaml";
    let text = fs::read_to_string(root.join(name)).unwrap();
    let settings = Settings {
        command: "cargo xtask generate".to_owned(),
    };
    let output = generate(&Source { name, text: &text }, &settings)
        .unwrap_or_else(|found| panic!("{found}"));
    for file in &output.files {
        let checked_in =
            fs::read_to_string(root.join("crates/client/src/generated").join(&file.path));
        let is_same = checked_in.is_ok_and(|text| text == file.contents);
        assert!(
            is_same,
            "{} is out of date: run `cargo xtask generate`",
            file.path
        );
    }
}

#[test]
fn what_cannot_be_expressed_is_said_where_it_stands() {
    for name in stems("refused") {
        let (file, text) = document("refused", &name);
        let settings = Settings {
            command: String::new(),
        };
        let found = match generate(
            &Source {
                name: &file,
                text: &text,
            },
            &settings,
        ) {
            Ok(output) => output.warnings,
            Err(diagnostics) => diagnostics,
        };
        snapshot("refused", &name, &found.to_string());
    }
}

#[test]
fn what_is_wrong_but_plain_is_a_warning() {
    snapshot(
        "construct",
        "faults-warnings",
        &generated("faults").warnings.to_string(),
    );
}

/// The text of a document, and its file's name.
fn document(folder: &str, name: &str) -> (String, String) {
    for extension in ["yaml", "json"] {
        let file = format!("{name}.{extension}");
        if let Ok(text) = fs::read_to_string(documents(folder).join(&file)) {
            return (file, text);
        }
    }
    panic!("there is no document {name}");
}

fn documents(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("constructs")
        .join(folder)
}

/// The names of the documents in a folder, sorted.
fn stems(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(documents(folder)).unwrap();
    let mut stems: Vec<String> = entries
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    stems.sort();
    stems
}

fn generated(name: &str) -> Output {
    let (file, text) = document("documents", name);
    let settings = Settings {
        command: "cargo xtask generate".to_owned(),
    };
    generate(
        &Source {
            name: &file,
            text: &text,
        },
        &settings,
    )
    .unwrap_or_else(|found| panic!("{found}"))
}

/// One file of the output; `operations` is the part of the client that the document's paths make.
fn shown(output: &Output, name: &str) -> String {
    let file = if name == "operations" { "client" } else { name };
    let found = output
        .files
        .iter()
        .find(|found| found.path.trim_end_matches(".rs") == file);
    let text = found
        .unwrap_or_else(|| panic!("there is no {file}.rs"))
        .contents
        .as_str();
    // The head of a file says how it was made, the same in all.
    let (_, text) = text.split_once("\n\n").unwrap_or_default();
    let text = match text.find("/// The operations of the service") {
        Some(start) if name == "operations" => &text[start..],
        _ => text,
    };
    format!("// ---- {name} ----\n\n{text}\n")
}

fn snapshot(kind: &str, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path("snapshots");
    settings.bind(|| insta::assert_snapshot!(format!("{kind}-{name}"), text));
}
