//! Generated crates -> a running process that holds their types: a small program is written around them, built with
//! cargo and asked over a pipe. So the proof is about compiled code, and `typeproof` itself depends on none of it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Claim, Outcome, Reading, Subject, SubjectError};
use crate::diagnostic::{Diagnostic, Result};
use crate::emit::Tree;

/// The program's text, in which the types and the functions are filled in.
const PROGRAM: &str = include_str!("probe/main.rs");

/// Types of a crate up to which it is optimised.
const SMALL: usize = 100;

/// Where and how a probe is built.
#[derive(Clone, Copy, Debug)]
pub struct Workshop<'a> {
    /// A folder to work in; cargo's target folder is kept in it, so that a second probe builds quickly.
    pub folder: &'a Path,
    /// The Cargo.lock whose versions the probe is built with.
    pub lock: &'a Path,
    /// Whether cargo may not reach out for crates that are not on this machine yet.
    pub offline: bool,
}

/// A generated crate under a name of its own among those of one probe.
#[derive(Clone, Copy, Debug)]
pub struct Crate<'a> {
    /// A name that is valid for a package and as an identifier.
    pub name: &'a str,
    /// Its files.
    pub tree: &'a Tree,
    /// What of it is asked about.
    pub holds: &'a Holds,
}

/// What a probe has of a crate: what claims are about.
#[derive(Clone, Debug, Default)]
pub struct Holds {
    types: BTreeSet<String>,
    functions: BTreeSet<String>,
}

impl<'a> FromIterator<&'a Claim> for Holds {
    fn from_iter<I: IntoIterator<Item = &'a Claim>>(claims: I) -> Self {
        let mut holds = Self::default();
        for claim in claims {
            holds.types.insert(claim.type_path.clone());
            holds.functions.extend(claim.defaults.iter().map(|default| default.function.clone()));
        }
        holds
    }
}

/// A running process that holds the types of some crates.
#[derive(Debug)]
pub struct Probe {
    program: PathBuf,
    process: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Probe {
    /// Builds and starts the process.
    ///
    /// # Errors
    ///
    /// When files cannot be written, cargo cannot be run, or the crates do not compile: then with what rustc says.
    pub fn start(crates: &[Crate<'_>], workshop: &Workshop<'_>) -> Result<Self> {
        let name = name(crates);
        let folder = workshop.folder.join(&name);
        let failed = |error: io::Error| {
            Diagnostic::error(folder.display().to_string(), format!("cannot work here: {error}"))
                .help("make the folder writable, or name another by CARGO_TARGET_DIR")
        };
        write_program(crates, &name, &folder, workshop.lock).map_err(failed)?;
        Self::run(build(&name, &folder, workshop)?)
    }

    /// Another process of the same program, which can be asked while this one answers.
    ///
    /// # Errors
    ///
    /// When it cannot be started.
    pub fn another(&self) -> Result<Self> {
        Self::run(self.program.clone())
    }

    fn run(program: PathBuf) -> Result<Self> {
        let failed = |error: io::Error| {
            Diagnostic::error(program.display().to_string(), format!("cannot be run: {error}"))
                .help("remove its folder, and it is built again")
        };
        let mut command = Command::new(&program);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(failed)?;
        let pipes = process.stdin.take().zip(process.stdout.take());
        let (requests, answers) = pipes.ok_or_else(|| failed(io::ErrorKind::BrokenPipe.into()))?;
        Ok(Self { program, process, requests, answers: BufReader::new(answers) })
    }

    /// The types of the crate `name`.
    pub fn subject<'a>(&'a mut self, name: &'a str) -> Held<'a> {
        Held { probe: self, name }
    }

    fn ask<T: DeserializeOwned>(&mut self, request: &Request<'_>) -> std::result::Result<T, SubjectError> {
        let ended = |error: io::Error| SubjectError(format!("the probe has ended: {error}"));
        let request = serde_json::to_string(request).map_err(|error| SubjectError(error.to_string()))?;
        // A pipe has no buffer of its own: what is written to it piece by piece is a system call for each.
        self.requests.write_all(format!("{request}\n").as_bytes()).map_err(ended)?;
        let mut line = String::new();
        self.answers.read_line(&mut line).map_err(ended)?;
        let answer = serde_json::from_str::<std::result::Result<T, String>>(&line);
        answer.map_err(|_| SubjectError("the probe has ended without an answer".to_owned()))?.map_err(SubjectError)
    }
}

/// What the probe is asked, as `probe/main.rs` says.
#[derive(Serialize)]
struct Request<'a> {
    #[serde(rename = "crate")]
    name: &'a str,
    #[serde(flatten)]
    asked: Asked<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Asked<'a> {
    ReExport {
        #[serde(rename = "type")]
        type_path: &'a str,
    },
    Read {
        #[serde(rename = "type")]
        type_path: &'a str,
        read: &'a [&'a str],
    },
    Call {
        call: &'a str,
    },
}

