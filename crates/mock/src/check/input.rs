//! What a request gives, before it is known what it should be: names with texts and files, brackets unfolded.

/// What was given under one name.
#[derive(Debug, Default)]
pub(crate) struct Node {
    /// The values of the name itself, in the order in which they came.
    pub(crate) leaves: Vec<Leaf>,
    /// What has further brackets: `name[key]`.
    pub(crate) children: Vec<(String, Node)>,
}

/// One value.
#[derive(Debug)]
pub(crate) struct Leaf {
    pub(crate) given: Given,
    /// Whether its name ended in `[]`.
    pub(crate) listed: bool,
}

#[derive(Debug)]
pub(crate) enum Given {
    Text(String),
    /// A part with a file name, by its number.
    File(usize),
}

impl Node {
    pub(crate) fn child(&self, key: &str) -> Option<&Node> {
        let found = self.children.iter().find(|(known, _)| known == key)?;
        Some(&found.1)
    }

    /// The node for `key`, made if need be.
    pub(crate) fn child_mut(&mut self, key: &str) -> &mut Node {
        let index = match self.children.iter().position(|(known, _)| known == key) {
            Some(index) => index,
            None => {
                self.children.push((key.to_owned(), Node::default()));
                self.children.len() - 1
            }
        };
        &mut self.children[index].1
    }

    /// The text, where that is all there is.
    pub(super) fn text(&self) -> Option<&str> {
        match self.leaves.as_slice() {
            [
                Leaf {
                    given: Given::Text(text),
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
