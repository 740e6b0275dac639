//! How fast a generated union decodes, against what else one can do with serde:
//! `cargo bench -p postpress-runtime --bench decode`.
//!
//! A page of 100 messages is decoded, each with three attachments of six kinds. Only the type of an attachment differs. The
//! yardstick is the closed enum that one would write by hand, which fails where a generated union keeps the JSON.

use std::hint::black_box;
use std::time::{Duration, Instant};

use postpress_runtime::TaggedJson;
use serde::Deserialize;
use serde::de::DeserializeOwned;

const ROUNDS: u32 = 200;
const TRIES: u32 = 15;

macro_rules! attachment {
    ($name:ident { $($field:ident: $type:ty),* }) => {
        #[derive(Clone, Debug, PartialEq, serde::Serialize, Deserialize)]
        #[allow(missing_docs)]
        struct $name {
            id: String,
            file_size: Option<i64>,
            unavailable: bool,
            mimetype: Option<String>,
            url: Option<String>,
            url_expires_at: Option<i64>,
            $($field: $type,)*
        }
    };
}

#[derive(Clone, Debug, PartialEq, serde::Serialize, Deserialize)]
struct Size {
    width: i64,
    height: i64,
}

attachment!(Image {
    size: Size,
    sticker: bool
});
attachment!(Video {
    size: Size,
    gif: bool
});
attachment!(Audio { duration: Option<i64>, voice_note: bool });
attachment!(File { file_name: String });
attachment!(Post {});
attachment!(Meeting { starts_at: Option<i64>, expires_at: Option<i64>, time_range: Option<i64> });
attachment!(Flat {
    r#type: String,
    size: Option<Size>,
    sticker: Option<bool>,
    gif: Option<bool>,
    duration: Option<i64>,
    voice_note: Option<bool>,
    file_name: Option<String>,
    starts_at: Option<i64>,
    expires_at: Option<i64>,
    time_range: Option<i64>
});

/// As the generator prints it.
#[derive(Deserialize)]
#[serde(tag = "type")]
#[allow(dead_code)]
enum Generated {
    #[serde(rename = "img")]
    Image(Image),
    #[serde(rename = "video")]
    Video(Video),
    #[serde(rename = "audio")]
    Audio(Audio),
    #[serde(rename = "file")]
    File(File),
    #[serde(rename = "linkedin_post")]
    Post(Post),
    #[serde(rename = "video_meeting")]
    Meeting(Meeting),
    #[serde(untagged)]
    Unknown(serde_json::Value),
}

/// As the generator prints it where the structs have the tag, too, or it may be absent.
struct ByHand;

impl<'de> Deserialize<'de> for ByHand {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let union = TaggedJson::read(deserializer, "type", Some("img"))?;
        let read: Result<Generated, serde_json::Value> = match union.tag() {
            Some("img") => union.variant_without_tag(Generated::Image),
            Some("video") => union.variant_without_tag(Generated::Video),
            Some("audio") => union.variant_without_tag(Generated::Audio),
            Some("file") => union.variant_without_tag(Generated::File),
            Some("linkedin_post") => union.variant_without_tag(Generated::Post),
            Some("video_meeting") => union.variant_without_tag(Generated::Meeting),
            _ => union.unknown(),
        };
        black_box(read.unwrap_or_else(Generated::Unknown));
        Ok(Self)
    }
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(dead_code)]
enum Closed {
    #[serde(rename = "img")]
    Image(Image),
    Video(Video),
    Audio(Audio),
    File(File),
    LinkedinPost(Post),
    VideoMeeting(Meeting),
}

// From the most members to the fewest: `Post` would take any.
#[derive(Deserialize)]
#[serde(untagged)]
#[allow(dead_code)]
enum Untagged {
    Image(Image),
    Video(Video),
    Audio(Audio),
    File(File),
    Meeting(Meeting),
    Post(Post),
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Message<A> {
    id: String,
    text: Option<String>,
    attachments: Vec<A>,
}

/// A page as JSON, with the tag second, as the service writes it, or last.
fn page(tag_is_last: bool) -> String {
    let messages: Vec<String> = (0..100)
        .map(|message| {
            let attachments: Vec<String> = (0..3)
                .map(|index| attachment(message * 3 + index, tag_is_last))
                .collect();
            format!(
                r#"{{"id":"msg_01HXYZ4QK3WJ8FN3M6QH7TZ8GR","text":"Sounds good - let's chat tomorrow.","attachments":[{}]}}"#,
                attachments.join(",")
            )
        })
        .collect();
    format!("[{}]", messages.join(","))
}

fn attachment(index: usize, tag_is_last: bool) -> String {
    let (kind, own) = match index % 6 {
        0 => (
            "img",
            r#","size":{"width":640,"height":480},"sticker":false"#,
        ),
        1 => ("video", r#","size":{"width":640,"height":480},"gif":false"#),
        2 => ("audio", r#","duration":12,"voice_note":true"#),
        3 => ("file", r#","file_name":"report.pdf""#),
        4 => ("linkedin_post", ""),
        _ => (
            "video_meeting",
            r#","starts_at":1779010931,"expires_at":null,"time_range":3600"#,
        ),
    };
    let tag = format!(r#","type":"{kind}""#);
    let (second, last) = if tag_is_last {
        ("", &*tag)
    } else {
        (&*tag, "")
    };
    format!(
        r#"{{"id":"att_01HXYZ4QK3WJ8FN3M6QH7TZ8GR"{second},"file_size":123456,"unavailable":false,"mimetype":"application/octet-stream","url":"https://api.example/v1/messages/msg_01HXYZ4QK3WJ8FN3M6QH7TZ8GR/attachments/1","url_expires_at":1779010931{own}{last}}}"#
    )
}

fn decode<A: DeserializeOwned>(json: &str) {
    let page: Vec<Message<A>> = serde_json::from_str(black_box(json)).expect("is a page");
    black_box(page);
}

type Decode = fn(&str);

fn main() {
    let kinds: [(&str, Decode); 5] = [
        ("closed tagged enum", decode::<Closed>),
        ("generated union", decode::<Generated>),
        ("the same with `TaggedJson`", decode::<ByHand>),
        ("untagged enum", decode::<Untagged>),
        ("flat struct", decode::<Flat>),
    ];
    for tag_is_last in [false, true] {
        let json = page(tag_is_last);
        let place = if tag_is_last { "last" } else { "second" };
        println!("{} KiB, the tag {place}:", json.len() / 1024);
        // Taken in turns, and the best of each, so that the machine's other work hits all alike.
        let mut best = [Duration::MAX; 5];
        for _ in 0..TRIES {
            for (best, (_, decode)) in best.iter_mut().zip(&kinds) {
                let start = Instant::now();
                for _ in 0..ROUNDS {
                    decode(&json);
                }
                *best = (*best).min(start.elapsed() / ROUNDS);
            }
        }
        let yardstick = best[0].as_secs_f64();
        for (best, (name, _)) in best.iter().zip(&kinds) {
            println!(
                "  {name:<26} {:>7.1} µs  {:>4.0} MB/s  {:.2} x closed",
                best.as_secs_f64() * 1e6,
                json.len() as f64 / best.as_secs_f64() / 1e6,
                best.as_secs_f64() / yardstick,
            );
        }
    }
}
