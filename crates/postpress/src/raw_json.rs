//! The JSON that a value was decoded from.

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use bytes::Bytes;
use postpress_client::runtime::{self, decode_json};
use serde::Deserialize;

/// The response that a value was decoded from. Values compare and serialise as if they did not have it.
#[derive(Clone, Default)]
pub(crate) struct RawJson {
    response: Arc<Response>,
    /// The place of the value among the `items` of the response, if it is one of them.
    item: Option<usize>,
}

/// All chats of a page share its bytes, and what was read of them.
#[derive(Default)]
struct Response {
    body: Bytes,
    items: OnceLock<Vec<runtime::RawJson>>,
}

#[derive(Deserialize)]
struct Page {
    items: Vec<runtime::RawJson>,
}

impl RawJson {
    pub(crate) fn whole(body: &Bytes) -> Self {
        Self {
            response: Arc::new(Response {
                body: body.clone(),
                items: OnceLock::new(),
            }),
            item: None,
        }
    }

    /// One of the `items` of this response.
    pub(crate) fn item(&self, index: usize) -> Self {
        Self {
            response: Arc::clone(&self.response),
            item: Some(index),
        }
    }

    /// The JSON as it was sent; `None` if the value did not come from the service.
    pub(crate) fn text(&self) -> Option<runtime::RawJson> {
        let Response { body, items } = &*self.response;
        let Some(index) = self.item else {
            let is_empty = body.trim_ascii().is_empty();
            return decode_json(body).ok().filter(|_| !is_empty);
        };
        let items = items.get_or_init(|| match decode_json::<Page>(body) {
            Ok(page) => page.items,
            // A list in place of a page.
            Err(_) => decode_json(body).unwrap_or_default(),
        });
        items.get(index).cloned()
    }
}

impl PartialEq for RawJson {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawJson({} bytes)", self.response.body.len())
    }
}
