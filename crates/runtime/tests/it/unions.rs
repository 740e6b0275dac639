//! Unions in the form in which the generator prints them: what decodes, and what is kept.

use std::collections::{BTreeMap, HashMap};

use postpress_runtime::{TaggedJson, Timestamp, decode_json, serialize_without_tag};
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Image {
    id: String,
    width: Option<i64>,
}

/// A type that keeps the members it does not know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Card {
    id: String,
    #[serde(flatten)]
    extra: BTreeMap<String, Value>,
}

/// A type that refuses the members it does not know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Strict {
    id: String,
}

/// A type that has unions in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Album {
    items: Vec<Attachment>,
    cover: Option<Box<Attachment>>,
    muted: Option<MutedUntil>,
}

/// Something attached.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(tag = "type")]
enum Attachment {
    #[serde(rename = "img")]
    Image(Image),
    #[serde(rename = "card", serialize_with = "Attachment::without_tag")]
    Card(Card),
    #[serde(rename = "strict")]
    Strict(Strict),
    #[serde(rename = "album")]
    Album(Box<Album>),
    #[serde(rename = "options")]
    Options(Options),
    #[serde(untagged)]
    Unknown(Value),
}

impl Attachment {
    fn without_tag<T: Serialize, S: Serializer>(
        variant: &T,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serialize_without_tag("type", variant, serializer)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Classic {}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Recruiter {
    signature: String,
}

/// One of the variants is meant where there is no tag.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "api")]
enum Options {
    #[serde(rename = "classic")]
    Classic(Classic),
    #[serde(rename = "recruiter")]
    Recruiter(Recruiter),
    #[serde(untagged)]
    Unknown(Value),
}

impl<'de> Deserialize<'de> for Options {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let union = TaggedJson::read(deserializer, "api", Some("classic"))?;
        let read = match union.tag() {
            Some("classic") => union.variant_without_tag(Self::Classic),
            Some("recruiter") => union.variant_without_tag(Self::Recruiter),
            _ => union.unknown(),
        };
        Ok(read.unwrap_or_else(Self::Unknown))
    }
}

/// A type that has the tag itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Cat {
    kind: String,
    lives: u8,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum Pet {
    Cat(Cat),
    Unknown(Value),
}

impl<'de> Deserialize<'de> for Pet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let union = TaggedJson::read(deserializer, "kind", None)?;
        let read = match union.tag() {
            Some("cat") => union.variant(Self::Cat),
            _ => union.unknown(),
        };
        Ok(read.unwrap_or_else(Self::Unknown))
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(untagged)]
enum MutedUntil {
    Indefinitely(i64),
    Until(Timestamp),
    Like(Vec<Attachment>),
    Unknown(Value),
}

/// Decodes a text as the body of a response is decoded.
fn decode<T: DeserializeOwned>(json: &str) -> T {
    decode_json(json.as_bytes()).unwrap()
}

fn image(id: &str) -> Attachment {
    Attachment::Image(Image {
        id: id.into(),
        width: None,
    })
}

#[test]
fn the_tag_may_be_anywhere() {
    for json in [
        r#"{"type": "img", "id": "1"}"#,
        r#"{"id": "1", "type": "img"}"#,
        r#" { "x" : { "type" : [ "}" ] , "y" : "\"" } , "id" : "1" , "type" : "img" } "#,
        r#"{"id": "1", "ty\u0070e": "i\u006Dg"}"#,
    ] {
        assert_eq!(decode::<Attachment>(json), image("1"), "{json}");
    }
}

#[test]
fn what_does_not_fit_keeps_its_json() {
    for json in [
        r#"{"type":"hologram","id":"1","size":{"depth":3}}"#,
        r#"{"id":"1"}"#,
        r#"{"type":"img","id":7}"#,
        r#"{"type":"img"}"#,
        r#"{"type":7,"id":"1"}"#,
        r#"{"type":null,"id":"1"}"#,
        r#"{"type":"img","id":"1","width":"wide"}"#,
        r#"{"type":"strict","id":"1","more":true}"#,
        r#"{"id":"1","id":"2","type":"img"}"#,
        "{}",
        "[]",
        "null",
        "\"img\"",
        "7",
    ] {
        let json: Value = serde_json::from_str(json).unwrap();
        let text = match json.get("more") {
            // `Value` has dropped the duplicate.
            None if json["id"] == "2" => r#"{"id":"1","id":"2","type":"img"}"#.to_owned(),
            _ => json.to_string(),
        };
        let attachment: Attachment = decode(&text);
        assert_eq!(attachment, Attachment::Unknown(json.clone()));
        assert_eq!(serde_json::to_value(&attachment).unwrap(), json);
    }
}

