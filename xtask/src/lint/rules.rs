//! The rules, by code.

/// A rule of the house.
pub(super) struct Rule {
    /// What findings and waivers call it.
    pub(super) code: &'static str,
    /// What it demands.
    pub(super) about: &'static str,
    /// What it is good for.
    pub(super) why: &'static str,
}

pub(super) const UNDESCRIBED_OPERATION: &str = "undescribed-operation";
pub(super) const UNDESCRIBED_PARAMETER: &str = "undescribed-parameter";
pub(super) const UNDESCRIBED_RESPONSE: &str = "undescribed-response";
pub(super) const UNDESCRIBED_TYPE: &str = "undescribed-type";
pub(super) const UNDESCRIBED_FIELD: &str = "undescribed-field";
pub(super) const UNDESCRIBED_VALUE: &str = "undescribed-value";
pub(super) const UNNAMED_VALUE: &str = "unnamed-value";
pub(super) const SENTENCES: &str = "sentences";
pub(super) const SIMILAR_NAMES: &str = "similar-names";
pub(super) const UNUSED_COMPONENT: &str = "unused-component";
pub(super) const MISSING_ERROR: &str = "missing-error";
pub(super) const MISSING_ERROR_TYPES: &str = "missing-error-types";
pub(super) const WRONG_ERROR_STATUS: &str = "wrong-error-status";
pub(super) const MISSING_EXAMPLE: &str = "missing-example";
pub(super) const INVALID_EXAMPLE: &str = "invalid-example";
pub(super) const UNKNOWN_EXAMPLE_FIELD: &str = "unknown-example-field";
pub(super) const UNKNOWN_WAIVER: &str = "unknown-waiver";

/// In the order of what they are about.
pub(super) const RULES: &[Rule] = &[
    Rule {
        code: UNDESCRIBED_OPERATION,
        about: "every operation has a `summary` and a `description`",
        why: "they head the documentation of its method",
    },
    Rule {
        code: UNDESCRIBED_PARAMETER,
        about: "every parameter has a `description`",
        why: "an argument cannot be documented anywhere else",
    },
    Rule {
        code: UNDESCRIBED_RESPONSE,
        about: "the `description` of a response says something",
        why: "OpenAPI demands one, but takes an empty one",
    },
    Rule {
        code: UNDESCRIBED_TYPE,
        about: "every schema under `components` has a `description`",
        why: "it becomes the documentation of a type",
    },
    Rule {
        code: UNDESCRIBED_FIELD,
        about: "every property has a `description`, or refers to a schema that has one",
        why: "it becomes the documentation of a field",
    },
    Rule {
        code: UNDESCRIBED_VALUE,
        about: "every value of an `enum` is described in `x-enum-descriptions`, error types included",
        why: "it becomes the documentation of a variant, or the meaning of an error",
    },
    Rule {
        code: UNNAMED_VALUE,
        about: "every number in an `enum` has a name in `x-enum-varnames`",
        why: "a number makes a poor name for a variant",
    },
    Rule {
        code: SENTENCES,
        about: "a description begins with a capital letter, a digit or code, and ends as a sentence does",
        why: "they stand beside each other in the documentation of the crate",
    },
    Rule {
        code: SIMILAR_NAMES,
        about: "no two operations, and no two components of a kind, differ only in case or punctuation",
        why: "ids are unique for the reader and for Rust, which writes them another way",
    },
    Rule {
        code: UNUSED_COMPONENT,
        about: "every component is referred to",
        why: "what nothing uses is left over, or forgotten somewhere",
    },
    Rule {
        code: MISSING_ERROR,
        about: "every operation lists 401, 403, 500, 503 and 504; with a parameter in its path 404; with a body 404, 415, 422 and 429",
        why: "these are what the service answers everywhere; a table without one was copied with a hole",
    },
    Rule {
        code: MISSING_ERROR_TYPES,
        about: "the schema of every error response lists the types that can occur",
        why: "the error catalogue is made of these lists",
    },
    Rule {
        code: WRONG_ERROR_STATUS,
        about: "where the schema of an error response fixes `status`, it is the response's",
        why: "a table that was copied to another status shows by this",
    },
    Rule {
        code: MISSING_EXAMPLE,
        about: "every body and every response with a schema has an example",
        why: "tests and the reference show them",
    },
    Rule {
        code: INVALID_EXAMPLE,
        about: "every example fits its schema",
        why: "one of the two is wrong",
    },
    Rule {
        code: UNKNOWN_EXAMPLE_FIELD,
        about: "an example has no field that its schema does not declare",
        why: "schemas are open, so that a misspelt name would be valid",
    },
    Rule {
        code: UNKNOWN_WAIVER,
        about: "`x-lint-allow` is a list of these codes",
        why: "a misspelt one has no effect",
    },
];

/// All rules, for people.
pub(super) fn list() -> String {
    let mut text = String::new();
    for rule in RULES {
        text += &format!(
            "{}\n  {}:\n  {}.\n\n",
            rule.code,
            capital(rule.about),
            rule.why
        );
    }
    text + "`x-lint-allow: [CODE]` in an object lets it, and all inside it, off a rule.\n"
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters
        .next()
        .map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}
