//! The response that a value was decoded from.

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use http::StatusCode;
use postpress_client::runtime::{self, RawJson, decode_json};
use serde::Deserialize;

use crate::response::ResponseHead;

/// The response that a value was decoded from. Values compare and serialise as if they did not have it.
#[derive(Clone, Default)]
pub(crate) struct Origin {
    shared: Arc<Shared>,
    /// The place of the value among the `items` of the response, if it is one of them.
    item: Option<usize>,
}

/// All chats of a page share its response, and what was read of it.
struct Shared {
    head: ResponseHead,
    body: bytes::Bytes,
    items: OnceLock<Vec<RawJson>>,
}

#[derive(Deserialize)]
struct Page {
    items: Vec<RawJson>,
}

impl Origin {
    pub(crate) fn of<T>(response: &runtime::Response<T>) -> Self {
        let shared = Shared {
            head: ResponseHead::of(response),
            body: response.body().clone(),
            items: OnceLock::new(),
        };
        Self {
            shared: Arc::new(shared),
            item: None,
        }
    }

    /// One of the `items` of this response.
    pub(crate) fn item(&self, index: usize) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            item: Some(index),
        }
    }

    /// Whether the value did not come from the service.
    pub(crate) fn is_empty(&self) -> bool {
        self.shared.body.is_empty()
    }

    pub(crate) fn head(&self) -> &ResponseHead {
        &self.shared.head
    }

    /// The JSON as it was sent; `None` if the value did not come from the service.
    pub(crate) fn json(&self) -> Option<RawJson> {
        let Shared { body, items, .. } = &*self.shared;
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

/// That of a value which did not come from the service.
impl Default for Shared {
    fn default() -> Self {
        let response = runtime::Response::new(StatusCode::OK, Default::default(), ());
        Self {
            head: ResponseHead::of(&response),
            body: Default::default(),
            items: OnceLock::new(),
        }
    }
}

impl PartialEq for Origin {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Origin({} bytes)", self.shared.body.len())
    }
}
