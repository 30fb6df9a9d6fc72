//! A regular expression -> a table of states, by the bytes of UTF-8, that says whether it matches somewhere in a string.

use std::collections::BTreeMap;

use regex_automata::dfa::{Automaton as _, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::{Input, MatchKind};

use super::translated;

/// Bytes of the largest automaton that is made.
const LARGEST: usize = 8 << 20;
/// States of one: so many that two can be compared state by state.
const STATES: usize = 20_000;
/// States up to which those that come to the same are made one, which takes time by the square of them.
const MINIMISED: usize = 1_000;

/// The state in which no string matches any more, and the one in which every string does.
const NEVER: u16 = 0;
const EVER: u16 = 1;

/// A deterministic automaton: its state after the last byte of a string says whether the string matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Automaton {
    start: u16,
    /// The states from 1 to this one are those in which a string may end.
    ends: u16,
    /// The class of each byte; bytes of one class lead to the same states.
    classes: Vec<u8>,
    /// How many classes there are.
    width: usize,
    /// The next state, by state and class.
    rows: Vec<u16>,
}

impl Automaton {
    /// The automaton of `pattern`, a valid regular expression of ECMA-262; none where it is not regular, or too large.
    #[must_use]
    pub fn new(pattern: &str) -> Option<Self> {
        let config = dense::Config::new()
            .match_kind(MatchKind::All)
            .dfa_size_limit(Some(LARGEST))
            .determinize_size_limit(Some(LARGEST));
        let dfa = dense::Builder::new().configure(config).build(&translated(pattern)?).ok()?;
        let states = States::of(&dfa)?;
        Some(if states.next.len() <= MINIMISED { states.minimised() } else { states }.into_automaton())
    }

    /// The state in which nothing has been read.
    pub(crate) fn start(&self) -> u16 {
        self.start
    }

    /// The state after `byte` in `state`.
    pub(crate) fn next(&self, state: u16, byte: u8) -> u16 {
        self.rows.get(usize::from(state) * self.width + usize::from(self.class(byte))).copied().unwrap_or(NEVER)
    }

    /// Whether a string that ends in `state` matches.
    pub(crate) fn ends(&self, state: u16) -> bool {
        state != NEVER && state <= self.ends
    }

    /// Whether no string that comes to `state` matches.
    pub(crate) fn never_matches(&self, state: u16) -> bool {
        state == NEVER
    }

    /// Whether every string that comes to `state` matches.
    pub(crate) fn always_matches(&self, state: u16) -> bool {
        state == EVER
    }

    /// The class of `byte`: those of one class lead to the same states.
    pub(crate) fn class(&self, byte: u8) -> u8 {
        self.classes.get(usize::from(byte)).copied().unwrap_or_default()
    }

    /// The start, the last state in which a string may end, each run of bytes of one class by its last byte and the class,
    /// and the rows; none if a state takes more than a byte, or there are more than `most` bytes.
    #[must_use]
    pub fn table(&self, most: usize) -> Option<(u8, u8, Vec<u8>, Vec<u8>)> {
        let rows = self.rows.iter().map(|state| u8::try_from(*state).ok()).collect::<Option<Vec<u8>>>()?;
        let bytes = (0..=u8::MAX).zip(&self.classes);
        let runs = bytes.filter(|(byte, class)| {
            let next = byte.checked_add(1).and_then(|next| self.classes.get(usize::from(next)));
            next != Some(class)
        });
        let runs: Vec<u8> = runs.flat_map(|(byte, class)| [byte, *class]).collect();
        let is_small = runs.len() + rows.len() <= most;
        Some((u8::try_from(self.start).ok()?, u8::try_from(self.ends).ok()?, runs, rows)).filter(|_| is_small)
    }
}

/// States on the way to an automaton, the first two of which are [`NEVER`] and [`EVER`].
struct States {
    start: u16,
    /// Whether a string may end in each.
    ends: Vec<bool>,
    /// The next state of each, by byte.
    next: Vec<[u16; 256]>,
}

