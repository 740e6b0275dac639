//! What came, as it came: for fields that are newer than this crate.

use std::{borrow::Cow, collections::HashMap, fmt};

use bytes::Bytes;
use serde_json::{Value, value::RawValue};

/// The answer that a value was decoded from. It is no part of the value: it neither counts in comparisons nor is written.
#[derive(Clone, Default)]
pub(crate) struct Came {
    body: Bytes,
    /// Which of the answer's `items` it is, if it is one.
    item: Option<usize>,
}

impl Came {
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

    /// The JSON; `None` if the value did not come from the service.
    pub(crate) fn json(&self) -> Option<Value> {
        let text = self.text();
        let Some(index) = self.item else {
            return serde_json::from_str(&text).ok();
        };
        // Only the one chat is taken apart, not the whole page.
        let page: HashMap<Cow<'_, str>, &RawValue> = serde_json::from_str(&text).ok()?;
        let items: Vec<&RawValue> = serde_json::from_str(page.get("items")?.get()).ok()?;
        serde_json::from_str(items.get(index)?.get()).ok()
    }

    /// Decoding is as lenient.
    fn text(&self) -> Cow<'_, str> {
        let body = self.body.strip_prefix(b"\xEF\xBB\xBF");
        String::from_utf8_lossy(body.unwrap_or(&self.body))
    }
}

impl PartialEq for Came {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Came {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Came({} bytes)", self.body.len())
    }
}

/// Gives a type with a field `came` its `raw_json`.
macro_rules! raw_json {
    () => {
        /// The JSON that it came as, with what is newer than this crate. It is parsed anew each time. `None` if it did not come
        /// from the service.
        pub fn raw_json(&self) -> Option<serde_json::Value> {
            self.came.json()
        }
    };
}
pub(crate) use raw_json;
