//! Where the operations are and what they have in common.

use postpress_tests::Facts;
use serde_json::json;

use crate::conformance::{assert_same, document::Document};

#[test]
fn the_document_is_openapi_3_0_4() {
    assert_eq!(Document::load().root["openapi"], "3.0.4");
}

#[test]
fn every_operation_has_one_tag_and_every_tag_is_described() {
    let document = Document::load();
    let tags = document.root["tags"].as_array().unwrap();
    assert!(tags.iter().all(|tag| tag["description"].is_string()));
    for operation in document.operations() {
        let own = operation.value["tags"].as_array().unwrap();
        assert_eq!(own.len(), 1, "{}", operation.id);
        assert!(
            tags.iter().any(|tag| tag["name"] == own[0]),
            "{}",
            operation.id
        );
    }
}

#[test]
fn operations_are_where_the_pages_have_them() {
    let document = Document::load();
    let found: Vec<String> = document
        .operations()
        .into_iter()
        .map(|operation| {
            let success: Vec<String> = operation
                .successes()
                .map(|it| it.status.to_string())
                .collect();
            let media_type = operation.body().map_or("-", |body| body.media_type);
            format!(
                "{} {} {} {} {}",
                operation.id,
                operation.method,
                operation.path,
                media_type,
                success.join(" ")
            )
        })
        .collect();
    let pages = Facts::all().into_iter().map(|facts| {
        let rows = facts.rows("operation").join(" ");
        format!("{} {rows}", facts.operation)
    });
    assert_same("operations", &pages.collect::<Vec<_>>(), &found);
}

#[test]
fn both_base_paths_are_there_and_the_shorter_one_is_the_default() {
    let servers: Vec<_> = Document::load().root["servers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["url"].clone())
        .collect();
    assert_eq!(
        servers,
        [
            "https://api.postpress.ai/v1",
            "https://api.postpress.ai/api/v1"
        ]
    );
}

#[test]
fn every_operation_takes_the_api_key_in_its_header() {
    let document = Document::load();
    assert_eq!(document.root["security"], json!([{ "ApiKey": [] }]));
    assert!(
        document
            .operations()
            .iter()
            .all(|operation| operation.value.get("security").is_none())
    );
    let schemes = document.root["components"]["securitySchemes"]
        .as_object()
        .unwrap();
    assert_eq!(schemes.len(), 1);
    let scheme = (
        &schemes["ApiKey"]["type"],
        &schemes["ApiKey"]["in"],
        &schemes["ApiKey"]["name"],
    );
    assert_eq!(
        scheme,
        (&json!("apiKey"), &json!("header"), &json!("X-API-KEY"))
    );
}
