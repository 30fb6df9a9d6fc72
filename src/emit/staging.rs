//! The staging folder: the place where new bytes wait until they are whole, and the lock that keeps two runs apart.
//!
//! It stands in the output directory, so that putting a file in place is a rename on one file system, and only while a
//! run changes something; one that is there otherwise was left by a run that was cut short. It holds the file `lock`
//! and the staged files `0.new`, `1.new`, … Anything else in it is not codegen's and is left alone.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::steps::{Gate, Step};
use super::survey::failed;
use crate::diagnostic::{Diagnostics, Result};

/// The folder's name in the output directory.
pub(super) const FOLDER: &str = ".typeproof-staging";

const LOCK: &str = "lock";

/// The staging folder of one run, which holds its lock until this is dropped.
pub(super) struct Staging {
    folder: PathBuf,
    _lock: File,
}

impl Staging {
    /// Waits until no other run is at work in `dir`, and creates the folder.
    pub(super) fn enter(dir: &Path, gate: &mut Gate<'_>) -> Result<Self> {
        let folder = dir.join(FOLDER);
        let path = folder.join(LOCK);
        loop {
            Step::CreateDirectory(folder.clone()).take(gate)?;
            if let Err(diagnostics) = Step::CreateLock(path.clone()).take(gate) {
                if folder.exists() {
                    return Err(diagnostics);
                }
                // A run that ended has removed the folder in the meantime.
                continue;
            }
            if let Some(lock) = lock(&path).map_err(|error| Diagnostics::from(failed("lock", &path, &error)))? {
                return Ok(Self { folder, _lock: lock });
            }
        }
    }

    /// Where the staged file number `n` lies.
    pub(super) fn file(&self, n: usize) -> PathBuf {
        self.folder.join(format!("{n}.new"))
    }

    /// Stages files, each under its number, and writes them through to the disk.
    pub(super) fn stage(&self, files: &[(usize, &[u8])], gate: &mut Gate<'_>) -> Result<()> {
        files.iter().try_for_each(|(n, bytes)| Step::Stage { at: self.file(*n), bytes }.take(gate))?;
        files.iter().try_for_each(|(n, _)| Step::Flush(self.file(*n)).take(gate))
    }

    /// Removes the staged files, whichever run they are of.
    pub(super) fn sweep(&self, gate: &mut Gate<'_>) -> Result<()> {
        let names = names(&self.folder).map_err(|error| Diagnostics::from(failed("read", &self.folder, &error)))?;
        let staged = names.iter().filter(|name| is_staged(name));
        staged.map(|name| self.folder.join(name)).try_for_each(|path| Step::RemoveFile(path).take(gate))
    }

    /// Removes the lock and the folder, and lets the next run in.
    pub(super) fn leave(self, gate: &mut Gate<'_>) -> Result<()> {
        Step::RemoveFile(self.folder.join(LOCK)).take(gate)?;
        // Another run may have come in since the lock's name is free: then the folder is not empty, and is its own.
        Step::RemoveDirectory(self.folder.clone()).take(gate)
    }
}

/// The names in a staging folder that are not codegen's.
pub(super) fn foreign(folder: &Path) -> io::Result<Vec<String>> {
    let mut foreign = Vec::new();
    for name in names(folder)? {
        let is_file = match fs::symlink_metadata(folder.join(&name)) {
            // A run that is at work has put it in its place since it was listed.
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            found => found?.is_file(),
        };
        if !is_file || !(name == LOCK || is_staged(&name)) {
            foreign.push(name);
        }
    }
    Ok(foreign)
}

fn names(folder: &Path) -> io::Result<Vec<String>> {
    let name = |entry: io::Result<fs::DirEntry>| Ok(entry?.file_name().to_string_lossy().into_owned());
    fs::read_dir(folder)?.map(name).collect()
}

fn is_staged(name: &str) -> bool {
    name.strip_suffix(".new").is_some_and(|n| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The locked lock file; nothing when `path` does not name it any more. A run that ends removes the file while others
/// wait for it: a lock on a file without a name keeps nobody out.
fn lock(path: &Path) -> io::Result<Option<File>> {
    let file = match File::options().append(true).open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        opened => opened?,
    };
    file.lock()?;
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        named => Ok(is_same_file(&file.metadata()?, &named?).then_some(file)),
    }
}

#[cfg(unix)]
fn is_same_file(a: &Metadata, b: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

/// Elsewhere the standard library has nothing to tell files apart by; that the name exists has to do.
#[cfg(not(unix))]
fn is_same_file(_: &Metadata, _: &Metadata) -> bool {
    true
}
