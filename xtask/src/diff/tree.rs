//! An IR as a tree of named things, each with the facts about it that a reviewer would compare.
//!
//! This is the one list of what counts in a comparison of two documents; `compare` knows nothing of operations, fields
//! or values, and what each difference means stands in `rules`.

use std::collections::{BTreeMap, BTreeSet};

use postpress_codegen::ir::{
    Body, BodyKind, CredentialKind, Field, Ir, Limit, Location, Operation, Origin, Parameter,
    Payload, Struct, Type, TypeDef, TypeId, TypeKind, Union, Variant, named_within,
};

use super::change::listed;
use super::judge;
use super::rules::{self, Rule};

/// A document.
pub(super) struct Tree {
    /// The service, with everything below it but the types.
    pub(super) root: Node,
    /// The types, by their number in the IR.
    pub(super) types: Vec<Node>,
    /// By type, the ids of the operations that it is part of.
    pub(super) reach: Vec<BTreeSet<String>>,
    /// The enum of error types.
    pub(super) catalogue: Option<TypeId>,
}

/// A thing that has a name: an operation, a parameter, a type, a field.
#[derive(Default)]
pub(super) struct Node {
    /// Its name, as a user of the API would write it: `Chat.name`, in backticks.
    pub(super) subject: String,
    /// Where its coming and going shows, if not at itself.
    pub(super) whole: Option<String>,
    /// What is said of it where it comes or goes.
    pub(super) shown: String,
    pub(super) origin: Option<Origin>,
    /// How its counterpart in the other document is found: by the first of these, or else by the next.
    pub(super) ids: Vec<Id>,
    /// What its coming is where its parent takes additions lightly, what it is elsewhere, and what its going is.
    pub(super) rules: Option<[&'static Rule; 3]>,
    pub(super) facts: Vec<Fact>,
    pub(super) children: Vec<Node>,
    /// What it is if those of its children that are `is_ordered` change places.
    pub(super) order: Option<&'static Rule>,
    pub(super) is_ordered: bool,
    pub(super) takes_additions: bool,
    /// No code is generated for it.
    pub(super) is_hidden: bool,
    /// What the names of other types begin with because of it.
    pub(super) stem: String,
    /// Of an error type, the subjects of the operations that document it.
    pub(super) users: BTreeSet<String>,
}

/// What a thing is known by: a text, if it is not empty, or a type and a name in it.
pub(super) enum Id {
    Text(String),
    Member(Type, String),
}

/// Something that is said of a thing.
pub(super) struct Fact {
    /// What tells it apart from the other facts about the thing.
    pub(super) key: String,
    pub(super) value: Value,
    /// The value, for people.
    pub(super) shown: String,
    /// Where it is said, if not where the thing is.
    pub(super) origin: Option<Origin>,
    pub(super) judge: Judge,
}

#[derive(PartialEq)]
pub(super) enum Value {
    Texts(Vec<String>),
    Type(Type),
}

/// The rule for a difference, and what happened, if its two values do not say it.
pub(super) type Change = fn(&Fact, &Fact) -> (&'static Rule, Option<String>);

/// What a difference is.
pub(super) enum Judge {
    /// Always the same.
    Rule(&'static Rule),
    /// The same, and what follows is then not comparable.
    Decisive(&'static Rule),
    /// Depends on both.
    By(Change),
    /// Another name of a type.
    TypeName,
    /// Another wording of what this names.
    Words(String),
    /// Another wording of the thing, or other limits in the sentences at its end, without which it is the second text.
    Doc,
    /// A limit or default of a value that is sent, or that is only received.
    Limit(bool),
    /// Which error types can occur.
    Errors,
}

impl Fact {
    pub(super) fn texts(&self) -> &[String] {
        match &self.value {
            Value::Texts(texts) => texts,
            Value::Type(_) => &[],
        }
    }
}

impl Node {
    fn new<const N: usize>(subject: impl Into<String>, origin: &Origin, ids: [String; N]) -> Node {
        Node {
            subject: subject.into(),
            origin: Some(origin.clone()),
            ids: ids.map(Id::Text).into(),
            ..Node::default()
        }
    }

    fn rules(mut self, added: &'static Rule, removed: &'static Rule) -> Node {
        self.rules = Some([added, added, removed]);
        self
    }

    fn push(&mut self, key: impl Into<String>, value: Value, shown: &str, judge: Judge) {
        self.facts.push(Fact {
            key: key.into(),
            value,
            shown: shown.to_owned(),
            origin: None,
            judge,
        });
    }

    fn fact(&mut self, rule: &'static Rule, shown: &str) {
        self.named(rule, shown, shown);
    }

    /// As [`fact`](Self::fact), where something else is compared than shown.
    fn named(&mut self, rule: &'static Rule, text: &str, shown: &str) {
        let value = Value::Texts(vec![text.to_owned()]);
        self.push(rule.id, value, shown, Judge::Rule(rule));
    }

    fn ty(&mut self, ir: &Ir, ty: &Type, judge: Judge) {
        self.push("type", Value::Type(ty.clone()), &code(rust(ir, ty)), judge);
    }

    fn by<const N: usize>(&mut self, texts: [&str; N], shown: &str, judge: Change) {
        let value = Value::Texts(texts.map(str::to_owned).into());
        self.push("by", value, shown, Judge::By(judge));
    }

    fn words(&mut self, subject: impl Into<String>, key: &str, words: &str) {
        let value = Value::Texts(vec![words.to_owned()]);
        self.push(
            format!("words {key}"),
            value,
            "",
            Judge::Words(subject.into()),
        );
    }

    /// Of a type, what it is.
    pub(super) fn kind(&self) -> Option<&str> {
        let mut facts = self.facts.iter();
        facts
            .find(|fact| fact.key == "kind")
            .map(|fact| fact.shown.as_str())
    }

    /// Limits, and documentation, which ends with them.
    fn limits(&mut self, limits: &[Limit], doc: &str, is_sent: bool) {
        let mut values: BTreeMap<&str, Vec<&Limit>> = BTreeMap::new();
        for limit in limits {
            values.entry(&limit.keyword).or_default().push(limit);
        }
        for (keyword, mut limits) in values {
            limits.sort_by(|one, other| one.value.cmp(&other.value));
            let texts: Vec<String> = limits.iter().map(|limit| limit.value.clone()).collect();
            let shown = some(&texts);
            self.push(keyword, Value::Texts(texts), &shown, Judge::Limit(is_sent));
            let fact = self.facts.last_mut();
            fact.into_iter()
                .for_each(|fact| fact.origin = Some(limits[0].origin.clone()));
        }
        let words = match doc.rsplit_once("\n\n") {
            _ if limits.iter().all(|limit| limit.keyword.contains('.')) => doc,
            Some((words, _)) => words,
            None => "",
        };
        let value = Value::Texts(vec![doc.to_owned(), words.to_owned()]);
        self.push("doc", value, "", Judge::Doc);
    }
}

/// The tree of a document.
pub(super) fn tree(ir: &Ir) -> Tree {
    let mut root = Node {
        takes_additions: true,
        ..Node::default()
    };
    let description = ir.description.as_deref().unwrap_or_default();
    for (name, text) in [
        ("title", ir.title.as_str()),
        ("version", &ir.version),
        ("description", description),
    ] {
        root.words(format!("info, {name}"), name, text);
    }
    for (number, server) in ir.servers.iter().enumerate() {
        // The others are known by their URLs: their constants are called by them.
        let (subject, id) = match number {
            0 => ("the default server".to_owned(), "server".to_owned()),
            _ => (
                format!("server `{}`", server.url),
                format!("server {}", server.url),
            ),
        };
        let mut node = Node::new(&subject, &server.origin, [id])
            .rules(rules::SERVER_ADDED, rules::SERVER_REMOVED);
        node.fact(rules::SERVER_DEFAULT, &code(&server.url));
        node.words(
            subject,
            "",
            server.description.as_deref().unwrap_or_default(),
        );
        root.children.push(node);
    }
    for credential in &ir.credentials {
        let subject = format!("security scheme `{}`", credential.scheme);
        let id = format!("credential {}", credential.scheme);
        let mut node = Node::new(&subject, &credential.origin, [id])
            .rules(rules::SCHEME_ADDED, rules::SCHEME_REMOVED);
        node.fact(
            rules::SCHEME_CHANGED,
            &match &credential.kind {
                CredentialKind::ApiKeyHeader(name) => {
                    format!("the header `{}`", name.to_ascii_lowercase())
                }
                CredentialKind::Bearer => "a bearer token".to_owned(),
                CredentialKind::Basic => "name and password".to_owned(),
            },
        );
        node.words(subject, "", &credential.doc);
        root.children.push(node);
    }
    let mut reach = vec![BTreeSet::new(); ir.types.len()];
    for operation in &ir.operations {
        let node = operation_node(ir, operation);
        let facts = node.children.iter().flat_map(|child| &child.facts);
        let used = facts.filter_map(|fact| match &fact.value {
            Value::Type(ty) => Some(ty.clone()),
            Value::Texts(_) => None,
        });
        for id in named_within(&ir.types, used) {
            reach[id].insert(operation.id.clone());
        }
        root.children.push(node);
    }
    for entry in ir.catalogue.iter().flat_map(|all| &all.entries) {
        let mut node = Node::new(
            code(&entry.wire),
            &entry.origin,
            [format!("error {}", entry.wire)],
        )
        .rules(rules::ERROR_ADDED, rules::ERROR_REMOVED);
        let places = entry
            .documented
            .iter()
            .map(|place| format!("{} of {}", place.status, place.operation));
        node.shown = listed(places.collect::<BTreeSet<_>>());
        node.users = entry
            .documented
            .iter()
            .map(|place| code(&place.operation))
            .collect();
        node.fact(rules::ERROR_RENAMED, &code(&entry.variant));
        root.children.push(node);
    }
    Tree {
        root,
        types: ir.types.iter().map(|ty| type_node(ir, ty)).collect(),
        reach,
        catalogue: ir.catalogue.as_ref().map(|found| found.type_id),
    }
}

fn operation_node(ir: &Ir, operation: &Operation) -> Node {
    let subject = code(&operation.id);
    let method = operation.method.to_ascii_uppercase();
    let (shape, names) = shape(&operation.path);
    let shape = format!("{method} {shape}");
    let ids = [format!("operation {}", operation.function), shape.clone()];
    let mut node = Node::new(&subject, &operation.origin, ids)
        .rules(rules::OPERATION_ADDED, rules::OPERATION_REMOVED);
    node.shown = format!("`{method} {}`", operation.path);
    node.stem = pascal(&operation.function);
    node.order = Some(rules::PARAMETER_ORDER);
    node.takes_additions = operation.parameters.iter().any(|one| !one.required);
    node.named(rules::OPERATION_RENAMED, &operation.function, &subject);
    let request = node.shown.clone();
    node.named(rules::OPERATION_MOVED, &shape, &request);
    // The last paragraph is the request.
    node.words(
        &subject,
        "",
        operation
            .doc
            .rsplit_once("\n\n")
            .map_or("", |(words, _)| words),
    );
    for parameter in &operation.parameters {
        node.children
            .push(parameter_node(ir, &subject, &names, parameter));
    }
    node.children.extend(
        operation
            .body
            .as_ref()
            .map(|body| body_node(ir, &subject, body)),
    );
    let mut result = |name: &str, rule, ty: Option<&Type>, other: &str| {
        let mut result = Node::new(
            format!("{subject}, {name}"),
            &operation.origin,
            [name.to_owned()],
        );
        match ty {
            Some(ty) => result.ty(ir, ty, Judge::Rule(rule)),
            None => result.push(
                "type",
                Value::Texts(vec![other.to_owned()]),
                other,
                Judge::Rule(rule),
            ),
        }
        node.children.push(result);
    };
    let (success, other) = match &operation.success {
        Payload::Json(ty) => (Some(ty), ""),
        Payload::Empty => (None, "nothing"),
        Payload::Text => (None, "text"),
        Payload::Raw => (None, "bytes"),
    };
    result("response", rules::SUCCESS_TYPE, success, other);
    result(
        "errors",
        rules::ERROR_TYPE,
        operation.error.as_ref(),
        "any JSON",
    );
    if let Some(media) = &operation.accept {
        let mut accept = Node::new(&subject, &operation.origin, ["accept".to_owned()])
            .rules(rules::ACCEPT_ADDED, rules::ACCEPT_ADDED);
        accept.shown = code(media);
        accept.fact(rules::ACCEPT_CHANGED, &code(media));
        node.children.push(accept);
    }
    let statuses = operation.responses.iter().map(|one| one.status.clone());
    node.push(
        "statuses",
        Value::Texts(statuses.collect()),
        "",
        Judge::By(judge::statuses),
    );
    for response in &operation.responses {
        let subject = format!("{subject}, {}", response.status);
        let mut status = Node::new(
            &subject,
            &response.origin,
            [format!("status {}", response.status)],
        );
        status.words(&subject, "", &response.description);
        status.fact(rules::HEADERS, &some(&response.headers));
        node.children.push(status);
    }
    let mut ways: Vec<String> = operation.security.iter().map(|way| way.join(" ")).collect();
    if ways.is_empty() {
        ways.push(String::new());
    }
    let shown: Vec<String> = ways
        .iter()
        .map(|way| match way.as_str() {
            "" => "nothing".to_owned(),
            way => code(way.replace(' ', "` and `")),
        })
        .collect();
    let sent: Vec<&str> = operation
        .credentials
        .iter()
        .map(|number| ir.credentials[*number].scheme.as_str())
        .collect();
    ways.insert(0, sent.join(" "));
    node.push(
        "security",
        Value::Texts(ways),
        &shown.join(" or "),
        Judge::By(judge::security),
    );
    let urls: Vec<String> = operation
        .servers
        .iter()
        .map(|server| server.url.clone())
        .collect();
    node.fact(rules::SERVERS_OF_OPERATION, &some(&urls));
    errors(ir, operation, &mut node);
    node
}

/// The error types that an operation documents, with their statuses.
fn errors(ir: &Ir, operation: &Operation, node: &mut Node) {
    let mut errors = Vec::new();
    for entry in ir.catalogue.iter().flat_map(|all| &all.entries) {
        for place in entry
            .documented
            .iter()
            .filter(|place| place.operation == operation.id)
        {
            let error = format!("`{}` ({})", entry.wire, place.status);
            node.words(
                format!("error type `{}`", entry.wire),
                &error,
                &place.description,
            );
            errors.push(error);
        }
    }
    errors.sort();
    node.push("errors", Value::Texts(errors), "", Judge::Errors);
}

fn parameter_node(ir: &Ir, operation: &str, names: &[&str], parameter: &Parameter) -> Node {
    let Parameter { name, required, .. } = parameter;
    let (place, id) = match parameter.location {
        Location::Path => (
            "path",
            names
                .iter()
                .position(|known| known == name)
                .unwrap_or_default()
                .to_string(),
        ),
        Location::Header => ("headers", name.to_ascii_lowercase()),
        _ => ("query", name.clone()),
    };
    let mut node = Node::new(
        format!("{operation}, `{name}`"),
        &parameter.origin,
        [format!("{place} {id}")],
    );
    let [light, other] = match required {
        true => [rules::PARAMETER_REQUIRED; 2],
        false => [rules::PARAMETER_ADDED, rules::PARAMETER_FIRST],
    };
    node.rules = Some([light, other, rules::PARAMETER_REMOVED]);
    node.shown = format!("{place}, {}", necessity(*required));
    node.is_ordered = *required;
    if parameter.location == Location::Path {
        node.fact(rules::PARAMETER_RENAMED, &code(name));
    }
    node.fact(rules::PARAMETER_NECESSITY, necessity(*required));
    if !required {
        node.fact(rules::PARAMETER_FIELD, &code(&parameter.rust));
    }
    node.fact(
        rules::STYLE,
        &match parameter.location {
            Location::Path | Location::Header => "a plain text".to_owned(),
            Location::Query => "a pair for each value".to_owned(),
            Location::QueryJoined(separator) => format!("joined with `{separator}`"),
            Location::QueryDeep => "in brackets".to_owned(),
            Location::QueryJson => "JSON".to_owned(),
        },
    );
    node.ty(ir, &parameter.ty, Judge::Decisive(rules::PARAMETER_TYPE));
    node.limits(&parameter.limits, &parameter.doc, true);
    node
}

fn body_node(ir: &Ir, operation: &str, body: &Body) -> Node {
    let subject = format!("{operation}, body");
    let mut node = Node::new(&subject, &body.origin, ["body".to_owned()])
        .rules(rules::BODY_ADDED, rules::BODY_REMOVED);
    node.words(&subject, "", &body.doc);
    node.fact(rules::BODY_NECESSITY, necessity(body.required));
    let (media, ty) = match &body.kind {
        BodyKind::Form(form) => ("multipart/form-data", Some(Type::Named(form.root))),
        BodyKind::UrlEncoded(ty, _) => ("application/x-www-form-urlencoded", Some(ty.clone())),
        BodyKind::Json(ty, media) => (media.as_str(), Some(ty.clone())),
        BodyKind::Text(media) | BodyKind::Binary(media) => (media.as_str(), None),
    };
    node.fact(rules::BODY_MEDIA, &code(media));
    if let Some(ty) = ty {
        node.ty(ir, &ty, Judge::Rule(rules::BODY_TYPE));
    }
    let member = |name: &str, id: Id, style| {
        let mut member = Node::new(format!("{subject}, `{name}`"), &body.origin, []);
        member.ids.push(id);
        member.shown = format!("{style:?}");
        member.fact(rules::PART_STYLE, &format!("{style:?}"));
        member
    };
    match &body.kind {
        BodyKind::Form(form) => node.children.extend(form.encodings.iter().map(|part| {
            let id = Id::Member(Type::Named(part.owner), part.name.clone());
            let encoding = &part.encoding;
            let mut member = member(&part.name, id, encoding.style);
            member.by(
                [encoding.accept.as_deref().unwrap_or_default()],
                &any(&encoding.accept),
                judge::files,
            );
            member.fact(rules::PART_TYPE, &any(&encoding.content_type));
            member
        })),
        BodyKind::UrlEncoded(_, styles) => {
            node.children.extend(styles.iter().map(|(name, style)| {
                member(name, Id::Text(name.clone()), *style)
                    .rules(rules::PART_STYLE, rules::PART_STYLE)
            }))
        }
        _ => {}
    }
    node
}

fn type_node(ir: &Ir, ty: &TypeDef) -> Node {
    let subject = code(&ty.name);
    let mut node =
        Node::new(&subject, &ty.origin, []).rules(rules::TYPE_ADDED, rules::TYPE_REMOVED);
    node.is_hidden = !ty.in_json && !ty.in_form;
    node.stem.clone_from(&ty.name);
    node.push(
        "name",
        Value::Texts(vec![ty.name.clone()]),
        &subject,
        Judge::TypeName,
    );
    let kind = match &ty.kind {
        TypeKind::Struct(_) => "a struct",
        TypeKind::StringEnum(_) => "an enum of strings",
        TypeKind::IntegerEnum(_) => "an enum of integers",
        TypeKind::Union(_) => "a union",
        TypeKind::ErrorType => "the enum of error types",
    };
    node.push(
        "kind",
        Value::Texts(vec![kind.to_owned()]),
        kind,
        Judge::Decisive(rules::TYPE_KIND),
    );
    let value = |wire: String, variant: &str, doc: &str, origin: &Origin| {
        let ids = [format!("value {wire}"), variant.to_owned()];
        let mut value =
            Node::new(&subject, origin, ids).rules(rules::VALUE_ADDED, rules::VALUE_REMOVED);
        value.shown = code(wire);
        let shown = value.shown.clone();
        value.fact(rules::VALUE_RENAMED, &code(variant));
        value.fact(rules::VALUE_WIRE, &shown);
        value.words(format!("{subject}, {shown}"), "", doc);
        value
    };
    match &ty.kind {
        TypeKind::Struct(object) => structure(ir, ty, object, &mut node),
        TypeKind::StringEnum(values) => node.children.extend(
            values
                .iter()
                .map(|one| value(one.wire.clone(), &one.variant, &one.doc, &one.origin)),
        ),
        TypeKind::IntegerEnum(values) => node.children.extend(
            values
                .iter()
                .map(|one| value(one.wire.to_string(), &one.variant, &one.doc, &one.origin)),
        ),
        TypeKind::Union(union) => {
            let tag = match &union.tag {
                Some(tag) if tag.in_struct => format!("by `{}`, a field of each", tag.property),
                Some(tag) => format!("by `{}`", tag.property),
                None => "by trying them in order".to_owned(),
            };
            node.fact(rules::UNION_TAG, &tag);
            node.order = Some(rules::VARIANT_ORDER);
            node.children.extend(
                union
                    .variants
                    .iter()
                    .map(|variant| variant_node(ir, ty, union, variant)),
            );
        }
        TypeKind::ErrorType => {}
    }
    node.limits(&ty.limits, &ty.doc, ty.sent);
    node
}

fn structure(ir: &Ir, ty: &TypeDef, object: &Struct, node: &mut Node) {
    node.takes_additions = has_default(ir, ty, object);
    node.order = ty.in_form.then_some(rules::FORM_ORDER);
    node.children
        .extend(object.fields.iter().map(|field| field_node(ir, ty, field)));
    if let Some(rest) = &object.extra {
        let mut extra = Node::new(format!("`{}.*`", ty.name), &ty.origin, ["*".to_owned()])
            .rules(rules::FIELD_TYPE, rules::FIELD_TYPE);
        extra.shown = code(rust(ir, rest));
        extra.ty(ir, rest, Judge::Rule(rules::FIELD_TYPE));
        node.children.push(extra);
    }
}

/// Whether a struct can be written with `..Default::default()`.
fn has_default(ir: &Ir, ty: &TypeDef, object: &Struct) -> bool {
    let is_empty = |field: &Field| !field.required || field.nullable;
    if !ty.in_form || ty.in_json {
        return object.fields.iter().all(|field| !field.required);
    }
    object.fields.iter().all(|field| match &field.ty {
        _ if is_empty(field) => true,
        Type::File | Type::Timestamp => false,
        Type::Named(id) => match &ir.types[*id].kind {
            TypeKind::Struct(inner) => inner.fields.iter().all(is_empty),
            _ => false,
        },
        _ => true,
    })
}

fn field_node(ir: &Ir, ty: &TypeDef, field: &Field) -> Node {
    // The same field of the struct may have another name on the wire.
    let ids = [format!("field {}", field.name), field.rust.clone()];
    let mut node = Node::new(format!("`{}.{}`", ty.name, field.name), &field.origin, ids);
    let [light, other] = match (ty.sent, field.required) {
        (true, true) => [rules::FIELD_MUST; 2],
        (true, false) => [rules::FIELD_ADDED, rules::FIELD_LITERAL],
        (false, _) => [rules::FIELD_RECEIVED; 2],
    };
    node.rules = Some([light, other, rules::FIELD_REMOVED]);
    node.shown = format!("`{}`, {}", rust(ir, &field.ty), necessity(field.required));
    node.is_ordered = ty.in_form;
    node.fact(rules::FIELD_WIRE, &code(&field.name));
    node.fact(rules::FIELD_RUST, &code(&field.rust));
    node.fact(rules::FIELD_WRITER, &format!("{:?}", field.writer));
    node.ty(ir, &field.ty, Judge::Decisive(rules::FIELD_TYPE));
    let is_list = matches!(field.ty, Type::Array(_) | Type::Map(_));
    let null = if field.nullable { "null" } else { "" };
    node.by(
        [necessity(field.required), null],
        "",
        match (is_list, ty.sent) {
            (true, true) => judge::necessity::<true, true>,
            (true, false) => judge::necessity::<true, false>,
            (false, true) => judge::necessity::<false, true>,
            (false, false) => judge::necessity::<false, false>,
        },
    );
    node.limits(&field.limits, &field.doc, ty.sent);
    node
}

fn variant_node(ir: &Ir, ty: &TypeDef, union: &Union, variant: &Variant) -> Node {
    let subject = format!("`{}::{}`", ty.name, variant.name);
    let ids = [format!("variant {}", variant.name), variant.tag.clone()];
    let mut node = Node::new(&subject, &variant.origin, ids)
        .rules(rules::VARIANT_ADDED, rules::VARIANT_REMOVED);
    if variant.tag.is_empty() {
        node.ids.push(Id::Member(variant.ty.clone(), String::new()));
    }
    node.whole = Some(code(&ty.name));
    node.shown = code(&variant.name);
    node.is_ordered = union.tag.is_none();
    node.fact(rules::VARIANT_RENAMED, &code(&variant.name));
    let absent = if variant.default {
        " or its absence"
    } else {
        ""
    };
    node.fact(rules::VARIANT_TAG, &format!("`{}`{absent}", variant.tag));
    node.ty(ir, &variant.ty, Judge::Rule(rules::VARIANT_TYPE));
    node.fact(
        rules::VARIANT_BOX,
        if variant.boxed { "boxed" } else { "not boxed" },
    );
    node.words(subject, "", &variant.doc);
    node
}

/// A type as Rust writes it.
fn rust(ir: &Ir, ty: &Type) -> String {
    match ty {
        Type::Any => "Value".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Integer(name) | Type::Float(name) => (*name).to_owned(),
        Type::String => "String".to_owned(),
        Type::Timestamp => "Timestamp".to_owned(),
        Type::File => "Upload".to_owned(),
        Type::Named(id) => ir.types[*id].name.clone(),
        Type::Array(item) => format!("Vec<{}>", rust(ir, item)),
        Type::Map(value) => format!("HashMap<String, {}>", rust(ir, value)),
        Type::Nullable(inner) => format!("Option<{}>", rust(ir, inner)),
    }
}

/// A path without the names of its parameters, and these.
fn shape(path: &str) -> (String, Vec<&str>) {
    let mut pieces = path.split('{');
    let mut shape = pieces.next().unwrap_or_default().to_owned();
    let (names, rests): (Vec<_>, Vec<_>) = pieces
        .map(|piece| piece.split_once('}').unwrap_or((piece, "")))
        .unzip();
    rests
        .iter()
        .for_each(|rest| shape += &format!("{{}}{rest}"));
    (shape, names)
}

fn pascal(function: &str) -> String {
    let words = function
        .split('_')
        .map(|word| match word.split_at_checked(1) {
            Some((first, rest)) => first.to_ascii_uppercase() + rest,
            None => word.to_owned(),
        });
    words.collect()
}

fn necessity(required: bool) -> &'static str {
    if required { "required" } else { "optional" }
}

fn code(text: impl AsRef<str>) -> String {
    format!("`{}`", text.as_ref())
}

fn some(list: &[String]) -> String {
    match list {
        [] => "no other than the usual".to_owned(),
        list => code(list.join("`, `")),
    }
}

fn any(media: &Option<String>) -> String {
    media.as_ref().map_or_else(|| "any kind".to_owned(), code)
}
