use postpress_client::Upload;
use postpress_client::forms::SendMessageRequest;
use postpress_client::params::GetChatParams;
use postpress_client::runtime::Error;
use postpress_tests::client::client;
use postpress_tests::{Response, Server, examples};

const STATUSES: [&str; 5] = [
    "301 Moved Permanently",
    "302 Found",
    "303 See Other",
    "307 Temporary Redirect",
    "308 Permanent Redirect",
];

#[tokio::test]
async fn neither_the_request_nor_the_key_goes_to_where_a_response_points() {
    for status in STATUSES {
        let elsewhere = Server::responding(examples::response("getChat"));
        let location = format!("{}/v1/chats/chat_1", elsewhere.origin());
        let server = Server::responding(Response::redirect(status, &location));
        let error = client(&server)
            .get_chat("chat_1", &GetChatParams::default())
            .await
            .unwrap_err();
        assert_eq!(error.status().unwrap().as_str(), &status[..3]);
        assert_eq!(error.headers().unwrap()["location"], location);
        assert!(matches!(error, Error::ErrorResponse(_)));
        assert_eq!(server.connections(), 1);
        assert_eq!(elsewhere.connections(), 0, "{status}");
    }
}

#[tokio::test]
async fn a_message_is_not_sent_again_to_the_same_server_either() {
    for status in STATUSES {
        let redirect = Response::redirect(status, "/v1/chats/chat_2/messages");
        let server = Server::responding_in_turn([redirect, examples::response("sendMessage")]);
        let form = SendMessageRequest {
            attachments: vec![Upload::bytes("secret")],
            ..Default::default()
        };
        let error = client(&server)
            .send_message("chat_1", &form)
            .await
            .unwrap_err();
        assert_eq!(error.status().unwrap().as_str(), &status[..3]);
        assert_eq!(server.connections(), 1, "{status}");
    }
}
