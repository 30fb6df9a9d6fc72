//! The single changes that a run makes on disk. Whatever changes the disk goes through [`Step::take`], so a run can be
//! stopped before each of them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::survey::failed;
use crate::diagnostic::Result;

/// Is shown every step before it is taken; an error stands for the step's own. A run passes one that lets all pass.
pub(super) type Gate<'g> = dyn FnMut(&Step<'_>) -> io::Result<()> + 'g;

/// One change on disk, all or nothing, except that staging may be cut short: a staged file is not looked at again.
#[derive(Debug)]
pub(super) enum Step<'a> {
    /// Creates a directory and what it lies in; one that is there is left as it is.
    CreateDirectory(PathBuf),
    /// Creates the empty lock file, or leaves the one that is there.
    CreateLock(PathBuf),
    /// Writes a new file into the staging folder.
    Stage { at: PathBuf, bytes: &'a [u8] },
    /// Writes a staged file through to the disk. Once all are staged, most file systems do that for all of them at the first.
    Flush(PathBuf),
    /// Puts a staged file in its place.
    Place { from: PathBuf, to: PathBuf },
    /// Removes a file.
    RemoveFile(PathBuf),
    /// Removes an empty directory; one that is not empty is left as it is.
    RemoveDirectory(PathBuf),
    /// Makes the names in a directory outlast a power cut.
    Sync(PathBuf),
}

impl Step<'_> {
    pub(super) fn take(&self, gate: &mut Gate<'_>) -> Result<()> {
        gate(self).and_then(|()| self.change()).map_err(|error| {
            let (verb, path) = self.describe();
            failed(verb, path, &error).into()
        })
    }

    fn change(&self) -> io::Result<()> {
        match self {
            Self::CreateDirectory(path) => fs::create_dir_all(path),
            Self::CreateLock(path) => OpenOptions::new().append(true).create(true).open(path).map(drop),
            Self::Stage { at, bytes } => {
                let mut file = File::create_new(at)?;
                file.write_all(bytes)
            }
            Self::Flush(path) => File::options().append(true).open(path)?.sync_all(),
            Self::Place { from, to } => fs::rename(from, to),
            Self::RemoveFile(path) => absent_is_fine(fs::remove_file(path)),
            Self::RemoveDirectory(path) => match fs::remove_dir(path) {
                Err(error) if matches!(error.kind(), ErrorKind::DirectoryNotEmpty | ErrorKind::AlreadyExists) => Ok(()),
                removed => absent_is_fine(removed),
            },
            // Only Unix opens a directory as a file.
            Self::Sync(path) if cfg!(unix) => File::open(path)?.sync_all(),
            Self::Sync(_) => Ok(()),
        }
    }

    fn describe(&self) -> (&'static str, &Path) {
        match self {
            Self::CreateDirectory(path) | Self::CreateLock(path) => ("create", path),
            Self::Stage { at, .. } | Self::Flush(at) => ("write", at),
            Self::Place { to, .. } => ("replace", to),
            Self::RemoveFile(path) | Self::RemoveDirectory(path) => ("remove", path),
            Self::Sync(path) => ("write", path),
        }
    }
}

fn absent_is_fine(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}
