//! Members that a type does not declare.

use serde::{Deserialize, Deserializer};

/// Decodes the map of a type's undeclared members, for
/// `#[serde(flatten, deserialize_with = "::postpress_runtime::extra::deserialize")]`.
///
/// It does what `#[serde(flatten)]` alone does: the unions of this crate decode from serde's buffers too.
///
/// # Errors
/// Those of the map's values.
pub fn deserialize<'de, D, M>(deserializer: D) -> Result<M, D::Error>
where
    D: Deserializer<'de>,
    M: Deserialize<'de>,
{
    M::deserialize(deserializer)
}
