//! Decodes a request as the document says, and refuses it where it is not so.

use percent_encoding::percent_decode_str;
use postpress_openapi::schema::Kind;
use serde_json::{Map, Value};

use super::Call;
use crate::api::{Content, Endpoint, Parameter, Place, Style};
use crate::check::{self, FieldProblem, FieldTree, FieldValue, Report};
use crate::form;
use crate::problem::{Problem, Refusal};
use crate::record::RequestRecord;

pub(super) fn decode<'r>(
    endpoint: &'r Endpoint,
    path: &[String],
    content: Option<&Content>,
    record: &'r mut RequestRecord,
    strict: bool,
) -> Result<Call<'r>, Problem> {
    let mut report = Report {
        strict,
        ..Report::default()
    };
    let mut query = Map::new();
    for parameter in endpoint
        .parameters
        .iter()
        .filter(|it| it.place != Place::Path)
    {
        let fields = given(parameter, record);
        let value = check_parameter(parameter, &fields, &mut report);
        if let (Place::Query, Some(value)) = (parameter.place, value) {
            query.insert(parameter.name.clone(), value);
        }
    }
    let credentials = endpoint.security.iter().flatten();
    let credentials: Vec<_> = credentials.filter(|it| it.place == Place::Query).collect();
    let is_known = |name: &str| {
        let known = |it: &Parameter| it.place == Place::Query && it.takes(name);
        endpoint.parameters.iter().any(known) || credentials.iter().any(|it| it.name == name)
    };
    for (name, _) in record.query.iter().filter(|(name, _)| !is_known(name)) {
        report.ignored.push(name.clone());
    }
    let form = match (content, &record.json) {
        (Some(content), Some(json)) => {
            let mut fields = FieldTree::default();
            fields.values.push(FieldValue::Json(json.clone()));
            check::decode(&content.schema, &fields, "", &mut report)
        }
        (Some(content), None) if form::is_form(&content.media_type) => {
            let fields = form::nest(&record.parts, content, &mut report);
            check::decode(&content.schema, &fields, "", &mut report)
        }
        _ => Value::Null,
    };
    record.ignored = std::mem::take(&mut report.ignored);
    if strict {
        for field in &record.ignored {
            report.invalid(field, "is not in the documentation");
        }
    }
    if !report.problems.is_empty() {
        return Err(refuse(endpoint, &report.problems));
    }
    Ok(Call {
        path: path_values(endpoint, path)?,
        endpoint,
        query: Value::Object(query),
        form,
        parts: &record.parts,
    })
}

impl Parameter {
    /// Whether a name in the query belongs to this parameter.
    fn takes(&self, name: &str) -> bool {
        let spread = || {
            self.schema
                .branches()
                .any(|it| it.properties.contains_key(name))
        };
        let own = || self.schema.properties.contains_key(name) || spread();
        match self.style {
            Style::Spread => own() || self.schema.additional.is_some(),
            Style::Brackets => name.split('[').next() == Some(&self.name),
            _ => name == self.name,
        }
    }
}

/// The parameters in the path, decoded.
fn path_values(endpoint: &Endpoint, values: &[String]) -> Result<Map<String, Value>, Problem> {
    let mut decoded = Map::new();
    for (name, value) in endpoint.path_names.iter().zip(values) {
        let text = percent_decode_str(value).decode_utf8();
        let text = text
            .ok()
            .filter(|it| !it.is_empty() && !it.contains(char::is_control));
        let Some(text) = text else {
            let detail = format!("{name} cannot be `{value}`.");
            return Err(Refusal::INVALID_ID.of(endpoint, detail));
        };
        let mut parameters = endpoint.parameters.iter();
        let parameter = parameters.find(|it| it.place == Place::Path && it.name == *name);
        let mut report = Report::default();
        let value = match parameter {
            Some(parameter) => {
                let fields = fields(parameter.style, [text.as_ref()]);
                check_parameter(parameter, &fields, &mut report).unwrap_or_default()
            }
            None => text.into(),
        };
        if !report.problems.is_empty() {
            return Err(Refusal::INVALID_ID.of(endpoint, sentences(&report.problems)));
        }
        decoded.insert(name.clone(), value);
    }
    Ok(decoded)
}

/// The values of a parameter in one style.
fn fields<'t>(style: Style, texts: impl IntoIterator<Item = &'t str>) -> FieldTree {
    let mut fields = FieldTree::default();
    for text in texts {
        match style {
            Style::Joined(between) => text.split(between).for_each(|it| fields.add_text(it)),
            Style::Json => {
                // What is no JSON is taken for a text in it.
                let value = serde_json::from_str(text).unwrap_or_else(|_| text.into());
                fields.values.push(FieldValue::Json(value));
            }
            _ => fields.add_text(text),
        }
    }
    fields
}

/// What a request has for a parameter that is not in its path.
fn given(parameter: &Parameter, record: &RequestRecord) -> FieldTree {
    let name = parameter.name.as_str();
    let is_list = parameter.schema.items.is_some();
    let style = match parameter.style {
        // One value may have a comma in it.
        Style::Joined(_) if !is_list => Style::Repeated,
        style => style,
    };
    match (parameter.place, style) {
        (Place::Header, _) => {
            let texts = record.header(name).into_iter();
            fields(style, texts.map(str::trim))
        }
        (Place::Cookie, _) => fields(style, record.cookie(name)),
        (_, Style::Brackets | Style::Spread) => {
            let mut root = FieldTree::default();
            for (key, value) in record.query.iter().filter(|(key, _)| parameter.takes(key)) {
                let Some((keys, _)) = form::keys(key) else {
                    continue;
                };
                let inner = keys.iter().skip(usize::from(style == Style::Brackets));
                inner
                    .fold(&mut root, |tree, key| tree.child_mut(key))
                    .add_text(value);
            }
            root
        }
        _ => {
            let values = record.query.iter().filter(|(key, _)| key == name);
            fields(style, values.map(|(_, value)| value.as_str()))
        }
    }
}

/// Decodes a parameter; `None` where it is absent.
fn check_parameter(
    parameter: &Parameter,
    fields: &FieldTree,
    report: &mut Report,
) -> Option<Value> {
    if !fields.values.is_empty() || !fields.children.is_empty() {
        let at = match parameter.style {
            Style::Spread => "",
            _ => &parameter.name,
        };
        return Some(check::decode(&parameter.schema, fields, at, report));
    }
    if parameter.required {
        report.problem(Kind::Missing, &parameter.name, "is required");
    }
    None
}

/// One error for all that is wrong with a request.
fn refuse(endpoint: &Endpoint, problems: &[FieldProblem]) -> Problem {
    let all = |kind: Kind| problems.iter().all(|it| it.kind == kind);
    let refusal = if all(Kind::Missing) {
        Refusal::MISSING
    } else if all(Kind::TooLong) {
        Refusal::TOO_LONG
    } else if all(Kind::TooHigh) && endpoint.body.is_none() {
        Refusal::LIMIT_TOO_HIGH
    } else {
        Refusal::INVALID
    };
    refusal.of(endpoint, sentences(problems))
}

fn sentences(problems: &[FieldProblem]) -> String {
    let sentences = problems.iter().map(|it| {
        let field = if it.field.is_empty() {
            "The body"
        } else {
            &it.field
        };
        format!("{field} {}.", it.message)
    });
    sentences.collect::<Vec<_>>().join(" ")
}
