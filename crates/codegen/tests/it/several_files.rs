//! Documents in several files.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use postpress_codegen::{Diagnostics, Loader, Output, Settings, Source, generate};

const ROOT: &str = "\
openapi: 3.0.4
info: {title: T, version: '1'}
paths:
  /chats: {$ref: paths/chats.yaml}
  /users:
    get: {$ref: 'paths/users.yaml#/get'}
components:
  schemas:
    Chat: {type: object, properties: {own: {type: string}}}
";

/// Generates from the document with these files beside it; gives the files that were read as well.
fn run(
    files: &[(&str, &str)],
    skip_unsupported: bool,
) -> (Result<Output, Diagnostics>, Vec<String>) {
    let files: BTreeMap<String, String> = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect();
    let read = Arc::new(Mutex::new(Vec::new()));
    let record = Arc::clone(&read);
    let loader = Loader::new(move |path| {
        record.lock().unwrap().push(path.to_owned());
        files
            .get(path)
            .cloned()
            .ok_or_else(|| "there is none".to_owned())
    });
    let settings = Settings {
        skip_unsupported,
        loader: Some(loader),
        ..Settings::default()
    };
    let source = Source {
        name: "api/root.yaml",
        text: ROOT,
    };
    let result = generate(&source, &settings);
    let read = read.lock().unwrap().clone();
    (result, read)
}

const CHATS: &str = "\
get:
  operationId: listChats
  parameters: [{$ref: '../common.yaml#/limit'}]
  responses:
    '200':
      description: D
      content: {application/json: {schema: {$ref: '../schemas/Chat.yaml'}}}
";
const USERS: &str = "\
get:
  operationId: listUsers
  responses:
    '200': {$ref: '#/ok'}
ok:
  description: D
  content: {application/json: {schema: {$ref: '../root.yaml#/components/schemas/Chat'}}}
";
const CHAT: &str = "\
type: object
properties:
  parent: {$ref: '#'}
  last: {$ref: 'Message.yaml#/Message'}
";
const COMMON: &str = "limit: {name: limit, in: query, schema: {type: integer}}\n";
const MESSAGE: &str = "Message: {type: object, properties: {chat: {$ref: Chat.yaml}}}\n";

#[test]
fn references_between_files_are_followed_and_name_types() {
    let files = [
        ("paths/chats.yaml", CHATS),
        ("paths/users.yaml", USERS),
        ("common.yaml", COMMON),
        ("schemas/Chat.yaml", CHAT),
        ("schemas/Message.yaml", MESSAGE),
    ];
    let (output, mut read) = run(&files, false);
    let output = output.unwrap_or_else(|found| panic!("{found}"));
    let file = |path: &str| {
        let mut files = output.files.iter();
        files
            .find(|file| file.path == path)
            .unwrap()
            .contents
            .clone()
    };
    assert_eq!(output.summary.operations, 2);
    let (client, types) = (file("client.rs"), file("types.rs"));
    assert!(client.contains("pub fn list_chats(") && client.contains("params::ListChatsParams"));
    assert!(
        client.contains("Json<types::Chat2>") && client.contains("Json<types::Chat>"),
        "{client}"
    );
    assert!(
        types.contains("pub parent: Option<::postpress_runtime::MaybeOdd<Chat2>>"),
        "{types}"
    );
    assert!(
        types.contains("pub last: Option<::postpress_runtime::MaybeOdd<Message>>"),
        "{types}"
    );
    // Each file is read once.
    read.sort();
    let mut expected: Vec<_> = files.iter().map(|(path, _)| *path).collect();
    expected.sort();
    assert_eq!(read, expected);
}

