//! Chats as rows.

use postpress::{AccountType, Chat, Mute, ReadOnlyState, Timestamp};
use serde::{Serialize, Serializer};

use super::table::{self, Cell, Column};
use crate::{
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
    let name = title(chat.name(), chat.subject(), chat.attendee_provider_id());
    let activity = chat.last_activity();
    let activity = activity.map_or("never".to_owned(), |at| time::relative(at, now));
    [
        Cell::styled(name, if unread { BOLD } else { PLAIN }),
        Cell::styled(provider(chat.provider()), CYAN),
        Cell::styled(
            chat.unread_count().to_string(),
            if unread { GREEN } else { DIM },
        ),
        Cell::new(activity),
        Cell::styled(state(chat, now), YELLOW),
        Cell::styled(chat.id(), DIM),
    ]
}

/// The name of a provider as people write it.
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

/// What is unusual about a chat.
fn state(chat: &Chat, now: Timestamp) -> String {
    words([
        (chat.is_group(), "group"),
        (chat.is_broadcast(), "broadcast"),
        (chat.is_pinned(), "pinned"),
        (chat.is_archived(), "archived"),
        (is_muted(&chat.mute(), now), "muted"),
        (!chat.is_writable(), access(chat.read_only())),
    ])
}

/// The words that apply, with commas.
pub(crate) fn words<const N: usize>(words: [(bool, &str); N]) -> String {
    let words = words.into_iter().filter(|(holds, _)| *holds);
    words.map(|(_, word)| word).collect::<Vec<_>>().join(", ")
}

/// The title of a chat: its name, its subject or whom it is with.
pub(crate) fn title<'c>(
    name: Option<&'c str>,
    subject: Option<&'c str>,
    attendee: Option<&'c str>,
) -> &'c str {
    name.or(subject).or(attendee).unwrap_or("(no name)")
}

/// Whether a chat is muted at this time.
fn is_muted(mute: &Mute, now: Timestamp) -> bool {
    match mute {
        Mute::Not => false,
        Mute::Until(time) => *time > now,
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
