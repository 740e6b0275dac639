//! Forms, `multipart/form-data` and `application/x-www-form-urlencoded`: how each property is written.
//!
//! Where the document is silent, OpenAPI's defaults hold: scalars are text, files are files, arrays repeat the part,
//! objects are JSON parts. An `encoding` entry changes that for its property.

use postpress_openapi::{Cursor, Diagnostic, Severity, codes};

use crate::ir::{
    BodyKind, Encoding, Form, FormStyle, PropertyEncoding, Struct, Type, TypeId, TypeKind,
    forms::parts_of,
    reach::{holds_file, properties},
};

use super::{
    Lowering, Reported,
    bodies::{essence, is_json},
};

/// The media types of a `contentType`.
fn listed(media: &str) -> impl Iterator<Item = &str> {
    media.split(',').map(str::trim)
}

/// How a value of a type can stand in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PartKind {
    /// Text or file: one part.
    Scalar,
    Array,
    /// Has members.
    Object,
    /// A scalar or an array of scalars.
    OneOrMany,
    /// A union of scalars and objects, or anything.
    Mixed,
}

impl<'d> Lowering<'d, '_> {
    /// The schema of the form under a media type object, and its type.
    fn form_type(
        &mut self,
        media: &Cursor<'d>,
        hint: &str,
    ) -> Result<(Cursor<'d>, Type), Reported> {
        self.accept(media)?;
        let Some(schema) = media.get("schema") else {
            let message = "this form has no schema";
            let help = "describe its parts as an object";
            return Err(self.refuse(codes::FORM_WITHOUT_SCHEMA, media, message, help));
        };
        self.resolve(&schema)?;
        let (ty, _) = self.type_of(&schema, hint).without_null();
        Ok((schema, ty))
    }

    /// Reads the multipart form under a media type object.
    pub(super) fn form(&mut self, media: &Cursor<'d>, operation: &str) -> Result<Form, Reported> {
        let hint = format!("{operation}Form");
        let (schema, ty) = self.form_type(media, &hint)?;
        let root = match ty {
            Type::Named(id)
                if !matches!(
                    self.types[id].kind,
                    TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_)
                ) =>
            {
                id
            }
            // An object without declared properties has no type of its own yet.
            Type::Map(values) => {
                let name = self.names.claim(&hint, "Form");
                let kind = TypeKind::Struct(Struct {
                    fields: Vec::new(),
                    extra: Some(*values),
                    closed: false,
                });
                self.add_type(name, String::new(), kind, &schema)
            }
            _ => {
                let message = "the schema of this form is not an object";
                let help = "a form is an object whose properties are its parts";
                return Err(self.refuse(codes::FORM_NOT_AN_OBJECT, &schema, message, help));
            }
        };
        if !self.is_form(root) {
            let message = "an alternative of this form is not an object";
            let help = "make every alternative an object whose properties are its parts";
            return Err(self.refuse(codes::FORM_NOT_AN_OBJECT, &schema, message, help));
        }
        let mut encodings = Vec::new();
        for owner in parts_of(&self.types, root) {
            for (name, ty) in properties(&self.types, owner) {
                let entry = media.get("encoding").and_then(|entries| entries.get(&name));
                let encoding = self
                    .accept_typed(owner, &name, &schema)
                    .and_then(|()| self.encoding(entry.as_ref(), &schema, &name, &ty));
                encodings.push(encoding.map(|encoding| PropertyEncoding {
                    owner,
                    name,
                    encoding,
                }));
            }
        }
        let encodings = encodings.into_iter().collect::<Result<_, _>>()?;
        Ok(Form { root, encodings })
    }

    /// Whether the type has properties to be parts, in each of its variants.
    fn is_form(&self, root: TypeId) -> bool {
        let is_object = |id: &TypeId| match &self.types[*id].kind {
            TypeKind::Struct(_) => true,
            TypeKind::Union(union) => {
                let mut variants = union.variants.iter();
                variants.all(|variant| matches!(variant.ty, Type::Named(_)))
            }
            _ => false,
        };
        parts_of(&self.types, root).iter().all(is_object)
    }

    /// Reads a body of `application/x-www-form-urlencoded`: its properties stand as they would in a form.
    pub(super) fn url_encoded(
        &mut self,
        media: &Cursor<'d>,
        operation: &str,
    ) -> Result<BodyKind, Reported> {
        let (schema, ty) = self.form_type(media, &format!("{operation}Body"))?;
        let is_object = |ty: &Type| match ty {
            Type::Named(id) => {
                let kind = &self.types[*id].kind;
                matches!(kind, TypeKind::Struct(_) | TypeKind::Union(_))
            }
            Type::Map(values) => self.is_list(values),
            _ => false,
        };
        let is_form = self.alternatives_of(&ty).iter().all(is_object);
        if !is_form || holds_file(&self.types, &ty) {
            let message =
                "only objects without files can be generated as application/x-www-form-urlencoded";
            let help = "offer the body as `multipart/form-data` or `application/json`";
            return Err(self.refuse(codes::UNSUPPORTED_BODY, &schema, message, help));
        }
        let owners = match &ty {
            Type::Named(id) => parts_of(&self.types, *id),
            _ => Vec::new(),
        };
        let mut all: Vec<(TypeId, String, Type)> = Vec::new();
        for owner in owners {
            let own = properties(&self.types, owner).into_iter();
            all.extend(own.map(|(name, ty)| (owner, name, ty)));
        }
        let mut styles: Vec<(String, FormStyle)> = Vec::new();
        let mut complete = Ok(());
        for (owner, name, ty) in all {
            let entry = media.get("encoding").and_then(|entries| entries.get(&name));
            let encoding = self
                .accept_typed(owner, &name, &schema)
                .and_then(|()| self.encoding(entry.as_ref(), &schema, &name, &ty));
            let style = match encoding {
                Ok(encoding) => encoding.style,
                Err(reported) => {
                    complete = Err(reported);
                    continue;
                }
            };
            if name == "*" && style != FormStyle::Plain {
                complete = Err(self.refuse(
                    codes::UNSUPPORTED_BODY,
                    &schema,
                    "undeclared properties of application/x-www-form-urlencoded must be texts, numbers or lists of them",
                    "declare the properties, or give `additionalProperties` another type",
                ));
            }
            match styles.iter().find(|(known, _)| *known == name) {
                Some((_, known)) if *known != style => {
                    complete = Err(self.refuse(
                        codes::UNSUPPORTED_BODY,
                        entry.as_ref().unwrap_or(&schema),
                        format!("property {name:?} would be written in two ways in two of the alternatives"),
                        "give it one type, or offer the body as `multipart/form-data` or `application/json`",
                    ));
                }
                Some(_) => {}
                None => styles.push((name, style)),
            }
        }
        complete?;
        styles.retain(|(_, style)| !matches!(style, FormStyle::Plain | FormStyle::Spread));
        Ok(BodyKind::UrlEncoded(ty, styles))
    }

    /// Whether it is known what a property is, since there it decides how it is written.
    fn accept_typed(
        &mut self,
        owner: TypeId,
        name: &str,
        schema: &Cursor<'d>,
    ) -> Result<(), Reported> {
        if !self.untyped_fields.contains(&(owner, name.to_owned())) {
            return Ok(());
        }
        let origin = &self.types[owner].kind;
        let at = match origin {
            TypeKind::Struct(object) => {
                let field = object.fields.iter().find(|field| field.name == name);
                field.and_then(|field| self.index.document.lookup(&field.origin.pointer))
            }
            _ => None,
        };
        let message = format!("property {name:?} has no type that says how to write it in a form");
        let help = "correct its schema";
        let at = at.unwrap_or_else(|| schema.clone());
        // That it leads to no schema costs nothing elsewhere.
        if self.index.resolve(&at).is_some() {
            self.resolve(&at)?;
        }
        let within = |finding: &Diagnostic| {
            finding.severity == Severity::Error
                && finding.pointer.ancestors().any(|place| place == at.pointer)
        };
        if self.diagnostics.iter().any(within) {
            return Err(Reported(()));
        }
        Err(self.refuse(codes::UNSUPPORTED_ENCODING, &at, message, help))
    }

    /// How a property is written; `entry` is what the document says of it.
    fn encoding(
        &mut self,
        entry: Option<&Cursor<'d>>,
        schema: &Cursor<'d>,
        name: &str,
        ty: &Type,
    ) -> Result<Encoding, Reported> {
        let at = entry.unwrap_or(schema);
        let mut complete = Ok(());
        if let Some(entry) = entry {
            self.accept(entry)?;
            for (header, at) in entry.map("headers") {
                let required = self.index.resolve(&at).and_then(|at| at.flag("required"));
                let help = "parts carry Content-Disposition and, where it is set, Content-Type; remove the header";
                if required == Some(true) {
                    let message =
                        format!("part {name:?} needs a header `{header}`, which is not sent");
                    complete = Err(self.refuse(codes::UNSUPPORTED_ENCODING, &at, message, help));
                } else {
                    let message = format!("part {name:?} is sent without its header `{header}`");
                    self.diagnostics
                        .report(codes::UNSENT_HEADER, &at, message, help);
                }
            }
        }
        let style = match self.form_style(entry, name, ty) {
            Ok(style) => style,
            Err((message, help)) => {
                return Err(self.refuse(codes::UNSUPPORTED_ENCODING, at, message, help));
            }
        };
        complete?;
        let media = entry.and_then(|entry| entry.text("contentType"));
        let mut encoding = Encoding {
            style,
            accept: None,
            content_type: None,
            beside_file: None,
        };
        if style == FormStyle::FileOrJson {
            encoding.beside_file = Some(self.beside_file(ty));
        }
        if holds_file(&self.types, ty) {
            encoding.accept = media.map(str::to_owned);
        } else if !matches!(style, FormStyle::Deep | FormStyle::TextOrJson) {
            let chosen = media.and_then(|media| match encoding.is_json() {
                true => listed(media).find(|media| essence(media).ends_with("json")),
                false => listed(media).find(|media| !media.contains('*')),
            });
            let chosen = chosen.filter(|media| *media != "application/json");
            encoding.content_type = chosen.map(str::to_owned);
        }
        Ok(encoding)
    }

    /// The style of a property; or, if it cannot be written, why not and what to do.
    fn form_style(
        &self,
        entry: Option<&Cursor<'d>>,
        name: &str,
        ty: &Type,
    ) -> Result<FormStyle, (String, &'static str)> {
        let (member, repeated) = match ty {
            Type::Array(member) => (&**member, true),
            ty => (ty, false),
        };
        let kind = self.part_kind(member);
        let has_file = holds_file(&self.types, member);
        let text = |key: &str| entry.and_then(|entry| entry.text(key));
        let explode = entry.and_then(|entry| entry.flag("explode"));
        let media = text("contentType").unwrap_or_default();
        // Of several media types, the first that suits the value.
        let is_json = |media: &str| entry.is_some_and(|entry| is_json(media, entry));
        let may_be_json = media.is_empty()
            || listed(media)
                .any(|media| is_json(media) || matches!(media, "*/*" | "application/*"));
        let as_json = !has_file
            && listed(media)
                .find(|media| !media.contains('*'))
                .is_some_and(is_json);
        let style = match (text("style"), explode) {
            (Some("deepObject"), _) => FormStyle::Deep,
            (Some("form") | None, Some(false)) if repeated => FormStyle::Joined(','),
            (Some("spaceDelimited"), None | Some(false)) if repeated => FormStyle::Joined(' '),
            (Some("pipeDelimited"), None | Some(false)) if repeated => FormStyle::Joined('|'),
            (Some("form") | None, Some(false)) if kind == PartKind::Object => FormStyle::Flat,
            (Some("form"), _) if kind == PartKind::Object && !repeated => FormStyle::Spread,
            (Some(style @ ("spaceDelimited" | "pipeDelimited")), _)
                if kind != PartKind::Scalar && !repeated =>
            {
                return Err((
                    format!("property {name:?} is no list, and `style: {style}` is for lists"),
                    "use `style: deepObject`, or `style: form`",
                ));
            }
            _ if kind == PartKind::Scalar && !as_json => FormStyle::Plain,
            _ if kind == PartKind::OneOrMany && !repeated && !as_json => FormStyle::Plain,
            _ if kind == PartKind::Mixed && !as_json => FormStyle::TextOrJson,
            _ if repeated => FormStyle::JsonEach,
            _ => FormStyle::Json,
        };
        let is_text_or_json = |media: &str| media.starts_with("text/") || is_json(media);
        let fault = match style {
            FormStyle::TextOrJson if has_file && self.may_be_file(member) => {
                return Ok(FormStyle::FileOrJson);
            }
            FormStyle::Json | FormStyle::JsonEach | FormStyle::TextOrJson if has_file => (
                format!(
                    "property {name:?} holds a file inside an object, which a JSON part cannot carry"
                ),
                "give the property `style: deepObject` and `explode: true` in the form's `encoding`",
            ),
            FormStyle::Json | FormStyle::JsonEach if !may_be_json => (
                format!("property {name:?} is an object, and contentType {media:?} is not JSON"),
                "use application/json, or `style: deepObject`",
            ),
            FormStyle::TextOrJson if !media.is_empty() && !listed(media).all(is_text_or_json) => (
                format!(
                    "property {name:?} is a text or an object, and contentType {media:?} is neither text nor JSON"
                ),
                "leave `contentType` out, or name text/plain and application/json",
            ),
            FormStyle::Plain if kind == PartKind::OneOrMany && explode == Some(false) => (
                format!("property {name:?} may be one value or several, which cannot be joined"),
                "leave `explode: false` out, or make it an array",
            ),
            FormStyle::Joined(_) if kind != PartKind::Scalar || has_file => (
                format!("the members of {name:?} cannot be joined into one part"),
                "only arrays of texts and numbers can be joined; leave `explode: false` out",
            ),
            FormStyle::Spread | FormStyle::Flat if !self.has_only_scalars(member) => (
                format!("the properties of {name:?} cannot be written in `style: form`"),
                "only objects of texts and numbers can; use `style: deepObject`",
            ),
            style => return Ok(style),
        };
        Err(fault)
    }

    /// Whether one alternative is a file, and no other holds one.
    fn may_be_file(&self, ty: &Type) -> bool {
        let alternatives = self.alternatives_of(ty);
        let (files, others): (Vec<_>, Vec<_>) =
            alternatives.into_iter().partition(|ty| *ty == Type::File);
        !files.is_empty() && !others.iter().any(|ty| holds_file(&self.types, ty))
    }

    /// What a value, or a member of a list, may be that is no file.
    fn beside_file(&mut self, ty: &Type) -> Type {
        match ty {
            Type::Array(member) => Type::Array(Box::new(self.beside_file(member))),
            Type::Nullable(inner) => self.beside_file(inner),
            Type::Named(id) if !self.beside_files.contains_key(id) => {
                let TypeKind::Union(union) = &self.types[*id].kind else {
                    return ty.clone();
                };
                let mut union = union.clone();
                union.variants.retain(|variant| variant.ty != Type::File);
                let other = if let [only] = union.variants.as_slice() {
                    only.ty.clone()
                } else {
                    let (origin, doc) = (self.origins[*id].clone(), self.types[*id].doc.clone());
                    let name = format!("{}Value", self.types[*id].name);
                    let name = self.names.claim(&name, "Value");
                    Type::Named(self.add_type(name, doc, TypeKind::Union(union), &origin))
                };
                self.beside_files.insert(*id, other.clone());
                other
            }
            Type::Named(id) => self.beside_files[id].clone(),
            _ => ty.clone(),
        }
    }

    fn part_kind(&self, ty: &Type) -> PartKind {
        let kind = |ty: &Type| match ty {
            Type::Array(_) => PartKind::Array,
            Type::Any => PartKind::Mixed,
            Type::Map(_) => PartKind::Object,
            Type::Named(id) => match &self.types[*id].kind {
                TypeKind::Struct(_) | TypeKind::Union(_) => PartKind::Object,
                _ => PartKind::Scalar,
            },
            _ => PartKind::Scalar,
        };
        let alternatives = self.alternatives_of(ty);
        let mut kinds = alternatives.iter().map(kind);
        let first = kinds.next().unwrap_or(PartKind::Scalar);
        let one_or_many = |ty: &Type| match ty {
            Type::Array(member) => self.part_kind(member) == PartKind::Scalar,
            ty => kind(ty) == PartKind::Scalar,
        };
        if kinds.all(|kind| kind == first) {
            first
        } else if alternatives.iter().all(one_or_many) {
            PartKind::OneOrMany
        } else {
            PartKind::Mixed
        }
    }

    /// Whether the type is an object whose properties are all single texts or numbers.
    fn has_only_scalars(&self, ty: &Type) -> bool {
        let plain =
            |ty: &Type| self.part_kind(ty) == PartKind::Scalar && !holds_file(&self.types, ty);
        match ty {
            Type::Nullable(inner) => self.has_only_scalars(inner),
            Type::Named(id) => match &self.types[*id].kind {
                TypeKind::Struct(_) => properties(&self.types, *id).iter().all(|(_, ty)| plain(ty)),
                _ => false,
            },
            Type::Map(values) => plain(values),
            _ => false,
        }
    }
}
