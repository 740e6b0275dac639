//! That the inbox stays within its bounds.

use jiff::Timestamp;
use serde_json::json;

use super::{Filter, Inbox, complete};
use crate::api::Api;

fn api() -> &'static Api {
    Api::embedded().expect("the document can be served")
}

/// The usual inbox, with room for few more chats.
fn seeded() -> Inbox {
    let mut inbox = Inbox::seeded(api()).expect("an inbox");
    inbox.most_chats = 50;
    inbox
}

/// Starts a chat, and sends a text into it.
fn start(inbox: &mut Inbox, text: &str) -> String {
    let mut chat = complete(inbox, api(), json!({}), Timestamp::now()).expect("a chat");
    chat.kept = false;
    let id = chat.id.clone();
    inbox.add(chat);
    send(inbox, &id, text);
    id
}

fn send(inbox: &mut Inbox, id: &str, text: &str) {
    let chat = inbox.chat(id).expect("the chat").clone();
    let message = inbox.compose(&chat, &json!({ "text": text }), &[]);
    inbox.deliver(message);
}

/// Starts chats until there is no room for more.
fn fill(inbox: &mut Inbox) {
    for _ in listed(inbox)..inbox.most_chats {
        start(inbox, "Hello");
    }
}

fn listed(inbox: &Inbox) -> usize {
    let page = inbox
        .page(Filter::default(), usize::MAX, None)
        .expect("a page");
    page.items.len()
}

#[test]
fn too_many_chats_push_out_the_oldest_that_were_started_and_none_that_were_put_in() {
    let mut inbox = seeded();
    let put_in = listed(&inbox);
    let first = start(&mut inbox, "Hello");
    let second = start(&mut inbox, "Hello");
    fill(&mut inbox);
    let chat = inbox.chat(&first).expect("the first").clone();
    assert!(
        inbox
            .by_provider_id(&chat.account_id, &chat.provider_id)
            .is_some()
    );
    let last = start(&mut inbox, "Hello");
    assert_eq!(listed(&inbox), inbox.most_chats);
    assert!(inbox.chat(&first).is_none());
    assert!(
        inbox
            .by_provider_id(&chat.account_id, &chat.provider_id)
            .is_none()
    );
    assert!(inbox.chat(&second).is_some() && inbox.chat(&last).is_some());
    let kept = inbox.chats().filter(|chat| chat.kept).count();
    assert_eq!(kept, put_in);
}

#[test]
fn chats_that_are_too_heavy_push_out_others() {
    let mut inbox = seeded();
    inbox.most_weight = inbox.weight + 100_000;
    let text = "a".repeat(10_000);
    for _ in 0..30 {
        start(&mut inbox, &text);
    }
    assert!(inbox.weight <= inbox.most_weight);
    let started = inbox.chats().filter(|chat| !chat.kept).count();
    assert!((5..10).contains(&started), "{started}");
}

#[test]
fn the_weight_of_a_chat_follows_its_last_message() {
    let mut inbox = seeded();
    let id = start(&mut inbox, "Hello");
    let light = inbox.weight;
    send(&mut inbox, &id, &"a".repeat(100_000));
    assert!(inbox.weight > light + 99_000);
    send(&mut inbox, &id, "Hello");
    assert_eq!(inbox.weight, light);
}

#[test]
fn a_chat_that_was_pushed_out_is_found_by_none_of_its_ids() {
    let mut inbox = seeded();
    let id = start(&mut inbox, "Hello");
    let chat = inbox.chat(&id).expect("the chat").clone();
    assert!(
        inbox
            .by_provider_id(&chat.account_id, &chat.provider_id)
            .is_some()
    );
    fill(&mut inbox);
    start(&mut inbox, "Hello");
    assert!(inbox.chat(&id).is_none());
    assert!(
        inbox
            .by_provider_id(&chat.account_id, &chat.provider_id)
            .is_none()
    );
}
