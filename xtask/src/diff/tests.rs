use super::*;

const BASE: &str = "\
openapi: 3.0.4
info: { title: Pets, version: '1' }
servers: [{ url: 'https://a.example' }]
security: [{ Key: [] }]
paths:
  /pets:
    post:
      operationId: addPet
      description: Adds.
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 9, default: 5 } }
        - { name: ids, in: query, explode: false, schema: { type: array, items: { type: string } } }
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: { $ref: '#/components/schemas/NewPet' }
            encoding:
              owner: { style: deepObject, explode: true }
              photo: { contentType: image/png }
      responses:
        '201': { description: Added., content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
        '400': { description: Wrong., content: { application/json: { schema: { $ref: '#/components/schemas/BadRequest' } } } }
    get:
      operationId: getPets
      responses:
        '200': { description: All., content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } } }
components:
  securitySchemes:
    Key: { type: apiKey, in: header, name: X-Key }
  schemas:
    NewPet:
      type: object
      required: [name]
      properties:
        name: { type: string, minLength: 1, description: Its name. }
        owner: { type: object, properties: { city: { type: string } } }
        photo: { type: string, format: binary }
        tags: { type: array, items: { type: string } }
    Pet:
      type: object
      required: [id, kind, tags]
      properties:
        id: { type: string, minLength: 1 }
        age: { type: integer }
        kind: { $ref: '#/components/schemas/Kind' }
        tags: { type: array, items: { type: string } }
        home:
          oneOf:
            - { title: Address, type: string }
            - { title: Number, type: integer }
    Kind:
      type: string
      enum: [cat, dog]
      x-enum-descriptions: [A cat., A dog.]
    Problem:
      type: object
      required: [type]
      properties: { type: { type: string } }
    BadRequest:
      allOf:
        - $ref: '#/components/schemas/Problem'
        - type: object
          properties:
            type:
              type: string
              enum: [errors/name, errors/photo]
              x-enum-descriptions: [The name is wrong., The photo is wrong.]
";

/// What is found when `old` becomes `new` in the document, a line for each change, wordings last.
#[track_caller]
fn changed(replacements: &[(&str, &str)]) -> String {
    let mut text = BASE.to_owned();
    for (old, new) in replacements {
        assert!(text.contains(old), "{old:?} is not in the document");
        text = text.replacen(old, new, 1);
    }
    between(BASE, &text)
}

fn between(old: &str, new: &str) -> String {
    let log = compare(
        &document("old", old).unwrap(),
        &document("new", new).unwrap(),
    );
    let lines = log.changes.iter().map(|change| {
        let Change { rule, what, .. } = change;
        format!(
            "{:?} {}: {}: {what}",
            rule.effect,
            rule.area,
            change.subject()
        )
    });
    let wordings = log
        .wordings
        .iter()
        .map(|subject| format!("reworded: {subject}"));
    lines.chain(wordings).collect::<Vec<_>>().join("\n")
}

use change::Change;

/// `becomes((old, new), expected)`.
#[track_caller]
fn becomes(replacement: (&str, &str), expected: &str) {
    assert_eq!(changed(&[replacement]), expected);
}

#[test]
fn a_document_does_not_differ_from_itself_and_comments_do_not_count() {
    becomes(("paths:", "# A comment.\npaths:"), "");
}

#[test]
fn a_new_field_is_breaking_only_where_every_request_has_to_give_it() {
    let (name, id) = ("name: { type: string, minL", "age: { type: integer }");
    becomes(
        (
            name,
            "nick: { type: string }\n        name: { type: string, minL",
        ),
        "Compatible field: `NewPet.nick`: added: `String`, optional",
    );
    let required = ("required: [name]", "required: [name, nick]");
    assert_eq!(
        changed(&[
            (
                name,
                "nick: { type: string }\n        name: { type: string, minL"
            ),
            required
        ]),
        "Breaking field: `NewPet.nick`: added: `String`, required"
    );
    let new = "age: { type: integer }\n        born: { type: string, format: date-time }";
    let required = ("required: [id, ", "required: [born, id, ");
    assert_eq!(
        changed(&[(id, new), required]),
        "Compatible field: `Pet.born`: added: `Timestamp`, required"
    );
}

#[test]
fn a_field_that_goes_or_changes_its_type_is_breaking() {
    becomes(
        ("        age: { type: integer }\n", ""),
        "Breaking field: `Pet.age`: removed",
    );
    becomes(
        ("age: { type: integer }", "age: { type: number }"),
        "Breaking field: `Pet.age`: is `f64`, was `i64`",
    );
    // The Rust type follows the sign.
    becomes(
        (
            "age: { type: integer }",
            "age: { type: integer, minimum: 0 }",
        ),
        "Breaking field: `Pet.age`: is `u64`, was `i64`",
    );
    becomes(
        ("city: { type: string }", "city: { type: boolean }"),
        "Breaking field: `NewPetOwner.city`: is `bool`, was `String`",
    );
}

