//! A record that does not decode costs nothing but itself.

use std::collections::BTreeMap;

use postpress_runtime::{
    DecodeErrorKind, Items, MaybeOdd, RawJson, Timestamp, decode_json, decode_strict,
    open_integer_enum, tolerant,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

open_integer_enum! {
    /// Whether it is.
    pub enum Flag {
        /// It is not.
        No = 0,
        /// It is.
        Yes = 1,
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
struct Record {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seen: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flag: Option<Flag>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<i32>,
    #[serde(
        default,
        deserialize_with = "tolerant::time",
        skip_serializing_if = "Option::is_none"
    )]
    time: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    names: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Items::came_empty")]
    attached: Items<Attached>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<MaybeOdd<Record>>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(tag = "type")]
enum Attached {
    #[serde(rename = "files", deserialize_with = "tolerant::tagged")]
    Files(Files),
    #[serde(untagged)]
    Unknown(Value),
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
struct Files {
    names: Items<String>,
    voice: bool,
    #[serde(
        default,
        deserialize_with = "tolerant::time",
        skip_serializing_if = "Option::is_none"
    )]
    time: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(untagged)]
enum Numbers {
    #[serde(deserialize_with = "tolerant::untagged")]
    Integers(Items<u8>),
    #[serde(deserialize_with = "tolerant::untagged")]
    Texts(Items<String>),
    Unknown(Value),
}

