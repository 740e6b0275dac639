//! Arrays that are written as a whole.

/// An array, or an optional one: what [`Field::joined`](crate::Field::joined) and
/// [`Field::json_each`](crate::Field::json_each) take.
pub trait FormArray {
    /// The type of its members.
    type Member;

    /// The members; none where there is no array.
    fn members(&self) -> &[Self::Member];
}

impl<T> FormArray for [T] {
    type Member = T;

    fn members(&self) -> &[T] {
        self
    }
}

impl<T> FormArray for Vec<T> {
    type Member = T;

    fn members(&self) -> &[T] {
        self
    }
}

impl<T, const N: usize> FormArray for [T; N] {
    type Member = T;

    fn members(&self) -> &[T] {
        self
    }
}

impl<A: FormArray> FormArray for Option<A> {
    type Member = A::Member;

    fn members(&self) -> &[A::Member] {
        self.as_ref().map_or(&[], A::members)
    }
}
