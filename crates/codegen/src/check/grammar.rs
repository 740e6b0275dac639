//! The objects of OpenAPI 3.0 and their fields, as the specification's tables have them.
//!
//! The walk reads these tables: it reports a field that is missing here as unknown, and a value of another type as wrong.
//! Nothing else needs to be told about a field that only has to be there and of the right kind.

use postpress_openapi::{Object as Entries, Value};

use Expected::{AdditionalProperties, Any, Count, Flag, List, Map, Number, Object, RefOr, Text};

/// What a value must be.
#[derive(Debug)]
pub(crate) enum Expected {
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

impl Expected {
    /// An empty value of this kind, if it holds others.
    pub(crate) fn empty(&self) -> Option<Value> {
        match self {
            Self::List(_) => Some(Value::Array(Vec::new())),
            Self::Map(..) | Self::Object(_) | Self::RefOr(_) | Self::AdditionalProperties => {
                Some(Value::Object(Entries::default()))
            }
            Self::Any | Self::Text | Self::Flag | Self::Number | Self::Count => None,
        }
    }
}

/// What the keys of a map must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keys {
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
    pub(crate) fn allow_extensions(self) -> bool {
        matches!(self, Self::Path | Self::Expression | Self::Status)
    }
}

/// A field of an object.
#[derive(Debug)]
pub(crate) struct FieldRule {
    pub(crate) name: &'static str,
    pub(crate) expected: Expected,
    pub(crate) need: Need,
    /// Whether nothing that is sent or received depends on it, so that a wrong value can be left out.
    pub(crate) is_note: bool,
}

/// Whether an object has to have a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    Optional,
    /// It has to, and what it lacks has a plain meaning.
    Expected,
    Required,
}

const fn rule(name: &'static str, expected: Expected, need: Need, is_note: bool) -> FieldRule {
    FieldRule {
        name,
        expected,
        need,
        is_note,
    }
}

const fn may(name: &'static str, expected: Expected) -> FieldRule {
    rule(name, expected, Need::Optional, false)
}

const fn should(name: &'static str, expected: Expected) -> FieldRule {
    rule(name, expected, Need::Expected, false)
}

const fn must(name: &'static str, expected: Expected) -> FieldRule {
    rule(name, expected, Need::Required, false)
}

const fn note(name: &'static str, expected: Expected) -> FieldRule {
    rule(name, expected, Need::Optional, true)
}