#[test]
fn required_and_nullable_count_where_they_change_the_rust_type() {
    becomes(
        ("required: [id, kind, tags]", "required: [kind, tags]"),
        "Breaking field: `Pet.id`: optional, was required",
    );
    becomes(
        ("id: { type: string,", "id: { type: string, nullable: true,"),
        "Breaking field: `Pet.id`: may be null, could not",
    );
    // An `Option` it was before.
    becomes(
        (
            "age: { type: integer }",
            "age: { type: integer, nullable: true }",
        ),
        "Compatible field: `Pet.age`: may be null, could not",
    );
    // A list is a `Vec` either way; but a request without it is refused.
    becomes(
        ("required: [id, kind, tags]", "required: [id, kind]"),
        "Compatible field: `Pet.tags`: optional, was required",
    );
    becomes(
        ("required: [name]", "required: [name, tags]"),
        "Breaking field: `NewPet.tags`: required, was optional",
    );
}

#[test]
fn a_description_beside_a_reference_is_no_other_type() {
    becomes(
        (
            "kind: { $ref: '#/components/schemas/Kind' }",
            "kind: { description: Its kind., allOf: [{ $ref: '#/components/schemas/Kind' }] }",
        ),
        "reworded: `Pet.kind`",
    );
}

#[test]
fn enums_are_open_so_that_a_value_more_is_compatible_and_one_less_is_not() {
    let more = ("[A cat., A dog.]", "[A cat., A dog., A cow.]");
    assert_eq!(
        changed(&[("enum: [cat, dog]", "enum: [cat, dog, cow]"), more]),
        "Compatible value: `Kind`: `cow` added"
    );
    becomes(
        ("enum: [cat, dog]", "enum: [cat, cow]"),
        "Breaking value: `Kind`: `dog` removed\nCompatible value: `Kind`: `cow` added",
    );
    becomes(
        (
            "enum: [cat, dog]",
            "x-enum-varnames: [Cat, Hound]\n      enum: [cat, dog]",
        ),
        "Breaking value: `Kind`: `dog` is `Hound` in Rust, was `Dog`",
    );
    becomes(
        ("[A cat., A dog.]", "[A cat., A hound.]"),
        "reworded: `Kind`, `dog`",
    );
}

#[test]
fn a_union_may_have_more_kinds_but_not_fewer_and_not_in_another_order() {
    let (address, number) = (
        "            - { title: Address, type: string }\n",
        "            - { title: Number, type: integer }\n",
    );
    let both = format!("{address}{number}");
    becomes(
        (
            &both,
            &format!("{both}            - {{ title: Den, type: boolean }}\n"),
        ),
        "Compatible type: `PetHome`: variant `Den` added",
    );
    let three = BASE.replacen(
        &both,
        &format!("{both}            - {{ title: Den, type: boolean }}\n"),
        1,
    );
    assert_eq!(
        between(&three, &three.replacen(address, "", 1)),
        "Breaking type: `PetHome`: variant `Address` removed"
    );
    // Each value fits one of these alone, so that their order makes no difference.
    becomes((&both, &format!("{number}{address}")), "");
    let (near, far) = (
        "            - { title: Near, type: object, required: [street], properties: { street: { type: string } } }\n",
        "            - { title: Far, type: object, required: [land], properties: { land: { type: string } } }\n",
    );
    let old = BASE.replacen(&both, &format!("{near}{far}"), 1);
    let new = BASE.replacen(&both, &format!("{far}{near}"), 1);
    assert_eq!(
        between(&old, &new),
        "Breaking type: `PetHome`: its variants stand in another order"
    );
}

#[test]
fn a_limit_counts_for_what_is_sent_and_by_the_way_it_moves() {
    becomes(
        ("maximum: 9", "maximum: 8"),
        "Breaking bound: `addPet`, `limit`: `maximum` is `8`, was `9`",
    );
    becomes(
        ("maximum: 9", "maximum: 10"),
        "Compatible bound: `addPet`, `limit`: `maximum` is `10`, was `9`",
    );
    becomes(
        ("minLength: 1, description", "description"),
        "Compatible bound: `NewPet.name`: `minLength` is not given, was `1`",
    );
    becomes(
        (
            "id: { type: string, minLength: 1",
            "id: { type: string, minLength: 2",
        ),
        "Compatible bound: `Pet.id`: `minLength` is `2`, was `1`",
    );
    becomes(
        ("default: 5", "default: 6"),
        "Breaking value: `addPet`, `limit`: `default` is `6`, was `5`",
    );
}

