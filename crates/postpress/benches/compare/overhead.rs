//! Whole calls over the loopback, against bare reqwest doing the same.

use postpress::Postpress;
use reqwest::{
    header::{ACCEPT, HeaderValue},
    multipart::Form,
    redirect::Policy,
};
use serde::Deserialize;
use tokio::runtime::Runtime;

use crate::{
    hand, samples, server,
    table::{Table, times},
};

#[derive(Deserialize)]
struct Sent {
    message_id: String,
}

pub fn measure(table: &mut Table) {
    let runtime = Runtime::new().unwrap();
    let chat = samples::detail(1);
    let base = server::canned(&chat, r#"{"object": "MessageSent", "message_id": "msg_1"}"#);
    let client = Postpress::builder()
        .api_key("pp_live_1")
        .base_url(&base)
        .build()
        .unwrap();
    let bare = reqwest::Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .build()
        .unwrap();
    let key = HeaderValue::from_static("pp_live_1");

    let url = format!("{base}/chats/chat_1");
    let other = times(|| {
        runtime.block_on(async {
            let request = bare
                .get(&url)
                .header("x-api-key", &key)
                .header(ACCEPT, "application/json");
            let response = request.send().await.unwrap().error_for_status().unwrap();
            let body = response.bytes().await.unwrap();
            serde_json::from_slice::<hand::Chat>(&body).unwrap()
        })
    });
    let ours = times(|| {
        let call = client.get_chat("chat_1");
        runtime.block_on(call.into_future()).unwrap()
    });
    table.measured("retrieve a chat", ours, ("bare reqwest", other), "1.05");

    let url = format!("{base}/chats/chat_1/messages");
    let other = times(|| {
        runtime.block_on(async {
            let form = Form::new().text("text", "Hello world!");
            let request = bare
                .post(&url)
                .header("x-api-key", &key)
                .header(ACCEPT, "application/json");
            let response = request
                .multipart(form)
                .send()
                .await
                .unwrap()
                .error_for_status()
                .unwrap();
            let body = response.bytes().await.unwrap();
            serde_json::from_slice::<Sent>(&body).unwrap().message_id
        })
    });
    let ours = times(|| {
        let call = client.send_message("chat_1").text("Hello world!");
        runtime.block_on(call.into_future()).unwrap()
    });
    table.measured("send a text", ours, ("bare reqwest", other), "1.05");
}
