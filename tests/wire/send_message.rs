use postpress_client::Upload;
use postpress_client::forms::SendMessageRequest;
use postpress_tests::client::client;
use postpress_tests::{Request, Server, examples};

use crate::wire::assert_wire;

async fn sent(chat_id: &str, form: SendMessageRequest) -> Request {
    let server = Server::responding(examples::response("sendMessage"));
    client(&server).send_message(chat_id, &form).await.unwrap();
    server.request()
}

#[tokio::test]
async fn a_text_is_one_part() {
    let form = SendMessageRequest {
        text: Some("Hello world!".into()),
        ..Default::default()
    };
    assert_wire("send_message_text", &sent("9f9uio56sopa456s", form).await);
}

#[tokio::test]
async fn everything_that_a_message_can_have_is_sent_in_the_order_of_the_document() {
    let form = SendMessageRequest {
        text: Some("Got it - thanks!".into()),
        account_id: Some("acc_1".into()),
        thread_id: Some("thread_1".into()),
        quote_id: Some("msg_1".into()),
        voice_message: Some(Upload::bytes("voice").with_file_name("note.mp3")),
        video_message: Some(Upload::bytes("video").with_file_name("hello.mp4")),
        attachments: vec![
            Upload::bytes("%PDF-1.7").with_file_name("file.pdf"),
            Upload::bytes("a,b\r\n1,2\r\n").with_file_name("table.csv"),
        ],
        typing_duration: Some("3000".into()),
    };
    assert_wire("send_message_with_everything", &sent("chat_1", form).await);
}

#[tokio::test]
async fn an_id_cannot_leave_its_place_in_the_path() {
    let form = SendMessageRequest::default();
    let request = sent("../accounts?x=", form).await;
    assert_eq!(request.target(), "/v1/chats/..%2Faccounts%3Fx%3D/messages");
}
