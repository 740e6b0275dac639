use postpress_client::forms::{SendMessageRequest, StartChatRequest};
use postpress_client::params::{GetChatParams, ListChatsParams};
use postpress_client::{Client, Upload};
use postpress_tests::client::{KEY, client, keyless};
use postpress_tests::{Request, Server, examples};

async fn call(client: &Client, operation: &str) {
    let files = vec![Upload::bytes("1")];
    match operation {
        "listChats" => {
            let params = ListChatsParams {
                limit: Some(1),
                ..Default::default()
            };
            client.list_chats(&params).await.map(drop)
        }
        "getChat" => client
            .get_chat("chat_1", &GetChatParams::default())
            .await
            .map(drop),
        "startChat" => {
            let form = StartChatRequest {
                attachments: files,
                ..Default::default()
            };
            client.start_chat(&form).await.map(drop)
        }
        "sendMessage" => {
            let form = SendMessageRequest {
                attachments: files,
                ..Default::default()
            };
            client.send_message("chat_1", &form).await.map(drop)
        }
        other => panic!("no operation {other}"),
    }
    .unwrap();
}

async fn sent(operation: &str, make: impl FnOnce(&Server) -> Client) -> Request {
    let server = Server::responding(examples::response(operation));
    call(&make(&server), operation).await;
    server.request()
}

const READS: [&str; 2] = ["listChats", "getChat"];
const SENDS: [&str; 2] = ["startChat", "sendMessage"];

#[tokio::test]
async fn reads_send_three_headers_and_no_body() {
    for operation in READS {
        let request = sent(operation, client).await;
        assert_eq!(
            request.header_names(),
            ["accept", "host", "x-api-key"],
            "{operation}"
        );
        assert_eq!(request.body_length, 0);
    }
}

#[tokio::test]
async fn sends_have_the_type_and_length_of_their_body_beside() {
    let names = [
        "accept",
        "content-length",
        "content-type",
        "host",
        "x-api-key",
    ];
    for operation in SENDS {
        let request = sent(operation, client).await;
        assert_eq!(request.header_names(), names, "{operation}");
        assert!(request.is_whole());
    }
}

#[tokio::test]
async fn all_ask_for_json_and_name_the_key() {
    for operation in READS.into_iter().chain(SENDS) {
        let request = sent(operation, client).await;
        assert_eq!(
            request.header("accept"),
            Some("application/json"),
            "{operation}"
        );
        assert_eq!(request.header("x-api-key"), Some(KEY), "{operation}");
    }
}

#[tokio::test]
async fn without_a_key_no_such_header_is_sent() {
    for operation in READS.into_iter().chain(SENDS) {
        let request = sent(operation, |server| keyless(&server.origin())).await;
        assert_eq!(request.header("x-api-key"), None, "{operation}");
    }
}

#[test]
fn a_key_that_would_add_a_header_is_refused() {
    for key in ["a\r\nX-Evil: 1", "a\n", "a\0", ""] {
        let error = keyless("http://127.0.0.1:1").with_api_key(key).unwrap_err();
        assert!(error.is_configuration(), "{key:?}");
    }
}

#[test]
fn a_client_does_not_print_its_key() {
    let client = keyless("http://127.0.0.1:1")
        .with_api_key("s3cret")
        .unwrap();
    assert!(!format!("{client:?} {client:#?}").contains("s3cret"));
}

#[tokio::test]
async fn each_form_has_a_boundary_that_no_other_has() {
    let mut boundaries = Vec::new();
    for _ in 0..4 {
        let request = sent("sendMessage", |server| keyless(&server.origin())).await;
        boundaries.push(request.boundary().to_owned());
    }
    boundaries.sort();
    boundaries.dedup();
    assert_eq!(boundaries.len(), 4);
}
