//! The steps by which a document was corrected -> where a value of the corrected one comes from: a place of the file as
//! upstream has it, or one of the overrides' file.

use serde_json::Value;

use super::Correction;
use super::spelled::Spelled;
use crate::diagnostic::Position;
use crate::pointer;

/// One change of a document. Pointers are those of the document as it was after the step, but for where something comes from.
#[derive(Debug)]
pub(super) enum Step {
    /// A value came to stand there; if it `shifts`, all items of the array from there on moved up by one.
    Put { at: String, shifts: bool, from: Origin },
    /// What was there is gone; if it `shifts`, all items after it moved down by one.
    Taken { at: String, shifts: bool },
    /// Both, of one value.
    Moved { from: String, from_shifts: bool, at: String, shifts: bool },
}

/// Where a value came from that was put somewhere.
#[derive(Debug)]
pub(super) enum Origin {
    /// The text of the document's override of this number, where it is at `inner`.
    Override { number: usize, inner: String },
    /// What the document had at this pointer before.
    Copy(String),
}

/// What was corrected of a document.
#[derive(Debug, Default)]
pub(crate) struct Corrections {
    /// The file of the overrides, as the user would name it.
    pub(in crate::source) file: String,
    /// The document as upstream has it, if it was corrected.
    pub(in crate::source) upstream: Option<Value>,
    pub(super) steps: Vec<Step>,
    /// The text of each override.
    pub(super) texts: Vec<Spelled>,
    pub(in crate::source) made: Vec<Correction>,
}

/// Where a value of a corrected document comes from.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::source) enum Source {
    /// The file, where it is at this pointer.
    Upstream(String),
    /// The file of overrides, where it stands there.
    Override(Position),
}

impl Corrections {
    /// Where the value at `pointer` of the corrected document comes from.
    pub(in crate::source) fn source(&self, pointer: &str) -> Source {
        let mut at = pointer.to_owned();
        for step in self.steps.iter().rev() {
            at = match step {
                Step::Put { at: put, shifts, from } => match (below(&at, put), from) {
                    (Some(rest), Origin::Override { number, inner }) => {
                        let position = self.texts.get(*number).map(|text| text.position(&format!("{inner}{rest}")));
                        return Source::Override(position.unwrap_or(Position { line: 1, column: 1 }));
                    }
                    (Some(rest), Origin::Copy(from)) => format!("{from}{rest}"),
                    (None, _) => {
                        if *shifts {
                            before_put(&at, put)
                        } else {
                            at
                        }
                    }
                },
                Step::Taken { at: taken, shifts } => {
                    if *shifts {
                        before_taken(&at, taken)
                    } else {
                        at
                    }
                }
                Step::Moved { from, from_shifts, at: put, shifts } => match below(&at, put) {
                    Some(rest) => format!("{from}{rest}"),
                    None => {
                        let at = if *shifts { before_put(&at, put) } else { at };
                        if *from_shifts { before_taken(&at, from) } else { at }
                    }
                },
            };
        }
        Source::Upstream(at)
    }
}

/// What leads on from `around` to `at`, if that is there or below.
fn below<'p>(at: &'p str, around: &str) -> Option<&'p str> {
    at.strip_prefix(around).filter(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Where what is at `at` was before an item was put at `put`.
fn before_put(at: &str, put: &str) -> String {
    item(at, put, |index, of_put| if index > of_put { index - 1 } else { index })
}

/// Where what is at `at` was before the item at `taken` was taken away.
fn before_taken(at: &str, taken: &str) -> String {
    item(at, taken, |index, of_taken| if index >= of_taken { index + 1 } else { index })
}

/// `at` with another index, if it leads into the array in which `other` is an item.
fn item(at: &str, other: &str, change: impl Fn(usize, usize) -> usize) -> String {
    let changed = || {
        let (array, of_other) = other.rsplit_once('/')?;
        let rest = below(at, array)?.strip_prefix('/')?;
        let (token, rest) = rest.split_once('/').map_or((rest, None), |(token, rest)| (token, Some(rest)));
        let at = pointer::push(array, &change(token.parse().ok()?, of_other.parse().ok()?).to_string());
        Some(rest.map_or(at.clone(), |rest| format!("{at}/{rest}")))
    };
    changed().unwrap_or_else(|| at.to_owned())
}
