//! The Rust of each definition -> the files of a crate: `Cargo.toml`, a folder and a feature for each module, the support
//! module that all types share, and the ledgers.

use std::collections::{BTreeMap, BTreeSet};

use super::{Source, Tree, marker};
use crate::diagnostic::{Diagnostic, Diagnostics, Result};
use crate::enrich::Generated;
use crate::lower::{Module, Plan};
use crate::parallel;
use crate::source::{self, Sources};
use needs::Needs;
use stems::Stems;

mod alias;
mod layout;
mod ledger;
mod manifest;
mod module;
mod needs;
mod root;
mod stems;

/// How many files are put together at once.
const FILES: usize = 128;

/// The support module: each file's name and text. Written once, it serves every crate that is generated.
const SUPPORT: &[(&str, &str)] = &[
    ("against", include_str!("support/against.rs")),
    ("any", include_str!("support/any.rs")),
    ("automaton", include_str!("support/automaton.rs")),
    ("checked", include_str!("support/checked.rs")),
    ("choice", include_str!("support/choice.rs")),
    ("collection", include_str!("support/collection.rs")),
    ("constant", include_str!("support/constant.rs")),
    ("date_time", include_str!("support/date_time.rs")),
    ("describe", include_str!("support/describe.rs")),
    ("format", include_str!("support/format.rs")),
    ("held", include_str!("support/held.rs")),
    ("invalid", include_str!("support/invalid.rs")),
    ("newtype", include_str!("support/newtype.rs")),
    ("number", include_str!("support/number.rs")),
    ("object", include_str!("support/object.rs")),
    ("opaque", include_str!("support/opaque.rs")),
    ("open", include_str!("support/open.rs")),
    ("path", include_str!("support/path.rs")),
    ("pattern", include_str!("support/pattern.rs")),
    ("places", include_str!("support/places.rs")),
    ("plain", include_str!("support/plain.rs")),
    ("refusal", include_str!("support/refusal.rs")),
    ("rest", include_str!("support/rest.rs")),
    ("row", include_str!("support/row.rs")),
    ("rule", include_str!("support/rule.rs")),
    ("scalar", include_str!("support/scalar.rs")),
    ("several", include_str!("support/several.rs")),
    ("shape", include_str!("support/shape.rs")),
    ("stated", include_str!("support/stated.rs")),
    ("tagged", include_str!("support/tagged.rs")),
    ("text", include_str!("support/text.rs")),
    ("tuple", include_str!("support/tuple.rs")),
    ("union", include_str!("support/union.rs")),
    ("values", include_str!("support/values.rs")),
];

/// The files of the crate that `plan` and the Rust of its definitions make.
///
/// # Errors
///
/// When an alias has no target or a name that is taken; when two files would have one path, or a path no system can write.
pub fn package(sources: &Sources, plan: &Plan, generated: &BTreeMap<String, Generated>) -> Result<Tree> {
    let mut stems = Stems::default();
    let parts = plan.modules.iter().filter_map(|module| Part::new(module, sources, generated, &mut stems));
    let parts: Vec<Part<'_>> = parts.collect();
    let mut wrong: Vec<Diagnostic> = parts.iter().flat_map(|part| alias::check(part.module, part.source)).collect();
    if !wrong.is_empty() {
        wrong.sort_by_key(|error| error.position);
        return Err(Diagnostics(wrong));
    }
    let all: Vec<Source> = parts.iter().map(Part::origin).collect();
    let needs = parts.iter().fold(Needs::default(), |needs, part| needs.or(part.needs));
    let mut tree = Tree::new();
    tree.insert("Cargo.toml", &all, &manifest::cargo_toml(&sources.package, &parts, needs))?;
    tree.insert("rustfmt.toml", &[], "# Generated code is as codegen writes it.\ndisable_all_formatting = true\n")?;
    tree.insert("src/lib.rs", &all, &root::lib_rs(&sources.package, &parts))?;
    tree.insert("src/support/mod.rs", &[], &support_rs(needs))?;
    for (name, text) in SUPPORT.iter().filter(|(name, _)| needs.allow(name)) {
        tree.insert(&format!("src/support/{name}.rs"), &[], text)?;
    }
    parts.iter().try_for_each(|part| part.insert(sources, generated, &mut tree))?;
    Ok(tree)
}

/// A module of the crate: one feature, one folder.
struct Part<'a> {
    module: &'a Module,
    source: &'a source::Source,
    /// The name of its folder.
    stem: String,
    /// The names of the other modules that its types name.
    others: BTreeSet<String>,
    needs: Needs,
}

impl<'a> Part<'a> {
    fn new(
        module: &'a Module,
        sources: &'a Sources,
        generated: &BTreeMap<String, Generated>,
        stems: &mut Stems,
    ) -> Option<Self> {
        let of = module.definitions.iter().filter_map(|definition| generated.get(&definition.key));
        let others =
            of.flat_map(|generated| &generated.uses).map(|(other, _)| other).filter(|other| **other != module.name);
        Some(Self {
            module,
            source: &sources.documents.get(module.documents.start)?.source,
            stem: stems.take(&module.name),
            others: others.cloned().collect(),
            needs: Needs::of(module, generated),
        })
    }

    /// What the module was generated from.
    fn origin(&self) -> Source {
        Source { file: self.source.file.clone(), sha256: self.source.sha256.clone() }
    }

    /// Adds the module's files to `tree`.
    fn insert(&self, sources: &Sources, generated: &BTreeMap<String, Generated>, tree: &mut Tree) -> Result<()> {
        let Self { module, source, stem, .. } = self;
        let (from, files) = ([self.origin()], layout::files(module, generated));
        tree.insert(&format!("src/{stem}/mod.rs"), &from, &module::root(module, source, &files))?;
        // Some at a time, because the tree has texts of its own.
        for files in files.chunks(FILES) {
            let marked = parallel::map(files.iter().collect(), |file| {
                let path = format!("src/{stem}/{}.rs", file.stem);
                let bytes = marker::mark(&path, &from, &module::file(module, file, generated));
                (path, bytes)
            });
            marked.into_iter().try_for_each(|(path, bytes)| tree.put(&path, bytes))?;
        }
        tree.insert(&format!("ledger/{stem}.md"), &from, &ledger::ledger(sources, module, stem))
    }
}

/// The support module's root, without the files that nothing needs.
fn support_rs(needs: Needs) -> String {
    let absent: Vec<&str> = SUPPORT.iter().map(|(name, _)| *name).filter(|name| !needs.allow(name)).collect();
    let is_of_absent = |line: &str| {
        absent.iter().any(|name| line == format!("mod {name};") || line.contains(&format!("use {name}::")))
    };
    let mut kept: Vec<&str> = Vec::new();
    for line in include_str!("support/mod.rs").lines() {
        if !is_of_absent(line) {
            kept.push(line);
        } else if kept.last().is_some_and(|before| before.starts_with("#[")) {
            // The attribute is of the line that goes.
            kept.pop();
        }
    }
    kept.join("\n") + "\n"
}
