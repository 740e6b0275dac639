//! JSON values whose shape is known only when they are sent.

use serde_json::{Map, Number, Value};

use crate::error::Reason;
use crate::field::FieldWriter;
use crate::value::FormValue;

/// A scalar; `null` writes nothing. Arrays and objects are refused, since the caller has to say how
/// they are to be written.
impl FormValue for Value {
    const REPEATS: bool = true;

    fn write(&self, mut field: FieldWriter<'_>) {
        match self {
            Self::Null => {}
            Self::Bool(value) => value.write(field),
            Self::Number(value) => value.write(field),
            Self::String(value) => value.write(field),
            Self::Array(_) => field.reject(Reason::NotScalar("a JSON array")),
            Self::Object(_) => field.reject(Reason::NotScalar("a JSON object")),
        }
    }
}

impl FormValue for Number {
    const REPEATS: bool = true;

    fn write(&self, field: FieldWriter<'_>) {
        match self.as_f64() {
            // `3.0` is an integer on the wire.
            Some(value) if self.is_f64() => value.write(field),
            _ => field.text(self),
        }
    }
}

/// A free-form object: `name[key]` to any depth.
impl FormValue for Map<String, Value> {
    fn write(&self, mut field: FieldWriter<'_>) {
        for (key, value) in self {
            write_deep(value, field.extra(key, &[]));
        }
    }
}

/// Writes any JSON value in bracket notation. An array repeats its name if it holds nothing but
/// scalars.
pub(crate) fn write_deep(value: &Value, mut field: FieldWriter<'_>) {
    match value {
        Value::Object(members) => members.write(field),
        Value::Array(values) if values.iter().all(is_scalar) => values.write(field),
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                write_deep(value, field.index(index));
            }
        }
        scalar => scalar.write(field),
    }
}

fn is_scalar(value: &Value) -> bool {
    !matches!(value, Value::Array(_) | Value::Object(_))
}
