//! The definitions of all modules -> those that lead back to themselves.

use std::collections::{HashMap, HashSet};

use crate::lower::Module;

/// The keys of the definitions that lead to themselves, and of those on the way from one such to another. They are left alone: that
/// one stands for what another is once around is more than a proof of the whole can show.
pub(super) fn circular(modules: &[Module]) -> HashSet<&str> {
    let all = modules.iter().flat_map(|module| &module.definitions);
    let keyed = all.map(|definition| (definition.key.as_str(), definition.form.references()));
    let to: Edges<'_> = keyed.filter(|(_, references)| !references.is_empty()).collect();
    let mut from = Edges::new();
    for (one, others) in &to {
        others.iter().for_each(|other| from.entry(other).or_default().push(one));
    }
    let forth = endless(&to, &from);
    endless(&from, &to).intersection(&forth).copied().collect()
}

/// The keys that each leads to.
type Edges<'k> = HashMap<&'k str, Vec<&'k str>>;

/// Those from which `to` leads on and on; `from` leads back.
fn endless<'k>(to: &Edges<'k>, from: &Edges<'k>) -> HashSet<&'k str> {
    let mut open: HashMap<&str, usize> = to.iter().map(|(key, to)| (*key, to.len())).collect();
    let mut ending: Vec<&str> = from.keys().copied().filter(|key| !to.contains_key(key)).collect();
    while let Some(key) = ending.pop() {
        for back in from.get(key).into_iter().flatten() {
            if let Some(left) = open.get_mut(back) {
                *left -= 1;
                ending.extend((*left == 0).then_some(*back));
            }
        }
    }
    open.into_iter().filter(|(_, left)| *left > 0).map(|(key, _)| key).collect()
}
