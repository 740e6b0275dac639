//! A form that is ready to be sent.

use std::fmt;

use crate::boundary::Boundary;
use crate::error::{FormError, Reason, Refusal};
use crate::options::{FormOptions, Progress};
use crate::part::{Content, Part};
use crate::stream::FormStream;

/// A form that is ready to be sent: everything in it has been checked, and its length is known.
pub struct Form {
    boundary: Boundary,
    parts: Vec<Part>,
    content_length: u64,
    progress: Option<Progress>,
}

impl Form {
    pub(crate) fn new(parts: Vec<Part>, options: FormOptions) -> Result<Self, FormError> {
        let boundary = match options.boundary {
            Some(given) => unused_boundary(&given, &parts)?,
            None => Boundary::random()?,
        };
        Ok(Self {
            content_length: content_length(&boundary, &parts)
                .ok_or_else(|| FormError::new(Reason::TooLong))?,
            boundary,
            parts,
            progress: options.progress,
        })
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

    /// The parts that are files, nested ones among them.
    pub fn uploads(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|part| part.is_file())
    }

    /// Whether the same form can be built and sent again: no part of it can be read only once.
    pub fn is_replayable(&self) -> bool {
        self.parts.iter().all(Part::is_replayable)
    }

    /// The body as a stream of chunks (also an [`http_body::Body`] with the exact size) for any
    /// HTTP client.
    ///
    /// Files are read on Tokio's blocking threads, so a form with a path needs a Tokio runtime.
    pub fn into_stream(self) -> FormStream {
        FormStream::new(
            &self.boundary,
            self.content_length,
            self.parts,
            self.progress,
        )
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
}

/// The boundary that the caller gave, if it occurs in no header and in no value in memory. Files
/// and streams are not searched.
fn unused_boundary(given: &str, parts: &[Part]) -> Result<Boundary, FormError> {
    let boundary = Boundary::parse(given)?;
    let is_in = |part: &&Part| {
        let in_content = match &part.content {
            Content::Memory(bytes) => boundary.occurs_in(bytes),
            _ => false,
        };
        in_content || boundary.occurs_in(part.head().as_bytes())
    };
    let taken = parts.iter().filter(is_in);
    let refusals: Vec<_> = taken
        .map(|part| Refusal::at(&part.name, Reason::BoundaryTaken(given.to_owned())))
        .collect();
    if refusals.is_empty() {
        Ok(boundary)
    } else {
        Err(FormError::of(refusals))
    }
}

/// The length of the body, unless it is beyond 64 bits: `--boundary` CRLF, the head, the content and
/// CRLF for each part, and `--boundary--` CRLF at the end.
fn content_length(boundary: &Boundary, parts: &[Part]) -> Option<u64> {
    let delimiter = boundary.as_str().len() as u64 + 6;
    parts.iter().try_fold(delimiter, |sum, part| {
        sum.checked_add(delimiter)?
            .checked_add(part.head().len() as u64)?
            .checked_add(part.length)
    })
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