#[test]
fn a_changed_encoding_changes_the_wire() {
    becomes(
        ("owner: { style: deepObject, explode: true }", "owner: {}"),
        "Breaking encoding: `addPet`, body, `owner`: is written in the style Json, was Deep",
    );
    becomes(
        (
            "contentType: image/png",
            "contentType: 'image/png, image/gif'",
        ),
        "Compatible encoding: `addPet`, body, `photo`: takes files of `image/png, image/gif`, was `image/png`",
    );
    becomes(
        ("contentType: image/png", "contentType: image/gif"),
        "Breaking encoding: `addPet`, body, `photo`: takes files of `image/gif`, was `image/png`",
    );
    becomes(
        ("explode: false, ", ""),
        "Breaking encoding: `addPet`, `ids`: is a pair for each value, was joined with `,`",
    );
    // The default, written out.
    becomes(
        ("in: query, explode", "in: query, style: form, explode"),
        "",
    );
    becomes(
        ("multipart/form-data:", "application/json:"),
        "Breaking body: `addPet`, body: is `application/json`, was `multipart/form-data`",
    );
}

#[test]
fn required_parameters_are_arguments_and_optional_ones_are_fields() {
    let limit = "        - { name: limit, in: query,";
    becomes(
        (
            limit,
            "        - { name: sort, in: query, schema: { type: string } }\n        - { name: limit, in: query,",
        ),
        "Compatible parameter: `addPet`, `sort`: added to the query, optional",
    );
    becomes(
        (limit, "        - { name: limit, required: true, in: query,"),
        "Breaking parameter: `addPet`, `limit`: required, was optional",
    );
    becomes(
        ("name: ids, in: query", "name: id, in: query"),
        "Breaking parameter: `addPet`, `ids`: removed\n\
         Compatible parameter: `addPet`, `id`: added to the query, optional",
    );
    becomes(
        (
            limit,
            "        - { name: sort, in: query, required: true, schema: { type: string } }\n        - { name: limit, in: query,",
        ),
        "Breaking parameter: `addPet`, `sort`: added to the query, required",
    );
    becomes(
        (
            "operationId: getPets",
            "operationId: getPets\n      parameters: [{ name: sort, in: query, schema: { type: string } }]",
        ),
        "Breaking parameter: `getPets`, `sort`: added to the query, optional",
    );
}

#[test]
fn the_order_of_parameters_matters_among_the_required_ones() {
    let parameters = |required: bool, names: [&str; 2]| {
        let parameter = |name| {
            format!(
                "{{ name: {name}, in: query, required: {required}, schema: {{ type: string }} }}"
            )
        };
        let list = names.map(parameter).join(", ");
        let with = format!("operationId: getPets\n      parameters: [{list}]");
        BASE.replacen("operationId: getPets", &with, 1)
    };
    let swapped = |required| {
        let old = parameters(required, ["one", "two"]);
        between(&old, &parameters(required, ["two", "one"]))
    };
    assert_eq!(
        swapped(true),
        "Breaking parameter: `getPets`: the required parameters stand in another order"
    );
    assert_eq!(swapped(false), "");
}

#[test]
fn operations_come_go_move_and_are_renamed() {
    becomes(
        ("operationId: getPets", "operationId: listPets"),
        "Breaking operation: `listPets`: renamed from `getPets`",
    );
    becomes(
        ("    get:\n", "    put:\n"),
        "Breaking operation: `getPets`: now sends `PUT /pets`, formerly `GET /pets`",
    );
    becomes(
        (
            "components:",
            "  /cats: { get: { operationId: getCats, responses: { '200': { description: All. } } } }\ncomponents:",
        ),
        "Compatible operation: `getCats`: added: `GET /cats`",
    );
    becomes(
        (
            "        '200': { description: All.",
            "        '200': { description: Every one.",
        ),
        "reworded: `getPets`, 200",
    );
    becomes(
        (
            "schema: { type: array, items: { $ref: '#/components/schemas/Pet' } }",
            "schema: { $ref: '#/components/schemas/Pet' }",
        ),
        "Breaking body: `getPets`, response: returns `Pet`, was `Vec<Pet>`",
    );
}

#[test]
fn error_types_are_a_catalogue_of_places_and_meanings() {
    becomes(
        (
            "enum: [errors/name, errors/photo]",
            "enum: [errors/name, errors/owner]",
        ),
        "Breaking error type: `errors/photo`: removed: 400 of addPet\n\
         Compatible error type: `errors/owner`: added: 400 of addPet",
    );
    becomes(
        ("        '400'", "        '409'"),
        "Compatible operation: `addPet`: 409 is documented now; 400 is no longer documented\n\
         Compatible error type: `addPet`: now documents 2 error types: `errors/name` (409), `errors/photo` (409); \
         no longer documents 2 error types: `errors/name` (400), `errors/photo` (400)",
    );
    becomes(
        ("The name is wrong.", "It has no such name."),
        "reworded: error type `errors/name`",
    );
    becomes(
        (
            "properties: { type: { type: string } }",
            "properties: { type: { type: string }, title: { type: string } }",
        ),
        "Compatible field: `Problem.title`: added: `String`, optional",
    );
}

