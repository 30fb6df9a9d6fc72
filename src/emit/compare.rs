//! Turns a tree and a directory into the list of their differences, for `codegen --check` and for people.

use std::fmt::Write as _;
use std::path::Path;

use similar::TextDiff;

use super::Tree;
use super::survey::{Finding, State, survey};
use crate::diagnostic::{Diagnostic, Result};
use crate::source::{self, MAX_FILE_BYTES, Unreadable};

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
        /// A unified diff from what is there to what codegen would write, its paths below the directory as that was named;
        /// or the sentence that stands for one.
        diff: String,
    },
    /// Another file stands where one of the tree belongs, and codegen did not write it.
    ForeignFile {
        /// The path.
        path: String,
        /// As that of a stale file.
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
        matches!(
            self,
            Self::ForeignFile { .. } | Self::StrayFile { .. } | Self::EditedOrphanFile { .. } | Self::Obstacle { .. }
        )
    }

    /// The difference for people: a line whose path begins with `dir`, as that of the diff does, which follows if there
    /// is one.
    #[must_use]
    pub fn below(&self, dir: &Path) -> String {
        let (what, path, diff) = match self {
            Self::MissingFile { path } => ("missing", path, None),
            Self::StaleFile { path, diff } => ("changed", path, Some(diff)),
            Self::ForeignFile { path, diff } => ("not generated, where a generated file belongs", path, Some(diff)),
            Self::OrphanFile { path } => ("no longer generated", path, None),
            Self::EditedOrphanFile { path } => ("no longer generated, but edited since", path, None),
            Self::OrphanDirectory { path } => ("holds nothing that is generated", path, None),
            Self::StrayFile { path } => ("not generated", path, None),
            Self::Obstacle { path } => ("in the way of something generated", path, None),
            Self::UnfinishedRun { path } => ("a run of codegen has not finished", path, None),
        };
        let slash = if matches!(self, Self::OrphanDirectory { .. } | Self::UnfinishedRun { .. }) { "/" } else { "" };
        let path = visible(&dir.join(path).display().to_string());
        match diff {
            Some(diff) => format!("{what}: {path}\n{}", diff.trim_end()),
            None => format!("{what}: {path}{slash}"),
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
    Ok(survey(tree, dir)?.into_iter().filter_map(|finding| difference(tree, dir, finding)).collect())
}

/// How the file at `path` in `dir`, which holds others besides, differs from `text`. Reads only.
///
/// # Errors
///
/// When it is no file, or cannot be read.
pub fn compare_one(dir: &Path, path: &str, text: &str) -> Result<Option<Difference>> {
    let at = dir.join(path);
    match source::read_file(&at, MAX_FILE_BYTES) {
        Ok(found) if found == text.as_bytes() => Ok(None),
        Ok(found) => {
            Ok(Some(Difference::StaleFile { path: path.to_owned(), diff: diff(&at, &found, text.as_bytes()) }))
        }
        Err(Unreadable::Missing) => Ok(Some(Difference::MissingFile { path: path.to_owned() })),
        Err(reason) => {
            let help = reason.help("move it away: codegen writes a file there");
            Err(Diagnostic::error(at.display().to_string(), reason.to_string()).help(help).into())
        }
    }
}

fn difference(tree: &Tree, dir: &Path, Finding { path, state }: Finding) -> Option<Difference> {
    Some(match state {
        State::Right => return None,
        State::Missing => Difference::MissingFile { path },
        State::Stale { found, own } => {
            let diff = diff(&dir.join(&path), &found, tree.get(&path).unwrap_or_default());
            if own { Difference::StaleFile { path, diff } } else { Difference::ForeignFile { path, diff } }
        }
        State::Orphan => Difference::OrphanFile { path },
        State::EditedOrphan => Difference::EditedOrphanFile { path },
        State::OrphanDirectory => Difference::OrphanDirectory { path },
        State::Stray => Difference::StrayFile { path },
        State::Obstacle => Difference::Obstacle { path },
        State::Unfinished => Difference::UnfinishedRun { path },
    })
}

fn diff(path: &Path, found: &[u8], wanted: &[u8]) -> String {
    let sizes = format!("{} bytes instead of {}", found.len(), wanted.len());
    let (Ok(found), Ok(wanted)) = (str::from_utf8(found), str::from_utf8(wanted)) else {
        return format!("{sizes}, and not UTF-8, so there is no diff");
    };
    let (first, differing) = unlike_lines(found, wanted);
    if differing > COMPARED_LINES {
        return format!("{sizes}, unlike from line {first} on, and too much of it for a diff");
    }
    let text = TextDiff::from_lines(found, wanted);
    let path = path.display().to_string();
    // What follows a tab is for people; a program that applies the diff takes the path alone.
    let unified =
        text.unified_diff().context_radius(3).header(&path, &format!("{path}\tas codegen writes it")).to_string();
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

/// A line or a path with its control characters spelled out: a carriage return shows, and nothing steers a terminal.
pub(super) fn visible(line: &str) -> String {
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
