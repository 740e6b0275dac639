//! An IR as a tree of named things, each with the facts about it that a reviewer would compare.
//!
//! This is the one list of what counts in a comparison of two documents; `compare` knows nothing of operations, fields
//! or values, and what each difference means stands in `rules`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use postpress_codegen::ir::{
    Body, BodyKind, CredentialKind, EnumValue, Field, FormStyle, Holder, Ir, Limit, Location,
    Operation, Origin, Parameter, Payload, StatusBody, Struct, Type, TypeDef, TypeId, TypeKind,
    Variant, holders, holders_in_form, is_record, named_within,
};
use postpress_codegen::{FEW_TAGS, body_variants, server_constants};

use super::change::listed;
use super::judge;
use super::rules::*;

/// A document.
pub(super) struct Tree {
    /// The service. The last of its children are the types, by their number in the IR.
    pub(super) root: Node,
    first_type: usize,
    /// The enum of error types.
    pub(super) catalogue: Option<TypeId>,
}

impl Tree {
    pub(super) fn types(&self) -> &[Node] {
        &self.root.children[self.first_type..]
    }
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
    /// Of a type, the ids of the operations that it is part of.
    pub(super) operations: Option<BTreeSet<String>>,
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

/// The rule for a difference, if it makes one, and what happened, if its two values do not say it.
pub(super) type Change = fn(&Fact, &Fact) -> Option<(&'static Rule, Option<String>)>;

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
    fn new(subject: impl Into<String>, origin: &Origin, id: impl Into<String>) -> Node {
        Node {
            subject: subject.into(),
            origin: Some(origin.clone()),
            ids: vec![Id::Text(id.into())],
            ..Node::default()
        }
    }

    fn rules(mut self, added: &'static Rule, removed: &'static Rule) -> Node {
        self.rules = Some([added, added, removed]);
        self
    }

    fn push(&mut self, key: &str, value: Value, shown: &str, judge: Judge) {
        let (key, shown) = (key.to_owned(), shown.to_owned());
        let origin = None;
        self.facts.push(Fact {
            key,
            value,
            shown,
            origin,
            judge,
        });
    }

    fn text(&mut self, key: &str, text: &str, shown: &str, judge: Judge) {
        self.push(key, Value::Texts(vec![text.to_owned()]), shown, judge);
    }

    fn by(&mut self, key: &str, texts: Vec<String>, shown: &str, judge: Change) {
        self.push(key, Value::Texts(texts), shown, Judge::By(judge));
    }

    fn fact(&mut self, rule: &'static Rule, shown: impl AsRef<str>) {
        self.text(rule.id, shown.as_ref(), shown.as_ref(), Judge::Rule(rule));
    }

    fn ty(&mut self, ir: &Ir, ty: &Type, judge: Judge) {
        self.push("type", Value::Type(ty.clone()), &code(rust(ir, ty)), judge);
    }

    fn doc(&mut self, words: &str) {
        self.words(self.subject.clone(), "", words);
    }

    fn words(&mut self, subject: String, key: &str, words: &str) {
        self.text(&format!("words {key}"), words, "", Judge::Words(subject));
    }

    /// Of a type, what it is.
    pub(super) fn kind(&self) -> Option<&str> {
        let kind = self.facts.iter().find(|fact| fact.key == "kind")?;
        Some(&kind.shown)
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
            self.facts.push(Fact {
                key: keyword.to_owned(),
                shown: some(&texts),
                value: Value::Texts(texts),
                origin: Some(limits[0].origin.clone()),
                judge: Judge::Limit(is_sent),
            });
        }
        let words = match doc.rsplit_once("\n\n") {
            _ if limits.iter().all(|limit| limit.keyword.contains('.')) => doc,
            Some((words, _)) => words,
            None => "",
        };
        let texts = vec![doc.to_owned(), words.to_owned()];
        self.push("doc", Value::Texts(texts), "", Judge::Doc);
    }
}

