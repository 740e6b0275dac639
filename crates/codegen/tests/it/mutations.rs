//! Documents with something wrong in them: each is generated from, or refused with diagnostics that say where and what to
//! do. Nothing panics, hangs, or is called a fault of the generator.
//!
//! The mutations are the same in every run. `MUTATIONS=100000` tries as many per document, and `MUTATIONS_FROM=7` begins
//! with others.

mod mutate;
mod tree;

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::holds;
use mutate::Mutator;
use tree::Tree;

#[test]
fn mutated_documents_are_generated_from_or_refused_with_reasons() {
    let number = |name: &str, default: u64| {
        std::env::var(name).map_or(default, |text| text.parse().unwrap())
    };
    let (count, from) = (number("MUTATIONS", 12), number("MUTATIONS_FROM", 0));
    let documents = documents();
    let trees: Vec<Tree> = documents.iter().map(|path| Tree::read(path)).collect();
    let kept = std::env::temp_dir().join("postpress-mutant.json");
    let (mut tried, mut accepted) = (0, 0);
    for (index, (path, tree)) in documents.iter().zip(&trees).enumerate() {
        // One document has a bit of everything.
        let is_rich = path.file_stem().is_some_and(|stem| stem == "rich");
        let count = if is_rich { 10 * count } else { count };
        for seed in from..from + count {
            let mut mutator =
                Mutator::new(seed.wrapping_mul(1000).wrapping_add(index as u64), &trees);
            let mut mutant = tree.clone();
            let changes = mutator.mutate(&mut mutant);
            let text = mutant.to_json();
            // Kept for whoever looks into a failure, even one that ends the process.
            fs::write(&kept, &text).unwrap();
            let outcome = std::panic::catch_unwind(|| holds("mutant.json", &text));
            tried += 1;
            accepted += u64::from(outcome.unwrap_or_else(|_| {
                panic!(
                    "{} with seed {seed}: {changes:?}\nkept as {}",
                    path.display(),
                    kept.display()
                )
            }));
        }
    }
    // Mutations that only break documents would try nothing but the checks.
    assert!(accepted * 10 > tried, "only {accepted} were accepted");
}

/// Those of the tests, and those of the constructs.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [
        "tests/documents",
        "../openapi/tests/documents",
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
