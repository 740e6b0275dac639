//! Decoding, against structs written by hand.

use std::hint::black_box;

use postpress::raw::{decode_json, types};
use serde::de::DeserializeOwned;

use crate::{
    hand, samples,
    table::{Table, Times, times},
};

/// The JSON that stands in the place of a number in the chat in the middle of a page.
const ODD: [(&str, &str); 2] = [("odd chat", "[]"), ("tolerated number", r#""2""#)];

/// The time of decoding a `T` as postpress does.
fn ours<T: DeserializeOwned>(json: &str) -> Times {
    times(|| decode_json::<T>(black_box(json.as_bytes())).unwrap())
}

/// The time of decoding a `T` with serde_json alone.
fn alone<T: DeserializeOwned>(json: &str) -> Times {
    times(|| serde_json::from_slice::<T>(black_box(json.as_bytes())).unwrap())
}

pub fn measure(table: &mut Table) {
    let page = samples::page();
    let by_hand = ("by hand", alone::<hand::ChatList>(&page));
    let good = ours::<types::ChatList>(&page);
    table.measured("decode a page of 250 chats", good, by_hand, "1.30");
    for (name, unread_count) in ODD {
        let odd = samples::page_with(&unread_count.parse().unwrap());
        let odd = ours::<types::ChatList>(&odd);
        let what = format!("decode that page with one {name}");
        table.measured(&what, odd, ("without it", good), "");
    }
    let chat = samples::detail(20);
    let detail = ours::<types::ChatDetail>(&chat);
    let by_hand = ("by hand", alone::<hand::Chat>(&chat));
    let what = "decode a chat with 20 attachments";
    table.measured(what, detail, by_hand, "1.40");
    let flat = ("one flat struct", alone::<hand::flat::Chat>(&chat));
    table.measured("the same", detail, flat, "");
}
