//! Enums, which are open: a value that has no name is kept, and written back.

use std::fmt::Debug;

use postpress_tests::Response;
use serde_json::{Value, json};

use crate::wire::{head, rewritten};

/// Checks that each value reads as the variant of the same place, and is written back.
fn assert_named<T>(values: &[Value], variants: &[T])
where
    T: serde::de::DeserializeOwned + serde::Serialize + PartialEq + Debug,
{
    let read: Vec<T> = values
        .iter()
        .map(|value| serde_json::from_value(value.clone()).unwrap())
        .collect();
    assert_eq!(read, variants);
    assert_eq!(serde_json::to_value(&read).unwrap(), json!(values));
}

mod enums_of_strings {
    use postpress_constructs::enums_of_strings::{
        enums::{
            GetEnumsResponseNullable, GetEnumsResponseUntyped, GetEnumsSort, Keywords, Known,
            Named, Scripts, Signs,
        },
        params::GetEnumsParams,
    };

    use super::*;

    fn response() -> Value {
        json!({
            "signs": "<=",
            "named": "g",
            "nullable": "b",
            "known": "UNKNOWN",
            "scripts": ["你好", "🙂", "new"],
            "by_kind": {"k": "1.0"},
            "untyped": "y",
            "keywords": "Self",
        })
    }

    #[test]
    fn values_are_read_by_name_and_written_back() {
        let read = received!(
            "GET /enums",
            response(),
            enums_of_strings.get_enums(&GetEnumsParams::default())
        );
        assert_eq!(read.signs, Signs::LessEqual);
        assert_eq!(read.named, Named::Green);
        assert_eq!(read.nullable, Some(GetEnumsResponseNullable::B));
        assert_eq!(read.optional, None);
        assert_eq!(read.known, Known::Unknown4);
        assert_eq!(
            read.scripts,
            [Scripts::你好, Scripts::Value, Scripts::from("new")]
        );
        assert_eq!(read.by_kind["k"], Known::N1_0);
        assert_eq!(read.untyped, Some(GetEnumsResponseUntyped::Y));
        assert_eq!(read.keywords, Some(Keywords::Self2));
        assert_eq!(serde_json::to_value(&read).unwrap(), response());
    }

    #[test]
    fn values_that_have_no_name_are_kept_and_written_back() {
        let mut response = response();
        for name in [
            "signs", "named", "nullable", "optional", "known", "untyped", "keywords",
        ] {
            response[name] = json!(format!("new {name}"));
        }
        let read = received!(
            "GET /enums",
            response.clone(),
            enums_of_strings.get_enums(&GetEnumsParams::default())
        );
        assert!(read.signs.is_unknown());
        assert_eq!(read.signs.as_str(), "new signs");
        assert!(matches!(read.known, Known::Unknown(_)));
        assert_eq!(read.nullable.as_ref().unwrap().as_str(), "new nullable");
        assert_eq!(serde_json::to_value(&read).unwrap(), response);
    }

    #[test]
    fn lists_and_maps_that_are_null_are_empty() {
        let mut response = response();
        response["scripts"] = Value::Null;
        response["by_kind"] = Value::Null;
        let params = GetEnumsParams::default();
        let read = received!("GET /enums", response, enums_of_strings.get_enums(&params));
        assert_eq!((read.scripts.len(), read.by_kind.len()), (0, 0));
    }

    #[test]
    fn null_is_none_where_it_is_among_the_values() {
        let mut response = response();
        response["nullable"] = Value::Null;
        let read = received!(
            "GET /enums",
            response.clone(),
            enums_of_strings.get_enums(&GetEnumsParams::default())
        );
        assert_eq!(read.nullable, None);
        assert_eq!(serde_json::to_value(&read).unwrap(), response);
    }

    #[test]
    fn values_are_sent_as_they_are_on_the_wire() {
        let params = GetEnumsParams {
            sort: Some(GetEnumsSort::PlusName),
            kinds: vec![Known::Unknown2, Known::N1, Known::from("2")],
        };
        let response = Response::json("200 OK", &response());
        let (request, _) = exchange!(response, enums_of_strings.get_enums(&params));
        assert_eq!(
            head(&request),
            "GET /enums?sort=%2Bname&kinds=unknown&kinds=1&kinds=2\naccept: application/json"
        );
    }

