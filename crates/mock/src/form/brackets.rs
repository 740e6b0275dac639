//! Names in bracket notation: `linkedin[follow_up][subject]`, `attendees_ids[]`.

use crate::api::Content;
use crate::check::{FieldTree, FieldValue, Report};
use crate::record::Part;

/// The most brackets in one name. No documented one has more than three.
const DEEPEST: usize = 8;

/// Nests the parts as their names say. Parts that cannot be fields are reported.
pub(crate) fn nest(parts: &[Part], content: &Content, report: &mut Report) -> FieldTree {
    let mut root = FieldTree::default();
    for (index, part) in parts.iter().enumerate() {
        let name = part.name.as_str();
        // A property may have brackets of its own in its name.
        let keys = match content.schema.property(name) {
            Some(_) => Some((vec![name], false)),
            None => keys(name),
        };
        let Some((keys, listed)) = keys else {
            report.invalid(name, "is not a name in bracket notation");
            continue;
        };
        let own = keys.join("");
        let (is_json, is_joined) = (content.json.contains(&own), content.joined.contains(&own));
        let tree = keys.iter().fold(&mut root, |tree, key| tree.child_mut(key));
        tree.listed |= listed;
        let text = match (&part.file_name, &part.text) {
            (_, Some(text)) => text,
            (Some(_), _) => {
                tree.values.push(FieldValue::File(index));
                continue;
            }
            (None, None) => {
                report.invalid(name, "is not UTF-8");
                continue;
            }
        };
        match serde_json::from_str(text) {
            Ok(json) if is_json => tree.values.push(FieldValue::Json(json)),
            Err(error) if is_json => report.invalid(name, format!("is not JSON: {error}")),
            _ if is_joined => text.split(',').for_each(|it| tree.add_text(it)),
            _ => tree.add_text(text),
        }
    }
    root
}

/// `a[b][c]` is `a`, `b`, `c`; and whether `[]` follows.
pub(crate) fn keys(name: &str) -> Option<(Vec<&str>, bool)> {
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
