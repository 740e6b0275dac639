//! Documents with something wrong in them: each is generated from, or refused with diagnostics that say where and what to
//! do. Nothing panics, hangs, or is called a fault of the generator.
//!
//! The mutations are the same in every run. `MUTATIONS=100000` tries as many per document, and `MUTATIONS_FROM=7` begins
//! with others.

#![allow(clippy::unwrap_used, reason = "helpers outside the test functions too")]

mod mutate;
mod tree;

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use mutate::Mutator;
use postpress_codegen::{Settings, Source, generate};
use tree::Tree;

/// Far more than any of these documents needs, and far less than for ever.
const LIMIT: Duration = Duration::from_secs(20);

#[test]
fn mutated_documents_are_generated_from_or_refused_with_reasons() {
    let number = |name: &str, default: u64| {
        std::env::var(name).map_or(default, |text| text.parse().unwrap())
    };
    let (count, from) = (number("MUTATIONS", 12), number("MUTATIONS_FROM", 0));
    let documents = documents();
    let trees: Vec<Tree> = documents.iter().map(|path| Tree::read(path)).collect();
    let kept = std::env::temp_dir().join("postpress-mutant.json");
    let mut accepted = 0;
    for (index, (path, tree)) in documents.iter().zip(&trees).enumerate() {
        for seed in from..from + count {
            let mut mutator =
                Mutator::new(seed.wrapping_mul(1000).wrapping_add(index as u64), &trees);
            let mut mutant = tree.clone();
            let changes = mutator.mutate(&mut mutant);
            let text = mutant.to_json();
            // Kept for whoever looks into a failure, even one that ends the process.
            fs::write(&kept, &text).unwrap();
            if let Err(fault) = holds(&text, &mut accepted) {
                panic!(
                    "{fault}\n{} with seed {seed}: {changes:?}\nkept as {}",
                    path.display(),
                    kept.display()
                );
            }
        }
    }
    // Mutations that only break documents would try nothing but the checks.
    assert!(
        accepted * 10 > documents.len() as u64 * count,
        "only {accepted} were accepted"
    );
}

fn holds(text: &str, accepted: &mut u64) -> Result<(), String> {
    let started = Instant::now();
    let settings = Settings {
        command: "test".to_owned(),
    };
    let result = generate(
        &Source {
            name: "mutant.json",
            text,
        },
        &settings,
    );
    if started.elapsed() > LIMIT {
        return Err(format!("it took {:?}", started.elapsed()));
    }
    let found = match result {
        Ok(output) => {
            *accepted += 1;
            for file in &output.files {
                syn::parse_file(&file.contents)
                    .map_err(|error| format!("{} is no Rust: {error}", file.path))?;
            }
            output.warnings
        }
        Err(diagnostics) if !diagnostics.has_errors() => {
            return Err("it was refused without an error".to_owned());
        }
        Err(diagnostics) => diagnostics,
    };
    for diagnostic in &found {
        if diagnostic.code == "internal" {
            return Err(format!("a fault of the generator: {diagnostic}"));
        }
        if diagnostic.at.line == 0 || diagnostic.message.is_empty() || diagnostic.help.is_empty() {
            return Err(format!("it says too little: {diagnostic}"));
        }
    }
    Ok(())
}

/// Those of the tests, and those of the constructs.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [
        "tests/documents",
        "../../tests/constructs/documents",
        "../../spec",
    ];
    let files = folders
        .iter()
        .flat_map(|folder| fs::read_dir(root.join(folder)).unwrap());
    let mut documents: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    documents.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "yaml" || extension == "json")
    });
    documents.retain(|path| path.file_name().is_some_and(|name| name != "redocly.yaml"));
    documents.sort();
    documents
}
