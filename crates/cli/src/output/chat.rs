//! One chat with its newest message.

use postpress::{Attachment, ChatDetail, Message, Mute, Timestamp};

use super::{
    chats::{self, access, provider},
    table,
};
use crate::{
    moment,
    terminal::{BOLD, CYAN, DIM, GREEN, harmless, one_line, paint},
};

/// The columns of a CSV file: those of a listing, and the newest message.
pub(crate) fn csv_columns() -> Vec<&'static str> {
    let message = [
        "lastMessage.id",
        "lastMessage.sender_id",
        "lastMessage.is_sender",
        "lastMessage.timestamp",
        "lastMessage.text",
    ];
    chats::CSV.into_iter().chain(message).collect()
}

/// The lines that show it.
pub(crate) fn lines(chat: &ChatDetail, now: Timestamp) -> Vec<String> {
    let name = chat
        .name()
        .or(chat.subject())
        .or(chat.attendee_provider_id())
        .unwrap_or("(no name)");
    let mut lines = vec![format!(
        "{}  {}",
        paint(BOLD, one_line(name)),
        paint(CYAN, one_line(provider(chat.provider())))
    )];
    lines.extend(table::fields(&fields(chat, now)));
    lines.push(String::new());
    match chat.last_message() {
        Some(message) => lines.extend(newest(message, now)),
        None => lines.push(paint(DIM, "No messages.")),
    }
    lines
}

fn fields(chat: &ChatDetail, now: Timestamp) -> Vec<(&'static str, String)> {
    let kind = if chat.is_group() {
        "group"
    } else if chat.is_broadcast() {
        "broadcast"
    } else {
        "one to one"
    };
    let raw = chat.as_raw();
    let flags = [
        (chat.is_pinned(), "pinned"),
        (chat.is_archived(), "archived"),
    ];
    let flags: Vec<&str> = flags
        .into_iter()
        .filter(|(is, _)| *is)
        .map(|(_, word)| word)
        .collect();
    let list = |items: Vec<&str>| one_line(&items.join(", "));
    let text = |text: Option<&str>| text.map(one_line).unwrap_or_default();
    vec![
        ("id", one_line(chat.id())),
        ("account", one_line(chat.account_id())),
        ("provider id", one_line(chat.provider_id())),
        ("attendee", text(chat.attendee_provider_id())),
        ("subject", text(chat.subject())),
        ("kind", kind.to_owned()),
        (
            "activity",
            chat.last_activity()
                .map_or_else(|| "never".to_owned(), |at| when(at, now)),
        ),
        ("unread", chat.unread_count().to_string()),
        ("access", access(chat.read_only()).to_owned()),
        ("state", flags.join(", ")),
        ("muted", muted(&chat.mute(), now)),
        (
            "folders",
            list(
                chat.folders()
                    .iter()
                    .map(|folder| folder.as_str())
                    .collect(),
            ),
        ),
        (
            "not allowed",
            list(
                chat.disabled_features()
                    .iter()
                    .map(|feature| feature.as_str())
                    .collect(),
            ),
        ),
        (
            "content",
            text(raw.content_type.as_ref().map(|kind| kind.as_str())),
        ),
        ("organization", text(raw.organization_id.as_deref())),
        ("mailbox", text(raw.mailbox_id.as_deref())),
    ]
}

fn when(moment: Timestamp, now: Timestamp) -> String {
    format!(
        "{} {}",
        moment::relative(moment, now),
        paint(DIM, format_args!("({})", moment::absolute(moment)))
    )
}

fn muted(mute: &Mute, now: Timestamp) -> String {
    match mute {
        Mute::Not => String::new(),
        Mute::Indefinitely => "until it is unmuted".to_owned(),
        Mute::Until(moment) if *moment > now => format!("until {}", moment::absolute(*moment)),
        Mute::Until(moment) => format!("no longer, since {}", moment::absolute(*moment)),
        _ => "in a way that this version does not know".to_owned(),
    }
}

