use postpress_client::enums::MutedUntilMutedIndefinitely;
use postpress_client::enums::{AccountType, AttendeeDistance, ChatType, EventType, Flag, Folder};
use postpress_client::runtime::decode_json;
use postpress_client::types::{ChatDetail, ChatList, ChatStarted};
use postpress_client::variants::{Attachment, MutedUntil, ReadReceipt};
use serde_json::{Value, json};

use crate::decoding::{chat_with, decoded, list_with, message, without, written};

/// The list, having made sure that it is written back as it came.
fn read(json: &Value) -> ChatList {
    let list: ChatList = decoded(json);
    assert_eq!(written(&list), *json);
    list
}

#[test]
fn unknown_texts_of_enums_are_kept_and_written_back() {
    let json = list_with(|chat| {
        chat["account_type"] = "SIGNAL".into();
        chat["folder"] = json!(["INBOX", "My folder", ""]);
        chat["disabledFeatures"] = json!(["reply", "calls"]);
        chat["content_type"] = "poll".into();
        chat["object"] = "BetterChat".into();
    });
    let chat = &read(&json).items[0];
    assert!(chat.account_type.is_unknown());
    assert_eq!(chat.account_type, AccountType::from("SIGNAL"));
    assert_eq!(chat.folder, [Folder::Inbox, "My folder".into(), "".into()]);
    assert_eq!(chat.disabled_features[1].as_str(), "calls");
    assert_eq!(chat.content_type.as_ref().unwrap().as_str(), "poll");
    assert_eq!(chat.object.as_ref().unwrap().as_str(), "BetterChat");
}

#[test]
fn unknown_numbers_of_enums_are_kept_and_written_back() {
    let json = list_with(|chat| {
        chat["type"] = 7.into();
        chat["archived"] = (-1).into();
        chat["read_only"] = 2.5.into();
        chat["pinned"] = u64::MAX.into();
    });
    let chat = &read(&json).items[0];
    assert_eq!(chat.type_, ChatType::from(7));
    assert!(chat.type_.is_unknown() && chat.archived.is_unknown());
    assert!(chat.read_only.is_unknown() && chat.pinned.is_unknown());
    assert_eq!(chat.pinned.to_string(), u64::MAX.to_string());
}

#[test]
fn known_numbers_are_known_also_when_written_as_fractions() {
    let json = list_with(|chat| {
        chat["type"] = 2.0.into();
        chat["pinned"] = 1.0.into();
    });
    let chat = &decoded::<ChatList>(&json).items[0];
    assert_eq!(
        (&chat.type_, &chat.pinned),
        (&ChatType::Broadcast, &Flag::Yes)
    );
}

#[test]
fn unknown_numbers_of_messages_are_kept_too() {
    let json = chat_with(|message| {
        message["event_type"] = 14.into();
        message["attendee_distance"] = 5.into();
        message["message_type"] = "POLL".into();
        message["attendee_type"] = "BOT".into();
    });
    let chat: ChatDetail = decoded(&json);
    assert_eq!(written(&chat), json);
    let message = message(chat);
    assert_eq!(message.event_type, Some(EventType::from(14)));
    assert_eq!(message.attendee_distance, Some(AttendeeDistance::from(5)));
}

#[test]
fn unknown_fields_are_ignored() {
    let json = chat_with(|message| {
        message["new"] = json!({ "deep": [1, { "id": null }] });
        message["reactions"] =
            json!([{ "value": "+1", "sender_id": "a", "is_sender": true, "new": 1 }]);
    });
    let chat: ChatDetail = decoded(&json);
    let message = message(chat);
    assert_eq!(message.reactions[0].value, "+1");
    assert_eq!(message.id, "msg_01HXYZ4QK3WJ8FN3M6QH7TZ8GR");
}

#[test]
fn null_in_place_of_a_list_or_map_is_an_empty_one() {
    let list: ChatList = decoded(&json!({ "object": "ChatList", "items": null, "cursor": null }));
    assert_eq!((list.items.len(), list.cursor), (0, None));
    let list: ChatList = decoded(&list_with(|chat| {
        chat["folder"] = Value::Null;
        chat["disabledFeatures"] = Value::Null;
    }));
    assert_eq!(list.items[0].folder, []);
    assert_eq!(list.items[0].disabled_features, []);
    let chat: ChatDetail = decoded(&chat_with(|message| {
        for member in ["attachments", "reactions", "seen_by", "reply_by"] {
            message[member] = Value::Null;
        }
    }));
    let message = message(chat);
    assert!(message.attachments.is_empty() && message.reactions.is_empty());
    assert!(message.seen_by.is_empty() && message.reply_by.is_empty());
}

