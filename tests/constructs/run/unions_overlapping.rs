//! Unions of which serde alone cannot tell the variants apart: by what members are, or by nothing.

use postpress_constructs::unions_overlapping::{
    types::{All, ReceivedRight},
    variants::{
        AllClosed, AllClosedLists, AllClosedWithin, AllFormat, AllLists, AllNested, AllOptionalTag,
        AllOutcome, AllRange, AllSpecific, AllTagged, AllValue, Overlapping, Pet, Received,
    },
};
use postpress_runtime::Kept;
use serde_json::{Value, json};

use crate::wire::rewritten;

#[test]
fn constants_beside_other_types_tell_objects_apart() {
    assert!(matches!(rewritten(json!("auto")), AllFormat::Auto(_)));
    assert!(matches!(
        rewritten(json!({"type": "text"})),
        AllFormat::Text(_)
    ));
    let strict = json!({"type": "json", "strict": true});
    assert!(matches!(rewritten(strict), AllFormat::Json(json) if json.strict == Some(true)));
    for other in [json!({"type": "xml"}), json!({}), json!(["text"])] {
        assert_eq!(
            rewritten::<AllFormat>(other.clone()),
            AllFormat::Unknown(other)
        );
    }
}

#[test]
fn a_member_that_an_alternative_forbids_rules_it_out() {
    assert!(matches!(
        rewritten(json!({"x": 1, "y": 2})),
        AllClosed::Point(_)
    ));
    assert!(matches!(
        rewritten(json!({"x": 1, "w": 2})),
        AllClosed::Size(_)
    ));
    // In what no alternative knows, only the one that allows it is left, and it keeps nothing of what it does not know.
    let open: AllClosed = serde_json::from_value(json!({"x": 1, "z": 2})).unwrap();
    assert!(matches!(open, AllClosed::Open(_)));
    assert!(matches!(
        rewritten(json!({"of": {"a": "1"}})),
        AllClosedWithin::Plain(_)
    ));
    assert!(matches!(
        rewritten(json!({"of": {"b": "1"}})),
        AllClosedWithin::Rich(_)
    ));
    assert!(matches!(
        rewritten(json!([{"a": "1"}, {}])),
        AllClosedLists::List(_)
    ));
    let AllClosedLists::List2(full) = rewritten(json!([{"b": "1"}])) else {
        panic!("the first takes what it forbids");
    };
    assert_eq!(full[0].b.as_deref(), Some("1"));
}

#[test]
fn formats_truth_values_and_types_of_members_tell_objects_apart() {
    assert!(matches!(
        rewritten(json!({"first": "::1"})),
        AllRange::V6(_)
    ));
    assert!(matches!(
        rewritten(json!({"first": "10.0.0.1"})),
        AllRange::V4(_)
    ));
    assert!(matches!(
        rewritten(json!({"first": "host"})),
        AllRange::Unknown(_)
    ));
    assert!(matches!(
        rewritten(json!({"ok": true, "note": "n"})),
        AllOutcome::Done(_)
    ));
    assert!(matches!(
        rewritten(json!({"ok": false, "why": "w"})),
        AllOutcome::Failed(_)
    ));
    assert!(matches!(
        rewritten(json!({"v": "1"})),
        AllValue::TextValue(_)
    ));
    assert!(matches!(
        rewritten(json!({"v": 1})),
        AllValue::NumberValue(_)
    ));
}

#[test]
fn tags_within_members_and_lists_tell_values_apart() {
    let card = json!({"method": {"kind": 1, "digits": "4"}});
    assert!(matches!(rewritten(card), AllNested::Card(_)));
    let bank = json!({"method": {"kind": 2, "iban": "i"}});
    assert!(
        matches!(rewritten(bank), AllNested::Bank(bank) if bank.method.iban.as_deref() == Some("i"))
    );
    let cats = json!([{"kind": "cat", "lives": 9}, {"kind": "cat"}]);
    assert!(matches!(rewritten(cats), AllLists::List(cats) if cats.len() == 2));
    let dogs = json!([{"kind": "dog", "barks": true}]);
    assert!(matches!(rewritten(dogs), AllLists::List2(dogs) if dogs[0].barks == Some(true)));
    let both = json!([{"kind": "dog"}, {"kind": "cat"}]);
    assert_eq!(rewritten::<AllLists>(both.clone()), AllLists::Unknown(both));
}

