//! The error catalogue: which error types the operations document, under which status and with which meaning.
//!
//! Recognised by shape: error responses share an envelope (a schema that each of them is, or narrows by `allOf`), and a
//! string property of the envelope has an `enum` in the responses.

use std::collections::BTreeMap;

use crate::{
    ir::{Catalogue, Documented, ErrorEntry, Type, TypeDef, TypeKind},
    names::{self, Names},
};

use super::{At, Builder, operations};

/// What was found, and where the envelope gets its property's type from.
pub(crate) struct Found {
    pub(crate) catalogue: Catalogue,
    envelope: String,
    property: String,
}

/// One error response of one operation.
struct ErrorResponse<'d> {
    operation: String,
    status: u16,
    schema: At<'d>,
    envelope: String,
}

impl<'d> Builder<'d> {
    pub(crate) fn find_error_types(&mut self, root: &At<'d>) {
        let responses = self.error_responses(root);
        let mut shares = BTreeMap::new();
        for response in &responses {
            *shares.entry(response.envelope.clone()).or_insert(0_usize) += 1;
        }
        let Some((envelope, _)) = shares.into_iter().max_by_key(|(_, count)| *count) else {
            return;
        };
        let responses: Vec<_> = responses
            .into_iter()
            .filter(|response| response.envelope == envelope)
            .collect();
        let Some(property) = self.error_type_property(&responses, &envelope) else {
            return;
        };
        let mut entries: Vec<ErrorEntry> = Vec::new();
        let mut lists = Vec::new();
        for response in &responses {
            self.enter(response, property, &mut entries, &mut lists);
        }
        name_entries(&mut entries);
        let type_id = self.types.len();
        // A component that lists the types may already be called what the catalogue's type is called.
        let own = self
            .component_names
            .iter()
            .any(|(pointer, name)| name == "ErrorType" && lists.contains(pointer));
        let name = if own {
            "ErrorType".to_owned()
        } else {
            self.names.claim("ErrorType", "ErrorType")
        };
        let doc = "What went wrong, as the service names it.\n\nTypes that this crate does not know are kept as they came.";
        self.types.push(TypeDef {
            name,
            doc: doc.to_owned(),
            kind: TypeKind::ErrorType,
            in_json: true,
            in_form: false,
        });
        self.origins.push((envelope.clone(), Default::default()));
        self.catalogue = Some(Found {
            catalogue: Catalogue { type_id, entries },
            envelope,
            property: property.to_owned(),
        });
    }

    /// The catalogue's type, if `property` of the schema at `pointer` is what holds an error type.
    pub(crate) fn error_type_at(&self, pointer: &str, property: &str) -> Option<Type> {
        let found = self.catalogue.as_ref()?;
        (found.envelope == pointer && found.property == property)
            .then_some(Type::Named(found.catalogue.type_id))
    }

