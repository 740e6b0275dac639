//! Unions told apart by what fits.

/// Defines a union of types that are told apart by trying: the first that the JSON fits.
///
/// ```
/// # use postpress_runtime::{Timestamp, untagged_union};
/// untagged_union! {
///     /// Until when a chat is muted.
///     pub enum MutedUntil {
///         /// For good: -1.
///         Indefinitely(i64),
///         /// Until then.
///         Until(Timestamp),
///     }
/// }
///
/// let until: MutedUntil = serde_json::from_str("-1")?;
/// assert_eq!(until, MutedUntil::Indefinitely(-1));
/// let until: MutedUntil = serde_json::from_str("[]")?;
/// assert_eq!(until, MutedUntil::Unknown(serde_json::json!([])));
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// Decoding never fails on JSON that is well formed: what fits none of the types gives `Unknown`, which keeps the JSON and
/// writes it back.
///
/// `Limit(f64) with number` writes a variant as [`number`](crate::number) does.
///
/// The enum is `#[non_exhaustive]` and has `Clone`, `Debug`, `PartialEq`, `Serialize` and `Deserialize`, so the variants' types
/// must have them too; and `JsonSchema`, where both this crate and the invoking one have a feature `schemars` that is on.
#[macro_export]
macro_rules! untagged_union {
    (
        $(#[$attribute:meta])*
        $visibility:vis enum $name:ident {
            $($(#[$variant_attribute:meta])* $variant:ident($type:ty) $(with $with:ident)?),* $(,)?
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        $visibility enum $name {
            $($(#[$variant_attribute])* $variant($type),)*
            /// What fits no other variant: its JSON, written back as it came.
            Unknown($crate::serde_json::Value),
        }

        impl $name {
            /// Whether only the JSON is known.
            pub fn is_unknown(&self) -> bool {
                $crate::__private::std::matches!(self, Self::Unknown(_))
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> $crate::__private::std::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(variant) => $crate::__serialize_variant!(variant, serializer $(, $with)?),)*
                    Self::Unknown(json) => $crate::serde::Serialize::serialize(json, serializer),
                }
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> $crate::__private::std::result::Result<Self, D::Error> {
                let decoded = $crate::__private::decode_untagged(deserializer, |json| {
                    $(if let $crate::__private::std::option::Option::Some(variant) = json.decode() {
                        return $crate::__private::std::option::Option::Some(Self::$variant(variant));
                    })*
                    $crate::__private::std::option::Option::None
                })?;
                $crate::__private::std::result::Result::Ok(decoded.unwrap_or_else(Self::Unknown))
            }
        }

        $crate::__untagged_union_schema!($name { $($type),* });
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __serialize_variant {
    ($variant:ident, $serializer:ident) => {
        $crate::serde::Serialize::serialize($variant, $serializer)
    };
    ($variant:ident, $serializer:ident, number) => {
        $crate::number::serialize($variant, $serializer)
    };
}
