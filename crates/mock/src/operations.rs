//! What the operations do: check the request, and then what the document or a behaviour says.

mod decode;
mod error_on_demand;
mod get_chat;
mod list_chats;
mod send_message;
mod start_chat;

use std::sync::Mutex;

use serde_json::{Map, Value};

use crate::api::{Content, Endpoint};
use crate::inbox::Inbox;
use crate::lock;
use crate::problem::{Problem, Refusal};
use crate::record::{Part, RequestRecord};
use crate::response::{JSON, Response, empty, response};

/// A request of an operation, decoded.
pub(crate) struct Call<'r> {
    endpoint: &'r Endpoint,
    path: Map<String, Value>,
    query: Value,
    /// The body, where it is a form or JSON.
    form: Value,
    parts: &'r [Part],
}

/// What an operation does: the body of its response, or why it is refused.
pub(crate) type Behaviour = fn(&mut Inbox, &Call<'_>) -> Result<String, Problem>;

/// The operations that do more than to respond with a sample.
pub(crate) fn behaviour(id: &str, method: &str, path: &str) -> Option<Behaviour> {
    Some(match (id, method, path) {
        ("listChats", "get", "/chats") => list_chats::list_chats,
        ("startChat", "post", "/chats") => start_chat::start_chat,
        ("getChat", "get", "/chats/{chat_id}") => get_chat::get_chat,
        ("sendMessage", "post", "/chats/{chat_id}/messages") => send_message::send_message,
        _ => return None,
    })
}

/// Carries out an operation. Returns its response, or why it is refused.
///
/// Fields that the document does not know are recorded; where `strict`, they are refused as well, and so are texts that
/// look like several members of a list.
pub(crate) fn carry_out(
    inbox: &Mutex<Inbox>,
    endpoint: &Endpoint,
    path: &[String],
    content: Option<&Content>,
    record: &mut RequestRecord,
    strict: bool,
) -> Result<Response, Problem> {
    let prefer = record.header("prefer").map(str::to_owned);
    let call = decode::decode(endpoint, path, content, record, strict)?;
    error_on_demand::check(&call, prefer.as_deref())?;
    let Some(behaviour) = endpoint.behaviour else {
        let documented = endpoint.response(endpoint.success);
        let sample = documented.map(|it| it.sample(endpoint.success, None));
        return Ok(sample.unwrap_or_else(|| empty(endpoint.success)));
    };
    let body = behaviour(&mut lock(inbox), &call)?;
    Ok(response(endpoint.success, JSON, body))
}

impl Call<'_> {
    fn refuse(&self, refusal: Refusal, detail: impl Into<String>) -> Problem {
        refusal.of(self.endpoint, detail)
    }

    /// The id of the chat in the path.
    fn chat_id(&self) -> &str {
        self.path
            .get("chat_id")
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// The refusal of a chat that belongs to another account than this one.
    fn other_account(&self, account_id: &str, chat_id: &str) -> Problem {
        let detail =
            format!("account_id is {account_id}, and {chat_id} is not a chat of that account.");
        self.refuse(Refusal::OTHER_ACCOUNT, detail)
    }

    /// A text of the form.
    fn text(&self, name: &str) -> Option<&str> {
        self.form[name].as_str()
    }

    /// The ids of the attendees.
    fn attendees(&self) -> Vec<&str> {
        let ids = self.form["attendees_ids"].as_array().into_iter().flatten();
        ids.filter_map(Value::as_str).collect()
    }
}
