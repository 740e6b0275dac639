//! What differs between what the generator understood of two documents.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use postpress_codegen::ir::{
    BodyKind, CredentialKind, Encoding, ErrorEntry, Form, Ir, Limit, Location, Operation, Origin,
    Parameter, Payload, Server, Type, TypeId, parts_of,
};

use super::change::{Log, listed};
use super::pairs::{Pairs, Sides, reach, shape};
use super::rules::{self, Rule};

/// Everything that differs between two documents.
pub(super) fn compare(old: &Ir, new: &Ir) -> Log {
    let ir = Sides { old, new };
    let mut comparison = Comparison {
        ir,
        pairs: Pairs::of(ir),
        reach: Sides {
            old: reach(old),
            new: reach(new),
        },
        log: Log::default(),
    };
    comparison.service();
    comparison.operations();
    comparison.types();
    comparison.errors();
    comparison.log.changes.sort();
    comparison.log
}

/// Two documents, and what was found so far.
pub(super) struct Comparison<'i> {
    pub(super) ir: Sides<&'i Ir>,
    pub(super) pairs: Pairs,
    pub(super) reach: Sides<HashMap<TypeId, BTreeSet<String>>>,
    pub(super) log: Log,
}

/// The place of what both documents have.
pub(super) fn both<'o>(
    old: &'o Origin,
    new: &'o Origin,
) -> (Option<&'o Origin>, Option<&'o Origin>) {
    (Some(old), Some(new))
}

impl<'i> Comparison<'i> {
    fn add(
        &mut self,
        rule: &'static Rule,
        subject: impl Into<String>,
        what: impl Into<String>,
        places: (Option<&Origin>, Option<&Origin>),
    ) {
        self.log.add(rule, subject, what, places, BTreeSet::new());
    }

    fn service(&mut self) {
        let Sides { old, new } = self.ir;
        let words = [
            ("title", old.title == new.title),
            ("version", old.version == new.version),
            ("description", old.description == new.description),
        ];
        for (name, _) in words.into_iter().filter(|(_, same)| !same) {
            self.log.wording(format!("info, {name}"));
        }
        self.servers(&old.servers, &new.servers);
        for after in &new.credentials {
            let subject = format!("security scheme `{}`", after.scheme);
            let before = old
                .credentials
                .iter()
                .find(|old| old.scheme == after.scheme);
            let Some(before) = before else {
                self.add(
                    rules::SCHEME_ADDED,
                    subject,
                    "added",
                    (None, Some(&after.origin)),
                );
                continue;
            };
            let (was, is) = (sent_as(&before.kind), sent_as(&after.kind));
            if was != is {
                let what = format!("sent as {is}, was {was}");
                self.add(
                    rules::SCHEME_CHANGED,
                    subject,
                    what,
                    both(&before.origin, &after.origin),
                );
            } else if before.doc != after.doc {
                self.log.wording(subject);
            }
        }
        for before in &old.credentials {
            if !new
                .credentials
                .iter()
                .any(|new| new.scheme == before.scheme)
            {
                let subject = format!("security scheme `{}`", before.scheme);
                let what = "removed, or demanded by no operation";
                self.add(
                    rules::SCHEME_REMOVED,
                    subject,
                    what,
                    (Some(&before.origin), None),
                );
            }
        }
    }

    fn servers(&mut self, old: &[Server], new: &[Server]) {
        let moved = match (old.first(), new.first()) {
            (Some(old), Some(new)) if old.url != new.url => Some((old, new)),
            _ => None,
        };
        if let Some((old, new)) = moved {
            let what = format!("is `{}`, was `{}`", new.url, old.url);
            let places = both(&old.origin, &new.origin);
            self.add(rules::SERVER_DEFAULT, "the default server", what, places);
        }
        // The others are known by their URLs: their constants are called by them.
        let first = usize::from(moved.is_some());
        for server in &new[first.min(new.len())..] {
            let subject = format!("server `{}`", server.url);
            match old.iter().find(|old| old.url == server.url) {
                Some(old) if old.description != server.description => self.log.wording(subject),
                Some(_) => {}
                None => self.add(
                    rules::SERVER_ADDED,
                    subject,
                    "added",
                    (None, Some(&server.origin)),
                ),
            }
        }
        for server in &old[first.min(old.len())..] {
            if !new.iter().any(|new| new.url == server.url) {
                let subject = format!("server `{}`", server.url);
                self.add(
                    rules::SERVER_REMOVED,
                    subject,
                    "removed",
                    (Some(&server.origin), None),
                );
            }
        }
    }

