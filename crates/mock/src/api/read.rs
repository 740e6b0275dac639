//! Reads the operations of a document.

use std::collections::BTreeMap;

use http::HeaderValue;
use postpress_openapi::schema::{Child, Reader, Schema};
use postpress_openapi::{self as openapi, Cursor, Document};
use regex_lite::{Regex, escape};
use serde_json::Value;

use super::{Body, Content, Credential, Documented, Endpoint, ErrorType, Parameter, Place, Style};
use crate::operations;

/// The paths of all servers of the document, those of single paths and operations too; none: the root.
pub(super) fn base_paths(document: &Document) -> Vec<String> {
    let endpoints = document.endpoints();
    let own = endpoints
        .iter()
        .flat_map(|it| [it.item.clone(), it.at.clone()]);
    let owners = [Cursor::root(document)].into_iter().chain(own);
    let mut paths: Vec<String> = Vec::new();
    for server in owners.flat_map(|it| it.list("servers")) {
        let mut url = server.text("url").unwrap_or_default().to_owned();
        for (name, variable) in server.map("variables") {
            url = url.replace(
                &format!("{{{name}}}"),
                variable.text("default").unwrap_or_default(),
            );
        }
        let path = match url.split_once("://") {
            Some((_, rest)) => rest.find('/').map_or("", |slash| &rest[slash..]),
            None => &url,
        };
        let path = path.trim_matches('/');
        let path = format!("{}{path}", if path.is_empty() { "" } else { "/" });
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        paths.push(String::new());
    }
    paths
}

pub(super) fn endpoint<'d>(reader: &mut Reader<'d>, found: &openapi::Endpoint<'d>) -> Endpoint {
    let document = reader.document;
    let id = match found.id() {
        Some(id) => id.to_owned(),
        None => format!("{} {}", found.method, found.path),
    };
    let (path, path_names) = path(found.path);
    let declared: Vec<_> = found.declared().collect();
    for broken in declared.iter().filter(|it| it.resolve(document).is_none()) {
        reader.resolve(broken);
    }
    let parameters = found.parameters(|it| it.resolve(document));
    let parameters = parameters.iter().filter_map(|it| parameter(reader, it));
    let parameters: Vec<_> = parameters.collect();
    let responses = found.at.map("responses").filter_map(|(status, at)| {
        let response = reader.resolve(&at)?;
        Some((
            status.to_uppercase().replace("DEFAULT", "default"),
            documented(reader, &response),
        ))
    });
    let responses: BTreeMap<_, _> = responses.collect();
    let statuses = || responses.keys().filter_map(|it| it.parse::<u16>().ok());
    let success = statuses().find(|it| (200..300).contains(it));
    let wide = || responses.contains_key("2XX") || responses.contains_key("default");
    let other = || statuses().find(|it| *it < 400).filter(|_| !wide());
    let errors = responses
        .iter()
        .filter_map(|(status, it)| Some((status.parse().ok()?, it)));
    let errors = errors.filter(|(status, _): &(u16, _)| *status >= 300);
    Endpoint {
        behaviour: operations::behaviour(&id, found.method, found.path),
        id,
        method: found.method.to_uppercase(),
        path,
        path_names,
        parameters,
        body: found.at.get("requestBody").and_then(|at| body(reader, &at)),
        security: security(document, &found.at),
        success: success.or_else(other).unwrap_or(200),
        errors: errors
            .flat_map(|(status, it)| error_types(status, it))
            .collect(),
        responses,
    }
}

/// The expression that a path matches, and the names of its parameters.
fn path(path: &str) -> (Regex, Vec<String>) {
    let mut pattern = "^".to_owned();
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((literal, (name, after))) = rest
        .split_once('{')
        .and_then(|(literal, inner)| Some((literal, inner.split_once('}')?)))
    {
        pattern += &format!("{}([^/]*)", escape(literal));
        names.push(name.to_owned());
        rest = after;
    }
    pattern += &format!("{}$", escape(rest));
    // It is made of escaped texts and of groups.
    let regex = Regex::new(&pattern).unwrap_or_else(|error| unreachable!("{error}"));
    (regex, names)
}

fn parameter<'d>(reader: &mut Reader<'d>, at: &Cursor<'d>) -> Option<Parameter> {
    let name = at.text("name")?;
    let place = match at.text("in")? {
        "path" => Place::Path,
        "query" => Place::Query,
        // Their descriptions mean nothing, says OpenAPI.
        "header"
            if ["accept", "content-type", "authorization"].contains(&&*name.to_lowercase()) =>
        {
            return None;
        }
        "header" => Place::Header,
        "cookie" => Place::Cookie,
        other => {
            reader.not_served(at, format!("there is no place `{other}` for parameters"));
            return None;
        }
    };
    let content = at.map("content").next();
    let (schema, is_json) = match (at.get("schema"), content) {
        (Some(schema), _) => (reader.schema(&schema), false),
        (None, Some((media_type, content))) => {
            let schema = content.get("schema").map(|it| reader.schema(&it));
            (schema.unwrap_or_default(), media_type.contains("json"))
        }
        (None, None) => (Child::default(), false),
    };
    let style = at.text("style").unwrap_or("form");
    let explode = at.flag("explode").unwrap_or(style == "form");
    let style = match (style, place) {
        _ if is_json => Style::Json,
        ("deepObject", _) => Style::Brackets,
        ("pipeDelimited", _) => Style::Joined('|'),
        ("spaceDelimited", _) => Style::Joined(' '),
        (_, Place::Query) if explode && schema.has_members() => Style::Spread,
        (_, Place::Query) if explode => Style::Repeated,
        ("form" | "simple", _) => Style::Joined(','),
        (other, _) => {
            reader.not_served(
                at,
                format!("values in the style `{other}` are taken as texts"),
            );
            Style::Repeated
        }
    };
    Some(Parameter {
        name: name.to_owned(),
        place,
        required: at.flag("required") == Some(true),
        style,
        schema,
    })
}

