//! What the generator makes of a small document for each construct, and says of each that it cannot express.
//!
//! A snapshot holds the files in which the construct shows. After a change that is meant, accept the new snapshots with
//! `INSTA_UPDATE=always cargo test -p postpress-codegen generated`, and review the difference.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use postpress_codegen::{Output, PackageError, RuntimeSource, Settings, Source, generate, package};

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
    bodies_several: bodies operations;
    descriptions: types enums client;
    enums_inline: enums types;
    enums_of_integers: enums types operations;
    enums_of_strings: enums;
    enums_open: enums variants types;
    errors_catalogue: errors types operations;
    errors_listed: errors types operations;
    errors_plain: types variants responses operations;
    events: types variants operations;
    faults: types operations forms enums;
    form_all_of: forms;
    form_and_json: bodies forms types variants operations params;
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
    large: mod client types enums forms params;
    media_types: operations;
    names: types enums operations;
    no_operations: client types;
    objects: types variants;
    one_way: types forms;
    openapi_31: types variants operations params;
    pages: types variants;
    parameters_elsewhere: operations params;
    parameters_many: operations params;
    parameters_nested: operations params;
    parameters_query: operations params;
    parameters_styles: operations;
    recursion: types variants;
    responses: operations responses;
    responses_by_status: operations responses types;
    scalars: types;
    security_elsewhere: client;
    security_none: client;
    security_several: client;
    servers: client;
    unions_inherited: types variants;
    unions_overlapping: variants;
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
    let root = root();
    let name = "spec/postpress.yaml";
    let text = fs::read_to_string(root.join(name)).unwrap();
    let settings = Settings {
        command: "cargo xtask generate".to_owned(),
        ..Settings::default()
    };
    let output = generate(&Source { name, text: &text }, &settings)
        .unwrap_or_else(|found| panic!("{found}"));
    // What the client was last generated from.
    let copy = fs::read_to_string(root.join("crates/mock/spec/postpress.yaml")).unwrap();
    let reason = if copy.ends_with(&text) {
        "the document is the same, so the generator has changed. If its new output is what you meant"
    } else {
        "the document has changed. If that is what you meant"
    };
    for file in &output.files {
        let checked_in =
            fs::read_to_string(root.join("crates/client/src/generated").join(&file.path));
        let is_same = checked_in.is_ok_and(|text| text == file.contents);
        assert!(
            is_same,
            "{} is out of date: {reason}, run `cargo xtask generate`",
            file.path
        );
    }
}

#[test]
fn a_crate_exports_its_module_and_what_its_users_need_of_the_runtime() {
    let runtime = RuntimeSource {
        path: Some("../runtime".to_owned()),
        version: "0.1.0".to_owned(),
        in_workspace: false,
    };
    for name in ["form_files", "large", "objects"] {
        let files = package("pets", &generated(name), &runtime).unwrap();
        let files = files
            .iter()
            .filter(|file| !file.path.starts_with("src/generated/"));
        let shown: String = files
            .map(|file| format!("// ---- {} ----\n\n{}\n", file.path, file.contents))
            .collect();
        snapshot("package", name, &shown);
    }
}

#[test]
fn a_crate_has_a_name_that_cargo_and_every_file_system_take() {
    let runtime = RuntimeSource {
        path: None,
        version: "0.1.0".to_owned(),
        in_workspace: true,
    };
    let output = generated("objects");
    let longest = "p".repeat(64);
    for name in ["pets", "pets-2", "a_b", &longest] {
        assert!(package(name, &output, &runtime).is_ok(), "{name}");
    }
    let too_long = "p".repeat(65);
    for name in [
        "", "2pets", "pets!", "async", "gen", "std", "test", "nul", "CON", "com1", "a-", "a_",
        &too_long,
    ] {
        let refused = package(name, &output, &runtime).unwrap_err();
        assert_eq!(refused, PackageError::Name(name.to_owned()));
    }
    for taken in ["serde", "postpress-runtime", "postpress_runtime"] {
        let refused = package(taken, &output, &runtime).unwrap_err();
        assert!(matches!(refused, PackageError::Dependency(..)), "{refused}");
    }
    let files = package("pets", &output, &runtime).unwrap();
    assert!(!files[0].contents.contains("[workspace]"));
}

