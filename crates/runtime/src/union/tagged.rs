//! Unions told apart by a tag.

use serde::Deserializer;
use serde_json::Value;

use super::mode::is_one_pass;
use super::tag::Tag;
use super::{careful, one_pass};

/// What [`tagged_union!`](crate::tagged_union) says of a union.
#[doc(hidden)]
pub trait TaggedUnion: Sized {
    /// The name of the tag.
    const TAG: &'static str;
    /// Whether the variants' types have the tag as a member of their own.
    const TAG_IN_STRUCT: bool;
    /// Which variant it is.
    type Variant;

    /// The variant that a tag stands for, if it stands for one.
    fn choose(tag: &Tag<'_>) -> Option<Self::Variant>;

    /// Decodes a variant.
    fn decode<'de, D: Deserializer<'de>>(
        variant: Self::Variant,
        deserializer: D,
    ) -> Result<Self, D::Error>;

    /// Keeps what is no variant.
    fn unknown(json: Value) -> Self;
}

/// Decodes a tagged union.
#[doc(hidden)]
pub fn decode_tagged<'de, D: Deserializer<'de>, T: TaggedUnion>(
    deserializer: D,
) -> Result<T, D::Error> {
    if is_one_pass() {
        one_pass::decode_tagged(deserializer)
    } else {
        careful::decode_tagged(deserializer)
    }
}

/// Defines a union of objects that are told apart by the value of one member, the tag.
///
/// ```
/// # use postpress_runtime::tagged_union;
/// #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
/// # #[cfg_attr(feature = "schemars", derive(postpress_runtime::schemars::JsonSchema))]
/// # #[cfg_attr(feature = "schemars", schemars(crate = "postpress_runtime::schemars"))]
/// pub struct Image {
///     pub url: String,
/// }
///
/// tagged_union! {
///     /// Something attached to a message.
///     pub enum Attachment tag "type" {
///         /// A picture.
///         Image = "img" => Image,
///     }
/// }
///
/// let json = r#"[{"url": "/1", "type": "img"}, {"type": "hologram", "size": 3}]"#;
/// let attachments: Vec<Attachment> = serde_json::from_str(json)?;
/// assert_eq!(attachments[0], Attachment::Image(Image { url: "/1".into() }));
/// assert_eq!(attachments[1], Attachment::Unknown(serde_json::json!({"type": "hologram", "size": 3})));
/// assert_eq!(serde_json::to_string(&attachments[0])?, r#"{"type":"img","url":"/1"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// Decoding never fails on JSON that is well formed: a tag that is not listed, no tag, or members that do not fit the
/// variant give `Unknown`, which keeps the JSON and writes it back. The tag may come anywhere in the object.
///
/// - `Classic = "classic" default => Classic` marks the variant that is meant when the tag is absent or `null`.
/// - The union writes the tag; the variants' types do not have it, nor see it. With `tag "type" in struct` the variants'
///   types have the member themselves, and the union writes nothing of its own.
///
/// The enum is `#[non_exhaustive]` and has `Clone`, `Debug`, `PartialEq`, `Serialize` and `Deserialize`, so the variants' types
/// must have them too; and `JsonSchema`, where both this crate and the invoking one have a feature `schemars` that is on.
#[macro_export]
macro_rules! tagged_union {
    (
        $(#[$attribute:meta])*
        $visibility:vis enum $name:ident tag $tag:literal in struct { $($variants:tt)* }
    ) => {
        $crate::__tagged_union! {
            tag in struct [true __serialize_whole]
            $(#[$attribute])* $visibility enum $name tag $tag { $($variants)* }
        }
    };
    (
        $(#[$attribute:meta])*
        $visibility:vis enum $name:ident tag $tag:literal { $($variants:tt)* }
    ) => {
        $crate::__tagged_union! {
            tag in struct [false __serialize_with_tag]
            $(#[$attribute])* $visibility enum $name tag $tag { $($variants)* }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __tagged_union {
    (
        tag in struct [$tag_in_struct:literal $serialize:ident]
        $(#[$attribute:meta])*
        $visibility:vis enum $name:ident tag $tag:literal {
            $($(#[$variant_attribute:meta])* $variant:ident = $value:literal $($default:ident)? => $type:ty),* $(,)?
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        $visibility enum $name {
            $(
                $(#[$variant_attribute])*
                #[doc = ""]
                #[doc = $crate::__private::std::concat!("On the wire: `\"", $tag, "\": \"", $value, "\"`.")]
                $variant($type),
            )*
            /// What has another tag or none, or does not fit: its JSON, written back as it came.
            Unknown($crate::serde_json::Value),
        }

        impl $name {
            /// The value of the tag; `None` if it is unknown and has none.
            pub fn tag(&self) -> $crate::__private::std::option::Option<&str> {
                match self {
                    $(Self::$variant(_) => $crate::__private::std::option::Option::Some($value),)*
                    Self::Unknown(json) => json.get($tag).and_then($crate::serde_json::Value::as_str),
                }
            }

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
                    $(Self::$variant(variant) => $crate::$serialize!($tag, $value, variant, serializer),)*
                    Self::Unknown(json) => $crate::serde::Serialize::serialize(json, serializer),
                }
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> $crate::__private::std::result::Result<Self, D::Error> {
                $crate::__private::decode_tagged(deserializer)
            }
        }

        const _: () = {
            pub enum Variant {
                $($variant,)*
            }

            impl $crate::__private::TaggedUnion for $name {
                const TAG: &'static str = $tag;
                const TAG_IN_STRUCT: bool = $tag_in_struct;
                type Variant = Variant;

                fn choose(
                    tag: &$crate::__private::Tag<'_>,
                ) -> $crate::__private::std::option::Option<Self::Variant> {
                    $(if tag.chooses($value, $crate::__is_default!($($default)?)) {
                        return $crate::__private::std::option::Option::Some(Variant::$variant);
                    })*
                    $crate::__private::std::option::Option::None
                }

                fn decode<'de, D: $crate::serde::Deserializer<'de>>(
                    variant: Self::Variant,
                    deserializer: D,
                ) -> $crate::__private::std::result::Result<Self, D::Error> {
                    match variant {
                        $(Variant::$variant => {
                            <$type as $crate::serde::Deserialize>::deserialize(deserializer).map(Self::$variant)
                        })*
                    }
                }

                fn unknown(json: $crate::serde_json::Value) -> Self {
                    Self::Unknown(json)
                }
            }
        };

        $crate::__tagged_union_schema!($name $tag { $($value [$crate::__is_default!($($default)?)] $type),* });
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __is_default {
    () => {
        false
    };
    (default) => {
        true
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __serialize_whole {
    ($tag:literal, $value:literal, $variant:ident, $serializer:ident) => {
        $crate::serde::Serialize::serialize($variant, $serializer)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __serialize_with_tag {
    ($tag:literal, $value:literal, $variant:ident, $serializer:ident) => {
        $crate::__private::serialize_tagged($tag, $value, $variant, $serializer)
    };
}
