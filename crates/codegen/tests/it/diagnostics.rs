//! Each kind of finding, with its exact text.

use std::fs;
use std::path::{Path, PathBuf};

use postpress_openapi::codes;

use super::report;

/// The folder of documents to try.
fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn fixtures(folder: &str) -> Vec<(String, PathBuf)> {
    let mut fixtures: Vec<_> = fs::read_dir(tests().join(folder))
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
        let text = fs::read_to_string(&path).unwrap();
        let document = text.split(REPORT).next().unwrap();
        let (_, diagnostics) = report(&format!("{code}.yaml"), document);
        assert!(
            diagnostics.iter().any(|finding| finding.code == code),
            "{code} is not reported"
        );
        let mut expected = format!("{document}{REPORT}");
        for line in diagnostics.to_string().lines() {
            expected.push_str(&format!("# {line}\n"));
        }
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            fs::write(&path, &expected).unwrap();
        }
        assert!(
            text == expected || std::env::var_os("UPDATE_EXPECTED").is_some(),
            "{} is out of date; UPDATE_EXPECTED=1 in the environment writes it anew. Now it would be:\n{expected}",
            path.display()
        );
    }
}

#[test]
fn every_code_has_a_fixture_or_a_test_here() {
    let fixtures: Vec<String> = fixtures("diagnostics")
        .into_iter()
        .map(|(code, _)| code)
        .collect();
    let reported = [codes::NORMALIZE, codes::CHECK, codes::LOWER];
    for code in reported.into_iter().flatten() {
        let tests = [
            include_str!("diagnostics.rs"),
            include_str!("select.rs"),
            include_str!("several_files.rs"),
        ];
        let here = tests
            .iter()
            .any(|test| test.contains(&format!("[{}]", code.name)));
        let is_tested = here || fixtures.iter().any(|fixture| fixture == code.name);
        assert!(is_tested, "{}: {}", code.name, code.meaning);
    }
}

#[test]
fn schemas_that_lead_to_each_other_over_too_many_levels_are_refused() {
    let schemas: String = (0..500)
        .map(|number| {
            let next = number + 1;
            format!("    S{number}: {{properties: {{next: {{$ref: '#/components/schemas/S{next}'}}}}}}\n")
        })
        .collect();
    let text = format!(
        "openapi: 3.0.4\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n\
        \x20   Start: {{$ref: '#/components/schemas/S0'}}\n{schemas}    S500: {{}}\n"
    );
    let (_, diagnostics) = report("deep.yaml", &text);
    assert_eq!(
        diagnostics.to_string(),
        "deep.yaml:407:11: warning[deep-schema]: #/components/schemas/S400: schemas are nested more than 400 deep here; this is a JSON value\n  \
         help: flatten them\n1 warning"
    );
}

#[test]
fn the_checks_find_nothing_in_valid_documents() {
    for (name, path) in fixtures("documents") {
        let (_, diagnostics) = report(&name, &fs::read_to_string(path).unwrap());
        let is_checked = |code| codes::CHECK.iter().any(|known| known.name == code);
        let found: Vec<_> = diagnostics
            .iter()
            .filter(|finding| is_checked(finding.code))
            .collect();
        assert!(found.is_empty(), "{name}: {diagnostics}");
    }
}

#[test]
fn other_versions_are_refused_by_name_and_nothing_else_is_said() {
    let said = |text: &str| {
        let (_, diagnostics) = report("x.yaml", text);
        assert_eq!(diagnostics.len(), 1, "{diagnostics}");
        diagnostics
            .iter()
            .map(|finding| format!("{}: {}", finding.code, finding.message))
            .collect::<String>()
    };
    for (text, expected) in [
        (
            "openapi: 3.2.0",
            "unsupported-version: this is OpenAPI 3.2.0; only OpenAPI 3.0.x and 3.1.x are supported",
        ),
        (
            "openapi: '3.2.0'",
            "unsupported-version: this is OpenAPI 3.2.0; only OpenAPI 3.0.x and 3.1.x are supported",
        ),
        (
            "openapi: 4.0.0-alpha",
            "unsupported-version: this is OpenAPI 4.0.0-alpha; only OpenAPI 3.0.x and 3.1.x are supported",
        ),
        (
            "openapi: 2.0",
            "unsupported-version: this is OpenAPI 2.0; only OpenAPI 3.0.x and 3.1.x are supported",
        ),
        (
            "openapi: 3",
            "unsupported-version: this is OpenAPI 3; only OpenAPI 3.0.x and 3.1.x are supported",
        ),
        (
            "openapi: 3.0.x",
            "unsupported-version: this is OpenAPI 3.0.x; only OpenAPI 3.0.x and 3.1.x are supported",
        ),
        (
            "openapi: latest",
            "unsupported-version: `latest` is no version of OpenAPI; only OpenAPI 3.0.x and 3.1.x are supported",
        ),
        (
            "openapi: [3]",
            "unsupported-version: `openapi` must be a version, but is an array; only OpenAPI 3.0.x and 3.1.x are supported",
        ),
        (
            "swagger: '2.0'",
            "unsupported-version: this is Swagger 2.0, the format before OpenAPI 3; only OpenAPI 3.0.x and 3.1.x are supported",
        ),
        (
            "swagger: 2.0",
            "unsupported-version: this is Swagger 2.0, the format before OpenAPI 3; only OpenAPI 3.0.x and 3.1.x are supported",
        ),
        (
            "asyncapi: 3.0.0",
            "unsupported-version: the document does not say which version of OpenAPI it is written in; only OpenAPI 3.0.x and 3.1.x are supported",
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
fn every_patch_of_a_supported_version_is_accepted() {
    for version in ["3.0.0", "3.0.4", "3.0.12", "3.0.0-rc2", "3.1.0", "3.1.1"] {
        let text = format!("openapi: {version}\ninfo: {{title: T, version: '1'}}\npaths: {{}}\n");
        assert!(report("x.yaml", &text).1.is_empty(), "{version}");
    }
    // With `type` a list, as in 3.1 alone.
    let rest = "info: {title: T, version: '1'}\npaths: {}\ncomponents: {schemas: {A: {type: [string, 'null']}}}\n";
    for version in ["3.1", "'3.1'"] {
        let (_, found) = report("x.yaml", &format!("openapi: {version}\n{rest}"));
        let found: Vec<&str> = found
            .iter()
            .map(|finding| finding.message.as_str())
            .collect();
        assert_eq!(found, ["the version `3.1` lacks its last part"]);
    }
}
