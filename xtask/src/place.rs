//! Where the manifest, the generated crate and cargo's target folder are, wherever the command is called from; and how
//! to call it from there.

use std::env;
use std::path::{Path, PathBuf};

use crate::shell;

/// The repository: the folder around this package.
fn root() -> PathBuf {
    // Cargo says where the package is now; where it was when it was built is for a binary that is called by itself.
    let ours = env::var_os("CARGO_PKG_NAME").is_some_and(|name| name == env!("CARGO_PKG_NAME"));
    let now = env::var_os("CARGO_MANIFEST_DIR").filter(|_| ours);
    let package = now.map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package.parent().map(Path::to_path_buf).unwrap_or(package)
}

/// The repository as people would write it where they are: by a relative path, when they are in it or around it.
pub(crate) fn repository() -> PathBuf {
    let root = root();
    let Ok(here) = env::current_dir() else { return root };
    if let Ok(below) = here.strip_prefix(&root) {
        return below.components().map(|_| "..").collect();
    }
    root.strip_prefix(here).map(Path::to_path_buf).unwrap_or(root)
}

/// The manifest of the workspace that this program is a package of.
pub(crate) fn workspace() -> PathBuf {
    repository().join("Cargo.toml")
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

/// The words that call this program from where people are. Cargo knows its alias in the repository only.
pub(crate) fn command() -> String {
    if env::current_dir().is_ok_and(|here| here.starts_with(root())) {
        return "cargo xtask".to_owned();
    }
    let workspace = shell::quote(&workspace().display().to_string());
    format!("cargo run --quiet --manifest-path {workspace} --package xtask --")
}
