//! Guides.

#[doc = include_str!("delivery.md")]
pub mod delivery {}
