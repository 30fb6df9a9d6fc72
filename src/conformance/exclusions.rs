//! The tests that generated types need not agree with, each with the reason.

use super::Draft;

/// Tests that are run, but not counted.
#[derive(Debug)]
pub(super) struct Exclusion {
    /// The drafts whose tests they are, by name.
    pub(super) drafts: &'static [&'static str],
    /// The file of tests, from the draft's folder.
    pub(super) file: &'static str,
    /// The group's description.
    pub(super) group: &'static str,
    /// The test's description.
    pub(super) test: &'static str,
    /// Why no type agrees with it.
    pub(super) reason: &'static str,
}

/// All of them. One that agrees after all, or that its draft has no more, is a failure of the run.
const EXCLUSIONS: &[Exclusion] = &[];

/// Those of `draft`.
pub(super) fn of(draft: Draft) -> impl Iterator<Item = &'static Exclusion> {
    EXCLUSIONS.iter().filter(move |exclusion| exclusion.drafts.contains(&draft.name))
}
