//! The objects of OpenAPI 3.0 and their fields, as the specification's tables have them.
//!
//! The walk reads these tables: a field that is missing here is unknown to it, and a value that is of another
//! type is reported. Nothing else needs to be told about a field that only has to be there and of the right kind.

use Expected::{AdditionalProperties, Any, Count, Flag, List, Map, Number, Object, RefOr, Text};

/// The objects that the specification names, each with fixed fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Callback,
    Components,
    Contact,
    Discriminator,
    Encoding,
    Example,
    ExternalDocs,
    Header,
    Info,
    License,
    Link,
    MediaType,
    OAuthFlow,
    OAuthFlows,
    Operation,
    Parameter,
    PathItem,
    RequestBody,
    Response,
    Root,
    Schema,
    SecurityScheme,
    Server,
    ServerVariable,
    Tag,
    Xml,
}

/// What a value must be.
#[derive(Debug)]
pub(super) enum Expected {
    Any,
    Text,
    Flag,
    Number,
    /// An integer from 0.
    Count,
    List(&'static Expected),
    Map(Keys, &'static Expected),
    /// An object, in place.
    Object(Kind),
    /// An object in place, or a reference to one.
    RefOr(Kind),
    /// A schema, a reference to one, or a truth value.
    AdditionalProperties,
}

/// What the keys of a map must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keys {
    /// Whatever the document wants to name.
    Free,
    /// Names of components.
    Component,
    /// Path templates; extensions are allowed between them.
    Path,
    /// Expressions of callbacks; extensions are allowed between them.
    Expression,
    /// Status codes and `default`; extensions are allowed between them.
    Status,
    MediaType,
}

impl Keys {
    /// Whether a key with `x-` is an extension and no key like the others.
    pub(super) fn allow_extensions(self) -> bool {
        matches!(self, Self::Path | Self::Expression | Self::Status)
    }
}

/// A field of an object.
#[derive(Debug)]
pub(super) struct FieldRule {
    pub(super) name: &'static str,
    pub(super) expected: Expected,
    /// Whether the object is invalid without it.
    pub(super) needed: bool,
}

const fn may(name: &'static str, expected: Expected) -> FieldRule {
    FieldRule {
        name,
        expected,
        needed: false,
    }
}

const fn must(name: &'static str, expected: Expected) -> FieldRule {
    FieldRule {
        name,
        expected,
        needed: true,
    }
}

impl Kind {
    /// The object with its article, for messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Callback => "a callback",
            Self::Components => "the components object",
            Self::Contact => "the contact object",
            Self::Discriminator => "a discriminator",
            Self::Encoding => "an encoding",
            Self::Example => "an example",
            Self::ExternalDocs => "an external documentation object",
            Self::Header => "a header",
            Self::Info => "the info object",
            Self::License => "the license object",
            Self::Link => "a link",
            Self::MediaType => "a media type object",
            Self::OAuthFlow => "an OAuth flow",
            Self::OAuthFlows => "an OAuth flows object",
            Self::Operation => "an operation",
            Self::Parameter => "a parameter",
            Self::PathItem => "a path item",
            Self::RequestBody => "a request body",
            Self::Response => "a response",
            Self::Root => "an OpenAPI document",
            Self::Schema => "a schema",
            Self::SecurityScheme => "a security scheme",
            Self::Server => "a server",
            Self::ServerVariable => "a server variable",
            Self::Tag => "a tag",
            Self::Xml => "an XML object",
        }
    }

    /// Where reusable objects of this kind live in the components object.
    pub(super) fn section(self) -> Option<&'static str> {
        Some(match self {
            Self::Callback => "callbacks",
            Self::Example => "examples",
            Self::Header => "headers",
            Self::Link => "links",
            Self::Parameter => "parameters",
            Self::RequestBody => "requestBodies",
            Self::Response => "responses",
            Self::Schema => "schemas",
            Self::SecurityScheme => "securitySchemes",
            _ => return None,
        })
    }

    /// The fields that it may have, extensions aside.
    pub(super) fn fields(self) -> &'static [FieldRule] {
        match self {
            // Its keys are expressions; see `Keys::Expression`.
            Self::Callback => &[],
            Self::Components => COMPONENTS,
            Self::Contact => CONTACT,
            Self::Discriminator => DISCRIMINATOR,
            Self::Encoding => ENCODING,
            Self::Example => EXAMPLE,
            Self::ExternalDocs => EXTERNAL_DOCS,
            Self::Header => HEADER,
            Self::Info => INFO,
            Self::License => LICENSE,
            Self::Link => LINK,
            Self::MediaType => MEDIA_TYPE,
            Self::OAuthFlow => OAUTH_FLOW,
            Self::OAuthFlows => OAUTH_FLOWS,
            Self::Operation => OPERATION,
            Self::Parameter => PARAMETER,
            Self::PathItem => PATH_ITEM,
            Self::RequestBody => REQUEST_BODY,
            Self::Response => RESPONSE,
            Self::Root => ROOT,
            Self::Schema => SCHEMA,
            Self::SecurityScheme => SECURITY_SCHEME,
            Self::Server => SERVER,
            Self::ServerVariable => SERVER_VARIABLE,
            Self::Tag => TAG,
            Self::Xml => XML,
        }
    }
}

