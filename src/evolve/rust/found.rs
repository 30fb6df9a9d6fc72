//! What was found so far, and the places of schemas that findings stand at.

use std::collections::BTreeMap;

use super::side::Side;
use super::{RustFinding, Whose};
use crate::evolve::Pair;
use crate::evolve::definitions::Definition;
use crate::evolve::rules;
use crate::lower::{self, Place};
use crate::pointer;

/// Both sides, which of their definitions are the same, and what was found.
pub(super) struct Found<'s> {
    pub(super) old: &'s Side,
    pub(super) new: &'s Side,
    /// What each type was generated from.
    pub(super) origins: [BTreeMap<String, &'s lower::Definition>; 2],
    /// The new place of each definition that both versions have, by the old one.
    places: BTreeMap<&'s Place, &'s Place>,
    /// What definitions are called, by their places.
    called: [BTreeMap<&'s Place, &'s str>; 2],
    pub(super) findings: Vec<RustFinding>,
}

impl<'s> Found<'s> {
    pub(super) fn new(old: &'s Side, new: &'s Side, pairs: &'s [Pair]) -> Self {
        let called = |of: fn(&'s Pair) -> Option<&'s Definition>| {
            // Both sides of a pair are known by the name of the new one.
            let name = |pair: &'s Pair| {
                let name = pair.1.as_ref().or(pair.0.as_ref())?.name.as_str();
                Some((&of(pair)?.place, name))
            };
            pairs.iter().filter_map(name).collect()
        };
        let both = |pair: &'s Pair| Some((&pair.0.as_ref()?.place, &pair.1.as_ref()?.place));
        Self {
            old,
            new,
            origins: [old.origins(), new.origins()],
            places: pairs.iter().filter_map(both).collect(),
            called: [called(|pair| pair.0.as_ref()), called(|pair| pair.1.as_ref())],
            findings: Vec::new(),
        }
    }

    /// The place in the new version of what the old one has at `place`, if it is within the same definition.
    pub(super) fn moved(&self, place: &Place) -> Option<Place> {
        pointer::around(&place.pointer).find_map(|around| {
            let to = self.places.get(&Place { document: place.document, pointer: around.to_owned() })?;
            let rest = place.pointer.get(around.len()..)?;
            Some(Place { document: to.document, pointer: format!("{}{rest}", to.pointer) })
        })
    }

    /// What the definition is called that `place` lies in.
    fn definition(&self, side: Whose, place: &Place) -> String {
        let [old, new] = &self.called;
        let called = if side == Whose::Old { old } else { new };
        let at = |pointer: &str| Place { document: place.document, pointer: pointer.to_owned() };
        pointer::around(&place.pointer)
            .find_map(|around| called.get(&at(around)))
            .map_or_else(String::new, |name| (*name).to_owned())
    }

    /// Tells of a change of what has this `path`, at `place`, by the rule of this `id`.
    pub(super) fn say(&mut self, id: &str, path: &str, side: Whose, place: Option<&Place>, message: String) {
        let Some(rule) = rules::rust_rule(id) else { return };
        let of = if side == Whose::Old { self.old } else { self.new };
        let (location, definition) = match place {
            Some(place) => (of.location(place), self.definition(side, place)),
            None => Default::default(),
        };
        let path = path.to_owned();
        self.findings.push(RustFinding { rule, path, definition, side, location, message, waived: None });
    }
}
