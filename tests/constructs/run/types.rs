//! Objects and scalars in JSON: read from a response, and sent back as a body.

use serde_json::json;

use crate::wire::{head, moment, rewritten, whole};

mod scalars {
    use postpress_constructs::scalars::types::Scalars;
    use postpress_runtime::decode_json;
    use serde_json::Value;

    use super::*;

    fn every() -> Value {
        json!({
            "integer": i64::MIN,
            "unsigned": u64::MAX,
            "int32": i32::MIN,
            "uint32": u32::MAX,
            "int64": i64::MAX,
            "int8": -128,
            "odd": 1,
            "bounded": 100,
            "number": 1.5,
            "float": 0.1,
            "numbers": [1, 0.5],
            "number_map": {"k": 2},
            "nullable_number": 3,
            "bounded_number": 9.5,
            "at": "2026-05-17T09:42:11.000Z",
            "maybe_at": "2026-05-17T09:42:11.000Z",
            "times": ["2026-05-17T09:42:11.000Z"],
            "day": "2026-05-17",
            "text": "longer than it may be, and IN CAPITALS",
            "pattern": "no match",
            "yes": false,
            "uuid": "u",
            "mail": "m",
            "bytes": "AP8=",
            "ip": "i",
            "unique": ["a", "a", "a", "a"],
            "old": "o",
            "formatted_number": 0.25,
            "example": "e",
        })
    }

    #[test]
    fn scalars_of_every_kind_are_read_and_sent_back_whatever_their_limits() {
        let (read, sent): (Scalars, _) = sent_back!(every(), scalars.put_it);
        assert_eq!(sent, every());
        assert_eq!(read.integer, i64::MIN);
        assert_eq!(read.unsigned, Some(u64::MAX));
        assert_eq!(read.int32, Some(i32::MIN));
        assert_eq!(read.uint32, Some(u32::MAX));
        assert_eq!(read.int8, Some(i8::MIN));
        assert_eq!(read.bounded, Some(100));
        assert_eq!(read.float, Some(0.1));
        assert_eq!(read.numbers.unwrap(), [1.0, 0.5]);
        assert_eq!(read.number_map.unwrap()["k"], 2.0);
        assert_eq!((read.at, read.maybe_at), (moment(), Some(Some(moment()))));
        assert_eq!(read.times.unwrap(), [moment()]);
        assert!(!read.yes);
        assert_eq!(read.unique.unwrap().len(), 4);
    }

    fn required() -> Scalars {
        decode_json(br#"{"integer": 1, "number": 2.0, "at": "2026-05-17T11:42:11.0009+02:00", "text": "", "yes": true}"#)
            .unwrap()
    }

    #[test]
    fn defaults_are_not_sent_nor_filled_in() {
        let body = required();
        assert_eq!(body.bounded, None);
        let response = postpress_tests::Response::json("200 OK", &every());
        let (request, _) = exchange!(response, scalars.put_it(&body));
        assert_eq!(
            whole(&request),
            "PUT /it\naccept: application/json\ncontent-type: application/json\n\n\
             {\"integer\":1,\"number\":2,\"at\":\"2026-05-17T09:42:11.000Z\",\"text\":\"\",\"yes\":true}"
        );
    }

    #[test]
    fn absent_null_and_empty_are_three_things_in_a_body() {
        let body = || {
            let response = postpress_tests::Response::json("200 OK", &every());
            (required(), response)
        };
        let sent = |request: postpress_tests::Request| {
            let sent: Value = serde_json::from_slice(&request.body).unwrap();
            let named = |name: &str| sent.get(name).cloned();
            (named("numbers"), named("nullable_number"))
        };
        let (absent, response) = body();
        let (request, _) = exchange!(response, scalars.put_it(&absent));
        assert_eq!(sent(request), (None, None));
        let (mut empty, response) = body();
        (empty.numbers, empty.nullable_number) = (Some(Vec::new()), Some(None));
        let (request, _) = exchange!(response, scalars.put_it(&empty));
        assert_eq!(sent(request), (Some(json!([])), Some(Value::Null)));
        // A service that responds with null for a list has none.
        let mut null = every();
        (null["numbers"], null["nullable_number"]) = (Value::Null, Value::Null);
        let (read, _): (Scalars, _) = sent_back!(null, scalars.put_it);
        assert_eq!((read.numbers, read.nullable_number), (None, Some(None)));
    }

    #[test]
    fn whole_numbers_are_sent_without_a_fraction() {
        let body = Scalars {
            float: Some(3.0),
            numbers: Some(vec![4.0, 0.5]),
            number_map: Some([("k".to_owned(), 5.0)].into()),
            nullable_number: Some(Some(-0.0)),
            formatted_number: Some(6.0),
            ..required()
        };
        let response = postpress_tests::Response::json("200 OK", &every());
        let (request, _) = exchange!(response, scalars.put_it(&body));
        let body = String::from_utf8(request.body.clone()).unwrap();
        for member in [
            "\"number\":2,",
            "\"float\":3,",
            "\"numbers\":[4,0.5],",
            "\"number_map\":{\"k\":5},",
            "\"nullable_number\":0,",
            "\"formatted_number\":6}",
        ] {
            assert!(body.contains(member), "{member} in {body}");
        }
    }

    #[test]
    fn each_required_scalar_is_missed_by_its_place() {
        for name in ["integer", "number", "at", "text", "yes"] {
            let mut json = every();
            json.as_object_mut().unwrap().remove(name);
            let error = decode_json::<Scalars>(json.to_string().as_bytes()).unwrap_err();
            assert!(error.to_string().contains(name), "{error}");
        }
    }
}

mod objects {
    use postpress_constructs::objects::{
        enums::DefaultsD,
        types::{Closed, Everything},
        variants::WithUnionExtraValue,
    };
    use postpress_runtime::decode_json;
    use serde_json::Value;

