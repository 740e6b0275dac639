//! Enums that keep the values they do not know.

mod number;
mod string;

pub(crate) use self::number::{FLAG, INTEGER, integral};
pub use self::number::{
    NotANumber, UnknownNumber, deserialize_number, parse_number, unknown_number,
};
pub use self::string::{UnknownValue, deserialize_string, unknown_value};