#[test]
fn a_tag_that_may_be_absent_tells_where_it_is_there() {
    let square = json!({"shape": "square", "side": 2});
    assert!(matches!(rewritten(square), AllOptionalTag::Square(square) if square.side == Some(2)));
    let circle = json!({"shape": "circle", "radius": 2});
    assert!(matches!(rewritten(circle), AllOptionalTag::Circle(_)));
    // Nothing is lost where it is not.
    assert!(matches!(
        rewritten(json!({"side": 2})),
        AllOptionalTag::Circle(_)
    ));
}

#[test]
fn of_alternatives_that_overlap_the_most_specific_comes_first_and_the_json_is_kept() {
    let one = json!({"type": "one", "data": "d", "more": "m"});
    assert!(matches!(rewritten(one), AllSpecific::One(one) if one.data.as_deref() == Some("d")));
    let strict = json!({"type": "two", "data": "d", "more": "m"});
    assert!(matches!(rewritten(strict), AllSpecific::Strict(strict) if strict.data == "d"));
    let any = json!({"type": "two", "more": "m"});
    assert!(matches!(rewritten(any), AllSpecific::Any(any) if any.more.as_deref() == Some("m")));

    let named = json!({"name": "n", "pet": "dog"});
    assert!(matches!(rewritten(named), AllTagged::Named(_)));
    let dog = json!({"name": null, "pet": "dog", "new": [1, 2.50]});
    let AllTagged::Named(named) = rewritten(dog) else {
        panic!();
    };
    let pet: Pet = named.json().unwrap().parse().unwrap();
    assert!(matches!(pet, Pet::Dog(_)));

    for (json, is_expected) in [
        (
            json!([{"a": "x"}]),
            (|it| matches!(it, Overlapping::Items(items) if items.len() == 1))
                as fn(Overlapping) -> bool,
        ),
        (
            json!([]),
            |it| matches!(it, Overlapping::Items(items) if items.is_empty()),
        ),
        (json!({"a": "x"}), |it| matches!(it, Overlapping::Long(_))),
        (json!(1.5), |it| it == Overlapping::Number(1.5)),
    ] {
        assert!(is_expected(rewritten(json)));
    }
}

#[test]
fn the_json_of_a_response_is_kept_as_it_came() {
    let text = r#"{"b":  "x", "new": 1.0, "a": null}"#;
    let response =
        postpress_tests::Response::new("200 OK", &[("Content-Type", "application/json")], text);
    let (_, response) = exchange!(response, unions_overlapping.get_either());
    let value = response.unwrap().into_value();
    let Received::Left(left) = &value else {
        panic!("{value:?}");
    };
    assert_eq!(
        (left.a.as_deref(), left.json().unwrap().as_str()),
        (None, text)
    );
    assert_eq!(serde_json::to_string(&value).unwrap(), text);
    let right: ReceivedRight = left.json().unwrap().parse().unwrap();
    assert_eq!(right.b.as_deref(), Some("x"));
    // What does not fit exactly fits the other.
    let ids = received!(
        "GET /either",
        json!({"ids": "none"}),
        unions_overlapping.get_either()
    );
    assert!(matches!(ids, Received::Right(_)), "{ids:?}");
    let none = received!("GET /either", json!(1), unions_overlapping.get_either());
    assert_eq!(none, Received::Unknown(json!(1)));
    let none = received!(
        "GET /either",
        json!({"b": 1, "a": 1}),
        unions_overlapping.get_either()
    );
    assert!(none.is_unknown());
    let list = received!(
        "GET /either",
        json!({"ids": [1]}),
        unions_overlapping.get_either()
    );
    assert!(matches!(list, Received::Left(left) if left.ids == [1]));
}

#[test]
fn what_is_made_here_is_sent_as_its_type_and_what_came_as_it_came() {
    let json: Value = json!({
        "format": {"type": "text", "new": 1},
        "optional_tag": {"side": 3, "new": 1},
        "overlapping": {"a": "x", "b": "y", "next": {"a": "z"}},
        "tagged": {"name": "n", "pet": "cat"},
    });
    let (mut read, sent): (All, _) = sent_back!(json.clone(), unions_overlapping.put_it);
    // Told apart, and so read and written as what it is.
    let mut expected = json;
    expected["format"] = json!({"type": "text"});
    assert_eq!(sent, expected);
    assert!(
        matches!(&read.overlapping, Some(Overlapping::Long(long)) if long.b.as_deref() == Some("y"))
    );

    let strict = serde_json::from_value(json!({"type": "t", "data": "d"})).unwrap();
    read.specific = Some(AllSpecific::Strict(Kept::new(strict)));
    read.overlapping = Some(Overlapping::Long(Box::default()));
    let sent = serde_json::to_value(&read).unwrap();
    assert_eq!(sent["specific"], json!({"type": "t", "data": "d"}));
    assert_eq!(sent["overlapping"], json!({}));
}
