//! Open enums of strings.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserializer, Visitor};

/// A string that an open enum has no name for.
///
/// Only the enum's own conversions make one, so a value that has a name is never unknown: two values are equal exactly
/// when their texts are.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    /// The value as it came.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// For the enums' conversions.
#[doc(hidden)]
pub fn unknown_value(text: impl Into<Box<str>>) -> UnknownValue {
    UnknownValue(text.into())
}

/// Decodes a string without copying one that is known.
#[doc(hidden)]
pub fn deserialize_string<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: From<String> + for<'a> From<&'a str>,
{
    struct StringVisitor<T>(PhantomData<T>);

    impl<T: From<String> + for<'a> From<&'a str>> Visitor<'_> for StringVisitor<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
            Ok(T::from(text))
        }

        fn visit_string<E: de::Error>(self, text: String) -> Result<T, E> {
            Ok(T::from(text))
        }
    }

    deserializer.deserialize_str(StringVisitor(PhantomData))
}

/// Defines an enum of strings that is open: a value it has no name for is kept in `Unknown` and written back unchanged.
///
/// ```
/// postpress_runtime::open_string_enum! {
///     /// The service behind an account.
///     pub enum AccountType {
///         /// WhatsApp.
///         Whatsapp = "WHATSAPP",
///         /// LinkedIn.
///         Linkedin = "LINKEDIN",
///     }
/// }
///
/// assert_eq!(AccountType::from("LINKEDIN"), AccountType::Linkedin);
/// assert_eq!(AccountType::VALUES, [AccountType::Whatsapp, AccountType::Linkedin]);
///
/// let new: AccountType = serde_json::from_str(r#""SIGNAL""#)?;
/// assert!(new.is_unknown());
/// assert_eq!(new.as_str(), "SIGNAL");
/// assert_eq!(serde_json::to_string(&new)?, r#""SIGNAL""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// The enum is `#[non_exhaustive]` and has `Clone`, `Debug`, `PartialEq`, `Eq`, `Hash`, `PartialOrd` and `Ord` (named values
/// in the order of the document, then the unknown ones), `Display` and `FromStr` (which cannot fail), `From<&str>`,
/// `From<String>`, `Serialize`, `Deserialize` (anything but a string is an error) and `multipart::FormValue`.
#[macro_export]
macro_rules! open_string_enum {
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
            /// A value that has no name here, kept as it came.
            Unknown($crate::UnknownValue),
        }

        impl $name {
            /// Every value that has a name, in the order of the document.
            pub const VALUES: &'static [Self] = &[$(Self::$variant),*];

            /// The value as it is on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }

            /// Whether the value has no name here.
            pub fn is_unknown(&self) -> bool {
                $crate::__private::std::matches!(self, Self::Unknown(_))
            }

            #[allow(clippy::self_named_constructors, reason = "an enum may be called `Known`")]
            fn known(value: &str) -> $crate::__private::std::option::Option<Self> {
                match value {
                    $($value => $crate::__private::std::option::Option::Some(Self::$variant),)*
                    _ => $crate::__private::std::option::Option::None,
                }
            }
        }

        impl $crate::__private::std::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                Self::known(value).unwrap_or_else(|| Self::Unknown($crate::__private::unknown_value(value)))
            }
        }

        impl $crate::__private::std::convert::From<$crate::__private::std::string::String> for $name {
            fn from(value: $crate::__private::std::string::String) -> Self {
                Self::known(&value).unwrap_or_else(|| Self::Unknown($crate::__private::unknown_value(value)))
            }
        }

        impl $crate::__private::std::str::FromStr for $name {
            type Err = $crate::__private::std::convert::Infallible;

            fn from_str(value: &str) -> $crate::__private::std::result::Result<Self, <Self as $crate::__private::std::str::FromStr>::Err> {
                $crate::__private::std::result::Result::Ok(<Self as $crate::__private::std::convert::From<&str>>::from(value))
            }
        }

        impl $crate::__private::std::fmt::Display for $name {
            fn fmt(
                &self,
                f: &mut $crate::__private::std::fmt::Formatter<'_>,
            ) -> $crate::__private::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::__private::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> $crate::__private::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> $crate::__private::std::result::Result<Self, D::Error> {
                $crate::__private::deserialize_string(deserializer)
            }
        }

        $crate::__text_form_value!($name);
        $crate::__string_enum_schema!($name);
    };
}
