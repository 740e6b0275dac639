//! What starting a chat and sending a message have in common: files, limits, retries.

use postpress_client::{
    Client,
    multipart::{FormBody, Upload},
};

use crate::{client::Postpress, error::InvalidField, runner::Overrides, upload};

/// How a message is to be sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sending {
    pub(crate) overrides: Overrides,
    pub(crate) size_limit: Option<u64>,
    pub(crate) bracketed: bool,
}

/// What the files of a message allow.
pub(crate) struct Uploads {
    /// All of them can be sent a second time.
    pub(crate) replayable: bool,
}

impl Sending {
    pub(crate) fn check(
        &self,
        attachments: &[Upload],
        voice: &Option<Upload>,
        video: &Option<Upload>,
        problems: &mut Vec<InvalidField>,
    ) -> Uploads {
        let mut replayable = true;
        let lists: [(&'static str, Vec<&Upload>); 3] = [
            ("attachments", attachments.iter().collect()),
            ("voice_message", voice.iter().collect()),
            ("video_message", video.iter().collect()),
        ];
        for (field, files) in &lists {
            upload::check_size(field, files, self.size_limit, problems);
            replayable &= files.iter().all(|file| file.is_replayable());
        }
        Uploads { replayable }
    }
}

impl Postpress {
    pub(crate) fn client_for(&self, sending: &Sending) -> &Client {
        if sending.bracketed {
            &self.shared.bracketed
        } else {
            &self.shared.client
        }
    }
}

/// How long a form's body will be; `None` if it cannot be made, which the attempt will say.
///
/// A stream that can be read only once is borrowed by this and given back unread.
pub(crate) fn body_length(form: &impl FormBody) -> Option<u64> {
    form.to_form().ok().map(|form| form.content_length())
}

/// The methods that both kinds of message have; `form` and `sending` are fields of the builder.
macro_rules! methods {
    () => {
        /// Attaches a file: a path, or an [`Upload`] of bytes, a reader or a stream. Call it again for another.
        pub fn attach(mut self, file: impl Into<Upload>) -> Self {
            self.form.attachments.push(file.into());
            self
        }

        /// Attaches several files.
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

        /// Spells `attendees_ids[]` where the default is `attendees_ids`: one page of the documentation shows it so.
        pub fn bracketed_arrays(mut self) -> Self {
            self.sending.bracketed = true;
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
