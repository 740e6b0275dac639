//! Values that are written as one part.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::num;

use crate::error::Reason;
use crate::field::FieldWriter;
use crate::upload::Upload;
use crate::value::FormValue;

/// For types whose `Display` is what goes on the wire.
macro_rules! as_printed {
    ($($type:ty),* $(,)?) => {$(
        impl FormValue for $type {
            const REPEATS: bool = true;

            fn write(&self, field: FieldWriter<'_>) {
                field.text(self);
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

/// For floating-point numbers. Rust prints 3.0 as `3`, and never in scientific notation; adding zero
/// makes -0 a 0. An `f32` is not printed by way of `f64`, which would make 0.1 a
/// 0.10000000149011612.
macro_rules! finite {
    ($($type:ty),*) => {$(
        impl FormValue for $type {
            const REPEATS: bool = true;

            fn write(&self, mut field: FieldWriter<'_>) {
                if self.is_finite() {
                    field.text(self + 0.0);
                } else {
                    field.reject(Reason::NotFinite(f64::from(*self)));
                }
            }
        }
    )*};
}

finite!(f32, f64);

impl FormValue for Upload {
    const REPEATS: bool = true;

    fn write(&self, field: FieldWriter<'_>) {
        field.upload(self);
    }
}