    use super::*;

    fn required() -> Value {
        json!({
            "list": [],
            "nullable_list": [],
            "map": {},
            "free": {},
            "anything": null,
            "empty": {},
            "nullable": null,
            "nullable_object": null,
        })
    }

    fn every() -> Value {
        json!({
            "id": "i",
            "secret": "s",
            "list": ["a"],
            "nullable_list": ["a", null],
            "optional_list": [{"a": "x"}],
            "map": {"k": 1},
            "free": {"k": [null]},
            "optional_free": {"k": 1.5},
            "anything": ["any"],
            "optional_anything": {"any": 1},
            "nullable_anything": false,
            "empty": {},
            "nullable": "n",
            "optional_nullable": "o",
            "nullable_object": {"a": "x"},
            "with_extra": {"extra": "e", "more": 2, "most": 0.5},
            "with_union_extra": {"a": "x", "b": 1, "c": "y"},
            "closed": {"a": "x"},
            "untyped": {"a": "x"},
            "defaults": {"a": "y", "b": 4, "c": ["r"], "d": "n"},
            "list_of_lists": [[{"a": "x"}], []],
            "map_of_maps": {"k": {"l": 3}},
            "map_of_nullable": {"k": null, "l": "m"},
            "untyped_list": [1, "a", null],
        })
    }

    #[test]
    fn objects_of_every_kind_are_read_and_sent_back() {
        let (read, sent): (Everything, _) = sent_back!(every(), objects.put_it);
        assert_eq!(sent, every());
        let a = |a: &str| Closed { a: Some(a.into()) };
        assert_eq!(read.list, ["a"]);
        assert_eq!(read.nullable_list, [Some("a".to_owned()), None]);
        assert_eq!(read.optional_list.unwrap(), [a("x")]);
        assert_eq!(read.map["k"], 1);
        assert_eq!(read.free["k"], json!([null]));
        assert_eq!(read.anything, json!(["any"]));
        assert_eq!(read.nullable.as_deref(), Some("n"));
        let with_extra = read.with_extra.unwrap();
        assert_eq!(with_extra.extra, "e");
        assert_eq!(
            with_extra.extra_,
            [("more".to_owned(), 2.0), ("most".to_owned(), 0.5)].into()
        );
        let with_union_extra = read.with_union_extra.unwrap().extra;
        assert_eq!(with_union_extra["b"], WithUnionExtraValue::Integer(1));
        assert_eq!(with_union_extra["c"], WithUnionExtraValue::Text("y".into()));
        let defaults = read.defaults.unwrap();
        assert_eq!((defaults.b, defaults.d), (Some(4), Some(DefaultsD::N)));
        assert_eq!(read.list_of_lists.unwrap(), [vec![a("x")], vec![]]);
        assert_eq!(read.map_of_maps.unwrap()["k"]["l"], 3.0);
        assert_eq!(read.map_of_nullable.unwrap()["k"], None);
        assert_eq!(
            read.untyped_list.unwrap(),
            [json!(1), json!("a"), json!(null)]
        );
    }

