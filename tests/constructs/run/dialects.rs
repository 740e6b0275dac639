//! Documents that are written in another way than OpenAPI 3.0 asks for.

use crate::wire::{head, parts};

mod faults {
    use postpress_constructs::faults::{
        enums::{PartKind, UploadFormKind, UploadFormStars},
        forms::UploadForm,
        params::{GetPartParams, GetSearchActionListPage1TopParams, PutOddParams},
        types::{OddBody, Part, PutOddDeep},
        variants::{PartEither, PartPet},
    };
    use postpress_runtime::multipart::Upload;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_path_is_sent_with_the_parameters_that_it_holds() {
        let params = GetPartParams { limit: Some(3) };
        let part = json!({"id": 1, "kind": "a"});
        let read = received!(
            "GET /things/-7/parts/a%2Fb?limit=3",
            part,
            faults.get_part(-7, "a/b", &params)
        );
        assert_eq!((read.id, read.kind), (1, Some(PartKind::A)));
        assert_eq!(PartKind::VALUES, [PartKind::A, PartKind::B]);
        // Its id is another's, so that it is numbered.
        let (server, client) = client!(faults, crate::wire::no_content());
        let request = client.get_part2("t", "p");
        assert_eq!(request.operation_id(), "get_part");
        crate::wire::wait(request.send()).unwrap();
        assert_eq!(head(&server.request()), "POST /things/t/parts/p");
    }

    #[test]
    fn a_query_in_a_path_is_sent_and_a_fragment_is_not() {
        let params = GetSearchActionListPage1TopParams {
            text: Some("a b".into()),
        };
        assert_eq!(
            head(&sent!(faults.get_search_action_list_page1_top(&params))),
            "GET /search?action=list&page=1&text=a%20b"
        );
    }

    #[test]
    fn the_slashes_of_a_reserved_value_stay_and_nothing_else_does() {
        assert_eq!(
            head(&sent!(faults.get_file("a/b c/%2F?d#e"))),
            "GET /files/a/b%20c/%252F%3Fd%23e"
        );
        for away in ["../secret", "a/..", "a/./b"] {
            assert!(refused!(faults.get_file(away)).contains("`path`"), "{away}");
        }
    }

    #[test]
    fn values_of_another_type_are_sent_as_values_of_the_declared_type() {
        let form = UploadForm {
            file: Upload::bytes("x").with_file_name("x.bin"),
            kind: UploadFormKind::True,
            stars: Some(UploadFormStars::N2),
        };
        let request = sent!(faults.upload(Some(&form)));
        assert_eq!(
            parts(&request),
            [
                "file (application/octet-stream, \"x.bin\") = x",
                "kind = true",
                "stars = 2"
            ]
        );
    }

    #[test]
    fn what_is_written_in_a_wrong_way_with_one_meaning_is_sent_as_it_was_meant() {
        let params = PutOddParams {
            x_trace: vec!["a".into(), "b".into()],
            simple: vec!["c".into(), "d".into()],
            deep: Some(PutOddDeep {
                a: Some("e".into()),
            }),
            text: Some("f".into()),
        };
        let json = json!({"id": "1", "title": [2], "oneOf": {"a": null}, "gone": 3});
        let body: OddBody = crate::wire::rewritten(json.clone());
        let request = sent!(faults.put_odd(7, Some(&body), &params));
        assert_eq!(
            head(&request),
            "PUT /odd/7?simple=c,d&deep%5Ba%5D=e&text=f\naccept: application/json\ncontent-type: application/json\nx-trace: a,b"
        );
        assert_eq!(
            serde_json::from_slice::<serde_json::Value>(&request.body).unwrap(),
            json
        );
    }

    #[test]
    fn what_cannot_be_typed_is_kept_as_json() {
        let part = json!({
            "id": 1,
            "kind": null,
            "list": [1, "a"],
            "empty": {"a": 1},
            "mixed": 2,
            "both": "text",
            "either": {"b": "x"},
            "pet": {"kind": "Dog", "barks": true},
            "tree": [[], [[]]],
        });
        let read: Part = crate::wire::rewritten(part);
        let either = read.either.unwrap().into_value();
        assert!(matches!(either, Some(PartEither::Left(left)) if left.json().is_some()));
        let pet = read.pet.unwrap().into_value();
        assert!(matches!(pet, Some(PartPet::Dog(dog)) if dog.barks));
    }
}

mod openapi_31 {
    use postpress_constructs::openapi_31::{
        enums::{ThingKind, ThingSize},
        forms::{Place, SendThingForm},
        params::ListThingsParams,
        types::{Change, Thing},
        variants::ThingValue,
    };
    use postpress_runtime::multipart::Upload;
    use serde_json::json;

    use super::*;

    #[test]
    fn types_have_the_shape_that_the_newer_keywords_give_them() {
        let json = json!([{
            "kind": "thing",
            "name": null,
            "value": 7,
            "pair": ["a", 1],
            "labels": {"x-a": "b"},
            "data": "QQ==",
            "anything": {"a": [1]},
            "place": {"x": 1.5},
            "local": {"word": "w"},
            "size": 2,
        }]);
        let params = ListThingsParams { limit: Some(1) };
        let things = received!("GET /things?limit=1", json, openapi_31.list_things(&params));
        let thing: &Thing = &things[0];
        assert_eq!(thing.kind, ThingKind::Thing);
        assert_eq!(thing.name, None);
        assert_eq!(thing.value, ThingValue::Integer(7));
        assert_eq!(thing.pair, [json!("a"), json!(1)]);
        assert_eq!(thing.labels["x-a"], "b");
        assert_eq!(thing.place.as_ref().unwrap().x, 1.5);
        assert_eq!(thing.local.as_ref().unwrap().word.as_deref(), Some("w"));
        assert_eq!(thing.size, Some(ThingSize::N2));
        assert_eq!(serde_json::to_value(&things).unwrap(), json);
    }

    #[test]
    fn a_form_is_written_in_the_styles_of_its_encoding() {
        let form = SendThingForm {
            picture: Upload::bytes("png").with_file_name("a.png"),
            note: None,
            tags: vec!["a".into(), "b".into()],
            place: Some(Place { x: 2.0 }),
        };
        assert_eq!(
            parts(&sent!(openapi_31.send_thing(&form))),
            [
                "picture (image/png, \"a.png\") = png",
                "tags = a|b",
                "place[x] = 2"
            ]
        );
    }

    #[test]
    fn what_a_webhook_brings_has_a_type() {
        let change: Change = crate::wire::rewritten(json!({
            "thing": {"kind": "thing", "name": "n", "value": true},
        }));
        assert_eq!(change.thing.value, ThingValue::Bool(true));
    }
}
