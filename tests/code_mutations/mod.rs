//! The generated files -> files with one thing wrong. A mutation that no longer applies fails: it would prove nothing.

mod members;
mod support;

use typeproof::emit::Tree;
use typeproof::prove::Part;

const SETS: &[Part] = &[Part::Sets];
const ANNOTATIONS: &[Part] = &[Part::Annotations];
const BEHAVIOUR: &[Part] = &[Part::Behaviour];
/// What changes the values that a type accepts must show in what it re-exports, and in what it does.
const BOTH: &[Part] = &[Part::Sets, Part::Behaviour];

/// The generated crate with one thing wrong.
pub struct Mutant {
    /// What kind of thing, for the score.
    pub class: String,
    /// What is wrong.
    pub what: String,
    /// The parts of the proof that must each see it.
    pub seen_in: &'static [Part],
    pub tree: Tree,
}

/// Every mutant of the vendored schema's crate: each member and each check, in every way that matters.
pub fn of_vendored_schema(tree: &Tree) -> Vec<Mutant> {
    let mut mutants = members::mutants(tree);
    mutants.extend(made(tree, support::MUTATIONS));
    mutants
}

/// A mutation of one file.
struct Mutation {
    class: &'static str,
    what: &'static str,
    seen_in: &'static [Part],
    /// Its path below `src/`, without the extension.
    file: &'static str,
    /// What is replaced by what, each once.
    edits: &'static [(&'static str, &'static str)],
}

fn made(tree: &Tree, mutations: &[Mutation]) -> Vec<Mutant> {
    let mutant = |Mutation { class, what, seen_in, file, edits }: &Mutation| {
        let path = format!("src/{file}.rs");
        let tree = edits.iter().fold(tree.clone(), |tree, (from, to)| replaced(&tree, &path, from, to));
        Mutant { class: (*class).to_owned(), what: format!("{file}: {what}"), seen_in, tree }
    };
    mutations.iter().map(mutant).collect()
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
