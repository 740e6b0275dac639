//! Messages on LinkedIn, WhatsApp, Instagram, Messenger, Telegram and more, through the postpress API.
//!
//! # In five minutes
//!
//! A [`Postpress`] is a client. [`Postpress::from_env`] takes the key from `POSTPRESS_API_KEY`; [`Postpress::builder`] has
//! everything that can be set. Each of its four calls is a builder: what is required are arguments, what is optional are methods, and
//! `.await` makes the call. A method for something optional has a twin that takes an `Option`, such as `maybe_text` for `text`.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), postpress::Error> {
//! # let mock = postpress_mock::MockServer::start().await;
//! use postpress::{Postpress, Recipient, Upload, linkedin::Classic};
//!
//! # let from_env = || Postpress::builder().api_key("pp_live_...").base_url(mock.base_url()).build();
//! # /*
//! let postpress = Postpress::from_env()?;
//! # */
//! # let postpress = from_env()?;
//!
//! // Read: one page, or the chats of all pages.
//! let page = postpress.list_chats().unread(true).limit(50).await?;
//! println!("{} chats, more to come: {}", page.len(), page.has_next());
//! let mut chats = postpress.list_chats().stream();
//! while let Some(chat) = chats.try_next().await? {
//!     println!("{}: {} unread", chat.name().unwrap_or("?"), chat.unread_count());
//! }
//! let chat_id = "chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR";
//! let chat = postpress.get_chat(chat_id).await?;
//! if let Some(message) = chat.last_message() {
//!     println!("{}", message.text().unwrap_or("(no text)"));
//! }
//!
//! // Write into a chat, or start one, with files from memory, disk or a stream.
//! let report = Upload::bytes("name,mail\n").with_file_name("report.csv");
//! let sent = postpress.send_message(chat_id).text("Here it is.").attach(report).await?;
//! println!("sent {:?} in request {:?}", sent.message_id(), sent.response().request_id());
//! let started = postpress
//!     .start_chat(chat.account_id(), Recipient::linkedin("ACoAAAcDMMQBODyLwZrRcgYhrkCafURGqva0U4E"))
//!     .text("Hello!")
//!     .linkedin(Classic::new().inmail(true))
//!     .await?;
//! println!("started {:?}", started.chat_id());
//!
//! // `into_future` makes a future of a builder, for `tokio::spawn` and `join!`.
//! let task = tokio::spawn(postpress.get_chat(chat_id).into_future());
//! # let task = task.await.unwrap();
//! # task?;
//! # assert_eq!(mock.messages_sent(), 2);
//! # Ok(())
//! # }
//! ```
//!
//! # Errors, and whether the message was sent
//!
//! There is one [`Error`]. It has the status, the documented [type](ErrorType) and what the service said, and prints what happened and
//! what to do. For calls that send it also has the [`Delivery`]: not sent, rejected, or unknown. **A message is never sent twice**:
//! calls are [retried](RetryPolicy) only where nothing can have been sent. The guide [Was the message sent?](guide::delivery) has the
//! details.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), postpress::Error> {
//! # let mock = postpress_mock::MockServer::start().await;
//! # let from_env = || Postpress::builder().api_key("k").base_url(mock.base_url()).build();
//! use postpress::{Delivery, ErrorType, Postpress};
//!
//! # /*
//! let postpress = Postpress::from_env()?;
//! # */
//! # let postpress = from_env()?;
//! let error = postpress.send_message("chat_that_is_not_there").text("Hello!").await.unwrap_err();
//! assert_eq!(error.error_type(), Some(&ErrorType::ResourceNotFound));
//! assert_eq!(error.status(), Some(404));
//! assert_eq!(error.delivery(), Some(Delivery::Rejected));
//!
//! // Everything that is wrong with a request is reported at once, before anything is sent.
//! let error = postpress.start_chat("", ["", "someone"]).attach_file("/no/such/file.pdf").await.unwrap_err();
//! let fields: Vec<&str> = error.invalid_fields().iter().map(|invalid| &*invalid.field).collect();
//! assert_eq!(fields, ["account_id", "attendees_ids", "attachments"]);
//! # Ok(())
//! # }
//! ```
//!
//! # Files
//!
//! An [`Upload`] is a file from bytes, a path, a reader or a stream. It is streamed in constant memory. The media type is guessed from
//! the name unless it is set. Files that are missing or too large are refused before anything is sent.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let mock = postpress_mock::MockServer::start().await;
//! # let from_env = || Postpress::builder().api_key("k").base_url(mock.base_url()).build();
//! use postpress::{Postpress, STANDARD_LIMIT, Upload};
//!
//! # /*
//! let postpress = Postpress::from_env()?;
//! # */
//! # let postpress = from_env()?;
//! let path = std::env::temp_dir().join("postpress-example.pdf");
//! std::fs::write(&path, b"%PDF")?;
//! let voice = Upload::reader(5, &b"voice"[..]).with_file_name("voice.m4a");
//! postpress
//!     .send_message("chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR")
//!     .attach_file(&path)
//!     .voice_message(voice)
//!     .max_file_size(STANDARD_LIMIT)
//!     .on_progress(|sent, total| println!("{sent} of {total} bytes"))
//!     .await?;
//! # mock.assert_received(postpress_mock::Expect::request().file("voice_message", postpress_mock::ExpectFile::named("voice.m4a")));
//! # Ok(())
//! # }
//! ```
//!
//! # What is newer than this crate, or odd
//!
//! The service may use values before its documentation has them. Enums keep values that they do not know, and write them back
//! unchanged. `raw_json()` has the fields that this crate does not know. `as_raw()` gives all others under their names on the wire; their
//! types are in [`raw`].
//!
//! A record that is not what the documentation says costs nothing but itself. A chat that does not decode is kept as its JSON, with what
//! was wrong: [`ChatPage::odd`] has it, [`ChatStream`] goes on over it, and [`ChatStream::with_odd`] yields it. The same holds for the
//! messages within a chat ([`ChatDetail::odd_last_message`]), and for the members of lists ([`Items::odd`]). Small oddities are no reason
//! for that, such as `"2"` in place of `2`, or `0` in place of `false`.
//!
//! # On call
//!
//! Each attempt is a [`tracing`](https://docs.rs/tracing) span with OpenTelemetry's names for HTTP, the operation, the number of the attempt,
//! the status, sizes and the delivery. An attempt that failed is an event as well:
//!
//! | level | |
//! |---|---|
//! | `WARN` | There will be another attempt. |
//! | `ERROR` | The call failed, and its message may have been sent: its [`Delivery`] is unknown. |
//! | `INFO` | The call failed in any other way. |
//!
//! Span and event have the service's id of the request, which its support asks for, and an id that all attempts of a call share:
//! [`Error::request_id`] and [`Error::call_id`]. A success has the former as well, such as [`SentMessage::response`]. [`Builder::on_attempt`] is a hook for metrics, which is told all this, too.
//!
//! Nothing of it has a key, an id of a person or a chat, or the text of a message.
//! The key goes to no other origin, since redirects are not followed, and not in clear text to another machine, unless that is
//! [allowed](Builder::allow_clear_text).
//!
//! # Features
//!
//! | feature | |
//! |---|---|
//! | `rustls` (default) | HTTPS by rustls and the platform's certificates |
//! | `rustls-no-provider` | the same with cryptography of your choice |
//! | `gzip` (default), `brotli` | compressed responses |
//! | `http2` | HTTP/2, where the service offers it |
//! | `blocking` | the same API without async: `wait()` instead of `.await` |
//! | `schemars` | JSON Schema of the types in [`raw`] |
//!
//! For HTTPS by the platform's own library, turn off this crate's default features and depend on `reqwest` as well, with its feature
//! `native-tls`.
//!
//! This crate needs Rust 1.88 and a Tokio runtime. It does not compile for `wasm32-unknown-unknown`: the HTTP client of a browser can
//! neither refuse redirects, which would take the key along, nor tell that no connection was made, nor stream a body.

