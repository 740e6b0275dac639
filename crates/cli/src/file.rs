//! Files on the command line: `PATH;name=NAME;type=MEDIA/TYPE`, where the path may be `-`.

use std::path::{Path, PathBuf};

use postpress::Upload;

use crate::{
    failure::Failure,
    text::{self, STDIN},
};

/// A file to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct File {
    /// Where it is; `-` is standard input.
    pub(crate) path: PathBuf,
    name: Option<String>,
    media_type: Option<String>,
}

/// Reads an argument. A path that holds `;name=` or `;type=` cannot be given; everything else can.
pub(crate) fn parse(argument: &str) -> Result<File, String> {
    let mut file = File {
        path: PathBuf::new(),
        name: None,
        media_type: None,
    };
    let mut rest = argument;
    while let Some((before, key, value)) = last_setting(rest) {
        let slot = if key == "name" {
            &mut file.name
        } else {
            &mut file.media_type
        };
        if value.is_empty() || slot.replace(value.to_owned()).is_some() {
            return Err(format!("`;{key}=` takes one value"));
        }
        rest = before;
    }
    if rest.is_empty() {
        return Err("there is no path".to_owned());
    }
    file.path = rest.into();
    Ok(file)
}

fn last_setting(argument: &str) -> Option<(&str, &str, &str)> {
    ["name", "type"]
        .into_iter()
        .filter_map(|key| {
            let at = argument.rfind(&format!(";{key}="))?;
            Some((&argument[..at], key, &argument[at + key.len() + 2..]))
        })
        .max_by_key(|(before, ..)| before.len())
}

/// A number of bytes, such as `300`, `15MB` or `2MiB`.
pub(crate) fn size(argument: &str) -> Result<u64, String> {
    let split = argument
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(argument.len());
    let (digits, unit) = argument.split_at(split);
    let factor = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1_000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        _ => return Err("a size is written like 300, 15MB or 2MiB".to_owned()),
    };
    let number: u64 = digits
        .parse()
        .map_err(|_| "a size is written like 300, 15MB or 2MiB".to_owned())?;
    number
        .checked_mul(factor)
        .ok_or_else(|| "that is too large".to_owned())
}

impl File {
    pub(crate) fn is_stdin(&self) -> bool {
        self.path == Path::new(STDIN)
    }

    /// Its name in messages to the user.
    pub(crate) fn shown(&self) -> String {
        if self.is_stdin() {
            return self
                .name
                .clone()
                .unwrap_or_else(|| "standard input".to_owned());
        }
        let last = self.path.file_name().unwrap_or(self.path.as_os_str());
        last.to_string_lossy().into_owned()
    }

    /// The upload, and its length in bytes.
    pub(crate) async fn open(&self) -> Result<(Upload, u64), Failure> {
        let (mut upload, length) = if self.is_stdin() {
            let bytes = text::stdin().await?;
            let length = bytes.len() as u64;
            (Upload::bytes(bytes), length)
        } else {
            (Upload::path(&self.path), self.length().await?)
        };
        if let Some(name) = &self.name {
            upload = upload.with_file_name(name);
        }
        if let Some(media_type) = &self.media_type {
            upload = upload.with_media_type(media_type);
        }
        Ok((upload, length))
    }

    /// The length of a file in bytes. What is wrong with the file is said now, and with its path.
    async fn length(&self) -> Result<u64, Failure> {
        let shown = self.path.display();
        let file = tokio::fs::File::open(&self.path)
            .await
            .map_err(|error| Failure::unreadable(&shown, &error))?;
        let metadata = file
            .metadata()
            .await
            .map_err(|error| Failure::unreadable(&shown, &error))?;
        if metadata.is_file() {
            Ok(metadata.len())
        } else {
            let what = if metadata.is_dir() {
                "a directory"
            } else {
                "not a regular file"
            };
            Err(Failure::usage(format!(
                "cannot send {shown}: it is {what}; `-` sends standard input"
            )))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_can_say_what_it_is_called_and_what_it_is() {
        let file = parse("-;name=a;b.csv;type=text/csv").expect("a file");
        assert!(file.is_stdin());
        assert_eq!(file.name.as_deref(), Some("a;b.csv"));
        assert_eq!(file.media_type.as_deref(), Some("text/csv"));
        let file = parse("odd;path=x").expect("a file");
        assert_eq!(file.path, Path::new("odd;path=x"));
        for wrong in ["", ";name=x", "a;name=", "a;name=x;name=y"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn sizes_have_units() {
        assert_eq!(size("15MB"), Ok(15_000_000));
        assert_eq!(size("2 MiB"), Ok(2 << 20));
        assert_eq!(size("7"), Ok(7));
        for wrong in ["", "MB", "1.5MB", "3 pages", "99999999999GB"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
