//! A request as a curl command line.

use std::collections::HashMap;

use super::{form::Content, request::Request};
use crate::file::File;

/// The command line, over several lines. The key is taken from the environment by the shell, so that the line runs as it is
/// and shows nothing. `files` are those of each field, in order.
pub(crate) fn line(request: &Request, files: &[(&'static str, File)]) -> String {
    let mut arguments = vec![
        format!("curl --request {}", request.method),
        format!("--url {}", quoted(&request.url)),
        "--header \"X-API-KEY: $POSTPRESS_API_KEY\"".to_owned(),
    ];
    if let Some(accept) = request.header("accept") {
        arguments.push(format!("--header {}", quoted(&format!("accept: {accept}"))));
    }
    let mut next: HashMap<&str, usize> = HashMap::new();
    for part in &request.form {
        let name = part.name();
        arguments.push(match &part.content {
            // Unlike --form, this gives no character of the value a meaning.
            Content::Text(text) => {
                format!(
                    "--form-string {}",
                    quoted(&format!("{name}={}", String::from_utf8_lossy(text)))
                )
            }
            Content::File(_) => {
                let index = next.entry(name).or_default();
                let file = files
                    .iter()
                    .filter(|(field, _)| *field == name)
                    .nth(*index)
                    .map(|(_, file)| file);
                *index += 1;
                let path = file.map_or_else(String::new, |file| file.path.display().to_string());
                let file_name = file
                    .and_then(File::sent_as)
                    .or_else(|| part.parameter("filename").map(str::to_owned));
                let mut value = format!("{name}=@{}", in_form(&path));
                if let Some(media_type) = part.media_type() {
                    value += &format!(";type={media_type}");
                }
                if let Some(file_name) = file_name {
                    value += &format!(";filename={}", in_form(&file_name));
                }
                format!("--form {}", quoted(&value))
            }
        });
    }
    arguments.join(" \\\n  ")
}

/// A word for the shell.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@%+=,".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A path or file name inside `--form`, where some characters have a meaning unless they are quoted.
fn in_form(text: &str) -> String {
    if text.contains([',', ';', '"', '\\']) {
        format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_for_the_shell_where_they_need_it() {
        assert_eq!(quoted("a=b/c.pdf"), "a=b/c.pdf");
        assert_eq!(quoted("it's $HOME"), r"'it'\''s $HOME'");
        assert_eq!(quoted(""), "''");
        assert_eq!(in_form("a;b\".pdf"), "\"a;b\\\".pdf\"");
    }
}