#[test]
fn addresses_and_credentials_are_part_of_the_wire() {
    becomes(
        ("https://a.example", "https://b.example"),
        "Breaking service: the default server: is `https://b.example`, was `https://a.example`",
    );
    becomes(
        (
            "[{ url: 'https://a.example' }]",
            "[{ url: 'https://a.example' }, { url: 'https://b.example' }]",
        ),
        "Compatible service: `B_EXAMPLE_BASE_URL`: added: `https://b.example`",
    );
    becomes(
        ("name: X-Key", "name: X-Token"),
        "Breaking service: security scheme `Key`: sent as the header `x-token`, was the header `x-key`",
    );
    becomes(
        (
            "      operationId: getPets",
            "      operationId: getPets\n      security: []",
        ),
        "Breaking service: `getPets`: demands nothing, demanded `Key`",
    );
}

#[test]
fn markdown_has_the_breaking_changes_first_and_the_lines_to_look_at() {
    let new = BASE
        .replace("enum: [cat, dog]", "enum: [cat, cow]")
        .replace("Its name.", "A name.");
    let log = compare(
        &document("old", BASE).unwrap(),
        &document("new", &new).unwrap(),
    );
    let file = |text: &str| [("enums.rs".to_owned(), text.to_owned())].into();
    let code = Code::new(
        file("pub enum Kind { Cat, Dog }\n"),
        file("pub enum Kind { Cat, Cow }\n"),
    )
    .unwrap();
    let title = Title {
        spec: "spec.yaml".to_owned(),
        former: "old.yaml".to_owned(),
        package: "pets",
        base: "`1a2b3c`".to_owned(),
        release: None,
        root: Default::default(),
    };
    assert_eq!(
        show::markdown(&title, &log, &code),
        "\
# What changes in the API

`spec.yaml` compared with `1a2b3c`: **1 breaking change**, 1 compatible change, 1 description reworded.

## Breaking: code that uses the crate stops compiling, or means something else

| | Where | What | Why | Rule | Before | Now |
| --- | --- | --- | --- | --- | --- | --- |
| value | `Kind`, in addPet, getPets | `dog` removed | its variant goes, and code that names it stops compiling | `value-removed` | old.yaml:54 | spec.yaml:52 |

## Compatible

| | Where | What | Why | Rule | Before | Now |
| --- | --- | --- | --- | --- | --- | --- |
| value | `Kind`, in addPet, getPets | `cow` added | the enum is open: a variant more, and until now the value arrived as an unknown one | `value-added` | old.yaml:52 | spec.yaml:54 |

## Descriptions

1 reworded: `NewPet.name`.

## Public API of pets

```diff
  enum enums::Kind
-     Dog
+     Cow
```

## Generated code

1 file, +1 -1; now 1 line in 1 file.

```text
  enums.rs  +1 -1            1 lines
```
"
    );
    let json: serde_json::Value = serde_json::from_str(&show::json(&title, &log, &code)).unwrap();
    assert_eq!(json["breaking"][0]["where"], "Kind");
    assert_eq!(json["compatible"][0]["line"], 54);
    assert_eq!(json["reworded"][0], "`NewPet.name`");
    assert_eq!(json["public_api"].as_array().unwrap().len(), 3);
    assert_eq!(json["generated"]["lines"], 1);
}

#[test]
fn lines_that_the_api_lost_without_a_break_are_explained() {
    // A path parameter with another name: the argument is another word.
    let base = orders();
    let renamed = base.replace("/orders/{id}", "/orders/{number}").replacen(
        "name: id, in: path",
        "name: number, in: path",
        1,
    );
    let log = compare(
        &document("old", &base).unwrap(),
        &document("new", &renamed).unwrap(),
    );
    let file = |text: &str| [("client.rs".to_owned(), text.to_owned())].into();
    let client = "pub struct Client; impl Client { pub fn put_order(&self, id: &str) {} pub fn other(&self) {} }";
    let code = Code::new(
        file(client),
        file(&client.replace("id:", "number:").replace("other", "another")),
    )
    .unwrap();
    let title = Title {
        spec: "spec.yaml".to_owned(),
        former: "old.yaml".to_owned(),
        package: "pets",
        base: String::new(),
        release: None,
        root: Default::default(),
    };
    let text = show::markdown(&title, &log, &code);
    let reasons = "Lines are removed, and nothing is breaking:\n\n- `fn put_order(&self, id: &str)`: \
                   `path-parameter-renamed` at `putOrder`, `number`: arguments are given by position, and the name is not sent\n\
                   - `fn other(&self)`: no change of the document concerns it; it comes from a change of the generator";
    assert!(text.contains(reasons), "{text}");
}

