//! Bodies that are not always of one type.

use serde::de::DeserializeOwned;

use crate::decode::{DecodeError, decode_json, without_bom};

/// What the body of a response is read as, which may depend on the status.
///
/// Whatever deserializes is read as JSON; [`bodies_by_status!`](crate::bodies_by_status) defines enums with a variant for each
/// status.
pub trait FromBody: Sized {
    /// Reads the body of a response with this status.
    ///
    /// # Errors
    /// If it is not what is documented for the status.
    fn from_body(status: u16, body: &[u8]) -> Result<Self, DecodeError>;

    /// Reads the body of an error; `None` if nothing can be made of it.
    fn from_error_body(status: u16, body: &[u8]) -> Option<Self> {
        Self::from_body(status, body).ok()
    }
}

impl<T: DeserializeOwned> FromBody for T {
    fn from_body(_: u16, body: &[u8]) -> Result<Self, DecodeError> {
        decode_json(body)
    }
}

/// Reads a body as text. Bytes that are not UTF-8 become U+FFFD.
#[doc(hidden)]
pub fn text_body(body: &[u8]) -> String {
    String::from_utf8_lossy(without_bom(body)).into_owned()
}

/// Defines an enum of the bodies that responses have by their status, exact ones before ranges: JSON of a type, `as text`, or nothing
/// that is looked at. The JSON of any other status is kept in `Unknown`; as an error, so is what is not as documented.
///
/// ```
/// use postpress_runtime::FromBody;
///
/// postpress_runtime::bodies_by_status! {
///     /// What comes of a search.
///     pub enum SearchSuccess {
///         /// 200: What was found.
///         200 => Ok(Vec<u32>),
///         /// 202: It takes a while.
///         202 => Accepted(String) as text,
///         /// 204: Nothing was found.
///         204 => NoContent,
///     }
/// }
///
/// assert_eq!(SearchSuccess::from_body(200, b"[1]")?, SearchSuccess::Ok(vec![1]));
/// assert_eq!(SearchSuccess::from_body(202, b"soon")?, SearchSuccess::Accepted("soon".into()));
/// assert_eq!(SearchSuccess::from_body(204, b"")?, SearchSuccess::NoContent);
/// assert_eq!(SearchSuccess::from_body(203, b"[1]")?, SearchSuccess::Unknown(serde_json::json!([1])));
/// assert!(SearchSuccess::from_body(200, b"{}").is_err());
/// # Ok::<(), postpress_runtime::DecodeError>(())
/// ```
///
/// The enum is `#[non_exhaustive]` and has `Clone`, `Debug`, `PartialEq` and [`FromBody`].
#[macro_export]
macro_rules! bodies_by_status {
    (
        $(#[$attribute:meta])*
        $visibility:vis enum $name:ident {
            $(
                $(#[$variant_attribute:meta])*
                $status:pat => $variant:ident $(($ty:ty))? $(as $text:ident)?
            ),* $(,)?
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        $visibility enum $name {
            $($(#[$variant_attribute])* $variant $(($ty))?,)*
            /// What is not documented: its JSON.
            Unknown($crate::serde_json::Value),
        }

        impl $crate::FromBody for $name {
            fn from_body(
                status: u16,
                body: &[u8],
            ) -> $crate::__private::std::result::Result<Self, $crate::DecodeError> {
                #[allow(unreachable_patterns, reason = "the last may be for any status")]
                match status {
                    $($status => $crate::bodies_by_status!(@read body, $variant $(, $ty)? $(, $text)?),)*
                    _ => $crate::decode_json(body).map(Self::Unknown),
                }
            }

            fn from_error_body(
                status: u16,
                body: &[u8],
            ) -> $crate::__private::std::option::Option<Self> {
                let read = <Self as $crate::FromBody>::from_body(status, body);
                read.or_else(|_| $crate::decode_json(body).map(Self::Unknown)).ok()
            }
        }
    };
    (@read $body:ident, $variant:ident, $ty:ty, text) => {
        $crate::__private::std::result::Result::Ok(Self::$variant($crate::__private::text_body($body)))
    };
    (@read $body:ident, $variant:ident, $ty:ty) => {
        $crate::decode_json($body).map(Self::$variant)
    };
    (@read $body:ident, $variant:ident) => {
        $crate::__private::std::result::Result::Ok(Self::$variant)
    };
}
