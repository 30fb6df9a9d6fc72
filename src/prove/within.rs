//! Two schemas -> the same, with each pattern beside those of the other schema that match all that it matches, among texts of
//! the lengths that stand beside it. The algebra takes patterns for words that it does not understand: so it is told which of
//! them follows from which.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::schema;
use crate::regular::Automaton;
use crate::vocabulary;

/// Pairs of states looked at for two patterns.
const STATES: usize = 20_000;
/// Pairs of patterns compared for two schemas.
const PAIRS: usize = 1_000;

/// `one` and `other`, which accept what they accepted, with what their patterns imply.
pub(super) fn said(one: &Value, other: &Value) -> [Value; 2] {
    let [ours, theirs] = [patterns(one), patterns(other)];
    if ours == theirs {
        return [one.clone(), other.clone()];
    }
    let all: BTreeSet<&str> = ours.union(&theirs).copied().collect();
    let shared: BTreeSet<&str> = ours.intersection(&theirs).copied().collect();
    let automata: BTreeMap<&str, Automaton> =
        all.iter().filter_map(|pattern| Some((*pattern, Automaton::new(pattern)?))).collect();
    // Of a pattern that both have, both have to be told the same: else they would differ.
    let pairs = all.iter().flat_map(|narrow| all.iter().map(move |wide| (*narrow, *wide)));
    let pairs = pairs.filter(|(narrow, wide)| narrow != wide && !(shared.contains(narrow) && shared.contains(wide)));
    let pairs: Vec<(&str, &str)> = pairs.take(PAIRS).collect();
    [with_implied(one, &pairs, &automata), with_implied(other, &pairs, &automata)]
}

/// A pattern, and the lengths of texts that the schema around it accepts, in characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Texts<'d> {
    pattern: &'d str,
    least: u64,
    most: Option<u64>,
}

impl<'d> Texts<'d> {
    fn of(schema: &'d Map<String, Value>) -> Option<Self> {
        let length = |keyword: &str| schema.get(keyword).and_then(Value::as_u64);
        let pattern = schema.get("pattern")?.as_str()?;
        Some(Self { pattern, least: length("minLength").unwrap_or_default(), most: length("maxLength") })
    }
}

fn texts(document: &Value) -> BTreeSet<Texts<'_>> {
    let schemas = vocabulary::subschemas(document, "").into_iter();
    schemas.filter_map(|(_, schema)| Texts::of(schema.as_object()?)).collect()
}

fn patterns(document: &Value) -> BTreeSet<&str> {
    texts(document).into_iter().map(|texts| texts.pattern).collect()
}

/// `document` with the second pattern of each pair beside the first, where it follows from that.
fn with_implied(document: &Value, pairs: &[(&str, &str)], automata: &BTreeMap<&str, Automaton>) -> Value {
    let texts = texts(document);
    let mut implied: BTreeMap<Texts<'_>, Vec<Value>> = BTreeMap::new();
    for (narrow, wide) in pairs.iter().copied() {
        let (Some(one), Some(other)) = (automata.get(narrow), automata.get(wide)) else { continue };
        let any = Texts { pattern: narrow, least: 0, most: None };
        // Lengths make more states to look at, and are needed seldom.
        let always = is_within(any, one, other) == Some(true);
        for texts in texts.iter().filter(|texts| texts.pattern == narrow) {
            if always || (*texts != any && is_within(*texts, one, other) == Some(true)) {
                implied.entry(*texts).or_default().push(json!({"pattern": wide}));
            }
        }
    }
    schema::edited(document, |schema| {
        let Some(more) = Texts::of(schema).and_then(|texts| implied.get(&texts)) else { return };
        let mut parts = schema.get("allOf").and_then(Value::as_array).cloned().unwrap_or_default();
        parts.extend(more.iter().cloned());
        schema.insert("allOf".to_owned(), parts.into());
    })
}

