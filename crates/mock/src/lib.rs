#![doc = include_str!("../README.md")]
//!
//! # Assertions
//!
//! Every server has a port and a state of its own, so that tests can run in parallel. It stops when it is dropped. Code
//! that is not async uses [`MockServerBuilder::start_blocking`].
//!
//! When [`assert_received`](MockServer::assert_received) fails, it says how the nearest request differs:
//!
//! ```text
//! expected exactly 1 request with
//!     operation: sendMessage
//!     field text: `Got it!`
//! but received none
//! the nearest other is number 2; it differs in
//!     field text
//!       - expected `Got it!`
//!       + received `Got it`
//! all that the server received:
//!     1. GET /v1/chats?limit=10 -> 200
//!     2. POST /v1/chats/9f9uio56sopa456s/messages -> 201
//! ```
//!
//! # Errors on demand
//!
//! The response to a request with an id `err_<type>` is the error `errors/<type>`, with the status and the meaning that it has in
//! the operation. An id is any parameter or field whose name ends in `id` or `ids`: of an account, a chat or an attendee. `err_404`,
//! or the header `Prefer: code=404`, demands the first error with that status. That needs no configuration, and works from
//! any client:
//!
//! ```sh
//! curl http://127.0.0.1:4010/v1/chats -H 'X-API-KEY: any' -F account_id=err_insufficient_credits -F attendees_ids=ACoAAA -F text=Hello
//! ```
//!
//! The request has to be right otherwise. Where the operation does not document the type, the response is a 404 (a 403
//! where there is no 404), whose `detail` says so.
//!
//! # Faults on demand
//!
//! [`MockServer::inject`] puts a [`Fault`] in force: latency, connections that are reset before or after the request
//! was read, responses that end in the middle, no response at all, 429 with or without `Retry-After`, a proxy's 502, an
//! empty 401, a redirect to another origin, and responses of a service that has moved on, with values, kinds, nulls and
//! fields that are not documented, or with one record that is [odd](Oddity). Each is for the next N requests, or for one
//! in N.
//!
//! # The inbox
//!
//! A server starts with these chats, the newest first, unless it is told to start
//! [empty](MockServerBuilder::empty_inbox). [`MockServer::chats`] has them in full, and [`MockServer::add_chat`] adds
//! more.
//!
//! | Chat | Account | What it is |
//! | --- | --- | --- |
//! | `chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR` | `acc_01HXYZ4QK3WJ8FN3M6QH7TZ8GR` | LinkedIn classic, unread: the chat of the reference pages |
//! | `9f9uio56sopa456s` | `k0_s8cdss9Dz8ds` | WhatsApp: the chat of the guide |
//! | `chat_01HYNRC8T2R5M9E4K7D1W6N3P0` | `acc_01HYCVC8T2R5M9E4K7D1W6N3P0` | Telegram, without messages, name and time |
//! | `chat_01HYMHC8T2R5M9E4K7D1W6N3P0` | `k0_s8cdss9Dz8ds` | WhatsApp group, pinned, unread, an attachment of each kind, a custom folder |
//! | `chat_01HYKAC8T2R5M9E4K7D1W6N3P0` | `Asdq-j08dsqQS89QSD` | LinkedIn Recruiter, an InMail accepted, unread |
//! | `chat_01HYJSC8T2R5M9E4K7D1W6N3P0` | `Yk08cDzzdsqs9_8ds` | LinkedIn Sales Navigator, an offer, locked, appointments for calls |
//! | `chat_01HYHJC8T2R5M9E4K7D1W6N3P0` | `acc_01HYJSC8T2R5M9E4K7D1W6N3P0` | Instagram, a sticker with reactions, unread |
//! | `chat_01HYBMC8T2R5M9E4K7D1W6N3P0` | `acc_01HYBMC8T2R5M9E4K7D1W6N3P0` | Messenger, muted until a time, a GIF that quotes a message |
//! | `chat_01HYCVC8T2R5M9E4K7D1W6N3P0` | `acc_01HYCVC8T2R5M9E4K7D1W6N3P0` | Telegram group, muted without an end, a voice note in reply, unread |
//! | `chat_01HYDCC8T2R5M9E4K7D1W6N3P0` | `acc_01HYDCC8T2R5M9E4K7D1W6N3P0` | Slack, a thread with a file |
//! | `chat_01HYGBC8T2R5M9E4K7D1W6N3P0` | `k0_s8cdss9Dz8ds` | WhatsApp broadcast, read-only |
//! | `chat_01HYFTC8T2R5M9E4K7D1W6N3P0` | `Yk08cDzzdsqs9_8ds` | LinkedIn, sponsored, of an organization, read-only, unread |
//! | `chat_01HYEKC8T2R5M9E4K7D1W6N3P0` | `acc_01HYEKC8T2R5M9E4K7D1W6N3P0` | Twitter, archived, an event |
//!
//! Clients add to it. A message to one attendee goes into the chat that the account has with that attendee, or starts
//! one; a message to several starts a group. It becomes the last message of its chat. Accounts need not exist; the
//! provider of an unknown account is guessed from the ids of the attendees.
//!
//! # Other documents
//!
//! Four operations have a behaviour: `listChats`, `startChat`, `getChat` and `sendMessage`. Any other, of this document or
//! of [one of yours](MockServerBuilder::document), responds with the example of the document, or else with a sample that is made
//! from the schema: all members, enumerations, formats, bounds, patterns, and the headers that are described; with no body where
//! none is described. The status is the lowest documented 2xx. Requests are checked as those of the four are: path,
//! query, headers, cookies, the credentials that `security` names, and bodies in JSON, `multipart/form-data` and
//! `application/x-www-form-urlencoded`. What is refused is refused in the envelope that the document has for the status, with what is
//! wrong in its `detail` or `message`; where no status fits, it is a 400. Errors and faults can be demanded as above.
//!
//! OpenAPI 3.0 and 3.1 are served, in YAML or JSON. What is not served is [named](MockServer::not_served) with its place, and
//! otherwise as if it were not there:
//!
//! - references to other files;
//! - the keywords `not`, `if`, `prefixItems`, `contains`, `patternProperties`, `propertyNames` and `dependentRequired` with their like,
//!   and patterns with look-around;
//! - parameters in the styles `matrix` and `label`; bodies in other media types are accepted unread.
//!
//! A response is a sample each time: nothing that was sent before shows in it.
//!
//! # Where the pages are silent
//!
//! The server does what the documentation says. Where it says nothing, this was chosen:
//!
//! - **Mistakes in requests.** The pages have 400 for `startChat` alone, so other operations use the nearest error that
//!   they do document.
//!
//!   | What is wrong | `startChat` | `sendMessage` | `getChat` | `listChats` |
//!   | --- | --- | --- | --- | --- |
//!   | A field or parameter is absent | 400 `missing_parameters` | 422 `invalid_message` | | 403 `insufficient_permissions` |
//!   | A field or parameter is wrong | 400 `invalid_parameters` | 422 `invalid_message` | 403 `insufficient_permissions` | 403 `insufficient_permissions` |
//!   | A form that cannot be read | 400 `malformed_request` | 422 `invalid_message` | | |
//!   | Another `Content-Type` | 415 `unsupported_media_type` | 415 `unsupported_media_type` | | |
//!   | Files or texts too large | 400 `content_too_large` | 422 `invalid_message` | | |
//!   | A text with too many characters | 400 `too_many_characters` | 422 `invalid_message` | | |
//!
//!   422 `invalid_message` is "the message body or attachments are invalid"; 403 is for what is "not allowed", and the
//!   only other errors of `listChats` are about credentials, or not the client's fault. Once the document has a better
//!   status for an operation, the server uses that, without a change here. `detail` names each field that is wrong, in
//!   bracket notation.
//! - **Size.** "15 MB" is taken as 15,000,000 bytes, for all files of a request together: what is accepted here is
//!   accepted by any reading. [`MockServerBuilder::max_upload`] changes it. A text may have 65,536 characters, all texts together 1
//!   MiB.
//! - **Unknown fields and parameters** are ignored, since the document does not forbid them, and noted in
//!   [`Received::ignored`] and in the log. [`MockServerBuilder::strict`] refuses them. A field of
//!   another LinkedIn API than the one in `linkedin[api]` is always refused.
//! - **Lists in one text**, as `attendees_ids=u1,u2` or `attendees_ids=["u1"]`, are one member with a strange id, and
//!   are refused by [`MockServerBuilder::strict`].
//! - **Time zones** are refused unless they are IANA names as the IANA writes them.
//! - **Lists** begin with the chat that was added last, and `before` and `after` compare the time at which a chat was
//!   added. A cursor belongs to its filters, which may be repeated or left out, and to its server. Each has
//!   characters that have to be escaped in a query.
//! - **Who may send.** Messages to Slack and Twitter are refused (501 for `startChat`, 422 `cant_send_message` for
//!   `sendMessage`), since the guide does not offer them, and so are messages to chats that are read-only or locked
//!   (422 `cant_send_message`). A chat of another account than `account_id` is 403 `account_mismatch`.
//! - **Ids.** `sendMessage` takes postpress ids of chats only; `quote_id` is the id of a message in the chat, by either
//!   kind of id.
//! - **HEAD** gets the head of the response to GET.
//! - **Anything else.** An undocumented path is a 404, an undocumented method a 405 with the type `about:blank`.
//! - **Pictures and videos** that are sent get the size 0 by 0: files are hashed and counted, but neither examined nor
//!   kept.
//!
//! # Limits
//!
//! Memory is bounded: the server remembers the last 10,000 requests, 10,000 chats and 10,000 messages, fewer when they
//! are large, and forgets the oldest that clients made. A client may be silent for 30 seconds in the middle of a body.
//! The server speaks HTTP/1.1 without TLS.
//!
//! # Troubleshooting
//!
//! - *A request is refused and the reason is unclear*: print the body of the response; `detail` says what is wrong with
//!   which field. Or look at [`MockServer::received`].
//! - *A field seems to have no effect*: it may be misspelt, see [`Received::ignored`].
//! - *A fault meets the wrong request*: it is for the next request of any operation; [`Fault::on`] names one.
//! - *A test passes alone and fails with others*: a server that is shared between tests has one record and one inbox.
//!   Start one for each; it takes a few milliseconds.

mod api;
mod bounded;
mod check;
mod connection;
mod fault;
mod form;
mod ids;
mod inbox;
mod operations;
mod problem;
pub mod program;
mod record;
mod response;
mod sample;
mod server;
mod service;

use std::sync::{Mutex, MutexGuard, PoisonError};

pub use self::fault::{Fault, FaultError, Oddity, RetryAfter};
pub use self::inbox::AddChatError;
pub use self::record::{Expect, ExpectFile, Outcome, Part, Received};
pub use self::server::{MockServer, MockServerBuilder, StartError};

/// Locks a mutex, also after a panic in another thread that held it: no statement leaves the data half changed.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
