//! Clients: their credentials, base URLs and the names of their operations.

use crate::wire::{head, rewritten, wait};

mod security_several {
    use super::*;

    /// What each operation sends of these credentials.
    macro_rules! heads {
        ($($with:ident($($secret:literal),*)),*) => {{
            let (server, client) = client!(security_several, crate::wire::no_content());
            $(let client = client.$with($($secret),*).unwrap();)*
            let ids = [
                client.usual().operation_id(),
                client.open().operation_id(),
                client.both().operation_id(),
                client.maybe().operation_id(),
            ];
            assert_eq!(ids, ["usual", "open", "both", "maybe"]);
            wait(async {
                client.usual().await.unwrap();
                client.open().await.unwrap();
                client.both().await.unwrap();
                client.maybe().await.unwrap();
            });
            server.requests().iter().map(head).collect::<Vec<_>>()
        }};
    }

    #[test]
    fn an_operation_takes_the_credentials_of_all_unless_it_has_its_own() {
        assert_eq!(
            heads!(with_api_key("key"), with_basic("user", "password")),
            [
                "GET /usual\nx-api-key: key",
                "GET /open",
                "GET /both\nauthorization: Basic dXNlcjpwYXNzd29yZA==\nx-api-key: key",
                "GET /maybe",
            ]
        );
    }

    #[test]
    fn bearer_tokens_and_those_of_oauth_go_where_they_are_asked_for() {
        assert_eq!(
            heads!(with_bearer("token"), with_oauth("other")),
            [
                "GET /usual\nauthorization: Bearer token",
                "GET /open",
                "GET /both",
                "GET /maybe\nauthorization: Bearer other",
            ]
        );
    }

    #[test]
    fn without_credentials_none_are_sent() {
        assert_eq!(
            heads!(),
            ["GET /usual", "GET /open", "GET /both", "GET /maybe"]
        );
    }

    #[test]
    fn credentials_do_not_print() {
        let (_, client) = client!(security_several, crate::wire::no_content());
        let client = client.with_api_key("hidden-key").unwrap();
        let client = client.with_basic("user", "hidden-password").unwrap();
        let client = client.with_oauth("hidden-token").unwrap();
        let shown = format!("{client:?} {:?}", client.both().build().unwrap());
        assert!(shown.contains("x-api-key"), "{shown}");
        // The second is `user:hidden-password`, as Basic has it.
        for secret in ["hidden", "dXNlcjpoaWRkZW4tcGFzc3dvcmQ="] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }

    #[test]
    fn credentials_that_no_header_can_hold_are_refused() {
        let (_, client) = client!(security_several, crate::wire::no_content());
        assert!(client.clone().with_api_key("a\nb").is_err());
        assert!(client.clone().with_bearer("").is_err());
        assert!(client.with_basic("a:b", "c").is_err());
    }
}

mod security_elsewhere {
    use super::*;

    #[test]
    fn the_scheme_that_the_client_can_fill_is_sent_beside_those_it_cannot() {
        let (server, client) = client!(security_elsewhere, crate::wire::no_content());
        let client = client.with_bearer("token").unwrap();
        assert_eq!(client.it().operation_id(), "it");
        wait(client.it().send()).unwrap();
        assert_eq!(
            head(&server.request()),
            "GET /it\nauthorization: Bearer token"
        );
    }
}

mod security_none {
    use super::*;

    #[test]
    fn an_operation_without_anything_sends_its_path_alone() {
        assert_eq!(head(&sent!(security_none.open())), "GET /open");
    }

    #[test]
    fn the_path_of_a_base_url_stands_before_that_of_the_operation() {
        let (server, _) = client!(security_none, crate::wire::no_content());
        for base_url in ["/api/v2", "/api/v2/"] {
            let base_url = format!("{}{base_url}", server.origin());
            let client = postpress_constructs::security_none::Client::with_http_client(
                &base_url,
                crate::wire::http(),
            );
            assert_eq!(client.base_url(), base_url);
            wait(client.open().send()).unwrap();
        }
        let requests = server.requests();
        assert!(
            requests
                .iter()
                .all(|request| head(request) == "GET /api/v2/open")
        );
    }
}

