//! Paths to operations: parameters, bodies, answers, credentials.

use std::collections::HashSet;

use crate::{
    ir::{
        Body, BodyKind, Credential, CredentialKind, Location, Operation, Parameter, Payload, Type,
        TypeId, TypeKind, Union, Variant, docs::for_rustdoc,
    },
    names::{self, Names},
};

use super::{At, Builder, limits::documentation};

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Names of the client's own methods; those that set credentials come on top.
const RESERVED_FUNCTIONS: [&str; 5] = [
    "new",
    "with_http_client",
    "with_form_options",
    "base_url",
    "clone",
];
const RESERVED_ARGUMENTS: [&str; 4] = ["self", "body", "form", "params"];

/// An operation where it stands.
pub(crate) struct Found<'d> {
    pub(crate) method: &'d str,
    pub(crate) path: &'d str,
    pub(crate) at: At<'d>,
    /// Parameters declared for the whole path.
    shared: Vec<At<'d>>,
}

impl Found<'_> {
    /// Its `operationId`, else a name made of its method and path.
    pub(crate) fn id(&self) -> String {
        let own = self.at.text("operationId").map(str::to_owned);
        own.unwrap_or_else(|| names::operation_id(self.method, self.path))
    }
}

/// What comes back from an operation.
struct Answers {
    success: Payload,
    /// The type that all errors share.
    error: Option<Type>,
    accept: Option<String>,
}

/// Every operation of the document.
pub(crate) fn each<'d>(builder: &Builder<'d>, root: &At<'d>) -> Vec<Found<'d>> {
    let mut found = Vec::new();
    let paths = root
        .get("paths")
        .map(|paths| paths.entries())
        .unwrap_or_default();
    for (path, item) in paths.into_iter().filter(|(path, _)| path.starts_with('/')) {
        let Some(item) = builder.follow(&item) else {
            continue;
        };
        for (method, at) in item.entries() {
            if let Some(method) = METHODS.into_iter().find(|known| *known == method) {
                found.push(Found {
                    method,
                    path,
                    at,
                    shared: item.items("parameters"),
                });
            }
        }
    }
    found
}

/// The schema of an answer or body that is JSON.
pub(crate) fn json_schema<'d>(holder: &At<'d>) -> Option<At<'d>> {
    let content = holder.get("content")?.entries();
    content
        .into_iter()
        .find(|(media, at)| is_json(media, at))
        .and_then(|(_, at)| at.get("schema"))
}

