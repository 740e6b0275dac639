//! Multipart forms: a struct for each form and for each object that travels in brackets, with the code that writes it.

use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Ident;

use crate::{
    ir::{
        Encoding, Field, Form, FormStyle, Ir, Struct, Type, TypeId, TypeKind, Union, Variant,
        forms::{form_of, nested, parts_of},
        reach::holds,
    },
    print::progenitor::polish::types::extra_name,
};

use super::{any, doc_attributes, has_default, variants};

/// The forms module; `None` if there are no forms.
pub(crate) fn emit(ir: &Ir) -> Option<TokenStream> {
    if !any(ir, false, |kind| {
        matches!(kind, TypeKind::Struct(_) | TypeKind::Union(_))
    }) {
        return None;
    }
    let roots = roots(ir);
    let nested = nested(&ir.types, ir.operations.iter().filter_map(form_of));
    let mut used = BTreeSet::new();
    let mut items = Vec::new();
    for (id, ty) in ir.types.iter().enumerate().filter(|(_, ty)| ty.in_form) {
        let root = roots
            .iter()
            .find(|(root, _)| *root == id)
            .map(|(_, form)| *form);
        let emitter = Emitter { ir, id };
        match &ty.kind {
            TypeKind::Struct(object) => {
                items.push(emitter.structure(object, root, nested.contains(&id), &mut used))
            }
            TypeKind::Union(union) => {
                items.push(emitter.union(union, root, nested.contains(&id), &mut used))
            }
            _ => {}
        }
    }
    let items = quote!(#(#items)*);
    let mut uses: Vec<Ident> = used
        .into_iter()
        .map(|name| Ident::new(name, Span::call_site()))
        .collect();
    uses.sort();
    Some(quote! {
        use ::postpress_runtime::multipart::{#(#uses),*};

        #items
    })
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

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

struct Emitter<'m> {
    ir: &'m Ir,
    id: TypeId,
}

impl Emitter<'_> {
    fn structure(
        &self,
        object: &Struct,
        root: Option<&Form>,
        nested: bool,
        used: &mut BTreeSet<&'static str>,
    ) -> TokenStream {
        let name = ident(&self.ir.types[self.id].name);
        let doc = doc_attributes(&self.ir.types[self.id].doc);
        let default = self
            .has_default(self.id, root, &mut Vec::new())
            .then(|| quote!(, Default));
        let members = object.fields.iter().map(|field| {
            let json = self.is_json(root, &field.name);
            let (rust, doc) = (ident(&field.rust), doc_attributes(&field.doc));
            let ty = self.field_type(field, json, used);
            let mut schema = Vec::new();
            if field.rust != field.name {
                let wire = &field.name;
                schema.push(quote!(rename = #wire));
            }
            if is_list(&field.ty) && !field.required && !(json && matches!(field.ty, Type::Map(_)))
            {
                schema.push(quote!(default));
            }
            let schema = (!schema.is_empty())
                .then(|| quote!(#[cfg_attr(feature = "schemars", schemars(#(#schema),*))]));
            quote!(#(#doc)* #schema pub #rust: #ty,)
        });
        let members: Vec<TokenStream> = members.collect();
        let extra = object.extra.as_ref().map(|extra| {
            let (rust, ty) = (
                ident(&extra_name(object)),
                self.rust_type(extra, self.is_json(root, "*"), used),
            );
            quote! {
                /// What is to be sent beside the declared fields.
                #[cfg_attr(feature = "schemars", schemars(flatten))]
                pub #rust: ::std::collections::BTreeMap<String, #ty>,
            }
        });
        let body = root.map(|form| self.form_body(&name, object, form, used));
        let value = nested.then(|| self.form_value(&name, object, used));
        quote! {
            #(#doc)*
            #[derive(Clone, Debug #default)]
            #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
            pub struct #name { #(#members)* #extra }

            #body
            #value
        }
    }

    /// The struct as a whole form.
    fn form_body(
        &self,
        name: &Ident,
        object: &Struct,
        form: &Form,
        used: &mut BTreeSet<&'static str>,
    ) -> TokenStream {
        used.extend(["FormBody", "FormWriter"]);
        let known: Vec<&str> = names(object).collect();
        let mut statements: Vec<TokenStream> = Vec::new();
        for field in &object.fields {
            let (wire, value) = (&field.name, ident(&field.rust));
            let encoding = form.encoding(self.id, wire).unwrap_or(&PLAIN);
            statements.push(match encoding.style {
                FormStyle::Spread => self.spread(field, &known),
                _ => put(
                    quote!(form.field(#wire)),
                    encoding,
                    &field.ty,
                    quote!(&self.#value),
                ),
            });
        }
        if let Some(ty) = &object.extra {
            let extra = ident(&extra_name(object));
            let put = put(
                quote!(form.extra(key, &[#(#known),*])),
                form.encoding(self.id, "*").unwrap_or(&PLAIN),
                ty,
                quote!(value),
            );
            statements.push(quote!(for (key, value) in &self.#extra { #put }));
        }
        let form = match statements.len() {
            0 => quote!(_),
            _ => quote!(form),
        };
        quote! {
            impl FormBody for #name {
                fn write(&self, #form: &mut FormWriter) {
                    #(#statements)*
                }
            }
        }
    }

    /// Every property of an object as a part of its own.
    fn spread(&self, field: &Field, known: &[&str]) -> TokenStream {
        let place = ident(&field.rust);
        let inner = match &field.ty {
            Type::Named(id) => &self.ir.types[*id].kind,
            // A map without declared keys.
            _ => {
                return quote! {
                    for (key, value) in &self.#place { form.extra(key, &[#(#known),*]).put(value); }
                };
            }
        };
        let TypeKind::Struct(object) = inner else {
            return TokenStream::new();
        };
        let mut puts: Vec<TokenStream> = object
            .fields
            .iter()
            .map(|inner| {
                let (wire, rust) = (&inner.name, ident(&inner.rust));
                quote!(form.field(#wire).put(&value.#rust);)
            })
            .collect();
        if object.extra.is_some() {
            let extra = ident(&extra_name(object));
            let known = known.iter().copied().chain(names(object));
            puts.push(quote! {
                for (key, value) in &value.#extra { form.extra(key, &[#(#known),*]).put(value); }
            });
        }
        if field.required && !field.nullable {
            quote! {{ let value = &self.#place; #(#puts)* }}
        } else {
            quote!(if let Some(value) = &self.#place { #(#puts)* })
        }
    }

    /// The struct in brackets.
    fn form_value(
        &self,
        name: &Ident,
        object: &Struct,
        used: &mut BTreeSet<&'static str>,
    ) -> TokenStream {
        used.extend(["FieldWriter", "FormValue"]);
        let mut statements: Vec<TokenStream> = object
            .fields
            .iter()
            .map(|field| {
                let (wire, value, put) = (&field.name, ident(&field.rust), put_any(&field.ty));
                quote!(field.member(#wire).#put(&self.#value);)
            })
            .collect();
        if let Some(ty) = &object.extra {
            let (extra, put, known) = (ident(&extra_name(object)), put_any(ty), names(object));
            statements.push(quote! {
                for (key, value) in &self.#extra { field.extra(key, &[#(#known),*]).#put(value); }
            });
        }
        let field = match statements.len() {
            0 => quote!(_),
            _ => quote!(mut field),
        };
        quote! {
            impl FormValue for #name {
                fn write(&self, #field: FieldWriter<'_>) {
                    #(#statements)*
                }
            }
        }
    }

    fn union(
        &self,
        union: &Union,
        root: Option<&Form>,
        nested: bool,
        used: &mut BTreeSet<&'static str>,
    ) -> TokenStream {
        let name = ident(&self.ir.types[self.id].name);
        let doc = doc_attributes(&self.ir.types[self.id].doc);
        let inline = union
            .tag
            .as_ref()
            .filter(|tag| !tag.in_struct)
            .map(|tag| tag.property.as_str());
        let schema = match inline {
            Some(tag) => quote!(schemars(tag = #tag)),
            None => quote!(schemars(untagged)),
        };
        let members: Vec<TokenStream> = union
            .variants
            .iter()
            .map(|variant| {
                let (rust, doc, tag) = (
                    ident(&variant.name),
                    doc_attributes(&variant.doc),
                    &variant.tag,
                );
                let ty = self.variant_type(variant, used);
                let rename = inline
                    .map(|_| quote!(#[cfg_attr(feature = "schemars", schemars(rename = #tag))]));
                quote!(#(#doc)* #rename #rust(#ty),)
            })
            .collect();
        let body = root.map(|_| {
            used.extend(["FormBody", "FormWriter"]);
            let arms = union.variants.iter().map(|variant| {
                let (rust, tag) = (ident(&variant.name), &variant.tag);
                let tag = inline.map(|property| quote!(form.field(#property).put(#tag);));
                arm(rust, tag, quote!(value.write(form)))
            });
            quote! {
                impl FormBody for #name {
                    fn write(&self, form: &mut FormWriter) {
                        match self { #(#arms)* }
                    }
                }
            }
        });
        let value = nested.then(|| {
            used.extend(["FieldWriter", "FormValue"]);
            let arms = union.variants.iter().map(|variant| {
                let (rust, tag, put) = (ident(&variant.name), &variant.tag, put_any(&variant.ty));
                let tag = inline.map(|property| quote!(field.member(#property).put(#tag);));
                arm(rust, tag, quote!(field.#put(value)))
            });
            let mutable = inline.map(|_| quote!(mut));
            let repeats = union
                .variants
                .iter()
                .all(|variant| self.repeats(&variant.ty));
            let constant = repeats.then(|| {
                quote!(
                    const REPEATS: bool = true;
                )
            });
            quote! {
                impl FormValue for #name {
                    #constant

                    fn write(&self, #mutable field: FieldWriter<'_>) {
                        match self { #(#arms)* }
                    }
                }
            }
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

    fn variant_type(&self, variant: &Variant, used: &mut BTreeSet<&'static str>) -> TokenStream {
        let ty = self.rust_type(&variant.ty, false, used);
        if variant.boxed { quote!(Box<#ty>) } else { ty }
    }

    fn field_type(
        &self,
        field: &Field,
        json: bool,
        used: &mut BTreeSet<&'static str>,
    ) -> TokenStream {
        let mut ty = self.rust_type(&field.ty, json, used);
        if let Type::Named(id) = field.ty
            && !json
            && holds(self.ir, id, self.id)
        {
            ty = quote!(Box<#ty>);
        }
        // An empty list writes nothing, and so does an empty map in brackets; as JSON it would be `{}`.
        let may_be_empty = match field.ty {
            Type::Map(_) => !json,
            Type::Array(_) => true,
            _ => false,
        };
        let optional = (!field.required || field.nullable) && !may_be_empty;
        if optional { quote!(Option<#ty>) } else { ty }
    }

    fn rust_type(&self, ty: &Type, json: bool, used: &mut BTreeSet<&'static str>) -> TokenStream {
        match ty {
            Type::File if !json => {
                used.insert("Upload");
                quote!(Upload)
            }
            Type::Named(id)
                if !json
                    && matches!(
                        self.ir.types[*id].kind,
                        TypeKind::Struct(_) | TypeKind::Union(_)
                    ) =>
            {
                let name = ident(&self.ir.types[*id].name);
                quote!(#name)
            }
            Type::Array(member) => {
                let member = self.rust_type(member, json, used);
                quote!(Vec<#member>)
            }
            Type::Map(values) if !json || !matches!(**values, Type::Any) => {
                let values = self.rust_type(values, json, used);
                quote!(::std::collections::BTreeMap<String, #values>)
            }
            Type::Nullable(inner) => {
                let inner = self.rust_type(inner, json, used);
                quote!(Option<#inner>)
            }
            other => variants::rust_type(self.ir, other, "forms")
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
            Type::Named(id) if self.is_json(root, &field.name) => match &self.ir.types[id].kind {
                TypeKind::Struct(object) => has_default(object),
                _ => false,
            },
            Type::Named(id) => self.has_default(id, None, seen),
            _ => true,
        })
    }

    /// Whether a property of the type is sent as JSON, where the type is a whole form.
    fn is_json(&self, root: Option<&Form>, name: &str) -> bool {
        root.is_some_and(|form| form.is_json(self.id, name))
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
};

/// The arm that writes a variant, after its tag if that stands outside.
fn arm(variant: Ident, tag: Option<TokenStream>, write: TokenStream) -> TokenStream {
    match tag {
        Some(tag) => quote!(Self::#variant(value) => { #tag #write; }),
        None => quote!(Self::#variant(value) => #write,),
    }
}

/// The names on the wire of an object's declared properties.
fn names(object: &Struct) -> impl Iterator<Item = &str> {
    object.fields.iter().map(|field| field.name.as_str())
}

fn is_list(ty: &Type) -> bool {
    matches!(ty, Type::Array(_) | Type::Map(_))
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
        FormStyle::Plain | FormStyle::Deep | FormStyle::Spread => {
            let put = put_any(ty);
            quote!(.#put(#value))
        }
        FormStyle::Json => quote!(.json(#value)),
        FormStyle::JsonEach => quote!(.json_each(#value)),
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
