//! `POST /chats/{chat_id}/messages`.

use serde_json::json;

use super::Call;
use crate::inbox::Inbox;
use crate::problem::{Problem, Refusal};

pub(super) fn send_message(inbox: &mut Inbox, call: &Call<'_>) -> Result<String, Problem> {
    let id = call.chat_id();
    let Some(chat) = inbox.chat(id).cloned() else {
        let detail = format!("chat_id: there is no chat {id}.");
        return Err(call.refuse(Refusal::NOT_FOUND, detail));
    };
    if let Some(account_id) = call.text("account_id").filter(|it| *it != chat.account_id) {
        return Err(call.other_account(account_id, id));
    }
    if !chat.provider.sends() {
        let provider = chat.provider.name();
        let detail = format!("chat_id: messages cannot be sent by way of {provider}.");
        return Err(call.refuse(Refusal::NOT_OFFERED, detail));
    }
    if !chat.writable {
        let detail = format!("chat_id: {id} cannot be written into; its read_only is not 0.");
        return Err(call.refuse(Refusal::NOT_WRITABLE, detail));
    }
    if let Some(quote_id) = call.text("quote_id")
        && inbox.message(id, quote_id).is_none()
    {
        let detail = format!("quote_id: there is no message {quote_id} in {id}.");
        return Err(call.refuse(Refusal::NOT_FOUND, detail));
    }
    let message = inbox.compose(&chat, &call.form, call.parts);
    let sent = json!({ "object": "MessageSent", "message_id": message.id });
    inbox.deliver(message);
    Ok(sent.to_string())
}
