//! Regular expressions whose strings have a byte of one set at each place: generated from those that say no more.

/// Sets of bytes in turn, each with how many places it is for, and how many bytes a string has at the least and at the most.
pub(crate) struct Places<const N: usize> {
    least: usize,
    most: usize,
    sets: [(usize, [bool; 256]); N],
}

impl<const N: usize> Places<N> {
    /// `sets` has for each how many places it is for, and the first and last byte of each of its ranges; no count says all
    /// places that a string has.
    pub(crate) const fn new(least: usize, sets: [(usize, &[u8]); N]) -> Self {
        let mut places = Self { least, most: 0, sets: [(0, [false; 256]); N] };
        let mut index = 0;
        while index < N {
            let (count, ranges) = sets[index];
            let count = if count == 0 { usize::MAX } else { count };
            places.most = places.most.saturating_add(count);
            places.sets[index].0 = count;
            let mut range = 0;
            while range + 1 < ranges.len() {
                let mut byte = ranges[range] as usize;
                while byte <= ranges[range + 1] as usize {
                    places.sets[index].1[byte] = true;
                    byte += 1;
                }
                range += 2;
            }
            index += 1;
        }
        places
    }

    /// Whether each byte of `text` is of its set.
    pub(crate) fn matches(&self, text: &str) -> bool {
        let mut rest = text.as_bytes();
        (self.least..=self.most).contains(&rest.len())
            && self.sets.iter().all(|(count, set)| {
                let (these, others) = rest.split_at(rest.len().min(*count));
                rest = others;
                these.iter().all(|byte| set[usize::from(*byte)])
            })
    }
}
