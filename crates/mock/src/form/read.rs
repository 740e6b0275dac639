//! Reads a form, part by part.

use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;
use multer::Multipart;
use sha2::{Digest as _, Sha256};

use super::RequestBody;
use super::body::BodyError;
use crate::record::Part;

/// The most characters in one text. The pages have an error for longer ones, but no number; this is the limit of the
/// most generous of the providers.
const LONGEST_TEXT: usize = 65_536;

/// The most bytes of all texts of a request together, the names and file names of its parts included.
const MOST_TEXT: u64 = 1024 * 1024;

/// The most bytes of the boundaries and headers of parts.
const OVERHEAD: u64 = 1024 * 1024;

/// The most parts of a form.
const MOST_PARTS: usize = 1000;

/// Why a form was not read to its end.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum FormError {
    /// The `Content-Type` is this.
    NotAForm(String),
    /// The body is not what its `Content-Type` says.
    Malformed(String),
    /// There are too many bytes or parts: the field with which the limit is exceeded, and the limit.
    TooLarge(String),
    /// A text has more characters than any text may have.
    TooLong(String),
    /// The client went away, or stopped sending: there is nobody to respond to.
    BrokenOff,
}

/// Reads the parts of a form into `parts`, with files of no more than `most` bytes together.
///
/// `declared` is the length that the request gives for the whole body.
pub(crate) async fn read(
    content_type: Option<&str>,
    declared: Option<u64>,
    body: &mut RequestBody,
    most: u64,
    parts: &mut Vec<Part>,
) -> Result<(), FormError> {
    let boundary = boundary(content_type)?;
    let progress = body.progress();
    let mut budget = Budget {
        most,
        files: 0,
        texts: 0,
        declared_too_large: declared.filter(|length| *length > most + MOST_TEXT + OVERHEAD),
    };
    let mut form = Multipart::new(&mut *body, boundary);
    loop {
        progress.made();
        let Some(mut field) = form.next_field().await? else {
            break;
        };
        let Some(name) = field.name().map(str::to_owned) else {
            return Err(FormError::Malformed("a part has no name".to_owned()));
        };
        if parts.len() == MOST_PARTS {
            let message = format!("{name} is one part more than {MOST_PARTS}");
            return Err(FormError::TooLarge(message));
        }
        let file_name = field.file_name().map(str::to_owned);
        let media_type = field.content_type().map(ToString::to_string);
        let names = name.len() + file_name.as_ref().map_or(0, String::len);
        budget.text(&name, names)?;
        if file_name.is_some() {
            budget.file(&name, 0)?;
        }
        let mut hash = Sha256::new();
        let mut size = 0;
        let mut text = Vec::new();
        let mut characters = 0;
        loop {
            progress.made();
            let Some(chunk) = field.chunk().await? else {
                break;
            };
            size += chunk.len() as u64;
            hash.update(&chunk);
            if file_name.is_some() {
                budget.file(&name, chunk.len())?;
                continue;
            }
            budget.text(&name, chunk.len())?;
            // Every byte that does not continue a character begins one.
            characters += chunk.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
            if characters > LONGEST_TEXT {
                let message = format!("{name} must have at most {LONGEST_TEXT} characters");
                return Err(FormError::TooLong(message));
            }
            text.extend_from_slice(&chunk);
        }
        parts.push(Part {
            text: match file_name {
                Some(_) => None,
                None => String::from_utf8(text).ok(),
            },
            name,
            file_name,
            media_type,
            size,
            sha256: hash.finalize().into(),
        });
    }
    drop(form);
    // What follows the last boundary means nothing. It is read so that the connection can be used again.
    loop {
        progress.made();
        match poll_fn(|cx| Pin::new(&mut *body).poll_next(cx)).await {
            None => return Ok(()),
            Some(Ok(_)) if body.taken() <= most + MOST_TEXT + OVERHEAD => {}
            Some(Ok(_)) => {
                return Err(FormError::Malformed("it goes on after its end".to_owned()));
            }
            Some(Err(_)) => return Err(FormError::BrokenOff),
        }
    }
}

fn boundary(content_type: Option<&str>) -> Result<String, FormError> {
    let found = multer::parse_boundary(content_type.unwrap_or_default());
    found.map_err(|error| match (error, content_type) {
        (multer::Error::NoBoundary, _) => {
            FormError::Malformed("Content-Type has no boundary".to_owned())
        }
        (_, None | Some("")) => FormError::NotAForm("absent".to_owned()),
        (_, Some(other)) => FormError::NotAForm(format!("`{other}`")),
    })
}

/// How much has come, and how much may.
struct Budget {
    /// The most bytes of files.
    most: u64,
    files: u64,
    texts: u64,
    /// The declared length of the body, where it says that the files are too large.
    declared_too_large: Option<u64>,
}

impl Budget {
    fn file(&mut self, name: &str, length: usize) -> Result<(), FormError> {
        self.files += length as u64;
        let most = self.most;
        Err(FormError::TooLarge(match self.declared_too_large {
            Some(length) => format!(
                "{name} is too large: the request has {length} bytes, and its files may have {most}"
            ),
            None if self.files > most => {
                format!("{name} is too large: files may have {most} bytes together")
            }
            None => return Ok(()),
        }))
    }

    fn text(&mut self, name: &str, length: usize) -> Result<(), FormError> {
        self.texts += length as u64;
        if self.texts <= MOST_TEXT {
            return Ok(());
        }
        let name: String = name.chars().take(100).collect();
        Err(FormError::TooLarge(format!(
            "{name} is too large: texts may have {MOST_TEXT} bytes together"
        )))
    }
}

impl From<multer::Error> for FormError {
    fn from(error: multer::Error) -> FormError {
        match &error {
            multer::Error::StreamReadFailed(cause) => match cause.downcast_ref() {
                Some(BodyError::EndlessHeaders) => FormError::Malformed(cause.to_string()),
                _ => FormError::BrokenOff,
            },
            _ => FormError::Malformed(error.to_string()),
        }
    }
}