/// The tree of a document.
pub(super) fn tree(ir: &Ir) -> Tree {
    let mut root = Node {
        takes_additions: true,
        ..Node::default()
    };
    let description = ir.description.as_deref().unwrap_or_default();
    let info = [
        ("title", &*ir.title),
        ("version", &ir.version),
        ("description", description),
    ];
    for (name, text) in info {
        root.words(format!("info, {name}"), name, text);
    }
    // The client knows no address but those that are constants of the crate.
    for (name, server) in server_constants(ir) {
        let is_default = name == "DEFAULT_BASE_URL";
        let subject = match is_default {
            true => "the default server".to_owned(),
            false => code(&name),
        };
        let mut node = Node::new(subject, &server.origin, name).rules(SERVER_ADDED, SERVER_REMOVED);
        let url = code(server.url.trim_end_matches('/'));
        node.shown.clone_from(&url);
        let rule = if is_default {
            SERVER_DEFAULT
        } else {
            SERVER_CHANGED
        };
        node.text("address", &url, &url, Judge::Rule(rule));
        node.doc(server.description.as_deref().unwrap_or_default());
        root.children.push(node);
    }
    let others = ir.servers.iter().map(|server| server.url.as_str());
    let others: Vec<&str> = others.filter(|url| !url.contains("://")).collect();
    root.words("servers".to_owned(), "servers", &others.join(" "));
    for credential in &ir.credentials {
        let name = format!("security scheme `{}`", credential.scheme);
        let node = Node::new(
            name,
            &credential.origin,
            format!("scheme {}", credential.rust),
        );
        let mut node = node.rules(SCHEME_ADDED, SCHEME_REMOVED);
        let sent_as = match &credential.kind {
            CredentialKind::ApiKeyHeader(name) => {
                &format!("the header {}", code(name.to_ascii_lowercase()))
            }
            CredentialKind::Bearer => "a bearer token",
            CredentialKind::Basic => "name and password",
        };
        node.fact(SCHEME_CHANGED, sent_as);
        node.doc(&credential.doc);
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
        let node = Node::new(
            code(&entry.wire),
            &entry.origin,
            format!("error {}", entry.wire),
        );
        let mut node = node.rules(ERROR_ADDED, ERROR_REMOVED);
        let places = entry.documented.iter();
        node.users = places.clone().map(|place| code(&place.operation)).collect();
        let places = places.map(|place| format!("{} of {}", place.status, place.operation));
        node.shown = listed(places.collect::<BTreeSet<_>>());
        node.fact(ERROR_RENAMED, code(&entry.variant));
        root.children.push(node);
    }
    let first_type = root.children.len();
    for (number, reach) in reach.into_iter().enumerate() {
        let mut node = type_node(ir, number);
        node.ids = vec![Id::Member(Type::Named(number), String::new())];
        node.operations = Some(reach);
        root.children.push(node);
    }
    Tree {
        root,
        first_type,
        catalogue: ir.catalogue.as_ref().map(|found| found.type_id),
    }
}