fn record(json: &str) -> Record {
    decode_json(json.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn odd_members_keep_their_text_and_their_places() {
    let deep = "[".repeat(200) + &"]".repeat(200);
    let digits = "9".repeat(400);
    let odd = ["null", "{}", "1e400", &digits, &deep, "{\"id\": [true]}"];
    let mut members = vec![r#"{"id":"first"}"#];
    members.extend(odd);
    members.push(r#"{"id":"last"}"#);
    let json = format!("[{}]", members.join(","));
    let items: Items<Record> = decode_json(json.as_bytes()).unwrap();

    let ids: Vec<&str> = items.iter().map(|record| &*record.id).collect();
    assert_eq!(ids, ["first", "last"]);
    let kept: Vec<(usize, &str)> = items
        .odd()
        .map(|(index, odd)| (index, odd.json().as_str()))
        .collect();
    let expected: Vec<(usize, &str)> = (1..).zip(odd).collect();
    assert_eq!(kept, expected);
    assert_eq!(serde_json::to_string(&items).unwrap(), json);

    let errors: Vec<_> = items.odd().map(|(_, odd)| odd.error().clone()).collect();
    assert_eq!(*errors[1].kind(), DecodeErrorKind::MissingField("id"));
    assert_eq!(errors[5].json_path(), Some("id"));

    let order: Vec<bool> = items.with_odd().map(|member| member.is_ok()).collect();
    assert_eq!(
        order,
        [true, false, false, false, false, false, false, true]
    );
    let taken: Vec<bool> = items.into_with_odd().map(|member| member.is_ok()).collect();
    assert_eq!(taken, order);
}

#[test]
fn what_is_not_json_is_an_error_still() {
    for json in ["[1, 2", "[1, }]", "[1] 2", "seven"] {
        assert!(decode_json::<Items<u8>>(json.as_bytes()).is_err(), "{json}");
    }
    assert!(decode_json::<Items<u8>>(b"null").unwrap().came_empty());
    // Half a surrogate pair is no reason to lose a member.
    let items: Items<String> = decode_json(br#"["\ud83d", "b"]"#).unwrap();
    assert_eq!(*items, ["\u{fffd}", "b"]);
}

#[test]
fn an_odd_object_does_not_cost_what_it_is_in() {
    let child = record(r#"{"id": "a", "parent": {"id": "b", "parent": {"id": 1.5e999}}}"#);
    let parent = child.parent.as_ref().unwrap().value().unwrap();
    let odd = parent.parent.as_ref().unwrap().odd().unwrap();
    assert_eq!(odd.json().as_str(), r#"{"id": 1.5e999}"#);
    let written = serde_json::to_string(&child).unwrap();
    assert_eq!(
        written,
        r#"{"id":"a","parent":{"id":"b","parent":{"id": 1.5e999}}}"#
    );
    assert_eq!(record(&written), child);
    assert!(record(r#"{"id": "a", "parent": null}"#).parent.is_none());
}

#[test]
fn lists_within_the_variants_of_a_union_keep_odd_members() {
    let json = r#"{"id": "a", "attached": [{"type": "files", "names": ["x", null, "y"], "voice": 1, "time": ""}, {"type": "new", "n": 1e400}]}"#;
    let record = record(json);
    let Attached::Files(files) = &record.attached[0] else {
        panic!("{record:?}")
    };
    assert!(files.voice);
    assert_eq!(files.time, None);
    assert_eq!(*files.names, ["x", "y"]);
    assert_eq!(files.names.odd().next().unwrap().0, 1);
    assert_eq!(
        record.attached.odd().next().unwrap().1.json().as_str(),
        r#"{"type": "new", "n": 1e400}"#
    );
    let error = decode_strict::<Record>(json.as_bytes()).unwrap_err();
    assert_eq!(error.json_path(), Some("attached[1].*"), "{error}");
    // A union that kept what was refused has no place, but it is refused.
    let json = r#"{"id": "a", "attached": [{"type": "files", "names": ["x"], "voice": 1}]}"#;
    assert!(decode_strict::<Record>(json.as_bytes()).is_err());
    assert!(decode_strict::<Record>(json.replace(": 1}", ": true}").as_bytes()).is_ok());
}

#[test]
fn each_tolerance_is_read_and_refused_when_strict() {
    for (member, json, read) in [
        ("id", "7", json!("7")),
        ("account_id", "-7", json!("-7")),
        ("names", "null", json!(null)),
        ("seen", "0", json!(false)),
        ("seen", "1.0", json!(true)),
        ("flag", "true", json!(1)),
        ("flag", "\"0\"", json!(0)),
        ("count", "2.0", json!(2)),
        ("count", "\"-2\"", json!(-2)),
        ("time", "\"\"", json!(null)),
        ("attached", "null", json!(null)),
        ("attached", "{\"a\": 1}", json!({ "a": 1 })),
    ] {
        let id = if member == "id" { "" } else { r#""id": "a", "# };
        let json = format!(r#"{{{id}"{member}": {json}}}"#);
        let written = serde_json::to_value(record(&json)).unwrap();
        assert_eq!(written[member], read, "{json}");
        let error = decode_strict::<Record>(json.as_bytes()).unwrap_err();
        assert_eq!(error.json_path(), Some(member), "{json}");
        // Strictness ends with the call.
        record(&json);
    }
    let exact = r#"{"id":"a","account_id":"","seen":true,"flag":5,"count":2,"time":"2026-05-17T09:42:11.000Z"}"#;
    let read = decode_strict::<Record>(exact.as_bytes()).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), exact);
}

#[test]
fn what_is_not_in_the_table_is_odd() {
    for (member, json) in [
        ("id", "true"),
        ("seen", "2"),
        ("seen", "\"true\""),
        ("flag", "\"yes\""),
        ("flag", "[]"),
        ("count", "2.5"),
        ("count", "\"two\""),
        ("count", "3000000000"),
        ("count", "true"),
        ("time", "0"),
        ("time", "\"2026\""),
        ("name", "7"),
        ("names", "[]"),
        ("names", "false"),
    ] {
        let id = if member == "id" { "" } else { r#""id": "a", "# };
        let json = format!(r#"{{{id}"{member}": {json}}}"#);
        let error = decode_json::<Record>(json.as_bytes()).expect_err(&json);
        assert_eq!(error.json_path(), Some(member), "{json}");
        let items: Items<Record> = decode_json(format!("[{json}]").as_bytes()).unwrap();
        assert_eq!(
            items.odd().next().unwrap().1.error().json_path(),
            Some(member)
        );
    }
}

#[test]
fn a_union_without_a_tag_is_the_first_variant_that_fits_exactly() {
    for (json, expected) in [
        ("[1, 2]", Numbers::Integers(vec![1, 2].into())),
        (r#"["a"]"#, Numbers::Texts(vec!["a".to_owned()].into())),
        (r#"["1", 2]"#, Numbers::Unknown(json!(["1", 2]))),
    ] {
        let read = decode_json::<Numbers>(json.as_bytes()).unwrap();
        assert_eq!(read, expected, "{json}");
        let read = decode_json::<Items<Numbers>>(format!("[null, {json}]").as_bytes()).unwrap();
        assert_eq!(read[1], expected, "{json}");
    }
}

#[test]
fn records_in_records_end_with_one_that_is_kept() {
    let depth = 100_000;
    let open = r#"{"id": 1, "parent": "#.repeat(depth);
    let json = format!("{open}null{}", "}".repeat(depth));
    let mut record = &record(&json);
    let mut levels = 0;
    let odd = loop {
        match record.parent.as_ref().unwrap() {
            MaybeOdd::Value(parent) => record = parent,
            MaybeOdd::Odd(odd) => break odd,
        }
        levels += 1;
    };
    assert_eq!(levels, 32);
    assert_eq!(odd.json().as_str().len(), json.len() - 33 * 21);
}

#[test]
fn raw_json_is_read_from_text_and_from_values_and_shows_no_contents() {
    let text = r#"{ "b": 1, "a": [1.50] }"#;
    let raw: RawJson = decode_json(text.as_bytes()).unwrap();
    assert_eq!((raw.as_str(), raw.to_string().as_str()), (text, text));
    assert_eq!(format!("{raw:?}"), format!("RawJson({} bytes)", text.len()));
    let value: Value = raw.parse().unwrap();
    assert_eq!(
        serde_json::from_value::<RawJson>(value.clone())
            .unwrap()
            .parse::<Value>()
            .unwrap(),
        value
    );
    assert_eq!(
        serde_json::from_reader::<_, RawJson>(text.as_bytes()).unwrap(),
        raw
    );
}

#[test]
fn a_list_is_made_and_compared_like_a_vec() {
    let mut items: Items<u8> = vec![3, 1].into();
    items.extend([2]);
    items.sort_unstable();
    assert_eq!(items, [1, 2, 3]);
    assert_eq!(items, (1..=3).collect::<Items<u8>>());
    assert_eq!((&items).into_iter().sum::<u8>(), 6);
    assert_eq!(
        items.clone().into_vec(),
        items.into_iter().collect::<Vec<u8>>()
    );
    assert_eq!(format!("{:?}", Items::<u8>::new()), "[]");
}
