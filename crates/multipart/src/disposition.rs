//! The header lines of a part.

/// Whether a name can stand in a quoted parameter: it has no control characters other than tab and
/// CR and LF, which are escaped, and no `\` at its end, which parsers that know quoted pairs would
/// read together with the closing quote.
pub(crate) fn is_safe(name: &str) -> bool {
    let control = |byte: u8| byte.is_ascii_control() && !matches!(byte, b'\r' | b'\n' | b'\t');
    !name.bytes().any(control) && !name.ends_with('\\')
}

/// Whether something in a name reads like a parameter of its own (`x; filename=y`). The quotes
/// around the name should keep it from being one, but there are parsers in wide use that search the
/// line for `filename=`, and would take a text for a file.
pub(crate) fn has_parameter(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let separates = |character: char| character == ';' || character.is_whitespace();
    name.match_indices(separates).any(|(index, separator)| {
        let rest = &name[index + separator.len()..];
        let rest = rest.strip_prefix("file").unwrap_or(rest);
        rest.strip_prefix("name").is_some_and(|rest| {
            let rest = rest.strip_prefix('*').unwrap_or(rest);
            rest.trim_start().starts_with('=')
        })
    })
}

/// The lines before a part's content, with the empty one that ends them.
pub(crate) fn head(name: &str, file_name: Option<&str>, media_type: Option<&str>) -> String {
    let mut head = String::with_capacity(96 + name.len());
    head.push_str("Content-Disposition: form-data; name=\"");
    push_escaped(&mut head, name);
    head.push('"');
    if let Some(file_name) = file_name {
        head.push_str("; filename=\"");
        push_escaped(&mut head, file_name);
        head.push('"');
    }
    head.push_str("\r\n");
    if let Some(media_type) = media_type {
        head.push_str("Content-Type: ");
        head.push_str(media_type);
        head.push_str("\r\n");
    }
    head.push_str("\r\n");
    head
}

/// Escapes what WHATWG's standard for HTML says; everything else is raw UTF-8.
fn push_escaped(head: &mut String, name: &str) {
    for character in name.chars() {
        match character {
            '"' => head.push_str("%22"),
            '\r' => head.push_str("%0D"),
            '\n' => head.push_str("%0A"),
            other => head.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_line_breaks_are_escaped_and_nothing_else() {
        assert_eq!(
            head("a\"b", Some("é%22\r\nX-Evil: 1.txt"), Some("text/plain")),
            "Content-Disposition: form-data; name=\"a%22b\"; filename=\"é%22%0D%0AX-Evil: 1.txt\"\r\n\
             Content-Type: text/plain\r\n\r\n"
        );
    }

    #[test]
    fn a_text_part_has_one_line() {
        assert_eq!(
            head("linkedin[api]", None, None),
            "Content-Disposition: form-data; name=\"linkedin[api]\"\r\n\r\n"
        );
    }

    #[test]
    fn what_reads_like_a_parameter_is_found() {
        for bad in [
            "a; filename=b",
            "a;filename*=b",
            "a FileName = b",
            "a; name=\"b",
            "x\r\nname=",
        ] {
            assert!(has_parameter(bad), "{bad:?}");
        }
        for good in [
            "filename=x",
            "a; b",
            "first name",
            "a=b",
            "file name",
            "",
            "é;ü=ö",
        ] {
            assert!(!has_parameter(good), "{good:?}");
        }
    }

    #[test]
    fn control_characters_and_a_final_backslash_are_unsafe() {
        for bad in ["a\0", "\x1b[0m", "a\x7f", "a\x0b", "a\\"] {
            assert!(!is_safe(bad), "{bad:?}");
        }
        for good in ["a\tb", "a\r\nb", "a\\b", "日本", "\u{85}", ""] {
            assert!(is_safe(good), "{good:?}");
        }
    }
}
