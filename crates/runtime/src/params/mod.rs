//! Parameters of any shape, as the tree of texts that they are on the wire.

mod encode;
mod pairs;
mod tree;

pub(crate) use self::encode::{encode, encode_literal};
pub(crate) use self::pairs::{Pairs, exploded, joined};
pub(crate) use self::tree::{Node, Unsupported, tree};
