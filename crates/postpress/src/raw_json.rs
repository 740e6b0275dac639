//! The JSON that a value was decoded from.

use std::{borrow::Cow, collections::HashMap, fmt};

use bytes::Bytes;
use serde_json::{Value, value::RawValue};

/// The response that a value was decoded from. Values compare and serialise as if they did not have it.
#[derive(Clone, Default)]
pub(crate) struct RawJson {
    body: Bytes,
    /// The place of the value among the `items` of the response, if it is one of them.
    item: Option<usize>,
}

impl RawJson {
    pub(crate) fn whole(body: &Bytes) -> Self {
        Self {
            body: body.clone(),
            item: None,
        }
    }

    /// All chats of a page share its bytes.
    pub(crate) fn item(body: &Bytes, index: usize) -> Self {
        Self {
            body: body.clone(),
            item: Some(index),
        }
    }

    /// The JSON, parsed; `None` if the value did not come from the service.
    pub(crate) fn parse(&self) -> Option<Value> {
        // As lenient as the decoding.
        let body = self.body.strip_prefix(b"\xEF\xBB\xBF");
        let text = String::from_utf8_lossy(body.unwrap_or(&self.body));
        let Some(index) = self.item else {
            return serde_json::from_str(&text).ok();
        };
        // Only the one chat is parsed in full, not the whole page.
        let page: HashMap<Cow<'_, str>, &RawValue> = serde_json::from_str(&text).ok()?;
        let items: Vec<&RawValue> = serde_json::from_str(page.get("items")?.get()).ok()?;
        serde_json::from_str(items.get(index)?.get()).ok()
    }
}

impl PartialEq for RawJson {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawJson({} bytes)", self.body.len())
    }
}
