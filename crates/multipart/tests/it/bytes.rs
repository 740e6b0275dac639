//! The exact bytes of a form, with a fixed boundary.

use std::collections::{BTreeMap, HashMap};

use crate::support::{fields, find};
use futures_util::TryStreamExt;
use postpress_multipart::{
    ArrayNames, FieldWriter, Form, FormBody, FormError, FormOptions, FormValue, FormWriter, Upload,
};
use serde::Serialize;
use serde_json::json;

/// The body as text, `\r\n` as line ends.
async fn text_of(form: Form) -> String {
    let declared = form.content_length();
    let chunks: Vec<_> = form.into_stream().try_collect().await.unwrap();
    let body = chunks.concat();
    assert_eq!(body.len() as u64, declared);
    String::from_utf8(body).unwrap().replace("\r\n", "\n")
}

async fn body(form: &impl FormBody) -> String {
    text_of(form.to_form_with_boundary("B").unwrap()).await
}

/// One part per line: name, type, file name, content.
async fn lines(write: impl Fn(&mut FormWriter)) -> Vec<String> {
    let body = body(&fields(write)).await;
    body.split("--B\n")
        .skip(1)
        .map(|part| {
            let part = part.strip_suffix("--B--\n").unwrap_or(part);
            let (head, content) = part.split_once("\n\n").unwrap();
            let head = head
                .strip_prefix("Content-Disposition: form-data; name=")
                .unwrap()
                .replace("\nContent-Type: ", "; ");
            format!("{head} = {}", content.strip_suffix('\n').unwrap())
        })
        .collect()
}

struct StartChat {
    account_id: String,
    attendees_ids: Vec<String>,
    attachments: Vec<Upload>,
    linkedin: Option<LinkedIn>,
    voice_message: Option<Upload>,
}

enum LinkedIn {
    Classic { inmail: Option<bool> },
    Recruiter(Box<Recruiter>),
}

struct Recruiter {
    signature: String,
    follow_up: Option<FollowUp>,
}

struct FollowUp {
    days: u8,
    attachments: Vec<Upload>,
    next: Option<Box<FollowUp>>,
}

impl FormBody for StartChat {
    fn write(&self, form: &mut FormWriter) {
        form.field("account_id").put(&self.account_id);
        form.field("attendees_ids").put(&self.attendees_ids);
        form.field("attachments")
            .with_accept("*/*")
            .put(&self.attachments);
        form.field("linkedin")
            .with_accept("*/*")
            .put(&self.linkedin);
        form.field("voice_message").put(&self.voice_message);
    }
}

impl FormValue for LinkedIn {
    fn write(&self, mut field: FieldWriter<'_>) {
        match self {
            Self::Classic { inmail } => {
                field.member("api").put("classic");
                field.member("inmail").put(inmail);
            }
            Self::Recruiter(options) => {
                field.member("api").put("recruiter");
                options.write(field)
            }
        }
    }
}

impl FormValue for Recruiter {
    fn write(&self, mut field: FieldWriter<'_>) {
        field.member("signature").put(&self.signature);
        field.member("follow_up").put(&self.follow_up);
    }
}

impl FormValue for FollowUp {
    fn write(&self, mut field: FieldWriter<'_>) {
        field.member("days").put(&self.days);
        field.member("attachments").put(&self.attachments);
        field.member("next").put(&self.next);
    }
}