fn newest(message: Message<'_>, now: Timestamp) -> Vec<String> {
    let from = if message.is_own() {
        "you".to_owned()
    } else {
        one_line(message.sender_id())
    };
    let marks = [
        (message.is_seen(), "seen"),
        (message.is_delivered() && !message.is_seen(), "delivered"),
        (message.is_edited(), "edited"),
        (message.is_deleted(), "deleted"),
        (message.is_hidden(), "hidden"),
        (message.is_forwarded(), "forwarded"),
    ];
    let marks: Vec<&str> = marks
        .into_iter()
        .filter(|(is, _)| *is)
        .map(|(_, word)| word)
        .collect();
    let marks = if marks.is_empty() {
        String::new()
    } else {
        paint(DIM, format_args!(" · {}", marks.join(", ")))
    };
    let mut lines = vec![format!(
        "{} from {from}, {}{marks}",
        paint(BOLD, "Last message"),
        when(message.sent_at(), now)
    )];
    lines.extend(table::fields(&[
        ("id", one_line(message.id())),
        (
            "subject",
            message.subject().map(one_line).unwrap_or_default(),
        ),
        (
            "kind",
            message
                .kind()
                .map(|kind| one_line(kind.as_str()))
                .unwrap_or_default(),
        ),
        (
            "quotes",
            message
                .quoted()
                .and_then(|quoted| quoted.text.as_deref())
                .map(one_line)
                .unwrap_or_default(),
        ),
        (
            "answers",
            message
                .reply_to()
                .and_then(|answered| answered.text.as_deref())
                .map(one_line)
                .unwrap_or_default(),
        ),
        ("reactions", reactions(message)),
    ]));
    match message.text() {
        Some(text) => lines.extend(
            harmless(text)
                .lines()
                .map(|line| format!("  {} {line}", paint(GREEN, "│"))),
        ),
        None => lines.push(paint(DIM, "  (no text)")),
    }
    lines.extend(
        message
            .attachments()
            .iter()
            .map(|attachment| format!("  {} {}", paint(GREEN, "+"), attached(attachment))),
    );
    lines
}

fn reactions(message: Message<'_>) -> String {
    one_line(
        &message
            .reactions()
            .iter()
            .map(|reaction| reaction.value.as_str())
            .collect::<Vec<_>>()
            .join(" "),
    )
}

/// What an attachment is, in a few words.
fn attached(attachment: &Attachment) -> String {
    let (what, name, size, url) = match attachment {
        Attachment::Image(it) => (
            "picture",
            it.mimetype.as_deref(),
            it.file_size,
            it.url.as_deref(),
        ),
        Attachment::Video(it) => (
            "video",
            it.mimetype.as_deref(),
            it.file_size,
            it.url.as_deref(),
        ),
        Attachment::Audio(it) => (
            if it.voice_note {
                "voice message"
            } else {
                "sound"
            },
            it.mimetype.as_deref(),
            it.file_size,
            it.url.as_deref(),
        ),
        Attachment::File(it) => (
            "file",
            Some(it.file_name.as_str()),
            it.file_size,
            it.url.as_deref(),
        ),
        Attachment::LinkedinPost(it) => ("LinkedIn post", None, None, it.url.as_deref()),
        Attachment::VideoMeeting(it) => ("video meeting", None, None, it.url.as_deref()),
        _ => (
            "something that this version does not know",
            None,
            None,
            None,
        ),
    };
    // No unit is documented for sizes; bytes are what they look like.
    let size = size
        .and_then(|size| u64::try_from(size).ok())
        .map(|size| indicatif::HumanBytes(size).to_string());
    let words: Vec<String> = [
        Some(what.to_owned()),
        name.map(str::to_owned),
        size,
        url.map(str::to_owned),
    ]
    .into_iter()
    .flatten()
    .collect();
    one_line(&words.join(", "))
}
