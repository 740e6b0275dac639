//! Part of a document: what is asked for, and what can be generated.

use postpress_codegen::{Diagnostics, Filter, Output, Settings, Source, generate};

const DOCUMENT: &str = "\
openapi: 3.0.4
info: {title: T, version: '1'}
paths:
  /chats:
    get:
      operationId: listChats
      tags: [chats]
      responses: {'200': {description: D, content: {application/json: {schema: {$ref: '#/components/schemas/Chat'}}}}}
    post:
      operationId: sendChat
      tags: [chats, sends]
      requestBody: {content: {multipart/mixed: {schema: {type: object}}}}
      responses: {'204': {description: D}}
  /users:
    get:
      operationId: getUser
      parameters: [{name: id, in: body, schema: {type: string}}]
      responses: {'200': {description: D, content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}}}
components:
  schemas:
    Chat: {type: object, properties: {id: {type: string}}}
    User: {type: object, properties: {friend: {type: string, nullable: maybe}}}
    Lonely: {type: object, properties: {id: {type: string}}}
";

fn select(only: &[&str], skip_unsupported: bool) -> Result<Output, Diagnostics> {
    let only: Result<Vec<Filter>, _> = only.iter().map(|filter| filter.parse()).collect();
    let settings = Settings {
        command: "test".to_owned(),
        only: only.unwrap(),
        skip_unsupported,
        ..Settings::default()
    };
    let source = Source {
        name: "x.yaml",
        text: DOCUMENT,
    };
    generate(&source, &settings)
}

fn file<'o>(output: &'o Output, path: &str) -> &'o str {
    let mut files = output.files.iter();
    let file = files.find(|file| file.path == path);
    file.map_or("", |file| &file.contents)
}

#[test]
fn without_the_flag_the_document_is_refused_whole() {
    let refused = select(&[], false).unwrap_err();
    let codes: Vec<_> = refused.iter().map(|finding| finding.code).collect();
    assert_eq!(
        codes,
        ["unsupported-body", "invalid-location", "wrong-type"]
    );
}

#[test]
fn operations_that_cannot_be_generated_are_left_out_with_their_reasons() {
    let output = select(&[], true).unwrap();
    assert_eq!(output.summary.operations, 1);
    let skipped: Vec<_> = output
        .skipped
        .iter()
        .map(|skipped| {
            let reasons = skipped.reasons.iter();
            let reasons: Vec<_> = reasons
                .map(|reason| (reason.at.line, reason.code))
                .collect();
            (&*skipped.request, &*skipped.id, reasons)
        })
        .collect();
    assert_eq!(
        skipped,
        [
            ("POST /chats", "sendChat", vec![(12, "unsupported-body")]),
            (
                "GET /users",
                "getUser",
                vec![(17, "invalid-location"), (22, "wrong-type")]
            ),
        ]
    );
    assert_eq!(
        output.warnings.to_string(),
        Diagnostics::default().to_string()
    );
    let module = file(&output, "mod.rs");
    assert!(
        module.contains(
            "//! - `POST /chats` (`sendChat`): line 12: `unsupported-body`: bodies of type multipart/mixed cannot be generated\n"
        ),
        "{module}"
    );
}

#[test]
fn only_what_is_selected_is_generated_and_checked() {
    for filter in ["operation:listChats", "path:/ch*"] {
        let output = select(&[filter], filter.starts_with("path"));
        let output = output.unwrap_or_else(|found| panic!("{filter}: {found}"));
        assert_eq!(output.summary.operations, 1, "{filter}");
        let types = file(&output, "types.rs");
        assert!(types.contains("pub struct Chat"), "{types}");
        assert!(
            !types.contains("User") && !types.contains("Lonely"),
            "{types}"
        );
    }
    let refused = select(&["tag:sends"], false).unwrap_err();
    assert_eq!(refused.len(), 1, "{refused}");
    assert!(
        refused.to_string().contains("[unsupported-body]"),
        "{refused}"
    );
    let both = select(&["operation:listChats", "operation:getUser"], true).unwrap();
    assert_eq!((both.summary.operations, both.skipped.len()), (1, 1));
}

#[test]
fn a_filter_that_selects_nothing_is_an_error() {
    let refused = select(&["tag:Chats"], true).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "x.yaml:1:1: error[nothing-selected]: #: no operation of the document is one of those to generate\n  \
         help: look at its tags, its operationIds and its paths\n1 error"
    );
    for wrong in ["chats", "label:x", "path:[", ""] {
        assert!(wrong.parse::<Filter>().is_err(), "{wrong}");
    }
}

#[test]
fn what_is_wrong_in_a_component_that_nothing_refers_to_is_a_warning() {
    let text = "openapi: 3.0.4\ninfo: {title: T, version: '1'}\n\
        paths: {/a: {get: {operationId: a, responses: {'204': {description: D}}}}}\n\
        components: {parameters: {Endpoint: {description: D}}}\n";
    let run = |text: &str| {
        let source = Source {
            name: "x.yaml",
            text,
        };
        generate(&source, &Settings::default())
    };
    let warnings = run(text).unwrap().warnings.to_string();
    assert!(warnings.contains("warning[missing-field]"), "{warnings}");
    let used = "operationId: a, parameters: [{$ref: '#/components/parameters/Endpoint'}]";
    let found = run(&text.replace("operationId: a", used)).unwrap_err();
    assert!(
        found.to_string().contains("error[missing-field]"),
        "{found}"
    );
}
