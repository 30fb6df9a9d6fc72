//! The definitions of two versions -> which of them are the same, which were added or removed, and which only have
//! another name.

use std::collections::BTreeMap;

use super::Verdict;
use super::decide::{self, Whole};
use super::definitions::{Definitions, Key};
use crate::source::Version;

/// Definitions compared as sets at most, to find those that only have another name.
const COMPARED: usize = 2000;

/// The keys of removed definitions, each with that of the added one that accepts the same, where there is one such only
/// on either side; none, and a sentence that says so, when too many would have to be compared.
pub(super) fn renamed(versions: [&Version; 2], [old, new]: [&Definitions; 2]) -> Result<BTreeMap<Key, Key>, String> {
    let [old_version, new_version] = versions;
    let gone = wholes(old_version, old, new);
    let come = wholes(new_version, new, old);
    let likely: Vec<(&Keyed<'_>, &Keyed<'_>)> = gone
        .iter()
        .flat_map(|before| come.iter().map(move |after| (before, after)))
        .filter(|((_, before), (_, after))| before.names() == after.names())
        .collect();
    if likely.len() > COMPARED {
        return Err(format!("{} removed and added definitions are alike, more than are compared", likely.len()));
    }
    let same = likely.into_iter().filter(|((_, before), (_, after))| is_same(before, after));
    let pairs: Vec<(&Key, &Key)> = same.map(|((removed, _), (added, _))| (*removed, *added)).collect();
    let is_only = |(removed, added): &&(&Key, &Key)| {
        pairs.iter().filter(|(other, _)| other == removed).count() == 1
            && pairs.iter().filter(|(_, other)| other == added).count() == 1
    };
    Ok(pairs.iter().filter(is_only).map(|(removed, added)| ((*removed).clone(), (*added).clone())).collect())
}

/// A definition by its key.
type Keyed<'d> = (&'d Key, Whole);

/// The definitions of `here` that `there` does not have.
fn wholes<'d>(version: &Version, here: &'d Definitions, there: &Definitions) -> Vec<Keyed<'d>> {
    let own = here.iter().filter(|(key, _)| !there.contains_key(*key));
    own.map(|(key, definition)| (key, Whole::of(version, definition))).collect()
}

fn is_same(before: &Whole, after: &Whole) -> bool {
    decide::verdict(&before.changes(after)) == Verdict::WithoutEffect
}