/// The effect of each rule that applies when `old` becomes `new` in the document.
#[track_caller]
fn rules_of(replacements: &[(&str, &str)]) -> Vec<&'static str> {
    let mut text = BASE.to_owned();
    for (old, new) in replacements {
        assert!(text.contains(old), "{old:?} is not in the document");
        text = text.replacen(old, new, 1);
    }
    rules_between(BASE, &text)
}

fn rules_between(old: &str, new: &str) -> Vec<&'static str> {
    let log = compare(
        &document("old", old).unwrap(),
        &document("new", new).unwrap(),
    );
    log.changes.iter().map(|change| change.rule.id).collect()
}

/// A component that nothing refers to, an enum, a union and a struct that callers build, for `with`.
const MORE: &str = "
    Event:
      type: object
      properties: { at: { type: string } }
    Order:
      type: object
      required: [pet]
      properties:
        pet: { type: string }
        status: { type: string, enum: [open, done] }
";

const ORDERS: &str = "  /orders/{id}:
    put:
      operationId: putOrder
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: X-Trace, in: header, schema: { type: string } }
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } }
      responses:
        '200': { description: Done., content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
        '400': { description: Wrong., content: { application/json: { schema: { $ref: '#/components/schemas/BadRequest' } } } }
components:
";

fn orders() -> String {
    BASE.replacen("components:\n", ORDERS, 1) + MORE.trim_start_matches('\n')
}

/// The rules for one replacement in the document with orders.
#[track_caller]
fn ordered(old: &str, new: &str) -> Vec<&'static str> {
    let base = orders();
    assert!(base.contains(old), "{old:?} is not in the document");
    rules_between(&base, &base.replacen(old, new, 1))
}

#[test]
fn security_that_goes_takes_the_credentials_with_it() {
    let removed = rules_of(&[("security: [{ Key: [] }]\n", "")]);
    assert!(removed.contains(&"credential-removed"), "{removed:?}");
    let empty = rules_of(&[("security: [{ Key: [] }]\n", "security: []\n")]);
    assert!(empty.contains(&"credential-removed"), "{empty:?}");
}

#[test]
fn an_optional_or_alternative_credential_breaks_nobody() {
    let key = "security: [{ Key: [] }]";
    let optional = rules_of(&[(key, "security: [{ Key: [] }, {}]")]);
    assert_eq!(optional, ["security-looser"]);
    let other = "Key: { type: apiKey, in: header, name: X-Key }";
    let both = format!("{other}\n    Token: {{ type: http, scheme: bearer }}");
    let alternative = rules_of(&[
        (key, "security: [{ Key: [] }, { Token: [] }]"),
        (other, &both),
    ]);
    assert_eq!(alternative, ["credential-added", "security-looser"]);
    let together = rules_of(&[(key, "security: [{ Key: [], Token: [] }]"), (other, &both)]);
    assert!(together.contains(&"security-stricter"), "{together:?}");
}

#[test]
fn a_success_with_a_schema_of_its_own_changes_what_the_method_returns() {
    let added = "        '202': { description: Later., content: { application/json: { schema: { type: object, properties: { job: { type: string } } } } } }\n        '201'";
    let rules = rules_of(&[("        '201'", added)]);
    assert!(rules.contains(&"success-type-changed"), "{rules:?}");
    let empty = rules_of(&[(
        "        '201'",
        "        '204': { description: No. }\n        '201'",
    )]);
    assert!(empty.contains(&"success-type-changed"), "{empty:?}");
    let base = BASE.replacen("        '201'", added, 1);
    let other = base.replacen("job: { type: string }", "job: { type: boolean }", 1);
    assert_eq!(rules_between(&base, &other), ["field-type-changed"]);
    assert!(rules_between(&base, BASE).contains(&"success-type-changed"));
}

#[test]
fn an_error_status_with_another_envelope_changes_the_type_of_errors() {
    for status in ["'401'", "default"] {
        let added = format!(
            "        {status}: {{ description: No., content: {{ application/json: {{ schema: {{ type: object, properties: {{ no: {{ type: string }} }} }} }} }} }}\n        '400'"
        );
        let rules = rules_of(&[("        '400'", &added)]);
        assert!(rules.contains(&"error-type-changed"), "{rules:?}");
    }
}

