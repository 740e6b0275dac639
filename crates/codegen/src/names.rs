//! Rust names for the document's names.
//!
//! The casing rules are those of `heck`, which progenitor uses too, so that what is printed by either agrees.

use std::collections::HashSet;

use heck::{ToPascalCase, ToSnakeCase};

/// A type or variant name: `img_attachment` becomes `ImgAttachment`. Empty when nothing of `text` can stand in a name.
pub(crate) fn pascal(text: &str) -> String {
    let text = words(&spell_signs(text));
    let mut name = String::new();
    for word in text.split('-') {
        let word = word.to_pascal_case();
        // `1.0` is not ten.
        if name.ends_with(is_digit) && word.starts_with(is_digit) {
            name.push('_');
        }
        name.push_str(&word);
    }
    match name.as_str() {
        "Self" => "Self_".to_owned(),
        _ => with_letter_first(name, "N"),
    }
}

/// The name of a status (`404`), of a range (`4XX`) or of `default`.
pub(crate) fn status(status: &str) -> String {
    let known = status.parse().ok();
    let known = known.and_then(|code| http::StatusCode::from_u16(code).ok()?.canonical_reason());
    match (known, status.as_bytes()) {
        (Some(reason), _) => pascal(reason),
        (None, [b'2', b'X' | b'x', ..]) => "Success".to_owned(),
        (None, [b'4', b'X' | b'x', ..]) => "ClientError".to_owned(),
        (None, [b'5', b'X' | b'x', ..]) => "ServerError".to_owned(),
        (None, b"default") => "Other".to_owned(),
        _ => format!("Status{status}"),
    }
}

/// Whether the casing rules leave a name as it is: progenitor applies them to every name of a type.
pub(crate) fn is_pascal(name: &str) -> bool {
    name.to_pascal_case() == name
}

/// The name of a value: what [`pascal`] makes of it, else its signs in words.
pub(crate) fn variant(text: &str) -> String {
    let name = pascal(text);
    if !name.is_empty() {
        return name;
    }
    let signs = text.chars().filter_map(sign).collect::<String>();
    match text {
        "" => "Empty".to_owned(),
        _ if signs.is_empty() => "Value".to_owned(),
        _ => signs,
    }
}

fn sign(c: char) -> Option<&'static str> {
    Some(match c {
        ' ' => "Space",
        '!' => "Not",
        '"' => "Quote",
        '#' => "Hash",
        '$' => "Dollar",
        '%' => "Percent",
        '&' => "And",
        '\'' => "Apostrophe",
        '(' | '[' | '{' => "Open",
        ')' | ']' | '}' => "Close",
        '*' => "Star",
        '+' => "Plus",
        ',' => "Comma",
        '-' => "Minus",
        '.' => "Dot",
        '/' => "Slash",
        ':' => "Colon",
        ';' => "Semicolon",
        '<' => "Less",
        '=' => "Equal",
        '>' => "Greater",
        '?' => "Question",
        '@' => "At",
        '\\' => "Backslash",
        '^' => "Caret",
        '_' => "Underscore",
        '`' => "Backtick",
        '|' => "Or",
        '~' => "Tilde",
        _ => return None,
    })
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// What an operation without an `operationId` is called: `GET /chats/{chat_id}/messages` is `getChatsByChatIdMessages`.
pub(crate) fn operation_id(method: &str, path: &str) -> String {
    let mut name = method.to_owned();
    for segment in path.split('/') {
        if segment.starts_with('{') {
            name.push_str("By");
        }
        name.push_str(&segment.to_pascal_case());
    }
    name
}

/// A field, argument or function name: `disabledFeatures` becomes `disabled_features`, `type` becomes `type_`.
pub(crate) fn snake(text: &str) -> String {
    let name = with_letter_first(words(&spell_signs(text)).to_snake_case(), "n");
    // `gen` is reserved from edition 2024 on; syn does not reserve it.
    if (syn::parse_str::<syn::Ident>(&name).is_ok() && name != "gen") || name.is_empty() {
        name
    } else {
        format!("{name}_")
    }
}

