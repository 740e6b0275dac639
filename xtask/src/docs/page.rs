//! The page: one file, with its style and its search inside, that keeps the browser from asking the network for anything.

use std::fmt::Write as _;

use postpress_codegen::ir::{
    Body, BodyKind, Ir, Location, Operation, Payload, Type, TypeDef, TypeKind,
};
use postpress_codegen::{Examples, Samples, sample_client};
use pulldown_cmark::{Parser, html};

use super::curl;

/// Nothing from elsewhere.
const POLICY: &str = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// The whole page.
pub(super) fn page(ir: &Ir, examples: &Examples<'_>) -> String {
    let title = escape(&ir.title);
    let page = Page {
        ir,
        examples,
        samples: Samples::new(ir),
    };
    let (mut contents, mut main) = (String::new(), page.introduction());
    let mut part = |heading: &str, items: Vec<(String, String, String)>| {
        if items.is_empty() {
            return;
        }
        contents += &format!("<h2>{heading}</h2><ul>");
        for (id, name, html) in items {
            contents += &format!("<li><a href=\"#{id}\">{}</a></li>", escape(&name));
            main += &html;
        }
        contents += "</ul>";
    };
    part(
        "Operations",
        (0..ir.operations.len())
            .map(|index| page.operation(index))
            .collect(),
    );
    part("Errors", page.errors().into_iter().collect());
    let types = ir.types.iter().enumerate();
    let types = types.filter(|(_, it)| !matches!(it.kind, TypeKind::ErrorType));
    part(
        "Types",
        types.map(|(id, it)| page.definition(id, it)).collect(),
    );
    format!(
        r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}: API reference</title>
<style>{STYLE}</style>
</head>
<body>
<nav><p><a href="\#top"><strong>{title}</strong></a> <span class="dim">{}</span></p>
<input type="search" placeholder="Search: a field, an error, a word" aria-label="Search">
<ul id="found"></ul>
<div id="contents">{contents}</div></nav>
<main id="top">{main}</main>
<script>{SCRIPT}</script>
</body>
</html>
"#,
        escape(&ir.version)
    )
    .replace("\\#", "#")
}

struct Page<'p> {
    ir: &'p Ir,
    examples: &'p Examples<'p>,
    samples: Samples<'p>,
}

/// What a row of a table is about.
struct Row<'r> {
    id: String,
    /// What the search calls it.
    find: String,
    kind: &'static str,
    name: &'r str,
    cells: Vec<String>,
}

