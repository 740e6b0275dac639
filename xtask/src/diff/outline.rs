//! The public API of generated code, as a text that a reviewer can read and a diff can be made of.
//!
//! Made with syn from the source alone, so that it needs neither a nightly compiler nor a build. What it cannot see
//! through, a macro, it reads by its shape: every enum of the runtime's macros is written `enum Name { Variant ... }`.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Fields, FnArg, ImplItem, Item, Signature, Visibility};

/// An item and what belongs to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// What follows its name: the traits that it derives, the macro that makes it.
    pub(crate) note: String,
    /// Fields, variants, functions and traits, each in a line, in the order of the source.
    pub(crate) members: Vec<String>,
}

/// Items by kind and path: `struct types::Chat`.
pub(crate) type Outline = BTreeMap<String, Entry>;

/// The outline of a module's files, given by name (`types.rs`) and text.
///
/// # Errors
/// A file that is not Rust.
pub(crate) fn outline<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Outline> {
    let mut outline = Outline::new();
    for (name, text) in files {
        let file = syn::parse_file(text).with_context(|| format!("{name} is not Rust"))?;
        let module = match name.trim_end_matches(".rs") {
            "mod" => String::new(),
            module => format!("{module}::"),
        };
        for item in &file.items {
            add(&mut outline, &module, item);
        }
    }
    Ok(outline)
}

/// The text of the snapshot, headed by `command`, which makes it.
pub(crate) fn text(outline: &Outline, command: &str) -> String {
    let mut text = format!(
        "# The public API of the generated code, in outline; not to be edited. Made by: {command}\n"
    );
    for (name, entry) in outline {
        text += &format!("\n{}\n", heading(name, entry));
        for member in &entry.members {
            text += &format!("    {member}\n");
        }
    }
    text
}

/// What changed, item by item: lines that begin with `+`, `-` or a space, as in a diff, each change under its item.
pub(crate) fn difference(old: &Outline, new: &Outline) -> Vec<String> {
    let mut lines = Vec::new();
    let names: std::collections::BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        match (old.get(name), new.get(name)) {
            (Some(before), Some(after)) if before == after => {}
            (Some(before), Some(after)) => {
                if before.note == after.note {
                    lines.push(format!("  {}", heading(name, after)));
                } else {
                    lines.push(format!("- {}", heading(name, before)));
                    lines.push(format!("+ {}", heading(name, after)));
                }
                let members = similar::TextDiff::from_slices(
                    &before
                        .members
                        .iter()
                        .map(String::as_str)
                        .collect::<Vec<_>>(),
                    &after.members.iter().map(String::as_str).collect::<Vec<_>>(),
                )
                .iter_all_changes()
                .filter(|change| change.tag() != similar::ChangeTag::Equal)
                .map(|change| format!("{}     {}", change.tag(), change.value()))
                .collect::<Vec<_>>();
                lines.extend(members);
            }
            (before, after) => {
                let sign = if before.is_some() { '-' } else { '+' };
                for entry in before.into_iter().chain(after) {
                    lines.push(format!("{sign} {}", heading(name, entry)));
                    let members = entry.members.iter();
                    lines.extend(members.map(|member| format!("{sign}     {member}")));
                }
            }
        }
    }
    lines
}

fn heading(name: &str, entry: &Entry) -> String {
    if entry.note.is_empty() {
        name.to_owned()
    } else {
        format!("{name}: {}", entry.note)
    }
}

