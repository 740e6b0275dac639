//! The public API of generated code, as a text that a reviewer can read and a diff can be made of.
//!
//! Made with syn from the source alone, so that it needs neither a nightly compiler nor a build. What it cannot see
//! through, a macro, it reads by its shape: every enum of the runtime's macros is written `enum Name { Variant ... }`.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use similar::{ChangeTag, TextDiff};
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Field, Fields, ImplItem, Item, ItemImpl, Meta, Signature, Token, TraitItem, Type,
    Visibility,
};

/// Items by kind and path (`struct types::Chat`): a line with that and what follows it, the traits that it derives or the
/// macro that makes it, then a line for each field, variant, function and trait, in the order of the source.
pub(crate) type Outline = BTreeMap<String, Vec<String>>;

/// The outline of a module's files, given by name (`types.rs`, `retry/mod.rs`) and text.
///
/// # Errors
/// A file that is not Rust.
pub(crate) fn outline<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Outline> {
    let (mut outline, mut impls) = (Outline::new(), Vec::new());
    for (name, text) in files {
        let file = syn::parse_file(text).with_context(|| format!("{name} is not Rust"))?;
        let module = name.trim_end_matches(".rs").replace('/', "::");
        let is_root = matches!(module.as_str(), "mod" | "lib");
        let module = if is_root {
            String::new()
        } else {
            module.trim_end_matches("::mod").to_owned() + "::"
        };
        for item in file.items {
            match item {
                Item::Impl(item) => impls.push((module.clone(), item)),
                item => add(&mut outline, &module, &item),
            }
        }
    }
    for (module, item) in &impls {
        add_impl(&mut outline, module, item);
    }
    Ok(outline)
}

/// The text of the snapshot, headed by `command`, which makes it.
pub(crate) fn text(outline: &Outline, command: &str) -> String {
    let items = outline
        .values()
        .map(|lines| format!("\n{}\n", lines.join("\n")));
    format!(
        "# The public API of the generated code, in outline; not to be edited. Made by: {command}\n"
    ) + &items.collect::<String>()
}

/// What changed, item by item: lines that begin with `+`, `-` or a space, as in a diff, each change under its item.
pub(crate) fn difference(old: &Outline, new: &Outline) -> Vec<String> {
    let mut lines = Vec::new();
    for name in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
        let [old, new] = [old, new].map(|outline| {
            let lines = outline.get(name).into_iter().flatten();
            lines.map(String::as_str).collect::<Vec<_>>()
        });
        let changes = TextDiff::from_slices(&old, &new);
        if old != new {
            let heading = old.first().filter(|heading| new.first() == Some(*heading));
            lines.extend(heading.map(|heading| format!("  {heading}")));
            let changes = changes
                .iter_all_changes()
                .filter(|change| change.tag() != ChangeTag::Equal);
            lines.extend(changes.map(|change| format!("{} {}", change.tag(), change.value())));
        }
    }
    lines
}

/// The lines of an item.
fn lines(name: &str, note: &str, members: Vec<String>) -> Vec<String> {
    let heading = if note.is_empty() {
        name.to_owned()
    } else {
        format!("{name}: {note}")
    };
    std::iter::once(heading)
        .chain(members.iter().map(|member| format!("    {member}")))
        .collect()
}

fn add(outline: &mut Outline, module: &str, item: &Item) {
    let (visibility, kind, ident, note, members) = match item {
        Item::Struct(item) => (
            &item.vis,
            "struct",
            &item.ident,
            derived(&item.attrs),
            public_fields(&item.fields),
        ),
        Item::Enum(item) => (
            &item.vis,
            "enum",
            &item.ident,
            derived(&item.attrs),
            item.variants.iter().map(variant).collect(),
        ),
        Item::Trait(item) => {
            let functions = item.items.iter().filter_map(|item| match item {
                TraitItem::Fn(function) => Some(signature(&function.sig)),
                TraitItem::Type(item) => Some(compact(item)),
                _ => None,
            });
            (
                &item.vis,
                "trait",
                &item.ident,
                compact(&item.supertraits),
                functions.collect(),
            )
        }
        Item::Const(item) => {
            let note = format!("{} = {}", compact(&item.ty), compact(&item.expr));
            (&item.vis, "const", &item.ident, note, Vec::new())
        }
        Item::Type(item) => (
            &item.vis,
            "type",
            &item.ident,
            compact(&item.ty),
            Vec::new(),
        ),
        Item::Fn(item) => (
            &item.vis,
            "fn",
            &item.sig.ident,
            signature(&item.sig),
            Vec::new(),
        ),
        Item::Mod(item) => (&item.vis, "mod", &item.ident, String::new(), Vec::new()),
        Item::Use(item) if is_public(&item.vis) => {
            let name = format!("use {module}{}", compact(&item.tree));
            outline.insert(name.clone(), vec![name]);
            return;
        }
        Item::Macro(item) => {
            let path = item.mac.path.segments.last();
            let name = path.map_or_else(String::new, |segment| segment.ident.to_string());
            if let Some((ident, note, members)) = from_macro(item.mac.tokens.clone()) {
                let (item, note) = (format!("enum {module}{ident}"), format!("{name}! {note}"));
                let lines = lines(&item, note.trim(), members);
                outline.insert(item, lines);
            }
            return;
        }
        _ => return,
    };
    if is_public(visibility) {
        let name = format!("{kind} {module}{ident}");
        let lines = lines(&name, &note, members);
        outline.insert(name, lines);
    }
}

