//! `GET /chats`.

use serde_json::Value;

use super::Call;
use crate::inbox::{Filter, Inbox};
use crate::problem::{Problem, Refusal};
use crate::time::Moment;

pub(super) fn list_chats(inbox: &Inbox, call: &Call<'_>) -> Result<String, Problem> {
    let query = &call.query;
    let moment = |name: &str| query[name].as_str().and_then(Moment::parse);
    let filter = Filter {
        account_ids: query["account_id"].as_array().map(|ids| {
            let ids = ids.iter().filter_map(Value::as_str);
            ids.map(str::to_owned).collect()
        }),
        account_type: query["account_type"].as_str().map(str::to_owned),
        unread: query["unread"].as_bool(),
        before: moment("before"),
        after: moment("after"),
    };
    let default = call
        .endpoint
        .query
        .property("limit")
        .and_then(|it| it.default.as_ref());
    let limit = query["limit"].as_u64().or(default.and_then(Value::as_u64));
    // All of them, should the document no longer say how many.
    let limit = limit
        .and_then(|limit| usize::try_from(limit).ok())
        .unwrap_or(usize::MAX);
    let page = inbox
        .page(filter, limit, query["cursor"].as_str())
        .map_err(|error| call.refuse(Refusal::Invalid, format!("cursor {error}.")))?;
    let cursor = Value::from(page.cursor);
    Ok(format!(
        r#"{{"object":"ChatList","items":[{}],"cursor":{cursor}}}"#,
        page.items.join(",")
    ))
}
