//! The folder of the official suite -> the tests of one draft and the remote schemas they refer to.

use std::fs;
use std::path::Path;

use jsonschema::Draft as Validated;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::diagnostic::{Diagnostic, Diagnostics, Result};
use crate::source::FormatType;

/// A draft of JSON Schema that the suite has tests for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its folder in the suite's `tests` and `remotes`.
    pub name: &'static str,
    /// The URI of its metaschema.
    pub dialect: &'static str,
    /// The same for the independent validator.
    pub(super) validated: Validated,
}

/// The drafts, oldest first.
pub const DRAFTS: [Draft; 5] = [
    Draft { name: "draft4", dialect: "http://json-schema.org/draft-04/schema#", validated: Validated::Draft4 },
    Draft { name: "draft6", dialect: "http://json-schema.org/draft-06/schema#", validated: Validated::Draft6 },
    Draft { name: "draft7", dialect: "http://json-schema.org/draft-07/schema#", validated: Validated::Draft7 },
    Draft {
        name: "draft2019-09",
        dialect: "https://json-schema.org/draft/2019-09/schema",
        validated: Validated::Draft201909,
    },
    Draft {
        name: "draft2020-12",
        dialect: "https://json-schema.org/draft/2020-12/schema",
        validated: Validated::Draft202012,
    },
];

/// One file of tests.
#[derive(Debug)]
pub(super) struct File {
    /// Its path from the draft's folder, with `/` between the parts.
    pub(super) path: String,
    /// Whether the formats that the policy knows assert in it.
    pub(super) asserts_formats: bool,
    pub(super) groups: Vec<Group>,
}

/// Tests of one schema.
#[derive(Debug, Deserialize)]
pub(super) struct Group {
    pub(super) description: String,
    pub(super) schema: Box<RawValue>,
    pub(super) tests: Vec<Test>,
}

/// One instance, as it is written: a `Value` would round its numbers.
#[derive(Debug, Deserialize)]
pub(super) struct Test {
    pub(super) description: String,
    pub(super) data: Box<RawValue>,
    pub(super) valid: bool,
}

/// A schema that the tests take to be on a server.
#[derive(Debug)]
pub(super) struct Remote {
    /// Its path from the folder of the remotes, with `/` between the parts.
    pub(super) path: String,
    pub(super) text: String,
}

impl Remote {
    /// Where the tests expect it.
    pub(super) fn uri(&self) -> String {
        format!("http://localhost:1234/{}", self.path)
    }

    /// Whether it is there for tests of `draft`: it is in the folder of no other.
    pub(super) fn is_for(&self, draft: Draft) -> bool {
        let home = self.path.split_once('/').map_or("", |(home, _)| home);
        home == draft.name || DRAFTS.iter().all(|other| other.name != home)
    }

    /// The draft that it says it is in, else the one of its folder.
    pub(super) fn draft(&self) -> Option<Draft> {
        let schema: Value = serde_json::from_str(&self.text).ok()?;
        let declared = schema.get("$schema").and_then(Value::as_str);
        let declared = declared.and_then(|uri| DRAFTS.into_iter().find(|draft| draft.dialect == uri));
        declared.or_else(|| DRAFTS.into_iter().find(|draft| self.path.starts_with(&format!("{}/", draft.name))))
    }
}

/// The files of `draft`'s tests that are run, sorted: the required ones, the optional ones, and of those about formats the
/// ones about a format that a policy can read as a Rust type.
///
/// # Errors
///
/// What cannot be read or is not as the suite writes it; also when there is no required test at all.
pub(super) fn files(suite: &Path, draft: Draft) -> Result<Vec<File>> {
    let folder = suite.join("tests").join(draft.name);
    let formats = FormatType::formats().map(|(format, _)| format!("optional/format/{format}.json"));
    let formats: Vec<String> = formats.filter(|path| folder.join(path).exists()).collect();
    let mut paths = json_files(&folder)?;
    if paths.is_empty() {
        return Err(missing(&folder, "has no tests").into());
    }
    let optional = folder.join("optional");
    if optional.exists() {
        paths.extend(json_files(&optional)?.iter().map(|name| format!("optional/{name}")));
    }
    let plain = paths.into_iter().map(|path| (path, false));
    let (mut files, mut found) = (Vec::new(), Vec::new());
    for (path, asserts_formats) in plain.chain(formats.into_iter().map(|path| (path, true))) {
        match read(&folder.join(&path)).and_then(|text| groups(&folder.join(&path), &text)) {
            Ok(groups) => files.push(File { path, asserts_formats, groups }),
            Err(Diagnostics(errors)) => found.extend(errors),
        }
    }
    if found.is_empty() { Ok(files) } else { Err(Diagnostics(found)) }
}

/// All remotes, sorted by path.
///
/// # Errors
///
/// What cannot be read.
pub(super) fn remotes(suite: &Path) -> Result<Vec<Remote>> {
    let folder = suite.join("remotes");
    let mut waiting = vec![String::new()];
    let mut remotes = Vec::new();
    while let Some(below) = waiting.pop() {
        for entry in entries(&folder.join(&below))? {
            let path = if below.is_empty() { entry.name } else { format!("{below}/{}", entry.name) };
            if entry.is_folder {
                waiting.push(path);
            } else if path.ends_with(".json") {
                let text = read(&folder.join(&path))?;
                remotes.push(Remote { path, text });
            }
        }
    }
    remotes.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(remotes)
}

fn groups(path: &Path, text: &str) -> Result<Vec<Group>> {
    serde_json::from_str(text).map_err(|error| {
        let help = "update the copy of the suite; if it is new, it may have changed its form";
        Diagnostic::error(path.display().to_string(), format!("is no file of tests: {error}")).help(help).into()
    })
}

/// The names of the JSON files directly in `folder`, sorted.
fn json_files(folder: &Path) -> Result<Vec<String>> {
    let entries = entries(folder)?.into_iter();
    Ok(entries.filter(|entry| !entry.is_folder && entry.name.ends_with(".json")).map(|entry| entry.name).collect())
}

struct Entry {
    name: String,
    is_folder: bool,
}

/// What is in `folder`, sorted by name.
fn entries(folder: &Path) -> Result<Vec<Entry>> {
    let failed = |error: std::io::Error| Diagnostics::from(missing(folder, &format!("cannot be read: {error}")));
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let is_folder = entry.path().is_dir();
        entries.extend(entry.file_name().into_string().ok().map(|name| Entry { name, is_folder }));
    }
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(entries)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| missing(path, &format!("cannot be read: {error}")).into())
}

fn missing(path: &Path, what: &str) -> Diagnostic {
    let help =
        "name the folder of a copy of github.com/json-schema-org/JSON-Schema-Test-Suite, with `tests` and `remotes`";
    Diagnostic::error(path.display().to_string(), what).help(help)
}
