//! The checks at the limits of what can be parsed.

use postpress_openapi::{Diagnostics, Document, Source};

fn parse(name: &str, text: &str) -> Document {
    let mut diagnostics = Diagnostics::default();
    let document = Document::parse(&Source { name, text }, &mut diagnostics);
    document.unwrap_or_else(|| panic!("{diagnostics}"))
}

fn check(document: &Document) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    super::check(
        document,
        &std::collections::HashMap::new(),
        &mut diagnostics,
    );
    diagnostics
}

/// In a thread with a fraction of the usual stack.
fn on_a_small_stack(run: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new()
        .stack_size(1 << 20)
        .spawn(run)
        .unwrap()
        .join()
        .unwrap();
}

fn schemas(schemas: &str) -> String {
    format!(
        "openapi: 3.0.4\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
    )
}

#[test]
fn the_deepest_documents_fit_a_small_stack() {
    for (open, close) in [
        ("{not: ", "}"),
        ("{allOf: [", "]}"),
        ("{type: array, items: ", "}"),
        ("{properties: {a: ", "}}"),
        ("{additionalProperties: ", "}"),
        ("{example: [", "]}"),
    ] {
        let levels = 124 / open.matches(['{', '[']).count();
        let text = schemas(&format!(
            "    A: {}{{}}{}\n",
            open.repeat(levels),
            close.repeat(levels)
        ));
        on_a_small_stack(move || {
            let document = parse("x.yaml", &text);
            let json = serde_json::to_string(&document.root).unwrap();
            assert!(!check(&document).has_errors());
            let from_json = parse("x.json", &json);
            assert_eq!(from_json.root, document.root);
        });
    }
}

/// What looks at each way through the longest of these chains never comes to an end.
#[test]
fn long_chains_of_references_take_neither_stack_nor_time() {
    type Link = fn(usize) -> String;
    let links: [Link; 7] = [
        |next| format!("{{$ref: '#/components/schemas/S{next}'}}"),
        |next| format!("{{allOf: [{{$ref: '#/components/schemas/S{next}'}}]}}"),
        |next| {
            format!(
                "{{oneOf: [{{$ref: '#/components/schemas/S{next}'}}, {{$ref: '#/components/schemas/S{next}'}}]}}"
            )
        },
        |next| {
            format!(
                "{{required: [a], properties: {{a: {{$ref: '#/components/schemas/S{next}'}}}}}}"
            )
        },
        |next| {
            format!(
                "{{allOf: [{{$ref: '#/components/schemas/S{next}'}}, {{$ref: '#/components/schemas/S{next}'}}], required: [x]}}"
            )
        },
        |next| format!("{{not: {{$ref: '#/components/schemas/S{next}'}}}}"),
        |next| {
            format!(
                "{{anyOf: [{{$ref: '#/components/schemas/S{next}'}}], discriminator: {{propertyName: k, mapping: {{a: S{next}}}}}}}"
            )
        },
    ];
    for link in links {
        // Once with an end, once in a circle.
        for last in ["{type: object}".to_owned(), link(0)] {
            let length = 1_000;
            let mut text: String = (0..length)
                .map(|number| format!("    S{number}: {}\n", link(number + 1)))
                .collect();
            text.push_str(&format!("    S{length}: {last}\n"));
            let text = schemas(&text);
            on_a_small_stack(move || {
                let document = parse("x.yaml", &text);
                check(&document);
            });
        }
    }
}
