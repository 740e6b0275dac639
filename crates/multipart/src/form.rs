//! A finished form.

use std::fmt;

use crate::body::FormStream;
use crate::boundary::Boundary;
use crate::disposition;
use crate::error::{FormError, Reason};
use crate::upload::Progress;
use crate::writer::{Content, FormWriter};

/// A body that can be sent as `multipart/form-data`.
///
/// ```
/// use postpress_multipart::{FormBody, FormError, FormWriter};
///
/// struct Note {
///     text: String,
/// }
///
/// impl FormBody for Note {
///     fn write(&self, form: &mut FormWriter) -> Result<(), FormError> {
///         form.field("text").put(&self.text)
///     }
/// }
///
/// let form = Note { text: "Hello".to_owned() }.to_form()?;
/// assert_eq!(form.parts()[0].text(), Some("Hello"));
/// # Ok::<(), FormError>(())
/// ```
pub trait FormBody {
    /// Writes the fields, in the order in which they are to be sent.
    ///
    /// # Errors
    ///
    /// A value that cannot be sent.
    fn write(&self, form: &mut FormWriter) -> Result<(), FormError>;

    /// A form of what is in it now, with a random boundary. Make another for a second attempt.
    ///
    /// Files are looked at, but not read: this does a few system calls for each, which block.
    ///
    /// # Errors
    ///
    /// A value, file, media type or name that cannot be sent; the error says which.
    fn to_form(&self) -> Result<Form, FormError> {
        self.to_form_with(&FormOptions::new())
    }

    /// Like [`to_form`](Self::to_form), with a boundary of your own, for reproducible output.
    ///
    /// # Errors
    ///
    /// Also a boundary that is malformed, or that occurs in the content.
    fn to_form_with_boundary(&self, boundary: &str) -> Result<Form, FormError> {
        self.to_form_with(&FormOptions::new().boundary(boundary))
    }

    /// Like [`to_form`](Self::to_form), with options.
    ///
    /// # Errors
    ///
    /// What the other two say.
    fn to_form_with(&self, options: &FormOptions) -> Result<Form, FormError> {
        let mut form = FormWriter {
            array_names: options.array_names,
            ..FormWriter::default()
        };
        self.write(&mut form)?;
        form.finish(options)
    }
}

impl<T: FormBody + ?Sized> FormBody for &T {
    fn write(&self, form: &mut FormWriter) -> Result<(), FormError> {
        T::write(self, form)
    }
}

impl<T: FormBody + ?Sized> FormBody for Box<T> {
    fn write(&self, form: &mut FormWriter) -> Result<(), FormError> {
        T::write(self, form)
    }
}

/// How a form is to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormOptions {
    boundary: Option<String>,
    array_names: ArrayNames,
}

impl FormOptions {
    /// A random boundary and plain names.
    pub fn new() -> Self {
        Self::default()
    }

    /// Uses this boundary: 1 to 70 ASCII letters, digits or any of `'+_.-`.
    #[must_use]
    pub fn boundary(mut self, boundary: impl Into<String>) -> Self {
        self.boundary = Some(boundary.into());
        self
    }

    /// How the members of an array are named.
    #[must_use]
    pub fn array_names(mut self, array_names: ArrayNames) -> Self {
        self.array_names = array_names;
        self
    }
}

/// How the members of an array are named, where they repeat its name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ArrayNames {
    /// `ids`, as OpenAPI has it.
    #[default]
    Plain,
    /// `ids[]` for texts, but `files` for files: some servers look for files under the exact name.
    TextBrackets,
    /// `ids[]` and `files[]`.
    Brackets,
}

/// A finished form: everything in it has been checked, and its length is known.
pub struct Form {
    boundary: Boundary,
    parts: Vec<Part>,
    content_length: u64,
}

/// A part of a [`Form`].
pub struct Part {
    pub(crate) name: String,
    pub(crate) file_name: Option<String>,
    pub(crate) media_type: Option<String>,
    pub(crate) length: u64,
    pub(crate) content: Content,
    pub(crate) progress: Option<Progress>,
}

