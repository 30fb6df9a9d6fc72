//! A seed -> choices, the same on every machine.

use oorandom::Rand64;

/// A seeded source of choices.
#[derive(Debug)]
pub(super) struct Rng(Rand64);

impl Rng {
    pub(super) fn new(seed: u64) -> Self {
        Self(Rand64::new(u128::from(seed)))
    }

    /// A number below `end`; 0 when there is none.
    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.0.rand_range(0..(end as u64).max(1))).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included; `low` when `high` is below it.
    pub(super) fn between(&mut self, low: i128, high: i128) -> i128 {
        let width = u64::try_from(high.saturating_sub(low)).unwrap_or(u64::MAX - 1);
        if high <= low { low } else { low + i128::from(self.0.rand_range(0..width.saturating_add(1))) }
    }

    /// Yes, `percent` times in a hundred.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// A number from 0 to 1, 1 excluded.
    pub(super) fn fraction(&mut self) -> f64 {
        self.0.rand_float()
    }

    /// One of `items`.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    /// At most `most` of `items`, each as likely as the other, in their order; and how many are left out.
    pub(super) fn some_of<T>(&mut self, items: Vec<T>, most: usize) -> (Vec<T>, usize) {
        let (all, mut wanted) = (items.len(), most.min(items.len()));
        let taken = items.into_iter().enumerate().filter(|(index, _)| {
            let is_taken = self.below(all - index) < wanted;
            wanted -= usize::from(is_taken);
            is_taken
        });
        let taken: Vec<T> = taken.map(|(_, item)| item).collect();
        let left_out = all - taken.len();
        (taken, left_out)
    }
}