    fn operations(&mut self) {
        let Sides { old, new } = self.ir;
        for (index, operation) in new.operations.iter().enumerate() {
            let subject = format!("`{}`", operation.id);
            let request = request(operation);
            match self.pairs.operations.iter().find(|pair| pair.new == index) {
                Some(pair) => self.operation(&old.operations[pair.old], operation),
                None => {
                    let what = format!("added: `{request}`");
                    self.add(
                        rules::OPERATION_ADDED,
                        subject,
                        what,
                        (None, Some(&operation.origin)),
                    );
                }
            }
        }
        for (index, operation) in old.operations.iter().enumerate() {
            if !self.pairs.operations.iter().any(|pair| pair.old == index) {
                let what = format!("removed: `{}`", request(operation));
                let places = (Some(&operation.origin), None);
                self.add(
                    rules::OPERATION_REMOVED,
                    format!("`{}`", operation.id),
                    what,
                    places,
                );
            }
        }
    }

    fn operation(&mut self, old: &Operation, new: &Operation) {
        let subject = format!("`{}`", new.id);
        let places = both(&old.origin, &new.origin);
        if old.function != new.function {
            let what = format!("renamed from `{}`", old.id);
            self.add(rules::OPERATION_RENAMED, &subject, what, places);
        }
        if old.method != new.method || shape(&old.path).0 != shape(&new.path).0 {
            let what = format!("now sends `{}`, formerly `{}`", request(new), request(old));
            self.add(rules::OPERATION_MOVED, &subject, what, places);
        }
        // The last paragraph is the request.
        let words = |operation: &Operation| {
            let words = operation.doc.rsplit_once("\n\n");
            words.map(|(words, _)| words.to_owned())
        };
        if words(old) != words(new) {
            self.log.wording(&subject);
        }
        self.parameters(old, new);
        self.body(old, new);
        self.results(old, new);
        self.security(old, new);
        let urls = |operation: &Operation| -> Vec<String> {
            operation
                .servers
                .iter()
                .map(|server| server.url.clone())
                .collect()
        };
        if urls(old) != urls(new) {
            let what = format!("at {}, was at {}", some(&urls(new)), some(&urls(old)));
            self.add(rules::SERVERS_OF_OPERATION, &subject, what, places);
        }
    }

    fn parameters(&mut self, old: &Operation, new: &Operation) {
        let (old_keys, new_keys) = (keys(old), keys(new));
        let has_optional =
            |operation: &Operation| operation.parameters.iter().any(|one| !one.required);
        for (key, parameter) in new_keys.iter().zip(&new.parameters) {
            let subject = format!("`{}`, `{}`", new.id, parameter.name);
            let Some(index) = old_keys.iter().position(|old| old == key) else {
                let rule = match parameter.required {
                    true => rules::PARAMETER_REQUIRED,
                    false if has_optional(old) => rules::PARAMETER_ADDED,
                    false => rules::PARAMETER_FIRST,
                };
                let necessity = if parameter.required {
                    "required"
                } else {
                    "optional"
                };
                let what = format!("added to the {}, {necessity}", key.0);
                self.add(rule, subject, what, (None, Some(&parameter.origin)));
                continue;
            };
            self.parameter(&subject, &old.parameters[index], parameter);
        }
        for (key, parameter) in old_keys.iter().zip(&old.parameters) {
            if !new_keys.contains(key) {
                let subject = format!("`{}`, `{}`", new.id, parameter.name);
                self.add(
                    rules::PARAMETER_REMOVED,
                    subject,
                    "removed",
                    (Some(&parameter.origin), None),
                );
            }
        }
        // Of the parameters that are required before and after.
        let required = |operation: &Operation, keys: &[Key]| -> Vec<Key> {
            let all = keys.iter().zip(&operation.parameters);
            all.filter(|(_, one)| one.required)
                .map(|(key, _)| key.clone())
                .collect()
        };
        let (mut before, mut after) = (required(old, &old_keys), required(new, &new_keys));
        before.retain(|key| required(new, &new_keys).contains(key));
        after.retain(|key| required(old, &old_keys).contains(key));
        if before != after {
            let what = "the required parameters stand in another order";
            let places = both(&old.origin, &new.origin);
            self.add(
                rules::PARAMETER_ORDER,
                format!("`{}`", new.id),
                what,
                places,
            );
        }
    }

