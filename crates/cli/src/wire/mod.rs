//! Requests as they are on the wire.

pub(crate) mod curl;
pub(crate) mod form;
pub(crate) mod indent;
pub(crate) mod rehearsal;
pub(crate) mod request;
pub(crate) mod show;
pub(crate) mod tap;