impl States {
    /// Those of `dfa` that can be reached. A match is known one byte after its end, and stays one.
    fn of(dfa: &dense::DFA<Vec<u32>>) -> Option<Self> {
        let mut states = Self { start: NEVER, ends: vec![false, true], next: vec![[NEVER; 256], [EVER; 256]] };
        let mut numbers: BTreeMap<StateID, u16> = BTreeMap::new();
        let mut all: Vec<StateID> = Vec::new();
        let mut number = |state: StateID, all: &mut Vec<StateID>| match () {
            () if dfa.is_dead_state(state) => Some(NEVER),
            () if dfa.is_match_state(state) => Some(EVER),
            () if dfa.is_quit_state(state) => None,
            () => match numbers.get(&state) {
                Some(number) => Some(*number),
                None => {
                    let number = u16::try_from(all.len() + 2).ok().filter(|_| all.len() < STATES)?;
                    numbers.insert(state, number);
                    all.push(state);
                    Some(number)
                }
            },
        };
        states.start = number(dfa.start_state_forward(&Input::new("")).ok()?, &mut all)?;
        let mut done = 0;
        while let Some(state) = all.get(done).copied() {
            let mut next = [NEVER; 256];
            for (byte, place) in (0..=u8::MAX).zip(&mut next) {
                *place = number(dfa.next_state(state, byte), &mut all)?;
            }
            states.next.push(next);
            states.ends.push(dfa.is_match_state(dfa.next_eoi_state(state)));
            done += 1;
        }
        Some(states)
    }

    /// The same with one state for all that no string tells apart (Moore's algorithm).
    fn minimised(&self) -> Self {
        let mut blocks: Vec<u16> = self.ends.iter().map(|ends| u16::from(*ends)).collect();
        let mut count = 2;
        loop {
            let mut numbers = BTreeMap::new();
            let block = |state: &u16| blocks.get(usize::from(*state)).copied().unwrap_or(NEVER);
            let refined: Vec<u16> = blocks
                .iter()
                .zip(&self.next)
                .map(|(own, next)| {
                    let seen: Vec<u16> = next.iter().map(block).collect();
                    let number = u16::try_from(numbers.len()).unwrap_or(NEVER);
                    *numbers.entry((*own, seen)).or_insert(number)
                })
                .collect();
            let refined_count = numbers.len();
            blocks = refined;
            if refined_count == count {
                break;
            }
            count = refined_count;
        }
        let block = |state: u16| blocks.get(usize::from(state)).copied().unwrap_or(NEVER);
        let mut minimised = Self { start: block(self.start), ends: Vec::new(), next: Vec::new() };
        for ((own, ends), next) in blocks.iter().zip(&self.ends).zip(&self.next) {
            // Blocks are numbered as they are met, so each first member is next.
            if usize::from(*own) == minimised.next.len() {
                minimised.ends.push(*ends);
                minimised.next.push(next.map(block));
            }
        }
        minimised
    }

    /// The automaton, in which states where a string may end come before others, but [`NEVER`].
    fn into_automaton(self) -> Automaton {
        let others = |ends: bool| {
            let numbered = (0_u16..).zip(&self.ends).skip(usize::from(EVER) + 1);
            numbered.filter(move |(_, is_end)| **is_end == ends).map(|(number, _)| number)
        };
        let order: Vec<u16> = [NEVER, EVER].into_iter().chain(others(true)).chain(others(false)).collect();
        let ends = u16::try_from(others(true).count() + usize::from(EVER)).unwrap_or(EVER);
        let places: BTreeMap<u16, u16> = order.iter().copied().zip(0..).collect();
        let place = |state: u16| places.get(&state).copied().unwrap_or(NEVER);
        let rows: Vec<[u16; 256]> =
            order.iter().filter_map(|state| self.next.get(usize::from(*state))).map(|next| next.map(place)).collect();
        let mut columns: BTreeMap<Vec<u16>, u8> = BTreeMap::new();
        let classes: Vec<u8> = (0..256)
            .map(|byte| {
                let column = rows.iter().filter_map(|row| row.get(byte).copied()).collect();
                let class = u8::try_from(columns.len()).unwrap_or_default();
                *columns.entry(column).or_insert(class)
            })
            .collect();
        let width = columns.len();
        let mut by_class: Vec<Vec<u16>> = vec![Vec::new(); width];
        for (column, class) in columns {
            if let Some(place) = by_class.get_mut(usize::from(class)) {
                *place = column;
            }
        }
        let rows =
            (0..rows.len()).flat_map(|state| by_class.iter().filter_map(move |column| column.get(state).copied()));
        Automaton { start: place(self.start), ends, classes, width, rows: rows.collect() }
    }
}
