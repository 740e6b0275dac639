//! Bodies that are of another type for each status: the document `responses_by_status`.

use postpress_constructs::responses_by_status::{
    responses::{CreateJobError, CreateJobSuccess, GetReportSuccess},
    types::{Job, Problem},
};
use postpress_runtime::Error;
use postpress_tests::Response;
use serde_json::json;

use crate::wire::{head, no_content, wait};

fn problem(status: &str, response: Response) -> Option<CreateJobError> {
    let (_, response) = exchange!(response, responses_by_status.create_job());
    let error = response.unwrap_err();
    assert_eq!(error.status().unwrap().as_str(), &status[..3]);
    let Error::ErrorResponse(response) = error else {
        panic!("{error:?}");
    };
    response.into_problem()
}

fn error(status: &str, body: serde_json::Value) -> Option<CreateJobError> {
    problem(status, Response::json(status, &body))
}

#[test]
fn a_success_is_the_variant_of_its_status() {
    let job = Response::json("201 Created", &json!({"id": "j"}));
    let (request, response) = exchange!(job, responses_by_status.create_job());
    assert_eq!(head(&request), "POST /jobs\naccept: application/json");
    let response = response.unwrap();
    assert!(matches!(response.value(), CreateJobSuccess::Created(job) if job.id == "j"));
    assert_eq!(
        (response.status().as_u16(), &**response.body()),
        (201, &br#"{"id":"j"}"#[..])
    );

    let ticket = Response::json("202 Accepted", &json!({"ticket": "t"}));
    let (_, response) = exchange!(ticket, responses_by_status.create_job());
    let value = response.unwrap().into_value();
    assert!(matches!(value, CreateJobSuccess::Accepted(later) if later.ticket == "t"));

    let (_, response) = exchange!(no_content(), responses_by_status.create_job());
    assert_eq!(response.unwrap().into_value(), CreateJobSuccess::NoContent);
}

#[test]
fn the_json_of_a_success_that_is_not_documented_is_kept() {
    let other = Response::json("200 OK", &json!({"id": 1}));
    let (_, response) = exchange!(other, responses_by_status.create_job());
    let response = response.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(
        response.value(),
        &CreateJobSuccess::Unknown(json!({"id": 1}))
    );
    // A documented one that is not as documented is an error, as it is where there is but one.
    let wrong = Response::json("201 Created", &json!({"id": []}));
    let (_, response) = exchange!(wrong, responses_by_status.create_job());
    let error = response.unwrap_err();
    assert!(matches!(error, Error::InvalidBody(_)), "{error:?}");
    assert_eq!(
        (error.status().unwrap().as_u16(), &**error.body().unwrap()),
        (201, &br#"{"id":[]}"#[..])
    );
}

#[test]
fn an_error_is_the_variant_of_its_status_then_of_its_range_then_of_any() {
    let title = |it: Problem| it.title;
    let titled = || json!({"title": "t"});
    assert!(
        matches!(error("404 Not Found", titled()), Some(CreateJobError::NotFound(it)) if title(it.clone()) == "t")
    );
    assert!(
        matches!(error("409 Conflict", titled()), Some(CreateJobError::ClientError(it)) if title(it.clone()) == "t")
    );
    let fields = error("422 Unprocessable Entity", json!({"fields": ["f"]}));
    assert!(matches!(fields, Some(CreateJobError::UnprocessableEntity(it)) if it.fields[0] == "f"));
    let text = Response::new("503 Service Unavailable", &[], "not now");
    assert_eq!(
        problem("503", text),
        Some(CreateJobError::ServiceUnavailable("not now".into()))
    );
    let fault = error("500 Internal Server Error", json!({"trace": "t"}));
    assert!(matches!(fault, Some(CreateJobError::Other(it)) if it.trace == "t"));
    assert_eq!(
        error("404 Not Found", json!("?")),
        Some(CreateJobError::Unknown(json!("?")))
    );
}

#[test]
fn texts_and_json_of_any_kind_are_variants_too() {
    let csv = Response::new("200 OK", &[("Content-Type", "text/csv")], "a,b");
    let (request, response) = exchange!(csv, responses_by_status.get_report());
    assert_eq!(head(&request), "GET /report");
    assert_eq!(
        response.unwrap().into_value(),
        GetReportSuccess::Ok("a,b".into())
    );
    let any = Response::json("203 Other", &json!([1]));
    let (_, response) = exchange!(any, responses_by_status.get_report());
    assert_eq!(
        response.unwrap().into_value(),
        GetReportSuccess::Success(json!([1]))
    );
    // Errors of one schema are of one type.
    let wrong = Response::json("400 Bad Request", &json!({"title": "t"}));
    let (_, response) = exchange!(wrong, responses_by_status.get_report());
    assert_eq!(response.unwrap_err().problem().unwrap().title, "t");
}

#[test]
fn bytes_are_streamed_whatever_the_other_statuses_bring() {
    let (server, client) = client!(
        responses_by_status,
        Response::json("202 Accepted", &json!({"id": "j"}))
    );
    assert_eq!(client.get_picture().operation_id(), "getPicture");
    let (status, body) = wait(async {
        let response = client.get_picture().await.unwrap();
        (
            response.status(),
            response.into_value().bytes().await.unwrap(),
        )
    });
    assert_eq!(status, 202);
    let job: Job = postpress_runtime::decode_json(&body).unwrap();
    assert_eq!(job.id, "j");
    assert_eq!(head(&server.request()), "GET /picture");
}
