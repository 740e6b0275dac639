//! Multipart forms: a struct for each form and for each object that travels in brackets, with the code that writes it.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Ident;

use crate::ir::{
    Encoding, Field, Form, FormStyle, Ir, Struct, Type, TypeId, TypeKind, Union,
    forms::{form_of, nested, parts_of},
    holders::may_be_empty,
    holders_in_form,
};

use super::{doc_attributes, has_default, variants};

/// What the generated code uses of the form runtime.
pub(crate) const IMPORTS: [&str; 6] = [
    "FieldWriter",
    "FileOr",
    "FormBody",
    "FormValue",
    "FormWriter",
    "Upload",
];

/// The forms of the IR, and the objects in them.
pub(crate) fn emit(ir: &Ir) -> Vec<(TypeId, TokenStream)> {
    let roots = roots(ir);
    let nested = nested(&ir.types, ir.operations.iter().filter_map(form_of));
    let in_form = ir.types.iter().enumerate().filter(|(_, ty)| ty.in_form);
    let items = in_form.map(|(id, _)| {
        let root = roots.iter().find(|(root, _)| *root == id);
        let emitter = Emitter {
            ir,
            id,
            root: root.map(|(_, form)| *form),
            nested: nested.contains(&id),
        };
        (id, emitter.item())
    });
    items.filter(|(_, item)| !item.is_empty()).collect()
}

/// What is written as a whole form, with the first form that writes it.
fn roots(ir: &Ir) -> Vec<(TypeId, &Form)> {
    let mut roots: Vec<(TypeId, &Form)> = Vec::new();
    for form in ir.operations.iter().filter_map(form_of) {
        for id in parts_of(&ir.types, form.root) {
            if !roots.iter().any(|(known, _)| *known == id) {
                roots.push((id, form));
            }
        }
    }
    roots
}

/// Whether a type of a form can be made without being given anything.
pub(super) fn can_be_empty(ir: &Ir, id: TypeId, root: Option<&Form>) -> bool {
    let emitter = Emitter {
        ir,
        id,
        root,
        nested: false,
    };
    emitter.has_default(id, root, &mut Vec::new())
}

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// Prints one type of the document.
struct Emitter<'m> {
    ir: &'m Ir,
    id: TypeId,
    /// The form whose body the type is.
    root: Option<&'m Form>,
    /// The type is also written in brackets, inside a form.
    nested: bool,
}