    #[test]
    fn what_is_required_is_sent_though_empty_or_null_and_nothing_else_is() {
        let (read, sent): (Everything, _) = sent_back!(required(), objects.put_it);
        assert_eq!(sent, required());
        assert_eq!((read.nullable, read.nullable_object), (None, None));
        assert_eq!((read.id, read.secret), (None, None));
        assert_eq!(read.defaults, None);
    }

    #[test]
    fn optional_members_are_not_written_back_without_a_value() {
        let mut json = required();
        for name in [
            "nullable_object",
            "with_union_extra",
            "closed",
            "untyped",
            "defaults",
        ] {
            json[name] = json!({});
        }
        let read: Everything = rewritten(json);
        assert_eq!(read.untyped.unwrap().a, None);
        assert_eq!(read.defaults.unwrap().a, None);
    }

    #[test]
    fn lists_and_maps_that_are_null_are_empty() {
        let mut json = required();
        for name in [
            "list",
            "nullable_list",
            "optional_list",
            "map",
            "free",
            "optional_free",
            "list_of_lists",
            "map_of_maps",
            "map_of_nullable",
            "untyped_list",
        ] {
            json[name] = Value::Null;
        }
        let (_, sent): (Everything, _) = sent_back!(json, objects.put_it);
        assert_eq!(sent, required());
    }

    #[test]
    fn nullable_values_may_be_missing_and_others_may_not() {
        let without = |name: &str| {
            let mut json = required();
            json.as_object_mut().unwrap().remove(name);
            decode_json::<Everything>(json.to_string().as_bytes())
        };
        assert_eq!(without("nullable").unwrap().nullable, None);
        assert_eq!(without("nullable_object").unwrap().nullable_object, None);
        for name in ["list", "map", "free", "empty"] {
            let error = without(name).unwrap_err().to_string();
            assert!(error.contains(name), "{error}");
        }
    }

    #[test]
    fn members_that_the_document_does_not_know_are_ignored_even_in_closed_objects() {
        let mut json = required();
        json["new"] = json!({"k": 1});
        json["closed"] = json!({"a": "x", "new": 1});
        let (read, sent): (Everything, _) = sent_back!(json, objects.put_it);
        assert_eq!(read.closed.unwrap().a.as_deref(), Some("x"));
        assert_eq!(sent["closed"], json!({"a": "x"}));
        assert_eq!(sent.get("new"), None);
    }
}

mod all_of {
    use postpress_constructs::all_of::{
        enums::{AllNarrowedEnum, LooseA, NarrowedA},
        types::{All, Diamond, Narrowed, WithAlternativesTwo},
        variants::WithAlternatives,
    };
    use postpress_runtime::decode_json;
    use serde_json::Value;

    use super::*;

    fn every() -> Value {
        json!({
            "diamond": {"id": "1", "left": "l", "both": "b", "right": "r"},
            "narrowed": {"a": "x", "b": 7},
            "described": {"id": "2"},
            "nullable": {"id": "3"},
            "with_alternatives": {"id": "4", "two": "t"},
            "scalar": "s",
            "narrowed_enum": "red",
            "only_required": {"a": "y", "b": 0.5},
            "list": [{"id": "5", "n": 1}],
            "siblings": {"own": "o", "id": "6"},
            "base_and_extra": {"id": "7", "k": 8},
        })
    }

    #[test]
    fn compositions_hold_the_properties_of_all_their_schemas() {
        let (read, sent): (All, _) = sent_back!(every(), all_of.put_it);
        assert_eq!(sent, every());
        assert_eq!(
            read.diamond,
            Some(Diamond {
                id: "1".into(),
                left: Some("l".into()),
                both: "b".into(),
                right: Some("r".into()),
            })
        );
        assert_eq!(
            read.narrowed,
            Some(Narrowed {
                a: NarrowedA::X,
                b: Some(7),
            })
        );
        assert_eq!(
            read.with_alternatives,
            Some(WithAlternatives::Two(WithAlternativesTwo {
                two: "t".into(),
                id: "4".into(),
            }))
        );
        assert_eq!(read.narrowed_enum, Some(AllNarrowedEnum::Red));
        assert_eq!(read.only_required.unwrap().a, LooseA::Y);
        let list = read.list.unwrap();
        assert_eq!((&*list[0].id, list[0].n), ("5", Some(1)));
        let siblings = read.siblings.unwrap();
        assert_eq!((siblings.own.as_deref(), &*siblings.id), (Some("o"), "6"));
        assert_eq!(read.base_and_extra.unwrap().extra["k"], 8);
    }

