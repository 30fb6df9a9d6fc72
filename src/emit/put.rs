//! Puts single files into a directory that holds others besides, which are not looked at, and removes single files.
//!
//! As [`write()`](super::write()) does it: every file is staged whole, then renamed into its place, in the order given. A
//! run that is killed leaves each file either old or new; the next one removes what it left in the staging folder.

use std::collections::BTreeSet;
use std::path::Path;

use super::ancestors;
use super::compare::{Difference, compare_one};
use super::staging::{FOLDER, Staging};
use super::steps::{Gate, Step};
use super::write::Stopped;
use crate::diagnostic::Result;

/// The files to put into a directory, in the order in which they are put in place: path, `/` between its parts, and bytes;
/// without bytes, the file is removed, and its folder if nothing is left in it.
pub type Files = Vec<(String, Option<Vec<u8>>)>;

/// Puts the files that `prepare` gives into `dir`, and gives what it gives beside them. `prepare` reads what it needs of
/// `dir`: it is asked twice, the second time when no other run is at work there, and then its answer counts. When it has
/// no files, nothing is touched.
///
/// # Errors
///
/// Those of `prepare`, and then nothing is changed; midway, when the disk fails.
pub fn put<T>(dir: &Path, prepare: impl Fn() -> Result<(T, Files)>) -> std::result::Result<T, Stopped> {
    put_through(dir, prepare, &mut |_| Ok(()))
}

/// Makes the file at `path` in `dir` be `text`; gives how it differed.
///
/// # Errors
///
/// Those of [`compare_one`]; midway, when the disk fails.
pub fn put_one(dir: &Path, path: &str, text: &str) -> std::result::Result<Option<Difference>, Stopped> {
    put(dir, || {
        let difference = compare_one(dir, path, text)?;
        let file = difference.is_some().then(|| (path.to_owned(), Some(text.as_bytes().to_vec())));
        Ok((difference, file.into_iter().collect()))
    })
}

/// [`put`], with a gate before every step.
pub(super) fn put_through<T>(
    dir: &Path,
    prepare: impl Fn() -> Result<(T, Files)>,
    gate: &mut Gate<'_>,
) -> std::result::Result<T, Stopped> {
    let (told, files) = prepare()?;
    if files.is_empty() && !dir.join(FOLDER).exists() {
        return Ok(told);
    }
    let staging = Staging::enter(dir, gate)?;
    let prepared = prepare().and_then(|(told, files)| {
        staging.sweep(gate)?;
        let staged = files.iter().enumerate().filter_map(|(n, (_, bytes))| Some((n, bytes.as_deref()?)));
        staging.stage(&staged.collect::<Vec<_>>(), gate)?;
        Ok((told, files))
    });
    let (told, files) = match prepared {
        Ok(prepared) => prepared,
        Err(diagnostics) => {
            // Nothing is in place yet: take back what can be taken back. The first error is the one to report.
            let _ = staging.sweep(gate).and_then(|()| staging.leave(gate));
            return Err(diagnostics.into());
        }
    };
    let ended = place(dir, &files, &staging, gate).and_then(|()| staging.leave(gate));
    ended.map_err(|diagnostics| Stopped { diagnostics, midway: true })?;
    Ok(told)
}

/// Renames the staged files into their places, and removes those without bytes.
fn place(dir: &Path, files: &Files, staging: &Staging, gate: &mut Gate<'_>) -> Result<()> {
    let folders: BTreeSet<&str> = files.iter().flat_map(|(path, _)| ancestors(path)).collect();
    for (n, (path, bytes)) in files.iter().enumerate() {
        let at = dir.join(path);
        let folder = at.parent().unwrap_or(dir);
        if bytes.is_none() {
            Step::RemoveFile(at.clone()).take(gate)?;
            if folder != dir {
                Step::RemoveDirectory(folder.to_owned()).take(gate)?;
            }
            continue;
        }
        if !folder.exists() {
            Step::CreateDirectory(folder.to_owned()).take(gate)?;
        }
        Step::Place { from: staging.file(n), to: at }.take(gate)?;
    }
    let left = folders.iter().rev().map(|path| dir.join(path)).filter(|path| path.exists());
    left.map(Step::Sync).try_for_each(|step| step.take(gate))?;
    Step::Sync(dir.to_owned()).take(gate)
}
