//! `GET /chats/{chat_id}`.

use super::Call;
use crate::inbox::Inbox;
use crate::problem::{Problem, Refusal};

pub(super) fn get_chat(inbox: &mut Inbox, call: &Call<'_>) -> Result<String, Problem> {
    let id = call.chat_id();
    let account_id = call.query["account_id"].as_str();
    let detail = match (inbox.chat(id), account_id) {
        (Some(chat), Some(account_id)) if account_id != chat.account_id => {
            return Err(call.other_account(account_id, id));
        }
        (Some(chat), _) => return Ok(chat.detail()),
        (None, Some(account_id)) => match inbox.by_provider_id(account_id, id) {
            Some(chat) => return Ok(chat.detail()),
            None => format!("chat_id: the account {account_id} has no chat {id}."),
        },
        (None, None) => {
            format!(
                "chat_id: there is no chat {id}. If that is a provider id, account_id is needed."
            )
        }
    };
    Err(call.refuse(Refusal::NOT_FOUND, detail))
}
