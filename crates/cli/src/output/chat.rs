//! One chat with its newest message.

use postpress::{Attachment, ChatDetail, Message, Mute, Timestamp};

use super::{
    chats::{self, access, provider, title, words},
    table,
};
use crate::{
    terminal::{BOLD, CYAN, DIM, GREEN, harmless, one_line, paint},
    time,
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
    let name = title(chat.name(), chat.subject(), chat.attendee_provider_id());
    let provider = one_line(provider(chat.provider()));
    let mut lines = vec![format!(
        "{}  {}",
        paint(BOLD, one_line(name)),
        paint(CYAN, provider)
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
    let state = words([
        (chat.is_pinned(), "pinned"),
        (chat.is_archived(), "archived"),
    ]);
    let activity = chat.last_activity();
    let folders: Vec<&str> = chat.folders().iter().map(|it| it.as_str()).collect();
    let disabled = chat.disabled_features().iter().map(|it| it.as_str());
    let disabled: Vec<&str> = disabled.collect();
    let content_type = raw.content_type.as_ref().map(|kind| kind.as_str());
    vec![
        ("id", one_line(chat.id())),
        ("account", one_line(chat.account_id())),
        ("provider id", one_line(chat.provider_id())),
        ("attendee", text(chat.attendee_provider_id())),
        ("subject", text(chat.subject())),
        ("kind", kind.to_owned()),
        (
            "activity",
            activity.map_or("never".to_owned(), |at| when(at, now)),
        ),
        ("unread", chat.unread_count().to_string()),
        ("access", access(chat.read_only()).to_owned()),
        ("state", state),
        ("muted", muted(&chat.mute(), now)),
        ("folders", one_line(&folders.join(", "))),
        ("not allowed", one_line(&disabled.join(", "))),
        ("content", text(content_type)),
        ("organization", text(raw.organization_id.as_deref())),
        ("mailbox", text(raw.mailbox_id.as_deref())),
    ]
}

/// A text that may be absent, on one line.
fn text(text: Option<&str>) -> String {
    text.map(one_line).unwrap_or_default()
}

fn when(at: Timestamp, now: Timestamp) -> String {
    let absolute = paint(DIM, format_args!("({})", time::absolute(at)));
    format!("{} {absolute}", time::relative(at, now))
}

fn muted(mute: &Mute, now: Timestamp) -> String {
    match mute {
        Mute::Not => String::new(),
        Mute::Indefinitely => "until it is unmuted".to_owned(),
        Mute::Until(end) if *end > now => format!("until {}", time::absolute(*end)),
        Mute::Until(end) => format!("no longer, since {}", time::absolute(*end)),
        _ => "in a way that this version does not know".to_owned(),
    }
}

fn newest(message: Message<'_>, now: Timestamp) -> Vec<String> {
    let from = match message.is_own() {
        true => "you".to_owned(),
        false => one_line(message.sender_id().unwrap_or("somebody")),
    };
    let marks = words([
        (message.is_seen(), "seen"),
        (message.is_delivered() && !message.is_seen(), "delivered"),
        (message.is_edited(), "edited"),
        (message.is_deleted(), "deleted"),
        (message.is_hidden(), "hidden"),
        (message.is_forwarded(), "forwarded"),
    ]);
    let marks = match marks.as_str() {
        "" => String::new(),
        marks => paint(DIM, format_args!(" · {marks}")),
    };
    let title = paint(BOLD, "Last message");
    let sent = message.sent_at().map(|at| format!(", {}", when(at, now)));
    let sent = sent.unwrap_or_default();
    let mut lines = vec![format!("{title} from {from}{sent}{marks}")];
    let quoted = message.quoted().and_then(|quoted| quoted.text.as_deref());
    let reply_to = message.reply_to().and_then(|it| it.text.as_deref());
    let reactions = message.reactions().iter().map(|it| it.value.as_str());
    let reactions: Vec<&str> = reactions.collect();
    lines.extend(table::fields(&[
        ("id", one_line(message.id())),
        ("subject", text(message.subject())),
        ("kind", text(message.kind().map(|kind| kind.as_str()))),
        ("quotes", text(quoted)),
        ("in reply to", text(reply_to)),
        ("reactions", one_line(&reactions.join(" "))),
    ]));
    let bar = paint(GREEN, "│");
    match message.text() {
        Some(text) => lines.extend(harmless(text).lines().map(|line| format!("  {bar} {line}"))),
        None => lines.push(paint(DIM, "  (no text)")),
    }
    let plus = paint(GREEN, "+");
    let attachments = message.attachments().iter();
    lines.extend(attachments.map(|attachment| format!("  {plus} {}", attached(attachment))));
    lines
}

/// What an attachment is, in a few words.
fn attached(attachment: &Attachment) -> String {
    let (what, name, size, url) = match attachment {
        Attachment::Image(it) => ("picture", &it.mimetype, it.file_size, &it.url),
        Attachment::Video(it) => ("video", &it.mimetype, it.file_size, &it.url),
        Attachment::Audio(it) if it.voice_note == Some(true) => {
            ("voice message", &it.mimetype, it.file_size, &it.url)
        }
        Attachment::Audio(it) => ("sound", &it.mimetype, it.file_size, &it.url),
        Attachment::File(it) => ("file", &it.file_name, it.file_size, &it.url),
        Attachment::LinkedinPost(it) => ("LinkedIn post", &None, None, &it.url),
        Attachment::VideoMeeting(it) => ("video meeting", &None, None, &it.url),
        _ => (
            "something that this version does not know",
            &None,
            None,
            &None,
        ),
    };
    // No unit is documented for sizes; bytes are what they look like.
    let size = size.and_then(|size| u64::try_from(size).ok());
    let size = size.map(|size| indicatif::HumanBytes(size).to_string());
    let words = [Some(what.to_owned()), name.clone(), size, url.clone()];
    one_line(&words.into_iter().flatten().collect::<Vec<_>>().join(", "))
}