fn operation_node(ir: &Ir, operation: &Operation) -> Node {
    let (origin, path, function) = (&operation.origin, &operation.path, &operation.function);
    let subject = code(&operation.id);
    let method = operation.method.to_ascii_uppercase();
    let (shape, names) = shape(path);
    let query = operation.query.iter();
    let query: Vec<String> = query
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let query = match query.as_slice() {
        [] => String::new(),
        query => format!("?{}", query.join("&")),
    };
    let shape = format!("{method} {shape}{query}");
    let node = Node::new(&subject, origin, format!("operation {function}"));
    let mut node = node.rules(OPERATION_ADDED, OPERATION_REMOVED);
    node.ids.push(Id::Text(shape.clone()));
    node.shown = format!("`{method} {path}{query}`");
    node.stem = pascal(function);
    node.order = Some(PARAMETER_ORDER);
    node.takes_additions = operation.parameters.iter().any(|one| !one.required);
    node.text("name", function, &subject, Judge::Rule(OPERATION_RENAMED));
    let request = node.shown.clone();
    node.text("request", &shape, &request, Judge::Rule(OPERATION_MOVED));
    let tags = ir.operations.iter().filter_map(|one| one.tag.as_ref());
    if tags.collect::<BTreeSet<_>>().len() > FEW_TAGS {
        let tag = operation.tag.as_ref();
        node.fact(OPERATION_TAG, tag.map_or("none".to_owned(), code));
    }
    // The last paragraph is the request.
    let words = operation.doc.rsplit_once("\n\n");
    node.doc(words.map_or("", |(words, _)| words));
    for parameter in &operation.parameters {
        let parameter = parameter_node(ir, &subject, &names, parameter);
        node.children.push(parameter);
    }
    let body = operation.body.iter();
    node.children
        .extend(body.map(|body| body_node(ir, &subject, body)));
    let result = |name: &str, rule, ty: Option<&Type>, other: &str| {
        let mut result = Node::new(format!("{subject}, {name}"), origin, name);
        match ty {
            Some(ty) => result.ty(ir, ty, Judge::Rule(rule)),
            None => result.text("type", other, other, Judge::Rule(rule)),
        }
        result
    };
    let success = match &operation.success {
        Payload::Json(ty) => Some(ty),
        _ => None,
    };
    let other = payload(&operation.success);
    let success = result("response", SUCCESS_TYPE, success, other);
    let error = result("errors", ERROR_TYPE, operation.error.as_ref(), "any JSON");
    node.children.extend([success, error]);
    if let Some(media) = &operation.accept {
        let accept = Node::new(&subject, origin, "accept");
        let mut accept = accept.rules(ACCEPT_ADDED, ACCEPT_ADDED);
        accept.shown = code(media);
        accept.fact(ACCEPT_CHANGED, code(media));
        node.children.push(accept);
    }
    let responses = operation.responses.iter();
    let statuses: BTreeSet<_> = responses.clone().map(|one| one.status.clone()).collect();
    let statuses = Vec::from_iter(statuses);
    node.by("statuses", statuses, "", judge::statuses);
    node.children.extend(responses.map(|response| {
        let subject = format!("{subject}, {}", response.status);
        let mut status = Node::new(&subject, &response.origin, &subject);
        status.doc(&response.description);
        status.fact(HEADERS, some(&response.headers));
        status
    }));
    security(ir, operation, &mut node);
    let servers = operation.servers.iter().map(|server| server.url.clone());
    node.fact(SERVERS_OF_OPERATION, some(&servers.collect::<Vec<_>>()));
    errors(ir, operation, &mut node);
    node
}

/// The credentials that an operation sends, followed by the sets of which it demands any one.
fn security(ir: &Ir, operation: &Operation, node: &mut Node) {
    // A scheme is known by what it is called in Rust.
    let rust = |scheme: &String| {
        let mut known = ir.credentials.iter();
        let known = known.find(|known| known.scheme == *scheme);
        known.map_or(scheme, |known| &known.rust).clone()
    };
    let sorted = |names: &mut dyn Iterator<Item = String>| {
        let names: BTreeSet<String> = names.collect();
        names.into_iter().collect::<Vec<_>>().join(" ")
    };
    let mut sent = operation
        .credentials
        .iter()
        .map(|number| ir.credentials[*number].rust.clone());
    let ways = operation.security.iter().map(|way| {
        let shown = match way.as_slice() {
            [] => "nothing".to_owned(),
            way => code(way.join("` and `")),
        };
        (sorted(&mut way.iter().map(rust)), shown)
    });
    let mut ways: BTreeMap<String, String> = ways.collect();
    if ways.is_empty() {
        ways.insert(String::new(), "nothing".to_owned());
    }
    let shown = ways.values().cloned().collect::<Vec<_>>().join(" or ");
    let texts = [sorted(&mut sent)].into_iter().chain(ways.into_keys());
    node.by("security", texts.collect(), &shown, judge::security);
    // What the document says for all of them is one change.
    let fact = node.facts.last_mut();
    fact.into_iter()
        .for_each(|fact| fact.origin = Some(operation.security_origin.clone()));
}

/// The error types that an operation documents, with their statuses.
fn errors(ir: &Ir, operation: &Operation, node: &mut Node) {
    let mut errors = Vec::new();
    for entry in ir.catalogue.iter().flat_map(|all| &all.entries) {
        for place in &entry.documented {
            if place.operation == operation.id {
                let error = format!("`{}` ({})", entry.wire, place.status);
                let subject = format!("error type `{}`", entry.wire);
                node.words(subject, &error, &place.description);
                errors.push(error);
            }
        }
    }
    errors.sort();
    node.push("errors", Value::Texts(errors), "", Judge::Errors);
}

