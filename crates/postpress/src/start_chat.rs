//! Starting a chat.

use std::fmt;

use postpress_client::{
    forms::{LinkedinOptions, StartChatRequest},
    multipart::{ArrayNames, FormOptions, Upload},
    runtime::{Receipt, Request, Response},
};

use crate::{
    call::{CallOptions, call},
    client::Postpress,
    error::InvalidField,
    linkedin,
    message_options::message_option_methods,
    origin::Origin,
    raw,
    recipient::{LINKEDIN, Recipients},
    response::{Ids, Problem, ResponseHead},
    setters::setters,
};

/// The first message of a chat, which is sent when this is awaited. From the page "Start a new chat".
#[doc = include_str!("guide/spawn.md")]
#[derive(Clone)]
#[must_use = "nothing is sent before it is awaited"]
pub struct StartChat {
    postpress: Postpress,
    recipients: Recipients,
    form: StartChatRequest,
    form_options: FormOptions,
    call_options: CallOptions,
}

/// The result of starting a chat.
#[derive(Clone, Debug, PartialEq)]
pub struct StartedChat {
    ids: Ids,
    origin: Origin,
}

impl StartedChat {
    fn new(response: Response<Option<Ids>>) -> Self {
        Self {
            origin: Origin::of(&response),
            ids: response.into_value().unwrap_or_default(),
        }
    }

    /// The chat's postpress id; `None` if the service has not given one, since the provider may take its time.
    pub fn chat_id(&self) -> Option<&str> {
        self.ids.chat_id.as_deref()
    }

    /// The first message's postpress id; `None` if the service has not given one. The message was sent all the same.
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

call!(StartChat -> StartedChat);

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
            form_options: FormOptions::new(),
            call_options: CallOptions::default(),
        }
    }

    setters! {
        /// Sets the text of the first message. For LinkedIn Recruiter it may hold a little HTML: `<strong>`, `<em>`, `<a href="...">`,
        /// `<ul>`, `<ol>` and `<li>`.
        text, maybe_text(text: impl Into<String>) => form.text;

        /// Sets the subject of the conversation, or the name of the group.
        subject, maybe_subject(subject: impl Into<String>) => form.subject;

        /// Sets the options that only LinkedIn has: [`Classic`](linkedin::Classic), [`Recruiter`](linkedin::Recruiter) or
        /// [`SalesNavigator`](linkedin::SalesNavigator).
        linkedin, maybe_linkedin(options: impl Into<linkedin::Options>) => form.linkedin, |options: linkedin::Options| options.0;
    }

    /// Sends the recipients as `attendees_ids[]`, which one page of the documentation shows, rather than `attendees_ids`.
    pub fn bracketed_arrays(mut self) -> Self {
        let brackets = ArrayNames::TextBrackets;
        self.form_options = self.form_options.with_array_names(brackets);
        self
    }

    message_option_methods!();

    fn request(&self) -> Request<'_, Receipt<Ids>, Problem> {
        let client = &self.postpress.shared.client;
        client
            .start_chat(&self.form)
            .with_form_options(self.form_options.clone())
            .decode_as()
    }

    /// The values that are refused, but for the files.
    fn invalid(&self) -> Vec<InvalidField> {
        let mut invalid = Vec::new();
        if self.form.account_id.trim().is_empty() {
            invalid.push(InvalidField::new("account_id", "it is empty"));
        }
        self.recipients.check(&mut invalid);
        if let Some(options) = &self.form.linkedin {
            linkedin::check(options, &mut invalid);
        }
        self.check_provider(&mut invalid);
        invalid.extend(self.empty());
        invalid
    }

    /// Adds what does not go with the provider of the recipients, where that is known.
    fn check_provider(&self, invalid: &mut Vec<InvalidField>) {
        let mut refuse = |field: &'static str, why| invalid.push(InvalidField::new(field, why));
        let topic = matches!(&self.form.linkedin, Some(LinkedinOptions::Classic(options)) if options.topic.is_some());
        if self.recipients.has_company() && !topic {
            let why = "a conversation with a company needs a topic, which is an option of LinkedIn classic";
            refuse("linkedin[topic]", why.to_owned());
        }
        for provider in self.recipients.providers() {
            if provider == LINKEDIN {
                continue;
            }
            if self.form.linkedin.is_some() {
                let why =
                    format!("these options are for LinkedIn, but a recipient is on {provider}");
                refuse("linkedin", why);
            }
            let instead =
                |what| format!("{provider} takes no {what} messages: attach the file instead");
            if self.form.voice_message.is_some() && matches!(provider, "Instagram" | "Telegram") {
                refuse("voice_message", instead("voice"));
            }
            if self.form.video_message.is_some() {
                refuse("video_message", instead("video"));
            }
        }
    }
}

/// Shows no ids and no texts.
impl fmt::Debug for StartChat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StartChat")
            .field("recipients", &self.recipients.len())
            .field("attachments", &self.form.attachments.len())
            .field("form_options", &self.form_options)
            .field("call_options", &self.call_options)
            .finish_non_exhaustive()
    }
}
