//! Requests as they are built: parameters in every style, and that no value escapes its place.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use postpress_runtime::multipart::{ArrayNames, FormBody, FormOptions, FormWriter};
use postpress_runtime::reqwest::Client;
use postpress_runtime::{
    Credentials, Empty, InvalidRequest, Method, PathStyle, Service, http_client,
};
use proptest::prelude::*;
use serde::Serialize;
use serde_json::json;
use url::Url;

const BASE: &str = "https://api.example/v1";

type Request<'a> = postpress_runtime::Request<'a, Empty>;

fn service(base_url: &str) -> Service {
    // Made once: it takes a while where it reads the system's certificates.
    static HTTP: LazyLock<Client> = LazyLock::new(|| http_client().build().unwrap());
    Service::new(base_url, HTTP.clone())
}

fn get<'a>(service: &'a Service, template: &'static str) -> Request<'a> {
    Request::new(service, "get", Method::GET, template)
}

/// The URL of a request to a path below [`BASE`].
fn url(
    template: &'static str,
    set: impl FnOnce(Request<'_>) -> Request<'_>,
) -> Result<Url, InvalidRequest> {
    let request = set(get(&service(BASE), template)).build()?;
    Ok(request.url().clone())
}

fn query(set: impl FnOnce(Request<'_>) -> Request<'_>) -> String {
    let url = url("/x", set).unwrap();
    url.as_str()
        .strip_prefix("https://api.example/v1/x")
        .unwrap()
        .to_owned()
}

fn refusal(set: impl FnOnce(Request<'_>) -> Request<'_>) -> String {
    url("/x", set).unwrap_err().to_string()
}

fn path<T: Serialize + ?Sized>(template: &'static str, value: &T) -> Result<String, String> {
    url(template, |request| request.path("id", value))
        .map(|request| request.path().to_owned())
        .map_err(|error| error.to_string())
}

#[test]
fn the_base_url_may_end_in_slashes_and_have_a_path() {
    for (base, full) in [
        ("http://h", "http://h/chats"),
        ("http://h/", "http://h/chats"),
        ("http://h:81/a/b//", "http://h:81/a/b/chats"),
    ] {
        for template in ["/chats", "chats"] {
            let request = get(&service(base), template).build().unwrap();
            assert_eq!(request.url().as_str(), full);
        }
    }
    let root = get(&service("http://h/v1"), "/").build().unwrap();
    assert_eq!(root.url().as_str(), "http://h/v1/");
}

#[test]
fn a_base_url_that_cannot_be_one_is_refused_without_repeating_it() {
    for (base, why) in [
        (
            "",
            "relative URL without a base; it should look like `https://api.example/v1`",
        ),
        (
            "api.example",
            "relative URL without a base; it should look like `https://api.example/v1`",
        ),
        (
            "http://",
            "empty host; it should look like `https://api.example/v1`",
        ),
        (
            "ftp://s3cret@h/",
            "its scheme is `ftp`, not `http` or `https`",
        ),
        (
            "localhost:8080",
            "its scheme is `localhost`, not `http` or `https`",
        ),
        (
            "http://s3cret@h/?a=s3cret",
            "it has a query (`?`), which no request would keep",
        ),
        (
            "http://h/#",
            "it has a fragment (`#`), which no request would keep",
        ),
    ] {
        let service = service(base);
        let error = get(&service, "/x").path("id", "").build().unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("the base URL cannot be used: {why}")
        );
        assert!(error.is_configuration());
    }
}

#[test]
fn values_in_the_path_are_encoded_but_for_unreserved_characters() {
    assert_eq!(path("/a/{id}", "x-._~9").unwrap(), "/v1/a/x-._~9");
    assert_eq!(
        path("/a/{id}/b", "é /?#%\\+&=;:@,").unwrap(),
        "/v1/a/%C3%A9%20%2F%3F%23%25%5C%2B%26%3D%3B%3A%40%2C/b"
    );
    assert_eq!(path("/a/{id}", &-7).unwrap(), "/v1/a/-7");
    assert_eq!(path("/a/{id}", &true).unwrap(), "/v1/a/true");
    assert_eq!(path("/a/{id}", &["x", "y,z"]).unwrap(), "/v1/a/x,y%2Cz");
    assert_eq!(
        path("/a/{id}", &json!({"k": 1, "l": 2})).unwrap(),
        "/v1/a/k,1,l,2"
    );
    assert_eq!(path("/a/b{id}.json", "..").unwrap(), "/v1/a/b...json");
    assert_eq!(path("/a/{id}", "...").unwrap(), "/v1/a/...");
    assert_eq!(path("/a/{id}", "%2e%2e").unwrap(), "/v1/a/%252e%252e");
}

#[test]
fn values_that_would_change_the_path_are_refused() {
    let empty = "parameter `id` cannot be sent: it is empty, which would change the path";
    let dots = "parameter `id` cannot be sent: it makes a segment of the path `.` or `..`, which would be another path";
    assert_eq!(path("/a/{id}", "").unwrap_err(), empty);
    assert_eq!(path("/a/{id}", &None::<String>).unwrap_err(), empty);
    assert_eq!(path("/a/{id}", &[""; 0]).unwrap_err(), empty);
    assert_eq!(path("/a/{id}/b", ".").unwrap_err(), dots);
    assert_eq!(path("/a/{id}/b", "..").unwrap_err(), dots);
    assert_eq!(path("/a/.{id}", ".").unwrap_err(), dots);
    assert_eq!(path("/a/%2e{id}", ".").unwrap_err(), dots);
    assert_eq!(path("/a/{id}.", ".").unwrap_err(), dots);
    let both = url("/a/{b}{c}", |request| request.path("b", ".").path("c", "."));
    assert_eq!(both.unwrap_err().refused_parameter().unwrap().0, "c");
}

#[test]
fn no_style_lets_a_value_change_the_path() {
    let styled = |style, explode, value: &serde_json::Value| {
        url("/a/{id}/b", |request| {
            request.path_styled("id", value, style, explode)
        })
        .map(|url| url.path().to_owned())
        .map_err(|error| error.to_string())
    };
    let list = json!(["x", "y/z"]);
    for (style, explode, expected) in [
        (PathStyle::Simple, true, "x,y%2Fz"),
        (PathStyle::Slashes, false, "x,y/z"),
        (PathStyle::Label, true, ".x.y%2Fz"),
        (PathStyle::Matrix, true, ";id=x;id=y%2Fz"),
        (PathStyle::Matrix, false, ";id=x,y%2Fz"),
    ] {
        let path = styled(style, explode, &list).unwrap();
        assert_eq!(path, format!("/v1/a/{expected}/b"), "{style:?}");
        for empty in [json!(""), json!([]), json!([""]), json!(null), json!({})] {
            let why = styled(style, explode, &empty).unwrap_err();
            assert!(why.contains("it is empty"), "{style:?} {empty}: {why}");
        }
    }
    for (style, away) in [
        (PathStyle::Slashes, ".."),
        (PathStyle::Slashes, "x/../y"),
        (PathStyle::Slashes, "x/."),
        (PathStyle::Label, "."),
    ] {
        let why = styled(style, false, &json!(away)).unwrap_err();
        assert!(why.contains("another path"), "{style:?} {away}: {why}");
    }
}

#[test]
fn a_template_cannot_change_the_path_either() {
    assert_eq!(
        path("/a/../{id}", "x").unwrap_err(),
        "path `/a/../{id}` cannot be requested: it has a segment `.` or `..`"
    );
    assert_eq!(
        path("/a/{id}/{other}", "x").unwrap_err(),
        "path `/a/{id}/{other}` cannot be requested: `other` was not given"
    );
    assert_eq!(
        path("/a?b#c\\d e/{id}", "x").unwrap(),
        "/v1/a%3Fb%23c%5Cd%20e/x"
    );
    assert_eq!(path("/a%20b/{id}", "x").unwrap(), "/v1/a%20b/x");
}

#[test]
fn form_parameters_repeat_their_name() {
    assert_eq!(
        query(|request| request.query("a", "x y&z=é")),
        "?a=x%20y%26z%3D%C3%A9"
    );
    assert_eq!(query(|request| request.query("a[]", "")), "?a%5B%5D=");
    assert_eq!(
        query(|request| request.query("a", &[1, 2]).query("b", &true)),
        "?a=1&a=2&b=true"
    );
    assert_eq!(
        query(|request| request.query("a", &3.0).query("b", &0.5).query("c", &-0.0)),
        "?a=3&b=0.5&c=0"
    );
    assert_eq!(
        query(|request| request.query("a", &json!({"k": 1, "l": [2, 3], "m": null}))),
        "?k=1&l=2&l=3"
    );
    assert_eq!(
        query(|request| request.query("a", &u128::MAX)),
        format!("?a={}", u128::MAX)
    );
}

#[test]
fn joined_parameters_encode_the_separator_only_within_values() {
    assert_eq!(
        query(|request| request.query_joined("a", &["x,y", "z"], ',')),
        "?a=x%2Cy,z"
    );
    assert_eq!(
        query(|request| request.query_joined("a", &["x|y", "z"], '|')),
        "?a=x%7Cy%7Cz"
    );
    assert_eq!(
        query(|request| request.query_joined("a", &["x", "z"], ' ')),
        "?a=x%20z"
    );
    assert_eq!(
        query(|request| request.query_joined("a", &json!({"k": 1, "l": 2}), ',')),
        "?a=k,1,l,2"
    );
    assert_eq!(query(|request| request.query_joined("a", "x", ',')), "?a=x");
}

#[test]
fn deep_parameters_nest_in_brackets() {
    let value = json!({"k": 1, "l": {"m": ["x", "y"], "n": [{"o": 1}, [2, 3]]}, "p": null});
    let url = url("/x", |request| request.query_deep("a", &value)).unwrap();
    let pairs: Vec<String> = url
        .query_pairs()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    assert_eq!(
        pairs,
        [
            "a[k]=1",
            "a[l][m]=x",
            "a[l][m]=y",
            "a[l][n][0][o]=1",
            "a[l][n][1]=2",
            "a[l][n][1]=3"
        ]
    );
    assert_eq!(
        query(|request| request.query_deep("a", &json!({"k": "[]"}))),
        "?a%5Bk%5D=%5B%5D"
    );
    assert_eq!(
        refusal(|request| request.query_deep("a", &json!({"k]": 1}))),
        "parameter `a` cannot be sent: the key \"k]\" is empty or holds a bracket or control character, so `a[...]` would mean something else"
    );
}

#[test]
fn json_parameters_are_json() {
    assert_eq!(
        query(|request| request.query_json("a", &json!({"k": [1, "é"]}))),
        "?a=%7B%22k%22%3A%5B1%2C%22%C3%A9%22%5D%7D"
    );
}

#[test]
fn what_is_absent_is_not_sent() {
    let nothing = json!([null, null]);
    let url = query(|request| {
        request
            .query("a", &None::<i64>)
            .query("a", &nothing)
            .query("a", &json!({}))
            .query_joined("a", &Some(&[] as &[String]), ',')
            .query_joined("a", &nothing, ',')
            .query_deep("a", &json!({"k": null, "l": [], "m": {}}))
            .query_json("a", &None::<i64>)
    });
    assert_eq!(url, "");
}

#[test]
fn what_is_deeper_than_openapi_says_is_json() {
    let nested = json!([{"k": "x,y", "n": 1, "none": null}, [true, "1"], "z"]);
    let object = "%7B%22k%22%3A%22x%2Cy%22%2C%22n%22%3A1%2C%22none%22%3Anull%7D";
    let list = "%5Btrue%2C%221%22%5D";
    assert_eq!(
        query(|request| request.query("a", &nested)),
        format!("?a={object}&a={list}&a=z")
    );
    assert_eq!(
        query(|request| request.query_joined("a", &nested, ',')),
        format!("?a={object},{list},z")
    );
    assert_eq!(
        query(|request| request.query("a", &json!({"k": {"l": 1.0}, "m": [[]]}))),
        "?k=%7B%22l%22%3A1%7D&m=%5B%5D"
    );
    assert_eq!(
        path("/a/{id}", &nested).unwrap(),
        format!("/v1/a/{object},{list},z")
    );
    let service = service(BASE);
    let request = get(&service, "/{id}")
        .path_json("id", &json!([{"k": 1}]))
        .cookie("a", &nested, false)
        .cookie_json("b", &json!({"k": 1}))
        .cookie_json("c", &None::<i32>);
    let request = request.build().unwrap();
    assert_eq!(request.url().path(), "/v1/%5B%7B%22k%22%3A1%7D%5D");
    assert_eq!(
        request.headers()["cookie"],
        *format!("a={object},{list},z; b=%7B%22k%22%3A1%7D")
    );
}

#[test]
fn what_has_no_form_is_refused_and_the_first_fault_is_told() {
    assert_eq!(
        refusal(|request| request.header("a", &json!([[1]])).query("b", &f64::NAN)),
        "parameter `a` cannot be sent: it holds lists or objects within others, which have no form here"
    );
    assert_eq!(
        refusal(|request| request.query("a", &f64::NAN).header("b", &json!([[1]]))),
        "parameter `a` cannot be sent: NaN is not a number that can be sent"
    );
    assert_eq!(
        refusal(|request| request.query("a", &BTreeMap::from([(vec![1], 1)]))),
        "parameter `a` cannot be sent: a key of a map is not a text"
    );
}

#[test]
fn enums_are_sent_by_their_names() {
    #[derive(Serialize)]
    #[serde(rename_all = "lowercase")]
    enum Order {
        Ascending,
        Limit(i64),
        Range { from: i64 },
    }
    assert_eq!(
        query(|request| request.query("a", &Order::Ascending)),
        "?a=ascending"
    );
    assert_eq!(
        query(|request| request.query_deep("a", &Order::Limit(3))),
        "?a%5Blimit%5D=3"
    );
    assert_eq!(
        query(|request| request.query_deep("a", &Order::Range { from: 1 })),
        "?a%5Brange%5D%5Bfrom%5D=1"
    );
}

#[test]
fn debug_output_has_no_values() {
    let service = service("https://u:s3cret@h");
    let request = get(&service, "/a/{id}")
        .path("id", "s3cret")
        .query("b", "s3cret")
        .header("c", "s3cret");
    assert!(!format!("{request:?} {service:?}").contains("s3cret"));
}

/// The header that a request has for a value.
fn header<T: Serialize + ?Sized>(value: &T) -> Result<Option<String>, String> {
    let built = get(&service(BASE), "/x").header("X-A", value).build();
    let request = built.map_err(|error| error.to_string())?;
    let value = request.headers().get("x-a");
    Ok(value.map(|value| String::from_utf8(value.as_bytes().to_vec()).unwrap()))
}

#[test]
fn headers_take_scalars_lists_and_objects() {
    assert_eq!(header("x, é").unwrap().unwrap(), "x, é");
    assert_eq!(header(&json!([1, true, null])).unwrap().unwrap(), "1,true");
    let object = json!({"k": 1, "l": null});
    assert_eq!(header(&object).unwrap().unwrap(), "k,1");
    for absent in [json!(null), json!([]), json!({}), json!([null])] {
        assert_eq!(header(&absent).unwrap(), None);
    }
    assert_eq!(
        header("a\r\nb: c").unwrap_err(),
        "parameter `X-A` cannot be sent: it holds a line break or another control character"
    );
    assert_eq!(
        header(&["a,b"]).unwrap_err(),
        "parameter `X-A` cannot be sent: a member of it holds a comma, which would divide it"
    );
    assert!(header(&json!([[1]])).is_err());
    assert_eq!(
        refusal(|request| request.header("a b", "x")),
        "parameter `a b` cannot be sent: it is no name of a header"
    );
}

#[test]
fn a_header_takes_the_place_of_another_of_its_name() {
    let service = service(BASE);
    let key = Credentials::api_key("X-API-KEY", "s3cret").unwrap();
    let request = get(&service, "/x")
        .credentials(Some(&key))
        .credentials(None)
        .header("x-api-key", &None::<String>)
        .accept("text/plain")
        .accept("application/json");
    let request = request.build().unwrap();
    assert_eq!(request.headers()["x-api-key"], "s3cret");
    assert!(request.headers()["x-api-key"].is_sensitive());
    let accepted: Vec<_> = request.headers().get_all("accept").iter().collect();
    assert_eq!(accepted, ["application/json"]);
}

#[test]
fn bodies_have_the_content_type_of_their_kind_or_the_one_that_is_set() {
    let service = service(BASE);
    let sent = |request: Request<'_>| {
        let request = request.build().unwrap();
        let content_type = request.headers()["content-type"].to_str().unwrap();
        let body = request.body().unwrap().as_bytes().unwrap();
        format!("{content_type}: {}", String::from_utf8_lossy(body))
    };
    let post = || get(&service, "/x");
    let value = json!({"a": [1, "b c"]});
    assert_eq!(
        sent(post().json(&value)),
        r#"application/json: {"a":[1,"b c"]}"#
    );
    assert_eq!(
        sent(
            post()
                .json(&None::<i32>)
                .content_type("application/merge-patch+json")
        ),
        "application/merge-patch+json: null"
    );
    assert_eq!(
        sent(post().url_encoded(&value, &[])),
        "application/x-www-form-urlencoded: a=1&a=b%20c"
    );
    assert_eq!(
        sent(post().body("a").content_type("text/plain")),
        "text/plain: a"
    );
    let refused = post().json(&BTreeMap::from([(vec![1], 1)])).build();
    assert_eq!(
        refused.unwrap_err().to_string(),
        "parameter `body` cannot be sent: key must be a string"
    );
}

/// A form of one text and one list.
struct Note;

impl FormBody for Note {
    fn write(&self, form: &mut FormWriter) {
        form.field("ids").put(&vec!["1"]);
    }
}

#[test]
fn a_form_is_made_once_with_the_options_of_the_service_or_of_the_request() {
    let service = service(BASE).with_form_options(FormOptions::new().with_boundary("SERVICE"));
    let mut request = get(&service, "/x").form(&Note);
    let form = request.prepare_form().unwrap().unwrap();
    assert_eq!(
        (form.boundary(), form.parts()[0].name()),
        ("SERVICE", "ids")
    );
    let length = form.content_length();
    let request = request.build().unwrap();
    assert_eq!(
        request.headers()["content-type"],
        "multipart/form-data; boundary=SERVICE"
    );
    assert_eq!(request.headers()["content-length"], length.to_string());

    let mut request = get(&service, "/x").form(&Note);
    request.prepare_form().unwrap();
    let mut request =
        request.with_form_options(FormOptions::new().with_array_names(ArrayNames::Brackets));
    let form = request.prepare_form().unwrap().unwrap();
    assert_eq!(form.parts()[0].name(), "ids[]");
    let boundary = form.boundary().to_owned();
    assert_ne!(boundary, "SERVICE");
    assert_eq!(
        request.prepare_form().unwrap().unwrap().boundary(),
        boundary
    );
    let request = request.build().unwrap();
    let content_type = format!("multipart/form-data; boundary={boundary}");
    assert_eq!(request.headers()["content-type"], content_type);

    assert!(
        get(&service, "/x")
            .json(&1)
            .prepare_form()
            .unwrap()
            .is_none()
    );
}

#[test]
fn a_request_knows_its_operation() {
    let service = service(BASE);
    let request = Request::new(&service, "deleteChat", Method::DELETE, "/chats/{chat_id}");
    assert_eq!(request.operation_id(), "deleteChat");
    assert_eq!(request.method(), Method::DELETE);
    assert_eq!(request.path_template(), "/chats/{chat_id}");
}

fn segments(url: &Url) -> Vec<String> {
    url.path_segments()
        .unwrap()
        .map(|segment| {
            percent_encoding::percent_decode_str(segment)
                .decode_utf8()
                .unwrap()
                .into_owned()
        })
        .collect()
}

fn pairs(url: &Url) -> Vec<(String, String)> {
    url.query_pairs()
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

/// Texts with many of the characters that mean something in a URL.
fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[./%2eE\\\\?#&=+,;:@\\[\\]{}| \t\r\n\u{0}é-]{0,12}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_value_never_leaves_its_segment(a in hostile(), b in hostile()) {
        let built = url("/x/{a}/y/p{b}.s", |request| request.path("a", &a).path("b", &b));
        match built {
            Ok(url) => {
                let url = Url::parse(url.as_str()).unwrap();
                prop_assert_eq!(segments(&url), ["v1", "x", &a, "y", &format!("p{b}.s")]);
                prop_assert_eq!(url.query(), None);
                prop_assert_eq!(url.fragment(), None);
            }
            Err(error) => {
                prop_assert!(a.is_empty() || b.is_empty() || a == "." || a == "..", "{:?} {:?}: {}", a, b, error);
            }
        }
    }

    #[test]
    fn a_value_never_leaves_its_parameter(
        scalar in hostile(),
        list in prop::collection::vec(hostile(), 0..4),
        json in hostile(),
    ) {
        let url = url("/x", |request| {
            request
                .query("s", &scalar)
                .query("l", &list)
                .query_joined("j", &list, ',')
                .query_json("o", &[&json])
        })
        .unwrap();
        let url = Url::parse(url.as_str()).unwrap();
        prop_assert_eq!(segments(&url), ["v1", "x"]);
        prop_assert_eq!(url.fragment(), None);
        let mut expected = vec![("s".to_owned(), scalar)];
        expected.extend(list.iter().map(|member| ("l".to_owned(), member.clone())));
        if !list.is_empty() {
            expected.push(("j".to_owned(), list.join(",")));
        }
        expected.push(("o".to_owned(), json!([json]).to_string()));
        prop_assert_eq!(pairs(&url), expected);
    }

    #[test]
    fn members_that_are_joined_can_be_told_apart(list in prop::collection::vec(hostile(), 1..4)) {
        let url = url("/x", |request| request.query_joined("j", &list, ',')).unwrap();
        let members: Vec<String> = url
            .query()
            .unwrap()
            .strip_prefix("j=")
            .unwrap()
            .split(',')
            .map(|member| percent_encoding::percent_decode_str(member).decode_utf8().unwrap().into_owned())
            .collect();
        prop_assert_eq!(members, list);
    }

    #[test]
    fn keys_never_leave_their_brackets(members in prop::collection::btree_map(hostile(), hostile(), 0..4)) {
        let built = url("/x", |request| request.query_deep("a", &members));
        let hostile_key = |key: &String| key.is_empty() || key.contains(['[', ']']) || key.contains(char::is_control);
        match built {
            Ok(url) => {
                let url = Url::parse(url.as_str()).unwrap();
                let expected: Vec<_> =
                    members.into_iter().map(|(key, value)| (format!("a[{key}]"), value)).collect();
                prop_assert_eq!(pairs(&url), expected);
            }
            Err(_) => prop_assert!(members.keys().any(hostile_key)),
        }
    }

    #[test]
    fn no_base_url_panics(base in hostile(), scheme in prop_oneof![Just(""), Just("http://"), Just("https://h")]) {
        let _ = get(&service(&format!("{scheme}{base}")), "/x/{a}").path("a", "b").build();
    }

    #[test]
    fn no_header_value_can_inject(text in hostile(), list in prop::collection::vec(hostile(), 0..3)) {
        for value in [header(&text), header(&list)].into_iter().flatten().flatten() {
            prop_assert!(!value.as_bytes().iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0)));
        }
    }
}