impl Drop for Probe {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The types of one crate in a [`Probe`].
#[derive(Debug)]
pub struct Held<'a> {
    probe: &'a mut Probe,
    name: &'a str,
}

impl Subject for Held<'_> {
    fn re_export(&mut self, type_path: &str) -> std::result::Result<Value, SubjectError> {
        self.probe.ask(&Request { name: self.name, asked: Asked::ReExport { type_path } })
    }

    fn read(&mut self, type_path: &str, texts: &[&str]) -> std::result::Result<Vec<Reading>, SubjectError> {
        let request = Request { name: self.name, asked: Asked::Read { type_path, read: texts } };
        let readings: Vec<Vec<Option<Outcome>>> = self.probe.ask(&request)?;
        let whole = readings.into_iter().map(reading).collect::<Option<Vec<Reading>>>();
        whole.ok_or_else(|| SubjectError("the probe gave no whole reading".to_owned()))
    }

    fn call(&mut self, function: &str) -> std::result::Result<Value, SubjectError> {
        self.probe.ask(&Request { name: self.name, asked: Asked::Call { call: function } })
    }
}

/// A reading as `probe/main.rs` writes it: each way's outcome, or the one that all of them have.
fn reading(outcomes: Vec<Option<Outcome>>) -> Option<Reading> {
    let mut outcomes = outcomes.into_iter();
    let from_str = outcomes.next()??;
    Some(match (outcomes.next(), outcomes.next()) {
        (None, _) => Reading { from_reader: from_str.clone(), from_value: Some(from_str.clone()), from_str },
        (Some(from_reader), from_value) => Reading { from_str, from_reader: from_reader?, from_value: from_value? },
    })
}

