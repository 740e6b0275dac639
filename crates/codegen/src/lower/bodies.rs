//! Request bodies.

use postpress_openapi::{Cursor, Diagnostic, codes};

use crate::ir::{Body, BodyKind, Type, docs::for_rustdoc};

use super::{Lowering, Reported};

/// The schema of a response, body or parameter that is JSON.
pub(super) fn json_schema<'d>(holder: &Cursor<'d>) -> Option<Cursor<'d>> {
    let mut content = holder.map("content");
    let (_, json) = content.find(|(media, at)| is_json(media, at))?;
    json.get("schema")
}

/// A media type without its parameters.
pub(super) fn essence(media: &str) -> String {
    let essence = media.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether JSON of this media type is nothing but JSON.
fn is_plain_json(media: &str) -> bool {
    let essence = essence(media);
    essence.contains('*') || matches!(essence.as_str(), "application/json" | "text/json")
}

pub(super) fn is_json(media: &str, at: &Cursor<'_>) -> bool {
    match essence(media).as_str() {
        "application/json" | "text/json" => true,
        // Any media type, but with a schema that is not a file. Documents that say this mean JSON.
        "*/*" => {
            let schema = at.node.get("schema");
            schema.is_some_and(|schema| schema.text("format") != Some("binary"))
        }
        essence => essence.ends_with("+json"),
    }
}

impl<'d> Lowering<'d, '_> {
    /// The body that an operation takes, of one media type or another; JSON first, which is what is meant where nothing is said.
    pub(super) fn body(
        &mut self,
        operation: &Cursor<'d>,
        pascal: &str,
    ) -> Result<Option<Body>, Reported> {
        let Some(at) = operation.get("requestBody") else {
            return Ok(None);
        };
        let at = self.resolve(&at)?;
        let mut entries: Vec<(&str, Cursor<'d>)> = at.map("content").collect();
        entries.sort_by_key(|(media, at)| !is_json(media, at));
        // The same JSON under another name is no other body.
        let mut seen: Vec<Option<Cursor<'d>>> = Vec::new();
        entries.retain(|(media, at)| {
            let schema = at.get("schema");
            let schema = schema.map(|schema| self.index.resolve(&schema).unwrap_or(schema));
            let is_same = |known: &Option<Cursor<'d>>| match (known, &schema) {
                (Some(known), Some(schema)) => known.node.same(schema.node),
                (known, schema) => known.is_none() && schema.is_none(),
            };
            let is_plain = is_json(media, at) && is_plain_json(media);
            let is_known = is_plain && seen.iter().any(is_same);
            seen.extend((is_plain && !is_known).then_some(schema));
            !is_known
        });
        let mut kinds = Vec::new();
        let mut refused = Vec::new();
        let known: Vec<Diagnostic> = self.errors().cloned().collect();
        for (media, at) in &entries {
            let kind = match essence(media).as_str() {
                _ if is_json(media, at) => self.json_body(media, at, pascal),
                "multipart/form-data" => self.form(at, pascal).map(BodyKind::Form),
                "application/x-www-form-urlencoded" => self.url_encoded(at, pascal),
                _ => self.plain_body(media, at),
            };
            match kind {
                Ok(kind) => kinds.push(kind),
                Err(reported) => refused.push((media, at, reported)),
            }
        }
        if let (true, Some((.., reported))) = (kinds.is_empty(), refused.first()) {
            return Err(*reported);
        }
        if !refused.is_empty() {
            // What is wrong with one of several costs the others nothing.
            let new = self.errors().filter(|finding| !known.contains(finding));
            let new: Vec<Diagnostic> = new.cloned().collect();
            self.left_out.extend(new);
        }
        for (media, at, _) in refused {
            let message = format!("the operation is generated without bodies of type {media}");
            let help = "correct what is reported of them, or remove the media type";
            self.diagnostics
                .report(codes::UNSENT_BODY, at, message, help);
        }
        let body = Body {
            origin: (&at).into(),
            kinds,
            required: at.flag("required") == Some(true),
            doc: for_rustdoc(at.text("description").unwrap_or_default()),
        };
        Ok(Some(body).filter(|body| !body.kinds.is_empty()))
    }

    fn json_body(
        &mut self,
        media: &str,
        at: &Cursor<'d>,
        pascal: &str,
    ) -> Result<BodyKind, Reported> {
        self.accept(at)?;
        let ty = match at.get("schema") {
            Some(schema) => self.type_of(&schema, &format!("{pascal}Body")),
            None => Type::Any,
        };
        let media = match media.contains('*') {
            true => "application/json",
            false => media,
        };
        Ok(BodyKind::Json(ty, media.to_owned()))
    }

    /// A body that is neither JSON nor a form.
    fn plain_body(&mut self, media: &str, at: &Cursor<'d>) -> Result<BodyKind, Reported> {
        self.accept(at)?;
        let essence = essence(media);
        if essence.starts_with("multipart/") {
            let message = format!("bodies of type {media} cannot be generated");
            return Err(self.refuse(
                codes::UNSUPPORTED_BODY,
                at,
                message,
                "use `multipart/form-data`",
            ));
        }
        Ok(match essence.as_str() {
            wide if wide.contains('*') => BodyKind::Binary("application/octet-stream".to_owned()),
            _ if essence.starts_with("text/") || essence.ends_with("xml") => {
                BodyKind::Text(media.to_owned())
            }
            _ => BodyKind::Binary(media.to_owned()),
        })
    }
}
