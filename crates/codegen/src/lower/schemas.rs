//! Lowers schemas to types.

use std::{collections::HashSet, hash::Hash};

use postpress_openapi::{Cursor, Node, NodeId, Pointer, codes};

use crate::{
    check::composition::{Composition, Part, Reach, is_null},
    ir::{EnumValue, Field, Only, Struct, Type, TypeId, TypeKind, Writer, docs::for_rustdoc},
    names::{self, Names},
};

use super::{Lowering, Reported, limits::documentation};

/// Schemas nested or chained deeper than this are refused rather than followed.
const DEEPEST: usize = 400;

/// Identifies a type: the schemas that hold together in it, and the property that is left out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key<'d> {
    parts: Vec<(NodeId, bool)>,
    strip: Option<&'d str>,
}

/// How far the lowering of a schema has come.
#[derive(Clone, Debug)]
pub(super) enum Known {
    /// With whether it is a JSON value only because it cannot be typed.
    Done(Type, bool),
    /// Named before its content is known, so that it can refer to itself.
    Named(TypeId),
    /// Has no name to refer to, such as an array of itself.
    Building,
}

/// A type that is being made: where it stands and what it will be called.
pub(super) struct Site<'k, 'd> {
    /// `None` if it is made of no schema of its own.
    pub(super) key: Option<&'k Key<'d>>,
    /// Its own name, where it is a component.
    pub(super) name: Option<String>,
    pub(super) hint: &'k str,
    pub(super) at: Cursor<'d>,
}

impl<'d> Site<'_, 'd> {
    /// The name that the types within are called after.
    pub(super) fn stem(&self) -> &str {
        self.name.as_deref().unwrap_or(self.hint)
    }

    /// Whether this is the schema as it stands, alone and with everything that it says.
    pub(super) fn is_whole(&self) -> bool {
        self.key
            .is_some_and(|key| matches!(key.parts.as_slice(), [(_, false)]) && key.strip.is_none())
    }
}