impl Emitter<'_> {
    fn item(&self) -> TokenStream {
        match &self.ir.types[self.id].kind {
            TypeKind::Struct(object) => self.structure(object),
            TypeKind::Union(union) => self.union(union),
            _ => TokenStream::new(),
        }
    }

    fn structure(&self, object: &Struct) -> TokenStream {
        let (name, doc) = self.name_and_doc();
        let default = self
            .has_default(self.id, self.root, &mut Vec::new())
            .then(|| quote!(, Default));
        let members = object.fields.iter().map(|field| self.member(field));
        let extra = object.extra.as_ref().map(|extra| {
            let rust = ident(&object.extra_name());
            let ty = self.property_type("*", extra);
            quote! {
                /// What is to be sent beside the declared fields.
                #[cfg_attr(feature = "schemars", schemars(flatten))]
                pub #rust: ::std::collections::BTreeMap<String, #ty>,
            }
        });
        let body = self.root.map(|form| {
            let known = self.taken(object, form);
            let puts = puts(object, "form", "self", &known, |field, ty, place, value| {
                let name = field.map_or("*", |field| &field.name);
                let encoding = form.encoding(self.id, name).unwrap_or(&PLAIN);
                match (encoding.style, field) {
                    (FormStyle::Spread, Some(field)) => self.spread(field, &known),
                    _ => put(place, encoding, ty, value),
                }
            });
            form_body(&name, &puts)
        });
        let value = self.nested.then(|| {
            let known: Vec<&str> = names(object).collect();
            let puts = puts(object, "field", "self", &known, |_, ty, place, value| {
                put(place, &PLAIN, ty, value)
            });
            form_value(&name, false, !puts.is_empty(), &puts)
        });
        quote! {
            #(#doc)*
            #[derive(Clone, Debug #default)]
            #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
            pub struct #name { #(#members)* #extra }

            #body
            #value
        }
    }

    fn member(&self, field: &Field) -> TokenStream {
        let json = self.is_json(&field.name);
        let (rust, doc) = (ident(&field.rust), doc_attributes(&field.doc));
        let ty = self.field_type(field, json);
        let mut schema = Vec::new();
        if field.rust != field.name {
            let wire = &field.name;
            schema.push(quote!(rename = #wire));
        }
        if !field.required && may_be_empty(&field.ty, json) {
            schema.push(quote!(default));
        }
        let schema = (!schema.is_empty())
            .then(|| quote!(#[cfg_attr(feature = "schemars", schemars(#(#schema),*))]));
        quote!(#(#doc)* #schema pub #rust: #ty,)
    }

    /// The names that no undeclared part may have: those of the fields, and of the properties that are spread over the form.
    fn taken<'o>(&'o self, object: &'o Struct, form: &Form) -> Vec<&'o str> {
        let mut taken: Vec<&str> = names(object).collect();
        for field in &object.fields {
            let encoding = form.encoding(self.id, &field.name).unwrap_or(&PLAIN);
            if encoding.style == FormStyle::Spread
                && let Type::Named(id) = &field.ty
                && let TypeKind::Struct(spread) = &self.ir.types[*id].kind
            {
                taken.extend(names(spread));
            }
        }
        taken
    }

    /// Every property of an object as a part of its own.
    fn spread(&self, field: &Field, known: &[&str]) -> TokenStream {
        let place = ident(&field.rust);
        let object = match &field.ty {
            Type::Named(id) => match &self.ir.types[*id].kind {
                TypeKind::Struct(object) => object,
                _ => return TokenStream::new(),
            },
            // A map without declared keys.
            _ => {
                return quote! {
                    for (key, value) in &self.#place { form.extra(key, &[#(#known),*]).put(value); }
                };
            }
        };
        let puts = puts(
            object,
            "form",
            "value",
            known,
            |_, _, place, value| quote!(#place.put(#value);),
        );
        if field.required && !field.nullable {
            quote! {{ let value = &self.#place; #(#puts)* }}
        } else {
            quote!(if let Some(value) = &self.#place { #(#puts)* })
        }
    }

    fn union(&self, union: &Union) -> TokenStream {
        let (name, doc) = self.name_and_doc();
        let inline = union.tag.as_ref().filter(|tag| !tag.in_struct);
        let inline = inline.map(|tag| tag.property.as_str());
        let schema = match inline {
            Some(tag) => quote!(schemars(tag = #tag)),
            None => quote!(schemars(untagged)),
        };
        let members = union.variants.iter().map(|variant| {
            let (rust, doc) = (ident(&variant.name), doc_attributes(&variant.doc));
            let (ty, tag) = (self.rust_type(&variant.ty, false), &variant.tag);
            let ty = match variant.boxed {
                true => quote!(Box<#ty>),
                false => ty,
            };
            let rename =
                inline.map(|_| quote!(#[cfg_attr(feature = "schemars", schemars(rename = #tag))]));
            quote!(#(#doc)* #rename #rust(#ty),)
        });
        let body = self.root.map(|_| {
            let arms = arms(union, inline, "form", |_| quote!(value.write(form)));
            form_body(&name, &[arms])
        });
        let value = self.nested.then(|| {
            let arms = arms(union, inline, "field", |ty| {
                let put = put_any(ty);
                quote!(field.#put(value))
            });
            let repeats = union.variants.iter().all(|v| self.repeats(&v.ty));
            form_value(&name, repeats, inline.is_some(), &[arms])
        });
        quote! {
            #(#doc)*
            #[derive(Clone, Debug)]
            #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema), #schema)]
            pub enum #name { #(#members)* }

            #body
            #value
        }
    }

    fn name_and_doc(&self) -> (Ident, Vec<syn::Attribute>) {
        let ty = &self.ir.types[self.id];
        (ident(&ty.name), doc_attributes(&ty.doc))
    }

    fn field_type(&self, field: &Field, json: bool) -> TokenStream {
        let holders = holders_in_form(self.ir, self.id, field, json);
        let ty = self.property_type(&field.name, &field.ty);
        holders.iter().rev().fold(ty, |ty, holder| {
            let holder = ident(&format!("{holder:?}"));
            quote!(#holder<#ty>)
        })
    }

    fn property_type(&self, name: &str, ty: &Type) -> TokenStream {
        let encoding = self.root.and_then(|form| form.encoding(self.id, name));
        match encoding.and_then(|encoding| encoding.beside_file.as_ref()) {
            Some(other) => self.file_or(other),
            None => self.rust_type(ty, self.is_json(name)),
        }
    }

    fn file_or(&self, ty: &Type) -> TokenStream {
        if let Type::Array(member) = ty {
            let member = self.file_or(member);
            return quote!(Vec<#member>);
        }
        let ty = self.rust_type(ty, true);
        quote!(FileOr<#ty>)
    }

    fn rust_type(&self, ty: &Type, json: bool) -> TokenStream {
        let written_here = |id: &TypeId| {
            let kind = &self.ir.types[*id].kind;
            !json && matches!(kind, TypeKind::Struct(_) | TypeKind::Union(_))
        };
        match ty {
            Type::File if !json => quote!(Upload),
            Type::Named(id) if written_here(id) => {
                let name = ident(&self.ir.types[*id].name);
                quote!(#name)
            }
            Type::Array(member) => {
                let member = self.rust_type(member, json);
                quote!(Vec<#member>)
            }
            Type::Map(values) if !json => {
                let values = self.rust_type(values, json);
                quote!(::std::collections::BTreeMap<String, #values>)
            }
            Type::Nullable(inner) => {
                let inner = self.rust_type(inner, json);
                quote!(Option<#inner>)
            }
            other => variants::rust_type(self.ir, other, "forms", false)
                .parse()
                .unwrap_or_default(),
        }
    }

    /// The type can be made without being given anything.
    fn has_default(&self, id: TypeId, root: Option<&Form>, seen: &mut Vec<TypeId>) -> bool {
        let TypeKind::Struct(object) = &self.ir.types[id].kind else {
            return false;
        };
        if seen.contains(&id) {
            return true;
        }
        seen.push(id);
        object.fields.iter().all(|field| match field.ty {
            _ if !field.required || field.nullable => true,
            Type::File | Type::Timestamp => false,
            Type::Named(id) if root.is_some_and(|form| form.is_json(self.id, &field.name)) => {
                match &self.ir.types[id].kind {
                    TypeKind::Struct(object) => has_default(object),
                    _ => false,
                }
            }
            Type::Named(id) => self.has_default(id, None, seen),
            _ => true,
        })
    }

    /// Whether a property of the type is sent as JSON.
    fn is_json(&self, name: &str) -> bool {
        self.root.is_some_and(|form| form.is_json(self.id, name))
    }

    /// Members of an array that are of this type repeat its name.
    fn repeats(&self, ty: &Type) -> bool {
        match ty {
            Type::Array(_) | Type::Map(_) | Type::Any => false,
            Type::Nullable(inner) => self.repeats(inner),
            Type::Named(id) => match &self.ir.types[*id].kind {
                TypeKind::Struct(_) => false,
                TypeKind::Union(union) => {
                    union.tag.is_none()
                        && union
                            .variants
                            .iter()
                            .all(|variant| self.repeats(&variant.ty))
                }
                _ => true,
            },
            _ => true,
        }
    }
}

const PLAIN: Encoding = Encoding {
    style: FormStyle::Plain,
    accept: None,
    content_type: None,
    beside_file: None,
};

/// The type as a whole form.
fn form_body(name: &Ident, statements: &[TokenStream]) -> TokenStream {
    let form = match statements {
        [] => quote!(_),
        _ => quote!(form),
    };
    quote! {
        impl FormBody for #name {
            fn write(&self, #form: &mut FormWriter) { #(#statements)* }
        }
    }
}

/// The type in brackets.
fn form_value(
    name: &Ident,
    repeats: bool,
    writes_members: bool,
    statements: &[TokenStream],
) -> TokenStream {
    let field = match (statements, writes_members) {
        ([], _) => quote!(_),
        (_, true) => quote!(mut field),
        (_, false) => quote!(field),
    };
    let repeats = repeats.then(|| {
        quote!(
            const REPEATS: bool = true;
        )
    });
    quote! {
        impl FormValue for #name {
            #repeats

            fn write(&self, #field: FieldWriter<'_>) { #(#statements)* }
        }
    }
}

/// What writes each property of an object with `put` to `writer` (the `form`, or a `field` of it), and then those that the caller
/// named.
fn puts(
    object: &Struct,
    writer: &str,
    owner: &str,
    known: &[&str],
    put: impl Fn(Option<&Field>, &Type, TokenStream, TokenStream) -> TokenStream,
) -> Vec<TokenStream> {
    let (owner, declared, writer) = (ident(owner), declared(writer), ident(writer));
    let fields = object.fields.iter().map(|field| {
        let (wire, rust) = (&field.name, ident(&field.rust));
        let place = quote!(#writer.#declared(#wire));
        put(Some(field), &field.ty, place, quote!(&#owner.#rust))
    });
    let extra = object.extra.as_ref().map(|ty| {
        let extra = ident(&object.extra_name());
        let place = quote!(#writer.extra(key, &[#(#known),*]));
        let put = put(None, ty, place, quote!(value));
        quote!(for (key, value) in &#owner.#extra { #put })
    });
    fields.chain(extra).collect()
}

/// What writes the variant that is there, after its tag if that stands outside.
fn arms(
    union: &Union,
    inline: Option<&str>,
    writer: &str,
    write: impl Fn(&Type) -> TokenStream,
) -> TokenStream {
    let (declared, writer) = (declared(writer), ident(writer));
    let arms = union.variants.iter().map(|variant| {
        let (rust, tag, write) = (ident(&variant.name), &variant.tag, write(&variant.ty));
        match inline {
            Some(property) => quote! {
                Self::#rust(value) => { #writer.#declared(#property).put(#tag); #write; }
            },
            None => quote!(Self::#rust(value) => #write,),
        }
    });
    quote!(match self { #(#arms)* })
}

/// The method that gives the place of a declared property.
fn declared(writer: &str) -> Ident {
    ident(if writer == "form" { "field" } else { "member" })
}

/// The names on the wire of an object's declared properties.
fn names(object: &Struct) -> impl Iterator<Item = &str> {
    object.fields.iter().map(|field| field.name.as_str())
}

/// The statement that puts `value` at `place` in the way that `encoding` says.
fn put(place: TokenStream, encoding: &Encoding, ty: &Type, value: TokenStream) -> TokenStream {
    let accept = encoding
        .accept
        .as_ref()
        .map(|media| quote!(.with_accept(#media)));
    let content_type = encoding
        .content_type
        .as_ref()
        .map(|media| quote!(.with_content_type(#media)));
    let call = match encoding.style {
        FormStyle::FileOrJson => quote!(.put(#value)),
        FormStyle::Plain | FormStyle::Deep | FormStyle::Spread => {
            let put = put_any(ty);
            quote!(.#put(#value))
        }
        FormStyle::Json => quote!(.json(#value)),
        FormStyle::JsonEach => quote!(.json_each(#value)),
        FormStyle::TextOrJson => quote!(.text_or_json(#value)),
        FormStyle::Joined(separator) => quote!(.joined(#value, #separator)),
        FormStyle::Flat => quote!(.flat(#value)),
    };
    quote!(#place #accept #content_type #call;)
}

/// The method that puts a value of this type: what has any shape is written in brackets by what it turns out to be.
fn put_any(ty: &Type) -> Ident {
    match ty {
        Type::Any => ident("deep"),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => put_any(inner),
        _ => ident("put"),
    }
}
