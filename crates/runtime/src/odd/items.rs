//! Lists that keep the members that do not decode.

use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer};
use serde::ser::{Serialize, SerializeSeq, Serializer};

use super::{Odd, RawJson};
use crate::tolerant::if_exact;

/// A list in a response. It is used like a `Vec` of the members that decoded; the others are in [`odd`](Self::odd).
///
/// A member that does not decode, `null` among them, costs only itself. `null` in place of a list is an empty one, and anything else
/// that is no list is its one odd member. Serializing writes all members, the odd ones as they came and in their places.
///
/// ```
/// use postpress_runtime::{Items, decode_json};
///
/// let counts: Items<u8> = decode_json(br#"[1, "two", 3]"#)?;
/// assert_eq!(*counts, [1, 3]);
/// let (index, odd) = counts.odd().next().unwrap();
/// assert_eq!((index, odd.json().as_str()), (1, r#""two""#));
/// assert_eq!(serde_json::to_string(&counts).unwrap(), r#"[1,"two",3]"#);
/// # Ok::<(), postpress_runtime::DecodeError>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Items<T> {
    good: Vec<T>,
    /// Each with its index among all members, in ascending order.
    odd: Vec<(usize, Odd)>,
    /// Whether the odd member came in place of the list.
    is_no_list: bool,
}

impl<T> Items<T> {
    /// A list without members.
    pub const fn new() -> Self {
        Self {
            good: Vec::new(),
            odd: Vec::new(),
            is_no_list: false,
        }
    }

    /// The members that did not decode, each with its index in the list that came.
    pub fn odd(&self) -> impl ExactSizeIterator<Item = (usize, &Odd)> {
        self.odd.iter().map(|(index, odd)| (*index, odd))
    }

    /// All members in the order in which they came.
    pub fn with_odd(&self) -> impl Iterator<Item = Result<&T, &Odd>> {
        let odd = self.odd.iter().map(|(index, odd)| (*index, odd));
        InOrder::new(self.good.iter(), odd)
    }

    /// Takes out all members, in the order in which they came.
    pub fn into_with_odd(self) -> impl Iterator<Item = Result<T, Odd>> {
        InOrder::new(self.good.into_iter(), self.odd.into_iter())
    }

    /// Makes something else of the members that decoded, each with its index in the list that came.
    pub fn map<U>(self, mut of: impl FnMut(usize, T) -> U) -> Items<U> {
        let odd: Vec<usize> = self.odd.iter().map(|(index, _)| *index).collect();
        let indices = (0..).filter(|index| odd.binary_search(index).is_err());
        Items {
            good: indices
                .zip(self.good)
                .map(|(index, good)| of(index, good))
                .collect(),
            odd: self.odd,
            is_no_list: self.is_no_list,
        }
    }

    /// Takes out the members that decoded.
    pub fn into_vec(self) -> Vec<T> {
        self.good
    }

    /// Whether nothing came at all, neither members that decoded nor odd ones.
    pub fn came_empty(&self) -> bool {
        self.good.is_empty() && self.odd.is_empty()
    }
}

/// The good and the odd members, merged by the index of the latter.
struct InOrder<G, O: Iterator> {
    good: G,
    odd: std::iter::Peekable<O>,
    next: usize,
}

impl<G, O: Iterator> InOrder<G, O> {
    fn new(good: G, odd: O) -> Self {
        let (odd, next) = (odd.peekable(), 0);
        Self { good, odd, next }
    }
}

impl<T, E, G: Iterator<Item = T>, O: Iterator<Item = (usize, E)>> Iterator for InOrder<G, O> {
    type Item = Result<T, E>;

    fn next(&mut self) -> Option<Result<T, E>> {
        let here = self.next;
        self.next += 1;
        if let Some((_, odd)) = self.odd.next_if(|(index, _)| *index == here) {
            return Some(Err(odd));
        }
        match self.good.next() {
            Some(good) => Some(Ok(good)),
            // Good members that the caller took away may leave odd ones beyond the end.
            None => self.odd.next().map(|(_, odd)| Err(odd)),
        }
    }
}

impl<T> Default for Items<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: fmt::Debug> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.with_odd()).finish()
    }
}

impl<T> Deref for Items<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.good
    }
}

impl<T> DerefMut for Items<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.good
    }
}

impl<T> IntoIterator for Items<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.good.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Items<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.good.iter()
    }
}

impl<T> FromIterator<T> for Items<T> {
    fn from_iter<I: IntoIterator<Item = T>>(members: I) -> Self {
        Vec::from_iter(members).into()
    }
}

impl<T> Extend<T> for Items<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, members: I) {
        self.good.extend(members);
    }
}

impl<T> From<Vec<T>> for Items<T> {
    fn from(good: Vec<T>) -> Self {
        Self {
            good,
            ..Self::new()
        }
    }
}

/// Equal if nothing is odd and all members are equal.
impl<T: PartialEq<U>, U, const N: usize> PartialEq<[U; N]> for Items<T> {
    fn eq(&self, other: &[U; N]) -> bool {
        self.odd.is_empty() && self.good == other
    }
}

/// Equal if nothing is odd and all members are equal.
impl<T: PartialEq<U>, U> PartialEq<Vec<U>> for Items<T> {
    fn eq(&self, other: &Vec<U>) -> bool {
        self.odd.is_empty() && self.good == *other
    }
}

impl<T: Serialize> Serialize for Items<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize_as(|good| good, serializer)
    }
}

impl<T> Items<T> {
    /// Writes all members, and the good ones as something else.
    pub(crate) fn serialize_as<'a, U: Serialize, S: Serializer>(
        &'a self,
        good: fn(&'a T) -> U,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        if let (true, [(_, odd)]) = (self.is_no_list && self.good.is_empty(), &*self.odd) {
            return odd.json().serialize(serializer);
        }
        let length = self.good.len() + self.odd.len();
        let mut list = serializer.serialize_seq(Some(length))?;
        for member in self.with_odd() {
            match member {
                Ok(member) => list.serialize_element(&good(member))?,
                Err(odd) => list.serialize_element(odd.json())?,
            }
        }
        list.end()
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Items<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let deserializer = match if_exact(deserializer) {
            Ok(members) => return members.map(|members: Vec<T>| members.into()),
            Err(deserializer) => deserializer,
        };
        let json = RawJson::deserialize(deserializer)?;
        let mut items = Self::new();
        match json.parse::<Option<Vec<RawJson>>>() {
            Ok(members) => {
                for (index, member) in members.into_iter().flatten().enumerate() {
                    match Odd::decode(member) {
                        Ok(good) => items.good.push(good),
                        Err(odd) => items.odd.push((index, odd)),
                    }
                }
            }
            Err(error) => {
                items.odd.push((0, Odd { json, error }));
                items.is_no_list = true;
            }
        }
        Ok(items)
    }
}
