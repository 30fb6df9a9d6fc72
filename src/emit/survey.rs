//! Turns a tree and a directory into findings: the state of every path that the one wants or the other holds.
//!
//! Reads only, and follows no symbolic link below the directory: a link is nothing that codegen writes. What cargo
//! leaves in a package that is built where it was generated, `Cargo.lock` and a `target` folder that cargo has tagged
//! as a cache, is no finding. Everything else is, hidden files included.

use std::collections::BTreeSet;
use std::fs::{self, File, FileType};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use super::{Tree, ancestors, marker, staging};
use crate::diagnostic::{Diagnostic, Diagnostics, Result};
use crate::source::MAX_REPORTED;

/// What a path below the output directory is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum State {
    /// A wanted file with the wanted bytes.
    Right,
    /// A wanted file that is not there.
    Missing,
    /// A wanted file with the bytes `found` instead; `own` when codegen wrote it once.
    Stale { found: Vec<u8>, own: bool },
    /// A file that codegen wrote and that is wanted no more.
    Orphan,
    /// An orphan that somebody has edited.
    EditedOrphan,
    /// A directory that is not wanted, with nothing in it but orphans and such directories.
    OrphanDirectory,
    /// Something that codegen did not write; a directory when its path ends in `/`.
    Stray,
    /// Something that stands where a file or directory has to be and is none.
    Obstacle,
    /// The staging folder of a run that has not come to its end.
    Unfinished,
}

/// A path below the output directory, `/` between its parts, and its state.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) path: String,
    pub(super) state: State,
}

impl Finding {
    fn new(path: &str, state: State) -> Self {
        Self { path: path.to_owned(), state }
    }
}

/// How many files and directories an output directory may hold. Whoever names another one by mistake, their home or
/// `/`, is told so instead of waiting for all of it to be read.
const MAX_ENTRIES: usize = 100_000;

/// Every finding, sorted by path. A directory that does not exist holds nothing.
pub(super) fn survey(tree: &Tree, dir: &Path) -> Result<Vec<Finding>> {
    survey_up_to(MAX_ENTRIES, tree, dir)
}

/// [`survey`], with another limit.
pub(super) fn survey_up_to(limit: usize, tree: &Tree, dir: &Path) -> Result<Vec<Finding>> {
    let directories = tree.0.keys().flat_map(|path| ancestors(path)).collect();
    let mut surveyor =
        Surveyor { tree, dir, directories, limit, entries: 0, seen: BTreeSet::new(), errors: Vec::new() };
    let mut findings = match fs::metadata(dir) {
        Ok(found) if found.is_dir() => surveyor.directory(""),
        Ok(_) => return Err(not_a_directory(dir).into()),
        // A link to nothing is there all the same.
        Err(error) if error.kind() == ErrorKind::NotFound && dir.is_symlink() => {
            return Err(not_a_directory(dir).into());
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(failed("read", dir, &error).into()),
    };
    if surveyor.entries > limit {
        return Err(too_many(dir, limit).into());
    }
    if !surveyor.errors.is_empty() {
        return Err(capped(surveyor.errors, dir));
    }
    let missing = tree.0.keys().filter(|path| !surveyor.seen.contains(*path));
    findings.extend(missing.map(|path| Finding::new(path, State::Missing)));
    findings.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(findings)
}

/// The first [`MAX_REPORTED`] of the errors in `dir`, and how many more there are.
pub(super) fn capped(mut errors: Vec<Diagnostic>, dir: &Path) -> Diagnostics {
    let more = errors.len().saturating_sub(MAX_REPORTED);
    if more > 0 {
        errors.truncate(MAX_REPORTED);
        let left_out = Diagnostic::error(dir.display().to_string(), format!("{more} more errors are not shown"));
        errors.push(left_out.help("name a directory of its own for the generated files with `--out`"));
    }
    Diagnostics(errors)
}

/// An error of the file system, as a diagnostic about `path`.
pub(super) fn failed(verb: &str, path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error(path.display().to_string(), format!("cannot {verb}: {error}"))
        .help("codegen needs an output directory of its own that it may read and write; `--out` names it")
}

fn not_a_directory(path: &Path) -> Diagnostic {
    Diagnostic::error(path.display().to_string(), "is not a directory")
        .help("name a directory of its own for the generated files with `--out`")
}

fn too_many(dir: &Path, limit: usize) -> Diagnostic {
    Diagnostic::error(dir.display().to_string(), format!("holds more than {limit} files and folders, the limit"))
        .help("name a directory of its own for the generated files with `--out`")
}

struct Surveyor<'a> {
    tree: &'a Tree,
    dir: &'a Path,
    /// The directories that the tree's files lie in.
    directories: BTreeSet<&'a str>,
    limit: usize,
    /// How many entries were met; the survey ends when they are more than the limit.
    entries: usize,
    /// The wanted paths at which something is.
    seen: BTreeSet<String>,
    errors: Vec<Diagnostic>,
}

