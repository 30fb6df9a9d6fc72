//! A root -> the tier of its group: the worst fate of any keyword that applies to an instance of it.

use std::collections::BTreeSet;

use crate::Generation;
use crate::lower::{Form, Module, Place, Schemas, Tier};
use crate::vocabulary::{self, Role};

/// The tier of the root of `module`: opaque if a validator answers for any keyword that its instances meet, checked if a
/// check does, native otherwise.
pub(super) fn tier(generation: &Generation, module: &Module) -> Tier {
    let reached = reached(generation, Place { document: module.document, pointer: String::new() });
    let tiers = generation.plan.modules.iter().flat_map(|module| tiers(generation, module, &reached));
    tiers.max().unwrap_or(Tier::Native)
}

/// The tiers of the keywords of `module` that refuse something and stand in one of the schemas `reached`.
fn tiers(generation: &Generation, module: &Module, reached: &BTreeSet<Place>) -> Vec<Tier> {
    let is_reached =
        |pointer: &str| reached.contains(&Place { document: module.document, pointer: pointer.to_owned() });
    let Some(document) = generation.sources.documents.get(module.document) else { return Vec::new() };
    let refusing = module.fates.iter().filter(|fate| matches!(fate.tier, Tier::Native | Tier::Checked | Tier::Opaque));
    let stands_in = |keyword: &str| document.read_pointer(keyword.rsplit_once('/').map_or("", |(schema, _)| schema));
    let tiers = refusing.filter(|fate| is_reached(&stands_in(&fate.pointer))).map(|fate| fate.tier);
    // A schema that is `false` has no keyword.
    let opaque = module.definitions.iter().filter(|definition| matches!(definition.form, Form::Opaque { .. }));
    let opaque = opaque.filter(|definition| is_reached(&definition.pointer)).map(|_| Tier::Opaque);
    tiers.chain(opaque).collect()
}

/// The places of the schema at `root` and of all that it applies or refers to.
fn reached(generation: &Generation, root: Place) -> BTreeSet<Place> {
    let sources = &generation.sources;
    let mut reached = BTreeSet::new();
    let mut waiting = vec![root];
    while let Some(place) = waiting.pop() {
        if !reached.insert(place.clone()) {
            continue;
        }
        waiting.extend(sources.target(&place));
        let keywords = place.schema(sources).as_object().into_iter().flatten();
        let applied = keywords.filter(|(keyword, _)| vocabulary::role(keyword) != Role::Definitions);
        let held = applied.flat_map(|(keyword, value)| vocabulary::held(keyword, value, &place.below(keyword).pointer));
        waiting.extend(held.map(|(pointer, _)| Place { document: place.document, pointer }));
    }
    reached
}
