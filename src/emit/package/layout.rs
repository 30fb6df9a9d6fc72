//! The definitions of a module -> its files: one for each definition that the source itself has, with the types of
//! what lies inside of it; and one for each type that several of them share.

use std::collections::BTreeMap;

use super::stems::Stems;
use crate::lower::{Definition, Module, Part};
use crate::pointer;

/// A file of a module.
#[derive(Debug)]
pub(super) struct File<'a> {
    /// Its name without the extension.
    pub(super) stem: String,
    /// Its types; the first is the one that it is for.
    pub(super) definitions: Vec<&'a Definition>,
}

/// The files of `module`, in the order of their first definitions.
pub(super) fn files(module: &Module) -> Vec<File<'_>> {
    let listed = module.definitions.iter().enumerate().filter(|(_, definition)| definition.listed);
    let listed: BTreeMap<(usize, &str), usize> =
        listed.map(|(index, definition)| ((definition.document, definition.pointer.as_str()), index)).collect();
    let mut files: BTreeMap<usize, Vec<&Definition>> = BTreeMap::new();
    for (index, definition) in module.definitions.iter().enumerate() {
        let around = |at| listed.get(&(definition.document, at)).copied();
        let is_own = definition.listed || definition.part == Part::Shared;
        let holder = if is_own { None } else { pointer::around(&definition.pointer).find_map(around) };
        files.entry(holder.unwrap_or(index)).or_default().push(definition);
    }
    let mut stems = Stems::default();
    let file = |(of, definitions): (usize, Vec<_>)| {
        let stem = module.definitions.get(of).map(|definition| stems.take(&definition.name)).unwrap_or_default();
        File { stem, definitions }
    };
    files.into_iter().map(file).collect()
}
