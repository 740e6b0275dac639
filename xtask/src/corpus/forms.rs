//! A program that writes the multipart forms of a generated crate with sample values, for programs of others to read.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use postpress_codegen::ir::{self, Ir, Struct, Type, TypeDef, TypeKind, Union};
use serde_json::{Map, Value, json};

/// How often each form is written: unions take another alternative each time.
const ROUNDS: usize = 3;
/// So deep, what is optional is left out.
const DEEPEST: usize = 4;

/// The source of the program: it prints a line of JSON for each form, with the operation's method and path, the body in
/// hexadecimal, its Content-Type, and the value that was meant. In that, a file is an object of `$file`, its text, and `name`.
pub(crate) fn program(ir: &Ir, package: &str) -> String {
    let operations = ir.operations.iter();
    let forms: Vec<_> = operations
        .clone()
        .filter_map(|operation| Some((operation, ir::form_of(operation)?.root)))
        .collect();
    let mut roots: Vec<Type> = forms.iter().map(|(_, root)| Type::Named(*root)).collect();
    let parts = operations
        .filter_map(ir::form_of)
        .flat_map(|form| &form.encodings);
    roots.extend(parts.filter_map(|part| part.encoding.beside_file.clone()));
    let reached: BTreeSet<_> = ir::named_within(&ir.types, roots).into_iter().collect();
    let mut text = PRELUDE.replace("PACKAGE", package);
    for (id, ty) in reached.iter().map(|id| (*id, &ir.types[*id])) {
        let name = &ty.name;
        let is_composed = matches!(ty.kind, TypeKind::Struct(_) | TypeKind::Union(_));
        if ty.in_json || !is_composed {
            let samples: Vec<Value> = (0..ROUNDS)
                .map(|round| sample(ir, &ty.kind, round, 0))
                .collect();
            let samples = Value::Array(samples).to_string();
            let _ = writeln!(text, "travels!({}::{name}, {samples:?});", ty.kind.module());
        }
        if ty.in_form && is_composed {
            let body = match &ty.kind {
                TypeKind::Struct(object) => structure(object, &|name| {
                    let mut forms = ir.operations.iter().filter_map(ir::form_of);
                    forms.find_map(|form| form.encoding(id, name)?.accept.as_deref())
                }),
                TypeKind::Union(union) => alternatives(union),
                _ => String::new(),
            };
            let _ = writeln!(
                text,
                "impl Sample for forms::{name} {{ fn sample(s: &mut Samples) -> (Self, Value) {{ {body} }} }}"
            );
        }
    }
    text.push_str("fn main() {\n");
    for (operation, root) in forms {
        let request = format!("{} {}", operation.method, operation.path);
        let TypeDef { name, .. } = &ir.types[root];
        let _ = writeln!(text, "    write::<forms::{name}>({request:?}, {ROUNDS});");
    }
    text.push_str("}\n");
    text
}

/// `accept` gives the media types that the files of a property may have.
fn structure<'i>(object: &Struct, accept: &dyn Fn(&str) -> Option<&'i str>) -> String {
    let mut fields = String::new();
    for field in &object.fields {
        let (rust, name) = (&field.rust, &field.name);
        let accept = accept(name);
        let _ = write!(fields, "{rust}: s.member(&mut o, {name:?}, {accept:?}), ");
    }
    if object.extra.is_some() {
        let extra = object.extra_name();
        let _ = write!(fields, "{extra}: s.extra(&mut o), ");
    }
    format!(
        "s.depth += 1; let mut o = Map::new(); let v = Self {{ {fields} }}; s.depth -= 1; (v, Value::Object(o))"
    )
}

fn alternatives(union: &Union) -> String {
    let mut arms = String::new();
    for (index, variant) in union.variants.iter().enumerate() {
        let tag = union.tag.as_ref().filter(|tag| !tag.in_struct);
        let tag = tag.map(|tag| format!("j[{:?}] = {:?}.into();", tag.property, variant.tag));
        let (name, tag) = (&variant.name, tag.unwrap_or_default());
        let _ = write!(
            arms,
            "{index} => {{ #[allow(unused_mut)] let (v, mut j) = Sample::sample(s); {tag} (Self::{name}(v), j) }} "
        );
    }
    format!(
        "match s.round % {} {{ {arms} _ => unreachable!() }}",
        union.variants.len()
    )
}

