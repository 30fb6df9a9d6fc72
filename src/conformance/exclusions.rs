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
    /// The tests' descriptions.
    pub(super) tests: &'static [&'static str],
    /// Why no type agrees with it.
    pub(super) reason: &'static str,
}

/// All of them. One that agrees after all, or that its draft has no more, is a failure of the run.
const EXCLUSIONS: &[Exclusion] = &[Exclusion {
    drafts: &["draft4", "draft6", "draft7", "draft2019-09", "draft2020-12"],
    file: "optional/bignum.json",
    group: "integer",
    tests: &["a bignum is an integer", "a negative bignum is an integer"],
    reason: "an integer without bounds is an `i64`: a limit of representation, which the ledger names",
}];

/// Those of `draft`.
pub(super) fn of(draft: Draft) -> impl Iterator<Item = &'static Exclusion> {
    EXCLUSIONS.iter().filter(move |exclusion| exclusion.drafts.contains(&draft.name))
}
