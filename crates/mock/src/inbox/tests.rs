//! That the inbox stays within its bounds.

use serde_json::json;

use super::{Filter, Inbox, MOST_CHAT_BYTES, MOST_CHATS, Outgoing, complete};
use crate::document::Document;
use crate::time::Moment;

fn document() -> &'static Document {
    Document::embedded().expect("a document")
}

fn seeded() -> Inbox {
    Inbox::seeded(document()).expect("an inbox")
}

/// Starts a chat, and sends a text into it.
fn start(inbox: &mut Inbox, text: &str) -> String {
    let mut chat = complete(inbox, document(), json!({}), Moment::now()).expect("a chat");
    chat.kept = false;
    let id = chat.id.clone();
    inbox.add(chat);
    send(inbox, &id, text);
    id
}

fn send(inbox: &mut Inbox, id: &str, text: &str) {
    let chat = inbox.chat(id).expect("the chat").clone();
    let outgoing = Outgoing {
        text: Some(text),
        subject: None,
        message_type: None,
        attachments: Vec::new(),
        voice_message: None,
        video_message: None,
        quote_id: None,
        thread_id: None,
    };
    let message = inbox.compose(&chat, &outgoing).expect("a message");
    inbox.deliver(message);
}

/// Starts chats until there is no room for more.
fn fill(inbox: &mut Inbox) {
    for _ in listed(inbox)..MOST_CHATS {
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
    assert_eq!(listed(&inbox), MOST_CHATS);
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
    let text = "a".repeat(1024 * 1024);
    for _ in 0..100 {
        start(&mut inbox, &text);
    }
    assert!(inbox.weight <= MOST_CHAT_BYTES);
    let started = inbox.chats().filter(|chat| !chat.kept).count();
    assert!((20..100).contains(&started), "{started}");
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