fn parameter_node(ir: &Ir, operation: &str, names: &[&str], parameter: &Parameter) -> Node {
    let Parameter { name, location, .. } = parameter;
    let position = names.iter().position(|known| known == name);
    let (place, id) = match location {
        _ if location.is_path() => ("path", position.unwrap_or_default().to_string()),
        Location::Header | Location::HeaderExploded | Location::HeaderJson => {
            ("headers", name.to_ascii_lowercase())
        }
        Location::Cookie(_) | Location::CookieJson => ("cookies", name.clone()),
        _ => ("query", name.clone()),
    };
    let style = match location {
        Location::Path | Location::Header => "a plain text",
        Location::PathStyled(style, true) => &format!("in the style {style:?}, exploded"),
        Location::PathStyled(style, false) => &format!("in the style {style:?}"),
        Location::HeaderExploded => "`key=value` pairs",
        Location::Query | Location::Cookie(true) => "a pair for each value",
        Location::Cookie(false) => "joined with `,`",
        Location::QueryJoined(separator) => &format!("joined with `{separator}`"),
        Location::QueryDeep => "in brackets",
        Location::QueryJson | Location::HeaderJson | Location::PathJson | Location::CookieJson => {
            "JSON"
        }
    };
    let subject = format!("{operation}, `{name}`");
    let mut node = Node::new(subject, &parameter.origin, format!("{place} {id}"));
    node.rules = Some(match parameter.required {
        true => [PARAMETER_REQUIRED, PARAMETER_REQUIRED, PARAMETER_REMOVED],
        false => [PARAMETER_ADDED, PARAMETER_FIRST, PARAMETER_REMOVED],
    });
    node.shown = format!("{place}, {}", necessity(parameter.required));
    node.is_ordered = parameter.required;
    if place == "path" {
        node.fact(PARAMETER_RENAMED, code(name));
    }
    node.fact(PARAMETER_NECESSITY, necessity(parameter.required));
    if !parameter.required {
        node.fact(PARAMETER_FIELD, code(&parameter.rust));
    }
    node.fact(STYLE, style);
    node.ty(ir, &parameter.ty, Judge::Decisive(PARAMETER_TYPE));
    node.limits(&parameter.limits, &parameter.doc, true);
    node
}

fn body_node(ir: &Ir, operation: &str, body: &Body) -> Node {
    let subject = format!("{operation}, body");
    let mut node = Node::new(&subject, &body.origin, "body").rules(BODY_ADDED, BODY_REMOVED);
    node.takes_additions = true;
    node.doc(&body.doc);
    node.fact(BODY_NECESSITY, necessity(body.required));
    let kinds = body.kinds.iter().zip(ways(body));
    node.children.extend(kinds.map(|(kind, ways)| {
        let (media, ty) = media_and_type(kind);
        let mut node = kind_node(&subject, body, kind);
        let is_only = body.kinds.len() == 1;
        node.ids
            .push(Id::Text(if is_only { "only" } else { "" }.to_owned()));
        node.fact(BODY_MEDIA, code(media));
        if let Some(ty) = ty {
            node.ty(ir, &ty, Judge::Rule(BODY_TYPE));
        }
        let shown = ways.join(" or as ");
        let necessity = necessity(body.required).to_owned();
        let texts = [necessity].into_iter().chain(ways).collect();
        node.by("ways", texts, &shown, judge::ways);
        node
    }));
    node
}

fn media_and_type(kind: &BodyKind) -> (&str, Option<Type>) {
    match kind {
        BodyKind::Form(form) => ("multipart/form-data", Some(Type::Named(form.root))),
        BodyKind::UrlEncoded(ty, _) => ("application/x-www-form-urlencoded", Some(ty.clone())),
        BodyKind::Json(ty, media) => (media, Some(ty.clone())),
        BodyKind::Text(media) | BodyKind::Binary(media) => (media, None),
    }
}

/// How callers may give a body of each kind. Of several kinds each is a variant of an enum, and a value turns into the first
/// that it fits.
fn ways(body: &Body) -> Vec<Vec<String>> {
    let value = |kind: &BodyKind| {
        let is_form = matches!(kind, BodyKind::Form(_));
        (is_form, media_and_type(kind).1)
    };
    let streams = body.kinds.iter().filter(|kind| value(kind).1.is_none());
    let has_streams = streams.count() > 1;
    let mut known = Vec::new();
    let ways = body.kinds.iter().zip(body_variants(body));
    let ways = ways.map(|(kind, variant)| {
        let value = value(kind);
        let is_stream = value.1.is_none();
        let is_taken = known.contains(&value) || (is_stream && has_streams);
        known.push(value);
        let variant = (body.kinds.len() > 1).then(|| code(variant));
        let itself = !is_taken && (body.required || variant.is_none());
        let source = (is_stream && variant.is_none()).then_some("what turns into it");
        let own = itself
            .then_some("the value itself")
            .into_iter()
            .chain(source);
        own.map(str::to_owned).chain(variant).collect()
    });
    ways.collect()
}

