//! A root -> the tier of its group: the worst fate of any keyword that applies to an instance of it.

use std::collections::BTreeSet;

use crate::Generation;
use crate::lower::{Fate, Form, Module, Part, Place, Schemas, Tier};
use crate::vocabulary::{self, Role};

/// The tier of the root of `module`: opaque if a validator answers for any keyword that its instances meet, checked if a
/// check does, native otherwise.
pub(super) fn tier(generation: &Generation, module: &Module) -> Tier {
    let Generation { sources, plan, .. } = generation;
    let is_root = |pointer: &str, part: Part| pointer.is_empty() && part == Part::Whole;
    let root = module.definitions.iter().find(|definition| is_root(&definition.pointer, definition.part));
    let types = root.map(|root| reached(&plan.simple, root.place.clone())).unwrap_or_default();
    let is_opaque = |form: &Form| matches!(form, Form::Opaque { .. });
    if plan.definitions().any(|(_, definition)| is_opaque(&definition.form) && types.contains(&definition.place)) {
        return Tier::Opaque;
    }
    let schemas = reached(sources, Place { document: module.documents.start, pointer: String::new() });
    plan.modules.iter().flat_map(|module| tiers(generation, module, &schemas)).max().unwrap_or(Tier::Native)
}

/// The tiers of the keywords of `module` that refuse something and stand in one of `schemas`.
fn tiers(generation: &Generation, module: &Module, schemas: &BTreeSet<Place>) -> Vec<Tier> {
    let schema_of = |fate: &Fate| {
        let document = generation.sources.documents.get(fate.document)?;
        let pointer = document.read_pointer(fate.pointer.rsplit_once('/').map_or("", |(schema, _)| schema));
        Some(Place { document: fate.document, pointer })
    };
    let refusing = module.fates.iter().filter(|fate| matches!(fate.tier, Tier::Native | Tier::Checked | Tier::Opaque));
    refusing
        .filter(|fate| schema_of(fate).is_some_and(|schema| schemas.contains(&schema)))
        .map(|fate| fate.tier)
        .collect()
}

/// The places of the schema at `root` and of all that it applies or refers to.
fn reached(schemas: &dyn Schemas, root: Place) -> BTreeSet<Place> {
    let mut reached = BTreeSet::new();
    let mut waiting = vec![root];
    while let Some(place) = waiting.pop() {
        if !reached.insert(place.clone()) {
            continue;
        }
        waiting.extend(schemas.target(&place));
        let keywords = place.schema(schemas).as_object().into_iter().flatten();
        let applied = keywords.filter(|(keyword, _)| vocabulary::role(keyword) != Role::Definitions);
        let held = applied.flat_map(|(keyword, value)| vocabulary::held(keyword, value, &place.below(keyword).pointer));
        waiting.extend(held.map(|(pointer, _)| Place { document: place.document, pointer }));
    }
    reached
}