#[test]
fn a_nullable_field_that_is_missing_is_none() {
    let mut json = list_with(|chat| {
        for member in ["name", "timestamp", "muted_until"] {
            without(chat, member);
        }
    });
    without(&mut json, "cursor");
    let list: ChatList = decoded(&json);
    assert_eq!(list.cursor, None);
    let chat = &list.items[0];
    assert_eq!(
        (&chat.name, chat.timestamp, &chat.muted_until),
        (&None, None, &None)
    );

    let mut json = chat_with(|message| {
        without(message, "text");
        without(message, "behavior");
    });
    let message = message(decoded(&json));
    assert_eq!((message.text, message.behavior), (None, None));
    without(&mut json, "lastMessage");
    assert_eq!(decoded::<ChatDetail>(&json).last_message, None);

    let started: ChatStarted = decoded(&json!({ "object": "ChatStarted" }));
    assert_eq!((started.chat_id, started.message_id), (None, None));
}

#[test]
fn an_optional_field_that_is_null_is_none() {
    let json = chat_with(|message| {
        for member in [
            "object",
            "quoted",
            "event_type",
            "subject",
            "reply_to",
            "is_forwarded",
        ] {
            message[member] = Value::Null;
        }
    });
    let message = message(decoded(&json));
    assert_eq!(
        (message.object, message.quoted, message.subject),
        (None, None, None)
    );
}

#[test]
fn a_chat_is_muted_for_good_until_a_time_or_in_a_way_that_is_kept() {
    let muted = |until: Value| {
        let json = list_with(|chat| chat["muted_until"] = until);
        let state = read(&json).items[0].muted_until.clone();
        state.map(|state| state.into_value().unwrap())
    };
    assert_eq!(muted(Value::Null), None);
    let indefinitely = MutedUntilMutedIndefinitely::Indefinitely;
    assert_eq!(
        muted((-1).into()),
        Some(MutedUntil::MutedIndefinitely(indefinitely))
    );
    let time = "2026-05-17T09:42:11.000Z";
    assert_eq!(
        muted(time.into()),
        Some(MutedUntil::Timestamp(time.parse().unwrap()))
    );
    for strange in [json!("soon"), json!({ "until": 1 }), json!([])] {
        assert_eq!(muted(strange.clone()), Some(MutedUntil::Unknown(strange)));
    }
    // Another number is one that the service may give a meaning one day.
    assert!(
        matches!(muted(0.into()), Some(MutedUntil::MutedIndefinitely(number)) if number.is_unknown())
    );
}

#[test]
fn a_receipt_is_a_time_a_boolean_or_kept_as_it_is() {
    let json = chat_with(|message| {
        message["seen_by"] = json!({
            "att_1": "2026-05-17T09:42:11.000Z",
            "att_2": false,
            "att_3": 1,
        });
    });
    let chat: ChatDetail = decoded(&json);
    assert_eq!(written(&chat), json);
    let seen_by = message(chat).seen_by;
    let time = "2026-05-17T09:42:11Z".parse().unwrap();
    assert_eq!(seen_by["att_1"], ReadReceipt::Timestamp(time).into());
    assert_eq!(seen_by["att_2"], ReadReceipt::Seen(false).into());
    assert_eq!(seen_by["att_3"], ReadReceipt::Unknown(1.into()).into());
}

#[test]
fn times_of_any_rfc_3339_form_are_read() {
    for text in [
        "2026-05-17T09:42:11Z",
        "2026-05-17T11:42:11.0000+02:00",
        "2026-05-17t09:42:11.000z",
    ] {
        let list: ChatList = decoded(&list_with(|chat| chat["timestamp"] = text.into()));
        let time = list.items[0].timestamp.unwrap();
        assert_eq!(time.to_string(), "2026-05-17T09:42:11.000Z");
    }
}

#[test]
fn half_an_emoji_costs_one_character_and_not_the_page() {
    let half = |json: Value| json.to_string().replace("HALF", "\\ud83d");
    let text = half(chat_with(|message| {
        message["text"] = "Hi HALF".into();
        message["attachments"] = json!([
            { "type": "file", "id": "1", "unavailable": false, "file_name": "HALF.pdf" },
            { "type": "hologram", "id": "HALF" },
        ]);
        message["new"] = "HALF".into();
    }));
    let chat: ChatDetail = decode_json(text.as_bytes()).unwrap();
    let message = message(chat);
    assert_eq!(message.text.as_deref(), Some("Hi \u{fffd}"));
    assert!(
        matches!(&message.attachments[0], Attachment::File(file) if file.file_name.as_deref() == Some("\u{fffd}.pdf"))
    );
    assert_eq!(written(&message.attachments[1])["id"], "\u{fffd}");

    let broken = half(list_with(|chat| {
        chat["name"] = "HALF".into();
        chat["id"] = true.into();
    }));
    let list: ChatList = decode_json(broken.as_bytes()).unwrap();
    let (_, odd) = list.items.odd().next().unwrap();
    assert_eq!(odd.error().json_path(), Some("id"));
}
