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

/// Rewrites CommonMark so that rustdoc shows it as meant, and neither it nor clippy has anything to say: brackets that are not links
/// would be taken for paths of Rust items, tags for HTML, code blocks for tests to be run, and lines that go on in a list or a quote
/// have to be indented as that is.
pub(crate) fn for_rustdoc(text: &str) -> String {
    // Bare carriage returns, and characters that turn the direction of writing, are errors in a comment.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines = text.trim().lines().map(|line| {
        let line = line.trim_end().replace('\t', "    ");
        line.replace(is_invisible, "")
    });
    let lines: Vec<String> = lines.collect();
    rewrite(&lines).join("\n").trim_end().to_owned()
}

/// An item of a list: where its text begins, as it was written and as it is rewritten.
struct Item {
    written: usize,
    column: usize,
}

/// A code block that is open: how it begins, and how far that is indented.
struct Fence {
    marks: String,
    written: usize,
    column: usize,
}

fn rewrite(lines: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    let (mut items, mut fence) = (Vec::<Item>::new(), None::<Fence>);
    let mut in_paragraph = false;
    let mut lines = lines.iter().peekable();
    while let Some(line) = lines.next() {
        let mut body = line.trim_start();
        let indent = line.len() - body.len();
        if let Some(open) = &fence {
            let pad = " ".repeat(open.column);
            if body.starts_with(&open.marks) && is_one_sign(body) {
                out.push(pad + &open.marks);
                fence = None;
            } else {
                out.push(
                    (pad + &line[indent.min(open.written)..])
                        .trim_end()
                        .to_owned(),
                );
            }
            continue;
        }
        if body.is_empty() {
            out.push(String::new());
            in_paragraph = false;
            continue;
        }
        // Nothing else goes on in an item without being indented as that is.
        if !in_paragraph || begins_block(body) {
            while items.last().is_some_and(|item| indent < item.written) {
                items.pop();
            }
        }
        let mut column = items.last().map_or(0, |item| item.column);
        let mut text = " ".repeat(column);
        if body.starts_with('>') {
            let mut inner = vec![unquoted(line)];
            while let Some(next) = lines.next_if(|next| {
                let next = next.trim_start();
                next.starts_with('>') || !(next.is_empty() || begins_block(next))
            }) {
                inner.push(unquoted(next));
            }
            let inner = rewrite(&inner).into_iter();
            out.extend(inner.map(|line| format!("{text}> {line}").trim_end().to_owned()));
            in_paragraph = false;
            continue;
        }
        let mut written = indent;
        while let Some(marker) = marker(body).filter(|_| !is_rule(body)) {
            let rest = body[marker..].trim_start();
            let gap = body.len() - marker - rest.len();
            text += &format!("{} ", &body[..marker]);
            written += marker + if gap > 4 { 1 } else { gap };
            column += marker + 1;
            items.push(Item { written, column });
            body = rest;
        }
        if let Some((marks, language)) = fence_of(body) {
            out.push(format!("{text}{marks}{language}"));
            let marks = marks.to_owned();
            fence = Some(Fence {
                marks,
                written,
                column,
            });
            in_paragraph = false;
            continue;
        }
        escape_line(body, &mut text);
        out.push(text);
        in_paragraph = !is_rule(body) && !body.starts_with('#');
    }
    out.extend(fence.map(|open| " ".repeat(open.column) + &open.marks));
    out
}

/// A line of a quote without its mark.
fn unquoted(line: &str) -> String {
    let body = line.trim_start();
    let rest = body
        .strip_prefix('>')
        .map(|rest| rest.strip_prefix(' ').unwrap_or(rest));
    rest.unwrap_or(line).to_owned()
}

/// Whether a line does not go on with the paragraph before it.
fn begins_block(body: &str) -> bool {
    body.starts_with(['>', '#'])
        || is_rule(body)
        || marker(body).is_some()
        || fence_of(body).is_some()
}

