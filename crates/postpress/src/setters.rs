//! Setters of what is optional.

/// Gives a builder two methods for each value that is optional: one that takes it, and one that takes an `Option` of it, for values that
/// come from elsewhere. `=>` is followed by the field that holds it, and, where that is of another type, what makes it of the value.
macro_rules! setters {
    ($($(#[$docs:meta])* $name:ident, $maybe:ident($value:ident: $type:ty) => $($field:tt).+ $(, $change:expr)?;)+) => {$(
        $(#[$docs])*
        pub fn $name(self, $value: $type) -> Self {
            self.$maybe(Some($value))
        }

        #[doc = concat!("The same with an `Option`: `None` is as if [`", stringify!($name), "`](Self::", stringify!($name), ") had not been called.")]
        pub fn $maybe(mut self, $value: Option<$type>) -> Self {
            self.$($field).+ = $value.map(Into::into)$(.map($change))?;
            self
        }
    )+};
}
pub(crate) use setters;
