//! The intermediate representation of a document: its operations and types, in terms of Rust.
//!
//! [`crate::lower`] builds it, once. Everything that is printed, by progenitor or by the emitters, is made from it, so
//! the parts of the output agree.

pub(crate) mod docs;
pub(crate) mod forms;
pub(crate) mod reach;

/// What a client is printed from.
#[derive(Debug)]
pub(crate) struct Ir {
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) version: String,
    pub(crate) servers: Vec<Server>,
    pub(crate) credentials: Vec<Credential>,
    pub(crate) operations: Vec<Operation>,
    /// Every type that is generated, in the order of the document.
    pub(crate) types: Vec<TypeDef>,
    pub(crate) catalogue: Option<Catalogue>,
}

#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) description: Option<String>,
}

/// A security scheme that the client can satisfy with a header.
#[derive(Debug)]
pub(crate) struct Credential {
    /// Its name under `components/securitySchemes`.
    pub(crate) scheme: String,
    /// The client's field, and after `with_` its method.
    pub(crate) rust: String,
    pub(crate) kind: CredentialKind,
    pub(crate) doc: String,
}

#[derive(Debug)]
pub(crate) enum CredentialKind {
    ApiKeyHeader(String),
    Bearer,
    Basic,
}

#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// The `operationId` as the document spells it.
    pub(crate) id: String,
    /// The name of the client's method: in snake case, unique.
    pub(crate) function: String,
    /// `get`, `post`, ...
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) doc: String,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    pub(crate) success: Payload,
    /// The media type for the `Accept` header.
    pub(crate) accept: Option<String>,
    /// The type that the bodies of error responses decode to; `None` where the document gives none, or several.
    pub(crate) error: Option<Type>,
    /// `404`, `5XX`, `default`.
    pub(crate) error_statuses: Vec<String>,
    /// Indices into [`Ir::credentials`].
    pub(crate) credentials: Vec<usize>,
}

#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) rust: String,
    pub(crate) doc: String,
    pub(crate) location: Location,
    pub(crate) required: bool,
    pub(crate) ty: Type,
}

/// Where a parameter goes and in which of OpenAPI's styles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    Path,
    Header,
    /// `style: form`, `explode: true`.
    Query,
    /// `explode: false` with this separator.
    QueryJoined(char),
    QueryDeep,
    /// `content: application/json`.
    QueryJson,
}

#[derive(Clone, Debug)]
pub(crate) struct Body {
    pub(crate) kind: BodyKind,
    pub(crate) required: bool,
    pub(crate) doc: String,
}

#[derive(Clone, Debug)]
pub(crate) enum BodyKind {
    /// JSON of the named media type.
    Json(Type, String),
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
pub(crate) enum Payload {
    Empty,
    Json(Type),
    Text,
    /// Returned as it arrives.
    Raw,
}

/// The body of a multipart operation.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub(crate) root: TypeId,
    /// How each property is written, of the root or, where that is one of several, of each variant.
    pub(crate) encodings: Vec<PropertyEncoding>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PropertyEncoding {
    /// The struct that has the property.
    pub(crate) owner: TypeId,
    /// Its name on the wire; `*` for what the caller adds.
    pub(crate) name: String,
    pub(crate) encoding: Encoding,
}

impl Form {
    pub(crate) fn encoding(&self, owner: TypeId, name: &str) -> Option<&Encoding> {
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
}

impl Encoding {
    pub(crate) fn is_json(&self) -> bool {
        matches!(self.style, FormStyle::Json | FormStyle::JsonEach)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Encoding {
    pub(crate) style: FormStyle,
    /// The media types that files may have.
    pub(crate) accept: Option<String>,
    /// The Content-Type of a text or JSON part, where the document sets one.
    pub(crate) content_type: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FormStyle {
    /// Scalars and files as they are, arrays of them repeated.
    Plain,
    /// Brackets to any depth.
    Deep,
    /// A JSON part.
    Json,
    /// One JSON part for each member of the array.
    JsonEach,
    /// One part, members joined.
    Joined(char),
    /// Every property of the object is a part of its own.
    Spread,
    /// Keys and values of the object joined by commas in one part.
    Flat,
}

pub(crate) type TypeId = usize;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    Any,
    Bool,
    /// A Rust integer type: `i32`, `u8`, ...
    Integer(&'static str),
    /// `f32` or `f64`.
    Float(&'static str),
    String,
    Timestamp,
    /// `format: binary`: a file.
    File,
    Named(TypeId),
    Array(Box<Type>),
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

#[derive(Clone, Debug)]
pub(crate) struct TypeDef {
    /// Unique among all types.
    pub(crate) name: String,
    pub(crate) doc: String,
    pub(crate) kind: TypeKind,
    /// Travels as JSON, or as a parameter.
    pub(crate) in_json: bool,
    /// Travels as bracketed form fields.
    pub(crate) in_form: bool,
    /// As JSON, it is never sent: it can grow.
    pub(crate) only_received: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum TypeKind {
    Struct(Struct),
    StringEnum(Vec<EnumValue<String>>),
    IntegerEnum(Vec<EnumValue<i64>>),
    Union(Union),
    /// The open enum of error types; its values are in the [`Catalogue`].
    ErrorType,
}

#[derive(Clone, Debug)]
pub(crate) struct Struct {
    pub(crate) fields: Vec<Field>,
    /// The type of the values of undeclared keys, where the document declares one.
    pub(crate) extra: Option<Type>,
}

#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) rust: String,
    pub(crate) doc: String,
    pub(crate) ty: Type,
    pub(crate) required: bool,
    pub(crate) nullable: bool,
    /// The only side that may write it.
    pub(crate) writer: Option<Writer>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writer {
    /// `readOnly`.
    Service,
    /// `writeOnly`.
    Client,
}

#[derive(Clone, Debug)]
pub(crate) struct EnumValue<T> {
    pub(crate) wire: T,
    pub(crate) variant: String,
    pub(crate) doc: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Union {
    pub(crate) tag: Option<Tag>,
    pub(crate) variants: Vec<Variant>,
}

#[derive(Clone, Debug)]
pub(crate) struct Tag {
    pub(crate) property: String,
    /// The variants' structs carry the tag as a field of their own, because they are used by themselves too.
    pub(crate) in_struct: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) doc: String,
    pub(crate) ty: Type,
    /// The tag's value; empty in unions without a tag.
    pub(crate) tag: String,
    /// Taken when the tag is absent.
    pub(crate) default: bool,
    /// Boxed, because the union contains itself through this variant.
    pub(crate) boxed: bool,
}

impl Variant {
    /// A variant that is not chosen by a tag.
    pub(crate) fn new(name: String, doc: String, ty: Type) -> Self {
        Self {
            name,
            doc,
            ty,
            tag: String::new(),
            default: false,
            boxed: false,
        }
    }
}

/// The error types that the operations document.
#[derive(Debug)]
pub(crate) struct Catalogue {
    pub(crate) type_id: TypeId,
    pub(crate) entries: Vec<ErrorEntry>,
}

#[derive(Debug)]
pub(crate) struct ErrorEntry {
    pub(crate) wire: String,
    pub(crate) variant: String,
    pub(crate) documented: Vec<Documented>,
}

#[derive(Debug, PartialEq)]
pub(crate) struct Documented {
    pub(crate) status: u16,
    pub(crate) operation: String,
    pub(crate) description: String,
}
