//! Turns a tree and a directory into the list of their differences, for `codegen --check` and for people.

use std::fmt::{self, Write as _};
use std::path::Path;

use similar::TextDiff;

use super::Tree;
use super::survey::{Finding, State, survey};
use crate::diagnostic::Result;

/// How many lines of one file's diff are shown.
const SHOWN_LINES: usize = 200;
/// How many lines two files may have together, apart from what they begin and end with alike, to be compared line by
/// line: the time that takes grows with the square of it.
const COMPARED_LINES: usize = 10_000;

/// A state of a path in which the output directory is not the tree. Paths are relative to the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The tree has the file, the directory does not.
    MissingFile {
        /// The path.
        path: String,
    },
    /// The file is there with other bytes.
    StaleFile {
        /// The path.
        path: String,
        /// A unified diff from what is there to what codegen would write, or the sentence that stands for one.
        diff: String,
    },
    /// Codegen wrote the file once; the tree has it no more.
    OrphanFile {
        /// The path.
        path: String,
    },
    /// An orphan that has been edited; codegen will not remove it.
    EditedOrphanFile {
        /// The path.
        path: String,
    },
    /// A directory that holds no file but orphans; codegen removes it with them.
    OrphanDirectory {
        /// The path.
        path: String,
    },
    /// A file, or a directory if the path ends in `/`, that codegen did not write.
    StrayFile {
        /// The path.
        path: String,
    },
    /// Something stands where a file or a directory of the tree has to be.
    Obstacle {
        /// The path.
        path: String,
    },
    /// A run of codegen was cut short here, or is still going on.
    UnfinishedRun {
        /// The path of the folder it left.
        path: String,
    },
}

impl Difference {
    /// Whether somebody has to look at it: codegen neither changes nor removes what it did not write.
    #[must_use]
    pub fn needs_hand(&self) -> bool {
        matches!(self, Self::StrayFile { .. } | Self::EditedOrphanFile { .. } | Self::Obstacle { .. })
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingFile { path } => write!(f, "missing: {path}"),
            Self::StaleFile { path, diff } => write!(f, "changed: {path}\n{}", diff.trim_end()),
            Self::OrphanFile { path } => write!(f, "no longer generated: {path}"),
            Self::EditedOrphanFile { path } => write!(f, "no longer generated, but edited since: {path}"),
            Self::OrphanDirectory { path } => write!(f, "holds nothing that is generated: {path}/"),
            Self::StrayFile { path } => write!(f, "not generated: {}", visible(path)),
            Self::Obstacle { path } => write!(f, "in the way of something generated: {path}"),
            Self::UnfinishedRun { path } => write!(f, "a run of codegen has not finished: {path}/"),
        }
    }
}

/// How `dir` differs from `tree`, sorted by path; nothing when `dir` is the tree. Reads only.
///
/// # Errors
///
/// When `dir`, or something in it, cannot be read, or when `dir` is not a directory. That it does not exist is no error:
/// every file of the tree is missing then.
pub fn compare(tree: &Tree, dir: &Path) -> Result<Vec<Difference>> {
    Ok(survey(tree, dir)?.into_iter().filter_map(|finding| difference(tree, finding)).collect())
}

fn difference(tree: &Tree, Finding { path, state }: Finding) -> Option<Difference> {
    Some(match state {
        State::Right => return None,
        State::Missing => Difference::MissingFile { path },
        State::Stale { found, .. } => {
            let diff = diff(&path, &found, tree.get(&path).unwrap_or_default());
            Difference::StaleFile { path, diff }
        }
        State::Orphan => Difference::OrphanFile { path },
        State::EditedOrphan => Difference::EditedOrphanFile { path },
        State::OrphanDirectory => Difference::OrphanDirectory { path },
        State::Stray => Difference::StrayFile { path },
        State::Obstacle => Difference::Obstacle { path },
        State::Unfinished => Difference::UnfinishedRun { path },
    })
}

fn diff(path: &str, found: &[u8], wanted: &[u8]) -> String {
    let sizes = format!("{} bytes instead of {}", found.len(), wanted.len());
    let (Ok(found), Ok(wanted)) = (str::from_utf8(found), str::from_utf8(wanted)) else {
        return format!("{sizes}, and not UTF-8, so there is no diff");
    };
    let (first, differing) = unlike_lines(found, wanted);
    if differing > COMPARED_LINES {
        return format!("{sizes}, unlike from line {first} on, and too much of it for a diff");
    }
    let text = TextDiff::from_lines(found, wanted);
    let unified = text.unified_diff().context_radius(3).header(path, path).to_string();
    // Not `lines`, which would take a carriage return for a part of the line's end.
    let lines: Vec<&str> = unified.split_terminator('\n').collect();
    let shown = lines.iter().take(SHOWN_LINES).map(|line| visible(line) + "\n").collect::<String>();
    match lines.len().saturating_sub(SHOWN_LINES) {
        0 => shown,
        left_out => format!("{shown}… and {left_out} more lines\n"),
    }
}

/// The first line (from 1) at which two texts are unlike, and how many lines they have, together, between what they
/// begin with alike and what they end with alike.
fn unlike_lines(found: &str, wanted: &str) -> (usize, usize) {
    let (found, wanted): (Vec<&str>, Vec<&str>) = (found.split('\n').collect(), wanted.split('\n').collect());
    let before = found.iter().zip(&wanted).take_while(|(a, b)| a == b).count();
    let after = found.iter().rev().zip(wanted.iter().rev()).take_while(|(a, b)| a == b).count();
    (before + 1, (found.len() + wanted.len()).saturating_sub(2 * (before + after)))
}

/// The line with its control characters spelled out: a carriage return shows, and nothing steers a terminal.
fn visible(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    for c in line.chars() {
        if c.is_control() && c != '\t' {
            // Writing to a string cannot fail.
            let _ = write!(shown, "{}", c.escape_default());
        } else {
            shown.push(c);
        }
    }
    shown
}
