//! What can stand in a field.

mod collection;
mod json;
mod scalar;

use crate::error::FormError;
use crate::field::Field;

pub(crate) use json::write_deep;

/// A value that can stand in a field.
///
/// | Type | What it writes |
/// |---|---|
/// | strings, [`char`], IP addresses | the text as it is |
/// | [`bool`] | `true` or `false` |
/// | integers | their digits |
/// | [`f32`], [`f64`] | without a fraction if they have none: `3`; NaN and infinities are refused |
/// | [`Upload`](crate::Upload) | a file part |
/// | [`Option`] | its value, or nothing |
/// | [`Vec`], slices, arrays | each member: scalars and files under the same name, objects and arrays as `name[0]` |
/// | maps with string keys | each entry as `name[key]`, sorted by key |
/// | [`serde_json::Map`] | the same, to any depth |
/// | [`serde_json::Value`] | a scalar, as above; `null` nothing; arrays and objects are refused (use [`Field::json`] or [`Field::deep`]) |
/// | [`Box`], references | what is in them |
///
/// Types that stand for an object write their members and say that they do not
/// [repeat](Self::REPEATS):
///
/// ```
/// use postpress_multipart::{Field, FormError, FormValue};
///
/// struct Schedule {
///     days: u8,
///     time_zone: Option<String>,
/// }
///
/// impl FormValue for Schedule {
///     const REPEATS: bool = false;
///
///     fn write(&self, mut field: Field<'_>) -> Result<(), FormError> {
///         field.member("days").put(&self.days)?;
///         field.member("time_zone").put(&self.time_zone)
///     }
/// }
/// ```
pub trait FormValue {
    /// Whether several of these in an array repeat the array's name (scalars and files do), rather
    /// than being numbered (`name[0]`, as objects and arrays are).
    const REPEATS: bool = true;

    /// Writes the value at a place of a form.
    ///
    /// # Errors
    ///
    /// A value that cannot be sent there.
    fn write(&self, field: Field<'_>) -> Result<(), FormError>;
}

impl<T: FormValue> FormValue for Option<T> {
    const REPEATS: bool = T::REPEATS;

    fn write(&self, field: Field<'_>) -> Result<(), FormError> {
        match self {
            Some(value) => value.write(field),
            None => Ok(()),
        }
    }
}

impl<T: FormValue + ?Sized> FormValue for Box<T> {
    const REPEATS: bool = T::REPEATS;

    fn write(&self, field: Field<'_>) -> Result<(), FormError> {
        T::write(self, field)
    }
}

impl<T: FormValue + ?Sized> FormValue for &T {
    const REPEATS: bool = T::REPEATS;

    fn write(&self, field: Field<'_>) -> Result<(), FormError> {
        T::write(self, field)
    }
}