fn essence(media: &str) -> String {
    media
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

pub(crate) fn is_json(media: &str, at: &At<'_>) -> bool {
    let essence = essence(media);
    essence == "application/json"
        || essence == "text/json"
        || essence.ends_with("+json")
        // Anything at all, but with a schema that is no file: documents mean JSON by it.
        || (essence == "*/*" && at.get("schema").is_some_and(|schema| schema.text("format") != Some("binary")))
}

/// The media type to ask for, where the document describes an answer of type `media`.
fn asked_for(media: &str) -> String {
    let essence = essence(media);
    if essence == "*/*" || essence.contains('*') {
        "application/json".to_owned()
    } else {
        essence
    }
}

impl<'d> Builder<'d> {
    pub(crate) fn operations(
        &mut self,
        root: &At<'d>,
        credentials: &[Credential],
    ) -> Vec<Operation> {
        let mut used = Names::reserving(RESERVED_FUNCTIONS);
        for credential in credentials {
            used.reserve(&format!("with_{}", credential.rust));
        }
        let mut operations = Vec::new();
        for found in each(self, root) {
            operations.extend(self.operation(root, found, credentials, &mut used));
        }
        operations
    }

    /// One operation, or two where the body may be sent as JSON or as a form.
    fn operation(
        &mut self,
        root: &At<'d>,
        found: Found<'d>,
        credentials: &[Credential],
        used: &mut Names,
    ) -> Vec<Operation> {
        let id = found.id();
        let id = id.as_str();
        let pascal = names::pascal(id);
        let bodies = self.bodies(&found.at, &pascal);
        let mut operations = Vec::new();
        let bodies: Vec<Option<Body>> = if bodies.is_empty() {
            vec![None]
        } else {
            bodies.into_iter().map(Some).collect()
        };
        for (index, body) in bodies.into_iter().enumerate() {
            let suffix = match &body {
                Some(Body {
                    kind: BodyKind::Form(_),
                    ..
                }) if index > 0 => "_multipart",
                _ if index > 0 => "_urlencoded",
                _ => "",
            };
            let function = used.claim(&format!("{}{suffix}", names::snake(id)), "operation");
            let Answers {
                success,
                error,
                accept,
            } = self.answers(&found.at, &pascal);
            operations.push(Operation {
                id: id.to_owned(),
                function,
                method: found.method.to_owned(),
                path: found.path.to_owned(),
                doc: operation_doc(&found),
                parameters: self.parameters(&found, &pascal),
                body,
                success,
                accept,
                error,
                error_statuses: error_statuses(&found.at),
                credentials: self.required_credentials(root, &found.at, credentials),
            });
        }
        operations
    }

    fn parameters(&mut self, found: &Found<'d>, operation: &str) -> Vec<Parameter> {
        let mut all: Vec<At<'d>> = Vec::new();
        for parameter in found
            .shared
            .iter()
            .cloned()
            .chain(found.at.items("parameters"))
        {
            let Some(parameter) = self.follow(&parameter) else {
                continue;
            };
            let same = |other: &At<'d>| {
                other.text("name") == parameter.text("name")
                    && other.text("in") == parameter.text("in")
            };
            match all.iter().position(same) {
                // The operation's own declaration replaces the path's.
                Some(index) => all[index] = parameter,
                None => all.push(parameter),
            }
        }
        let mut used = Names::reserving(RESERVED_ARGUMENTS);
        all.iter()
            .filter_map(|at| self.parameter(at, operation, &mut used))
            .collect()
    }

    fn parameter(&mut self, at: &At<'d>, operation: &str, used: &mut Names) -> Option<Parameter> {
        let name = at.text("name")?;
        let place = at.text("in")?;
        if place == "header"
            && ["accept", "content-type", "authorization"]
                .contains(&name.to_ascii_lowercase().as_str())
        {
            return None; // The standard says that these are ignored.
        }
        if place == "header" && !is_token(name) {
            return None; // The check has said so.
        }
        let schema = at.get("schema").or_else(|| json_schema(at));
        let ty = match &schema {
            Some(schema) => self.type_of(schema, &format!("{operation}{}", names::pascal(name))),
            None => Type::String,
        };
        let (ty, nullable) = match ty {
            Type::Nullable(inner) => (*inner, true),
            ty => (ty, false),
        };
        let location = self.location(at, place, &ty)?;
        let required = place == "path" || (at.flag("required") == Some(true) && !nullable);
        let limits = schema
            .as_ref()
            .map(|schema| self.merge(&[schema.clone().into()]));
        let mut limits = limits.unwrap_or_default();
        limits.description = at.text("description").or(limits.description);
        let doc = documentation(&limits);
        let rust = used.claim(&names::snake(name), "parameter");
        Some(Parameter {
            name: name.to_owned(),
            rust,
            doc,
            location,
            required,
            ty,
        })
    }

    fn location(&mut self, at: &At<'d>, place: &str, ty: &Type) -> Option<Location> {
        let default = if matches!(place, "query" | "cookie") {
            "form"
        } else {
            "simple"
        };
        let style = at.text("style").unwrap_or(default);
        let explode = at.flag("explode").unwrap_or(style == "form");
        let (scalar, list) = (self.is_scalar(ty), self.is_list(ty));
        let location = match (place, style) {
            ("query", _) if at.get("content").is_some() => {
                return self.json_content(at).then_some(Location::QueryJson);
            }
            _ if at.get("content").is_some() => None,
            ("path", "simple") if scalar || list || (!explode && self.is_flat(ty)) => {
                Some(Location::Path)
            }
            ("header", "simple") if scalar || list || (!explode && self.is_flat(ty)) => {
                Some(Location::Header)
            }
            ("query", "form") if scalar || (explode && (list || self.is_shallow(ty))) => {
                Some(Location::Query)
            }
            ("query", "form") if list || self.is_flat(ty) => Some(Location::QueryJoined(',')),
            ("query", "spaceDelimited" | "pipeDelimited") if scalar || (explode && list) => {
                Some(Location::Query)
            }
            ("query", "spaceDelimited") if list || self.is_flat(ty) => {
                Some(Location::QueryJoined(' '))
            }
            ("query", "pipeDelimited") if list || self.is_flat(ty) => {
                Some(Location::QueryJoined('|'))
            }
            ("query", "deepObject") => Some(Location::QueryDeep),
            _ => None,
        };
        if location.is_none() {
            let (message, help) = match (place, style) {
                ("cookie", _) => (
                    "cookie parameters cannot be generated".to_owned(),
                    "set the cookie on the HTTP client, or leave the parameter out",
                ),
                ("path" | "header", "simple") => (
                    format!("this schema has no form in a {place} parameter"),
                    "describe it with `schema`: a text, a number, an array of them, or an object of them without `explode: true`",
                ),
                ("path" | "header", _) => (
                    format!("`style: {style}` cannot be generated in {place} parameters"),
                    "use `style: simple`",
                ),
                _ => (
                    format!("this schema has no form in the query in `style: {style}`"),
                    "values within values need `style: deepObject`, or `content: application/json`",
                ),
            };
            self.error(at, "unsupported-parameter", message, help);
        }
        location
    }

    fn json_content(&mut self, at: &At<'d>) -> bool {
        let json = json_schema(at).is_some();
        if !json {
            let help = "describe the parameter with `schema`, or with `content: application/json`";
            self.error(
                at,
                "unsupported-parameter",
                "the parameter's content is not JSON",
                help,
            );
        }
        json
    }

    fn bodies(&mut self, operation: &At<'d>, pascal: &str) -> Vec<Body> {
        let Some(at) = operation
            .get("requestBody")
            .and_then(|body| self.follow(&body))
        else {
            return Vec::new();
        };
        let Some(content) = at.get("content") else {
            return Vec::new();
        };
        let required = at.flag("required") == Some(true);
        let doc = for_rustdoc(at.text("description").unwrap_or_default());
        let entries = content.entries();
        let mut kinds = Vec::new();
        if let Some((media, json)) = entries.iter().find(|(media, at)| is_json(media, at)) {
            let ty = json.get("schema").map_or(Type::Any, |schema| {
                self.type_of(&schema, &format!("{pascal}Body"))
            });
            let media = if essence(media) == "*/*" {
                "application/json"
            } else {
                *media
            };
            kinds.push(BodyKind::Json(ty, media.to_owned()));
        }
        let of = |wanted: &str| entries.iter().find(|(media, _)| essence(media) == wanted);
        if let Some((_, at)) = of("multipart/form-data") {
            kinds.extend(self.form(at, pascal).map(BodyKind::Form));
        } else if let Some((_, at)) = of("application/x-www-form-urlencoded") {
            kinds.extend(self.url_encoded(at, pascal));
        }
        if kinds.is_empty()
            && let Some((media, media_at)) = entries.first()
        {
            let essence = essence(media);
            match essence.as_str() {
                "multipart/form-data" | "application/x-www-form-urlencoded" => {} // Already reported.
                _ if essence.starts_with("multipart/") => self.error(
                    media_at,
                    "unsupported-body",
                    format!("bodies of type {media} cannot be generated"),
                    "use `multipart/form-data`",
                ),
                _ if essence.starts_with("text/") || essence.ends_with("xml") => {
                    kinds.push(BodyKind::Text((*media).to_owned()))
                }
                "*/*" => kinds.push(BodyKind::Binary("application/octet-stream".to_owned())),
                _ => kinds.push(BodyKind::Binary((*media).to_owned())),
            }
        }
        kinds
            .into_iter()
            .map(|kind| Body {
                kind,
                required,
                doc: doc.clone(),
            })
            .collect()
    }

    /// What a success brings, and the type that all errors share.
    fn answers(&mut self, operation: &At<'d>, pascal: &str) -> Answers {
        let responses = operation
            .get("responses")
            .iter()
            .flat_map(At::entries)
            .collect::<Vec<_>>();
        let has_success = responses.iter().any(|(status, _)| status.starts_with('2'));
        let (mut successes, mut errors) = (Vec::new(), Vec::new());
        for (status, response) in responses {
            let Some(response) = self.follow(&response) else {
                continue;
            };
            match status.as_bytes() {
                [b'2', ..] => successes.push((status, response)),
                [b'4' | b'5', ..] => errors.push(response),
                // Alone, it describes success as well.
                _ if status == "default" => {
                    successes.extend((!has_success).then(|| (status, response.clone())));
                    errors.push(response);
                }
                _ => {}
            }
        }
        let errors: Vec<At<'d>> = errors.iter().filter_map(json_schema).collect();
        let error = self.error_type(&errors, &format!("{pascal}Error"));
        if error.is_none() {
            // Each stays available, to decode the kept body with.
            for schema in &errors {
                let ty = self.type_of(schema, &format!("{pascal}Error"));
                self.keep(&ty);
            }
        }
        let (success, accept) = self.payload(operation, &successes, pascal);
        let accept = accept.or_else(|| error.as_ref().map(|_| "application/json".to_owned()));
        let accept = accept.filter(|_| matches!(success, Payload::Json(_) | Payload::Empty));
        Answers {
            success,
            error,
            accept,
        }
    }

    /// What a success brings, and the media type to ask for.
    fn payload(
        &mut self,
        operation: &At<'d>,
        successes: &[(&'d str, At<'d>)],
        pascal: &str,
    ) -> (Payload, Option<String>) {
        let hint = format!("{pascal}Response");
        let mut schemas: Vec<(&str, At<'d>)> = Vec::new();
        let mut accept = None;
        let (mut empty, mut anything) = (successes.is_empty(), false);
        for (status, response) in successes {
            let content = response
                .get("content")
                .map(|content| content.entries())
                .unwrap_or_default();
            match content.iter().find(|(media, at)| is_json(media, at)) {
                Some((media, at)) => {
                    accept.get_or_insert_with(|| asked_for(media));
                    let Some(schema) = at.get("schema") else {
                        anything = true;
                        continue;
                    };
                    let target = self.follow(&schema).unwrap_or(schema);
                    let is_target = |known: &At<'d>| {
                        known.pointer == target.pointer || known.node.same(target.node)
                    };
                    if !schemas.iter().any(|(_, known)| is_target(known)) {
                        schemas.push((status, target));
                    }
                }
                None if content.is_empty() => empty = true,
                None if content
                    .iter()
                    .all(|(media, _)| essence(media).starts_with("text/")) =>
                {
                    return (Payload::Text, None);
                }
                None => return (Payload::Raw, None),
            }
        }
        let ty = match schemas.as_slice() {
            _ if anything => Type::Any,
            [] => return (Payload::Empty, None),
            [(_, only)] => self.type_of(only, &hint),
            several => self.either(operation, several, &hint),
        };
        let ty = match ty {
            ty @ (Type::Nullable(_) | Type::Any) => ty,
            ty if empty => Type::Nullable(Box::new(ty)),
            ty => ty,
        };
        (Payload::Json(ty), accept)
    }

    /// One type for an answer that has several forms.
    fn either(&mut self, operation: &At<'d>, schemas: &[(&str, At<'d>)], hint: &str) -> Type {
        let mut used = Names::reserving(["Unknown"]);
        let mut variants = Vec::new();
        for (status, schema) in schemas {
            let ty = self.type_of(schema, &format!("{hint}{status}"));
            let component = self.component_names.get(&schema.pointer).cloned();
            let name = used.claim(
                &component.unwrap_or_else(|| format!("Status{status}")),
                "Variant",
            );
            variants.push(Variant {
                name,
                doc: String::new(),
                ty,
                tag: String::new(),
                default: false,
                boxed: false,
            });
        }
        let place = super::schemas::Place {
            key: hint,
            name: None,
            hint,
            at: operation.clone(),
        };
        let union = Union {
            tag: None,
            variants,
        };
        self.named(
            &place,
            "What the answer brings.".to_owned(),
            TypeKind::Union(union),
        )
    }

    /// The header credentials that the document offers.
    pub(crate) fn credentials(&mut self, root: &At<'d>) -> Vec<Credential> {
        let mut found = Vec::new();
        let mut used = Names::reserving(["service", "http_client", "form_options"]);
        let schemes = root
            .get("components")
            .and_then(|components| components.get("securitySchemes"));
        let wanted = self.wanted_schemes(root);
        for (scheme, at) in schemes.iter().flat_map(At::entries) {
            let Some(at) = self.follow(&at) else { continue };
            if !wanted.contains(scheme) {
                self.warning(
                    &at,
                    "unused-security-scheme",
                    format!("no operation asks for the credential {scheme:?}, so the client does not take it"),
                    "name it under `security`, of the document or of the operations that need it",
                );
                continue;
            }
            let lower = at.text("scheme").unwrap_or_default().to_ascii_lowercase();
            let kind = match (
                at.text("type").unwrap_or_default(),
                at.text("in").unwrap_or_default(),
                lower.as_str(),
            ) {
                ("apiKey", "header", _) => at
                    .text("name")
                    .map(|name| CredentialKind::ApiKeyHeader(name.to_owned())),
                ("http", _, "basic") => Some(CredentialKind::Basic),
                ("http", _, "bearer") | ("oauth2" | "openIdConnect", _, _) => {
                    Some(CredentialKind::Bearer)
                }
                _ => None,
            };
            match kind {
                Some(kind) => {
                    let doc = for_rustdoc(at.text("description").unwrap_or_default());
                    let rust = used.claim(&names::snake(scheme), "credentials");
                    found.push(Credential { scheme: scheme.to_owned(), rust, kind, doc });
                }
                None => self.warning(
                    &at,
                    "unsupported-security-scheme",
                    format!("the generated client does not send the credential {scheme:?}"),
                    "header keys, basic and bearer credentials are sent; set others on the HTTP client yourself",
                ),
            }
        }
        found
    }

    /// The names of the security schemes that some operation asks for.
    fn wanted_schemes(&self, root: &At<'d>) -> HashSet<&'d str> {
        let operations = each(self, root);
        let holders = operations.iter().map(|found| {
            if found.at.get("security").is_some() {
                &found.at
            } else {
                root
            }
        });
        let requirements = holders.flat_map(|holder| holder.items("security"));
        requirements
            .flat_map(|requirement| requirement.entries())
            .map(|(name, _)| name)
            .collect()
    }

    fn required_credentials(
        &self,
        root: &At<'d>,
        operation: &At<'d>,
        credentials: &[Credential],
    ) -> Vec<usize> {
        let holder = if operation.get("security").is_some() {
            operation
        } else {
            root
        };
        let position = |name: &str| {
            credentials
                .iter()
                .position(|credential| credential.scheme == name)
        };
        let alternatives = holder
            .items("security")
            .into_iter()
            .filter_map(|requirement| {
                let needed: Option<Vec<usize>> = requirement
                    .entries()
                    .iter()
                    .map(|(name, _)| position(name))
                    .collect();
                needed.filter(|needed| !needed.is_empty())
            });
        // Any alternative will do: the client sends whichever of them it was given.
        let mut all: Vec<usize> = alternatives.flatten().collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The types of components that nothing refers to: messages that the service sends by itself, say.
    pub(crate) fn orphans(&mut self, root: &At<'d>) -> Vec<TypeId> {
        let mut referred = HashSet::new();
        all_references(root.node, &mut referred);
        let schemas = root
            .get("components")
            .and_then(|components| components.get("schemas"));
        for (name, schema) in schemas.iter().flat_map(At::entries) {
            // The kinds of a schema come with it.
            let is_kind = self
                .heirs
                .values()
                .flatten()
                .any(|heir| *heir == schema.pointer);
            if !referred.contains(&schema.pointer) && !is_kind {
                let ty = self.type_of(&schema, &names::pascal(name));
                self.keep(&ty);
            }
        }
        std::mem::take(&mut self.kept)
    }

    fn keep(&mut self, ty: &Type) {
        match ty {
            Type::Named(id) => self.kept.push(*id),
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => self.keep(inner),
            _ => {}
        }
    }
}

fn all_references(node: &postpress_openapi::document::Node, found: &mut HashSet<String>) {
    if let Some(reference) = node.get("$ref").and_then(|reference| reference.as_str()) {
        found.insert(reference.to_owned());
    }
    for entry in node.as_object().unwrap_or_default() {
        all_references(&entry.value, found);
    }
    for member in node.as_array().unwrap_or_default() {
        all_references(member, found);
    }
}

fn error_statuses(operation: &At<'_>) -> Vec<String> {
    let responses = operation
        .get("responses")
        .map(|responses| responses.entries())
        .unwrap_or_default();
    let statuses = responses.into_iter().map(|(status, _)| status.to_owned());
    // No redirect is followed, so a 3XX is an answer that brings no value, and an error.
    statuses
        .filter(|status| status == "default" || status.starts_with(['3', '4', '5']))
        .collect()
}

fn operation_doc(found: &Found<'_>) -> String {
    let summary = for_rustdoc(found.at.text("summary").unwrap_or_default());
    let summary = if summary.is_empty() || summary.ends_with(['.', '!', '?']) {
        summary
    } else {
        format!("{summary}.")
    };
    let description = for_rustdoc(found.at.text("description").unwrap_or_default());
    let deprecated = if found.at.flag("deprecated") == Some(true) {
        "Deprecated."
    } else {
        ""
    };
    let request = format!(
        "Sends `{} {}`.",
        found.method.to_ascii_uppercase(),
        found.path
    );
    let parts = [summary, description, deprecated.to_owned(), request];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// A header's name: a token of RFC 9110.
fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}