fn kind_node(body: &str, own: &Body, kind: &BodyKind) -> Node {
    let media = media_and_type(kind).0;
    let subject = match own.kinds.len() {
        1 => body.to_owned(),
        _ => format!("{body} {}", code(media)),
    };
    let mut node = Node::new(&subject, &own.origin, media).rules(KIND_ADDED, KIND_REMOVED);
    node.shown = code(media);
    let part = |name: &str, style: FormStyle| {
        let mut part = Node::new(format!("{subject}, `{name}`"), &own.origin, name);
        part.shown = format!("{style:?}");
        part.fact(PART_STYLE, format!("{style:?}"));
        part
    };
    match kind {
        BodyKind::Form(form) => node.children.extend(form.encodings.iter().map(|written| {
            let encoding = &written.encoding;
            let mut part = part(&written.name, encoding.style);
            part.ids = vec![Id::Member(Type::Named(written.owner), written.name.clone())];
            let accept = encoding.accept.clone().unwrap_or_default();
            let files = any(&encoding.accept);
            part.by("files", vec![accept], &files, judge::files);
            part.fact(PART_TYPE, any(&encoding.content_type));
            part
        })),
        BodyKind::UrlEncoded(_, styles) => {
            let parts = styles.iter().map(|(name, style)| part(name, *style));
            node.children
                .extend(parts.map(|part| part.rules(PART_STYLE, PART_STYLE)));
        }
        _ => {}
    }
    node
}

fn type_node(ir: &Ir, id: TypeId) -> Node {
    let ty = &ir.types[id];
    let subject = code(&ty.name);
    let mut node = Node::new(&subject, &ty.origin, "").rules(TYPE_ADDED, TYPE_REMOVED);
    node.is_hidden = !ty.in_json && !ty.in_form;
    node.stem.clone_from(&ty.name);
    node.text("name", &ty.name, &subject, Judge::TypeName);
    let kind = match &ty.kind {
        TypeKind::Struct(_) => "a struct",
        TypeKind::StringEnum(_) => "an enum of strings",
        TypeKind::IntegerEnum(_) => "an enum of integers",
        TypeKind::Union(_) => "a union",
        TypeKind::ErrorType => "the enum of error types",
        TypeKind::ByStatus(_) => "bodies by status",
    };
    node.text("kind", kind, kind, Judge::Decisive(TYPE_KIND));
    match &ty.kind {
        TypeKind::Struct(object) => structure(ir, id, object, &mut node),
        TypeKind::StringEnum(values) => {
            let values = values.iter().map(|value| value_node(&subject, value));
            node.children.extend(values);
        }
        TypeKind::IntegerEnum(values) => {
            let values = values.iter().map(|value| value_node(&subject, value));
            node.children.extend(values);
        }
        TypeKind::Union(union) => {
            let tag = match &union.tag {
                Some(tag) if tag.in_struct => &format!("by `{}`, a field of each", tag.property),
                Some(tag) => &format!("by `{}`", tag.property),
                None if union.overlaps => "by trying them in order, and keeping the JSON",
                None => "by trying them in order",
            };
            node.fact(UNION_TAG, tag);
            node.order = union.tag.is_none().then_some(VARIANT_ORDER);
            let variants = union.variants.iter();
            node.children
                .extend(variants.map(|variant| variant_node(ir, ty, variant)));
        }
        TypeKind::ByStatus(bodies) => {
            let bodies = bodies.iter().map(|body| status_node(ir, ty, body));
            node.children.extend(bodies);
        }
        TypeKind::ErrorType => {}
    }
    node.limits(&ty.limits, &ty.doc, ty.sent);
    node
}

