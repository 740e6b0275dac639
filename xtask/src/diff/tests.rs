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
        let Change {
            effect,
            area,
            subject,
            what,
            ..
        } = change;
        format!("{effect:?} {}: {subject}: {what}", area.name())
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
        "Compatible field: `NewPet.nick`: added: string, optional",
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
        "Breaking field: `NewPet.nick`: added: string, required"
    );
    let new = "age: { type: integer }\n        born: { type: string, format: date-time }";
    let required = ("required: [id, ", "required: [born, id, ");
    assert_eq!(
        changed(&[(id, new), required]),
        "Compatible field: `Pet.born`: added: string (date-time), required"
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
        "Breaking field: `Pet.age`: is number, was integer",
    );
    // The Rust type follows the sign.
    becomes(
        (
            "age: { type: integer }",
            "age: { type: integer, minimum: 0 }",
        ),
        "Breaking field: `Pet.age`: is unsigned integer, was integer",
    );
    becomes(
        ("city: { type: string }", "city: { type: boolean }"),
        "Breaking field: `NewPet.owner.city`: is boolean, was string",
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
    becomes(
        ("enum: [cat, dog]", "enum: [cat, dog, cow]"),
        "Compatible value: `Kind`: `cow` added",
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
        "Breaking value: `Kind`: `cat` renamed\nBreaking value: `Kind`: `dog` renamed",
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
        "Compatible type: `Pet.home`: kind `Den` added",
    );
    becomes(
        (address, ""),
        "Breaking type: `Pet.home`: kind `Address` removed",
    );
    becomes(
        (&both, &format!("{number}{address}")),
        "Breaking type: `Pet.home`: its kinds stand in another order",
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
        "Breaking value: `addPet`, `limit`: default is `6`, was `5`",
    );
}

#[test]
fn a_changed_encoding_changes_the_wire() {
    becomes(
        ("owner: { style: deepObject, explode: true }", "owner: {}"),
        "Breaking encoding: `addPet`, body, `owner`: `explode` is not given, was `true`\n\
         Breaking encoding: `addPet`, body, `owner`: `style` is not given, was `deepObject`",
    );
    becomes(
        (
            "contentType: image/png",
            "contentType: 'image/png, image/gif'",
        ),
        "Compatible encoding: `addPet`, body, `photo`: `contentType` is `image/png, image/gif`, was `image/png`",
    );
    becomes(
        ("contentType: image/png", "contentType: image/gif"),
        "Breaking encoding: `addPet`, body, `photo`: `contentType` is `image/gif`, was `image/png`",
    );
    becomes(
        ("explode: false, ", ""),
        "Breaking encoding: `addPet`, `ids`: `explode` is true, was false",
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
        let parameter = |name| format!("{{ name: {name}, in: query, required: {required} }}");
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
            "  /cats: { get: { operationId: getCats, responses: {} } }\ncomponents:",
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
        "Breaking body: `getPets`, answer: is `Pet`, was array of `Pet`",
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
        "Compatible operation: `addPet`: status 400 is no longer documented\n\
         Compatible operation: `addPet`: status 409 is documented now\n\
         Compatible error type: `errors/name`: now also 409 of addPet; no longer 400 of addPet\n\
         Compatible error type: `errors/photo`: now also 409 of addPet; no longer 400 of addPet",
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
        "Compatible field: `Problem.title`: added: string, optional",
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
        "Compatible service: server `https://b.example`: added",
    );
    becomes(
        ("name: X-Key", "name: X-Token"),
        "Breaking service: security scheme `Key`: `name` is `\"X-Token\"`, was `\"X-Key\"`",
    );
    becomes(
        (
            "      operationId: getPets",
            "      operationId: getPets\n      security: []",
        ),
        "Compatible service: `getPets`: demands nothing, demanded `{\"Key\":[]}`",
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
        spec: "spec.yaml",
        package: "pets",
        base: "`1a2b3c`".to_owned(),
    };
    assert_eq!(
        show::markdown(&title, &log, &code),
        "\
# What changes in the API

`spec.yaml` compared with `1a2b3c`: **1 breaking change**, 1 compatible change, 1 description reworded.

## Breaking: code that uses the crate stops compiling, or means something else

| | Where | What | Why | Line |
| --- | --- | --- | --- | --- |
| value | `Kind` | `dog` removed | its variant goes, and code that names it stops compiling |  |

## Compatible

| | Where | What | Why | Line |
| --- | --- | --- | --- | --- |
| value | `Kind` | `cow` added | the enum is open: a variant more, and until now the value arrived as an unknown one | 54 |

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
