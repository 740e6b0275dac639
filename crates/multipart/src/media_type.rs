//! The media type with which a file is sent.

use crate::error::Reason;

/// The media type of a file of which nothing better is known.
const OCTET_STREAM: &str = "application/octet-stream";

/// The extensions of media types that do not end in theirs, as `image/png` does.
const EXTENSIONS: &[(&str, &str)] = &[
    ("application/gzip", "gz"),
    ("application/msword", "doc"),
    ("application/vnd.ms-excel", "xls"),
    ("application/vnd.ms-powerpoint", "ppt"),
    (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "pptx",
    ),
    (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
    ),
    (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
    ),
    ("audio/mp4", "m4a"),
    ("audio/mpeg", "mp3"),
    ("audio/webm", "webm"),
    ("image/jpeg", "jpg"),
    ("text/calendar", "ics"),
    ("text/javascript", "js"),
    ("text/markdown", "md"),
    ("text/plain", "txt"),
    ("text/vcard", "vcf"),
    ("video/3gpp", "3gp"),
    ("video/quicktime", "mov"),
];

/// Chooses the media type of a file part.
///
/// A type that was set wins, and must be accepted. Without one, and without an `accept` list, a
/// file is `application/octet-stream`. With a list: what the file name says, if accepted; else the
/// list's only type, if it has just one and that is no wildcard; else `application/octet-stream`,
/// if a wildcard takes it.
pub(crate) fn choose(
    set: Option<&str>,
    file_name: Option<&str>,
    accept: Option<&'static str>,
) -> Result<String, Reason> {
    if let Some(given) = set
        && !is_concrete(given)
    {
        return Err(Reason::MediaTypeMalformed(given.to_owned()));
    }
    let Some(accept) = accept else {
        return Ok(set.unwrap_or(OCTET_STREAM).to_owned());
    };
    let ranges = ranges(accept)?;
    if let Some(given) = set {
        let given = given.to_owned();
        return match accepted(&ranges, &given) {
            true => Ok(given),
            false => Err(Reason::MediaTypeRefused { given, accept }),
        };
    }
    if let Some(guess) = guesses(file_name).find(|guess| accepted(&ranges, guess)) {
        return Ok(guess.to_owned());
    }
    if let [only] = ranges[..]
        && is_concrete(only)
    {
        return Ok(only.to_owned());
    }
    if accepted(&ranges, OCTET_STREAM) {
        return Ok(OCTET_STREAM.to_owned());
    }
    Err(Reason::MediaTypeUnknown {
        file_name: file_name.unwrap_or("the file").to_owned(),
        accept,
    })
}

/// The file name of an upload that has none: `file`, with the usual extension of its media type if
/// there is one.
pub(crate) fn default_file_name(media_type: &str) -> String {
    match extension(media_type) {
        Some(extension) => format!("file.{extension}"),
        None => "file".to_owned(),
    }
}

/// Whether `text` is `type/subtype` without wildcards, with any parameters, and can stand in a
/// header.
pub(crate) fn is_concrete(text: &str) -> bool {
    let (essence, parameters) = split(text);
    let Some((kind, subtype)) = essence.split_once('/') else {
        return false;
    };
    is_token(kind)
        && is_token(subtype)
        && !essence.contains('*')
        && parameters.is_none_or(are_parameters)
}

fn guesses(file_name: Option<&str>) -> impl Iterator<Item = &'static str> {
    file_name
        .map(mime_guess::from_path)
        .into_iter()
        .flat_map(|guess| guess.iter_raw().collect::<Vec<_>>())
}

fn extension(media_type: &str) -> Option<String> {
    let (essence, _) = split(media_type);
    let essence = essence.to_ascii_lowercase();
    if let Some((_, extension)) = EXTENSIONS.iter().find(|(known, _)| *known == essence) {
        return Some((*extension).to_owned());
    }
    // `image/png` is a `.png`, `image/svg+xml` an `.svg`, `audio/x-wav` a `.wav`: if such an
    // extension stands for something of that kind.
    let (kind, subtype) = essence.split_once('/')?;
    let subtype = subtype.strip_prefix("x-").unwrap_or(subtype);
    let candidate = subtype.split('+').next().unwrap_or(subtype);
    let is_usual = mime_guess::from_ext(candidate).iter_raw().any(|guess| {
        guess
            .split_once('/')
            .is_some_and(|(known, _)| known == kind)
    });
    is_usual.then(|| candidate.to_owned())
}

/// The media ranges of an `accept` list.
fn ranges(accept: &'static str) -> Result<Vec<&'static str>, Reason> {
    let ranges: Vec<_> = accept.split(',').map(str::trim).collect();
    if ranges.iter().all(|range| is_range(range)) {
        Ok(ranges)
    } else {
        Err(Reason::AcceptMalformed(accept))
    }
}

fn is_range(text: &str) -> bool {
    match text.strip_suffix("/*") {
        Some(kind) => is_token(kind) && (kind == "*" || !kind.contains('*')),
        None => is_concrete(text),
    }
}

/// Whether one of the ranges includes the type; parameters are ignored.
fn accepted(ranges: &[&str], media_type: &str) -> bool {
    let (media_type, _) = split(media_type);
    ranges.iter().any(|range| {
        let (range, _) = split(range);
        if range == "*/*" {
            return true;
        }
        match range.strip_suffix("/*") {
            Some(kind) => media_type
                .split_once('/')
                .is_some_and(|(given, _)| given.eq_ignore_ascii_case(kind)),
            None => range.eq_ignore_ascii_case(media_type),
        }
    })
}

/// `type/subtype`, and what follows the first `;`.
fn split(text: &str) -> (&str, Option<&str>) {
    match text.split_once(';') {
        Some((essence, parameters)) => (essence.trim_end_matches(' '), Some(parameters)),
        None => (text, None),
    }
}

/// RFC 9110's token.
fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// `name=value` pairs between semicolons; a value is a token or in quotes.
fn are_parameters(text: &str) -> bool {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(' ');
        let Some((name, after)) = rest.split_once('=') else {
            return false;
        };
        let value_end = match after.strip_prefix('"') {
            Some(quoted) => match quoted_end(quoted) {
                Some(end) => end + 1,
                None => return false,
            },
            None => after.find([';', ' ']).unwrap_or(after.len()),
        };
        let (value, after) = after.split_at(value_end);
        if !is_token(name) || !(value.starts_with('"') || is_token(value)) {
            return false;
        }
        match after.trim_start_matches(' ') {
            "" => return true,
            more => match more.strip_prefix(';') {
                Some(more) => rest = more,
                None => return false,
            },
        }
    }
}

