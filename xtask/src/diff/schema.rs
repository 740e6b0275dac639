//! Schemas: what values are made of, and what that makes of the Rust types.

use std::collections::BTreeSet;

use postpress_openapi::{Document, Node};

use super::change::{Area, Effect, Log};
use super::is_same;
use super::usage::{Usage, schema_name};

mod bounds;
mod shape;

pub(super) use shape::{Listed, values};
use shape::{View, branch_name};

/// The same thing in the former document and in the present one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sides<T> {
    pub(super) old: T,
    pub(super) new: T,
}

/// Compares the named schemas that both documents use, and lists those that only one does.
pub(super) fn named(
    log: &mut Log,
    documents: Sides<&Document>,
    usages: Sides<&std::collections::BTreeMap<&str, Usage>>,
) {
    let find = |document: &'_ Document, name: &str| {
        let schemas = document.root.get("components")?.get("schemas")?;
        schemas.get(name).cloned()
    };
    for (name, usage) in usages.new {
        let subject = format!("`{name}`");
        let after = find(documents.new, name);
        let before = usages.old.get(name).and_then(|_| find(documents.old, name));
        match (before, after) {
            (Some(old), Some(new)) => {
                let usage = usage.or(usages.old.get(name).copied().unwrap_or_default());
                let nodes = Sides {
                    old: &old,
                    new: &new,
                };
                compare(log, documents, &subject, Area::Type, nodes, usage);
            }
            (None, after) => {
                let why = "the crate gets a type where the schema makes one";
                let at = after.map(|node| node.at);
                log.add(Effect::Compatible, Area::Type, subject, "added", why, at);
            }
            (Some(_), None) => {}
        }
    }
    for name in usages.old.keys() {
        if !usages.new.contains_key(name) {
            let why = "its type goes, if it made one";
            log.add(
                Effect::Breaking,
                Area::Type,
                format!("`{name}`"),
                "removed",
                why,
                None,
            );
        }
    }
}

/// Compares a value that may be left out: a property, or a parameter.
pub(super) fn field(
    log: &mut Log,
    documents: Sides<&Document>,
    subject: &str,
    area: Area,
    nodes: Sides<&Node>,
    required: Sides<bool>,
    usage: Usage,
) {
    let old = View::of(documents.old, nodes.old);
    let new = View::of(documents.new, nodes.new);
    if old.type_name(documents.old) == new.type_name(documents.new) {
        necessity(
            log,
            documents,
            subject,
            area,
            Sides {
                old: &old,
                new: &new,
            },
            required,
            usage,
        );
    }
    same_value(
        log,
        documents,
        subject,
        area,
        Sides {
            old: &old,
            new: &new,
        },
        usage,
    );
}

/// Whether it has to be there, and may be null: in Rust, whether it is a `T` or an `Option<T>`.
fn necessity(
    log: &mut Log,
    documents: Sides<&Document>,
    subject: &str,
    area: Area,
    views: Sides<&View<'_>>,
    required: Sides<bool>,
    usage: Usage,
) {
    let (old, new) = (views.old, views.new);
    if (required.old, old.nullable) == (required.new, new.nullable) {
        return;
    }
    let mut what = Vec::new();
    if required.old != required.new {
        what.push(if required.new {
            "required, was optional"
        } else {
            "optional, was required"
        });
    }
    if old.nullable != new.nullable {
        what.push(if new.nullable {
            "may be null, could not"
        } else {
            "is never null, could be"
        });
    }
    let optional = |required: bool, view: &View<'_>| !required || view.nullable;
    let was = optional(required.old, old);
    let is = optional(required.new, new);
    let (effect, why) = if new.is_list(documents.new) {
        if usage.sent && required.new && !required.old {
            (
                Effect::Breaking,
                "it stays a `Vec`, but the service refuses a request without it",
            )
        } else {
            (
                Effect::Compatible,
                "a list that is absent or null is an empty `Vec` either way",
            )
        }
    } else if was == is {
        (Effect::Compatible, "the type in Rust stays the same")
    } else if is {
        (Effect::Breaking, "its type turns from `T` into `Option<T>`")
    } else {
        (Effect::Breaking, "its type turns from `Option<T>` into `T`")
    };
    log.add(
        effect,
        area,
        subject,
        what.join("; "),
        why,
        Some(new.node.at),
    );
}

