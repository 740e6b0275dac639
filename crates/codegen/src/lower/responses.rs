//! The responses of an operation: what a success brings, and what errors share.

use postpress_openapi::Cursor;

use crate::{
    ir::{Payload, Type, TypeKind, Union, Variant},
    names::Names,
};

use super::{
    Lowering,
    bodies::{essence, is_json, json_schema},
    schemas::Site,
};

/// The responses of an operation, taken together.
pub(super) struct Responses {
    pub(super) success: Payload,
    /// The type that all errors share.
    pub(super) error: Option<Type>,
    /// The media type to ask for.
    pub(super) accept: Option<String>,
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
                [b'4' | b'5', ..] => errors.extend(json_schema(&response)),
                _ if status == "default" => {
                    errors.extend(json_schema(&response));
                    // Alone, it describes success as well.
                    successes.extend((!has_success).then_some((status, response)));
                }
                _ => {}
            }
        }
        let error = self.error_type(&errors, &format!("{pascal}Error"));
        let success = self.payload(operation, &successes, pascal);
        let (success, accept) = success;
        let accept = accept.or_else(|| error.as_ref().map(|_| "application/json".to_owned()));
        let accept = accept.filter(|_| matches!(success, Payload::Json(_) | Payload::Empty));
        Responses {
            success,
            error,
            accept,
        }
    }

    /// What a success brings, and the media type to ask for.
    fn payload(
        &mut self,
        operation: &Cursor<'d>,
        successes: &[(&'d str, Cursor<'d>)],
        pascal: &str,
    ) -> (Payload, Option<String>) {
        let hint = format!("{pascal}Response");
        let mut schemas: Vec<(&str, Cursor<'d>)> = Vec::new();
        let mut accept = None;
        let (mut empty, mut anything) = (successes.is_empty(), false);
        for (status, response) in successes {
            let content = || response.map("content");
            match content().find(|(media, at)| is_json(media, at)) {
                Some((media, at)) => {
                    accept.get_or_insert_with(|| asked_for(media));
                    let Some(schema) = at.get("schema") else {
                        anything = true;
                        continue;
                    };
                    let target = self.index.resolve(&schema).unwrap_or(schema);
                    if !schemas
                        .iter()
                        .any(|(_, known)| known.node.same(target.node))
                    {
                        schemas.push((status, target));
                    }
                }
                None if content().next().is_none() => empty = true,
                None if content().all(|(media, _)| essence(media).starts_with("text/")) => {
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
        (Payload::Json(ty.or_null(empty)), accept)
    }

    /// One type for responses with several schemas.
    fn either(
        &mut self,
        operation: &Cursor<'d>,
        schemas: &[(&str, Cursor<'d>)],
        hint: &str,
    ) -> Type {
        let mut used = Names::reserving(["Unknown"]);
        let mut variants = Vec::new();
        for (status, schema) in schemas {
            let ty = self.type_of(schema, &format!("{hint}{status}"));
            let component = self.component_names.get(&schema.node.id()).cloned();
            let wanted = component.unwrap_or_else(|| format!("Status{status}"));
            let name = used.claim(&wanted, "Variant");
            variants.push(Variant::new(name, String::new(), ty, schema.into()));
        }
        let site = Site {
            key: None,
            name: None,
            hint,
            at: operation.clone(),
        };
        let kind = TypeKind::Union(Union {
            tag: None,
            variants,
            overlaps: false,
        });
        let id = self.named(&site, "The body of a successful response.".to_owned(), kind);
        Type::Named(id)
    }
}
