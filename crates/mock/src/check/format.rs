//! The formats of texts that are checked, and what they look like.

use std::net::{Ipv4Addr, Ipv6Addr};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use postpress_openapi::schema::TextFormat;

/// The format of this name. One that is not here demands nothing.
pub(crate) fn format(name: &str) -> Option<TextFormat> {
    let (what, example, fits): (_, _, fn(&str) -> bool) = match name {
        "date-time" => ("a time", "2026-05-17T09:42:11.000Z", |it| {
            it.parse::<Timestamp>().is_ok()
        }),
        "date" => ("a date", "2026-05-17", |it| {
            it.len() == 10 && it.parse::<Date>().is_ok()
        }),
        "time" => ("a time of day", "09:42:11Z", |it| {
            let time = it.trim_end_matches('Z');
            time.get(..8).is_some_and(|it| it.parse::<Time>().is_ok())
        }),
        "uuid" => ("a UUID", "6f9619ff-8b86-4d01-b42d-00cf4fc964ff", |it| {
            let groups = it.split('-').map(str::len);
            groups.eq([8, 4, 4, 4, 12]) && it.chars().all(|it| it == '-' || it.is_ascii_hexdigit())
        }),
        "email" => ("an e-mail address", "jo@example.com", |it| {
            let parts = it.rsplit_once('@');
            parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
        }),
        "uri" | "url" => ("a URL", "https://example.com/", |it| {
            let scheme = it
                .split_once(':')
                .map(|(scheme, _)| scheme)
                .unwrap_or_default();
            !scheme.is_empty() && !scheme.contains(|it: char| it == '/' || it.is_whitespace())
        }),
        "hostname" => ("a host name", "example.com", |it| {
            let label = |it: &str| {
                let mut letters = it.bytes();
                !it.is_empty() && letters.all(|it| it == b'-' || it.is_ascii_alphanumeric())
            };
            it.split('.').all(label)
        }),
        "ipv4" => ("an IPv4 address", "192.0.2.1", |it| {
            it.parse::<Ipv4Addr>().is_ok()
        }),
        "ipv6" => ("an IPv6 address", "2001:db8::1", |it| {
            it.parse::<Ipv6Addr>().is_ok()
        }),
        "byte" => ("base64", "cG9zdHByZXNz", |it| STANDARD.decode(it).is_ok()),
        _ => return None,
    };
    Some(TextFormat {
        what,
        example,
        fits,
    })
}