#[test]
fn one_that_does_not_fit_leaves_the_rest_alone() {
    let json =
        r#"[{"type": "img", "id": "1"}, {"type": "img", "id": {}}, {"type": "img", "id": "3"}]"#;
    let attachments: Vec<Attachment> = decode(json);
    assert_eq!(
        attachments,
        [
            image("1"),
            Attachment::Unknown(json!({"type": "img", "id": {}})),
            image("3")
        ]
    );
}

#[test]
fn the_tag_is_written_first_and_once() {
    let written = serde_json::to_string(&image("1")).unwrap();
    assert_eq!(written, r#"{"type":"img","id":"1","width":null}"#);

    let card: Attachment = decode(r#"{"b": 1, "type": "card", "id": "1", "a": 2}"#);
    let Attachment::Card(inner) = &card else {
        panic!("{card:?}")
    };
    assert_eq!(inner.extra.keys().collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(
        serde_json::to_string(&card).unwrap(),
        r#"{"type":"card","id":"1","a":2,"b":1}"#
    );

    let extra = [("type".to_owned(), "else".into())].into();
    let card = Attachment::Card(Card {
        id: "1".into(),
        extra,
    });
    assert_eq!(
        serde_json::to_string(&card).unwrap(),
        r#"{"type":"card","id":"1"}"#
    );
}

#[test]
fn a_type_that_refuses_unknown_members_is_not_shown_the_tag() {
    let strict = Attachment::Strict(Strict { id: "1".into() });
    assert_eq!(
        decode::<Attachment>(r#"{"type": "strict", "id": "1"}"#),
        strict
    );
    assert_eq!(
        decode::<Attachment>(r#"{"id": "1", "type": "strict"}"#),
        strict
    );
}

#[test]
fn the_default_variant_is_meant_when_the_tag_is_absent_or_null() {
    for json in ["{}", r#"{"api": null}"#, r#"{"api": "classic"}"#] {
        assert_eq!(
            decode::<Options>(json),
            Options::Classic(Classic {}),
            "{json}"
        );
    }
    assert_eq!(
        serde_json::to_string(&Options::Classic(Classic {})).unwrap(),
        r#"{"api":"classic"}"#
    );
    // Also where the members do not fit what the tag says, or there is no object to have one.
    for json in [
        json!({"api": "new"}),
        json!({"api": 1}),
        json!({"api": "recruiter"}),
        json!([]),
        json!("classic"),
    ] {
        let options: Options = decode(&json.to_string());
        assert_eq!(options, Options::Unknown(json.clone()));
        assert_eq!(serde_json::to_value(&options).unwrap(), json);
    }
}

#[test]
fn a_tag_in_the_struct_is_the_structs() {
    let pet: Pet = decode(r#"{"lives": 9, "kind": "cat"}"#);
    assert_eq!(
        pet,
        Pet::Cat(Cat {
            kind: "cat".into(),
            lives: 9
        })
    );
    assert_eq!(
        serde_json::to_string(&pet).unwrap(),
        r#"{"kind":"cat","lives":9}"#
    );
    for json in [
        json!({"lives": 9, "kind": "dog"}),
        json!({"lives": 9}),
        json!({"kind": "cat"}),
        json!(["cat", 9]),
    ] {
        assert_eq!(decode::<Pet>(&json.to_string()), Pet::Unknown(json));
    }
}

#[test]
fn a_variant_may_be_a_union() {
    let options: Attachment =
        decode(r#"{"type": "options", "api": "recruiter", "signature": "S"}"#);
    assert_eq!(
        options,
        Attachment::Options(Options::Recruiter(Recruiter {
            signature: "S".into()
        }))
    );
    assert_eq!(
        serde_json::to_string(&options).unwrap(),
        r#"{"type":"options","api":"recruiter","signature":"S"}"#
    );
}

#[test]
fn untagged_unions_take_the_first_that_fits() {
    assert_eq!(decode::<MutedUntil>("-1"), MutedUntil::Indefinitely(-1));
    let time = "2026-05-17T09:42:11.000Z";
    assert_eq!(
        decode::<MutedUntil>(&format!("\"{time}\"")),
        MutedUntil::Until(time.parse().unwrap())
    );
    assert_eq!(
        decode::<MutedUntil>(r#"[{"type": "img", "id": "1"}]"#),
        MutedUntil::Like(vec![image("1")])
    );
    assert_eq!(
        decode::<MutedUntil>("\"tomorrow\""),
        MutedUntil::Unknown(json!("tomorrow"))
    );
    assert_eq!(decode::<Option<MutedUntil>>("null"), None);
}

#[test]
fn unions_decode_from_values_readers_and_the_buffers_of_serde() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Flat {
        id: String,
        #[serde(flatten)]
        rest: HashMap<String, Attachment>,
    }
    #[derive(Debug, PartialEq, Deserialize)]
    struct Flattened {
        number: i64,
        #[serde(flatten)]
        attachment: Attachment,
    }
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(untagged)]
    enum Either {
        One(Attachment),
    }
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(tag = "t", content = "c")]
    enum Adjacent {
        One(Attachment),
    }

    let json = json!({"id": "1", "type": "img"});
    assert_eq!(
        serde_json::from_value::<Attachment>(json.clone()).unwrap(),
        image("1")
    );
    assert_eq!(Attachment::deserialize(&json).unwrap(), image("1"));
    let reader = json.to_string();
    assert_eq!(
        serde_json::from_reader::<_, Attachment>(reader.as_bytes()).unwrap(),
        image("1")
    );

    let flat: Flat = decode(r#"{"a": {"id": "1", "type": "img"}, "id": "2", "b": 7}"#);
    assert_eq!(flat.rest["a"], image("1"));
    assert_eq!(flat.rest["b"], Attachment::Unknown(json!(7)));

    let flattened: Flattened = decode(r#"{"id": "1", "number": 3, "type": "img"}"#);
    assert_eq!(flattened.attachment, image("1"));

    let either: Either = decode(r#"{"id": 1, "type": "img"}"#);
    assert_eq!(
        either,
        Either::One(Attachment::Unknown(json!({"id": 1, "type": "img"})))
    );
    let adjacent: Adjacent = decode(r#"{"c": {"id": "1", "type": "img"}, "t": "One"}"#);
    assert_eq!(adjacent, Adjacent::One(image("1")));
}

#[test]
fn a_variant_within_an_untagged_enum_keeps_what_does_not_fit() {
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(untagged)]
    enum Several {
        Attachments(Vec<Attachment>),
        Anything(Value),
    }
    let several: Several = decode(r#"[{"id": 1, "type": "img"}]"#);
    assert!(matches!(several, Several::Attachments(_)), "{several:?}");
}

#[test]
fn serde_reads_a_variant_by_its_position_too() {
    // Services whose tags are strings send neither.
    assert_eq!(
        decode::<Attachment>(r#"{"type": 0, "id": "1"}"#),
        image("1")
    );
    assert_eq!(decode::<Attachment>(r#"["img", "1", null]"#), image("1"));
    // Where the generator prints the decoding, there is no such thing.
    let cat = json!(["cat", 9]);
    assert_eq!(decode::<Pet>(&cat.to_string()), Pet::Unknown(cat));
}

/// Whether the JSON has a tagged union that serde's derive would read by position.
fn is_read_by_position(json: &Value) -> bool {
    let is_tag = |tag: &Value| {
        tag.is_u64()
            || matches!(
                tag.as_str(),
                Some("img" | "card" | "strict" | "album" | "options")
            )
    };
    match json {
        Value::Array(items) => {
            items.first().is_some_and(is_tag) || items.iter().any(is_read_by_position)
        }
        Value::Object(members) => {
            members.get("type").is_some_and(Value::is_u64)
                || members.values().any(is_read_by_position)
        }
        _ => false,
    }
}

#[test]
fn errors_outside_of_unions_stay_errors() {
    for json in [
        r#"{"type": "img", "id": "1""#,
        r#"{"type": "img", "id": "1"}}"#,
        r#"{"type": "img" "id": "1"}"#,
        "",
    ] {
        assert!(serde_json::from_str::<Attachment>(json).is_err(), "{json}");
    }
    let error = decode_json::<Vec<Attachment>>(br#"[{"type": "hologram"}, 1"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "EOF while parsing a list at line 1 column 24"
    );
}

#[test]
fn deep_nesting_neither_fails_nor_exhausts_the_stack() {
    for depth in [10, 60, 1_000, 20_000] {
        let json = format!(
            r#"{}{{"type":"img","id":"1"}}{}"#,
            r#"{"type":"album","items":["#.repeat(depth),
            "]}".repeat(depth)
        );
        // On a thread with the stack that async runtimes give.
        let decoded = std::thread::Builder::new()
            .stack_size(2 << 20)
            .spawn(move || decode_json::<Attachment>(json.as_bytes()).is_ok())
            .unwrap()
            .join()
            .unwrap();
        // serde_json itself refuses what is too deep for a `Value`.
        assert_eq!(decoded, depth <= 60, "{depth}");
    }
}

/// JSON that often is one of our unions, or nearly.
fn any_json() -> impl Strategy<Value = Value> {
    let key = prop_oneof![
        Just("type"),
        Just("api"),
        Just("kind"),
        Just("id"),
        Just("width"),
        Just("items"),
        Just("cover"),
        Just("muted"),
        Just("lives"),
        Just("signature"),
        Just("é\"\\"),
    ];
    let text = prop_oneof![
        4 => prop_oneof![
            Just("img"), Just("card"), Just("strict"), Just("album"), Just("options"), Just("classic"),
            Just("recruiter"), Just("cat"), Just("2026-05-17T09:42:11.000Z"),
        ].prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    let leaf = prop_oneof![
        3 => text.prop_map(Value::from),
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        1 => (-2..300_i64).prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 8, move |inner| {
        let members =
            prop::collection::btree_map(key.clone().prop_map(str::to_owned), inner.clone(), 0..7);
        let tag = prop_oneof![
            Just("img"),
            Just("card"),
            Just("strict"),
            Just("album"),
            Just("options")
        ];
        let items = prop::collection::vec(inner.clone(), 0..4);
        prop_oneof![
            1 => items.clone().prop_map(Value::from),
            1 => members.clone().prop_map(|members| members.into_iter().collect()),
            3 => (members, tag, items).prop_map(|(mut members, tag, items)| {
                members.insert("type".into(), tag.into());
                members.insert("id".into(), "1".into());
                members.insert("items".into(), items.into());
                members.into_iter().collect()
            }),
        ]
    })
}

/// JSON text with the members of objects from the last to the first, so that tags come at both ends.
fn backwards(json: &Value) -> String {
    match json {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(backwards).collect();
            format!("[{}]", items.join(" , "))
        }
        Value::Object(members) => {
            let members: Vec<String> = members
                .iter()
                .rev()
                .map(|(key, value)| {
                    format!("{} :\n{}", Value::from(key.as_str()), backwards(value))
                })
                .collect();
            format!("{{ {} }}", members.join(","))
        }
        leaf => leaf.to_string(),
    }
}

/// The same JSON with what our types add: members that are `None`, tags that were defaults.
fn without_additions(json: &Value) -> Value {
    match json {
        Value::Array(items) => items.iter().map(without_additions).collect(),
        Value::Object(members) => members
            .iter()
            .filter(|(key, value)| !(value.is_null() || *key == "api" && *value == "classic"))
            .map(|(key, value)| (key.clone(), without_additions(value)))
            .collect(),
        leaf => leaf.clone(),
    }
}

/// Whether all of `part` is in `whole`: types drop the members that they do not know.
fn is_within(part: &Value, whole: &Value) -> bool {
    match (part, whole) {
        (Value::Array(part), Value::Array(whole)) => {
            part.len() == whole.len()
                && part
                    .iter()
                    .zip(whole)
                    .all(|(part, whole)| is_within(part, whole))
        }
        (Value::Object(part), Value::Object(whole)) => part
            .iter()
            .all(|(key, part)| whole.get(key).is_some_and(|whole| is_within(part, whole))),
        _ => part == whole,
    }
}

fn round_trip<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(
    json: &Value,
) -> Result<(), TestCaseError> {
    let text = json.to_string();
    let decoded: T = decode(&text);
    prop_assert_eq!(&decoded, &serde_json::from_value(json.clone()).unwrap());
    prop_assert_eq!(&decoded, &decode(&backwards(json)));
    let written = serde_json::to_string(&decoded).unwrap();
    prop_assert_eq!(&decoded, &decode(&written));
    let written: Value = serde_json::from_str(&written).unwrap();
    prop_assert!(
        is_within(&without_additions(&written), &without_additions(json)),
        "{} became {}",
        json,
        written
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_json_decodes_and_comes_back(json in any_json()) {
        // Null is no value of a union.
        prop_assume!(!json.is_null() && !is_read_by_position(&json));
        round_trip::<Attachment>(&json)?;
        round_trip::<Options>(&json)?;
        round_trip::<Pet>(&json)?;
        round_trip::<MutedUntil>(&json)?;
        round_trip::<Vec<Attachment>>(&Value::from(vec![json]))?;
    }

    #[test]
    fn what_is_unknown_comes_back_unchanged(json in any_json()) {
        if let Attachment::Unknown(kept) = decode(&json.to_string()) {
            prop_assert_eq!(kept, json);
        }
    }

    #[test]
    fn broken_json_never_panics(json in any_json(), cut in any::<prop::sample::Index>(), with in any::<u8>()) {
        let mut bytes = json.to_string().into_bytes();
        let at = cut.index(bytes.len());
        bytes[at] = with;
        let _ = decode_json::<Attachment>(&bytes);
        bytes.truncate(at);
        let _ = decode_json::<Vec<MutedUntil>>(&bytes);
        let _ = serde_json::from_slice::<Attachment>(&bytes);
    }
}
