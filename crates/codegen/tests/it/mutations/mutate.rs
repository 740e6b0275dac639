//! Random changes, the same for the same seed.

use postpress_openapi::Pointer;

use super::tree::Tree;

/// What people and programs write where something else was meant.
const TEXTS: [&str; 46] = [
    "",
    " ",
    "a",
    "type",
    "self",
    "Self",
    "gen",
    "_",
    "0",
    "-1",
    "1.5",
    "true",
    "null",
    "名前",
    "é",
    "ⓐ",
    "🙂",
    "\u{202e}x",
    "a\nb",
    "a\r\nb",
    "a\"b",
    "a\\",
    "`",
    "*/",
    "[x]",
    "<b>",
    "{x}",
    "{",
    "}",
    "/",
    "#",
    "~0",
    "binary",
    "date-time",
    "int32",
    "object",
    "array",
    "string",
    "integer",
    "number",
    "boolean",
    "#/components/schemas/X",
    "#/paths",
    "#",
    "deepObject",
    "application/json",
];

/// Keywords of OpenAPI, for places where they do not belong.
const KEYS: [&str; 34] = [
    "type",
    "properties",
    "required",
    "items",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "enum",
    "format",
    "nullable",
    "default",
    "additionalProperties",
    "discriminator",
    "description",
    "title",
    "readOnly",
    "writeOnly",
    "minimum",
    "maxLength",
    "$ref",
    "x-enum-varnames",
    "x-enum-descriptions",
    "schema",
    "content",
    "encoding",
    "style",
    "explode",
    "contentType",
    "parameters",
    "requestBody",
    "responses",
    "operationId",
    "security",
];

pub(crate) struct Mutator<'t> {
    state: u64,
    /// Where parts of other documents come from.
    others: &'t [Tree],
}

impl<'t> Mutator<'t> {
    pub(crate) fn new(seed: u64, others: &'t [Tree]) -> Self {
        Mutator {
            state: seed,
            others,
        }
    }

    /// Changes one to four things, and says what it did.
    pub(crate) fn mutate(&mut self, tree: &mut Tree) -> Vec<String> {
        // Mostly one, as a document with several is mostly refused for one of them.
        let count = 1 + self.below(4) * self.below(2);
        (0..count).map(|_| self.change(tree)).collect()
    }

    fn change(&mut self, tree: &mut Tree) -> String {
        let len = tree.len();
        let target = (1 + self.below(len - 1)).min(len - 1);
        match self.below(9) {
            0 => {
                let what = self.remove(tree.node(target));
                format!("removed {what} of node {target}")
            }
            1 => {
                let leaf = self.leaf();
                *tree.node(target) = leaf;
                format!("replaced node {target} with a leaf")
            }
            2 => {
                let from = self.below(len);
                let copy = tree.node(from).clone();
                *tree.node(target) = copy;
                format!("replaced node {target} with node {from}")
            }
            3 => {
                let other = self.below(self.others.len());
                let mut other_tree = self.others[other].clone();
                let from = self.below(other_tree.len());
                *tree.node(target) = other_tree.node(from).clone();
                format!("replaced node {target} with node {from} of document {other}")
            }
            4 => {
                let from = self.below(len);
                let copy = tree.node(from).clone();
                let key = self.key();
                insert(tree.node(target), &key, copy, self.below(8));
                format!("added node {from} to node {target} as {key:?}")
            }
            5 => {
                let (key, index) = (self.key(), self.below(64));
                if let Tree::Object(entries) = tree.node(target)
                    && !entries.is_empty()
                {
                    let index = index % entries.len();
                    entries[index].0.clone_from(&key);
                }
                format!("renamed a key of node {target} to {key:?}")
            }
            6 => {
                let (key, leaf, index) = (self.key(), self.leaf(), self.below(8));
                insert(tree.node(target), &key, leaf, index);
                format!("added a leaf to node {target} as {key:?}")
            }
            7 => {
                let pointers = pointers(tree, &Pointer::root());
                let to = &pointers[self.below(pointers.len())];
                *tree.node(target) =
                    Tree::Object(vec![("$ref".to_owned(), Tree::text(to.as_str()))]);
                format!("replaced node {target} with a reference to {to}")
            }
            _ => {
                let from = self.below(len);
                let moved = std::mem::replace(tree.node(from), Tree::Leaf("null".to_owned()));
                let target = self.below(tree.len());
                *tree.node(target) = moved;
                format!("moved node {from} to node {target}")
            }
        }
    }

    fn remove(&mut self, node: &mut Tree) -> String {
        let index = self.below(64);
        match node {
            Tree::List(items) if !items.is_empty() => {
                items.remove(index % items.len());
                "an item".to_owned()
            }
            Tree::Object(entries) if !entries.is_empty() => entries.remove(index % entries.len()).0,
            _ => "nothing".to_owned(),
        }
    }

    fn leaf(&mut self) -> Tree {
        match self.below(12) {
            0 => Tree::Leaf("null".to_owned()),
            1 => Tree::Leaf("true".to_owned()),
            2 => Tree::Leaf("false".to_owned()),
            3 => Tree::Leaf((self.below(1000) as i64 - 500).to_string()),
            4 => Tree::Leaf("1e300".to_owned()),
            5 => Tree::Leaf("18446744073709551615".to_owned()),
            6 => Tree::Object(Vec::new()),
            7 => Tree::List(Vec::new()),
            _ => Tree::text(TEXTS[self.below(TEXTS.len())]),
        }
    }

    fn key(&mut self) -> String {
        if self.below(2) == 0 {
            TEXTS[self.below(TEXTS.len())].to_owned()
        } else {
            KEYS[self.below(KEYS.len())].to_owned()
        }
    }

    /// A number below `limit`, by splitmix64.
    fn below(&mut self, limit: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit.max(1) as u64) as usize
    }
}

fn insert(node: &mut Tree, key: &str, value: Tree, index: usize) {
    match node {
        Tree::Leaf(_) => *node = Tree::Object(vec![(key.to_owned(), value)]),
        Tree::List(items) => items.insert(index.min(items.len()), value),
        Tree::Object(entries) => entries.insert(index.min(entries.len()), (key.to_owned(), value)),
    }
}

/// The JSON Pointers of everything in a tree.
fn pointers(tree: &Tree, at: &Pointer) -> Vec<Pointer> {
    let mut found = vec![at.clone()];
    match tree {
        Tree::Leaf(_) => {}
        Tree::List(items) => {
            let items = items.iter().enumerate();
            found.extend(items.flat_map(|(index, item)| pointers(item, &at.index(index))));
        }
        Tree::Object(entries) => {
            let entries = entries.iter();
            found.extend(entries.flat_map(|(key, part)| pointers(part, &at.child(key))));
        }
    }
    found
}
