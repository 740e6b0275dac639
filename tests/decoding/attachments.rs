use postpress_client::types::{
    AudioAttachment, ChatDetail, FileAttachment, ImageAttachment, LinkedinPostAttachment,
    MediaSize, Message, VideoAttachment, VideoMeetingAttachment,
};
use postpress_client::variants::Attachment;
use serde_json::{Value, json};

use crate::decoding::{chat_with, decoded, message, written};

/// The message, having made sure that the chat is written back as it came.
fn message_with(attachments: &Value) -> Message {
    let json = chat_with(|message| message["attachments"] = attachments.clone());
    let chat: ChatDetail = decoded(&json);
    assert_eq!(written(&chat), json);
    message(chat)
}

#[test]
fn each_of_the_six_kinds_is_told_by_its_type() {
    let message = message_with(&json!([
        { "type": "img", "id": "1", "unavailable": false, "size": { "width": 1, "height": 2 }, "sticker": true },
        { "type": "video", "id": "2", "unavailable": false, "size": { "width": 3, "height": 4 }, "gif": false },
        { "type": "audio", "id": "3", "unavailable": true, "duration": 1.5, "voice_note": true },
        { "type": "file", "id": "4", "unavailable": false, "file_size": 12, "mimetype": "application/pdf",
          "url": "https://x/4", "url_expires_at": 1779010931, "file_name": "a.pdf" },
        { "type": "linkedin_post", "id": "5", "unavailable": false },
        { "type": "video_meeting", "id": "6", "unavailable": false, "starts_at": 1, "expires_at": null, "time_range": 1800 },
    ]));
    let [
        Attachment::Image(image),
        Attachment::Video(video),
        Attachment::Audio(audio),
        Attachment::File(file),
        Attachment::LinkedinPost(post),
        Attachment::VideoMeeting(meeting),
    ] = &*message.attachments
    else {
        panic!("{:?}", message.attachments);
    };
    assert_fields!(
        image,
        ImageAttachment {
            id: "1".into(),
            file_size: None,
            unavailable: false,
            mimetype: None,
            url: None,
            url_expires_at: None,
            sticker: Some(true),
        }
    );
    assert_fields!(
        image.size.as_ref().unwrap().value().unwrap(),
        MediaSize {
            width: 1,
            height: 2
        }
    );
    assert_fields!(
        video,
        VideoAttachment {
            id: "2".into(),
            file_size: None,
            unavailable: false,
            mimetype: None,
            url: None,
            url_expires_at: None,
            gif: Some(false),
        }
    );
    assert_fields!(
        video.size.as_ref().unwrap().value().unwrap(),
        MediaSize {
            width: 3,
            height: 4
        }
    );
    assert_fields!(
        audio,
        AudioAttachment {
            id: "3".into(),
            file_size: None,
            unavailable: true,
            mimetype: None,
            url: None,
            url_expires_at: None,
            duration: Some(1.5),
            voice_note: Some(true),
        }
    );
    assert_fields!(
        file,
        FileAttachment {
            id: "4".into(),
            file_size: Some(12),
            unavailable: false,
            mimetype: Some("application/pdf".into()),
            url: Some("https://x/4".into()),
            url_expires_at: Some(1_779_010_931),
            file_name: Some("a.pdf".into()),
        }
    );
    assert_fields!(
        post,
        LinkedinPostAttachment {
            id: "5".into(),
            file_size: None,
            unavailable: false,
            mimetype: None,
            url: None,
            url_expires_at: None,
        }
    );
    assert_fields!(
        meeting,
        VideoMeetingAttachment {
            id: "6".into(),
            file_size: None,
            unavailable: false,
            mimetype: None,
            url: None,
            url_expires_at: None,
            starts_at: Some(1),
            expires_at: None,
            time_range: Some(1800),
        }
    );
}

#[test]
fn the_type_may_come_last() {
    let json = r#"{"size":{"height":2,"width":1},"sticker":false,"unavailable":false,"id":"1","type":"img"}"#;
    let attachment: Attachment = serde_json::from_str(json).unwrap();
    assert_eq!(attachment.tag(), Some("img"));
    assert!(!attachment.is_unknown());
}

/// What stands for no attachment that we know, each for another reason.
fn strange() -> Vec<Value> {
    vec![
        json!({ "type": "hologram", "id": "1", "depth": [1, { "a": null }] }),
        json!({ "id": "no type" }),
        json!({ "type": 7 }),
        json!({ "type": null, "id": "1" }),
        json!({ "type": "img", "id": "no flag", "sticker": false }),
        json!({ "type": "img", "unavailable": false, "size": { "width": 1, "height": 1 }, "sticker": false }),
        json!({ "type": "img", "id": "1", "unavailable": "no", "size": { "width": 1, "height": 1 }, "sticker": false }),
        json!({ "type": "file", "id": "1", "unavailable": false, "file_name": ["a"] }),
        json!({}),
        json!([]),
        json!("a text"),
        json!(7),
    ]
}

#[test]
fn an_attachment_that_does_not_fit_is_kept_as_json_and_the_rest_lives() {
    let known = json!({ "type": "linkedin_post", "id": "5", "unavailable": false });
    for strange in strange() {
        let message = message_with(&json!([known, strange, known]));
        assert_eq!(message.attachments[1], Attachment::Unknown(strange));
        for index in [0, 2] {
            assert!(
                matches!(&message.attachments[index], Attachment::LinkedinPost(post) if post.id == "5")
            );
        }
        assert_eq!(
            message.text.as_deref(),
            Some("Sounds good - let's chat tomorrow.")
        );
    }
}

#[test]
fn so_is_one_within_a_quoted_message() {
    let quoted = json!({
        "provider_id": "p", "sender_id": "s", "text": null, "attachments": strange(), "message_id": "msg_1",
    });
    let json = chat_with(|message| message["quoted"] = quoted);
    let chat: ChatDetail = decoded(&json);
    assert_eq!(written(&chat), json);
    let quoted = message(chat).quoted.unwrap().into_value().unwrap();
    assert_eq!(quoted.attachments.len(), strange().len());
    assert!(quoted.attachments.iter().all(Attachment::is_unknown));
    assert_eq!(quoted.message_id.as_deref(), Some("msg_1"));
}

#[test]
fn an_unknown_attachment_still_tells_its_type() {
    let message = message_with(&json!([{ "type": "hologram" }, { "type": "img" }, {}]));
    let tags: Vec<_> = message.attachments.iter().map(Attachment::tag).collect();
    assert_eq!(tags, [Some("hologram"), Some("img"), None]);
}

#[test]
fn an_attachment_may_have_fields_that_we_do_not_know() {
    let json =
        json!([{ "type": "linkedin_post", "id": "5", "unavailable": false, "new": { "a": 1 } }]);
    let chat: ChatDetail = decoded(&chat_with(|message| message["attachments"] = json));
    assert!(!message(chat).attachments[0].is_unknown());
}