#[tokio::test]
async fn nested_objects_take_brackets_and_arrays_repeat_their_name() {
    let follow_up = FollowUp {
        days: 3,
        attachments: vec![
            Upload::bytes("PDF").with_file_name("cv.pdf"),
            Upload::bytes("x").with_media_type("image/png"),
        ],
        next: Some(Box::new(FollowUp {
            days: 7,
            attachments: vec![],
            next: None,
        })),
    };
    let form = StartChat {
        account_id: "acc".to_owned(),
        attendees_ids: vec!["ACo1".to_owned(), "ACo2".to_owned()],
        attachments: vec![Upload::bytes("a,b").with_file_name("täble \"1\".csv")],
        linkedin: Some(LinkedIn::Recruiter(Box::new(Recruiter {
            signature: "Jo\r\n--B".replace("--B", "Ann"),
            follow_up: Some(follow_up),
        }))),
        voice_message: None,
    };
    assert_eq!(
        body(&form).await,
        "\
--B
Content-Disposition: form-data; name=\"account_id\"

acc
--B
Content-Disposition: form-data; name=\"attendees_ids\"

ACo1
--B
Content-Disposition: form-data; name=\"attendees_ids\"

ACo2
--B
Content-Disposition: form-data; name=\"attachments\"; filename=\"täble %221%22.csv\"
Content-Type: text/csv

a,b
--B
Content-Disposition: form-data; name=\"linkedin[api]\"

recruiter
--B
Content-Disposition: form-data; name=\"linkedin[signature]\"

Jo
Ann
--B
Content-Disposition: form-data; name=\"linkedin[follow_up][days]\"

3
--B
Content-Disposition: form-data; name=\"linkedin[follow_up][attachments]\"; filename=\"cv.pdf\"
Content-Type: application/pdf

PDF
--B
Content-Disposition: form-data; name=\"linkedin[follow_up][attachments]\"; filename=\"file.png\"
Content-Type: image/png

x
--B
Content-Disposition: form-data; name=\"linkedin[follow_up][next][days]\"

7
--B--
"
    );
}

#[tokio::test]
async fn what_is_absent_is_not_sent() {
    let form = StartChat {
        account_id: String::new(),
        attendees_ids: vec![],
        attachments: vec![],
        linkedin: Some(LinkedIn::Classic { inmail: None }),
        voice_message: None,
    };
    assert_eq!(
        body(&form).await,
        "\
--B
Content-Disposition: form-data; name=\"account_id\"


--B
Content-Disposition: form-data; name=\"linkedin[api]\"

classic
--B--
"
    );
}

#[tokio::test]
async fn an_empty_form_is_the_closing_boundary() {
    assert_eq!(body(&fields(|_| {})).await, "--B--\n");
}

#[tokio::test]
async fn scalars_print_plainly() {
    let found = lines(|form| {
        let mut f = form.field("v");
        f.member("bool").put(&true);
        f.member("int").put(&-3_i64);
        f.member("big").put(&u64::MAX);
        f.member("nonzero").put(&std::num::NonZeroU32::MIN);
        f.member("whole").put(&3.0_f64);
        f.member("half").put(&0.5_f64);
        f.member("single").put(&0.1_f32);
        f.member("minus_zero").put(&-0.0_f64);
        f.member("large").put(&1e21_f64);
        f.member("small").put(&1e-7_f64);
        f.member("char").put(&'ß');
        f.member("json_float").put(&json!(2.0));
        f.member("json_text").put(&json!("t"));
        f.member("json_null").put(&json!(null));
    })
    .await;
    assert_eq!(
        found,
        [
            "\"v[bool]\" = true",
            "\"v[int]\" = -3",
            "\"v[big]\" = 18446744073709551615",
            "\"v[nonzero]\" = 1",
            "\"v[whole]\" = 3",
            "\"v[half]\" = 0.5",
            "\"v[single]\" = 0.1",
            "\"v[minus_zero]\" = 0",
            "\"v[large]\" = 1000000000000000000000",
            "\"v[small]\" = 0.0000001",
            "\"v[char]\" = ß",
            "\"v[json_float]\" = 2",
            "\"v[json_text]\" = t",
        ]
    );
}

#[tokio::test]
async fn arrays_of_objects_and_of_arrays_are_indexed_and_maps_are_sorted() {
    struct Point(i32);
    impl FormValue for Point {
        fn write(&self, mut field: FieldWriter<'_>) {
            field.member("x").put(&self.0);
        }
    }
    let map = HashMap::from([("b".to_owned(), 2), ("a".to_owned(), 1)]);
    let tree = BTreeMap::from([("k".to_owned(), vec![Point(5)])]);
    let found = lines(|form| {
        form.field("points").put(&vec![Point(1), Point(2)]);
        form.field("grid").put(&[[1, 2], [3, 4]]);
        form.field("some").put(&[Some("x"), None, Some("y")]);
        form.field("map").put(&map);
        form.field("tree").put(&tree);
    })
    .await;
    assert_eq!(
        found,
        [
            "\"points[0][x]\" = 1",
            "\"points[1][x]\" = 2",
            "\"grid[0]\" = 1",
            "\"grid[0]\" = 2",
            "\"grid[1]\" = 3",
            "\"grid[1]\" = 4",
            "\"some\" = x",
            "\"some\" = y",
            "\"map[a]\" = 1",
            "\"map[b]\" = 2",
            "\"tree[k][0][x]\" = 5",
        ]
    );
}

