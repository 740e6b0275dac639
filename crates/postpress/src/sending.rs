//! What starting a chat and sending a message have in common: files, limits, retries.

use std::fmt;

use postpress_client::multipart::{ArrayNames, FormOptions};

use crate::{
    error::InvalidField,
    runner::Overrides,
    upload::{self, Files, Hook, Progress},
};

/// How a message is to be sent.
#[derive(Clone, Default)]
pub(crate) struct Sending {
    pub(crate) overrides: Overrides,
    pub(crate) size_limit: Option<u64>,
    pub(crate) bracketed: bool,
    pub(crate) progress: Option<Hook>,
}

/// What was found out about a message that can be sent.
pub(crate) struct Ready {
    /// The length of the body in bytes.
    pub(crate) body: Option<u64>,
    /// All of it can be sent a second time.
    pub(crate) replayable: bool,
    progress: Option<Progress>,
}

impl Sending {
    /// Looks at the files and at the form as a whole, and adds what is wrong to `problems`.
    ///
    /// A stream that can be read only once is borrowed by this and given back unread.
    pub(crate) fn prepare(&self, form: &mut impl Files, problems: &mut Vec<InvalidField>) -> Ready {
        let lengths = upload::inspect(&form.files(), self.size_limit, problems);
        let replayable = form.files().iter().all(|(_, file)| file.is_replayable());
        let mut ready = Ready {
            body: None,
            replayable,
            progress: None,
        };
        if !problems.is_empty() {
            return ready;
        }
        match form.to_form() {
            Ok(whole) => ready.body = Some(whole.content_length()),
            Err(error) => problems.extend(InvalidField::of_form(&error)),
        }
        if let Some(hook) = &self.progress {
            ready.progress = Some(Progress::watch(form.files(), &lengths, hook));
        }
        ready
    }
}

impl Sending {
    /// How the form is made.
    pub(crate) fn form_options(&self) -> FormOptions {
        FormOptions::new().with_array_names(if self.bracketed {
            ArrayNames::TextBrackets
        } else {
            ArrayNames::Plain
        })
    }
}

impl Ready {
    /// Another attempt begins.
    pub(crate) fn attempt(&self) {
        if let Some(progress) = &self.progress {
            progress.restart();
        }
    }
}

impl fmt::Debug for Sending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending")
            .field("overrides", &self.overrides)
            .field("size_limit", &self.size_limit)
            .field("bracketed", &self.bracketed)
            .finish_non_exhaustive()
    }
}

/// The methods that both kinds of message have; `form` and `sending` are fields of the builder.
macro_rules! methods {
    () => {
        /// Attaches what is given: an [`Upload`] of bytes, a reader or a stream, or a `Vec<u8>` or `Path`. Call it again for
        /// another.
        pub fn attach(mut self, file: impl Into<Upload>) -> Self {
            self.form.attachments.push(file.into());
            self
        }

        /// Attaches the file at a path, under its name, with the media type that its extension tells.
        pub fn attach_file(self, path: impl AsRef<std::path::Path>) -> Self {
            self.attach(Upload::path(path))
        }

        /// Attaches several.
        pub fn attach_all<F: Into<Upload>>(mut self, files: impl IntoIterator<Item = F>) -> Self {
            self.form
                .attachments
                .extend(files.into_iter().map(Into::into));
            self
        }

        /// A voice message, on LinkedIn (which likes `.m4a` best) and WhatsApp (`.mp3` or `.m4a`). On Instagram and Telegram,
        /// attach it instead.
        pub fn voice_message(mut self, file: impl Into<Upload>) -> Self {
            self.form.voice_message = Some(file.into());
            self
        }

        /// A video message, on LinkedIn. On WhatsApp, attach it instead.
        pub fn video_message(mut self, file: impl Into<Upload>) -> Self {
            self.form.video_message = Some(file.into());
            self
        }

        /// Refuses files of more than this many bytes before anything is sent. There is no limit by default, since providers
        /// differ; [`STANDARD_LIMIT`](crate::STANDARD_LIMIT) is the usual one.
        pub fn max_file_size(mut self, bytes: u64) -> Self {
            self.sending.size_limit = Some(bytes);
            self
        }

        /// Calls `hook` as files are sent, with the bytes handed to the connection so far and the total of all files. Another
        /// attempt starts from zero. It takes the place of the hooks of single files, and should be quick.
        pub fn on_progress(mut self, hook: impl Fn(u64, u64) + Send + Sync + 'static) -> Self {
            self.sending.progress = Some(std::sync::Arc::new(hook));
            self
        }

        /// Limits one attempt of this call, upload included.
        pub fn timeout(mut self, limit: Duration) -> Self {
            self.sending.overrides.timeout = Some(limit);
            self
        }

        /// Limits this call with all its attempts and pauses.
        pub fn deadline(mut self, limit: Duration) -> Self {
            self.sending.overrides.deadline = Some(limit);
            self
        }

        /// Repeats this call by this policy. A message is never sent twice by any.
        pub fn retry(mut self, policy: RetryPolicy) -> Self {
            self.sending.overrides.retry = Some(policy);
            self
        }
    };
}
pub(crate) use methods;
