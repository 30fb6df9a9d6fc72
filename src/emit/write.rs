//! Turns a directory into a tree: plan, stage, put in place, clean up.
//!
//! Nothing is changed unless everything in the directory is codegen's own, and nothing at all when all is right
//! already. New bytes are written whole, and through to the disk, in the staging folder; each is then renamed into its
//! place, the deeper files first and the files that mention others (`mod.rs`, `lib.rs`, then what lies further out,
//! `Cargo.toml` at the end) after them; orphans are removed last. A run that is killed at any point leaves every file
//! either old or new, and the staging folder as the sign that it has not finished; the next run starts over from what
//! it finds, and ends where an undisturbed run ends.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::compare::visible;
use super::staging::Staging;
use super::steps::{Gate, Step};
use super::survey::{Finding, State, capped, survey};
use super::{Tree, ancestors};
use crate::diagnostic::{Diagnostic, Diagnostics, Result};

/// What [`write()`] did. Paths are relative to the output directory and sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The files that were not there before.
    pub created: Vec<String>,
    /// The files that had other bytes before.
    pub replaced: Vec<String>,
    /// The files and directories that are wanted no more.
    pub removed: Vec<String>,
    /// How many files were right already, and were not touched.
    pub untouched: usize,
}

/// Why [`write()`] did not make a directory the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stopped {
    /// What stopped it.
    pub diagnostics: Diagnostics,
    /// Whether files may have been changed by then. What is done stays, and the next run goes on from there.
    pub midway: bool,
}

/// Before the first change.
impl From<Diagnostics> for Stopped {
    fn from(diagnostics: Diagnostics) -> Self {
        Self { diagnostics, midway: false }
    }
}

/// Makes `dir` the tree, and creates it if need be. A file that is right already is not touched; a file that codegen
/// did not write is never changed or removed. Waits while another run is at work in `dir`.
///
/// # Errors
///
/// Without any change: when `dir` holds something codegen did not write, at a wanted path or beside (all of it is
/// named, up to [`MAX_REPORTED`](crate::source::MAX_REPORTED)), or an orphan somebody has edited; when `dir` is no directory or may not be written. Midway, when the disk
/// fails.
pub fn write(tree: &Tree, dir: &Path) -> std::result::Result<Written, Stopped> {
    write_through(tree, dir, &mut |_| Ok(()))
}

/// [`write()`], with a gate before every step.
pub(super) fn write_through(tree: &Tree, dir: &Path, gate: &mut Gate<'_>) -> std::result::Result<Written, Stopped> {
    let plan = Plan::new(tree, dir)?;
    if plan.is_done() {
        return Ok(plan.written);
    }
    Step::CreateDirectory(dir.to_owned()).take(gate)?;
    let staging = Staging::enter(dir, gate)?;
    // Another run may have changed the directory before this one could enter.
    let prepared = Plan::new(tree, dir).and_then(|plan| {
        plan.stage(&staging, gate)?;
        Ok(plan)
    });
    let plan = match prepared {
        Ok(plan) => plan,
        Err(diagnostics) => {
            // Nothing is in place yet: take back what can be taken back. The first error is the one to report.
            let _ = staging.sweep(gate).and_then(|()| staging.leave(gate));
            return Err(diagnostics.into());
        }
    };
    let ended = plan.commit(dir, &staging, gate).and_then(|()| staging.leave(gate));
    ended.map_err(|diagnostics| Stopped { diagnostics, midway: true })?;
    Ok(plan.written)
}

/// What has to be done to a directory.
struct Plan<'t> {
    /// The files to put in place, in that order.
    place: Vec<(&'t str, &'t [u8])>,
    /// The orphans, files before the directories they lie in.
    remove_files: Vec<String>,
    remove_directories: Vec<String>,
    /// Whether a run was cut short before.
    unfinished: bool,
    written: Written,
}

impl<'t> Plan<'t> {
    /// The plan for `dir` as it is now, unless something there forbids it.
    fn new(tree: &'t Tree, dir: &Path) -> Result<Self> {
        let findings = survey(tree, dir)?;
        let mut refused: Vec<Diagnostic> = findings.iter().filter_map(|finding| refusal(dir, finding)).collect();
        let plan = Self::of(tree, findings);
        refused.extend(plan.read_only(dir));
        if refused.is_empty() { Ok(plan) } else { Err(capped(refused, dir)) }
    }

