//! What the fields of a form are written to.

use std::borrow::Cow;

use crate::error::FormError;
use crate::field::{FieldWriter, check_key};
use crate::form::Form;
use crate::options::FormOptions;
use crate::parts::Parts;

/// What a [`FormBody`](crate::FormBody) writes its fields to.
///
/// What cannot be sent is noted here, and reported by [`finish`](Self::finish), all of it at once.
#[derive(Debug)]
pub struct FormWriter(Parts);

impl FormWriter {
    /// An empty form. For a type that implements [`FormBody`](crate::FormBody), call
    /// [`to_form`](crate::FormBody::to_form) instead.
    pub fn new(options: &FormOptions) -> Self {
        Self(Parts {
            options: options.clone(),
            ..Parts::default()
        })
    }

    /// The place of a field of this name. Nothing is written before a value is put there.
    pub fn field<'f>(&'f mut self, name: &'f str) -> FieldWriter<'f> {
        FieldWriter::new(&mut self.0, Cow::Borrowed(name))
    }

    /// The place of a field whose name the caller supplied, beside the `known` ones that are
    /// declared.
    ///
    /// A name that is empty, contains `[`, `]` or control characters, ends in `\`, reads like a
    /// header's parameter (`x; filename=y`), or is one of `known`, is refused, and what is put there
    /// is not sent.
    pub fn extra<'f>(&'f mut self, name: &'f str, known: &[&str]) -> FieldWriter<'f> {
        let mut field = self.field(name);
        if let Err(reason) = check_key(name, known) {
            field.reject(reason);
            field.muted = true;
        }
        field
    }

    /// The finished form.
    ///
    /// # Errors
    ///
    /// Everything that was refused; else a boundary that is malformed or occurs in the content, or
    /// a form longer than 2^64 bytes.
    pub fn finish(self) -> Result<Form, FormError> {
        if self.0.refused.is_empty() {
            Form::new(self.0.accepted, self.0.options)
        } else {
            Err(FormError::of(self.0.refused))
        }
    }
}