    fn parameter(&mut self, subject: &str, old: &Parameter, new: &Parameter) {
        let places = both(&old.origin, &new.origin);
        if old.location == Location::Path && old.name != new.name {
            let what = format!("renamed from `{}`", old.name);
            self.add(rules::PARAMETER_RENAMED, subject, what, places);
        }
        if old.required != new.required {
            let what = match new.required {
                true => "required, was optional",
                false => "optional, was required",
            };
            self.add(rules::PARAMETER_NECESSITY, subject, what, places);
        } else if !new.required && old.rust != new.rust {
            let what = format!("its field is `{}`, was `{}`", new.rust, old.rust);
            self.add(rules::PARAMETER_FIELD, subject, what, places);
        }
        if old.location != new.location {
            let what = format!(
                "is {}, was {}",
                style_of(new.location),
                style_of(old.location)
            );
            self.add(rules::STYLE, subject, what, places);
        }
        if self.pairs.same(&old.ty, &new.ty) {
            self.limits(
                subject,
                (&old.limits, &new.limits),
                places,
                true,
                &BTreeSet::new(),
            );
            self.words(subject, (&old.doc, &old.limits), (&new.doc, &new.limits));
        } else {
            let what = self.was(&old.ty, &new.ty);
            self.add(rules::PARAMETER_TYPE, subject, what, places);
        }
    }

    fn body(&mut self, old: &Operation, new: &Operation) {
        let subject = format!("`{}`, body", new.id);
        let (before, after) = match (&old.body, &new.body) {
            (Some(old), Some(new)) => (old, new),
            (None, None) => return,
            (Some(body), None) => {
                return self.add(
                    rules::BODY_REMOVED,
                    subject,
                    "removed",
                    (Some(&body.origin), None),
                );
            }
            (None, Some(body)) => {
                return self.add(
                    rules::BODY_ADDED,
                    subject,
                    "added",
                    (None, Some(&body.origin)),
                );
            }
        };
        let places = both(&before.origin, &after.origin);
        if before.doc != after.doc {
            self.log.wording(&subject);
        }
        if before.required != after.required {
            let what = if after.required {
                "required now"
            } else {
                "optional now"
            };
            self.add(rules::BODY_NECESSITY, &subject, what, places);
        }
        let (was, is) = (media(&before.kind), media(&after.kind));
        if was != is {
            let what = format!("is `{is}`, was `{was}`");
            self.add(rules::BODY_MEDIA, &subject, what, places);
        }
        match (&before.kind, &after.kind) {
            (BodyKind::Form(old), BodyKind::Form(new)) => {
                self.body_type(
                    &subject,
                    &Type::Named(old.root),
                    &Type::Named(new.root),
                    places,
                );
                self.form(&subject, old, new, places);
            }
            (BodyKind::Json(old, _), BodyKind::Json(new, _)) => {
                self.body_type(&subject, old, new, places)
            }
            (BodyKind::UrlEncoded(old, was), BodyKind::UrlEncoded(new, is)) => {
                self.body_type(&subject, old, new, places);
                for (name, style) in is {
                    if !was.contains(&(name.clone(), *style)) {
                        let what = format!("is written in the style {style:?}");
                        self.add(rules::STYLE, format!("{subject}, `{name}`"), what, places);
                    }
                }
                for (name, style) in was {
                    if !is.iter().any(|(other, _)| other == name) {
                        let what = format!("is written in the usual style, was {style:?}");
                        self.add(rules::STYLE, format!("{subject}, `{name}`"), what, places);
                    }
                }
            }
            _ => {}
        }
    }

