//! Collects what is to be noted about one source, each kind once: a folder of a thousand files says a thousand times the
//! same.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;

/// The notes on one source, by what they say, each with the first place that it is about and how many there are.
#[derive(Debug, Default)]
pub(super) struct Notes {
    first: Vec<(String, Diagnostic, usize)>,
    known: BTreeMap<String, usize>,
}

impl Notes {
    /// Takes in a note on `count` places, if there are any; `first` makes it for the first of them.
    pub(super) fn add(&mut self, message: &str, count: usize, first: impl FnOnce(&str) -> Diagnostic) {
        if count == 0 {
            return;
        }
        match self.known.get(message).and_then(|index| self.first.get_mut(*index)) {
            Some((.., before)) => *before += count,
            None => {
                self.known.insert(message.to_owned(), self.first.len());
                self.first.push((message.to_owned(), first(message), count));
            }
        }
    }

    /// Takes in those on what comes next.
    pub(super) fn extend(&mut self, next: Self) {
        for (message, first, count) in next.first {
            self.add(&message, count, |_| first);
        }
    }

    /// The notes, in the order in which they came.
    pub(super) fn into_vec(self) -> Vec<Diagnostic> {
        let counted = self.first.into_iter().map(|(_, mut note, count)| {
            if count > 1 {
                note.message.push_str(&format!(" ({count} places, this among them)"));
            }
            note
        });
        counted.collect()
    }
}
