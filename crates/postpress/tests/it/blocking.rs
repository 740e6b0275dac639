//! The API without async.

use postpress::{AccountType, Delivery, Upload, linkedin::Classic};
use tokio::runtime::Runtime;

use crate::server::{Server, chat, json, page, sent, started};

#[test]
fn it_works_without_async_and_from_several_threads() {
    let runtime = Runtime::new().unwrap();
    let server = runtime.block_on(Server::script(vec![
        page(&["a"], Some("2")),
        page(&["b"], None),
        page(&["c"], None),
    ]));
    let client = server.client();
    assert_eq!(client.base_url(), server.url());
    let listing = client
        .list_chats()
        .unread(true)
        .provider(AccountType::Linkedin)
        .limit(10);
    let ids: Vec<String> = listing
        .clone()
        .iter()
        .map(|chat| chat.unwrap().id().to_owned())
        .collect();
    assert_eq!(ids, ["a", "b"]);
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let listing = listing.clone();
            std::thread::spawn(move || listing.wait().unwrap().len())
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap(), 1);
    }
    assert_eq!(server.requests()[0].query("unread"), ["true"]);
}

#[test]
fn every_call_has_its_end() {
    let runtime = Runtime::new().unwrap();
    let mut detail = chat("c");
    detail["lastMessage"] = serde_json::Value::Null;
    let replies = vec![started(), sent(), json("200 OK", detail.to_string())];
    let server = runtime.block_on(Server::script(replies));
    let client = server.client();
    let call = client
        .start_chat("acc", "b")
        .text("Hello")
        .linkedin(Classic::new());
    assert_eq!(
        call.attach(vec![1]).wait().unwrap().chat_id(),
        Some("chat_1")
    );
    let call = client
        .send_message("c")
        .text("Hello")
        .voice_message(Upload::bytes("x"));
    assert_eq!(call.wait().unwrap().message_id(), Some("msg_1"));
    assert!(
        client
            .get_chat("c")
            .account("acc")
            .wait()
            .unwrap()
            .last_message()
            .is_none()
    );
    let error = client.list_chats().limit(0).wait().unwrap_err();
    assert!(error.is_invalid_request());
}

#[tokio::test]
async fn in_async_code_it_is_refused_rather_than_panicking() {
    let server = Server::always(sent()).await;
    let client = server.client();
    let error = client.send_message("c").text("Hello").wait().unwrap_err();
    assert!(error.is_configuration(), "{error}");
    assert_eq!(error.delivery(), Some(Delivery::NotSent));
    assert_eq!(
        client.list_chats().iter().filter(Result::is_err).count(),
        1,
        "and it ends"
    );
    assert!(server.requests().is_empty());
    drop(client);
}

#[test]
fn in_spawn_blocking_it_works_whatever_the_runtime() {
    let own = Runtime::new().unwrap();
    let server = own.block_on(Server::always(sent()));
    let client = server.client();
    let one_thread = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    for runtime in [&one_thread, &own] {
        let client = client.clone();
        let call = move || client.send_message("c").text("Hello").wait();
        let sent = runtime.block_on(async { tokio::task::spawn_blocking(call).await });
        assert!(sent.unwrap().is_ok());
    }
    let in_task = own.spawn(async move { client.send_message("c").text("Hello").wait() });
    let error = own.block_on(in_task).unwrap().unwrap_err();
    assert_eq!(error.delivery(), Some(Delivery::NotSent), "{error}");
    assert_eq!(server.messages(), 2);
}
