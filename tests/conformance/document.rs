//! Reads `spec/postpress.yaml` and finds its operations.

use postpress_openapi::METHODS;
use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::{Map, Value};

/// The document, as JSON.
pub(crate) struct Document {
    pub(crate) root: Value,
}

/// One operation of it.
pub(crate) struct Operation<'a> {
    document: &'a Document,
    pub(crate) id: &'a str,
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) value: &'a Value,
}

/// A parameter in the path or the query.
pub(crate) struct Parameter<'a> {
    pub(crate) name: &'a str,
    pub(crate) place: &'a str,
    pub(crate) required: bool,
    pub(crate) description: &'a str,
    pub(crate) schema: &'a Value,
    pub(crate) value: &'a Value,
}

/// The one body that a request or a response has.
pub(crate) struct Body<'a> {
    pub(crate) media_type: &'a str,
    pub(crate) content: &'a Value,
}

/// What an operation may respond with.
pub(crate) struct Response<'a> {
    pub(crate) status: u16,
    pub(crate) description: &'a str,
    /// `None` of a response without a body.
    pub(crate) body: Option<Body<'a>>,
}

/// The text of the document.
pub(crate) fn text() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/postpress.yaml");
    std::fs::read_to_string(path).expect("spec/postpress.yaml can be read")
}

/// The values that a parameter or a body has as `example` or under `examples`.
pub(crate) fn examples(owner: &Value) -> Vec<Value> {
    let many = owner
        .get("examples")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(_, it)| &it["value"]);
    owner
        .get("example")
        .into_iter()
        .chain(many)
        .cloned()
        .collect()
}

/// Calls `visit` with every object, and where it is.
pub(crate) fn visit(value: &Value, at: &str, then: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(members) => {
            then(at, value);
            members
                .iter()
                .for_each(|(key, member)| visit(member, &format!("{at}/{key}"), then));
        }
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, item)| visit(item, &format!("{at}/{index}"), then));
        }
        _ => {}
    }
}

impl Document {
    pub(crate) fn load() -> Self {
        let documents = Yaml::load_from_str(&text()).expect("spec/postpress.yaml is YAML");
        let [document] = documents.as_slice() else {
            panic!("spec/postpress.yaml is not one document")
        };
        Self {
            root: to_json(document),
        }
    }

    /// What a `$ref` stands for; everything else stands for itself.
    pub(crate) fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        let Some(reference) = value.get("$ref") else {
            return value;
        };
        assert_eq!(
            value.as_object().map(Map::len),
            Some(1),
            "beside a $ref everything is ignored: {value}"
        );
        let pointer = reference
            .as_str()
            .and_then(|it| it.strip_prefix('#'))
            .expect("a $ref within the document");
        self.resolve(
            self.root
                .pointer(pointer)
                .unwrap_or_else(|| panic!("nothing at {pointer}")),
        )
    }

    pub(crate) fn operations(&self) -> Vec<Operation<'_>> {
        let mut operations = Vec::new();
        for (path, item) in self.root["paths"].as_object().expect("paths") {
            for (method, value) in item.as_object().expect("a path item") {
                assert!(METHODS.contains(&method.as_str()), "{path}: {method}");
                let id = value["operationId"].as_str().expect("an operationId");
                operations.push(Operation {
                    document: self,
                    id,
                    method,
                    path,
                    value,
                });
            }
        }
        operations
    }

    /// The error types that the schema of an error response allows.
    pub(crate) fn error_types(&self, schema: &Value) -> Vec<String> {
        let parts = self.resolve(schema)["allOf"]
            .as_array()
            .expect("an envelope and what narrows it");
        assert_eq!(parts[0]["$ref"], "#/components/schemas/Problem");
        let types = parts[1]["properties"]["type"]["enum"]
            .as_array()
            .expect("error types");
        types
            .iter()
            .map(|it| it.as_str().expect("a string").to_owned())
            .collect()
    }
}

impl<'a> Operation<'a> {
    pub(crate) fn parameters(&self) -> Vec<Parameter<'a>> {
        let list = self
            .value
            .get("parameters")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        list.map(|value| {
            let value = self.document.resolve(value);
            let text = |key: &str| value[key].as_str().unwrap_or_default();
            Parameter {
                name: text("name"),
                place: text("in"),
                required: value.get("required").is_some_and(|it| it == true),
                description: text("description"),
                schema: &value["schema"],
                value,
            }
        })
        .collect()
    }

    pub(crate) fn body(&self) -> Option<Body<'a>> {
        let value = self.document.resolve(self.value.get("requestBody")?);
        assert_eq!(value["required"], true, "{}", self.id);
        Some(only_content(value))
    }

    /// The responses that say that all went well.
    pub(crate) fn successes(&self) -> impl Iterator<Item = Response<'a>> {
        self.responses().into_iter().filter(|it| it.status < 400)
    }

    /// The responses that report an error.
    pub(crate) fn failures(&self) -> impl Iterator<Item = Response<'a>> {
        self.responses().into_iter().filter(|it| it.status >= 400)
    }

    pub(crate) fn responses(&self) -> Vec<Response<'a>> {
        let responses = self.value["responses"].as_object().expect("responses");
        responses
            .iter()
            .map(|(status, value)| {
                let value = self.document.resolve(value);
                let description = value["description"].as_str().unwrap_or_default();
                Response {
                    status: status.parse().expect("a status code"),
                    description,
                    body: value.get("content").map(|_| only_content(value)),
                }
            })
            .collect()
    }
}

fn only_content(value: &Value) -> Body<'_> {
    let content = value["content"].as_object().expect("content");
    assert_eq!(content.len(), 1, "more than one media type");
    let (media_type, content) = content.iter().next().expect("a media type");
    Body {
        media_type,
        content,
    }
}

fn to_json(yaml: &Yaml<'_>) -> Value {
    match yaml {
        Yaml::Value(Scalar::Null) => Value::Null,
        Yaml::Value(Scalar::Boolean(it)) => (*it).into(),
        Yaml::Value(Scalar::Integer(it)) => (*it).into(),
        Yaml::Value(Scalar::FloatingPoint(it)) => it.into_inner().into(),
        Yaml::Value(Scalar::String(it)) => it.as_ref().into(),
        Yaml::Sequence(items) => items.iter().map(to_json).collect(),
        Yaml::Mapping(members) => {
            let member = |(key, value)| {
                (
                    Yaml::as_str(key)
                        .expect("a key that is a string")
                        .to_owned(),
                    to_json(value),
                )
            };
            Value::Object(members.iter().map(member).collect())
        }
        other => panic!("plain YAML only, not {other:?}"),
    }
}
