//! `POST /chats/{chat_id}/messages`.

use serde_json::json;

use super::Call;
use crate::inbox::{Inbox, Outgoing};
use crate::problem::{Problem, Refusal};

pub(super) fn send_message(inbox: &mut Inbox, call: &Call<'_>) -> Result<String, Problem> {
    let id = call.id.as_str();
    let Some(chat) = inbox.chat(id).cloned() else {
        let detail = format!("chat_id: there is no chat {id}.");
        return Err(call.refuse(Refusal::NotFound, detail));
    };
    if let Some(account_id) = call.text("account_id").filter(|it| *it != chat.account_id) {
        return Err(call.refuse(
            Refusal::OtherAccount,
            format!("account_id is {account_id}, and {id} is not a chat of that account."),
        ));
    }
    if !chat.provider.sends() {
        return Err(call.refuse(
            Refusal::NotOffered,
            format!(
                "chat_id: messages cannot be sent by way of {}.",
                chat.provider.name()
            ),
        ));
    }
    if !chat.writable {
        return Err(call.refuse(
            Refusal::NotWritable,
            format!("chat_id: {id} cannot be written into; its read_only is not 0."),
        ));
    }
    if let Some(quote_id) = call.text("quote_id")
        && inbox.message(id, quote_id).is_none()
    {
        let detail = format!("quote_id: there is no message {quote_id} in {id}.");
        return Err(call.refuse(Refusal::NotFound, detail));
    }
    let outgoing = Outgoing {
        text: call.text("text"),
        subject: None,
        message_type: None,
        attachments: call.files("attachments"),
        voice_message: call.file("voice_message"),
        video_message: call.file("video_message"),
        quote_id: call.text("quote_id"),
        thread_id: call.text("thread_id"),
    };
    let Some(message) = inbox.compose(&chat, &outgoing) else {
        return Err(call.refuse(Refusal::NotWritable, "The message could not be made."));
    };
    let answer = json!({ "object": "MessageSent", "message_id": message.id });
    inbox.deliver(message);
    Ok(answer.to_string())
}
