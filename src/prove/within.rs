//! Two schemas -> the same, with each pattern beside those of the other schema that match all that it matches, among texts of
//! the lengths that stand beside it. The algebra takes patterns for words that it does not understand: so it is told which of
//! them follows from which.

use std::collections::{BTreeMap, BTreeSet};

use regex_automata::dfa::{Automaton as _, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::{Input, MatchKind};
use serde_json::{Map, Value, json};

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

/// `document`, which has the patterns `own`, with those of `others` that follow from them.
fn with_implied(
    document: &Value,
    (own, others): (&BTreeSet<&str>, &BTreeSet<&str>),
    automata: &BTreeMap<&str, Dfa>,
) -> Value {
    let texts = texts(document);
    let pairs = texts.iter().flat_map(|narrow| others.iter().map(move |wide| (*narrow, *wide)));
    // What both have on both sides is nothing new.
    let is_known = |narrow: &str, wide: &str| narrow == wide || (others.contains(narrow) && own.contains(wide));
    let pairs = pairs.filter(|(narrow, wide)| !is_known(narrow.pattern, wide));
    let mut implied: BTreeMap<Texts<'_>, Vec<Value>> = BTreeMap::new();
    for (narrow, wide) in pairs.take(PAIRS) {
        let any = Texts { least: 0, most: None, ..narrow };
        let holds = |texts| is_within(texts, automata.get(narrow.pattern)?, automata.get(wide)?);
        // Lengths make more states to look at, and are needed seldom.
        if holds(any) == Some(true) || (narrow != any && holds(narrow) == Some(true)) {
            implied.entry(narrow).or_default().push(json!({"pattern": wide}));
        }
    }
    schema::edited(document, |schema| {
        let Some(more) = Texts::of(schema).and_then(|texts| implied.get(&texts)) else { return };
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

/// Whether `wide` matches every text that `narrow` does and that has one of the lengths of `texts`; nothing if it takes too
/// long to tell.
fn is_within(texts: Texts<'_>, narrow: &Dfa, wide: &Dfa) -> Option<bool> {
    let start = |dfa: &Dfa| dfa.start_state_forward(&Input::new("")).ok();
    let mut pending = vec![(start(narrow)?, false, start(wide)?, false, 0)];
    let mut seen = BTreeSet::new();
    while let Some((one, one_met, other, other_met, length)) = pending.pop() {
        if narrow.is_quit_state(one) || wide.is_quit_state(other) || seen.len() > STATES {
            return None;
        }
        // A match is known one byte after its end, and stays one.
        let one_met = one_met || narrow.is_match_state(one);
        let other_met = other_met || wide.is_match_state(other);
        let is_too_long = texts.most.is_some_and(|most| length > most);
        let is_hopeless = is_too_long || (!one_met && narrow.is_dead_state(one));
        if other_met || is_hopeless || !seen.insert((one, one_met, other, length)) {
            continue;
        }
        if length >= texts.least && (one_met || ends(narrow, one)) && !ends(wide, other) {
            return Some(false);
        }
        let next = |byte: u8| {
            // A character begins with any byte but these, in UTF-8.
            let begins = !(0x80..0xc0).contains(&byte);
            let length = match texts.most {
                Some(_) => length + u64::from(begins),
                None => (length + u64::from(begins)).min(texts.least),
            };
            (narrow.next_state(one, byte), one_met, wide.next_state(other, byte), other_met, length)
        };
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
        is_within(Texts { pattern: narrow, least: 0, most: None }, &automaton(narrow)?, &automaton(wide)?)
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
    fn lengths_beside_a_pattern_count_in_characters() {
        let within = |pattern, least, most, wide| {
            is_within(Texts { pattern, least, most }, &automaton(pattern)?, &automaton(wide)?)
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
        let (old, new) = (json!({"pattern": "^a*$", "maxLength": 3}), json!({"pattern": "^a{0,4}$"}));
        let implied = json!({"pattern": "^a*$", "maxLength": 3, "allOf": [{"pattern": "^a{0,4}$"}]});
        assert_eq!(said(&old, &new)[0], implied);
    }
}
