//! The definitions of a module -> its files: one for each definition that the source itself has, with the types of
//! what lies inside of it, and the types that it alone asks for; and one for each type that several of them share.

use std::collections::{BTreeMap, BTreeSet};

use super::stems::Stems;
use crate::enrich::Generated;
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

/// The files of `module`, in the order of their first definitions; `generated` tells which types name which.
pub(super) fn files<'a>(module: &'a Module, generated: &BTreeMap<String, Generated>) -> Vec<File<'a>> {
    let mut files: BTreeMap<usize, Vec<&Definition>> = BTreeMap::new();
    for (holder, definition) in Holders::of(module, generated).into_iter().zip(&module.definitions) {
        files.entry(holder).or_default().push(definition);
    }
    let mut stems = Stems::default();
    let file = |(of, mut definitions): (usize, Vec<&'a Definition>)| {
        let of = module.definitions.get(of)?;
        definitions.sort_by_key(|definition| definition.key != of.key);
        Some(File { stem: stems.take(&of.name), definitions })
    };
    files.into_iter().filter_map(file).collect()
}

/// Which definition's file each of a module's definitions is in, by their indices.
struct Holders<'a> {
    module: &'a Module,
    /// The listed ones, by what they are of.
    listed: BTreeMap<(usize, &'a str), usize>,
    /// Those that name each.
    users: Vec<Vec<usize>>,
    /// What is known by now.
    known: Vec<Option<usize>>,
}

impl<'a> Holders<'a> {
    fn of(module: &'a Module, generated: &BTreeMap<String, Generated>) -> Vec<usize> {
        let all = || module.definitions.iter().enumerate();
        let listed = all().filter(|(_, definition)| definition.listed);
        let listed = listed.map(|(index, definition)| ((definition.document, definition.pointer.as_str()), index));
        let named: BTreeMap<&str, usize> = all().map(|(index, definition)| (definition.name.as_str(), index)).collect();
        let mut users = vec![Vec::new(); module.definitions.len()];
        for (user, definition) in all() {
            let uses = generated.get(&definition.key).into_iter().flat_map(|generated| &generated.uses);
            let used = uses.filter(|(of, _)| *of == module.name).filter_map(|(_, name)| named.get(name.as_str()));
            used.for_each(|used| users.get_mut(*used).into_iter().for_each(|users| users.push(user)));
        }
        let known = vec![None; module.definitions.len()];
        let mut holders = Self { module, listed: listed.collect(), users, known };
        (0..module.definitions.len()).map(|index| holders.holder(index)).collect()
    }

    /// A type that several definitions share has a file of its own, unless all that names it is in one file: then it is there.
    fn holder(&mut self, index: usize) -> usize {
        if let Some(known) = self.known.get(index).copied().flatten() {
            return known;
        }
        // While it is looked for, so that shared types which name each other have an end.
        self.known.get_mut(index).into_iter().for_each(|known| *known = Some(index));
        let Some(definition) = self.module.definitions.get(index) else { return index };
        let holder = match definition.part {
            _ if definition.listed => index,
            Part::Shared => {
                let users = self.users.get_mut(index).map(std::mem::take).unwrap_or_default();
                let holders: BTreeSet<usize> = users.into_iter().map(|user| self.holder(user)).collect();
                if holders.len() == 1 { holders.first().copied().unwrap_or(index) } else { index }
            }
            _ => {
                let around = |at| self.listed.get(&(definition.document, at)).copied();
                pointer::around(&definition.pointer).find_map(around).unwrap_or(index)
            }
        };
        self.known.get_mut(index).into_iter().for_each(|known| *known = Some(holder));
        holder
    }
}