#[test]
fn a_component_that_nothing_refers_to_has_a_type_all_the_same() {
    let event = "    Event:\n      type: object\n      properties: { at: { type: string } }\n";
    assert_eq!(ordered(event, ""), ["type-removed"]);
    assert_eq!(
        ordered("at: { type: string }", "at: { type: integer }"),
        ["field-type-changed"]
    );
    assert_eq!(
        ordered("    Event:\n", "    Happening:\n"),
        ["type-removed", "type-added"]
    );
}

#[test]
fn servers_count_with_their_defaults_and_wherever_they_stand() {
    let server = |default: &str| {
        let variable = format!(
            "servers: [{{ url: 'https://{{host}}', variables: {{ host: {{ default: {default} }} }} }}]"
        );
        BASE.replacen("servers: [{ url: 'https://a.example' }]", &variable, 1)
    };
    assert_eq!(
        rules_between(&server("a"), &server("b")),
        ["server-default-changed"]
    );
    let own = "  /pets:\n    servers: [{ url: 'https://b.example' }]\n";
    assert_eq!(
        rules_of(&[("  /pets:\n", own)]),
        ["operation-servers-changed"; 2]
    );
}

#[test]
fn the_order_of_parts_is_the_order_on_the_wire() {
    let photo = "        photo: { type: string, format: binary }\n";
    let name = "        name: { type: string, minLength: 1, description: Its name. }\n";
    let swapped = [(photo, ""), (name, &format!("{photo}{name}"))];
    assert_eq!(rules_of(&swapped), ["form-order-changed"]);
    // Of JSON it is not.
    assert!(
        rules_of(&[
            ("        age: { type: integer }\n", ""),
            (
                "        id: {",
                "        age: { type: integer }\n        id: {"
            ),
        ])
        .is_empty()
    );
}

#[test]
fn an_optional_field_breaks_literals_of_structs_without_a_default() {
    let pet = "        pet: { type: string }\n";
    let more = format!("{pet}        note: {{ type: string }}\n");
    assert_eq!(ordered(pet, &more), ["field-added-without-default"]);
    let base = orders().replacen("      required: [pet]\n", "", 1);
    let rules = rules_between(&base, &base.replacen(pet, &more, 1));
    assert_eq!(rules, ["field-added"]);
}

#[test]
fn what_is_written_in_another_way_is_no_change() {
    for (old, new) in [
        ("name: X-Trace, in: header", "name: x-trace, in: header"),
        ("in: header, schema", "in: header, style: simple, schema"),
        (
            "{ type: array, items: { type: string } }",
            "{ type: array, minItems: 0, items: { type: string } }",
        ),
        (
            "    Order:\n      type: object",
            "    Order:\n      title: An order\n      type: object",
        ),
        ("https://a.example", "https://a.example/"),
        ("maximum: 9", "maximum: 9.0"),
        (
            "in: header, schema: { type",
            "in: header, explode: true, schema: { type",
        ),
        (
            "status: { type: string, enum: [open, done] }",
            "status: { $ref: '#/components/schemas/OrderStatus' }\n    OrderStatus: { type: string, enum: [open, done] }",
        ),
        (
            "      properties: { at: { type: string } }",
            "      allOf: [{ $ref: '#/components/schemas/Base' }]\n    Base: { type: object, properties: { at: { type: string } } }",
        ),
    ] {
        assert_eq!(ordered(old, new), [""; 0], "{old}");
    }
    // A format that changes no type is worth a word, and no more.
    becomes(
        (
            "city: { type: string }",
            "city: { type: string, format: city }",
        ),
        "reworded: `NewPetOwner.city`",
    );
}

#[test]
fn a_component_that_rust_never_sees_may_be_renamed() {
    let base = orders().replacen(
        "pet: { type: string }",
        "pet: { $ref: '#/components/schemas/PetId' }",
        1,
    ) + "    PetId: { type: string, maxLength: 9 }\n";
    assert_eq!(
        rules_between(&base, &base.replace("PetId", "Number")),
        [""; 0]
    );
}

#[test]
fn a_security_scheme_is_known_by_its_name_in_rust() {
    assert_eq!(
        rules_of(&[("[{ Key: [] }]", "[{ KEY: [] }]"), ("    Key:", "    KEY:")]),
        [""; 0]
    );
}

#[test]
fn one_value_in_a_cookie_looks_the_same_in_all_styles() {
    let cookie = |explode: bool| {
        let cookie =
            format!("{{ name: at, in: cookie, explode: {explode}, schema: {{ type: string }} }}");
        orders().replacen(
            "{ name: X-Trace, in: header, schema: { type: string } }",
            &cookie,
            1,
        )
    };
    assert_eq!(rules_between(&cookie(true), &cookie(false)), [""; 0]);
}

