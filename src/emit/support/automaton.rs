//! Regular expressions as tables: generated from those that are regular, so that no library has to match them.

/// A deterministic automaton over the bytes of UTF-8. State 0 is that in which no string matches any more, 1 that in which
/// every string does; a string matches that ends in a state from 1 to `ends`.
pub(crate) struct Automaton {
    start: u8,
    ends: u8,
    classes: [u8; 256],
    width: usize,
    rows: &'static [u8],
}

impl Automaton {
    /// `runs` has each run of bytes that lead to the same states by its last byte, with their class; `rows` the next state by
    /// state and class.
    pub(crate) const fn new(start: u8, ends: u8, runs: &[u8], rows: &'static [u8]) -> Self {
        let (mut classes, mut width) = ([0; 256], 0);
        let (mut byte, mut run) = (0, 0);
        while run + 1 < runs.len() {
            while byte <= runs[run] as usize {
                classes[byte] = runs[run + 1];
                byte += 1;
            }
            if width <= runs[run + 1] as usize {
                width = runs[run + 1] as usize + 1;
            }
            run += 2;
        }
        Self { start, ends, classes, width, rows }
    }

    /// Whether it matches somewhere in `text`.
    pub(crate) fn matches(&self, text: &str) -> bool {
        let mut state = self.start;
        for byte in text.bytes() {
            if state <= 1 {
                break;
            }
            state = self.rows[usize::from(state) * self.width + usize::from(self.classes[usize::from(byte)])];
        }
        state != 0 && state <= self.ends
    }
}

/// The function that looks for a regular expression, by its table or by the crate `regress`.
macro_rules! pattern {
    ($text:literal by $start:literal $ends:literal $runs:literal $rows:literal) => {{
        static AUTOMATON: $crate::support::Automaton =
            $crate::support::Automaton::new($start, $ends, $runs, $rows);
        |text| AUTOMATON.matches(text)
    }};
    ($text:literal) => {{
        static COMPILED: $crate::support::Pattern = $crate::support::Pattern::new(|| $crate::support::compiled($text));
        |text| $crate::support::matches(&COMPILED, text)
    }};
}
pub(crate) use pattern;
