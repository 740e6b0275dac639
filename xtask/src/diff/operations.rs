//! Operations: what is called, with which parameters, bodies and answers.

use postpress_openapi::document::{Document, Node, Position};

use super::change::{Area, Effect, Log};
use super::schema::{self, Sides};
use super::service;
use super::usage::Usage;
use super::{body, is_same};

/// A method of a path.
pub(super) struct Operation<'d> {
    pub(super) id: String,
    pub(super) method: &'d str,
    pub(super) path: &'d str,
    pub(super) node: &'d Node,
    pub(super) at: Position,
    /// Those of the path and its own, references followed, in the order of the method's arguments.
    pub(super) parameters: Vec<&'d Node>,
}

impl<'d> Operation<'d> {
    /// Responses by status, references followed.
    pub(super) fn responses(
        &self,
        document: &'d Document,
    ) -> impl Iterator<Item = (&'d str, &'d Node)> {
        let responses = self.node.get("responses").map_or(&[][..], Node::entries);
        responses
            .iter()
            .filter_map(|entry| Some((entry.key.as_str(), document.resolve(&entry.value)?)))
    }

    fn request(&self) -> String {
        format!("`{} {}`", self.method.to_uppercase(), self.path)
    }
}

pub(super) fn is_success(status: &str) -> bool {
    status.starts_with('2')
}

/// All operations in the order of the document.
pub(super) fn operations(document: &Document) -> Vec<Operation<'_>> {
    let methods = [
        "get", "put", "post", "delete", "options", "head", "patch", "trace",
    ];
    let mut operations = Vec::new();
    for path in document.root.get("paths").map_or(&[][..], Node::entries) {
        let item = document.resolve(&path.value).unwrap_or(&path.value);
        let shared = item.get("parameters").map_or(&[][..], Node::items);
        for entry in item.entries() {
            if !methods.contains(&entry.key.as_str()) {
                continue;
            }
            let own = entry.value.get("parameters").map_or(&[][..], Node::items);
            let mut parameters: Vec<&Node> = Vec::new();
            for parameter in shared.iter().chain(own) {
                let parameter = document.resolve(parameter).unwrap_or(parameter);
                match parameters
                    .iter_mut()
                    .find(|other| key(other) == key(parameter))
                {
                    Some(overridden) => *overridden = parameter,
                    None => parameters.push(parameter),
                }
            }
            let id = entry.value.get("operationId").and_then(Node::as_str);
            operations.push(Operation {
                id: id.map_or_else(|| format!("{} {}", entry.key, path.key), str::to_owned),
                method: &entry.key,
                path: &path.key,
                node: &entry.value,
                at: entry.at,
                parameters,
            });
        }
    }
    operations
}

/// What tells parameters apart: where they go, and their name.
fn key(parameter: &Node) -> (Option<&str>, Option<&str>) {
    let text = |key: &str| parameter.get(key).and_then(Node::as_str);
    (text("in"), text("name"))
}