/// Puts a letter before what cannot begin an identifier: digits, and the signs that some scripts put after a letter.
fn with_letter_first(name: String, prefix: &str) -> String {
    let begins = |c: char| syn::parse_str::<syn::Ident>(&c.to_string()).is_ok();
    if name.chars().next().is_none_or(begins) {
        name
    } else {
        format!("{prefix}{name}")
    }
}

/// What cannot stand in an identifier separates words.
fn words(text: &str) -> String {
    text.replace('\'', "")
        .replace(|c: char| !stands_in_identifier(c), "-")
}

/// Letters and digits that Rust takes in identifiers. It does not take every letter (`ⓐ`), and some only in another case.
fn stands_in_identifier(c: char) -> bool {
    let is_part = |c: char| syn::parse_str::<syn::Ident>(&format!("a{c}")).is_ok();
    c.is_ascii_alphanumeric()
        || (!c.is_ascii()
            && c.is_alphabetic()
            && is_part(c)
            && c.to_lowercase().chain(c.to_uppercase()).all(is_part))
}

/// Values that are a sign and a word (`-1`, `+1`, `-name`) would otherwise share a name with the word.
fn spell_signs(text: &str) -> String {
    let is_word = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    match (text.strip_prefix('-'), text.strip_prefix('+')) {
        (Some(rest), _) if is_word(rest) => format!("minus {rest}"),
        (_, Some(rest)) if is_word(rest) => format!("plus {rest}"),
        _ => text.to_owned(),
    }
}

/// Hands out each name once; a second taker gets the name with the lowest free number behind it.
#[derive(Debug, Default)]
pub(crate) struct Names {
    taken: HashSet<String>,
    reserved: HashSet<String>,
}

impl Names {
    /// An allocator in which `reserved` names are already taken.
    pub(crate) fn reserving<'a>(reserved: impl IntoIterator<Item = &'a str>) -> Self {
        let mut names = Names::default();
        for name in reserved {
            names.reserve(name);
        }
        names
    }

    /// Takes a name, so that it is never handed out.
    pub(crate) fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
        self.reserved.insert(name.to_owned());
    }

    /// `wanted` if it is free, else `wanted2`, `wanted3`, ...; `fallback` stands in for an empty name.
    pub(crate) fn claim(&mut self, wanted: &str, fallback: &str) -> String {
        let wanted = if wanted.is_empty() { fallback } else { wanted };
        let is_reserved = self.reserved.contains(wanted) && wanted.starts_with(char::is_lowercase);
        let mut name = if is_reserved {
            format!("{wanted}_")
        } else {
            wanted.to_owned()
        };
        let mut number = 2;
        while !self.taken.insert(name.clone()) {
            // `type_` and a number: `type_2`; `Self_` and a number: `Self2`, as types have no underscores; `N1` and a
            // number: `N1_2`, so that it does not read as twelve.
            let gap = if wanted.ends_with(|c: char| c.is_ascii_digit()) {
                "_"
            } else {
                ""
            };
            let stem = if wanted.starts_with(char::is_uppercase) {
                wanted.trim_end_matches('_')
            } else {
                wanted
            };
            name = format!("{stem}{gap}{number}");
            number += 1;
        }
        name
    }
}

