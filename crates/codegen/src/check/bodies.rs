//! Media types, and how the parts of forms are encoded.

use super::grammar::Kind;
use super::parameters::{check_deep_object, is_token};
use super::schema::closure::{Closure, Reach};
use super::survey::{Place, Survey};
use super::wording::{alternatives, did_you_mean};
use postpress_openapi::diagnostic::{Diagnostics, codes};
use postpress_openapi::document::Node;

const STYLES: [&str; 4] = ["form", "spaceDelimited", "pipeDelimited", "deepObject"];

/// Called for each key of a `content`.
pub(super) fn check_media_type_key(place: &Place<'_>, key: &str, out: &mut Diagnostics) {
    if !is_media_type(key) {
        out.error(
            place.key_at,
            &place.pointer,
            codes::INVALID_MEDIA_TYPE,
            format!("`{key}` is no media type"),
            "write a type and a subtype, such as `application/json`, or a range, such as `image/*`",
        );
    }
}

/// `type/subtype` or a range, parameters allowed.
fn is_media_type(text: &str) -> bool {
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

pub(super) fn check(survey: &Survey<'_>, out: &mut Diagnostics) {
    for body in survey.objects(Kind::RequestBody) {
        if let Some(content) = body
            .get("content")
            .filter(|content| content.node.as_object().is_some_and(<[_]>::is_empty))
        {
            out.error(
                content.key_at,
                &content.pointer,
                codes::EMPTY_CONTENT,
                "this request body has no media type",
                "add one, such as `application/json`",
            );
        }
    }
    for media_type in survey.objects(Kind::MediaType) {
        if let Some(encoding) = media_type.get("encoding") {
            check_encoding(survey, media_type, &encoding, out);
        }
    }
}

fn check_encoding<'d>(
    survey: &Survey<'d>,
    owner: &Place<'d>,
    encoding: &Place<'d>,
    out: &mut Diagnostics,
) {
    if encoding.node.entries().is_empty() {
        return;
    }
    let media_type = &owner.pointer.last_key();
    if !is_form(media_type) {
        out.warning(
            encoding.key_at,
            &encoding.pointer,
            codes::IGNORED_ENCODING,
            format!("`encoding` has no effect on `{media_type}`"),
            "remove it; it is for `multipart` bodies and `application/x-www-form-urlencoded`",
        );
        return;
    }
    let closure = owner
        .node
        .get("schema")
        .map(|schema| Closure::of(survey, schema, Reach::Everything));
    for (name, place) in encoding.entries() {
        let property = closure.as_ref().and_then(|closure| closure.property(name));
        let is_known = closure
            .as_ref()
            .is_some_and(|closure| property.is_some() || !closure.is_complete);
        if !is_known {
            let names = closure.iter().flat_map(Closure::property_names);
            out.error(
                place.key_at,
                &place.pointer,
                codes::UNKNOWN_ENCODING_PROPERTY,
                format!("the body has no property `{name}` to encode"),
                did_you_mean(name, names, || {
                    "remove this, or add the property to the schema".to_owned()
                }),
            );
        }
        check_entry(survey, &place, property, out);
    }
}

fn check_entry<'d>(
    survey: &Survey<'d>,
    place: &Place<'d>,
    property: Option<&'d Node>,
    out: &mut Diagnostics,
) {
    let types = place.get("contentType");
    let listed = types.as_ref().and_then(|types| types.node.as_str());
    if let (Some(types), Some(listed)) = (&types, listed) {
        for media_type in listed
            .split(',')
            .map(str::trim)
            .filter(|media_type| !is_media_type(media_type))
        {
            out.error(
                types.at(),
                &types.pointer,
                codes::INVALID_MEDIA_TYPE,
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
    if !STYLES.contains(&written) {
        out.error(
            style.at(),
            &style.pointer,
            codes::INVALID_STYLE,
            format!("a property cannot be encoded in the style `{written}`"),
            did_you_mean(written, STYLES, || format!("use {}", alternatives(&STYLES))),
        );
        return;
    }
    if written != "deepObject" {
        return;
    }
    check_deep_object(survey, place, property, out);
    let is_json = |media_type: &str| media_type.trim().eq_ignore_ascii_case("application/json");
    if let (Some(types), Some(true)) = (&types, listed.map(|listed| listed.split(',').any(is_json)))
    {
        out.error(
            types.at(),
            &place.pointer,
            codes::CONFLICTING_STYLE,
            "`style: deepObject` sends a part for each property, and `contentType: application/json` one part for all",
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