const CONTENT: Expected = Map(Keys::MediaType, &Object(Kind::MediaType));
const EXAMPLES: Expected = Map(Keys::Free, &RefOr(Kind::Example));
const HEADERS: Expected = Map(Keys::Free, &RefOr(Kind::Header));
const PARAMETERS: Expected = List(&RefOr(Kind::Parameter));
const SECURITY: Expected = List(&Map(Keys::Free, &List(&Text)));
const SERVERS: Expected = List(&Object(Kind::Server));
const SCHEMAS: Expected = List(&RefOr(Kind::Schema));
const STRINGS: Expected = List(&Text);
/// What a callback maps its expressions to.
pub(super) const CALLBACK: Expected = Map(Keys::Expression, &RefOr(Kind::PathItem));

const ROOT: &[FieldRule] = &[
    must("openapi", Any),
    must("info", Object(Kind::Info)),
    may("servers", SERVERS),
    must("paths", Map(Keys::Path, &RefOr(Kind::PathItem))),
    may("components", Object(Kind::Components)),
    may("security", SECURITY),
    may("tags", List(&Object(Kind::Tag))),
    may("externalDocs", Object(Kind::ExternalDocs)),
];

const INFO: &[FieldRule] = &[
    must("title", Text),
    may("description", Text),
    may("termsOfService", Text),
    may("contact", Object(Kind::Contact)),
    may("license", Object(Kind::License)),
    must("version", Text),
];

const CONTACT: &[FieldRule] = &[may("name", Text), may("url", Text), may("email", Text)];

const LICENSE: &[FieldRule] = &[must("name", Text), may("url", Text)];

const SERVER: &[FieldRule] = &[
    must("url", Text),
    may("description", Text),
    may("variables", Map(Keys::Free, &Object(Kind::ServerVariable))),
];

const SERVER_VARIABLE: &[FieldRule] = &[
    may("enum", STRINGS),
    must("default", Text),
    may("description", Text),
];

const COMPONENTS: &[FieldRule] = &[
    may("schemas", Map(Keys::Component, &RefOr(Kind::Schema))),
    may("responses", Map(Keys::Component, &RefOr(Kind::Response))),
    may("parameters", Map(Keys::Component, &RefOr(Kind::Parameter))),
    may("examples", Map(Keys::Component, &RefOr(Kind::Example))),
    may(
        "requestBodies",
        Map(Keys::Component, &RefOr(Kind::RequestBody)),
    ),
    may("headers", Map(Keys::Component, &RefOr(Kind::Header))),
    may(
        "securitySchemes",
        Map(Keys::Component, &RefOr(Kind::SecurityScheme)),
    ),
    may("links", Map(Keys::Component, &RefOr(Kind::Link))),
    may("callbacks", Map(Keys::Component, &RefOr(Kind::Callback))),
];

const PATH_ITEM: &[FieldRule] = &[
    may("summary", Text),
    may("description", Text),
    may("get", Object(Kind::Operation)),
    may("put", Object(Kind::Operation)),
    may("post", Object(Kind::Operation)),
    may("delete", Object(Kind::Operation)),
    may("options", Object(Kind::Operation)),
    may("head", Object(Kind::Operation)),
    may("patch", Object(Kind::Operation)),
    may("trace", Object(Kind::Operation)),
    may("servers", SERVERS),
    may("parameters", PARAMETERS),
];

const OPERATION: &[FieldRule] = &[
    may("tags", STRINGS),
    may("summary", Text),
    may("description", Text),
    may("externalDocs", Object(Kind::ExternalDocs)),
    may("operationId", Text),
    may("parameters", PARAMETERS),
    may("requestBody", RefOr(Kind::RequestBody)),
    must("responses", Map(Keys::Status, &RefOr(Kind::Response))),
    may("callbacks", Map(Keys::Free, &RefOr(Kind::Callback))),
    may("deprecated", Flag),
    may("security", SECURITY),
    may("servers", SERVERS),
];

const EXTERNAL_DOCS: &[FieldRule] = &[may("description", Text), must("url", Text)];

