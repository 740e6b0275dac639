//! Reads a body: a form part by part, and anything else as a whole.

use std::sync::atomic::{AtomicUsize, Ordering};

use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::request::Parts as Head;
use multer::{Field, Multipart};
use sha2::{Digest as _, Sha256};

use super::body::BodyError;
use super::{MULTIPART, RequestBody, URL_ENCODED};
use crate::api::{Body, Content, essence};
use crate::problem::Refusal;
use crate::record::{Digest, Part, RequestRecord};

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
#[derive(Debug)]
pub(crate) enum FormError {
    /// It is refused, for this reason, of which the sentence says more.
    Refused(Refusal, String),
    /// The client went away, or stopped sending: there is nobody to respond to.
    BrokenOff,
}

/// Reads a body into the record, with files of no more than `most` bytes together. Returns the documented content that it is;
/// `None` where there is no body, and need not be.
pub(crate) async fn read<'d>(
    head: &Head,
    body: &mut RequestBody,
    documented: &'d Body,
    most: u64,
    record: &mut RequestRecord,
) -> Result<Option<&'d Content>, FormError> {
    let header = |name| head.headers.get(name).and_then(|it| it.to_str().ok());
    let given = header(CONTENT_TYPE).unwrap_or_default();
    if given.is_empty() && !documented.required && !body.unread() {
        return Ok(None);
    }
    let contents = || documented.contents.iter();
    let content = contents().find(|it| matches(&it.media_type, &essence(given)));
    let Some(content) = content else {
        let known = contents().map(|it| it.media_type.as_str());
        let known = known.collect::<Vec<_>>().join(" or ");
        let given = if given.is_empty() {
            "absent".to_owned()
        } else {
            format!("`{given}`")
        };
        let detail = format!("Content-Type must be {known}, and is {given}.");
        return Err(FormError::Refused(Refusal::NOT_A_FORM, detail));
    };
    let media_type = essence(given);
    if media_type == MULTIPART {
        let boundary = boundary(given)?;
        let declared = header(CONTENT_LENGTH).and_then(|it| it.parse().ok());
        form(boundary, declared, body, most, &mut record.parts).await?;
        return Ok(Some(content));
    }
    let whole = body.whole(most).await.map_err(|_| FormError::BrokenOff)?;
    let whole = whole.ok_or_else(|| too_large(format!("The body may have {most} bytes")))?;
    if media_type == URL_ENCODED {
        let fields = form_urlencoded::parse(&whole).take(MOST_PARTS);
        record.parts.extend(fields.map(|(name, text)| Part {
            name: name.into_owned(),
            file_name: None,
            media_type: None,
            size: text.len() as u64,
            sha256: Digest(Sha256::digest(text.as_bytes()).into()),
            text: Some(text.into_owned()),
        }));
    } else if media_type.ends_with("json") {
        let json = serde_json::from_slice(&whole);
        record.json = Some(json.map_err(|error| {
            let detail = format!("The body is not JSON: {error}.");
            FormError::Refused(Refusal::MALFORMED, detail)
        })?);
    }
    Ok(Some(content))
}

/// Whether a media type is one of those that the document means, maybe with an asterisk.
fn matches(documented: &str, given: &str) -> bool {
    let range = documented.strip_suffix('*');
    documented == given || range.is_some_and(|it| it == "*/" || given.starts_with(it))
}

/// Reads the parts of a form.
async fn form(
    boundary: String,
    declared: Option<u64>,
    body: &mut RequestBody,
    most: u64,
    parts: &mut Vec<Part>,
) -> Result<(), FormError> {
    let most_body = most + MOST_TEXT + OVERHEAD;
    let mut budget = Budget {
        most,
        files: 0,
        texts: 0,
        declared_too_large: declared.filter(|length: &u64| *length > most_body),
    };
    let unparsed = AtomicUsize::new(0);
    let mut form = Multipart::new(body.chunks(&unparsed), boundary);
    while let Some(mut field) = form.next_field().await? {
        parts.push(part(&mut field, &mut budget, parts.len(), &unparsed).await?);
    }
    drop(form);
    // What follows the last boundary means nothing. It is read so that the connection can be used again.
    while body
        .chunk()
        .await
        .map_err(|_| FormError::BrokenOff)?
        .is_some()
    {
        if body.taken > most_body {
            return Err(malformed("it goes on after its end"));
        }
    }
    Ok(())
}

/// Reads one part; `index` is how many there are before it.
async fn part(
    field: &mut Field<'_>,
    budget: &mut Budget,
    index: usize,
    unparsed: &AtomicUsize,
) -> Result<Part, FormError> {
    let name = field.name().map(str::to_owned);
    let name = name.ok_or_else(|| malformed("a part has no name"))?;
    if index == MOST_PARTS {
        return Err(too_large(format!(
            "{name} is one part more than {MOST_PARTS}"
        )));
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
    unparsed.store(0, Ordering::Relaxed);
    while let Some(chunk) = field.chunk().await? {
        unparsed.store(0, Ordering::Relaxed);
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
            let detail = format!("{name} must have at most {LONGEST_TEXT} characters.");
            return Err(FormError::Refused(Refusal::TOO_LONG, detail));
        }
        text.extend_from_slice(&chunk);
    }
    Ok(Part {
        text: match file_name {
            Some(_) => None,
            None => String::from_utf8(text).ok(),
        },
        name,
        file_name,
        media_type,
        size,
        sha256: Digest(hash.finalize().into()),
    })
}

fn boundary(content_type: &str) -> Result<String, FormError> {
    let boundary = multer::parse_boundary(content_type);
    boundary.map_err(|error| match error {
        multer::Error::NoBoundary => malformed("Content-Type has no boundary"),
        error => malformed(error),
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
        Err(too_large(match self.declared_too_large {
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
        Err(too_large(format!(
            "{name} is too large: texts may have {MOST_TEXT} bytes together"
        )))
    }
}

fn too_large(detail: String) -> FormError {
    FormError::Refused(Refusal::TOO_LARGE, detail + ".")
}

fn malformed(reason: impl std::fmt::Display) -> FormError {
    FormError::Refused(
        Refusal::MALFORMED,
        format!("The form cannot be read: {reason}."),
    )
}

impl From<multer::Error> for FormError {
    fn from(error: multer::Error) -> FormError {
        match &error {
            multer::Error::StreamReadFailed(cause) => match cause.downcast_ref() {
                Some(BodyError::EndlessHeaders) => malformed(cause),
                _ => FormError::BrokenOff,
            },
            _ => malformed(error),
        }
    }
}
