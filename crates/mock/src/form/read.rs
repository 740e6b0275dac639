//! Reads a form part by part.

use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;
use multer::Multipart;
use sha2::{Digest as _, Sha256};

use super::Body;
use super::body::BodyError;
use crate::record::Part;

/// The most characters in one text. The pages have an error for longer ones, but no number; this is the limit of the
/// most generous of the providers.
const LONGEST_TEXT: usize = 65_536;

/// What all texts of a request together may have, in bytes, the names and file names of its parts included.
const MOST_TEXT: u64 = 1024 * 1024;

/// What the boundaries and headers of a request may add to that.
const OVERHEAD: u64 = 1024 * 1024;

const MOST_PARTS: usize = 1000;

/// Why a form was not read to its end.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The `Content-Type` is that of something else.
    NotAForm(String),
    /// It is not what it says that it is.
    Malformed(String),
    /// Too much. Which field it was that made it so, and the limit.
    TooLarge { field: String, message: String },
    /// A text has more characters than any text may have.
    TooLong { field: String, message: String },
    /// The client went away, or stopped sending: there is nobody to answer.
    BrokenOff,
}

/// Reads the parts of a form into `parts`, of files no more than `most` bytes together.
///
/// `declared` is the length that the request gives for the whole body.
pub(crate) async fn read(
    content_type: Option<&str>,
    declared: Option<u64>,
    body: &mut Body,
    most: u64,
    parts: &mut Vec<Part>,
) -> Result<(), Trouble> {
    let content_type = content_type.unwrap_or_default();
    let boundary = multer::parse_boundary(content_type).map_err(|error| match error {
        multer::Error::NoBoundary => Trouble::Malformed("Content-Type has no boundary".to_owned()),
        _ => Trouble::NotAForm(format!(
            "Content-Type must be multipart/form-data, and is {}",
            match content_type {
                "" => "absent".to_owned(),
                other => format!("`{other}`"),
            }
        )),
    })?;
    let progress = body.progress();
    let mut budget = Budget {
        most,
        files: 0,
        texts: 0,
        hopeless: declared.filter(|length| *length > most + MOST_TEXT + OVERHEAD),
    };
    let mut form = Multipart::new(&mut *body, boundary);
    loop {
        progress.made();
        let Some(mut field) = form.next_field().await.map_err(trouble)? else {
            break;
        };
        let Some(name) = field.name().map(str::to_owned) else {
            return Err(Trouble::Malformed("a part has no name".to_owned()));
        };
        if parts.len() == MOST_PARTS {
            let message = format!("is one part more than {MOST_PARTS}");
            return Err(Trouble::TooLarge {
                field: name,
                message,
            });
        }
        let file_name = field.file_name().map(str::to_owned);
        let media_type = field.content_type().map(ToString::to_string);
        budget.text(
            &name,
            name.len() + file_name.as_ref().map_or(0, String::len),
        )?;
        if file_name.is_some() {
            budget.file(&name, 0)?;
        }
        let mut hash = Sha256::new();
        let mut size = 0;
        let mut text = Vec::new();
        let mut characters = 0;
        loop {
            progress.made();
            let Some(chunk) = field.chunk().await.map_err(trouble)? else {
                break;
            };
            size += chunk.len() as u64;
            hash.update(&chunk);
            if file_name.is_some() {
                budget.file(&name, chunk.len())?;
            } else {
                budget.text(&name, chunk.len())?;
                // Every byte that does not continue a character begins one.
                characters += chunk.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
                if characters > LONGEST_TEXT {
                    let message = format!("must have at most {LONGEST_TEXT} characters");
                    return Err(Trouble::TooLong {
                        field: name,
                        message,
                    });
                }
                text.extend_from_slice(&chunk);
            }
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
    // What comes after the last boundary is nobody's. It is taken so that the connection can be used again.
    loop {
        progress.made();
        match poll_fn(|cx| Pin::new(&mut *body).poll_next(cx)).await {
            None => return Ok(()),
            Some(Ok(_)) if body.taken() <= most + MOST_TEXT + OVERHEAD => {}
            Some(Ok(_)) => {
                return Err(Trouble::Malformed("it goes on after its end".to_owned()));
            }
            Some(Err(_)) => return Err(Trouble::BrokenOff),
        }
    }
}

/// What may still come.
struct Budget {
    most: u64,
    files: u64,
    texts: u64,
    /// The declared length, where that is too much already.
    hopeless: Option<u64>,
}

impl Budget {
    fn file(&mut self, name: &str, length: usize) -> Result<(), Trouble> {
        self.files += length as u64;
        let most = self.most;
        let message = match self.hopeless {
            Some(length) => {
                format!(
                    "is too large: the request has {length} bytes, of files there may be {most}"
                )
            }
            None if self.files > most => {
                format!("is too large: files may have {most} bytes together")
            }
            None => return Ok(()),
        };
        Err(Trouble::TooLarge {
            field: name.to_owned(),
            message,
        })
    }

    fn text(&mut self, name: &str, length: usize) -> Result<(), Trouble> {
        self.texts += length as u64;
        if self.texts <= MOST_TEXT {
            return Ok(());
        }
        Err(Trouble::TooLarge {
            field: name.chars().take(100).collect(),
            message: format!("is too large: texts may have {MOST_TEXT} bytes together"),
        })
    }
}

fn trouble(error: multer::Error) -> Trouble {
    if let multer::Error::StreamReadFailed(cause) = &error {
        return match cause.downcast_ref() {
            Some(BodyError::Endless) => Trouble::Malformed(cause.to_string()),
            _ => Trouble::BrokenOff,
        };
    }
    Trouble::Malformed(error.to_string())
}
