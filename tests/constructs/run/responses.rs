//! What a success and an error are read as: the document `responses`.

use postpress_constructs::responses::{
    responses::{InlineTwiceSuccess, TwoErrorsError},
    types::Thing,
};
use postpress_runtime::Error;
use postpress_tests::Response;
use serde_json::json;

use crate::wire::{head, no_content};

fn thing(id: &str) -> Thing {
    // It can grow, and so cannot be written out as a value here.
    serde_json::from_value(json!({"id": id})).unwrap()
}

#[test]
fn an_operation_without_parameters_asks_for_json_and_nothing_else() {
    let thing = || Response::json("200 OK", &json!({"id": "x"}));
    let (request, _) = exchange!(thing(), responses.range());
    assert_eq!(head(&request), "GET /range\naccept: application/json");
    let (request, _) = exchange!(thing(), responses.same_twice());
    assert_eq!(head(&request), "POST /same-twice\naccept: application/json");
    assert_eq!(
        head(&sent!(responses.delete())),
        "DELETE /delete\naccept: application/json"
    );
    let (request, _) = exchange!(thing(), responses.two_errors());
    assert_eq!(head(&request), "GET /two-errors\naccept: application/json");
    assert_eq!(head(&sent!(responses.create())), "POST /created");
    assert_eq!(head(&sent!(responses.redirect())), "GET /redirect");
}

#[test]
fn inline_schemas_of_a_success_and_an_error_are_two_types() {
    let read = received!(
        "GET /inline",
        json!({"a": "x", "why": "no"}),
        responses.inline()
    );
    assert_eq!(read.a, "x");

    let response = Response::json("404 Not Found", &json!({"why": "gone"}));
    let (_, response) = exchange!(response, responses.inline());
    assert_eq!(response.unwrap_err().problem().unwrap().why, "gone");
}

