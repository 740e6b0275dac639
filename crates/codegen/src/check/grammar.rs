//! The objects of OpenAPI 3.0 and their fields, as the specification's tables have them.
//!
//! The walk reads these tables: it reports a field that is missing here as unknown, and a value of another type as wrong.
//! Nothing else needs to be told about a field that only has to be there and of the right kind.

use Expected::{AdditionalProperties, Any, Count, Flag, List, Map, Number, Object, RefOr, Text};

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

/// Each object: its name with the article, the section of `components` where reusable ones live, and the fields that it
/// may and must have, extensions aside.
macro_rules! objects {
    ($($kind:ident: $name:literal $(in $section:literal)? { $($need:ident $field:ident: $expected:expr;)* })+) => {
        /// The objects that the specification names, each with fixed fields.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum Kind {
            $($kind),+
        }

        impl Kind {
            /// The object with its article, for messages.
            pub(super) fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name),+
                }
            }

            /// Where reusable objects of this kind live in the components object.
            pub(super) fn section(self) -> Option<&'static str> {
                let section: &[&str] = match self {
                    $(Self::$kind => &[$($section)?]),+
                };
                section.first().copied()
            }

            /// The fields that it may have, extensions aside.
            pub(super) fn fields(self) -> &'static [FieldRule] {
                match self {
                    $(Self::$kind => const { &[$($need(stringify!($field), $expected)),*] }),+
                }
            }
        }
    };
}

