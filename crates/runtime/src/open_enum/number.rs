//! Open enums of integers.

use std::cmp::Ordering;
use std::fmt;
use std::marker::PhantomData;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Number;

/// A number that an open enum has no name for.
///
/// Only the enum's own conversions make one, so a value that has a name is never unknown: two values are equal exactly
/// when their numbers are.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct UnknownNumber(Number);

impl UnknownNumber {
    /// The value as it came; `2.0` is the same number as `2`, and kept as that.
    pub fn as_number(&self) -> &Number {
        &self.0
    }

    /// The value, if it is an integer that fits.
    pub fn as_i64(&self) -> Option<i64> {
        self.0.as_i64()
    }

    /// In order of size; the rest tells apart what is the same as a double.
    fn key(&self) -> (f64, Option<i128>) {
        (self.0.as_f64().unwrap_or(f64::INFINITY), self.0.as_i128())
    }
}

impl Ord for UnknownNumber {
    fn cmp(&self, other: &Self) -> Ordering {
        let ((float, integer), (other_float, other_integer)) = (self.key(), other.key());
        float
            .total_cmp(&other_float)
            .then_with(|| integer.cmp(&other_integer))
            // Differs only in builds of serde_json that keep numbers as texts.
            .then_with(|| match self == other {
                true => Ordering::Equal,
                false => self.0.to_string().cmp(&other.0.to_string()),
            })
    }
}

impl PartialOrd for UnknownNumber {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for UnknownNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Display for UnknownNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Serialize for UnknownNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// The error of parsing an open enum of integers from a text that is no number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a number")]
pub struct NotANumber(());

/// For the enums' conversions.
#[doc(hidden)]
pub fn unknown_number(number: impl Into<Number>) -> UnknownNumber {
    UnknownNumber(integral(number.into()))
}

/// JSON does not tell `2.0` from `2`, so neither does an enum. Floats that are integers become integers, where exact.
pub(crate) fn integral(number: Number) -> Number {
    if number.as_i128().is_some() {
        return number;
    }
    // -2⁶³ and 2⁶⁴ (`u64::MAX`, rounded): exact as floats, so within them the casts are too.
    let (lowest, too_high) = (i64::MIN as f64, u64::MAX as f64);
    match number.as_f64() {
        Some(float) if float.fract() != 0.0 => number,
        Some(float) if (lowest..0.0).contains(&float) => (float as i64).into(),
        Some(float) if (0.0..too_high).contains(&float) => (float as u64).into(),
        _ => number,
    }
}

/// The name under which an enum of integers asks for a number, so that what is [tolerated](crate::tolerant) can be told.
pub(crate) const INTEGER: &str = "$postpress::Integer";
/// The same for an enum of 0 and 1.
pub(crate) const FLAG: &str = "$postpress::Flag";

/// Decodes a number of an enum with these values.
#[doc(hidden)]
pub fn deserialize_number<'de, D, T>(deserializer: D, values: &[i64]) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: From<Number>,
{
    struct Named<T>(PhantomData<T>);

    impl<'de, T: From<Number>> Visitor<'de> for Named<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a number")
        }

        fn visit_newtype_struct<D: Deserializer<'de>>(self, number: D) -> Result<T, D::Error> {
            Number::deserialize(number).map(T::from)
        }

        // Not every deserializer knows of newtypes.
        fn visit_i64<E>(self, number: i64) -> Result<T, E> {
            Ok(T::from(number.into()))
        }

        fn visit_u64<E>(self, number: u64) -> Result<T, E> {
            Ok(T::from(number.into()))
        }
    }

    let name = match values {
        [0, 1] | [1, 0] => FLAG,
        _ => INTEGER,
    };
    deserializer.deserialize_newtype_struct(name, Named(PhantomData))
}

/// Parses a number.
#[doc(hidden)]
pub fn parse_number<T: From<Number>>(text: &str) -> Result<T, NotANumber> {
    match text.parse::<Number>() {
        Ok(number) => Ok(T::from(integral(number))),
        Err(_) => Err(NotANumber(())),
    }
}

