//! Collects what one check finds in one file, so that a hostile file cannot fill the memory or the screen.

use super::MAX_REPORTED;
use crate::diagnostic::Diagnostic;

/// The findings of one check in one file: the first [`MAX_REPORTED`], and how many more there are.
pub(super) struct Findings {
    file: String,
    kept: Vec<Diagnostic>,
    more: usize,
}

impl Findings {
    pub(super) fn new(file: &str) -> Self {
        Self { file: file.to_owned(), kept: Vec::new(), more: 0 }
    }

    /// Takes the finding that `make` gives, or counts it when there are enough.
    pub(super) fn push(&mut self, make: impl FnOnce() -> Diagnostic) {
        if self.is_full() {
            self.more += 1;
        } else {
            self.kept.push(make());
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.kept.len() >= MAX_REPORTED
    }

    /// The findings, in the order of the file, the last saying how many are left out.
    pub(super) fn into_vec(self) -> Vec<Diagnostic> {
        let mut all = self.kept;
        all.sort_by_key(|diagnostic| diagnostic.position);
        if self.more > 0 {
            let left_out =
                Diagnostic::error(self.file, format!("{} more errors of this kind are not shown", self.more));
            all.push(left_out.help("mend those above, then run again"));
        }
        all
    }
}
