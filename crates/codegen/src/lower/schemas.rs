//! Schemas to types.

use crate::{
    ir::{Field, Struct, Type, TypeDef, TypeId, TypeKind, Value, Writer, docs::for_rustdoc},
    names::{self, Names},
};

use super::{
    At, Builder, Known,
    limits::documentation,
    merge::{Merged, Part},
};

/// Schemas nested or chained deeper than this are refused rather than followed.
const DEEPEST: usize = 400;

impl<'d> Builder<'d> {
    /// The type of a schema. `hint` names it if it needs a name and has none of its own.
    pub(crate) fn type_of(&mut self, at: &At<'d>, hint: &str) -> Type {
        self.type_of_all(&[at.clone().into()], hint, None)
    }

    /// The type of what matches all of `parts`, without the property `strip`.
    pub(crate) fn type_of_all(
        &mut self,
        parts: &[Part<'d>],
        hint: &str,
        strip: Option<&str>,
    ) -> Type {
        let targets = parts.iter().filter_map(|part| {
            let at = self.follow(&part.at)?;
            Some(Part {
                at,
                without_union: part.without_union,
            })
        });
        let mut parts: Vec<Part<'d>> = Vec::new();
        for part in targets {
            // A base that comes by two ways is one. (It could hold itself, and come by more ways each time.)
            if !parts.iter().any(|known| known.same(&part)) {
                parts.push(part);
            }
        }
        let Some(first) = parts.first() else {
            return Type::Any;
        };
        let key = key(&parts, strip);
        match self.memo.get(&key) {
            Some(Known::Done(ty)) => return ty.clone(),
            Some(Known::Named(id)) => return Type::Named(*id),
            Some(Known::Building) => {
                let at = first.at.clone();
                let help = "make it an object with the recursive part as a property";
                self.error(
                    &at,
                    "unnamed-recursion",
                    "this schema contains itself without an object between",
                    help,
                );
                return Type::Any;
            }
            None => {}
        }
        if self.depth >= DEEPEST {
            let at = first.at.clone();
            self.error(
                &at,
                "too-deep",
                format!("schemas are nested more than {DEEPEST} deep here"),
                "flatten them",
            );
            return Type::Any;
        }
        self.depth += 1;
        self.memo.insert(key.clone(), Known::Building);
        let own_name = (parts.len() == 1)
            .then(|| self.component_names.get(&first.at.pointer).cloned())
            .flatten();
        let place = Place {
            key: &key,
            name: own_name,
            hint,
            at: first.at.clone(),
        };
        let merged = self.merge(&parts);
        let nullable = merged.nullable;
        let mut ty = self.build(&place, &parts, merged, strip);
        if nullable && !matches!(ty, Type::Nullable(_) | Type::Any) {
            ty = Type::Nullable(Box::new(ty));
        }
        self.memo.insert(key, Known::Done(ty.clone()));
        self.depth -= 1;
        ty
    }

    fn build(
        &mut self,
        place: &Place<'_, 'd>,
        parts: &[Part<'d>],
        mut merged: Merged<'d>,
        strip: Option<&str>,
    ) -> Type {
        if let Some(alternatives) = self.inherited(place) {
            return self.union(place, &[], &alternatives, &merged);
        }
        // A wrapper that only adds a description or "or null" to a component is that component.
        if let Some(target) = self
            .wrapped(place)
            .filter(|target| !self.is_heir(&place.at.pointer, target))
        {
            return self.type_of_all(&[target], place.hint, strip);
        }
        if merged.unions.len() > 1 {
            self.error(
                &place.at,
                "several-alternatives",
                "more than one `oneOf`/`anyOf` must hold here at once",
                "join them into one list of alternatives",
            );
            return Type::Any;
        }
        if let Some(alternatives) = merged.unions.pop() {
            return self.union(place, parts, &alternatives, &merged);
        }
        if let Some(at) = merged.values.clone() {
            return self.enumeration(place, &at, &merged);
        }
        if merged.is_object() {
            return self.object(place, merged, strip);
        }
        match merged.kind.as_ref().map(|(kind, _)| *kind) {
            Some("array") => self.array(place, &merged),
            Some("string") => string(&merged),
            Some("boolean") => Type::Bool,
            Some("integer") => Type::Integer(integer(&merged)),
            Some("number") => Type::Float(if merged.format == Some("float") {
                "f32"
            } else {
                "f64"
            }),
            None if merged.items.is_some() => self.array(place, &merged),
            _ => Type::Any,
        }
    }

    /// The one component that `place` stands for, where it adds nothing to the shape: `allOf` of one reference, or
    /// `oneOf` of one and null.
    fn wrapped(&self, place: &Place<'_, 'd>) -> Option<Part<'d>> {
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
        let own = place.at.node.as_object()?;
        let plain = own
            .iter()
            .all(|e| ADDS_NOTHING.contains(&e.key.as_str()) || e.key.starts_with("x-"));
        // Several schemas that hold together are more than the component alone.
        let together = place.key.contains('+');
        let lists = ["allOf", "oneOf", "anyOf"].map(|keyword| place.at.items(keyword));
        let mut candidates = lists
            .iter()
            .flatten()
            .filter(|member| !self.is_null(member));
        let only = candidates.next().filter(|_| candidates.next().is_none())?;
        (plain && !together && only.text("$ref").is_some()).then(|| only.clone().into())
    }

    fn array(&mut self, place: &Place<'_, 'd>, merged: &Merged<'d>) -> Type {
        let Some(items) = &merged.items else {
            return Type::Array(Box::new(Type::Any));
        };
        let hint = format!("{}Item", place.name.as_deref().unwrap_or(place.hint));
        Type::Array(Box::new(self.type_of(items, &hint)))
    }

    fn object(&mut self, place: &Place<'_, 'd>, merged: Merged<'d>, strip: Option<&str>) -> Type {
        if merged.properties.is_empty() && strip.is_none() && !merged.closed {
            let Some(values) = &merged.additional else {
                return Type::Map(Box::new(Type::Any));
            };
            let hint = format!("{}Value", place.name.as_deref().unwrap_or(place.hint));
            return Type::Map(Box::new(self.type_of(values, &hint)));
        }
        let id = self.reserve(place, documentation(&merged));
        let name = self.types[id].name.clone();
        let mut fields = Vec::new();
        let mut used = Names::default();
        for (property, parts) in &merged.properties {
            if strip == Some(*property) {
                continue;
            }
            fields.push(self.field(place, &name, property, parts, &merged, &mut used));
        }
        let extra = merged
            .additional
            .as_ref()
            .map(|values| self.type_of(values, &format!("{name}Value")));
        self.types[id].kind = TypeKind::Struct(Struct { fields, extra });
        Type::Named(id)
    }

    fn field(
        &mut self,
        place: &Place<'_, 'd>,
        owner: &str,
        property: &str,
        parts: &[Part<'d>],
        merged: &Merged<'d>,
        used: &mut Names,
    ) -> Field {
        let overridden = self.error_type_at(&place.at.pointer, property);
        let ty = overridden.unwrap_or_else(|| {
            self.type_of_all(parts, &format!("{owner}{}", names::pascal(property)), None)
        });
        let view = self.merge(parts);
        let (ty, nullable) = match ty {
            Type::Nullable(inner) => (*inner, true),
            ty => (ty, view.nullable),
        };
        let says = |keyword: &str| view.bounds.iter().any(|at| at.flag(keyword) == Some(true));
        let writer = match (says("readOnly"), says("writeOnly")) {
            (true, false) => Some(Writer::Service),
            (false, true) => Some(Writer::Client),
            _ => None,
        };
        Field {
            name: property.to_owned(),
            rust: used.claim(&names::snake(property), "field"),
            doc: documentation(&view),
            ty,
            required: merged.required.contains(&property),
            nullable,
            writer,
        }
    }

    fn enumeration(&mut self, place: &Place<'_, 'd>, at: &At<'d>, merged: &Merged<'d>) -> Type {
        let values: Vec<At<'d>> = at
            .items("enum")
            .into_iter()
            .filter(|value| !value.node.is_null())
            .collect();
        let nullable = at.items("enum").len() > values.len();
        let kind = if values.iter().all(|value| value.node.as_str().is_some()) {
            let claimed = self.values(at, &values, |value| value.node.as_str().map(str::to_owned));
            self.named(place, documentation(merged), TypeKind::StringEnum(claimed))
        } else if values.iter().all(|value| value.node.as_i64().is_some()) {
            let claimed = self.values(at, &values, |value| value.node.as_i64());
            self.named(place, documentation(merged), TypeKind::IntegerEnum(claimed))
        } else if values.iter().all(|value| value.node.as_bool().is_some()) {
            Type::Bool
        } else if values.iter().all(|value| value.node.as_f64().is_some()) {
            Type::Float("f64")
        } else {
            self.error(
                at,
                "mixed-enum",
                "the values of this enum are neither all strings, all integers, all numbers nor all booleans",
                "split it into a `oneOf` with one enum for each kind of value",
            );
            Type::Any
        };
        if nullable {
            Type::Nullable(Box::new(kind))
        } else {
            kind
        }
    }

    /// The values of an enum with their names and descriptions, from `x-enum-varnames` and `x-enum-descriptions`.
    pub(crate) fn values<T>(
        &mut self,
        at: &At<'d>,
        values: &[At<'d>],
        wire: impl Fn(&At<'d>) -> Option<T>,
    ) -> Vec<Value<T>> {
        let all = at.items("enum");
        let names = at.items("x-enum-varnames");
        let descriptions = at.items("x-enum-descriptions");
        let mut used = Names::reserving(["Unknown"]);
        let beside = |list: &[At<'d>], value: &At<'d>| {
            let index = all.iter().position(|v| v.pointer == value.pointer)?;
            Some(list.get(index)?.node.as_str()?.to_owned())
        };
        let read = values.iter().filter_map(|value| {
            let spelled = value
                .node
                .as_str()
                .map_or_else(|| value.node.to_json().to_string(), str::to_owned);
            let name = beside(&names, value).unwrap_or(spelled);
            let doc = beside(&descriptions, value).unwrap_or_default();
            let variant = used.claim(&names::variant(&name), "Value");
            Some(Value {
                wire: wire(value)?,
                variant,
                doc: for_rustdoc(&doc),
            })
        });
        read.collect()
    }

    /// Adds a type whose content is known at once.
    pub(crate) fn named(&mut self, place: &Place<'_, 'd>, doc: String, kind: TypeKind) -> Type {
        let id = self.reserve(place, doc);
        self.types[id].kind = kind;
        Type::Named(id)
    }

    /// Adds a type whose content comes later, so that it can refer to itself meanwhile.
    pub(crate) fn reserve(&mut self, place: &Place<'_, 'd>, doc: String) -> TypeId {
        let name = match &place.name {
            // A second form of the same component (without its tag, say) gives way to the first.
            Some(name) if !self.types.iter().any(|ty| ty.name == *name) => name.clone(),
            Some(name) => self.names.claim(name, "Schema"),
            None => self.names.claim(place.hint, "Schema"),
        };
        let id = self.types.len();
        let kind = TypeKind::Struct(Struct {
            fields: Vec::new(),
            extra: None,
        });
        self.types.push(TypeDef {
            name,
            doc,
            kind,
            in_json: false,
            in_form: false,
        });
        self.origins
            .push((place.at.pointer.clone(), place.at.node.at));
        self.memo.insert(place.key.to_owned(), Known::Named(id));
        id
    }
}

/// Where a type stands and what it will be called.
pub(crate) struct Place<'k, 'd> {
    pub(crate) key: &'k str,
    /// Its own name, where it is a component.
    pub(crate) name: Option<String>,
    pub(crate) hint: &'k str,
    pub(crate) at: At<'d>,
}

fn key(parts: &[Part<'_>], strip: Option<&str>) -> String {
    let mut key = String::new();
    for part in parts {
        let mark = if part.without_union { "!" } else { "" };
        key.push_str(&format!(
            "{}{}{mark}",
            if key.is_empty() { "" } else { "+" },
            part.at.pointer
        ));
    }
    match strip {
        Some(property) => format!("{key}-{property}"),
        None => key,
    }
}

fn string(merged: &Merged<'_>) -> Type {
    match merged.format {
        Some("date-time") => Type::Timestamp,
        Some("binary") => Type::File,
        _ => Type::String,
    }
}

/// The Rust type for an integer: by its format, else unsigned where the document says that it is never negative.
fn integer(merged: &Merged<'_>) -> &'static str {
    let never_negative = merged.bounds.iter().any(|at| {
        at.node
            .get("minimum")
            .and_then(|n| n.as_f64())
            .is_some_and(|n| n >= 0.0)
    });
    match merged.format {
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
