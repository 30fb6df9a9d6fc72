//! An automaton whose strings have, at each place, a byte of one set -> those sets in turn: a ULID, a UUID, an identifier.
//!
//! Whether a string matches then shows at each byte by itself, so that a processor looks at several at a time; between states
//! it has to wait for one after the other.

use std::collections::BTreeSet;

use super::Automaton;

/// Sets of bytes in turn, at the most; of more a table is as good.
const LONGEST: usize = 40;

/// A set of bytes: the first and the last byte of each of its ranges.
type Set = Vec<(u8, u8)>;

/// What stands at each place of the strings that an automaton matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// How many bytes a string has at the least.
    pub least: usize,
    /// The sets, each with how many places in turn it is for; none for all places that a string has, which only the last is.
    pub sets: Vec<(Option<usize>, Set)>,
}

impl Places {
    /// Those of `automaton`; none if what may stand at a place depends on what stands before it, or they are too many.
    #[must_use]
    pub fn new(automaton: &Automaton) -> Option<Self> {
        let (mut state, mut length, mut least) = (automaton.start(), 0, None);
        let (mut visited, mut sets) = (BTreeSet::new(), Vec::new());
        loop {
            let comes_again = !visited.insert(state);
            let ends = automaton.ends(state);
            if comes_again || automaton.always_matches(state) || (least.is_some() && !ends) || sets.len() > LONGEST {
                return None;
            }
            least = least.or_else(|| ends.then_some(length));
            match only(automaton, state)? {
                Some((next, set)) if next != state => {
                    append(&mut sets, set);
                    (state, length) = (next, length + 1);
                    continue;
                }
                Some((_, set)) => sets.push((None, set)),
                None => {}
            }
            return Some(Self { least: least?, sets });
        }
    }
}

/// One more place for `set`.
fn append(sets: &mut Vec<(Option<usize>, Set)>, set: Set) {
    match sets.last_mut() {
        Some((Some(count), last)) if *last == set => *count += 1,
        _ => sets.push((Some(1), set)),
    }
}

/// The only state after `state` in which a string may still match, if any, with the bytes that lead there; none if there are
/// several.
fn only(automaton: &Automaton, state: u16) -> Option<Option<(u16, Set)>> {
    let mut only: Option<(u16, Set)> = None;
    for byte in 0..=u8::MAX {
        let next = automaton.next(state, byte);
        if automaton.never_matches(next) {
            continue;
        }
        match &mut only {
            None => only = Some((next, vec![(byte, byte)])),
            Some((known, _)) if *known != next => return None,
            Some((_, set)) => match set.last_mut() {
                Some((_, last)) if last.checked_add(1) == Some(byte) => *last = byte,
                _ => set.push((byte, byte)),
            },
        }
    }
    Some(only)
}
