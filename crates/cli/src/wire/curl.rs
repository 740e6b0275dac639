//! A request as a curl command line.

use std::collections::HashMap;

use super::request::{Content, Request};
use crate::file::File;

/// The command line, over several lines. The shell takes the key from the environment, so that the line runs as it is and
/// shows nothing. `files` are those of each field, in order.
pub(crate) fn line(request: &Request, files: &[(&'static str, File)]) -> String {
    let mut arguments = vec![
        format!("curl --request {}", request.method),
        format!("--url {}", quoted(&request.url)),
        "--header \"X-API-KEY: $POSTPRESS_API_KEY\"".to_owned(),
    ];
    if let Some(accept) = request.header("accept") {
        arguments.push(format!("--header {}", quoted(&format!("accept: {accept}"))));
    }
    let mut paths: HashMap<&str, _> = HashMap::new();
    for part in &request.form {
        let name = part.name.as_str();
        arguments.push(match &part.content {
            // Unlike --form, this gives no character of the value a meaning.
            Content::Text { value } => {
                format!("--form-string {}", quoted(&format!("{name}={value}")))
            }
            Content::File { file_name, .. } => {
                let of_field = files.iter().filter(move |(field, _)| *field == name);
                let next = paths.entry(name).or_insert(of_field).next();
                let path =
                    next.map_or_else(String::new, |(_, file)| file.path.display().to_string());
                let media_type = part.media_type.iter().map(|it| format!(";type={it}"));
                let media_type: String = media_type.collect();
                let (path, file_name) = (in_form(&path), in_form(file_name));
                let value = format!("{name}=@{path}{media_type};filename={file_name}");
                format!("--form {}", quoted(&value))
            }
        });
    }
    arguments.join(" \\\n  ")
}

/// A word for the shell.
pub(crate) fn quoted(text: &str) -> String {
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
