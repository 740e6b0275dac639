//! Media types, and how the parts of forms are encoded.

use postpress_openapi::{Cursor, Diagnostics, codes};

use super::composition::{Composition, Reach};
use super::grammar::Kind;
use super::index::Index;
use super::parameters::{check_deep_object, is_token, styles};
use super::wording::{did_you_mean, one_of};

/// Checks a key of a `content`.
pub(super) fn check_media_type_key(place: &Cursor<'_>, key: &str, out: &mut Diagnostics) {
    if !is_media_type(key) {
        out.report_key(
            codes::INVALID_MEDIA_TYPE,
            place,
            format!("`{key}` is no media type"),
            "write a type and a subtype, such as `application/json`, or a range, such as `image/*`",
        );
    }
}

/// `type/subtype` or a range, parameters allowed.
pub(crate) fn is_media_type(text: &str) -> bool {
    let essence = text.split(';').next().unwrap_or_default().trim();
    essence
        .split_once('/')
        .is_some_and(|(main, sub)| is_token(main) && is_token(sub) && (main != "*" || sub == "*"))
}

fn is_form(media_type: &str) -> bool {
    let media_type = media_type.to_ascii_lowercase();
    media_type.starts_with("multipart/")
        || media_type.starts_with("application/x-www-form-urlencoded")
}

pub(super) fn check(index: &Index<'_>, out: &mut Diagnostics) {
    for body in index.objects(Kind::RequestBody) {
        let content = body.get("content");
        let is_empty = |content: &Cursor<'_>| content.node.as_object().is_some_and(<[_]>::is_empty);
        if let Some(content) = content.filter(is_empty) {
            out.report_key(
                codes::EMPTY_CONTENT,
                &content,
                "this request body has no media type",
                "add one, such as `application/json`",
            );
        }
    }
    for media_type in index.objects(Kind::MediaType) {
        if let Some(encoding) = media_type.get("encoding") {
            check_encoding(index, media_type, &encoding, out);
        }
    }
}

fn check_encoding<'d>(
    index: &Index<'d>,
    owner: &Cursor<'d>,
    encoding: &Cursor<'d>,
    out: &mut Diagnostics,
) {
    if encoding.node.entries().is_empty() {
        return;
    }
    let media_type = &owner.pointer.last_key();
    if !is_form(media_type) {
        out.report_key(
            codes::IGNORED_ENCODING,
            encoding,
            format!("`encoding` has no effect on `{media_type}`"),
            "remove it; it is for `multipart` bodies and `application/x-www-form-urlencoded`",
        );
        return;
    }
    let body = Composition::of(index, owner.get("schema"), Reach::Possible);
    for (name, place) in encoding.entries() {
        let property = body.property(name).into_iter().next();
        if property.is_none() && body.is_complete {
            let properties = body.properties();
            let names = properties.iter().map(|(name, _)| *name);
            out.report_key(
                codes::UNKNOWN_ENCODING_PROPERTY,
                &place,
                format!("the body has no property `{name}` to encode"),
                did_you_mean(name, names, || {
                    "remove this, or add the property to the schema".to_owned()
                }),
            );
        }
        check_entry(index, &place, property, out);
    }
}

fn check_entry<'d>(
    index: &Index<'d>,
    place: &Cursor<'d>,
    property: Option<Cursor<'d>>,
    out: &mut Diagnostics,
) {
    let types = place.get("contentType");
    let listed = types
        .as_ref()
        .and_then(|types| Some((types, types.node.as_str()?)));
    if let Some((types, listed)) = listed {
        let media_types = listed.split(',').map(str::trim);
        for media_type in media_types.filter(|media_type| !is_media_type(media_type)) {
            out.report(
                codes::INVALID_MEDIA_TYPE,
                types,
                format!("`{media_type}` is no media type"),
                "write media types or ranges, separated by commas: `image/png, image/*`",
            );
        }
    }
    let Some(style) = place.get("style") else {
        return;
    };
    let Some(written) = style.node.as_str() else {
        return;
    };
    // An encoding has the styles of a query parameter.
    let allowed = styles("query");
    if !allowed.contains(&written) {
        let message = format!("a property cannot be encoded in the style `{written}`");
        out.report(
            codes::INVALID_STYLE,
            &style,
            message,
            one_of(written, allowed),
        );
        return;
    }
    if written != "deepObject" {
        return;
    }
    check_deep_object(index, place, property, out);
    let is_json = |media_type: &str| media_type.trim().eq_ignore_ascii_case("application/json");
    if let Some((types, listed)) = listed
        && listed.split(',').any(is_json)
    {
        out.report_at(
            codes::CONFLICTING_STYLE,
            types.at(),
            &place.pointer,
            "`style: deepObject` sends a part for each property, so `contentType: application/json` has no effect",
            "remove one of the two",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_have_two_parts() {
        for text in [
            "application/json",
            "*/*",
            "image/*",
            "text/plain; charset=utf-8",
            "application/vnd.a+json;v=1",
        ] {
            assert!(is_media_type(text), "{text}");
        }
        for text in [
            "",
            "json",
            "application/",
            "/json",
            "*/json",
            "a/b/c",
            "text plain/x",
        ] {
            assert!(!is_media_type(text), "{text}");
        }
    }
}
