//! Turns the path of a file into its bytes: only a regular file, only up to a limit, and for a vendored file only from
//! within the manifest's folder.

use std::{
    fmt,
    fs::{self, File},
    io::{self, Read},
    path::{Component, Path},
};

/// Why a file's bytes cannot be had.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    Missing,
    /// What stands there instead.
    NotAFile(&'static str),
    TooLarge {
        limit: u64,
    },
    Failed(io::ErrorKind),
}

impl Unreadable {
    /// What to do about it; `missing` when there is nothing where a file should be.
    pub(crate) fn help(&self, missing: &str) -> String {
        match self {
            Self::Missing | Self::NotAFile(_) => missing.to_owned(),
            Self::TooLarge { .. } => "nothing larger is read; split it, or take out of it what you need".to_owned(),
            Self::Failed(_) => "make it readable for you, as by `chmod u+r`".to_owned(),
        }
    }
}

/// To be put after the file's name.
impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => write!(f, "does not exist"),
            Self::NotAFile(what) => write!(f, "is {what}, not a file"),
            Self::TooLarge { limit } => write!(f, "is larger than {limit} bytes ({} MiB), the limit", limit >> 20),
            Self::Failed(kind) => write!(f, "cannot be read: {kind}"),
        }
    }
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            kind => Self::Failed(kind),
        }
    }
}

/// The bytes of the file at `path`, if they are no more than `limit`.
pub(crate) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Unreadable> {
    // Asked before opening: opening a FIFO waits for a writer.
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(Unreadable::NotAFile(if metadata.is_dir() { "a folder" } else { "a device or a pipe" }));
    }
    if metadata.len() > limit {
        return Err(Unreadable::TooLarge { limit });
    }
    let mut bytes = Vec::new();
    // Not more than the limit even if the file grows while it is read.
    File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(Unreadable::TooLarge { limit }) } else { Ok(bytes) }
}

/// Whether `file` spells a path below the folder it starts from: relative, and without `.`, `..`, `\` or empty parts.
pub(crate) fn is_inner(file: &str) -> bool {
    let normal = Path::new(file).components().all(|part| matches!(part, Component::Normal(_)));
    normal && !file.contains('\\') && file.split('/').all(|part| !part.is_empty() && part != ".")
}

/// Whether `path`, with its symbolic links followed, lies below `folder`; a path to nothing counts as below.
pub(crate) fn stays_below(folder: &Path, path: &Path) -> bool {
    // The folder of a bare file name is empty, which names no folder.
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(path) = path.canonicalize() else { return true };
    folder.canonicalize().is_ok_and(|folder| path.starts_with(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_below_the_folder_are_inner() {
        for inner in ["a.json", "v1/a b.json", "..a/b..", "ä.json"] {
            assert!(is_inner(inner), "{inner}");
        }
        for outer in ["", "/a.json", "../a.json", "v1/../../a.json", "v1/..", "./a.json", "v1/./a", "v1//a", "v1\\a"] {
            assert!(!is_inner(outer), "{outer}");
        }
    }

    #[test]
    fn an_empty_folder_is_the_current_one() {
        assert!(stays_below(Path::new(""), Path::new("Cargo.toml")));
        assert!(!stays_below(Path::new(""), Path::new("..")));
    }

    #[test]
    fn a_file_of_exactly_the_limit_is_read_and_one_byte_more_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, "12345").unwrap();
        assert_eq!(read(&path, 5), Ok(b"12345".to_vec()));
        assert_eq!(read(&path, 4), Err(Unreadable::TooLarge { limit: 4 }));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_whose_size_is_not_told_beforehand_is_read_up_to_the_limit_only() {
        assert_eq!(read(Path::new("/proc/self/maps"), 8), Err(Unreadable::TooLarge { limit: 8 }));
    }
}
