//! What differs between the types of two documents.

use std::collections::BTreeSet;
use std::fmt::Display;

use postpress_codegen::ir::{
    EnumValue, Field, Ir, Origin, Struct, Type, TypeDef, TypeId, TypeKind, Union, Variant,
};

use super::compare::{Comparison, both, rust};
use super::pairs::{Same, Sides, matched};
use super::rules::{self, Rule};

/// A type that both documents have.
struct Pair<'i> {
    old: &'i TypeDef,
    new: &'i TypeDef,
    /// The operations that it is part of.
    operations: BTreeSet<String>,
    is_sent: bool,
}

impl Pair<'_> {
    /// The place of the type.
    fn places(&self) -> (Option<&Origin>, Option<&Origin>) {
        both(&self.old.origin, &self.new.origin)
    }

    fn subject(&self) -> String {
        format!("`{}`", self.new.name)
    }

    fn member(&self, name: &str) -> String {
        format!("`{}.{name}`", self.new.name)
    }
}

impl<'i> Comparison<'i> {
    pub(super) fn types(&mut self) {
        let Sides { old, new } = self.ir;
        let mut pairs: Vec<(TypeId, TypeId)> = self
            .pairs
            .types
            .iter()
            .map(|(old, new)| (*old, *new))
            .collect();
        pairs.sort_unstable_by_key(|(_, new)| *new);
        for (old, new) in pairs {
            let (before, after) = (&self.ir.old.types[old], &self.ir.new.types[new]);
            let pair = Pair {
                old: before,
                new: after,
                operations: self.reached(Some(old), Some(new)),
                is_sent: before.sent || after.sent,
            };
            // A type that is generated on one side alone comes or goes.
            match (is_generated(before), is_generated(after)) {
                (true, true) => self.ty(&pair),
                (true, false) => self.gone(old),
                (false, true) => self.come(new),
                (false, false) => {}
            }
        }
        for (id, ty) in old.types.iter().enumerate() {
            if is_generated(ty) && !self.pairs.types.contains_key(&id) {
                self.gone(id);
            }
        }
        for (id, ty) in new.types.iter().enumerate() {
            if is_generated(ty) && self.pairs.former(id).is_none() {
                self.come(id);
            }
        }
    }

    fn gone(&mut self, id: TypeId) {
        let ty = &self.ir.old.types[id];
        let operations = self.reached(Some(id), None);
        let places = (Some(&ty.origin), None);
        self.log.add(
            rules::TYPE_REMOVED,
            format!("`{}`", ty.name),
            "removed",
            places,
            operations,
        );
    }

    fn come(&mut self, id: TypeId) {
        let ty = &self.ir.new.types[id];
        let operations = self.reached(None, Some(id));
        let places = (None, Some(&ty.origin));
        self.log.add(
            rules::TYPE_ADDED,
            format!("`{}`", ty.name),
            "added",
            places,
            operations,
        );
    }

    fn note(
        &mut self,
        pair: &Pair<'_>,
        rule: &'static Rule,
        subject: String,
        what: impl Into<String>,
        places: (Option<&Origin>, Option<&Origin>),
    ) {
        self.log
            .add(rule, subject, what, places, pair.operations.clone());
    }

    fn ty(&mut self, pair: &Pair<'i>) {
        if pair.old.name != pair.new.name && !self.follows(&pair.old.name, &pair.new.name) {
            let what = format!("renamed from `{}`", pair.old.name);
            self.note(
                pair,
                rules::TYPE_RENAMED,
                pair.subject(),
                what,
                pair.places(),
            );
        }
        match (&pair.old.kind, &pair.new.kind) {
            (TypeKind::Struct(old), TypeKind::Struct(new)) => self.structure(pair, old, new),
            (TypeKind::StringEnum(old), TypeKind::StringEnum(new)) => self.values(pair, old, new),
            (TypeKind::IntegerEnum(old), TypeKind::IntegerEnum(new)) => self.values(pair, old, new),
            (TypeKind::Union(old), TypeKind::Union(new)) => self.union(pair, old, new),
            (TypeKind::ErrorType, TypeKind::ErrorType) => {}
            (old, new) => {
                let what = format!("is {}, was {}", kind(new), kind(old));
                self.note(pair, rules::TYPE_KIND, pair.subject(), what, pair.places());
                return;
            }
        }
        let (old, new) = (&pair.old.limits, &pair.new.limits);
        self.limits(
            &pair.subject(),
            (old, new),
            pair.places(),
            pair.is_sent,
            &pair.operations,
        );
        self.words(&pair.subject(), (&pair.old.doc, old), (&pair.new.doc, new));
    }