    fn body_type(
        &mut self,
        subject: &str,
        old: &Type,
        new: &Type,
        places: (Option<&Origin>, Option<&Origin>),
    ) {
        if !self.pairs.same(old, new) {
            let what = self.was(old, new);
            self.add(rules::BODY_TYPE, subject, what, places);
        }
    }

    fn form(
        &mut self,
        subject: &str,
        old: &Form,
        new: &Form,
        places: (Option<&Origin>, Option<&Origin>),
    ) {
        for before in &old.encodings {
            let Some(owner) = self.pairs.types.get(&before.owner) else {
                continue;
            };
            let Some(after) = new.encoding(*owner, &before.name) else {
                continue;
            };
            let subject = format!("{subject}, `{}`", before.name);
            self.encoding(&subject, &before.encoding, after, places);
        }
        for owner in parts_of(&self.ir.old.types, old.root) {
            let Some(counterpart) = self.pairs.types.get(&owner).copied() else {
                continue;
            };
            let (before, after) = (names(self.ir.old, owner), names(self.ir.new, counterpart));
            let kept = |of: &[String], others: &[String]| -> Vec<String> {
                of.iter()
                    .filter(|name| others.contains(name))
                    .cloned()
                    .collect()
            };
            if kept(&before, &after) != kept(&after, &before) {
                let ty = &self.ir.new.types[counterpart];
                let places = both(&self.ir.old.types[owner].origin, &ty.origin);
                let operations = self.reached(Some(owner), Some(counterpart));
                let what = "its parts stand in another order";
                self.log.add(
                    rules::FORM_ORDER,
                    format!("`{}`", ty.name),
                    what,
                    places,
                    operations,
                );
            }
        }
    }

    fn encoding(
        &mut self,
        subject: &str,
        old: &Encoding,
        new: &Encoding,
        places: (Option<&Origin>, Option<&Origin>),
    ) {
        if old.style != new.style {
            let what = format!(
                "is written in the style {:?}, was {:?}",
                new.style, old.style
            );
            self.add(rules::STYLE, subject, what, places);
        }
        if old.accept != new.accept {
            let what = format!(
                "takes files of {}, was {}",
                any(&new.accept),
                any(&old.accept)
            );
            let rule = match (&old.accept, &new.accept) {
                (Some(old), Some(new)) if is_wider(old, new) => rules::FILES_WIDENED,
                _ => rules::FILES_NARROWED,
            };
            self.add(rule, subject, what, places);
        }
        if old.content_type != new.content_type {
            let what = format!(
                "is sent as {}, was {}",
                any(&new.content_type),
                any(&old.content_type)
            );
            self.add(rules::STYLE, subject, what, places);
        }
    }

