//! A call of each operation, as somebody would write it who uses the client.

use serde_json::Value;

use crate::ir::{
    Body, BodyKind, CredentialKind, Field, Form, Ir, Struct, Type, TypeId, TypeKind, Union,
};

use super::{bodies, forms, params};

/// Gives the example that the document has at a pointer, if it has one.
pub type Examples<'e> = dyn Fn(&postpress_openapi::Pointer) -> Option<Value> + 'e;

/// Calls of the operations of a client.
#[derive(Debug)]
pub struct Samples<'i> {
    ir: &'i Ir,
    /// The structs of optional parameters and the enums of bodies, by the index of their operation.
    params: Vec<Option<String>>,
    bodies: Vec<Option<String>>,
}

impl<'i> Samples<'i> {
    /// Those of the client that is generated from `ir`.
    pub fn new(ir: &'i Ir) -> Self {
        Self {
            ir,
            params: params::names(ir),
            bodies: bodies::names(ir),
        }
    }

    /// The lines that call an operation of `client`, by its index, and print the status, with the examples of the document for what
    /// has to be given. They stand in a function that is `async` and returns any error, beside `use CRATE::*`.
    ///
    /// # Panics
    /// If there is no such operation.
    pub fn call(&self, index: usize, examples: &Examples<'_>) -> Vec<String> {
        let (ir, operation) = (self.ir, &self.ir.operations[index]);
        let mut lines = Vec::new();
        let required = operation.parameters.iter().filter(|it| it.required);
        let mut arguments: Vec<String> = required
            .map(|it| argument(ir, &it.ty, examples(&it.origin.pointer).as_ref()))
            .collect();
        if let Some(body) = &operation.body {
            let example = examples(&body.origin.pointer);
            let (several, example) = (self.bodies[index].as_deref(), example.as_ref());
            arguments.push(body_argument(ir, body, several, example, &mut lines));
        }
        if let Some(name) = &self.params[index] {
            let optional = operation.parameters.iter().filter(|it| !it.required);
            let fields = optional.filter_map(|it| {
                let example = examples(&it.origin.pointer)?;
                let value = simple(ir, &it.ty, Some(&example))?;
                let value = match it.ty {
                    Type::Array(_) => value,
                    _ => format!("Some({value})"),
                };
                Some(format!("    {}: {value},", it.rust))
            });
            let fields: Vec<String> = fields.collect();
            if fields.is_empty() {
                arguments.push(format!("&params::{name}::default()"));
            } else {
                lines.push(format!("let params = params::{name} {{"));
                lines.extend(fields);
                lines.extend(["    ..Default::default()".to_owned(), "};".to_owned()]);
                arguments.push("&params".to_owned());
            }
        }
        let call = format!("client.{}({})", operation.function, arguments.join(", "));
        lines.push(format!("let response = {call}.await?;"));
        lines.push("println!(\"{}\", response.status());".to_owned());
        lines
    }
}

/// The lines that make a client.
pub fn sample_client(ir: &Ir) -> Vec<String> {
    let url = ir.servers.first().map(|server| server.url.as_str());
    let url = url.filter(|url| url.contains("://"));
    let url = url.unwrap_or("https://api.example.com");
    let mut lines = vec![format!("let client = Client::new({url:?})?")];
    lines.extend(ir.credentials.iter().map(|credential| {
        let values = match credential.kind {
            CredentialKind::Basic => r#""user", "password""#,
            _ => r#""secret""#,
        };
        format!("    .with_{}({values})?", credential.rust)
    }));
    if let Some(last) = lines.last_mut() {
        last.push(';');
    }
    lines
}

/// The argument for a body, in the first of its media types; what it is made of goes before the call. `several` is the enum of
/// all of them.
fn body_argument(
    ir: &Ir,
    body: &Body,
    several: Option<&str>,
    example: Option<&Value>,
    lines: &mut Vec<String>,
) -> String {
    let value = match body.kinds.first() {
        Some(BodyKind::Form(form)) => {
            let forms = Forms { ir, form };
            let value = forms.named(form.root, example, "forms::", true);
            declared("form", &value, lines)
        }
        Some(BodyKind::Json(ty, _) | BodyKind::UrlEncoded(ty, _)) => match ty {
            Type::Named(_) | Type::Map(_) | Type::Any => declared("body", &json(example), lines),
            ty => argument(ir, ty, example),
        },
        _ if several.is_some() => "\"content\".into()".to_owned(),
        _ if body.required => "\"content\"".to_owned(),
        _ => return "None".to_owned(),
    };
    let variant = bodies::variants(body).into_iter().next();
    let value = match several.zip(variant) {
        Some((name, variant)) => format!("bodies::{name}::{variant}({value})"),
        None => value,
    };
    match body.required {
        true => value,
        false => format!("Some({value})"),
    }
}

