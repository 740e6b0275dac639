//! `multipart/form-data` bodies: read as they come, files hashed and counted, nothing of them kept.

mod body;
mod read;
mod unfold;

pub(crate) use self::body::Body;
pub(crate) use self::read::{Trouble, read};
pub(crate) use self::unfold::unfold;
