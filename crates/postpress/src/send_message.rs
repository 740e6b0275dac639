//! Sending a message into a chat.

use std::fmt;

use postpress_client::{
    forms::SendMessageRequest,
    multipart::{FormOptions, Upload},
    runtime::{Receipt, Request, Response},
};

use crate::{
    call::{CallOptions, call},
    client::Postpress,
    error::InvalidField,
    message_options::message_option_methods,
    origin::Origin,
    raw,
    response::{Ids, Problem, ResponseHead},
    setters::setters,
};

/// A message for a chat that exists, which is sent when this is awaited. From the page "Send a message in a chat".
#[doc = include_str!("guide/spawn.md")]
#[derive(Clone)]
#[must_use = "nothing is sent before it is awaited"]
pub struct SendMessage {
    postpress: Postpress,
    chat_id: String,
    form: SendMessageRequest,
    form_options: FormOptions,
    call_options: CallOptions,
}

/// The result of sending a message.
#[derive(Clone, Debug, PartialEq)]
pub struct SentMessage {
    ids: Ids,
    origin: Origin,
}

impl SentMessage {
    fn new(response: Response<Option<Ids>>) -> Self {
        Self {
            origin: Origin::of(&response),
            ids: response.into_value().unwrap_or_default(),
        }
    }

    /// The message's postpress id; `None` if the service has not given one. The message was sent all the same.
    pub fn message_id(&self) -> Option<&str> {
        self.ids.message_id.as_deref()
    }

    /// The status and headers of the response, and the service's id of the request.
    pub fn response(&self) -> &ResponseHead {
        self.origin.head()
    }

    /// The JSON of the response as the service sent it, if it is JSON.
    pub fn raw_json(&self) -> Option<raw::RawJson> {
        self.origin.json()
    }
}

call!(SendMessage -> SentMessage);

impl SendMessage {
    pub(crate) fn new(postpress: Postpress, chat_id: String) -> Self {
        Self {
            postpress,
            chat_id,
            form: SendMessageRequest::default(),
            form_options: FormOptions::new(),
            call_options: CallOptions::default(),
        }
    }

    setters! {
        /// Sets the text of the message.
        text, maybe_text(text: impl Into<String>) => form.text;

        /// Sets the connected account that sends the message.
        account, maybe_account(account_id: impl Into<String>) => form.account_id;

        /// Sets the thread to write into.
        thread, maybe_thread(thread_id: impl Into<String>) => form.thread_id;

        /// Sets the message to quote.
        quote, maybe_quote(message_id: impl Into<String>) => form.quote_id;

        /// Sets for how long the sender appears to be typing first. The documentation gives no unit.
        typing_duration, maybe_typing_duration(duration: impl Into<String>) => form.typing_duration;
    }

    message_option_methods!();

    fn request(&self) -> Request<'_, Receipt<Ids>, Problem> {
        let client = &self.postpress.shared.client;
        client
            .send_message(&self.chat_id, &self.form)
            .with_form_options(self.form_options.clone())
            .decode_as()
    }

    /// The values that are refused, but for the files.
    fn invalid(&self) -> Vec<InvalidField> {
        let mut invalid = Vec::new();
        invalid.extend(InvalidField::of_chat_id(&self.chat_id));
        invalid.extend(self.empty());
        invalid
    }
}

/// Shows no ids and no texts.
impl fmt::Debug for SendMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendMessage")
            .field("attachments", &self.form.attachments.len())
            .field("form_options", &self.form_options)
            .field("call_options", &self.call_options)
            .finish_non_exhaustive()
    }
}
