//! `required` names properties that exist.

use std::collections::{HashMap, HashSet};

use super::closure::{Closure, Reach};
use crate::check::survey::{Address, Place, Survey, address};
use crate::check::wording::did_you_mean;
use postpress_openapi::diagnostic::{Diagnostics, codes};
use postpress_openapi::document::Node;

pub(super) fn check(survey: &Survey<'_>, out: &mut Diagnostics) {
    let context = Context::of(survey);
    for place in survey.written_schemas() {
        if let Some(required) = place.get("required") {
            check_duplicates(&required, out);
            check_names(survey, &context, place, &required, out);
        }
    }
}

/// What surrounds a schema: a branch may require what the schema around it declares.
struct Context<'d> {
    /// The schema around each branch of `allOf`, `oneOf` and `anyOf`.
    hosts: HashMap<Address, &'d Node>,
    /// What `not` negates.
    negated: HashSet<Address>,
    /// Schemas that others refer to as a branch, and which may require what is declared there.
    mixed_in: HashSet<Address>,
}

impl<'d> Context<'d> {
    fn of(survey: &Survey<'d>) -> Self {
        let mut context = Self {
            hosts: HashMap::new(),
            negated: HashSet::new(),
            mixed_in: HashSet::new(),
        };
        for place in survey.written_schemas() {
            for keyword in ["allOf", "oneOf", "anyOf"] {
                for branch in place.node.get(keyword).map_or(&[][..], Node::items) {
                    context.hosts.insert(address(branch), place.node);
                    if branch.reference().is_some() {
                        context.mixed_in.extend(survey.target(branch).map(address));
                    }
                }
            }
            context.negated.extend(place.node.get("not").map(address));
        }
        context
    }

    /// The schema and those around it; `None` if what is required is not meant to be there.
    fn surroundings(&self, schema: &'d Node) -> Option<Vec<&'d Node>> {
        let mut schemas = vec![schema];
        let mut innermost = schema;
        loop {
            if self.negated.contains(&address(innermost))
                || self.mixed_in.contains(&address(innermost))
            {
                return None;
            }
            match self.hosts.get(&address(innermost)) {
                Some(host) => {
                    schemas.push(host);
                    innermost = host;
                }
                None => return Some(schemas),
            }
        }
    }
}

fn check_duplicates(required: &Place<'_>, out: &mut Diagnostics) {
    let mut seen = HashSet::new();
    for place in required.items() {
        let Some(name) = place.node.as_str() else {
            continue;
        };
        if !seen.insert(name) {
            out.warning(
                place.at(),
                &place.pointer,
                codes::DUPLICATE_REQUIRED,
                format!("`{name}` is required twice"),
                "remove one of the two",
            );
        }
    }
}

fn check_names<'d>(
    survey: &Survey<'d>,
    context: &Context<'d>,
    schema: &Place<'d>,
    required: &Place<'d>,
    out: &mut Diagnostics,
) {
    let Some(surroundings) = context.surroundings(schema.node) else {
        return;
    };
    let closure = Closure::of_all(survey, surroundings, Reach::Everything);
    let is_map = closure
        .members
        .iter()
        .filter_map(|member| member.get("additionalProperties"))
        .any(|additional| additional.as_bool() != Some(false));
    if !closure.is_complete || is_map {
        return;
    }
    let known: HashSet<&str> = closure.property_names().collect();
    for place in required.items() {
        let Some(name) = place.node.as_str().filter(|name| !known.contains(name)) else {
            continue;
        };
        out.warning(
            place.at(),
            &place.pointer,
            codes::UNKNOWN_REQUIRED_PROPERTY,
            format!("the required property `{name}` is not declared"),
            did_you_mean(name, closure.property_names(), || {
                format!("add `{name}` to `properties`")
            }),
        );
    }
}
