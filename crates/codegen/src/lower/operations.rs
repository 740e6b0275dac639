//! Operations and their parameters.

use std::collections::{HashMap, HashSet};

use postpress_openapi::{Cursor, Endpoint, Pointer, Severity, codes};

use crate::{
    check::{grammar::Kind, index::Reference, paths::template},
    ir::{
        Credential, Location, Operation, Parameter, PathStyle, Response, Type, TypeId,
        docs::for_rustdoc,
    },
    names::{self, Names},
    select::{Reached, Skipped},
};

use super::{
    Lowering, Reported, bodies::json_schema, limits::described, naming::operation_names,
    responses::Responses,
};

/// Names of the client's own methods; those that set credentials come on top.
const RESERVED_FUNCTIONS: [&str; 5] = [
    "new",
    "with_http_client",
    "with_form_options",
    "base_url",
    "clone",
];
const RESERVED_ARGUMENTS: [&str; 4] = ["self", "body", "form", "params"];

/// The `operationId` of an operation, else a name made of its method and path.
pub(super) fn id_of(endpoint: &Endpoint<'_>) -> String {
    let own = endpoint.at.text("operationId");
    let own = own
        .filter(|id| id.chars().any(char::is_alphabetic))
        .map(str::to_owned);
    own.unwrap_or_else(|| names::operation_id(endpoint.method, endpoint.path))
}

