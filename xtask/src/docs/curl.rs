//! A curl line for each operation.

use postpress_codegen::Examples;
use postpress_codegen::ir::{
    BodyKind, CredentialKind, Form, FormStyle, Ir, Location, Operation, Type, TypeKind,
};
use serde_json::Value;

/// The line, with a backslash at the end of each of its lines but the last.
pub(super) fn line(ir: &Ir, operation: &Operation, examples: &Examples<'_>) -> String {
    let server = ir
        .servers
        .first()
        .map_or("https://api.example.com", |it| &it.url);
    let mut path = operation.path.clone();
    let mut query: Vec<(String, String)> = operation.query.clone();
    let mut words = Vec::new();
    for parameter in &operation.parameters {
        let example = examples(&parameter.origin.pointer);
        if example.is_none() && !parameter.required {
            continue;
        }
        let name = &parameter.name;
        let given = example.unwrap_or_else(|| Value::from(format!("{{{name}}}")));
        match parameter.location {
            Location::Path | Location::PathStyled(..) => {
                let value = encoded(&joined(&given, ','));
                path = path.replace(&format!("{{{name}}}"), &value);
            }
            Location::Header | Location::HeaderExploded => {
                words.push(("--header", format!("{name}: {}", joined(&given, ','))));
            }
            Location::HeaderJson => words.push(("--header", format!("{name}: {given}"))),
            Location::PathJson => {
                path = path.replace(&format!("{{{name}}}"), &encoded(&given.to_string()));
            }
            Location::CookieJson => {
                let value = encoded(&given.to_string());
                words.push(("--cookie", format!("{name}={value}")));
            }
            Location::Cookie(_) => {
                words.push(("--cookie", format!("{name}={}", joined(&given, ','))))
            }
            Location::QueryJoined(separator) => {
                query.push((name.clone(), joined(&given, separator)))
            }
            Location::QueryJson => query.push((name.clone(), given.to_string())),
            Location::QueryDeep => flatten(name, &given, true, &mut query),
            Location::Query => match given {
                Value::Object(_) => flatten("", &given, true, &mut query),
                given => flatten(name, &given, false, &mut query),
            },
        }
    }
    let query = query
        .iter()
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
    let query = query.collect::<Vec<_>>().join("&");
    let mark = if query.is_empty() { "" } else { "?" };
    let url = format!("{server}{path}{mark}{query}");
    for credential in operation.credentials.iter().map(|it| &ir.credentials[*it]) {
        words.push(match &credential.kind {
            CredentialKind::ApiKeyHeader(name) => ("--header", format!("{name}: KEY")),
            CredentialKind::Bearer => ("--header", "Authorization: Bearer KEY".to_owned()),
            CredentialKind::Basic => ("--user", "NAME:PASSWORD".to_owned()),
        });
    }
    if let Some(body) = &operation.body {
        let example = examples(&body.origin.pointer).unwrap_or_default();
        let kind = body.kinds.first();
        words.extend(kind.map_or(Vec::new(), |it| self::body(ir, it, &example)));
    }
    let method = match (operation.method.as_str(), &operation.body) {
        ("get", None) | ("post", Some(_)) => String::new(),
        ("head", None) => "--head ".to_owned(),
        (method, _) => format!("--request {} ", method.to_uppercase()),
    };
    let words = words
        .iter()
        .map(|(option, value)| format!("{option} {}", quoted(value)));
    let lines = [format!("curl {method}{}", quoted(&url))]
        .into_iter()
        .chain(words);
    lines.collect::<Vec<_>>().join(" \\\n  ")
}

