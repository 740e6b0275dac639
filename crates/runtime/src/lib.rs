//! What the generated clients of `postpress-codegen` call.
//!
//! A generated operation is four lines: build the URL with [`Endpoint`], make a request, [`execute`] it, decode the
//! answer with [`json`], [`empty`], [`text`] or [`raw`]. Everything that all operations share is here, written once and
//! by hand, so that the generated code stays short enough to review:
//!
//! - [`Response`] and [`Error`]: what comes back. An error answer keeps its status, headers and body, whatever the body is.
//! - [`Endpoint`] and [`header_value`]: parameters in the styles of OpenAPI, and paths that cannot be escaped from.
//! - [`Credentials`]: secrets that never print.
//! - [`open_string_enum!`] and [`open_integer_enum!`]: enums that keep the values they do not know.
//! - [`tagged_union!`] and [`untagged_union!`]: variants that keep the JSON they cannot read; [`decode_json`] is the fastest
//!   way to decode them.
//! - [`error_catalogue!`]: the documented error types, as data.
//! - [`Timestamp`], [`number`] and [`null_as_default`]: leaf values in the exact form that the wire wants.
//! - [`multipart`]: forms with files, streamed.
//!
//! # Features
//! - `rustls`: HTTPS. Off by default: the crate that people depend on chooses. (Any TLS feature of `reqwest` does.)
//! - `http2`: HTTP/2 where the server offers it.
//! - `schemars`: [`schemars::JsonSchema`](https://docs.rs/schemars/0.8) for the types here and those that the macros define.

mod catalogue;
mod credentials;
mod decode;
mod endpoint;
mod error;
mod excerpt;
mod exchange;
mod form_values;
mod header;
mod http_client;
mod lone_surrogates;
mod null;
pub mod number;
mod open_enum;
mod params;
mod response;
mod schema;
mod stream;

mod timestamp;
mod union;
mod url_encoded;

pub use bytes::Bytes;
pub use postpress_multipart as multipart;
#[cfg(feature = "schemars")]
pub use schemars;
pub use {reqwest, serde, serde_json};

pub use crate::catalogue::{Documented, ErrorInfo};
pub use crate::credentials::Credentials;
pub use crate::decode::{DecodeError, DecodeErrorKind, decode_json};
pub use crate::endpoint::Endpoint;
pub use crate::error::{
    Error, ErrorResponse, Failure, InvalidBody, InvalidRequest, TransportError,
};
pub use crate::exchange::{empty, execute, json, raw, text};
pub use crate::header::header_value;
pub use crate::http_client::http_client;
pub use crate::null::null_as_default;
pub use crate::open_enum::{NotANumber, UnknownNumber, UnknownValue};
pub use crate::response::Response;
pub use crate::stream::ByteStream;
pub use crate::timestamp::{Timestamp, TimestampError};
pub use crate::url_encoded::{UrlStyle, url_encoded};

// The examples of the README are tested like all others.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// What the macros of this crate expand to calls of. Not for people: anything in it may change.
#[doc(hidden)]
pub mod __private {
    pub use crate::open_enum::{
        deserialize_number, deserialize_string, parse_number, unknown_number, unknown_value,
    };
    #[cfg(feature = "schemars")]
    pub use crate::schema::{any_of, integer_enum, string_enum, tagged};
    pub use crate::union::{
        Json, Tag, TaggedUnion, decode_tagged, decode_untagged, serialize_tagged,
    };
    pub use std;
}