/// A name for the probe of these crates, and of no others: what is built for other crates stays apart.
fn name(crates: &[Crate<'_>]) -> String {
    let mut sum = Sha256::new();
    for Crate { name, tree, holds } in crates {
        sum.update(format!("{name}\n{holds:?}\n"));
        tree.iter().for_each(|(path, bytes)| sum.update([path.as_bytes(), b"\n", bytes].concat()));
    }
    let sum = sum.finalize();
    sum.iter().take(8).fold("probe-".to_owned(), |name, byte| format!("{name}{byte:02x}"))
}

fn write_program(crates: &[Crate<'_>], probe: &str, folder: &Path, lock: &Path) -> io::Result<()> {
    // A small crate is read from for so long that to optimise it pays; a large one takes longer to optimise than to
    // read from. Many are built beside each other already: to split each one as well only takes longer. The program comes last, when
    // nothing else is built.
    let profile = match crates {
        [one] if one.holds.types.len() <= SMALL => "opt-level = 1".to_owned(),
        [_] => String::new(),
        _ => format!("codegen-units = 1\n\n[profile.dev.package.{probe}]\ncodegen-units = 16"),
    };
    let mut cargo = format!(
        "[workspace]\n\n[package]\nname = \"{probe}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [profile.dev]\n\
         # A panic of arithmetic is one that a user sees; the library's own assertions about unsafe code, of which types have none,\n\
         # only take time.\n\
         debug-assertions = false\noverflow-checks = true\ndebug = false\nincremental = false\n{profile}\n\n\
         # The parsers and the matchers of patterns are the same for all crates, and are built once.\n\
         [profile.dev.package.\"*\"]\nopt-level = 1\n\n[dependencies]\n\
         # What a function gives is written as it is, outside of any type of the crate's own.\n\
         chrono = {{ version = \"0.4\", default-features = false, features = [\"serde\"] }}\n\
         erased-serde = \"0.4\"\n\
         schemars = {{ version = \"1.2\", default-features = false }}\n\
         serde = \"1.0\"\n\
         # What is proved is the type, not how well a parser rounds.\n\
         serde_json = {{ version = \"1.0\", features = [\"float_roundtrip\"] }}\n"
    );
    let (mut types, mut functions) = (String::new(), String::new());
    for Crate { name, tree, holds } in crates {
        // Cargo tells the packages of two probes apart by name alone, and by the age of their files takes one for the other.
        let package = format!("{probe}-{name}");
        let _ = writeln!(cargo, "{name} = {{ package = \"{package}\", path = \"{name}\", features = [\"schemars\"] }}");
        for path in &holds.types {
            let _ = writeln!(types, "    Type::new::<{name}::{path}>({name:?}, {path:?}),");
        }
        for path in &holds.functions {
            let _ = writeln!(functions, "    ({name:?}, {path:?}, || written({name}::{path}())),");
        }
        for (path, bytes) in tree.iter() {
            let bytes = if path == "Cargo.toml" { renamed(bytes, &package)? } else { bytes.to_vec() };
            write_if_changed(&folder.join(name).join(path), &bytes)?;
        }
    }
    write_if_changed(&folder.join("Cargo.toml"), cargo.as_bytes())?;
    let program = PROGRAM.replace("    // types\n", &types).replace("    // functions\n", &functions);
    write_if_changed(&folder.join("src/main.rs"), program.as_bytes())?;
    match folder.join("Cargo.lock") {
        lock if lock.exists() => Ok(()),
        copy => fs::copy(lock, copy).map(drop),
    }
}

/// `Cargo.toml` with `name` as the package's: one build cannot hold two packages of one name.
fn renamed(cargo: &[u8], name: &str) -> io::Result<Vec<u8>> {
    let invalid = |error: String| io::Error::new(io::ErrorKind::InvalidData, error);
    let cargo = std::str::from_utf8(cargo).map_err(|error| invalid(error.to_string()))?;
    let mut cargo: toml::Table = cargo.parse().map_err(|error: toml::de::Error| invalid(error.to_string()))?;
    if let Some(package) = cargo.get_mut("package").and_then(toml::Value::as_table_mut) {
        package.insert("name".to_owned(), name.into());
    }
    Ok(cargo.to_string().into_bytes())
}

/// Leaves a file alone that is right already, so that cargo does not build it again.
fn write_if_changed(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::write(path, bytes)
}

/// Builds the program; where it is.
fn build(name: &str, folder: &Path, workshop: &Workshop<'_>) -> Result<PathBuf> {
    let target = workshop.folder.join("target");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args(["build", "--quiet", "--keep-going", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&target);
    if workshop.offline {
        command.arg("--offline");
    }
    let output = command.output().map_err(|error| {
        Diagnostic::error("cargo", format!("cannot be run: {error}")).help("the proof compiles the types it is about")
    })?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let message = format!("the generated types do not compile, or cargo cannot build them:\n{}", said.trim_end());
        return Err(Diagnostic::error(folder.display().to_string(), message).into());
    }
    Ok(target.join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}