#[tokio::test]
async fn json_parts_have_a_media_type_and_null_is_absent_unless_in_an_array() {
    #[derive(Serialize)]
    struct Meta {
        a: u8,
    }
    let found = lines(|form| {
        form.field("meta").json(&Meta { a: 1 });
        form.field("none").json(&None::<Meta>);
        form.field("ld")
            .with_content_type("application/ld+json")
            .json(&Some(Meta { a: 2 }));
        form.field("each").json_each(&[Some(Meta { a: 3 }), None]);
        form.field("nothing").json_each(&Vec::<Meta>::new());
        form.field("xml").with_content_type("text/xml").put("<a/>");
    })
    .await;
    assert_eq!(
        found,
        [
            "\"meta\"; application/json = {\"a\":1}",
            "\"ld\"; application/ld+json = {\"a\":2}",
            "\"each\"; application/json = {\"a\":3}",
            "\"each\"; application/json = null",
            "\"xml\"; text/xml = <a/>",
        ]
    );
}

#[tokio::test]
async fn joined_arrays_are_one_text() {
    let found = lines(|form| {
        form.field("tags").joined(&vec!["a", "b"], ',');
        form.field("pipes").joined(&[1.0, 2.5], '|');
        form.field("empty").joined(&Vec::<String>::new(), ',');
        form.field("one").joined(&[Some("x"), None], ',');
    })
    .await;
    assert_eq!(
        found,
        ["\"tags\" = a,b", "\"pipes\" = 1|2.5", "\"one\" = x"]
    );
}

#[tokio::test]
async fn a_flat_object_is_one_text_of_names_and_values() {
    let color = BTreeMap::from([("R".to_owned(), 100.0), ("G".to_owned(), 0.5)]);
    let found = lines(|form| {
        form.field("color").flat(&color);
        form.field("none").flat(&None::<BTreeMap<String, bool>>);
        form.field("empty").flat(&BTreeMap::<String, bool>::new());
    })
    .await;
    assert_eq!(found, ["\"color\" = G,0.5,R,100"]);
}

#[tokio::test]
async fn deep_writes_any_json_in_brackets() {
    let value = json!({
        "kind": "new",
        "ids": [1, 2.0, "x", null],
        "list": [{"a": true}, [7]],
        "mixed": [1, {"a": 2}],
        "none": null,
        "empty": {},
    });
    let object = json!({"a": {"b": "c"}});
    let found = lines(|form| {
        form.field("v").deep(&value);
        form.field("map").put(object.as_object().unwrap());
    })
    .await;
    assert_eq!(
        found,
        [
            "\"v[ids]\" = 1",
            "\"v[ids]\" = 2",
            "\"v[ids]\" = x",
            "\"v[kind]\" = new",
            "\"v[list][0][a]\" = true",
            "\"v[list][1]\" = 7",
            "\"v[mixed][0]\" = 1",
            "\"v[mixed][1][a]\" = 2",
            "\"map[a][b]\" = c",
        ]
    );
}

#[tokio::test]
async fn array_names_take_brackets_where_asked() {
    let form = fields(|form| {
        form.field("ids").put(&["a"]);
        form.field("own[]").put(&["a"]);
        form.field("one").put("b");
        form.field("files").put(&[Upload::bytes("x")]);
        form.field("o").member("ids").put(&["c"]);
        form.field("json").json_each(&[1]);
    });
    let names = |array_names| {
        let options = FormOptions::new().with_array_names(array_names);
        let form = form.to_form_with(&options).unwrap();
        let names: Vec<_> = form
            .parts()
            .iter()
            .map(|part| part.name().to_owned())
            .collect();
        names.join(" ")
    };
    assert_eq!(names(ArrayNames::Plain), "ids own[] one files o[ids] json");
    assert_eq!(
        names(ArrayNames::TextBrackets),
        "ids[] own[] one files o[ids][] json[]"
    );
    assert_eq!(
        names(ArrayNames::Brackets),
        "ids[] own[] one files[] o[ids][] json[]"
    );
}

#[tokio::test]
async fn caller_supplied_names_stand_beside_the_declared_ones() {
    let found = lines(|form| {
        form.extra("x-ray", &["text"]).put("1");
        let mut field = form.field("meta");
        field.extra("é \"q\"", &[]).put("2");
        field.extra("other", &["known"]).put("3");
    })
    .await;
    assert_eq!(
        found,
        [
            "\"x-ray\" = 1",
            "\"meta[é %22q%22]\" = 2",
            "\"meta[other]\" = 3"
        ]
    );
}

