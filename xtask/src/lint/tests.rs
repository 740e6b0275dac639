use postpress_codegen::{Diagnostics, Source};

use super::rules::{RULES, list};
use super::{by_the_rules, lint};

const GOOD: &str = "\
openapi: 3.0.4
info: { title: Pets, version: '1' }
servers: [{ url: 'https://pets.example' }]
paths:
  /pets:
    post:
      operationId: addPet
      summary: Add a pet
      description: Adds a pet.
      parameters:
        - { name: limit, in: query, description: How many., schema: { type: integer, maximum: 9 }, example: 3 }
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Pet' }
            example: { name: Rex, kind: 1, born: '2026-05-17T09:42:11.000Z', home: { city: Ulm } }
      responses:
        '201': { description: Added., content: { application/json: { schema: { $ref: '#/components/schemas/Pet' }, example: { name: Rex, kind: 2, born: null } } } }
        '401': { $ref: '#/components/responses/Wrong' }
        '403': { $ref: '#/components/responses/Wrong' }
        '404': { $ref: '#/components/responses/Wrong' }
        '415': { $ref: '#/components/responses/Wrong' }
        '422': { $ref: '#/components/responses/Wrong' }
        '429': { $ref: '#/components/responses/Wrong' }
        '500': { $ref: '#/components/responses/Wrong' }
        '503': { $ref: '#/components/responses/Wrong' }
        '504': { $ref: '#/components/responses/Wrong' }
components:
  schemas:
    Pet:
      type: object
      description: A pet.
      required: [name]
      properties:
        name: { type: string, maxLength: 5, pattern: '^[A-Z]', description: Its name. }
        kind: { $ref: '#/components/schemas/Kind' }
        born: { type: string, format: date-time, nullable: true, description: Since when. }
        home:
          description: Where it lives.
          oneOf:
            - { type: object, required: [city], properties: { city: { type: string, description: A city. } } }
            - { type: boolean }
    Kind:
      type: integer
      enum: [1, 2]
      x-enum-varnames: [Cat, Dog]
      x-enum-descriptions: [A cat., A dog.]
      description: What it is.
    Problem:
      type: object
      description: What is wrong.
      required: [type]
      properties: { type: { type: string, description: The type. } }
    WrongProblem:
      description: Something is wrong.
      allOf:
        - $ref: '#/components/schemas/Problem'
        - { type: object, properties: { type: { type: string, enum: [errors/x], x-enum-descriptions: [An x.] } } }
  responses:
    Wrong: { description: Wrong., content: { application/json: { schema: { $ref: '#/components/schemas/WrongProblem' }, example: { type: errors/x } } } }
";