#[test]
fn one_schema_under_several_statuses_is_one_type_and_the_status_is_kept() {
    for (status, code) in [("200 OK", 200), ("201 Created", 201), ("299 Odd", 299)] {
        let response = Response::json(status, &json!({"id": "x"}));
        let (_, response) = exchange!(response, responses.same_twice());
        let response = response.unwrap();
        assert_eq!(response.status(), code);
        assert_eq!(response.value(), &thing("x"));
        assert_eq!(response.body(), r#"{"id":"x"}"#);
    }
}

#[test]
fn different_schemas_under_several_statuses_are_variants() {
    let read = received!(
        "POST /inline-twice",
        json!({"a": "x"}),
        responses.inline_twice()
    );
    assert!(matches!(read, InlineTwiceSuccess::Ok(it) if it.a == "x"));
    let response = Response::json("202 Accepted", &json!({"job": "j"}));
    let (_, response) = exchange!(response, responses.inline_twice());
    let read = response.unwrap().into_value();
    assert!(matches!(read, InlineTwiceSuccess::Accepted(it) if it.job == "j"));
}

#[test]
fn a_body_that_may_be_missing_is_none_without_one() {
    assert_eq!(
        received!(
            "GET /maybe-nothing",
            json!({"id": "x"}),
            responses.maybe_nothing()
        ),
        Some(thing("x"))
    );
    let (_, response) = exchange!(no_content(), responses.maybe_nothing());
    let response = response.unwrap();
    assert_eq!(response.status(), 204);
    assert_eq!(response.value(), &None);
}

#[test]
fn a_range_of_statuses_documents_each_of_them() {
    assert_eq!(
        received!("GET /range", json!({"id": "x"}), responses.range()),
        thing("x")
    );
    for status in ["404 Not Found", "503 Service Unavailable"] {
        let response = Response::json(status, &json!({"title": status}));
        let (_, response) = exchange!(response, responses.range());
        let error = response.unwrap_err();
        assert_eq!(error.problem().unwrap().title, status);
        assert_eq!(error.status().unwrap().as_str(), &status[..3]);
    }
}

#[test]
fn a_default_is_the_success_and_the_error_of_an_operation_without_others() {
    assert_eq!(
        received!("GET /default", json!({"id": "x"}), responses.only_default()),
        thing("x")
    );
    let response = Response::json("400 Bad Request", &json!({"id": "e"}));
    let (_, response) = exchange!(response, responses.only_default());
    assert_eq!(response.unwrap_err().problem(), Some(&thing("e")));
}

#[test]
fn a_default_beside_a_success_is_the_error() {
    assert_eq!(
        received!(
            "GET /with-default",
            json!({"id": "x"}),
            responses.with_default()
        ),
        thing("x")
    );
    let response = Response::json("418 Teapot", &json!({"title": "t"}));
    let (_, response) = exchange!(response, responses.with_default());
    assert_eq!(response.unwrap_err().problem().unwrap().title, "t");
}

#[test]
fn errors_of_different_schemas_are_variants() {
    let response = Response::json("400 Bad Request", &json!({"title": "t", "more": [1]}));
    let (_, response) = exchange!(response, responses.two_errors());
    let error: Error<TwoErrorsError> = response.unwrap_err();
    assert!(matches!(error.problem(), Some(TwoErrorsError::BadRequest(it)) if it.title == "t"));
}

#[test]
fn a_redirect_is_an_error_that_says_where_it_leads() {
    let response = Response::redirect("303 See Other", "/there");
    let (_, response) = exchange!(response, responses.redirect());
    let error = response.unwrap_err();
    assert_eq!(error.status().unwrap(), 303);
    assert_eq!(error.headers().unwrap()["location"], "/there");
}

#[test]
fn the_headers_of_a_success_without_a_body_are_kept() {
    let response = Response::new("201 Created", &[("Location", "/things/1")], "not expected");
    let (_, response) = exchange!(response, responses.create());
    let response = response.unwrap();
    assert_eq!(response.status(), 201);
    assert_eq!(response.headers()["location"], "/things/1");
    assert_eq!(response.body(), "not expected");
}

#[test]
fn lists_scalars_maps_and_anything_are_read() {
    let list = received!("GET /array", json!([{"n": 1}, {}]), responses.array());
    assert_eq!(
        list.iter().map(|item| item.n).collect::<Vec<_>>(),
        [Some(1), None]
    );
    assert_eq!(received!("GET /scalar", json!(-7), responses.scalar()), -7);
    assert_eq!(
        received!("GET /string", json!("a\"b"), responses.json_string()),
        "a\"b"
    );
    let map = received!("GET /map", json!({"k": {"id": "x"}}), responses.map());
    assert_eq!(map.len(), 1);
    assert_eq!(map["k"], thing("x").into());
    assert_eq!(
        received!("GET /anything", json!([1.5, null]), responses.anything()),
        json!([1.5, null])
    );
    assert_eq!(
        received!("GET /free", json!({"k": []}), responses.free())["k"],
        json!([])
    );
}

#[test]
fn a_nullable_response_may_be_null() {
    assert_eq!(
        received!("GET /nullable", json!(null), responses.nullable()),
        None
    );
    assert_eq!(
        received!("GET /nullable", json!({"id": "x"}), responses.nullable()),
        Some(thing("x"))
    );
}

#[test]
fn responses_by_reference_are_read_like_those_written_out() {
    assert_eq!(
        received!("GET /reference", json!({"id": "x"}), responses.reference()),
        thing("x")
    );
    let problem = r#"{"title": "t"}"#;
    let headers = [("Content-Type", "application/problem+json")];
    let response = || Response::new("404 Not Found", &headers, problem);
    let (_, response_of_get) = exchange!(response(), responses.reference());
    assert_eq!(response_of_get.unwrap_err().problem().unwrap().title, "t");
    let (_, response_of_delete) = exchange!(response(), responses.delete());
    assert_eq!(
        response_of_delete.unwrap_err().problem().unwrap().title,
        "t"
    );
}

#[test]
fn a_success_that_is_not_as_documented_names_the_place_and_keeps_the_body() {
    let body = json!({"k": {"id": 1}, "broken": true})
        .to_string()
        .replace("true", "tru");
    let (_, response) = exchange!(Response::new("200 OK", &[], &body), responses.map());
    let error = response.unwrap_err();
    assert_eq!(error.body().unwrap(), &body);
    let Error::InvalidBody(error) = error else {
        panic!("{error:?}");
    };
    assert_eq!(error.status(), 200);
    assert_eq!(error.context().operation_id(), "map");
    let place = error.decode_error().unwrap().json_path();
    assert_eq!(place, Some("*"));
}
