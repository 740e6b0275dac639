//! What things are called: by where they stand, so that another operation renames nothing, wherever it is inserted.

use std::{collections::BTreeSet, fs, path::Path};

use postpress_codegen::{
    Settings, Source,
    ir::{BodyKind, Payload, Type, TypeKind, named},
    read,
};
use postpress_openapi::{Diagnostics, Document};

/// What public documents are like: operations without an id, or with that of another, and inline schemas that several share.
const PUBLIC: &str = "\
openapi: 3.0.4
info: {title: Public, version: '1'}
paths:
  /alerts:
    get:
      operationId: alerts/list
      tags: [alerts]
      parameters: [{$ref: '#/components/parameters/direction'}, {name: sort, in: query, schema: {type: string, enum: [a, b]}}]
      responses:
        '200': {$ref: '#/components/responses/alert-list'}
        '404': {$ref: '#/components/responses/missing'}
  /repos/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: view, in: query, schema: {type: string, enum: [full, short]}}
    get:
      operationId: repos
      parameters: [{$ref: '#/components/parameters/direction'}, {name: sort, in: query, schema: {type: string, enum: [a, b]}}]
      responses: {'200': {description: D, content: {application/json: {schema: {$ref: '#/components/schemas/Dog'}}}}}
    put:
      requestBody: {$ref: '#/components/requestBodies/repo'}
      responses: {'200': {description: D, content: {application/json: {schema: {$ref: '#/components/schemas/Animal'}}}}}
    post:
      requestBody: {$ref: '#/components/requestBodies/repo'}
      responses: {'204': {description: D}}
  /repos/{id}/owner:
    get:
      operationId: repos
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200': {description: D, content: {application/json: {schema: {title: Owner, type: object, properties: {kind: {type: string, enum: [x]}}}}}}
  /repos/{id}/team:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200': {description: D, content: {application/json: {schema: {title: Owner, type: object, properties: {kind: {type: string, enum: [x]}}}}}}
  /upload/a:
    post:
      operationId: uploadA
      requestBody:
        content: {multipart/form-data: {schema: {$ref: '#/components/schemas/Upload'}, encoding: {meta: {contentType: text/plain}}}}
      responses: {'204': {description: D}}
  /upload/of/b:
    post:
      operationId: uploadB
      requestBody: {content: {multipart/form-data: {schema: {$ref: '#/components/schemas/Upload'}}}}
      responses: {'204': {description: D}}
components:
  parameters:
    direction: {name: direction, in: query, schema: {type: string, enum: [asc, desc]}}
  requestBodies:
    repo: {content: {application/json: {schema: {type: object, properties: {mode: {type: string, enum: [r, w]}}}}}}
  responses:
    missing: {description: D, content: {application/json: {schema: {type: object, properties: {why: {type: string, enum: [gone]}}}}}}
    alert-list:
      description: D
      content: {application/json: {schema: {type: array, items: {type: object, properties: {state: {type: string, enum: [open]}}}}}}
  schemas:
    Dog: {allOf: [{$ref: '#/components/schemas/Animal'}, {type: object, properties: {size: {type: string, enum: [s, l]}}}]}
    Animal: {type: object, properties: {kind: {type: string, enum: [cat, dog]}, home: {type: object, properties: {at: {type: string, enum: [sea]}}}}}
    Upload: {type: object, required: [file], properties: {file: {type: string, format: binary}, meta: {type: string}}}
";

/// What operations, types and fields are called, each with its place or type.
fn names(text: &str) -> BTreeSet<String> {
    let source = Source {
        name: "x.yaml",
        text,
    };
    let ir = read(&source, &Settings::default()).unwrap_or_else(|found| panic!("{found}\n{text}"));
    let type_name = |ty: &Type| named(ty).map_or("-", |id| &ir.types[id].name);
    let types = ir.types.iter().flat_map(|ty| {
        let fields = match &ty.kind {
            TypeKind::Struct(object) => object.fields.as_slice(),
            _ => &[],
        };
        let fields = fields.iter().map(|field| {
            let field_type = type_name(&field.ty);
            format!("{}.{}: {field_type}", ty.name, field.rust)
        });
        fields.chain([format!("{} is {}", ty.origin.pointer, ty.name)])
    });
    let operations = ir.operations.iter().flat_map(|operation| {
        let name = &operation.function;
        let place = format!("{} {} is {name}", operation.method, operation.path);
        let success = match &operation.success {
            Payload::Json(ty) => type_name(ty),
            _ => "-",
        };
        let body = match operation.body.as_ref().and_then(|body| body.kinds.first()) {
            Some(BodyKind::Json(ty, _)) => type_name(ty),
            Some(BodyKind::Form(form)) => &ir.types[form.root].name,
            _ => "-",
        };
        let error = operation.error.as_ref().map_or("-", type_name);
        let parameters = operation.parameters.iter();
        let parameters = parameters.map(move |parameter| {
            format!("{name}({}: {})", parameter.rust, type_name(&parameter.ty))
        });
        parameters.chain([place, format!("{name}: {body} -> {success}, {error}")])
    });
    types.chain(operations).collect()
}

