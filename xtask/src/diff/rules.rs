//! The kinds of change, and what each means to those who use the crate.

use anyhow::Result;

use crate::usage::Usage;

/// What a change does to those who use the crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Effect {
    /// Their code stops compiling, or means something else than it did.
    Breaking,
    /// The same, and that is meant: no rule's effect, but a change's.
    Waived,
    /// It goes on as before.
    Compatible,
}

/// A kind of change.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rule {
    /// What it does.
    pub(super) effect: Effect,
    /// Where it stands among the others of its effect.
    order: usize,
    /// Its name, for `--explain`.
    pub(super) id: &'static str,
    /// What it is about: `field`.
    pub(super) area: &'static str,
    /// What happened, with `{old}` and `{new}` for the two values, and `{thing}` for what has them.
    pub(super) said: &'static str,
    /// The reason for the effect.
    pub(super) why: &'static str,
}

impl Rule {
    /// The rule of that name.
    pub(super) fn find(id: &str) -> Result<&'static Rule> {
        ALL.iter()
            .find(|rule| rule.id == id)
            .copied()
            .ok_or_else(|| {
                let ids: Vec<&str> = ALL.iter().map(|rule| rule.id).collect();
                Usage::new(format!(
                    "there is no rule `{id}`. The rules are: {}",
                    ids.join(", ")
                ))
            })
    }

    /// What happened to `thing`, which had the value `old`, and now has `new`.
    pub(super) fn say(&self, thing: &str, old: &str, new: &str) -> String {
        let said = self.said.replace("{thing}", thing);
        said.replace("{old}", old).replace("{new}", new)
    }
}

macro_rules! rules {
    ($($name:ident: $effect:ident, $id:literal, $area:literal, $said:literal, $why:literal;)*) => {
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "each gives its constant a number")]
        enum Order { $($name),* }
        $(pub(super) const $name: &Rule = &Rule {
            effect: Effect::$effect,
            order: Order::$name as usize,
            id: $id,
            area: $area,
            said: $said,
            why: $why,
        };)*
        /// Every rule, in the order in which changes are listed.
        pub(super) const ALL: &[&Rule] = &[$($name),*];
    };
}