#[test]
fn what_is_wrong_in_a_file_is_said_with_its_name_and_place() {
    let chat = CHAT
        .replace("Message.yaml#/Message", "Message.yaml#/Gone")
        .replace("properties:", "title: 7\nproperties:");
    let files = [
        ("paths/chats.yaml", CHATS),
        ("paths/users.yaml", USERS),
        ("common.yaml", COMMON),
        ("schemas/Chat.yaml", &*chat),
        ("schemas/Message.yaml", MESSAGE),
    ];
    let found = run(&files, false).0.unwrap().warnings;
    assert_eq!(
        found.to_string(),
        "api/root.yaml:6:5: warning[copied-ref]: #/paths/~1users/get: OpenAPI allows no such `$ref` here; what it refers to is taken in its place\n  \
         help: write out what it refers to, or refer to each part of it\n\
         schemas/Chat.yaml:2:8: warning[taken-value]: #/title: `7` is no value of `title`; it is taken for \"7\"\n  \
         help: write \"7\"\n\
         schemas/Chat.yaml:5:16: warning[missing-schema]: #/properties/last/$ref: there is nothing at `#/Gone` of the file `schemas/Message.yaml`; this is a JSON value\n  \
         help: correct it, or add what is missing there\n\
         3 warnings"
    );
}

#[test]
fn a_file_that_cannot_be_read_is_one_error_and_costs_types_only() {
    let files = [
        ("paths/chats.yaml", CHATS),
        ("paths/users.yaml", USERS),
        ("common.yaml", COMMON),
    ];
    let found = run(&files, false).0.unwrap_err();
    let errors: Vec<_> = found
        .iter()
        .filter(|finding| finding.code != "copied-ref")
        .collect();
    assert_eq!(errors.len(), 1, "{found}");
    assert!(
        found.to_string().contains("error[missing-file]: #/get/responses/200/content/application~1json/schema/$ref: the file `schemas/Chat.yaml` cannot be read: there is none"),
        "{found}"
    );
    let output = run(&files, true).0.unwrap();
    assert_eq!((output.summary.operations, output.skipped.len()), (2, 0));
    // Of what is no type, nothing is known, and every operation that needs it says so.
    let users = USERS.replace(
        "  responses:",
        "  parameters: [{$ref: '../common.yaml#/limit'}]\n  responses:",
    );
    let files = [("paths/chats.yaml", CHATS), ("paths/users.yaml", &*users)];
    let skipped = run(&files, true).0.unwrap().skipped;
    let reasons = skipped
        .iter()
        .map(|own| own.reasons.iter().map(|reason| reason.code).collect());
    assert_eq!(reasons.collect::<Vec<Vec<_>>>(), [["missing-file"]; 2]);
    let client = &output
        .files
        .iter()
        .find(|file| file.path == "client.rs")
        .unwrap()
        .contents;
    assert!(client.contains("Json<::serde_json::Value>"), "{client}");
}

#[test]
fn an_address_is_one_error_for_all_references_to_it_and_is_not_read() {
    let address = "https://example.com/Chat.yaml";
    let chats = CHATS.replace("../schemas/Chat.yaml", address);
    let users = USERS.replace("../root.yaml#/components/schemas/Chat", address);
    assert_eq!(format!("{chats}{users}").matches(address).count(), 2);
    let files = [
        ("paths/chats.yaml", &*chats),
        ("paths/users.yaml", &*users),
        ("common.yaml", COMMON),
    ];
    let (refused, read) = run(&files, false);
    let refused = refused.unwrap_err().to_string();
    assert_eq!(refused.matches("error[").count(), 1, "{refused}");
    assert!(
        refused.contains("the file `https://example.com/Chat.yaml` cannot be read: nothing is read over a network"),
        "{refused}"
    );
    assert!(!read.iter().any(|path| path.contains("https")), "{read:?}");
    assert!(run(&files, true).0.unwrap().skipped.is_empty());
}

#[test]
fn without_a_loader_other_files_are_refused() {
    let source = Source {
        name: "root.yaml",
        text: ROOT,
    };
    let found = generate(&source, &Settings::default()).unwrap_err();
    assert!(found.to_string().contains("[external-ref]"), "{found}");
}
