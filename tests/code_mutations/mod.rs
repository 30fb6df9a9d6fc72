//! The generated files -> files with one thing wrong. A mutation that no longer applies fails: it would prove nothing.

mod members;
mod support;

use typeproof::emit::Tree;
use typeproof::prove::Part;

/// The generated crate with one thing wrong.
pub struct Mutant {
    /// What is wrong.
    pub what: String,
    /// The parts of the proof that must each see it.
    pub seen_in: &'static [Part],
    pub tree: Tree,
}

/// Every mutant: each member and each check, in every way that matters.
pub fn mutants(tree: &Tree) -> Vec<Mutant> {
    let mut mutants = members::mutants(tree);
    mutants.extend(support::mutants(tree));
    mutants
}

/// `tree` with another text for the file `path`.
fn with(tree: &Tree, path: &str, text: &str) -> Tree {
    let mut changed = Tree::new();
    for (other, bytes) in tree.iter() {
        let body = if other == path { text } else { std::str::from_utf8(bytes).expect("generated files are text") };
        changed.insert(other, &[], body).expect("the same paths");
    }
    changed
}

/// The file `path` with `from`, which it must have exactly once, replaced.
fn replaced(tree: &Tree, path: &str, from: &str, to: &str) -> Tree {
    let text = text(tree, path);
    assert_eq!(text.matches(from).count(), 1, "{path} has not exactly one {from:?}");
    with(tree, path, &text.replace(from, to))
}

fn text(tree: &Tree, path: &str) -> String {
    let bytes = tree.get(path).unwrap_or_else(|| panic!("no {path}"));
    String::from_utf8(bytes.to_vec()).expect("generated files are text")
}
