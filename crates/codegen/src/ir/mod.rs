//! The intermediate representation of a document: its operations and types, in terms of Rust.
//!
//! `lower` builds it, once. Everything that is printed, by progenitor or by the emitters, is made from it, so
//! the parts of the output agree.

pub(crate) mod docs;
pub(crate) mod forms;
pub(crate) mod holders;
pub(crate) mod reach;

use postpress_openapi::{Cursor, Pointer, Position};

use crate::select::Skipped;

pub use forms::{form_of, parts_of};
pub use holders::{Holder, holders, holders_in_form};
pub use reach::{is_record, named, named_within};

/// A place in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The pointer to the value.
    pub pointer: Pointer,
    /// Where its key is written.
    pub at: Position,
}

impl From<&Cursor<'_>> for Origin {
    fn from(at: &Cursor<'_>) -> Self {
        Origin {
            pointer: at.pointer.clone(),
            at: at.key_at,
        }
    }
}

/// A limit on a value, or its default, which no type of Rust expresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The keyword: `maxLength`; for the members of a list after `items.`.
    pub keyword: String,
    /// Its value as JSON.
    pub value: String,
    /// Where the document says so.
    pub origin: Origin,
}

/// A response that the document describes.
#[derive(Clone, Debug)]
pub struct Response {
    /// `200`, `5XX`, `default`.
    pub status: String,
    /// Its description, as the document writes it.
    pub description: String,
    /// The names of its headers.
    pub headers: Vec<String>,
    /// Where the document says so.
    pub origin: Origin,
}

/// What a client is printed from.
#[derive(Debug)]
pub struct Ir {
    /// `info.title`.
    pub title: String,
    /// Its description, as the document writes it.
    pub description: Option<String>,
    /// `info.version`.
    pub version: String,
    /// The addresses of the service, the default first.
    pub servers: Vec<Server>,
    /// What the client can authenticate with.
    pub credentials: Vec<Credential>,
    /// The methods of the client, in the order of the document.
    pub operations: Vec<Operation>,
    /// Every type that is generated, in the order of the document.
    pub types: Vec<TypeDef>,
    /// The documented error types, where the document has some.
    pub catalogue: Option<Catalogue>,
    /// The operations that cannot be generated.
    pub skipped: Vec<Skipped>,
}

/// An address of the service.
#[derive(Clone, Debug)]
pub struct Server {
    /// Where the document says so.
    pub origin: Origin,
    /// The address, with the defaults of its variables filled in.
    pub url: String,
    /// Its description, as the document writes it.
    pub description: Option<String>,
}

/// A security scheme that the client can satisfy with a header.
#[derive(Debug)]
pub struct Credential {
    /// Where the document says so.
    pub origin: Origin,
    /// Its name under `components/securitySchemes`.
    pub scheme: String,
    /// The client's field, and after `with_` its method.
    pub rust: String,
    /// Of what kind it is.
    pub kind: CredentialKind,
    /// Its documentation, as Markdown for rustdoc.
    pub doc: String,
}

/// How a credential is sent.
#[derive(Debug)]
pub enum CredentialKind {
    /// A key in the named header.
    ApiKeyHeader(String),
    /// `Authorization: Bearer`.
    Bearer,
    /// `Authorization: Basic`.
    Basic,
}

/// A method of the client.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Where the document says so.
    pub origin: Origin,
    /// Its own servers, or its path's, which the client does not use by itself.
    pub servers: Vec<Server>,
    /// What it demands: any one of these lists of security schemes. Empty where it demands nothing.
    pub security: Vec<Vec<String>>,
    /// Where the document says so: here, or for all operations.
    pub security_origin: Origin,
    /// Every response that is described.
    pub responses: Vec<Response>,
    /// The `operationId` as the document spells it.
    pub id: String,
    /// The name of the client's method: in snake case, unique.
    pub function: String,
    /// `get`, `post`, ...
    pub method: String,
    /// The path with its templates.
    pub path: String,
    /// The query that stands in the path, which every request has.
    pub query: Vec<(String, String)>,
    /// The first of its tags.
    pub tag: Option<String>,
    /// Its documentation, as Markdown for rustdoc.
    pub doc: String,
    /// What goes into the path, the query and the headers.
    pub parameters: Vec<Parameter>,
    /// The body of the request.
    pub body: Option<Body>,
    /// What a successful response brings.
    pub success: Payload,
    /// The media type for the `Accept` header.
    pub accept: Option<String>,
    /// The type that the bodies of error responses decode to; `None` where the document gives none.
    pub error: Option<Type>,
    /// `404`, `5XX`, `default`.
    pub error_statuses: Vec<String>,
    /// Indices into [`Ir::credentials`].
    pub credentials: Vec<usize>,
}

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Where the document says so.
    pub origin: Origin,
    /// What its values are limited to.
    pub limits: Vec<Limit>,
    /// Its name; on the wire, where it goes there.
    pub name: String,
    /// Its name in Rust.
    pub rust: String,
    /// Its documentation, as Markdown for rustdoc.
    pub doc: String,
    /// Where it goes.
    pub location: Location,
    /// Whether it must be there.
    pub required: bool,
    /// Its type.
    pub ty: Type,
}

