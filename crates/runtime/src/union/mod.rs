//! Variants that keep the JSON they cannot read.
//!
//! serde reads the JSON of a tagged or untagged enum into a tree, and then the tree into the variant. Here it is done in one
//! of two ways:
//!
//! - **With care** ([`careful`]): the JSON is skipped over, which costs about a third of decoding it, and the variant is decoded
//!   from its text. If it does not fit, the text is still there for `Unknown`. This always works.
//! - **In one pass** ([`one_pass`]): the variant is decoded as soon as its tag is read, like any other struct. If it does not fit,
//!   what came before is lost; so this is only for those who can begin again with care, as
//!   [`decode_json`](crate::decode_json) does. [`mode`] has the agreement between the two.

mod careful;
mod hide;
mod inline_tag;
mod mode;
mod one_pass;
mod tag;
mod tagged;
mod text;
mod untagged;

pub(crate) use self::mode::one_pass_first;

pub use self::careful::{Json, decode_untagged};
pub use self::inline_tag::serialize_tagged;
pub use self::tag::Tag;
pub use self::tagged::{TaggedUnion, decode_tagged};