/// Defines an enum of integers that is open: a number it has no name for, fractional ones included, is kept in `Unknown`
/// and written back unchanged.
///
/// ```
/// postpress_runtime::open_integer_enum! {
///     /// What kind of chat it is.
///     pub enum ChatType {
///         /// Two people.
///         Direct = 0,
///         /// More than two.
///         Group = 1,
///     }
/// }
///
/// let group: ChatType = serde_json::from_str("1")?;
/// assert_eq!(group, ChatType::Group);
/// assert_eq!(group.value(), Some(1));
///
/// let new: ChatType = serde_json::from_str("2.5")?;
/// assert!(new.is_unknown());
/// assert_eq!(new.value(), None);
/// assert_eq!(serde_json::to_string(&new)?, "2.5");
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// The enum is `#[non_exhaustive]` and has `Clone`, `Debug`, `PartialEq`, `Eq`, `Hash`, `PartialOrd` and `Ord` (named values
/// in the order of the document, then the unknown ones by size), `Display` and `FromStr`, `From<i64>`,
/// `From<serde_json::Number>`, `Serialize`, `Deserialize` (anything but a number is an error) and `multipart::FormValue`.
#[macro_export]
macro_rules! open_integer_enum {
    (
        $(#[$attribute:meta])*
        $visibility:vis enum $name:ident {
            $($(#[$variant_attribute:meta])* $variant:ident = $value:literal),* $(,)?
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        $visibility enum $name {
            $(
                $(#[$variant_attribute])*
                #[doc = ""]
                #[doc = $crate::__private::std::concat!("On the wire: `", $value, "`.")]
                $variant,
            )*
            /// A number that has no name here, kept as it came.
            Unknown($crate::UnknownNumber),
        }

        impl $name {
            /// Every value that has a name, in the order of the document.
            pub const VALUES: &'static [Self] = &[$(Self::$variant),*];

            /// The value as it is on the wire; `None` if it is not an integer, or too large for one.
            pub fn value(&self) -> $crate::__private::std::option::Option<i64> {
                match self {
                    $(Self::$variant => $crate::__private::std::option::Option::Some($value),)*
                    Self::Unknown(number) => number.as_i64(),
                }
            }

            /// Whether the value has no name here.
            pub fn is_unknown(&self) -> bool {
                $crate::__private::std::matches!(self, Self::Unknown(_))
            }

            #[allow(clippy::self_named_constructors, reason = "an enum may be called `Known`")]
            fn known(value: i64) -> $crate::__private::std::option::Option<Self> {
                match value {
                    $($value => $crate::__private::std::option::Option::Some(Self::$variant),)*
                    _ => $crate::__private::std::option::Option::None,
                }
            }
        }

        impl $crate::__private::std::convert::From<i64> for $name {
            fn from(value: i64) -> Self {
                Self::known(value).unwrap_or_else(|| Self::Unknown($crate::__private::unknown_number(value)))
            }
        }

        impl $crate::__private::std::convert::From<$crate::serde_json::Number> for $name {
            fn from(number: $crate::serde_json::Number) -> Self {
                let number = $crate::__private::unknown_number(number);
                number.as_i64().and_then(Self::known).unwrap_or(Self::Unknown(number))
            }
        }

        impl $crate::__private::std::str::FromStr for $name {
            type Err = $crate::NotANumber;

            fn from_str(text: &str) -> $crate::__private::std::result::Result<Self, <Self as $crate::__private::std::str::FromStr>::Err> {
                $crate::__private::parse_number(text)
            }
        }

        impl $crate::__private::std::fmt::Display for $name {
            fn fmt(
                &self,
                f: &mut $crate::__private::std::fmt::Formatter<'_>,
            ) -> $crate::__private::std::fmt::Result {
                match self {
                    $(Self::$variant => $crate::__private::std::fmt::Display::fmt(&($value as i64), f),)*
                    Self::Unknown(number) => $crate::__private::std::fmt::Display::fmt(number, f),
                }
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> $crate::__private::std::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant => serializer.serialize_i64($value),)*
                    Self::Unknown(number) => $crate::serde::Serialize::serialize(number, serializer),
                }
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> $crate::__private::std::result::Result<Self, D::Error> {
                $crate::__private::deserialize_number(deserializer, &[$($value),*])
            }
        }

        $crate::__text_form_value!($name);
        $crate::__integer_enum_schema!($name);
    };
}