/// What the rules say when `old` becomes `new`: `the word that stands there code: message`.
#[track_caller]
fn found(old: &str, new: &str) -> String {
    assert!(GOOD.contains(old), "{old:?} is not in the document");
    let text = GOOD.replacen(old, new, 1);
    let source = Source {
        name: "x.yaml",
        text: &text,
    };
    let found = by_the_rules(&source, &Diagnostics::default());
    let lines = found.iter().map(|finding| {
        let line = text.lines().nth(finding.at.line as usize - 1).unwrap();
        let rest = line.get(finding.at.column as usize - 1..).unwrap();
        let word = rest.split(' ').next().unwrap();
        format!("{word} {}: {}", finding.code, finding.message)
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn finds(old: &str, new: &str, expected: &str) {
    assert_eq!(found(old, new), expected);
}

#[test]
fn a_document_that_keeps_the_rules_has_nothing_to_report() {
    let source = Source {
        name: "x.yaml",
        text: GOOD,
    };
    assert!(lint(&source).is_empty(), "{}", lint(&source));
}

#[test]
fn everything_is_described() {
    finds(
        "      summary: Add a pet\n",
        "",
        "post: undescribed-operation: `addPet` has no `summary`",
    );
    finds(
        "description: How many., ",
        "",
        "{ undescribed-parameter: the parameter `limit` has no description",
    );
    finds(
        "{ description: Added.,",
        "{ description: '',",
        "'201': undescribed-response: the response has no description",
    );
    finds(
        "      description: What it is.\n",
        "",
        "kind: undescribed-field: the field `kind` has no description\n\
         Kind: undescribed-type: `Kind` has no description",
    );
    finds(
        ", description: Its name.",
        "",
        "name: undescribed-field: the field `name` has no description",
    );
    finds(
        "[A cat., A dog.]",
        "[A cat.]",
        "2] undescribed-value: the value 2 has no description",
    );
    finds(
        "[An x.]",
        "['']",
        "errors/x], undescribed-value: the value \"errors/x\" has no description",
    );
    finds(
        "[Cat, Dog]",
        "[Cat]",
        "2] unnamed-value: the value 2 has no name",
    );
}

#[test]
fn descriptions_are_sentences() {
    finds(
        "Its name.",
        "its name.",
        "description: sentences: the description begins with a small letter",
    );
    finds(
        "Its name.",
        "Its name",
        "description: sentences: the description does not end with a full stop",
    );
    finds(
        "[A cat., A dog.]",
        "[A cat., Dog]",
        "Dog] sentences: the description of 2 does not end with a full stop",
    );
    finds("Its name.", "'`x` is (the name `y`.)'", "");
}

#[test]
fn names_can_be_told_apart_and_are_used() {
    finds(
        "    Kind:\n",
        "    KIND: { type: string, description: X. }\n    Kind:\n",
        "KIND: unused-component: nothing refers to `KIND`\n\
         Kind: similar-names: the component `Kind` is called almost like `KIND`",
    );
}

#[test]
fn error_tables_are_complete() {
    finds(
        "        '403': { $ref: '#/components/responses/Wrong' }\n        '404': { $ref: '#/components/responses/Wrong' }\n",
        "",
        "responses: missing-error: `addPet` lists no 403, 404",
    );
    let narrowed =
        "properties: { type: { type: string, enum: [errors/x], x-enum-descriptions: [An x.] } }";
    finds(
        narrowed,
        "properties: {}",
        "WrongProblem: missing-error-types: the schema of an error response lists no error types",
    );
    let status = "properties: { status: { type: integer, enum: [401], x-enum-varnames: [A], \
                  x-enum-descriptions: [A.], description: X. }, type:";
    let found = found(
        "properties: { type: { type: string, enum",
        &format!("{status} {{ type: string, enum"),
    );
    assert!(
        found.contains("[401], wrong-error-status: the schema says status [401], but describes the response to 403"),
        "{found}"
    );
}

#[test]
fn examples_are_there_and_fit() {
    finds(
        ", example: { type: errors/x }",
        "",
        "application/json: missing-example: there is no example",
    );
    finds(
        "example: 3",
        "example: 10",
        "example: invalid-example: must be at most 9, and is 10",
    );
    finds(
        "name: Rex, kind: 1",
        "name: rex, kind: 1",
        "name: invalid-example: must match ^[A-Z], and is `rex`",
    );
    finds(
        "name: Rex, kind: 1",
        "name: Wuffer, kind: 1",
        "name: invalid-example: must have at most 5 characters, and has 6",
    );
    finds(
        "kind: 1",
        "kind: 3",
        "kind: invalid-example: must be one of 1, 2, and is 3",
    );
    finds(
        "kind: 1",
        "kind: '1'",
        "kind: invalid-example: is of the wrong type: \"1\"",
    );
    finds(
        "09:42:11.000Z'",
        "9:42'",
        "born: invalid-example: must be a time of RFC 3339 such as 2026-05-17T09:42:11.000Z, and is `2026-05-17T9:42`",
    );
    finds(
        "name: Rex, kind: 2",
        "kind: 2",
        "example: invalid-example: the field `name` is missing",
    );
    finds("{ city: Ulm }", "true", "");
    finds(
        "{ city: Ulm }",
        "3",
        "home: invalid-example: fits none of its forms (it is of the wrong type: 3)",
    );
    finds(
        "kind: 1",
        "kimd: 1",
        "kimd: unknown-example-field: the schema declares no field `kimd`",
    );
    finds(
        "city: Ulm",
        "city: Ulm, zip: 1",
        "zip: unknown-example-field: the schema declares no field `zip`",
    );
}

#[test]
fn a_waiver_lets_an_object_and_what_is_in_it_off_a_rule() {
    let wrong = "        '403': { $ref: '#/components/responses/Wrong' }\n";
    assert!(found(wrong, "").contains("missing-error"));
    let waived = "      responses:\n        x-lint-allow: [missing-error]\n";
    let text = GOOD.replace(wrong, "");
    let text = text.replacen("      responses:\n", waived, 1);
    let source = Source {
        name: "x.yaml",
        text: &text,
    };
    assert!(by_the_rules(&source, &Diagnostics::default()).is_empty());
    finds(
        "    Kind:\n",
        "    Kind:\n      x-lint-allow: [no-such-rule]\n",
        "no-such-rule] unknown-waiver: `x-lint-allow` is [\"no-such-rule\"], which is no list of rules",
    );
}

#[test]
fn what_the_generator_reports_is_reported_too_and_each_finding_says_what_to_do() {
    let text = GOOD.replace(
        "$ref: '#/components/schemas/Kind'",
        "$ref: '#/components/schemas/Kid'",
    );
    let found = lint(&Source {
        name: "x.yaml",
        text: &text,
    });
    let codes: Vec<&str> = found.iter().map(|finding| finding.code).collect();
    assert!(codes.contains(&"missing-schema"), "{found}");
    assert!(codes.contains(&"unused-component"), "{found}");
    assert!(
        found.iter().all(|finding| !finding.help.is_empty()),
        "{found}"
    );
    assert!(found.to_string().starts_with("x.yaml:36:"), "{found}");
}

#[test]
fn the_list_of_rules_has_each_of_them_once() {
    for rule in RULES {
        assert_eq!(
            list().matches(&format!("{}\n", rule.code.name)).count(),
            1,
            "{}",
            rule.code.name
        );
    }
}

#[test]
fn defaults_fit_their_schemas_and_patterns_are_regular_expressions() {
    // The generator sees the type and the values beside a default; more is seen here.
    for (old, new, expected) in [
        (
            "maximum: 9",
            "maximum: 9, default: 12",
            "default: unfit-default: must be at most 9, and is 12",
        ),
        (
            "$ref: '#/components/schemas/Kind'",
            "default: 7, description: X., allOf: [{ $ref: '#/components/schemas/Kind' }]",
            "default: unfit-default: must be one of 1, 2, and is 7",
        ),
        (
            "pattern: '^[A-Z]'",
            "pattern: '^[A-Z'",
            "'^[A-Z', invalid-pattern: the pattern is no regular expression: ",
        ),
    ] {
        let found = found(old, new);
        assert!(found.starts_with(expected), "{found}");
        assert_eq!(found.lines().count(), 1, "{found}");
    }
}

#[test]
fn nothing_is_reported_twice() {
    let folder = crate::workspace::root().join("tests/constructs/documents");
    let mut findings = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let found = lint(&Source {
            name: "x.yaml",
            text: &text,
        });
        let all: std::collections::BTreeSet<String> =
            found.iter().map(|finding| format!("{finding:?}")).collect();
        assert_eq!(all.len(), found.len(), "{found}");
        findings += found.len();
    }
    assert!(findings > 0);
    // Parts of a schema that say the same, and a field that two of them declare, each in part.
    let text = GOOD.replace(
        "        home:\n",
        "        more: { description: More., allOf: [{ required: [a, b], properties: { a: {}, b: {}, c: { properties: { x: {} } } } }, \
         { required: [a], properties: { c: { properties: { y: {} } } } }], example: { b: 1, c: { x: 1, y: 2 } } }\n        home:\n",
    );
    let found = lint(&Source {
        name: "x.yaml",
        text: &text,
    });
    let messages: Vec<&str> = found
        .iter()
        .map(|finding| finding.message.as_str())
        .collect();
    assert_eq!(
        messages
            .iter()
            .filter(|message| message.contains("`a` is missing"))
            .count(),
        1,
        "{found}"
    );
    assert!(
        !messages.iter().any(|message| message.contains("no field")),
        "{found}"
    );
    // A response that many share, with a schema that lists nothing, and a default that two rules might refuse.
    let text = GOOD.replace("properties: { type: { type: string, enum: [errors/x], x-enum-descriptions: [An x.] } }", "properties: {}").replace("maximum: 9", "maximum: 9, default: '3'");
    let found = lint(&Source {
        name: "x.yaml",
        text: &text,
    });
    let codes: Vec<&str> = found.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["invalid-default", "missing-error-types"], "{found}");
}
