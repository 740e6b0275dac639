//! How the errors of the layer below read in ours: without the path, which holds the id of a chat.

use postpress_client::{runtime, types::Problem};

/// What happened, in a clause that begins with who did it.
pub(crate) fn of_call(error: &runtime::Error<Problem>) -> String {
    let text = error.to_string();
    let Some(context) = error.context() else {
        return text;
    };
    let said = match text.strip_prefix(&context.to_string()) {
        Some(rest) if rest.starts_with(" answered") => format!("the service{rest}"),
        Some(rest) => format!("the request{rest}"),
        None => text,
    };
    match error {
        runtime::Error::InvalidBody(_) => without_quote(&said),
        _ => said,
    }
}

/// Leaves out the string that a decoding error quotes: it may be somebody's message.
fn without_quote(text: &str) -> String {
    const BEFORE: &str = "string \"";
    let Some(start) = text.find(BEFORE) else {
        return text.to_owned();
    };
    let (kept, quoted) = text.split_at(start + BEFORE.len() - 1);
    // The quoted text may hold quotation marks itself, and may have been cut short.
    let rest = quoted.rsplit_once("\", ").map_or("", |(_, rest)| rest);
    let separator = if rest.is_empty() { "" } else { ", " };
    format!("{}{separator}{rest}", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_string_is_left_out() {
        let text =
            "at `a`: invalid type: string \"Dear \\\"Anna\\\", hello\", expected i64 at line 1";
        assert_eq!(
            without_quote(text),
            "at `a`: invalid type: string, expected i64 at line 1"
        );
        assert_eq!(
            without_quote("invalid type: string \"Dear An..."),
            "invalid type: string"
        );
        assert_eq!(without_quote("missing field `id`"), "missing field `id`");
    }
}
