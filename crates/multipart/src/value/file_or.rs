//! A part that is a file or something else.

use serde::Serialize;

use crate::field::FieldWriter;
use crate::upload::Upload;
use crate::value::FormValue;

/// A file, or a value that is no file: OpenAPI's `oneOf` of the two.
///
/// A file is a file part. A value is written as [`FieldWriter::text_or_json`] does it: a scalar as text, an object as JSON.
///
/// ```
/// use postpress_multipart::{FileOr, FormBody, FormWriter, Upload};
/// use serde_json::{Value, json};
///
/// struct Message {
///     pictures: Vec<FileOr<Value>>,
/// }
///
/// impl FormBody for Message {
///     fn write(&self, form: &mut FormWriter) {
///         form.field("picture").with_accept("image/*").put(&self.pictures);
///     }
/// }
///
/// let file = Upload::bytes("...").with_file_name("a.png");
/// let message = Message { pictures: vec![file.into(), FileOr::Value(json!({"id": 7}))] };
/// let form = message.to_form()?;
/// let types: Vec<_> = form.parts().iter().map(|part| (part.name(), part.media_type())).collect();
/// assert_eq!(types, [("picture", Some("image/png")), ("picture", Some("application/json"))]);
/// # Ok::<(), postpress_multipart::FormError>(())
/// ```
#[derive(Clone, Debug)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(untagged))]
pub enum FileOr<T> {
    /// A file.
    File(Upload),
    /// What is no file.
    Value(T),
}

impl<T> From<Upload> for FileOr<T> {
    fn from(file: Upload) -> Self {
        Self::File(file)
    }
}

impl<T: Serialize> FormValue for FileOr<T> {
    const REPEATS: bool = true;

    fn write(&self, field: FieldWriter<'_>) {
        match self {
            Self::File(file) => field.upload(file),
            Self::Value(value) => field.text_or_json(value),
        }
    }
}