fn add(outline: &mut Outline, module: &str, item: &Item) {
    match item {
        Item::Struct(item) if is_public(&item.vis) => {
            let entry = entry(outline, "struct", module, &item.ident);
            entry.note = derived(&item.attrs);
            entry.members.extend(public_fields(&item.fields));
        }
        Item::Enum(item) if is_public(&item.vis) => {
            let entry = entry(outline, "enum", module, &item.ident);
            entry.note = derived(&item.attrs);
            for variant in &item.variants {
                // Without their attributes, which say how they are written and not what they are.
                let mut fields = variant.fields.clone();
                fields.iter_mut().for_each(|field| field.attrs.clear());
                let fields = compact(fields.to_token_stream());
                let renamed = serde_options(&variant.attrs)
                    .into_iter()
                    .find_map(|option| Some(format!(" = {}", option.strip_prefix("rename = ")?)));
                let renamed = renamed.unwrap_or_default();
                entry
                    .members
                    .push(format!("{}{fields}{renamed}", variant.ident));
            }
        }
        Item::Const(item) if is_public(&item.vis) => {
            let value = compact(item.expr.to_token_stream());
            entry(outline, "const", module, &item.ident).note =
                format!("{} = {value}", compact(item.ty.to_token_stream()));
        }
        Item::Type(item) if is_public(&item.vis) => {
            entry(outline, "type", module, &item.ident).note = compact(item.ty.to_token_stream());
        }
        Item::Fn(item) if is_public(&item.vis) => {
            entry(outline, "fn", module, &item.sig.ident).note = signature(&item.sig);
        }
        Item::Use(item) if is_public(&item.vis) => {
            let tree = compact(item.tree.to_token_stream());
            outline.insert(format!("use {module}{tree}"), Entry::default());
        }
        Item::Mod(item) if is_public(&item.vis) => {
            let _ = entry(outline, "mod", module, &item.ident);
        }
        Item::Impl(item) => {
            let target = format!("{module}{}", compact(item.self_ty.to_token_stream()));
            let name = [format!("enum {target}"), format!("struct {target}")]
                .into_iter()
                .find(|name| outline.contains_key(name))
                .unwrap_or_else(|| format!("impl {target}"));
            let members = match &item.trait_ {
                Some((path, _)) => vec![format!("impl {}", compact(path.to_token_stream()))],
                None => item.items.iter().filter_map(function).collect(),
            };
            // Private types have nothing to show.
            if !name.starts_with("impl ") {
                outline.entry(name).or_default().members.extend(members);
            }
        }
        Item::Macro(item) => {
            let path = item.mac.path.segments.last();
            let name = path.map_or_else(String::new, |segment| segment.ident.to_string());
            if let Some((ident, mut made)) = from_macro(item.mac.tokens.clone()) {
                made.note = [format!("{name}!"), made.note].join(" ").trim().to_owned();
                outline.insert(format!("enum {module}{ident}"), made);
            }
        }
        _ => {}
    }
}

fn entry<'o>(
    outline: &'o mut Outline,
    kind: &str,
    module: &str,
    ident: &syn::Ident,
) -> &'o mut Entry {
    outline
        .entry(format!("{kind} {module}{ident}"))
        .or_default()
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// What the item promises by its attributes: the traits it derives, that more may come, and how variants are told apart.
fn derived(attributes: &[Attribute]) -> String {
    let mut names = Vec::new();
    let told_apart = serde_options(attributes);
    names.extend(
        told_apart
            .into_iter()
            .filter(|option| option == "untagged" || option.starts_with("tag = ")),
    );
    for attribute in attributes {
        if attribute.path().is_ident("derive") {
            let _ = attribute.parse_nested_meta(|meta| {
                names.extend(meta.path.segments.last().map(|last| last.ident.to_string()));
                Ok(())
            });
        }
        if attribute.path().is_ident("non_exhaustive") {
            names.push("#[non_exhaustive]".to_owned());
        }
    }
    names.join(" + ")
}

/// What `#[serde(...)]` says, each option as a text.
fn serde_options(attributes: &[Attribute]) -> Vec<String> {
    let serde = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"));
    let options = serde.filter_map(|attribute| {
        let parser = syn::punctuated::Punctuated::<syn::Meta, syn::Token![,]>::parse_terminated;
        attribute.parse_args_with(parser).ok()
    });
    options
        .flatten()
        .map(|option| compact(option.to_token_stream()))
        .collect()
}

fn public_fields(fields: &Fields) -> Vec<String> {
    let public = fields.iter().filter(|field| is_public(&field.vis));
    public
        .map(|field| {
            let name = field
                .ident
                .as_ref()
                .map_or_else(|| "_".to_owned(), ToString::to_string);
            format!("{name}: {}", compact(field.ty.to_token_stream()))
        })
        .collect()
}

fn function(item: &ImplItem) -> Option<String> {
    match item {
        ImplItem::Fn(function) if is_public(&function.vis) => {
            let words = signature(&function.sig);
            let constness = function.sig.constness.map_or("", |_| "const ");
            let asyncness = function.sig.asyncness.map_or("", |_| "async ");
            Some(format!(
                "{constness}{asyncness}fn {}{words}",
                function.sig.ident
            ))
        }
        ImplItem::Const(item) if is_public(&item.vis) => Some(format!(
            "const {}: {}",
            item.ident,
            compact(item.ty.to_token_stream())
        )),
        _ => None,
    }
}

