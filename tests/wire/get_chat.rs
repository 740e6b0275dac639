use postpress_client::params::GetChatParams;
use postpress_tests::client::{client, client_at};
use postpress_tests::{Server, examples};

use crate::wire::assert_wire;

fn server() -> Server {
    Server::responding(examples::response("getChat"))
}

#[tokio::test]
async fn the_id_is_in_the_path_and_the_account_in_the_query() {
    let server = server();
    let params = GetChatParams {
        account_id: Some("acc_1".into()),
    };
    client(&server)
        .get_chat("2-NTRkZDA4M2Q=", &params)
        .await
        .unwrap();
    assert_wire("get_chat", &server.request());
}

#[tokio::test]
async fn every_byte_of_an_id_that_could_end_it_is_encoded() {
    for (id, sent) in [
        (
            "chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR",
            "chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR",
        ),
        ("33600000000@s.whatsapp.net", "33600000000%40s.whatsapp.net"),
        ("a/b", "a%2Fb"),
        ("../accounts", "..%2Faccounts"),
        ("a\\..\\b", "a%5C..%5Cb"),
        ("a?b=c#d", "a%3Fb%3Dc%23d"),
        ("%2e%2E", "%252e%252E"),
        ("a;b,c:d", "a%3Bb%2Cc%3Ad"),
        (" a\tb ", "%20a%09b%20"),
        ("a\r\nX-Evil: 1", "a%0D%0AX-Evil%3A%201"),
        ("Zo\u{eb}/\u{1f600}", "Zo%C3%AB%2F%F0%9F%98%80"),
        ("...", "..."),
        ("-._~", "-._~"),
    ] {
        let server = server();
        client(&server)
            .get_chat(id, &GetChatParams::default())
            .await
            .unwrap();
        assert_eq!(server.request().target(), format!("/v1/chats/{sent}"));
    }
}

#[tokio::test]
async fn a_slash_at_the_end_of_the_base_url_makes_no_difference() {
    for base in ["", "/", "/api/v1", "/api/v1/"] {
        let server = server();
        let client = client_at(&format!("{}{base}", server.origin()));
        client
            .get_chat("chat_1", &GetChatParams::default())
            .await
            .unwrap();
        let path = format!("{}/chats/chat_1", base.trim_end_matches('/'));
        assert_eq!(server.request().target(), path);
    }
}
