//! Definitions that ask for the same, and differ in what they say of themselves -> one type for them, which says nothing of
//! itself: what each says is said where it is used, as what scalars say is.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Map, Value};

use super::{OF_ITSELF, first};
use crate::lower::references::referred_at;
use crate::lower::{Definition, Module};

/// What is said of the definitions that could go without saying it, by their keys.
type Said = HashMap<String, Map<String, Value>>;

/// Notes in `same` that the definitions of all classes of one of the `differing` are one type, and has what they say said where
/// they are used. Those of one class are the same as each other already. A class keeps its type if something says otherwise where
/// it refers to one of it: both are said of one place then, which can say but one thing by one keyword.
pub(super) fn unite(modules: &mut [Module], differing: Vec<Vec<Vec<String>>>, same: &mut HashMap<String, String>) {
    let mut said = said(modules, &differing);
    let kept = denied(modules, &said);
    let is_free = |class: &Vec<String>| !class.iter().any(|key| kept.contains(key));
    let united = differing.into_iter().map(|classes| classes.into_iter().filter(is_free).collect::<Vec<_>>());
    let united = united.filter(|classes| classes.len() > 1).enumerate();
    let united = united.flat_map(|(number, classes)| classes.into_iter().flatten().map(move |key| (key, number)));
    let united: HashMap<String, usize> = united.collect();
    said.retain(|key, _| united.contains_key(key));
    say_where_used(modules, &said);
    leave_unsaid(modules, &united, same);
}

/// What all of these say of themselves.
fn said(modules: &[Module], differing: &[Vec<Vec<String>>]) -> Said {
    let keys: HashSet<&String> = differing.iter().flatten().flatten().collect();
    let these = modules.iter().flat_map(|module| &module.definitions).filter(|it| keys.contains(&it.key));
    these.map(|it| (it.key.clone(), it.annotations.get(OF_ITSELF).cloned().unwrap_or_default())).collect()
}

/// The keys of those of which another says otherwise, by the same keyword, where it refers to them.
fn denied(modules: &mut [Module], said: &Said) -> HashSet<String> {
    let mut denied = HashSet::new();
    for definition in modules.iter_mut().flat_map(|module| &mut module.definitions) {
        for (asked, beside) in definition.asked_and_said_mut() {
            let Some((place, key)) = referred_at(asked, beside) else { continue };
            let Some((said, there)) = said.get(key).zip(beside.get(&place)) else { continue };
            let is_denied = said.iter().any(|(keyword, value)| there.get(keyword).is_some_and(|it| it != value));
            denied.extend(is_denied.then(|| key.to_owned()));
        }
    }
    denied
}

/// Has what is `said` of a definition said wherever another refers to it.
fn say_where_used(modules: &mut [Module], said: &Said) {
    for definition in modules.iter_mut().flat_map(|module| &mut module.definitions) {
        for (asked, beside) in definition.asked_and_said_mut() {
            let Some((place, key)) = referred_at(asked, beside) else { continue };
            if let Some(said) = said.get(key).filter(|said| !said.is_empty()) {
                beside.entry(place).or_default().extend(said.clone());
            }
        }
    }
}

/// Has the definitions of these keys say nothing of themselves, and those of one number be the same as one of them. Their names keep
/// the documentation; that one has it if it is that of all.
fn leave_unsaid(modules: &mut [Module], united: &HashMap<String, usize>, same: &mut HashMap<String, String>) {
    let mut of: BTreeMap<usize, Vec<&Definition>> = BTreeMap::new();
    for definition in modules.iter().flat_map(|module| &module.definitions) {
        if let Some(number) = united.get(&definition.key) {
            of.entry(*number).or_default().push(definition);
        }
    }
    let types = of.into_iter().filter_map(|(number, all)| {
        let one = first(all.iter().copied())?;
        Some((number, (one.key.clone(), all.iter().all(|it| it.docs == one.docs))))
    });
    let types: BTreeMap<usize, (String, bool)> = types.collect();
    for definition in modules.iter_mut().flat_map(|module| &mut module.definitions) {
        let Some((one, is_documented)) = united.get(&definition.key).and_then(|number| types.get(number)) else {
            continue;
        };
        definition.unsaid = true;
        definition.annotations.remove(OF_ITSELF);
        if definition.key == *one {
            same.remove(one);
            definition.docs.retain(|_| *is_documented);
        } else {
            same.insert(definition.key.clone(), one.clone());
        }
    }
}
