//! Values that are one part.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::num;

use crate::error::{FormError, Reason};
use crate::field::Field;
use crate::upload::Upload;
use crate::value::FormValue;

/// For types whose `Display` is what goes on the wire.
macro_rules! as_printed {
    ($($type:ty),* $(,)?) => {$(
        impl FormValue for $type {
            fn write(&self, field: Field<'_>) -> Result<(), FormError> {
                field.text(self)
            }
        }
    )*};
}

as_printed!(
    str,
    String,
    Cow<'_, str>,
    char,
    bool,
    i8,
    i16,
    i32,
    i64,
    i128,
    isize,
    u8,
    u16,
    u32,
    u64,
    u128,
    usize,
    IpAddr,
    Ipv4Addr,
    Ipv6Addr,
    num::NonZeroI8,
    num::NonZeroI16,
    num::NonZeroI32,
    num::NonZeroI64,
    num::NonZeroU8,
    num::NonZeroU16,
    num::NonZeroU32,
    num::NonZeroU64,
);

impl FormValue for f64 {
    fn write(&self, field: Field<'_>) -> Result<(), FormError> {
        if !self.is_finite() {
            return Err(field.error(Reason::NotFinite(*self)));
        }
        // Rust prints 3.0 as `3`, and never in scientific notation. Adding zero makes -0 a 0.
        field.text(self + 0.0)
    }
}

impl FormValue for f32 {
    fn write(&self, field: Field<'_>) -> Result<(), FormError> {
        if !self.is_finite() {
            return Err(field.error(Reason::NotFinite(f64::from(*self))));
        }
        // Not by way of `f64`, which would print 0.1 as 0.10000000149011612.
        field.text(self + 0.0)
    }
}

impl FormValue for Upload {
    fn write(&self, field: Field<'_>) -> Result<(), FormError> {
        field.upload(self)
    }
}
