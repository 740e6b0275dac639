//! The content of a message, whether it starts a chat or goes into one.

use std::path::PathBuf;

use clap::Args;

use super::connection::Connection;
use crate::{
    failure::Failure,
    file::{self, File},
    text,
};

/// The content of a message.
#[derive(Clone, Debug, Args)]
pub(crate) struct Sending {
    /// What the message says; `-` reads it from standard input
    pub(crate) text: Option<String>,

    /// Reads what the message says from a file, or from standard input (`-`)
    #[arg(short = 'f', long, value_name = "FILE", conflicts_with = "text")]
    pub(crate) text_file: Option<PathBuf>,

    /// Attaches a file; can be given several times
    ///
    /// A path, or `-` for standard input. `;name=NAME` and `;type=MEDIA/TYPE` after it set what the file is called and what
    /// it is: `-;name=table.csv`. Standard input is read into memory, so that it can be sent a second time if need be.
    #[arg(short = 'F', long = "attach", value_name = "FILE", allow_hyphen_values = true, value_parser = file::parse)]
    pub(crate) attachments: Vec<File>,

    /// A voice message, on LinkedIn (best as .m4a) and WhatsApp (.mp3 or .m4a); elsewhere use --attach
    #[arg(long, value_name = "FILE", allow_hyphen_values = true, value_parser = file::parse)]
    pub(crate) voice: Option<File>,

    /// A video message, on LinkedIn; elsewhere use --attach
    #[arg(long, value_name = "FILE", allow_hyphen_values = true, value_parser = file::parse)]
    pub(crate) video: Option<File>,

    /// Refuses files that are larger, before anything is sent; 15MB is what providers usually allow
    #[arg(long, value_name = "SIZE", value_parser = file::size)]
    pub(crate) max_file_size: Option<u64>,
}

impl Sending {
    /// What the message says, from wherever it is to be read.
    ///
    /// # Errors
    /// When there is neither a text nor a file, or the text cannot be read.
    pub(crate) async fn text(&self) -> Result<Option<String>, Failure> {
        let text = text::given(self.text.as_deref(), self.text_file.as_deref()).await?;
        let says_nothing = text.as_deref().is_none_or(|text| text.trim().is_empty());
        let has_file = !self.attachments.is_empty() || self.voice.is_some() || self.video.is_some();
        if says_nothing && !has_file {
            return Err(Failure::usage(
                "there is nothing to send: give a text, `-` to read it from standard input, or a file with --attach, --voice or --video",
            ));
        }
        Ok(text)
    }

    /// The arguments that read standard input.
    pub(crate) fn sources(&self) -> Sources {
        let mut sources = Sources::default();
        sources.add(
            text::reads_stdin(self.text.as_deref(), self.text_file.as_deref()),
            "the text",
        );
        sources.add_files(&self.attachments, "--attach");
        sources.add_files(self.voice.as_slice(), "--voice");
        sources.add_files(self.video.as_slice(), "--video");
        sources
    }
}

/// Gives a request that sends a message its content, from the [`Sending`] of the command line.
macro_rules! with_content {
    ($request:expr, $sending:expr, $uploads:expr) => {{
        let (mut request, sending) = ($request, &$sending);
        if let Some(text) = sending.text().await? {
            request = request.text(text);
        }
        for file in &sending.attachments {
            request = request.attach($uploads.open("attachments", file).await?);
        }
        if let Some(file) = &sending.voice {
            request = request.voice_message($uploads.open("voice_message", file).await?);
        }
        if let Some(file) = &sending.video {
            request = request.video_message($uploads.open("video_message", file).await?);
        }
        if let Some(limit) = sending.max_file_size {
            request = request.max_file_size(limit);
        }
        request
    }};
}
pub(crate) use with_content;

/// The arguments that read standard input, which can be read only once.
#[derive(Default)]
pub(crate) struct Sources(Vec<String>);

impl Sources {
    pub(crate) fn add(&mut self, reads: bool, what: impl Into<String>) {
        if reads {
            self.0.push(what.into());
        }
    }

    pub(crate) fn add_files(&mut self, files: &[File], what: &'static str) {
        files
            .iter()
            .for_each(|file| self.add(file.is_stdin(), what));
    }

    /// Refuses a second one.
    pub(crate) fn check(mut self, connection: &Connection) -> Result<(), Failure> {
        self.add(
            text::reads_stdin(None, connection.api_key_file.as_deref()),
            "--api-key-file",
        );
        match self.0.as_slice() {
            [one, other, ..] => Err(Failure::usage(format!(
                "{one} and {other} both come from standard input, which can be read only once"
            ))),
            [] if text::has_unread_input() => Err(Failure::usage(
                "something is on standard input that nothing reads: `-` as the text sends it, `--attach -` attaches it, and \
                 `< /dev/null` leaves it out",
            )),
            _ => Ok(()),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
