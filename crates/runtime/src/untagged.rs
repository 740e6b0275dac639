//! What `#[serde(untagged)]` cannot express of unions: variants that are told apart by what their members are, or by nothing.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Deref;

use reqwest::Url;
use serde::de::{DeserializeOwned, Deserializer, Error};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::odd::RawJson;
use crate::timestamp::Timestamp;
use crate::tolerant::{unknown, untagged};

/// The JSON of a union without a tag, of which the variants are tried in turn.
///
/// ```
/// # use postpress_runtime::{Fact, Kept, UntaggedJson};
/// #[derive(serde::Deserialize)]
/// struct Address {
///     ip: String,
/// }
///
/// enum Host {
///     Old(Address),
///     New(Address),
///     Named(Kept<serde_json::Map<String, serde_json::Value>>),
///     Unknown(serde_json::Value),
/// }
///
/// impl<'de> serde::Deserialize<'de> for Host {
///     fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
///         Ok(UntaggedJson::read(deserializer)?
///             .variant(&[Fact::Format("ip", "ipv4")], Self::Old)
///             .variant(&[Fact::Format("ip", "ipv6")], Self::New)
///             .kept(&[], Self::Named)
///             .or_unknown(Self::Unknown))
///     }
/// }
///
/// let hosts: Vec<Host> = serde_json::from_str(r#"[{"ip": "::1"}, {"name":  "n"}, 1]"#)?;
/// assert!(matches!(&hosts[0], Host::New(host) if host.ip == "::1"));
/// assert!(matches!(&hosts[1], Host::Named(host) if host.json().unwrap().as_str() == r#"{"name":  "n"}"#));
/// assert!(matches!(&hosts[2], Host::Unknown(json) if json == 1));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct UntaggedJson<U> {
    text: RawJson,
    json: Value,
    read: Option<U>,
}

impl<U> UntaggedJson<U> {
    /// Reads any JSON but `null`.
    ///
    /// # Errors
    /// Those of the deserializer, for what is not JSON, and for `null`.
    pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = RawJson::deserialize(deserializer)?;
        let json = unknown(&mut serde_json::Deserializer::from_str(text.as_str()));
        Ok(Self {
            json: json.map_err(Error::custom)?,
            text,
            read: None,
        })
    }

    /// Takes the JSON for a variant, if it is not yet another, all `facts` hold of it, and it decodes exactly.
    #[must_use]
    pub fn variant<T: DeserializeOwned>(self, facts: &[Fact], variant: fn(T) -> U) -> Self {
        self.take(facts, |value, _| variant(value))
    }

    /// The same for a variant that keeps the JSON, since it may be that of another as well.
    #[must_use]
    pub fn kept<T: DeserializeOwned>(self, facts: &[Fact], variant: fn(Kept<T>) -> U) -> Self {
        self.take(facts, |value, json| {
            variant(Kept {
                value,
                json: Some(json.clone()),
            })
        })
    }

    fn take<T: DeserializeOwned>(
        mut self,
        facts: &[Fact],
        variant: impl FnOnce(T, &RawJson) -> U,
    ) -> Self {
        if self.read.is_none() && facts.iter().all(|fact| fact.holds(&self.json)) {
            let value = untagged(&self.json).ok();
            self.read = value.map(|value| variant(value, &self.text));
        }
        self
    }

    /// Gives back the JSON that was taken for a variant which is a union itself, and does not know it.
    #[must_use]
    pub fn unless(mut self, is_unknown: fn(&U) -> bool) -> Self {
        self.read = self.read.filter(|value| !is_unknown(value));
        self
    }

    /// The variant that was found, or the one that keeps the JSON.
    pub fn or_unknown(self, unknown: fn(Value) -> U) -> U {
        self.read.unwrap_or_else(|| unknown(self.json))
    }
}

