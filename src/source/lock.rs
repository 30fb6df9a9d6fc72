//! Turns `names.lock`, which stands beside a manifest, into the names that types have, and back: what has a name there keeps it
//! when the schemas change. `codegen` writes the file, and people review it.
//!
//! ```text
//! openapi.yaml#/components/schemas/Key -> api::Key
//! openapi.yaml#/components/schemas/Shape/oneOf/0 -> api::Ring (else ShapeCircle)
//! ```
//!
//! A line is the place of a type, its path, and the name that it would be given if that is another. The place is a file and a
//! JSON Pointer in it; of what several schemas make together, their places; of what places share, all that they ask for.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::{MAX_FILE_BYTES, files, files::Unreadable, findings::Findings, locate, manifest};
use crate::diagnostic::{Diagnostic, Position, Result};

/// The file beside a manifest that has the names of its types.
pub(super) const FILE: &str = "names.lock";

const HEAD: &str = "\
# The Rust path of each type, by the place of its schema. A type keeps its name when the schemas change.
# Written by codegen, to be reviewed and committed. To rename a type, change its name here; to have it named anew, delete its line.

";

const ARROW: &str = " -> ";

/// The names of types, by the places of their schemas.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// The file, as the user would name it.
    pub(crate) file: String,
    /// The types, by their places as these are written.
    pub(crate) types: BTreeMap<String, Locked>,
}

/// The name of one type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Locked {
    /// The module that it stands in.
    pub(crate) module: String,
    pub(crate) name: String,
    /// The name that it would be given.
    pub(crate) natural: String,
    /// The line that says so, from 1; 0 where no line does.
    pub(crate) line: usize,
}

impl Locked {
    /// The path of the type in the crate.
    pub(crate) fn path(&self) -> String {
        format!("{}::{}", self.module, self.name)
    }
}

impl Lock {
    /// The bytes of the file.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        for (place, locked) in &self.types {
            let otherwise = match locked.natural == locked.name {
                true => String::new(),
                false => format!(" (else {})", locked.natural),
            };
            // Writing to a `String` does not fail.
            let _ = writeln!(text, "{place}{ARROW}{}{otherwise}", locked.path());
        }
        text
    }
}

/// Where the lock of the manifest at `manifest` is.
#[must_use]
pub fn lock_path(manifest: &Path) -> PathBuf {
    manifest.with_file_name(FILE)
}

/// The text of the lock beside the manifest at `manifest`, if there is one.
pub(super) fn text(manifest: &Path) -> Result<Option<String>> {
    let path = lock_path(manifest);
    let shown = path.display().to_string();
    match files::read(&path, MAX_FILE_BYTES) {
        Err(Unreadable::Missing) => Ok(None),
        Err(reason) => {
            let help = reason.help("move it away: codegen writes a file there");
            Err(Diagnostic::error(&shown, reason.to_string()).help(help).into())
        }
        Ok(bytes) => locate::utf8(&shown, bytes, "restore the file; it is codegen's, and is text").map(Some),
    }
}

/// The lock beside the manifest at `manifest`, and what is wrong with it; none is empty.
pub(super) fn read(manifest: &Path) -> (Lock, Vec<Diagnostic>) {
    let file = lock_path(manifest).display().to_string();
    match text(manifest) {
        Ok(text) => parse(file, &text.unwrap_or_default()),
        Err(found) => (Lock { file, types: BTreeMap::new() }, found.0),
    }
}

fn parse(file: String, text: &str) -> (Lock, Vec<Diagnostic>) {
    let mut found = Findings::new(&file);
    let mut types: BTreeMap<String, Locked> = BTreeMap::new();
    let mut paths: BTreeMap<String, usize> = BTreeMap::new();
    let mut is_conflict = false;
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        let mut error = |column: usize, message: String, help: &str| {
            let error = || Diagnostic::error(&file, message).at(Some(Position { line: number, column })).help(help);
            found.push(error);
        };
        if line.starts_with("<<<<<<< ") {
            is_conflict = true;
            let help = "keep one line for each place, or either side whole, and run codegen";
            error(1, "a conflict of a merge begins here".to_owned(), help);
        }
        if is_conflict {
            is_conflict = !line.starts_with(">>>>>>> ");
            continue;
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let Some((place, locked)) = locked(line, number) else {
            let help = "restore the line, or delete it to have the type named anew";
            error(1, "the line is not `PLACE -> module::Type`".to_owned(), help);
            continue;
        };
        let column = place.chars().count() + ARROW.len() + 1;
        if let Some(wrong) = [&locked.name, &locked.natural].into_iter().find(|name| !manifest::is_rust_type(name)) {
            let help = "write a capital letter, then letters and digits; no keyword";
            error(column, format!("`{wrong}` is not a name for a Rust type"), help);
            continue;
        }
        let first = *paths.entry(locked.path()).or_insert(number);
        if first != number {
            let help = "give one of them another name, or delete its line";
            error(column, format!("`{}` is two types: lines {first} and {number}", locked.path()), help);
        }
        if let Some(first) = types.get(place).map(|first| first.line) {
            error(1, format!("the place has two names: lines {first} and {number}"), "delete one of the lines");
            continue;
        }
        types.insert(place.to_owned(), locked);
    }
    (Lock { file, types }, found.into_vec())
}

/// What a line says.
fn locked(line: &str, number: usize) -> Option<(&str, Locked)> {
    let (place, rest) = line.rsplit_once(ARROW)?;
    let (path, natural) = match rest.split_once(" (else ") {
        Some((path, natural)) => (path, Some(natural.strip_suffix(')')?)),
        None => (rest, None),
    };
    let (module, name) = path.split_once("::").filter(|_| !place.is_empty())?;
    let natural = natural.unwrap_or(name).to_owned();
    Some((place, Locked { module: module.to_owned(), name: name.to_owned(), natural, line: number }))
}

/// The place in a lock of what the file at `path` has at `pointer`: on one line, whatever characters there are in them.
pub(crate) fn place(path: &str, pointer: &str) -> String {
    format!("{}#{}", encoded(path, &['#']), encoded(pointer, &[]))
}

/// `text` with what would not stand on a line, and what is in `more`, as percent-encoded bytes (RFC 3986, section 2.1).
pub(crate) fn encoded(text: &str, more: &[char]) -> String {
    let is_special = |c: char| c.is_control() || matches!(c, '%' | '\u{2028}' | '\u{2029}') || more.contains(&c);
    text.chars().fold(String::new(), |mut encoded, c| {
        match is_special(c) {
            true => c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| {
                let _ = write!(encoded, "%{byte:02X}");
            }),
            false => encoded.push(c),
        }
        encoded
    })
}
