//! Records that are not as documented, one in a response.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::alteration::{actual, add_attachment, within};
use crate::schema::{JsonType, Schema};

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
    /// All required fields are null, also those that cannot be.
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

    /// Alters one record of a body of the given schema. Says whether there was anything to alter.
    pub(super) fn apply(self, schema: &Schema, body: &mut Value) -> bool {
        record(schema, body).is_some_and(|(schema, record)| self.alter(schema, record))
    }

    fn alter(self, schema: &Schema, record: &mut Value) -> bool {
        match self {
            Oddity::NotARecord => {
                *record = json!("unheard of");
                true
            }
            Oddity::HugeNumber => attach(schema, record, json!(HUGE_NUMBER)),
            Oddity::LongInteger => attach(schema, record, json!(LONG_INTEGER)),
            Oddity::DeepNesting => {
                let nested = (1..130).fold(json!([]), |inner, _| json!([inner]));
                attach(schema, record, nested)
            }
            Oddity::Missing | Oddity::Null | Oddity::WrongType => record
                .as_object_mut()
                .is_some_and(|it| self.alter_members(schema, it)),
            _ => self.alter_within(schema, record),
        }
    }

    /// Alters the members of a record, but for those by which it is known.
    fn alter_members(self, schema: &Schema, members: &mut Map<String, Value>) -> bool {
        let before = members.clone();
        let names = before
            .keys()
            .filter(|name| !matches!(name.as_str(), "object" | "id"));
        for name in names {
            let required = schema.required.contains(name);
            match (self, &mut members[name]) {
                (Oddity::Missing, _) if required => {
                    members.remove(name);
                }
                (Oddity::Null, member) if required => *member = Value::Null,
                (Oddity::WrongType, member @ (Value::Array(_) | Value::Object(_))) => {
                    *member = json!("unheard of");
                }
                (Oddity::WrongType, member) => *member = json!({ "unheard_of": true }),
                _ => {}
            }
        }
        *members != before
    }

    /// Alters all values in a record to which this can happen.
    fn alter_within(self, schema: &Schema, value: &mut Value) -> bool {
        let schema = actual(schema, value);
        let is_flag = schema.json_type == Some(JsonType::Integer)
            && schema.values.as_deref() == Some(&[json!(0), json!(1)]);
        let altered = match (self, &*value) {
            (Oddity::NumberAsText, Value::Number(number)) if number.is_i64() => {
                json!(number.to_string())
            }
            (Oddity::Fraction, Value::Number(number)) if number.is_i64() => json!(number.as_f64()),
            (Oddity::Flag, Value::Number(number)) if is_flag => json!(number.as_i64() == Some(1)),
            (Oddity::Flag, Value::Bool(flag)) => json!(u8::from(*flag)),
            (Oddity::EmptyTime, Value::String(_))
                if schema.format.as_deref() == Some("date-time") =>
            {
                json!("")
            }
            (Oddity::NullList, Value::Array(_)) => Value::Null,
            (Oddity::NullInList, Value::Array(members)) => {
                let mut members = members.clone();
                members.push(Value::Null);
                Value::Array(members)
            }
            (Oddity::IdAsNumber, Value::Object(members)) => {
                let mut members = members.clone();
                for (name, member) in &mut members {
                    if name.ends_with("_id") && member.is_string() {
                        *member = json!(33_600_111_222_u64);
                    }
                }
                Value::Object(members)
            }
            _ => {
                return within(schema, value, &mut |schema, it| {
                    self.alter_within(schema, it)
                });
            }
        };
        let changed = *value != altered;
        *value = altered;
        changed
    }
}

/// The record of a response that is to be odd, with its schema.
fn record<'b, 's>(schema: &'s Schema, body: &'b mut Value) -> Option<(&'s Schema, &'b mut Value)> {
    let (schema, record) = match (schema.property("items"), schema.property("lastMessage")) {
        (Some(list), _) => {
            let items = body["items"].as_array_mut()?;
            let middle = items.len() / 2;
            (list.items.as_deref()?, items.get_mut(middle)?)
        }
        (None, last) => (last?, body.get_mut("lastMessage")?),
    };
    record.is_object().then(|| (actual(schema, record), record))
}

/// Adds an attachment of an unknown kind to a message.
fn attach(schema: &Schema, message: &mut Value, depth: Value) -> bool {
    match (
        schema.property("attachments"),
        message.get_mut("attachments"),
    ) {
        (Some(list), Some(attachments)) => add_attachment(list, attachments, depth),
        _ => false,
    }
}

/// The JSON of a response, with the numbers that a [`Value`] cannot hold.
pub(crate) fn written(body: &Value) -> String {
    let number = |name: &str| format!("\"depth\":\"{name}\"");
    let integer = format!("\"depth\":{}", "7".repeat(400));
    body.to_string()
        .replace(&number(HUGE_NUMBER), "\"depth\":1e400")
        .replace(&number(LONG_INTEGER), &integer)
}