#[test]
fn a_path_parameter_may_be_called_differently() {
    let base = orders();
    let renamed = base.replace("/orders/{id}", "/orders/{number}").replacen(
        "name: id, in: path",
        "name: number, in: path",
        1,
    );
    assert_eq!(rules_between(&base, &renamed), ["path-parameter-renamed"]);
}

#[test]
fn what_keeps_its_name_in_rust_alone_changes_the_wire() {
    let name = ordered("        pet: {", "        Pet: {");
    assert!(name.contains(&"field-wire-name-changed"), "{name:?}");
    assert_eq!(
        ordered("[open, done]", "[OPEN, done]"),
        ["value-wire-changed"]
    );
}

#[test]
fn a_renamed_operation_or_type_is_one_line() {
    assert_eq!(
        ordered("operationId: putOrder", "operationId: setOrder"),
        ["operation-renamed"]
    );
    let base = orders();
    assert_eq!(
        rules_between(
            &base,
            &base
                .replace("Order", "Purchase")
                .replace("putPurchase", "putOrder")
        ),
        ["type-renamed"]
    );
}

#[test]
fn tags_count_where_there_may_be_a_feature_for_each() {
    let tagged = |count: usize, first: &str| {
        let operations = (0..count).map(|number| {
            let tag = if number == 0 { first } else { &format!("t{number}") };
            format!("  /{number}: {{ get: {{ operationId: get{number}, tags: [{tag}], responses: {{ '204': {{ description: Done. }} }} }} }}\n")
        });
        let operations = operations.collect::<String>() + "components:\n";
        BASE.replacen("components:\n", &operations, 1)
    };
    assert_eq!(
        rules_between(&tagged(6, "a"), &tagged(6, "b")),
        ["operation-tag-changed"]
    );
    assert_eq!(rules_between(&tagged(5, "a"), &tagged(5, "b")), [""; 0]);
}

#[test]
fn a_new_operation_has_one_line_for_its_errors() {
    let rules = rules_between(
        &(BASE.to_owned() + MORE.trim_start_matches('\n')),
        &orders(),
    );
    assert_eq!(rules, ["operation-added", "error-places-changed"]);
}

#[test]
fn union_variants_are_paired_by_their_names_in_rust_or_their_tags() {
    let union = |branches: &str| {
        format!(
            "{BASE}    Shape:\n      oneOf: [{branches}]\n      discriminator: {{ propertyName: kind }}\n"
        )
    };
    let branch = |tag: &str, field: &str| {
        format!(
            "{{ title: {tag}, type: object, required: [kind], properties: {{ kind: {{ type: string, enum: [{tag}] }}, {field}: {{ type: string }} }} }}"
        )
    };
    let two = format!("{}, {}", branch("a", "x"), branch("b", "x"));
    let three = format!("{two}, {}", branch("c", "x"));
    assert_eq!(
        rules_between(&union(&two), &union(&three)),
        ["type-added", "variant-added"]
    );
}

#[test]
fn what_becomes_of_lists_and_null_in_a_json_body_shows_in_rust() {
    let base = orders().replacen(
        "        pet: { type: string }\n",
        "        pet: { type: string }\n        tags: { type: array, items: { type: string } }\n",
        1,
    );
    // `Option<Vec<_>>` and `Vec<_>`.
    let required = base.replacen("required: [pet]", "required: [pet, tags]", 1);
    let rules = ["field-optionality-changed"];
    assert_eq!(rules_between(&base, &required), rules);
    assert_eq!(rules_between(&required, &base), rules);
    // `Option<_>` and `Option<Option<_>>`.
    let nullable = base.replacen("enum: [open", "nullable: true, enum: [open", 1);
    assert_eq!(rules_between(&base, &nullable), rules);
}

#[test]
fn a_type_that_is_sent_for_the_first_time_breaks_those_who_read_it() {
    let send = |name: &str| {
        let schema = format!("schema: {{ $ref: '#/components/schemas/{name}' }}");
        let operation = format!(
            "  /sent: {{ post: {{ operationId: sendIt, requestBody: {{ required: true, content: {{ application/json: {{ {schema} }} }} }}, responses: {{ '204': {{ description: Done. }} }} }} }}\ncomponents:\n"
        );
        changed(&[("components:\n", &operation)])
    };
    assert_eq!(
        send("Pet"),
        "Breaking field: `Pet.home`, `Pet.tags`: its struct is sent as JSON, was received, and never sent\n\
         Compatible operation: `sendIt`: added: `POST /sent`"
    );
    // Of what it holds nothing changes in Rust.
    assert_eq!(
        send("Problem"),
        "Compatible operation: `sendIt`: added: `POST /sent`"
    );
}

