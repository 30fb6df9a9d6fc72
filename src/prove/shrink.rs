//! A value that gives trouble -> a smaller one that gives the same trouble, by leaving out and shortening one place
//! at a time for as long as that helps.

use serde_json::{Value, json};

use super::behaviour::{Judge, Trouble};
use super::cases::Case;
use super::{Effort, near_miss};

/// Smaller values tried in one step at most.
const WIDTH: usize = 400;
/// Parts of a value from which on it is first tried in halves.
const MANY: usize = 8;
/// Values read in one call.
const BATCH: usize = 16;
/// JSON values in all that is tried together: large values take fewer steps.
const NODES: usize = 1_000_000;

/// The smallest case found in so many steps, with its own trouble. A text that is more than its value stays as it is.
pub(super) fn shrink(judge: &mut Judge<'_>, case: Case, trouble: Trouble, steps: usize) -> (Case, Trouble) {
    let mut smallest = (case, trouble);
    let (mut from, mut nodes) = (0, NODES);
    for _ in 0..steps {
        let Some(value) = smallest.0.value.as_ref().filter(|value| value.to_string() == smallest.0.text) else { break };
        let size = near_miss::nodes(value);
        let mut smaller = Vec::new();
        simpler(value, &mut |value| {
            smaller.push(value);
            smaller.len() < WIDTH.min(nodes / size)
        });
        // What did not help before hardly helps now: the search goes on where it came to.
        from %= smaller.len().max(1);
        smaller.rotate_left(from);
        let same = |found: &Trouble| found.kind == smallest.1.kind && found.pointer == smallest.1.pointer;
        let found = smaller.chunks(BATCH).enumerate().find_map(|(number, values)| {
            nodes = nodes.saturating_sub(values.len() * size);
            let cases: Vec<Case> = values.iter().map(Case::of).collect();
            let troubles = judge.troubles(&cases).ok()?;
            let (case, trouble) = troubles.into_iter().find(|(_, found)| same(found))?;
            let index = cases.iter().position(|other| *other == case)?;
            Some((number * BATCH + index, (case, trouble)))
        });
        let Some((index, found)) = found else { break };
        from += index;
        smallest = found;
    }
    smallest
}

/// The smallest value found of which `holds` says the same as of `value`.
pub(super) fn smallest(mut value: Value, holds: impl Fn(&Value) -> bool) -> Value {
    let mut nodes = NODES;
    for _ in 0..Effort::STEPS {
        let size = near_miss::nodes(&value);
        let (mut tried, mut found) = (0, None);
        simpler(&value, &mut |simpler| {
            tried += 1;
            found = Some(simpler).filter(&holds);
            found.is_none() && tried < WIDTH.min(nodes / size)
        });
        nodes = nodes.saturating_sub(tried * size);
        let Some(simpler) = found else { break };
        value = simpler;
    }
    value
}

/// Gives each value that is `value` made simpler in one place, for as long as `give` asks for more; whether it does.
fn simpler(value: &Value, give: &mut dyn FnMut(Value) -> bool) -> bool {
    match value {
        Value::Null | Value::Bool(_) => true,
        Value::Number(number) if number.as_i64().is_some_and(|number| (0..=1).contains(&number)) => true,
        Value::Number(_) => [json!(0), json!(1)].into_iter().all(give),
        Value::String(text) => {
            let characters: Vec<char> = text.chars().collect();
            let mut lengths = vec![0, 1, characters.len() / 2, characters.len().saturating_sub(1)];
            lengths.retain(|length| *length < characters.len());
            lengths.dedup();
            lengths.into_iter().all(|length| give(Value::String(characters.iter().take(length).collect())))
        }
        Value::Array(items) => {
            let of_range = |from: usize, to: usize| items.iter().skip(from).take(to - from).cloned().collect();
            halves(items.len()).into_iter().all(|(from, to)| give(of_range(from, to)))
                && items.iter().enumerate().all(|(index, item)| {
                    let mut rest = items.clone();
                    rest.remove(index);
                    let with = |item: Value| {
                        let replaced = items.iter().enumerate();
                        replaced.map(|(other, old)| if other == index { item.clone() } else { old.clone() }).collect()
                    };
                    give(Value::Array(rest)) && simpler(item, &mut |item| give(with(item)))
                })
        }
        Value::Object(members) => {
            let of_range = |from: usize, to: usize| members.clone().into_iter().skip(from).take(to - from).collect();
            halves(members.len()).into_iter().all(|(from, to)| give(Value::Object(of_range(from, to))))
                && members.iter().all(|(name, member)| {
                    let mut rest = members.clone();
                    rest.shift_remove(name);
                    let with = |member: Value| {
                        let mut copy = members.clone();
                        copy.insert(name.clone(), member);
                        Value::Object(copy)
                    };
                    give(Value::Object(rest)) && simpler(member, &mut |member| give(with(member)))
                })
        }
    }
}

/// The two halves of what has so many parts, where one part at a time would take long.
fn halves(count: usize) -> Vec<(usize, usize)> {
    if count < MANY { Vec::new() } else { vec![(0, count / 2), (count / 2, count)] }
}
