//! Plain scalars, as the core schema of YAML 1.2 reads them (section 10.3), and the numbers of both languages.

use serde_json::Number;

use crate::Value;

/// A number that was written, if it can be kept.
pub(super) enum Numeric {
    /// As written.
    Exact(Number),
    /// An integer beyond 64 bits, rounded.
    Rounded(Number),
    /// Infinite, or not a number.
    Inexpressible,
}

/// What a plain scalar stands for.
pub(super) enum Plain {
    /// Anything but a number.
    Value(Value),
    /// A number.
    Number(Numeric),
}

/// Reads a plain scalar. The empty one is null; whatever is nothing else is a string.
pub(super) fn plain(text: &str) -> Plain {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Plain::Value(Value::Null),
        "true" | "True" | "TRUE" => return Plain::Value(Value::Bool(true)),
        "false" | "False" | "FALSE" => return Plain::Value(Value::Bool(false)),
        _ => {}
    }
    match number(text) {
        Some(number) => Plain::Number(number),
        None => Plain::Value(Value::String(text.to_owned())),
    }
}

/// Reads a number of the core schema; `None` if the text is not one.
pub(super) fn number(text: &str) -> Option<Numeric> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let negative = text.starts_with('-');
    match unsigned.as_bytes() {
        [b'0'..=b'9', rest @ ..] if rest.iter().all(u8::is_ascii_digit) => {
            Some(integer(unsigned, 10, negative))
        }
        [b'0', b'o', digits @ ..] if is_radix(text, unsigned, digits, 8) => {
            Some(integer(&unsigned[2..], 8, false))
        }
        [b'0', b'x', digits @ ..] if is_radix(text, unsigned, digits, 16) => {
            Some(integer(&unsigned[2..], 16, false))
        }
        [b'.', ..] if matches!(unsigned, ".inf" | ".Inf" | ".INF") => Some(Numeric::Inexpressible),
        [b'.', ..] if matches!(text, ".nan" | ".NaN" | ".NAN") => Some(Numeric::Inexpressible),
        _ if is_float(unsigned) => {
            let value: f64 = text.parse().ok()?;
            Some(Number::from_f64(value).map_or(Numeric::Inexpressible, Numeric::Exact))
        }
        _ => None,
    }
}

/// Octal and hexadecimal integers have no sign in the core schema.
fn is_radix(text: &str, unsigned: &str, digits: &[u8], radix: u32) -> bool {
    text.len() == unsigned.len()
        && !digits.is_empty()
        && digits
            .iter()
            .all(|digit| char::from(*digit).is_digit(radix))
}

fn integer(digits: &str, radix: u32, negative: bool) -> Numeric {
    if let Ok(magnitude) = u64::from_str_radix(digits, radix) {
        if !negative {
            return Numeric::Exact(magnitude.into());
        }
        if let Some(value) = 0_i64.checked_sub_unsigned(magnitude) {
            return Numeric::Exact(value.into());
        }
    }
    let magnitude = digits
        .chars()
        .filter_map(|digit| digit.to_digit(radix))
        .fold(0.0, |value, digit| {
            value * f64::from(radix) + f64::from(digit)
        });
    let value = if negative { -magnitude } else { magnitude };
    Number::from_f64(value).map_or(Numeric::Inexpressible, Numeric::Rounded)
}

/// Whether a text is made of what floating-point numbers are made of; parsing it says the rest.
fn is_float(unsigned: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_digit() || b".eE+-".contains(&byte);
    unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') && unsigned.bytes().all(is_part)
}
