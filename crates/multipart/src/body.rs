//! The trait of types that can be sent as a whole form.

use crate::error::FormError;
use crate::form::Form;
use crate::options::FormOptions;
use crate::writer::FormWriter;

/// A body that can be sent as `multipart/form-data`.
///
/// ```
/// use postpress_multipart::{FormBody, FormWriter};
///
/// struct Note {
///     text: String,
/// }
///
/// impl FormBody for Note {
///     fn write(&self, form: &mut FormWriter) {
///         form.field("text").put(&self.text);
///     }
/// }
///
/// let form = Note { text: "Hello".to_owned() }.to_form()?;
/// assert_eq!(form.parts()[0].text(), Some("Hello"));
/// # Ok::<(), postpress_multipart::FormError>(())
/// ```
pub trait FormBody {
    /// Writes the fields, in the order in which they are to be sent. The writer notes what cannot
    /// be sent, and goes on.
    fn write(&self, form: &mut FormWriter);

    /// Builds a form of the present values, with a random boundary. Build another for a second
    /// attempt.
    ///
    /// Files are opened and measured, but not read: this takes a few system calls for each, which
    /// block.
    ///
    /// # Errors
    ///
    /// All values, files, media types and names that cannot be sent, each with its field.
    fn to_form(&self) -> Result<Form, FormError> {
        self.to_form_with(&FormOptions::new())
    }

    /// Like [`to_form`](Self::to_form), with a boundary of your own, for reproducible output.
    ///
    /// # Errors
    ///
    /// Those of [`to_form`](Self::to_form); also a boundary that is malformed, or that occurs in
    /// the content.
    fn to_form_with_boundary(&self, boundary: &str) -> Result<Form, FormError> {
        self.to_form_with(&FormOptions::new().with_boundary(boundary))
    }

    /// Like [`to_form`](Self::to_form), with options.
    ///
    /// # Errors
    ///
    /// Those of [`to_form`](Self::to_form); also a boundary that is malformed, or that occurs in
    /// the content, and files that are longer than the options allow.
    fn to_form_with(&self, options: &FormOptions) -> Result<Form, FormError> {
        let mut form = FormWriter::new(options);
        self.write(&mut form);
        form.finish()
    }
}
