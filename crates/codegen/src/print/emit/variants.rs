//! Unions that travel as JSON: enums with serde's derives, the last variant of which keeps what fits no other.

use proc_macro2::{Literal, Span, TokenStream};
use quote::quote;
use syn::Ident;

use crate::ir::{Fact, Ir, Only, Tag, Type, TypeDef, TypeId, TypeKind, Union, Variant, is_record};

use super::{doc_attributes, has_float};

/// The unions of the IR.
pub(crate) fn emit(ir: &Ir) -> Vec<(TypeId, TokenStream)> {
    let mut items = Vec::new();
    for (id, ty) in ir.types.iter().enumerate().filter(|(_, ty)| ty.in_json) {
        if let TypeKind::Union(union) = &ty.kind {
            let emitter = Emitter { ir, ty, union };
            let item = match &union.tag {
                Some(tag) => emitter.tagged(tag),
                None => emitter.untagged(),
            };
            items.push((id, item));
        }
    }
    items
}

struct Emitter<'m> {
    ir: &'m Ir,
    ty: &'m TypeDef,
    union: &'m Union,
}

impl Emitter<'_> {
    /// A union told apart by trying: the first variant that fits.
    fn untagged(&self) -> TokenStream {
        let mut variants = self.union.variants.iter();
        // serde's derive looks at types alone, and forgets the JSON.
        let by_hand = self.union.overlaps || variants.any(|variant| !variant.facts.is_empty());
        let variants = self.union.variants.iter().map(|variant| {
            let (rust, ty) = (ident(&variant.name), self.tokens(variant));
            let doc = match variant.doc.as_str() {
                "" => format!("A value of type `{}`.", self.inner(variant)),
                doc => doc.to_owned(),
            };
            let doc = doc_attributes(&doc);
            // What is a number goes out without a fraction where it has none.
            let number = has_float(&variant.ty).then(
                || quote!(#[serde(serialize_with = "::postpress_runtime::number::serialize")]),
            );
            // What tolerates something would take what fits another variant.
            let is_exact = self.ty.only_received && is_compound(self.ir, &variant.ty) && !by_hand;
            let exact = is_exact.then(
                || quote!(#[serde(deserialize_with = "::postpress_runtime::tolerant::untagged")]),
            );
            quote!(#(#doc)* #exact #rust(#number #ty),)
        });
        let (derives, unknown) = match by_hand {
            true => (quote!(::serde::Serialize), None),
            false => (
                quote!(::serde::Deserialize, ::serde::Serialize),
                Some(quote!(#[serde(deserialize_with = "::postpress_runtime::tolerant::unknown")])),
            ),
        };
        let body = quote! {
            #(#variants)*
            /// A value that fits no other variant: its JSON, which is written back unchanged.
            #[cfg_attr(feature = "schemars", schemars(skip))]
            #unknown
            Unknown(::serde_json::Value),
        };
        let definition = self.definition(&derives, true, &quote!(untagged), &body);
        let (name, is_unknown) = (ident(&self.ty.name), is_unknown());
        let deserialize = by_hand.then(|| self.in_turn());
        quote! {
            #definition

            impl #name {
                #is_unknown
            }

            #deserialize
        }
    }

    /// Tries the variants with all that the document says of them.
    fn in_turn(&self) -> TokenStream {
        let name = ident(&self.ty.name);
        let tries = self.union.variants.iter().map(|variant| {
            let rust = ident(&variant.name);
            let take = ident(if self.keeps_json(variant) { "kept" } else { "variant" });
            let facts = variant.facts.iter().map(fact);
            let is_union = matches!(variant.ty, Type::Named(id) if matches!(self.ir.types[id].kind, TypeKind::Union(_)));
            let unless = is_union
                .then(|| quote!(.unless(|union| matches!(union, Self::#rust(value) if value.is_unknown()))));
            quote!(.#take(&[#(#facts),*], Self::#rust) #unless)
        });
        let has_facts = self
            .union
            .variants
            .iter()
            .any(|variant| !variant.facts.is_empty());
        let uses = has_facts.then(|| {
            quote!(
                use ::postpress_runtime::Fact;
            )
        });
        quote! {
            impl<'de> ::serde::Deserialize<'de> for #name {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    #uses
                    Ok(::postpress_runtime::UntaggedJson::read(deserializer)?
                        #(#tries)*
                        .or_unknown(Self::Unknown))
                }
            }
        }
    }

    /// Whether a variant keeps the JSON that it was read from. A scalar is all that its JSON is.
    fn keeps_json(&self, variant: &Variant) -> bool {
        self.union.overlaps && is_compound(self.ir, &variant.ty) && !has_float(&variant.ty)
    }

    /// A union told apart by the value of one member.
    fn tagged(&self, tag: &Tag) -> TokenStream {
        let name = ident(&self.ty.name);
        let property = &tag.property;
        // serde's derive always takes the tag away from the variant, and asks for it.
        let by_hand = tag.in_struct || self.union.variants.iter().any(|variant| variant.default);
        let collects = |variant: &Variant| !tag.in_struct && self.collects(variant);
        let without_tag = format!("{}::without_tag", self.ty.name);
        let variants = self.union.variants.iter().map(|variant| {
            let (rust, ty) = (ident(&variant.name), self.tokens(variant));
            let on_the_wire = format!("On the wire: `\"{property}\": \"{}\"`.", variant.tag);
            let doc = match variant.doc.as_str() {
                "" => on_the_wire,
                doc => format!("{doc}\n\n{on_the_wire}"),
            };
            let doc = doc_attributes(&doc);
            let mut options = Vec::new();
            if !tag.in_struct {
                let value = &variant.tag;
                options.push(quote!(rename = #value));
            }
            if collects(variant) {
                options.push(quote!(serialize_with = #without_tag));
            }
            if !by_hand {
                options.push(quote!(
                    deserialize_with = "::postpress_runtime::tolerant::tagged"
                ));
            }
            let options = (!options.is_empty()).then(|| quote!(#[serde(#(#options),*)]));
            quote!(#(#doc)* #options #rust(#ty),)
        });
        let (style, last) = if tag.in_struct {
            (quote!(untagged), None)
        } else {
            (
                quote!(tag = #property),
                Some(
                    quote!(#[serde(untagged, deserialize_with = "::postpress_runtime::tolerant::unknown")]),
                ),
            )
        };
        let skip = (!by_hand).then(|| quote!(#[cfg_attr(feature = "schemars", schemars(skip))]));
        let body = quote! {
            #(#variants)*
            /// A value with another tag or none, or whose members do not fit: its JSON, which is written back unchanged.
            #skip
            #last
            Unknown(::serde_json::Value),
        };
        let derives = match by_hand {
            true => quote!(::serde::Serialize),
            false => quote!(::serde::Deserialize, ::serde::Serialize),
        };
        let definition = self.definition(&derives, !by_hand, &style, &body);
        let values = self.union.variants.iter().map(|variant| {
            let (rust, value) = (ident(&variant.name), &variant.tag);
            quote!(Self::#rust(_) => Some(#value),)
        });
        let is_unknown = is_unknown();
        let serialize = self.union.variants.iter().any(collects).then(|| {
            quote! {
                /// The tag is the union's, even if somebody put one among the undeclared members.
                fn without_tag<T: ::serde::Serialize, S: ::serde::Serializer>(
                    variant: &T,
                    serializer: S,
                ) -> Result<S::Ok, S::Error> {
                    ::postpress_runtime::serialize_without_tag(#property, variant, serializer)
                }
            }
        });
        let doc = doc_attributes(&format!(
            "The value of `{property}`; `None` if it is unknown and has none."
        ));
        let by_hand = by_hand.then(|| self.by_hand(tag));
        quote! {
            #definition

            impl #name {
                #(#doc)*
                pub fn tag(&self) -> Option<&str> {
                    match self {
                        #(#values)*
                        Self::Unknown(json) => json.get(#property)?.as_str(),
                    }
                }

                #is_unknown

                #serialize
            }

            #by_hand
        }
    }

    /// What serde's and schemars' derives cannot express: a tag that may be absent, or that the variants' structs have too.
    fn by_hand(&self, tag: &Tag) -> TokenStream {
        let (name, text) = (ident(&self.ty.name), &self.ty.name);
        let path = format!("::{text}");
        let property = &tag.property;
        let default = self.union.variants.iter().find(|variant| variant.default);
        let default = match default.map(|variant| &variant.tag) {
            Some(value) => quote!(Some(#value)),
            None => quote!(None),
        };
        let decode = ident(match tag.in_struct {
            true => "variant",
            false => "variant_without_tag",
        });
        let arms = self.union.variants.iter().map(|variant| {
            let (rust, value) = (ident(&variant.name), &variant.tag);
            quote!(Some(#value) => union.#decode(Self::#rust),)
        });
        let schemas = self.union.variants.iter().map(|variant| {
            let (ty, value) = (self.tokens(variant), &variant.tag);
            quote!((#value, generator.subschema_for::<#ty>()))
        });
        quote! {
            impl<'de> ::serde::Deserialize<'de> for #name {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let union = ::postpress_runtime::TaggedJson::read(deserializer, #property, #default)?;
                    let read = match union.tag() {
                        #(#arms)*
                        _ => union.unknown(),
                    };
                    Ok(read.unwrap_or_else(Self::Unknown))
                }
            }

            #[cfg(feature = "schemars")]
            impl ::schemars::JsonSchema for #name {
                fn schema_name() -> String {
                    #text.to_owned()
                }

                fn schema_id() -> ::std::borrow::Cow<'static, str> {
                    concat!(module_path!(), #path).into()
                }

                fn json_schema(generator: &mut ::schemars::r#gen::SchemaGenerator) -> ::schemars::schema::Schema {
                    ::postpress_runtime::tagged_union_schema(#property, #default, [#(#schemas),*])
                }
            }
        }
    }

    fn definition(
        &self,
        derives: &TokenStream,
        has_schema: bool,
        style: &TokenStream,
        body: &TokenStream,
    ) -> TokenStream {
        let name = ident(&self.ty.name);
        let own = format!("One of {} kinds, or another.", self.union.variants.len());
        let mut doc = match self.ty.doc.as_str() {
            "" => own,
            doc => doc.to_owned(),
        };
        if self.union.overlaps {
            doc.push_str("\n\nA value may be of several of these: it is the first that fits, and keeps its JSON.");
        }
        let doc = doc_attributes(&doc);
        let schema = has_schema
            .then(|| quote!(#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]));
        quote! {
            #(#doc)*
            #[derive(Clone, Debug, PartialEq, #derives)]
            #schema
            #[serde(#style)]
            #[non_exhaustive]
            pub enum #name { #body }
        }
    }

    /// Whether the variant's struct collects undeclared members.
    fn collects(&self, variant: &Variant) -> bool {
        match variant.ty {
            Type::Named(id) => {
                matches!(&self.ir.types[id].kind, TypeKind::Struct(object) if object.extra.is_some())
            }
            Type::Map(_) => true,
            _ => false,
        }
    }

    /// The type of a variant's value.
    fn inner(&self, variant: &Variant) -> String {
        let ty = rust_type(self.ir, &variant.ty, "variants", self.ty.only_received);
        if variant.boxed {
            format!("Box<{ty}>")
        } else {
            ty
        }
    }

    fn tokens(&self, variant: &Variant) -> TokenStream {
        let ty = self.inner(variant);
        let ty = match self.keeps_json(variant) {
            true => format!("::postpress_runtime::Kept<{ty}>"),
            false => ty,
        };
        ty.parse().unwrap_or_default()
    }
}

/// What is known of a member, as the runtime's `Fact`.
fn fact(Fact { path, only }: &Fact) -> TokenStream {
    let fact = match only {
        Only::Texts(values) => quote!(Text(#path, &[#(#values),*])),
        Only::Integers(values) => {
            let values = values.iter().map(|value| Literal::i64_unsuffixed(*value));
            quote!(Integer(#path, &[#(#values),*]))
        }
        Only::Bool(value) => quote!(Bool(#path, #value)),
        Only::Format(format) => quote!(Format(#path, #format)),
        Only::Members(names) => quote!(Members(#path, &[#(#names),*])),
    };
    quote!(Fact::#fact)
}

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

fn is_unknown() -> TokenStream {
    quote! {
        /// Whether only the JSON is known.
        pub fn is_unknown(&self) -> bool {
            matches!(self, Self::Unknown(_))
        }
    }
}

/// Whether there is something within a value of the type.
fn is_compound(ir: &Ir, ty: &Type) -> bool {
    is_record(ir, ty) || matches!(ty, Type::Array(_) | Type::Map(_))
}

/// A type as it is spelled in the module `own`, with room for what is odd if it is `received`.
pub(crate) fn rust_type(ir: &Ir, ty: &Type, own: &str, received: bool) -> String {
    let inner = |ty| rust_type(ir, ty, own, received);
    match ty {
        Type::Any => "::serde_json::Value".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Integer(name) | Type::Float(name) => (*name).to_owned(),
        Type::String | Type::File => "String".to_owned(),
        Type::Timestamp => "::postpress_runtime::Timestamp".to_owned(),
        Type::Named(id) => {
            let module = ir.types[*id].kind.module();
            let name = &ir.types[*id].name;
            if module == own {
                name.clone()
            } else {
                format!("{module}::{name}")
            }
        }
        Type::Array(member) if received => format!("::postpress_runtime::Items<{}>", inner(member)),
        Type::Array(member) => format!("Vec<{}>", inner(member)),
        // As progenitor has it.
        Type::Map(values) if matches!(**values, Type::Any) => {
            "::serde_json::Map<String, ::serde_json::Value>".to_owned()
        }
        Type::Map(values) if received && is_record(ir, values) => format!(
            "::std::collections::BTreeMap<String, ::postpress_runtime::MaybeOdd<{}>>",
            inner(values)
        ),
        Type::Map(values) => format!("::std::collections::BTreeMap<String, {}>", inner(values)),
        Type::Nullable(nullable) => format!("Option<{}>", inner(nullable)),
    }
}
