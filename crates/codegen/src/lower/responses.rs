//! The responses of an operation: what a success brings, and what errors do.

use postpress_openapi::{Cursor, codes};

use crate::{
    ir::{Payload, StatusBody, Type, TypeKind, docs::for_rustdoc},
    names::{self, Names},
};

use super::{
    Lowering,
    bodies::{essence, is_json, json_schema},
    schemas::Site,
};

/// The responses of an operation, taken together.
pub(super) struct Responses {
    pub(super) success: Payload,
    /// The type of the bodies of errors, if the document gives them one.
    pub(super) error: Option<Type>,
    /// The media type to ask for.
    pub(super) accept: Option<String>,
}

/// A response, by its status.
type Described<'d> = (&'d str, Cursor<'d>);

/// What a response brings.
enum Content<'d> {
    Nothing,
    /// JSON of a media type, with its schema if it has one.
    Json(&'d str, Option<Cursor<'d>>),
    Text,
    Other,
}

/// The media type to ask for, where the document describes a response of type `media`.
fn asked_for(media: &str) -> String {
    let essence = essence(media);
    if essence.contains('*') {
        "application/json".to_owned()
    } else {
        essence
    }
}

impl<'d> Lowering<'d, '_> {
    pub(super) fn responses(&mut self, operation: &Cursor<'d>, pascal: &str) -> Responses {
        let responses = || operation.map("responses");
        let has_success = responses().any(|(status, _)| status.starts_with('2'));
        let (mut successes, mut errors) = (Vec::new(), Vec::new());
        for (status, response) in responses() {
            // What is wrong with it has been reported.
            let Ok(response) = self.resolve(&response) else {
                continue;
            };
            match status.as_bytes() {
                [b'2', ..] => successes.push((status, response)),
                [b'4' | b'5', ..] => errors.push((status, response)),
                _ if status == "default" => {
                    // Alone, it describes success as well.
                    successes.extend((!has_success).then_some((status, response.clone())));
                    errors.push((status, response));
                }
                _ => {}
            }
        }
        let error = self.error(operation, &errors, &format!("{pascal}Error"));
        let (success, accept) = self.success(operation, &successes, pascal);
        let accept = match success {
            Payload::Empty => error.as_ref().map(|_| "application/json".to_owned()),
            _ => accept,
        };
        Responses {
            success,
            error,
            accept,
        }
    }

    /// The type of the bodies of errors: the one that they share, or one of each by its status.
    fn error(
        &mut self,
        operation: &Cursor<'d>,
        errors: &[Described<'d>],
        hint: &str,
    ) -> Option<Type> {
        let schemas: Vec<Cursor<'d>> = errors
            .iter()
            .filter_map(|(_, at)| json_schema(at))
            .collect();
        if let Some(shared) = self.error_type(&schemas, hint) {
            return Some(shared);
        }
        let mut targets = schemas
            .iter()
            .filter_map(|schema| self.index.resolve(schema));
        let first = targets.next()?;
        if targets.all(|other| other.node.same(first.node)) {
            return None;
        }
        // The JSON of those that describe none is kept.
        let described = errors.iter().cloned();
        let described = described.map(|(status, at)| (status, content(&at), at));
        let described = described
            .filter(|(_, content, _)| matches!(content, Content::Json(..) | Content::Text));
        let doc = "What an error brings, by its status.";
        Some(self.by_status(operation, described.collect(), hint, doc))
    }

    /// What a success brings, and the media type to ask for.
    fn success(
        &mut self,
        operation: &Cursor<'d>,
        successes: &[Described<'d>],
        pascal: &str,
    ) -> (Payload, Option<String>) {
        let mut all = Vec::new();
        let mut accept = None;
        let mut schemas: Vec<Option<Cursor<'d>>> = Vec::new();
        let (mut empty, mut text, mut other) = (successes.is_empty(), false, None);
        for (status, at) in successes {
            let content = content(at);
            match &content {
                Content::Json(media, schema) => {
                    accept.get_or_insert_with(|| asked_for(media));
                    let schema = schema.as_ref();
                    let schema = schema.map(|at| self.index.resolve(at).unwrap_or(at.clone()));
                    let is_same = |known: &Option<Cursor<'d>>| match (known, &schema) {
                        (Some(known), Some(schema)) => known.node.same(schema.node),
                        (known, schema) => known.is_none() && schema.is_none(),
                    };
                    if !schemas.iter().any(is_same) {
                        schemas.push(schema);
                    }
                    self.warn_of_others(at, media);
                }
                Content::Nothing => empty = true,
                Content::Text => text = true,
                Content::Other => other = other.or(Some(at)),
            }
            all.push((*status, content, at.clone()));
        }
        match (other, schemas.as_slice()) {
            (None, []) if text => (Payload::Text, None),
            (None, []) => (Payload::Empty, None),
            (None, [only]) if !text => {
                let ty = match only {
                    Some(only) => self.type_of(only, &format!("{pascal}Response")),
                    None => Type::Any,
                };
                (Payload::Json(ty.or_null(empty)), accept)
            }
            (None, _) => {
                let doc = "What a success brings, by its status.";
                let ty = self.by_status(operation, all, &format!("{pascal}Success"), doc);
                (Payload::Json(ty), accept.filter(|_| !text))
            }
            (Some(at), schemas) => {
                let types: Vec<Type> = schemas
                    .iter()
                    .flatten()
                    .map(|schema| self.type_of(schema, &format!("{pascal}Response")))
                    .collect();
                types.iter().for_each(|ty| self.keep(ty));
                if !types.is_empty() {
                    let message = "this body is neither JSON nor text, and one of another status is JSON: all are streamed as bytes";
                    let help = "look at the status, and decode the bytes of the others";
                    self.diagnostics
                        .report(codes::UNREAD_BODY, at, message, help);
                }
                (Payload::Raw, None)
            }
        }
    }

    /// Says which other bodies than JSON of the same schema a response may have.
    fn warn_of_others(&mut self, response: &Cursor<'d>, media: &str) {
        let schema = json_schema(response);
        let target = |schema: Option<Cursor<'d>>| schema.and_then(|at| self.index.resolve(&at));
        let schema = target(schema);
        let others = response.map("content").filter(|(_, at)| {
            let other = target(at.get("schema"));
            match (&schema, &other) {
                (Some(schema), Some(other)) => !schema.node.same(other.node),
                (schema, other) => schema.is_some() || other.is_some(),
            }
        });
        let others: Vec<&str> = others.map(|(media, _)| media).collect();
        if !others.is_empty() {
            let others = others.join(", ");
            let message =
                format!("{media} is asked for and read; {others} would be something else");
            let help = "to get that, change the request with `accept` and `decode_as`";
            self.diagnostics
                .report(codes::UNREAD_BODY, response, message, help);
        }
    }

    /// A type with a variant for each status.
    fn by_status(
        &mut self,
        operation: &Cursor<'d>,
        described: Vec<(&'d str, Content<'d>, Cursor<'d>)>,
        hint: &str,
        doc: &str,
    ) -> Type {
        let site = Site {
            key: None,
            name: None,
            hint,
            at: operation.clone(),
        };
        let id = self.named(&site, doc.to_owned(), TypeKind::ByStatus(Vec::new()));
        let name = self.types[id].name.clone();
        let mut used = Names::reserving(["Unknown"]);
        let bodies = described.into_iter().map(|(status, content, at)| {
            let variant = used.claim(&names::status(status), "Status");
            let body = match content {
                Content::Json(_, Some(schema)) => {
                    Payload::Json(self.type_of(&schema, &format!("{name}{variant}")))
                }
                Content::Json(_, None) => Payload::Json(Type::Any),
                Content::Text => Payload::Text,
                Content::Nothing | Content::Other => Payload::Empty,
            };
            StatusBody {
                origin: (&at).into(),
                status: status.to_owned(),
                variant,
                doc: for_rustdoc(at.text("description").unwrap_or_default()),
                body,
            }
        });
        let mut bodies: Vec<StatusBody> = bodies.collect();
        // A range is what none of its statuses is described as.
        bodies.sort_by_key(|body| match body.status.as_str() {
            "default" => 2,
            status => u8::from(status.ends_with(['X', 'x'])),
        });
        self.types[id].kind = TypeKind::ByStatus(bodies);
        Type::Named(id)
    }
}

fn content<'d>(response: &Cursor<'d>) -> Content<'d> {
    let mut all = response.map("content");
    let json = response
        .map("content")
        .find(|(media, at)| is_json(media, at));
    match json {
        Some((media, at)) => Content::Json(media, at.get("schema")),
        None if response.map("content").next().is_none() => Content::Nothing,
        None if all.all(|(media, _)| essence(media).starts_with("text/")) => Content::Text,
        None => Content::Other,
    }
}
