//! Records that are not as documented, one in a response.

use std::fmt;

use postpress_openapi::schema::{JsonType, Schema};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::alteration::{actual, add_attachment, everywhere};

/// How a record differs from its documentation, for [`Fault::odd_record`](crate::Fault::odd_record).
///
/// Its `object` and `id` stay as they are, unless something else stands in the place of the whole record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Oddity {
    /// A text stands in the place of the record.
    NotARecord,
    /// All required fields are absent.
    Missing,
    /// All required fields are null, including those that must not be.
    Null,
    /// Texts and numbers are objects, and objects and lists are texts.
    WrongType,
    /// Integers are texts: `"2"`.
    NumberAsText,
    /// Ids are numbers.
    IdAsNumber,
    /// Integers have a fraction: `2.0`.
    Fraction,
    /// Flags are booleans where they are documented as 0 and 1, and 0 and 1 where they are documented as booleans.
    Flag,
    /// Times are empty texts.
    EmptyTime,
    /// Lists are null.
    NullList,
    /// Lists have a null as their last member.
    NullInList,
    /// There is an attachment of an unknown kind, in which a number is `1e400`.
    HugeNumber,
    /// There is an attachment of an unknown kind, in which an integer has 400 digits.
    LongInteger,
    /// There is an attachment of an unknown kind, in which lists are nested 130 levels deep.
    DeepNesting,
}

/// Its name on the command line, such as `number-as-text`.
impl fmt::Display for Oddity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// What stands for numbers that a [`Value`] cannot hold, until the response is written.
const HUGE_NUMBER: &str = "postpress-mock: 1e400";
const LONG_INTEGER: &str = "postpress-mock: an integer of 400 digits";

impl Oddity {
    /// All of them.
    pub const ALL: &'static [Oddity] = &[
        Oddity::NotARecord,
        Oddity::Missing,
        Oddity::Null,
        Oddity::WrongType,
        Oddity::NumberAsText,
        Oddity::IdAsNumber,
        Oddity::Fraction,
        Oddity::Flag,
        Oddity::EmptyTime,
        Oddity::NullList,
        Oddity::NullInList,
        Oddity::HugeNumber,
        Oddity::LongInteger,
        Oddity::DeepNesting,
    ];

    /// Alters one record of a body of the given schema, if this can happen to it.
    pub(super) fn apply(self, schema: &Schema, body: &mut Value) {
        let Some((schema, record)) = record(schema, body) else {
            return;
        };
        let depth = match self {
            Oddity::HugeNumber => json!(HUGE_NUMBER),
            Oddity::LongInteger => json!(LONG_INTEGER),
            Oddity::DeepNesting => (1..130).fold(json!([]), |inner, _| json!([inner])),
            _ => Value::Null,
        };
        match (self, &mut *record) {
            (Oddity::NotARecord, record) => *record = json!("unheard of"),
            (Oddity::HugeNumber | Oddity::LongInteger | Oddity::DeepNesting, record) => {
                everywhere(schema, record, &mut |schema, value| {
                    add_attachment(schema, value, &depth);
                });
            }
            (Oddity::Missing | Oddity::Null | Oddity::WrongType, Value::Object(members)) => {
                // A record is known by these.
                let is_known_by = |name: &str| matches!(name, "object" | "id");
                if self == Oddity::Missing {
                    members.retain(|it, _| is_known_by(it) || !schema.required.contains(it));
                }
                for (name, member) in members.iter_mut().filter(|(name, _)| !is_known_by(name)) {
                    if self == Oddity::WrongType {
                        *member = match member {
                            Value::Array(_) | Value::Object(_) => json!("unheard of"),
                            _ => json!({ "unheard_of": true }),
                        };
                    } else if self == Oddity::Null && schema.required.contains(name) {
                        *member = Value::Null;
                    }
                }
            }
            (_, record) => everywhere(schema, record, &mut |schema, it| self.alter(schema, it)),
        }
    }

    /// Alters a value in a record, if this can happen to it.
    fn alter(self, schema: &Schema, value: &mut Value) {
        let is_flag = schema.json_type() == Some(JsonType::Integer)
            && schema.values.as_deref() == Some(&[json!(0), json!(1)]);
        let is_time = schema.format.as_deref() == Some("date-time");
        match (self, &mut *value) {
            (Oddity::NumberAsText, Value::Number(number)) if number.is_i64() => {
                *value = json!(number.to_string());
            }
            (Oddity::Fraction, Value::Number(number)) if number.is_i64() => {
                *value = json!(number.as_f64());
            }
            (Oddity::Flag, Value::Number(number)) if is_flag => *value = json!(*number == 1.into()),
            (Oddity::Flag, Value::Bool(flag)) => *value = json!(u8::from(*flag)),
            (Oddity::EmptyTime, Value::String(text)) if is_time => text.clear(),
            (Oddity::NullList, Value::Array(_)) => *value = Value::Null,
            (Oddity::NullInList, Value::Array(members)) => members.push(Value::Null),
            (Oddity::IdAsNumber, Value::Object(members)) => {
                let ids = members.iter_mut().filter(|(name, _)| name.ends_with("_id"));
                for (_, id) in ids.filter(|(_, id)| id.is_string()) {
                    *id = json!(33_600_111_222_u64);
                }
            }
            _ => {}
        }
    }
}

/// The record of a response that is to be odd, with its schema: the one in the middle of a list, the last message of a chat,
/// or the whole where it has neither.
fn record<'b, 's>(schema: &'s Schema, body: &'b mut Value) -> Option<(&'s Schema, &'b mut Value)> {
    let (schema, record) = match (schema.property("items"), schema.property("lastMessage")) {
        (Some(list), _) => middle(list, &mut body["items"])?,
        (None, Some(last)) => (last, body.get_mut("lastMessage")?),
        (None, None) if body.is_array() => middle(schema, body)?,
        (None, None) => (schema, body),
    };
    record.is_object().then(|| (actual(schema, record), record))
}

fn middle<'b, 's>(list: &'s Schema, items: &'b mut Value) -> Option<(&'s Schema, &'b mut Value)> {
    let items = items.as_array_mut()?;
    let middle = items.len() / 2;
    Some((list.items.as_deref()?, items.get_mut(middle)?))
}

/// The JSON of a response, with the numbers that a [`Value`] cannot hold.
pub(crate) fn written(body: &Value) -> String {
    let number = |name: &str| format!("\"depth\":\"{name}\"");
    let integer = format!("\"depth\":{}", "7".repeat(400));
    body.to_string()
        .replace(&number(HUGE_NUMBER), "\"depth\":1e400")
        .replace(&number(LONG_INTEGER), &integer)
}