/// Compares schemas in a place where a value always stands.
pub(super) fn compare(
    log: &mut Log,
    documents: Sides<&Document>,
    subject: &str,
    area: Area,
    nodes: Sides<&Node>,
    usage: Usage,
) {
    let old = View::of(documents.old, nodes.old);
    let new = View::of(documents.new, nodes.new);
    let views = Sides {
        old: &old,
        new: &new,
    };
    if old.nullable != new.nullable {
        let what = if new.nullable {
            "may be null, could not"
        } else {
            "is never null, could be"
        };
        let why = "its type changes between `T` and `Option<T>`";
        log.add(
            Effect::Breaking,
            area,
            subject,
            what,
            why,
            Some(new.node.at),
        );
    }
    same_value(log, documents, subject, area, views, usage);
}

fn same_value(
    log: &mut Log,
    documents: Sides<&Document>,
    subject: &str,
    area: Area,
    views: Sides<&View<'_>>,
    usage: Usage,
) {
    let (old, new) = (views.old, views.new);
    let at = Some(new.node.at);
    if !is_same(old.outer.get("description"), new.outer.get("description")) {
        log.wording(subject);
    }
    defaults(log, subject, views, usage);
    let (before, after) = (old.type_name(documents.old), new.type_name(documents.new));
    if before != after {
        let what = format!("is {after}, was {before}");
        let why = "its type in Rust changes";
        log.add(Effect::Breaking, area, subject, what, why, at);
        return;
    }
    if new.target.is_some() {
        // What it refers to is compared under its own name.
        return;
    }
    bounds::compare(
        log,
        subject,
        Sides {
            old: old.node,
            new: new.node,
        },
        usage,
    );
    listed(
        log,
        subject,
        Sides {
            old: old.node,
            new: new.node,
        },
    );
    rest(
        log,
        subject,
        Sides {
            old: old.node,
            new: new.node,
        },
    );
    for (key, name) in [("items", "[]"), ("additionalProperties", "{}")] {
        if let (Some(old), Some(new)) = (old.node.get(key), new.node.get(key)) {
            let subject = format!("{}{name}`", subject.trim_end_matches('`'));
            if old.as_object().is_some() && new.as_object().is_some() {
                compare(log, documents, &subject, area, Sides { old, new }, usage);
            }
        }
    }
    properties(
        log,
        documents,
        subject,
        Sides {
            old: old.node,
            new: new.node,
        },
        usage,
    );
    branches(
        log,
        documents,
        subject,
        Sides {
            old: old.node,
            new: new.node,
        },
        usage,
    );
}

fn defaults(log: &mut Log, subject: &str, views: Sides<&View<'_>>, usage: Usage) {
    let shown = |view: &View<'_>| {
        let value = view
            .outer
            .get("default")
            .or_else(|| view.node.get("default"));
        value.map(|value| format!("`{}`", value.to_json()))
    };
    let (before, after) = (shown(views.old), shown(views.new));
    if before == after {
        return;
    }
    let (effect, why) = match (&before, &after) {
        (Some(_), Some(_)) if usage.sent => (
            Effect::Breaking,
            "callers who leave it out get something else than before",
        ),
        _ => (
            Effect::Compatible,
            "only the documentation: the client never fills a default in",
        ),
    };
    let name = |value: Option<String>| value.unwrap_or_else(|| "not given".to_owned());
    let what = format!("default is {}, was {}", name(after), name(before));
    log.add(
        effect,
        Area::Value,
        subject,
        what,
        why,
        Some(views.new.node.at),
    );
}

