//! Lists that survive their members.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeSeq, Serializer};

use super::{Odd, RawJson};
use crate::tolerant::{is_strict, refuse};

/// A list in a response. It is used like a `Vec` of the members that decoded; the others are in [`odd`](Self::odd).
///
/// A member that does not decode, `null` among them, costs only itself. `null` in place of a list is an empty one. Serializing
/// writes all members, the odd ones as they came and in their places.
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
}

impl<T> Items<T> {
    /// A list without members.
    pub const fn new() -> Self {
        Self {
            good: Vec::new(),
            odd: Vec::new(),
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
        let odd = Vec::new();
        Self { good, odd }
    }
}

impl<T: Serialize> Serialize for Items<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let length = self.good.len() + self.odd.len();
        let mut list = serializer.serialize_seq(Some(length))?;
        for member in self.with_odd() {
            match member {
                Ok(good) => list.serialize_element(good)?,
                Err(odd) => list.serialize_element(odd.json())?,
            }
        }
        list.end()
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Items<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if is_strict() {
            return Vec::deserialize(deserializer)
                .map(Self::from)
                .inspect_err(refuse);
        }
        deserializer.deserialize_any(ItemsVisitor(PhantomData))
    }
}

struct ItemsVisitor<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for ItemsVisitor<T> {
    type Value = Items<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_unit<E>(self) -> Result<Items<T>, E> {
        Ok(Items::new())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut members: A) -> Result<Items<T>, A::Error> {
        let mut items = Items::new();
        let mut index = 0;
        while let Some(json) = members.next_element::<RawJson>()? {
            match Odd::decode(json) {
                Ok(good) => items.good.push(good),
                Err(odd) => items.odd.push((index, odd)),
            }
            index += 1;
        }
        Ok(items)
    }
}
