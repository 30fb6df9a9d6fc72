//! Two documents with recursive definitions of the same names -> whether they accept the same values, by induction.
//!
//! Take it that the two definitions of each name agree on all values smaller than some value, and on that value itself as
//! far as a definition refers to others in place. Then references to a name may lead to one and the same definition on both
//! sides; and if the bodies still are equal as sets, the definitions agree on that value too. Values are finite, and where no
//! definition comes back to itself in place, so is the way through the definitions: then they agree on all values.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::inline::{self, References};
use super::side::{self, Sides};
use super::{congruence, inclusion, reach, sets};

/// Definitions compared at most, each in a document with all of them.
const DEFINITIONS: usize = 50;

/// Whether the sides are shown to be equal: every shared definition's bodies are, and so are the roots.
pub(super) fn holds(sides: &Sides) -> bool {
    let (source, re_export) = (&sides.source.inlined, &sides.re_export.inlined);
    let (Some(ours), Some(theirs)) = (definitions(source), definitions(re_export)) else { return false };
    if ours.len().max(theirs.len()) > DEFINITIONS || !is_founded(&[ours, theirs]) {
        return false;
    }
    // Both sides refer to the source's definitions; what only the re-export has stays its own.
    let mut shared = theirs.clone();
    shared.extend(ours.clone());
    let names = ours.keys().filter(|name| theirs.contains_key(*name));
    let bodies = names.filter_map(|name| Some((ours.get(name)?, theirs.get(name)?)));
    bodies.chain([(source, re_export)]).all(|(ours, theirs)| are_equal(&with(ours, &shared), &with(theirs, &shared)))
}

fn definitions(document: &Value) -> Option<&Map<String, Value>> {
    document.get("$defs")?.as_object()
}

/// Whether no definition comes back to itself in place, whichever side's definitions the way leads through.
fn is_founded(sides: &[&Map<String, Value>]) -> bool {
    let mut edges: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (name, schema) in sides.iter().copied().flatten() {
        // Without a document, references are seen and not followed.
        let here = reach::in_place(&Value::Null, vec![schema]);
        let targets = here.into_iter().filter_map(|keywords| inline::target(keywords.get("$ref")?.as_str()?));
        edges.entry(name).or_default().extend(targets.map(|(name, _)| name));
    }
    References(edges).recursive(&BTreeSet::new()).is_empty()
}

fn with(schema: &Value, definitions: &Map<String, Value>) -> Value {
    let mut document = schema.clone();
    if let Some(keywords) = document.as_object_mut() {
        keywords.insert("$defs".to_owned(), definitions.clone().into());
    }
    document
}

/// Whether the algebra says so of the whole, or of the parts.
fn are_equal(ours: &Value, theirs: &Value) -> bool {
    let (Ok(one), Ok(other)) = (side::canonical(ours), side::canonical(theirs)) else { return false };
    sets::subtract(&one, &other).is_ok() && sets::subtract(&other, &one).is_ok()
        || congruence::holds(ours, theirs)
        || inclusion::holds(ours, theirs) && inclusion::holds(theirs, ours)
}