#[test]
fn the_catalogue_is_made_of_the_envelope_that_most_responses_have() {
    let response = |status: &str, schema: &str| {
        format!(
            "        '{status}': {{ description: No., content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{schema}' }} }} }} }}\n"
        )
    };
    let narrowed = |base: &str, name: &str| {
        format!(
            "    {name}: {{ allOf: [{{ $ref: '#/components/schemas/{base}' }}, {{ properties: {{ type: {{ type: string, enum: [errors/{name}] }} }} }}] }}\n"
        )
    };
    let mut text = "openapi: 3.0.4\ninfo: { title: T, version: '1' }\npaths:\n  /a:\n    get:\n      operationId: get\n      responses:\n".to_owned();
    // The rare one is the first and the last.
    for (status, schema) in [
        ("400", "rare"),
        ("401", "one"),
        ("403", "two"),
        ("404", "three"),
        ("500", "rarer"),
    ] {
        text += &response(status, schema);
    }
    text += "components:\n  schemas:\n";
    for base in ["Another", "Problem", "Third"] {
        text += &format!(
            "    {base}: {{ type: object, required: [type], properties: {{ type: {{ type: string }}, {base}: {{ type: string }} }} }}\n"
        );
    }
    for (base, name) in [
        ("Another", "rare"),
        ("Problem", "one"),
        ("Problem", "two"),
        ("Problem", "three"),
        ("Third", "rarer"),
    ] {
        text += &narrowed(base, name);
    }
    let settings = Settings::default();
    let output = generate(
        &Source {
            name: "x.yaml",
            text: &text,
        },
        &settings,
    )
    .unwrap();
    let errors = output
        .files
        .iter()
        .find(|file| file.path == "errors.rs")
        .unwrap();
    let types: Vec<&str> = errors
        .contents
        .split('"')
        .filter(|text| text.starts_with("errors/"))
        .collect();
    assert_eq!(types, ["errors/one", "errors/two", "errors/three"]);
}

#[test]
fn another_operation_touches_few_lines_of_the_catalogue() {
    let text = fs::read_to_string(root().join("spec/postpress.yaml")).unwrap();
    let catalogue = |text: &str| {
        let settings = Settings {
            command: String::new(),
            ..Settings::default()
        };
        let output = generate(
            &Source {
                name: "x.yaml",
                text,
            },
            &settings,
        )
        .unwrap();
        output
            .files
            .into_iter()
            .find(|file| file.path == "errors.rs")
            .unwrap()
            .contents
    };
    let start = text.find("paths:\n").unwrap() + "paths:\n".len();
    // Each operation once more, at another path.
    let end = start + text[start..].find("\ncomponents:").unwrap() + 1;
    let again = text[start..end]
        .replace("\n  /", "\n  /again/")
        .replacen("  /", "  /again/", 1)
        .replace("operationId: ", "operationId: again");
    let more = format!("{}{again}{}", &text[..end], &text[end..]);
    let (before, after) = (catalogue(&text), catalogue(&more));
    let before: BTreeSet<&str> = before.lines().collect();
    let touched = after.lines().filter(|line| !before.contains(line)).count();
    let rows = before.iter().filter(|line| line.contains(": \"")).count();
    assert!(touched > 0 && touched * 10 < rows, "{touched} of {rows}");
}

#[test]
fn what_cannot_be_expressed_is_said_where_it_stands() {
    for name in stems("refused") {
        let (file, text) = document("refused", &name);
        let settings = Settings {
            command: String::new(),
            ..Settings::default()
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
    root().join("tests/constructs").join(folder)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
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
        // What is done with long files is seen in short ones.
        longest_file: (name == "large").then_some(40),
        features: true,
        ..Settings::default()
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

/// A module of the output, with the files behind it; `operations` is the part of the client that the document's paths make.
fn shown(output: &Output, name: &str) -> String {
    let module = if name == "operations" { "client" } else { name };
    let paths = output.files.iter().map(|file| {
        let path = file.path.trim_end_matches(".rs");
        (path, file.contents.as_str())
    });
    let is_part = |path: &str| {
        path.strip_prefix(module)
            .is_some_and(|part| part.starts_with('/'))
    };
    let found: Vec<_> = paths
        .filter(|(path, _)| *path == module || is_part(path))
        .collect();
    assert!(!found.is_empty(), "there is no {module}.rs");
    let shown = found.into_iter().map(|(path, text)| {
        // The head of a file says how it was made, the same in all.
        let (_, text) = text.split_once("\n\n").unwrap_or_default();
        let text = match text.find("/// The operations of the service") {
            Some(start) if name == "operations" => &text[start..],
            _ => text,
        };
        let path = if path == module { name } else { path };
        format!("// ---- {path} ----\n\n{text}\n")
    });
    shown.collect()
}

fn snapshot(kind: &str, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path("snapshots");
    settings.bind(|| insta::assert_snapshot!(format!("{kind}-{name}"), text));
}
