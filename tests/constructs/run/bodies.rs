//! Bodies that are no forms: JSON, texts, bytes and url-encoded ones.

use postpress_tests::{Request, Response};
use serde_json::json;

use crate::wire::{head, moment, rewritten, values, wait, whole};

mod media_types {
    use postpress_constructs::media_types::{
        enums::UrlencodedBodyKind,
        types::{AnyJsonBody, Base64Body, UrlencodedBody, VendorBody},
    };
    use postpress_runtime::Error;

    use super::*;

    /// A body that is no UTF-8.
    const BYTES: &[u8] = b"\x00\xFF\r\n";

    fn ok(media_type: &str, body: impl AsRef<[u8]>) -> Response {
        Response::new("200 OK", &[("Content-Type", media_type)], body)
    }

    #[test]
    fn texts_are_sent_and_read_as_they_are() {
        let response = ok("text/plain", "Grüße\r\n");
        let (request, response) = exchange!(response, media_types.text("hello, \"you\""));
        assert_eq!(
            whole(&request),
            "POST /text\ncontent-type: text/plain\n\nhello, \"you\""
        );
        assert_eq!(response.unwrap().value(), "Grüße\r\n");

        let (request, response) = exchange!(ok("text/csv", "a,b"), media_types.csv());
        assert_eq!(whole(&request), "GET /csv");
        assert_eq!(response.unwrap().value(), "a,b");
    }

    #[test]
    fn a_text_that_is_no_utf_8_is_an_error_that_keeps_its_bytes() {
        let (_, response) = exchange!(ok("text/csv", BYTES), media_types.csv());
        let error = response.unwrap_err();
        assert!(matches!(error, Error::InvalidBody(_)), "{error:?}");
        assert_eq!(error.body().unwrap(), BYTES);
    }

    /// Sends bytes to an operation that responds with bytes, and checks both.
    macro_rules! bytes {
        ($operation:ident: $head:literal) => {{
            let (server, client) = client!(media_types, ok("application/x-any", BYTES));
            let id = client.$operation(BYTES).operation_id();
            crate::wire::assert_named(stringify!($operation), id);
            let received = wait(async {
                let response = client.$operation(BYTES.to_vec()).await.unwrap();
                assert_eq!(response.value().content_length(), Some(4));
                response.into_value().bytes().await.unwrap()
            });
            assert_eq!(received, BYTES);
            let request = server.request();
            assert_eq!(request.body, BYTES);
            assert_eq!(head(&request), $head);
        }};
    }

    #[test]
    fn bytes_of_any_kind_are_sent_under_their_media_type_and_streamed_back() {
        bytes!(bytes: "PUT /bytes\ncontent-type: application/octet-stream");
        bytes!(png: "PUT /png\ncontent-type: image/png");
        bytes!(xml: "POST /xml\ncontent-type: application/xml");
        bytes!(any: "POST /any\ncontent-type: application/octet-stream");
    }

    #[test]
    fn lines_of_json_are_streamed() {
        let (server, client) = client!(media_types, ok("application/x-ndjson", "1\n2\n"));
        assert_eq!(client.lines().operation_id(), "lines");
        let lines = wait(async {
            let response = client.lines().await.unwrap();
            response.into_value().bytes().await.unwrap()
        });
        assert_eq!(lines, "1\n2\n");
        assert_eq!(head(&server.request()), "GET /lines");
    }

    #[test]
    fn json_is_asked_for_where_a_response_may_be_something_else_too() {
        let response = Response::json("200 OK", &json!(["a"]));
        let (request, response) = exchange!(response, media_types.either());
        assert_eq!(head(&request), "GET /either\naccept: application/json");
        assert_eq!(response.unwrap().value(), &["a"]);
    }

