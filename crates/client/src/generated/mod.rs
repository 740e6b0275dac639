// Generated from spec/postpress.yaml, do not edit. To regenerate: cargo xtask generate

//! The generated client: one module for each concern.

/// The client and its operations.
pub mod client;
/// Enums that keep the values they do not know.
pub mod enums;
/// The documented error types.
pub mod errors;
/// Bodies that are sent as `multipart/form-data`.
#[allow(clippy::large_enum_variant, reason = "variants are as large as the document makes them")]
pub mod forms;
/// The optional parameters of operations.
pub mod params;
/// Objects that travel as JSON.
pub mod types;
/// Values that come in one of several kinds.
#[allow(clippy::large_enum_variant, reason = "variants are as large as the document makes them")]
pub mod variants;

pub use client::{Client, DEFAULT_BASE_URL, API_V1_BASE_URL};
