//! What a run was about: sources, definitions, tiers, notes, time.

use std::fmt;
use std::time::{Duration, Instant};

use typeproof::Counts;
use typeproof::lower::Tier;

use crate::print::count;

/// How much a run has looked at, and how long it took.
pub(crate) struct Summary {
    counts: String,
    time: Duration,
}

impl Summary {
    /// The summary of a run that began at `started` and ends now.
    pub(crate) fn new(counts: &Counts, started: Instant) -> Self {
        let tiers = Tier::ALL.map(|tier| format!("{} {tier}", counts.keywords.get(&tier).copied().unwrap_or_default()));
        let counts = format!(
            "{}, {}, {}: {}; {}",
            count(counts.sources, "source"),
            count(counts.definitions, "definition"),
            count(counts.keywords.values().sum(), "keyword"),
            tiers.join(", "),
            count(counts.notes, "note"),
        );
        Self { counts, time: started.elapsed() }
    }
}

/// On one line, the time last: nothing else in it differs between two runs on the same sources.
impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {:.1} s", self.counts, self.time.as_secs_f64())
    }
}
