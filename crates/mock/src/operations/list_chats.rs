//! `GET /chats`.

use serde::Deserialize as _;
use serde_json::Value;

use super::Call;
use crate::inbox::{Filter, Inbox};
use crate::problem::{Problem, Refusal};

pub(super) fn list_chats(inbox: &mut Inbox, call: &Call<'_>) -> Result<String, Problem> {
    let invalid = |detail| call.refuse(Refusal::INVALID, detail);
    // It passed the checks, so this fails only when the document has become another.
    let filter = Filter::deserialize(&call.query).map_err(|error| invalid(error.to_string()))?;
    let default = call.endpoint.query("limit");
    let default = default.and_then(|it| it.default.as_ref()?.as_u64());
    let limit = call.query["limit"].as_u64().or(default);
    // All of them, should the document no longer say how many.
    let limit = limit.and_then(|limit| limit.try_into().ok());
    let page = inbox
        .page(
            filter,
            limit.unwrap_or(usize::MAX),
            call.query["cursor"].as_str(),
        )
        .map_err(|error| invalid(format!("cursor {error}.")))?;
    let (items, cursor) = (page.items.join(","), Value::from(page.cursor));
    Ok(format!(
        r#"{{"object":"ChatList","items":[{items}],"cursor":{cursor}}}"#
    ))
}
