//! The parts of a form that is being written, and what was refused.

use bytes::Bytes;

use crate::disposition;
use crate::error::{Reason, Refusal};
use crate::media_type;
use crate::options::FormOptions;
use crate::part::{Content, Part};
use crate::source::Source;
use crate::upload::Upload;

/// What has been written of a form so far.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) accepted: Vec<Part>,
    pub(crate) refused: Vec<Refusal>,
    pub(crate) options: FormOptions,
}

impl Parts {
    pub(crate) fn refuse(&mut self, name: impl Into<String>, reason: Reason) {
        self.refused.push(Refusal::at(name, reason));
    }

    pub(crate) fn push_text(&mut self, name: String, value: Bytes, content_type: Option<&str>) {
        if let Some(content_type) = content_type
            && !media_type::is_concrete(content_type)
        {
            let reason = Reason::MediaTypeMalformed(content_type.to_owned());
            return self.refuse(name, reason);
        }
        self.push(Part {
            length: value.len() as u64,
            content: Content::Memory(value),
            media_type: content_type.map(str::to_owned),
            file_name: None,
            progress: None,
            name,
        });
    }

    pub(crate) fn push_upload(
        &mut self,
        name: String,
        upload: &Upload,
        accept: Option<&'static str>,
    ) {
        match self.upload_part(&name, upload, accept) {
            Ok(part) => self.push(part),
            Err(reason) => self.refuse(name, reason),
        }
    }

    fn upload_part(
        &self,
        name: &str,
        upload: &Upload,
        accept: Option<&'static str>,
    ) -> Result<Part, Reason> {
        let given = upload.file_name();
        let media_type = media_type::choose(upload.media_type(), given.as_deref(), accept)?;
        let file_name = match &given {
            Some(given) => given.to_string(),
            None => media_type::default_file_name(&media_type),
        };
        if file_name.is_empty() {
            return Err(Reason::FileNameEmpty);
        }
        if !disposition::is_safe(&file_name) {
            return Err(Reason::FileNameUnsafe(file_name));
        }
        let (length, content) = match &upload.source {
            Source::Bytes(bytes) => (bytes.len() as u64, Content::Memory(bytes.clone())),
            #[cfg(not(target_family = "wasm"))]
            Source::Path(path) => (crate::file::length(path)?, Content::File(path.clone())),
            Source::Once { length, slot } => (*length, Content::Once(slot.borrow(&file_name)?)),
            Source::Replay { length, make } => (*length, Content::Replay(make.clone())),
        };
        if let Some(limit) = self.options.max_file_length.filter(|limit| length > *limit) {
            let file = given.map_or_else(|| "a file".to_owned(), |name| format!("{name:?}"));
            return Err(Reason::FileTooLong {
                file,
                length,
                limit,
            });
        }
        Ok(Part {
            name: name.to_owned(),
            length,
            content,
            media_type: Some(media_type),
            file_name: Some(file_name),
            progress: upload.progress.clone(),
        })
    }

    fn push(&mut self, part: Part) {
        if disposition::is_safe(&part.name) && !disposition::has_parameter(&part.name) {
            self.accepted.push(part);
        } else {
            let reason = Reason::NameUnsafe(part.name.clone());
            self.refuse(part.name, reason);
        }
    }
}
