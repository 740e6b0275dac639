//! `cargo xtask docs`: one file that asks nobody for anything.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up should panic"
)]

use std::fs;
use std::process::Command;

/// The page that is made of a document, without a program in reach.
fn page(document: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let (spec, out) = (
        folder.path().join("spec.yaml"),
        folder.path().join("a/index.html"),
    );
    fs::write(&spec, document).unwrap();
    let mut docs = Command::new(env!("CARGO_BIN_EXE_xtask"));
    docs.arg("docs")
        .arg("--spec")
        .arg(&spec)
        .arg("--out")
        .arg(&out);
    let output = docs.env("PATH", "").output().unwrap();
    assert!(output.status.success(), "{output:?}");
    fs::read_to_string(out).unwrap()
}

const SHOP: &str = r#"
openapi: 3.0.4
info: { title: 'A <b>', version: '1', description: 'Sells **lamps** </script> <!-- y.' }
servers: [{ url: https://shop.example/v1 }]
paths:
  /items/{id}/pictures:
    post:
      operationId: addPicture
      parameters:
        - { name: id, in: path, required: true, example: 'a b', schema: { type: string } }
        - { name: tags, in: query, example: [x, y], schema: { type: array, items: { type: string } } }
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: { $ref: '#/components/schemas/Picture' }
            encoding: { place: { style: deepObject, explode: true } }
            example: { file: '@lamp.png', title: "It's; new", place: { x: 3 }, about: { kind: lamp } }
      responses: { '204': { description: Added. } }
components:
  schemas:
    Picture:
      type: object
      required: [file]
      properties:
        file: { type: string, format: binary }
        title: { type: string, description: What people see. }
        place: { type: object, properties: { x: { type: integer } } }
        about: { type: object, properties: { kind: { type: string, enum: [lamp, chair] } } }
"#;

#[test]
fn the_page_is_one_file_that_refuses_the_network_and_nothing_in_the_document_ends_its_script() {
    let page = page(SHOP);
    assert!(page.contains("default-src 'none'"), "{page}");
    assert!(
        page.contains("<title>A &lt;b&gt;: API reference</title>"),
        "{page}"
    );
    assert_eq!(page.matches("</script").count(), 1, "{page}");
    for elsewhere in ["src=", "href=\"http", "@import", "url("] {
        assert!(!page.contains(elsewhere), "{elsewhere} in {page}");
    }
}

#[test]
fn every_operation_has_a_call_with_curl_and_in_rust() {
    let page = page(SHOP);
    for line in [
        "curl 'https://shop.example/v1/items/a%20b/pictures?tags=x&amp;tags=y'",
        "-F 'file=@lamp.png'",
        r"--form-string 'title=It'\''s; new'",
        "-F 'place[x]=3'",
        "-F 'about={&quot;kind&quot;:&quot;lamp&quot;};type=application/json'",
        "file: Upload::path(&quot;lamp.png&quot;),",
        "client.add_picture(&quot;a b&quot;, &amp;form, &amp;params)",
    ] {
        assert!(page.contains(line), "{line} in {page}");
    }
}

#[test]
fn fields_and_values_can_be_searched_for() {
    let page = page(SHOP);
    for name in ["addPicture", "addPicture tags", "Picture.title", "lamp"] {
        let found = page
            .lines()
            .any(|it| it.contains("data-find=") && it.contains(name));
        assert!(found, "{name} in {page}");
    }
}
