//! Starting a chat.

use std::{
    future::{Future, IntoFuture},
    pin::Pin,
    time::Duration,
};

use postpress_client::{
    forms::{LinkedinOptions, StartChatRequest},
    multipart::Upload,
    types,
};

use crate::{
    client::Postpress,
    error::{Error, InvalidField},
    linkedin,
    operation::Operation,
    recipient::Recipients,
    retry::RetryPolicy,
    runner::Call,
    sending::{self, Sending},
    upload,
};

/// The first message of a chat; awaiting it sends it. From the page "Start a new chat".
#[derive(Clone, Debug)]
#[must_use = "nothing is sent before it is awaited"]
pub struct StartChat {
    postpress: Postpress,
    recipients: Recipients,
    form: StartChatRequest,
    sending: Sending,
}

/// What came of starting a chat.
#[derive(Clone, Debug, PartialEq)]
pub struct StartedChat(types::ChatStarted);

impl StartedChat {
    /// The chat's postpress id; `None` while the provider has not given one.
    pub fn chat_id(&self) -> Option<&str> {
        self.0.chat_id.as_deref()
    }

    /// The first message's postpress id; `None` while the provider has not given one.
    pub fn message_id(&self) -> Option<&str> {
        self.0.message_id.as_deref()
    }

    /// The answer with all its fields.
    pub fn as_raw(&self) -> &types::ChatStarted {
        &self.0
    }
}

impl StartChat {
    pub(crate) fn new(postpress: Postpress, account_id: String, recipients: Recipients) -> Self {
        let form = StartChatRequest {
            account_id,
            attendees_ids: recipients.ids(),
            ..StartChatRequest::default()
        };
        Self {
            postpress,
            recipients,
            form,
            sending: Sending::default(),
        }
    }

    /// What the first message says. For LinkedIn Recruiter it may hold a little HTML: `<strong>`, `<em>`, `<a href="...">`,
    /// `<ul>`, `<ol>` and `<li>`.
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.form.text = Some(text.into());
        self
    }

    /// The subject of the conversation, or the name of the group.
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.form.subject = Some(subject.into());
        self
    }

    /// What only LinkedIn understands: [`Classic`](linkedin::Classic), [`Recruiter`](linkedin::Recruiter) or
    /// [`SalesNavigator`](linkedin::SalesNavigator) options.
    pub fn linkedin(mut self, options: impl Into<linkedin::Options>) -> Self {
        self.form.linkedin = Some(options.into().0);
        self
    }

    sending::methods!();

    async fn run(self) -> Result<StartedChat, Error> {
        let mut problems = Vec::new();
        if self.form.account_id.trim().is_empty() {
            problems.push(InvalidField::new("account_id", "the account's id is empty"));
        }
        self.recipients.check(&mut problems);
        let mut uploads = self.sending.check(
            &self.form.attachments,
            &self.form.voice_message,
            &self.form.video_message,
            &mut problems,
        );
        if let Some(options) = &self.form.linkedin {
            linkedin::check(options, &mut problems);
            if let LinkedinOptions::Recruiter(recruiter) = options
                && let Some(follow_up) = &recruiter.follow_up
            {
                let files: Vec<&Upload> = follow_up.attachments.iter().collect();
                upload::check_size(
                    "linkedin[follow_up][attachments]",
                    &files,
                    self.sending.size_limit,
                    &mut problems,
                );
                uploads.replayable &= files.iter().all(|file| file.is_replayable());
            }
        }
        if !problems.is_empty() {
            return Err(Error::invalid(Operation::StartChat, problems));
        }
        let client = self.postpress.client_for(&self.sending);
        let body = sending::body_length(&self.form);
        let call = Call {
            operation: Operation::StartChat,
            overrides: &self.sending.overrides,
            body,
            repeatable: uploads.replayable,
        };
        let answer = self
            .postpress
            .shared
            .runner
            .run(call, || client.start_chat(&self.form))
            .await?;
        Ok(StartedChat(answer.into_inner()))
    }
}

impl IntoFuture for StartChat {
    type Output = Result<StartedChat, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}
