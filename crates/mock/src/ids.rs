//! Ids that look like the service's own.

use std::hash::{BuildHasher as _, Hash, RandomState};

use jiff::Timestamp;

/// The digits of Crockford's base 32, which ULIDs are written in.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Makes ids that are unique within a server, and most probably between servers.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    random: RandomState,
    made: u64,
}

impl Ids {
    /// `chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR`: the prefix and a ULID.
    pub(crate) fn ulid(&mut self, prefix: &str) -> String {
        let time = Timestamp::now().as_millisecond().max(0) as u128;
        let random = (u128::from(self.next()) << 64 | u128::from(self.next())) & ((1 << 80) - 1);
        let mut rest = time << 80 | random;
        let mut id = [0; 26];
        for digit in id.iter_mut().rev() {
            *digit = DIGITS[(rest & 31) as usize];
            rest >>= 5;
        }
        format!("{prefix}_{}", String::from_utf8_lossy(&id))
    }

    /// So many decimal digits, the first of which is not 0.
    pub(crate) fn digits(&mut self, count: usize) -> String {
        (0..count)
            .map(|place| {
                let digit = self.next() % 10;
                char::from(b'0' + if place == 0 { digit.max(1) } else { digit } as u8)
            })
            .collect()
    }

    /// 32 hexadecimal digits.
    pub(crate) fn hex(&mut self) -> String {
        format!("{:016x}{:016x}", self.next(), self.next())
    }

    /// A number for `value` that only this server can compute. A client that sends both has them from this server.
    pub(crate) fn seal(&self, value: impl Hash) -> u64 {
        self.random.hash_one(value)
    }

    fn next(&mut self) -> u64 {
        self.made += 1;
        self.random.hash_one(self.made)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_the_form_of_those_in_the_documentation() {
        let id = Ids::default().ulid("chat");
        assert_eq!(id.len(), "chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR".len());
        assert!(id.starts_with("chat_01"), "{id}");
    }

    #[test]
    fn ids_are_never_repeated() {
        let mut ids = Ids::default();
        let made: std::collections::HashSet<String> = (0..10_000).map(|_| ids.ulid("a")).collect();
        assert_eq!(made.len(), 10_000);
    }
}
