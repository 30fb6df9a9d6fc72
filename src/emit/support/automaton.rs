//! Regular expressions as tables: generated from those that are regular, so that no library has to match them.

/// A deterministic automaton over the bytes of UTF-8, of `N` transitions. State 0 is that in which no string matches any more,
/// 1 that in which every string does; a string matches that ends in a state from 1 to `ends`. A state is told by where its
/// row begins, so that the next one is found by adding the class of a byte.
pub(crate) struct Automaton<const N: usize> {
    start: u16,
    ends: u16,
    classes: [u8; 256],
    rows: [u16; N],
}

impl<const N: usize> Automaton<N> {
    /// `runs` has each run of bytes that lead to the same states by its last byte, with their class; `rows` the next state by
    /// state and class.
    #[allow(clippy::cast_possible_truncation, reason = "a row begins before `N`, which is 2048 at most")]
    pub(crate) const fn new(start: u8, ends: u8, runs: &[u8], rows: &[u8; N]) -> Self {
        let (mut classes, mut width) = ([0; 256], 0);
        let (mut byte, mut run) = (0, 0);
        while run + 1 < runs.len() {
            while byte <= runs[run] as usize {
                classes[byte] = runs[run + 1];
                byte += 1;
            }
            if width <= runs[run + 1] as u16 {
                width = runs[run + 1] as u16 + 1;
            }
            run += 2;
        }
        let (mut begins, mut index) = ([0; N], 0);
        while index < N {
            begins[index] = rows[index] as u16 * width;
            index += 1;
        }
        Self { start: start as u16 * width, ends: ends as u16 * width, classes, rows: begins }
    }

    /// Whether it matches somewhere in `text`.
    pub(crate) fn matches(&self, text: &str) -> bool {
        let mut state = self.start;
        for byte in text.bytes() {
            state = self.rows[usize::from(state) + usize::from(self.classes[usize::from(byte)])];
        }
        state != 0 && state <= self.ends
    }
}

/// The function that looks for a regular expression: by the bytes at its places, by its table, or by the crate `regress`.
macro_rules! pattern {
    ($text:literal at $least:literal $($count:literal $ranges:literal)*) => {{
        const SETS: &[(usize, &[u8])] = &[$(($count, $ranges)),*];
        static PLACES: $crate::support::Places<{ SETS.len() }> =
            $crate::support::Places::new($least, [$(($count, $ranges)),*]);
        |text| PLACES.matches(text)
    }};
    ($text:literal by $start:literal $ends:literal $runs:literal $rows:literal) => {{
        static AUTOMATON: $crate::support::Automaton<{ $rows.len() }> =
            $crate::support::Automaton::new($start, $ends, $runs, $rows);
        |text| AUTOMATON.matches(text)
    }};
    ($text:literal) => {{
        static COMPILED: $crate::support::Pattern = $crate::support::Pattern::new(|| $crate::support::compiled($text));
        |text| $crate::support::matches(&COMPILED, text)
    }};
}
pub(crate) use pattern;
