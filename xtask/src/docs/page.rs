//! The page: the document, the renderer, and a rule that keeps the browser from asking the network for anything.

use postpress_openapi::{Document, Node};
use serde_json::Value;

/// What the renderer is told. The fonts are those that the reader has.
const OPTIONS: &str = r##"{
    hideDownloadButton: true,
    expandResponses: "200,201",
    jsonSampleExpandLevel: 4,
    sortRequiredPropsFirst: false,
    theme: {
        sidebar: { width: "17rem" },
        typography: {
            fontFamily: "system-ui, sans-serif",
            headings: { fontFamily: "system-ui, sans-serif" },
            code: { fontFamily: "ui-monospace, monospace" },
        },
    },
}"##;

/// Nothing from elsewhere: what is not in the page is not shown.
const POLICY: &str = "default-src 'none'; script-src 'unsafe-inline' blob:; style-src 'unsafe-inline'; \
                      img-src data:; worker-src blob:; base-uri 'none'; form-action 'none'";

/// The whole page, which shows `document` by the script `renderer`.
pub(super) fn page(document: &Document, renderer: &str) -> String {
    let info = |key: &str| document.root.get("info")?.get(key)?.as_str();
    let title = escape(info("title").unwrap_or("API"));
    let mut json = String::new();
    write(&document.root, &mut json);
    let json = json_in_script(&json);
    let renderer = in_script(renderer);
    format!(
        r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}: API reference</title>
<style>body {{ margin: 0; }}</style>
</head>
<body>
<noscript>This page shows itself by JavaScript.</noscript>
<div id="reference"></div>
<script type="application/json" id="document">{json}</script>
<script>{renderer}</script>
<script>
Redoc.init(JSON.parse(document.getElementById("document").textContent), {OPTIONS}, document.getElementById("reference"));
</script>
</body>
</html>
"#
    )
}

/// Writes the document as JSON, its keys in their order, with the meaning of each value of an enum in the form that the
/// renderer knows: a table by value.
fn write(node: &Node, json: &mut String) {
    if let Some(items) = node.as_array() {
        json.push('[');
        for (index, item) in items.iter().enumerate() {
            json.push_str(if index == 0 { "" } else { "," });
            write(item, json);
        }
        json.push(']');
    } else if let Some(entries) = node.as_object() {
        json.push('{');
        for (index, entry) in entries.iter().enumerate() {
            json.push_str(if index == 0 { "" } else { "," });
            *json += &format!("{}:", Value::from(entry.key.as_str()));
            write(&entry.value, json);
        }
        if let Some(table) = meanings(node) {
            *json += &format!(",\"x-enumDescriptions\":{table}");
        }
        json.push('}');
    } else {
        *json += &node.to_json().to_string();
    }
}

/// What each value of an enum stands for, by value and in their order.
fn meanings(node: &Node) -> Option<String> {
    let values = node.get("enum")?.as_array()?.iter();
    let meanings = node.get("x-enum-descriptions")?.as_array()?;
    let rows = values.zip(meanings).map(|(value, meaning)| {
        let value = value.to_json();
        let key = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        format!("{}:{}", Value::from(key), meaning.to_json())
    });
    Some(format!("{{{}}}", rows.collect::<Vec<_>>().join(",")))
}

/// JSON that may stand in a `script` element, which nothing in it ends.
fn json_in_script(json: &str) -> String {
    json.replace('<', "\\u003c")
}

/// JavaScript that may: within strings and patterns, where alone these can occur, what replaces them means the same.
fn in_script(code: &str) -> String {
    let code = code.replace("</script", "<\\/script");
    code.replace("<!--", "\\u003c!--")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use postpress_codegen::{Diagnostics, Source};

    use super::*;

    fn document(text: &str) -> Document {
        let source = Source {
            name: "x.yaml",
            text,
        };
        Document::parse(&source, &mut Diagnostics::default()).unwrap()
    }

    #[test]
    fn the_page_refuses_the_network_and_nothing_in_the_document_ends_its_script() {
        let document = document("info: { title: 'A <b>', description: 'x </script> <!-- y' }\n");
        let page = page(&document, "let a = '</script>';");
        assert!(page.contains("default-src 'none'"), "{page}");
        assert!(
            page.contains("<title>A &lt;b&gt;: API reference</title>"),
            "{page}"
        );
        // The ends of the page's own three scripts.
        assert_eq!(page.matches("</script").count(), 3, "{page}");
        let (_, json) = page.split_once("id=\"document\">").unwrap();
        let json: Value = serde_json::from_str(json.split_once("</script>").unwrap().0).unwrap();
        assert_eq!(json["info"]["description"], "x </script> <!-- y");
    }

    #[test]
    fn keys_keep_their_order_and_values_get_their_meanings() {
        let document =
            document("z: 1\nenum: [cat, 1]\nx-enum-descriptions: [A cat., One.]\na: [x, {}]\n");
        let mut json = String::new();
        write(&document.root, &mut json);
        assert_eq!(
            json,
            r#"{"z":1,"enum":["cat",1],"x-enum-descriptions":["A cat.","One."],"a":["x",{}],"x-enumDescriptions":{"cat":"A cat.","1":"One."}}"#
        );
    }
}
