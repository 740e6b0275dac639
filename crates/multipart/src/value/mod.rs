//! The values that a form can hold.

mod collection;
mod file_or;
mod json;
mod scalar;

use crate::field::FieldWriter;

pub use file_or::FileOr;
pub(crate) use json::write_deep;

/// A value that a form can hold.
///
/// | Type | What it writes |
/// |---|---|
/// | strings, [`char`], IP addresses | the text as it is |
/// | [`bool`] | `true` or `false` |
/// | integers | their digits |
/// | [`f32`], [`f64`] | without a fraction if they have none: `3`; NaN and infinities are refused |
/// | [`Upload`](crate::Upload) | a file part |
/// | [`FileOr`] | a file part, or a value as [`FieldWriter::text_or_json`] writes it |
/// | [`Option`] | its value, or nothing |
/// | [`Vec`], slices, arrays | each member: scalars and files under the same name, objects and arrays as `name[0]` |
/// | maps with string keys | each entry as `name[key]`, sorted by key |
/// | [`serde_json::Map`] | the same, to any depth |
/// | [`serde_json::Value`] | a scalar, as above; `null` nothing; arrays and objects are refused (use [`FieldWriter::json`] or [`FieldWriter::deep`]) |
/// | [`Box`], references | what they hold |
///
/// An object writes its members:
///
/// ```
/// use postpress_multipart::{FieldWriter, FormValue};
///
/// struct Schedule {
///     days: u8,
///     time_zone: Option<String>,
/// }
///
/// impl FormValue for Schedule {
///     fn write(&self, mut field: FieldWriter<'_>) {
///         field.member("days").put(&self.days);
///         field.member("time_zone").put(&self.time_zone);
///     }
/// }
/// ```
pub trait FormValue {
    /// Whether several of these in an array repeat the array's name, as scalars and files do,
    /// rather than being numbered (`name[0]`), as objects and arrays are.
    const REPEATS: bool = false;

    /// Writes the value at a place of a form.
    fn write(&self, field: FieldWriter<'_>);
}

impl<T: FormValue> FormValue for Option<T> {
    const REPEATS: bool = T::REPEATS;

    fn write(&self, field: FieldWriter<'_>) {
        if let Some(value) = self {
            value.write(field);
        }
    }
}

impl<T: FormValue + ?Sized> FormValue for Box<T> {
    const REPEATS: bool = T::REPEATS;

    fn write(&self, field: FieldWriter<'_>) {
        T::write(self, field);
    }
}

impl<T: FormValue + ?Sized> FormValue for &T {
    const REPEATS: bool = T::REPEATS;

    fn write(&self, field: FieldWriter<'_>) {
        T::write(self, field);
    }
}