/// A value of a type that travels as JSON.
fn sample(ir: &Ir, kind: &TypeKind, round: usize, depth: usize) -> Value {
    match kind {
        TypeKind::Struct(object) => {
            let fields = object.fields.iter();
            let fields = fields.filter(|field| field.required || depth < DEEPEST);
            let members =
                fields.map(|field| (field.name.clone(), value(ir, &field.ty, round, depth + 1)));
            Value::Object(members.collect::<Map<_, _>>())
        }
        TypeKind::StringEnum(values) => json!(values[round % values.len()].wire),
        TypeKind::IntegerEnum(values) => json!(values[round % values.len()].wire),
        TypeKind::Union(union) => {
            let variant = &union.variants[round % union.variants.len()];
            let mut value = value(ir, &variant.ty, round, depth + 1);
            if let (Some(tag), Value::Object(members)) = (&union.tag, &mut value) {
                members.insert(tag.property.clone(), json!(variant.tag));
            }
            value
        }
        TypeKind::ErrorType | TypeKind::ByStatus(_) => json!("error"),
    }
}

fn value(ir: &Ir, ty: &Type, round: usize, depth: usize) -> Value {
    match ty {
        Type::Any => json!({"any": [1, "é"]}),
        Type::Bool => json!(true),
        Type::Integer(_) => json!(7),
        Type::Float(_) => json!(1.5),
        Type::String => json!("text \"é\"\n"),
        Type::File => json!("binary"),
        Type::Timestamp => json!("2026-05-17T09:42:11.000Z"),
        Type::Named(id) => sample(ir, &ir.types[*id].kind, round, depth),
        Type::Array(_) | Type::Map(_) if depth > 2 * DEEPEST => match ty {
            Type::Array(_) => json!([]),
            _ => json!({}),
        },
        Type::Array(member) => json!([value(ir, member, round, depth + 1)]),
        Type::Map(member) => json!({"key": value(ir, member, round, depth + 1)}),
        Type::Nullable(_) if depth > DEEPEST => Value::Null,
        Type::Nullable(inner) => value(ir, inner, round, depth),
    }
}

/// What every program begins with: values for all types that a form can be made of, each other than the last.
const PRELUDE: &str = r##"#![allow(unused_imports, dead_code)]

use std::collections::BTreeMap;

use futures_util::{StreamExt as _, future::FutureExt as _};
use PACKAGE::*;
use PACKAGE::multipart::{FileOr, FormBody, FormOptions, Upload};
use serde_json::{Map, Value, json};

struct Samples { number: u32, round: usize, depth: usize, accept: Option<&'static str> }

impl Samples {
    fn next(&mut self) -> u32 {
        self.number += 1;
        self.number
    }

    fn member<T: Sample>(&mut self, object: &mut Map<String, Value>, name: &str, accept: Option<&'static str>) -> T {
        let outer = self.accept;
        self.accept = accept.or(outer);
        let (value, json) = T::sample(self);
        self.accept = outer;
        if !json.is_null() {
            object.insert(name.into(), json);
        }
        value
    }