    fn results(&mut self, old: &Operation, new: &Operation) {
        let subject = format!("`{}`", new.id);
        let places = both(&old.origin, &new.origin);
        let is_same = match (&old.success, &new.success) {
            (Payload::Json(old), Payload::Json(new)) => self.pairs.same(old, new),
            (old, new) => std::mem::discriminant(old) == std::mem::discriminant(new),
        };
        if !is_same {
            let shown = |payload: &Payload, ir: &Ir| match payload {
                Payload::Json(ty) => format!("`{}`", rust(ir, ty)),
                Payload::Empty => "nothing".to_owned(),
                Payload::Text => "text".to_owned(),
                Payload::Raw => "bytes".to_owned(),
            };
            let (is, was) = (
                shown(&new.success, self.ir.new),
                shown(&old.success, self.ir.old),
            );
            let what = format!("returns {is}, was {was}");
            self.add(
                rules::SUCCESS_TYPE,
                format!("{subject}, response"),
                what,
                places,
            );
        }
        let is_same = match (&old.error, &new.error) {
            (Some(old), Some(new)) => self.pairs.same(old, new),
            (old, new) => old.is_none() && new.is_none(),
        };
        if !is_same {
            let shown = |error: &Option<Type>, ir: &Ir| match error {
                Some(ty) => format!("`{}`", rust(ir, ty)),
                None => "any JSON".to_owned(),
            };
            let (is, was) = (
                shown(&new.error, self.ir.new),
                shown(&old.error, self.ir.old),
            );
            let what = format!("errors hold {is}, was {was}");
            self.add(
                rules::ERROR_TYPE,
                format!("{subject}, errors"),
                what,
                places,
            );
        }
        if old.accept != new.accept {
            let rule = match (&old.accept, &new.accept) {
                (Some(_), Some(_)) => rules::ACCEPT_CHANGED,
                _ => rules::ACCEPT_ADDED,
            };
            let what = format!("asks for {}, was {}", any(&new.accept), any(&old.accept));
            self.add(rule, &subject, what, places);
        }
        let find = |operation: &'_ Operation, status: &str| {
            operation
                .responses
                .iter()
                .position(|one| one.status == status)
        };
        let mut what = Vec::new();
        for response in &new.responses {
            let subject = format!("{subject}, {}", response.status);
            let Some(before) = find(old, &response.status).map(|index| &old.responses[index])
            else {
                what.push(format!("{} is documented now", response.status));
                continue;
            };
            if before.description != response.description {
                self.log.wording(&subject);
            }
            if before.headers != response.headers {
                let what = format!("has the headers {}", some(&response.headers));
                let places = both(&before.origin, &response.origin);
                self.add(rules::HEADERS, subject, what, places);
            }
        }
        let gone = old
            .responses
            .iter()
            .filter(|one| find(new, &one.status).is_none());
        what.extend(gone.map(|one| format!("{} is no longer documented", one.status)));
        if !what.is_empty() {
            self.add(rules::RESPONSES, &subject, what.join("; "), places);
        }
    }

    fn security(&mut self, old: &Operation, new: &Operation) {
        if old.security == new.security {
            return;
        }
        let sent = |ir: &Ir, operation: &Operation| -> BTreeSet<String> {
            let numbers = operation.credentials.iter();
            numbers
                .map(|number| ir.credentials[*number].scheme.clone())
                .collect()
        };
        let (before, after) = (sent(self.ir.old, old), sent(self.ir.new, new));
        let ways = |operation: &Operation| -> Vec<BTreeSet<String>> {
            let mut ways: Vec<BTreeSet<String>> = operation
                .security
                .iter()
                .map(|way| way.iter().cloned().collect())
                .collect();
            if ways.is_empty() {
                ways.push(BTreeSet::new());
            }
            ways
        };
        let (was, is) = (ways(old), ways(new));
        let goes_on = was
            .iter()
            .all(|old| is.iter().any(|new| new.is_subset(old)));
        let rule = match (before.is_subset(&after), goes_on) {
            (false, _) => rules::SECURITY_UNSENT,
            (true, false) => rules::SECURITY_STRICTER,
            (true, true) => rules::SECURITY_LOOSER,
        };
        let shown = |ways: &[BTreeSet<String>]| {
            let ways = ways.iter().map(|way| match way.len() {
                0 => "nothing".to_owned(),
                _ => way
                    .iter()
                    .map(|name| format!("`{name}`"))
                    .collect::<Vec<_>>()
                    .join(" and "),
            });
            ways.collect::<Vec<_>>().join(" or ")
        };
        let what = format!("demands {}, demanded {}", shown(&is), shown(&was));
        if was != is {
            let places = both(&old.origin, &new.origin);
            // Where the document as a whole changes, every operation says the same.
            self.add(rule, format!("`{}`", new.id), what, places);
        }
    }

    /// Compares what values are limited to.
    pub(super) fn limits(
        &mut self,
        subject: &str,
        (old, new): (&[Limit], &[Limit]),
        (old_place, new_place): (Option<&Origin>, Option<&Origin>),
        is_sent: bool,
        operations: &BTreeSet<String>,
    ) {
        let keywords: BTreeSet<&str> = old
            .iter()
            .chain(new)
            .map(|limit| limit.keyword.as_str())
            .collect();
        for keyword in keywords {
            let of = |limits: &'_ [Limit]| -> Vec<String> {
                let all = limits.iter().filter(|limit| limit.keyword == keyword);
                let mut values: Vec<String> = all.map(|limit| limit.value.clone()).collect();
                values.sort();
                values
            };
            let (was, is) = (of(old), of(new));
            if was == is {
                continue;
            }
            let name = keyword.rsplit('.').next().unwrap_or(keyword);
            let is_default = name == "default";
            let rule = match moved(name, &was, &is) {
                _ if is_default && is_sent && !was.is_empty() && !is.is_empty() => {
                    rules::DEFAULT_CHANGED
                }
                _ if is_default => rules::DEFAULT_WORDED,
                _ if !is_sent => rules::LIMIT_RECEIVED,
                true => rules::LIMIT_LOOSER,
                false => rules::LIMIT_TIGHTER,
            };
            let shown = |values: &[String]| match values {
                [] => "not given".to_owned(),
                values => some(values),
            };
            let what = format!("`{keyword}` is {}, was {}", shown(&is), shown(&was));
            let origin = |limits: &'_ [Limit]| {
                let found = limits.iter().find(|limit| limit.keyword == keyword);
                found.map(|limit| limit.origin.clone())
            };
            let (before, after) = (origin(old), origin(new));
            let places = (before.as_ref().or(old_place), after.as_ref().or(new_place));
            self.log
                .add(rule, subject, what, places, operations.clone());
        }
    }

    /// Compares documentation, apart from the limits at its end.
    pub(super) fn words(&mut self, subject: &str, old: (&str, &[Limit]), new: (&str, &[Limit])) {
        let values = |limits: &[Limit]| -> Vec<(String, String)> {
            limits
                .iter()
                .map(|limit| (limit.keyword.clone(), limit.value.clone()))
                .collect()
        };
        let are_limits_same = values(old.1) == values(new.1);
        let words = |(doc, limits): (&str, &[Limit])| {
            let is_own = |limit: &Limit| !limit.keyword.contains('.');
            if are_limits_same || !limits.iter().any(is_own) {
                return doc.to_owned();
            }
            doc.rsplit_once("\n\n")
                .map_or_else(String::new, |(words, _)| words.to_owned())
        };
        if words(old) != words(new) {
            self.log.wording(subject);
        }
    }

    fn errors(&mut self) {
        let Sides { old, new } = self.ir;
        let entries = |ir: &'i Ir| {
            ir.catalogue
                .as_ref()
                .map_or(&[][..], |found| &found.entries)
        };
        let (old, new) = (entries(old), entries(new));
        let find =
            |entries: &'i [ErrorEntry], wire: &str| entries.iter().find(|entry| entry.wire == wire);
        for after in new {
            let subject = format!("`{}`", after.wire);
            let Some(before) = find(old, &after.wire) else {
                // What comes with new operations is one line for each of them.
                let (what, place) = match self.newcomer(after) {
                    Some(operation) => {
                        (format!("added with `{}`", operation.id), &operation.origin)
                    }
                    None => (format!("added: {}", at(after)), &after.origin),
                };
                self.add(rules::ERROR_ADDED, subject, what, (None, Some(place)));
                continue;
            };
            if before.variant != after.variant {
                let what = format!(
                    "its variant is `{}`, was `{}`",
                    after.variant, before.variant
                );
                self.add(
                    rules::ERROR_RENAMED,
                    &subject,
                    what,
                    both(&before.origin, &after.origin),
                );
            }
        }
        for before in old {
            if find(new, &before.wire).is_none() {
                let what = format!("removed: {}", at(before));
                self.add(
                    rules::ERROR_REMOVED,
                    format!("`{}`", before.wire),
                    what,
                    (Some(&before.origin), None),
                );
            }
        }
        self.places(old, new);
    }

    /// The first operation that documents an error type, if all that do are new.
    fn newcomer(&self, entry: &ErrorEntry) -> Option<&'i Operation> {
        let operations = self.ir.new.operations.iter().enumerate();
        let mut users = operations.filter(|(_, operation)| {
            let mut places = entry.documented.iter();
            places.any(|place| place.operation == operation.id)
        });
        let is_new = |index: usize| !self.pairs.operations.iter().any(|pair| pair.new == index);
        let (first, operation) = users.next()?;
        (is_new(first) && users.all(|(index, _)| is_new(index))).then_some(operation)
    }

    /// Compares where error types that stay can occur: a line for each operation.
    fn places(&mut self, old: &[ErrorEntry], new: &[ErrorEntry]) {
        let (before, after) = (documented(old), documented(new));
        for (index, operation) in self.ir.new.operations.iter().enumerate() {
            let pair = self.pairs.operations.iter().find(|pair| pair.new == index);
            let former = pair.map(|pair| &self.ir.old.operations[pair.old]);
            let empty = BTreeMap::new();
            let was = former
                .and_then(|former| before.get(former.id.as_str()))
                .unwrap_or(&empty);
            let is = after.get(operation.id.as_str()).unwrap_or(&empty);
            let only = |these: &Places, others: &Places| {
                let keys = these.keys().filter(|key| !others.contains_key(*key));
                // What comes or goes everywhere is said already.
                let keys = keys.filter(|(wire, _)| {
                    former.is_none() || (find(old, wire).is_some() && find(new, wire).is_some())
                });
                keys.map(|(wire, status)| format!("`{wire}` ({status})"))
                    .collect::<Vec<_>>()
            };
            let (added, removed) = (only(is, was), only(was, is));
            let mut what = Vec::new();
            for (keys, verb) in [(&added, "now documents"), (&removed, "no longer documents")] {
                if !keys.is_empty() {
                    what.push(format!(
                        "{verb} {}: {}",
                        crate::report::count(keys.len(), "error type"),
                        listed(keys)
                    ));
                }
            }
            if !what.is_empty() {
                let places = (former.map(|former| &former.origin), Some(&operation.origin));
                self.add(
                    rules::ERROR_PLACES,
                    format!("`{}`", operation.id),
                    what.join("; "),
                    places,
                );
            }
            for ((wire, status), words) in is {
                if was
                    .get(&(wire.clone(), *status))
                    .is_some_and(|was| was != words)
                {
                    self.log.wording(format!("error type `{wire}`"));
                }
            }
        }
    }

    /// The operations that a type is part of.
    pub(super) fn reached(&self, old: Option<TypeId>, new: Option<TypeId>) -> BTreeSet<String> {
        let now = new.and_then(|id| self.reach.new.get(&id));
        let before = old.and_then(|id| self.reach.old.get(&id));
        now.or(before).cloned().unwrap_or_default()
    }

    /// `is A, was B`.
    pub(super) fn was(&self, old: &Type, new: &Type) -> String {
        format!(
            "is `{}`, was `{}`",
            rust(self.ir.new, new),
            rust(self.ir.old, old)
        )
    }
}