impl Form {
    pub(crate) fn new(parts: Vec<Part>, options: &FormOptions) -> Result<Self, FormError> {
        let form = Self {
            boundary: Boundary::random()?,
            content_length: 0,
            parts,
        };
        match &options.boundary {
            Some(boundary) => form.with_boundary(boundary),
            None => form.measured(),
        }
    }

    /// The same form with a boundary of your own: 1 to 70 ASCII letters, digits or any of `'+_.-`.
    ///
    /// # Errors
    ///
    /// A boundary that is malformed, or that occurs in a name or in a value in memory. Files and
    /// streams are not searched.
    pub fn with_boundary(mut self, boundary: &str) -> Result<Self, FormError> {
        self.boundary = Boundary::parse(boundary)?;
        for part in &self.parts {
            let in_content = match &part.content {
                Content::Memory(bytes) => self.boundary.occurs_in(bytes),
                _ => false,
            };
            if in_content || self.boundary.occurs_in(part.head().as_bytes()) {
                let reason = Reason::BoundaryTaken(boundary.to_owned());
                return Err(FormError::at(&part.name, reason));
            }
        }
        self.measured()
    }

    /// The value of `Content-Type`.
    pub fn content_type(&self) -> String {
        format!("multipart/form-data; boundary={}", self.boundary)
    }

    /// The exact length of the body in bytes.
    pub fn content_length(&self) -> u64 {
        self.content_length
    }

    /// The boundary, without its dashes.
    pub fn boundary(&self) -> &str {
        self.boundary.as_str()
    }

    /// The parts, in the order in which they are sent.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The body as a stream of chunks (also an [`http_body::Body`] with the exact size) for any
    /// HTTP client.
    ///
    /// Files are read on Tokio's blocking threads, so a form with a path needs a Tokio runtime.
    pub fn into_stream(self) -> FormStream {
        FormStream::new(&self.boundary, self.content_length, self.parts)
    }

    /// The body for `reqwest`, which knows its exact length.
    #[cfg(not(target_family = "wasm"))]
    pub fn into_body(self) -> reqwest::Body {
        reqwest::Body::wrap(self.into_stream())
    }

    /// Puts the form on a request, with `Content-Type` and `Content-Length`.
    ///
    /// ```
    /// # use postpress_multipart::Form;
    /// # async fn send(form: Form) -> Result<(), reqwest::Error> {
    /// let request = reqwest::Client::new().post("https://example.com/upload");
    /// let response = form.apply(request).send().await?;
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(not(target_family = "wasm"))]
    pub fn apply(self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        request
            .header(reqwest::header::CONTENT_TYPE, self.content_type())
            .header(reqwest::header::CONTENT_LENGTH, self.content_length())
            .body(self.into_body())
    }

    fn measured(mut self) -> Result<Self, FormError> {
        // `--boundary` CRLF, the head, the content, CRLF; and at the end `--boundary--` CRLF.
        let boundary = self.boundary.as_str().len() as u64;
        let length = self.parts.iter().try_fold(boundary + 6, |sum, part| {
            (sum + boundary + 6)
                .checked_add(part.head().len() as u64)?
                .checked_add(part.length)
        });
        self.content_length = length.ok_or_else(|| FormError::new(Reason::TooLong))?;
        Ok(self)
    }
}

/// Shows what would be sent, without the values, which may be private.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Form")
            .field("content_type", &self.content_type())
            .field("content_length", &self.content_length)
            .field("parts", &self.parts)
            .finish()
    }
}

impl Part {
    /// The name of the field, in bracket notation.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name under which a file is sent; `None` for texts and JSON.
    pub fn file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// The `Content-Type` of the part; `None` for texts.
    pub fn media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }

    /// The length of the content in bytes.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The value of a text or JSON part; `None` for files.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Memory(bytes) if self.file_name.is_none() => std::str::from_utf8(bytes).ok(),
            _ => None,
        }
    }

    pub(crate) fn is_plain_text(&self) -> bool {
        self.file_name.is_none() && self.media_type.is_none()
    }

    pub(crate) fn head(&self) -> String {
        disposition::head(
            &self.name,
            self.file_name.as_deref(),
            self.media_type.as_deref(),
        )
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("name", &self.name)
            .field("file_name", &self.file_name)
            .field("media_type", &self.media_type)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}
