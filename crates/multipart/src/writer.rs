//! Collects the parts of a form.

use std::borrow::Cow;

use bytes::Bytes;

use crate::disposition;
use crate::error::{FormError, Reason};
use crate::field::{Field, check_key};
use crate::form::{ArrayNames, Form, FormOptions, Part};
use crate::media_type;
use crate::source::Source;
use crate::upload::Upload;

/// What a [`FormBody`](crate::FormBody) writes its fields to.
#[derive(Debug, Default)]
pub struct FormWriter {
    pub(crate) parts: Vec<Part>,
    pub(crate) array_names: ArrayNames,
}

/// What a part carries.
pub(crate) enum Content {
    Memory(Bytes),
    #[cfg(not(target_family = "wasm"))]
    File(std::path::PathBuf),
    Once(crate::source::Loan),
    Replay(crate::source::MakeStream),
}

impl FormWriter {
    /// An empty form. Types that implement [`FormBody`](crate::FormBody) rather have
    /// [`to_form`](crate::FormBody::to_form).
    pub fn new() -> Self {
        Self::default()
    }

    /// The place of a field of this name. Nothing is written before a value is put there.
    pub fn field<'f>(&'f mut self, name: &'f str) -> Field<'f> {
        Field::new(self, Cow::Borrowed(name))
    }

    /// The place of a field whose name the caller supplied, beside the `known` ones that are
    /// declared.
    ///
    /// # Errors
    ///
    /// A name that is empty, contains `[`, `]` or control characters, ends in `\`, reads like a
    /// header's parameter (`x; filename=y`), or is one of `known`.
    pub fn extra<'f>(&'f mut self, key: &'f str, known: &[&str]) -> Result<Field<'f>, FormError> {
        check_key(key, known).map_err(|reason| FormError::at(key, reason))?;
        Ok(self.field(key))
    }

    /// The finished form.
    ///
    /// # Errors
    ///
    /// A boundary that is malformed or occurs in the content; a form longer than 2^64 bytes.
    pub fn finish(self, options: &FormOptions) -> Result<Form, FormError> {
        Form::new(self.parts, options)
    }

    pub(crate) fn push_text(
        &mut self,
        name: String,
        value: Bytes,
        content_type: Option<&str>,
    ) -> Result<(), FormError> {
        if let Some(content_type) = content_type
            && !media_type::is_concrete(content_type)
        {
            let reason = Reason::MediaTypeMalformed(content_type.to_owned());
            return Err(FormError::at(name, reason));
        }
        self.push(Part {
            length: value.len() as u64,
            content: Content::Memory(value),
            media_type: content_type.map(str::to_owned),
            file_name: None,
            progress: None,
            name,
        })
    }

    pub(crate) fn push_upload(
        &mut self,
        name: String,
        upload: &Upload,
        accept: Option<&'static str>,
    ) -> Result<(), FormError> {
        let at = |reason| FormError::at(name.as_str(), reason);
        let given = upload.get_file_name();
        let media_type = media_type::choose(upload.media_type.as_deref(), given.as_deref(), accept)
            .map_err(at)?;
        let file_name = match given {
            Some(given) => given.into_owned(),
            None => media_type::default_file_name(&media_type),
        };
        if file_name.is_empty() {
            return Err(at(Reason::FileNameEmpty));
        }
        if !disposition::is_safe(&file_name) {
            return Err(at(Reason::FileNameUnsafe(file_name)));
        }
        let (length, content) = match &upload.source {
            Source::Bytes(bytes) => (bytes.len() as u64, Content::Memory(bytes.clone())),
            #[cfg(not(target_family = "wasm"))]
            Source::Path(path) => (
                crate::file::length(path).map_err(at)?,
                Content::File(path.clone()),
            ),
            Source::Once { length, slot } => {
                (*length, Content::Once(slot.borrow(&file_name).map_err(at)?))
            }
            Source::Replay { length, make } => (*length, Content::Replay(make.clone())),
        };
        self.push(Part {
            length,
            content,
            media_type: Some(media_type),
            file_name: Some(file_name),
            progress: upload.progress.clone(),
            name,
        })
    }

    fn push(&mut self, part: Part) -> Result<(), FormError> {
        if !disposition::is_safe(&part.name) || disposition::has_parameter(&part.name) {
            let reason = Reason::NameUnsafe(part.name.clone());
            return Err(FormError::at(part.name, reason));
        }
        self.parts.push(part);
        Ok(())
    }
}
