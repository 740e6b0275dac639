//! Random forms, read back by a parser that shares no code with the encoder.

use std::convert::Infallible;

use crate::support::fields;
use bytes::Bytes;
use futures_util::TryStreamExt;
use postpress_multipart::{Form, FormBody, FormError, Upload};
use proptest::prelude::*;

/// What a part should be read as.
#[derive(Clone, Debug, PartialEq)]
struct Part {
    name: String,
    file_name: Option<String>,
    media_type: Option<String>,
    content: Vec<u8>,
}

/// Characters that mean something in a header or a body, among any others.
fn hostile_text() -> impl Strategy<Value = String> {
    let odd = "\"\r\n\t;=[]%\\ -:'<>/é日😀\u{85}\u{2028}\u{FEFF}";
    let odd = prop::sample::select(odd.chars().collect::<Vec<_>>());
    let header = prop::sample::select(vec![
        "\r\n\r\n",
        "\r\nContent-Type: text/html",
        "--",
        "\"; filename=\"x",
        "%22",
    ]);
    let piece = prop_oneof![
        odd.prop_map(String::from),
        any::<char>().prop_map(String::from),
        header.prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// Text that can be a name or file name.
fn name() -> impl Strategy<Value = String> {
    hostile_text().prop_map(|text| {
        let control = |c: char| c.is_ascii_control() && !"\r\n\t".contains(c);
        let kept: String = text.chars().filter(|c| !control(*c)).collect();
        format!("n{kept}.")
    })
}

/// As the wire carries a name.
fn escaped(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn text_part() -> impl Strategy<Value = Part> {
    (name(), hostile_text()).prop_map(|(name, content)| Part {
        name,
        file_name: None,
        media_type: None,
        content: content.into_bytes(),
    })
}

fn file_part() -> impl Strategy<Value = Part> {
    let media_type = prop::sample::select(vec!["image/png", "text/plain; charset=utf-8", "a/b+c"]);
    let content = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..300),
        hostile_text().prop_map(String::into_bytes),
    ];
    (name(), name(), media_type, content).prop_map(|(name, file_name, media_type, content)| Part {
        name,
        file_name: Some(file_name),
        media_type: Some(media_type.to_owned()),
        content,
    })
}

fn form(parts: &[Part]) -> Result<Form, FormError> {
    let form = fields(|form| {
        for (index, part) in parts.iter().enumerate() {
            let field = form.field(&part.name);
            match (&part.file_name, &part.media_type) {
                (Some(file_name), Some(media_type)) => {
                    let data = Bytes::from(part.content.clone());
                    let upload = match index % 3 {
                        0 => Upload::bytes(data),
                        1 => Upload::reader(data.len() as u64, std::io::Cursor::new(data)),
                        _ => Upload::replay(data.len() as u64, move || {
                            futures_util::stream::iter([Ok(data.clone())])
                        }),
                    };
                    field.put(&upload.with_file_name(file_name).with_media_type(media_type));
                }
                _ => field.put(std::str::from_utf8(&part.content).unwrap()),
            }
        }
    });
    form.to_form()
}

async fn encode(form: Form) -> Vec<u8> {
    let chunks: Vec<_> = form.into_stream().try_collect().await.unwrap();
    chunks.concat()
}

async fn parse(content_type: &str, body: Vec<u8>) -> multer::Result<Vec<Part>> {
    let boundary = multer::parse_boundary(content_type)?;
    let body = futures_util::stream::once(async { Ok::<_, Infallible>(body) });
    let mut multipart = multer::Multipart::new(body, boundary);
    let mut parts = Vec::new();
    while let Some(field) = multipart.next_field().await? {
        parts.push(Part {
            name: field.name().unwrap_or_default().to_owned(),
            file_name: field.file_name().map(str::to_owned),
            media_type: field
                .headers()
                .get("content-type")
                .map(|value| value.to_str().unwrap().to_owned()),
            content: field.bytes().await?.to_vec(),
        });
    }
    Ok(parts)
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(future)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_parser_gets_back_what_was_written_and_refuses_what_lacks_its_end(
        parts in prop::collection::vec(prop_oneof![text_part(), file_part()], 1..8),
        cut in any::<prop::sample::Index>(),
    ) {
        let form = match form(&parts) {
            Ok(form) => form,
            Err(error) => {
                for refusal in error.refusals() {
                    let field = refusal.field().unwrap_or_default();
                    prop_assert!(refusal.is_name() && field.contains("filename="), "{}", refusal);
                }
                return Ok(());
            }
        };
        let content_type = form.content_type();
        let declared = form.content_length();
        let body = run(encode(form));
        prop_assert_eq!(body.len() as u64, declared);
        let expected: Vec<_> = parts
            .into_iter()
            .map(|part| Part {
                name: escaped(&part.name),
                file_name: part.file_name.as_deref().map(escaped),
                ..part
            })
            .collect();
        // What is broken off lacks the closing boundary at least.
        let close = body.len() - 52;
        let broken_off = body[..cut.index(close)].to_vec();
        prop_assert!(run(parse(&content_type, broken_off)).is_err());
        prop_assert_eq!(run(parse(&content_type, body)).unwrap(), expected);
    }

    #[test]
    fn no_name_or_value_makes_it_panic(
        name in hostile_text(), file_name in hostile_text(), media_type in hostile_text(),
        boundary in prop_oneof![hostile_text(), Just("B".to_owned())],
    ) {
        let named = Upload::bytes("x").with_file_name(file_name);
        let form = fields(|form| {
            form.field(&name).put(&name);
            form.field(&name).extra(&name, &[]).with_accept("*/*").put(&named);
            form.extra(&name, &[]).joined(&[&name], ',');
        });
        if let Ok(form) = form.to_form_with_boundary(&boundary) {
            run(encode(form));
        }
        let typed = named.with_media_type(media_type);
        let _ = fields(|form| form.field("f").put(&typed)).to_form();
    }
}

#[test]
fn an_empty_form_is_read_as_one_without_parts() {
    let form = form(&[]).unwrap();
    let content_type = form.content_type();
    let body = run(encode(form));
    assert_eq!(run(parse(&content_type, body)).unwrap(), []);
}