    /// Whether a type is called differently only because what it is named after is.
    fn follows(&self, old: &str, new: &str) -> bool {
        let is_named_after = |before: &str, after: &str| {
            let ends = old.strip_prefix(before).zip(new.strip_prefix(after));
            before != after && ends.is_some_and(|(was, is)| was == is && !was.is_empty())
        };
        let operations = self.pairs.operations.iter().any(|pair| {
            let (old, new) = (
                &self.ir.old.operations[pair.old],
                &self.ir.new.operations[pair.new],
            );
            is_named_after(&pascal(&old.function), &pascal(&new.function))
        });
        let mut types = self.pairs.types.iter();
        operations
            || types.any(|(old, new)| {
                is_named_after(&self.ir.old.types[*old].name, &self.ir.new.types[*new].name)
            })
    }

    fn structure(&mut self, pair: &Pair<'i>, old: &Struct, new: &Struct) {
        let counterpart = |field: &Field, others: &'_ [Field], own: &[Field]| -> Option<usize> {
            let by_name = others.iter().position(|other| other.name == field.name);
            // The same field of the struct, under another name on the wire.
            by_name.or_else(|| {
                others.iter().position(|other| {
                    other.rust == field.rust && !own.iter().any(|own| own.name == other.name)
                })
            })
        };
        for field in &new.fields {
            match counterpart(field, &old.fields, &new.fields) {
                Some(index) => self.field(pair, &old.fields[index], field),
                None => self.field_added(pair, field, old, new),
            }
        }
        for field in &old.fields {
            if counterpart(field, &new.fields, &old.fields).is_none() {
                let places = (Some(&field.origin), Some(&pair.new.origin));
                self.note(
                    pair,
                    rules::FIELD_REMOVED,
                    pair.member(&field.name),
                    "removed",
                    places,
                );
            }
        }
        let what = match (&old.extra, &new.extra) {
            (Some(old), Some(new)) if self.pairs.same(old, new) => return,
            (None, None) => return,
            (Some(old), Some(new)) => self.was(old, new),
            (None, Some(new)) => {
                format!("may hold `{}` under any other key", rust(self.ir.new, new))
            }
            (Some(_), None) => "no longer declares other keys".to_owned(),
        };
        self.note(
            pair,
            rules::FIELD_TYPE,
            pair.member("*"),
            what,
            pair.places(),
        );
    }

    fn field_added(&mut self, pair: &Pair<'_>, field: &Field, old: &Struct, new: &Struct) {
        let has_default = self.has_default(self.ir.old, pair.old, old)
            && self.has_default(self.ir.new, pair.new, new);
        let rule = match (pair.is_sent, field.required) {
            (true, true) => rules::FIELD_MUST,
            (true, false) if has_default => rules::FIELD_ADDED,
            (true, false) => rules::FIELD_LITERAL,
            (false, _) => rules::FIELD_RECEIVED,
        };
        let necessity = if field.required {
            "required"
        } else {
            "optional"
        };
        let what = format!("added: `{}`, {necessity}", rust(self.ir.new, &field.ty));
        let places = (Some(&pair.old.origin), Some(&field.origin));
        self.note(pair, rule, pair.member(&field.name), what, places);
    }

    /// Whether a struct can be written with `..Default::default()`.
    fn has_default(&self, ir: &Ir, ty: &TypeDef, object: &Struct) -> bool {
        let is_empty = |field: &Field| !field.required || field.nullable;
        if !ty.in_form || ty.in_json {
            return object.fields.iter().all(|field| !field.required);
        }
        object.fields.iter().all(|field| match &field.ty {
            _ if is_empty(field) => true,
            Type::File | Type::Timestamp => false,
            Type::Named(id) => match &ir.types[*id].kind {
                TypeKind::Struct(inner) => inner.fields.iter().all(is_empty),
                _ => false,
            },
            _ => true,
        })
    }

    fn field(&mut self, pair: &Pair<'_>, old: &Field, new: &Field) {
        let subject = pair.member(&new.name);
        let places = both(&old.origin, &new.origin);
        if old.name != new.name {
            let what = format!("is `{}` on the wire, was `{}`", new.name, old.name);
            self.note(pair, rules::FIELD_WIRE, subject.clone(), what, places);
        }
        if old.rust != new.rust {
            let what = format!("is called `{}` in Rust, was `{}`", new.rust, old.rust);
            self.note(pair, rules::FIELD_RUST, subject.clone(), what, places);
        }
        if old.writer != new.writer {
            let what = "`readOnly` or `writeOnly` changed";
            self.note(pair, rules::FIELD_WRITER, subject.clone(), what, places);
        }
        if !self.pairs.same(&old.ty, &new.ty) {
            let what = self.was(&old.ty, &new.ty);
            return self.note(pair, rules::FIELD_TYPE, subject, what, places);
        }
        self.necessity(pair, old, new);
        let limits = (old.limits.as_slice(), new.limits.as_slice());
        self.limits(&subject, limits, places, pair.is_sent, &pair.operations);
        self.words(&subject, (&old.doc, &old.limits), (&new.doc, &new.limits));
    }

    /// Whether it has to be there, and may be null: in Rust, whether it is a `T` or an `Option<T>`.
    fn necessity(&mut self, pair: &Pair<'_>, old: &Field, new: &Field) {
        if (old.required, old.nullable) == (new.required, new.nullable) {
            return;
        }
        let mut what = Vec::new();
        match (old.required, new.required) {
            (false, true) => what.push("required, was optional"),
            (true, false) => what.push("optional, was required"),
            _ => {}
        }
        match (old.nullable, new.nullable) {
            (false, true) => what.push("may be null, could not"),
            (true, false) => what.push("is never null, could be"),
            _ => {}
        }
        // A list or a map that is absent or null is an empty one.
        let is_list = matches!(new.ty, Type::Array(_) | Type::Map(_));
        let is_option = |field: &Field| !is_list && (!field.required || field.nullable);
        let is_demanded =
            pair.is_sent && ((new.required && !old.required) || (old.nullable && !new.nullable));
        let rule = if is_option(old) != is_option(new) {
            rules::FIELD_OPTION
        } else if is_demanded {
            rules::FIELD_DEMANDED
        } else {
            rules::FIELD_SAME
        };
        let places = both(&old.origin, &new.origin);
        self.note(pair, rule, pair.member(&new.name), what.join("; "), places);
    }

    fn values<T: PartialEq + Display>(
        &mut self,
        pair: &Pair<'_>,
        old: &[EnumValue<T>],
        new: &[EnumValue<T>],
    ) {
        let subject = pair.subject();
        for value in new {
            let shown = format!("`{}`", value.wire);
            if let Some(before) = old.iter().find(|old| old.wire == value.wire) {
                let places = both(&before.origin, &value.origin);
                if before.variant != value.variant {
                    let what = format!(
                        "{shown} is `{}` in Rust, was `{}`",
                        value.variant, before.variant
                    );
                    self.note(pair, rules::VALUE_RENAMED, subject.clone(), what, places);
                } else if before.doc != value.doc {
                    self.log.wording(format!("{subject}, {shown}"));
                }
                continue;
            }
            let is_free = |before: &&EnumValue<T>| !new.iter().any(|new| new.wire == before.wire);
            let before = old
                .iter()
                .find(|old| old.variant == value.variant)
                .filter(is_free);
            match before {
                Some(before) => {
                    let what = format!(
                        "`{}` stands for {shown}, stood for `{}`",
                        value.variant, before.wire
                    );
                    let places = both(&before.origin, &value.origin);
                    self.note(pair, rules::VALUE_WIRE, subject.clone(), what, places);
                }
                None => {
                    let places = (Some(&pair.old.origin), Some(&value.origin));
                    self.note(
                        pair,
                        rules::VALUE_ADDED,
                        subject.clone(),
                        format!("{shown} added"),
                        places,
                    );
                }
            }
        }
        for value in old {
            let stays = new.iter().any(|new| {
                let is_new = !old.iter().any(|old| old.wire == new.wire);
                new.wire == value.wire || (new.variant == value.variant && is_new)
            });
            if !stays {
                let what = format!("`{}` removed", value.wire);
                let places = (Some(&value.origin), Some(&pair.new.origin));
                self.note(pair, rules::VALUE_REMOVED, subject.clone(), what, places);
            }
        }
    }

    fn union(&mut self, pair: &Pair<'_>, old: &Union, new: &Union) {
        let subject = pair.subject();
        let tag = |union: &Union| {
            union
                .tag
                .as_ref()
                .map(|tag| (tag.property.clone(), tag.in_struct))
        };
        if tag(old) != tag(new) {
            let shown = |union: &Union| match &union.tag {
                Some(tag) => format!("by `{}`", tag.property),
                None => "by trying them in order".to_owned(),
            };
            let what = format!(
                "variants are told apart {}, were {}",
                shown(new),
                shown(old)
            );
            self.note(pair, rules::TYPE_KIND, subject.clone(), what, pair.places());
        }
        let by_name = |old: &Variant, new: &Variant| old.name == new.name;
        let by_tag = |old: &Variant, new: &Variant| !old.tag.is_empty() && old.tag == new.tag;
        let pairs = &self.pairs;
        let by_type = |old: &Variant, new: &Variant| {
            old.tag.is_empty() && new.tag.is_empty() && pairs.same(&old.ty, &new.ty)
        };
        let measures: [Same<'_, Variant>; 3] = [&by_name, &by_tag, &by_type];
        let mut matches = matched(&old.variants, &new.variants, &measures);
        for Sides {
            old: before,
            new: after,
        } in matches.clone()
        {
            self.variant(pair, &old.variants[before], &new.variants[after]);
        }
        for (index, variant) in new.variants.iter().enumerate() {
            if !matches.iter().any(|pair| pair.new == index) {
                let what = format!("variant `{}` added", variant.name);
                let places = (Some(&pair.old.origin), Some(&variant.origin));
                self.note(pair, rules::VARIANT_ADDED, subject.clone(), what, places);
            }
        }
        for (index, variant) in old.variants.iter().enumerate() {
            if !matches.iter().any(|pair| pair.old == index) {
                let what = format!("variant `{}` removed", variant.name);
                let places = (Some(&variant.origin), Some(&pair.new.origin));
                self.note(pair, rules::VARIANT_REMOVED, subject.clone(), what, places);
            }
        }
        matches.sort_by_key(|pair| pair.old);
        if new.tag.is_none() && !matches.is_sorted_by_key(|pair| pair.new) {
            let what = "its variants stand in another order";
            self.note(pair, rules::VARIANT_ORDER, subject, what, pair.places());
        }
    }

    fn variant(&mut self, pair: &Pair<'_>, old: &Variant, new: &Variant) {
        let subject = format!("`{}::{}`", pair.new.name, new.name);
        let places = both(&old.origin, &new.origin);
        if old.name != new.name {
            let what = format!("renamed from `{}`", old.name);
            self.note(pair, rules::VARIANT_RENAMED, subject.clone(), what, places);
        }
        if (&old.tag, old.default) != (&new.tag, new.default) {
            let shown = |variant: &Variant| {
                let absent = if variant.default {
                    " or its absence"
                } else {
                    ""
                };
                format!("`{}`{absent}", variant.tag)
            };
            let what = format!("is selected by {}, was by {}", shown(new), shown(old));
            self.note(pair, rules::VARIANT_TAG, subject.clone(), what, places);
        }
        if !self.pairs.same(&old.ty, &new.ty) || old.boxed != new.boxed {
            let mut what = self.was(&old.ty, &new.ty);
            if old.boxed != new.boxed {
                what += if new.boxed {
                    ", boxed now"
                } else {
                    ", boxed no longer"
                };
            }
            self.note(pair, rules::VARIANT_TYPE, subject.clone(), what, places);
        }
        if old.doc != new.doc {
            self.log.wording(subject);
        }
    }
}

/// Whether code is generated for a type.
fn is_generated(ty: &TypeDef) -> bool {
    ty.in_json || ty.in_form
}

fn kind(kind: &TypeKind) -> &'static str {
    match kind {
        TypeKind::Struct(_) => "a struct",
        TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) => "an enum of values",
        TypeKind::Union(_) => "a union",
        TypeKind::ErrorType => "the enum of error types",
    }
}

fn pascal(function: &str) -> String {
    let words = function.split('_').map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    words.collect()
}
