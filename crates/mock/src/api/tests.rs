//! Routes, and documents that cannot be served.

use super::*;

fn api() -> &'static Api {
    Api::embedded().expect("the document can be served")
}

#[test]
fn the_document_of_this_crate_is_served_as_a_whole() {
    assert_eq!(api().findings, Vec::<String>::new());
    assert_eq!(api().base_paths, ["/v1", "/api/v1"]);
}

#[test]
fn requests_are_routed_under_both_base_paths() {
    for base in ["/v1", "/api/v1"] {
        let path = format!("{base}/chats/chat_1/messages");
        let Route::Operation(endpoint, values) = api().route("POST", &path) else {
            panic!("{path} is documented");
        };
        assert_eq!(endpoint.id, "sendMessage");
        assert_eq!(values, ["chat_1"]);
    }
}

#[test]
fn a_path_that_is_not_documented_leads_nowhere() {
    for path in [
        "/chats",
        "/v2/chats",
        "/v1",
        "/v1/",
        "/v1chats",
        "/v1/chats/a/b",
    ] {
        let route = api().route("GET", path);
        assert!(matches!(route, Route::Unknown), "{path}");
    }
}

#[test]
fn a_path_without_parameters_is_meant_before_one_with_them() {
    let text = "openapi: 3.0.4
paths:
  /pets/{id}: { get: { operationId: one } }
  /pets/mine: { get: { operationId: mine } }
  '/pets/{id}.{format}': { delete: { operationId: file } }
";
    let api = Api::of("pets.yaml", text).expect("a document");
    for (method, path, id, count) in [
        ("GET", "/pets/mine", "mine", 0),
        ("GET", "/pets/a.json", "one", 1),
        ("DELETE", "/pets/a.json", "file", 2),
    ] {
        let Route::Operation(endpoint, values) = api.route(method, path) else {
            panic!("{path}");
        };
        assert_eq!((endpoint.id.as_str(), values.len()), (id, count));
    }
}

#[test]
fn the_documented_methods_are_known_where_another_is_used() {
    let Route::WrongMethod(methods) = api().route("PATCH", "/v1/chats") else {
        panic!("PATCH is not documented");
    };
    assert_eq!(methods, ["GET", "POST", "HEAD"]);
}

#[test]
fn what_cannot_be_served_is_named_with_its_place() {
    for (text, message) in [
        ("paths: [", "spec.yaml:2:1: error[syntax]"),
        (
            "swagger: '2.0'",
            "spec.yaml:1:1: error[unsupported-version]",
        ),
        (
            "openapi: 3.2.0",
            "spec.yaml:1:10: error[unsupported-version]",
        ),
    ] {
        let error = Api::of("spec.yaml", text).err().expect(text).to_string();
        assert!(error.contains(message), "{error}");
    }
}
