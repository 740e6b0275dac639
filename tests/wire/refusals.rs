//! What is refused before a connection is made.

use postpress_client::forms::{SendMessageRequest, StartChatRequest};
use postpress_client::params::GetChatParams;
use postpress_client::runtime::{Error, InvalidRequest};
use postpress_client::types::Problem;
use postpress_client::{Client, Upload};
use postpress_tests::client::{client, client_at};
use postpress_tests::{Server, examples};

/// The refusal, having made sure that nothing reached the server.
fn refusal<T>(server: &Server, result: Result<T, Error<Problem>>) -> InvalidRequest {
    assert_eq!(server.connections(), 0, "a connection was made");
    match result {
        Err(Error::InvalidRequest(refusal)) => refusal,
        Err(error) => panic!("another error: {error}"),
        Ok(_) => panic!("not refused"),
    }
}

fn server_and_client() -> (Server, Client) {
    let server = Server::responding(examples::response("getChat"));
    let client = client(&server);
    (server, client)
}

#[tokio::test]
async fn ids_that_would_change_the_path() {
    for id in ["", ".", ".."] {
        let (server, client) = server_and_client();
        let refused = refusal(
            &server,
            client.get_chat(id, &GetChatParams::default()).await,
        );
        assert_eq!(
            refused.refused_parameter().map(|(name, _)| name),
            Some("chat_id"),
            "{id:?}"
        );
        let form = SendMessageRequest::default();
        let refused = refusal(&server, client.send_message(id, &form).await);
        assert_eq!(
            refused.refused_parameter().map(|(name, _)| name),
            Some("chat_id"),
            "{id:?}"
        );
    }
}

#[tokio::test]
async fn files_that_are_not_there() {
    let (server, client) = server_and_client();
    let form = StartChatRequest {
        attachments: vec![Upload::path("no/such/file.pdf")],
        ..Default::default()
    };
    let refused = refusal(&server, client.start_chat(&form).await);
    assert!(
        refused.to_string().contains("no/such/file.pdf"),
        "{refused}"
    );
    assert!(refused.to_string().contains("`attachments`"), "{refused}");
}

#[tokio::test]
async fn media_types_that_are_none() {
    for media_type in ["", "pdf", "image/*", "image/png\r\nX-Evil: 1"] {
        let (server, client) = server_and_client();
        let form = SendMessageRequest {
            voice_message: Some(Upload::bytes("1").with_media_type(media_type)),
            ..Default::default()
        };
        let refused = refusal(&server, client.send_message("chat_1", &form).await);
        assert!(
            refused.form_error().unwrap().refusals()[0].is_media_type(),
            "{media_type:?}"
        );
        assert!(refused.to_string().contains("`voice_message`"), "{refused}");
    }
}

#[tokio::test]
async fn file_names_that_cannot_stand_in_a_header() {
    for name in ["", "a\0b", "\x1b[31m", "a\\"] {
        let (server, client) = server_and_client();
        let form = SendMessageRequest {
            attachments: vec![Upload::bytes("1").with_file_name(name)],
            ..Default::default()
        };
        let refused = refusal(&server, client.send_message("chat_1", &form).await);
        assert!(
            refused.form_error().unwrap().refusals()[0].is_name(),
            "{name:?}"
        );
    }
}

#[tokio::test]
async fn base_urls_that_are_none() {
    for base in [
        "",
        "api.postpress.ai/v1",
        "ftp://api.postpress.ai",
        "http://a/v1?b=c",
        "http://a/#b",
    ] {
        let result = client_at(base)
            .get_chat("chat_1", &GetChatParams::default())
            .await;
        let Err(Error::InvalidRequest(refused)) = result else {
            panic!("{base:?} was not refused");
        };
        assert!(refused.is_configuration(), "{base:?}");
    }
}