/// Where a parameter goes and in which of OpenAPI's styles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the path.
    Path,
    /// In the path, in another style than `simple`, and whether exploded.
    PathStyled(PathStyle, bool),
    /// A header.
    Header,
    /// A header with `key=value` for each member of an object (`explode: true`).
    HeaderExploded,
    /// A cookie, and whether exploded.
    Cookie(bool),
    /// `style: form`, `explode: true`.
    Query,
    /// `explode: false` with this separator.
    QueryJoined(char),
    /// `style: deepObject`.
    QueryDeep,
    /// `content: application/json`.
    QueryJson,
    /// The same in a header.
    HeaderJson,
    /// The same in the path.
    PathJson,
    /// The same in a cookie.
    CookieJson,
}

impl Location {
    /// Whether it is in the path.
    pub fn is_path(self) -> bool {
        matches!(self, Self::Path | Self::PathStyled(..) | Self::PathJson)
    }
}

/// How a value stands in a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathStyle {
    /// `a,b`
    Simple,
    /// `a/b`: the slashes of the value stay (`{+name}`).
    Slashes,
    /// `.a.b`
    Label,
    /// `;name=a;name=b`
    Matrix,
}

/// What an operation sends.
#[derive(Clone, Debug)]
pub struct Body {
    /// Where the document says so.
    pub origin: Origin,
    /// Of what kind it is; one of them, where there are several.
    pub kinds: Vec<BodyKind>,
    /// Whether it must be there.
    pub required: bool,
    /// Its documentation, as Markdown for rustdoc.
    pub doc: String,
}

/// The form of a body.
#[derive(Clone, Debug)]
pub enum BodyKind {
    /// JSON of the named media type.
    Json(Type, String),
    /// `multipart/form-data`.
    Form(Form),
    /// Each property with its style, where that is not the usual one.
    UrlEncoded(Type, Vec<(String, FormStyle)>),
    /// Text of the named media type.
    Text(String),
    /// Bytes of the named media type.
    Binary(String),
}

/// The body of a successful response.
#[derive(Clone, Debug)]
pub enum Payload {
    /// Nothing.
    Empty,
    /// JSON.
    Json(Type),
    /// Text.
    Text,
    /// Returned as it arrives.
    Raw,
}

/// The body of a multipart operation.
#[derive(Clone, Debug)]
pub struct Form {
    /// The type of the whole form.
    pub root: TypeId,
    /// How each property is written, of the root or, where that is one of several, of each variant.
    pub encodings: Vec<PropertyEncoding>,
}

/// How one property of a form is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertyEncoding {
    /// The struct that has the property.
    pub owner: TypeId,
    /// Its name on the wire; `*` for what the caller adds.
    pub name: String,
    /// How it is written.
    pub encoding: Encoding,
}

impl Form {
    /// How a property is written, where `owner` has it.
    pub fn encoding(&self, owner: TypeId, name: &str) -> Option<&Encoding> {
        let found = self
            .encodings
            .iter()
            .find(|known| known.owner == owner && known.name == name);
        found.map(|known| &known.encoding)
    }

    /// Whether the property is sent as JSON.
    pub(crate) fn is_json(&self, owner: TypeId, name: &str) -> bool {
        self.encoding(owner, name).is_some_and(Encoding::is_json)
    }

    /// The type of a property that is sent as JSON, of which `ty` is the type in the document.
    pub(crate) fn json_type(&self, owner: TypeId, name: &str, ty: Type) -> Option<Type> {
        let encoding = self.encoding(owner, name)?;
        encoding
            .is_json()
            .then(|| encoding.beside_file.clone().unwrap_or(ty))
    }
}

impl Encoding {
    pub(crate) fn is_json(&self) -> bool {
        matches!(
            self.style,
            FormStyle::Json | FormStyle::JsonEach | FormStyle::TextOrJson | FormStyle::FileOrJson
        )
    }
}