    #[test]
    fn media_types_that_are_json_by_their_ending_or_schema_are_sent_and_read_as_json() {
        let body = VendorBody {
            a: Some("x".into()),
        };
        let response = ok("application/vnd.thing.v2+json", r#"{"a": "y"}"#);
        let (request, response) = exchange!(response, media_types.vendor(&body));
        assert_eq!(
            whole(&request),
            "PATCH /vendor\naccept: application/vnd.thing.v2+json\ncontent-type: application/merge-patch+json\n\n{\"a\":\"x\"}"
        );
        assert_eq!(response.unwrap().value().a.as_deref(), Some("y"));

        let body = AnyJsonBody {
            a: Some("x".into()),
        };
        let response = Response::json("200 OK", &json!({"a": "y"}));
        let (request, response) = exchange!(response, media_types.any_json(&body));
        assert_eq!(
            whole(&request),
            "POST /any-json\naccept: application/json\ncontent-type: application/json\n\n{\"a\":\"x\"}"
        );
        assert_eq!(response.unwrap().value().a.as_deref(), Some("y"));
    }

    #[test]
    fn binary_texts_in_json_are_sent_as_they_are_given() {
        let body = Base64Body {
            data: "AP8=".into(),
            raw: Some("\u{0}".into()),
        };
        assert_eq!(
            whole(&sent!(media_types.base64(&body))),
            "POST /base64\ncontent-type: application/json\n\n{\"data\":\"AP8=\",\"raw\":\"\\u0000\"}"
        );
    }

    #[test]
    fn scalars_of_every_kind_are_url_encoded() {
        let body = UrlencodedBody {
            name: "a b&c=d+é".into(),
            age: Some(-1),
            rate: Some(2.0),
            member: Some(false),
            since: Some(moment()),
            kind: Some(UrlencodedBodyKind::B),
            none: None,
        };
        assert_eq!(
            whole(&sent!(media_types.urlencoded(&body))),
            "POST /urlencoded\ncontent-type: application/x-www-form-urlencoded\n\n\
             name=a%20b%26c%3Dd%2B%C3%A9&age=-1&rate=2&member=false&since=2026-05-17T09%3A42%3A11.000Z&kind=b"
        );
        assert_eq!(values(UrlencodedBodyKind::VALUES), ["a", "b"]);
    }

    #[test]
    fn optional_members_of_a_body_are_not_sent_by_default() {
        let json = |request: &Request| whole(request).split("\n\n").nth(1).unwrap().to_owned();
        let body = Base64Body {
            data: "AA==".into(),
            raw: None,
        };
        assert_eq!(
            json(&sent!(media_types.base64(&body))),
            "{\"data\":\"AA==\"}"
        );
        let (request, _) = exchange!(
            Response::json("200 OK", &json!({})),
            media_types.vendor(&VendorBody::default())
        );
        assert_eq!(json(&request), "{}");
        let (request, _) = exchange!(
            Response::json("200 OK", &json!({})),
            media_types.any_json(&AnyJsonBody::default())
        );
        assert_eq!(json(&request), "{}");
    }

    #[test]
    fn methods_that_are_rare_are_sent_too() {
        assert_eq!(head(&sent!(media_types.head_it())), "HEAD /methods");
        assert_eq!(head(&sent!(media_types.options_it())), "OPTIONS /methods");
        assert_eq!(head(&sent!(media_types.trace_it())), "TRACE /methods");
    }
}

mod url_encoded {
    use std::collections::BTreeMap;

    use postpress_constructs::url_encoded::{
        enums::StartCallBodyKind,
        types::{
            Nested, Point, SendEitherBodyCode, SendEitherBodyRefresh, SendMixedBody, StartCallBody,
        },
        variants::{SendEitherBody, SendMixedBodyDate, SendMixedBodyEither, SendMixedBodySeveral},
    };
    use serde_json::Map;

    use super::*;

    const HEAD: &str = "content-type: application/x-www-form-urlencoded";

    #[test]
    fn each_property_is_written_in_the_style_of_its_encoding() {
        let point = |x, y| Point { x, y };
        let body = StartCallBody {
            to: "+1 2".into(),
            at: Some(moment()),
            rate: Some(1.5),
            record: Some(true),
            kind: Some(StartCallBodyKind::Video),
            events: vec!["a".into(), "b,c".into()],
            joined: vec!["a".into(), "b,c".into()],
            pipes: vec![1, 2],
            json: Some(point(1, Some(2.0))),
            json_list: vec![point(3, None), point(4, None)],
            deep: Some(Nested {
                points: vec![point(5, None)],
                tags: vec!["t".into(), "u".into()],
            }),
            spread: Some(point(6, Some(0.5))),
            flat: Some(point(7, Some(8.0))),
            free: Map::from_iter([("k".to_owned(), json!([null]))]),
            extra: BTreeMap::from([("more".into(), "m".into())]),
        };
        assert_eq!(
            whole(&sent!(url_encoded.start_call(&body))),
            format!(
                "POST /calls\n{HEAD}\n\n\
                 to=%2B1%202&at=2026-05-17T09%3A42%3A11.000Z&rate=1.5&record=true&kind=video&events=a&events=b%2Cc\
                 &joined=a,b%2Cc&pipes=1%7C2&json=%7B%22x%22%3A1%2C%22y%22%3A2%7D\
                 &json_list=%7B%22x%22%3A3%7D&json_list=%7B%22x%22%3A4%7D\
                 &deep%5Bpoints%5D%5B0%5D%5Bx%5D=5&deep%5Btags%5D=t&deep%5Btags%5D=u\
                 &x=6&y=0.5&flat=x,7,y,8&free=%7B%22k%22%3A%5Bnull%5D%7D&more=m"
            )
        );
        assert_eq!(values(StartCallBodyKind::VALUES), ["audio", "video"]);
    }

