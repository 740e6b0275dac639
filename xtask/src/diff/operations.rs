//! Operations: what is called, with which parameters, bodies and answers.

use postpress_openapi::{Cursor, Document, Endpoint, Node};

use super::change::{Area, Effect, Log};
use super::schema::{self, Sides};
use super::service;
use super::usage::Usage;
use super::{body, is_same};

/// A method of a path, and what its users call it.
pub(super) struct Operation<'d> {
    pub(super) id: String,
    endpoint: Endpoint<'d>,
    /// Those of the path and its own, references followed, in the order of the method's arguments.
    pub(super) parameters: Vec<Cursor<'d>>,
}

impl<'d> Operation<'d> {
    pub(super) fn at(&self) -> &Cursor<'d> {
        &self.endpoint.at
    }

    /// Responses by status, references followed.
    pub(super) fn responses(
        &self,
        document: &'d Document,
    ) -> impl Iterator<Item = (&'d str, &'d Node)> {
        let responses = self.at().map("responses");
        responses.filter_map(|(status, at)| Some((status, at.resolve(document)?.node)))
    }

    fn request(&self) -> String {
        let Endpoint { method, path, .. } = self.endpoint;
        format!("`{} {path}`", method.to_uppercase())
    }
}

pub(super) fn is_success(status: &str) -> bool {
    status.starts_with('2')
}

/// All operations in the order of the document.
pub(super) fn operations(document: &Document) -> Vec<Operation<'_>> {
    let operations = document.endpoints().into_iter().map(|endpoint| {
        let (method, path) = (endpoint.method, endpoint.path);
        let id = endpoint.id();
        Operation {
            id: id.map_or_else(|| format!("{method} {path}"), str::to_owned),
            parameters: endpoint.parameters(|at| at.resolve(document)),
            endpoint,
        }
    });
    operations.collect()
}

/// What tells parameters apart: where they go, and their name.
fn key<'d>(parameter: &Cursor<'d>) -> (Option<&'d str>, Option<&'d str>) {
    (parameter.text("in"), parameter.text("name"))
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
                other.request() == operation.request()
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
                Some(operation.at().key_at),
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
    let at = Some(new.at().key_at);
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
    if old.request() != new.request() {
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
        if !is_same(old.at().node.get(key), new.at().node.get(key)) {
            log.wording(format!("{subject}, {key}"));
        }
    }
    if !is_same(old.at().node.get("tags"), new.at().node.get("tags")) {
        log.wording(format!("{subject}, tags"));
    }
    let deprecated = |operation: &Operation<'_>| operation.at().flag("deprecated") == Some(true);
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
    if !is_same(old.at().node.get("servers"), new.at().node.get("servers")) {
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
        old.at().node.get("security"),
        new.at().node.get("security"),
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
        let at = Some(parameter.at());
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
        if !is_same(
            before.node.get("description"),
            parameter.node.get("description"),
        ) {
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
        if before.node.get("content").is_some() != parameter.node.get("content").is_some() {
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
            Some(new.at().key_at),
        );
    }
}

fn is_required(parameter: &Cursor<'_>) -> bool {
    parameter.flag("required") == Some(true)
}

fn value_schema<'d>(parameter: &Cursor<'d>) -> Option<&'d Node> {
    let content = || parameter.node.map("content").first()?.value.get("schema");
    parameter.node.get("schema").or_else(content)
}

/// A setting of how a parameter is written, the default of OpenAPI where there is none.
fn effective(parameter: &Cursor<'_>, setting: &str) -> String {
    if let Some(given) = parameter.node.get(setting) {
        return given.to_string();
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
