//! Every kind of finding, by the stage that reports it.
//!
//! No two stages report the same kind. For each kind, a test pins the exact text.

use super::{Code, Severity};

macro_rules! codes {
    ($($(#[doc = $about:literal])+ $list:ident { $($(#[doc = $meaning:literal])+ $name:ident = $code:literal: $severity:ident;)+ })+) => {
        $(
            $($(#[doc = $meaning])+ pub const $name: Code = Code {
                name: $code,
                severity: Severity::$severity,
                meaning: concat!($($meaning),+).trim_ascii(),
            };)+

            $(#[doc = $about])+
            pub const $list: &[Code] = &[$($name),+];
        )+
    };
}

codes! {
    /// Reported while the text is parsed, by this crate.
    PARSE {
        /// The text is not well-formed YAML or JSON.
        SYNTAX = "syntax": Error;
        /// There is nothing in the text.
        EMPTY_DOCUMENT = "empty-document": Error;
        /// The text holds an invisible control character.
        CONTROL_CHARACTER = "control-character": Error;
        /// A second YAML document follows the first.
        MULTIPLE_DOCUMENTS = "multiple-documents": Error;
        /// Values are nested too deeply.
        TOO_DEEP = "too-deep": Error;
        /// The document, its aliases expanded, is too large.
        TOO_LARGE = "too-large": Error;
        /// A key occurs twice in one object.
        DUPLICATE_KEY = "duplicate-key": Error;
        /// A key is a list or an object.
        INVALID_KEY = "invalid-key": Error;
        /// A `<<` merges something that is no object.
        INVALID_MERGE = "invalid-merge": Error;
        /// An alias stands inside of what it stands for.
        RECURSIVE_ALIAS = "recursive-alias": Error;
        /// A YAML tag that JSON has no value for, or that does not fit its value.
        INVALID_TAG = "invalid-tag": Error;
        /// A number that JSON cannot express: infinite, or not a number.
        NOT_A_NUMBER = "not-a-number": Error;
        /// A line in brackets or quotes that is indented less than what they belong to.
        FLOW_INDENTATION = "flow-indentation": Warning;
        /// An integer with more digits than can be kept.
        INEXACT_NUMBER = "inexact-number": Warning;
    }

    /// Reported where the generator rewrites a document to the form that its checks know.
    NORMALIZE {
        /// A schema keyword, or a form of one, from OpenAPI 3.1 on, in a document of OpenAPI 3.0.
        NEWER_KEYWORD = "newer-keyword": Warning;
        /// A schema keyword that limits values in a way that no type can.
        IGNORED_KEYWORD = "ignored-keyword": Warning;
        /// A file that references lead to, and that cannot be read.
        MISSING_FILE = "missing-file": Error;
        /// A `$ref` where none is allowed; what it refers to is taken in its place.
        COPIED_REF = "copied-ref": Warning;
        /// A value that is written in a wrong way with one plain meaning, which is taken.
        TAKEN_VALUE = "taken-value": Warning;
        /// A `type` that does not exist.
        UNKNOWN_TYPE = "unknown-type": Warning;
        /// A value of an `enum` that is not of the schema's type.
        ENUM_TYPE = "enum-type": Warning;
        /// A `#/$defs/...` that is meant from the schema that it stands in, not from the document.
        RELATIVE_REF = "relative-ref": Warning;
    }

    /// Reported by the checks of the generator.
    CHECK {
        // The form of the document.

        /// The document is written in another version of OpenAPI.
        UNSUPPORTED_VERSION = "unsupported-version": Error;
        /// A value of the wrong type.
        WRONG_TYPE = "wrong-type": Error;
        /// A value that is not what OpenAPI says, where nothing that is sent or received depends on it.
        IGNORED_VALUE = "ignored-value": Warning;
        /// A field that has to be there, but without which the meaning is plain.
        INCOMPLETE = "incomplete": Warning;
        /// A field that must be there is not.
        MISSING_FIELD = "missing-field": Error;
        /// A field that does not exist.
        UNKNOWN_FIELD = "unknown-field": Warning;
        /// A component name with characters that are not allowed.
        INVALID_COMPONENT_NAME = "invalid-component-name": Warning;

        // References.

        /// A `$ref` that is not a string, or not a JSON Pointer.
        INVALID_REF = "invalid-ref": Error;
        /// A `$ref` where none is allowed, which leads to nothing that could stand there.
        MISPLACED_REF = "misplaced-ref": Error;
        /// A `$ref` to another document.
        EXTERNAL_REF = "external-ref": Error;
        /// A `$ref` to nothing.
        DANGLING_REF = "dangling-ref": Error;
        /// A `$ref` that leads to no schema where one belongs.
        MISSING_SCHEMA = "missing-schema": Warning;
        /// A `$ref` to the wrong kind of object.
        WRONG_REF_KIND = "wrong-ref-kind": Error;
        /// References that lead to each other and to nothing else.
        REF_CYCLE = "ref-cycle": Error;
        /// A chain of too many references.
        LONG_REF_CHAIN = "long-ref-chain": Error;
        /// Fields beside a `$ref`, which have no effect.
        REF_SIBLINGS = "ref-siblings": Warning;

        // Paths and operations.

        /// A path without a leading `/`, or with a query.
        INVALID_PATH = "invalid-path": Warning;
        /// A path whose braces do not match, or a parameter of it without a name or twice.
        PATH_TEMPLATE = "path-template": Error;
        /// Two paths that differ in the names of parameters only.
        DUPLICATE_PATH = "duplicate-path": Warning;
        /// A parameter in a path that the operation does not declare.
        UNDECLARED_PATH_PARAMETER = "undeclared-path-parameter": Warning;
        /// A declared path parameter that does not occur in the path.
        UNUSED_PATH_PARAMETER = "unused-path-parameter": Warning;
        /// A path parameter that is not required.
        OPTIONAL_PATH_PARAMETER = "optional-path-parameter": Warning;
        /// An operation without `operationId`.
        MISSING_OPERATION_ID = "missing-operation-id": Warning;
        /// Two operations whose `operationId`s become the same name.
        DUPLICATE_OPERATION_ID = "duplicate-operation-id": Warning;
        /// An `operationId` that no method can be named after.
        INVALID_OPERATION_ID = "invalid-operation-id": Warning;
        /// A name that cannot be used for what it names.
        INVALID_NAME = "invalid-name": Error;
        /// An operation without responses.
        NO_RESPONSES = "no-responses": Warning;
        /// A key of `responses` that is not a status.
        INVALID_STATUS = "invalid-status": Warning;
        /// A request body for a method that gives it no meaning.
        BODY_WITHOUT_MEANING = "body-without-meaning": Warning;

        // Parameters and bodies.

        /// A parameter or key in a place that does not exist.
        INVALID_LOCATION = "invalid-location": Error;
        /// A parameter without exactly one of `schema` and `content`.
        PARAMETER_CONTENT = "parameter-content": Warning;
        /// A style that does not exist, or is not allowed there.
        INVALID_STYLE = "invalid-style": Error;
        /// `style: deepObject`, and something beside it that it leaves no room for.
        CONFLICTING_STYLE = "conflicting-style": Warning;
        /// The same parameter twice in one list.
        DUPLICATE_PARAMETER = "duplicate-parameter": Warning;
        /// A header parameter that OpenAPI ignores.
        IGNORED_HEADER = "ignored-header": Warning;
        /// A request body without a media type.
        EMPTY_CONTENT = "empty-content": Warning;
        /// A text that is not a media type, where one is expected.
        INVALID_MEDIA_TYPE = "invalid-media-type": Error;
        /// An encoding of a property that the body does not have.
        UNKNOWN_ENCODING_PROPERTY = "unknown-encoding-property": Warning;
        /// An encoding for a body that is not a form.
        IGNORED_ENCODING = "ignored-encoding": Warning;

        // Schemas.

        /// An array without `items`.
        MISSING_ITEMS = "missing-items": Warning;
        /// A `default` that the schema does not allow.
        INVALID_DEFAULT = "invalid-default": Warning;
        /// A bound that means nothing.
        INVALID_BOUND = "invalid-bound": Warning;
        /// Bounds that no value lies between.
        CONTRADICTORY_BOUNDS = "contradictory-bounds": Warning;
        /// An `enum` without values.
        EMPTY_ENUM = "empty-enum": Warning;
        /// A value twice in one `enum`.
        DUPLICATE_ENUM_VALUE = "duplicate-enum-value": Warning;
        /// An `x-enum-varnames` that does not name each value.
        ENUM_NAMES = "enum-names": Warning;
        /// An `x-enum-descriptions` that does not describe each value.
        ENUM_DESCRIPTIONS = "enum-descriptions": Warning;
        /// A property required twice.
        DUPLICATE_REQUIRED = "duplicate-required": Warning;
        /// A required property that is not declared.
        UNKNOWN_REQUIRED_PROPERTY = "unknown-required-property": Warning;
        /// An `allOf`, `oneOf` or `anyOf` without parts.
        EMPTY_COMPOSITION = "empty-composition": Warning;
        /// A schema that is one of its own parts.
        COMPOSITION_CYCLE = "composition-cycle": Warning;
        /// An `allOf` that no value satisfies.
        UNSATISFIABLE_ALL_OF = "unsatisfiable-all-of": Warning;
        /// A schema that requires itself, so that no value is ever complete.
        ENDLESS_SCHEMA = "endless-schema": Warning;
        /// A discriminator whose property a branch lacks.
        DISCRIMINATOR_PROPERTY = "discriminator-property": Warning;
        /// A discriminator's value that leads to no schema.
        DISCRIMINATOR_TARGET = "discriminator-target": Warning;
        /// A discriminator's value that leads to a schema that is none of the branches.
        DISCRIMINATOR_BRANCH = "discriminator-branch": Warning;

        // Security, servers and tags.

        /// A requirement of a security scheme that does not exist.
        UNKNOWN_SECURITY_SCHEME = "unknown-security-scheme": Warning;
        /// A security scheme of a type that does not exist.
        INVALID_SECURITY_SCHEME = "invalid-security-scheme": Warning;
        /// A server whose URL does not fit its variables.
        INVALID_SERVER = "invalid-server": Warning;
        /// A server variable whose default is not among its values.
        INVALID_SERVER_DEFAULT = "invalid-server-default": Warning;
        /// A server variable that the URL does not have.
        UNUSED_SERVER_VARIABLE = "unused-server-variable": Warning;
        /// A tag described twice.
        DUPLICATE_TAG = "duplicate-tag": Warning;
    }

    /// Reported by the generator where Rust cannot express what the checks have accepted.
    LOWER {
        // Operations.

        /// No operation is one of those to generate.
        NOTHING_SELECTED = "nothing-selected": Error;
        /// A parameter that holds values within values, in a style that has no form for them; they are sent as JSON.
        NESTED_PARAMETER = "nested-parameter": Warning;
        /// A request body that cannot be sent.
        UNSUPPORTED_BODY = "unsupported-body": Error;
        /// A security scheme that the client does not send.
        UNSUPPORTED_SECURITY_SCHEME = "unsupported-security-scheme": Warning;
        /// A security scheme that no operation asks for.
        UNUSED_SECURITY_SCHEME = "unused-security-scheme": Warning;

        // Forms.

        /// A form without a schema.
        FORM_WITHOUT_SCHEMA = "form-without-schema": Error;
        /// A form that is, or may be, something other than an object.
        FORM_NOT_AN_OBJECT = "form-not-an-object": Error;
        /// A header of a part of a form, which the client does not send.
        UNSENT_HEADER = "unsent-header": Warning;
        /// A property of a form that its encoding cannot write.
        UNSUPPORTED_ENCODING = "unsupported-encoding": Error;

        // Bodies.

        /// A media type of a request that the client does not send.
        UNSENT_BODY = "unsent-body": Warning;
        /// A body of a response that the client does not read as what it is.
        UNREAD_BODY = "unread-body": Warning;

        // Types.

        /// Schemas that hold together with different types.
        CONTRADICTORY_TYPES = "contradictory-types": Warning;
        /// An `enum` with values of several kinds.
        MIXED_ENUM = "mixed-enum": Warning;
        /// A schema that contains itself without an object between.
        UNNAMED_RECURSION = "unnamed-recursion": Warning;
        /// Schemas that lead to each other over too many levels.
        DEEP_SCHEMA = "deep-schema": Warning;
        /// Several lists of alternatives that hold together.
        SEVERAL_ALTERNATIVES = "several-alternatives": Warning;
        /// A discriminator that does not tell the branches apart.
        UNUSABLE_DISCRIMINATOR = "unusable-discriminator": Warning;
        /// Alternatives that nothing tells apart.
        AMBIGUOUS_ALTERNATIVES = "ambiguous-alternatives": Warning;
    }

    /// Reported where the generator prints and formats: a fault of its own.
    PRINT {
        /// The output could not be made.
        INTERNAL = "internal": Error;
    }
}
