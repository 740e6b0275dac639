//! Errors of decoding name the place and the fault, and quote nothing from the JSON.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;

use postpress_runtime::{DecodeError, DecodeErrorKind, Timestamp, decode_json};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A text that no error may hold, with what a careless cut at quotation marks would leave.
const SECRET: &str = r#"Dear \"Anna\", `hello`, expected \u0041 at line 1"#;

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "they are decoded, not read")]
struct Page {
    items: Vec<Item>,
    #[serde(default)]
    by_person: BTreeMap<String, Item>,
    #[serde(default)]
    names: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "they are decoded, not read")]
struct Item {
    #[serde(rename = "itemId", alias = "item_id")]
    id: String,
    count: Option<u8>,
    time: Option<Timestamp>,
    address: Option<IpAddr>,
    flag: Option<bool>,
    ratio: Option<f64>,
    pair: Option<(u8, u8)>,
    color: Option<Color>,
    wrapped: Option<Wrapped>,
    parent: Option<Box<Item>>,
    nothing: Option<()>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(dead_code, reason = "they are decoded, not read")]
enum Color {
    Red,
    Mixed(u8, u8),
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "they are decoded, not read")]
struct Wrapped(Strict);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "they are decoded, not read")]
struct Strict {
    size: u8,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "they are decoded, not read")]
struct Open {
    size: u8,
    #[serde(flatten)]
    rest: BTreeMap<String, String>,
}

fn error<T: DeserializeOwned>(json: &str) -> DecodeError {
    let error = decode_json::<T>(json.as_bytes())
        .err()
        .unwrap_or_else(|| panic!("it decodes: {json}"));
    let shown = format!(
        "{error} {error:?} {:?} {:?}",
        error.kind(),
        error.json_path()
    );
    for secret in ["Anna", "hello", "987654321", "x-key", "0.125"] {
        assert!(!shown.contains(secret), "{secret} of {json} is in {shown}");
    }
    error
}

