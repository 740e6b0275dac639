//! Names in bracket notation: `linkedin[follow_up][subject]`, `attendees_ids[]`.

use crate::check::{Given, Leaf, Node, Report, Sort};
use crate::record::Part;

/// The most brackets in one name. No documented one has more than three.
const DEEPEST: usize = 8;

/// Puts the parts where their names say. Names that are none are noted.
pub(crate) fn unfold(parts: &[Part], report: &mut Report) -> Node {
    let mut root = Node::default();
    for (number, part) in parts.iter().enumerate() {
        let Some((keys, listed)) = keys(&part.name) else {
            report.problem(
                Sort::Invalid,
                &part.name,
                "is not a name in bracket notation",
            );
            continue;
        };
        let given = match (&part.file_name, &part.text) {
            (Some(_), _) => Given::File(number),
            (None, Some(text)) => Given::Text(text.clone()),
            (None, None) => {
                report.problem(Sort::Invalid, &part.name, "is not UTF-8");
                continue;
            }
        };
        let node = keys.iter().fold(&mut root, |node, key| node.child_mut(key));
        node.leaves.push(Leaf { given, listed });
    }
    root
}

/// `a[b][c]` is `a`, `b`, `c`; and whether `[]` follows.
fn keys(name: &str) -> Option<(Vec<&str>, bool)> {
    let (name, listed) = match name.strip_suffix("[]") {
        Some(name) => (name, true),
        None => (name, false),
    };
    let (first, mut rest) = match name.find('[') {
        Some(bracket) => name.split_at(bracket),
        None => (name, ""),
    };
    let mut keys = vec![first];
    while !rest.is_empty() {
        let (key, after) = rest.strip_prefix('[')?.split_once(']')?;
        keys.push(key);
        rest = after;
    }
    let sound = |key: &&str| !key.is_empty() && !key.contains(['[', ']']);
    (keys.len() <= DEEPEST + 1 && keys.iter().all(sound)).then_some((keys, listed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_are_unfolded_to_any_depth_that_makes_sense() {
        let path = ["linkedin", "follow_up", "scheduled_time", "days"];
        assert_eq!(
            keys("linkedin[follow_up][scheduled_time][days]"),
            Some((path.to_vec(), false))
        );
    }

    #[test]
    fn empty_brackets_at_the_end_mark_a_member_of_a_list() {
        assert_eq!(keys("attendees_ids[]"), Some((vec!["attendees_ids"], true)));
        assert_eq!(keys("a[b][]"), Some((vec!["a", "b"], true)));
    }

    #[test]
    fn what_has_its_brackets_wrong_is_no_name() {
        for name in [
            "",
            "[]",
            "[a]",
            "a[",
            "a]",
            "a[b",
            "a[b]c",
            "a[][b]",
            "a[b]]",
            "a[[b]]",
            "a[1][2][3][4][5][6][7][8][9]",
        ] {
            assert_eq!(keys(name), None, "{name}");
        }
    }
}
