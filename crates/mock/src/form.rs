//! `multipart/form-data` bodies: read as they arrive, files hashed and counted, none of their content kept.

mod body;
mod brackets;
mod read;

pub(crate) use self::body::RequestBody;
pub(crate) use self::brackets::nest;
pub(crate) use self::read::{FormError, read};