mod servers {
    use postpress_constructs::servers::{
        Client, DEFAULT_BASE_URL, LOCALHOST_8080_BASE_URL, SANDBOX_EXAMPLE_COM_BASE_URL,
    };

    use super::*;

    fn url(base_url: &str) -> String {
        let client = Client::with_http_client(base_url, crate::wire::http());
        client.it().build().unwrap().url().to_string()
    }

    #[test]
    fn each_server_with_a_host_is_a_base_url_with_its_variables_filled() {
        assert_eq!(url(DEFAULT_BASE_URL), "https://eu.example.com/v1/it");
        assert_eq!(url(LOCALHOST_8080_BASE_URL), "http://localhost:8080/it");
        assert_eq!(
            url(SANDBOX_EXAMPLE_COM_BASE_URL),
            "https://sandbox.example.com/it"
        );
    }

    #[test]
    fn the_base_url_is_the_one_that_is_given() {
        assert_eq!(head(&sent!(servers.it())), "GET /it");
    }
}

mod no_operations {
    use postpress_constructs::no_operations::{Client, types::Event};
    use postpress_runtime::decode_json;

    #[test]
    fn a_document_of_schemas_alone_has_its_types_and_a_client() {
        let event: Event = decode_json(br#"{"id": "e", "new": 1}"#).unwrap();
        assert_eq!(event.id, "e");
        assert!(decode_json::<Event>(b"{}").is_err());

        let client = Client::with_http_client("https://api.example", crate::wire::http());
        assert_eq!(client.base_url(), "https://api.example");
    }
}

mod json_document {
    use postpress_constructs::json_document::types::Thing;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_document_in_json_makes_the_same_client_as_one_in_yaml() {
        let body = postpress_tests::Response::json("200 OK", &json!({"id": "t", "size": 3}));
        let (request, response) = exchange!(body, json_document.get_thing("a b"));
        assert_eq!(
            head(&request),
            "GET /things/a%20b\naccept: application/json"
        );
        let thing = response.unwrap().into_value();
        assert_eq!((&*thing.id, thing.size), ("t", Some(3)));
        rewritten::<Thing>(json!({"id": "t"}));
    }
}

mod names {
    use postpress_constructs::names::{
        enums::T0000,
        types::{AB, AB2, Self_, Unknown},
    };
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn operations_whose_names_rust_or_the_client_has_taken_reach_their_own_path() {
        let (server, client) = client!(names, crate::wire::no_content());
        let client = client.with_api_key("key").unwrap();
        wait(async {
            // Their responses are JSON, which does not come here.
            client.new_().await.unwrap_err();
            client.type_().await.unwrap_err();
            client.base_url_().await.unwrap_err();
            client.with_api_key_().await.unwrap();
            client.weird_id_of_an_operation().await.unwrap();
            client.n2fa().await.unwrap();
            client.self_().await.unwrap();
            client.execute().await.unwrap();
            client.with_form_options_().await.unwrap();
            client.await_().await.unwrap();
            client.clone_().await.unwrap();
        });
        let heads: Vec<String> = server.requests().iter().map(head).collect();
        let json = ["a", "b", "c"]
            .map(|path| format!("GET /{path}\naccept: application/json\nx-key: key"));
        assert_eq!(heads[..3], json);
        let others = ["d", "e", "f", "g", "h", "i", "j", "k"];
        assert_eq!(
            heads[3..],
            others.map(|path| format!("GET /{path}\nx-key: key"))
        );
    }