/// What the document says of a member of an object, beside its type. Of a member that is not there or `null` everything holds, and
/// nothing of a member of what is no object.
///
/// The first field is the way to the member, names with `/` between them; `*` stands for each member of a list or map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fact {
    /// It is one of these texts.
    Text(&'static str, &'static [&'static str]),
    /// It is one of these integers.
    Integer(&'static str, &'static [i64]),
    /// It is this truth value.
    Bool(&'static str, bool),
    /// It is a text in this `format` of OpenAPI: `date`, `date-time`, `email`, `ipv4`, `ipv6`, `uri` or `uuid`.
    Format(&'static str, &'static str),
    /// It is an object with no other members than these.
    Members(&'static str, &'static [&'static str]),
}

impl Fact {
    fn holds(&self, json: &Value) -> bool {
        let (Self::Text(path, _)
        | Self::Integer(path, _)
        | Self::Bool(path, _)
        | Self::Format(path, _)
        | Self::Members(path, _)) = self;
        self.holds_at(path, json)
    }

    fn holds_at(&self, path: &str, json: &Value) -> bool {
        let (name, rest) = path.split_once('/').unwrap_or((path, ""));
        match json {
            Value::Null => true,
            json if path.is_empty() => self.holds_of(json),
            Value::Array(members) => {
                name == "*" && members.iter().all(|member| self.holds_at(rest, member))
            }
            Value::Object(members) if name == "*" => {
                members.values().all(|member| self.holds_at(rest, member))
            }
            Value::Object(members) => {
                let member = members.get(name);
                member.is_none_or(|member| self.holds_at(rest, member))
            }
            _ => false,
        }
    }

    fn holds_of(&self, json: &Value) -> bool {
        match self {
            Self::Text(_, values) => json.as_str().is_some_and(|text| values.contains(&text)),
            Self::Integer(_, values) => json.as_i64().is_some_and(|value| values.contains(&value)),
            Self::Bool(_, value) => json.as_bool() == Some(*value),
            Self::Format(_, format) => json.as_str().is_some_and(|text| is_in(format, text)),
            Self::Members(_, names) => json
                .as_object()
                .is_some_and(|members| members.keys().all(|name| names.contains(&name.as_str()))),
        }
    }
}

/// Whether a text is in a format. Of formats that are not known here every text is.
fn is_in(format: &str, text: &str) -> bool {
    let groups = |separator, lengths: &[usize], is: fn(&char) -> bool| {
        let groups: Vec<&str> = text.split(separator).collect();
        let are = |group: &str| group.chars().all(|char| is(&char));
        groups
            .iter()
            .map(|group| group.len())
            .eq(lengths.iter().copied())
            && groups.into_iter().all(are)
    };
    match format {
        "date" => groups('-', &[4, 2, 2], char::is_ascii_digit),
        "date-time" => text.parse::<Timestamp>().is_ok(),
        "email" => text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && !host.is_empty() && !text.contains(char::is_whitespace)
        }),
        "ipv4" => text.parse::<Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<Ipv6Addr>().is_ok(),
        "uri" => Url::parse(text).is_ok(),
        "uuid" => groups('-', &[8, 4, 4, 4, 12], char::is_ascii_hexdigit),
        _ => true,
    }
}

/// A value of a union the variants of which overlap: it is what fitted first, and the JSON that it was read from is kept.
///
/// Serializing it writes that JSON. To change one, take the value out and make another.
///
/// ```
/// use postpress_runtime::Kept;
///
/// let made = Kept::new(vec![1, 2]);
/// assert_eq!(made.len(), 2);
/// assert!(made.json().is_none());
/// assert_eq!(serde_json::to_string(&made)?, "[1,2]");
/// assert_eq!(made.into_value(), [1, 2]);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Kept<T> {
    value: T,
    json: Option<RawJson>,
}

impl<T> Kept<T> {
    /// A value that was made here, of which there is no JSON yet.
    pub fn new(value: T) -> Self {
        Self { value, json: None }
    }

    /// The JSON that it was read from, with whatever the type does not know; [parse](RawJson::parse) it as another of the types
    /// that it may be. `None` for a value that was made here.
    pub fn json(&self) -> Option<&RawJson> {
        self.json.as_ref()
    }

    /// Takes the value out.
    pub fn into_value(self) -> T {
        self.value
    }
}

impl<T> From<T> for Kept<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T> Deref for Kept<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Serialize> Serialize for Kept<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.json {
            Some(json) => json.serialize(serializer),
            None => self.value.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn texts_are_in_a_format_or_not() {
        for (format, text, not) in [
            ("date", "2026-05-17", "2026-5-17"),
            ("date-time", "2026-05-17T09:42:11.000Z", "2026-05-17"),
            ("email", "a@b.example", "a b@c"),
            ("ipv4", "127.0.0.1", "::1"),
            ("ipv6", "::1", "127.0.0.1"),
            ("uri", "urn:a", "a"),
            (
                "uuid",
                "123e4567-e89b-12d3-a456-426614174000",
                "123e4567e89b12d3a456426614174000",
            ),
        ] {
            assert!(is_in(format, text), "{format}: {text}");
            assert!(!is_in(format, not), "{format}: {not}");
        }
        assert!(is_in("new", ""));
    }

    #[test]
    fn a_fact_holds_of_each_member_on_its_way_that_is_there() {
        let json = json!({"a": [{"b": "x"}, {"b": null}, {}], "n": 1, "t": true});
        assert!(Fact::Text("a/*/b", &["x", "y"]).holds(&json));
        assert!(!Fact::Text("a/*/b", &["y"]).holds(&json));
        assert!(Fact::Text("missing/b", &["y"]).holds(&json));
        assert!(!Fact::Text("n", &["1"]).holds(&json));
        assert!(Fact::Integer("n", &[1]).holds(&json));
        assert!(!Fact::Integer("n", &[2]).holds(&json));
        assert!(Fact::Bool("t", true).holds(&json));
        assert!(!Fact::Bool("t", false).holds(&json));
        assert!(!Fact::Bool("missing", true).holds(&json!([])));
        assert!(!Fact::Bool("n/missing", true).holds(&json));
        assert!(Fact::Members("", &["a", "n", "t", "other"]).holds(&json));
        assert!(!Fact::Members("", &["a", "n"]).holds(&json));
        assert!(Fact::Members("a/*", &["b"]).holds(&json));
        assert!(!Fact::Members("a/*", &[]).holds(&json));
        assert!(!Fact::Members("n", &[]).holds(&json));
        assert!(!Fact::Integer("*", &[1]).holds(&json));
        assert!(Fact::Members("*", &["b"]).holds(&json!({"x": {"b": 1}})));
    }
}
