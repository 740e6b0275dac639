//! Sending a message into a chat.

use std::fmt;

use postpress_client::{
    forms::SendMessageRequest,
    multipart::{FormOptions, Upload},
    runtime::{Json, Request, Response},
    types::{self, Problem},
};
use serde_json::Value;

use crate::{
    call::{CallOptions, call},
    client::Postpress,
    error::InvalidField,
    message_options::message_option_methods,
    raw_json::RawJson,
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
    raw: types::MessageSent,
    raw_json: RawJson,
}

impl SentMessage {
    fn new(response: Response<types::MessageSent>) -> Self {
        Self {
            raw_json: RawJson::whole(response.body()),
            raw: response.into_value(),
        }
    }

    /// The message's postpress id.
    pub fn message_id(&self) -> &str {
        &self.raw.message_id
    }

    /// All fields of the response, as they are on the wire.
    pub fn as_raw(&self) -> &types::MessageSent {
        &self.raw
    }

    /// The JSON of the response, with the fields that are newer than this crate. It is parsed anew each time.
    pub fn raw_json(&self) -> Option<Value> {
        self.raw_json.parse()
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

    fn request(&self) -> Request<'_, Json<types::MessageSent>, Problem> {
        let client = &self.postpress.shared.client;
        client
            .send_message(&self.chat_id, &self.form)
            .with_form_options(self.form_options.clone())
    }

    /// The values that are refused, but for the files.
    fn invalid(&self) -> Vec<InvalidField> {
        let mut invalid = Vec::new();
        invalid.extend(InvalidField::of_chat_id(&self.chat_id));
        let form = &self.form;
        let is_empty = form.text.as_ref().is_none_or(|text| text.trim().is_empty())
            && form.attachments.is_empty()
            && form.voice_message.is_none()
            && form.video_message.is_none();
        if is_empty {
            let why =
                "the message is empty: give a text, an attachment, a voice or a video message";
            invalid.push(InvalidField::new("text", why));
        }
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
