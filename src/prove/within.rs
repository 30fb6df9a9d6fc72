//! Two schemas -> the same, with each pattern beside those of the other schema that match all that it matches. The algebra
//! takes patterns for words that it does not understand: so it is told which of them follows from which.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::schema;
use crate::regular::Automaton;
use crate::vocabulary;

/// Pairs of states looked at for two patterns.
const STATES: usize = 20_000;
/// Pairs of patterns compared for two schemas.
const PAIRS: usize = 400;

/// `one` and `other`, which accept what they accepted, with what their patterns imply.
pub(super) fn said(one: &Value, other: &Value) -> [Value; 2] {
    let [ours, theirs] = [patterns(one), patterns(other)];
    if ours == theirs {
        return [one.clone(), other.clone()];
    }
    let all = ours.union(&theirs);
    let automata: BTreeMap<&str, Automaton> =
        all.filter_map(|pattern| Some((*pattern, Automaton::new(pattern)?))).collect();
    [with_implied(one, (&ours, &theirs), &automata), with_implied(other, (&theirs, &ours), &automata)]
}

fn patterns(document: &Value) -> BTreeSet<&str> {
    let schemas = vocabulary::subschemas(document, "").into_iter();
    schemas.filter_map(|(_, schema)| schema.get("pattern")?.as_str()).collect()
}

/// `document`, which has the patterns `own`, with those of `others` that follow from them.
fn with_implied(
    document: &Value,
    (own, others): (&BTreeSet<&str>, &BTreeSet<&str>),
    automata: &BTreeMap<&str, Automaton>,
) -> Value {
    let pairs = own.iter().flat_map(|narrow| others.iter().map(move |wide| (*narrow, *wide)));
    // What both have on both sides is nothing new.
    let pairs = pairs.filter(|(narrow, wide)| narrow != wide && !(others.contains(narrow) && own.contains(wide)));
    let mut implied: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for (narrow, wide) in pairs.take(PAIRS) {
        if let (Some(one), Some(other)) = (automata.get(narrow), automata.get(wide))
            && is_within(one, other).unwrap_or(false)
        {
            implied.entry(narrow).or_default().push(json!({"pattern": wide}));
        }
    }
    schema::edited(document, |schema| {
        let Some(more) = schema.get("pattern").and_then(Value::as_str).and_then(|pattern| implied.get(pattern)) else {
            return;
        };
        let mut parts = schema.get("allOf").and_then(Value::as_array).cloned().unwrap_or_default();
        parts.extend(more.iter().cloned());
        schema.insert("allOf".to_owned(), parts.into());
    })
}

/// Whether `wide` matches every string that `narrow` does; nothing if it takes too long to tell.
fn is_within(narrow: &Automaton, wide: &Automaton) -> Option<bool> {
    let classes = (0..=u8::MAX).map(|byte| ((narrow.class(byte), wide.class(byte)), byte));
    let bytes: BTreeMap<(u8, u8), u8> = classes.collect();
    let mut pending = vec![(narrow.start(), wide.start())];
    let mut seen = BTreeSet::new();
    while let Some((one, other)) = pending.pop() {
        if seen.len() > STATES {
            return None;
        }
        if narrow.never_matches(one) || wide.always_matches(other) || !seen.insert((one, other)) {
            continue;
        }
        if narrow.ends(one) && !wide.ends(other) {
            return Some(false);
        }
        pending.extend(bytes.values().map(|byte| (narrow.next(one, *byte), wide.next(other, *byte))));
    }
    Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn within(narrow: &str, wide: &str) -> Option<bool> {
        is_within(&Automaton::new(narrow)?, &Automaton::new(wide)?)
    }

    #[test]
    fn what_one_pattern_matches_another_does_or_not() {
        let words = ["^[A-Za-z0-9._-]{1,256}$", "^[A-Za-z0-9._:-]{1,256}$"];
        for (narrow, wide) in [
            (words[0], words[1]),
            ("^a+$", "a"),
            ("^(ab|a)$", "^ab?$"),
            ("^é$", "^[^a]$"),
            ("ab", "b"),
            (r"^\d$", r"^\w$"),
        ] {
            assert_eq!(within(narrow, wide), Some(true), "{narrow} {wide}");
            assert_eq!(within(wide, narrow), Some(narrow == "^(ab|a)$"), "{wide} {narrow}");
        }
    }

    #[test]
    fn implied_patterns_are_put_beside_those_that_imply_them() {
        let (old, new) = (json!({"pattern": "^a$"}), json!({"items": {"pattern": "^[ab]$"}}));
        let implied = json!({"pattern": "^a$", "allOf": [{"pattern": "^[ab]$"}]});
        assert_eq!(said(&old, &new), [implied, new]);
    }
}
