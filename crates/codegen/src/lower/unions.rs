//! Lowers `oneOf` and `anyOf` to unions, or to a simpler type if all branches are of one kind.

use std::collections::HashSet;

use postpress_openapi::{Cursor, codes};

use crate::{
    check::composition::{Alternatives, Composition, Part},
    ir::{EnumValue, Tag, Type, TypeId, TypeKind, Union, Variant, docs::for_rustdoc},
    names::{self, Names},
};

use super::{
    Lowering, Reported,
    limits::documentation,
    schemas::{Site, integer_values, string_values},
};

/// A branch with everything that holds in it.
struct Branch<'d> {
    /// The branch, its reference followed.
    at: Cursor<'d>,
    parts: Vec<Part<'d>>,
    whole: Composition<'d>,
    /// The component's name, where the branch is a reference.
    component: Option<String>,
    title: Option<&'d str>,
}

/// The values that select each branch, in the order of the branches.
struct Selection<'d> {
    property: &'d str,
    values: Vec<Vec<String>>,
    /// The branch taken when the tag is absent.
    default: Option<usize>,
}

impl<'d> Lowering<'d, '_> {
    /// The type of `alternatives`, which hold beside everything else that `parts` say; `outer` is what that comes to.
    pub(super) fn union(
        &mut self,
        site: &Site<'_, 'd>,
        parts: &[Part<'d>],
        alternatives: &Alternatives<'d>,
        outer: &Composition<'d>,
    ) -> Result<Type, Reported> {
        if let Some((kind, description)) = self.open_enum(alternatives) {
            let doc = match (outer.text("description"), description) {
                (None, Some(only)) => for_rustdoc(only),
                _ => documentation(outer),
            };
            return Ok(Type::Named(self.named(site, doc, kind)));
        }
        let branches = self.branches(parts, alternatives, outer)?;
        let ty = match self.selection(alternatives, &branches)? {
            Some(selection) => self.tagged(site, &branches, &selection, outer),
            None => self.untagged(site, &branches, outer),
        };
        let is_nullable = branches.iter().any(|branch| branch.whole.nullable);
        Ok(ty.or_null(is_nullable))
    }

    fn branches(
        &self,
        base: &[Part<'d>],
        alternatives: &Alternatives<'d>,
        outer: &Composition<'d>,
    ) -> Result<Vec<Branch<'d>>, Reported> {
        // Whatever stands beside the alternatives holds in each of them.
        let base = base.iter().map(|part| Part {
            at: part.at.clone(),
            without_union: true,
        });
        let is_scalar = outer
            .kind()
            .is_some_and(|kind| !matches!(kind, "object" | "array"));
        let branches = alternatives.branches.iter().map(|at| {
            let own = self.compose([at.clone()]);
            let is_open = own.kind().is_none() && own.unions.is_empty() && own.values().is_none();
            let adds = outer.limits_objects() || (is_scalar && is_open && !own.is_object());
            let own = std::iter::once(Part::from(at.clone()));
            let base = base.clone().filter(|_| adds);
            self.branch(at, own.chain(base).collect())
        });
        branches.collect()
    }

    fn branch(&self, at: &Cursor<'d>, parts: Vec<Part<'d>>) -> Result<Branch<'d>, Reported> {
        let target = self.resolve(at)?;
        let whole = self.compose_accepted(parts.iter().cloned())?;
        let component = self.component_names.get(&target.node.id()).cloned();
        let own = || target.text("title").filter(|_| component.is_none());
        Ok(Branch {
            title: at.text("title").or_else(own),
            at: target,
            parts,
            whole,
            component,
        })
    }

    /// The open enum that `anyOf` of enums and plain strings makes, which stands for known values and any other; likewise
    /// for integers. With the description of the list, if there is a single one.
    fn open_enum(&self, alternatives: &Alternatives<'d>) -> Option<(TypeKind, Option<&'d str>)> {
        let mut lists = Vec::new();
        let mut kind = None;
        for branch in &alternatives.branches {
            let whole = self.compose_accepted([branch.clone()]).ok()?;
            let own = match whole.kind()? {
                // An enum of integers keeps fractions, too.
                "number" if whole.values().is_none() => "integer",
                own => own,
            };
            if !matches!(own, "string" | "integer")
                || *kind.get_or_insert(own) != own
                || !whole.unions.is_empty()
            {
                return None;
            }
            match whole.values() {
                Some(list) => lists.push((list.clone(), whole.text("description"))),
                // A form that plain strings do not have keeps its own branch.
                None if matches!(whole.text("format"), Some("date-time" | "binary")) => {
                    return None;
                }
                None => {}
            }
        }
        let description = match lists.as_slice() {
            [] => return None,
            [(_, description)] => *description,
            _ => None,
        };
        let lists = lists.iter().map(|(list, _)| list);
        let kind = if kind == Some("string") {
            TypeKind::StringEnum(join(lists.flat_map(string_values)))
        } else {
            TypeKind::IntegerEnum(join(lists.flat_map(integer_values)))
        };
        Some((kind, description))
    }

    /// How the branches are told apart by the value of one property, if they are. A discriminator has to do that.
    fn selection(
        &mut self,
        alternatives: &Alternatives<'d>,
        branches: &[Branch<'d>],
    ) -> Result<Option<Selection<'d>>, Reported> {
        let mut wholes = branches.iter().map(|branch| &branch.whole);
        let are_objects = wholes.all(|whole| whole.is_object() && whole.unions.is_empty());
        if let Some(discriminator) = &alternatives.discriminator {
            self.accept(discriminator)?;
            let property = discriminator.text("propertyName").unwrap_or_default();
            let values = branches
                .iter()
                .map(|branch| self.mapped(discriminator, property, branch));
            let values = values.collect::<Result<_, _>>()?;
            let selection = distinct(property, values, branches).filter(|_| are_objects);
            if selection.is_some() {
                return Ok(selection);
            }
            let message = "the branches cannot be told apart by this discriminator; it is as if there were none";
            let help = "each branch must be an object with the named property, a string with a value of its own";
            self.diagnostics
                .report(codes::UNUSABLE_DISCRIMINATOR, discriminator, message, help);
        }
        let Some(first) = branches.first().filter(|_| are_objects) else {
            return Ok(None);
        };
        for (property, _) in first.whole.properties() {
            let values = branches
                .iter()
                .map(|branch| self.constants(branch, property));
            let values: Option<Vec<_>> = values.collect::<Result<_, _>>()?;
            let optional = branches.iter().filter(|branch| !branch.requires(property));
            if let Some(values) = values.filter(|_| optional.count() <= 1)
                && let Some(selection) = distinct(property, values, branches)
            {
                return Ok(Some(selection));
            }
        }
        Ok(None)
    }

    /// The tag values of one branch: those that the mapping gives it, else those that its own property allows, else its name.
    fn mapped(
        &self,
        discriminator: &Cursor<'d>,
        property: &str,
        branch: &Branch<'d>,
    ) -> Result<Vec<String>, Reported> {
        let leads_here = |target: &Cursor<'d>| {
            let target = target
                .node
                .as_str()
                .and_then(|text| self.index.mapped(text));
            let target = target.and_then(|target| self.index.resolve(&target));
            target.is_some_and(|target| target.is(&branch.at))
        };
        let entries = discriminator.map("mapping");
        let from_mapping: Vec<String> = entries
            .filter(|(_, target)| leads_here(target))
            .map(|(value, _)| value.to_owned())
            .collect();
        if !from_mapping.is_empty() {
            return Ok(from_mapping);
        }
        let name = branch.at.pointer.last_key();
        let own = self
            .constants(branch, property)?
            .unwrap_or_else(|| vec![name.clone()]);
        // The branches may share a list of all values. Each is then selected by its own name, however the list spells it.
        let wanted = names::pascal(&name);
        let named = own
            .iter()
            .find(|value| names::pascal(value) == wanted)
            .cloned();
        Ok(named.map_or(own, |value| vec![value]))
    }

    /// The strings that a property of a branch is limited to.
    fn constants(
        &self,
        branch: &Branch<'d>,
        property: &str,
    ) -> Result<Option<Vec<String>>, Reported> {
        let whole = self.compose_accepted(branch.whole.property(property))?;
        let values = whole
            .values()
            .map_or(&[][..], |list| list.node.list("enum"));
        let strings = values.iter().map(|value| value.as_str().map(str::to_owned));
        let strings: Option<Vec<String>> = strings.collect();
        Ok(strings.filter(|strings| !strings.is_empty()))
    }

    fn tagged(
        &mut self,
        site: &Site<'_, 'd>,
        branches: &[Branch<'d>],
        selection: &Selection<'d>,
        outer: &Composition<'d>,
    ) -> Type {
        let id = self.reserve(site, documentation(outer));
        let union_name = self.types[id].name.clone();
        let mut targets = branches.iter().map(|branch| branch.at.node.id());
        let in_struct = targets.any(|target| self.used_directly.contains(&target));
        let strip = (!in_struct).then_some(selection.property);
        let names = variant_names(&union_name, branches, |index| {
            names::variant(selection.values[index].first().map_or("", |value| value))
        });
        let mut used = Names::reserving(["Unknown"]);
        let mut variants = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            let ty = self.variant_type(branch, &format!("{union_name}{}", names[index]), strip);
            let tags = &selection.values[index];
            for (position, tag) in tags.iter().enumerate() {
                // One branch with several tags makes a variant for each.
                let wanted = match tags.len() {
                    1 => names[index].clone(),
                    _ => names::variant(tag),
                };
                let name = used.claim(&wanted, "Variant");
                variants.push(Variant {
                    tag: tag.clone(),
                    default: selection.default == Some(index) && position == 0,
                    ..Variant::new(name, branch.doc(), ty.clone(), (&branch.at).into())
                });
            }
        }
        let tag = Some(Tag {
            property: selection.property.to_owned(),
            in_struct,
        });
        self.types[id].kind = TypeKind::Union(Union {
            tag,
            variants,
            overlaps: false,
        });
        Type::Named(id)
    }

    fn variant_type(&mut self, branch: &Branch<'d>, hint: &str, strip: Option<&'d str>) -> Type {
        let (ty, _) = self.type_of_all(&branch.parts, hint, strip).without_null();
        ty
    }

    fn untagged(
        &mut self,
        site: &Site<'_, 'd>,
        branches: &[Branch<'d>],
        outer: &Composition<'d>,
    ) -> Type {
        // Branches of one type (strings of several formats, say) are that type, and need no union.
        let mut wholes = branches.iter().map(|branch| &branch.whole);
        if wholes.all(|whole| !whole.is_object() && whole.unions.is_empty()) {
            let mut plain = branches.iter().map(|branch| scalar(&branch.whole));
            if let Some(Some(first)) = plain.next()
                && plain.all(|other| other.as_ref() == Some(&first))
            {
                return self.type_of_all(&branches[0].parts, site.hint, None);
            }
        }
        let id = self.reserve(site, documentation(outer));
        let union_name = self.types[id].name.clone();
        let names = variant_names(&union_name, branches, |index| described(branches, index));
        let mut used = Names::reserving(["Unknown"]);
        let mut variants: Vec<Variant> = Vec::new();
        for (branch, wanted) in branches.iter().zip(names) {
            let name = used.claim(&wanted, "Variant");
            let ty = self.variant_type(branch, &format!("{union_name}{name}"), None);
            let own = Variant::new(name, branch.doc(), ty, (&branch.at).into());
            // A union within this one would take every value, as it keeps those that it does not know.
            let found = self
                .variants_within(&own.ty, id)
                .unwrap_or_else(|| vec![own]);
            for mut variant in found {
                if !variants.iter().any(|known| known.ty == variant.ty) {
                    if variants.iter().any(|known| known.name == variant.name) {
                        variant.name = used.claim(&variant.name, "Variant");
                    }
                    variants.push(variant);
                }
            }
        }
        self.join_enums(site, &mut variants);
        self.drop_what_enums_hold(&mut variants);
        self.types[id].kind = TypeKind::Union(Union {
            tag: None,
            variants,
            overlaps: false,
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
                    ..
                }) => Some(variants.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    /// The content of the type that a variant has, where that has a name.
    fn kind_of(&self, variant: &Variant) -> Option<&TypeKind> {
        match variant.ty {
            Type::Named(id) => Some(&self.types[id].kind),
            _ => None,
        }
    }

    /// Several lists of texts, or of integers, are one list.
    fn join_enums(&mut self, site: &Site<'_, 'd>, variants: &mut Vec<Variant>) {
        let (mut strings, mut integers) = (Vec::new(), Vec::new());
        let (mut texts, mut numbers) = (Vec::new(), Vec::new());
        for (index, variant) in variants.iter().enumerate() {
            match self.kind_of(variant) {
                Some(TypeKind::StringEnum(values)) => {
                    strings.push(index);
                    texts.extend(values.iter().cloned());
                }
                Some(TypeKind::IntegerEnum(values)) => {
                    integers.push(index);
                    numbers.extend(values.iter().cloned());
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
            if self
                .component_names
                .contains_key(&self.origins[first].node.id())
            {
                // A component stays what it is.
                let name = self.names.claim(&format!("{}Known", site.stem()), "Known");
                let joined = self.add_type(name, String::new(), kind, &site.at);
                variants[indices[0]].ty = Type::Named(joined);
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

    /// An enum keeps what it does not know: plain texts and numbers beside it are in it already.
    fn drop_what_enums_hold(&self, variants: &mut Vec<Variant>) {
        let kinds = || variants.iter().filter_map(|variant| self.kind_of(variant));
        let strings = kinds().any(|kind| matches!(kind, TypeKind::StringEnum(_)));
        let integers = kinds().any(|kind| matches!(kind, TypeKind::IntegerEnum(_)));
        variants.retain(|variant| match variant.ty {
            Type::String => !strings,
            Type::Integer(_) | Type::Float(_) => !integers,
            _ => true,
        });
    }
}

impl Branch<'_> {
    fn doc(&self) -> String {
        for_rustdoc(self.whole.text("description").unwrap_or_default())
    }

    fn requires(&self, property: &str) -> bool {
        self.whole.required().contains(&property)
    }
}

/// A name for a branch without one, by what it is: its only value, the properties that no other branch has, its type.
fn described(branches: &[Branch<'_>], index: usize) -> String {
    let whole = &branches[index].whole;
    if let Some(list) = whole.values() {
        return match list.node.list("enum") {
            [only] => names::variant(&only.to_string()),
            _ => "Known".to_owned(),
        };
    }
    if !whole.unions.is_empty() {
        return "OneOf".to_owned();
    }
    let properties = whole.properties();
    let has_properties = !properties.is_empty();
    let is_own = |name: &&str| {
        let mut others = branches
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index);
        !others.any(|(_, other)| other.whole.has_property(name))
    };
    let own = properties.into_iter().map(|(name, _)| name).filter(is_own);
    let (required, optional): (Vec<&str>, Vec<&str>) =
        own.partition(|name| branches[index].requires(name));
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
    let plain = match (whole.kind(), whole.text("format")) {
        _ if !name.is_empty() => return name,
        _ if has_properties => "Object",
        _ if whole.is_object() => "Map",
        (Some("string"), Some("date-time")) => "Timestamp",
        (Some("string"), Some("binary")) => "File",
        (Some("string"), _) => "Text",
        (Some("boolean"), _) => "Bool",
        (Some("integer"), _) => "Integer",
        (Some("number"), _) => "Number",
        (Some("array"), _) => "List",
        _ => "Any",
    };
    plain.to_owned()
}

/// Joins lists of values, each value once. Two lists may have given one name to two values.
fn join<T: PartialEq>(values: impl IntoIterator<Item = EnumValue<T>>) -> Vec<EnumValue<T>> {
    let mut used = Names::reserving(["Unknown"]);
    let mut joined: Vec<EnumValue<T>> = Vec::new();
    for mut value in values {
        if !joined.iter().any(|known| known.wire == value.wire) {
            value.variant = used.claim(&value.variant, "Value");
            joined.push(value);
        }
    }
    joined
}

/// A tag selects only if no value selects two branches.
fn distinct<'d>(
    property: &'d str,
    values: Vec<Vec<String>>,
    branches: &[Branch<'_>],
) -> Option<Selection<'d>> {
    let mut seen = HashSet::new();
    let is_distinct = values.iter().flatten().all(|value| seen.insert(value));
    let mut optional = (0..branches.len()).filter(|index| !branches[*index].requires(property));
    let default = optional.next().filter(|_| optional.next().is_none());
    is_distinct.then_some(Selection {
        property,
        values,
        default,
    })
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
        let title = branch.title.map(names::pascal);
        let title = title.filter(|title| !title.is_empty());
        title.or(from_component).unwrap_or_else(|| suggest(index))
    });
    names.collect()
}

/// What identifies the type of a branch that needs no name.
fn scalar<'d>(whole: &Composition<'d>) -> Option<(&'d str, Option<&'d str>, bool)> {
    let kind = whole.kind()?;
    let format = whole.text("format");
    let special = format.filter(|format| matches!(*format, "date-time" | "binary"));
    (matches!(kind, "string" | "boolean" | "number") && whole.values().is_none()).then_some((
        kind,
        special,
        whole.nullable,
    ))
}
