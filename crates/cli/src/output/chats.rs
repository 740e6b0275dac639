//! Chats as rows.

use std::io::{self, Write};

use postpress::{AccountType, Chat, Mute, ReadOnlyState, Timestamp};
use serde::{Serialize, Serializer};

use super::{
    csv,
    table::{self, Cell, Column},
};
use crate::{
    failure::Failure,
    moment,
    terminal::{BOLD, CYAN, DIM, GREEN, PLAIN, YELLOW},
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

/// A listing as the service sends a page; the cursor says where it goes on.
pub(crate) struct Listing<'a> {
    pub(crate) chats: &'a [Chat],
    pub(crate) cursor: Option<&'a str>,
}

impl Serialize for Listing<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("object", "ChatList")?;
        map.serialize_entry("items", self.chats)?;
        map.serialize_entry("cursor", &self.cursor)?;
        map.end()
    }
}

/// The header of a CSV file.
pub(crate) fn csv_header() -> Result<(), Failure> {
    Ok(csv::line(&mut io::stdout().lock(), CSV)?)
}

/// A chat as a line of a CSV file.
pub(crate) fn csv_row(chat: &Chat) -> Result<(), Failure> {
    let chat = serde_json::to_value(chat)?;
    let mut out = io::stdout().lock();
    csv::line(&mut out, csv::row(&chat, &CSV))?;
    Ok(out.flush()?)
}

/// The lines of a table.
pub(crate) fn table(chats: &[Chat], now: Timestamp, width: Option<usize>) -> Vec<String> {
    let columns = [
        Column::new("NAME").least(12),
        Column::new("PROVIDER"),
        Column::new("UNREAD").right(),
        Column::new("ACTIVITY"),
        Column::new("STATE").least(5),
        Column::new("ID"),
    ];
    let rows: Vec<_> = chats.iter().map(|chat| row(chat, now)).collect();
    table::render(columns, &rows, width)
}

fn row(chat: &Chat, now: Timestamp) -> [Cell; 6] {
    let unread = chat.is_unread();
    let name = chat
        .name()
        .or(chat.subject())
        .or(chat.attendee_provider_id())
        .unwrap_or("(no name)");
    let activity = chat.last_activity().map_or_else(
        || "never".to_owned(),
        |moment| moment::relative(moment, now),
    );
    [
        Cell::styled(name, if unread { BOLD } else { PLAIN }),
        Cell::styled(provider(chat.provider()), CYAN),
        Cell::styled(
            chat.unread_count().to_string(),
            if unread { GREEN } else { DIM },
        ),
        Cell::new(activity),
        Cell::styled(state(chat, now).join(", "), YELLOW),
        Cell::styled(chat.id(), DIM),
    ]
}

/// A provider as people write it.
pub(crate) fn provider(provider: &AccountType) -> &str {
    match provider {
        AccountType::Whatsapp => "WhatsApp",
        AccountType::Linkedin => "LinkedIn",
        AccountType::Slack => "Slack",
        AccountType::Twitter => "Twitter",
        AccountType::Messenger => "Messenger",
        AccountType::Instagram => "Instagram",
        AccountType::Telegram => "Telegram",
        newer => newer.as_str(),
    }
}

/// What is out of the ordinary about a chat.
fn state(chat: &Chat, now: Timestamp) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = |is: bool, word: &str| {
        if is {
            words.push(word.to_owned());
        }
    };
    word(chat.is_group(), "group");
    word(chat.is_broadcast(), "broadcast");
    word(chat.is_pinned(), "pinned");
    word(chat.is_archived(), "archived");
    word(is_muted(&chat.mute(), now), "muted");
    word(!chat.is_writable(), access(chat.read_only()));
    words
}

/// A chat is muted at this moment.
pub(crate) fn is_muted(mute: &Mute, now: Timestamp) -> bool {
    match mute {
        Mute::Not => false,
        Mute::Until(moment) => *moment > now,
        _ => true,
    }
}

/// What can be done in a chat.
pub(crate) fn access(state: &ReadOnlyState) -> &'static str {
    match state {
        ReadOnlyState::Writable => "writable",
        ReadOnlyState::ReadOnly => "read-only",
        ReadOnlyState::Locked => "locked",
        _ => "restricted",
    }
}
