//! Where the manifest, the generated crate and cargo's target folder are, wherever the command is called from.

use std::env;
use std::path::{Path, PathBuf};

/// The repository: the folder around this package.
pub(crate) fn repository() -> PathBuf {
    let package =
        env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let repository = package.parent().map(Path::to_path_buf).unwrap_or(package);
    // Shown to people as they would write it: relative to where they are, where that leads down.
    match env::current_dir().ok().and_then(|here| repository.strip_prefix(here).map(Path::to_path_buf).ok()) {
        Some(relative) if relative.as_os_str().is_empty() => PathBuf::new(),
        Some(relative) => relative,
        None => repository,
    }
}

/// The manifest that the repository's own types come from.
pub(crate) fn manifest() -> PathBuf {
    repository().join("schemas").join("manifest.toml")
}

/// The repository's own generated crate.
pub(crate) fn generated() -> PathBuf {
    repository().join("generated")
}

/// Cargo's target folder.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| repository().join("target"), PathBuf::from)
}
