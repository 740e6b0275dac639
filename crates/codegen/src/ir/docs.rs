//! The Markdown of a document, rewritten for rustdoc.

/// A code span that survives backticks in its text.
pub(crate) fn code(text: &str) -> String {
    let text = text
        .replace(['\n', '\r', '\t'], " ")
        .replace(is_invisible, "");
    let mut fence = "`".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    let gap = if fence.len() > 1 { " " } else { "" };
    format!("{fence}{gap}{text}{gap}{fence}")
}

/// Rewrites CommonMark so that rustdoc shows it as meant: brackets that are not links would be taken for paths of Rust
/// items, tags for HTML, and code blocks for tests to be run.
pub(crate) fn for_rustdoc(text: &str) -> String {
    let mut out = String::new();
    let mut fenced = false;
    // Bare carriage returns, and characters that turn the direction of writing, are errors in a comment.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    for line in text.trim().lines() {
        let line = line
            .trim_end()
            .replace('\t', "    ")
            .replace(is_invisible, "");
        // Four spaces would make a code block, and so a test.
        let indent = line.len() - line.trim_start().len();
        let body = line.trim_start();
        if !out.is_empty() {
            out.push('\n');
        }
        if body.starts_with("```") || body.starts_with("~~~") {
            let language = body.trim_start_matches(['`', '~']).trim();
            let rust = language.is_empty() || language.starts_with("rust");
            out.push_str(if fenced || !rust { body } else { "```text" });
            fenced = !fenced;
        } else if fenced {
            out.push_str(&line);
        } else {
            out.push_str(&" ".repeat(indent.min(3)));
            escape_line(body, &mut out);
        }
    }
    if fenced {
        out.push_str("\n```");
    }
    out
}

/// Controls, and the characters of Unicode that turn the direction of writing.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn escape_line(line: &str, out: &mut String) {
    let mut rest = line;
    while let Some(next) = rest.find(['`', '[', ']', '<', '\\', 'h']) {
        out.push_str(&rest[..next]);
        rest = &rest[next..];
        let taken = if rest.starts_with('`') {
            code_span(rest)
        } else if rest.starts_with('[') {
            link(rest)
        } else if rest.starts_with("<http://") || rest.starts_with("<https://") {
            rest.find('>').map(|end| end + 1)
        } else if rest.starts_with('\\') {
            rest.chars().nth(1).map(|c| 1 + c.len_utf8())
        } else {
            None
        };
        if let Some(end) = taken {
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        } else if rest.starts_with("http://") || rest.starts_with("https://") {
            let url = rest[..end_of_url(rest)]
                .trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
            out.push_str(&format!("<{url}>"));
            rest = &rest[url.len()..];
        } else {
            let first = rest.chars().next().unwrap_or(' ');
            if matches!(first, '[' | ']' | '<' | '`' | '\\') {
                out.push('\\');
            }
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    out.push_str(rest);
}

/// Where a bare URL ends: at what no URL has, or at a bracket that closes what was opened before it.
fn end_of_url(text: &str) -> usize {
    let closes = |at: usize, open: char, close: char| {
        text[..at].matches(open).count() <= text[..at].matches(close).count()
    };
    let ends = |(at, c): &(usize, char)| match c {
        ')' => closes(*at, '(', ')'),
        ']' => closes(*at, '[', ']'),
        '<' | '>' | '`' | '"' => true,
        c => c.is_whitespace(),
    };
    text.char_indices()
        .find(ends)
        .map_or(text.len(), |(at, _)| at)
}

/// The length of the code span that `text` starts with.
fn code_span(text: &str) -> Option<usize> {
    let ticks = text.len() - text.trim_start_matches('`').len();
    let fence = &text[..ticks];
    let mut from = ticks;
    while let Some(found) = text[from..].find(fence) {
        let at = from + found;
        let run = text[at..].len() - text[at..].trim_start_matches('`').len();
        if run == ticks {
            return Some(at + ticks);
        }
        from = at + run;
    }
    None
}

/// The length of the inline link `[text](target)` that `text` starts with.
fn link(text: &str) -> Option<usize> {
    let middle = text.find("](")?;
    let label = &text[1..middle];
    let end = middle + text[middle..].find(')')?;
    let target = &text[middle + 2..end];
    let plain = !label.contains(['[', ']', '<']) && !target.contains(char::is_whitespace);
    // A relative target means nothing on the page of a Rust item.
    (plain && target.contains("://")).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::for_rustdoc;

    #[test]
    fn brackets_and_tags_are_text_unless_they_are_code_or_links() {
        assert_eq!(
            for_rustdoc("use linkedin[api] here"),
            "use linkedin\\[api\\] here"
        );
        assert_eq!(
            for_rustdoc("`linkedin[api]` and `<b>`"),
            "`linkedin[api]` and `<b>`"
        );
        assert_eq!(for_rustdoc("a <strong> tag"), "a \\<strong> tag");
        assert_eq!(
            for_rustdoc("[docs](https://a.b/c)"),
            "[docs](https://a.b/c)"
        );
        assert_eq!(for_rustdoc("see https://a.b/c."), "see <https://a.b/c>.");
        assert_eq!(
            for_rustdoc("(https://a.b/c(d)[e])"),
            "(<https://a.b/c(d)[e]>)"
        );
        assert_eq!(for_rustdoc("an odd ` tick"), "an odd \\` tick");
    }

    #[test]
    fn code_blocks_are_never_run_as_tests() {
        assert_eq!(for_rustdoc("```\nlet x;\n```"), "```text\nlet x;\n```");
        assert_eq!(for_rustdoc("```json\n{}"), "```json\n{}\n```");
        assert_eq!(for_rustdoc("a\n\n        deep"), "a\n\n   deep");
    }
}
