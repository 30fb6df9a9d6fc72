//! Two versions of a schema -> what the one accepts and the other refuses, each way with a value that shows it.
//!
//! Emptiness is the algebra's to prove; that something is in a difference is shown by a value alone, which the validator
//! accepts under one version and refuses under the other. So is what the algebra says to be empty: a value against it counts.

use std::collections::BTreeSet;

use serde_json::Value;

use super::side::{Side, Sides};
use super::{cases, sets, shrink, with_stack, within};

/// The seed of all values that are made.
const SEED: u64 = 1;
/// Values tried on a difference that the algebra proves empty.
const TRIED: usize = 40;
/// Values tried on one that it does not, beside those that were made from the difference.
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
        let [lost, gained] = sets::differences(&sides, SEED).directions;
        let Sides { source: old, re_export: new } = &sides;
        Ok(Changed { lost: change(lost, old, new), gained: change(gained, new, old) })
    });
    compared.and_then(|compared| compared).unwrap_or_else(unknown)
}

fn change(direction: sets::Direction, accepts: &Side, refuses: &Side) -> Change {
    let shows = |value: &Value| accepts.validator.is_valid(value) && !refuses.validator.is_valid(value);
    let count = if direction.gap.is_some() { SEARCHED } else { TRIED };
    let search = || {
        let schemas = [&accepts.schema, &refuses.schema];
        schemas.into_iter().flat_map(|schema| cases::drawn(schema, SEED, count)).find(|value| shows(value))
    };
    match (direction.witness.or_else(search), direction.gap) {
        (Some(witness), _) => Change::Shown(shrink::smallest(witness, shows)),
        (None, None) => Change::None,
        (None, Some(gap)) => Change::Unknown(gap.why),
    }
}