fn structure(ir: &Ir, id: TypeId, object: &Struct, node: &mut Node) {
    let ty = &ir.types[id];
    node.takes_additions = has_default(ir, ty, object);
    node.order = ty.in_form.then_some(FORM_ORDER);
    let fields = object.fields.iter();
    node.children
        .extend(fields.map(|field| field_node(ir, id, field)));
    if let Some(rest) = &object.extra {
        let mut extra = Node::new(format!("`{}.*`", ty.name), &ty.origin, "*");
        extra.rules = Some(field_rules(ty, false));
        extra.shown = format!("undeclared members of type `{}`", rust(ir, rest));
        extra.ty(ir, rest, Judge::Rule(FIELD_TYPE));
        node.children.push(extra);
    }
}

/// What it means that a field comes or goes.
fn field_rules(ty: &TypeDef, required: bool) -> [&'static Rule; 3] {
    match (ty.sent, required) {
        (true, true) => [FIELD_MUST, FIELD_MUST, FIELD_REMOVED],
        (true, false) => [FIELD_ADDED, FIELD_LITERAL, FIELD_REMOVED],
        (false, _) => [FIELD_RECEIVED, FIELD_RECEIVED, FIELD_REMOVED],
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

fn field_node(ir: &Ir, owner: TypeId, field: &Field) -> Node {
    let ty = &ir.types[owner];
    let subject = format!("`{}.{}`", ty.name, field.name);
    let mut node = Node::new(subject, &field.origin, format!("field {}", field.name));
    // The same field of the struct may have another name on the wire.
    node.ids.push(Id::Text(field.rust.clone()));
    node.rules = Some(field_rules(ty, field.required));
    node.shown = format!("`{}`, {}", rust(ir, &field.ty), necessity(field.required));
    node.is_ordered = true;
    node.fact(FIELD_WIRE, code(&field.name));
    node.fact(FIELD_RUST, code(&field.rust));
    node.fact(FIELD_WRITER, format!("{:?}", field.writer));
    node.ty(ir, &field.ty, Judge::Decisive(FIELD_TYPE));
    let (sent, null) = (
        if ty.sent { "sent" } else { "" },
        if field.nullable { "null" } else { "" },
    );
    let mut stands = |place: &str, travels: &str, holders: &[Holder], received: bool| {
        let held = code(held(ir, &field.ty, holders, received));
        let texts = [necessity(field.required), null, sent, travels, &held];
        let texts = texts.map(str::to_owned).to_vec();
        node.by(
            &format!("necessity {place}"),
            texts,
            &held,
            judge::necessity,
        );
        // What the type's way means for its fields is one change.
        let texts = vec![travels.to_owned(), held];
        node.by(&format!("travels {place}"), texts, travels, judge::travels);
        let fact = node.facts.last_mut();
        fact.into_iter()
            .for_each(|fact| fact.origin = Some(ty.origin.clone()));
    };
    if ty.in_json {
        let holders = holders(ir, owner, field);
        stands("json", travels(ty), &holders, ty.only_received);
    }
    if ty.in_form {
        let holders = holders_in_form(ir, owner, field, false);
        stands("form", "sent in a form", &holders, false);
    }
    node.limits(&field.limits, &field.doc, ty.sent);
    node
}

/// Where a type travels, as far as it makes a difference to what its fields stand in.
fn travels(ty: &TypeDef) -> &'static str {
    match (ty.sent_as_json, ty.only_received, ty.page) {
        (true, _, _) => "sent as JSON",
        (false, false, _) => "sent, but not as JSON",
        (_, _, true) => "received as a page of records",
        (_, _, false) => "received, and never sent",
    }
}

/// A type as Rust writes it, with what it stands in, but without the names of types.
fn held(ir: &Ir, ty: &Type, holders: &[Holder], received: bool) -> String {
    let inner = spelled(ir, ty, received, &|_| "_".to_owned());
    holders
        .iter()
        .rev()
        .fold(inner, |inner, holder| format!("{holder:?}<{inner}>"))
}

fn value_node<T: Display>(subject: &str, value: &EnumValue<T>) -> Node {
    let wire = code(value.wire.to_string());
    let mut node = Node::new(subject, &value.origin, &wire).rules(VALUE_ADDED, VALUE_REMOVED);
    node.ids.push(Id::Text(value.variant.clone()));
    node.shown.clone_from(&wire);
    node.fact(VALUE_RENAMED, code(&value.variant));
    node.fact(VALUE_WIRE, &wire);
    node.words(format!("{subject}, {wire}"), "", &value.doc);
    node
}

fn variant_node(ir: &Ir, ty: &TypeDef, variant: &Variant) -> Node {
    let Variant {
        name, origin, tag, ..
    } = variant;
    let node = Node::new(
        format!("`{}::{name}`", ty.name),
        origin,
        format!("variant {name}"),
    );
    let mut node = node.rules(VARIANT_ADDED, VARIANT_REMOVED);
    node.ids.push(match tag.as_str() {
        "" => Id::Member(variant.ty.clone(), String::new()),
        tag => Id::Text(tag.to_owned()),
    });
    node.whole = Some(code(&ty.name));
    node.shown = code(name);
    node.is_ordered = true;
    node.fact(VARIANT_RENAMED, code(name));
    let absent = if variant.default {
        " or its absence"
    } else {
        ""
    };
    node.fact(VARIANT_TAG, format!("`{tag}`{absent}"));
    node.ty(ir, &variant.ty, Judge::Decisive(VARIANT_TYPE));
    let boxed: &[Holder] = if variant.boxed { &[Holder::Box] } else { &[] };
    node.fact(
        VARIANT_HELD,
        code(held(ir, &variant.ty, boxed, ty.only_received)),
    );
    node.doc(&variant.doc);
    node
}

fn status_node(ir: &Ir, ty: &TypeDef, body: &StatusBody) -> Node {
    let name = &body.variant;
    let subject = format!("`{}::{name}`", ty.name);
    let node = Node::new(subject, &body.origin, format!("variant {name}"));
    let mut node = node.rules(VARIANT_ADDED, VARIANT_REMOVED);
    node.ids.push(Id::Text(body.status.clone()));
    node.whole = Some(code(&ty.name));
    node.shown = code(name);
    node.fact(VARIANT_RENAMED, code(name));
    match &body.body {
        Payload::Json(ty) => node.ty(ir, ty, Judge::Rule(VARIANT_TYPE)),
        other => node.fact(VARIANT_TYPE, payload(other)),
    }
    node.doc(&body.doc);
    node
}

/// What a body that is no JSON is.
fn payload(payload: &Payload) -> &'static str {
    match payload {
        Payload::Json(_) => "JSON",
        Payload::Empty => "nothing",
        Payload::Text => "text",
        Payload::Raw => "bytes",
    }
}