/// An error for an item, without the position.
fn item(members: &str) -> String {
    let json = format!(r#"{{"items": [{{"itemId": "1"}}, {{"itemId": "x-key", {members}}}]}}"#);
    let text = error::<Page>(&json).to_string();
    let (text, _) = text.split_once(" at line 1 column ").expect("a position");
    text.to_owned()
}

#[test]
fn a_value_of_another_type_is_named_by_its_type_and_place() {
    for (members, expected) in [
        (
            r#""count": "SECRET""#,
            "at `items[1].count`: expected u8, found a string",
        ),
        (
            r#""count": 0.125"#,
            "at `items[1].count`: expected u8, found a number",
        ),
        (
            r#""count": {"x-key": 1}"#,
            "at `items[1].count`: expected u8, found an object",
        ),
        (
            r#""flag": 987654321"#,
            "at `items[1].flag`: expected a boolean, found an integer",
        ),
        (
            r#""flag": ["SECRET"]"#,
            "at `items[1].flag`: expected a boolean, found an array",
        ),
        (
            r#""ratio": true"#,
            "at `items[1].ratio`: expected f64, found a boolean",
        ),
        (
            r#""nothing": "SECRET""#,
            "at `items[1].nothing`: expected unit, found a string",
        ),
        (
            r#""parent": "SECRET""#,
            "at `items[1].parent`: expected struct Item, found a string",
        ),
        (
            r#""parent": {"item_id": null}"#,
            "at `items[1].parent.item_id`: expected a string, found null",
        ),
    ] {
        assert_eq!(item(&members.replace("SECRET", SECRET)), expected);
    }
}

#[test]
fn a_value_that_is_not_possible_is_named_by_what_is_expected() {
    for (members, expected) in [
        (
            r#""count": 987654321"#,
            "at `items[1].count`: invalid value, expected u8",
        ),
        (
            r#""time": "SECRET""#,
            "at `items[1].time`: invalid value, expected an RFC 3339 date-time with an offset, such as `2026-05-17T09:42:11.000Z`",
        ),
        (
            r#""address": "SECRET""#,
            "at `items[1].address`: invalid value",
        ),
        (
            r#""color": "SECRET""#,
            "at `items[1].color`: invalid value, expected enum Color (`red`, `mixed`)",
        ),
        (
            r#""color": {"SECRET": 1}"#,
            "at `items[1].color`: invalid value, expected enum Color (`red`, `mixed`)",
        ),
        (r#""pair": [1]"#, "at `items[1].pair`: invalid value"),
        (
            r#""wrapped": {"SECRET": 1}"#,
            "at `items[1].wrapped`: invalid value",
        ),
        (
            r#""wrapped": {}"#,
            "at `items[1].wrapped`: missing field `size`",
        ),
        (
            r#""count": 1, "count": 2"#,
            "at `items[1]`: duplicate field `count`",
        ),
    ] {
        assert_eq!(item(&members.replace("SECRET", SECRET)), expected);
    }
}

#[test]
fn keys_of_maps_are_left_out_of_paths() {
    let json =
        r#"{"items": [], "by_person": {"x-key-1": {"itemId": ""}, "x-key-2": {"itemId": true}}}"#;
    let wrong = error::<Page>(json);
    assert_eq!(wrong.json_path(), Some("by_person.*.itemId"));
    let wrong = error::<HashMap<String, Vec<u8>>>(r#"{"x-key": [1, "Anna"]}"#);
    assert_eq!(wrong.json_path(), Some("*[1]"));
    let wrong = error::<HashMap<u8, u8>>(r#"{"1": 1, "x-key": 1}"#);
    assert_eq!(wrong.json_path(), None);
    let wrong = error::<HashMap<u8, u8>>(r#"{"1": 1, "2": "x-key"}"#);
    assert_eq!(wrong.json_path(), Some("*"));
    // Members that a struct has no name for are such keys too.
    let wrong = error::<Open>(r#"{"x-key": {"Anna": tru"#);
    assert_eq!(wrong.json_path(), Some("*.*"));
    let wrong = error::<Open>(r#"{"size": "Anna"}"#);
    assert_eq!(wrong.json_path(), Some("*"));
    let wrong = error::<Open>(r#"{"size": 1, "x-key": 7}"#);
    assert_eq!(wrong.json_path(), None);
}

#[test]
fn faults_of_syntax_are_told_with_the_place_and_the_position() {
    let cut = error::<Page>(r#"{"items": [{"itemId": "1"}, {"itemId": "Anna"#);
    assert_eq!(cut.kind(), &DecodeErrorKind::UnexpectedEnd);
    assert_eq!((cut.line(), cut.column()), (1, 44));
    assert_eq!(
        cut.to_string(),
        "at `items[1].itemId`: EOF while parsing a string at line 1 column 44"
    );
    let broken = error::<Page>("{\"items\": [],\n \"names\": [\"Anna\", x-key]}");
    assert_eq!(broken.kind(), &DecodeErrorKind::Syntax);
    assert_eq!(
        broken.to_string(),
        "at `names[1]`: expected value at line 2 column 20"
    );
    let page = error::<Page>("<html>Anna</html>");
    assert_eq!(page.to_string(), "expected value at line 1 column 1");
    let two = error::<Page>(r#"{"items": []} Anna"#);
    assert_eq!(two.to_string(), "trailing characters at line 1 column 15");
    assert_eq!(error::<Page>(" \n").kind(), &DecodeErrorKind::Empty);
    assert_eq!(error::<Page>(" \n").to_string(), "it is empty");
}

#[test]
fn the_kind_tells_what_is_wrong_to_programs() {
    let missing = error::<Page>("{}");
    assert_eq!(missing.kind(), &DecodeErrorKind::MissingField("items"));
    let wrong = error::<Page>(r#"{"items": "Anna"}"#);
    assert_eq!(
        wrong.kind(),
        &DecodeErrorKind::WrongType {
            expected: "a sequence".into(),
            found: "a string"
        }
    );
    assert_eq!((wrong.line(), wrong.column()), (1, 16));
    let whole = error::<Page>(r#""Anna""#);
    assert_eq!(whole.json_path(), None);
}
