//! The samples of the document against those of the pages.

use postpress_tests::Facts;
use serde_json::Value;

use crate::conformance::document::{self, Document};

#[test]
fn sample_requests_are_those_of_the_pages() {
    let document = Document::load();
    for operation in document.operations() {
        let requests = Facts::of(operation.id).requests();
        let mut requests: Vec<_> = requests
            .iter()
            .map(|it| it.as_object().unwrap().clone())
            .collect();
        for parameter in operation.parameters() {
            let mut expected: Vec<Value> = requests
                .iter_mut()
                .filter_map(|request| request.remove(parameter.name))
                .collect();
            expected.dedup();
            assert_eq!(
                document::examples(parameter.value),
                expected,
                "{} {}",
                operation.id,
                parameter.name
            );
        }
        let mut found = operation
            .body()
            .map_or_else(Vec::new, |body| document::examples(body.content));
        for request in requests.into_iter().filter(|request| !request.is_empty()) {
            let at = found
                .iter()
                .position(|example| example.as_object() == Some(&request));
            found.remove(
                at.unwrap_or_else(|| panic!("{} has no such example: {request:?}", operation.id)),
            );
        }
        // One more is ours: nothing in the pages shows Recruiter.
        let ours = usize::from(operation.id == "startChat");
        assert_eq!(found.len(), ours, "{}: {found:?}", operation.id);
        assert!(
            found
                .iter()
                .all(|example| example["linkedin"]["api"] == "recruiter")
        );
    }
}

#[test]
fn sample_responses_are_those_of_the_pages() {
    for operation in Document::load().operations() {
        let expected: Vec<_> = Facts::of(operation.id).response().into_iter().collect();
        for response in operation.successes() {
            let body = response.body.map(|body| document::examples(body.content));
            assert_eq!(body.unwrap_or_default(), expected, "{}", operation.id);
        }
    }
}