/// The parameters and the result of a function.
fn signature(signature: &Signature) -> String {
    let generics = compact(signature.generics.to_token_stream());
    let inputs: Vec<String> = signature
        .inputs
        .iter()
        .map(|input| match input {
            FnArg::Typed(typed) => format!(
                "{}: {}",
                compact(typed.pat.to_token_stream()),
                compact(typed.ty.to_token_stream())
            ),
            // Whether the function may change what it owns is its own business.
            FnArg::Receiver(receiver) => compact(receiver.to_token_stream())
                .trim_start_matches("mut ")
                .to_owned(),
        })
        .collect();
    let output = compact(signature.output.to_token_stream());
    let clause = signature.generics.where_clause.as_ref();
    let clause = clause.map_or_else(String::new, |clause| {
        format!(" {}", compact(clause.to_token_stream()))
    });
    let output = if output.is_empty() {
        output
    } else {
        format!(" {output}")
    };
    format!("{generics}({}){output}{clause}", inputs.join(", "))
}

/// The enum that a macro is given: its name, what stands between the name and the braces, and its variants.
fn from_macro(tokens: TokenStream) -> Option<(String, Entry)> {
    let mut tokens = without_attributes(tokens).into_iter();
    tokens.find(|token| token.to_string() == "enum")?;
    let name = tokens.next()?.to_string();
    let mut note = TokenStream::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let members = variants(group.stream());
                let note = compact(note);
                return Some((name, Entry { note, members }));
            }
            token => note.extend([token]),
        }
    }
    None
}

/// Each variant in a line. The list of a catalogue (`=> [ ... ]`) is data, not API, and is left out.
fn variants(tokens: TokenStream) -> Vec<String> {
    let mut variants = Vec::new();
    let mut current = TokenStream::new();
    for token in without_attributes(tokens) {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => {
                variants.push(compact(std::mem::take(&mut current)));
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {}
            _ => current.extend([token]),
        }
    }
    variants.push(compact(current));
    variants.retain(|variant| !variant.is_empty());
    for variant in &mut variants {
        *variant = variant.trim_end_matches("=>").trim_end().to_owned();
    }
    variants
}

fn without_attributes(tokens: TokenStream) -> Vec<TokenTree> {
    let mut kept: Vec<TokenTree> = Vec::new();
    for token in tokens {
        let is_attribute = matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket)
            && matches!(kept.last(), Some(TokenTree::Punct(punct)) if punct.as_char() == '#');
        if is_attribute {
            kept.pop();
        } else {
            kept.push(token);
        }
    }
    kept
}

/// Tokens as people write them, without the spaces that the printer of tokens puts between all of them, and with
/// paths that do not begin with `::`.
fn compact(tokens: TokenStream) -> String {
    let mut words = Vec::new();
    split(tokens, &mut words);
    let mut text = String::new();
    let mut before = "";
    for (index, word) in words.iter().enumerate() {
        let after = words.get(index + 1).map_or("", String::as_str);
        let is_trailing_comma = word == "," && matches!(after, ")" | "]" | ">");
        if is_trailing_comma || (word == "::" && !ends_a_name(before)) {
            continue;
        }
        if !before.is_empty() && is_spaced(before, word) {
            text.push(' ');
        }
        text += word;
        before = word;
    }
    text
}

/// Words, literals and signs; signs written without a space between them are one.
fn split(tokens: TokenStream, words: &mut Vec<String>) {
    let mut sign = String::new();
    for token in tokens {
        match token {
            TokenTree::Punct(punct) => {
                sign.push(punct.as_char());
                let goes_on = punct.spacing() == proc_macro2::Spacing::Joint;
                if !goes_on || !matches!(sign.as_str(), ":" | "-" | "=" | ".") {
                    words.push(std::mem::take(&mut sign));
                }
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::None => ("", ""),
                };
                words.extend([open].map(str::to_owned));
                split(group.stream(), words);
                words.extend([close].map(str::to_owned));
                words.retain(|word| !word.is_empty());
            }
            word => words.push(word.to_string()),
        }
    }
    if !sign.is_empty() {
        words.push(sign);
    }
}

fn ends_a_name(word: &str) -> bool {
    word == ">" || word.ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

fn is_spaced(before: &str, after: &str) -> bool {
    let glues = matches!(
        before,
        "(" | "[" | "<" | "::" | "&" | "'" | "#" | "!" | "-" | "*"
    );
    let is_glued = match after {
        ")" | "]" | ">" | "," | ";" | ":" | "::" | "?" | "!" => true,
        "(" | "<" => ends_a_name(before),
        _ => false,
    };
    !glues && !is_glued
}

#[cfg(test)]
mod tests;