impl Page<'_> {
    fn introduction(&self) -> String {
        let mut html = format!("<h1>{}</h1>", escape(&self.ir.title));
        html += &markdown(self.ir.description.as_deref().unwrap_or_default());
        for server in &self.ir.servers {
            let about = server.description.as_deref().unwrap_or_default();
            let about = about.trim_end().trim_end_matches('.');
            let _ = write!(
                html,
                "<p><code>{}</code> <span class=\"dim\">{}</span></p>",
                escape(&server.url),
                escape(about)
            );
        }
        for credential in &self.ir.credentials {
            html += &markdown(&credential.doc);
        }
        html + "<h3>A client in Rust</h3>" + &pre(&sample_client(self.ir).join("\n"))
    }

    fn operation(&self, index: usize) -> (String, String, String) {
        let operation = &self.ir.operations[index];
        let (id, method) = (&operation.id, &operation.method);
        let mut left = format!(
            "<p><span class=\"method {method}\">{method}</span> <code>{}</code></p>{}",
            escape(&operation.path),
            markdown(&operation.doc)
        );
        let rows = operation.parameters.iter().map(|it| Row {
            id: anchor(&[id, &it.name]),
            find: format!("{id} {}", it.name),
            kind: "parameter",
            name: &it.name,
            cells: vec![
                self.spelled(&it.ty, it.required, false),
                format!(
                    "<span class=\"dim\">{}</span> {}",
                    place(it.location),
                    markdown(&it.doc)
                ),
            ],
        });
        left += &table("Parameters", &["Name", "Type", ""], rows.collect());
        if let Some(body) = &operation.body {
            let _ = write!(
                left,
                "<h3>Body</h3><p>{}</p>{}",
                self.body(body),
                markdown(&body.doc)
            );
        }
        let responses = operation.responses.iter().map(|it| Row {
            id: anchor(&[id, "response", &it.status]),
            find: format!("{id} {}", it.status),
            kind: "response",
            name: &it.status,
            cells: vec![markdown(&it.description)],
        });
        left += &table("Responses", &["Status", ""], responses.collect());
        if let Some(ty) = self.payload(&operation.success) {
            let _ = write!(left, "<p>On success: {ty}</p>");
        }
        left += &self.errors_of(id);
        let (curl, rust) = (
            curl::line(self.ir, operation, self.examples),
            self.samples.call(index, self.examples).join("\n"),
        );
        let mut samples = format!("<h3>curl</h3>{}<h3>Rust</h3>{}", pre(&curl), pre(&rust));
        if let Some(response) = self.response(operation) {
            samples += &format!("<h3>Response</h3>{}", pre(&response));
        }
        let html = format!(
            "<section id=\"{}\" data-find=\"{}\" data-kind=\"operation\"><h2>{}</h2><div class=\"two\"><div>{left}</div><div class=\"samples\">{samples}</div></div></section>",
            anchor(&[id]),
            escape(id),
            escape(id),
        );
        (anchor(&[id]), id.clone(), html)
    }

    /// The example of the response with the status of success.
    fn response(&self, operation: &Operation) -> Option<String> {
        let mut responses = operation.responses.iter();
        let success = responses.find(|it| it.status.starts_with('2'))?;
        let example = (self.examples)(&success.origin.pointer)?;
        serde_json::to_string_pretty(&example).ok()
    }

    fn payload(&self, payload: &Payload) -> Option<String> {
        match payload {
            Payload::Json(ty) => Some(self.spelled(ty, true, false)),
            Payload::Text => Some("a text".to_owned()),
            Payload::Raw => Some("the content as it is".to_owned()),
            Payload::Empty => None,
        }
    }

    fn body(&self, body: &Body) -> String {
        let kinds = body.kinds.iter().map(|kind| {
            let (media_type, ty) = match kind {
                BodyKind::Form(form) => ("multipart/form-data", Some(Type::Named(form.root))),
                BodyKind::UrlEncoded(ty, _) => {
                    ("application/x-www-form-urlencoded", Some(ty.clone()))
                }
                BodyKind::Json(ty, media_type) => (media_type.as_str(), Some(ty.clone())),
                BodyKind::Text(media_type) | BodyKind::Binary(media_type) => {
                    (media_type.as_str(), None)
                }
            };
            let ty = ty.map_or("the content".to_owned(), |ty| self.words(&ty));
            format!("{ty} as <code>{}</code>", escape(media_type))
        });
        let kinds = kinds.collect::<Vec<_>>().join(", or ");
        match body.required {
            true => kinds,
            false => kinds + " <span class=\"dim\">optional</span>",
        }
    }

    /// The errors of one operation.
    fn errors_of(&self, operation: &str) -> String {
        let entries = self.ir.catalogue.iter().flat_map(|it| &it.entries);
        let places = entries.flat_map(|entry| entry.documented.iter().map(move |it| (entry, it)));
        let mut places: Vec<_> = places.filter(|(_, it)| it.operation == operation).collect();
        places.sort_by_key(|(_, it)| it.status);
        let count = places.len();
        let rows = places.into_iter().map(|(entry, it)| Row {
            id: anchor(&[operation, &entry.wire]),
            find: format!("{} of {operation}", entry.wire),
            kind: "error",
            name: &entry.wire,
            cells: vec![it.status.to_string(), markdown(&it.description)],
        });
        let table = table("", &["Type", "Status", "Meaning"], rows.collect());
        match count {
            0 => String::new(),
            _ => format!("<details><summary>{count} error types</summary>{table}</details>"),
        }
    }

    /// All errors in one table.
    fn errors(&self) -> Option<(String, String, String)> {
        let catalogue = self.ir.catalogue.as_ref()?;
        let rows = catalogue.entries.iter().map(|entry| {
            let mut statuses: Vec<String> = entry
                .documented
                .iter()
                .map(|it| it.status.to_string())
                .collect();
            statuses.dedup();
            let places = entry.documented.iter().map(|it| {
                format!(
                    "<a href=\"#{}\">{}</a>",
                    anchor(&[&it.operation]),
                    escape(&it.operation)
                )
            });
            let mut meanings: Vec<_> = entry
                .documented
                .iter()
                .map(|it| it.description.as_str())
                .collect();
            meanings.dedup();
            Row {
                id: anchor(&["error", &entry.wire]),
                find: entry.wire.clone(),
                kind: "error type",
                name: &entry.wire,
                cells: vec![
                    statuses.join(", "),
                    meanings.into_iter().map(markdown).collect(),
                    places.collect::<Vec<_>>().join(", "),
                ],
            }
        });
        let table = table(
            "",
            &["Type", "Status", "Meaning", "Operations"],
            rows.collect(),
        );
        let html = format!("<section id=\"errors\"><h2>Error types</h2>{table}</section>");
        Some(("errors".to_owned(), "All error types".to_owned(), html))
    }

    fn definition(&self, id: usize, def: &TypeDef) -> (String, String, String) {
        let name = &def.name;
        let mut html = markdown(&def.doc);
        match &def.kind {
            TypeKind::Struct(object) => {
                let rows = object.fields.iter().map(|it| Row {
                    id: anchor(&["type", name, &it.name]),
                    find: format!("{name}.{}", it.name),
                    kind: "field",
                    name: &it.name,
                    cells: vec![
                        self.spelled(&it.ty, it.required, it.nullable),
                        markdown(&it.doc),
                    ],
                });
                html += &table("", &["Field", "Type", ""], rows.collect());
                if let Some(extra) = &object.extra {
                    let _ = write!(
                        html,
                        "<p>Any other field: {}</p>",
                        self.spelled(extra, true, false)
                    );
                }
            }
            TypeKind::StringEnum(values) => {
                let rows = values
                    .iter()
                    .map(|it| (it.wire.clone(), it.variant.as_str(), it.doc.as_str()));
                html += &self.values(name, rows.collect());
            }
            TypeKind::IntegerEnum(values) => {
                let rows = values
                    .iter()
                    .map(|it| (it.wire.to_string(), it.variant.as_str(), it.doc.as_str()));
                html += &self.values(name, rows.collect());
            }
            TypeKind::Union(union) => {
                let rows = union.variants.iter().map(|it| Row {
                    id: anchor(&["type", name, &it.name]),
                    find: format!("{name} {}", it.name),
                    kind: "alternative",
                    name: if it.tag.is_empty() { &it.name } else { &it.tag },
                    cells: vec![self.spelled(&it.ty, true, false), markdown(&it.doc)],
                });
                let tag = union.tag.as_ref().map(|it| it.property.as_str());
                html += &table(
                    "",
                    &[tag.unwrap_or("Alternative"), "Type", ""],
                    rows.collect(),
                );
            }
            TypeKind::ByStatus(bodies) => {
                let rows = bodies.iter().map(|it| Row {
                    id: anchor(&["type", name, &it.status]),
                    find: format!("{name} {}", it.status),
                    kind: "response",
                    name: &it.status,
                    cells: vec![
                        self.payload(&it.body).unwrap_or("nothing".to_owned()),
                        markdown(&it.doc),
                    ],
                });
                html += &table("", &["Status", "Type", ""], rows.collect());
            }
            TypeKind::ErrorType => {}
        }
        let anchor = anchor(&["type", &self.ir.types[id].name]);
        let html = format!(
            "<section id=\"{anchor}\" data-find=\"{name}\" data-kind=\"type\"><h2>{name}</h2>{html}</section>"
        );
        (anchor, name.clone(), html)
    }

    fn values(&self, owner: &str, values: Vec<(String, &str, &str)>) -> String {
        let rows = values.iter().map(|(wire, variant, doc)| Row {
            id: anchor(&["type", owner, variant]),
            find: format!("{owner} {wire}"),
            kind: "value",
            name: wire,
            cells: vec![escape(variant), markdown(doc)],
        });
        table("", &["Value", "Name", ""], rows.collect())
    }

    /// A type in words, with links to those that have a section.
    fn spelled(&self, ty: &Type, required: bool, nullable: bool) -> String {
        let mut text = self.words(ty);
        if nullable && !matches!(ty, Type::Nullable(_)) {
            text += " or null";
        }
        match required {
            true => text,
            false => format!("{text}<br><span class=\"dim\">optional</span>"),
        }
    }

    fn words(&self, ty: &Type) -> String {
        match ty {
            Type::Any => "any JSON".to_owned(),
            Type::Bool => "boolean".to_owned(),
            Type::Integer(_) => "integer".to_owned(),
            Type::Float(_) => "number".to_owned(),
            Type::String => "string".to_owned(),
            Type::Timestamp => "time".to_owned(),
            Type::File => "file".to_owned(),
            Type::Array(member) => format!("list of {}", self.words(member)),
            Type::Map(values) => format!("map of {}", self.words(values)),
            Type::Nullable(inner) => format!("{} or null", self.words(inner)),
            Type::Named(id) => {
                let def = &self.ir.types[*id];
                let anchor = match def.kind {
                    TypeKind::ErrorType => "errors".to_owned(),
                    _ => anchor(&["type", &def.name]),
                };
                format!("<a href=\"#{anchor}\">{}</a>", def.name)
            }
        }
    }
}

