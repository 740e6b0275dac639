use std::collections::BTreeMap;

use postpress_client::enums::{
    AccountType, ChatListObject, ChatObject, ChatStartedObject, ChatType, Flag, Folder,
    MessageObject, MessageSentObject, ReadOnlyState,
};
use postpress_client::runtime::{Items, Timestamp};
use postpress_client::types::{Chat, ChatDetail, ChatList, ChatStarted, Message, MessageSent};
use postpress_client::variants::ReadReceipt;
use postpress_tests::examples::body;

use crate::decoding::{decoded, written};

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn a_list_of_chats() {
    let json = body("listChats");
    let list: ChatList = decoded(&json);
    assert_fields!(
        &list,
        ChatList {
            object: Some(ChatListObject::ChatList.into()),
            cursor: Some("eyJhY2NvdW50X2lkIjoiYWNjXzAxIn0=".to_owned().into()),
        }
    );
    let [chat] = &*list.items else {
        panic!("{} chats", list.items.len());
    };
    assert_fields!(
        chat,
        Chat {
            object: Some(ChatObject::Chat),
            id: "chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR".into(),
            account_id: "acc_01HXYZ4QK3WJ8FN3M6QH7TZ8GR".into(),
            account_type: AccountType::Linkedin,
            provider_id: "2-NTRkZDA4M2QtZDcxZS00YzY5LWE1MWUtZGM5...".into(),
            attendee_provider_id: Some("ACoAACr-1eYBl...".into()),
            name: Some("Jordan Walke".into()),
            type_: ChatType::OneToOne,
            timestamp: Some(time("2026-05-17T09:42:11Z")),
            unread_count: 2,
            archived: Flag::No,
            muted_until: None,
            read_only: ReadOnlyState::Writable,
            disabled_features: Items::new(),
            subject: None,
            organization_id: None,
            mailbox_id: None,
            content_type: None,
            folder: vec![Folder::Inbox, Folder::InboxLinkedinClassic].into(),
            pinned: Flag::No,
        }
    );
    assert_eq!(written(&list), json);
}

#[test]
fn a_chat_with_its_last_message() {
    let json = body("getChat");
    let chat: ChatDetail = decoded(&json);
    assert_eq!(chat.name.as_deref(), Some("Jordan Walke"));
    assert_eq!(chat.provider_id, "2-NTRkZDA4M2QtZDcxZS00YzY5...");
    assert_fields!(
        chat.last_message.as_ref().unwrap().value().unwrap(),
        Message {
            object: Some(MessageObject::Message),
            id: "msg_01HXYZ4QK3WJ8FN3M6QH7TZ8GR".into(),
            provider_id: "urn:li:msg:2-NTRkZDA4...".into(),
            account_id: "acc_01HXYZ4QK3WJ8FN3M6QH7TZ8GR".into(),
            chat_id: "chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR".into(),
            chat_provider_id: "2-NTRkZDA4M2QtZDcxZS00YzY5...".into(),
            sender_id: Some("ACoAACr-1eYBl...".into()),
            sender_attendee_id: Some("att_01HXYZ4QK3WJ8FN3M6QH7TZ8GR".into()),
            timestamp: Some(time("2026-05-17T09:42:11Z")),
            text: Some("Sounds good - let's chat tomorrow.".into()),
            is_sender: Flag::No,
            attachments: Items::new(),
            quoted: None,
            reactions: Items::new(),
            seen: Flag::Yes,
            seen_by: BTreeMap::from([(
                "att_01HXYZ4QK3WJ8FN3M6QH7TZ8GR".to_owned(),
                ReadReceipt::Seen(true).into(),
            )]),
            hidden: Flag::No,
            deleted: Flag::No,
            edited: Flag::No,
            is_event: Flag::No,
            delivered: Flag::Yes,
            behavior: Some(0),
            event_type: None,
            original: Some("{...raw provider payload...}".into()),
            is_forwarded: None,
            replies: None,
            reply_by: Items::new(),
            parent: None,
            subject: None,
            message_type: None,
            attendee_type: None,
            attendee_distance: None,
            sender_urn: None,
            reply_to: None,
        }
    );
    assert_eq!(written(&chat), json);
}

#[test]
fn a_chat_that_was_started() {
    let json = body("startChat");
    let started: ChatStarted = decoded(&json);
    assert_fields!(
        &started,
        ChatStarted {
            object: ChatStartedObject::ChatStarted,
            chat_id: Some("chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR".into()),
            message_id: Some("msg_01HXYZ4QK3WJ8FN3M6QH7TZ8GR".into()),
        }
    );
    assert_eq!(written(&started), json);
}

#[test]
fn a_message_that_was_sent() {
    let json = body("sendMessage");
    let sent: MessageSent = decoded(&json);
    assert_fields!(
        &sent,
        MessageSent {
            object: MessageSentObject::MessageSent,
            message_id: Some("msg_01HXYZ4QK3WJ8FN3M6QH7TZ8GR".into()),
        }
    );
    assert_eq!(written(&sent), json);
}