#[tokio::test]
async fn large_content_in_memory_comes_out_whole() {
    let data = vec![b'x'; 3 * 1024 * 1024 + 1];
    let text = "y".repeat(200_000);
    let form = fields(|form| {
        form.field("file").put(&Upload::bytes(data.clone()));
        form.field("text").put(&text);
    });
    let form = form.to_form_with_boundary("B").unwrap();
    let chunks: Vec<_> = form.into_stream().try_collect().await.unwrap();
    let body = chunks.concat();
    let start = find(&body, b"\r\n\r\n").unwrap() + 4;
    let rest = body[start..].strip_prefix(&data[..]).unwrap();
    assert!(rest.starts_with(b"\r\n--B\r\n"));
    assert!(rest.ends_with(format!("\r\n\r\n{text}\r\n--B--\r\n").as_bytes()));
}

#[tokio::test]
async fn boundaries_differ_and_can_be_set() {
    let form = fields(|form| form.field("a").put("1"));
    let one = form.to_form().unwrap();
    let two = form.to_form().unwrap();
    assert_ne!(one.boundary(), two.boundary());
    assert_eq!(
        one.content_type(),
        format!("multipart/form-data; boundary={}", one.boundary())
    );
    let set = form.to_form_with_boundary("a-longer.one").unwrap();
    assert!(text_of(set).await.ends_with("\n--a-longer.one--\n"));
}

#[test]
fn a_form_lists_its_files_by_their_wire_names_nested_ones_too() {
    let reader = Upload::reader(5, &b"hello"[..]).with_file_name("voice.m4a");
    let form = |voice_message| StartChat {
        account_id: "acc".to_owned(),
        attendees_ids: vec![],
        attachments: vec![Upload::bytes("a,b").with_file_name("table.csv")],
        linkedin: Some(LinkedIn::Recruiter(Box::new(Recruiter {
            signature: "Jo".to_owned(),
            follow_up: Some(FollowUp {
                days: 3,
                attachments: vec![Upload::bytes("x").with_media_type("image/png")],
                next: None,
            }),
        }))),
        voice_message,
    };
    let whole = form(Some(reader)).to_form().unwrap();
    let uploads: Vec<_> = whole
        .uploads()
        .map(|part| {
            (
                part.name(),
                part.file_name().unwrap(),
                part.media_type().unwrap(),
                part.length(),
                part.is_replayable(),
            )
        })
        .collect();
    let octets = "application/octet-stream";
    assert_eq!(
        uploads,
        [
            ("attachments", "table.csv", "text/csv", 3, true),
            (
                "linkedin[follow_up][attachments]",
                "file.png",
                "image/png",
                1,
                true
            ),
            ("voice_message", "voice.m4a", octets, 5, false),
        ]
    );
    assert!(!whole.is_replayable());
    assert!(!whole.parts()[0].is_file());
    assert!(form(None).to_form().unwrap().is_replayable());
}

#[test]
fn debug_output_shows_no_values() {
    let form = fields(|form| form.field("text").put("secret"));
    let shown = format!("{:?}", form.to_form().unwrap());
    assert!(shown.contains("name: \"text\""), "{shown}");
    assert!(!shown.contains("secret"), "{shown}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_name_that_is_not_unicode_is_sent_with_replacement_characters() {
    use std::os::unix::ffi::OsStrExt;
    let directory = tempfile::tempdir().unwrap();
    let name = std::ffi::OsStr::from_bytes(b"caf\xE9.txt");
    let path = directory.path().join(name);
    std::fs::write(&path, "x").unwrap();
    let form = fields(|form| form.field("f").put(&Upload::path(&path)));
    let form = form.to_form().unwrap();
    assert_eq!(form.parts()[0].file_name(), Some("caf\u{FFFD}.txt"));
}

#[test]
fn everything_can_go_to_other_threads() {
    fn assert_send_sync<T: Send + Sync>() {}
    assert_send_sync::<Upload>();
    assert_send_sync::<Form>();
    assert_send_sync::<postpress_multipart::FormStream>();
    assert_send_sync::<FormError>();
    assert_send_sync::<postpress_multipart::UploadError>();
}