    #[test]
    fn values_that_differ_in_punctuation_or_case_only_are_variants_each() {
        let signs = [
            "<", "<=", ">", ">=", "==", "!=", "a.b", "a-b", "a_b", "A_B", "", " ", "\"", "\\", "'",
            "{}",
        ];
        assert_named(
            &signs.map(Value::from),
            &[
                Signs::Less,
                Signs::LessEqual,
                Signs::Greater,
                Signs::GreaterEqual,
                Signs::EqualEqual,
                Signs::NotEqual,
                Signs::AB,
                Signs::AB2,
                Signs::AB3,
                Signs::AB4,
                Signs::Empty,
                Signs::Space,
                Signs::Quote,
                Signs::Backslash,
                Signs::Apostrophe,
                Signs::OpenClose,
            ],
        );
        assert_named(
            &["unknown", "Unknown", "UNKNOWN", "known", "0", "1", "1.0"].map(Value::from),
            Known::VALUES,
        );
        assert_eq!(
            Known::VALUES[3..],
            [Known::Known, Known::N0, Known::N1, Known::N1_0]
        );
    }

    #[test]
    fn values_that_are_words_of_rust_or_of_other_scripts_are_variants_each() {
        let keywords = [
            "self", "Self", "super", "crate", "type", "match", "async", "none", "some", "ok",
            "err", "option", "value", "values", "known", "from_str",
        ];
        assert_named(&keywords.map(Value::from), Keywords::VALUES);
        assert_eq!(
            Keywords::VALUES[..3],
            [Keywords::Self_, Keywords::Self2, Keywords::Super]
        );
        assert_named(
            &["привет", "你好", "Ünïcode", "été", "🙂"].map(Value::from),
            &[
                Scripts::Привет,
                Scripts::你好,
                Scripts::Ünïcode,
                Scripts::Été,
                Scripts::Value,
            ],
        );
        assert_named(
            &["r", "g", "b"].map(Value::from),
            &[Named::Red, Named::Green, Named::Blue],
        );
        assert_named(
            &["+name", "-name", "name"].map(Value::from),
            &[
                GetEnumsSort::PlusName,
                GetEnumsSort::MinusName,
                GetEnumsSort::Name,
            ],
        );
        assert_named(
            &["a", "b"].map(Value::from),
            GetEnumsResponseNullable::VALUES,
        );
        assert_named(
            &["x", "y"].map(Value::from),
            GetEnumsResponseUntyped::VALUES,
        );
    }
}

mod enums_of_integers {
    use postpress_constructs::enums_of_integers::{
        enums::{
            GetEnumsResponseLarge, GetEnumsResponseNullable, GetEnumsResponseWholeNumbers, Kind,
            Level,
        },
        params::GetEnumsParams,
    };

    use super::*;

    #[test]
    fn integers_are_sent_in_the_path_and_the_query() {
        let response = Response::json("200 OK", &json!({"level": -10, "kind": 2}));
        let params = GetEnumsParams {
            levels: vec![Level::N10, Level::from(7)],
        };
        let (request, response) = exchange!(
            response,
            enums_of_integers.get_enums(&Level::Minus1, &params)
        );
        assert_eq!(
            head(&request),
            "GET /enums/-1?levels=10&levels=7\naccept: application/json"
        );
        let read = response.unwrap().into_value();
        assert_eq!((read.level, read.kind), (Level::Minus10, Kind::Channel));
    }

    /// Reads a response of these numbers, and writes it back.
    macro_rules! read {
        ($json:expr) => {{
            let json = $json;
            let params = GetEnumsParams::default();
            let read = received!(
                "GET /enums/0",
                json.clone(),
                enums_of_integers.get_enums(&Level::N0, &params)
            );
            (read, json)
        }};
    }