/// How a part of a form is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoding {
    /// How the value is written.
    pub style: FormStyle,
    /// The media types that files may have.
    pub accept: Option<String>,
    /// The Content-Type of a text or JSON part, where the document sets one.
    pub content_type: Option<String>,
    /// What the property may be that is no file, of [`FormStyle::FileOrJson`].
    pub beside_file: Option<Type>,
}

/// The styles of parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormStyle {
    /// Scalars and files as they are, arrays of them repeated.
    Plain,
    /// Brackets to any depth.
    Deep,
    /// A JSON part.
    Json,
    /// One JSON part for each member of the array.
    JsonEach,
    /// Scalars as texts, objects as JSON parts, arrays of them repeated.
    TextOrJson,
    /// The same, or a file.
    FileOrJson,
    /// One part, members joined.
    Joined(char),
    /// Every property of the object is a part of its own.
    Spread,
    /// Keys and values of the object joined by commas in one part.
    Flat,
}

/// An index into [`Ir::types`].
pub type TypeId = usize;

/// A type of Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Any JSON.
    Any,
    /// `bool`.
    Bool,
    /// A Rust integer type: `i32`, `u8`, ...
    Integer(&'static str),
    /// `f32` or `f64`.
    Float(&'static str),
    /// `String`.
    String,
    /// A date and time.
    Timestamp,
    /// `format: binary`: a file.
    File,
    /// A type of [`Ir::types`].
    Named(TypeId),
    /// A list.
    Array(Box<Type>),
    /// An object with any keys.
    Map(Box<Type>),
    /// A value that may be null.
    Nullable(Box<Type>),
}

impl Type {
    /// This type, with null as a value too if `nullable` says so. What may be anything may be null already.
    pub(crate) fn or_null(self, nullable: bool) -> Self {
        match self {
            ty @ (Self::Nullable(_) | Self::Any) => ty,
            ty if nullable => Self::Nullable(Box::new(ty)),
            ty => ty,
        }
    }

    /// This type without null, and whether null was a value.
    pub(crate) fn without_null(self) -> (Self, bool) {
        match self {
            Self::Nullable(inner) => (*inner, true),
            ty => (ty, false),
        }
    }
}

/// A type that is generated.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// Where the document says so.
    pub origin: Origin,
    /// What its values are limited to.
    pub limits: Vec<Limit>,
    /// An operation sends it to the service, in whatever form.
    pub sent: bool,
    /// Unique among all types.
    pub name: String,
    /// Its documentation, as Markdown for rustdoc.
    pub doc: String,
    /// Of what kind it is.
    pub kind: TypeKind,
    /// Travels as JSON, or as a parameter.
    pub in_json: bool,
    /// Travels as bracketed form fields.
    pub in_form: bool,
    /// The JSON body of a request, or part of one: absent, null and empty are three things in it.
    pub sent_as_json: bool,
    /// As JSON, it is never sent: it can grow.
    pub only_received: bool,
    /// A response with a list of records, and no record itself.
    pub page: bool,
}

/// What a generated type is.
#[derive(Clone, Debug)]
pub enum TypeKind {
    /// An object.
    Struct(Struct),
    /// An open enum of strings.
    StringEnum(Vec<EnumValue<String>>),
    /// An open enum of integers.
    IntegerEnum(Vec<EnumValue<i64>>),
    /// One of several types.
    Union(Union),
    /// What responses bring, by their status: exact ones before ranges.
    ByStatus(Vec<StatusBody>),
    /// The open enum of error types; its values are in the [`Catalogue`].
    ErrorType,
}

impl TypeKind {
    /// The module in which a type that travels as JSON stands.
    pub fn module(&self) -> &'static str {
        match self {
            Self::Struct(_) => "types",
            Self::Union(_) => "variants",
            Self::StringEnum(_) | Self::IntegerEnum(_) => "enums",
            Self::ErrorType => "errors",
            Self::ByStatus(_) => "responses",
        }
    }
}

/// An object.
#[derive(Clone, Debug)]
pub struct Struct {
    /// The fields, in the order of the document.
    pub fields: Vec<Field>,
    /// The type of the values of undeclared keys, where the document declares one.
    pub extra: Option<Type>,
    /// The document forbids undeclared keys.
    pub closed: bool,
}

