use std::collections::HashSet;
use std::path::PathBuf;

use expected::{assert_file, test_file};

#[path = "../../../openapi/src/diagnostic/expected.rs"]
mod expected;
use postpress_openapi::diagnostic::{Diagnostics, codes};
use postpress_openapi::document::{Document, Source};

/// Parses and checks.
fn report(name: &str, text: &str) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    if let Some(document) = Document::parse(&Source { name, text }, &mut diagnostics) {
        super::check(&document, &mut diagnostics);
    }
    diagnostics
}

fn fixtures(folder: &str) -> Vec<(String, PathBuf)> {
    let mut fixtures: Vec<_> = std::fs::read_dir(test_file(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .map(|path| {
            (
                path.file_stem().unwrap().to_string_lossy().into_owned(),
                path,
            )
        })
        .collect();
    fixtures.sort();
    assert!(!fixtures.is_empty());
    fixtures
}

/// Where in a fixture the report begins that the document above it gets.
const REPORT: &str = "\n# Reported:\n";

#[test]
fn each_kind_of_finding_has_its_exact_text() {
    for (code, path) in fixtures("diagnostics") {
        let text = std::fs::read_to_string(&path).unwrap();
        let document = text.split(REPORT).next().unwrap();
        let diagnostics = report(&format!("{code}.yaml"), document);
        assert!(
            diagnostics.iter().any(|finding| finding.code == code),
            "{code} is not reported"
        );
        let mut expected = format!("{document}{REPORT}");
        for line in diagnostics.to_string().lines() {
            expected.push_str(&format!("# {line}\n"));
        }
        assert_file(&path, &expected);
    }
}

#[test]
fn every_code_has_a_fixture_or_a_test_of_the_parser() {
    let fixtures: HashSet<String> = fixtures("diagnostics")
        .into_iter()
        .map(|(code, _)| code)
        .collect();
    let parser = [
        include_str!("../../../openapi/src/parse/tests.rs"),
        include_str!("../../../openapi/tests/diagnostics/readable.txt"),
        include_str!("../../../openapi/tests/diagnostics/syntax.txt"),
    ];
    for (code, meaning) in codes::all() {
        let is_tested = fixtures.contains(code)
            || parser
                .iter()
                .any(|text| text.contains(&format!("[{code}]")));
        assert!(is_tested, "{code}: {meaning}");
    }
}

#[test]
fn valid_documents_give_no_findings() {
    for (name, path) in fixtures("documents") {
        let text = std::fs::read_to_string(path).unwrap();
        assert_eq!(
            report(&name, &text).to_string(),
            "nothing to report",
            "{name}"
        );
    }
}

#[test]
fn other_versions_are_refused_by_name_and_nothing_else_is_said() {
    let said = |text: &str| {
        let diagnostics = report("x.yaml", text);
        assert_eq!(diagnostics.len(), 1, "{diagnostics}");
        diagnostics
            .iter()
            .map(|finding| format!("{}: {}", finding.code, finding.message))
            .collect::<String>()
    };
    for (text, expected) in [
        (
            "openapi: 3.1.0",
            "unsupported-version: this is OpenAPI 3.1.0; only OpenAPI 3.0.x is supported",
        ),
        (
            "openapi: 3.1",
            "unsupported-version: this is OpenAPI 3.1; only OpenAPI 3.0.x is supported",
        ),
        (
            "openapi: '3.2.0'",
            "unsupported-version: this is OpenAPI 3.2.0; only OpenAPI 3.0.x is supported",
        ),
        (
            "openapi: 4.0.0-alpha",
            "unsupported-version: this is OpenAPI 4.0.0-alpha; only OpenAPI 3.0.x is supported",
        ),
        (
            "openapi: 2.0",
            "unsupported-version: this is OpenAPI 2.0; only OpenAPI 3.0.x is supported",
        ),
        (
            "openapi: 3.0",
            "unsupported-version: the version `3.0` lacks its last part",
        ),
        (
            "openapi: '3.0'",
            "unsupported-version: the version `3.0` lacks its last part",
        ),
        (
            "openapi: 3",
            "unsupported-version: this is OpenAPI 3; only OpenAPI 3.0.x is supported",
        ),
        (
            "openapi: 3.0.x",
            "unsupported-version: this is OpenAPI 3.0.x; only OpenAPI 3.0.x is supported",
        ),
        (
            "openapi: latest",
            "unsupported-version: `latest` is no version of OpenAPI; only OpenAPI 3.0.x is supported",
        ),
        (
            "openapi: [3]",
            "unsupported-version: `openapi` must be a version, but is an array; only OpenAPI 3.0.x is supported",
        ),
        (
            "swagger: '2.0'",
            "unsupported-version: this is Swagger 2.0, the format before OpenAPI 3; only OpenAPI 3.0.x is supported",
        ),
        (
            "swagger: 2.0",
            "unsupported-version: this is Swagger 2.0, the format before OpenAPI 3; only OpenAPI 3.0.x is supported",
        ),
        (
            "asyncapi: 3.0.0",
            "unsupported-version: the document does not say which version of OpenAPI it is written in; only OpenAPI 3.0.x is supported",
        ),
    ] {
        assert_eq!(said(text), expected);
    }
    assert_eq!(
        said("[openapi]"),
        "wrong-type: an OpenAPI document is an object, but this is an array"
    );
    assert_eq!(
        said("just text"),
        "wrong-type: an OpenAPI document is an object, but this is a string"
    );
}

#[test]
fn every_patch_of_three_zero_is_accepted() {
    for version in ["3.0.0", "3.0.4", "3.0.12", "3.0.0-rc2"] {
        let text = format!("openapi: {version}\ninfo: {{title: T, version: '1'}}\npaths: {{}}\n");
        assert!(report("x.yaml", &text).is_empty(), "{version}");
    }
}
