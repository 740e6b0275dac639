//! The types of this crate as fields of a multipart form.

use postpress_multipart::{FieldWriter, FormValue};

use crate::timestamp::Timestamp;

impl FormValue for Timestamp {
    const REPEATS: bool = true;

    fn write(&self, field: FieldWriter<'_>) {
        field.text(self);
    }
}

/// `multipart::FormValue` by way of `Display`.
#[doc(hidden)]
#[macro_export]
macro_rules! __text_form_value {
    ($name:ident) => {
        impl $crate::multipart::FormValue for $name {
            const REPEATS: bool = true;

            fn write(&self, field: $crate::multipart::FieldWriter<'_>) {
                field.text(self);
            }
        }
    };
}