pub(super) fn compare(
    log: &mut Log,
    documents: Sides<&Document>,
    old: &[Operation<'_>],
    new: &[Operation<'_>],
) {
    let mut matched = Vec::new();
    for operation in new {
        let same_id = old.iter().position(|other| other.id == operation.id);
        let same_request = || {
            old.iter().position(|other| {
                (other.method, other.path) == (operation.method, operation.path)
                    && new.iter().all(|newer| newer.id != other.id)
            })
        };
        match same_id.or_else(same_request) {
            Some(index) => {
                matched.push(index);
                pair(log, documents, &old[index], operation);
            }
            None => log.add(
                Effect::Compatible,
                Area::Operation,
                format!("`{}`", operation.id),
                format!("added: {}", operation.request()),
                "the client gets a method",
                Some(operation.at),
            ),
        }
    }
    for (index, operation) in old.iter().enumerate() {
        if !matched.contains(&index) {
            log.add(
                Effect::Breaking,
                Area::Operation,
                format!("`{}`", operation.id),
                format!("removed: {}", operation.request()),
                "its method goes",
                None,
            );
        }
    }
}

fn pair(log: &mut Log, documents: Sides<&Document>, old: &Operation<'_>, new: &Operation<'_>) {
    let subject = format!("`{}`", new.id);
    let at = Some(new.at);
    if old.id != new.id {
        log.add(
            Effect::Breaking,
            Area::Operation,
            &subject,
            format!("renamed from `{}`", old.id),
            "its method is called differently",
            at,
        );
    }
    if (old.method, old.path) != (new.method, new.path) {
        log.add(
            Effect::Breaking,
            Area::Operation,
            &subject,
            format!("now sends {}, formerly {}", new.request(), old.request()),
            "the method keeps its name, but the wire changes: the request goes elsewhere",
            at,
        );
    }
    for key in ["summary", "description"] {
        if !is_same(old.node.get(key), new.node.get(key)) {
            log.wording(format!("{subject}, {key}"));
        }
    }
    if !is_same(old.node.get("tags"), new.node.get("tags")) {
        log.wording(format!("{subject}, tags"));
    }
    let deprecated = |operation: &Operation<'_>| {
        operation
            .node
            .get("deprecated")
            .and_then(Node::as_bool)
            .unwrap_or(false)
    };
    if deprecated(old) != deprecated(new) {
        let what = if deprecated(new) {
            "deprecated"
        } else {
            "no longer deprecated"
        };
        log.add(
            Effect::Compatible,
            Area::Operation,
            &subject,
            what,
            "nothing else changes",
            at,
        );
    }
    if !is_same(old.node.get("servers"), new.node.get("servers")) {
        log.add(
            Effect::Breaking,
            Area::Operation,
            &subject,
            "has other servers",
            "the wire changes: the request goes elsewhere",
            at,
        );
    }
    service::requirement(
        log,
        documents,
        old.node.get("security"),
        new.node.get("security"),
        &subject,
        at,
    );
    parameters(log, documents, old, new);
    body::compare(log, documents, old, new);
    responses(log, documents, old, new);
}

fn parameters(
    log: &mut Log,
    documents: Sides<&Document>,
    old: &Operation<'_>,
    new: &Operation<'_>,
) {
    for parameter in &new.parameters {
        let (place, name) = key(parameter);
        let (place, name) = (place.unwrap_or_default(), name.unwrap_or_default());
        let subject = format!("`{}`, `{name}`", new.id);
        let at = Some(parameter.at);
        let Some(before) = old
            .parameters
            .iter()
            .find(|other| key(other) == key(parameter))
        else {
            let (effect, necessity, why) = if is_required(parameter) {
                let why =
                    "required parameters are arguments, so that every call has to give one more";
                (Effect::Breaking, "required", why)
            } else if old.parameters.iter().all(|other| is_required(other)) {
                let why = "it is the first optional one: every call has to give their struct";
                (Effect::Breaking, "optional", why)
            } else {
                let why = "the struct of the optional parameters gets a field";
                (Effect::Compatible, "optional", why)
            };
            let what = format!("added to the {place}, {necessity}");
            log.add(effect, Area::Parameter, subject, what, why, at);
            continue;
        };
        if !is_same(before.get("description"), parameter.get("description")) {
            log.wording(&subject);
        }
        for key in ["style", "explode", "allowReserved"] {
            let (before, after) = (effective(before, key), effective(parameter, key));
            if before != after {
                log.add(
                    Effect::Breaking,
                    Area::Encoding,
                    &subject,
                    format!("`{key}` is {after}, was {before}"),
                    "the wire changes: the same arguments are sent in another form",
                    at,
                );
            }
        }
        if before.get("content").is_some() != parameter.get("content").is_some() {
            log.add(
                Effect::Breaking,
                Area::Encoding,
                &subject,
                "changes between `schema` and `content`",
                "the wire changes: the same arguments are sent in another form",
                at,
            );
        }
        if is_required(before) != is_required(parameter) {
            let (what, why) = if is_required(parameter) {
                let why = "it turns from a field of the optional parameters into an argument";
                ("required, was optional", why)
            } else {
                let why = "it turns from an argument into a field of the optional parameters";
                ("optional, was required", why)
            };
            log.add(Effect::Breaking, Area::Parameter, &subject, what, why, at);
        }
        if let (Some(old), Some(new)) = (value_schema(before), value_schema(parameter)) {
            let is_required = is_required(parameter);
            let required = Sides {
                old: is_required,
                new: is_required,
            };
            let nodes = Sides { old, new };
            schema::field(
                log,
                documents,
                &subject,
                Area::Parameter,
                nodes,
                required,
                Usage::SENT,
            );
        }
    }
    for parameter in &old.parameters {
        if !new
            .parameters
            .iter()
            .any(|other| key(other) == key(parameter))
        {
            let name = key(parameter).1.unwrap_or_default();
            log.add(
                Effect::Breaking,
                Area::Parameter,
                format!("`{}`, `{name}`", new.id),
                "removed",
                if is_required(parameter) {
                    "the method has one argument less"
                } else {
                    "the struct of the optional parameters has one field less"
                },
                None,
            );
        }
    }
    // Of the parameters that are required before and after.
    let order = |of: &Operation<'_>, others: &Operation<'_>| -> Vec<String> {
        let required = |operation: &Operation<'_>| -> Vec<String> {
            let parameters = operation.parameters.iter().filter(|node| is_required(node));
            parameters.map(|node| format!("{:?}", key(node))).collect()
        };
        let (mut kept, others) = (required(of), required(others));
        kept.retain(|parameter| others.contains(parameter));
        kept
    };
    if order(old, new) != order(new, old) {
        log.add(
            Effect::Breaking,
            Area::Parameter,
            format!("`{}`", new.id),
            "the required parameters stand in another order",
            "the method takes them by position",
            Some(new.at),
        );
    }
}

