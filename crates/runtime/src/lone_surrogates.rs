//! Escapes of lone surrogates in JSON: half of the pair that a character outside of the basic plane is written as.

/// The escape of U+FFFD: as long as what it replaces, so that the columns of errors stay true.
const REPLACEMENT: &str = "\\ufffd";

/// A JSON text in which U+FFFD stands for every escape of half a surrogate pair (`\ud83d` alone); `None` if there is no such
/// escape.
///
/// JSON allows them, and JavaScript writes them for a text that was cut within an emoji. No `String` can hold one.
pub(crate) fn replace_lone_surrogates(json: &str) -> Option<String> {
    let mut mended: Option<String> = None;
    let mut at = 0;
    while let Some(found) = json[at..].find('\\') {
        let start = at + found;
        at = match (escaped(json, start), escaped(json, start + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => start + 12,
            (Some(0xD800..=0xDFFF), _) => {
                let mended = mended.get_or_insert_with(|| json.to_owned());
                mended.replace_range(start..start + 6, REPLACEMENT);
                start + 6
            }
            // Past the backslash and the character that it escapes, which may be another backslash.
            _ => start + 1 + json[start + 1..].chars().next().map_or(0, char::len_utf8),
        };
    }
    mended
}

/// The code unit of an escape `\uXXXX` that starts there.
fn escaped(json: &str, start: usize) -> Option<u16> {
    let digits = json.get(start..start + 6)?.strip_prefix("\\u")?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_become_replacement_characters_of_the_same_length() {
        for (json, mended) in [
            (r#""a\ud83d""#, r#""a\ufffd""#),
            (r#""\uDE00a""#, r#""\ufffda""#),
            (r#""\ude00\ud83d""#, r#""\ufffd\ufffd""#),
            (r#""\ud83d\ud83d\ude00""#, r#""\ufffd\ud83d\ude00""#),
            (r#""\ud83d\n\\\ud83d""#, r#""\ufffd\n\\\ufffd""#),
            (r#""\ud83d\u00e9é\ud83d""#, r#""\ufffd\u00e9é\ufffd""#),
        ] {
            assert_eq!(
                replace_lone_surrogates(json).as_deref(),
                Some(mended),
                "{json}"
            );
        }
    }

    #[test]
    fn whatever_else_is_left_alone() {
        for json in [
            r#""\ud83d\ude00""#,
            r#""\\ud83d""#,
            r#""\\\\ud83d""#,
            r#""\u00e9\"\u12""#,
            r#"ud83d"#,
            "\\",
            "\\é",
            "\\u",
            "\\uéé",
            "\\u+d83",
            "",
        ] {
            assert_eq!(replace_lone_surrogates(json), None, "{json}");
        }
    }
}