fn body(ir: &Ir, kind: &BodyKind, example: &Value) -> Vec<(&'static str, String)> {
    let members = example.as_object().into_iter().flatten();
    match kind {
        BodyKind::Form(form) => members
            .flat_map(|(name, value)| part(ir, form, name, value))
            .collect(),
        BodyKind::UrlEncoded(_, styles) => {
            let mut fields = Vec::new();
            for (name, value) in members {
                match styles
                    .iter()
                    .find(|(known, _)| known == name)
                    .map(|(_, it)| *it)
                {
                    Some(FormStyle::Json | FormStyle::JsonEach) => {
                        fields.push((name.clone(), value.to_string()))
                    }
                    Some(FormStyle::Joined(separator)) => {
                        fields.push((name.clone(), joined(value, separator)))
                    }
                    _ => flatten(name, value, true, &mut fields),
                }
            }
            let fields = fields.into_iter();
            fields
                .map(|(name, value)| ("--data-urlencode", format!("{name}={value}")))
                .collect()
        }
        BodyKind::Json(_, media_type) => vec![
            ("--header", format!("Content-Type: {media_type}")),
            (
                "--data",
                serde_json::to_string_pretty(example).unwrap_or_default(),
            ),
        ],
        BodyKind::Text(media_type) | BodyKind::Binary(media_type) => vec![
            ("--header", format!("Content-Type: {media_type}")),
            ("--data-binary", "@path/to/file".to_owned()),
        ],
    }
}

/// A field of a multipart form, which may be several parts.
fn part(ir: &Ir, form: &Form, name: &str, value: &Value) -> Vec<(&'static str, String)> {
    let owners = form.encodings.iter().filter(|it| it.name == name);
    let style = owners
        .map(|it| it.encoding.style)
        .next()
        .unwrap_or(FormStyle::Plain);
    let json = |value: &Value| ("-F", format!("{name}={value};type=application/json"));
    let mut parts = Vec::new();
    match (style, value) {
        (FormStyle::Json, value) => return vec![json(value)],
        (FormStyle::JsonEach, Value::Array(values)) => return values.iter().map(json).collect(),
        (FormStyle::Joined(separator), value) => {
            parts.push((name.to_owned(), joined(value, separator)))
        }
        (FormStyle::Spread, value) => flatten("", value, true, &mut parts),
        (_, value) => flatten(name, value, style == FormStyle::Deep, &mut parts),
    }
    let has_file = |name: &str| {
        let last = name
            .rsplit('[')
            .next()
            .unwrap_or_default()
            .trim_end_matches(']');
        ir.types
            .iter()
            .filter(|it| it.in_form)
            .any(|it| match &it.kind {
                TypeKind::Struct(object) => object
                    .fields
                    .iter()
                    .any(|it| it.name == last && is_file(&it.ty)),
                _ => false,
            })
    };
    let parts = parts.into_iter().map(|(name, value)| {
        // curl reads these from a file, and takes a semicolon for the end.
        let is_odd = value.starts_with(['@', '<']) || value.contains(';');
        let option = if is_odd && !has_file(&name) {
            "--form-string"
        } else {
            "-F"
        };
        (option, format!("{name}={value}"))
    });
    parts.collect()
}

fn is_file(ty: &Type) -> bool {
    match ty {
        Type::File => true,
        Type::Array(member) | Type::Nullable(member) => is_file(member),
        _ => false,
    }
}

/// The values in a value, each under its name: lists repeat it, and members of objects are in brackets after it.
fn flatten(name: &str, value: &Value, brackets: bool, out: &mut Vec<(String, String)>) {
    match value {
        Value::Array(values) => values
            .iter()
            .for_each(|it| flatten(name, it, brackets, out)),
        Value::Object(members) if brackets => {
            for (key, member) in members {
                let name = match name {
                    "" => key.clone(),
                    name => format!("{name}[{key}]"),
                };
                flatten(&name, member, brackets, out);
            }
        }
        value => out.push((name.to_owned(), text(value))),
    }
}

fn joined(value: &Value, separator: char) -> String {
    match value {
        Value::Array(values) => {
            let values: Vec<String> = values.iter().map(text).collect();
            values.join(&separator.to_string())
        }
        value => text(value),
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// A value in a URL.
fn encoded(text: &str) -> String {
    let plain = |it: u8| it.is_ascii_alphanumeric() || b"-._~,:@{}[]".contains(&it);
    let bytes = text.bytes();
    let bytes = bytes.map(|it| match plain(it) {
        true => char::from(it).to_string(),
        false => format!("%{it:02X}"),
    });
    bytes.collect()
}

/// A word for a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
