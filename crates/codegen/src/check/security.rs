//! Security schemes, and the requirements that name them.

use postpress_openapi::{Code, Cursor, Diagnostics, codes};

use super::grammar::Kind;
use super::index::Index;
use super::parameters::is_token;
use super::wording::{did_you_mean, one_of};

const TYPES: [&str; 4] = ["apiKey", "http", "oauth2", "openIdConnect"];
const LOCATIONS: [&str; 3] = ["query", "header", "cookie"];

pub(super) fn check(index: &Index<'_>, out: &mut Diagnostics) {
    for scheme in index.objects(Kind::SecurityScheme) {
        check_scheme(scheme, out);
    }
    for flows in index.objects(Kind::OAuthFlows) {
        check_flows(flows, out);
    }
    let root = index.root();
    for owner in std::iter::once(&root).chain(index.objects(Kind::Operation)) {
        for requirement in owner.list("security") {
            check_requirement(index, &requirement, out);
        }
    }
}

fn check_requirement(index: &Index<'_>, requirement: &Cursor<'_>, out: &mut Diagnostics) {
    let document = index.document;
    for (name, place) in requirement.entries() {
        if document.component("securitySchemes", name).is_some() {
            continue;
        }
        let known = document.components("securitySchemes").map(|(name, _)| name);
        out.report_key(
            codes::UNKNOWN_SECURITY_SCHEME,
            &place,
            format!("there is no security scheme `{name}`; the client does not send it"),
            did_you_mean(name, known, || {
                format!("add `{name}` to `components/securitySchemes`")
            }),
        );
    }
}

fn check_scheme(scheme: &Cursor<'_>, out: &mut Diagnostics) {
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
                _ => one_of(written, &TYPES),
            };
            let message = format!("`{written}` is no type of security scheme");
            out.report(codes::INVALID_SECURITY_SCHEME, &kind, message, help);
            return;
        }
    };
    let what = format!("a security scheme of the type `{written}`");
    check_needed(codes::INVALID_SECURITY_SCHEME, scheme, &what, needed, out);
    if written == "apiKey" {
        check_key(scheme, out);
    }
}

fn check_needed(
    code: Code,
    place: &Cursor<'_>,
    what: &str,
    needed: &[&str],
    out: &mut Diagnostics,
) {
    for field in needed
        .iter()
        .filter(|field| place.node.get(field).is_none())
    {
        let message = format!("{what} needs `{field}`");
        out.report_key(code, place, message, format!("add `{field}`"));
    }
}

fn check_key(scheme: &Cursor<'_>, out: &mut Diagnostics) {
    let (Some(place), Some(location)) = (scheme.get("in"), scheme.text("in")) else {
        return;
    };
    if !LOCATIONS.contains(&location) {
        let message = format!("an API key cannot be in `{location}`");
        out.report(
            codes::INVALID_SECURITY_SCHEME,
            &place,
            message,
            one_of(location, &LOCATIONS),
        );
    }
    if let (Some(place), Some(name)) = (scheme.get("name"), scheme.text("name"))
        && (name.is_empty() || location == "header" && !is_token(name))
    {
        let message = format!("`{name}` is no name for an API key in the {location}");
        out.report(
            codes::INVALID_SECURITY_SCHEME,
            &place,
            message,
            "use letters, digits and `-`",
        );
    }
}

fn check_flows(flows: &Cursor<'_>, out: &mut Diagnostics) {
    for (flow, needed) in [
        ("implicit", &["authorizationUrl"][..]),
        ("password", &["tokenUrl"]),
        ("clientCredentials", &["tokenUrl"]),
        ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
    ] {
        let place = flows.get(flow);
        if let Some(place) = place.filter(|place| place.node.as_object().is_some()) {
            let what = format!("the OAuth flow `{flow}`");
            check_needed(codes::INCOMPLETE, &place, &what, needed, out);
        }
    }
}