    #[test]
    fn a_request_knows_its_operation_as_the_document_calls_it() {
        let (_, client) = client!(names, crate::wire::no_content());
        let ids = [
            client.with_api_key_().operation_id(),
            client.weird_id_of_an_operation().operation_id(),
            client.n2fa().operation_id(),
            client.self_().operation_id(),
            client.execute().operation_id(),
            client.with_form_options_().operation_id(),
            client.await_().operation_id(),
            client.clone_().operation_id(),
        ];
        assert_eq!(
            ids,
            [
                "with_api_key",
                "weird id/of.an:operation",
                "2fa",
                "self",
                "execute",
                "with_form_options",
                "await",
                "clone",
            ]
        );
    }

    /// A property for each name that is no identifier, or would be that of another, with its name as its value.
    fn object() -> Value {
        let names = [
            "type",
            "Type",
            "self",
            "Self",
            "crate",
            "a-b",
            "a_b",
            "a b",
            "aB",
            "a.b",
            "2fa",
            "2",
            "straße",
            "名前",
            "***",
            "+++",
            "quoted \"name\" \\ here",
            "_",
            "__typename",
            "$ref_like",
            "@id",
            "async",
            "try",
            "yield",
            "extra",
            "default",
        ];
        let mut object: Value = names.iter().map(|name| (*name, *name)).collect();
        object["nested"] = json!({"a": "nested"});
        object
    }

    #[test]
    fn each_property_is_read_into_the_field_that_stands_for_it() {
        let read: AB = received!("GET /a", object(), names.new_());
        assert_eq!(read.type_, "type");
        let fields = [
            (&read.type_2, "Type"),
            (&read.self_, "self"),
            (&read.self_2, "Self"),
            (&read.crate_, "crate"),
            (&read.a_b, "a-b"),
            (&read.a_b2, "a_b"),
            (&read.a_b3, "a b"),
            (&read.a_b4, "aB"),
            (&read.a_b5, "a.b"),
            (&read.n2fa, "2fa"),
            (&read.n2, "2"),
            (&read.straße, "straße"),
            (&read.名前, "名前"),
            (&read.field, "***"),
            (&read.field2, "+++"),
            (&read.quoted_name_here, "quoted \"name\" \\ here"),
            (&read.field3, "_"),
            (&read.typename, "__typename"),
            (&read.ref_like, "$ref_like"),
            (&read.id, "@id"),
            (&read.async_, "async"),
            (&read.try_, "try"),
            (&read.yield_, "yield"),
            (&read.extra, "extra"),
            (&read.default, "default"),
        ];
        for (field, name) in fields {
            assert_eq!(field.as_deref(), Some(name));
        }
        let nested = read.nested.as_ref().unwrap().value().unwrap();
        assert_eq!(nested.a.as_deref(), Some("nested"));
        assert_eq!(serde_json::to_value(&read).unwrap(), object());
        rewritten::<AB>(json!({"type": "t"}));
        rewritten::<AB>(json!({"type": "t", "nested": {}}));
    }

    #[test]
    fn schemas_called_like_others_are_types_of_their_own() {
        let read = received!(
            "GET /b",
            json!({"value": {"t0001": "T0000"}}),
            names.type_()
        );
        let value = read.value.unwrap().into_value().unwrap();
        assert_eq!(value.t0001, Some(T0000::T0000));
        let read = received!("GET /c", json!({"a": "x"}), names.base_url_());
        assert_eq!(read.a.as_deref(), Some("x"));
        let json = json!({"client": {"at": "2026-05-17T09:42:11.000Z"}});
        let unknown: Unknown = rewritten(json);
        assert_eq!(unknown.client.unwrap().at, Some(crate::wire::moment()));

        let values = T0000::VALUES.iter().map(T0000::as_str);
        assert!(values.eq(["f0000", "T0000"]));
        rewritten::<Unknown>(json!({}));
        rewritten::<Unknown>(json!({"client": {}}));
        rewritten::<AB2>(json!({}));
        rewritten::<AB2>(json!({"value": {}}));
        rewritten::<Self_>(json!({}));
    }
}