/// A reference to a value that is made before the call.
fn declared(name: &str, value: &str, lines: &mut Vec<String>) -> String {
    lines.extend(format!("let {name} = {value};").lines().map(str::to_owned));
    format!("&{name}")
}

/// A value that is read from its JSON.
fn json(example: Option<&Value>) -> String {
    let empty = Value::Object(serde_json::Map::new());
    let example = example.unwrap_or(&empty);
    let text = serde_json::to_string_pretty(example).unwrap_or_default();
    format!("serde_json::from_value(serde_json::json!({text}))?")
}

/// A required parameter, as the method takes it.
fn argument(ir: &Ir, ty: &Type, example: Option<&Value>) -> String {
    let text = || example.and_then(Value::as_str);
    match ty {
        Type::String | Type::File => format!("{:?}", text().unwrap_or("...")),
        Type::Array(member) => {
            let first = example.and_then(|it| it.get(0));
            format!("&[{}]", simple(ir, member, first).unwrap_or_default())
        }
        Type::Nullable(inner) => format!("Some({})", argument(ir, inner, example)),
        Type::Bool | Type::Integer(_) | Type::Float(_) | Type::Timestamp => {
            simple(ir, ty, example).unwrap_or_default()
        }
        ty => format!(
            "&{}",
            simple(ir, ty, example).unwrap_or_else(|| json(example))
        ),
    }
}

/// A value of a type that has no members, or a list of such; `None` of any other.
fn simple(ir: &Ir, ty: &Type, example: Option<&Value>) -> Option<String> {
    let text = || example.and_then(Value::as_str);
    Some(match ty {
        Type::Bool => example.and_then(Value::as_bool).unwrap_or(true).to_string(),
        Type::Integer(_) => {
            let number = example.filter(|it| it.is_i64() || it.is_u64());
            number.map_or("1".to_owned(), Value::to_string)
        }
        Type::Float(_) => format!("{:?}", example.and_then(Value::as_f64).unwrap_or(1.0)),
        Type::String => format!("{:?}.into()", text().unwrap_or("...")),
        Type::Timestamp => {
            format!(
                "{:?}.parse()?",
                text().unwrap_or("2026-05-17T09:42:11.000Z")
            )
        }
        Type::File => {
            let path = text().unwrap_or("path/to/file").trim_start_matches('@');
            format!("Upload::path({path:?})")
        }
        Type::Array(member) => {
            let members = example
                .and_then(Value::as_array)
                .map_or(&[][..], Vec::as_slice);
            let members: Option<Vec<_>> = members
                .iter()
                .map(|it| simple(ir, member, Some(it)))
                .collect();
            format!("vec![{}]", members?.join(", "))
        }
        Type::Named(id) => match &ir.types[*id].kind {
            TypeKind::StringEnum(values) => {
                let value = values.iter().find(|it| text() == Some(it.wire.as_str()));
                let value = value.or_else(|| values.first())?;
                format!("enums::{}::{}", ir.types[*id].name, value.variant)
            }
            TypeKind::IntegerEnum(values) => {
                let number = example.and_then(Value::as_i64);
                let value = values.iter().find(|it| number == Some(it.wire));
                let value = value.or_else(|| values.first())?;
                format!("enums::{}::{}", ir.types[*id].name, value.variant)
            }
            _ => return None,
        },
        Type::Any | Type::Map(_) | Type::Nullable(_) => return None,
    })
}

/// The values of a form, which are not read from JSON, since files are among them.
struct Forms<'i> {
    ir: &'i Ir,
    form: &'i Form,
}

