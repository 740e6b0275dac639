//! Requests and responses, as they are on the wire.

pub(crate) mod curl;
pub(crate) mod display;
pub(crate) mod request;
