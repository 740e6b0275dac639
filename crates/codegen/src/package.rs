//! A complete crate around the generated module.

use thiserror::Error;

use crate::generate::{File, Output};

/// Where the generated crate finds its runtime.
#[derive(Clone, Debug)]
pub struct RuntimeSource {
    /// The runtime's folder, seen from the generated crate's; `None` for the registry alone.
    pub path: Option<String>,
    /// The runtime's version.
    pub version: String,
    /// Whether the generated crate is a member of a workspace; otherwise it is one of its own.
    pub in_workspace: bool,
}

/// What a generated crate depends on.
const DEPENDENCIES: [&str; 4] = ["postpress-runtime", "schemars", "serde", "serde_json"];

/// The feature that stands for those of all tags.
pub(crate) const ALL_TAGS: &str = "all-tags";

/// A crate that cannot be made.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum PackageError {
    /// Cargo takes no such name.
    #[error(
        "{0:?} cannot name a crate: use letters, digits, `-` and `_`, at most 64 of them, with a letter first and a letter or digit last, and no word that Rust, Cargo or Windows reserves"
    )]
    Name(String),
    /// The crate depends on one of this name.
    #[error("{0}: the generated crate depends on `{1}`. Choose another name")]
    Dependency(String, &'static str),
}

/// What Rust, Cargo or Windows keep for themselves, apart from the words that syn knows.
fn is_reserved(name: &str) -> bool {
    const RESERVED: &str =
        "test core std alloc proc_macro build deps examples incremental gen con prn aux nul";
    let is_port = |digit: &str| matches!(digit.as_bytes(), [b'1'..=b'9']);
    let port = name.strip_prefix("com").or(name.strip_prefix("lpt"));
    RESERVED.split(' ').any(|word| word == name) || port.is_some_and(is_port)
}

/// The files of a crate called `name`: `Cargo.toml`, `README.md`, `src/lib.rs` and the generated module.
///
/// # Errors
/// A name that Cargo would refuse.
pub fn package(
    name: &str,
    output: &Output,
    runtime: &RuntimeSource,
) -> Result<Vec<File>, PackageError> {
    let is_plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.ends_with(|c: char| c.is_ascii_alphanumeric())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        && name.len() <= 64;
    let word = name.replace('-', "_");
    let is_reserved = is_reserved(&word.to_ascii_lowercase());
    if !is_plain || is_reserved || syn::parse_str::<syn::Ident>(&word).is_err() {
        return Err(PackageError::Name(name.to_owned()));
    }
    let mut dependencies = DEPENDENCIES.into_iter();
    if let Some(taken) = dependencies.find(|other| other.replace('-', "_") == word) {
        return Err(PackageError::Dependency(name.to_owned(), taken));
    }
    let mut files = vec![
        File {
            path: "Cargo.toml".to_owned(),
            contents: manifest(name, output, runtime),
        },
        File {
            path: "README.md".to_owned(),
            contents: readme(name, output),
        },
        File {
            path: "src/lib.rs".to_owned(),
            contents: library(output),
        },
    ];
    files.extend(output.files.iter().map(|file| File {
        path: format!("src/generated/{}", file.path),
        contents: file.contents.clone(),
    }));
    Ok(files)
}

fn manifest(name: &str, output: &Output, runtime: &RuntimeSource) -> String {
    let title: String = output.title.chars().filter(|c| !c.is_control()).collect();
    let description = toml_string(&format!(
        "Client for {title}, generated from its OpenAPI document."
    ));
    let path = runtime
        .path
        .as_ref()
        .map(|path| format!("path = {}, ", toml_string(path)))
        .unwrap_or_default();
    let version = toml_string(&runtime.version);
    let (all, tags) = features(&output.features);
    let workspace = match runtime.in_workspace {
        true => "",
        false => "\n# A workspace of its own, wherever it is put.\n[workspace]\n",
    };
    format!(
        r#"[package]
name = "{name}"
version = "0.1.0"
edition = "2024"
rust-version = "1.88"
description = {description}

[features]
default = ["rustls"{all}]
# HTTPS.
rustls = ["postpress-runtime/rustls"]
# HTTP/2, where the service offers it.
http2 = ["postpress-runtime/http2"]
# JSON Schema of the generated types.
schemars = ["dep:schemars", "postpress-runtime/schemars"]
{tags}
[dependencies]
postpress-runtime = {{ {path}version = {version}, default-features = false }}
schemars = {{ version = "0.8", optional = true }}
serde = {{ version = "1", features = ["derive"] }}
serde_json = "1"
{workspace}"#
    )
}

/// The feature that stands for all tags, and the lines that declare it and them.
fn features(tags: &[String]) -> (&'static str, String) {
    if tags.is_empty() {
        return ("", String::new());
    }
    let names: Vec<String> = tags.iter().map(|tag| toml_string(tag)).collect();
    let all = names.iter().map(|name| format!("    {name},\n"));
    let each = tags.iter().map(|tag| match tag.is_ascii() {
        true => format!("{tag} = []\n"),
        false => format!("{} = []\n", toml_string(tag)),
    });
    let lines = format!(
        "# The operations of all tags.\n{ALL_TAGS} = [\n{}]\n# Those of each tag, with the types that only they use.\n{}",
        all.collect::<String>(),
        each.collect::<String>(),
    );
    (", \"all-tags\"", lines)
}

/// What the crate is, how to depend on it, and a first call, which is compiled as a test of the documentation.
fn readme(name: &str, output: &Output) -> String {
    let title = crate::ir::docs::for_rustdoc(&output.title).replace('\n', " ");
    let module = name.replace('-', "_");
    let uses = match output
        .first_call
        .iter()
        .any(|line| line.contains("params::"))
    {
        true => "{Client, params}",
        false => "Client",
    };
    let lines: String = output
        .first_call
        .iter()
        .map(|line| format!("    {line}\n"))
        .collect();
    let features = match output.features.first() {
        None => String::new(),
        Some(tag) => format!(
            "\n## Features\n\nEach tag of the document is a feature, and all are enabled by default. To compile the operations of one tag \
             alone, with the types that they use:\n\n```toml\n[dependencies]\n{name} = {{ path = \"../{name}\", default-features = false, \
             features = [\"rustls\", \"{tag}\"] }}\n```\n"
        ),
    };
    format!(
        "# {name}\n\nClient for {title}, generated from its OpenAPI document.\n\n```toml\n[dependencies]\n\
         {name} = {{ path = \"../{name}\" }}\n```\n\n## A first call\n\n\
         On any runtime of Tokio:\n\n```rust,no_run\nuse {module}::{uses};\n\n\
         async fn first_call() -> Result<(), Box<dyn std::error::Error>> {{\n{lines}    Ok(())\n}}\n```\n\n\
         Every operation is a method of `Client` and gives a request, which can be changed and is sent when it is awaited. What \
         must be given are arguments; optional parameters are fields of a struct with defaults.\n{features}"
    )
}

fn library(output: &Output) -> String {
    let forms = if output.uses_files {
        "\npub use postpress_runtime::multipart::{self, Upload};"
    } else {
        ""
    };
    format!(
        "#![doc = include_str!(\"../README.md\")]\n\n#[rustfmt::skip]\nmod generated;\n\npub use generated::*;\npub use postpress_runtime as runtime;{forms}\n"
    )
}

/// A basic string of TOML, which JSON's escapes are a subset of.
fn toml_string(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}