impl<'d> Lowering<'d, '_> {
    /// Everything that the schemas say together of the shape of a value.
    pub(super) fn compose<P: Into<Part<'d>>>(
        &self,
        parts: impl IntoIterator<Item = P>,
    ) -> Composition<'d> {
        Composition::of(&self.index, parts, Reach::Shape)
    }

    /// The same, unless an error was reported in one of them.
    pub(super) fn compose_accepted<P: Into<Part<'d>>>(
        &self,
        parts: impl IntoIterator<Item = P>,
    ) -> Result<Composition<'d>, Reported> {
        let whole = self.compose(parts);
        (whole.is_accepted && whole.is_complete)
            .then_some(whole)
            .ok_or(Reported(()))
    }

    /// The type of a schema. `hint` names it if it needs a name and has none of its own.
    ///
    /// What cannot be typed is a JSON value, which loses nothing; what is wrong with it has been reported.
    pub(super) fn type_of(&mut self, at: &Cursor<'d>, hint: &str) -> Type {
        self.type_of_all(&[at.clone().into()], hint, None)
    }

    /// The type of what matches all of `parts`, without the property `strip`.
    pub(super) fn type_of_all(
        &mut self,
        parts: &[Part<'d>],
        hint: &str,
        strip: Option<&'d str>,
    ) -> Type {
        let outer = std::mem::take(&mut self.untyped);
        let (ty, untyped) = match self.try_type_of_all(parts, hint, strip) {
            Ok((ty, untyped)) => (ty, untyped),
            Err(_) => (Type::Any, true),
        };
        self.untyped = outer | untyped;
        ty
    }

    fn try_type_of_all(
        &mut self,
        parts: &[Part<'d>],
        hint: &str,
        strip: Option<&'d str>,
    ) -> Result<(Type, bool), Reported> {
        let mut key = Key {
            parts: Vec::new(),
            strip,
        };
        let mut targets: Vec<Part<'d>> = Vec::new();
        for part in parts {
            let without_union = part.without_union;
            let at = self.resolve(&part.at)?;
            // A base that comes by two ways is one. (It could hold itself, and come by more ways each time.)
            if !key.parts.contains(&(at.node.id(), without_union)) {
                key.parts.push((at.node.id(), without_union));
                targets.push(Part { at, without_union });
            }
        }
        let Some(Part { at: first, .. }) = targets.first() else {
            return Ok((Type::Any, false));
        };
        let same = match targets.as_slice() {
            [only] if strip.is_none() => self.like(only),
            _ => None,
        };
        if let Some(earlier) = same.as_ref().and_then(|same| self.alike.get(same)) {
            key = earlier.clone();
        }
        match self.known.get(&key) {
            Some(Known::Done(ty, untyped)) => return Ok((ty.clone(), *untyped)),
            Some(Known::Named(id)) => return Ok((Type::Named(*id), false)),
            Some(Known::Building) => {
                let message =
                    "this schema contains itself without an object between; it is a JSON value";
                let help = "make it an object with the recursive part as a property";
                return Err(self.refuse(codes::UNNAMED_RECURSION, first, message, help));
            }
            None => {}
        }
        if self.depth >= DEEPEST {
            let message =
                format!("schemas are nested more than {DEEPEST} deep here; this is a JSON value");
            return Err(self.refuse(codes::DEEP_SCHEMA, first, message, "flatten them"));
        }
        let name = self.component_names.get(&first.node.id());
        let name = name.filter(|_| targets.len() == 1).cloned();
        // What stands elsewhere is not called after who uses it first.
        let elsewhere = match (&name, targets.as_slice()) {
            (None, [only]) => self.name_elsewhere(&only.at),
            _ => None,
        };
        let site = Site {
            key: Some(&key),
            name,
            hint: elsewhere.as_deref().unwrap_or(hint),
            at: first.clone(),
        };
        self.depth += 1;
        self.known.insert(key.clone(), Known::Building);
        let outer = std::mem::replace(&mut self.place, first.pointer.clone());
        let findings = self.diagnostics.iter().len();
        let ty = self.build(&site, &targets);
        if findings == self.diagnostics.iter().len() {
            self.alike.extend(same.map(|same| (same, key.clone())));
        }
        self.place = outer;
        self.depth -= 1;
        let untyped = ty.is_err() || (self.untyped && ty.as_ref().is_ok_and(is_json_values));
        let ty = ty.unwrap_or(Type::Any);
        self.known.insert(key, Known::Done(ty.clone(), untyped));
        Ok((ty, untyped))
    }

    /// What inline objects and enums have in common that are one type: the schema that they are in, and all that they say, with a title
    /// or in properties of one name. Those that only look alike stay apart.
    fn like(&self, part: &Part<'d>) -> Option<(Pointer, String)> {
        let at = &part.at;
        let is_inline = !self.component_names.contains_key(&at.node.id());
        let is_typed = at.node.get("properties").or(at.node.get("enum")).is_some();
        if !is_inline || !is_typed || part.without_union {
            return None;
        }
        let list_of = |it: &Pointer| it.parent().map(|list| list.last_key());
        let is_property = list_of(&at.pointer).as_deref() == Some("properties");
        let name = match at.text("title") {
            Some(_) => String::new(),
            None => is_property.then(|| at.pointer.last_key())?,
        };
        let whole = at
            .pointer
            .ancestors()
            .filter(|it| it.last_key() == "schema" || list_of(it).as_deref() == Some("schemas"));
        let text = serde_json::to_string(at.node).ok()?;
        Some((whole.last()?, name + &text))
    }

    fn build(&mut self, site: &Site<'_, 'd>, parts: &[Part<'d>]) -> Result<Type, Reported> {
        let whole = self.compose_accepted(parts.iter().cloned())?;
        self.agree_on_type(&whole)?;
        let ty = self.shape_of(site, parts, &whole)?;
        Ok(ty.or_null(whole.nullable))
    }

    fn agree_on_type(&mut self, whole: &Composition<'d>) -> Result<(), Reported> {
        let Some(known) = whole.kind() else {
            return Ok(());
        };
        let is_number = |kind: &str| matches!(kind, "integer" | "number");
        let agrees = |kind: &str| kind == known || (is_number(kind) && is_number(known));
        let Some((at, kind)) = whole.typed().find(|(_, kind)| !agrees(kind)) else {
            return Ok(());
        };
        let message = format!(
            "`type: {kind}` contradicts `type: {known}`, which holds here as well; this is a JSON value"
        );
        let help = "no value can be both; give the composed schemas one type";
        Err(self.refuse(codes::CONTRADICTORY_TYPES, at, message, help))
    }

    fn shape_of(
        &mut self,
        site: &Site<'_, 'd>,
        parts: &[Part<'d>],
        whole: &Composition<'d>,
    ) -> Result<Type, Reported> {
        if let Some(alternatives) = self.inherited(site) {
            return self.union(site, &[], &alternatives, whole);
        }
        // A wrapper that only adds a description or "or null" to a component is that component.
        if let Some(target) = self
            .wrapped(site)
            .filter(|target| !self.is_heir(&site.at, target))
        {
            return Ok(self.type_of_all(&[target.into()], site.hint, self.stripped(site)));
        }
        match whole.unions.as_slice() {
            [] => {}
            [alternatives] => return self.union(site, parts, alternatives, whole),
            _ => {
                let message =
                    "more than one `oneOf`/`anyOf` must hold here at once; this is a JSON value";
                let help = "join them into one list of alternatives";
                return Err(self.refuse(codes::SEVERAL_ALTERNATIVES, &site.at, message, help));
            }
        }
        if let Some(listing) = whole
            .values()
            .filter(|listing| !listing.node.list("enum").is_empty())
        {
            return self.enumeration(site, listing, whole);
        }
        if whole.is_object() {
            return Ok(self.object(site, whole));
        }
        let format = whole.text("format");
        Ok(match whole.kind() {
            Some("array") => self.array(site, whole),
            Some("string") => match format {
                Some("date-time") => Type::Timestamp,
                Some("binary") => Type::File,
                _ => Type::String,
            },
            Some("boolean") => Type::Bool,
            Some("integer") => Type::Integer(integer(whole)),
            Some("number") if format == Some("float") => Type::Float("f32"),
            Some("number") => Type::Float("f64"),
            None if whole.get("items").is_some() => self.array(site, whole),
            _ => Type::Any,
        })
    }

    fn stripped(&self, site: &Site<'_, 'd>) -> Option<&'d str> {
        site.key.and_then(|key| key.strip)
    }

    /// The one component that `site` stands for, where it adds nothing to the shape: `allOf` of one reference, or
    /// `oneOf` of one and null.
    fn wrapped(&self, site: &Site<'_, 'd>) -> Option<Cursor<'d>> {
        const ADDS_NOTHING: [&str; 12] = [
            "allOf",
            "oneOf",
            "anyOf",
            "nullable",
            "description",
            "title",
            "default",
            "example",
            "deprecated",
            "readOnly",
            "writeOnly",
            "externalDocs",
        ];
        // Several schemas that hold together are more than the component alone.
        let is_alone = site.key.is_some_and(|key| key.parts.len() == 1);
        let mut keys = site
            .at
            .node
            .entries()
            .iter()
            .map(|entry| entry.key.as_str());
        let adds_nothing = keys.all(|key| ADDS_NOTHING.contains(&key) || key.starts_with("x-"));
        if !is_alone || !adds_nothing {
            return None;
        }
        let lists = ["allOf", "oneOf", "anyOf"]
            .into_iter()
            .flat_map(|key| site.at.list(key));
        let mut members = lists.filter(|member| !is_null(&self.index, member));
        let only = members.next().filter(|_| members.next().is_none())?;
        only.node.reference().is_some().then_some(only)
    }

    fn array(&mut self, site: &Site<'_, 'd>, whole: &Composition<'d>) -> Type {
        let items = match whole.get("items") {
            Some(items) => self.type_of(&items, &format!("{}Item", site.stem())),
            None => Type::Any,
        };
        Type::Array(Box::new(items))
    }

    fn object(&mut self, site: &Site<'_, 'd>, whole: &Composition<'d>) -> Type {
        let strip = self.stripped(site);
        let properties = whole.properties();
        let additional = whole.additional();
        if properties.is_empty() && strip.is_none() && !whole.is_closed() {
            let values = match additional {
                Some(values) => self.type_of(&values, &format!("{}Value", site.stem())),
                None => Type::Any,
            };
            return Type::Map(Box::new(values));
        }
        let id = self.reserve(site, documentation(whole));
        let name = self.types[id].name.clone();
        let required = whole.required();
        let mut used = Names::default();
        let mut fields = Vec::new();
        for (property, schemas) in properties {
            if strip != Some(property) {
                let mut field = self.field(site, &name, property, &schemas, &mut used);
                field.required = required.contains(&property);
                if std::mem::take(&mut self.untyped) {
                    self.untyped_fields.insert((id, property.to_owned()));
                }
                fields.push(field);
            }
        }
        let extra = additional.map(|values| self.type_of(&values, &format!("{name}Value")));
        self.types[id].kind = TypeKind::Struct(Struct {
            fields,
            extra,
            closed: whole.is_closed(),
        });
        Type::Named(id)
    }

    /// A field that is not yet known to be required.
    fn field(
        &mut self,
        site: &Site<'_, 'd>,
        owner: &str,
        property: &str,
        schemas: &[Cursor<'d>],
        used: &mut Names,
    ) -> Field {
        let rust = used.claim(&names::snake(property), "field");
        let ty = match self.error_type_at(&site.at, property) {
            Some(ty) => ty,
            None => {
                let parts: Vec<Part<'d>> = schemas.iter().cloned().map(Part::from).collect();
                self.type_of_all(&parts, &format!("{owner}{}", names::pascal(property)), None)
            }
        };
        let whole = self.compose(schemas.iter().cloned());
        let (ty, nullable) = ty.without_null();
        let writer = match (whole.says("readOnly"), whole.says("writeOnly")) {
            (true, false) => Some(Writer::Service),
            (false, true) => Some(Writer::Client),
            _ => None,
        };
        Field {
            origin: schemas.first().unwrap_or(&site.at).into(),
            limits: self.limits(&whole),
            name: property.to_owned(),
            rust,
            doc: documentation(&whole),
            ty,
            required: false,
            nullable: nullable || whole.nullable,
            writer,
            only: only(&whole),
        }
    }

    fn enumeration(
        &mut self,
        site: &Site<'_, 'd>,
        listing: &Cursor<'d>,
        whole: &Composition<'d>,
    ) -> Result<Type, Reported> {
        let values = listing.node.list("enum").iter();
        let (nulls, values): (Vec<_>, Vec<_>) = values.partition(|value| value.is_null());
        let all = |is: fn(&Node) -> bool| values.iter().all(|value| is(value));
        let ty = if values.is_empty() {
            Type::Any
        } else if all(|value| value.as_str().is_some()) {
            let kind = TypeKind::StringEnum(string_values(listing));
            Type::Named(self.named(site, documentation(whole), kind))
        } else if all(|value| value.as_i64().is_some()) {
            let kind = TypeKind::IntegerEnum(integer_values(listing));
            Type::Named(self.named(site, documentation(whole), kind))
        } else if all(|value| value.as_bool().is_some()) {
            Type::Bool
        } else if all(|value| value.as_f64().is_some()) {
            Type::Float("f64")
        } else {
            return Err(self.refuse(
                codes::MIXED_ENUM,
                listing,
                "the values of this enum are neither all strings, all integers, all numbers nor all booleans; this is a JSON value",
                "split it into a `oneOf` with one enum for each kind of value",
            ));
        };
        Ok(ty.or_null(!nulls.is_empty()))
    }

    /// Adds a type whose content is known at once.
    pub(super) fn named(&mut self, site: &Site<'_, 'd>, doc: String, kind: TypeKind) -> TypeId {
        let id = self.reserve(site, doc);
        self.types[id].kind = kind;
        id
    }

    /// Adds a type whose content comes later, so that it can refer to itself meanwhile.
    pub(super) fn reserve(&mut self, site: &Site<'_, 'd>, doc: String) -> TypeId {
        let name = match &site.name {
            // A second form of the same component (without its tag, say) gives way to the first.
            Some(name) if !self.types.iter().any(|ty| ty.name == *name) => name.clone(),
            Some(name) => self.names.claim(name, "Schema"),
            None => self.names.claim(site.hint, "Schema"),
        };
        let kind = TypeKind::Struct(Struct {
            fields: Vec::new(),
            extra: None,
            closed: false,
        });
        let id = self.add_type(name, doc, kind, &site.at);
        self.types[id].limits = self.limits(&self.compose([site.at.clone()]));
        if let Some(key) = site.key {
            self.known.insert(key.clone(), Known::Named(id));
        }
        id
    }
}

/// Whether a type is that of any JSON value, or of a list of them.
fn is_json_values(ty: &Type) -> bool {
    match ty {
        Type::Array(inner) | Type::Nullable(inner) => is_json_values(inner),
        ty => *ty == Type::Any,
    }
}

/// The strings of an enum.
pub(super) fn string_values(listing: &Cursor<'_>) -> Vec<EnumValue<String>> {
    values(listing, |value| value.as_str().map(str::to_owned))
}

/// The integers of an enum.
pub(super) fn integer_values(listing: &Cursor<'_>) -> Vec<EnumValue<i64>> {
    values(listing, |value| value.as_i64())
}

/// The values of an enum, each once, with their names and descriptions, from `x-enum-varnames` and `x-enum-descriptions`.
fn values<T: Clone + Eq + Hash>(
    listing: &Cursor<'_>,
    wire: impl Fn(&Node) -> Option<T>,
) -> Vec<EnumValue<T>> {
    // A list of another length does not say which name is whose.
    let count = listing.node.list("enum").len();
    let beside = |key: &str, number: usize| {
        let list = listing.node.list(key);
        let text = list.get(number).filter(|_| list.len() == count)?;
        text.as_str().filter(|text| !text.is_empty())
    };
    let mut used = Names::reserving(["Unknown"]);
    let mut seen = HashSet::new();
    let values = listing.list("enum").enumerate();
    let values = values.filter_map(|(number, at)| {
        let value = at.node;
        let wire = wire(value)?;
        if !seen.insert(wire.clone()) {
            return None;
        }
        let name =
            beside("x-enum-varnames", number).map_or_else(|| value.to_string(), str::to_owned);
        let doc = beside("x-enum-descriptions", number).unwrap_or_default();
        Some(EnumValue {
            origin: (&at).into(),
            wire,
            variant: used.claim(&names::variant(&name), "Value"),
            doc: for_rustdoc(doc),
        })
    });
    values.collect()
}

/// The formats of texts that can be told apart.
const FORMATS: [&str; 7] = ["date", "date-time", "email", "ipv4", "ipv6", "uri", "uuid"];

/// What a schema limits scalars to, unless it allows others beside them.
fn only(whole: &Composition<'_>) -> Option<Only> {
    if !whole.unions.is_empty() {
        return None;
    }
    let Some(listing) = whole.values() else {
        let format = whole
            .text("format")
            .filter(|_| whole.kind() == Some("string"))?;
        let known = FORMATS.into_iter().find(|known| *known == format);
        return known.map(Only::Format);
    };
    let values = listing.node.list("enum").iter();
    let values: Vec<&Node> = values.filter(|value| !value.is_null()).collect();
    let texts = values.iter().map(|value| value.as_str().map(str::to_owned));
    let integers = values.iter().map(|value| value.as_i64());
    match values.as_slice() {
        [] => None,
        [only] if only.as_bool().is_some() => only.as_bool().map(Only::Bool),
        _ => texts
            .collect::<Option<_>>()
            .map(Only::Texts)
            .or_else(|| integers.collect::<Option<_>>().map(Only::Integers)),
    }
}

/// The Rust type for an integer: by its format, else unsigned where the document says that it is never negative.
fn integer(whole: &Composition<'_>) -> &'static str {
    let mut least = whole
        .members
        .iter()
        .filter_map(|member| member.node.get("minimum")?.as_f64());
    let never_negative = least.any(|least| least >= 0.0);
    match whole.text("format") {
        Some("int8") => "i8",
        Some("uint8") => "u8",
        Some("int16") => "i16",
        Some("uint16") => "u16",
        Some("int32") if never_negative => "u32",
        Some("int32") => "i32",
        Some("uint32") => "u32",
        Some("uint64" | "uint") => "u64",
        _ if never_negative => "u64",
        _ => "i64",
    }
}
