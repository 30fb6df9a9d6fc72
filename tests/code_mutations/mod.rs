//! The generated files -> files with one thing wrong. A mutation that no longer applies fails: it would prove nothing.

mod arrays;
mod members;
mod objects;
mod scalars;
mod support;
mod texts;
mod together;
mod unions;

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use typeproof::emit::Tree;
use typeproof::prove::Part;

pub use together::Together;

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

/// The schemas of the second suite, which together use what the vendored one does not, as module and text; each with the
/// mutations that it is for.
pub fn schemas() -> Vec<(String, String, &'static [Mutation])> {
    let schemas: BTreeMap<String, Box<RawValue>> = serde_json::from_str(include_str!("schemas.json")).expect("JSON");
    let mutations = |module: &str| match module {
        "choices" => unions::CHOICES,
        "letter" => texts::LETTER,
        "lists" => arrays::LISTS,
        "multiples" => scalars::MULTIPLES,
        "numbers" => scalars::NUMBERS,
        "objects" => objects::OBJECTS,
        "opaques" => objects::OPAQUES,
        "several" => unions::SEVERAL,
        "texts" => texts::TEXTS,
        "tuples" => arrays::TUPLES,
        "values" => scalars::VALUES,
        other => panic!("there are no mutations for {other}"),
    };
    let with_mutations = |(module, schema): (String, Box<RawValue>)| {
        let mutations = mutations(&module);
        (module, schema.get().to_owned(), mutations)
    };
    schemas.into_iter().map(with_mutations).collect()
}

/// A mutation of a file.
pub struct Mutation {
    class: &'static str,
    what: &'static str,
    seen_in: &'static [Part],
    /// Its path below `src/`, without the extension; or a module, in one of whose files it is.
    file: &'static str,
    /// What is replaced by what, each of which is there once.
    edits: &'static [(&'static str, &'static str)],
}

/// The mutants that `mutations` make of `tree`.
pub fn made(tree: &Tree, mutations: &[Mutation]) -> Vec<Mutant> {
    let mutant = |Mutation { class, what, seen_in, file, edits }: &Mutation| {
        let tree = edits.iter().fold(tree.clone(), |tree, (from, to)| {
            let path = if file.contains('/') { format!("src/{file}.rs") } else { holder(&tree, file, from) };
            replaced(&tree, &path, from, to)
        });
        Mutant { class: (*class).to_owned(), what: format!("{file}: {what}"), seen_in, tree }
    };
    mutations.iter().map(mutant).collect()
}

/// A mutation: its class, what it is, what must see it, in which file, and what is replaced by what.
const fn of(
    class: &'static str,
    what: &'static str,
    seen_in: &'static [Part],
    file: &'static str,
    edits: &'static [(&'static str, &'static str)],
) -> Mutation {
    Mutation { class, what, seen_in, file, edits }
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

/// The file of `module` that has `from`, which must be one.
fn holder(tree: &Tree, module: &str, from: &str) -> String {
    let below = format!("src/{module}/");
    let files = tree.iter().map(|(path, _)| path).filter(|path| path.starts_with(&below));
    let holders: Vec<&str> = files.filter(|path| text(tree, path).contains(from)).collect();
    let [holder] = holders.as_slice() else { panic!("{from:?} is not in one file of {module}, but in {holders:?}") };
    (*holder).to_owned()
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
