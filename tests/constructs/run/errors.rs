//! Error responses: the documented bodies, and the types that they name.

use postpress_tests::Response;
use serde_json::json;

use crate::wire::{head, rewritten};

mod errors_catalogue {
    use postpress_constructs::errors_catalogue::errors::ErrorType;

    use super::*;

    #[test]
    fn an_error_response_is_read_as_the_envelope_with_its_type() {
        let body = json!({"type": "errors/bad_cursor", "status": 400, "detail": "at the end"});
        let response = Response::json("400 Bad Request", &body);
        let (request, response) = exchange!(response, errors_catalogue.list_things());
        assert_eq!(head(&request), "GET /things\naccept: application/json");
        let error = response.unwrap_err();
        let problem = error.problem().unwrap();
        assert_eq!(problem.type_, ErrorType::BadCursor);
        assert_eq!(problem.status, 400);
        assert_eq!(problem.detail.as_deref(), Some("at the end"));
        assert_eq!(serde_json::to_value(problem).unwrap(), body);
    }

    #[test]
    fn a_type_that_is_not_documented_is_kept_and_written_back() {
        let body = json!({"type": "errors/new", "status": 409});
        let response = Response::json("409 Conflict", &body);
        let (request, response) = exchange!(response, errors_catalogue.add_thing());
        assert_eq!(head(&request), "POST /things\naccept: application/json");
        let problem = response.unwrap_err();
        let problem = problem.problem().unwrap();
        assert!(problem.type_.is_unknown());
        assert_eq!(problem.type_.as_str(), "errors/new");
        assert!(problem.type_.info().is_none());
        assert_eq!(serde_json::to_value(problem).unwrap(), body);
    }

    #[test]
    fn a_body_that_is_no_envelope_is_kept_as_it_is() {
        let response = Response::new("502 Bad Gateway", &[("Content-Type", "text/html")], "<h1>");
        let (_, response) = exchange!(response, errors_catalogue.list_things());
        let error = response.unwrap_err();
        assert!(error.problem().is_none());
        assert_eq!(error.status().unwrap(), 502);
        assert_eq!(error.body().unwrap(), "<h1>");
    }

    #[test]
    fn a_success_is_read_all_the_same() {
        assert_eq!(
            received!("GET /things", json!(["a"]), errors_catalogue.list_things()),
            ["a"]
        );
        sent!(errors_catalogue.add_thing());
    }

