//! The stable names of everything that the parser and the checks report.
//!
//! [`ALL`] lists them; each has a test that pins its exact text.

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal;)+) => {
        $($(#[doc = $doc])+ pub const $name: &str = $code;)+

        /// Every code with what it stands for.
        pub const ALL: &[(&str, &str)] = &[$(($code, concat!($($doc),+))),+];
    };
}

codes! {
    // The text.

    /// The text is not well-formed YAML or JSON.
    SYNTAX = "syntax";
    /// There is nothing in the text.
    EMPTY_DOCUMENT = "empty-document";
    /// The text holds an invisible control character.
    CONTROL_CHARACTER = "control-character";
    /// A second YAML document follows the first.
    MULTIPLE_DOCUMENTS = "multiple-documents";
    /// Values are nested too deeply.
    TOO_DEEP = "too-deep";
    /// The document, its aliases expanded, is too large.
    TOO_LARGE = "too-large";
    /// A key occurs twice in one object.
    DUPLICATE_KEY = "duplicate-key";
    /// A key is a list or an object.
    INVALID_KEY = "invalid-key";
    /// A `<<` merges something that is no object.
    INVALID_MERGE = "invalid-merge";
    /// An alias stands inside of what it stands for.
    RECURSIVE_ALIAS = "recursive-alias";
    /// A YAML tag that JSON has no value for, or that does not fit its value.
    INVALID_TAG = "invalid-tag";
    /// A number that JSON cannot express: infinite, or not a number.
    NOT_A_NUMBER = "not-a-number";
    /// An integer with more digits than can be kept.
    INEXACT_NUMBER = "inexact-number";
}
