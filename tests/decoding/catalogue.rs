use std::collections::BTreeSet;

use postpress_client::Client;
use postpress_client::errors::ErrorType;
use postpress_client::forms::{SendMessageRequest, StartChatRequest};
use postpress_client::params::{GetChatParams, ListChatsParams};
use postpress_client::runtime::Error;
use postpress_client::types::Problem;
use postpress_tests::client::client;
use postpress_tests::{Facts, Response, Server};
use serde_json::json;

/// Operation, status and type of every row that the pages have.
fn rows() -> BTreeSet<(String, u16, String)> {
    let mut rows = BTreeSet::new();
    for facts in Facts::all() {
        for (status, name) in facts.errors() {
            let row = (facts.operation.clone(), status, name);
            assert!(rows.insert(row.clone()), "{row:?} twice");
        }
    }
    rows
}

/// The error of an operation; `None` of one whose errors are decoded in tests of its own.
async fn call(client: &Client, operation: &str) -> Option<Error<Problem>> {
    let error = match operation {
        "listChats" => client.list_chats(&ListChatsParams::default()).await.err(),
        "getChat" => client
            .get_chat("chat_1", &GetChatParams::default())
            .await
            .err(),
        "startChat" => client.start_chat(&StartChatRequest::default()).await.err(),
        "sendMessage" => client
            .send_message("chat_1", &SendMessageRequest::default())
            .await
            .err(),
        _ => return None,
    };
    Some(error.expect("a success"))
}

#[test]
fn it_has_the_types_of_the_pages_in_the_places_of_the_pages() {
    let mut documented = BTreeSet::new();
    for info in ErrorType::all() {
        for place in info.documented() {
            documented.insert((
                place.operation().to_owned(),
                place.status(),
                info.error_type().to_owned(),
            ));
            assert!(!place.description().is_empty(), "{}", info.error_type());
        }
    }
    assert_eq!(documented, rows());
}

#[test]
fn each_type_tells_its_description_its_status_and_its_operations() {
    for value in ErrorType::VALUES {
        let info = value.info().unwrap();
        assert_eq!(info.error_type(), value.as_str());
        assert_eq!(info.description(), info.documented()[0].description());
        // No type has two statuses, in these pages.
        let statuses: BTreeSet<_> = info
            .documented()
            .iter()
            .map(|place| place.status())
            .collect();
        assert_eq!(
            statuses.into_iter().collect::<Vec<_>>(),
            [info.status().unwrap()]
        );
        let operations: Vec<_> = info.operations().collect();
        assert_eq!(
            operations.len(),
            operations.iter().collect::<BTreeSet<_>>().len()
        );
    }
    let too_many = ErrorType::from("errors/too_many_requests").info().unwrap();
    assert_eq!(too_many.status(), Some(429));
    assert!(too_many.operations().any(|it| it == "sendMessage"));
    assert!(too_many.operations().all(|it| it != "listChats"));
    let invalid = ErrorType::InvalidResourceIdentifier.info().unwrap();
    assert!(
        invalid
            .documented()
            .iter()
            .any(|place| place.description() != invalid.description())
    );
}

#[test]
fn a_type_that_no_page_has_tells_nothing() {
    let unknown = ErrorType::from("errors/teapot");
    assert!(unknown.is_unknown());
    assert_eq!(unknown.info(), None);
    assert_eq!(unknown.to_string(), "errors/teapot");
}

#[tokio::test]
async fn every_row_of_the_pages_is_read_from_the_response_of_its_operation() {
    for (operation, status, error_type) in rows() {
        let problem = json!({ "title": "No", "type": error_type, "status": status });
        let server = Server::responding(Response::json(&format!("{status} No"), &problem));
        let Some(error) = call(&client(&server), &operation).await else {
            continue;
        };
        assert_eq!(error.status().unwrap().as_u16(), status);
        let read = error.problem().unwrap();
        assert!(!read.type_.is_unknown(), "{error_type}");
        assert_eq!(read.type_.as_str(), error_type);
        let documented = read.type_.info().unwrap().documented();
        assert!(
            documented
                .iter()
                .any(|place| place.operation() == operation && place.status() == status)
        );
    }
}
