//! What is refused before anything is sent, and in which words.

use std::fs;
use std::io;

use crate::support::fields;
use bytes::Bytes;
use futures_util::TryStreamExt;
use postpress_multipart::{FormBody, FormError, FormOptions, FormWriter, Refusal, Upload};
use serde_json::json;

/// The only thing that was refused.
struct Refused(FormError);

impl std::ops::Deref for Refused {
    type Target = Refusal;

    fn deref(&self) -> &Refusal {
        let [refusal] = self.0.refusals() else {
            panic!("{}", self.0);
        };
        assert_eq!(refusal.to_string(), self.0.to_string());
        refusal
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

fn refused(write: impl Fn(&mut FormWriter)) -> Refused {
    Refused(fields(write).to_form().unwrap_err())
}

fn refused_upload(upload: &Upload) -> Refused {
    refused(|form| form.field("a").member("b").put(upload))
}

#[test]
fn a_file_that_is_not_there_is_named_with_its_field() {
    let error = refused_upload(&Upload::path("/nowhere/cv.pdf"));
    assert!(error.is_file());
    assert_eq!(error.field(), Some("a[b]"));
    assert_eq!(
        error.to_string(),
        "`a[b]`: the file /nowhere/cv.pdf does not exist: check the path"
    );
    assert_eq!(error.io_error().unwrap().kind(), io::ErrorKind::NotFound);
}

#[test]
fn a_directory_is_not_a_file() {
    let directory = tempfile::tempdir().unwrap();
    let error = refused_upload(&Upload::path(directory.path()));
    assert!(error.is_file());
    assert!(error.to_string().contains("is a directory"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_device_is_not_a_regular_file() {
    let error = refused_upload(&Upload::path("/dev/null"));
    assert!(error.is_file());
    assert!(error.to_string().contains("Upload::reader"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::set_permissions(file.path(), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::File::open(file.path()).is_ok() {
        println!("skipped: this user may read everything");
        return;
    }
    let error = refused_upload(&Upload::path(file.path()));
    assert!(error.is_file());
    assert!(error.to_string().contains("cannot be read"), "{error}");
}

#[test]
fn a_media_type_that_is_malformed_or_not_accepted_is_refused() {
    for bad in ["png", "image/*", "a/b\r\nX-Evil: 1", ""] {
        let error = refused_upload(&Upload::bytes("").with_media_type(bad));
        assert!(error.is_media_type(), "{error}");
    }
    let pdf = Upload::bytes("").with_media_type("application/pdf");
    let error = refused(|form| form.field("photo").with_accept("image/*").put(&pdf));
    assert!(error.is_media_type());
    assert_eq!(
        error.to_string(),
        "`photo`: `application/pdf` is not among the media types accepted here: image/*"
    );
    let unknown = Upload::bytes("");
    let error = refused(|form| {
        let mut field = form.field("linkedin").with_accept("image/*");
        field.member("photos").put(&[&unknown]);
    });
    assert_eq!(error.field(), Some("linkedin[photos]"));
    assert!(error.is_media_type());
}

#[test]
fn a_content_type_that_would_break_the_header_is_refused() {
    let error = refused(|form| form.field("a").with_content_type("a/b\r\nX: y").put("v"));
    assert!(error.is_media_type(), "{error}");
}

#[test]
fn file_names_that_cannot_stand_in_a_header_are_refused() {
    for bad in ["", "a\0b", "a\x1bb", "a\x7f", "tail\\"] {
        let error = refused_upload(&Upload::bytes("").with_file_name(bad));
        assert!(error.is_name(), "{bad:?}: {error}");
        assert!(
            error.to_string().contains("Upload::with_file_name"),
            "{error}"
        );
    }
}

#[test]
fn names_that_the_caller_supplied_cannot_reach_other_places() {
    for bad in [
        "",
        "a[b]",
        "a]",
        "x\r\ny",
        "\t",
        "\u{85}",
        "a\\",
        "x; filename=y",
    ] {
        let error = refused(|form| form.extra(bad, &[]).put("v"));
        assert!(error.is_name(), "{bad:?}: {error}");
        let error = refused(|form| form.field("o").extra(bad, &[]).put("v"));
        assert!(error.is_name(), "{bad:?}: {error}");
        assert_eq!(error.field(), Some("o"));
    }
    let error = refused(|form| form.extra("text", &["text"]).put("v"));
    assert!(error.is_name());
    assert!(error.to_string().contains("declared"), "{error}");
    let error = refused(|form| form.field("o").extra("text", &["text"]).put("v"));
    assert!(error.is_name());
}

#[test]
fn numbers_that_are_not_finite_are_refused() {
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let error = refused(|form| form.field("n").put(&bad));
        assert!(error.is_value());
    }
    assert!(refused(|form| form.field("n").put(&f32::NAN)).is_value());
}

#[test]
fn json_that_is_not_a_scalar_needs_to_be_told_how() {
    for bad in [json!([]), json!({"a": 1})] {
        let error = refused(|form| form.field("v").put(&bad));
        assert!(error.is_value());
    }
}

#[test]
fn joined_values_must_be_scalars_without_the_separator() {
    let error = refused(|form| form.field("tags").joined(&["a,b"], ','));
    assert!(error.is_value());
    assert_eq!(
        error.to_string(),
        "`tags`: \"a,b\" contains the separator ',', and would be read as more than one value"
    );
    assert!(refused(|form| form.field("t").joined(&[vec!["a", "b"]], ',')).is_value());
    assert!(refused(|form| form.field("t").joined(&[Upload::bytes("x")], ',')).is_value());
    let object = std::collections::BTreeMap::from([("key".to_owned(), "a")]);
    assert!(refused(|form| form.field("t").joined([&object], ',')).is_value());
}

#[test]
fn a_flat_object_holds_scalars_without_commas() {
    let flat = |key: &str, value: serde_json::Value| {
        let object = serde_json::Map::from_iter([(key.to_owned(), value)]);
        refused(|form| form.field("o").flat(&object))
    };
    assert!(flat("a", json!("x,y")).is_value());
    assert!(flat("a,b", json!("x")).is_value());
    assert!(flat("a", json!({"b": 1})).is_value());
    assert!(refused(|form| form.field("o").flat("text")).is_value());
    assert!(refused(|form| form.field("o").flat(&vec![1])).is_value());
}

#[test]
fn generated_types_can_refuse_in_their_own_words() {
    let error = refused(|form| form.field("state").refuse("choose one of the known states"));
    assert!(error.is_value());
    assert_eq!(error.to_string(), "`state`: choose one of the known states");
}

#[test]
fn a_given_boundary_that_occurs_in_the_content_is_refused() {
    let form = fields(|form| form.field("text").put("one\r\n--XX\r\ntwo"));
    let error = Refused(form.to_form_with_boundary("XX").unwrap_err());
    assert!(error.is_boundary());
    assert_eq!(error.field(), Some("text"));
    assert!(form.to_form_with_boundary("YY").is_ok());
    let form = fields(|form| form.field("f").put(&Upload::bytes("--XX")));
    assert!(Refused(form.to_form_with_boundary("XX").unwrap_err()).is_boundary());
    let form = fields(|form| {
        form.field("f")
            .put(&Upload::bytes("").with_file_name("--XX"))
    });
    assert!(Refused(form.to_form_with_boundary("XX").unwrap_err()).is_boundary());
    assert!(Refused(form.to_form_with_boundary("no spaces").unwrap_err()).is_boundary());
}

#[test]
fn a_length_beyond_64_bits_is_refused_and_the_largest_is_not() {
    let form = |lengths: &[u64]| {
        let files: Vec<_> = lengths
            .iter()
            .map(|length| Upload::replay(*length, futures_util::stream::empty))
            .collect();
        fields(|form| form.field("f").put(&files)).to_form()
    };
    let most = u128::from(u64::MAX);
    for (files, long) in [(1, 0), (3, 0), (3, 2)] {
        let mut lengths = vec![0; files];
        let rest = u128::from(form(&lengths).unwrap().content_length());
        for total in most - 2..=most + rest {
            lengths[long] = u64::try_from(total - rest).unwrap();
            let built = form(&lengths).ok();
            let built = built.map(|form| u128::from(form.content_length()));
            assert_eq!(built, (total <= most).then_some(total), "{lengths:?}");
        }
    }
    assert!(form(&[u64::MAX / 2, u64::MAX / 2, u64::MAX / 2]).is_err());
}

#[test]
fn everything_that_is_refused_is_reported_at_once_in_the_order_of_the_fields() {
    let form = fields(|form| {
        form.field("text").put("fine");
        form.field("voice").put(&Upload::path("/nowhere/voice.m4a"));
        form.extra("a]", &[]).put("never looked at");
        form.extra("b]", &[]).put(&f64::NAN);
        let mut options = form.field("options");
        options.member("rate").put(&[f64::NAN, 1.0, f64::INFINITY]);
        options
            .member("files")
            .put(&[Upload::bytes("x").with_media_type("none"), hello()]);
        options
            .extra("c]", &[])
            .member("d")
            .joined(&[f64::NAN], ',');
        form.field("tags").joined(&[f64::NAN], ',');
        form.field("more").joined(&["a,b"], ',');
    });
    let error = form.to_form().unwrap_err();
    let fields: Vec<_> = error.refusals().iter().map(Refusal::field).collect();
    let expected = [
        "voice",
        "a]",
        "b]",
        "options[rate]",
        "options[rate]",
        "options[files]",
        "options",
        "tags",
        "more",
    ];
    assert_eq!(fields, expected.map(Some));
    let mut message = error.refusals().iter().map(Refusal::to_string);
    let first = message.next().unwrap();
    assert_eq!(
        error.to_string(),
        message.fold(first, |all, one| format!("{all}; {one}"))
    );
}

#[test]
fn files_beyond_the_limit_are_refused() {
    let options = FormOptions::new().with_max_file_length(3);
    let file = tempfile::Builder::new().suffix(".bin").tempfile().unwrap();
    fs::write(file.path(), "four").unwrap();
    let form = fields(|form| {
        form.field("text").put("a text of any length");
        form.field("f").put(&[
            Upload::bytes("abc"),
            Upload::bytes("abcd"),
            hello(),
            Upload::path(file.path()).with_file_name("on \"disk\""),
        ]);
    });
    let error = form.to_form_with(&options).unwrap_err();
    assert!(error.refusals().iter().all(Refusal::is_file));
    assert_eq!(
        error.to_string(),
        "`f`: a file has 4 bytes, more than the limit of 3; \
         `f`: a file has 5 bytes, more than the limit of 3; \
         `f`: \"on \\\"disk\\\"\" has 4 bytes, more than the limit of 3"
    );
    assert!(form.to_form().is_ok());
}

fn hello() -> Upload {
    let chunks = ["hel", "lo"].map(|chunk| Ok(Bytes::from_static(chunk.as_bytes())));
    Upload::stream(5, futures_util::stream::iter(chunks))
}

#[tokio::test]
async fn a_stream_is_sent_once_and_its_second_use_is_an_error() {
    let upload = hello();
    assert!(!upload.is_replayable());
    let form = fields(|form| form.field("f").put(&upload));
    let _: Vec<_> = form
        .to_form()
        .unwrap()
        .into_stream()
        .try_collect()
        .await
        .unwrap();
    let error = Refused(form.to_form().unwrap_err());
    assert!(error.is_used_stream());
    assert!(
        error
            .to_string()
            .starts_with("`f`: the stream of `file` has been sent already"),
        "{error}"
    );
}

#[test]
fn one_stream_cannot_stand_in_two_places() {
    let upload = hello();
    let error = refused(|form| form.field("f").put(&[upload.clone(), upload.clone()]));
    assert!(error.is_used_stream());
    assert!(error.to_string().contains("in use"), "{error}");
}

#[test]
fn a_stream_that_no_byte_was_read_of_is_still_unsent() {
    let upload = hello();
    let failing = fields(|form| {
        form.field("f").put(&upload);
        form.field("n").put(&f64::NAN);
    });
    assert!(failing.to_form().is_err());
    let form = fields(|form| form.field("f").put(&upload));
    drop(form.to_form().unwrap());
    drop(form.to_form().unwrap().into_stream());
    assert!(form.to_form().is_ok());
}

#[test]
fn replayable_sources_make_any_number_of_forms() {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), "abc").unwrap();
    let uploads = [
        Upload::bytes("abc"),
        Upload::path(file.path()),
        Upload::replay(3, || {
            futures_util::stream::once(async { Ok(Bytes::from_static(b"abc")) })
        }),
    ];
    let form = fields(|form| form.field("f").put(&uploads));
    for _ in 0..2 {
        assert!(uploads.iter().all(Upload::is_replayable));
        let stream = form.to_form().unwrap().into_stream();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let chunks: Vec<_> = runtime.block_on(stream.try_collect()).unwrap();
        let body = String::from_utf8(chunks.concat()).unwrap();
        assert_eq!(body.matches("\r\n\r\nabc\r\n").count(), 3);
    }
}
