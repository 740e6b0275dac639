//! The last stage: tokens to formatted text.

use proc_macro2::TokenStream;

/// Formats a module's items.
pub(crate) fn format(tokens: TokenStream) -> Result<String, String> {
    let file =
        syn::parse2(tokens).map_err(|error| format!("what was generated is not Rust: {error}"))?;
    Ok(print(&file))
}

/// Formats items that need no parsing.
pub(crate) fn print(file: &syn::File) -> String {
    spaced(&prettyplease::unparse(file))
}

/// Puts an empty line between the items of a file, and between those of an `impl`.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 256);
    let mut previous = "";
    for line in text.lines() {
        let indent = indent_of(line);
        let ends_item = !previous.starts_with("//")
            && (previous.trim_start().starts_with('}')
                || (indent == 0 && previous.ends_with([';', '}'])));
        let one_list = previous.starts_with("use ") && line.starts_with("use ");
        if indent <= 4
            && indent_of(previous) == indent
            && ends_item
            && !one_list
            && begins_item(line)
        {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        previous = line;
    }
    out
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn begins_item(line: &str) -> bool {
    !line.trim_start().starts_with(['}', ')', ']']) && !line.trim().is_empty()
}
