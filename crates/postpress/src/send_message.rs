//! Sending a message into a chat.

use std::{
    fmt,
    future::{Future, IntoFuture},
    pin::Pin,
    time::Duration,
};

use postpress_client::{forms::SendMessageRequest, multipart::Upload, types};

use crate::{
    came::{self, Came},
    client::Postpress,
    error::{Error, InvalidField},
    operation::Operation,
    retry::RetryPolicy,
    runner::Call,
    sending::{self, Sending},
    upload::Files,
};

/// A message for a chat that exists; awaiting it sends it. From the page "Send a message in a chat".
#[derive(Clone)]
#[must_use = "nothing is sent before it is awaited"]
pub struct SendMessage {
    postpress: Postpress,
    chat_id: String,
    form: SendMessageRequest,
    sending: Sending,
}

/// What came of sending a message.
#[derive(Clone, Debug, PartialEq)]
pub struct SentMessage {
    raw: types::MessageSent,
    came: Came,
}

impl SentMessage {
    /// The message's postpress id.
    pub fn message_id(&self) -> &str {
        &self.raw.message_id
    }

    /// The answer with all its fields.
    pub fn as_raw(&self) -> &types::MessageSent {
        &self.raw
    }

    came::raw_json!();
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

    pub(crate) async fn run(mut self) -> Result<SentMessage, Error> {
        let mut problems = self.problems();
        let ready = self.sending.prepare(&mut self.form, &mut problems);
        if !problems.is_empty() {
            return Err(Error::invalid(Operation::SendMessage, problems, 0));
        }
        let client = &self.postpress.shared.client;
        let call = Call {
            operation: Operation::SendMessage,
            overrides: &self.sending.overrides,
            body: ready.body,
            replayable: ready.replayable,
        };
        let runner = &self.postpress.shared.runner;
        let answer = runner.run(call, || {
            ready.attempt();
            let request = client.send_message(&self.chat_id, &self.form);
            request
                .with_form_options(self.sending.form_options())
                .send()
        });
        let answer = answer.await?;
        let came = Came::whole(answer.body());
        let raw = answer.into_value();
        Ok(SentMessage { raw, came })
    }

    /// All that is wrong beside the files.
    fn problems(&self) -> Vec<InvalidField> {
        let mut problems = Vec::new();
        problems.extend(InvalidField::of_chat_id(&self.chat_id));
        let form = &self.form;
        let says_something = form.text.as_ref().is_some_and(|text| !text.is_empty())
            || !form.attachments.is_empty()
            || form.voice_message.is_some()
            || form.video_message.is_some();
        if !says_something {
            let why =
                "the message is empty: give a text, an attachment, a voice or a video message";
            problems.push(InvalidField::new("text", why));
        }
        problems
    }
}

impl Files for SendMessageRequest {
    fn files(&mut self) -> Vec<(&'static str, &mut Upload)> {
        let mut files: Vec<(&'static str, &mut Upload)> = Vec::new();
        files.extend(
            self.voice_message
                .iter_mut()
                .map(|file| ("voice_message", file)),
        );
        files.extend(
            self.video_message
                .iter_mut()
                .map(|file| ("video_message", file)),
        );
        files.extend(
            self.attachments
                .iter_mut()
                .map(|file| ("attachments", file)),
        );
        files
    }
}

/// Without ids and texts.
impl fmt::Debug for SendMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendMessage")
            .field("attachments", &self.form.attachments.len())
            .field("sending", &self.sending)
            .finish_non_exhaustive()
    }
}

impl IntoFuture for SendMessage {
    type Output = Result<SentMessage, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}
