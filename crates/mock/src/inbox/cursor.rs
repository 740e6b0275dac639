//! Filters of a list, and cursors that remember them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Chat;
use super::provider::base64_url;
use crate::ids::Ids;

/// Which chats to list, as the query of `listChats` says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Filter {
    account_id: Option<Vec<String>>,
    account_type: Option<String>,
    unread: Option<bool>,
    before: Option<Timestamp>,
    after: Option<Timestamp>,
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
        let Filter {
            account_id,
            account_type,
            unread,
            before,
            after,
        } = self;
        account_id
            .as_ref()
            .is_none_or(|it| it.contains(&chat.account_id))
            && account_type
                .as_ref()
                .is_none_or(|it| it == chat.provider.name())
            && unread.is_none_or(|it| it == chat.unread)
            && before.is_none_or(|it| chat.created < it)
            && after.is_none_or(|it| chat.created > it)
    }
}

/// A cursor to the chats after number `last`, going down.
pub(super) fn seal(ids: &Ids, filter: &Filter, last: u64) -> String {
    // Texts, numbers and times can always be written.
    let content = serde_json::to_string(&(filter, last)).unwrap_or_default();
    let seal = ids.seal(("cursor", &content));
    base64_url(format!("{seal:016x}{content}").as_bytes())
}

/// The filter of a cursor, and the number below which the list continues.
///
/// Clients may repeat the filters or leave them to the cursor; they cannot change them on the way.
pub(super) fn open(ids: &Ids, cursor: &str, given: Filter) -> Result<(Filter, u64), CursorError> {
    let (filter, last) = content(ids, cursor).ok_or(CursorError::Foreign)?;
    if given != Filter::default() && given != filter {
        return Err(CursorError::OtherFilters);
    }
    Ok((filter, last))
}

/// What a cursor of this server holds.
fn content(ids: &Ids, cursor: &str) -> Option<(Filter, u64)> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    let (seal, content) = text.split_at_checked(16)?;
    if seal != format!("{:016x}", ids.seal(("cursor", content))) {
        return None;
    }
    serde_json::from_str(content).ok()
}
