//! Lists that forget their oldest members rather than grow without end.

use std::collections::VecDeque;

/// A list with a limit for the number of its members, and one for their bytes together.
#[derive(Debug)]
pub(crate) struct Bounded<T> {
    members: VecDeque<(T, usize)>,
    weight: usize,
    most_members: usize,
    most_weight: usize,
    forgotten: u64,
}

impl<T> Bounded<T> {
    pub(crate) fn new(most_members: usize, most_weight: usize) -> Bounded<T> {
        Bounded {
            members: VecDeque::new(),
            weight: 0,
            most_members,
            most_weight,
            forgotten: 0,
        }
    }

    /// Adds a member of about `weight` bytes, and drops the oldest ones for it. The new one stays even if it is too heavy alone.
    pub(crate) fn push(&mut self, member: T, weight: usize) {
        self.members.push_back((member, weight));
        self.weight += weight;
        while self.members.len() > 1
            && (self.members.len() > self.most_members || self.weight > self.most_weight)
        {
            if let Some((_, weight)) = self.members.pop_front() {
                self.weight -= weight;
                self.forgotten += 1;
            }
        }
    }

    /// The oldest first.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.members.iter().map(|(member, _)| member)
    }

    /// How many have been dropped to make room.
    pub(crate) fn forgotten(&self) -> u64 {
        self.forgotten
    }

    pub(crate) fn clear(&mut self) {
        self.members.clear();
        self.weight = 0;
        self.forgotten = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_are_forgotten_when_there_are_too_many() {
        let mut list = Bounded::new(2, 100);
        (1..=3).for_each(|it| list.push(it, 1));
        assert_eq!(list.iter().collect::<Vec<_>>(), [&2, &3]);
        assert_eq!(list.forgotten(), 1);
    }

    #[test]
    fn the_oldest_are_forgotten_when_they_are_too_heavy() {
        let mut list = Bounded::new(100, 10);
        (1..=3).for_each(|it| list.push(it, 5));
        assert_eq!(list.iter().collect::<Vec<_>>(), [&2, &3]);
    }

    #[test]
    fn one_that_is_too_heavy_alone_stays_until_the_next_comes() {
        let mut list = Bounded::new(100, 10);
        list.push(1, 50);
        assert_eq!(list.iter().collect::<Vec<_>>(), [&1]);
        list.push(2, 1);
        assert_eq!(list.iter().collect::<Vec<_>>(), [&2]);
    }
}