fn body<'d>(reader: &mut Reader<'d>, at: &Cursor<'d>) -> Option<Body> {
    let at = reader.resolve(at)?;
    let contents = at.map("content").map(|(media_type, content)| {
        let schema = content
            .get("schema")
            .map(|it| reader.schema(&it))
            .unwrap_or_default();
        let properties = || {
            schema
                .properties
                .iter()
                .chain(schema.branches().flat_map(|it| &it.properties))
        };
        let encoding = |name: &str| content.get("encoding").and_then(|it| it.get(name));
        let is_json = |name: &str, it: &Schema| {
            let encoding = encoding(name);
            let text = |key| encoding.as_ref().and_then(|it| it.text(key));
            let items = it.items.as_deref().is_some_and(Schema::has_members);
            let declared = text("contentType").is_some_and(|it| it.contains("json"));
            declared || text("style").is_none() && (it.has_members() || items)
        };
        let joined = |name: &str| encoding(name).and_then(|it| it.flag("explode")) == Some(false);
        let json = properties().filter(|(name, it)| is_json(name, it));
        let joined = properties().filter(|(name, it)| joined(name) && it.items.is_some());
        Content {
            media_type: essence(media_type),
            json: json.map(|(name, _)| name.clone()).collect(),
            joined: joined.map(|(name, _)| name.clone()).collect(),
            schema: schema.clone(),
        }
    });
    let contents: Vec<_> = contents.collect();
    Some(Body {
        required: at.flag("required") == Some(true),
        contents,
    })
}

/// A media type without its parameters, in small letters.
pub(crate) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_lowercase()
}

fn documented<'d>(reader: &mut Reader<'d>, at: &Cursor<'d>) -> Documented {
    let contents: Vec<_> = at.map("content").collect();
    let json = contents
        .iter()
        .find(|(media_type, _)| media_type.contains("json"));
    let content = json.or_else(|| contents.first());
    let document = reader.document;
    let headers = at.map("headers").filter_map(|(name, header)| {
        let schema = reader.resolve(&header)?.get("schema")?;
        let name = name
            .parse()
            .ok()
            .filter(|it| *it != http::header::CONTENT_TYPE)?;
        Some((name, reader.schema(&schema)))
    });
    let headers = headers.collect();
    let example = content.and_then(|(_, it)| document.example(&it.pointer));
    let media_type = content.map(|(media_type, _)| media_type.replace("*/*", "application/json"));
    let media_type = media_type.map(|it| it.replace('*', "octet-stream"));
    Documented {
        media_type: media_type.and_then(|it| HeaderValue::from_str(&it).ok()),
        schema: content
            .and_then(|(_, it)| it.get("schema"))
            .map(|it| reader.schema(&it)),
        example,
        headers,
    }
}

/// The error types that a response lists as the values of its property `type`.
fn error_types(status: u16, response: &Documented) -> Vec<ErrorType> {
    let property = response.schema().and_then(|it| it.property("type"));
    let Some((property, names)) = property.and_then(|it| Some((it, it.values.as_ref()?))) else {
        return Vec::new();
    };
    let names = names.iter().filter_map(Value::as_str).enumerate();
    let rows = names.map(|(place, name)| ErrorType {
        name: name.to_owned(),
        status,
        description: property
            .value_descriptions
            .get(place)
            .cloned()
            .unwrap_or_default(),
    });
    rows.collect()
}

/// The credentials that an operation takes: those of one of these lists.
fn security(document: &Document, at: &Cursor<'_>) -> Vec<Vec<Credential>> {
    let own = at
        .get("security")
        .or_else(|| Cursor::root(document).get("security"));
    let lists = own.iter().flat_map(|it| it.items()).map(|requirement| {
        let schemes = requirement.entries().filter_map(|(name, _)| {
            let scheme = document.component("securitySchemes", name)?;
            credential(&scheme.resolve(document)?)
        });
        schemes.collect()
    });
    lists.collect()
}

fn credential(scheme: &Cursor<'_>) -> Option<Credential> {
    let (place, name, word) = match scheme.text("type")? {
        "apiKey" => {
            let place = match scheme.text("in")? {
                "query" => Place::Query,
                "cookie" => Place::Cookie,
                _ => Place::Header,
            };
            (place, scheme.text("name")?, None)
        }
        "http" if scheme.text("scheme")?.eq_ignore_ascii_case("basic") => {
            (Place::Header, "Authorization", Some("Basic"))
        }
        "http" | "oauth2" | "openIdConnect" => (Place::Header, "Authorization", Some("Bearer")),
        // A certificate is a matter of TLS.
        _ => return None,
    };
    Some(Credential {
        place,
        name: name.to_owned(),
        scheme: word,
    })
}