objects! {
    // Its keys are expressions; see `CALLBACK`.
    Callback: "a callback" in "callbacks" {}
    Components: "the components object" {
        may schemas: Map(Keys::Component, &RefOr(Kind::Schema));
        may responses: Map(Keys::Component, &RefOr(Kind::Response));
        may parameters: Map(Keys::Component, &RefOr(Kind::Parameter));
        may examples: Map(Keys::Component, &RefOr(Kind::Example));
        may requestBodies: Map(Keys::Component, &RefOr(Kind::RequestBody));
        may headers: Map(Keys::Component, &RefOr(Kind::Header));
        may securitySchemes: Map(Keys::Component, &RefOr(Kind::SecurityScheme));
        may links: Map(Keys::Component, &RefOr(Kind::Link));
        may callbacks: Map(Keys::Component, &RefOr(Kind::Callback));
    }
    Contact: "the contact object" {
        may name: Text;
        may url: Text;
        may email: Text;
    }
    Discriminator: "a discriminator" {
        must propertyName: Text;
        may mapping: Map(Keys::Free, &Text);
    }
    Encoding: "an encoding" {
        may contentType: Text;
        may headers: HEADERS;
        may style: Text;
        may explode: Flag;
        may allowReserved: Flag;
    }
    Example: "an example" in "examples" {
        may summary: Text;
        may description: Text;
        may value: Any;
        may externalValue: Text;
    }
    ExternalDocs: "an external documentation object" {
        may description: Text;
        must url: Text;
    }
    Header: "a header" in "headers" {
        may description: Text;
        may required: Flag;
        may deprecated: Flag;
        may allowEmptyValue: Flag;
        may style: Text;
        may explode: Flag;
        may allowReserved: Flag;
        may schema: RefOr(Kind::Schema);
        may example: Any;
        may examples: EXAMPLES;
        may content: CONTENT;
    }
    Info: "the info object" {
        must title: Text;
        may description: Text;
        may termsOfService: Text;
        may contact: Object(Kind::Contact);
        may license: Object(Kind::License);
        must version: Text;
    }
    License: "the license object" {
        must name: Text;
        may url: Text;
    }
    Link: "a link" in "links" {
        may operationRef: Text;
        may operationId: Text;
        may parameters: Map(Keys::Free, &Any);
        may requestBody: Any;
        may description: Text;
        may server: Object(Kind::Server);
    }
    MediaType: "a media type object" {
        may schema: RefOr(Kind::Schema);
        may example: Any;
        may examples: EXAMPLES;
        may encoding: Map(Keys::Free, &Object(Kind::Encoding));
    }
    OAuthFlow: "an OAuth flow" {
        may authorizationUrl: Text;
        may tokenUrl: Text;
        may refreshUrl: Text;
        must scopes: Map(Keys::Free, &Text);
    }
    OAuthFlows: "an OAuth flows object" {
        may implicit: Object(Kind::OAuthFlow);
        may password: Object(Kind::OAuthFlow);
        may clientCredentials: Object(Kind::OAuthFlow);
        may authorizationCode: Object(Kind::OAuthFlow);
    }
    Operation: "an operation" {
        may tags: STRINGS;
        may summary: Text;
        may description: Text;
        may externalDocs: Object(Kind::ExternalDocs);
        may operationId: Text;
        may parameters: PARAMETERS;
        may requestBody: RefOr(Kind::RequestBody);
        must responses: Map(Keys::Status, &RefOr(Kind::Response));
        may callbacks: Map(Keys::Free, &RefOr(Kind::Callback));
        may deprecated: Flag;
        may security: SECURITY;
        may servers: SERVERS;
    }
    Parameter: "a parameter" in "parameters" {
        must name: Text;
        must in: Text;
        may description: Text;
        may required: Flag;
        may deprecated: Flag;
        may allowEmptyValue: Flag;
        may style: Text;
        may explode: Flag;
        may allowReserved: Flag;
        may schema: RefOr(Kind::Schema);
        may example: Any;
        may examples: EXAMPLES;
        may content: CONTENT;
    }
    PathItem: "a path item" {
        may summary: Text;
        may description: Text;
        may get: Object(Kind::Operation);
        may put: Object(Kind::Operation);
        may post: Object(Kind::Operation);
        may delete: Object(Kind::Operation);
        may options: Object(Kind::Operation);
        may head: Object(Kind::Operation);
        may patch: Object(Kind::Operation);
        may trace: Object(Kind::Operation);
        may servers: SERVERS;
        may parameters: PARAMETERS;
    }
    RequestBody: "a request body" in "requestBodies" {
        may description: Text;
        must content: CONTENT;
        may required: Flag;
    }
    Response: "a response" in "responses" {
        must description: Text;
        may headers: HEADERS;
        may content: CONTENT;
        may links: Map(Keys::Free, &RefOr(Kind::Link));
    }
    Root: "an OpenAPI document" {
        must openapi: Any;
        must info: Object(Kind::Info);
        may servers: SERVERS;
        must paths: Map(Keys::Path, &RefOr(Kind::PathItem));
        may components: Object(Kind::Components);
        may security: SECURITY;
        may tags: List(&Object(Kind::Tag));
        may externalDocs: Object(Kind::ExternalDocs);
    }
    Schema: "a schema" in "schemas" {
        may title: Text;
        may multipleOf: Number;
        may maximum: Number;
        may exclusiveMaximum: Flag;
        may minimum: Number;
        may exclusiveMinimum: Flag;
        may maxLength: Count;
        may minLength: Count;
        may pattern: Text;
        may maxItems: Count;
        may minItems: Count;
        may uniqueItems: Flag;
        may maxProperties: Count;
        may minProperties: Count;
        may required: STRINGS;
        may enum: List(&Any);
        may type: Text;
        may allOf: SCHEMAS;
        may oneOf: SCHEMAS;
        may anyOf: SCHEMAS;
        may not: RefOr(Kind::Schema);
        may items: RefOr(Kind::Schema);
        may properties: Map(Keys::Free, &RefOr(Kind::Schema));
        may additionalProperties: AdditionalProperties;
        may description: Text;
        may format: Text;
        may default: Any;
        may nullable: Flag;
        may discriminator: Object(Kind::Discriminator);
        may readOnly: Flag;
        may writeOnly: Flag;
        may xml: Object(Kind::Xml);
        may externalDocs: Object(Kind::ExternalDocs);
        may example: Any;
        may deprecated: Flag;
    }
    SecurityScheme: "a security scheme" in "securitySchemes" {
        must type: Text;
        may description: Text;
        may name: Text;
        may in: Text;
        may scheme: Text;
        may bearerFormat: Text;
        may flows: Object(Kind::OAuthFlows);
        may openIdConnectUrl: Text;
    }
    Server: "a server" {
        must url: Text;
        may description: Text;
        may variables: Map(Keys::Free, &Object(Kind::ServerVariable));
    }
    ServerVariable: "a server variable" {
        may enum: STRINGS;
        must default: Text;
        may description: Text;
    }
    Tag: "a tag" {
        must name: Text;
        may description: Text;
        may externalDocs: Object(Kind::ExternalDocs);
    }
    Xml: "an XML object" {
        may name: Text;
        may namespace: Text;
        may prefix: Text;
        may attribute: Flag;
        may wrapped: Flag;
    }
}
