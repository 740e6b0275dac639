//! What starting a chat and sending a message have in common: files, and how they are sent.

/// The usual limit for a file, in bytes: 15 MB. From the page "Send Messages".
pub const STANDARD_LIMIT: u64 = 15_000_000;

/// The methods of a builder that set the files of its field `form`, and its field `form_options`.
macro_rules! message_option_methods {
    () => {
        /// Attaches a file: an [`Upload`] of bytes, a path, a reader or a stream, or a `Vec<u8>` or `Path`. Further calls attach
        /// more.
        pub fn attach(mut self, file: impl Into<Upload>) -> Self {
            self.form.attachments.push(file.into());
            self
        }

        /// Attaches the file at a path, under its name and with the media type that its extension stands for.
        pub fn attach_file(self, path: impl AsRef<std::path::Path>) -> Self {
            self.attach(Upload::path(path))
        }

        /// Attaches several files, or that of an `Option`.
        pub fn attach_all<F: Into<Upload>>(mut self, files: impl IntoIterator<Item = F>) -> Self {
            let files = files.into_iter().map(Into::into);
            self.form.attachments.extend(files);
            self
        }

        crate::setters::setters! {
            /// Adds a voice message, on LinkedIn (preferably `.m4a`) and WhatsApp (`.mp3` or `.m4a`). On Instagram and Telegram, attach
            /// the file instead.
            voice_message, maybe_voice_message(file: impl Into<Upload>) => form.voice_message;

            /// Adds a video message, on LinkedIn. On WhatsApp, attach the file instead.
            video_message, maybe_video_message(file: impl Into<Upload>) => form.video_message;
        }

        /// Refuses files of more than this many bytes before anything is sent. There is no limit by default, since providers
        /// differ; the usual one is [`STANDARD_LIMIT`](crate::STANDARD_LIMIT).
        pub fn max_file_size(mut self, bytes: u64) -> Self {
            self.form_options = self.form_options.with_max_file_length(bytes);
            self
        }

        /// Calls `hook` as files are sent, with the bytes of all files that were handed to the connection so far, and their total.
        /// Another attempt starts from zero. The hook should be quick: sending waits for it.
        pub fn on_progress(mut self, hook: impl Fn(u64, u64) + Send + Sync + 'static) -> Self {
            self.form_options = self.form_options.on_progress(hook);
            self
        }

        /// What is wrong with a message that says nothing.
        fn empty(&self) -> Option<InvalidField> {
            let form = &self.form;
            let is_empty = form.text.as_ref().is_none_or(|text| text.trim().is_empty())
                && form.attachments.is_empty()
                && form.voice_message.is_none()
                && form.video_message.is_none();
            let why =
                "the message is empty: give a text, an attachment, a voice or a video message";
            is_empty.then(|| InvalidField::new("text", why))
        }
    };
}
pub(crate) use message_option_methods;
