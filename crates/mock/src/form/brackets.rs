//! Names in bracket notation: `linkedin[follow_up][subject]`, `attendees_ids[]`.

use crate::check::{FieldTree, FieldValue, Report};
use crate::record::Part;

/// The most brackets in one name. No documented one has more than three.
const DEEPEST: usize = 8;

/// Nests the parts as their names say. Parts that cannot be fields are reported.
pub(crate) fn nest(parts: &[Part], report: &mut Report) -> FieldTree {
    let mut root = FieldTree::default();
    for (index, part) in parts.iter().enumerate() {
        let Some((keys, listed)) = keys(&part.name) else {
            report.invalid(&part.name, "is not a name in bracket notation");
            continue;
        };
        let value = match (&part.file_name, &part.text) {
            (Some(_), _) => FieldValue::File(index),
            (None, Some(text)) => FieldValue::Text(text.clone()),
            (None, None) => {
                report.invalid(&part.name, "is not UTF-8");
                continue;
            }
        };
        let tree = keys.iter().fold(&mut root, |tree, key| tree.child_mut(key));
        tree.values.push(value);
        tree.listed |= listed;
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
    let valid = |key: &&str| !key.is_empty() && !key.contains(['[', ']']);
    (keys.len() <= DEEPEST + 1 && keys.iter().all(valid)).then_some((keys, listed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_may_nest_as_deep_as_the_document_has_them() {
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
    fn a_name_with_misplaced_brackets_is_refused() {
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