/// The values of an enum.
fn listed(log: &mut Log, subject: &str, nodes: Sides<&Node>) {
    let (old, new) = (values(nodes.old), values(nodes.new));
    for value in &new {
        let shown = format!("`{}`", value.shown());
        let at = Some(value.node.at);
        let Some(before) = old.iter().find(|other| other.node.same(value.node)) else {
            let why = "the enum is open: a variant more, and until now the value arrived as an unknown one";
            log.add(
                Effect::Compatible,
                Area::Value,
                subject,
                format!("{shown} added"),
                why,
                at,
            );
            continue;
        };
        if before.name != value.name {
            let why = "its variant is called differently";
            log.add(
                Effect::Breaking,
                Area::Value,
                subject,
                format!("{shown} renamed"),
                why,
                at,
            );
        }
        if before.description != value.description {
            log.wording(format!("{subject}, {shown}"));
        }
    }
    for value in &old {
        if !new.iter().any(|other| other.node.same(value.node)) {
            let what = format!("`{}` removed", value.shown());
            let why = "its variant goes, and code that names it stops compiling";
            log.add(Effect::Breaking, Area::Value, subject, what, why, None);
        }
    }
}

/// Keywords that decide what the type is called or how it is read, where it is not worth saying more.
fn rest(log: &mut Log, subject: &str, nodes: Sides<&Node>) {
    for key in ["discriminator", "title", "not"] {
        if !is_same(nodes.old.get(key), nodes.new.get(key)) {
            log.add(
                Effect::Breaking,
                Area::Type,
                subject,
                format!("`{key}` changed"),
                "names of variants, or which of them a value becomes, may change",
                Some(nodes.new.at),
            );
        }
    }
    for key in ["deprecated", "readOnly", "writeOnly", "externalDocs", "xml"] {
        if !is_same(nodes.old.get(key), nodes.new.get(key)) {
            let why = "the generated code takes no notice of it";
            let what = format!("`{key}` changed");
            log.add(
                Effect::Compatible,
                Area::Type,
                subject,
                what,
                why,
                Some(nodes.new.at),
            );
        }
    }
}

/// A schema and those that its `allOf` writes out in place; the named ones are compared under their own names.
fn parts(node: &Node) -> Vec<&Node> {
    let members = node.list("allOf");
    let inline = members.iter().filter(|member| member.reference().is_none());
    inline.chain([node]).collect()
}

fn own_properties(node: &Node) -> Vec<(&str, &Node)> {
    let parts = parts(node).into_iter();
    let properties = parts.flat_map(|part| part.map("properties"));
    properties
        .map(|entry| (entry.key.as_str(), &entry.value))
        .collect()
}

fn required_names(node: &Node) -> BTreeSet<&str> {
    let parts = parts(node).into_iter();
    let names = parts.flat_map(|part| part.list("required"));
    names.filter_map(Node::as_str).collect()
}

/// The schemas whose fields this one takes over.
fn bases(node: &Node) -> BTreeSet<&str> {
    let members = node.list("allOf");
    members
        .iter()
        .filter_map(|member| schema_name(member.reference()?))
        .collect()
}

fn properties(
    log: &mut Log,
    documents: Sides<&Document>,
    subject: &str,
    nodes: Sides<&Node>,
    usage: Usage,
) {
    let (old, new) = (own_properties(nodes.old), own_properties(nodes.new));
    let (old_required, new_required) = (required_names(nodes.old), required_names(nodes.new));
    let name_of = |name: &str| format!("{}.{name}`", subject.trim_end_matches('`'));
    for (name, property) in &new {
        let is_required = new_required.contains(name);
        let Some((_, before)) = old.iter().find(|(other, _)| other == name) else {
            let view = View::of(documents.new, property);
            let (what, effect, why) = added(&view, documents.new, is_required, usage);
            log.add(
                effect,
                Area::Field,
                name_of(name),
                what,
                why,
                Some(property.at),
            );
            continue;
        };
        let required = Sides {
            old: old_required.contains(name),
            new: is_required,
        };
        let nodes = Sides {
            old: *before,
            new: *property,
        };
        field(
            log,
            documents,
            &name_of(name),
            Area::Field,
            nodes,
            required,
            usage,
        );
    }
    for (name, _) in &old {
        if !new.iter().any(|(other, _)| other == name) {
            let why = "code that names the field stops compiling";
            log.add(
                Effect::Breaking,
                Area::Field,
                name_of(name),
                "removed",
                why,
                None,
            );
        }
    }
    // Inherited fields that only become required, or cease to be, here.
    for name in old_required.symmetric_difference(&new_required) {
        let is_own = old.iter().chain(&new).any(|(own, _)| own == name);
        if !is_own {
            let what = if new_required.contains(name) {
                "required, was optional"
            } else {
                "optional, was required"
            };
            let why = "its type changes between `T` and `Option<T>`";
            log.add(
                Effect::Breaking,
                Area::Field,
                name_of(name),
                what,
                why,
                Some(nodes.new.at),
            );
        }
    }
    let (old_bases, new_bases) = (bases(nodes.old), bases(nodes.new));
    for base in new_bases.difference(&old_bases) {
        let why = "required fields may be among them";
        let what = format!("takes over the fields of `{base}`");
        let effect = if usage.sent {
            Effect::Breaking
        } else {
            Effect::Compatible
        };
        let why = if usage.sent {
            why
        } else {
            "answers are read, and have more fields"
        };
        log.add(effect, Area::Field, subject, what, why, Some(nodes.new.at));
    }
    for base in old_bases.difference(&new_bases) {
        let what = format!("no longer takes over the fields of `{base}`");
        let why = "code that names them stops compiling, unless they are written out now";
        log.add(
            Effect::Breaking,
            Area::Field,
            subject,
            what,
            why,
            Some(nodes.new.at),
        );
    }
}

