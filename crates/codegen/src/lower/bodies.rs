//! Request bodies.

use postpress_openapi::{Cursor, codes};

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
    /// The bodies that an operation takes: both JSON and a form if it takes both, else one.
    pub(super) fn bodies(
        &mut self,
        operation: &Cursor<'d>,
        pascal: &str,
    ) -> Result<Vec<Body>, Reported> {
        let Some(at) = operation.get("requestBody") else {
            return Ok(Vec::new());
        };
        let at = self.resolve(&at)?;
        let entries: Vec<_> = at.map("content").collect();
        let mut kinds = Vec::new();
        if let Some((media, json)) = entries.iter().find(|(media, at)| is_json(media, at)) {
            kinds.push(self.json_body(media, json, pascal));
        }
        let of = |wanted: &str| entries.iter().find(|(media, _)| essence(media) == wanted);
        if let Some((_, at)) = of("multipart/form-data") {
            kinds.push(self.form(at, pascal).map(BodyKind::Form));
        } else if let Some((_, at)) = of("application/x-www-form-urlencoded") {
            kinds.push(self.url_encoded(at, pascal));
        }
        if let (true, Some((media, at))) = (kinds.is_empty(), entries.first()) {
            kinds.push(self.plain_body(media, at));
        }
        let required = at.flag("required") == Some(true);
        let doc = for_rustdoc(at.text("description").unwrap_or_default());
        let bodies = kinds.into_iter().map(|kind| {
            Ok(Body {
                origin: (&at).into(),
                kind: kind?,
                required,
                doc: doc.clone(),
            })
        });
        bodies.collect()
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
        let media = match essence(media).as_str() {
            "*/*" => "application/json",
            _ => media,
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
            "*/*" => BodyKind::Binary("application/octet-stream".to_owned()),
            _ if essence.starts_with("text/") || essence.ends_with("xml") => {
                BodyKind::Text(media.to_owned())
            }
            _ => BodyKind::Binary(media.to_owned()),
        })
    }
}
