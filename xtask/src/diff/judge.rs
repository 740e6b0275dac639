//! What a difference is, where that depends on the two values.

use super::rules::{self, Rule};
use super::tree::Fact;

type Judged = Option<(&'static Rule, Option<String>)>;

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
    Some((rule, None))
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
    Some((rules::RESPONSES, Some(what.join("; "))))
}

/// The credentials that are sent, followed by the sets of which any one is demanded.
pub(super) fn security(old: &Fact, new: &Fact) -> Judged {
    let is_within = |one: &str, other: &str| {
        one.split(' ')
            .all(|name| name.is_empty() || other.split(' ').any(|other| other == name))
    };
    let ([sent, was @ ..], [sends, is @ ..]) = (old.texts(), new.texts()) else {
        return Some((rules::SECURITY_STRICTER, None));
    };
    let are_let_through = was
        .iter()
        .all(|old| is.iter().any(|new| is_within(new, old)));
    let rule = match (is_within(sent, sends), are_let_through) {
        (false, _) => rules::SECURITY_UNSENT,
        (true, false) => rules::SECURITY_STRICTER,
        (true, true) => rules::SECURITY_LOOSER,
    };
    Some((rule, None))
}

/// Whether a body is required, and the ways in which it may be given.
pub(super) fn ways(old: &Fact, new: &Fact) -> Judged {
    let ([was_required, were @ ..], [is_required, are @ ..]) = (old.texts(), new.texts()) else {
        return None;
    };
    let is_wider = were.iter().all(|way| are.contains(way));
    (was_required == is_required && !is_wider).then_some((rules::BODY_WAYS, None))
}

/// Whether a field has to be there, may be null, and is sent; where its struct travels, and what its type stands in.
pub(super) fn necessity(old: &Fact, new: &Fact) -> Judged {
    let (
        [was_required, was_null, _, was_travelling, was_held],
        [required, null, sent, travels, held],
    ) = (old.texts(), new.texts())
    else {
        return None;
    };
    let [was_required, required] = [was_required, required].map(|text| text == "required");
    let required_now = match (was_required, required) {
        (false, true) => Some("required, was optional"),
        (true, false) => Some("optional, was required"),
        _ => None,
    };
    let null_now = match (was_null.as_str(), null.as_str()) {
        ("", "null") => Some("may be null, could not"),
        ("null", "") => Some("is never null, could be"),
        _ => None,
    };
    let what: Vec<&str> = required_now.into_iter().chain(null_now).collect();
    let is_demanded = (required && !was_required) || (!was_null.is_empty() && null.is_empty());
    match what.as_slice() {
        [] => {
            let is_held = was_held != held && was_travelling == travels;
            is_held.then_some((rules::FIELD_HELD, None))
        }
        what => {
            let rule = if was_held != held {
                rules::FIELD_OPTION
            } else if is_demanded && !sent.is_empty() {
                rules::FIELD_DEMANDED
            } else {
                rules::FIELD_SAME
            };
            Some((rule, Some(what.join("; "))))
        }
    }
}

/// Where a struct travels, and what the type of one of its fields stands in.
pub(super) fn travels(old: &Fact, new: &Fact) -> Judged {
    let mut both = old.texts().iter().zip(new.texts());
    both.all(|(old, new)| old != new)
        .then_some((rules::FIELD_TRAVELS, None))
}

/// A limit, or a default; none where it is not given. Nothing if the same number is written in another way.
pub(super) fn limit(
    keyword: &str,
    is_sent: bool,
    old: Option<&Fact>,
    new: Option<&Fact>,
) -> Option<&'static Rule> {
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
    if number(old).is_some() && number(old) == number(new) {
        return None;
    }
    Some(match name {
        "default" if is_sent && old.is_some() && new.is_some() => rules::DEFAULT_CHANGED,
        "default" => rules::DEFAULT_WORDED,
        _ if !is_sent => rules::LIMIT_RECEIVED,
        _ if is_looser => rules::LIMIT_LOOSER,
        _ => rules::LIMIT_TIGHTER,
    })
}
