//! Generates a client from each of the documents, as a module of this crate.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use postpress_codegen::{Diagnostics, Output, Samples, Settings, Source, generate, read};
use postpress_openapi::Document;

fn main() {
    println!("cargo::rerun-if-changed=documents");
    println!("cargo::rerun-if-changed=../../spec/postpress.yaml");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("Cargo sets OUT_DIR"));
    let mut documents: Vec<PathBuf> = fs::read_dir("documents")
        .expect("the folder of documents can be read")
        .map(|entry| entry.expect("an entry of it, too").path())
        .collect();
    documents.sort();
    documents.push("../../spec/postpress.yaml".into());
    let modules: String = documents
        .iter()
        .filter_map(|path| module(path, &out))
        .collect();
    fs::write(out.join("modules.rs"), modules).expect("OUT_DIR can be written to");
}

/// Writes the files of one document's client; the result declares their module.
fn module(path: &Path, out: &Path) -> Option<String> {
    let name = path
        .file_name()?
        .to_str()
        .expect("names of documents are ASCII");
    let stem = path.file_stem()?.to_str()?;
    let text = fs::read_to_string(path).expect("documents can be read");
    let settings = Settings {
        command: "cargo build -p postpress-constructs".to_owned(),
        // What is done with long files is seen in short ones.
        longest_file: (stem == "large").then_some(40),
        features: true,
        ..Settings::default()
    };
    let output = match generate(&Source { name, text: &text }, &settings) {
        Ok(output) => output,
        Err(diagnostics) => {
            for line in diagnostics.to_string().lines() {
                println!("cargo::error={line}");
            }
            return None;
        }
    };
    let own = written(stem, &output, out, |_| true);
    let samples = samples(stem, &Source { name, text: &text });
    // What one tag of a large document needs compiles by itself.
    let alone = match output.features.is_empty() {
        true => String::new(),
        false => written("one_tag", &output, out, |feature| feature == "cats"),
    };
    Some(own + &samples + &alone)
}

/// Writes the files of a client with some of its features; the result declares their module.
fn written(stem: &str, output: &Output, out: &Path, has: fn(&str) -> bool) -> String {
    let folder = out.join(stem);
    // What an earlier version of the document had more.
    let _ = fs::remove_dir_all(&folder);
    for file in &output.files {
        let mut contents = file.contents.clone();
        for feature in &output.features {
            let only = format!("#[cfg(feature = {feature:?})]");
            let known = if has(feature) { "" } else { "#[cfg(any())]" };
            contents = contents.replace(&only, known);
        }
        let path = folder.join(&file.path);
        let parent = path.parent().expect("a file stands in a folder");
        fs::create_dir_all(parent).expect("OUT_DIR can be written to");
        fs::write(path, contents).expect("OUT_DIR can be written to");
    }
    let path = folder.join("mod.rs").display().to_string();
    format!("#[path = {path:?}]\npub mod {stem};\n")
}

/// A module with the sample call of each operation, as the reference shows it. Nobody can call them, so that they are checked and no
/// machine code is made of them, which would take longer than that of all clients.
fn samples(stem: &str, source: &Source<'_>) -> String {
    let ir = read(source, &Settings::default()).expect("it was generated from");
    let document = Document::parse(source, &mut Diagnostics::default()).expect("it was read");
    let calls = Samples::new(&ir);
    let calls = ir.operations.iter().enumerate().map(|(index, operation)| {
        let lines = calls.call(index, &|pointer| document.example(pointer)).join("\n");
        format!(
            "async fn {}(client: &Client) -> Result<(), Box<dyn std::error::Error>> {{\n{lines}\nOk(())\n}}\n",
            operation.function
        )
    });
    let calls: String = calls.collect();
    format!(
        "#[allow(dead_code, unused_imports, clippy::all)]\nmod {stem}_samples {{\nuse crate::{stem}::*;\nuse postpress_runtime::multipart::Upload;\n{calls}}}\n"
    )
}