    #[test]
    fn optional_members_are_not_written_back_without_a_value() {
        let every = json!({
            "diamond": {"id": "1", "both": "b"},
            "narrowed": {"a": "x"},
            "only_required": {"a": "x"},
            "list": [{"id": "2"}],
            "siblings": {"id": "3"},
            "base_and_extra": {"id": "4"},
        });
        rewritten::<All>(every);
        let (read, sent): (All, _) = sent_back!(json!({"list": null}), all_of.put_it);
        assert_eq!(read, All::default());
        assert_eq!(sent, json!({}));
    }

    #[test]
    fn what_one_of_the_schemas_requires_is_required() {
        for json in [
            json!({"diamond": {"id": "1"}}),
            json!({"narrowed": {"b": 7}}),
            json!({"only_required": {"b": 0.5}}),
            json!({"siblings": {"own": "o"}}),
        ] {
            assert!(
                decode_json::<All>(json.to_string().as_bytes()).is_err(),
                "{json}"
            );
        }
    }

    #[test]
    fn a_nullable_composition_may_be_null() {
        let (read, sent): (All, _) = sent_back!(json!({"nullable": null}), all_of.put_it);
        assert_eq!(read.nullable, Some(None));
        assert_eq!(sent, json!({"nullable": null}));
    }
}

mod recursion {
    use postpress_constructs::recursion::{
        types::{IsRule, Link, Tree},
        variants::{Json, Rule},
    };
    use serde_json::Value;

    use super::*;

    fn leaf(name: &str) -> Value {
        json!({"name": name, "children": []})
    }

    #[test]
    fn schemas_that_hold_themselves_are_read_and_sent_back_to_any_depth() {
        let json = json!({
            "name": "root",
            "next": leaf("next"),
            "nullable_next": leaf("nullable"),
            "children": [leaf("a"), {"name": "b", "children": [leaf("c")]}],
            "named": {"k": leaf("named")},
            "owner": {"tree": leaf("owned")},
            "rule": {"op": "not", "rule": {"op": "all", "rules": [{"op": "is", "value": "v"}]}},
            "json": {"k": ["text", 1.5, {"l": []}]},
            "inline": {"tree": leaf("inline")},
            "extended": {"name": "e", "children": [], "more": {"name": "m", "children": []}},
        });
        let (read, sent): (Tree, _) = sent_back!(json.clone(), recursion.put_it);
        assert_eq!(sent, json);
        assert_eq!(read.next.unwrap().name, "next");
        assert_eq!(read.nullable_next.unwrap().unwrap().name, "nullable");
        assert_eq!(read.children[1].children[0].name, "c");
        assert_eq!(read.named.unwrap()["k"].name, "named");
        assert_eq!(read.owner.unwrap().tree.name, "owned");
        let Some(Rule::Not(not)) = read.rule else {
            panic!("{:?}", read.rule);
        };
        let Rule::All(all) = &not.rule else {
            panic!("{not:?}");
        };
        let is = IsRule {
            value: Some("v".into()),
        };
        assert_eq!(all.rules, [Rule::Is(is)]);
        assert_eq!(read.inline.unwrap().tree.unwrap().name, "inline");
        assert_eq!(read.extended.unwrap().more.unwrap().name, "m");
        let Some(Json::Map(members)) = read.json else {
            panic!("{:?}", read.json);
        };
        let Json::List(list) = &members["k"] else {
            panic!("{members:?}");
        };
        assert_eq!(list[..2], [Json::Text("text".into()), Json::Number(1.5)]);
    }

