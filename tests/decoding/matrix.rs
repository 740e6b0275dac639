//! Every field of every response, as the document has them, with every deviation: what is lost is that field, or the record that it is in.

use postpress_client::runtime::{DecodeError, decode_json, decode_strict, serde};
use postpress_client::types::{ChatDetail, ChatList, ChatStarted, MessageSent};
use serde_json::{Map, Value, json};

use crate::conformance::document::Document;

/// A field, a member of a list or a value of a map.
struct Site {
    path: Vec<String>,
    /// Where the innermost record is that has it, or it itself, if that can be odd by itself.
    record: Vec<String>,
    /// Where the union is that it is in. serde buffers it, and cannot buffer everything.
    union: Option<Vec<String>>,
}

/// A response with everything that can be in it, and all places in it.
struct Sample<'d> {
    document: &'d Document,
    sites: Vec<Site>,
    union: Option<Vec<String>>,
}

/// A schema without references, `allOf` and null.
#[derive(Default)]
struct Flat {
    keywords: Map<String, Value>,
    members: Map<String, Value>,
    required: Vec<String>,
    branches: Vec<Value>,
    is_nullable: bool,
}

impl Flat {
    fn of(document: &Document, schema: &Value) -> Self {
        let mut flat = Self::default();
        flat.add(document, schema);
        while flat.branches.len() == 1 {
            let only = flat.branches.remove(0);
            flat.add(document, &only);
        }
        flat
    }

    fn add(&mut self, document: &Document, schema: &Value) {
        let schema = document.resolve(schema);
        let list = |key: &str| {
            schema
                .get(key)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
        };
        self.is_nullable |= schema["nullable"] == true;
        for part in list("allOf") {
            self.add(document, part);
        }
        for branch in list("oneOf").chain(list("anyOf")) {
            match document.resolve(branch)["enum"] == json!([null]) {
                true => self.is_nullable = true,
                false => self.branches.push(branch.clone()),
            }
        }
        if let Some(members) = schema["properties"].as_object() {
            self.members.extend(members.clone());
        }
        let names = list("required").filter_map(Value::as_str);
        self.required.extend(names.map(str::to_owned));
        self.keywords.extend(schema.as_object().unwrap().clone());
    }

    fn is_record(&self) -> bool {
        !self.members.is_empty() || self.branches.len() > 1
    }
}

impl Sample<'_> {
    fn value(&mut self, schema: &Value, path: &[String], record: &[String]) -> Value {
        let flat = Flat::of(self.document, schema);
        if let [first, _, ..] = &*flat.branches {
            return self.value(first, path, record);
        }
        if !flat.members.is_empty() {
            let has_records = |schema: &Value| {
                let items = Flat::of(self.document, schema)
                    .keywords
                    .get("items")
                    .cloned();
                items.is_some_and(|items| Flat::of(self.document, &items).is_record())
            };
            let is_page = path.is_empty()
                && flat.members.values().any(has_records)
                && !flat.members.contains_key("id");
            let mut members = Map::new();
            for (name, schema) in &flat.members {
                let own = Flat::of(self.document, schema);
                let is_optional = own.is_nullable || !flat.required.contains(name);
                let is_list = own.keywords.contains_key("items");
                let path = [path, std::slice::from_ref(name)].concat();
                let is_record = is_list || (is_optional && (own.is_record() || is_page));
                let record = if is_record {
                    path.clone()
                } else {
                    record.to_vec()
                };
                self.site(&path, &record);
                members.insert(name.clone(), self.value(schema, &path, &record));
            }
            return members.into();
        }
        let keyword = |name: &str| flat.keywords.get(name);
        if let Some(items) = keyword("items") {
            let branches = Flat::of(self.document, items).branches;
            // One of each kind, or one in the middle of others.
            let members = match branches.len() {
                0 | 1 => vec![items.clone(); 3],
                _ => branches,
            };
            let is_mixed = members.iter().any(|member| member != items);
            let members = members.iter().enumerate().map(|(index, schema)| {
                let path = [path, &[index.to_string()]].concat();
                let known = self.sites.len();
                self.site(&path, &path);
                self.union = is_mixed.then(|| path.clone()).or(self.union.take());
                let member = self.value(schema, &path, &path);
                self.union = self.union.take().filter(|_| !is_mixed);
                if !is_mixed && index != 1 {
                    self.sites.truncate(known);
                }
                member
            });
            return members.collect();
        }
        if let Some(values) = keyword("additionalProperties") {
            let branches = Flat::of(self.document, values).branches;
            let values = branches.iter().enumerate().map(|(index, schema)| {
                let key = format!("key_{index}");
                let path = [path, std::slice::from_ref(&key)].concat();
                self.site(&path, &path);
                (key, self.value(schema, &path, &path))
            });
            return Value::Object(values.collect());
        }
        match (
            keyword("enum"),
            keyword("example"),
            keyword("type").and_then(Value::as_str),
        ) {
            (Some(values), ..) => values[0].clone(),
            (_, Some(example), _) => example.clone(),
            (.., Some("string")) => json!("some text"),
            (.., Some("integer")) => json!(3),
            (.., Some("number")) => json!(1.5),
            (.., Some("boolean")) => json!(true),
            (.., kind) => panic!("{kind:?} at {path:?}"),
        }
    }

    fn site(&mut self, path: &[String], record: &[String]) {
        let (path, record) = (path.to_vec(), record.to_vec());
        let union = self.union.clone();
        self.sites.push(Site {
            path,
            record,
            union,
        });
    }
}

