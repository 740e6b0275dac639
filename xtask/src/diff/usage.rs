//! Which way the named schemas travel.

use std::collections::BTreeMap;

use postpress_openapi::{Document, Node};

use super::operations::{Operation, is_success};

/// How a schema is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Usage {
    /// In something that the caller sends.
    pub(super) sent: bool,
    /// In something that the service answers.
    pub(super) received: bool,
}

impl Usage {
    pub(super) const SENT: Usage = Usage {
        sent: true,
        received: false,
    };
    pub(super) const RECEIVED: Usage = Usage {
        sent: false,
        received: true,
    };

    pub(super) fn or(self, other: Usage) -> Usage {
        Usage {
            sent: self.sent || other.sent,
            received: self.received || other.received,
        }
    }
}

/// The named schemas that some operation uses.
pub(super) fn usages<'d>(
    document: &'d Document,
    operations: &[Operation<'d>],
) -> BTreeMap<&'d str, Usage> {
    let mut found = BTreeMap::new();
    for operation in operations {
        for parameter in &operation.parameters {
            follow(document, parameter.node, Usage::SENT, &mut found);
        }
        if let Some(body) = operation.at().node.get("requestBody") {
            follow(document, body, Usage::SENT, &mut found);
        }
        for (status, response) in operation.responses(document) {
            if is_success(status) || !super::errors::is_narrowed(document, response) {
                follow(document, response, Usage::RECEIVED, &mut found);
            } else {
                for envelope in super::errors::envelopes(document, response) {
                    follow(document, envelope, Usage::RECEIVED, &mut found);
                }
            }
        }
    }
    found
}

fn follow<'d>(
    document: &'d Document,
    node: &'d Node,
    usage: Usage,
    found: &mut BTreeMap<&'d str, Usage>,
) {
    if let Some(reference) = node.reference() {
        let Ok(target) = document.target(reference) else {
            return;
        };
        if let Some(name) = schema_name(reference) {
            let before = found.entry(name).or_default();
            if before.or(usage) == *before {
                return;
            }
            *before = before.or(usage);
        }
        return follow(document, target.node, usage, found);
    }
    let data = ["example", "examples", "default", "enum", "discriminator"];
    for entry in node.entries() {
        if !data.contains(&entry.key.as_str()) {
            follow(document, &entry.value, usage, found);
        }
    }
    for item in node.items() {
        follow(document, item, usage, found);
    }
}

/// The name that a reference to a named schema ends with.
pub(super) fn schema_name(reference: &str) -> Option<&str> {
    reference.strip_prefix("#/components/schemas/")
}
