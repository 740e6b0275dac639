//! Filters of a list, and cursors that remember them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Chat;
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

/// The three bytes between a cursor's seal and its content. Wherever they are, base64 writes one of them as `+`.
const SEPARATOR: &str = ">>>";

/// A cursor to the chats after number `last`, going down.
///
/// It is padded base64, as in the example of the page. Each has a `+` and ends in `=`, so that a client that puts it into
/// a query without escaping it is found out at once.
pub(super) fn seal(ids: &Ids, filter: &Filter, last: u64) -> String {
    // Texts, numbers and times can always be written.
    let mut content = serde_json::to_string(&(filter, last)).unwrap_or_default();
    if (16 + SEPARATOR.len() + content.len()).is_multiple_of(3) {
        content.push(' ');
    }
    let seal = ids.seal(("cursor", &content));
    STANDARD.encode(format!("{seal:016x}{SEPARATOR}{content}"))
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
    let text = String::from_utf8(STANDARD.decode(cursor).ok()?).ok()?;
    let (seal, content) = text.split_once(SEPARATOR)?;
    if seal != format!("{:016x}", ids.seal(("cursor", content))) {
        return None;
    }
    serde_json::from_str(content).ok()
}
