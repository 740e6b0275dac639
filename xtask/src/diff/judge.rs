//! What a difference is, where that depends on the two values.

use super::rules::{self, Rule};
use super::tree::Fact;

type Judged = (&'static Rule, Option<String>);

/// The media types that the files of a part may have.
pub(super) fn files(old: &Fact, new: &Fact) -> Judged {
    let wide: Vec<&str> = new.texts()[0].split(',').map(str::trim).collect();
    let is_wider = old.texts()[0].split(',').map(str::trim).all(|kind| {
        let family = format!("{}/*", kind.split('/').next().unwrap_or_default());
        !kind.is_empty()
            && [kind, "*/*", &family]
                .iter()
                .any(|name| wide.contains(name))
    });
    let rule = if is_wider {
        rules::FILES_WIDENED
    } else {
        rules::FILES_NARROWED
    };
    (rule, None)
}

/// The statuses that an operation documents.
pub(super) fn statuses(old: &Fact, new: &Fact) -> Judged {
    let mut what: Vec<String> = Vec::new();
    for (these, others, verb) in [
        (new, old, "is documented now"),
        (old, new, "is no longer documented"),
    ] {
        let only = these
            .texts()
            .iter()
            .filter(|status| !others.texts().contains(status));
        what.extend(only.map(|status| format!("{status} {verb}")));
    }
    (rules::RESPONSES, Some(what.join("; ")))
}

/// The credentials that are sent, followed by the sets of which any one is demanded.
pub(super) fn security(old: &Fact, new: &Fact) -> Judged {
    let is_within = |one: &str, other: &str| {
        one.split(' ')
            .all(|name| name.is_empty() || other.split(' ').any(|other| other == name))
    };
    let ([sent, was @ ..], [sends, is @ ..]) = (old.texts(), new.texts()) else {
        return (rules::SECURITY_STRICTER, None);
    };
    let are_let_through = was
        .iter()
        .all(|old| is.iter().any(|new| is_within(new, old)));
    let rule = match (is_within(sent, sends), are_let_through) {
        (false, _) => rules::SECURITY_UNSENT,
        (true, false) => rules::SECURITY_STRICTER,
        (true, true) => rules::SECURITY_LOOSER,
    };
    (rule, None)
}

/// Whether a field has to be there, and may be null: in Rust, whether it is a `T` or an `Option<T>`.
pub(super) fn necessity<const IS_LIST: bool, const IS_SENT: bool>(
    old: &Fact,
    new: &Fact,
) -> Judged {
    let of = |fact: &Fact| (fact.texts()[0] == "required", fact.texts()[1] == "null");
    let ((was_required, was_nullable), (required, nullable)) = (of(old), of(new));
    let required_now = match (was_required, required) {
        (false, true) => Some("required, was optional"),
        (true, false) => Some("optional, was required"),
        _ => None,
    };
    let nullable_now = match (was_nullable, nullable) {
        (false, true) => Some("may be null, could not"),
        (true, false) => Some("is never null, could be"),
        _ => None,
    };
    let what: Vec<&str> = required_now.into_iter().chain(nullable_now).collect();
    // A list or a map that is absent or null is an empty one.
    let is_option = |required: bool, nullable: bool| !IS_LIST && (!required || nullable);
    let is_demanded = (required && !was_required) || (was_nullable && !nullable);
    let rule = if is_option(was_required, was_nullable) != is_option(required, nullable) {
        rules::FIELD_OPTION
    } else if is_demanded && IS_SENT {
        rules::FIELD_DEMANDED
    } else {
        rules::FIELD_SAME
    };
    (rule, Some(what.join("; ")))
}

/// A limit, or a default; none where it is not given.
pub(super) fn limit(
    keyword: &str,
    is_sent: bool,
    old: Option<&Fact>,
    new: Option<&Fact>,
) -> &'static Rule {
    let number = |fact: Option<&Fact>| match fact?.texts() {
        [value] => value.parse::<f64>().ok(),
        _ => None,
    };
    let name = keyword.rsplit('.').next().unwrap_or(keyword);
    let is_looser = match (number(old), number(new)) {
        _ if new.is_none() => true,
        (Some(old), Some(new)) if name.starts_with("min") => new <= old,
        (Some(old), Some(new)) if name.starts_with("max") => new >= old,
        _ => false,
    };
    match name {
        "default" if is_sent && old.is_some() && new.is_some() => rules::DEFAULT_CHANGED,
        "default" => rules::DEFAULT_WORDED,
        _ if !is_sent => rules::LIMIT_RECEIVED,
        _ if is_looser => rules::LIMIT_LOOSER,
        _ => rules::LIMIT_TIGHTER,
    }
}
