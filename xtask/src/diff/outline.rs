//! The public API of a crate or of generated code, as a text that a reviewer can read and a diff can be made of.
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
    Attribute, Field, Fields, Ident, ImplItem, Item, ItemImpl, ItemMacro, Meta, Signature, Token,
    TraitItem, Type, Visibility,
};

/// Items by kind and path (`struct types::Chat`): a line with that and what follows it, the traits that it derives or the
/// macro that makes it, then a line for each field, variant, function and trait, in the order of the source.
pub(crate) type Outline = BTreeMap<String, Vec<String>>;

/// The outline of a crate's or module's files, given by name (`types.rs`, `retry/mod.rs`) and text.
///
/// # Errors
/// A file that is not Rust.
pub(crate) fn outline<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Outline> {
    let mut items: Vec<(String, Item)> = Vec::new();
    for (name, text) in files {
        let file = syn::parse_file(text).with_context(|| format!("{name} is not Rust"))?;
        let module = name.trim_end_matches(".rs").trim_end_matches("/mod");
        let is_root = matches!(module, "mod" | "lib");
        let module = if is_root {
            String::new()
        } else {
            module.replace('/', "::") + "::"
        };
        items.extend(file.items.into_iter().map(|item| (module.clone(), item)));
    }
    join_parts(&mut items);
    let exports = Exports::of(&items);
    let mut outline = Outline::new();
    for (module, item) in items
        .iter()
        .filter(|(_, item)| !matches!(item, Item::Impl(_)))
    {
        add(&mut outline, &exports, module, item);
    }
    for (module, item) in &items {
        if let Item::Impl(item) = item {
            add_impl(&mut outline, module, item);
        }
    }
    Ok(outline)
}

/// Counts the items of a private module that another exports as a whole (`mod a; pub use a::*;`) among those of that: in which of
/// its files an item stands is nobody's business.
fn join_parts(items: &mut Vec<(String, Item)>) {
    let known: BTreeSet<String> = items.iter().map(|(module, _)| module.clone()).collect();
    let mut joined = BTreeMap::new();
    items.retain(|(module, item)| {
        let part = match item {
            Item::Use(item) if is_public(&item.vis, &item.attrs) => compact(&item.tree),
            _ => return true,
        };
        let part = part.strip_suffix('*').map(|part| format!("{module}{part}"));
        let part = part.filter(|part| !module.is_empty() && known.contains(part));
        let is_part = part.is_some();
        joined.extend(part.map(|part| (part, module.clone())));
        !is_part
    });
    for (module, _) in items {
        if let Some(whole) = joined.get(module) {
            module.clone_from(whole);
        }
    }
}

/// What can be reached from outside: the modules that are public, and what is exported from the others.
struct Exports {
    modules: BTreeSet<String>,
    trees: String,
    words: BTreeSet<String>,
}

impl Exports {
    fn of(items: &[(String, Item)]) -> Exports {
        // Without a root, all that there is can be reached.
        let has_root = items.iter().any(|(module, _)| module.is_empty());
        let known = items.iter().map(|(module, _)| module.clone());
        let mut modules: BTreeSet<String> = known.filter(|_| !has_root).collect();
        modules.insert(String::new());
        let mut trees = String::new();
        // From the root down, since a module is known after the one that it is in.
        let mut sorted: Vec<_> = items.iter().collect();
        sorted.sort_by_key(|(module, _)| module.matches("::").count());
        for (module, item) in sorted {
            match item {
                Item::Mod(item)
                    if is_public(&item.vis, &item.attrs) && modules.contains(module) =>
                {
                    modules.insert(format!("{module}{}::", item.ident));
                }
                Item::Use(item) if is_public(&item.vis, &item.attrs) => {
                    trees += &format!(" {}", compact(&item.tree));
                }
                _ => {}
            }
        }
        let words = trees
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .map(str::to_owned)
            .collect();
        Exports {
            modules,
            trees,
            words,
        }
    }

    fn has(&self, module: &str, ident: &Ident) -> bool {
        let is_all = self.trees.contains(&format!("{module}*"));
        self.modules.contains(module) || is_all || self.words.contains(&ident.to_string())
    }
}

