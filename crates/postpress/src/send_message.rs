//! Sending a message into a chat.

use std::{
    future::{Future, IntoFuture},
    pin::Pin,
    time::Duration,
};

use postpress_client::{forms::SendMessageRequest, multipart::Upload, types};

use crate::{
    client::Postpress,
    error::{Error, InvalidField},
    operation::Operation,
    retry::RetryPolicy,
    runner::Call,
    sending::{self, Sending},
};

/// A message for a chat that exists; awaiting it sends it. From the page "Send a message in a chat".
#[derive(Clone, Debug)]
#[must_use = "nothing is sent before it is awaited"]
pub struct SendMessage {
    postpress: Postpress,
    chat_id: String,
    form: SendMessageRequest,
    sending: Sending,
}

/// What came of sending a message.
#[derive(Clone, Debug, PartialEq)]
pub struct SentMessage(types::MessageSent);

impl SentMessage {
    /// The message's postpress id.
    pub fn message_id(&self) -> &str {
        &self.0.message_id
    }

    /// The answer with all its fields.
    pub fn as_raw(&self) -> &types::MessageSent {
        &self.0
    }
}

impl SendMessage {
    pub(crate) fn new(postpress: Postpress, chat_id: String) -> Self {
        Self {
            postpress,
            chat_id,
            form: SendMessageRequest::default(),
            sending: Sending::default(),
        }
    }

    /// What the message says.
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.form.text = Some(text.into());
        self
    }

    /// The connected account that sends it.
    pub fn account(mut self, account_id: impl Into<String>) -> Self {
        self.form.account_id = Some(account_id.into());
        self
    }

    /// The thread to write into.
    pub fn thread(mut self, thread_id: impl Into<String>) -> Self {
        self.form.thread_id = Some(thread_id.into());
        self
    }

    /// The message to quote.
    pub fn quote(mut self, message_id: impl Into<String>) -> Self {
        self.form.quote_id = Some(message_id.into());
        self
    }

    /// How long to appear to be typing before. The documentation gives no unit.
    pub fn typing_duration(mut self, duration: impl Into<String>) -> Self {
        self.form.typing_duration = Some(duration.into());
        self
    }

    sending::methods!();

    async fn run(self) -> Result<SentMessage, Error> {
        let mut problems = Vec::new();
        if self.chat_id.trim().is_empty() {
            problems.push(InvalidField::new("chat_id", "the chat's id is empty"));
        }
        let uploads = self.sending.check(
            &self.form.attachments,
            &self.form.voice_message,
            &self.form.video_message,
            &mut problems,
        );
        if !problems.is_empty() {
            return Err(Error::invalid(Operation::SendMessage, problems));
        }
        let client = self.postpress.client_for(&self.sending);
        let body = sending::body_length(&self.form);
        let call = Call {
            operation: Operation::SendMessage,
            overrides: &self.sending.overrides,
            body,
            repeatable: uploads.replayable,
        };
        let answer = self
            .postpress
            .shared
            .runner
            .run(call, || client.send_message(&self.chat_id, &self.form))
            .await?;
        Ok(SentMessage(answer.into_inner()))
    }
}

impl IntoFuture for SendMessage {
    type Output = Result<SentMessage, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}