rules! {
    SERVER_DEFAULT: Breaking, "server-default-changed", "service", "is {new}, was {old}", "the constant keeps its name, but whoever uses it talks to another address";
    SERVER_CHANGED: Breaking, "server-changed", "service", "is {new}, was {old}", "the constant keeps its name, but whoever uses it talks to another address";
    SERVER_REMOVED: Breaking, "server-removed", "service", "removed", "its constant goes";
    SERVER_ADDED: Compatible, "server-added", "service", "added: {new}", "a constant more";
    SERVERS_OF_OPERATION: Breaking, "operation-servers-changed", "service", "at {new}, was at {old}", "the operation is to be found at another address";
    SCHEME_REMOVED: Breaking, "credential-removed", "service", "removed, or demanded by no operation", "the client's method that takes the credentials goes";
    SCHEME_CHANGED: Breaking, "credential-changed", "service", "sent as {new}, was {old}", "the wire changes: credentials are sent differently";
    SCHEME_ADDED: Compatible, "credential-added", "service", "added", "the client gets a way to authenticate";
    SECURITY_UNSENT: Breaking, "credential-no-longer-sent", "service", "demands {new}, demanded {old}", "the wire changes: the client has the credentials, but no longer sends them with this operation";
    SECURITY_STRICTER: Breaking, "security-stricter", "service", "demands {new}, demanded {old}", "requests that were let through so far may be refused";
    SECURITY_LOOSER: Compatible, "security-looser", "service", "demands {new}, demanded {old}", "every request that was let through still is, with the same credentials";
    OPERATION_REMOVED: Breaking, "operation-removed", "operation", "removed: {old}", "its method goes";
    OPERATION_RENAMED: Breaking, "operation-renamed", "operation", "renamed from {old}", "its method is called differently, and so are the types that are named after it";
    OPERATION_MOVED: Breaking, "operation-moved", "operation", "now sends {new}, formerly {old}", "the wire changes: the same call sends another request";
    OPERATION_ADDED: Compatible, "operation-added", "operation", "added: {new}", "the client has a method more";
    OPERATION_TAG: Compatible, "operation-tag-changed", "operation", "its first tag is {new}, was {old}", "its method stays where it is; of a crate that is so large that it has a feature for each tag, those who enable only some need another";
    ACCEPT_CHANGED: Breaking, "accept-changed", "operation", "asks for {new}, was {old}", "the wire changes: another media type is asked for";
    ACCEPT_ADDED: Compatible, "accept-added", "operation", "the header `accept` is {new}, was {old}", "only the header `accept` changes, for one that every JSON service takes";
    RESPONSES: Compatible, "responses-changed", "operation", "{new}", "the types of success and of errors stay the same, and every status is handled as before";
    HEADERS: Compatible, "response-headers-changed", "operation", "has the headers {new}", "a response gives all of its headers, whether documented or not";
    PARAMETER_REMOVED: Breaking, "parameter-removed", "parameter", "removed", "the method has one argument less, or the struct of its optional parameters one field less";
    PARAMETER_REQUIRED: Breaking, "parameter-required-added", "parameter", "added to the {new}", "the method has one argument more";
    PARAMETER_FIRST: Breaking, "parameter-first-optional", "parameter", "added to the {new}", "it is the first optional one, so the method gets an argument for it";
    PARAMETER_NECESSITY: Breaking, "parameter-necessity-changed", "parameter", "{new}, was {old}", "it moves between the arguments and the struct of the optional parameters";
    PARAMETER_TYPE: Breaking, "parameter-type-changed", "parameter", "is {new}, was {old}", "its type in Rust changes";
    PARAMETER_ORDER: Breaking, "parameter-order-changed", "parameter", "the required parameters stand in another order", "the method takes the required ones by position";
    PARAMETER_FIELD: Breaking, "parameter-field-renamed", "parameter", "its field is {new}, was {old}", "its field in the struct of the optional parameters is called differently";
    PARAMETER_ADDED: Compatible, "parameter-added", "parameter", "added to the {new}", "code that ends its literals with `..Default::default()` goes on compiling";
    PARAMETER_RENAMED: Compatible, "path-parameter-renamed", "parameter", "renamed from {old}", "arguments are given by position, and the name is not sent";
    BODY_REMOVED: Breaking, "body-removed", "body", "removed", "the method has one argument less";
    BODY_ADDED: Breaking, "body-added", "body", "added", "the method has one argument more";
    BODY_NECESSITY: Breaking, "body-necessity-changed", "body", "{new} now", "the argument changes between `&T` and `Option<&T>`";
    KIND_REMOVED: Breaking, "body-kind-removed", "body", "no longer {old}", "its variant goes, and code that names it stops compiling";
    KIND_ADDED: Compatible, "body-kind-added", "body", "{new} as well", "the method takes one more kind of body";
    BODY_WAYS: Breaking, "body-given-differently", "body", "is given as {new}, was given as {old}", "the argument has another type, or what is given by itself is sent as another media type";
    BODY_MEDIA: Breaking, "body-media-type-changed", "body", "is {new}, was {old}", "the wire changes, and often the method with it";
    BODY_TYPE: Breaking, "body-type-changed", "body", "is {new}, was {old}", "the type of the argument changes";
    SUCCESS_TYPE: Breaking, "success-type-changed", "body", "returns {new}, was {old}", "the method returns another type";
    ERROR_TYPE: Breaking, "error-type-changed", "body", "errors hold {new}, was {old}", "the method's errors have another body";
    STYLE: Breaking, "style-changed", "encoding", "is {new}, was {old}", "the wire changes: the same value is sent in another form";
    PART_STYLE: Breaking, "part-style-changed", "encoding", "is written in the style {new}, was {old}", "the wire changes: the same value is sent in another form";
    PART_TYPE: Breaking, "part-media-type-changed", "encoding", "is sent as {new}, was {old}", "the wire changes: the same part says that it is something else";
    FILES_NARROWED: Breaking, "file-media-types-narrowed", "encoding", "takes files of {new}, was {old}", "files of a media type that was taken are refused before they are sent, or get another one by themselves";
    FILES_WIDENED: Compatible, "file-media-types-widened", "encoding", "takes files of {new}, was {old}", "every media type that was taken still is, and more are";
    FORM_ORDER: Breaking, "form-order-changed", "encoding", "its parts stand in another order", "the wire changes: the parts are sent in another order";
    TYPE_REMOVED: Breaking, "type-removed", "type", "removed", "code that names the type stops compiling";
    TYPE_RENAMED: Breaking, "type-renamed", "type", "renamed from {old}", "code that names the type stops compiling";
    TYPE_KIND: Breaking, "type-kind-changed", "type", "is {new}, was {old}", "code that builds the type, or takes it apart, stops compiling";
    TYPE_ADDED: Compatible, "type-added", "type", "added", "the crate has a type more";
    VARIANT_REMOVED: Breaking, "variant-removed", "type", "variant {old} removed", "code that names the variant stops compiling";
    VARIANT_RENAMED: Breaking, "variant-renamed", "type", "renamed from {old}", "code that names the variant stops compiling";
    VARIANT_TYPE: Breaking, "variant-type-changed", "type", "is {new}, was {old}", "code that builds the variant, or takes it apart, stops compiling";
    VARIANT_HELD: Breaking, "variant-held-differently", "type", "is {new}, was {old}", "code that builds the variant, or takes it apart, stops compiling";
    UNION_TAG: Breaking, "union-tag-changed", "type", "variants are told apart {new}, were {old}", "the wire changes: other values select the variants";
    VARIANT_TAG: Breaking, "variant-tag-changed", "type", "is selected by {new}, was by {old}", "the wire changes: other values select the variant";
    VARIANT_ORDER: Breaking, "variant-order-changed", "type", "its variants stand in another order", "without a tag the variants are tried in order, so that a value may become another one";
    VARIANT_ADDED: Compatible, "variant-added", "type", "variant {new} added", "the union is open: a `match` on it has a `_`, and until now the value was kept as an unknown one";
    FIELD_REMOVED: Breaking, "field-removed", "field", "removed", "code that names the field stops compiling";
    FIELD_WIRE: Breaking, "field-wire-name-changed", "field", "is {new} on the wire, was {old}", "code compiles as before, but the wire changes: the field is written and read under another name";
    FIELD_RUST: Breaking, "field-renamed", "field", "is called {new} in Rust, was {old}", "code that names the field stops compiling";
    FIELD_TYPE: Breaking, "field-type-changed", "field", "is {new}, was {old}", "its type in Rust changes";
    FIELD_OPTION: Breaking, "field-optionality-changed", "field", "{new}", "its type stands in an `Option` more, or in one less";
    FIELD_HELD: Breaking, "field-held-differently", "field", "is {new}, was {old}", "its type stands in something else, such as a box where a struct holds itself";
    FIELD_TRAVELS: Breaking, "field-travels-differently", "field", "its struct is {new}, was {old}", "what is received makes room for what is odd, and what is sent as JSON tells absent from empty: lists, maps and optional fields stand in something else";
    FIELD_DEMANDED: Breaking, "field-demanded", "field", "{new}", "the type in Rust stays the same, but the service refuses a request without it";
    FIELD_MUST: Breaking, "field-required-added", "field", "added: {new}", "every request has to give it";
    FIELD_LITERAL: Breaking, "field-added-without-default", "field", "added: {new}", "callers build the struct, which has no `Default`, so that each literal has to name the new field";
    FIELD_SAME: Compatible, "field-necessity-changed", "field", "{new}", "the type in Rust stays the same";
    FIELD_ADDED: Compatible, "field-added", "field", "added: {new}", "literals that end with `..Default::default()` go on compiling";
    FIELD_RECEIVED: Compatible, "field-received-added", "field", "added: {new}", "responses are read, not built";
    FIELD_WRITER: Compatible, "field-writer-changed", "field", "`readOnly` or `writeOnly` changed", "the field keeps its type";
    VALUE_REMOVED: Breaking, "value-removed", "value", "{old} removed", "its variant goes, and code that names it stops compiling";
    VALUE_RENAMED: Breaking, "value-renamed", "value", "{thing} is {new} in Rust, was {old}", "its variant is called differently, and code that names it stops compiling";
    VALUE_WIRE: Breaking, "value-wire-changed", "value", "its variant stands for {new}, stood for {old}", "code compiles as before, but the wire changes: the variant stands for another value";
    VALUE_ADDED: Compatible, "value-added", "value", "{new} added", "the enum is open: a variant more, and until now the value arrived as an unknown one";
    DEFAULT_CHANGED: Breaking, "default-changed", "value", "`{thing}` is {new}, was {old}", "callers who leave it out get something else than before";
    DEFAULT_WORDED: Compatible, "default-documented", "value", "`{thing}` is {new}, was {old}", "only the documentation changes: the client never fills a default in";
    LIMIT_TIGHTER: Breaking, "limit-tightened", "bound", "`{thing}` is {new}, was {old}", "values that were allowed may be refused, by the service, since the client passes them on as they are";
    LIMIT_LOOSER: Compatible, "limit-loosened", "bound", "`{thing}` is {new}, was {old}", "every value that was allowed still is";
    LIMIT_RECEIVED: Compatible, "limit-received-changed", "bound", "`{thing}` is {new}, was {old}", "responses are not held against limits; only the documentation changes";
    ERROR_REMOVED: Breaking, "error-removed", "error type", "removed: {old}", "its variant goes, and code that names it stops compiling";
    ERROR_RENAMED: Breaking, "error-renamed", "error type", "its variant is {new}, was {old}", "its variant is called differently, and code that names it stops compiling";
    ERROR_ADDED: Compatible, "error-added", "error type", "added: {new}", "the open enum has a variant more; until now it arrived as an unknown value";
    ERROR_PLACES: Compatible, "error-places-changed", "error type", "{new}", "only what the catalogue says changes; every operation decodes every error type";
}
