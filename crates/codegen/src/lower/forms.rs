//! `multipart/form-data` bodies: how each property becomes parts.
//!
//! Where the document is silent, OpenAPI's defaults hold: scalars are text, files are files, arrays repeat the part,
//! objects are JSON parts. An `encoding` entry changes that for its property.

use crate::ir::{
    BodyKind, Encoding, Form, FormStyle, PropertyEncoding, Struct, Type, TypeDef, TypeId, TypeKind,
    forms::parts_of, reach::properties,
};

use super::{At, Builder, operations::is_json};

/// What a type comes to in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Text or file: one part.
    Scalar,
    Array,
    /// Has members.
    Object,
    /// A union of scalars and objects.
    Mixed,
}

impl<'d> Builder<'d> {
    /// Reads the form under a media type object.
    pub(crate) fn form(&mut self, media: &At<'d>, operation: &str) -> Option<Form> {
        let Some(schema) = media.get("schema") else {
            self.error(
                media,
                "form-without-schema",
                "this form has no schema",
                "describe its parts as an object",
            );
            return None;
        };
        let hint = format!("{operation}Form");
        let ty = match self.type_of(&schema, &hint) {
            Type::Nullable(inner) => *inner,
            ty => ty,
        };
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
                });
                self.types.push(TypeDef {
                    name,
                    doc: String::new(),
                    kind,
                    in_json: false,
                    in_form: false,
                });
                self.origins.push((schema.pointer.clone(), schema.node.at));
                self.types.len() - 1
            }
            _ => {
                let help = "a form is an object whose properties are its parts";
                self.error(
                    &schema,
                    "form-not-an-object",
                    "the schema of this form is not an object",
                    help,
                );
                return None;
            }
        };
        if !self.is_form(root) {
            let help = "make every alternative an object whose properties are its parts";
            self.error(
                &schema,
                "form-not-an-object",
                "an alternative of this form is not an object",
                help,
            );
            return None;
        }
        let entries = media.get("encoding");
        let mut encodings = Vec::new();
        let mut complete = true;
        for owner in parts_of(&self.types, root) {
            for (name, ty) in properties(&self.types, owner) {
                let own = entries.as_ref().and_then(|entries| entries.get(&name));
                match self.encoding(own.as_ref(), &schema, &name, &ty) {
                    Some(encoding) => encodings.push(PropertyEncoding {
                        owner,
                        name,
                        encoding,
                    }),
                    None => complete = false,
                }
            }
        }
        complete.then_some(Form { root, encodings })
    }

    /// Whether the type has properties to be parts, in each of its variants.
    fn is_form(&self, root: TypeId) -> bool {
        let is_object = |id: &TypeId| match &self.types[*id].kind {
            TypeKind::Struct(_) => true,
            TypeKind::Union(union) => union
                .variants
                .iter()
                .all(|v| matches!(v.ty, Type::Named(_))),
            _ => false,
        };
        parts_of(&self.types, root).iter().all(is_object)
    }

    /// Reads a body of `application/x-www-form-urlencoded`: its properties stand as they would in a form.
    pub(crate) fn url_encoded(&mut self, media: &At<'d>, operation: &str) -> Option<BodyKind> {
        let schema = media.get("schema")?;
        let ty = match self.type_of(&schema, &format!("{operation}Body")) {
            Type::Nullable(inner) => *inner,
            ty => ty,
        };
        let owners = match &ty {
            Type::Named(id) => parts_of(&self.types, *id),
            _ => Vec::new(),
        };
        let is_object = |ty: &Type| match ty {
            Type::Named(id) => matches!(
                self.types[*id].kind,
                TypeKind::Struct(_) | TypeKind::Union(_)
            ),
            Type::Map(values) => self.is_list(values),
            _ => false,
        };
        if !self.alternatives_of(&ty).iter().all(is_object) || self.holds_file(&ty) {
            self.error(
                &schema,
                "unsupported-body",
                "only objects without files can be generated as application/x-www-form-urlencoded",
                "offer the body as `multipart/form-data` or `application/json`",
            );
            return None;
        }
        let entries = media.get("encoding");
        let mut styles: Vec<(String, FormStyle)> = Vec::new();
        let all: Vec<(String, Type)> = owners
            .iter()
            .flat_map(|owner| properties(&self.types, *owner))
            .collect();
        let mut complete = true;
        for (name, ty) in all {
            let own = entries.as_ref().and_then(|entries| entries.get(&name));
            let Some(encoding) = self.encoding(own.as_ref(), &schema, &name, &ty) else {
                complete = false;
                continue;
            };
            let style = encoding.style;
            if name == "*" && style != FormStyle::Plain {
                self.error(
                    &schema,
                    "unsupported-body",
                    "undeclared properties of application/x-www-form-urlencoded must be texts, numbers or lists of them",
                    "declare the properties, or give `additionalProperties` another type",
                );
                complete = false;
            }
            match styles.iter().find(|(known, _)| *known == name) {
                Some((_, known)) if *known != style => {
                    self.error(
                        own.as_ref().unwrap_or(&schema),
                        "unsupported-body",
                        format!("property {name:?} would be written in two ways in two of the alternatives"),
                        "give it one type, or offer the body as `multipart/form-data` or `application/json`",
                    );
                }
                Some(_) => {}
                None => styles.push((name, style)),
            }
        }
        styles.retain(|(_, style)| !matches!(style, FormStyle::Plain | FormStyle::Spread));
        complete.then_some(BodyKind::UrlEncoded(ty, styles))
    }

    fn encoding(
        &mut self,
        entry: Option<&At<'d>>,
        schema: &At<'d>,
        name: &str,
        ty: &Type,
    ) -> Option<Encoding> {
        let at = entry.unwrap_or(schema).clone();
        let (member, repeated) = match ty {
            Type::Array(member) => (&**member, true),
            ty => (ty, false),
        };
        let shape = self.shape(member);
        let content_type = entry
            .and_then(|entry| entry.text("contentType"))
            .map(str::to_owned);
        let style = entry.and_then(|entry| entry.text("style"));
        let explode = entry.and_then(|entry| entry.flag("explode"));
        if entry.is_some_and(|entry| {
            entry
                .get("headers")
                .is_some_and(|headers| !headers.entries().is_empty())
        }) {
            let help = "leave `headers` out: parts carry Content-Disposition and, where it is set, Content-Type";
            self.error(
                &at,
                "unsupported-encoding",
                format!("part {name:?} asks for headers of its own"),
                help,
            );
        }
        let json = content_type.as_deref().filter(|media| is_json(media, &at));
        let style = match (style, explode) {
            (Some("deepObject"), _) => FormStyle::Deep,
            (Some("form"), Some(false)) | (None, Some(false)) if repeated => FormStyle::Joined(','),
            (Some("spaceDelimited"), None | Some(false)) if repeated => FormStyle::Joined(' '),
            (Some("pipeDelimited"), None | Some(false)) if repeated => FormStyle::Joined('|'),
            (Some("form"), Some(false)) | (None, Some(false)) if shape == Shape::Object => {
                FormStyle::Flat
            }
            (Some("form"), _) if shape == Shape::Object && !repeated => FormStyle::Spread,
            (Some(style @ ("spaceDelimited" | "pipeDelimited")), _)
                if shape != Shape::Scalar && !repeated =>
            {
                self.error(
                    &at,
                    "unsupported-encoding",
                    format!("property {name:?} is no list, and `style: {style}` is for lists"),
                    "use `style: deepObject`, or `style: form`",
                );
                return None;
            }
            (Some("form" | "spaceDelimited" | "pipeDelimited") | None, _) => match (shape, json) {
                (_, Some(_)) if !self.holds_file(member) => {
                    if repeated {
                        FormStyle::JsonEach
                    } else {
                        FormStyle::Json
                    }
                }
                (Shape::Scalar, _) => FormStyle::Plain,
                _ if repeated => FormStyle::JsonEach,
                _ => FormStyle::Json,
            },
            (Some(other), _) => {
                let help = "use form, spaceDelimited, pipeDelimited or deepObject";
                self.error(
                    &at,
                    "unsupported-encoding",
                    format!("`style: {other}` is none of OpenAPI's"),
                    help,
                );
                return None;
            }
        };
        self.fits(&at, name, style, member, shape, content_type.as_deref())?;
        let typed = matches!(style, FormStyle::Json | FormStyle::JsonEach) || !self.holds_file(ty);
        let (accept, content_type) = match content_type {
            Some(media) if typed => (
                None,
                Some(media).filter(|media| media != "application/json" && style != FormStyle::Deep),
            ),
            media => (media, None),
        };
        Some(Encoding {
            style,
            accept,
            content_type,
        })
    }

    /// Refuses what the chosen style has no bytes for.
    fn fits(
        &mut self,
        at: &At<'d>,
        name: &str,
        style: FormStyle,
        member: &Type,
        shape: Shape,
        media: Option<&str>,
    ) -> Option<()> {
        let file = self.holds_file(member);
        let (message, help) = match style {
            FormStyle::Json | FormStyle::JsonEach if file => (
                format!(
                    "property {name:?} holds a file inside an object, which a JSON part cannot carry"
                ),
                "give the property `style: deepObject` and `explode: true` in the form's `encoding`",
            ),
            FormStyle::Json | FormStyle::JsonEach
                if media.is_some_and(|media| !is_json(media, at)) =>
            {
                (
                    format!(
                        "property {name:?} is an object, and contentType {:?} is not JSON",
                        media.unwrap_or_default()
                    ),
                    "use application/json, or `style: deepObject`",
                )
            }
            FormStyle::Joined(_) if shape != Shape::Scalar || file => (
                format!("the members of {name:?} cannot be joined into one part"),
                "only arrays of texts and numbers can be joined; leave `explode: false` out",
            ),
            FormStyle::Spread | FormStyle::Flat if !self.flat(member) => (
                format!("the properties of {name:?} cannot be written in `style: form`"),
                "only objects of texts and numbers can; use `style: deepObject`",
            ),
            FormStyle::Plain
                if media.is_some_and(|media| media.contains(',') || media.contains('*'))
                    && !file =>
            {
                (
                    format!(
                        "property {name:?} is text, and contentType {:?} leaves its type open",
                        media.unwrap_or_default()
                    ),
                    "name one media type, such as text/plain",
                )
            }
            _ => return Some(()),
        };
        self.error(at, "unsupported-encoding", message, help);
        None
    }

    fn shape(&self, ty: &Type) -> Shape {
        let shape = |ty: &Type| match ty {
            Type::Array(_) => Shape::Array,
            Type::Map(_) | Type::Any => Shape::Object,
            Type::Named(id) => match &self.types[*id].kind {
                TypeKind::Struct(_) | TypeKind::Union(_) => Shape::Object,
                _ => Shape::Scalar,
            },
            _ => Shape::Scalar,
        };
        let alternatives = self.alternatives_of(ty);
        let mut shapes = alternatives.iter().map(shape);
        let first = shapes.next().unwrap_or(Shape::Scalar);
        if shapes.all(|shape| shape == first) {
            first
        } else {
            Shape::Mixed
        }
    }

    /// An object whose properties are all single texts or numbers.
    fn flat(&self, ty: &Type) -> bool {
        let plain = |ty: &Type| self.shape(ty) == Shape::Scalar && !self.holds_file(ty);
        match ty {
            Type::Nullable(inner) => self.flat(inner),
            Type::Named(id) => match &self.types[*id].kind {
                TypeKind::Struct(_) => properties(&self.types, *id).iter().all(|(_, ty)| plain(ty)),
                _ => false,
            },
            Type::Map(values) => plain(values),
            _ => false,
        }
    }

    /// A file is somewhere in a value of this type.
    fn holds_file(&self, ty: &Type) -> bool {
        let mut seen = Vec::new();
        self.holds_file_unseen(ty, &mut seen)
    }

    fn holds_file_unseen(&self, ty: &Type, seen: &mut Vec<usize>) -> bool {
        match ty {
            Type::File => true,
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => {
                self.holds_file_unseen(inner, seen)
            }
            Type::Named(id) if !seen.contains(id) => {
                seen.push(*id);
                match &self.types[*id].kind {
                    TypeKind::Struct(object) => {
                        object
                            .fields
                            .iter()
                            .any(|field| self.holds_file_unseen(&field.ty, seen))
                            || object
                                .extra
                                .as_ref()
                                .is_some_and(|extra| self.holds_file_unseen(extra, seen))
                    }
                    TypeKind::Union(union) => union
                        .variants
                        .iter()
                        .any(|v| self.holds_file_unseen(&v.ty, seen)),
                    _ => false,
                }
            }
            _ => false,
        }
    }
}
