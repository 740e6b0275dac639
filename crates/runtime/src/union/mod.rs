//! Variants that keep the JSON they cannot read.

mod decode;
mod filter;
mod inline_tag;
mod json;
mod tag;
mod tagged;
mod text;
mod untagged;

pub use self::decode::decode_union;
pub use self::inline_tag::serialize_tagged;
pub use self::json::Json;
pub use self::tag::Tag;
