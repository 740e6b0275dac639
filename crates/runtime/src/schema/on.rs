//! With the feature, the macros for schemas implement `JsonSchema`.
//!
//! A union has a schema only if its variants have, and those are of the invoking crate, whose own feature may be off while
//! ours is on for the sake of a third crate. So these also ask for the invoking crate's feature, which it may
//! not even have.

/// `schema_name` and `schema_id`, by which schemars tells types apart.
#[doc(hidden)]
#[macro_export]
macro_rules! __schema_names {
    ($name:ident) => {
        fn schema_name() -> $crate::__private::std::string::String {
            $crate::__private::std::convert::From::from($crate::__private::std::stringify!($name))
        }

        fn schema_id() -> $crate::__private::std::borrow::Cow<'static, str> {
            $crate::__private::std::borrow::Cow::Borrowed($crate::__private::std::concat!(
                $crate::__private::std::module_path!(),
                "::",
                $crate::__private::std::stringify!($name)
            ))
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __string_enum_schema {
    ($name:ident) => {
        impl $crate::schemars::JsonSchema for $name {
            $crate::__schema_names!($name);

            fn json_schema(
                _: &mut $crate::schemars::r#gen::SchemaGenerator,
            ) -> $crate::schemars::schema::Schema {
                $crate::__private::string_enum(Self::VALUES, Self::as_str)
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __integer_enum_schema {
    ($name:ident) => {
        impl $crate::schemars::JsonSchema for $name {
            $crate::__schema_names!($name);

            fn json_schema(
                _: &mut $crate::schemars::r#gen::SchemaGenerator,
            ) -> $crate::schemars::schema::Schema {
                $crate::__private::integer_enum(Self::VALUES, Self::value)
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __tagged_union_schema {
    ($name:ident $tag:literal { $($value:literal [$optional:expr] $type:ty),* }) => {
        #[allow(unexpected_cfgs)]
        const _: () = {
        #[cfg(feature = "schemars")]
        impl $crate::schemars::JsonSchema for $name {
            $crate::__schema_names!($name);

            fn json_schema(
                generator: &mut $crate::schemars::r#gen::SchemaGenerator,
            ) -> $crate::schemars::schema::Schema {
                $crate::__private::any_of($crate::__private::std::vec![$(
                    $crate::__private::tagged(generator.subschema_for::<$type>(), $tag, $value, $optional)
                ),*])
            }
        }
        };
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __untagged_union_schema {
    ($name:ident { $($type:ty),* }) => {
        #[allow(unexpected_cfgs)]
        const _: () = {
        #[cfg(feature = "schemars")]
        impl $crate::schemars::JsonSchema for $name {
            $crate::__schema_names!($name);

            fn json_schema(
                generator: &mut $crate::schemars::r#gen::SchemaGenerator,
            ) -> $crate::schemars::schema::Schema {
                $crate::__private::any_of($crate::__private::std::vec![$(generator.subschema_for::<$type>()),*])
            }
        }
        };
    };
}
