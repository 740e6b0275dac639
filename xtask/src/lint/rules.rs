//! The rules, by code.

use postpress_openapi::{Code, Severity};

/// A rule of the house.
pub(super) struct Rule {
    /// What findings and waivers call it, and what it demands.
    pub(super) code: Code,
    /// What it is good for.
    pub(super) why: &'static str,
}

macro_rules! rules {
    ($($name:ident = $code:literal, $about:literal, $why:literal;)+) => {
        $(pub(super) const $name: Code = Code {
            name: $code,
            severity: Severity::Error,
            meaning: $about,
        };)+

        /// In the order of what they are about.
        pub(super) const RULES: &[Rule] = &[$(Rule { code: $name, why: $why }),+];
    };
}

rules! {
    UNDESCRIBED_OPERATION = "undescribed-operation",
        "every operation has a `summary` and a `description`",
        "they head the documentation of its method";
    UNDESCRIBED_PARAMETER = "undescribed-parameter",
        "every parameter has a `description`",
        "an argument cannot be documented anywhere else";
    UNDESCRIBED_RESPONSE = "undescribed-response",
        "the `description` of a response says something",
        "OpenAPI demands one, but takes an empty one";
    UNDESCRIBED_TYPE = "undescribed-type",
        "every schema under `components` has a `description`",
        "it becomes the documentation of a type";
    UNDESCRIBED_FIELD = "undescribed-field",
        "every property has a `description`, or refers to a schema that has one",
        "it becomes the documentation of a field";
    UNDESCRIBED_VALUE = "undescribed-value",
        "every value of an `enum` is described in `x-enum-descriptions`, error types included",
        "it becomes the documentation of a variant, or the meaning of an error";
    UNNAMED_VALUE = "unnamed-value",
        "every number in an `enum` has a name in `x-enum-varnames`",
        "a number makes a poor name for a variant";
    SENTENCES = "sentences",
        "a description begins with a capital letter, a digit or code, and ends as a sentence does",
        "they stand beside each other in the documentation of the crate";
    SIMILAR_NAMES = "similar-names",
        "no two operations, and no two components of a kind, differ only in case or punctuation",
        "ids are unique for the reader and for Rust, which writes them another way";
    UNUSED_COMPONENT = "unused-component",
        "every component is referred to",
        "what nothing uses is left over, or forgotten somewhere";
    MISSING_ERROR = "missing-error",
        "every operation lists 401, 403, 500, 503 and 504; with a parameter in its path 404; with a body 404, 415, 422 and 429",
        "these occur everywhere; a table without one was copied with a hole";
    MISSING_ERROR_TYPES = "missing-error-types",
        "the schema of every error response lists the types that can occur",
        "the error catalogue is made of these lists";
    WRONG_ERROR_STATUS = "wrong-error-status",
        "where the schema of an error response fixes `status`, it is the response's",
        "a table that was copied to another status shows by this";
    MISSING_EXAMPLE = "missing-example",
        "every body and every response with a schema has an example",
        "tests and the reference show them";
    INVALID_EXAMPLE = "invalid-example",
        "every example fits its schema",
        "one of the two is wrong";
    UNKNOWN_EXAMPLE_FIELD = "unknown-example-field",
        "an example has no field that its schema does not declare",
        "schemas are open, so that a misspelt name would be valid";
    UNFIT_DEFAULT = "unfit-default",
        "every default fits its schema, with all that `allOf` says",
        "whoever leaves the value out would otherwise get one that the service refuses";
    INVALID_PATTERN = "invalid-pattern",
        "every `pattern` is a regular expression",
        "no other is checked by anything";
    UNKNOWN_WAIVER = "unknown-waiver",
        "`x-lint-allow` is a list of these codes",
        "a misspelt one has no effect";
}

/// All rules, for people.
pub(super) fn list() -> String {
    let mut text = String::new();
    for rule in RULES {
        text += &format!(
            "{}\n  {}:\n  {}.\n\n",
            rule.code.name,
            capital(rule.code.meaning),
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