impl Surveyor<'_> {
    /// What is below the directory `relative` (`""` is the output directory).
    fn directory(&mut self, relative: &str) -> Vec<Finding> {
        if self.entries > self.limit {
            return Vec::new();
        }
        let on_disk = self.dir.join(relative);
        let entries = fs::read_dir(&on_disk).and_then(|entries| {
            let named = |entry: fs::DirEntry| Ok((entry.file_name(), entry.file_type()?));
            let entries = entries.take(self.limit + 1).inspect(|_| self.entries += 1);
            entries.map(|entry| entry.and_then(named)).collect::<io::Result<Vec<_>>>()
        });
        let mut findings = Vec::new();
        for (name, kind) in self.unless_gone(&on_disk, entries).into_iter().flatten() {
            // No wanted path holds what a lossy name holds, so a lossy name is never taken for a wanted one.
            let name = name.to_string_lossy();
            let path = if relative.is_empty() { name.into_owned() } else { format!("{relative}/{name}") };
            findings.extend(self.entry(&path, kind));
        }
        findings
    }

    fn entry(&mut self, path: &str, kind: FileType) -> Vec<Finding> {
        if let Some(wanted) = self.tree.get(path) {
            self.seen.insert(path.to_owned());
            return if kind.is_file() {
                self.wanted_file(path, wanted)
            } else {
                vec![Finding::new(path, State::Obstacle)]
            };
        }
        if path == staging::FOLDER {
            return self.staging(kind);
        }
        if self.is_left_by_cargo(path, kind) {
            return Vec::new();
        }
        let wanted = self.directories.contains(path);
        match (kind.is_dir(), wanted) {
            (true, true) => self.directory(path),
            (true, false) => self.unwanted_directory(path),
            (false, true) => vec![Finding::new(path, State::Obstacle)],
            (false, false) if kind.is_file() => self.unwanted_file(path),
            (false, false) => vec![Finding::new(path, State::Stray)],
        }
    }

    fn wanted_file(&mut self, path: &str, wanted: &[u8]) -> Vec<Finding> {
        let on_disk = self.dir.join(path);
        let state = match self.unless_gone(&on_disk, fs::read(&on_disk)) {
            Some(found) if found == wanted => State::Right,
            Some(found) => State::Stale { own: marker::is_own(path, &found), found },
            None => State::Missing,
        };
        vec![Finding::new(path, state)]
    }

    fn unwanted_file(&mut self, path: &str) -> Vec<Finding> {
        if !marker::is_markable(path) {
            return vec![Finding::new(path, State::Stray)];
        }
        let on_disk = self.dir.join(path);
        let Some(found) = self.unless_gone(&on_disk, read_if_own(path, &on_disk)) else { return Vec::new() };
        let state = match found {
            Some(found) if marker::is_pristine(path, &found) => State::Orphan,
            Some(found) if marker::is_own(path, &found) => State::EditedOrphan,
            _ => State::Stray,
        };
        vec![Finding::new(path, state)]
    }

    /// A directory with nothing of codegen's in it is one finding, however much it holds.
    fn unwanted_directory(&mut self, path: &str) -> Vec<Finding> {
        let mut below = self.directory(path);
        let is_stray = |finding: &Finding| finding.state == State::Stray;
        if !below.is_empty() && below.iter().all(is_stray) {
            return vec![Finding { path: format!("{path}/"), state: State::Stray }];
        }
        if !below.iter().any(is_stray) {
            below.push(Finding::new(path, State::OrphanDirectory));
        }
        below
    }

    fn staging(&mut self, kind: FileType) -> Vec<Finding> {
        if !kind.is_dir() {
            return vec![Finding::new(staging::FOLDER, State::Stray)];
        }
        let on_disk = self.dir.join(staging::FOLDER);
        let foreign = self.unless_gone(&on_disk, staging::foreign(&on_disk));
        let stray = |name: String| Finding { path: format!("{}/{name}", staging::FOLDER), state: State::Stray };
        let unfinished = Finding::new(staging::FOLDER, State::Unfinished);
        foreign.into_iter().flatten().map(stray).chain([unfinished]).collect()
    }

    fn is_left_by_cargo(&self, path: &str, kind: FileType) -> bool {
        match path {
            "Cargo.lock" => kind.is_file(),
            "target" => kind.is_dir() && self.dir.join("target/CACHEDIR.TAG").is_file(),
            _ => false,
        }
    }

    /// Nothing for what has gone since it was listed, as when another run is at work; any other error is kept, to be
    /// reported with the rest.
    fn unless_gone<T>(&mut self, path: &Path, read: io::Result<T>) -> Option<T> {
        match read {
            Ok(found) => return Some(found),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => self.errors.push(failed("read", path, &error)),
        }
        None
    }
}

/// The bytes of a file that may be codegen's own.
fn read_if_own(path: &str, on_disk: &Path) -> io::Result<Option<Vec<u8>>> {
    let mut file = File::open(on_disk)?;
    let mut bytes = Vec::new();
    file.by_ref().take(marker::MARKER_REACH as u64).read_to_end(&mut bytes)?;
    if !marker::may_be_own(path, &bytes) {
        return Ok(None);
    }
    file.read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}