/// The text of the snapshot, headed by `command`, which makes it.
pub(crate) fn text(outline: &Outline, what: &str, command: &str) -> String {
    let items = outline
        .values()
        .map(|lines| format!("\n{}\n", lines.join("\n")));
    format!("# The public API of {what}, in outline; not to be edited. Made by: {command}\n")
        + &items.collect::<String>()
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

fn add(outline: &mut Outline, exports: &Exports, module: &str, item: &Item) {
    let (kind, visibility, attributes, ident) = match item {
        Item::Struct(item) => ("struct", &item.vis, &item.attrs, &item.ident),
        Item::Enum(item) => ("enum", &item.vis, &item.attrs, &item.ident),
        Item::Trait(item) => ("trait", &item.vis, &item.attrs, &item.ident),
        Item::Const(item) => ("const", &item.vis, &item.attrs, &item.ident),
        Item::Type(item) => ("type", &item.vis, &item.attrs, &item.ident),
        Item::Fn(item) => ("fn", &item.vis, &item.attrs, &item.sig.ident),
        Item::Mod(item) => ("mod", &item.vis, &item.attrs, &item.ident),
        Item::Use(item) => {
            if is_public(&item.vis, &item.attrs) && exports.modules.contains(module) {
                let name = format!("use {module}{}", compact(&item.tree));
                outline.insert(name.clone(), vec![name]);
            }
            return;
        }
        Item::Macro(item) => return outline.extend(from_macro(module, item)),
        _ => return,
    };
    let (note, members) = match item {
        Item::Struct(item) => (derived(attributes), public_fields(&item.fields)),
        Item::Enum(item) => (
            derived(attributes),
            item.variants.iter().map(variant).collect(),
        ),
        Item::Trait(item) => {
            let members = item.items.iter().filter_map(|item| match item {
                TraitItem::Fn(item) => (!is_hidden(&item.attrs)).then(|| signature(&item.sig)),
                TraitItem::Type(item) => Some(format!("type {}", item.ident)),
                _ => None,
            });
            (compact(&item.supertraits), members.collect())
        }
        Item::Const(item) => (
            format!("{} = {}", compact(&item.ty), compact(&item.expr)),
            Vec::new(),
        ),
        Item::Type(item) => (compact(&item.ty), Vec::new()),
        Item::Fn(item) => (signature(&item.sig), Vec::new()),
        _ => (String::new(), Vec::new()),
    };
    if is_public(visibility, attributes) && exports.has(module, ident) {
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
    let here = format!("{module}{}", target.ident);
    let named = |name: &&String| {
        let path = name.strip_prefix("enum ").or(name.strip_prefix("struct "));
        path.is_some_and(|path| path.rsplit("::").next() == here.rsplit("::").next())
    };
    // Here, or else in a module around: that of the client, whose methods stand in several files.
    let around = module.rmatch_indices("::").skip(1);
    let around = around.map(|(at, _)| format!(" {}::{}", &module[..at], target.ident));
    let mut places = std::iter::once(format!(" {here}")).chain(around);
    let found = places.find_map(|place| {
        let mut names = outline.keys();
        names.find(|name| named(name) && name.ends_with(place.as_str()))
    });
    let Some(name) = found.or_else(|| outline.keys().find(named)).cloned() else {
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

fn is_public(visibility: &Visibility, attributes: &[Attribute]) -> bool {
    matches!(visibility, Visibility::Public(_)) && !is_hidden(attributes)
}

/// Whether it says `#[doc(hidden)]`.
fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        compact(&attribute.meta) == "doc(hidden)" || compact(&attribute.meta) == "doc (hidden)"
    })
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
    let public = fields
        .iter()
        .filter(|field| is_public(&field.vis, &field.attrs));
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
        ImplItem::Fn(function) if is_public(&function.vis, &function.attrs) => {
            Some(signature(&function.sig))
        }
        ImplItem::Const(item) if is_public(&item.vis, &item.attrs) => {
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

/// A macro that is exported, or the enum that one is given. What stands between its name and the braces is no Rust, and
/// goes into the note; the list of a catalogue (`=> [ ... ]`) is data, not API, and is left out.
fn from_macro(module: &str, item: &ItemMacro) -> Option<(String, Vec<String>)> {
    if let Some(ident) = &item.ident {
        let is_exported = item
            .attrs
            .iter()
            .any(|one| one.path().is_ident("macro_export"));
        let name = format!("macro {ident}");
        return (is_exported && !is_hidden(&item.attrs)).then(|| (name.clone(), vec![name]));
    }
    let mut tokens = item.mac.tokens.clone().into_iter();
    tokens.find(|token| token.to_string() == "enum")?;
    let name = format!("enum {module}{}", tokens.next()?);
    let mut note = format!("{}!", item.mac.path.segments.last()?.ident);
    for token in tokens {
        let TokenTree::Group(group) = token else {
            note += &format!(" {token}");
            continue;
        };
        let is_bracket = |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket);
        let kept = group.stream().into_iter();
        let kept = kept.filter(|token| !is_bracket(token) && token.to_string() != "#");
        let text = compact(kept.collect::<TokenStream>());
        let members = text
            .split(',')
            .map(|variant| variant.trim_end_matches("=>").trim());
        let members = members
            .filter(|variant| !variant.is_empty())
            .map(str::to_owned);
        let lines = lines(&name, &note, members.collect());
        return Some((name, lines));
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
        ("Fn (", "Fn("),
    ];
    let text = tokens.to_token_stream().to_string();
    let text = text.trim_start_matches(":: ").to_owned();
    SPACING
        .iter()
        .fold(text, |text, (spaced, tight)| text.replace(spaced, tight))
}

#[cfg(test)]
mod tests;
