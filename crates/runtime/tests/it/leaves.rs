//! Numbers, nulls, undeclared members, and credentials.

use std::collections::{BTreeMap, HashMap};

use postpress_runtime::reqwest::header::HeaderMap;
use postpress_runtime::{Credentials, number};
use serde::Serialize;

#[derive(Serialize)]
struct Numbers<T: number::Number>(#[serde(serialize_with = "number::serialize")] T);

fn written<T: number::Number>(value: T) -> String {
    serde_json::to_string(&Numbers(value)).unwrap()
}

#[test]
fn integers_are_written_without_a_fraction() {
    assert_eq!(written(3.0), "3");
    assert_eq!(written(-3.0_f32), "-3");
    assert_eq!(written(-0.0), "0");
    assert_eq!(written(0.1), "0.1");
    assert_eq!(written(0.1_f32), "0.1");
    assert_eq!(written(9_007_199_254_740_991.0), "9007199254740991");
    assert_eq!(written(1e300), "1e+300");
    assert_eq!(written(1e20), "1e+20");
    assert_eq!(written(16_777_216.0_f32), "16777216");
    assert_eq!(written(Some(Box::new(3.0))), "3");
    assert_eq!(written(None::<f64>), "null");
    assert_eq!(written(vec![Some(1.0), None]), "[1,null]");
    assert_eq!(written(BTreeMap::from([("a", vec![1.0])])), r#"{"a":[1]}"#);
    assert_eq!(written(HashMap::from([(7, 1.5)])), r#"{"7":1.5}"#);
    assert_eq!(written(&[1.0][..]), "[1]");
}

#[test]
fn what_json_has_no_number_for_is_an_error() {
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(serde_json::to_string(&Numbers(value)).is_err());
        assert!(serde_json::to_string(&Numbers(vec![value as f32])).is_err());
    }
}

#[test]
fn credentials_take_their_header_and_never_print() {
    for (credentials, header, value) in [
        (
            Credentials::api_key("X-API-KEY", "s3cret"),
            "x-api-key",
            "s3cret",
        ),
        (
            Credentials::bearer("s3cret"),
            "authorization",
            "Bearer s3cret",
        ),
        (
            Credentials::basic("Aladdin", "open sesame"),
            "authorization",
            "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        ),
    ] {
        let credentials = credentials.unwrap();
        let mut headers = HeaderMap::new();
        headers.insert("x-api-key", "old".parse().unwrap());
        credentials.insert(&mut headers);
        assert_eq!(credentials.header(), header);
        assert_eq!(headers[header], value);
        assert!(headers[header].is_sensitive());

        let printed = format!("{credentials:?} {headers:?}");
        assert!(
            !printed.contains("s3cret") && !printed.contains("QWxh"),
            "{printed}"
        );
    }
}

#[test]
fn credentials_that_no_header_can_hold_are_refused() {
    for (error, says) in [
        (Credentials::api_key("X-A", ""), "the API key is empty"),
        (
            Credentials::api_key("X-A", "s3cret "),
            "the API key has white space around it; trim it",
        ),
        (
            Credentials::api_key("X A", "s3cret"),
            "`X A` is no name of a header",
        ),
        (
            Credentials::bearer("a\r\nb"),
            "the token holds a line break; trim it if it was read from a file",
        ),
        (
            Credentials::bearer("s3crét"),
            "the token holds a control character or a character outside ASCII",
        ),
        (
            Credentials::basic("a:b", "c"),
            "the user name holds a colon, which would end it",
        ),
    ] {
        let error = error.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("the credentials cannot be used: {says}")
        );
        assert!(error.is_configuration());
    }
    assert!(Credentials::basic("", "").is_ok());
}
