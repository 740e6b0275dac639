//! Filters of a list, and cursors that remember them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::Chat;
use super::provider::base64_url;
use crate::ids::Ids;
use crate::time::Moment;

/// Which chats to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) account_ids: Option<Vec<String>>,
    pub(crate) account_type: Option<String>,
    pub(crate) unread: Option<bool>,
    pub(crate) before: Option<Moment>,
    pub(crate) after: Option<Moment>,
}

/// Why a cursor cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CursorError {
    #[error("is not one that this server gave")]
    Foreign,
    #[error("belongs to a list with other filters")]
    OtherFilters,
}

impl Filter {
    pub(super) fn passes(&self, chat: &Chat) -> bool {
        let accounts = self.account_ids.as_ref();
        accounts.is_none_or(|it| it.contains(&chat.account_id))
            && self
                .account_type
                .as_ref()
                .is_none_or(|it| it == chat.provider.name())
            && self.unread.is_none_or(|it| it == chat.unread)
            && self.before.is_none_or(|it| chat.created < it)
            && self.after.is_none_or(|it| chat.created > it)
    }

    fn to_json(&self) -> Value {
        json!({
            "account_id": self.account_ids,
            "account_type": self.account_type,
            "unread": self.unread,
            "before": self.before.map(|it| it.to_string()),
            "after": self.after.map(|it| it.to_string()),
        })
    }

    fn from_json(json: &Value) -> Filter {
        let text = |name: &str| json[name].as_str().map(str::to_owned);
        let moment = |name: &str| json[name].as_str().and_then(Moment::parse);
        let accounts = json["account_id"].as_array().map(|accounts| {
            let accounts = accounts.iter().filter_map(Value::as_str);
            accounts.map(str::to_owned).collect()
        });
        Filter {
            account_ids: accounts,
            account_type: text("account_type"),
            unread: json["unread"].as_bool(),
            before: moment("before"),
            after: moment("after"),
        }
    }
}

/// A cursor to the chats after number `last`, going down.
pub(super) fn seal(ids: &Ids, filter: &Filter, last: u64) -> String {
    let content = json!({ "filter": filter.to_json(), "last": last }).to_string();
    let seal = ids.seal(("cursor", &content));
    base64_url(format!("{seal:016x}{content}").as_bytes())
}

/// The filter of a cursor, and the number that it goes on below.
///
/// Clients may repeat the filters or leave them to the cursor; they cannot change them on the way.
pub(super) fn open(ids: &Ids, cursor: &str, given: Filter) -> Result<(Filter, u64), CursorError> {
    let bytes = URL_SAFE_NO_PAD
        .decode(cursor)
        .map_err(|_| CursorError::Foreign)?;
    let text = String::from_utf8(bytes).map_err(|_| CursorError::Foreign)?;
    let (seal, content) = text.split_at_checked(16).ok_or(CursorError::Foreign)?;
    if seal != format!("{:016x}", ids.seal(("cursor", content))) {
        return Err(CursorError::Foreign);
    }
    let content: Value = serde_json::from_str(content).map_err(|_| CursorError::Foreign)?;
    let filter = Filter::from_json(&content["filter"]);
    if given != Filter::default() && given != filter {
        return Err(CursorError::OtherFilters);
    }
    Ok((filter, content["last"].as_u64().unwrap_or_default()))
}
