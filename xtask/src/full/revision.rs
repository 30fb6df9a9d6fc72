//! `REV:path`, as git names what a revision has at a path -> a copy of it on disk, with what lies beside it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;
use typeproof::diagnostic::{Diagnostic, Diagnostics, Result};

/// What a revision has, in a folder that goes with it.
pub(crate) struct Checkout {
    folder: TempDir,
    /// The copy of the folder that was asked for, or of the one around the file.
    tree: String,
    file: Option<String>,
}

impl Checkout {
    /// The copy of what was asked for.
    pub(crate) fn path(&self) -> PathBuf {
        let tree = self.root();
        self.file.as_ref().map_or(tree.clone(), |file| tree.join(file))
    }

    /// The copy of the folder.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("tree")
    }

    /// What that is a copy of.
    pub(crate) fn original(&self) -> &str {
        self.tree.trim_end_matches('/')
    }
}

/// Whether `named` is to be looked for in a revision: it is no path here, and git could know it.
pub(crate) fn is_one(named: &str) -> bool {
    !Path::new(named).exists() && named.split_once(':').is_some_and(|(revision, _)| !revision.is_empty())
}

/// A copy of what git calls `named`.
///
/// # Errors
///
/// What git says, and when there is no git.
pub(crate) fn checkout(named: &str) -> Result<Checkout> {
    let folder = TempDir::new().map_err(|error| fault(named, &format!("there is no room for a copy: {error}")))?;
    let kind = git(named, folder.path(), &["cat-file", "-t", "--end-of-options", named])?;
    let (revision, path) = named.split_once(':').unwrap_or((named, ""));
    let (tree, file) = match kind.trim() {
        "tree" => (named.to_owned(), None),
        _ => {
            let (parent, file) = path.rsplit_once('/').unwrap_or(("", path));
            (format!("{revision}:{parent}"), Some(file.to_owned()))
        }
    };
    git(named, folder.path(), &["read-tree", "--end-of-options", &tree])?;
    let prefix = format!("--prefix={}/", folder.path().join("tree").display());
    git(named, folder.path(), &["-c", "core.autocrlf=false", "checkout-index", "--all", "--force", &prefix])?;
    Ok(Checkout { folder, tree, file })
}

/// What `git` with these `arguments` prints; its index is one of its own in `folder`.
fn git(named: &str, folder: &Path, arguments: &[&str]) -> Result<String> {
    let mut command = Command::new("git");
    command.env("GIT_INDEX_FILE", folder.join("index")).env("LC_ALL", "C").args(arguments);
    let Output { status, stdout, stderr } =
        command.output().map_err(|error| fault(named, &format!("git cannot be run: {error}")))?;
    if status.success() {
        return Ok(String::from_utf8_lossy(&stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&stderr);
    let said = said.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_owned();
    Err(fault(named, &format!("is neither a path here nor in a git revision: {said}")))
}

fn fault(named: &str, message: &str) -> Diagnostics {
    let help = "name a file or a folder, or what a revision has as REV:path, the path from the repository's root";
    Diagnostic::error(named, message).help(help).into()
}