    #[test]
    fn numbers_are_read_by_name_and_written_back() {
        let (read, json) = read!(json!({
            "level": -1,
            "kind": 0,
            "nullable": 2,
            "large": i64::MIN,
            "numbers": 0.5,
            "whole_numbers": 2,
            "always": true,
            "list": [1, 2, 9],
        }));
        assert_eq!(read.level, Level::Minus1);
        assert_eq!(read.kind, Kind::Direct);
        assert_eq!(read.nullable, Some(GetEnumsResponseNullable::N2));
        assert_eq!(
            read.large,
            Some(GetEnumsResponseLarge::Minus9223372036854775808)
        );
        assert_eq!(read.numbers, Some(0.5));
        assert_eq!(read.whole_numbers, Some(GetEnumsResponseWholeNumbers::N2));
        assert_eq!(read.always, Some(true));
        assert_eq!(read.list, [Kind::Group, Kind::Channel, Kind::from(9)]);
        assert_eq!(serde_json::to_value(&read).unwrap(), json);
    }

    #[test]
    fn optional_numbers_are_not_written_back_without_a_value() {
        let (read, json) = read!(json!({"level": 0, "kind": 1, "nullable": null, "list": null}));
        assert_eq!((read.nullable.as_ref(), read.list.len()), (None, 0));
        let written = serde_json::to_value(&read).unwrap();
        assert_eq!(written, json!({"level": 0, "kind": json["kind"]}));
    }

    #[test]
    fn numbers_that_have_no_name_are_kept_and_written_back() {
        let (read, json) = read!(json!({
            "level": 5,
            "kind": -1,
            "nullable": 3,
            "large": 0,
            "whole_numbers": 2.5,
        }));
        assert!(read.level.is_unknown());
        assert_eq!(read.level, Level::from(5));
        assert!(read.whole_numbers.as_ref().unwrap().is_unknown());
        assert_eq!(serde_json::to_value(&read).unwrap(), json);
    }

    #[test]
    fn each_number_has_the_name_that_the_document_gives_it() {
        assert_named(
            &[-1, 0, 1, 10, -10].map(Value::from),
            &[
                Level::Minus1,
                Level::N0,
                Level::N1,
                Level::N10,
                Level::Minus10,
            ],
        );
        assert_named(
            &[0, 1, 2].map(Value::from),
            &[Kind::Direct, Kind::Group, Kind::Channel],
        );
        assert_named(
            &[i64::MAX, i64::MIN].map(Value::from),
            &[
                GetEnumsResponseLarge::N9223372036854775807,
                GetEnumsResponseLarge::Minus9223372036854775808,
            ],
        );
    }
}

mod enums_open {
    use postpress_constructs::enums_open::{
        enums::{
            GetModelResponseByReference, GetModelResponseLimitNone, GetModelResponseModel,
            GetModelResponseNullable, GetModelResponseNumber, GetModelResponseTwoLists,
        },
        variants::GetModelResponseLimit,
    };

    use super::*;

    #[test]
    fn known_values_beside_any_other_are_an_enum() {
        let json = json!({
            "model": "small",
            "by_reference": "b",
            "two_lists": "c",
            "number": 2,
            "nullable": "x",
            "limit": "none",
        });
        let (request, response) =
            exchange!(Response::json("200 OK", &json), enums_open.get_model());
        assert_eq!(head(&request), "GET /models\naccept: application/json");
        let read = response.unwrap().into_value();
        assert_eq!(read.model, GetModelResponseModel::Small);
        assert_eq!(read.by_reference, Some(GetModelResponseByReference::B));
        assert_eq!(read.two_lists, Some(GetModelResponseTwoLists::C));
        assert_eq!(read.number, GetModelResponseNumber::N2);
        assert_eq!(read.nullable, Some(GetModelResponseNullable::X));
        assert_eq!(
            read.limit,
            GetModelResponseLimit::None(GetModelResponseLimitNone::None)
        );
        assert_eq!(serde_json::to_value(&read).unwrap(), json);
    }

    #[test]
    fn each_enum_has_the_values_of_all_its_lists() {
        assert_named(
            &["small", "large"].map(Value::from),
            GetModelResponseModel::VALUES,
        );
        assert_named(
            &["a", "b"].map(Value::from),
            GetModelResponseByReference::VALUES,
        );
        assert_named(
            &["a", "b", "c"].map(Value::from),
            GetModelResponseTwoLists::VALUES,
        );
        assert_named(&[1, 2].map(Value::from), GetModelResponseNumber::VALUES);
    }