    fn extra<T: Sample>(&mut self, object: &mut Map<String, Value>) -> BTreeMap<String, T> {
        let name = format!("additional{}", self.next());
        let (value, json) = T::sample(self);
        object.insert(name.clone(), json);
        BTreeMap::from([(name, value)])
    }
}

trait Sample: Sized {
    fn sample(s: &mut Samples) -> (Self, Value);
}

macro_rules! plain {
    ($($ty:ty: $s:ident => $value:expr;)+) => {
        $(impl Sample for $ty {
            fn sample($s: &mut Samples) -> (Self, Value) {
                let value: $ty = $value;
                let json = json!(value);
                (value, json)
            }
        })+
    };
}
plain! {
    bool: s => s.next() % 2 == 0;
    u8: s => s.next() as u8;
    u16: s => s.next() as u16;
    u32: s => s.next();
    u64: s => s.next().into();
    i8: s => s.next() as i8;
    i16: s => s.next() as i16;
    i32: s => -(s.next() as i32);
    i64: s => -i64::from(s.next());
    f32: s => s.next() as f32 + 0.5;
    f64: s => f64::from(s.next()) + 0.5;
    String: s => format!("t{}é \"\r\n=&[%]", s.next());
    Value: s => json!({"any": s.next()});
}

impl Sample for runtime::Timestamp {
    fn sample(s: &mut Samples) -> (Self, Value) {
        let text = format!("2026-05-17T09:42:{:02}.000Z", s.next() % 60);
        (serde_json::from_value(json!(text)).unwrap(), json!(text))
    }
}

impl Sample for Upload {
    fn sample(s: &mut Samples) -> (Self, Value) {
        let number = s.next();
        let (text, name) = (format!("\r\n--{number}\r\né"), format!("f {number}.bin"));
        let upload = Upload::bytes(text.clone()).with_file_name(&*name);
        let Some(accept) = s.accept else {
            return (upload, json!({"$file": text, "name": name}));
        };
        // Another of the media types each time.
        let accepted: Vec<&str> = accept.split(',').collect();
        let media_type = accepted[number as usize % accepted.len()].split(';').next().unwrap().trim();
        let media_type = media_type.replace("*/", "application/").replace("/*", "/x-sample");
        (upload.with_media_type(&*media_type), json!({"$file": text, "name": name, "type": media_type}))
    }
}

impl<T: Sample> Sample for FileOr<T> {
    fn sample(s: &mut Samples) -> (Self, Value) {
        if s.next() % 2 == 0 {
            let (file, json) = Upload::sample(s);
            return (Self::File(file), json);
        }
        let (value, json) = T::sample(s);
        (Self::Value(value), json)
    }
}

impl<T: Sample> Sample for Option<T> {
    fn sample(s: &mut Samples) -> (Self, Value) {
        if s.depth > 4 {
            return (None, Value::Null);
        }
        let (value, json) = T::sample(s);
        (Some(value), json)
    }
}

impl<T: Sample> Sample for Box<T> {
    fn sample(s: &mut Samples) -> (Self, Value) {
        let (value, json) = T::sample(s);
        (value.into(), json)
    }
}

impl<T: Sample> Sample for Vec<T> {
    fn sample(s: &mut Samples) -> (Self, Value) {
        let count = if s.depth > 4 { 0 } else { 2 };
        let (values, json): (Vec<T>, Vec<Value>) = (0..count).map(|_| T::sample(s)).unzip();
        (values, json.into())
    }
}

impl<T: Sample> Sample for BTreeMap<String, T> {
    fn sample(s: &mut Samples) -> (Self, Value) {
        let mut object = Map::new();
        let value = if s.depth > 4 { Self::new() } else { s.extra(&mut object) };
        (value, object.into())
    }
}

macro_rules! travels {
    ($ty:ty, $samples:expr) => {
        impl Sample for $ty {
            fn sample(s: &mut Samples) -> (Self, Value) {
                let samples: Vec<Value> = serde_json::from_str($samples).unwrap();
                let value: Self = serde_json::from_value(samples[s.round % samples.len()].clone()).unwrap();
                let json = serde_json::to_value(&value).unwrap();
                (value, json)
            }
        }
    };
}

fn write<T: Sample + FormBody>(request: &str, rounds: usize) {
    for round in 0..rounds {
        let (form, meant) = T::sample(&mut Samples { number: round as u32, round, depth: 0, accept: None });
        match form.to_form_with(&FormOptions::new()) {
            Ok(form) => {
                let content_type = form.content_type();
                let chunks: Vec<_> = form.into_stream().collect::<Vec<_>>().now_or_never().unwrap();
                let bytes = chunks.into_iter().flat_map(Result::unwrap);
                let body: String = bytes.map(|byte| format!("{byte:02x}")).collect();
                println!("{}", serde_json::json!({"request": request, "content_type": content_type, "body": body, "meant": meant}));
            }
            Err(why) => println!("{}", serde_json::json!({"request": request, "refused": why.to_string(), "meant": meant})),
        }
    }
}

"##;