#[test]
fn the_fields_of_a_page_are_held_differently_from_those_of_a_record() {
    let page = |fields: &str| {
        let list = "type: array, items: { $ref: '#/components/schemas/Pet' }";
        let page = format!(
            "type: object, properties: {{ pets: {{ {list} }}, total: {{ type: integer }}{fields} }}"
        );
        BASE.replacen(list, &page, 1)
    };
    assert_eq!(
        between(&page(""), &page(", id: { type: string }")),
        "Breaking field: `GetPetsResponse.total`: its struct is received, and never sent, was received as a page of records\n\
         Compatible field: `GetPetsResponse.id`: added: `String`, optional"
    );
}

#[test]
fn a_box_shows_in_rust() {
    let base = orders().replacen(
        "        pet: { type: string }\n",
        "        pet: { type: string }\n        place: { $ref: '#/components/schemas/Place' }\n",
        1,
    ) + "    Place: { type: object, properties: { town: { type: string } } }\n";
    let whole = base.replacen(
        "town: { type: string } } }\n",
        "town: { type: string }, order: { $ref: '#/components/schemas/Order' } } }\n",
        1,
    );
    assert_eq!(
        rules_between(&base, &whole),
        ["field-held-differently", "field-added"]
    );
}

#[test]
fn undeclared_members_come_and_go_as_fields_do() {
    let extra = |name: &str| {
        let old = format!("    {name}:\n      type: object\n");
        ordered(
            &old,
            &format!("{old}      additionalProperties: {{ type: string }}\n"),
        )
    };
    assert_eq!(extra("Pet"), ["field-received-added"]);
    assert_eq!(extra("Order"), ["field-added-without-default"]);
}

#[test]
fn a_body_may_come_to_be_of_more_kinds() {
    let json = "        content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } }\n      responses";
    let content = |more: &str| {
        format!(
            "        content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Order' }} }}{more} }}\n      responses"
        )
    };
    let text = content(", text/plain: { schema: { type: string } }");
    // What is given by itself turns into one of them.
    assert_eq!(ordered(json, &text), ["body-kind-added"]);
    let base = orders().replacen(json, &text, 1);
    let three = content(", text/plain: { schema: { type: string } }, text/csv: {}");
    let three = orders().replacen(json, &three, 1);
    // Two kinds of bytes do not turn into a body by themselves.
    assert_eq!(
        rules_between(&base, &three),
        ["body-given-differently", "body-kind-added"]
    );
    assert_eq!(rules_between(&three, &base), ["body-kind-removed"]);
    // An optional one is an `Option` of them.
    let optional = |text: &str| {
        text.replacen(
            "        required: true\n        content: { application/json",
            "        content: { application/json",
            1,
        )
    };
    assert_eq!(
        rules_between(&optional(&orders()), &optional(&base)),
        ["body-given-differently", "body-kind-added"]
    );
}

#[test]
fn constants_of_servers_are_known_by_their_names() {
    let servers = |more: &str| {
        let servers = format!("[{{ url: 'https://a.example' }}, {more}]");
        BASE.replacen("[{ url: 'https://a.example' }]", &servers, 1)
    };
    let (one, two) = (
        "{ url: 'https://b.example/one' }",
        "{ url: 'https://b.example/two' }",
    );
    // `B_EXAMPLE_BASE_URL` is the second, and the first has another name.
    assert_eq!(
        rules_between(&servers(one), &servers(&format!("{two}, {one}"))),
        ["server-changed", "server-added"]
    );
    assert_eq!(
        between(&servers("{ url: /one }"), &servers("{ url: /two }")),
        "reworded: servers"
    );
}

#[test]
fn a_query_in_the_path_is_sent() {
    assert_eq!(
        changed(&[("  /pets:", "  /pets?beta=true:")]),
        "Breaking operation: `addPet`: now sends `POST /pets?beta=true`, formerly `POST /pets`\n\
         Breaking operation: `getPets`: now sends `GET /pets?beta=true`, formerly `GET /pets`"
    );
}

#[test]
fn no_document_differs_from_itself() {
    let folder = crate::workspace::root().join("tests/constructs/documents");
    let mut compared = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let ir = document("it", &text).unwrap();
        let log = compare(&ir, &ir);
        assert!(
            log.changes.is_empty(),
            "{}: {:?}",
            path.display(),
            log.changes
        );
        assert!(
            log.wordings.is_empty(),
            "{}: {:?}",
            path.display(),
            log.wordings
        );
        compared += 1;
    }
    assert!(compared > 0);
}

#[test]
fn every_rule_can_be_explained() {
    for rule in rules::ALL {
        assert!(explain(rule.id).unwrap().contains(rule.why));
        let same = rules::ALL.iter().filter(|other| other.id == rule.id);
        assert_eq!(same.count(), 1, "{}", rule.id);
    }
    assert!(explain("no-rule").is_err());
}