const fn expected_note(name: &'static str, expected: Expected) -> FieldRule {
    rule(name, expected, Need::Expected, true)
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
pub(crate) const CALLBACK: Expected = Map(Keys::Expression, &RefOr(Kind::PathItem));

/// Schemas within a schema, to refer to. The name of this field is none that the table below can spell.
const DEFINITIONS: FieldRule = may("$defs", Map(Keys::Free, &RefOr(Kind::Schema)));

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
            pub(crate) fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name),+
                }
            }

            /// Where reusable objects of this kind live in the components object.
            pub(crate) fn section(self) -> Option<&'static str> {
                let section: &[&str] = match self {
                    $(Self::$kind => &[$($section)?]),+
                };
                section.first().copied()
            }

            /// All places where reusable objects live in the components object.
            pub(crate) fn sections() -> impl Iterator<Item = &'static str> {
                [$(Self::$kind),+].into_iter().filter_map(Self::section)
            }

            /// The field of this name, if it may have one.
            pub(crate) fn field(self, name: &str) -> Option<&'static FieldRule> {
                if self == Self::Schema && name == DEFINITIONS.name {
                    return Some(const { &DEFINITIONS });
                }
                self.fields().iter().find(|field| field.name == name)
            }

            /// The fields that it may have, extensions aside.
            pub(crate) fn fields(self) -> &'static [FieldRule] {
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
        note examples: Map(Keys::Component, &RefOr(Kind::Example));
        may requestBodies: Map(Keys::Component, &RefOr(Kind::RequestBody));
        may headers: Map(Keys::Component, &RefOr(Kind::Header));
        note securitySchemes: Map(Keys::Component, &RefOr(Kind::SecurityScheme));
        note links: Map(Keys::Component, &RefOr(Kind::Link));
        note callbacks: Map(Keys::Component, &RefOr(Kind::Callback));
        may pathItems: Map(Keys::Component, &RefOr(Kind::PathItem));
    }
    Contact: "the contact object" {
        note name: Text;
        note url: Text;
        note email: Text;
    }
    Discriminator: "a discriminator" {
        expected_note propertyName: Text;
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
        note summary: Text;
        note description: Text;
        note value: Any;
        note externalValue: Text;
    }
    ExternalDocs: "an external documentation object" {
        note description: Text;
        expected_note url: Text;
    }
    Header: "a header" in "headers" {
        note description: Text;
        may required: Flag;
        note deprecated: Flag;
        note allowEmptyValue: Flag;
        may style: Text;
        may explode: Flag;
        may allowReserved: Flag;
        may schema: RefOr(Kind::Schema);
        note example: Any;
        note examples: EXAMPLES;
        may content: CONTENT;
    }
    Info: "the info object" {
        expected_note title: Text;
        note summary: Text;
        note description: Text;
        note termsOfService: Text;
        note contact: Object(Kind::Contact);
        note license: Object(Kind::License);
        expected_note version: Text;
    }
    License: "the license object" {
        expected_note name: Text;
        note identifier: Text;
        note url: Text;
    }
    Link: "a link" in "links" {
        note operationRef: Text;
        note operationId: Text;
        note parameters: Map(Keys::Free, &Any);
        note requestBody: Any;
        note description: Text;
        note server: Object(Kind::Server);
    }
    MediaType: "a media type object" {
        may schema: RefOr(Kind::Schema);
        note example: Any;
        note examples: EXAMPLES;
        may encoding: Map(Keys::Free, &Object(Kind::Encoding));
    }
    OAuthFlow: "an OAuth flow" {
        note authorizationUrl: Text;
        note tokenUrl: Text;
        note refreshUrl: Text;
        expected_note scopes: Map(Keys::Free, &Text);
    }
    OAuthFlows: "an OAuth flows object" {
        note implicit: Object(Kind::OAuthFlow);
        note password: Object(Kind::OAuthFlow);
        note clientCredentials: Object(Kind::OAuthFlow);
        note authorizationCode: Object(Kind::OAuthFlow);
    }
    Operation: "an operation" {
        note tags: STRINGS;
        note summary: Text;
        note description: Text;
        note externalDocs: Object(Kind::ExternalDocs);
        may operationId: Text;
        may parameters: PARAMETERS;
        may requestBody: RefOr(Kind::RequestBody);
        should responses: Map(Keys::Status, &RefOr(Kind::Response));
        note callbacks: Map(Keys::Free, &RefOr(Kind::Callback));
        note deprecated: Flag;
        may security: SECURITY;
        note servers: SERVERS;
    }
    Parameter: "a parameter" in "parameters" {
        must name: Text;
        must in: Text;
        note description: Text;
        may required: Flag;
        note deprecated: Flag;
        note allowEmptyValue: Flag;
        may style: Text;
        may explode: Flag;
        may allowReserved: Flag;
        may schema: RefOr(Kind::Schema);
        note example: Any;
        note examples: EXAMPLES;
        may content: CONTENT;
    }
    PathItem: "a path item" in "pathItems" {
        note summary: Text;
        note description: Text;
        may get: Object(Kind::Operation);
        may put: Object(Kind::Operation);
        may post: Object(Kind::Operation);
        may delete: Object(Kind::Operation);
        may options: Object(Kind::Operation);
        may head: Object(Kind::Operation);
        may patch: Object(Kind::Operation);
        may trace: Object(Kind::Operation);
        note servers: SERVERS;
        may parameters: PARAMETERS;
    }
    RequestBody: "a request body" in "requestBodies" {
        note description: Text;
        should content: CONTENT;
        may required: Flag;
    }
    Response: "a response" in "responses" {
        expected_note description: Text;
        may headers: HEADERS;
        may content: CONTENT;
        note links: Map(Keys::Free, &RefOr(Kind::Link));
    }
    Root: "an OpenAPI document" {
        must openapi: Any;
        note jsonSchemaDialect: Text;
        expected_note info: Object(Kind::Info);
        note servers: SERVERS;
        should paths: Map(Keys::Path, &RefOr(Kind::PathItem));
        may webhooks: Map(Keys::Free, &RefOr(Kind::PathItem));
        may components: Object(Kind::Components);
        may security: SECURITY;
        note tags: List(&Object(Kind::Tag));
        note externalDocs: Object(Kind::ExternalDocs);
    }
    Schema: "a schema" in "schemas" {
        note title: Text;
        note multipleOf: Number;
        note maximum: Number;
        note exclusiveMaximum: Flag;
        note minimum: Number;
        note exclusiveMinimum: Flag;
        note maxLength: Count;
        note minLength: Count;
        note pattern: Text;
        note maxItems: Count;
        note minItems: Count;
        note uniqueItems: Flag;
        note maxProperties: Count;
        note minProperties: Count;
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
        note description: Text;
        may format: Text;
        note default: Any;
        may nullable: Flag;
        note discriminator: Object(Kind::Discriminator);
        may readOnly: Flag;
        may writeOnly: Flag;
        note xml: Object(Kind::Xml);
        note externalDocs: Object(Kind::ExternalDocs);
        note example: Any;
        note deprecated: Flag;
    }
    SecurityScheme: "a security scheme" in "securitySchemes" {
        expected_note type: Text;
        note description: Text;
        note name: Text;
        note in: Text;
        note scheme: Text;
        note bearerFormat: Text;
        note flows: Object(Kind::OAuthFlows);
        note openIdConnectUrl: Text;
    }
    Server: "a server" {
        expected_note url: Text;
        note description: Text;
        note variables: Map(Keys::Free, &Object(Kind::ServerVariable));
    }
    ServerVariable: "a server variable" {
        note enum: STRINGS;
        expected_note default: Text;
        note description: Text;
    }
    Tag: "a tag" {
        expected_note name: Text;
        note description: Text;
        note externalDocs: Object(Kind::ExternalDocs);
    }
    Xml: "an XML object" {
        note name: Text;
        note namespace: Text;
        note prefix: Text;
        note attribute: Flag;
        note wrapped: Flag;
    }
}
