//! A value that gives trouble -> a smaller one that gives the same trouble, by leaving out and shortening one place
//! at a time for as long as that helps.

use serde_json::{Value, json};

use super::behaviour::{Judge, Trouble};
use super::cases::Case;

/// Steps taken at most.
const STEPS: usize = 100;
/// Smaller values tried in one step at most.
const WIDTH: usize = 400;
/// Values read in one call.
const BATCH: usize = 16;

/// The smallest case found, with its own trouble. A text that is more than its value stays as it is.
pub(super) fn shrink(judge: &mut Judge<'_>, case: Case, trouble: Trouble) -> (Case, Trouble) {
    let mut smallest = (case, trouble);
    let mut from = 0;
    for _ in 0..STEPS {
        let Some(value) = smallest.0.value.as_ref().filter(|value| value.to_string() == smallest.0.text) else { break };
        let mut smaller = Vec::new();
        simpler(value, &mut |value| smaller.push(Case::of(&value)));
        smaller.truncate(WIDTH);
        // What did not help before hardly helps now: the search goes on where it came to.
        from %= smaller.len().max(1);
        smaller.rotate_left(from);
        let same = |found: &Trouble| found.kind == smallest.1.kind && found.pointer == smallest.1.pointer;
        let found = smaller.chunks(BATCH).enumerate().find_map(|(number, cases)| {
            let troubles = judge.troubles(cases).ok()?;
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

/// Gives each value that is `value` made simpler in one place.
fn simpler(value: &Value, give: &mut dyn FnMut(Value)) {
    match value {
        Value::Null | Value::Bool(_) => {}
        Value::Number(number) if number.as_i64().is_some_and(|number| (0..=1).contains(&number)) => {}
        Value::Number(_) => [json!(0), json!(1)].into_iter().for_each(give),
        Value::String(text) => {
            let characters: Vec<char> = text.chars().collect();
            let mut lengths = vec![0, 1, characters.len() / 2, characters.len().saturating_sub(1)];
            lengths.retain(|length| *length < characters.len());
            lengths.dedup();
            lengths.into_iter().for_each(|length| give(Value::String(characters.iter().take(length).collect())));
        }
        Value::Array(items) => {
            for index in 0..items.len() {
                let mut rest = items.clone();
                let item = rest.remove(index);
                give(Value::Array(rest));
                simpler(&item, &mut |item| {
                    let replaced = items.iter().enumerate();
                    give(
                        replaced.map(|(other, old)| if other == index { item.clone() } else { old.clone() }).collect(),
                    );
                });
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                let mut rest = members.clone();
                rest.shift_remove(name);
                give(Value::Object(rest));
                simpler(member, &mut |member| {
                    let mut copy = members.clone();
                    copy.insert(name.clone(), member);
                    give(Value::Object(copy));
                });
            }
        }
    }
}
