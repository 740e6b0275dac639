//! Chats as rows.

use postpress::{AccountType, Timestamp, raw::RawJson};
use serde::Serialize;

use super::{
    json::Fields,
    table::{self, Align, Cell, Column},
};
use crate::{
    record::Record,
    terminal::{BOLD, CYAN, DIM, GREEN, PLAIN, YELLOW},
    time,
};

/// The columns of a CSV file: the fields of a chat, as the service spells them.
pub(crate) const CSV: [&str; 19] = [
    "id",
    "account_id",
    "account_type",
    "provider_id",
    "attendee_provider_id",
    "name",
    "type",
    "timestamp",
    "unread_count",
    "archived",
    "muted_until",
    "read_only",
    "disabledFeatures",
    "subject",
    "organization_id",
    "mailbox_id",
    "content_type",
    "folder",
    "pinned",
];

/// A listing in the form of a page of the service; the cursor says where it continues.
#[derive(Serialize)]
pub(crate) struct Listing<'a> {
    object: &'static str,
    items: Vec<&'a RawJson>,
    cursor: Option<&'a str>,
}

impl<'a> Listing<'a> {
    pub(crate) fn new(chats: &'a [Record], cursor: Option<&'a str>) -> Self {
        Self {
            object: "ChatList",
            items: chats.iter().map(|chat| &chat.json).collect(),
            cursor,
        }
    }
}

/// The lines of a table.
pub(crate) fn table(chats: &[Record], now: Timestamp, width: Option<usize>) -> Vec<String> {
    let columns = [
        Column("NAME", Align::Left, Some(12)),
        Column("PROVIDER", Align::Left, None),
        Column("UNREAD", Align::Right, None),
        Column("ACTIVITY", Align::Left, None),
        Column("STATE", Align::Left, Some(5)),
        Column("ID", Align::Left, None),
    ];
    let rows = chats.iter().map(|chat| row(chat, now));
    table::render(columns, &rows.collect::<Vec<_>>(), width)
}

/// A row with what is known of a chat: of an odd one, not everything is.
fn row(record: &Record, now: Timestamp) -> [Cell; 6] {
    let (chat, odd) = (Fields::of(&record.json), record.is_odd);
    let known = |text: &str| if odd { String::new() } else { text.to_owned() };
    let unread = chat.number("unread_count").map(|count| count.max(0));
    let is_unread = unread > Some(0);
    let activity = chat.read("timestamp").map(|at| time::relative(at, now));
    [
        Cell::styled(title(&chat), if is_unread { BOLD } else { PLAIN }),
        Cell::styled(provider(&chat), CYAN),
        Cell::styled(
            unread.map_or_else(|| known("0"), |count| count.to_string()),
            if is_unread { GREEN } else { DIM },
        ),
        Cell::new(activity.unwrap_or_else(|| known("never"))),
        Cell::styled(state(&chat, odd, now), YELLOW),
        Cell::styled(chat.shown("id"), DIM),
    ]
}

/// The name of the provider of a chat, as people write it.
pub(crate) fn provider(chat: &Fields) -> String {
    let name = match AccountType::from(chat.shown("account_type")) {
        AccountType::Whatsapp => "WhatsApp",
        AccountType::Linkedin => "LinkedIn",
        AccountType::Slack => "Slack",
        AccountType::Twitter => "Twitter",
        AccountType::Messenger => "Messenger",
        AccountType::Instagram => "Instagram",
        AccountType::Telegram => "Telegram",
        newer => return newer.as_str().to_owned(),
    };
    name.to_owned()
}

/// What is unusual about a chat.
fn state(chat: &Fields, odd: bool, now: Timestamp) -> String {
    let access = access(chat);
    words([
        (chat.number("type") == Some(1), "group"),
        (chat.number("type") == Some(2), "broadcast"),
        (chat.is("pinned"), "pinned"),
        (chat.is("archived"), "archived"),
        (is_muted(chat, now), "muted"),
        (!matches!(access, "" | "writable"), access),
        (odd, "odd"),
    ])
}

/// The words that apply, with commas.
pub(crate) fn words<const N: usize>(words: [(bool, &str); N]) -> String {
    let words = words.into_iter().filter(|(holds, _)| *holds);
    words.map(|(_, word)| word).collect::<Vec<_>>().join(", ")
}

/// The title of a chat: its name, its subject or whom it is with.
pub(crate) fn title(chat: &Fields) -> String {
    let titles = ["name", "subject", "attendee_provider_id"].map(|name| chat.shown(name));
    let title = titles.into_iter().find(|title| !title.is_empty());
    title.unwrap_or_else(|| "(no name)".to_owned())
}

/// Whether a chat is muted at this time.
fn is_muted(chat: &Fields, now: Timestamp) -> bool {
    match chat.read::<Timestamp>("muted_until") {
        Some(end) => end > now,
        None => !chat.shown("muted_until").is_empty(),
    }
}

/// What can be done in a chat.
pub(crate) fn access(chat: &Fields) -> &'static str {
    match chat.number("read_only") {
        Some(0) => "writable",
        Some(1) => "read-only",
        Some(2) => "locked",
        Some(_) => "restricted",
        None => "",
    }
}
