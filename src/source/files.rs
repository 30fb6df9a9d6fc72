//! Turns the path of a file into its bytes: only a regular file, only up to a limit, and for a vendored file only from
//! within the manifest's folder.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Component, Path},
};

/// The bytes of the file at `path`, or why they cannot be had, to be put after the file's name.
pub(super) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, String> {
    let too_large = || format!("is larger than {limit} bytes, the limit");
    // Asked before opening: opening a FIFO waits for a writer.
    let metadata = fs::metadata(path).map_err(|error| reason(&error))?;
    if !metadata.is_file() {
        return Err(format!("is {}, not a file", if metadata.is_dir() { "a folder" } else { "a device or a pipe" }));
    }
    if metadata.len() > limit {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    // Not more than the limit even if the file grows while it is read.
    let read = File::open(path).and_then(|file| file.take(limit.saturating_add(1)).read_to_end(&mut bytes));
    read.map_err(|error| reason(&error))?;
    if bytes.len() as u64 > limit { Err(too_large()) } else { Ok(bytes) }
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "does not exist".to_owned(),
        kind => format!("cannot be read: {kind}"),
    }
}

/// Whether `file` spells a path below the folder it starts from: relative, and without `.`, `..`, `\` or empty parts.
pub(super) fn is_inner(file: &str) -> bool {
    let normal = Path::new(file).components().all(|part| matches!(part, Component::Normal(_)));
    normal && !file.contains('\\') && file.split('/').all(|part| !part.is_empty() && part != ".")
}

/// Whether `path`, with its symbolic links followed, lies below `folder`; a path to nothing counts as below.
pub(super) fn stays_below(folder: &Path, path: &Path) -> bool {
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
        assert_eq!(read(&path, 4), Err("is larger than 4 bytes, the limit".to_owned()));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_whose_size_is_not_told_beforehand_is_read_up_to_the_limit_only() {
        assert_eq!(read(Path::new("/proc/self/maps"), 8), Err("is larger than 8 bytes, the limit".to_owned()));
    }
}