impl Forms<'_> {
    /// An object or an alternative of a form.
    fn named(&self, id: TypeId, example: Option<&Value>, module: &str, is_root: bool) -> String {
        let def = &self.ir.types[id];
        match &def.kind {
            TypeKind::Struct(object) => self.structure(id, object, example, module, is_root),
            TypeKind::Union(union) => self.union(id, union, example, module, is_root),
            _ => simple(self.ir, &Type::Named(id), example).unwrap_or_default(),
        }
    }

    fn union(
        &self,
        id: TypeId,
        union: &Union,
        example: Option<&Value>,
        module: &str,
        is_root: bool,
    ) -> String {
        let tag = union.tag.as_ref().map(|it| it.property.as_str());
        let given = tag.and_then(|tag| example?.get(tag)?.as_str());
        let found = union
            .variants
            .iter()
            .find(|it| given == Some(it.tag.as_str()));
        let Some(variant) = found.or_else(|| union.variants.first()) else {
            return String::new();
        };
        let value = self.value(id, "", &variant.ty, example, module, is_root);
        let value = match variant.boxed {
            true => format!("Box::new({value})"),
            false => value,
        };
        format!(
            "{module}{}::{}({value})",
            self.ir.types[id].name, variant.name
        )
    }

    fn structure(
        &self,
        id: TypeId,
        object: &Struct,
        example: Option<&Value>,
        module: &str,
        is_root: bool,
    ) -> String {
        let is_json = |field: &Field| is_root && self.form.is_json(id, &field.name);
        let may_be_file = |field: &Field| {
            let encoding = self.form.encoding(id, &field.name).filter(|_| is_root);
            encoding.is_some_and(|encoding| encoding.beside_file.is_some())
        };
        let shown = |field: &&Field| {
            field.required || example.is_some_and(|it| it.get(&field.name).is_some())
        };
        let mut lines = vec![format!("{module}{} {{", self.ir.types[id].name)];
        for field in object.fields.iter().filter(shown) {
            let given = example.and_then(|it| it.get(&field.name));
            let value = match is_json(field) {
                _ if may_be_file(field) => {
                    let file = self.value(id, "", &Type::File, None, module, false);
                    match field.ty {
                        Type::Array(_) => format!("vec![{file}.into()]"),
                        _ => format!("{file}.into()"),
                    }
                }
                true => json(given),
                false => self.value(id, &field.name, &field.ty, given, module, false),
            };
            let may_be_absent = !field.required || field.nullable;
            let is_list = matches!(field.ty, Type::Array(_) | Type::Map(_))
                && (!is_json(field) || may_be_file(field));
            let value = match may_be_absent && !is_list && !matches!(field.ty, Type::Nullable(_)) {
                true => format!("Some({value})"),
                false => value,
            };
            lines.push(format!(
                "    {}: {},",
                field.rust,
                value.replace('\n', "\n    ")
            ));
        }
        let left = object.fields.iter().filter(|it| !shown(it));
        let left = left.map(|field| field.rust.clone());
        let left: Vec<String> = left
            .chain(object.extra.as_ref().map(|_| object.extra_name()))
            .collect();
        if forms::can_be_empty(self.ir, id, is_root.then_some(self.form)) {
            lines.extend((!left.is_empty()).then(|| "    ..Default::default()".to_owned()));
        } else {
            lines.extend(
                left.iter()
                    .map(|field| format!("    {field}: Default::default(),")),
            );
        }
        lines.push("}".to_owned());
        lines.join("\n")
    }

    fn value(
        &self,
        owner: TypeId,
        name: &str,
        ty: &Type,
        example: Option<&Value>,
        module: &str,
        is_root: bool,
    ) -> String {
        match ty {
            Type::Named(id) => {
                let value = self.named(*id, example, module, is_root);
                let holds = crate::ir::reach::holds(self.ir, *id, owner);
                match holds && !name.is_empty() {
                    true => format!("Box::new({value})"),
                    false => value,
                }
            }
            Type::Array(member) => {
                let members = example
                    .and_then(Value::as_array)
                    .map_or(&[][..], Vec::as_slice);
                let members = members.iter();
                let members =
                    members.map(|it| self.value(owner, "", member, Some(it), module, false));
                format!("vec![{}]", members.collect::<Vec<_>>().join(", "))
            }
            Type::Map(_) => "Default::default()".to_owned(),
            Type::Nullable(inner) => {
                format!(
                    "Some({})",
                    self.value(owner, name, inner, example, module, is_root)
                )
            }
            Type::Any => json(example),
            ty => simple(self.ir, ty, example).unwrap_or_default(),
        }
    }
}
