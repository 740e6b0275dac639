//! Words that several checks use.

/// The candidate that `word` is most likely a slip of, if one is near enough.
pub(super) fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let plain = simplified(word);
    let length = plain.chars().count();
    let allowed = (length / 4).clamp(1, 3);
    let distances = candidates.into_iter().filter_map(|candidate| {
        let other = simplified(candidate);
        let own = other.chars().count();
        // Short words are all alike, and comparing long ones takes long.
        let is_comparable = plain == other
            || ((3..=100).contains(&own.min(length)) && own.abs_diff(length) <= allowed);
        let distance = is_comparable.then(|| strsim::osa_distance(&plain, &other))?;
        (distance <= allowed).then_some((distance, candidate))
    });
    let nearest = distances.min_by_key(|(distance, _)| *distance);
    nearest.map(|(_, candidate)| candidate)
}

/// "did you mean `x`?", or else something more general.
pub(crate) fn did_you_mean<'c>(
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
fn alternatives(words: &[&str]) -> String {
    joined(words, "or")
}

/// "`a`, `b` and `c`"
pub(super) fn enumeration(words: &[&str]) -> String {
    joined(words, "and")
}

fn joined(words: &[&str], last: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
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
fn simplified(word: &str) -> String {
    word.chars()
        .filter(|character| !matches!(character, '_' | '-' | ' ' | '.'))
        .flat_map(char::to_lowercase)
        .collect()
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
