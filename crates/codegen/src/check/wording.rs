//! Words that several checks use.

/// The candidate that `word` is most likely a slip of, if one is near enough.
pub(super) fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let plain = simplified(word);
    let allowed = (plain.len() / 4).clamp(1, 3);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let other = simplified(candidate);
            // Short words are all alike.
            let near = plain == other || plain.len().min(other.len()) >= 3;
            let distance = if near {
                distance(&plain, &other, allowed)?
            } else {
                return None;
            };
            Some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// "did you mean `x`?", or else something more general.
pub(super) fn did_you_mean<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
    otherwise: impl FnOnce() -> String,
) -> String {
    nearest(word, candidates).map_or_else(otherwise, |candidate| {
        format!("did you mean `{candidate}`?")
    })
}

/// What to write in place of a word that is none of those allowed.
pub(super) fn one_of(word: &str, allowed: &[&str]) -> String {
    did_you_mean(word, allowed.iter().copied(), || {
        format!("use {}", alternatives(allowed))
    })
}

/// "`a`, `b` or `c`"
fn alternatives<T: AsRef<str>>(words: &[T]) -> String {
    joined(words, "or")
}

/// "`a`, `b` and `c`"
pub(super) fn enumeration<T: AsRef<str>>(words: &[T]) -> String {
    joined(words, "and")
}

fn joined<T: AsRef<str>>(words: &[T], last: &str) -> String {
    let quoted: Vec<String> = words
        .iter()
        .map(|word| format!("`{}`", word.as_ref()))
        .collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

/// "a > b > a", the middle of a long way left out.
pub(super) fn way(steps: &[String]) -> String {
    if steps.len() <= 16 {
        return steps.join(" > ");
    }
    format!(
        "{} > ... > {}",
        steps[..8].join(" > "),
        steps[steps.len() - 4..].join(" > ")
    )
}

/// Names differ in case and punctuation before they differ in letters.
fn simplified(word: &str) -> Vec<char> {
    word.chars()
        .filter(|character| !matches!(character, '_' | '-' | ' ' | '.'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// How many letters must be put in, taken out, replaced or swapped with a neighbour to get from one to the other;
/// `None` if it is more than `allowed`.
fn distance(from: &[char], to: &[char], allowed: usize) -> Option<usize> {
    if from.len().abs_diff(to.len()) > allowed || from.len() > 100 {
        return None;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    for (row, a) in from.iter().enumerate() {
        let mut current = Vec::with_capacity(last.len());
        current.push(row + 1);
        for (column, b) in to.iter().enumerate() {
            let replaced = last[column] + usize::from(a != b);
            let mut best = replaced.min(last[column + 1] + 1).min(current[column] + 1);
            if row > 0 && column > 0 && *a == to[column - 1] && from[row - 1] == *b {
                best = best.min(before_last[column - 1] + 1);
            }
            current.push(best);
        }
        before_last = std::mem::replace(&mut last, current);
    }
    last.last().copied().filter(|distance| *distance <= allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_find_the_word_that_was_meant() {
        let fields = [
            "operationId",
            "parameters",
            "required",
            "in",
            "items",
            "description",
        ];
        for (slip, meant) in [
            ("operation_id", "operationId"),
            ("operationID", "operationId"),
            ("paramters", "parameters"),
            ("requried", "required"),
            ("requires", "required"),
            ("item", "items"),
            ("descripton", "description"),
            ("IN", "in"),
        ] {
            assert_eq!(nearest(slip, fields), Some(meant), "{slip}");
        }
    }

    #[test]
    fn other_words_find_nothing() {
        for word in ["", "i", "on", "summary", "deprecated", "x"] {
            assert_eq!(
                nearest(word, ["operationId", "in", "items", "required"]),
                None,
                "{word}"
            );
        }
    }

    #[test]
    fn lists_read_like_sentences() {
        assert_eq!(alternatives(&["a"]), "`a`");
        assert_eq!(alternatives(&["a", "b"]), "`a` or `b`");
        assert_eq!(enumeration(&["a", "b", "c"]), "`a`, `b` and `c`");
    }
}