    /// The type that all error responses of an operation decode to, if they share one.
    pub(crate) fn error_type(&mut self, responses: &[At<'d>], hint: &str) -> Option<Type> {
        let mut envelopes: Vec<At<'d>> = Vec::new();
        for schema in responses {
            let envelope = self.envelope(schema)?;
            if !envelopes
                .iter()
                .any(|known| known.pointer == envelope.pointer)
            {
                envelopes.push(envelope);
            }
        }
        match envelopes.as_slice() {
            [only] => match self.type_of(only, hint) {
                Type::Any => None,
                ty => Some(ty),
            },
            _ => None,
        }
    }

    fn error_responses(&mut self, root: &At<'d>) -> Vec<ErrorResponse<'d>> {
        let mut found = Vec::new();
        for operation in operations::each(self, root) {
            for (status, response) in operation.at.get("responses").iter().flat_map(At::entries) {
                let Ok(status) = status.parse::<u16>() else {
                    continue;
                };
                let schema = self
                    .follow(&response)
                    .and_then(|response| operations::json_schema(&response));
                if let Some(schema) = schema.filter(|_| status >= 400)
                    && let Some(envelope) = self.envelope(&schema)
                {
                    let operation = operation.id();
                    found.push(ErrorResponse {
                        operation,
                        status,
                        schema,
                        envelope: envelope.pointer,
                    });
                }
            }
        }
        found
    }

    /// The schema that `schema` narrows: an `allOf` of one reference and of objects that only restate its properties.
    fn envelope(&mut self, schema: &At<'d>) -> Option<At<'d>> {
        let mut at = self.follow(schema)?;
        for _ in 0..16 {
            let members = at.items("allOf");
            let bases: Vec<_> = members
                .iter()
                .filter(|member| member.text("$ref").is_some())
                .collect();
            let [base] = bases.as_slice() else {
                return Some(at);
            };
            let known = self.merge(&[(*base).clone().into()]);
            let all = self.merge(&[at.clone().into()]);
            if all.properties.len() > known.properties.len() || known.properties.is_empty() {
                return Some(at);
            }
            at = self.follow(base)?;
        }
        Some(at)
    }

    /// The property whose values differ most between the responses: the one that they narrow, else the only enum.
    fn error_type_property(
        &mut self,
        responses: &[ErrorResponse<'d>],
        envelope: &str,
    ) -> Option<&'d str> {
        let mut lists: Vec<(&'d str, Vec<String>)> = Vec::new();
        for response in responses {
            for (property, list) in self.string_enums(&response.schema) {
                match lists.iter_mut().find(|(known, _)| *known == property) {
                    Some((_, pointers)) if pointers.contains(&list.pointer) => {}
                    Some((_, pointers)) => pointers.push(list.pointer),
                    None => lists.push((property, vec![list.pointer])),
                }
            }
        }
        let node = self.document.lookup(envelope)?;
        let own = self.string_enums(&At {
            node,
            pointer: envelope.to_owned(),
        });
        lists.retain(|(property, pointers)| {
            pointers.len() > 1 || !own.iter().any(|(known, _)| known == property) || own.len() == 1
        });
        lists
            .into_iter()
            .rev()
            .max_by_key(|(_, pointers)| pointers.len())
            .map(|(property, _)| property)
    }

    /// The properties of a schema that are limited to a list of strings.
    fn string_enums(&mut self, schema: &At<'d>) -> Vec<(&'d str, At<'d>)> {
        let view = self.merge(&[schema.clone().into()]);
        let mut found = Vec::new();
        for (property, parts) in &view.properties {
            if let Some(list) = self.merge(parts).values
                && list
                    .items("enum")
                    .iter()
                    .all(|value| value.node.as_str().is_some())
            {
                found.push((*property, list));
            }
        }
        found
    }

    fn enter(
        &mut self,
        response: &ErrorResponse<'d>,
        property: &str,
        entries: &mut Vec<ErrorEntry>,
        lists: &mut Vec<String>,
    ) {
        let found = self
            .string_enums(&response.schema)
            .into_iter()
            .find(|(name, _)| *name == property);
        let Some((_, list)) = found else { return };
        let values = list.items("enum");
        for value in self.values(&list, &values, |value| {
            value.node.as_str().map(str::to_owned)
        }) {
            let named = list.get("x-enum-varnames").is_some();
            let documented = Documented {
                status: response.status,
                operation: response.operation.clone(),
                description: value.doc.replace('\n', " "),
            };
            match entries.iter_mut().find(|entry| entry.wire == value.wire) {
                Some(entry) if entry.documented.contains(&documented) => {}
                Some(entry) => entry.documented.push(documented),
                None => {
                    let variant = if named { value.variant } else { String::new() };
                    entries.push(ErrorEntry {
                        wire: value.wire,
                        variant,
                        documented: vec![documented],
                    });
                }
            }
        }
        lists.push(list.pointer);
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