/// Adds an `impl` to the type that it is for. Private types have nothing to show.
fn add_impl(outline: &mut Outline, module: &str, item: &ItemImpl) {
    let Type::Path(path) = &*item.self_ty else {
        return;
    };
    let Some(target) = path.path.segments.last() else {
        return;
    };
    let here = ["enum", "struct"].map(|kind| format!("{kind} {module}{}", target.ident));
    let Some(name) = here.into_iter().find(|name| outline.contains_key(name)) else {
        return;
    };
    let members: Vec<String> = match &item.trait_ {
        Some((path, _)) if item.generics.params.is_empty() => {
            vec![format!("impl {}", compact(path))]
        }
        Some((path, _)) => {
            vec![format!(
                "impl{} {} for {}",
                compact(&item.generics),
                compact(path),
                compact(&item.self_ty)
            )]
        }
        None => item.items.iter().filter_map(function).collect(),
    };
    let members = members.iter().map(|member| format!("    {member}"));
    outline.entry(name).or_default().extend(members);
}

/// A variant without the attributes of its fields, which say how they are written and not what they are.
fn variant(variant: &syn::Variant) -> String {
    let mut fields = variant.fields.clone();
    fields.iter_mut().for_each(|field| field.attrs.clear());
    let mut options = serde_options(&variant.attrs).into_iter();
    let renamed =
        options.find_map(|option| Some(format!(" = {}", option.strip_prefix("rename = ")?)));
    format!(
        "{}{}{}",
        variant.ident,
        compact(fields),
        renamed.unwrap_or_default()
    )
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
    let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
    let options = serde.filter_map(|attribute| attribute.parse_args_with(parser).ok());
    options.flatten().map(compact).collect()
}

fn public_fields(fields: &Fields) -> Vec<String> {
    let public = fields.iter().filter(|field| is_public(&field.vis));
    let name = |field: &Field| {
        field
            .ident
            .as_ref()
            .map_or("_".to_owned(), ToString::to_string)
    };
    public
        .map(|field| format!("{}: {}", name(field), compact(&field.ty)))
        .collect()
}

fn function(item: &ImplItem) -> Option<String> {
    match item {
        ImplItem::Fn(function) if is_public(&function.vis) => Some(signature(&function.sig)),
        ImplItem::Const(item) if is_public(&item.vis) => {
            Some(format!("const {}: {}", item.ident, compact(&item.ty)))
        }
        _ => None,
    }
}

/// A function without its body. Whether it may change what it owns is its own business.
fn signature(signature: &Signature) -> String {
    let text = compact(signature).replacen(" (", "(", 1);
    text.replace("(mut self", "(self")
}

/// The enum that a macro is given. What stands between its name and the braces is no Rust, and goes into the note; the
/// list of a catalogue (`=> [ ... ]`) is data, not API, and is left out.
fn from_macro(tokens: TokenStream) -> Option<(String, String, Vec<String>)> {
    let mut tokens = tokens.into_iter();
    tokens.find(|token| token.to_string() == "enum")?;
    let name = tokens.next()?.to_string();
    let mut note = TokenStream::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let is_bracket = |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket);
                let kept = group
                    .stream()
                    .into_iter()
                    .filter(|token| !is_bracket(token) && token.to_string() != "#");
                let text = compact(kept.collect::<TokenStream>());
                let members = text
                    .split(',')
                    .map(|variant| variant.trim_end_matches("=>").trim().to_owned());
                let members = members.filter(|variant| !variant.is_empty()).collect();
                return Some((name, compact(note), members));
            }
            token => note.extend([token]),
        }
    }
    None
}

/// Tokens as people write them, without the spaces that the printer of tokens puts between all of them, and with paths
/// that do not begin with `::`.
fn compact(tokens: impl ToTokens) -> String {
    const SPACING: &[(&str, &str)] = &[
        ("(:: ", "("),
        ("[:: ", "["),
        ("< :: ", "< "),
        ("& :: ", "& "),
        (", :: ", ", "),
        ("> :: ", "> "),
        (" :: ", "::"),
        (" < ", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ,", ","),
        (",)", ")"),
        (",>", ">"),
        ("& ", "&"),
        (" : ", ": "),
        ("- ", "-"),
        ("? ", "?"),
    ];
    let text = tokens.to_token_stream().to_string();
    let text = text.trim_start_matches(":: ").to_owned();
    SPACING
        .iter()
        .fold(text, |text, (spaced, tight)| text.replace(spaced, tight))
}

#[cfg(test)]
mod tests;