mod base_url;
#[cfg(feature = "blocking")]
pub mod blocking;
mod builder;
mod built_request;
mod call;
mod chat;
mod client;
mod delivery;
mod error;
mod get_chat;
pub mod guide;
pub mod linkedin;
mod list_chats;
mod message;
mod message_options;
mod operation;
mod origin;
mod page;
mod paging;
mod recipient;
mod response;
mod retry;
mod retry_loop;
mod send_message;
mod setters;
mod start_chat;
mod telemetry;

pub use builder::{API_KEY_VARIABLE, BASE_URL_VARIABLE, Builder};
pub use built_request::BuiltRequest;
pub use chat::{Chat, ChatDetail, Mute};
pub use client::Postpress;
pub use delivery::Delivery;
pub use error::{Error, InvalidField};
pub use get_chat::GetChat;
pub use http::{HeaderMap, Method};
pub use list_chats::ListChats;
pub use message::Message;
pub use message_options::STANDARD_LIMIT;
pub use operation::Operation;
pub use page::ChatPage;
pub use paging::ChatStream;
pub use postpress_client::{
    enums::{AccountType, ChatFeature, ChatType, EventType, Folder, MessageType, ReadOnlyState},
    errors::ErrorType,
    multipart::Upload,
    runtime::{ErrorInfo, Items, Odd, Timestamp},
    variants::{Attachment, ReadReceipt},
};
pub use recipient::{Recipient, Recipients};
pub use response::ResponseHead;
pub use retry::RetryPolicy;
pub use send_message::{SendMessage, SentMessage};
pub use start_chat::{StartChat, StartedChat};
pub use telemetry::AttemptEvent;

/// The types of requests and responses with every field as it is on the wire, generated from the API's description.
pub mod raw {
    pub use postpress_client::{
        enums, forms,
        multipart::{Form, Part},
        runtime::{DecodeError, DecodeErrorKind, MaybeOdd, RawJson, decode_json},
        types, variants,
    };
}

/// The examples of the READMEs are compiled with those here.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
#[doc = include_str!("../../../README.md")]
struct Readme;