    #[test]
    fn a_map_is_a_body_whose_lists_repeat_their_keys() {
        let map = BTreeMap::from([
            ("a".into(), vec!["1".into(), "2".into()]),
            ("b".into(), vec![]),
        ]);
        assert_eq!(
            whole(&sent!(url_encoded.send_map(Some(&map)))),
            format!("POST /map\n{HEAD}\n\na=1&a=2")
        );
        assert_eq!(whole(&sent!(url_encoded.send_map(None))), "POST /map");
    }

    #[test]
    fn one_of_several_bodies_says_by_its_tag_which_it_is() {
        let code = SendEitherBody::Code(SendEitherBodyCode { code: "c".into() });
        let refresh = SendEitherBody::Refresh(SendEitherBodyRefresh {
            refresh_token: "r".into(),
        });
        assert_eq!(
            whole(&sent!(url_encoded.send_either(&code))),
            format!("POST /either\n{HEAD}\n\ngrant_type=authorization_code&code=c")
        );
        assert_eq!(
            whole(&sent!(url_encoded.send_either(&refresh))),
            format!("POST /either\n{HEAD}\n\ngrant_type=refresh_token&refresh_token=r")
        );
    }

    #[test]
    fn a_text_that_might_be_something_else_is_sent_as_it_is() {
        let sent = |either, several, date| {
            let body = SendMixedBody {
                either: Some(either),
                several: Some(several),
                date: Some(date),
            };
            whole(&sent!(url_encoded.send_mixed(&body)))
        };
        assert_eq!(
            sent(
                SendMixedBodyEither::Text("a".into()),
                SendMixedBodySeveral::Text("b".into()),
                SendMixedBodyDate::Text("2026-05-17".into()),
            ),
            format!("POST /mixed\n{HEAD}\n\neither=a&several=b&date=2026-05-17")
        );
        assert_eq!(
            sent(
                SendMixedBodyEither::Point(Point { x: 1, y: None }),
                SendMixedBodySeveral::List(vec!["b".into(), "c".into()]),
                SendMixedBodyDate::Timestamp(moment()),
            ),
            format!(
                "POST /mixed\n{HEAD}\n\neither=%7B%22x%22%3A1%7D&several=b&several=c&date=2026-05-17T09%3A42%3A11.000Z"
            )
        );
    }
}

mod form_optional {
    use postpress_constructs::form_optional::{
        forms::MaybeFormForm,
        types::{MaybeJsonBody, MaybeUrlencodedBody, Thing},
    };

    use super::*;

    #[test]
    fn a_body_that_is_left_out_leaves_no_content_type_behind() {
        assert_eq!(whole(&sent!(form_optional.maybe_form(None))), "POST /form");
        assert_eq!(whole(&sent!(form_optional.maybe_json(None))), "POST /json");
        assert_eq!(whole(&sent!(form_optional.maybe_text(None))), "POST /text");
        assert_eq!(whole(&sent!(form_optional.maybe_bytes(None))), "PUT /bytes");
        assert_eq!(
            whole(&sent!(form_optional.maybe_urlencoded(None))),
            "POST /urlencoded"
        );
    }

