//! Numbers as services expect them: an integer has no fraction.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

use serde::ser::{Error, Serialize, SerializeMap, Serializer};

use crate::odd::{Items, MaybeOdd};

/// Integers up to here are exact in a double, in every reader.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Writes floats that are integers without a fraction: `3`, where serde writes `3.0`, which services that validate
/// integers refuse. For `#[serde(serialize_with = "::postpress_runtime::number::serialize")]` on a field of `f64` or `f32`,
/// or of options, boxes, lists and maps of them.
///
/// ```
/// #[derive(serde::Serialize)]
/// struct Delay {
///     #[serde(serialize_with = "postpress_runtime::number::serialize")]
///     days: Vec<Option<f64>>,
/// }
/// let delay = Delay { days: vec![Some(3.0), Some(0.5), None] };
/// assert_eq!(serde_json::to_string(&delay)?, r#"{"days":[3,0.5,null]}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Errors
/// For NaN and infinities, which JSON does not have, and those of the serializer.
pub fn serialize<T: Number + ?Sized, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    value.serialize_number(serializer)
}

/// What [`serialize`] takes: floats, and options, boxes, lists and maps of them.
pub trait Number {
    /// Writes the value.
    ///
    /// # Errors
    /// As [`serialize`].
    fn serialize_number<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

/// A number as `Serialize`, for the members of containers.
struct AsNumber<'a, T: ?Sized>(&'a T);

impl<T: Number + ?Sized> Serialize for AsNumber<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize_number(serializer)
    }
}

impl Number for f64 {
    fn serialize_number<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !self.is_finite() {
            return Err(S::Error::custom(format_args!(
                "{self} is not a number of JSON"
            )));
        }
        if self.fract() == 0.0 && self.abs() < EXACT {
            // Exact: the value is an integer and within range.
            serializer.serialize_i64(*self as i64)
        } else {
            serializer.serialize_f64(*self)
        }
    }
}

impl Number for f32 {
    fn serialize_number<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let double = f64::from(*self);
        if self.is_finite() && !(self.fract() == 0.0 && double.abs() < EXACT) {
            // Not as a double: 0.1 would become 0.10000000149011612.
            serializer.serialize_f32(*self)
        } else {
            double.serialize_number(serializer)
        }
    }
}

impl<T: Number> Number for Option<T> {
    fn serialize_number<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => serializer.serialize_some(&AsNumber(value)),
            None => serializer.serialize_none(),
        }
    }
}

impl<T: Number + ?Sized> Number for Box<T> {
    fn serialize_number<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize_number(serializer)
    }
}

impl<T: Number + ?Sized> Number for &T {
    fn serialize_number<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize_number(serializer)
    }
}

impl<T: Number> Number for [T] {
    fn serialize_number<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(AsNumber))
    }
}

impl<T: Number> Number for Vec<T> {
    fn serialize_number<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_slice().serialize_number(serializer)
    }
}

impl<T: Number> Number for Items<T> {
    fn serialize_number<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize_as(AsNumber, serializer)
    }
}

impl<T: Number> Number for MaybeOdd<T> {
    fn serialize_number<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => value.serialize_number(serializer),
            Self::Odd(odd) => odd.json().serialize(serializer),
        }
    }
}

impl<K: Serialize, T: Number> Number for BTreeMap<K, T> {
    fn serialize_number<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        entries(self.iter(), serializer)
    }
}

impl<K: Serialize, T: Number, H: BuildHasher> Number for HashMap<K, T, H> {
    fn serialize_number<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        entries(self.iter(), serializer)
    }
}

fn entries<'a, K: Serialize + 'a, T: Number + 'a, S: Serializer>(
    entries: impl ExactSizeIterator<Item = (&'a K, &'a T)>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(entries.len()))?;
    for (key, value) in entries {
        map.serialize_entry(key, &AsNumber(value))?;
    }
    map.end()
}
