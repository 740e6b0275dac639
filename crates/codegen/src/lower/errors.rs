//! The error catalogue: which error types the operations document, under which status and with which meaning.
//!
//! Recognised by shape: error responses share an envelope (a schema that each of them is, or narrows by `allOf`), and a
//! string property of the envelope has an `enum` in the responses.

use std::collections::BTreeMap;

use postpress_openapi::{Cursor, NodeId, Pointer};

use crate::{
    ir::{Catalogue, Documented, ErrorEntry, Type, TypeKind},
    names::{self, Names},
};

use super::{Lowering, bodies::json_schema, operations::id_of, schemas::string_values};

/// The catalogue, and the property of the envelope that has its type.
pub(super) struct ErrorTypes<'d> {
    pub(super) catalogue: Catalogue,
    envelope: NodeId,
    property: &'d str,
}

/// One error response of one operation.
struct ErrorResponse<'d> {
    operation: String,
    status: u16,
    schema: Cursor<'d>,
    envelope: Cursor<'d>,
}

impl<'d> Lowering<'d, '_> {
    pub(super) fn find_error_types(&mut self) {
        let mut responses = self.error_responses();
        let mut shares: BTreeMap<&Pointer, (usize, &Cursor<'d>)> = BTreeMap::new();
        for ErrorResponse { envelope, .. } in &responses {
            shares.entry(&envelope.pointer).or_insert((0, envelope)).0 += 1;
        }
        let most = shares.into_values().max_by_key(|(count, _)| *count);
        let Some(envelope) = most.map(|(_, envelope)| envelope.clone()) else {
            return;
        };
        responses.retain(|response| response.envelope.is(&envelope));
        let Some(property) = self.error_type_property(&responses, &envelope) else {
            return;
        };
        let mut entries: Vec<ErrorEntry> = Vec::new();
        let mut lists = Vec::new();
        for response in &responses {
            let mut enums = self.string_enums(&response.schema).into_iter();
            if let Some((_, list)) = enums.find(|(name, _)| *name == property) {
                enter(response, &list, &mut entries);
                lists.push(list.node.id());
            }
        }
        name_entries(&mut entries);
        // A component that lists the types may already be called what the catalogue's type is called.
        let mut components = self.component_names.iter();
        let is_component = components.any(|(id, name)| name == "ErrorType" && lists.contains(id));
        let name = if is_component {
            "ErrorType".to_owned()
        } else {
            self.names.claim("ErrorType", "ErrorType")
        };
        let doc = "What went wrong, as the service names it.\n\nTypes that this crate does not know are kept as they came.";
        let type_id = self.add_type(name, doc.to_owned(), TypeKind::ErrorType, &envelope);
        self.types[type_id].in_json = true;
        self.error_types = Some(ErrorTypes {
            catalogue: Catalogue { type_id, entries },
            envelope: envelope.node.id(),
            property,
        });
    }

    /// The catalogue's type, if `property` of a schema is what holds an error type.
    pub(super) fn error_type_at(&self, schema: &Cursor<'d>, property: &str) -> Option<Type> {
        let found = self.error_types.as_ref()?;
        (found.envelope == schema.node.id() && found.property == property)
            .then_some(Type::Named(found.catalogue.type_id))
    }

    /// The type that the bodies of all errors of an operation decode to, if they share one.
    pub(super) fn error_type(&mut self, schemas: &[Cursor<'d>], hint: &str) -> Option<Type> {
        let envelopes = schemas.iter().map(|schema| self.envelope(schema));
        let envelopes: Vec<Cursor<'d>> = envelopes.collect::<Option<_>>()?;
        let (first, others) = envelopes.split_first()?;
        let is_shared = others.iter().all(|other| other.node.same(first.node));
        let ty = is_shared.then(|| self.type_of(first, hint));
        ty.filter(|ty| *ty != Type::Any)
    }

    fn error_responses(&self) -> Vec<ErrorResponse<'d>> {
        let mut found = Vec::new();
        for endpoint in &self.endpoints {
            for (status, response) in endpoint.at.map("responses") {
                let Some(status) = status.parse().ok().filter(|status| *status >= 400) else {
                    continue;
                };
                let response = self.resolve(&response).ok();
                if let Some(schema) = response.and_then(|response| json_schema(&response))
                    && let Some(envelope) = self.envelope(&schema)
                {
                    found.push(ErrorResponse {
                        operation: id_of(endpoint),
                        status,
                        schema,
                        envelope,
                    });
                }
            }
        }
        found
    }

    /// The schema that `schema` narrows: an `allOf` of one reference and of objects that only restate its properties.
    fn envelope(&self, schema: &Cursor<'d>) -> Option<Cursor<'d>> {
        let mut at = self.resolve(schema).ok()?;
        for _ in 0..16 {
            let mut bases = at
                .list("allOf")
                .filter(|member| member.node.reference().is_some());
            let (Some(base), None) = (bases.next(), bases.next()) else {
                return Some(at);
            };
            let known = self.compose([base.clone()]).properties().len();
            let all = self.compose([at.clone()]).properties().len();
            if all > known || known == 0 {
                return Some(at);
            }
            at = self.resolve(&base).ok()?;
        }
        Some(at)
    }

    /// The property whose values differ most between the responses: the one that they narrow, else the only enum.
    fn error_type_property(
        &self,
        responses: &[ErrorResponse<'d>],
        envelope: &Cursor<'d>,
    ) -> Option<&'d str> {
        let mut lists: Vec<(&'d str, Vec<NodeId>)> = Vec::new();
        for response in responses {
            for (property, list) in self.string_enums(&response.schema) {
                let id = list.node.id();
                match lists.iter_mut().find(|(known, _)| *known == property) {
                    Some((_, ids)) if ids.contains(&id) => {}
                    Some((_, ids)) => ids.push(id),
                    None => lists.push((property, vec![id])),
                }
            }
        }
        let own = self.string_enums(envelope);
        lists.retain(|(property, ids)| {
            ids.len() > 1 || !own.iter().any(|(known, _)| known == property) || own.len() == 1
        });
        let lists = lists.into_iter().rev();
        lists
            .max_by_key(|(_, ids)| ids.len())
            .map(|(property, _)| property)
    }

    /// The properties of a schema that are limited to a list of strings, with the schemas that list them.
    fn string_enums(&self, schema: &Cursor<'d>) -> Vec<(&'d str, Cursor<'d>)> {
        let properties = self.compose([schema.clone()]).properties().into_iter();
        let found = properties.filter_map(|(property, schemas)| {
            let list = self.compose(schemas).values()?.clone();
            let mut values = list.node.list("enum").iter();
            values
                .all(|value| value.as_str().is_some())
                .then_some((property, list))
        });
        found.collect()
    }
}

/// Adds the error types that a response lists.
fn enter(response: &ErrorResponse<'_>, list: &Cursor<'_>, entries: &mut Vec<ErrorEntry>) {
    let is_named = list.node.get("x-enum-varnames").is_some();
    for value in string_values(list) {
        let documented = Documented {
            status: response.status,
            operation: response.operation.clone(),
            description: value.doc.replace('\n', " "),
        };
        match entries.iter_mut().find(|entry| entry.wire == value.wire) {
            Some(entry) if entry.documented.contains(&documented) => {}
            Some(entry) => entry.documented.push(documented),
            None => entries.push(ErrorEntry {
                origin: value.origin,
                wire: value.wire,
                variant: if is_named {
                    value.variant
                } else {
                    String::new()
                },
                documented: vec![documented],
            }),
        }
    }
}

/// Names the variants, without what all values begin with (`errors/`).
fn name_entries(entries: &mut [ErrorEntry]) {
    let prefix = entries.first().and_then(|first| {
        first
            .wire
            .rfind(['/', ':', '#'])
            .map(|end| first.wire[..=end].to_owned())
    });
    let prefix = prefix
        .filter(|prefix| {
            entries
                .iter()
                .all(|entry| entry.wire.starts_with(prefix.as_str()))
        })
        .unwrap_or_default();
    let mut used = Names::reserving(["Unknown"]);
    for entry in entries {
        let wanted = if entry.variant.is_empty() {
            names::variant(&entry.wire[prefix.len()..])
        } else {
            entry.variant.clone()
        };
        entry.variant = used.claim(&wanted, "Value");
    }
}
