//! Security schemes, and the requirements that name them.

use super::grammar::Kind;
use super::parameters::is_token;
use super::survey::{Place, Survey};
use super::wording::{alternatives, did_you_mean};
use postpress_openapi::diagnostic::{Diagnostics, codes};

const TYPES: [&str; 4] = ["apiKey", "http", "oauth2", "openIdConnect"];
const LOCATIONS: [&str; 3] = ["query", "header", "cookie"];

pub(super) fn check(survey: &Survey<'_>, out: &mut Diagnostics) {
    for scheme in survey.objects(Kind::SecurityScheme) {
        check_scheme(scheme, out);
    }
    for flows in survey.objects(Kind::OAuthFlows) {
        check_flows(flows, out);
    }
    let root = survey.root();
    for owner in std::iter::once(&root).chain(survey.objects(Kind::Operation)) {
        for requirement in owner.get("security").iter().flat_map(Place::items) {
            check_requirement(survey, &requirement, out);
        }
    }
}

fn check_requirement(survey: &Survey<'_>, requirement: &Place<'_>, out: &mut Diagnostics) {
    let known = survey.components("securitySchemes");
    for (name, place) in requirement.entries() {
        if known.iter().any(|entry| entry.key == name) {
            continue;
        }
        out.error(
            place.key_at,
            &place.pointer,
            codes::UNKNOWN_SECURITY_SCHEME,
            format!("there is no security scheme `{name}`"),
            did_you_mean(name, known.iter().map(|entry| entry.key.as_str()), || {
                format!("add `{name}` to `components/securitySchemes`")
            }),
        );
    }
}

fn check_scheme(scheme: &Place<'_>, out: &mut Diagnostics) {
    let Some(kind) = scheme.get("type") else {
        return;
    };
    let Some(written) = kind.node.as_str() else {
        return;
    };
    let needed: &[&str] = match written {
        "apiKey" => &["name", "in"],
        "http" => &["scheme"],
        "oauth2" => &["flows"],
        "openIdConnect" => &["openIdConnectUrl"],
        _ => {
            let help = match written {
                "mutualTLS" => "leave it out; it exists from OpenAPI 3.1 on".to_owned(),
                "basic" => "write `type: http` and `scheme: basic`".to_owned(),
                "bearer" => "write `type: http` and `scheme: bearer`".to_owned(),
                _ => did_you_mean(written, TYPES, || format!("use {}", alternatives(&TYPES))),
            };
            out.error(
                kind.at(),
                &kind.pointer,
                codes::INVALID_SECURITY_SCHEME,
                format!("`{written}` is no type of security scheme"),
                help,
            );
            return;
        }
    };
    for field in needed
        .iter()
        .filter(|field| scheme.node.get(field).is_none())
    {
        out.error(
            scheme.key_at,
            &scheme.pointer,
            codes::MISSING_FIELD,
            format!("a security scheme of the type `{written}` needs `{field}`"),
            format!("add `{field}`"),
        );
    }
    if written == "apiKey" {
        check_key(scheme, out);
    }
}

fn check_key(scheme: &Place<'_>, out: &mut Diagnostics) {
    let (Some(place), Some(location)) = (scheme.get("in"), scheme.text("in")) else {
        return;
    };
    if !LOCATIONS.contains(&location) {
        out.error(
            place.at(),
            &place.pointer,
            codes::INVALID_LOCATION,
            format!("an API key cannot be in `{location}`"),
            did_you_mean(location, LOCATIONS, || {
                format!("use {}", alternatives(&LOCATIONS))
            }),
        );
    }
    if let (Some(place), Some(name)) = (scheme.get("name"), scheme.text("name"))
        && (name.is_empty() || location == "header" && !is_token(name))
    {
        out.error(
            place.at(),
            &place.pointer,
            codes::INVALID_NAME,
            format!("`{name}` is no name for an API key in the {location}"),
            "use letters, digits and `-`",
        );
    }
}

fn check_flows(flows: &Place<'_>, out: &mut Diagnostics) {
    for (flow, needed) in [
        ("implicit", &["authorizationUrl"][..]),
        ("password", &["tokenUrl"]),
        ("clientCredentials", &["tokenUrl"]),
        ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
    ] {
        let Some(place) = flows
            .get(flow)
            .filter(|place| place.node.as_object().is_some())
        else {
            continue;
        };
        for field in needed
            .iter()
            .filter(|field| place.node.get(field).is_none())
        {
            out.error(
                place.key_at,
                &place.pointer,
                codes::MISSING_FIELD,
                format!("the OAuth flow `{flow}` needs `{field}`"),
                format!("add `{field}`"),
            );
        }
    }
}