    #[test]
    fn any_other_value_is_kept_and_written_back() {
        let json = json!({
            "model": "huge",
            "number": 3,
            "limit": 10,
        });
        let read = received!("GET /models", json.clone(), enums_open.get_model());
        assert_eq!(read.model.as_str(), "huge");
        assert!(read.model.is_unknown());
        assert_eq!(read.number, GetModelResponseNumber::from(3));
        assert_eq!(read.nullable, None);
        assert_eq!(read.limit, GetModelResponseLimit::Integer(10));
        assert_eq!(serde_json::to_value(&read).unwrap(), json);
    }
}

mod enums_inline {
    use postpress_constructs::enums_inline::{
        enums::{
            ChatKind, ChatKind2, ChatKind3, ChatType, Client, ListChatsType, ListChatsType2,
            Option2,
        },
        params::ListChatsParams,
        types::Unused,
    };

    use super::*;

    #[test]
    fn enums_whose_names_are_alike_are_read_each_with_its_own_values() {
        let json = json!([
            {"kind": "inline", "kind_": "property", "other": "component", "type": "x", "option": "none"},
            {"kind": "component"},
        ]);
        let params = ListChatsParams {
            type_: Some(ListChatsType2::Parameter),
        };
        let response = Response::json("200 OK", &json);
        let (request, response) = exchange!(response, enums_inline.list_chats(&params));
        assert_eq!(
            head(&request),
            "GET /chats?type=parameter\naccept: application/json"
        );
        let chats = response.unwrap().into_value();
        assert_eq!(chats[0].kind, Some(ChatKind2::Inline));
        assert_eq!(chats[0].kind2, Some(ChatKind3::Property));
        assert_eq!(chats[0].other, Some(ChatKind::Component));
        assert_eq!(chats[0].type_, Some(ChatType::X));
        assert_eq!(chats[0].option, Some(Option2::None));
        // A value of the component that has nearly its name.
        assert!(chats[1].kind.as_ref().unwrap().is_unknown());
        assert_eq!(serde_json::to_value(&chats).unwrap(), json);
    }

    #[test]
    fn each_enum_has_its_own_values() {
        assert_named(&["inline", "property"].map(Value::from), ChatKind2::VALUES);
        assert_named(&["other", "property"].map(Value::from), ChatKind3::VALUES);
        assert_named(&["a", "component"].map(Value::from), ChatKind::VALUES);
        assert_named(&["some", "none"].map(Value::from), Option2::VALUES);
        assert_named(
            &["from", "parameter"].map(Value::from),
            ListChatsType2::VALUES,
        );
        assert_named(&["another"].map(Value::from), ListChatsType::VALUES);
    }

    #[test]
    fn schemas_called_like_types_of_rust_or_of_the_client_are_types_of_their_own() {
        let json = json!({
            "string": {"vec": {"box": {"result": {"a": "x"}}}},
            "client": "web",
            "error": {"response": "e"},
            "response": {"a": 1},
        });
        let read: Unused = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(read.client, Some(Client::Web));
        assert_eq!(read.response.as_ref().unwrap().a, Some(1));
        let error = read.error.as_ref().unwrap();
        assert_eq!(error.response.as_deref(), Some("e"));
        let boxed = &read.string.as_ref().unwrap().vec.as_ref().unwrap().box_;
        let result = boxed.as_ref().unwrap().result.as_ref().unwrap();
        assert_eq!(result.a.as_deref(), Some("x"));
        assert_eq!(serde_json::to_value(&read).unwrap(), json);
        rewritten::<Unused>(json!({}));
        rewritten::<Unused>(json!({"string": {}, "error": {}, "response": {}}));
        rewritten::<Unused>(json!({"string": {"vec": {}}}));
        rewritten::<Unused>(json!({"string": {"vec": {"box": {}}}}));
        rewritten::<Unused>(json!({"string": {"vec": {"box": {"result": {}}}}}));
    }
}