const PARAMETER: &[FieldRule] = &[
    must("name", Text),
    must("in", Text),
    may("description", Text),
    may("required", Flag),
    may("deprecated", Flag),
    may("allowEmptyValue", Flag),
    may("style", Text),
    may("explode", Flag),
    may("allowReserved", Flag),
    may("schema", RefOr(Kind::Schema)),
    may("example", Any),
    may("examples", EXAMPLES),
    may("content", CONTENT),
];

const HEADER: &[FieldRule] = &[
    may("description", Text),
    may("required", Flag),
    may("deprecated", Flag),
    may("allowEmptyValue", Flag),
    may("style", Text),
    may("explode", Flag),
    may("allowReserved", Flag),
    may("schema", RefOr(Kind::Schema)),
    may("example", Any),
    may("examples", EXAMPLES),
    may("content", CONTENT),
];

const REQUEST_BODY: &[FieldRule] = &[
    may("description", Text),
    must("content", CONTENT),
    may("required", Flag),
];

const MEDIA_TYPE: &[FieldRule] = &[
    may("schema", RefOr(Kind::Schema)),
    may("example", Any),
    may("examples", EXAMPLES),
    may("encoding", Map(Keys::Free, &Object(Kind::Encoding))),
];

const ENCODING: &[FieldRule] = &[
    may("contentType", Text),
    may("headers", HEADERS),
    may("style", Text),
    may("explode", Flag),
    may("allowReserved", Flag),
];

const RESPONSE: &[FieldRule] = &[
    must("description", Text),
    may("headers", HEADERS),
    may("content", CONTENT),
    may("links", Map(Keys::Free, &RefOr(Kind::Link))),
];

const EXAMPLE: &[FieldRule] = &[
    may("summary", Text),
    may("description", Text),
    may("value", Any),
    may("externalValue", Text),
];

const LINK: &[FieldRule] = &[
    may("operationRef", Text),
    may("operationId", Text),
    may("parameters", Map(Keys::Free, &Any)),
    may("requestBody", Any),
    may("description", Text),
    may("server", Object(Kind::Server)),
];

const TAG: &[FieldRule] = &[
    must("name", Text),
    may("description", Text),
    may("externalDocs", Object(Kind::ExternalDocs)),
];

const SCHEMA: &[FieldRule] = &[
    may("title", Text),
    may("multipleOf", Number),
    may("maximum", Number),
    may("exclusiveMaximum", Flag),
    may("minimum", Number),
    may("exclusiveMinimum", Flag),
    may("maxLength", Count),
    may("minLength", Count),
    may("pattern", Text),
    may("maxItems", Count),
    may("minItems", Count),
    may("uniqueItems", Flag),
    may("maxProperties", Count),
    may("minProperties", Count),
    may("required", STRINGS),
    may("enum", List(&Any)),
    may("type", Text),
    may("allOf", SCHEMAS),
    may("oneOf", SCHEMAS),
    may("anyOf", SCHEMAS),
    may("not", RefOr(Kind::Schema)),
    may("items", RefOr(Kind::Schema)),
    may("properties", Map(Keys::Free, &RefOr(Kind::Schema))),
    may("additionalProperties", AdditionalProperties),
    may("description", Text),
    may("format", Text),
    may("default", Any),
    may("nullable", Flag),
    may("discriminator", Object(Kind::Discriminator)),
    may("readOnly", Flag),
    may("writeOnly", Flag),
    may("xml", Object(Kind::Xml)),
    may("externalDocs", Object(Kind::ExternalDocs)),
    may("example", Any),
    may("deprecated", Flag),
];

const DISCRIMINATOR: &[FieldRule] = &[
    must("propertyName", Text),
    may("mapping", Map(Keys::Free, &Text)),
];

const XML: &[FieldRule] = &[
    may("name", Text),
    may("namespace", Text),
    may("prefix", Text),
    may("attribute", Flag),
    may("wrapped", Flag),
];

const SECURITY_SCHEME: &[FieldRule] = &[
    must("type", Text),
    may("description", Text),
    may("name", Text),
    may("in", Text),
    may("scheme", Text),
    may("bearerFormat", Text),
    may("flows", Object(Kind::OAuthFlows)),
    may("openIdConnectUrl", Text),
];

const OAUTH_FLOWS: &[FieldRule] = &[
    may("implicit", Object(Kind::OAuthFlow)),
    may("password", Object(Kind::OAuthFlow)),
    may("clientCredentials", Object(Kind::OAuthFlow)),
    may("authorizationCode", Object(Kind::OAuthFlow)),
];

const OAUTH_FLOW: &[FieldRule] = &[
    may("authorizationUrl", Text),
    may("tokenUrl", Text),
    may("refreshUrl", Text),
    must("scopes", Map(Keys::Free, &Text)),
];