    #[test]
    fn a_body_that_is_given_is_sent_as_if_it_were_required() {
        let a = || Some("x".to_owned());
        let form = MaybeFormForm { a: a() };
        let request = sent!(form_optional.maybe_form(Some(&form)));
        assert_eq!(
            head(&request),
            "POST /form\ncontent-type: multipart/form-data"
        );
        assert_eq!(crate::wire::parts(&request), ["a = x"]);

        let json = MaybeJsonBody { a: a() };
        assert_eq!(
            whole(&sent!(form_optional.maybe_json(Some(&json)))),
            "POST /json\ncontent-type: application/json\n\n{\"a\":\"x\"}"
        );
        assert_eq!(
            whole(&sent!(form_optional.maybe_text(Some("x".into())))),
            "POST /text\ncontent-type: text/plain\n\nx"
        );
        assert_eq!(
            whole(&sent!(form_optional.maybe_bytes(Some("x".into())))),
            "PUT /bytes\ncontent-type: application/octet-stream\n\nx"
        );
        let urlencoded = MaybeUrlencodedBody { a: a() };
        assert_eq!(
            whole(&sent!(form_optional.maybe_urlencoded(Some(&urlencoded)))),
            "POST /urlencoded\ncontent-type: application/x-www-form-urlencoded\n\na=x"
        );
    }
    #[test]
    fn a_body_that_may_be_null_is_sent_as_null() {
        let json = "content-type: application/json\n\n";
        assert_eq!(
            whole(&sent!(form_optional.nullable_json(None))),
            format!("POST /nullable\n{json}null")
        );
        assert_eq!(
            whole(&sent!(form_optional.nullable_number(None))),
            format!("PUT /number\n{json}null")
        );
        assert_eq!(
            whole(&sent!(form_optional.nullable_texts(None))),
            format!("PUT /texts\n{json}null")
        );
        let thing = Thing {
            a: Some("x".into()),
        };
        assert_eq!(
            whole(&sent!(form_optional.nullable_json(Some(&thing)))),
            format!("POST /nullable\n{json}{{\"a\":\"x\"}}")
        );
        assert_eq!(
            whole(&sent!(form_optional.nullable_number(Some(-1)))),
            format!("PUT /number\n{json}-1")
        );
        assert_eq!(
            whole(&sent!(form_optional.nullable_texts(Some(&[])))),
            format!("PUT /texts\n{json}[]")
        );
        assert_eq!(
            whole(&sent!(form_optional.nullable_pairs(&thing))),
            "POST /nullable-pairs\ncontent-type: application/x-www-form-urlencoded\n\na=x"
        );
    }

    #[test]
    fn null_is_not_the_same_as_no_body() {
        let json = "content-type: application/merge-patch+json\n\n";
        assert_eq!(
            whole(&sent!(form_optional.maybe_nullable_json(None))),
            "PATCH /maybe-nullable"
        );
        assert_eq!(
            whole(&sent!(form_optional.maybe_nullable_json(Some(None)))),
            format!("PATCH /maybe-nullable\n{json}null")
        );
        let thing = Thing { a: None };
        assert_eq!(
            whole(&sent!(
                form_optional.maybe_nullable_json(Some(Some(&thing)))
            )),
            format!("PATCH /maybe-nullable\n{json}{{}}")
        );
    }
}

mod one_way {
    use postpress_constructs::one_way::{
        forms::Form,
        types::{Both, Received, Sent},
    };
    use postpress_runtime::decode_json;

    use super::*;

    #[test]
    fn what_only_the_service_writes_need_not_be_sent() {
        let body = Sent {
            id: None,
            secret: "s".into(),
            name: "n".into(),
        };
        assert_eq!(
            whole(&sent!(one_way.send(&body))),
            "POST /sent\ncontent-type: application/json\n\n{\"secret\":\"s\",\"name\":\"n\"}"
        );
        let form = Form {
            id: None,
            secret: "s".into(),
            name: "n".into(),
        };
        let request = sent!(one_way.send_form(&form));
        assert_eq!(crate::wire::parts(&request), ["secret = s", "name = n"]);
    }

    #[test]
    fn what_only_the_client_writes_need_not_be_in_a_response() {
        let read = received!(
            "GET /received",
            json!({"id": "i", "name": "n"}),
            one_way.receive()
        );
        assert_eq!((&*read.id, read.secret, &*read.name), ("i", None, "n"));
        assert!(decode_json::<Received>(br#"{"secret": "s", "name": "n"}"#).is_err());
    }

    #[test]
    fn where_both_write_only_what_both_must_write_is_required() {
        let body = Both {
            id: None,
            secret: Some("s".into()),
            name: "n".into(),
        };
        let response = Response::json("200 OK", &json!({"id": "i", "name": "m"}));
        let (request, response) = exchange!(response, one_way.both(&body));
        assert_eq!(
            whole(&request),
            "PUT /both\naccept: application/json\ncontent-type: application/json\n\n{\"secret\":\"s\",\"name\":\"n\"}"
        );
        let read = response.unwrap().into_value();
        assert_eq!(
            (read.id.as_deref(), read.secret, &*read.name),
            (Some("i"), None, "m")
        );
        assert!(decode_json::<Both>(br#"{"id": "i"}"#).is_err());
        rewritten::<Both>(json!({"name": "n"}));
        rewritten::<Received>(json!({"id": "i", "name": "n"}));
    }
}
