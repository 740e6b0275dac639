//! What the generated clients of `postpress-codegen` call.
//!
//! A generated operation makes a [`Request`], which is sent when it is awaited. Everything that all operations share is here,
//! written once and by hand, so that the generated code stays short enough to review:
//!
//! - [`Service`] and [`Request`]: parameters and bodies in the styles of OpenAPI, and paths that cannot be escaped from.
//! - [`Response`] and [`Error`]: what comes back. An error response keeps its status, headers and body, whatever the body is.
//! - [`Credentials`]: secrets that never print.
//! - [`open_string_enum!`] and [`open_integer_enum!`]: enums that keep the values they do not know.
//! - [`Items`] and [`MaybeOdd`]: records that do not decode, kept as [`RawJson`] beside those that do.
//! - [`tolerant`]: what is read though it is not what the document says.
//! - [`TaggedJson`], [`UntaggedJson`] and [`serialize_without_tag`]: what serde's derives cannot express of unions, and [`Kept`]:
//!   a value of one whose variants overlap, with its JSON.
//! - [`bodies_by_status!`]: bodies that are of another type for each status.
//! - [`error_catalogue!`]: the documented error types, as data.
//! - [`Timestamp`] and [`number`]: leaf values in the exact form that the wire wants.
//! - [`multipart`]: forms with files, streamed.
//!
//! # Features
//! - `rustls`: HTTPS. Off by default: the crate that people depend on chooses. (Any TLS feature of `reqwest` does.)
//! - `http2`: HTTP/2 where the server offers it.
//! - `schemars`: [`schemars::JsonSchema`](https://docs.rs/schemars/0.8) for the types here and those that the macros define.

mod by_status;
mod catalogue;
mod credentials;
mod decode;
mod error;
mod excerpt;
mod form_values;
mod lone_surrogates;
pub mod number;
mod odd;
mod open_enum;
mod params;
mod request;
mod response;
mod schema;
mod secrets;
mod service;
mod timestamp;
pub mod tolerant;
mod union;
mod untagged;

pub use bytes::Bytes;
pub use postpress_multipart as multipart;
pub use reqwest::Method;
#[cfg(feature = "schemars")]
pub use schemars;
pub use {reqwest, serde, serde_json};

pub use crate::by_status::FromBody;
pub use crate::catalogue::{Documented, ErrorInfo};
pub use crate::credentials::Credentials;
pub use crate::decode::{DecodeError, DecodeErrorKind, decode_json, decode_strict};
pub use crate::error::{Error, ErrorResponse, InvalidRequest, TransportError};
pub use crate::odd::{Items, MaybeOdd, Odd, RawJson};
pub use crate::open_enum::{NotANumber, UnknownNumber, UnknownValue};
pub use crate::request::{PathStyle, RESPONSE_LIMIT, Request, RequestContext, UrlStyle};
pub use crate::response::{ByteStream, Decode, Empty, Json, Raw, Receipt, Response, Text};
#[cfg(feature = "schemars")]
pub use crate::schema::tagged_union_schema;
pub use crate::service::{Service, http_client};
pub use crate::timestamp::{Timestamp, TimestampError};
pub use crate::union::{TaggedJson, serialize_without_tag};
pub use crate::untagged::{Fact, Kept, UntaggedJson};

// The examples of the README are tested like all others.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// What the macros of this crate expand to calls of. Not for people: anything in it may change.
#[doc(hidden)]
pub mod __private {
    pub use crate::by_status::text_body;
    pub use crate::catalogue::Row;
    pub use crate::open_enum::{
        deserialize_number, deserialize_string, parse_number, unknown_number, unknown_value,
    };
    #[cfg(feature = "schemars")]
    pub use crate::schema::{integer_enum, string_enum};
    pub use std;
}