/// A type as Rust writes it.
fn rust(ir: &Ir, ty: &Type) -> String {
    spelled(ir, ty, false, &|id| ir.types[id].name.clone())
}

/// A type as Rust writes it, with room for what is odd where it is `received`.
fn spelled(ir: &Ir, ty: &Type, received: bool, name: &dyn Fn(TypeId) -> String) -> String {
    let inner = |ty| spelled(ir, ty, received, name);
    match ty {
        Type::Any => "Value".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Integer(name) | Type::Float(name) => (*name).to_owned(),
        Type::String => "String".to_owned(),
        Type::Timestamp => "Timestamp".to_owned(),
        Type::File => "Upload".to_owned(),
        Type::Named(id) => name(*id),
        Type::Array(item) if received => format!("Items<{}>", inner(item)),
        Type::Array(item) => format!("Vec<{}>", inner(item)),
        Type::Map(value) if received && is_record(ir, value) => {
            format!("BTreeMap<String, MaybeOdd<{}>>", inner(value))
        }
        Type::Map(value) => format!("BTreeMap<String, {}>", inner(value)),
        Type::Nullable(value) => format!("Option<{}>", inner(value)),
    }
}

/// A path without the names of its parameters, and these.
fn shape(path: &str) -> (String, Vec<&str>) {
    let (start, pieces) = path.split_once('{').unwrap_or((path, ""));
    let pieces = pieces.split('{').filter_map(|piece| piece.split_once('}'));
    let (names, rests): (Vec<_>, Vec<_>) = pieces.unzip();
    let rests = rests.iter().map(|rest| format!("{{}}{rest}"));
    (start.to_owned() + &rests.collect::<String>(), names)
}

fn pascal(function: &str) -> String {
    let words = function
        .split('_')
        .filter_map(|word| word.split_at_checked(1));
    words
        .map(|(first, rest)| first.to_ascii_uppercase() + rest)
        .collect()
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
