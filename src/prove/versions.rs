//! Two versions of a schema -> what the one accepts and the other refuses, each way with a value that shows it.
//!
//! Emptiness is the algebra's to prove; that something is in a difference is shown by a value alone, which the validator
//! accepts under one version and refuses under the other. So is what the algebra says to be empty: a value against it counts.

use std::collections::BTreeSet;

use serde_json::Value;

use super::side::{Side, Sides};
use super::{cases, lifted, sets, shrink, with_stack, within};

/// The seed of all values that are made.
const SEED: u64 = 1;
/// Values tried before the algebra is asked: what it then proves empty has been tried, too.
const TRIED: usize = 40;
/// Values tried on a difference that it does not prove empty, beside those that were made from the difference.
const SEARCHED: usize = 400;

/// What is known of the values that one version accepts and the other refuses.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Change {
    /// There are none.
    None,
    /// This is one.
    Shown(Value),
    /// It is not known whether there are any, for this reason.
    Unknown(String),
}

/// What is known both ways.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Changed {
    /// What the old version accepts and the new one refuses.
    pub(crate) lost: Change,
    /// What the new version accepts and the old one refuses.
    pub(crate) gained: Change,
}

/// Compares `old` and `new`, both in 2020-12 and self-contained; `asserted` are the formats that refuse anything.
pub(crate) fn changes(old: &Value, new: &Value, asserted: &BTreeSet<String>) -> Changed {
    let unknown = |why: String| Changed { lost: Change::Unknown(why.clone()), gained: Change::Unknown(why) };
    let [old, new] = within::said(old, new);
    let compared = with_stack(|| {
        let sides = Sides::new(&old, &new, asserted).map_err(|_| "one of the schemas is not usable".to_owned())?;
        let Sides { source: old, re_export: new } = &sides;
        // A value is found sooner than a difference is computed, and says as much.
        let (lost, gained) = match (search(old, new, TRIED), search(new, old, TRIED)) {
            (Some(lost), Some(gained)) => (lost, gained),
            (Some(lost), None) => (lost, change(sets::one(new, old, SEED), new, old)),
            (None, Some(gained)) => (change(sets::one(old, new, SEED), old, new), gained),
            (None, None) => {
                let [lost, gained] = sets::differences(&sides, SEED).directions;
                (change(lost, old, new), change(gained, new, old))
            }
        };
        Ok(Changed { lost, gained })
    });
    compared.and_then(|compared| compared).unwrap_or_else(unknown)
}

/// What the algebra's difference is found to be. One that it proves empty has been searched already.
fn change(direction: sets::Direction, accepts: &Side, refuses: &Side) -> Change {
    match (direction.witness, direction.gap) {
        (Some(witness), _) => shown(witness, accepts, refuses),
        (None, None) => Change::None,
        (None, Some(gap)) => search_deep(accepts, refuses).unwrap_or(Change::Unknown(gap.why)),
    }
}

/// The first of `count` values made of either schema that is in the difference; or one that is made from the parts of both.
fn search_deep(accepts: &Side, refuses: &Side) -> Option<Change> {
    let lifted =
        || lifted::search(&accepts.inlined, &refuses.inlined, SEED).filter(|value| shows(value, accepts, refuses));
    search(accepts, refuses, SEARCHED).or_else(|| Some(shown(lifted()?, accepts, refuses)))
}

/// The first of `count` values made of either schema that is in the difference.
fn search(accepts: &Side, refuses: &Side, count: usize) -> Option<Change> {
    let mut drawn = [accepts, refuses].into_iter().flat_map(|side| cases::drawn(&side.schema, SEED, count));
    drawn.find(|value| shows(value, accepts, refuses)).map(|value| shown(value, accepts, refuses))
}

fn shows(value: &Value, accepts: &Side, refuses: &Side) -> bool {
    accepts.validator.is_valid(value) && !refuses.validator.is_valid(value)
}

fn shown(value: Value, accepts: &Side, refuses: &Side) -> Change {
    Change::Shown(shrink::smallest(value, |value| shows(value, accepts, refuses)))
}
