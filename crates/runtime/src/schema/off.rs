//! Without the feature, the macros for schemas expand to nothing.

#[doc(hidden)]
#[macro_export]
macro_rules! __string_enum_schema {
    ($($tokens:tt)*) => {};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __integer_enum_schema {
    ($($tokens:tt)*) => {};
}
