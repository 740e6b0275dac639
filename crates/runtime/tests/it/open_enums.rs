//! Open enums: every value comes back, and equality is that of the values.

use std::collections::{BTreeMap, HashMap};

use postpress_runtime::multipart::{FormBody, FormWriter};
use postpress_runtime::{Timestamp, error_catalogue, open_integer_enum, open_string_enum};
use proptest::prelude::*;

open_string_enum! {
    /// The service behind an account.
    pub(crate) enum AccountType {
        /// WhatsApp.
        Whatsapp = "WHATSAPP",
        Linkedin = "LINKEDIN",
        /// Quotes, and characters outside ASCII.
        Odd = "\"é\"",
    }
}

open_integer_enum! {
    /// What kind of chat it is.
    pub(crate) enum ChatType {
        /// Neither.
        None = -1,
        Direct = 0,
        Group = 1,
    }
}

error_catalogue! {
    operations {
        START = ["startChat"];
        BOTH = ["startChat", "sendMessage"];
    }
    pub(crate) enum ErrorType {
        InvalidParameters = "errors/invalid_parameters" => [
            400 START: "A parameter is wrong.",
            400 ["sendMessage"]: "A parameter of the message is wrong.",
            400 START: "Again.",
        ],
        Failed = "errors/failed" => [
            500 START: "It failed.",
            503 BOTH: "It failed for now.",
        ],
    }
}