    #[test]
    fn each_type_says_where_it_is_documented_and_what_it_means() {
        let places = |error: ErrorType| {
            let info = error.info().unwrap();
            let documented = info.documented().iter();
            documented
                .map(|place| (place.operation(), place.status(), place.description()))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            places(ErrorType::BadLimit),
            [
                ("listThings", 400, "The limit is *too large*."),
                ("addThing", 400, "")
            ]
        );
        assert_eq!(
            places(ErrorType::BadCursor),
            [("listThings", 400, r#"The "cursor" is \ unknown."#)]
        );
        assert_eq!(
            places(ErrorType::Unavailable),
            [("listThings", 503, ""), ("addThing", 503, "")]
        );
        assert_eq!(places(ErrorType::BadName), [("addThing", 400, "")]);
        assert_eq!(
            ErrorType::all()
                .map(|info| info.error_type())
                .collect::<Vec<_>>(),
            [
                "errors/bad_limit",
                "errors/bad_cursor",
                "errors/unavailable",
                "errors/bad-name"
            ]
        );
    }
}

mod errors_listed {
    use postpress_constructs::errors_listed::{errors::ErrorType, types::Problem};

    use super::*;

    #[test]
    fn types_that_the_envelope_lists_are_those_of_all_its_responses() {
        let body = json!({"code": "broken", "message": "m"});
        let response = Response::json("500 Internal Server Error", &body);
        let (request, response) = exchange!(response, errors_listed.get_thing());
        assert_eq!(head(&request), "GET /things\naccept: application/json");
        let error = response.unwrap_err();
        let problem = error.problem().unwrap();
        assert_eq!(problem.code, ErrorType::Broken);
        assert_eq!(problem.message.as_deref(), Some("m"));

        rewritten::<Problem>(json!({"code": "new"}));
        assert_eq!(ErrorType::BadRequest.as_str(), "bad_request");
        for error in [ErrorType::BadRequest, ErrorType::Broken] {
            let documented = error.info().unwrap().documented().iter();
            assert_eq!(
                documented
                    .map(|place| (place.operation(), place.status(), place.description()))
                    .collect::<Vec<_>>(),
                [("getThing", 400, ""), ("getThing", 500, "")]
            );
        }
    }
}

mod errors_plain {
    use postpress_constructs::errors_plain::{
        responses::{DifferentError, ExtendedError},
        types::{ExtendedErrorBadRequest, Other, Plain},
        variants::OneOfError,
    };

    use super::*;

    /// What an operation without parameters makes of this error response.
    macro_rules! problem {
        ($status:expr, $body:expr, $operation:ident) => {{
            let response = Response::json($status, &$body);
            let (_, response) = exchange!(response, errors_plain.$operation());
            let postpress_runtime::Error::ErrorResponse(response) = response.unwrap_err() else {
                panic!("not an error response");
            };
            response.into_problem()
        }};
    }

    fn plain(message: &str) -> Plain {
        serde_json::from_value(json!({"message": message})).unwrap()
    }

    fn other(trace: &str) -> Other {
        serde_json::from_value(json!({"trace": trace})).unwrap()
    }

    #[test]
    fn a_range_of_statuses_has_one_schema() {
        let body = json!({"message": "m"});
        assert_eq!(problem!("404 Not Found", body, plain), Some(plain("m")));
    }

    #[test]
    fn errors_of_different_schemas_are_told_by_their_status() {
        let body = json!({"message": "m", "fields": ["f"]});
        let Some(ExtendedError::BadRequest(error)) = problem!("400 Bad Request", body, extended)
        else {
            panic!();
        };
        assert_eq!((&*error.message, &*error.fields[0]), ("m", "f"));
        for fields in [json!({"fields": null}), json!({})] {
            let mut json = fields;
            json["message"] = json!("m");
            let json = json.to_string();
            let error: ExtendedErrorBadRequest =
                postpress_runtime::decode_json(json.as_bytes()).unwrap();
            assert_eq!((&*error.message, error.fields.len()), ("m", 0));
        }
        let body = json!({"message": "m"});
        assert_eq!(
            problem!("404 Not Found", body, extended),
            Some(ExtendedError::NotFound(plain("m")))
        );
        assert_eq!(
            problem!(
                "500 Internal Server Error",
                json!({"trace": "t"}),
                different
            ),
            Some(DifferentError::InternalServerError(other("t")))
        );
    }

    #[test]
    fn the_json_of_an_error_that_is_not_as_documented_is_kept() {
        let other = json!({"trace": "t"});
        for status in ["400 Bad Request", "409 Conflict"] {
            assert_eq!(
                problem!(status, other, different),
                Some(DifferentError::Unknown(other.clone()))
            );
        }
        let html = Response::new("500 Internal Server Error", &[], "<h1>");
        let (_, response) = exchange!(html, errors_plain.different());
        let error = response.unwrap_err();
        assert_eq!(error.problem(), None);
        assert_eq!(error.status().unwrap(), 500);
        assert_eq!(error.body().unwrap(), "<h1>");
    }

    #[test]
    fn one_of_several_schemas_is_told_by_what_fits() {
        assert_eq!(
            problem!("400 Bad Request", json!({"message": "m"}), one_of),
            Some(OneOfError::Plain(plain("m")))
        );
        let other = other("t");
        assert_eq!(
            problem!("400 Bad Request", json!({"trace": "t"}), one_of),
            Some(OneOfError::Other(other))
        );
    }

    #[test]
    fn strings_and_lists_are_bodies_of_errors_too() {
        assert_eq!(
            problem!("400 Bad Request", json!("no"), string),
            Some("no".to_owned())
        );
        assert_eq!(
            problem!("400 Bad Request", json!([{"message": "m"}]), list),
            Some(vec![plain("m")].into())
        );
    }

    #[test]
    fn the_text_of_an_error_is_kept_and_shown() {
        let response = Response::new(
            "400 Bad Request",
            &[("Content-Type", "text/plain")],
            "not so",
        );
        let (request, response) = exchange!(response, errors_plain.text());
        assert_eq!(head(&request), "GET /text");
        let error = response.unwrap_err();
        assert!(error.problem().is_none());
        assert_eq!(error.body().unwrap(), "not so");
        let shown = error.to_string();
        assert!(shown.ends_with("400 Bad Request: not so"), "{shown}");
    }

    #[test]
    fn json_is_asked_for_where_it_is_the_documented_error() {
        assert_eq!(
            head(&sent!(errors_plain.plain())),
            "GET /plain\naccept: application/json"
        );
        assert_eq!(
            head(&sent!(errors_plain.one_of())),
            "GET /one-of\naccept: application/json"
        );
        assert_eq!(
            head(&sent!(errors_plain.string())),
            "GET /string\naccept: application/json"
        );
        assert_eq!(
            head(&sent!(errors_plain.list())),
            "GET /list\naccept: application/json"
        );
        assert_eq!(
            head(&sent!(errors_plain.extended())),
            "GET /extended\naccept: application/json"
        );
    }
}
