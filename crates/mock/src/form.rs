//! The bodies of requests: read as they arrive, files hashed and counted, none of their content kept.

mod body;
mod brackets;
mod read;

pub(crate) use self::body::RequestBody;
pub(crate) use self::brackets::{keys, nest};
pub(crate) use self::read::{FormError, read};

/// A form with a part for each field, which alone can have files.
const MULTIPART: &str = "multipart/form-data";

/// A form in one line, as the query has it.
const URL_ENCODED: &str = "application/x-www-form-urlencoded";

pub(crate) fn is_form(media_type: &str) -> bool {
    media_type == MULTIPART || media_type == URL_ENCODED
}