fn is_required(parameter: &Node) -> bool {
    parameter
        .get("required")
        .and_then(Node::as_bool)
        .unwrap_or(false)
}

fn value_schema(parameter: &Node) -> Option<&Node> {
    let content = || {
        parameter
            .get("content")?
            .entries()
            .first()?
            .value
            .get("schema")
    };
    parameter.get("schema").or_else(content)
}

/// A setting of how a parameter is written, the default of OpenAPI where there is none.
fn effective(parameter: &Node, setting: &str) -> String {
    if let Some(given) = parameter.get(setting) {
        return given.to_json().to_string().trim_matches('"').to_owned();
    }
    let style = || effective(parameter, "style");
    match setting {
        "style" => match key(parameter).0 {
            Some("query" | "cookie") => "form".to_owned(),
            _ => "simple".to_owned(),
        },
        "explode" => (style() == "form").to_string(),
        _ => false.to_string(),
    }
}

fn responses(log: &mut Log, documents: Sides<&Document>, old: &Operation<'_>, new: &Operation<'_>) {
    let subject = format!("`{}`", new.id);
    let before: Vec<_> = old.responses(documents.old).collect();
    let after: Vec<_> = new.responses(documents.new).collect();
    for (status, response) in &after {
        let Some((_, earlier)) = before.iter().find(|(other, _)| other == status) else {
            let why = if is_success(status) {
                "every 2xx is taken for a success already"
            } else {
                "an error with any status is decoded the same way already"
            };
            let what = format!("status {status} is documented now");
            log.add(
                Effect::Compatible,
                Area::Operation,
                &subject,
                what,
                why,
                Some(response.at),
            );
            continue;
        };
        if !is_same(earlier.get("description"), response.get("description")) {
            log.wording(format!("{subject}, {status}"));
        }
        if !is_same(earlier.get("headers"), response.get("headers")) {
            log.add(
                Effect::Compatible,
                Area::Operation,
                format!("{subject}, {status}"),
                "other headers are documented",
                "the response gives all headers as they come",
                Some(response.at),
            );
        }
    }
    for (status, _) in &before {
        if !after.iter().any(|(other, _)| other == status) {
            log.add(
                Effect::Compatible,
                Area::Operation,
                &subject,
                format!("status {status} is no longer documented"),
                "should it come all the same, it is handled as before",
                None,
            );
        }
    }
    let success = |responses: &[(&str, &'_ Node)]| -> Option<usize> {
        responses.iter().position(|(status, _)| is_success(status))
    };
    if let (Some(old), Some(new)) = (success(&before), success(&after)) {
        let nodes = Sides {
            old: before[old].1,
            new: after[new].1,
        };
        body::media(
            log,
            documents,
            &format!("{subject}, answer"),
            nodes,
            Usage::RECEIVED,
        );
    }
}
