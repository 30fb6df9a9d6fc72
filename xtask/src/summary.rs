//! What a run was about: sources, definitions, tiers, notes, time.

use std::fmt;
use std::time::{Duration, Instant};

use typeproof::Generation;
use typeproof::lower::Tier;

use crate::print::count;

/// How much a run has looked at, and how long it took.
pub(crate) struct Summary {
    counts: String,
    time: Duration,
}

impl Summary {
    /// The summary of a run that began at `started` and ends now.
    pub(crate) fn new(Generation { sources, plan, .. }: &Generation, started: Instant) -> Self {
        let fates = || plan.modules.iter().flat_map(|module| &module.fates);
        let tiers = Tier::ALL.map(|tier| format!("{} {tier}", fates().filter(|fate| fate.tier == tier).count()));
        let counts = format!(
            "{}, {}, {}: {}; {}",
            count(plan.modules.len(), "source"),
            count(plan.definitions().count(), "definition"),
            count(fates().count(), "keyword"),
            tiers.join(", "),
            count(sources.notes.len(), "note"),
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