/// The texts that stand in the place of a value, each with its name.
fn deviations(value: &Value) -> Vec<(&'static str, String)> {
    let mut all: Vec<(&str, String)> = [
        ("null", "null"),
        ("boolean", "true"),
        ("integer", "7"),
        ("negative", "-7"),
        ("whole fraction", "2.0"),
        ("fraction", "2.5"),
        ("number in a text", r#""2""#),
        ("empty text", r#""""#),
        ("unknown text", r#""unheard of""#),
        ("half a character", r#""\ud83d""#),
        ("empty list", "[]"),
        ("list of null", "[null]"),
        ("empty object", "{}"),
        ("unknown object", r#"{"unheard_of":1}"#),
        ("huge number", "1e400"),
    ]
    .map(|(name, text)| (name, text.to_owned()))
    .into();
    all.push(("long integer", "7".repeat(400)));
    all.push(("deep nesting", "[".repeat(130) + &"]".repeat(130)));
    all.push(("in a list", format!("[{value}]")));
    all.push(("in an object", format!(r#"{{"value":{value}}}"#)));
    if let Some(members) = value.as_object().filter(|members| !members.is_empty()) {
        let text = serde_json::to_string(members).unwrap();
        let open = text.strip_suffix('}').unwrap();
        all.push((
            "extra member",
            format!(r#"{open},"unheard_of":[null,{{}}]}}"#),
        ));
        all.push((
            "extra huge member",
            format!(r#"{open},"unheard_of":1e400}}"#),
        ));
    }
    all
}

const HERE: &str = "what deviates";

fn get_mut<'v>(value: &'v mut Value, path: &[String]) -> Option<&'v mut Value> {
    path.iter().try_fold(value, |value, name| match value {
        Value::Array(members) => members.get_mut(name.parse::<usize>().ok()?),
        Value::Object(members) => members.get_mut(name),
        _ => None,
    })
}

fn remove(value: &mut Value, path: &[String]) {
    let (name, parent) = path.split_last().unwrap();
    match get_mut(value, parent) {
        Some(Value::Object(members)) => drop(members.remove(name)),
        Some(Value::Array(members)) => members[name.parse::<usize>().unwrap()] = Value::Null,
        _ => {}
    }
}

/// What is left of a response.
#[derive(Debug, Default)]
struct Totals {
    cells: usize,
    /// All is there.
    read: usize,
    /// A field or a member is odd, and kept.
    kept: usize,
    /// The response is the record that is odd.
    refused: usize,
    page_lost: usize,
}

impl Totals {
    fn check<T>(&mut self, document: &Document, operation: &str, schema: &Value)
    where
        T: serde::de::DeserializeOwned + serde::Serialize + std::fmt::Debug,
    {
        let mut sample = Sample {
            document,
            sites: Vec::new(),
            union: None,
        };
        let whole = sample.value(schema, &[], &[]);
        let read: T = decode_strict(whole.to_string().as_bytes()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), whole, "{operation}");
        assert!(!format!("{read:?}").contains("Odd {"));
        for site in &sample.sites {
            let mut value = whole.clone();
            let here = get_mut(&mut value, &site.path).unwrap();
            let was = std::mem::replace(here, HERE.into());
            for (deviation, text) in deviations(&was) {
                let fill = |value: &Value| value.to_string().replace(&format!("\"{HERE}\""), &text);
                let is_buffered =
                    site.union.is_some() && serde_json::from_str::<Value>(&text).is_err();
                let record = site
                    .union
                    .as_ref()
                    .filter(|_| is_buffered)
                    .unwrap_or(&site.record);
                let record = fill(get_mut(&mut value, record).unwrap());
                let case = format!("{operation} {}: {deviation}", site.path.join("."));
                self.cell::<T>(&case, site, &fill(&value), &record, Some(&text));
            }
            let is_member = whole.pointer(&pointer(&site.path[..site.path.len() - 1]));
            if is_member.is_some_and(Value::is_object)
                && !site.path.last().unwrap().starts_with("key_")
            {
                let mut value = whole.clone();
                remove(&mut value, &site.path);
                let record = get_mut(&mut value, &site.record).map(|record| record.to_string());
                let case = format!("{operation} {}: missing", site.path.join("."));
                let record = record.unwrap_or_default();
                self.cell::<T>(&case, site, &value.to_string(), &record, None);
            }
        }
    }

    fn cell<T>(&mut self, case: &str, site: &Site, came: &str, record: &str, text: Option<&str>)
    where
        T: serde::de::DeserializeOwned + serde::Serialize + std::fmt::Debug,
    {
        self.cells += 1;
        let decoded: Result<T, DecodeError> = decode_json(came.as_bytes());
        let value = match decoded {
            Ok(value) => value,
            // Only the response itself is a record that has the field.
            Err(_) if site.record.is_empty() => return self.refused += 1,
            Err(error) => {
                self.page_lost += 1;
                panic!("{case}: {error}");
            }
        };
        // `Debug` shows of what is odd how long it is.
        let shown = format!("{value:?}");
        let odd: Vec<usize> = shown
            .split("RawJson(")
            .skip(1)
            .map(|rest| rest.split_once(' ').unwrap().0.parse().unwrap())
            .collect();
        match &*odd {
            [] => self.read += 1,
            [length] => {
                let most = record.len().max(text.map_or(0, str::len));
                assert!(*length <= most, "{case}: {shown}");
                self.kept += 1;
            }
            _ => panic!("{case}: {shown}"),
        }
        // All else is there: it is written back.
        let tree = |json: &str| -> Value {
            let text = text.filter(|text| serde_json::from_str::<Value>(text).is_err());
            let json = match text {
                Some(text) => json.replace(text, &format!("\"{HERE}\"")),
                None => json.to_owned(),
            };
            let mut tree = serde_json::from_str(&json)
                .unwrap_or_else(|error| panic!("{case}: {error}: {json}"));
            remove(&mut tree, &site.path);
            tree
        };
        let written = serde_json::to_string(&value).unwrap();
        assert_eq!(tree(&written), tree(came), "{case}");
    }
}

fn pointer(path: &[String]) -> String {
    path.iter().map(|name| format!("/{name}")).collect()
}

#[test]
fn nothing_odd_costs_more_than_itself() {
    let document = Document::load();
    let mut totals = Totals::default();
    for operation in document.operations() {
        for response in operation.successes() {
            let Some(body) = &response.body else {
                continue;
            };
            let schema = &body.content["schema"];
            match operation.id {
                "listChats" => totals.check::<ChatList>(&document, operation.id, schema),
                "getChat" => totals.check::<ChatDetail>(&document, operation.id, schema),
                "startChat" => totals.check::<ChatStarted>(&document, operation.id, schema),
                "sendMessage" => totals.check::<MessageSent>(&document, operation.id, schema),
                // Its response is decoded in tests of its own.
                _ => {}
            }
        }
    }
    println!("{totals:?}");
    let line = format!(
        "cells {}: read {}, kept as odd {}, the response itself {}; page lost: {}",
        totals.cells, totals.read, totals.kept, totals.refused, totals.page_lost
    );
    let readme =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md")).unwrap();
    assert!(readme.contains(&line), "README.md should say: {line}");
}