impl<'d> Lowering<'d, '_> {
    /// The operations, and those that cannot be generated.
    pub(super) fn operations(
        &mut self,
        credentials: &[Credential],
    ) -> (Vec<Operation>, Vec<Endpoint<'d>>) {
        let mut used = Names::reserving(RESERVED_FUNCTIONS);
        for credential in credentials {
            used.reserve(&format!("with_{}", credential.rust));
        }
        // All of them, so that a name does not depend on which are selected.
        let all = self.index.document.endpoints();
        self.operation_names = operation_names(&all, &mut used);
        let (mut operations, mut skipped) = (Vec::new(), Vec::new());
        for endpoint in self.endpoints.clone() {
            match self.operation(&endpoint, credentials) {
                Ok(own) => operations.push(own),
                Err(_) => skipped.push(endpoint),
            }
        }
        self.place = Pointer::root();
        (operations, skipped)
    }

    /// What an operation is left out for.
    pub(super) fn skipped(
        &self,
        endpoint: &Endpoint<'d>,
        broken: &HashMap<String, Pointer>,
    ) -> Skipped {
        let document = self.index.document;
        let reached = Reached::from(document, [endpoint]);
        let mut places: Vec<Pointer> = reached.broken(broken).cloned().collect();
        places.push(Pointer::root().child("paths").child(endpoint.path));
        let errors = self.diagnostics.iter().filter(|finding| {
            finding.severity == Severity::Error
                && (reached.has(document, finding) || places.contains(&finding.pointer))
        });
        Skipped {
            request: format!("{} {}", endpoint.method.to_ascii_uppercase(), endpoint.path),
            id: id_of(endpoint),
            reasons: errors.cloned().collect(),
        }
    }

    fn operation(
        &mut self,
        endpoint: &Endpoint<'d>,
        credentials: &[Credential],
    ) -> Result<Operation, Reported> {
        let id = id_of(endpoint);
        let name = self
            .operation_names
            .get(&(endpoint.method, endpoint.path))
            .cloned()
            .unwrap_or_default();
        let pascal = names::pascal(&name);
        self.place = endpoint.at.pointer.clone();
        let body = self.body(&endpoint.at, &pascal);
        let Responses {
            success,
            error,
            accept,
        } = self.responses(&endpoint.at, &pascal);
        let parameters = self.parameters(endpoint, &pascal);
        self.accept(&endpoint.item)?;
        self.accept(&endpoint.at)?;
        let (body, parameters) = (body?, parameters?);
        let (path, query) = sent_path(endpoint.path);
        let own = endpoint.at.get("servers");
        let servers = own.or_else(|| endpoint.item.get("servers"));
        Ok(Operation {
            origin: (&endpoint.at).into(),
            servers: servers.iter().flat_map(super::servers).collect(),
            security: self.security(&endpoint.at),
            security_origin: (&self.security_list(&endpoint.at)).into(),
            responses: self.described_responses(&endpoint.at),
            function: name,
            id,
            method: endpoint.method.to_owned(),
            path: path.to_owned(),
            query,
            tag: tag_of(endpoint),
            doc: operation_doc(endpoint),
            parameters,
            body,
            success,
            accept,
            error,
            error_statuses: error_statuses(&endpoint.at),
            credentials: self.required_credentials(&endpoint.at, credentials),
        })
    }

    fn described_responses(&self, operation: &Cursor<'d>) -> Vec<Response> {
        let responses = operation.map("responses").filter_map(|(status, at)| {
            let response = self.index.resolve(&at)?;
            Some(Response {
                status: status.to_owned(),
                description: response.text("description").unwrap_or_default().to_owned(),
                headers: response
                    .map("headers")
                    .map(|(name, _)| name.to_owned())
                    .collect(),
                origin: (&at).into(),
            })
        });
        responses.collect()
    }

    fn parameters(
        &mut self,
        endpoint: &Endpoint<'d>,
        operation: &str,
    ) -> Result<Vec<Parameter>, Reported> {
        let mut used = Names::reserving(RESERVED_ARGUMENTS);
        let declared = endpoint.parameters(|at| self.index.resolve(at));
        // A template that is broken has been reported.
        let in_path = template(endpoint.path).map_err(|_| Reported(()))?;
        let is_path = |at: &Cursor<'_>| at.text("in") == Some("path");
        let name = |at: &Cursor<'d>| at.text("name").unwrap_or_default();
        // Whatever the path does not hold has nowhere to go.
        let declared = declared
            .iter()
            .filter(|at| !is_path(at) || in_path.contains(&name(at)));
        let mut lowered: Vec<_> = declared
            .clone()
            .map(|at| self.parameter(at, operation, &mut used))
            .collect();
        let is_undeclared = |wanted: &&&str| {
            !declared
                .clone()
                .any(|at| is_path(at) && name(at) == **wanted)
        };
        for undeclared in in_path.iter().filter(is_undeclared) {
            lowered.push(Ok(Some(Parameter {
                origin: (&endpoint.at).into(),
                limits: Vec::new(),
                name: (*undeclared).to_owned(),
                rust: used.claim(&names::snake(undeclared), "parameter"),
                doc: String::new(),
                location: Location::Path,
                required: true,
                ty: Type::String,
            })));
        }
        for at in endpoint.declared() {
            self.resolve(&at)?;
        }
        let mut parameters: Vec<Parameter> = lowered
            .into_iter()
            .filter_map(Result::transpose)
            .collect::<Result<_, _>>()?;
        for parameter in parameters
            .iter_mut()
            .filter(|parameter| parameter.location == Location::Path)
        {
            if endpoint.path.contains(&format!("{{+{}}}", parameter.name)) {
                parameter.location = Location::PathStyled(PathStyle::Slashes, false);
            }
        }
        Ok(parameters)
    }

    /// A parameter; `None` for the headers that OpenAPI ignores.
    fn parameter(
        &mut self,
        at: &Cursor<'d>,
        operation: &str,
        used: &mut Names,
    ) -> Result<Option<Parameter>, Reported> {
        self.accept(at)?;
        let name = at.text("name").unwrap_or_default();
        let place = at.text("in").unwrap_or_default();
        let lower = name.to_ascii_lowercase();
        if place == "header"
            && ["accept", "content-type", "authorization"].contains(&lower.as_str())
        {
            return Ok(None);
        }
        let schema = at.get("schema").or_else(|| json_schema(at));
        let ty = match &schema {
            Some(schema) => self.type_of(schema, &format!("{operation}{}", names::pascal(name))),
            None => Type::String,
        };
        let (ty, nullable) = ty.without_null();
        let location = self.location(at, place, &ty)?;
        let whole = self.compose(schema);
        let description = at.text("description").or(whole.text("description"));
        Ok(Some(Parameter {
            origin: at.into(),
            limits: self.limits(&whole),
            name: name.to_owned(),
            rust: used.claim(&names::snake(name), "parameter"),
            doc: described(description, &whole),
            location,
            required: place == "path" || (at.flag("required") == Some(true) && !nullable),
            ty,
        }))
    }

    fn location(&mut self, at: &Cursor<'d>, place: &str, ty: &Type) -> Result<Location, Reported> {
        let default = match place {
            "query" | "cookie" => "form",
            _ => "simple",
        };
        let style = at.text("style").unwrap_or(default);
        let (scalar, list) = (self.is_scalar(ty), self.is_list(ty));
        let explode = !scalar && at.flag("explode").unwrap_or(style == "form");
        // Of any media type, a text is the text itself.
        let is_text = scalar && at.map("content").any(|(media, _)| media == "*/*");
        let is_json = at.node.get("schema").is_none() && json_schema(at).is_some() && !is_text;
        let has_form = match (place, style) {
            ("query", "form") if explode => list || self.is_shallow(ty),
            ("query", "deepObject") => true,
            _ => self.is_flat(ty),
        };
        if !is_json && !has_form {
            let (message, help) = match place {
                "header" => (
                    "a header has no form for values within values; it is sent as JSON",
                    "describe it with `content: application/json`",
                ),
                "query" => (
                    "`style` has no form for values within values; each of them is sent as JSON",
                    "use `style: deepObject` for names in brackets, or `content: application/json` for one JSON text",
                ),
                _ => (
                    "`style` has no form for values within values; each of them is sent as JSON",
                    "describe it with `content: application/json` if all of it is one JSON text",
                ),
            };
            self.diagnostics
                .report(codes::NESTED_PARAMETER, at, message, help);
        }
        let is_array = list || matches!(ty, Type::Array(_));
        Ok(match (place, style) {
            ("query", _) if is_json => Location::QueryJson,
            ("path", _) if is_json => Location::PathJson,
            ("cookie", _) if is_json => Location::CookieJson,
            ("header", _) if is_json || !has_form => Location::HeaderJson,
            // Nothing but an object looks different when it is exploded.
            ("path", "simple") if is_array || !explode => Location::Path,
            ("path", "simple") => Location::PathStyled(PathStyle::Simple, explode),
            ("path", "label") => Location::PathStyled(PathStyle::Label, explode),
            ("path", "matrix") => Location::PathStyled(PathStyle::Matrix, explode),
            ("header", _) if is_array || !explode => Location::Header,
            ("header", _) => Location::HeaderExploded,
            ("cookie", _) => Location::Cookie(explode),
            ("query", "deepObject") => Location::QueryDeep,
            ("query", _) if scalar => Location::Query,
            ("query", "form") if explode => Location::Query,
            ("query", _) if explode && is_array => Location::Query,
            ("query", "spaceDelimited") => Location::QueryJoined(' '),
            ("query", "pipeDelimited") => Location::QueryJoined('|'),
            ("query", _) => Location::QueryJoined(','),
            _ => return Err(Reported(())),
        })
    }

    /// The types of components that nothing refers to: messages that the service sends by itself, say.
    pub(super) fn orphans(&mut self, is_whole: bool) -> Vec<TypeId> {
        if !is_whole {
            return std::mem::take(&mut self.kept);
        }
        let document = self.index.document;
        let references = self.index.references.iter();
        let targets = references
            .filter_map(|Reference { at, .. }| document.target(at.node.reference()?).ok());
        let mut known: HashSet<_> = targets.map(|target| target.node.id()).collect();
        // The heirs of a schema come with it.
        known.extend(self.heirs.values().flatten().map(|heir| heir.node.id()));
        // What webhooks and callbacks bring is sent by the service as well.
        let endpoints: HashSet<_> = self
            .endpoints
            .iter()
            .map(|endpoint| endpoint.at.node.id())
            .collect();
        for operation in self.index.objects(Kind::Operation).to_vec() {
            let body = operation
                .get("requestBody")
                .filter(|_| !endpoints.contains(&operation.node.id()));
            let body = body.and_then(|body| self.resolve(&body).ok());
            if let Some(schema) = body.and_then(|body| json_schema(&body)) {
                let id = operation.text("operationId").map_or_else(
                    || {
                        operation
                            .pointer
                            .parent()
                            .map_or(String::new(), |item| item.last_key())
                    },
                    str::to_owned,
                );
                let ty = self.type_of(&schema, &format!("{}Event", names::pascal(&id)));
                self.keep(&ty);
            }
        }
        for (name, schema) in document.components("schemas") {
            if !known.contains(&schema.node.id()) {
                let ty = self.type_of(&schema, &names::pascal(name));
                self.keep(&ty);
            }
        }
        std::mem::take(&mut self.kept)
    }

    pub(super) fn keep(&mut self, ty: &Type) {
        self.kept.extend(crate::ir::reach::named(ty));
    }
}

