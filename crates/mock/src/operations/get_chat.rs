//! `GET /chats/{chat_id}`.

use super::Call;
use crate::inbox::Inbox;
use crate::problem::{Problem, Refusal};

pub(super) fn get_chat(inbox: &Inbox, call: &Call<'_>) -> Result<String, Problem> {
    let id = call.id.as_str();
    let account_id = call.query["account_id"].as_str();
    if let Some(chat) = inbox.chat(id) {
        return match account_id {
            Some(account_id) if account_id != chat.account_id => Err(call.refuse(
                Refusal::OtherAccount,
                format!("account_id is {account_id}, and {id} is not a chat of that account."),
            )),
            _ => Ok(chat.detail()),
        };
    }
    let Some(account_id) = account_id else {
        return Err(call.refuse(
            Refusal::NotFound,
            format!(
                "chat_id: there is no chat {id}. If that is a provider id, account_id is needed."
            ),
        ));
    };
    match inbox.by_provider_id(account_id, id) {
        Some(chat) => Ok(chat.detail()),
        None => Err(call.refuse(
            Refusal::NotFound,
            format!("chat_id: the account {account_id} has no chat {id}."),
        )),
    }
}
