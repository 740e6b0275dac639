//! With the feature, the macros for schemas implement `JsonSchema`.

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