fn tag_of(endpoint: &Endpoint<'_>) -> Option<String> {
    let mut tags = endpoint.at.node.list("tags").iter();
    tags.find_map(|tag| tag.as_str()).map(str::to_owned)
}

/// The path as it is sent, its placeholders aside, and the query that stands in it.
fn sent_path(path: &str) -> (String, Vec<(String, String)>) {
    let path = path.split('#').next().unwrap_or_default();
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let pairs = pairs.map(|(key, value)| (key.to_owned(), value.to_owned()));
    let slash = if path.starts_with('/') { "" } else { "/" };
    let path = path.replace("{+", "{");
    (format!("{slash}{path}"), pairs.collect())
}

fn error_statuses(operation: &Cursor<'_>) -> Vec<String> {
    let statuses = operation
        .map("responses")
        .map(|(status, _)| status.to_owned());
    // No redirect is followed, so a 3XX is a response that brings no value, and an error.
    statuses
        .filter(|status| status == "default" || status.starts_with(['3', '4', '5']))
        .collect()
}

fn operation_doc(endpoint: &Endpoint<'_>) -> String {
    let text = |key: &str| for_rustdoc(endpoint.at.text(key).unwrap_or_default());
    let mut summary = text("summary");
    if !summary.is_empty() && !summary.ends_with(['.', '!', '?']) {
        summary.push('.');
    }
    let is_deprecated = endpoint.at.flag("deprecated") == Some(true);
    let deprecated = if is_deprecated { "Deprecated." } else { "" };
    let method = endpoint.method.to_ascii_uppercase();
    let request = format!("Sends `{method} {}`.", endpoint.path);
    let mut parts = vec![summary, text("description"), deprecated.to_owned(), request];
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}
