//! `oneOf` and `anyOf` to unions, or to something simpler where all branches are of one kind.

use crate::{
    ir::{Tag, Type, TypeDef, TypeId, TypeKind, Union, Value, Variant, docs::for_rustdoc},
    names::{self, Names},
};

use super::{
    At, Builder,
    limits::{documentation, plain},
    merge::{Alternatives, Merged, Part},
    schemas::Place,
};

/// A branch with everything that holds in it.
struct Branch<'d> {
    parts: Vec<Part<'d>>,
    /// The component's name, where the branch is a reference.
    component: Option<String>,
    title: Option<&'d str>,
    at: At<'d>,
    view: Merged<'d>,
}

/// The values that select each branch, in the order of the branches.
struct Selection {
    property: String,
    values: Vec<Vec<String>>,
    /// The branch taken when the tag is absent.
    default: Option<usize>,
}

impl<'d> Builder<'d> {
    /// The type of `alternatives`, which hold beside everything else that `parts` say; `outer` is what that comes to.
    pub(crate) fn union(
        &mut self,
        place: &Place<'_, 'd>,
        parts: &[Part<'d>],
        alternatives: &Alternatives<'d>,
        outer: &Merged<'d>,
    ) -> Type {
        if let Some(ty) = self.open_enum(place, alternatives, outer) {
            return ty;
        }
        let branches = self.branches(parts, alternatives, outer);
        let ty = self.union_of(place, alternatives, &branches, outer);
        if branches.iter().any(|branch| branch.view.nullable) && !matches!(ty, Type::Nullable(_)) {
            Type::Nullable(Box::new(ty))
        } else {
            ty
        }
    }

    fn union_of(
        &mut self,
        place: &Place<'_, 'd>,
        alternatives: &Alternatives<'d>,
        branches: &[Branch<'d>],
        outer: &Merged<'d>,
    ) -> Type {
        if let Some(selection) = self.selection(alternatives, branches) {
            return self.tagged(place, branches, &selection, outer);
        }
        if let Some(discriminator) = &alternatives.discriminator {
            self.error(
                discriminator,
                "unusable-discriminator",
                "the branches cannot be told apart by this discriminator",
                "each branch must be an object with the named property, a string with a value of its own",
            );
        }
        self.untagged(place, branches, outer)
    }

    fn branches(
        &mut self,
        base: &[Part<'d>],
        alternatives: &Alternatives<'d>,
        outer: &Merged<'d>,
    ) -> Vec<Branch<'d>> {
        // Whatever stands beside the alternatives holds in each of them.
        let base = base.iter().filter(|_| outer.limits_objects());
        let base = base.map(|part| Part {
            at: part.at.clone(),
            without_union: true,
        });
        let base: Vec<Part<'d>> = base.collect();
        let branches = alternatives.branches.iter().map(|at| {
            let mut parts: Vec<Part<'d>> = vec![at.clone().into()];
            parts.extend(base.iter().cloned());
            let target = self.follow(at);
            let component = target
                .as_ref()
                .and_then(|target| self.component_names.get(&target.pointer).cloned());
            let title = at.text("title").or_else(|| {
                target
                    .as_ref()
                    .filter(|_| component.is_none())?
                    .text("title")
            });
            let view = self.merge(&parts);
            Branch {
                parts,
                component,
                title,
                at: target.unwrap_or_else(|| at.clone()),
                view,
            }
        });
        branches.collect()
    }

    /// Known names and any other: `anyOf` of enums and plain strings is one open enum; likewise for integers.
    fn open_enum(
        &mut self,
        place: &Place<'_, 'd>,
        alternatives: &Alternatives<'d>,
        outer: &Merged<'d>,
    ) -> Option<Type> {
        let mut lists = Vec::new();
        let mut kind = None;
        for branch in &alternatives.branches {
            let view = self.merge(&[branch.clone().into()]);
            let this = view.kind.as_ref().map(|(kind, _)| *kind)?;
            if !matches!(this, "string" | "integer")
                || *kind.get_or_insert(this) != this
                || !view.unions.is_empty()
            {
                return None;
            }
            match view.values {
                Some(list) => lists.push((list, view.description)),
                // A form that plain strings do not have keeps its own branch.
                None if matches!(view.format, Some("date-time" | "binary")) => return None,
                None => {}
            }
        }
        if lists.is_empty() {
            return None;
        }
        let doc = match (outer.description, lists.as_slice()) {
            (None, [(_, Some(only))]) => for_rustdoc(only),
            _ => documentation(outer),
        };
        let lists = lists.into_iter().map(|(at, _)| (at.items("enum"), at));
        let kind = if kind == Some("string") {
            let text = |value: &At<'d>| value.node.as_str().map(str::to_owned);
            let values = lists
                .map(|(all, at)| self.values(&at, &all, text))
                .collect();
            TypeKind::StringEnum(join(values))
        } else {
            let values = lists
                .map(|(all, at)| self.values(&at, &all, |value| value.node.as_i64()))
                .collect();
            TypeKind::IntegerEnum(join(values))
        };
        Some(self.named(place, doc, kind))
    }

    /// How the branches are told apart by the value of one property, if they are.
    fn selection(
        &mut self,
        alternatives: &Alternatives<'d>,
        branches: &[Branch<'d>],
    ) -> Option<Selection> {
        if !branches
            .iter()
            .all(|branch| branch.view.is_object() && branch.view.unions.is_empty())
        {
            return None;
        }
        if let Some(discriminator) = &alternatives.discriminator {
            let property = discriminator.text("propertyName")?;
            let mapping = discriminator.get("mapping");
            let values = branches
                .iter()
                .map(|branch| self.mapped(mapping.as_ref(), property, branch))
                .collect();
            return distinct(Selection {
                property: property.to_owned(),
                values,
                default: default_branch(property, branches),
            });
        }
        let (first, rest) = branches.split_first()?;
        let candidates: Vec<&str> = first
            .view
            .properties
            .iter()
            .map(|(name, _)| *name)
            .collect();
        candidates.into_iter().find_map(|property| {
            let absent_in = branches
                .iter()
                .filter(|branch| !branch.view.required.contains(&property))
                .count();
            let mut values = vec![self.constants(first.view.property(property)?)?];
            for branch in rest {
                values.push(self.constants(branch.view.property(property)?)?);
            }
            (absent_in <= 1)
                .then(|| Selection {
                    property: property.to_owned(),
                    values,
                    default: default_branch(property, branches),
                })
                .and_then(distinct)
        })
    }

    /// The tag values of one branch: those that the mapping gives it, else those that its own property allows, else its name.
    fn mapped(
        &mut self,
        mapping: Option<&At<'d>>,
        property: &str,
        branch: &Branch<'d>,
    ) -> Vec<String> {
        let leads_here = |target: &str| mapped_pointer(target) == branch.at.pointer;
        let entries = mapping.map(At::entries).unwrap_or_default();
        let from_mapping: Vec<String> = entries
            .iter()
            .filter(|(_, target)| target.node.as_str().is_some_and(leads_here))
            .map(|(value, _)| (*value).to_owned())
            .collect();
        if !from_mapping.is_empty() {
            return from_mapping;
        }
        let name = branch.at.pointer.rsplit('/').next().unwrap_or_default();
        let name = name.replace("~1", "/").replace("~0", "~");
        let parts = branch.view.property(property).map(<[_]>::to_vec);
        let mut own = parts
            .and_then(|parts| self.constants(&parts))
            .unwrap_or_else(|| vec![name.clone()]);
        // A list of all kinds that they share: each is told by its own name, however that is spelled in the list.
        if own.len() > 1
            && let Some(value) = own
                .iter()
                .find(|value| names::pascal(value) == names::pascal(&name))
                .cloned()
        {
            own = vec![value];
        }
        own
    }

    /// The strings that a property is limited to.
    fn constants(&mut self, parts: &[Part<'d>]) -> Option<Vec<String>> {
        let view = self.merge(parts);
        let values: Option<Vec<String>> = view
            .values?
            .items("enum")
            .iter()
            .map(|value| value.node.as_str().map(str::to_owned))
            .collect();
        values.filter(|values| !values.is_empty())
    }

    fn tagged(
        &mut self,
        place: &Place<'_, 'd>,
        branches: &[Branch<'d>],
        selection: &Selection,
        outer: &Merged<'d>,
    ) -> Type {
        let id = self.reserve(place, documentation(outer));
        let union_name = self.types[id].name.clone();
        let in_struct = branches
            .iter()
            .any(|branch| self.used_directly.contains(&branch.at.pointer));
        let strip = (!in_struct).then_some(selection.property.as_str());
        let names = variant_names(&union_name, branches, |index| {
            names::variant(selection.values[index].first().map_or("", |v| v))
        });
        let mut used = Names::reserving(["Unknown"]);
        let mut variants = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            let hint = format!("{union_name}{}", names[index]);
            let ty = match self.type_of_all(&branch.parts, &hint, strip) {
                Type::Nullable(inner) => *inner,
                ty => ty,
            };
            let tags = &selection.values[index];
            for (position, tag) in tags.iter().enumerate() {
                // One kind under several tags is told by the tag.
                let wanted = if tags.len() == 1 {
                    names[index].clone()
                } else {
                    names::variant(tag)
                };
                variants.push(Variant {
                    name: used.claim(&wanted, "Variant"),
                    doc: doc_of(branch),
                    ty: ty.clone(),
                    tag: tag.clone(),
                    default: selection.default == Some(index) && position == 0,
                    boxed: false,
                });
            }
        }
        let tag = Some(Tag {
            property: selection.property.clone(),
            in_struct,
        });
        self.types[id].kind = TypeKind::Union(Union { tag, variants });
        Type::Named(id)
    }

    fn untagged(
        &mut self,
        place: &Place<'_, 'd>,
        branches: &[Branch<'d>],
        outer: &Merged<'d>,
    ) -> Type {
        // Branches of one type (strings of several formats, say) are that type, and need no union.
        if branches
            .iter()
            .all(|branch| !branch.view.is_object() && branch.view.unions.is_empty())
        {
            let mut plain = branches.iter().map(|branch| scalar(&branch.view));
            if let Some(Some(first)) = plain.next()
                && plain.all(|other| other.as_ref() == Some(&first))
            {
                return self.type_of_all(&branches[0].parts, place.hint, None);
            }
        }
        let id = self.reserve(place, documentation(outer));
        let union_name = self.types[id].name.clone();
        let names = variant_names(&union_name, branches, |index| {
            self.described(branches, index)
        });
        let mut used = Names::reserving(["Unknown"]);
        let mut variants: Vec<Variant> = Vec::new();
        for (branch, wanted) in branches.iter().zip(names) {
            let name = used.claim(&wanted, "Variant");
            let ty = match self.type_of_all(&branch.parts, &format!("{union_name}{name}"), None) {
                Type::Nullable(inner) => *inner,
                ty => ty,
            };
            // A union within would take every value, as it keeps those that it does not know.
            let own = vec![Variant {
                name,
                doc: doc_of(branch),
                ty,
                tag: String::new(),
                default: false,
                boxed: false,
            }];
            let found = self.variants_within(&own[0].ty, id).unwrap_or(own);
            for mut variant in found {
                if !variants.iter().any(|known| known.ty == variant.ty) {
                    if variants.iter().any(|known| known.name == variant.name) {
                        variant.name = used.claim(&variant.name, "Variant");
                    }
                    variants.push(variant);
                }
            }
        }
        self.join_enums(place, &mut variants);
        self.drop_what_enums_hold(&mut variants);
        self.types[id].kind = TypeKind::Union(Union {
            tag: None,
            variants,
        });
        Type::Named(id)
    }

    /// The variants of the union without a tag that `ty` is; `outer` contains it.
    fn variants_within(&self, ty: &Type, outer: TypeId) -> Option<Vec<Variant>> {
        match ty {
            Type::Named(id) if *id != outer => match &self.types[*id].kind {
                TypeKind::Union(Union {
                    tag: None,
                    variants,
                }) => Some(variants.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    /// Several lists of texts, or of integers, are one list.
    fn join_enums(&mut self, place: &Place<'_, 'd>, variants: &mut Vec<Variant>) {
        let (mut strings, mut integers) = (Vec::new(), Vec::new());
        let (mut texts, mut numbers) = (Vec::new(), Vec::new());
        for (index, variant) in variants.iter().enumerate() {
            let Type::Named(id) = variant.ty else {
                continue;
            };
            match &self.types[id].kind {
                TypeKind::StringEnum(values) => {
                    strings.push(index);
                    texts.push(values.clone());
                }
                TypeKind::IntegerEnum(values) => {
                    integers.push(index);
                    numbers.push(values.clone());
                }
                _ => {}
            }
        }
        let kinds = [
            (strings, TypeKind::StringEnum(join(texts))),
            (integers, TypeKind::IntegerEnum(join(numbers))),
        ];
        let mut gone = Vec::new();
        for (indices, kind) in kinds.into_iter().filter(|(indices, _)| indices.len() > 1) {
            let Type::Named(first) = variants[indices[0]].ty else {
                continue;
            };
            if self.component_names.contains_key(&self.origins[first].0) {
                // A component stays what it is.
                let hint = format!("{}Known", place.name.as_deref().unwrap_or(place.hint));
                let name = self.names.claim(&hint, "Known");
                let doc = String::new();
                self.types.push(TypeDef {
                    name,
                    doc,
                    kind,
                    in_json: false,
                    in_form: false,
                });
                self.origins
                    .push((place.at.pointer.clone(), place.at.node.at));
                variants[indices[0]].ty = Type::Named(self.types.len() - 1);
            } else {
                self.types[first].kind = kind;
            }
            gone.extend(indices.into_iter().skip(1));
        }
        let mut index = 0;
        variants.retain(|_| {
            index += 1;
            !gone.contains(&(index - 1))
        });
    }

    /// An enum keeps what it does not know: plain texts and integers beside it are in it already.
    fn drop_what_enums_hold(&self, variants: &mut Vec<Variant>) {
        let is_enum = |variant: &Variant, strings: bool| match variant.ty {
            Type::Named(id) => match self.types[id].kind {
                TypeKind::StringEnum(_) => strings,
                TypeKind::IntegerEnum(_) => !strings,
                _ => false,
            },
            _ => false,
        };
        let strings = variants.iter().any(|variant| is_enum(variant, true));
        let integers = variants.iter().any(|variant| is_enum(variant, false));
        variants.retain(|variant| match variant.ty {
            Type::String => !strings,
            Type::Integer(_) => !integers,
            _ => true,
        });
    }

    /// A name for a branch without one, by what it is: its only value, the properties that no other branch has, its type.
    fn described(&self, branches: &[Branch<'d>], index: usize) -> String {
        let view = &branches[index].view;
        if let Some(list) = &view.values {
            let values = list.items("enum");
            return match values.as_slice() {
                [only] => names::variant(&plain(only.node)),
                _ => "Known".to_owned(),
            };
        }
        if !view.unions.is_empty() {
            return "OneOf".to_owned();
        }
        let elsewhere = |name: &str| {
            let mut others = branches
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != index);
            others.any(|(_, other)| other.view.property(name).is_some())
        };
        let own = view
            .properties
            .iter()
            .map(|(name, _)| *name)
            .filter(|name| !elsewhere(name));
        let (required, optional): (Vec<&str>, Vec<&str>) =
            own.partition(|name| view.required.contains(name));
        let telling = if required.is_empty() {
            optional
        } else {
            required
        };
        let name: String = telling
            .iter()
            .take(2)
            .map(|name| names::pascal(name))
            .collect();
        let kind = view.kind.as_ref().map(|(kind, _)| *kind);
        match (kind, view.format) {
            _ if !name.is_empty() => name,
            _ if !view.properties.is_empty() => "Object".to_owned(),
            _ if view.is_object() => "Map".to_owned(),
            (Some("string"), Some("date-time")) => "Timestamp".to_owned(),
            (Some("string"), Some("binary")) => "File".to_owned(),
            (Some("string"), _) => "Text".to_owned(),
            (Some("boolean"), _) => "Bool".to_owned(),
            (Some("integer"), _) => "Integer".to_owned(),
            (Some("number"), _) => "Number".to_owned(),
            (Some("array"), _) => "List".to_owned(),
            _ => "Any".to_owned(),
        }
    }
}

/// Where a value of a discriminator's `mapping` leads: it is a pointer, or a component's name.
pub(crate) fn mapped_pointer(target: &str) -> String {
    if target.contains('#') {
        target.to_owned()
    } else {
        format!("#/components/schemas/{target}")
    }
}

/// The values of several lists, each once.
fn join<T: PartialEq>(lists: Vec<Vec<Value<T>>>) -> Vec<Value<T>> {
    let mut joined: Vec<Value<T>> = Vec::new();
    for value in lists.into_iter().flatten() {
        if !joined.iter().any(|known| known.wire == value.wire) {
            joined.push(value);
        }
    }
    rename_twins(&mut joined);
    joined
}

/// Two lists of values may have given one name to two values.
fn rename_twins<T>(values: &mut [Value<T>]) {
    let mut used = Names::reserving(["Unknown"]);
    for value in values {
        value.variant = used.claim(&value.variant, "Value");
    }
}

/// A tag selects only if no value selects two branches.
fn distinct(selection: Selection) -> Option<Selection> {
    let mut all: Vec<&String> = selection.values.iter().flatten().collect();
    let count = all.len();
    all.sort();
    all.dedup();
    (all.len() == count).then_some(selection)
}

fn default_branch(property: &str, branches: &[Branch<'_>]) -> Option<usize> {
    let mut optional = branches
        .iter()
        .enumerate()
        .filter(|(_, branch)| !branch.view.required.contains(&property));
    match (optional.next(), optional.next()) {
        (Some((index, _)), None) => Some(index),
        _ => None,
    }
}

/// Titles first; then the components' names without the words that they share with each other or with the union; then
/// what the caller suggests.
fn variant_names(
    union_name: &str,
    branches: &[Branch<'_>],
    suggest: impl Fn(usize) -> String,
) -> Vec<String> {
    let mut named: Vec<String> = branches
        .iter()
        .filter_map(|branch| branch.component.clone())
        .collect();
    if named.len() == 1 {
        // One component among inline branches: its name is compared with the union's.
        named.push(union_name.to_owned());
    }
    let mut short = names::without_common_words(&named).into_iter();
    let names = branches.iter().enumerate().map(|(index, branch)| {
        let from_component = branch.component.as_ref().and_then(|_| short.next());
        let title = branch
            .title
            .map(names::pascal)
            .filter(|title| !title.is_empty());
        title.or(from_component).unwrap_or_else(|| suggest(index))
    });
    names.collect()
}

fn doc_of(branch: &Branch<'_>) -> String {
    for_rustdoc(branch.view.description.unwrap_or_default())
}

/// The type of a branch that needs no name.
fn scalar(view: &Merged<'_>) -> Option<(String, bool)> {
    let kind = view.kind.as_ref().map(|(kind, _)| *kind)?;
    let special = matches!(view.format, Some("date-time" | "binary"));
    (matches!(kind, "string" | "boolean" | "number") && view.values.is_none()).then(|| {
        (
            format!(
                "{kind}{}",
                if special {
                    view.format.unwrap_or_default()
                } else {
                    ""
                }
            ),
            view.nullable,
        )
    })
}