/// An operation that uses all that is there to be shared.
fn everything(text: &str) -> String {
    let source = Source {
        name: "x.yaml",
        text,
    };
    let document = Document::parse(&source, &mut Diagnostics::default()).unwrap();
    let reference =
        |section: &str, name: &str| format!("{{$ref: '#/components/{section}/{name}'}}");
    let parameters = document.components("parameters");
    let parameters = parameters.filter(|(_, at)| at.text("in") != Some("path"));
    let parameters: Vec<_> = parameters
        .map(|(name, _)| reference("parameters", name))
        .collect();
    let schemas = document.components("schemas").enumerate();
    let schemas: Vec<_> = schemas
        .map(|(number, (name, _))| format!("p{number}: {}", reference("schemas", name)))
        .collect();
    let responses = document.components("responses").enumerate();
    let responses: String = responses
        .map(|(number, (name, _))| format!(", '4{number:02}': {}", reference("responses", name)))
        .collect();
    format!(
        "  /inserted/with/a/long/path:\n    get:\n      operationId: inserted\n      tags: [inserted]\n      parameters: [{}]\n      \
         responses: {{'200': {{description: D, content: {{application/json: {{schema: {{type: object, properties: {{{}}}}}}}}}}}{responses}}}\n",
        parameters.join(", "),
        schemas.join(", "),
    )
}

#[test]
fn another_operation_renames_nothing_wherever_it_is_inserted() {
    let documents = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/constructs/documents");
    let mut texts = vec![PUBLIC.to_owned()];
    for entry in fs::read_dir(documents).unwrap() {
        texts.push(fs::read_to_string(entry.unwrap().path()).unwrap());
    }
    let is_path = |line: &str| line.starts_with("  /") || line.starts_with("  '/");
    let mut tried = 0;
    for text in texts {
        let lines: Vec<&str> = text.lines().collect();
        let paths: Vec<usize> = (0..lines.len())
            .filter(|line| is_path(lines[*line]))
            .collect();
        let (Some(first), Some(last)) = (paths.first(), paths.last()) else {
            continue;
        };
        let mut after = lines.iter().enumerate().skip(last + 1);
        let end = after.find(|(_, line)| line.starts_with(char::is_alphabetic));
        let end = end.map_or(lines.len(), |(end, _)| end);
        let insert = |at: usize, what: &str| {
            let (before, after) = lines.split_at(at);
            format!("{}\n{what}{}\n", before.join("\n"), after.join("\n"))
        };
        let before = names(&text);
        let everything = everything(&text);
        let mut changed: Vec<String> = [*first, paths[paths.len() / 2], end]
            .map(|at| insert(at, &everything))
            .into();
        // Within each path, before its other operations.
        let another_key = "    options:";
        let another = "    options: {responses: {'204': {description: D}}}\n";
        let open = paths
            .iter()
            .filter(|path| lines[**path].ends_with(':') && !text.contains(another_key));
        changed.extend(open.map(|path| insert(path + 1, another)));
        for changed in changed {
            let after = names(&changed);
            let lost: Vec<&String> = before.difference(&after).collect();
            assert!(lost.is_empty(), "{lost:#?} in\n{changed}");
            tried += 1;
        }
    }
    assert!(tried > 100, "{tried}");
}

#[test]
fn an_operation_with_the_id_of_several_others_renames_none_of_them() {
    let before = names(PUBLIC);
    let operation = "    get: {operationId: repos, responses: {'204': {description: D}}}\n";
    let changed = PUBLIC.replacen(
        "paths:\n",
        &format!("paths:\n  /other/repos/of/all:\n{operation}"),
        1,
    );
    let after = names(&changed);
    assert_eq!(
        before.difference(&after).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
    assert!(after.contains("get /other/repos/of/all is repos3"));
}

#[test]
fn a_type_is_called_by_where_it_stands() {
    let names = names(PUBLIC);
    for name in [
        "alerts_list(direction: DirectionParameter)",
        "alerts_list(sort: AlertsListSort)",
        "alerts_list: - -> AlertListResponseItem, MissingResponse",
        "repos(direction: DirectionParameter)",
        "repos(sort: ReposSort)",
        "repos(view: ReposByIdView)",
        "put_repos_by_id: RepoBody -> Animal, -",
        "RepoBody.mode: RepoBodyMode",
        "repos2: - -> Repos2Response, -",
        "Dog.kind: AnimalKind",
        "Dog.size: DogSize",
        "AnimalHome.at: AnimalHomeAt",
    ] {
        assert!(names.contains(name), "{name} is not in {names:#?}");
    }
}