#[test]
fn known_values_have_names_and_unknown_ones_are_kept() {
    for value in AccountType::VALUES {
        assert_eq!(&AccountType::from(value.as_str()), value);
        assert!(!value.is_unknown());
    }
    let unknown: AccountType = "whatsapp".parse().unwrap();
    assert!(unknown.is_unknown());
    assert_eq!(unknown.to_string(), "whatsapp");
    assert_eq!(format!("{unknown:?}"), r#"Unknown("whatsapp")"#);
    assert_eq!(
        format!("{:>9}|{:<9}|", AccountType::Linkedin, unknown),
        " LINKEDIN|whatsapp |"
    );
}

#[test]
fn integers_are_known_by_value_not_by_spelling() {
    for (json, value) in [
        ("1", ChatType::Group),
        ("1.0", ChatType::Group),
        ("10e-1", ChatType::Group),
        ("-0.0", ChatType::Direct),
        ("-1", ChatType::None),
    ] {
        assert_eq!(serde_json::from_str::<ChatType>(json).unwrap(), value);
        assert_eq!(json.parse::<ChatType>().unwrap(), value);
    }
    let two: ChatType = serde_json::from_str("2.0").unwrap();
    assert_eq!(two, ChatType::from(2));
    assert_eq!(two.value(), Some(2));
    for (json, value) in [
        ("2.5", None),
        ("18446744073709551615", None),
        ("9223372036854775807", Some(i64::MAX)),
        ("-9223372036854775808", Some(i64::MIN)),
        ("1e300", None),
    ] {
        let unknown: ChatType = serde_json::from_str(json).unwrap();
        assert!(unknown.is_unknown());
        assert_eq!(unknown.value(), value, "{json}");
        let written: f64 = serde_json::from_str(&serde_json::to_string(&unknown).unwrap()).unwrap();
        assert_eq!(written, json.parse::<f64>().unwrap());
    }
    assert_eq!(serde_json::to_string(&two).unwrap(), "2");
    assert!("two".parse::<ChatType>().is_err());
    assert_eq!(ChatType::None.to_string(), "-1");
}

#[test]
fn a_value_of_another_kind_is_an_error() {
    for json in ["1", "null", "true", "[]", "{}"] {
        assert!(serde_json::from_str::<AccountType>(json).is_err(), "{json}");
    }
    for json in ["\"1\"", "null", "true", "[]", "{}"] {
        assert!(serde_json::from_str::<ChatType>(json).is_err(), "{json}");
    }
}

#[test]
fn named_values_come_first_in_order() {
    let mut values = [
        AccountType::from("B"),
        AccountType::Linkedin,
        AccountType::from("A"),
        AccountType::Whatsapp,
    ];
    values.sort();
    assert_eq!(
        values.each_ref().map(AccountType::as_str),
        ["WHATSAPP", "LINKEDIN", "A", "B"]
    );

    let parse = |text: &str| text.parse::<ChatType>().unwrap();
    let mut numbers = [
        "1e300",
        "18446744073709551615",
        "2",
        "1.5",
        "-7",
        "1",
        "-1e300",
        "9007199254740993",
        "9007199254740992",
    ]
    .map(parse);
    numbers.sort();
    assert_eq!(
        numbers.map(|number| number.to_string()),
        [
            "1",
            "-1e+300",
            "-7",
            "1.5",
            "2",
            "9007199254740992",
            "9007199254740993",
            "18446744073709551615",
            "1e+300"
        ]
    );
}

#[test]
fn enums_are_keys_of_maps() {
    let counts: BTreeMap<AccountType, i64> =
        serde_json::from_str(r#"{"SIGNAL": 2, "LINKEDIN": 1}"#).unwrap();
    assert_eq!(counts[&AccountType::Linkedin], 1);
    assert_eq!(
        serde_json::to_string(&counts).unwrap(),
        r#"{"LINKEDIN":1,"SIGNAL":2}"#
    );
    let mut seen = HashMap::new();
    seen.insert(AccountType::from("LINKEDIN"), ());
    assert!(seen.contains_key(&AccountType::Linkedin));
}

#[test]
fn enums_and_timestamps_are_fields_of_forms() {
    struct Body;
    impl FormBody for Body {
        fn write(&self, form: &mut FormWriter) {
            form.field("a")
                .put(&[AccountType::Linkedin, "SIGNAL".into()]);
            form.field("b").put(&ChatType::Group);
            form.field("c").put(&Some(Timestamp::MIN));
        }
    }
    let form = Body.to_form_with_boundary("XXX").unwrap();
    let mut parts = Vec::new();
    for part in form.parts() {
        parts.push((part.name(), part.length()));
    }
    assert_eq!(parts, [("a", 8), ("a", 6), ("b", 1), ("c", 24)]);
}

#[test]
fn the_catalogue_is_data() {
    let info = ErrorType::InvalidParameters.info().unwrap();
    assert_eq!(info.error_type(), "errors/invalid_parameters");
    assert_eq!(info.description(), "A parameter is wrong.");
    assert_eq!(info.status(), Some(400));
    assert!(info.operations().eq(["startChat", "sendMessage"]));
    assert_eq!(
        info.documented()[1].description(),
        "A parameter of the message is wrong."
    );
    assert_eq!(info.documented()[1].operation(), "sendMessage");
    assert_eq!(info.documented()[1].status(), 400);

    assert_eq!(ErrorType::Failed.info().unwrap().status(), None);
    assert_eq!(ErrorType::from("errors/new").info(), None);
    assert_eq!(ErrorType::all().count(), 2);
    assert!(std::ptr::eq(
        ErrorType::Failed.info().unwrap(),
        ErrorType::from("errors/failed").info().unwrap()
    ));
}

fn hash(value: impl std::hash::Hash) -> u64 {
    use std::hash::BuildHasher;
    std::hash::BuildHasherDefault::<std::hash::DefaultHasher>::default().hash_one(value)
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![Just("LINKEDIN".to_owned()), "[A-C]{1,2}", any::<String>()]
}

fn number() -> impl Strategy<Value = serde_json::Number> {
    let float = prop_oneof![
        any::<f64>(),
        (-3..3_i32).prop_map(f64::from),
        Just(-0.0),
        Just(9.3e18),
        Just(1.9e19)
    ];
    prop_oneof![
        any::<i64>().prop_map(Into::into),
        any::<u64>().prop_map(Into::into),
        (-3..3_i64).prop_map(Into::into),
        float.prop_filter_map(
            "JSON has neither NaN nor infinity",
            serde_json::Number::from_f64
        ),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_string_comes_back(text in text()) {
        let value = AccountType::from(text.as_str());
        prop_assert_eq!(value.as_str(), &text);
        prop_assert_eq!(&value, &AccountType::from(text.clone()));
        prop_assert_eq!(value.is_unknown(), !AccountType::VALUES.contains(&value));
        let json = serde_json::to_string(&text).unwrap();
        prop_assert_eq!(serde_json::to_string(&value).unwrap(), &*json);
        prop_assert_eq!(serde_json::from_str::<AccountType>(&json).unwrap(), value);
    }

    #[test]
    fn strings_are_equal_as_their_texts_are(a in text(), b in text()) {
        let (left, right) = (AccountType::from(&*a), AccountType::from(&*b));
        prop_assert_eq!(left == right, a == b);
        prop_assert_eq!(left.cmp(&right).is_eq(), a == b);
        prop_assert!(left != right || hash(&left) == hash(&right));
    }

    #[test]
    fn every_number_comes_back(number in number()) {
        let value = ChatType::from(number.clone());
        let json = serde_json::to_string(&value).unwrap();
        prop_assert_eq!(json.parse::<f64>().unwrap(), number.as_f64().unwrap());
        if number.is_i64() || number.is_u64() {
            prop_assert_eq!(&json, &number.to_string());
        }
        prop_assert_eq!(value.is_unknown(), !ChatType::VALUES.contains(&value));
        prop_assert_eq!(serde_json::from_str::<ChatType>(&json).unwrap(), value.clone());
        prop_assert_eq!(json.parse::<ChatType>().unwrap(), value);
    }

    #[test]
    fn numbers_are_equal_as_their_values_are(a in number(), b in number(), c in number()) {
        let [x, y, z] = [a, b, c].map(ChatType::from);
        prop_assert_eq!(x == y, x.cmp(&y).is_eq());
        prop_assert_eq!(x.cmp(&y), y.cmp(&x).reverse());
        prop_assert!(x > y || y > z || x <= z);
        prop_assert!(x != y || hash(&x) == hash(&y));
    }
}