impl Struct {
    /// The name of the Rust field for undeclared keys: one that no declared field has.
    pub fn extra_name(&self) -> String {
        let mut name = "extra".to_owned();
        while self.fields.iter().any(|field| field.rust == name) {
            name.push('_');
        }
        name
    }
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub struct Field {
    /// Where the document says so.
    pub origin: Origin,
    /// What its values are limited to.
    pub limits: Vec<Limit>,
    /// Its name; on the wire, where it goes there.
    pub name: String,
    /// Its name in Rust.
    pub rust: String,
    /// Its documentation, as Markdown for rustdoc.
    pub doc: String,
    /// Its type.
    pub ty: Type,
    /// Whether it must be there.
    pub required: bool,
    /// Whether it may be null.
    pub nullable: bool,
    /// The only side that may write it.
    pub writer: Option<Writer>,
    /// What its values are limited to, where that may tell objects apart.
    pub only: Option<Only>,
}

/// What texts, integers or truth values are limited to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Only {
    /// One of these texts.
    Texts(Vec<String>),
    /// One of these integers.
    Integers(Vec<i64>),
    /// This truth value.
    Bool(bool),
    /// A text in this format.
    Format(&'static str),
    /// An object with no other members.
    Members(Vec<String>),
}

/// What holds of a member of an object that is a variant of a union, and of no other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The way to the member: names with `/` between them, `*` for each member of a list or map.
    pub path: String,
    /// What its values are limited to.
    pub only: Only,
}

/// A side of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writer {
    /// `readOnly`.
    Service,
    /// `writeOnly`.
    Client,
}

/// A value of an enum.
#[derive(Clone, Debug)]
pub struct EnumValue<T> {
    /// Where the document says so.
    pub origin: Origin,
    /// The value on the wire.
    pub wire: T,
    /// The name of its variant.
    pub variant: String,
    /// Its documentation, as Markdown for rustdoc.
    pub doc: String,
}

/// What responses with a status bring.
#[derive(Clone, Debug)]
pub struct StatusBody {
    /// Where the document says so.
    pub origin: Origin,
    /// `200`, `5XX`, `default`.
    pub status: String,
    /// The name of its variant.
    pub variant: String,
    /// Its documentation, as Markdown for rustdoc.
    pub doc: String,
    /// The body, which is never [`Payload::Raw`].
    pub body: Payload,
}

/// One of several types.
#[derive(Clone, Debug)]
pub struct Union {
    /// How the variants are told apart; without it they are tried in order.
    pub tag: Option<Tag>,
    /// The variants, in the order in which they are tried.
    pub variants: Vec<Variant>,
    /// A value may fit several variants: the JSON of each is kept.
    pub overlaps: bool,
}

/// The property that tells variants apart.
#[derive(Clone, Debug)]
pub struct Tag {
    /// The property that holds the tag.
    pub property: String,
    /// The variants' structs carry the tag as a field of their own, because they are used by themselves too.
    pub in_struct: bool,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Where the document says so.
    pub origin: Origin,
    /// Its name; on the wire, where it goes there.
    pub name: String,
    /// Its documentation, as Markdown for rustdoc.
    pub doc: String,
    /// Its type.
    pub ty: Type,
    /// The tag's value; empty in unions without a tag.
    pub tag: String,
    /// Taken when the tag is absent.
    pub default: bool,
    /// Boxed, because the union contains itself through this variant.
    pub boxed: bool,
    /// What tells its values from those of other variants, where their types do not.
    pub facts: Vec<Fact>,
}

impl Variant {
    /// A variant that is not chosen by a tag.
    pub(crate) fn new(name: String, doc: String, ty: Type, origin: Origin) -> Self {
        Self {
            origin,
            name,
            doc,
            ty,
            tag: String::new(),
            default: false,
            boxed: false,
            facts: Vec::new(),
        }
    }
}

/// The error types that the operations document.
#[derive(Debug)]
pub struct Catalogue {
    /// The catalogue's type.
    pub type_id: TypeId,
    /// The error types.
    pub entries: Vec<ErrorEntry>,
}

/// An error type.
#[derive(Debug)]
pub struct ErrorEntry {
    /// Where the document says so.
    pub origin: Origin,
    /// The value on the wire.
    pub wire: String,
    /// The name of its variant.
    pub variant: String,
    /// Where it can occur.
    pub documented: Vec<Documented>,
}

/// A place where an error type can occur.
#[derive(Debug, PartialEq)]
pub struct Documented {
    /// The status.
    pub status: u16,
    /// The `operationId`.
    pub operation: String,
    /// Its description, as the document writes it.
    pub description: String,
}