    fn of(tree: &'t Tree, findings: Vec<Finding>) -> Self {
        let (mut remove_files, mut remove_directories) = (Vec::new(), Vec::new());
        let (mut unfinished, mut written) = (false, Written::default());
        for Finding { path, state } in findings {
            match state {
                State::Right => written.untouched += 1,
                State::Missing => written.created.push(path),
                State::Stale { .. } => written.replaced.push(path),
                State::Orphan => remove_files.push(path),
                State::OrphanDirectory => remove_directories.push(path),
                State::Unfinished => unfinished = true,
                State::EditedOrphan | State::Stray | State::Obstacle => {}
            }
        }
        let changed: BTreeSet<&str> = written.created.iter().chain(&written.replaced).map(String::as_str).collect();
        let mut place: Vec<(&str, &[u8])> = tree.iter().filter(|(path, _)| changed.contains(path)).collect();
        place.sort_by_key(|(path, _)| (Reverse(depth(path)), is_module_root(path), *path));
        written.removed = remove_files.iter().chain(&remove_directories).cloned().collect();
        written.removed.sort();
        remove_directories.sort_by_key(|path| Reverse(depth(path)));
        Self { place, remove_files, remove_directories, unfinished, written }
    }

    fn is_done(&self) -> bool {
        !self.unfinished && self.place.is_empty() && self.written.removed.is_empty()
    }

    /// The paths that the plan creates, replaces or removes.
    fn touched(&self) -> impl Iterator<Item = &str> {
        self.place.iter().map(|(path, _)| *path).chain(self.written.removed.iter().map(String::as_str))
    }

    /// An error for each directory that the plan has to change and that nobody may write: found out before the first
    /// change, and for a user whom permissions do not bind as well.
    fn read_only(&self, dir: &Path) -> Vec<Diagnostic> {
        if self.is_done() {
            return Vec::new();
        }
        let mut parents: BTreeSet<PathBuf> =
            self.touched().filter_map(|path| Some(dir.join(path).parent()?.to_owned())).collect();
        parents.insert(dir.to_owned());
        let existing = |path: &PathBuf| path.ancestors().find(|path| path.exists()).map(Path::to_owned);
        let parents: BTreeSet<PathBuf> = parents.iter().filter_map(existing).collect();
        let locked = |path: &PathBuf| fs::metadata(path).is_ok_and(|found| found.permissions().readonly());
        let error = |path: PathBuf| {
            Diagnostic::error(path.display().to_string(), "is read-only, and codegen has to write in it")
                .help("make the directory writable, or name another one with `--out`")
        };
        parents.into_iter().filter(locked).map(error).collect()
    }

    /// Writes the new bytes into the staging folder, after what a run that was cut short left there is gone.
    fn stage(&self, staging: &Staging, gate: &mut Gate<'_>) -> Result<()> {
        staging.sweep(gate)?;
        let files: Vec<(usize, &[u8])> = self.place.iter().map(|(_, bytes)| *bytes).enumerate().collect();
        staging.stage(&files, gate)
    }

    /// Puts the staged files in place and removes the orphans.
    fn commit(&self, dir: &Path, staging: &Staging, gate: &mut Gate<'_>) -> Result<()> {
        let directories: BTreeSet<&str> = self.place.iter().flat_map(|(path, _)| ancestors(path)).collect();
        let mut steps: Vec<Step<'_>> = Vec::new();
        steps.extend(
            directories.iter().map(|path| dir.join(path)).filter(|path| !path.exists()).map(Step::CreateDirectory),
        );
        let place = |(n, (path, _)): (usize, &(&str, &[u8]))| Step::Place { from: staging.file(n), to: dir.join(path) };
        steps.extend(self.place.iter().enumerate().map(place));
        steps.extend(self.remove_files.iter().map(|path| Step::RemoveFile(dir.join(path))));
        steps.extend(self.remove_directories.iter().map(|path| Step::RemoveDirectory(dir.join(path))));
        let removed: BTreeSet<&str> = self.remove_directories.iter().map(String::as_str).collect();
        let changed: BTreeSet<&str> =
            self.touched().flat_map(ancestors).filter(|path| !removed.contains(path)).collect();
        steps.extend(changed.iter().rev().map(|path| Step::Sync(dir.join(path))));
        steps.push(Step::Sync(dir.to_owned()));
        steps.iter().try_for_each(|step| step.take(gate))
    }
}

/// How many directories a path lies in.
fn depth(path: &str) -> usize {
    ancestors(path).count()
}

/// Whether the file mentions those beside it.
fn is_module_root(path: &str) -> bool {
    matches!(path.rsplit('/').next(), Some("lib.rs" | "mod.rs"))
}

/// Why a finding forbids to write, if it does.
fn refusal(dir: &Path, Finding { path, state }: &Finding) -> Option<Diagnostic> {
    let (message, help) = match state {
        State::Stale { own: false, .. } => (
            "stands where codegen writes, but codegen did not write it",
            "move it away, or name another output directory with `--out`",
        ),
        State::EditedOrphan => (
            "is no longer generated, but it was edited, so codegen does not remove it",
            "keep what you added elsewhere, then remove the file",
        ),
        State::Stray => (
            "was not generated, and an output directory holds generated files only",
            "move it away, or name another output directory with `--out`",
        ),
        State::Obstacle => (
            "stands where codegen writes, and is neither the file nor the directory that belongs there",
            "move it away, or name another output directory with `--out`",
        ),
        _ => return None,
    };
    Some(Diagnostic::error(visible(&dir.join(path).display().to_string()), message).help(help))
}
