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
    raw,
    raw_json::RawJson,
    response::{Ids, Problem},
};

/// A message for a chat that exists, which is sent when this is awaited. From the page "Send a message in a chat".
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
    raw_json: RawJson,
}

impl SentMessage {
    fn new(response: Response<Option<Ids>>) -> Self {
        Self {
            raw_json: RawJson::whole(response.body()),
            ids: response.into_value().unwrap_or_default(),
        }
    }

    /// The message's postpress id; `None` if the service has not given one. The message was sent all the same.
    pub fn message_id(&self) -> Option<&str> {
        self.ids.message_id.as_deref()
    }

    /// The JSON of the response as the service sent it, if it is JSON.
    pub fn raw_json(&self) -> Option<raw::RawJson> {
        self.raw_json.text()
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

    /// Sets the text of the message.
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.form.text = Some(text.into());
        self
    }

    /// Sets the connected account that sends the message.
    pub fn account(mut self, account_id: impl Into<String>) -> Self {
        self.form.account_id = Some(account_id.into());
        self
    }

    /// Sets the thread to write into.
    pub fn thread(mut self, thread_id: impl Into<String>) -> Self {
        self.form.thread_id = Some(thread_id.into());
        self
    }

    /// Sets the message to quote.
    pub fn quote(mut self, message_id: impl Into<String>) -> Self {
        self.form.quote_id = Some(message_id.into());
        self
    }

    /// Sets for how long the sender appears to be typing first. The documentation gives no unit.
    pub fn typing_duration(mut self, duration: impl Into<String>) -> Self {
        self.form.typing_duration = Some(duration.into());
        self
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