/// A type as Rust writes it.
pub(super) fn rust(ir: &Ir, ty: &Type) -> String {
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

/// Statuses and error types with their descriptions.
type Places = BTreeMap<(String, u16), String>;

/// What tells the parameters of an operation apart.
type Key = (&'static str, String);

fn keys(operation: &Operation) -> Vec<Key> {
    let (_, names) = shape(&operation.path);
    let key = |parameter: &Parameter| match parameter.location {
        Location::Path => {
            let position = names.iter().position(|name| *name == parameter.name);
            ("path", position.unwrap_or_default().to_string())
        }
        Location::Header => ("headers", parameter.name.to_ascii_lowercase()),
        _ => ("query", parameter.name.clone()),
    };
    operation.parameters.iter().map(key).collect()
}

fn style_of(location: Location) -> String {
    match location {
        Location::Path | Location::Header => "a plain text".to_owned(),
        Location::Query => "a pair for each value".to_owned(),
        Location::QueryJoined(separator) => format!("joined with `{separator}`"),
        Location::QueryDeep => "in brackets".to_owned(),
        Location::QueryJson => "JSON".to_owned(),
    }
}

fn request(operation: &Operation) -> String {
    format!(
        "{} {}",
        operation.method.to_ascii_uppercase(),
        operation.path
    )
}

fn sent_as(kind: &CredentialKind) -> String {
    match kind {
        CredentialKind::ApiKeyHeader(name) => format!("the header `{}`", name.to_ascii_lowercase()),
        CredentialKind::Bearer => "a bearer token".to_owned(),
        CredentialKind::Basic => "name and password".to_owned(),
    }
}

fn media(kind: &BodyKind) -> &str {
    match kind {
        BodyKind::Form(_) => "multipart/form-data",
        BodyKind::UrlEncoded(..) => "application/x-www-form-urlencoded",
        BodyKind::Json(_, media) | BodyKind::Text(media) | BodyKind::Binary(media) => media,
    }
}

/// The parts of a form, in their order.
fn names(ir: &Ir, id: TypeId) -> Vec<String> {
    match &ir.types[id].kind {
        postpress_codegen::ir::TypeKind::Struct(object) => object
            .fields
            .iter()
            .map(|field| field.name.clone())
            .collect(),
        _ => Vec::new(),
    }
}

fn some(list: &[String]) -> String {
    match list {
        [] => "no other than the usual".to_owned(),
        list => format!("`{}`", list.join("`, `")),
    }
}

fn any(media: &Option<String>) -> String {
    media
        .as_ref()
        .map_or_else(|| "any kind".to_owned(), |media| format!("`{media}`"))
}

/// Whether every media type that `old` allows is allowed by `new`.
fn is_wider(old: &str, new: &str) -> bool {
    let new: Vec<&str> = new.split(',').map(str::trim).collect();
    old.split(',').map(str::trim).all(|kind| {
        let family = kind.split('/').next().unwrap_or_default();
        new.iter()
            .any(|wide| *wide == kind || *wide == "*/*" || *wide == format!("{family}/*"))
    })
}

/// Whether a limit moved so that every value that was allowed still is.
fn moved(keyword: &str, was: &[String], is: &[String]) -> bool {
    let numbers = |values: &[String]| -> Vec<f64> {
        values
            .iter()
            .filter_map(|value| value.parse().ok())
            .collect()
    };
    let (old, new) = (numbers(was), numbers(is));
    match (old.as_slice(), new.as_slice()) {
        _ if is.is_empty() => true,
        ([old], [new]) if keyword.starts_with("min") => new <= old,
        ([old], [new]) if keyword.starts_with("max") => new >= old,
        _ => false,
    }
}

fn find<'e>(entries: &'e [ErrorEntry], wire: &str) -> Option<&'e ErrorEntry> {
    entries.iter().find(|entry| entry.wire == wire)
}

/// Where an error type can occur.
fn at(entry: &ErrorEntry) -> String {
    let places: BTreeSet<String> = entry
        .documented
        .iter()
        .map(|place| format!("{} of {}", place.status, place.operation))
        .collect();
    listed(places)
}

/// By operation, the error types with their statuses and descriptions.
fn documented(entries: &[ErrorEntry]) -> HashMap<&str, Places> {
    let mut found: HashMap<&str, Places> = HashMap::new();
    for entry in entries {
        for place in &entry.documented {
            let own = found.entry(place.operation.as_str()).or_default();
            own.insert(
                (entry.wire.clone(), place.status),
                place.description.clone(),
            );
        }
    }
    found
}