fn place(location: Location) -> &'static str {
    match location {
        Location::Path | Location::PathStyled(..) => "in the path",
        Location::Header | Location::HeaderExploded | Location::HeaderJson => "in a header",
        Location::Cookie(_) => "in a cookie",
        _ => "in the query",
    }
}

/// A table with a heading; nothing where there are no rows.
fn table(heading: &str, columns: &[&str], rows: Vec<Row<'_>>) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut html = match heading {
        "" => String::new(),
        heading => format!("<h3>{heading}</h3>"),
    };
    html += "<div class=\"table\"><table class=\"stack\"><thead><tr>";
    for column in columns {
        html += &format!("<th>{}</th>", escape(column));
    }
    html += "</tr></thead><tbody>";
    for row in rows {
        let _ = write!(
            html,
            "<tr id=\"{}\" data-find=\"{}\" data-kind=\"{}\"><td><code>{}</code></td>",
            row.id,
            escape(&row.find),
            row.kind,
            escape(row.name)
        );
        for cell in row.cells {
            html += &format!("<td>{cell}</td>");
        }
        html += "</tr>";
    }
    html + "</tbody></table></div>"
}

/// The id of an element: what is in it, without what cannot stand in a link.
fn anchor(parts: &[&str]) -> String {
    let plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '.');
    let parts = parts.iter().map(|it| it.replace(|it| !plain(it), "-"));
    parts.collect::<Vec<_>>().join("-")
}

fn pre(text: &str) -> String {
    format!("<pre><code>{}</code></pre>", escape(text))
}

/// Markdown as HTML, without the HTML that is in it.
fn markdown(text: &str) -> String {
    use pulldown_cmark::Event;
    let events = Parser::new(text).map(|event| match event {
        Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
        event => event,
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    out
}

fn escape(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}
