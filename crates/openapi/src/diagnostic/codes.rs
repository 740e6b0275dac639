//! The stable names of everything that the parser and the checks report.
//!
//! [`all`] lists them; each has a test that pins its exact text.

/// Every code with what it stands for, in a sentence.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    LIST.iter().map(|(code, meaning)| (*code, meaning.trim()))
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal;)+) => {
        $($(#[doc = $doc])+ pub const $name: &str = $code;)+

        const LIST: &[(&str, &str)] = &[$(($code, concat!($($doc),+))),+];
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

    // The form of the document.

    /// The document is written in another version of OpenAPI.
    UNSUPPORTED_VERSION = "unsupported-version";
    /// A value of the wrong type.
    WRONG_TYPE = "wrong-type";
    /// A field that must be there is not.
    MISSING_FIELD = "missing-field";
    /// A field that does not exist.
    UNKNOWN_FIELD = "unknown-field";
    /// A schema keyword, or a form of one, from OpenAPI 3.1 on.
    NEWER_KEYWORD = "newer-keyword";
    /// A component's name with other characters than allowed.
    INVALID_COMPONENT_NAME = "invalid-component-name";

    // References.

    /// A `$ref` that is no text, or no JSON Pointer.
    INVALID_REF = "invalid-ref";
    /// A `$ref` where none is allowed.
    MISPLACED_REF = "misplaced-ref";
    /// A `$ref` to another document.
    EXTERNAL_REF = "external-ref";
    /// A `$ref` to nothing.
    DANGLING_REF = "dangling-ref";
    /// A `$ref` to another kind of object than belongs there.
    WRONG_REF_KIND = "wrong-ref-kind";
    /// References that lead to each other and to nothing else.
    REF_CYCLE = "ref-cycle";
    /// References to references, too many of them.
    LONG_REF_CHAIN = "long-ref-chain";
    /// Fields beside a `$ref`, which have no effect.
    REF_SIBLINGS = "ref-siblings";

    // Paths and operations.

    /// A path without a leading `/`, or with a query.
    INVALID_PATH = "invalid-path";
    /// A path whose braces do not match, or a parameter of it without a name or twice.
    PATH_TEMPLATE = "path-template";
    /// Two paths that differ in the names of parameters only.
    DUPLICATE_PATH = "duplicate-path";
    /// A parameter in a path that the operation does not declare.
    UNDECLARED_PATH_PARAMETER = "undeclared-path-parameter";
    /// A path parameter that its path does not have.
    UNUSED_PATH_PARAMETER = "unused-path-parameter";
    /// A path parameter that is not required.
    OPTIONAL_PATH_PARAMETER = "optional-path-parameter";
    /// An operation without `operationId`.
    MISSING_OPERATION_ID = "missing-operation-id";
    /// Two operations whose `operationId`s become the same name.
    DUPLICATE_OPERATION_ID = "duplicate-operation-id";
    /// A name that cannot be used for what it names.
    INVALID_NAME = "invalid-name";
    /// An operation without responses.
    NO_RESPONSES = "no-responses";
    /// A key of `responses` that is no status.
    INVALID_STATUS = "invalid-status";
    /// A request body for a method that gives it no meaning.
    BODY_WITHOUT_MEANING = "body-without-meaning";

    // Parameters and bodies.

    /// A parameter or key in a place that does not exist.
    INVALID_LOCATION = "invalid-location";
    /// A parameter without exactly one of `schema` and `content`.
    PARAMETER_CONTENT = "parameter-content";
    /// A style that does not exist, or not there.
    INVALID_STYLE = "invalid-style";
    /// A style that something beside it contradicts.
    CONFLICTING_STYLE = "conflicting-style";
    /// The same parameter twice in one list.
    DUPLICATE_PARAMETER = "duplicate-parameter";
    /// A header parameter that OpenAPI ignores.
    IGNORED_HEADER = "ignored-header";
    /// A request body without a media type.
    EMPTY_CONTENT = "empty-content";
    /// Something else in the place of a media type.
    INVALID_MEDIA_TYPE = "invalid-media-type";
    /// An encoding of a property that the body does not have.
    UNKNOWN_ENCODING_PROPERTY = "unknown-encoding-property";
    /// An encoding for a body that is no form.
    IGNORED_ENCODING = "ignored-encoding";

    // Schemas.

    /// A `type` that does not exist.
    UNKNOWN_TYPE = "unknown-type";
    /// An array without `items`.
    MISSING_ITEMS = "missing-items";
    /// A `default` that the schema does not allow.
    INVALID_DEFAULT = "invalid-default";
    /// A bound that means nothing.
    INVALID_BOUND = "invalid-bound";
    /// Bounds that no value lies between.
    CONTRADICTORY_BOUNDS = "contradictory-bounds";
    /// An `enum` without values.
    EMPTY_ENUM = "empty-enum";
    /// A value twice in one `enum`.
    DUPLICATE_ENUM_VALUE = "duplicate-enum-value";
    /// A value of an `enum` that is not of the schema's type.
    ENUM_TYPE = "enum-type";
    /// An `x-enum-varnames` that does not name each value.
    ENUM_NAMES = "enum-names";
    /// An `x-enum-descriptions` that does not describe each value.
    ENUM_DESCRIPTIONS = "enum-descriptions";
    /// A property required twice.
    DUPLICATE_REQUIRED = "duplicate-required";
    /// A required property that is not declared.
    UNKNOWN_REQUIRED_PROPERTY = "unknown-required-property";
    /// An `allOf`, `oneOf` or `anyOf` without parts.
    EMPTY_COMPOSITION = "empty-composition";
    /// A schema that is one of its own parts.
    COMPOSITION_CYCLE = "composition-cycle";
    /// An `allOf` that no value satisfies.
    UNSATISFIABLE_ALL_OF = "unsatisfiable-all-of";
    /// A schema that requires itself, so that no value is ever complete.
    ENDLESS_SCHEMA = "endless-schema";
    /// A discriminator whose property a branch lacks.
    DISCRIMINATOR_PROPERTY = "discriminator-property";
    /// A discriminator's value that leads to no schema.
    DISCRIMINATOR_TARGET = "discriminator-target";
    /// A discriminator's value that leads to a schema that is none of the branches.
    DISCRIMINATOR_BRANCH = "discriminator-branch";

    // Security, servers and tags.

    /// A requirement of a security scheme that does not exist.
    UNKNOWN_SECURITY_SCHEME = "unknown-security-scheme";
    /// A security scheme of a type that does not exist.
    INVALID_SECURITY_SCHEME = "invalid-security-scheme";
    /// A server whose URL does not fit its variables.
    INVALID_SERVER = "invalid-server";
    /// A server variable whose default is not among its values.
    INVALID_SERVER_DEFAULT = "invalid-server-default";
    /// A server variable that the URL does not have.
    UNUSED_SERVER_VARIABLE = "unused-server-variable";
    /// A tag described twice.
    DUPLICATE_TAG = "duplicate-tag";
}