/// Whether `wide` matches every text that `narrow` does and that has one of the lengths of `texts`; nothing if it takes too
/// long to tell.
fn is_within(texts: Texts<'_>, narrow: &Automaton, wide: &Automaton) -> Option<bool> {
    // A character begins with any byte but these, in UTF-8.
    let begins = |byte: u8| !(0x80..0xc0).contains(&byte);
    let classes = (0..=u8::MAX).map(|byte| ((narrow.class(byte), wide.class(byte), begins(byte)), byte));
    let bytes: BTreeMap<(u8, u8, bool), u8> = classes.collect();
    let mut pending = vec![(narrow.start(), wide.start(), 0)];
    let mut seen = BTreeSet::new();
    while let Some((one, other, length)) = pending.pop() {
        if seen.len() > STATES {
            return None;
        }
        let is_too_long = texts.most.is_some_and(|most| length > most);
        let is_hopeless = is_too_long || narrow.never_matches(one) || wide.always_matches(other);
        if is_hopeless || !seen.insert((one, other, length)) {
            continue;
        }
        if length >= texts.least && narrow.ends(one) && !wide.ends(other) {
            return Some(false);
        }
        pending.extend(bytes.values().map(|byte| {
            let more = length + u64::from(begins(*byte));
            // Beyond the least, only a greatest length makes a difference.
            let length = if texts.most.is_some() { more } else { more.min(texts.least) };
            (narrow.next(one, *byte), wide.next(other, *byte), length)
        }));
    }
    Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn within(narrow: &str, wide: &str) -> Option<bool> {
        is_within(Texts { pattern: narrow, least: 0, most: None }, &Automaton::new(narrow)?, &Automaton::new(wide)?)
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
    fn lengths_beside_a_pattern_count_in_characters() {
        let within = |pattern, least, most, wide| {
            is_within(Texts { pattern, least, most }, &Automaton::new(pattern)?, &Automaton::new(wide)?)
        };
        let wide = "^[0-9A-Za-zé._-]{2,256}$";
        for (pattern, least, most, expected) in [
            ("^[0-9a-z-]+$", 2, Some(255), true),
            ("^[0-9a-z-]+$", 2, Some(256), true),
            ("^[0-9a-z-]+$", 2, Some(257), false),
            ("^[0-9a-z-]+$", 1, Some(255), false),
            ("^[0-9a-z-]+$", 2, None, false),
            ("^é+$", 2, Some(256), true),
            ("^é+$", 1, Some(256), false),
            ("^é{2}$", 0, None, true),
            ("^é*$", 3, Some(2), true),
        ] {
            assert_eq!(within(pattern, least, most, wide), Some(expected), "{pattern} {least} {most:?}");
        }
    }

    #[test]
    fn implied_patterns_are_put_beside_those_that_imply_them() {
        let (old, new) = (json!({"pattern": "^a$"}), json!({"items": {"pattern": "^[ab]$"}}));
        let implied = json!({"pattern": "^a$", "allOf": [{"pattern": "^[ab]$"}]});
        assert_eq!(said(&old, &new), [implied, new]);
        let (old, new) = (json!({"pattern": "^a*$", "maxLength": 3}), json!({"pattern": "^a{0,4}$"}));
        let implied = json!({"pattern": "^a*$", "maxLength": 3, "allOf": [{"pattern": "^a{0,4}$"}]});
        assert_eq!(said(&old, &new)[0], implied);
    }

    #[test]
    fn a_pattern_of_both_implies_the_same_in_both() {
        let schema = |other: &str| json!({"properties": {"a": {"pattern": "^a$"}, "b": {"pattern": other}}});
        let [old, new] = said(&schema("^[ab]$"), &schema("^[abc]$"));
        let implied = json!([{"pattern": "^[ab]$"}, {"pattern": "^[abc]$"}]);
        assert_eq!([&old, &new].map(|said| &said["properties"]["a"]["allOf"]), [&implied; 2]);
        assert_eq!(old["properties"]["b"]["allOf"], json!([{"pattern": "^[abc]$"}]));
    }
}
