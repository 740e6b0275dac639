//! `schemars::JsonSchema` for the types of this crate and those that its macros define.
//!
//! A macro expands in another crate, whose features are not ours; so whether the feature is on is decided here, by which of
//! two macros exists.

#[cfg_attr(feature = "schemars", path = "on.rs")]
#[cfg_attr(not(feature = "schemars"), path = "off.rs")]
mod macros;
#[cfg(feature = "schemars")]
mod odd;
#[cfg(feature = "schemars")]
mod shapes;
#[cfg(feature = "schemars")]
mod timestamp;

#[cfg(feature = "schemars")]
pub use self::shapes::{integer_enum, string_enum, tagged_union_schema};