/// A line across the page, or under a heading.
fn is_rule(body: &str) -> bool {
    body.starts_with(['-', '*', '_', '=']) && body.len() > 2 && is_one_sign(body)
}

fn is_one_sign(body: &str) -> bool {
    let mut signs = body.chars().filter(|c| *c != ' ');
    let first = signs.next();
    signs.all(|sign| Some(sign) == first)
}

/// The length of the mark of a list's item that the line begins with.
fn marker(body: &str) -> Option<usize> {
    let digits = body.len() - body.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = &body[digits..];
    let is_mark = match digits {
        0 => rest.starts_with(['-', '*', '+']),
        1..=9 => rest.starts_with(['.', ')']),
        _ => false,
    };
    (is_mark && rest[1..].starts_with(' ')).then_some(digits + 1)
}

/// The marks that begin a code block, and its language: one that is no Rust, or rustdoc would compile it.
fn fence_of(body: &str) -> Option<(&str, &str)> {
    let mark = body
        .chars()
        .next()
        .filter(|mark| matches!(mark, '`' | '~'))?;
    let info = body.trim_start_matches(mark);
    let marks = &body[..body.len() - info.len()];
    if marks.len() < 3 || (mark == '`' && info.contains('`')) {
        return None;
    }
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+' | '#');
    let language = info
        .trim()
        .split(|c| !is_word(c))
        .next()
        .unwrap_or_default();
    let plain = language.replace(['-', '_'], "").to_ascii_lowercase();
    let is_rust = match plain.as_str() {
        "" | "custom" | "norun" | "shouldpanic" | "compilefail" | "testharness"
        | "standalonecrate" => true,
        plain => ["rust", "ignore", "edition", "e0"]
            .iter()
            .any(|word| plain.starts_with(word)),
    };
    Some((marks, if is_rust { "text" } else { language }))
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
        '<' | '>' | '`' | '"' | '\\' => true,
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
    let plain = !label.contains(['[', ']', '<'])
        && !target.contains(|c: char| c.is_whitespace() || c == '\\');
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
        assert_eq!(for_rustdoc("`a [b] ``"), "\\`a \\[b\\] \\`\\`");
    }

    #[test]
    fn what_goes_on_in_a_list_or_a_quote_is_indented_as_that_is() {
        assert_eq!(for_rustdoc("- a\nb\n\nc"), "- a\n  b\n\nc");
        assert_eq!(
            for_rustdoc("1. a\n   - b\n      c\n\n     d\n2. e"),
            "1. a\n   - b\n     c\n\n     d\n2. e"
        );
        assert_eq!(for_rustdoc("    * a\n      b"), "* a\n  b");
        assert_eq!(
            for_rustdoc("> a\nb\n> - c\nd\n\ne"),
            "> a\n> b\n> - c\n>   d\n\ne"
        );
        assert_eq!(for_rustdoc("- a\n---\n# b"), "- a\n---\n# b");
        assert_eq!(for_rustdoc("- - a\nb"), "- - a\n    b");
    }

    #[test]
    fn code_blocks_are_never_run_as_tests() {
        assert_eq!(for_rustdoc("```\nlet x;\n```"), "```text\nlet x;\n```");
        assert_eq!(for_rustdoc("```json\n{}"), "```json\n{}\n```");
        assert_eq!(for_rustdoc("a\n\n        deep"), "a\n\ndeep");
        assert_eq!(for_rustdoc("-      deep"), "- deep");
        assert_eq!(for_rustdoc("> ~~~\n> f()"), "> ~~~text\n> f()\n> ~~~");
        assert_eq!(
            for_rustdoc("- ```no-run\n  f()\n  ```\n[x]"),
            "- ```text\n  f()\n  ```\n\\[x\\]"
        );
        assert_eq!(
            for_rustdoc("````\n```\n[x]\n````\n[y]"),
            "````text\n```\n[x]\n````\n\\[y\\]"
        );
        assert_eq!(for_rustdoc("~~~http GET\n```"), "~~~http\n```\n~~~");
    }
}
