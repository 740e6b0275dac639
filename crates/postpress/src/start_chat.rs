//! Starting a chat.

use std::{
    fmt,
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
    came::{self, Came},
    client::Postpress,
    error::{Error, InvalidField},
    linkedin,
    operation::Operation,
    recipient::{Provider, Recipients},
    retry::RetryPolicy,
    runner::Call,
    sending::{self, Sending},
    upload::Files,
};

/// The first message of a chat; awaiting it sends it. From the page "Start a new chat".
#[derive(Clone)]
#[must_use = "nothing is sent before it is awaited"]
pub struct StartChat {
    postpress: Postpress,
    recipients: Recipients,
    form: StartChatRequest,
    sending: Sending,
}

/// What came of starting a chat.
#[derive(Clone, Debug, PartialEq)]
pub struct StartedChat {
    raw: types::ChatStarted,
    came: Came,
}

impl StartedChat {
    /// The chat's postpress id; `None` while the provider has not given one.
    pub fn chat_id(&self) -> Option<&str> {
        self.raw.chat_id.as_deref()
    }

    /// The first message's postpress id; `None` while the provider has not given one.
    pub fn message_id(&self) -> Option<&str> {
        self.raw.message_id.as_deref()
    }

    /// The answer with all its fields.
    pub fn as_raw(&self) -> &types::ChatStarted {
        &self.raw
    }

    came::raw_json!();
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

    /// Spells `attendees_ids[]` where the default is `attendees_ids`: one page of the documentation shows it so.
    pub fn bracketed_arrays(mut self) -> Self {
        self.sending.bracketed = true;
        self
    }

    sending::methods!();

    pub(crate) async fn run(mut self) -> Result<StartedChat, Error> {
        let mut problems = self.problems();
        let ready = self.sending.prepare(&mut self.form, &mut problems);
        if !problems.is_empty() {
            return Err(Error::invalid(Operation::StartChat, problems, 0));
        }
        let client = &self.postpress.shared.client;
        let call = Call {
            operation: Operation::StartChat,
            overrides: &self.sending.overrides,
            body: ready.body,
            replayable: ready.replayable,
        };
        let runner = &self.postpress.shared.runner;
        let answer = runner.run(call, || {
            ready.attempt();
            let request = client.start_chat(&self.form);
            request
                .with_form_options(self.sending.form_options())
                .send()
        });
        let answer = answer.await?;
        let came = Came::whole(answer.body());
        let raw = answer.into_value();
        Ok(StartedChat { raw, came })
    }

    /// All that is wrong beside the files.
    fn problems(&self) -> Vec<InvalidField> {
        let mut problems = Vec::new();
        if self.form.account_id.trim().is_empty() {
            problems.push(InvalidField::new("account_id", "it is empty"));
        }
        self.recipients.check(&mut problems);
        if let Some(options) = &self.form.linkedin {
            linkedin::check(options, &mut problems);
        }
        self.check_provider(&mut problems);
        problems
    }

    /// What does not go with the provider that the recipients are on, where they tell it.
    fn check_provider(&self, problems: &mut Vec<InvalidField>) {
        let has = |provider| self.recipients.any(provider);
        let linkedin = has(Provider::Linkedin) || has(Provider::LinkedinCompany);
        if self.form.linkedin.is_some() && (has(Provider::Whatsapp) || has(Provider::Instagram)) {
            let why = "these options are for LinkedIn, but a recipient is not on it";
            problems.push(InvalidField::new("linkedin", why));
        }
        let topic = matches!(&self.form.linkedin, Some(LinkedinOptions::Classic(options)) if options.topic.is_some());
        if has(Provider::LinkedinCompany) && !topic {
            let why =
                "a conversation with a company needs a topic: give `Classic::new().topic(..)`";
            problems.push(InvalidField::new("linkedin[topic]", why));
        }
        if self.form.voice_message.is_some() && has(Provider::Instagram) {
            let why = "Instagram takes no voice messages: attach the file instead";
            problems.push(InvalidField::new("voice_message", why));
        }
        if self.form.video_message.is_some() && !linkedin {
            for (provider, name) in [
                (Provider::Whatsapp, "WhatsApp"),
                (Provider::Instagram, "Instagram"),
            ] {
                if has(provider) {
                    let why = format!("{name} takes no video messages: attach the file instead");
                    problems.push(InvalidField::new("video_message", why));
                }
            }
        }
    }
}

impl Files for StartChatRequest {
    fn files(&mut self) -> Vec<(&'static str, &mut Upload)> {
        let mut files: Vec<_> = named("attachments", &mut self.attachments).collect();
        files.extend(named("voice_message", &mut self.voice_message));
        files.extend(named("video_message", &mut self.video_message));
        if let Some(LinkedinOptions::Recruiter(recruiter)) = &mut self.linkedin
            && let Some(follow_up) = &mut recruiter.follow_up
        {
            let name = "linkedin[follow_up][attachments]";
            files.extend(named(name, &mut follow_up.attachments));
        }
        files
    }
}

fn named<'a>(
    field: &'static str,
    uploads: impl IntoIterator<Item = &'a mut Upload>,
) -> impl Iterator<Item = (&'static str, &'a mut Upload)> {
    uploads.into_iter().map(move |upload| (field, upload))
}

/// Without ids and texts.
impl fmt::Debug for StartChat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StartChat")
            .field("recipients", &self.recipients.len())
            .field("attachments", &self.form.attachments.len())
            .field("sending", &self.sending)
            .finish_non_exhaustive()
    }
}

impl IntoFuture for StartChat {
    type Output = Result<StartedChat, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}
