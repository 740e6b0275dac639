//! `multipart/form-data` bodies: typed fields in bracket notation, streamed files, an exact length.
//!
//! Generated clients send their forms with it; it works as well by hand. A form is built in three
//! steps:
//!
//! 1. A type that implements [`FormBody`] writes its fields through a [`FormWriter`]. Nested
//!    objects take brackets (`linkedin[follow_up][scheduled_time][days]`), arrays of scalars and
//!    files repeat their name, and what is `None` is not sent.
//! 2. [`FormBody::to_form`] gives a [`Form`], which lists its [parts](Form::parts) and knows its
//!    length: every name, value, media type and file has been checked. Otherwise a [`FormError`]
//!    names all fields that cannot be sent, each with its reason.
//! 3. [`Form::apply`] puts it on a `reqwest` request, with `Content-Type` and `Content-Length`; or
//!    take [`Form::into_stream`] to any other client.
//!
//! ```
//! use postpress_multipart::{FieldWriter, FormBody, FormValue, FormWriter, Upload};
//!
//! struct Message {
//!     text: String,
//!     attachments: Vec<Upload>,
//!     schedule: Option<Schedule>,
//! }
//!
//! struct Schedule {
//!     days: u8,
//! }
//!
//! impl FormBody for Message {
//!     fn write(&self, form: &mut FormWriter) {
//!         form.field("text").put(&self.text);
//!         form.field("attachments").with_accept("*/*").put(&self.attachments);
//!         form.field("schedule").put(&self.schedule);
//!     }
//! }
//!
//! impl FormValue for Schedule {
//!     fn write(&self, mut field: FieldWriter<'_>) {
//!         field.member("days").put(&self.days);
//!     }
//! }
//!
//! let message = Message {
//!     text: "Hello".to_owned(),
//!     attachments: vec![Upload::bytes("a,b\n").with_file_name("table.csv")],
//!     schedule: Some(Schedule { days: 3 }),
//! };
//! let form = message.to_form_with_boundary("XXX")?;
//! let parts: Vec<_> = form.parts().iter().map(|part| (part.name(), part.media_type())).collect();
//! assert_eq!(
//!     parts,
//!     [("text", None), ("attachments", Some("text/csv")), ("schedule[days]", None)]
//! );
//! # Ok::<(), postpress_multipart::FormError>(())
//! ```
//!
//! # What goes on the wire
//!
//! - The parts come in the order in which they were written. A text part has a
//!   `Content-Disposition` and nothing else; a file part always has a file name and a
//!   `Content-Type`; a JSON part has a `Content-Type`.
//! - Names and file names are raw UTF-8 with `"`, CR and LF as `%22`, `%0D` and `%0A`, which is
//!   what browsers do (WHATWG). No `filename*` is sent (RFC 7578 forbids it).
//! - Other control characters cannot stand in a header, a `\` at the end of a name would hide the
//!   closing quote from some parsers, and others would take a field called `x; filename=y` for a
//!   file: such names are refused.
//! - Values are sent as they are, byte for byte; line ends are not touched.
//! - The boundary is 192 random bits from the operating system, so that no value can hold it. A
//!   boundary that was given, for reproducible output, is searched for in everything that is in
//!   memory.
//! - `None`, JSON `null`, an empty array and an empty object write nothing. A form without parts is
//!   the closing boundary alone, as browsers send it.
//!
//! # Files
//!
//! A file is read in chunks of 1 MiB on Tokio's blocking threads, the next one while the last is
//! being sent, so that an upload takes a few MiB of memory whatever the size of the file. It is opened
//! twice: when the form is built, to see that it can be read and how long it is, and when its turn
//! comes to be sent. A file that by then is longer, shorter, gone, replaced or written to breaks the
//! request off with an [`UploadError`] before the closing
//! boundary, so that no server can take it for whole.
//!
//! # Features
//!
//! - `schemars`: [`Upload`] implements schemars 0.8's `JsonSchema`, as `{"type": "string",
//!   "format": "binary"}`.
//!
//! On WebAssembly there are no paths and no `reqwest`: [`Form::into_stream`] gives the body.
//!
//! # Troubleshooting
//!
//! - *`reqwest` reports an error while sending*: [`UploadError::find`] says whether an upload
//!   caused it, and which.
//! - *"has been sent already"*: an [`Upload::stream`] or [`Upload::reader`] can be sent once. Use
//!   [`Upload::bytes`], [`Upload::path`] or [`Upload::replay`] where a second attempt may be
//!   needed.
//! - *The request hangs at its end*: a stream is read until it ends, to see that it is not longer
//!   than declared. Bound a reader that stays open, such as a socket, with `take(length)`.

#![cfg_attr(
    target_family = "wasm",
    allow(dead_code, reason = "errors that only files can cause")
)]

mod body;
mod boundary;
mod disposition;
mod error;
mod field;
#[cfg(not(target_family = "wasm"))]
mod file;
mod form;
mod media_type;
mod options;
mod part;
mod parts;
#[cfg(feature = "schemars")]
mod schema;
mod source;
mod stream;
mod upload;
mod upload_error;
mod value;
mod writer;

pub use body::FormBody;
pub use error::{FormError, Refusal};
pub use field::FieldWriter;
pub use form::Form;
pub use options::{ArrayNames, FormOptions};
pub use part::Part;
pub use stream::FormStream;
pub use upload::Upload;
pub use upload_error::UploadError;
pub use value::{FileOr, FormValue};
pub use writer::FormWriter;

/// Keeps the README's example compiling.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// How much of a file or reader is read, and held, at once: 1 MiB.
const CHUNK: usize = 1024 * 1024;

/// The size of a buffer for `left` bytes and one more, by which it is seen whether they are all; at
/// most a chunk.
fn buffer_size(left: u64) -> usize {
    usize::try_from(left.saturating_add(1)).map_or(CHUNK, |size| size.min(CHUNK))
}