    #[test]
    fn null_ends_the_recursion_where_a_member_must_be_there() {
        let json = json!({"next": {"next": {"next": null}}});
        let link: Link = rewritten(json);
        assert_eq!(link.next.unwrap().next.unwrap().next, None);
        let link: Link = postpress_runtime::decode_json(b"{}").unwrap();
        assert_eq!(link.next, None);
    }

    #[test]
    fn optional_members_end_the_recursion() {
        let json = json!({
            "name": "root",
            "children": [],
            "rule": {"op": "is"},
            "inline": {},
            "extended": leaf("e"),
        });
        let tree: Tree = rewritten(json);
        assert_eq!(tree.rule, Some(Rule::Is(IsRule { value: None })));
        let json = json!({"name": "root", "children": null, "named": null});
        let (read, sent): (Tree, _) = sent_back!(json, recursion.put_it);
        assert_eq!((read.children.len(), read.named), (0, None));
        assert_eq!(sent, leaf("root"));
    }
}

mod descriptions {
    use postpress_constructs::descriptions::{enums::ItBodyK, params::ItParams, types::ItBody};

    use super::*;

    #[test]
    fn odd_descriptions_change_nothing_of_what_is_sent() {
        let text = |text: &str| Some(text.to_owned());
        let body = ItBody {
            a: text("1"),
            b: text("2"),
            c: text("3"),
            d: text("4"),
            e: text("5"),
            f: text("6"),
            g: text("7"),
            h: text("8"),
            i: text("9"),
            j: text("10"),
            k: Some(ItBodyK::StarSlash),
            ..ItBody::default()
        };
        let params = ItParams { a: text("0") };
        assert_eq!(
            whole(&sent!(descriptions.it(&body, &params))),
            "POST /it?a=0\ncontent-type: application/json\n\n\
             {\"a\":\"1\",\"b\":\"2\",\"c\":\"3\",\"d\":\"4\",\"e\":\"5\",\"f\":\"6\",\"g\":\"7\",\"h\":\"8\",\"i\":\"9\",\
             \"j\":\"10\",\"k\":\"*/\"}"
        );
        assert_eq!(
            whole(&sent!(
                descriptions.it(&ItBody::default(), &ItParams::default())
            )),
            "POST /it\ncontent-type: application/json\n\n{}"
        );
    }

    #[test]
    fn values_that_look_like_code_or_markup_are_sent_as_they_are() {
        let values = ItBodyK::VALUES.iter().map(ItBodyK::as_str);
        assert!(values.eq(["*/", "\"", "\\", "line\nbreak", "tab\t", "`", "[x]", "<b>"]));
        let body = ItBody {
            k: Some(ItBodyK::LineBreak),
            ..ItBody::default()
        };
        let request = sent!(descriptions.it(&body, &ItParams::default()));
        assert_eq!(request.body, br#"{"k":"line\nbreak"}"#);
    }
}

mod events {
    use postpress_constructs::events::{
        types::{AddHookBody, Created},
        variants::Event,
    };
    use postpress_runtime::decode_json;

    use super::*;

    #[test]
    fn operations_with_callbacks_and_links_are_sent_like_any() {
        let body = AddHookBody {
            url: "https://hook.example/?a=b".into(),
        };
        assert_eq!(
            whole(&sent!(events.add_hook(&body))),
            "POST /hooks\ncontent-type: application/json\n\n{\"url\":\"https://hook.example/?a=b\"}"
        );
        assert_eq!(head(&sent!(events.remove_hook())), "DELETE /hooks");
    }

    #[test]
    fn what_the_service_sends_by_itself_is_read_by_its_type() {
        let created = Created {
            id: Some("i".into()),
        };
        let event: Event = decode_json(br#"{"id": "i", "event": "created"}"#).unwrap();
        assert_eq!(event, Event::Created(created));
        let event: Event = decode_json(br#"{"event": "removed"}"#).unwrap();
        assert!(matches!(event, Event::Removed(_)));
        assert_eq!(event.tag(), Some("removed"));
        let json = json!({"event": "new", "id": 1});
        let event: Event = decode_json(json.to_string().as_bytes()).unwrap();
        assert_eq!(event, Event::Unknown(json.clone()));
        assert_eq!(event.tag(), Some("new"));
        assert_eq!(serde_json::to_value(&event).unwrap(), json);
        let event: Event = rewritten(json!({"event": "created"}));
        assert_eq!(event.tag(), Some("created"));
    }
}
