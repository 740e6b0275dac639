//! The text of a message: from an argument, a file or standard input.

use std::path::Path;

use tokio::io::AsyncReadExt;

use crate::failure::Failure;

/// The argument that stands for standard input.
pub(crate) const STDIN: &str = "-";

/// The text in an argument, or that in a file; `-` stands for standard input in both.
pub(crate) async fn given(
    text: Option<&str>,
    file: Option<&Path>,
) -> Result<Option<String>, Failure> {
    match (text, file) {
        (Some(STDIN), _) => read(Path::new(STDIN)).await.map(Some),
        (Some(text), _) => Ok(Some(text.to_owned())),
        (None, Some(file)) => read(file).await.map(Some),
        (None, None) => Ok(None),
    }
}

/// Whether the text comes from standard input.
pub(crate) fn reads_stdin(text: Option<&str>, file: Option<&Path>) -> bool {
    text == Some(STDIN) || file == Some(Path::new(STDIN))
}

/// A file as text, without the line break that editors and `echo` put at its end.
async fn read(path: &Path) -> Result<String, Failure> {
    let (name, bytes) = if path == Path::new(STDIN) {
        ("standard input".to_owned(), stdin().await?)
    } else {
        let bytes = tokio::fs::read(path)
            .await
            .map_err(|error| Failure::unreadable(&path.display(), &error))?;
        (path.display().to_string(), bytes)
    };
    let mut text = String::from_utf8(bytes).map_err(|_| {
        Failure::usage(format!(
            "{name} is not text in UTF-8; to send it as a file, use --attach"
        ))
    })?;
    let line = text
        .strip_suffix('\n')
        .map(|line| line.strip_suffix('\r').unwrap_or(line))
        .map(str::len);
    text.truncate(line.unwrap_or(text.len()));
    Ok(text)
}

/// All of standard input.
pub(crate) async fn stdin() -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    tokio::io::stdin()
        .read_to_end(&mut bytes)
        .await
        .map_err(|error| Failure::unreadable(&"standard input", &error))?;
    Ok(bytes)
}

/// What somebody may have meant who wrote a name that is not known: `; perhaps a or b`, or nothing.
pub(crate) fn suggestion<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    // From 0 for nothing in common to 1 for the same; clap suggests from 0.7 on.
    let known = known.into_iter();
    let near = known.map(|known| (strsim::jaro_winkler(known, name), known));
    let mut near: Vec<(f64, &str)> = near.filter(|(likeness, _)| *likeness > 0.8).collect();
    near.sort_by(|one, other| other.0.total_cmp(&one.0));
    let near: Vec<&str> = near.into_iter().take(3).map(|(_, known)| known).collect();
    match near.is_empty() {
        true => String::new(),
        false => format!("; perhaps {}", near.join(", ")),
    }
}

/// Whether there is something on standard input. Of a pipe that is silent for a moment, nothing is expected.
#[cfg(unix)]
pub(crate) fn has_unread_input() -> bool {
    use std::io::{IsTerminal, stdin};

    use rustix::{
        event::{PollFd, PollFlags, Timespec, poll},
        io::ioctl_fionread,
    };

    let input = stdin();
    if input.is_terminal() {
        return false;
    }
    let moment = Timespec {
        tv_sec: 0,
        tv_nsec: 50_000_000,
    };
    // What cannot be waited for can still be asked for its length; /dev/null has none.
    let _ = poll(&mut [PollFd::new(&input, PollFlags::IN)], Some(&moment));
    ioctl_fionread(&input).is_ok_and(|length| length > 0)
}

#[cfg(not(unix))]
pub(crate) fn has_unread_input() -> bool {
    false
}