/// The index behind the closing quote of a quoted value, if that is printable ASCII.
fn quoted_end(quoted: &str) -> Option<usize> {
    let mut escaped = false;
    for (index, byte) in quoted.bytes().enumerate() {
        match byte {
            _ if !(b' '..=b'~').contains(&byte) => return None,
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(index + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_media_types_without_wildcards_are_concrete() {
        for good in [
            "image/png",
            "text/plain; charset=utf-8",
            "text/plain;charset=utf-8",
            "application/vnd.api+json",
            "a/b; c=\"d; \\\"e\"; f=g",
        ] {
            assert!(is_concrete(good), "{good:?}");
        }
        for bad in [
            "",
            "png",
            "image/",
            "/png",
            "image/*",
            "*/*",
            "image/png\r\nX-Evil: 1",
            "image/png; a=\"\r\n\"",
            "image/png; a",
            "image/png;",
            "image/png; a=b c",
            "image /png",
            "image/png/x",
            "image/png; a=\"b",
            "imagé/png",
            " image/png",
        ] {
            assert!(!is_concrete(bad), "{bad:?}");
        }
    }

    #[test]
    fn without_an_accept_list_a_file_is_an_octet_stream_unless_a_type_is_set() {
        assert_eq!(choose(None, Some("a.png"), None).unwrap(), OCTET_STREAM);
        assert_eq!(
            choose(Some("image/gif"), Some("a.png"), None).unwrap(),
            "image/gif"
        );
    }

    #[test]
    fn a_set_type_must_be_accepted() {
        assert_eq!(
            choose(Some("Image/GIF"), None, Some("image/*")).unwrap(),
            "Image/GIF"
        );
        assert_eq!(
            choose(Some("Image/GIF"), None, Some("image/png, image/gif")).unwrap(),
            "Image/GIF"
        );
        assert!(matches!(
            choose(Some("text/plain"), None, Some("image/*, video/mp4")),
            Err(Reason::MediaTypeRefused { .. })
        ));
        assert!(matches!(
            choose(Some("image/*"), None, Some("image/*")),
            Err(Reason::MediaTypeMalformed(_))
        ));
    }

    #[test]
    fn an_accepted_type_is_taken_from_the_file_name() {
        assert_eq!(
            choose(None, Some("a.PNG"), Some("*/*")).unwrap(),
            "image/png"
        );
        assert_eq!(
            choose(None, Some("a.png"), Some("image/gif, image/png")).unwrap(),
            "image/png"
        );
    }

    #[test]
    fn otherwise_the_only_type_or_an_octet_stream_is_taken_if_accepted() {
        assert_eq!(
            choose(None, Some("a.zzz"), Some("image/png")).unwrap(),
            "image/png"
        );
        assert_eq!(choose(None, None, Some("*/*")).unwrap(), OCTET_STREAM);
        assert_eq!(
            choose(None, None, Some("image/png, application/*")).unwrap(),
            OCTET_STREAM
        );
        assert!(matches!(
            choose(None, Some("a.zzz"), Some("image/png, image/gif")),
            Err(Reason::MediaTypeUnknown { .. })
        ));
        assert!(matches!(
            choose(None, None, Some("image/*")),
            Err(Reason::MediaTypeUnknown { .. })
        ));
    }

    #[test]
    fn a_malformed_accept_list_is_an_error() {
        for bad in ["", "image", "image/*,", "*/png", "image/p*g"] {
            assert!(
                matches!(
                    choose(None, None, Some(bad)),
                    Err(Reason::AcceptMalformed(_))
                ),
                "{bad:?}"
            );
        }
    }

    #[test]
    fn an_unnamed_file_gets_the_usual_extension() {
        for (media_type, name) in [
            ("image/png", "file.png"),
            ("image/jpeg", "file.jpg"),
            ("text/plain; charset=utf-8", "file.txt"),
            ("image/svg+xml", "file.svg"),
            ("audio/ogg", "file.ogg"),
            ("audio/x-wav", "file.wav"),
            ("application/pdf", "file.pdf"),
            ("video/mp4", "file.mp4"),
            ("image/webp", "file.webp"),
            ("image/heic", "file.heic"),
            ("audio/aac", "file.aac"),
            ("text/csv", "file.csv"),
            ("application/zip", "file.zip"),
            ("application/octet-stream", "file"),
            ("x-made/up", "file"),
        ] {
            assert_eq!(default_file_name(media_type), name, "{media_type}");
        }
    }
}
