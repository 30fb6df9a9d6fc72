//! Two schemas -> the same, with each pattern beside those of the other schema that match all that it matches. The algebra
//! takes patterns for words that it does not understand: so it is told which of them follows from which.

use std::collections::{BTreeMap, BTreeSet};

use regex_automata::dfa::{Automaton as _, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::{Input, MatchKind};
use serde_json::{Value, json};

use super::schema;
use crate::vocabulary;

/// Bytes of the largest automaton that is made.
const LARGEST: usize = 8 << 20;
/// Pairs of states looked at for two patterns.
const STATES: usize = 20_000;
/// Pairs of patterns compared for two schemas.
const PAIRS: usize = 400;

type Dfa = dense::DFA<Vec<u32>>;

/// `one` and `other`, which accept what they accepted, with what their patterns imply.
pub(super) fn said(one: &Value, other: &Value) -> [Value; 2] {
    let [ours, theirs] = [patterns(one), patterns(other)];
    if ours == theirs {
        return [one.clone(), other.clone()];
    }
    let all = ours.union(&theirs);
    let automata: BTreeMap<&str, Dfa> = all.filter_map(|pattern| Some((*pattern, automaton(pattern)?))).collect();
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
    automata: &BTreeMap<&str, Dfa>,
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

/// The automaton of a pattern that means the same in ECMA 262 and in Rust; none of any other.
fn automaton(pattern: &str) -> Option<Dfa> {
    if !is_common(pattern) {
        return None;
    }
    let config = dense::Config::new()
        .match_kind(MatchKind::All)
        .dfa_size_limit(Some(LARGEST))
        .determinize_size_limit(Some(LARGEST));
    dense::Builder::new().configure(config).build(pattern).ok()
}

/// Whether the pattern is made of characters, escaped punctuation, plain classes, groups, alternatives, repetitions and
/// anchors only: classes such as `\d` and `.`, and sets within classes, differ between the two languages.
fn is_common(pattern: &str) -> bool {
    let mut characters = pattern.chars().peekable();
    let mut in_class = false;
    let mut before = ' ';
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some(escaped) if escaped.is_ascii_punctuation() => {}
                _ => return false,
            },
            '[' if in_class => return false,
            '[' => in_class = true,
            ']' => in_class = false,
            '&' | '~' | '-' if in_class && before == character => return false,
            '.' if !in_class => return false,
            '?' if before == '(' && !in_class => return false,
            // Rust takes it for `{0,`, ECMA 262 for characters.
            ',' if before == '{' && !in_class => return false,
            _ => {}
        }
        before = character;
    }
    true
}

/// Whether `wide` matches every string that `narrow` does; nothing if it takes too long to tell.
fn is_within(narrow: &Dfa, wide: &Dfa) -> Option<bool> {
    let start = |dfa: &Dfa| dfa.start_state_forward(&Input::new("")).ok();
    let mut pending = vec![(start(narrow)?, false, start(wide)?, false)];
    let mut seen = BTreeSet::new();
    while let Some((one, one_met, other, other_met)) = pending.pop() {
        if narrow.is_quit_state(one) || wide.is_quit_state(other) || seen.len() > STATES {
            return None;
        }
        // A match is known one byte after its end, and stays one.
        let one_met = one_met || narrow.is_match_state(one);
        let other_met = other_met || wide.is_match_state(other);
        let is_hopeless = !one_met && narrow.is_dead_state(one);
        if other_met || is_hopeless || !seen.insert((one, one_met, other)) {
            continue;
        }
        if (one_met || ends(narrow, one)) && !ends(wide, other) {
            return Some(false);
        }
        let next = |byte: u8| (narrow.next_state(one, byte), one_met, wide.next_state(other, byte), other_met);
        pending.extend((0..=u8::MAX).map(next));
    }
    Some(true)
}

/// Whether there is a match if the text ends here.
fn ends(dfa: &Dfa, state: StateID) -> bool {
    dfa.is_match_state(dfa.next_eoi_state(state))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn within(narrow: &str, wide: &str) -> Option<bool> {
        is_within(&automaton(narrow)?, &automaton(wide)?)
    }

    #[test]
    fn what_one_pattern_matches_another_does_or_not() {
        let words = ["^[A-Za-z0-9._-]{1,256}$", "^[A-Za-z0-9._:-]{1,256}$"];
        for (narrow, wide) in
            [(words[0], words[1]), ("^a+$", "a"), ("^(ab|a)$", "^ab?$"), ("^é$", "^[^a]$"), ("ab", "b")]
        {
            assert_eq!(within(narrow, wide), Some(true), "{narrow} {wide}");
            assert_eq!(within(wide, narrow), Some(narrow == "^(ab|a)$"), "{wide} {narrow}");
        }
    }

    #[test]
    fn what_the_two_languages_read_otherwise_has_no_automaton() {
        for pattern in [r"\d", "a.", "[a[b]]", "[a&&b]", "[a--b]", "(?i)a", r"\bx", r"[\w]", "(?<=a)b", "a{,2}"] {
            assert!(automaton(pattern).is_none(), "{pattern}");
        }
    }

    #[test]
    fn implied_patterns_are_put_beside_those_that_imply_them() {
        let (old, new) = (json!({"pattern": "^a$"}), json!({"items": {"pattern": "^[ab]$"}}));
        let implied = json!({"pattern": "^a$", "allOf": [{"pattern": "^[ab]$"}]});
        assert_eq!(said(&old, &new), [implied, new]);
    }
}
