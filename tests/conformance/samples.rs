//! The samples of the document against those of the pages.

use serde_json::Value;

use crate::conformance::{
    document::{self, Document},
    tables,
};

#[test]
fn sample_requests_are_those_of_the_pages() {
    let document = Document::load();
    for operation in document.operations() {
        let file = tables::json(&format!("examples/{}.requests.json", operation.id));
        let mut requests: Vec<_> = file
            .as_array()
            .unwrap()
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
        let expected = tables::json(&format!("examples/{}.response.json", operation.id));
        for response in operation.successes() {
            assert_eq!(
                document::examples(response.content),
                std::slice::from_ref(&expected),
                "{}",
                operation.id
            );
        }
    }
}
