//! One chat with its newest message.

use postpress::{Timestamp, raw::RawJson};

use super::{
    chats::{self, access, provider, title, words},
    json::Fields,
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

/// The lines that show what is known of it, cut to the width of a terminal but for the text of the message.
pub(crate) fn lines(chat: &RawJson, now: Timestamp, width: Option<usize>) -> Vec<String> {
    let chat = Fields::of(chat);
    let (name, provider) = (one_line(&title(&chat)), one_line(&provider(&chat)));
    let mut lines = vec![format!("{}  {}", paint(BOLD, name), paint(CYAN, provider))];
    lines.extend(table::fields(&fields(&chat, now)));
    lines.push(String::new());
    match chat.json("lastMessage") {
        Some(message) if message.as_str() != "null" => {
            lines.extend(newest(&Fields::of(&message), now));
        }
        _ => lines.push(paint(DIM, "No messages.")),
    }
    let bar = text_mark();
    let is_text = |line: &String| line.starts_with(&bar);
    let cut = |line: String| match is_text(&line) {
        true => line,
        false => table::cut(&line, width),
    };
    lines.into_iter().map(cut).collect()
}

/// What stands before each line of a text.
fn text_mark() -> String {
    format!("  {} ", paint(GREEN, "│"))
}

fn fields(chat: &Fields, now: Timestamp) -> Vec<(&'static str, String)> {
    let text = |name| one_line(&chat.shown(name));
    let kind = match chat.number("type") {
        Some(1) => "group",
        Some(2) => "broadcast",
        Some(_) => "one to one",
        None => "",
    };
    let state = words([
        (chat.is("pinned"), "pinned"),
        (chat.is("archived"), "archived"),
    ]);
    let never = chat.json("timestamp").map(|_| "never".to_owned());
    let activity = when(chat, "timestamp", now).or(never).unwrap_or_default();
    vec![
        ("id", text("id")),
        ("account", text("account_id")),
        ("provider id", text("provider_id")),
        ("attendee", text("attendee_provider_id")),
        ("subject", text("subject")),
        ("kind", kind.to_owned()),
        ("activity", activity),
        ("unread", text("unread_count")),
        ("access", access(chat).to_owned()),
        ("state", state),
        ("muted", muted(chat, now)),
        ("folders", one_line(&chat.list("folder").join(", "))),
        (
            "not allowed",
            one_line(&chat.list("disabledFeatures").join(", ")),
        ),
        ("content", text("content_type")),
        ("organization", text("organization_id")),
        ("mailbox", text("mailbox_id")),
    ]
}

/// A time, relative and absolute.
fn when(record: &Fields, name: &str, now: Timestamp) -> Option<String> {
    let at = record.read(name)?;
    let absolute = paint(DIM, format_args!("({})", time::absolute(at)));
    Some(format!("{} {absolute}", time::relative(at, now)))
}

fn muted(chat: &Fields, now: Timestamp) -> String {
    match (chat.read("muted_until"), &*chat.shown("muted_until")) {
        (Some(end), _) if end > now => format!("until {}", time::absolute(end)),
        (Some(end), _) => format!("no longer, since {}", time::absolute(end)),
        (None, "") => String::new(),
        (None, "-1") => "until it is unmuted".to_owned(),
        (None, _) => "in a way that this version does not know".to_owned(),
    }
}

fn newest(message: &Fields, now: Timestamp) -> Vec<String> {
    let text = |name| one_line(&message.shown(name));
    let from = match (message.is("is_sender"), text("sender_id")) {
        (true, _) => "you".to_owned(),
        (false, id) if id.is_empty() => "somebody".to_owned(),
        (false, id) => id,
    };
    let seen = message.is("seen");
    let marks = words([
        (seen, "seen"),
        (message.is("delivered") && !seen, "delivered"),
        (message.is("edited"), "edited"),
        (message.is("deleted"), "deleted"),
        (message.is("hidden"), "hidden"),
        (message.is("is_forwarded"), "forwarded"),
    ]);
    let marks = match marks.as_str() {
        "" => String::new(),
        marks => paint(DIM, format_args!(" · {marks}")),
    };
    let title = paint(BOLD, "Last message");
    let sent = when(message, "timestamp", now).map(|at| format!(", {at}"));
    let sent = sent.unwrap_or_default();
    let mut lines = vec![format!("{title} from {from}{sent}{marks}")];
    let reactions = message.records("reactions");
    let reactions = reactions.iter().map(|reaction| reaction.shown("value"));
    let reactions = reactions.collect::<Vec<_>>().join(" ");
    lines.extend(table::fields(&[
        ("id", text("id")),
        ("subject", text("subject")),
        ("kind", text("message_type")),
        ("quotes", text("quoted.text")),
        ("in reply to", text("reply_to.text")),
        ("reactions", one_line(&reactions)),
    ]));
    let mark = text_mark();
    match message.shown("text").as_str() {
        "" => lines.push(paint(DIM, "  (no text)")),
        text => lines.extend(harmless(text).lines().map(|line| format!("{mark}{line}"))),
    }
    let plus = paint(GREEN, "+");
    let attachments = message.records("attachments");
    let attachments = attachments.iter();
    lines.extend(attachments.map(|attachment| format!("  {plus} {}", attached(attachment))));
    lines
}

/// What an attachment is, in a few words.
fn attached(attachment: &Fields) -> String {
    let what = match attachment.shown("type").as_str() {
        "img" => "picture",
        "video" => "video",
        "audio" if attachment.is("voice_note") => "voice message",
        "audio" => "sound",
        "file" => "file",
        "linkedin_post" => "LinkedIn post",
        "video_meeting" => "video meeting",
        _ => "something that this version does not know",
    };
    let name = match what {
        "file" => attachment.shown("file_name"),
        _ => attachment.shown("mimetype"),
    };
    // No unit is documented for sizes; bytes are what they look like.
    let size = attachment
        .number("file_size")
        .and_then(|size| u64::try_from(size).ok());
    let size = size.map(|size| indicatif::HumanBytes(size).to_string());
    let words = [
        what.to_owned(),
        name,
        size.unwrap_or_default(),
        attachment.shown("url"),
    ];
    let words = words.into_iter().filter(|word| !word.is_empty());
    one_line(&words.collect::<Vec<_>>().join(", "))
}
