//! The fields of a request, nested as their names in bracket notation say, before a schema says what they should be.

/// What was given under one name.
#[derive(Debug, Default)]
pub(crate) struct FieldTree {
    /// The values of the name itself, in the order in which they came.
    pub(crate) values: Vec<FieldValue>,
    /// What was given under names with further brackets: `name[key]`.
    pub(crate) children: Vec<(String, FieldTree)>,
}

/// One value.
#[derive(Debug)]
pub(crate) struct FieldValue {
    pub(crate) content: Content,
    /// Whether its name ended in `[]`.
    pub(crate) listed: bool,
}

#[derive(Debug)]
pub(crate) enum Content {
    Text(String),
    /// A part with a file name, by its index among the parts of the form.
    File(usize),
}

impl FieldTree {
    pub(crate) fn child(&self, key: &str) -> Option<&FieldTree> {
        let found = self.children.iter().find(|(known, _)| known == key)?;
        Some(&found.1)
    }

    /// The tree below `key`, which is made if need be.
    pub(crate) fn child_mut(&mut self, key: &str) -> &mut FieldTree {
        let known = self.children.iter().position(|(known, _)| known == key);
        let index = known.unwrap_or_else(|| {
            self.children.push((key.to_owned(), FieldTree::default()));
            self.children.len() - 1
        });
        &mut self.children[index].1
    }

    pub(crate) fn add_text(&mut self, text: &str) {
        self.values.push(FieldValue {
            content: Content::Text(text.to_owned()),
            listed: false,
        });
    }

    /// The text, where that is all there is.
    pub(super) fn text(&self) -> Option<&str> {
        match self.values.as_slice() {
            [
                FieldValue {
                    content: Content::Text(text),
                    ..
                },
            ] if self.children.is_empty() => Some(text),
            _ => None,
        }
    }
}

/// The name of a member as it is sent.
pub(super) fn member(at: &str, key: &str) -> String {
    match at {
        "" => key.to_owned(),
        _ => format!("{at}[{key}]"),
    }
}
