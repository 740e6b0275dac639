//! The same form, read by Python.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::support::fields;
use futures_util::TryStreamExt;
use postpress_multipart::{FormBody, Upload};
use serde_json::{Value, json};

/// Prints the parts as JSON: with `python-multipart` where that is installed, else with the parser
/// for mail in the standard library.
const PARSE: &str = r#"
import base64, json, sys
content_type, body = sys.argv[1], sys.stdin.buffer.read()
parts = []
def add(name, filename, media_type, content):
    parts.append([name, filename, media_type, base64.b16encode(content).decode()])
try:
    import io
    from python_multipart import parse_form
    def on_field(field):
        add(field.field_name.decode(), None, None, field.value or b"")
    def on_file(file):
        file.file_object.seek(0)
        add(file.field_name.decode(), file.file_name.decode(), None, file.file_object.read())
    headers = {"Content-Type": content_type.encode(), "Content-Length": str(len(body)).encode()}
    parse_form(headers, io.BytesIO(body), on_field, on_file)
except ImportError:
    import email.parser
    whole = b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body
    for part in email.parser.BytesParser().parsebytes(whole).get_payload():
        def parameter(name):
            value = part.get_param(name, header="content-disposition")
            return value and value.encode("ascii", "surrogateescape").decode()
        add(parameter("name"), parameter("filename"), None, part.get_payload(decode=True))
print(json.dumps(parts))
"#;

#[tokio::test]
async fn python_reads_the_parts_that_were_written() {
    let upload = Upload::bytes(vec![0, 1, 255]).with_file_name("na\"me\r\nX-Evil: 1.bin");
    let form = fields(|form| {
        form.field("text").put("two\r\nlines");
        form.field("linkedin").member("api").put("classic");
        form.field("ids").put(&["a", "b"]);
        form.field("file").put(&upload);
    });
    let form = form.to_form().unwrap();
    let content_type = form.content_type();
    let chunks: Vec<_> = form.into_stream().try_collect().await.unwrap();

    let python = Command::new("python3")
        .args(["-c", PARSE, &content_type])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut python = match python {
        Ok(python) => python,
        Err(error) => {
            println!("skipped: python3 does not run: {error}");
            return;
        }
    };
    let mut input = python.stdin.take().unwrap();
    input.write_all(&chunks.concat()).unwrap();
    drop(input);
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success());
    let parts: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        parts,
        json!([
            ["text", null, null, "74776F0D0A6C696E6573"],
            ["linkedin[api]", null, null, "636C6173736963"],
            ["ids", null, null, "61"],
            ["ids", null, null, "62"],
            ["file", "na%22me%0D%0AX-Evil: 1.bin", null, "0001FF"],
        ])
    );
}