/// Removes the words that all names share at their beginning and end (`ClassicOptions`, `RecruiterOptions` become
/// `Classic`, `Recruiter`), unless that would leave one of them without a name or make two alike.
pub(crate) fn without_common_words(names: &[String]) -> Vec<String> {
    let split: Vec<Vec<String>> = names
        .iter()
        .map(|name| name.to_snake_case().split('_').map(str::to_owned).collect())
        .collect();
    let shortest = split.iter().map(Vec::len).min().unwrap_or(0);
    let alike = |at: &dyn Fn(&Vec<String>) -> String| {
        split.iter().map(at).collect::<HashSet<_>>().len() == 1
    };
    let front = (0..shortest)
        .take_while(|&i| alike(&|words| words[i].clone()))
        .count();
    let back = (0..shortest)
        .take_while(|&i| alike(&|words| words[words.len() - 1 - i].clone()))
        .count();
    let stripped: Vec<String> = split
        .iter()
        .map(
            |words| match words.get(front..words.len().saturating_sub(back)) {
                Some(rest) => pascal(&rest.join("_")),
                None => String::new(),
            },
        )
        .collect();
    let distinct = stripped.iter().collect::<HashSet<_>>().len() == stripped.len();
    let usable = stripped
        .iter()
        .all(|name| name.starts_with(|c: char| c.is_alphabetic()));
    if names.len() > 1 && distinct && usable {
        stripped
    } else {
        names.to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_rusts_casing_and_are_never_keywords() {
        assert_eq!(pascal("INBOX_LINKEDIN_CLASSIC"), "InboxLinkedinClassic");
        assert_eq!(pascal("-1"), "Minus1");
        assert_eq!(pascal("1"), "N1");
        assert_eq!(pascal("self"), "Self_");
        assert_eq!(pascal("***"), "");
        assert_eq!(pascal("1.0"), "N1_0");
        assert_eq!(pascal("2024-01-02"), "N2024_01_02");
        assert_eq!(snake("disabledFeatures"), "disabled_features");
        assert_eq!(snake("type"), "type_");
        assert_eq!(snake("gen"), "gen_");
        assert_eq!(snake("ⓐ first"), "first");
        assert_eq!(pascal("straße 名前"), "Straße名前");
        assert_eq!(snake("linkedin[api]"), "linkedin_api");
        assert_eq!(snake("2fa"), "n2fa");
        assert_eq!(snake("\u{df2}"), "n\u{df2}");
        assert_eq!(pascal("\u{df2}"), "N\u{df2}");
    }

    #[test]
    fn operations_without_a_name_are_called_by_method_and_path() {
        assert_eq!(
            operation_id("get", "/chats/{chat_id}/messages"),
            "getChatsByChatIdMessages"
        );
        assert_eq!(operation_id("post", "/"), "post");
        assert_eq!(
            operation_id("put", "/v1/user-data.json"),
            "putV1UserDataJson"
        );
    }

    #[test]
    fn values_without_words_are_named_by_their_signs() {
        assert_eq!(variant(""), "Empty");
        assert_eq!(variant("<="), "LessEqual");
        assert_eq!(variant("-name"), "MinusName");
        assert_eq!(variant("🙂"), "Value");
        assert_eq!(variant("a/b"), "AB");
    }

    #[test]
    fn a_name_is_given_out_once() {
        let mut names = Names::reserving(["Unknown"]);
        assert_eq!(names.claim("Unknown", "Value"), "Unknown2");
        assert_eq!(names.claim("N1", "Value"), "N1");
        assert_eq!(names.claim("N1", "Value"), "N1_2");
        assert_eq!(names.claim("Self_", "Value"), "Self_");
        assert_eq!(names.claim("Self_", "Value"), "Self2");
        assert_eq!(names.claim("", "Value"), "Value");
        assert_eq!(Names::reserving(["new"]).claim("new", "operation"), "new_");
    }

    #[test]
    fn shared_words_go_only_when_names_stay_distinct() {
        let names = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            without_common_words(&names(&["ClassicOptions", "RecruiterOptions"])),
            ["Classic", "Recruiter"]
        );
        assert_eq!(
            without_common_words(&names(&["Options", "MoreOptions"])),
            ["Options", "MoreOptions"]
        );
        assert_eq!(without_common_words(&names(&["Cat"])), ["Cat"]);
    }
}
