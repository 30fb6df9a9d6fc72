//! Packages as texts -> a workspace of cargo outside of the repository's, and what cargo makes of it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use typeproof::diagnostic::{Diagnostic, Result};
use typeproof::emit::Tree;

/// A folder for packages, which are built with the versions of the repository's Cargo.lock into one target folder.
pub(crate) struct Workshop {
    /// Its name, which the versions of its packages have: cargo takes packages of one target folder for the same that have the
    /// same name and version.
    name: String,
    folder: PathBuf,
    target: PathBuf,
    offline: bool,
    members: Vec<String>,
}

/// A package of one source file.
pub(crate) struct Package<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// What it depends on: lines of TOML.
    pub(crate) dependencies: &'a str,
    /// `src/main.rs` or `src/lib.rs`.
    pub(crate) file: &'a str,
    /// Its text.
    pub(crate) text: &'a str,
}

impl Workshop {
    /// The workspace `name` below `folder`, which is cargo's alone.
    ///
    /// # Errors
    ///
    /// When nothing can be written there.
    pub(crate) fn new(folder: &Path, name: &str, lock: &Path, offline: bool) -> Result<Self> {
        let (name, folder, target) = (name.to_owned(), folder.join(name), folder.join("target"));
        let workshop = Self { name, folder, target, offline, members: Vec::new() };
        if !workshop.path("Cargo.lock").exists() {
            let lock = fs::read(lock).map_err(|error| cannot(lock, &error))?;
            workshop.write("Cargo.lock", &lock)?;
        }
        Ok(workshop)
    }

    /// Where `path` is in it.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// Writes the file at `path`, unless it is so already: then cargo builds nothing again.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(crate) fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let path = self.path(path);
        if fs::read(&path).is_ok_and(|old| old == bytes) {
            return Ok(());
        }
        let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, bytes));
        written.map_err(|error| cannot(&path, &error).into())
    }

    /// Writes a package.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(crate) fn add(&mut self, package: &Package<'_>) -> Result<()> {
        let Package { name, dependencies, file, text } = package;
        let cargo = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0-{of}\"\nedition = \"2024\"\npublish = false\n\n\
             [dependencies]\n{dependencies}",
            of = self.name
        );
        self.write(&format!("{name}/Cargo.toml"), cargo.as_bytes())?;
        self.write(&format!("{name}/{file}"), text.as_bytes())?;
        self.member(name)
    }

    /// Writes a generated crate as the package `name`, which it has to be called in its manifest already.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(crate) fn add_tree(&mut self, name: &str, tree: &Tree) -> Result<()> {
        // What was of another tree in there is in no module of this one.
        tree.iter().try_for_each(|(path, bytes)| self.write(&format!("{name}/{path}"), bytes))?;
        self.member(name)
    }

    fn member(&mut self, name: &str) -> Result<()> {
        self.members.push(name.to_owned());
        let members = self.members.iter().map(|member| format!("{member:?}")).collect::<Vec<_>>().join(", ");
        let cargo = format!("[workspace]\nmembers = [{members}]\nresolver = \"3\"\n");
        self.write("Cargo.toml", cargo.as_bytes())
    }

    /// A call of cargo's `subcommand` for the package `name`.
    pub(crate) fn cargo(&self, subcommand: &str, name: &str) -> Command {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsStr::new("cargo").to_owned()));
        command.args([subcommand, "--quiet", "--package", name, "--manifest-path"]).arg(self.path("Cargo.toml"));
        command.arg("--target-dir").arg(&self.target);
        // What has been compiled once is compiled as a whole again, or what is measured is how well rustc remembers.
        command.env("CARGO_INCREMENTAL", "0");
        // What cargo said of this program's build is not meant for others.
        command.env_remove("CARGO_ENCODED_RUSTFLAGS").env_remove("RUSTFLAGS");
        if self.offline {
            command.arg("--offline");
        }
        command
    }

    /// Builds the program `name`, optimised; where it is.
    ///
    /// # Errors
    ///
    /// When cargo cannot: with what it says.
    pub(crate) fn release(&self, name: &str) -> Result<PathBuf> {
        run(self.cargo("build", name).arg("--release"))?;
        Ok(self.target.join("release").join(format!("{name}{}", env::consts::EXE_SUFFIX)))
    }
}

/// What `command` writes on standard output.
///
/// # Errors
///
/// When it cannot be run or fails: with what it says.
pub(crate) fn run(command: &mut Command) -> Result<Vec<u8>> {
    let program = command.get_program().display().to_string();
    let output = command.output().map_err(|error| cannot(Path::new(&program), &error))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let message = format!("{command:?} failed ({}):\n{}", output.status, said.trim_end());
    Err(Diagnostic::error(program, message).help("nothing is measured without it").into())
}

/// That nothing can be done about the file at `path`.
pub(crate) fn cannot(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error(path.display().to_string(), format!("cannot work with it: {error}"))
        .help("make it accessible, or name another target folder by CARGO_TARGET_DIR")
}