/// What a new field means to those who build, or read, the struct.
fn added(
    view: &View<'_>,
    document: &Document,
    is_required: bool,
    usage: Usage,
) -> (String, Effect, &'static str) {
    let necessity = if is_required { "required" } else { "optional" };
    let what = format!("added: {}, {necessity}", view.type_name(document));
    let (effect, why) = match (usage.sent, is_required) {
        (true, true) => (Effect::Breaking, "every request has to give it"),
        (true, false) => (
            Effect::Compatible,
            "literals that end with `..Default::default()` go on compiling; one that names every field, as it must \
             where the struct has no `Default`, has to name this one too",
        ),
        (false, true) => (
            Effect::Compatible,
            "answers are read, not built; but one without it no longer decodes, and a literal in somebody's test has to name it",
        ),
        (false, false) => (
            Effect::Compatible,
            "answers are read, not built; only a literal in somebody's test has to name it",
        ),
    };
    (what, effect, why)
}

/// The branches of `oneOf` and `anyOf`.
fn branches(
    log: &mut Log,
    documents: Sides<&Document>,
    subject: &str,
    nodes: Sides<&Node>,
    usage: Usage,
) {
    for key in ["oneOf", "anyOf"] {
        let list = |node: &'_ Node| node.list(key).to_vec();
        let (old, new) = (list(nodes.old), list(nodes.new));
        let names = |document: &Document, list: &[Node]| -> Vec<String> {
            list.iter()
                .map(|branch| branch_name(document, branch))
                .collect()
        };
        let (old_names, new_names) = (names(documents.old, &old), names(documents.new, &new));
        for (name, branch) in new_names.iter().zip(&new) {
            let Some(index) = old_names.iter().position(|other| other == name) else {
                let why = if usage.sent {
                    "a value to send is built, not taken apart; only a `match` without `_` has to be extended"
                } else {
                    "the union is open: a variant more, and until now the value was kept as an unknown one"
                };
                let what = format!("kind {name} added");
                log.add(
                    Effect::Compatible,
                    Area::Type,
                    subject,
                    what,
                    why,
                    Some(branch.at),
                );
                continue;
            };
            let nodes = Sides {
                old: &old[index],
                new: branch,
            };
            compare(log, documents, subject, Area::Type, nodes, usage);
        }
        for name in &old_names {
            if !new_names.contains(name) {
                let why = "its variant goes, and code that names it stops compiling";
                let what = format!("kind {name} removed");
                log.add(Effect::Breaking, Area::Type, subject, what, why, None);
            }
        }
        let kept = |of: &[String], others: &[String]| -> Vec<String> {
            of.iter()
                .filter(|name| others.contains(name))
                .cloned()
                .collect()
        };
        let is_told_apart = nodes.new.get("discriminator").is_some();
        if kept(&old_names, &new_names) != kept(&new_names, &old_names) && !is_told_apart {
            log.add(
                Effect::Breaking,
                Area::Type,
                subject,
                "its kinds stand in another order",
                "where nothing tells them apart they are tried in order, so that a value may become another kind",
                Some(nodes.new.at),
            );
        }
    }
}
