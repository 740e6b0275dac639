//! The types of this crate as fields of a multipart form.

use postpress_multipart::{Field, FormError, FormValue};

use crate::timestamp::Timestamp;

impl FormValue for Timestamp {
    fn write(&self, field: Field<'_>) -> Result<(), FormError> {
        field.text(self)
    }
}

/// `multipart::FormValue` by way of `Display`.
#[doc(hidden)]
#[macro_export]
macro_rules! __text_form_value {
    ($name:ident) => {
        impl $crate::multipart::FormValue for $name {
            fn write(
                &self,
                field: $crate::multipart::Field<'_>,
            ) -> $crate::__private::std::result::Result<(), $crate::multipart::FormError> {
                field.text(self)
            }
        }
    };
}
