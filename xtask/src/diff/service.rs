//! What concerns the service as a whole: its addresses, and how callers prove who they are.

use postpress_openapi::{Document, Node, Position};

use super::change::{Area, Effect, Log};
use super::is_same;
use super::schema::Sides;

pub(super) fn compare(log: &mut Log, documents: Sides<&Document>) {
    let root = Sides {
        old: &documents.old.root,
        new: &documents.new.root,
    };
    servers(log, root);
    schemes(log, root);
    for key in ["title", "version", "description"] {
        let of = |node: &'_ Node| node.get("info").and_then(|info| info.get(key)).cloned();
        if !is_same(of(root.old).as_ref(), of(root.new).as_ref()) {
            log.wording(format!("info, {key}"));
        }
    }
    if !is_same(root.old.get("tags"), root.new.get("tags")) {
        log.wording("tags");
    }
}

fn servers(log: &mut Log, root: Sides<&Node>) {
    let list = |node: &'_ Node| node.list("servers").to_vec();
    let (old, new) = (list(root.old), list(root.new));
    let url = |server: &Node| server.text("url").unwrap_or_default().to_owned();
    if let (Some(before), Some(after)) = (old.first(), new.first())
        && url(before) != url(after)
    {
        log.add(
            Effect::Breaking,
            Area::Service,
            "the default server",
            format!("is `{}`, was `{}`", url(after), url(before)),
            "the constant keeps its name, but whoever uses it talks to another address",
            Some(after.at),
        );
    }
    // The others are known by their URLs: their constants are called by them.
    let find = |list: &[Node], wanted: &Node| {
        let same = |server: &&Node| url(server) == url(wanted);
        list.iter().find(same).cloned()
    };
    for (index, after) in new.iter().enumerate() {
        let subject = format!("server `{}`", url(after));
        match find(&old, after) {
            Some(before) if is_same(Some(&before), Some(after)) => {}
            Some(_) => log.wording(subject),
            None if index == 0 && !old.is_empty() => {}
            None => {
                let (what, why) = ("added", "a constant more");
                log.add(
                    Effect::Compatible,
                    Area::Service,
                    subject,
                    what,
                    why,
                    Some(after.at),
                );
            }
        }
    }
    for (index, before) in old.iter().enumerate() {
        if find(&new, before).is_none() && (index > 0 || new.is_empty()) {
            let subject = format!("server `{}`", url(before));
            let (what, why) = ("removed", "its constant goes");
            log.add(Effect::Breaking, Area::Service, subject, what, why, None);
        }
    }
}

fn schemes(log: &mut Log, root: Sides<&Node>) {
    let list = |node: &'_ Node| {
        let components = node
            .get("components")
            .and_then(|node| node.get("securitySchemes"));
        components.map_or(&[][..], Node::entries).to_vec()
    };
    let (old, new) = (list(root.old), list(root.new));
    for scheme in &new {
        let subject = format!("security scheme `{}`", scheme.key);
        let Some(before) = old.iter().find(|other| other.key == scheme.key) else {
            let why = "the client gets a way to authenticate";
            log.add(
                Effect::Compatible,
                Area::Service,
                subject,
                "added",
                why,
                Some(scheme.at),
            );
            continue;
        };
        for key in ["type", "in", "name", "scheme", "flows", "openIdConnectUrl"] {
            let shown = |node: &Node| {
                node.get(key).map_or_else(
                    || "not given".to_owned(),
                    |value| format!("`{}`", value.to_json()),
                )
            };
            let (before, after) = (shown(&before.value), shown(&scheme.value));
            if before != after {
                log.add(
                    Effect::Breaking,
                    Area::Service,
                    &subject,
                    format!("`{key}` is {after}, was {before}"),
                    "the wire changes: credentials are sent differently",
                    Some(scheme.at),
                );
            }
        }
        let description = |node: &'_ Node| node.get("description").cloned();
        if !is_same(
            description(&before.value).as_ref(),
            description(&scheme.value).as_ref(),
        ) {
            log.wording(subject);
        }
    }
    for scheme in &old {
        if !new.iter().any(|other| other.key == scheme.key) {
            let subject = format!("security scheme `{}`", scheme.key);
            let why = "the client's method that takes the credentials goes";
            log.add(
                Effect::Breaking,
                Area::Service,
                subject,
                "removed",
                why,
                None,
            );
        }
    }
}

/// Compares what an operation demands, its own list or else that of the document.
pub(super) fn requirement(
    log: &mut Log,
    documents: Sides<&Document>,
    old: Option<&Node>,
    new: Option<&Node>,
    subject: &str,
    at: Option<Position>,
) {
    let shown = |own: Option<&Node>, document: &Document| {
        let list = own.or_else(|| document.root.get("security"));
        let names = list.map_or(&[][..], Node::items).iter();
        let names = names.map(|one| one.to_json().to_string());
        names.collect::<Vec<_>>().join(" or ")
    };
    let (before, after) = (shown(old, documents.old), shown(new, documents.new));
    if before == after {
        return;
    }
    let (effect, why) = if after.is_empty() {
        (
            Effect::Compatible,
            "credentials are sent where there are any, and needed no more",
        )
    } else {
        (
            Effect::Breaking,
            "requests that were let through so far may be refused",
        )
    };
    let named = |list: String| {
        if list.is_empty() {
            "nothing".to_owned()
        } else {
            format!("`{list}`")
        }
    };
    let what = format!("demands {}, demanded {}", named(after), named(before));
    log.add(effect, Area::Service, subject, what, why, at);
}
