//! Turns `overrides.toml`, which stands beside a manifest, into corrections of the documents that this lists. They are made
//! before anything is done with a document: all that follows is about the corrected one. The vendored bytes stay as they are.
//!
//! ```toml
//! [[override]]
//! file = "openapi.yaml"                                 # as the manifest has it; of a folder, a file in it
//! reason = "the server sends null here"
//! link = "https://github.com/example/api/issues/1"      # http or https: where it can be followed
//! patch = '''
//! [{"op": "add", "path": "/components/schemas/Key/nullable", "value": true}]
//! '''                                                   # JSON Patch (RFC 6902), a JSON text
//!
//! [[override]]
//! file = "openapi.yaml"
//! reason = "the bound is the server's, not 5"
//! link = "https://github.com/example/api/issues/2"
//! at = "/components/schemas/Name"                       # what has to be there; "" is the whole document
//! merge = '{"maxLength": 7, "minLength": null}'         # JSON Merge Patch (RFC 7396) of it, a JSON text
//! ```
//!
//! What a correction meant may be gone when upstream changes, or upstream may have done the same: both are errors, and so are
//! a part of a correction that changes nothing and a `test` that fails.

mod correcting;
mod made;
mod operation;
mod spelled;
mod trace;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use referencing::Uri;
use serde_json::Value;
use toml::{Spanned, de::DeValue};

use super::{
    MAX_MANIFEST_BYTES, files,
    files::Unreadable,
    findings::Findings,
    locate,
    section::{Section, Toml},
};
use crate::diagnostic::{Diagnostic, Diagnostics, Position, Result};
use correcting::Correcting;
use made::Run;
use operation::Operation;
use spelled::Spelled;
pub(super) use trace::{Corrections, Source};

/// The file beside a manifest that has the corrections of what it lists.
pub(super) const FILE: &str = "overrides.toml";

const KEYS: &[&str] = &["file", "reason", "link", "patch", "at", "merge"];

/// A correction that was made of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Why; one line for people.
    pub reason: String,
    /// The http(s) URI where it can be followed what becomes of it upstream.
    pub link: String,
    /// The JSON Pointers at which the document is another for it, in the order of the changes.
    pub pointers: Vec<String>,
}

/// The corrections that a file lists.
#[derive(Debug, Default)]
pub(super) struct Overrides {
    /// The file, as the user would name it.
    file: String,
    listed: Vec<Override>,
}

/// One `[[override]]`.
#[derive(Debug)]
struct Override {
    /// The path of the file that it corrects, from the manifest's folder.
    file: String,
    file_at: Position,
    reason: String,
    link: String,
    change: Change,
}

#[derive(Debug)]
enum Change {
    Patch { text: Spelled, operations: Vec<Operation> },
    Merge { text: Spelled, at: Spanned<String>, at_position: Position, value: Value },
}

/// The text of the overrides beside the manifest at `manifest`, if there are any.
pub(super) fn text(manifest: &Path) -> Result<Option<String>> {
    let path = beside(manifest);
    let shown = path.display().to_string();
    match files::read(&path, MAX_MANIFEST_BYTES) {
        Err(Unreadable::Missing) => Ok(None),
        Err(reason) => {
            let help = reason.help("move it away, or put a file of overrides there");
            Err(Diagnostic::error(&shown, reason.to_string()).help(help).into())
        }
        Ok(bytes) => locate::utf8(&shown, bytes, "save the file as UTF-8").map(Some),
    }
}

fn beside(manifest: &Path) -> PathBuf {
    manifest.with_file_name(FILE)
}

/// The overrides beside the manifest at `manifest`, and what is wrong with them; none is in order.
pub(super) fn read(manifest: &Path) -> (Overrides, Vec<Diagnostic>) {
    let shown = beside(manifest).display().to_string();
    match text(manifest) {
        Ok(text) => parse(shown, &text.unwrap_or_default()),
        Err(Diagnostics(found)) => (Overrides { file: shown, listed: Vec::new() }, found),
    }
}

fn parse(file: String, text: &str) -> (Overrides, Vec<Diagnostic>) {
    let mut toml = Toml::new(file.clone(), text);
    let Some(mut root) = toml.parse("a file of overrides", &["override"]) else {
        return (Overrides { file, listed: Vec::new() }, toml.found);
    };
    let values = match root.take("override").map(|value| (value.span(), value.into_inner())) {
        Some((_, DeValue::Array(values))) => values.into_iter().collect(),
        Some((span, _)) => {
            let help = "write [[override]], with two brackets, before each override";
            toml.error(&span, "`override` is not a list", help);
            Vec::new()
        }
        None => Vec::new(),
    };
    let listed = values.into_iter().filter_map(|value| one(&mut toml, value, text)).collect();
    let mut found = Findings::new(&file);
    toml.found.into_iter().for_each(|diagnostic| found.push(|| diagnostic));
    (Overrides { file, listed }, found.into_vec())
}

fn one<'t>(toml: &mut Toml<'t>, value: Spanned<DeValue<'t>>, toml_text: &str) -> Option<Override> {
    let mut section = toml.table("[[override]]", KEYS, value)?;
    let file = section.line(toml, "file");
    let reason = section.line(toml, "reason");
    let link = section.line(toml, "link").filter(|link| is_link(toml, link));
    let change = change(toml, &mut section, toml_text);
    let file = file?;
    Some(Override {
        file_at: toml.position(&file.span()),
        file: file.into_inner(),
        reason: reason?.into_inner(),
        link: link?.into_inner(),
        change: change?,
    })
}

fn is_link(toml: &mut Toml<'_>, link: &Spanned<String>) -> bool {
    let is_web = |uri: Uri<&str>| {
        let scheme = uri.scheme().as_str().to_ascii_lowercase();
        ["http", "https"].contains(&scheme.as_str()) && uri.authority().is_some_and(|host| !host.host().is_empty())
    };
    let good = Uri::parse(link.get_ref().as_str()).is_ok_and(is_web);
    if !good {
        let message = format!("`{}` is not an http(s) URI", link.get_ref());
        toml.error(&link.span(), message, "write where it can be followed, as in link = \"https://…\"");
    }
    good
}

fn change<'t>(toml: &mut Toml<'t>, section: &mut Section<'t>, toml_text: &str) -> Option<Change> {
    let (patch, merge, at) = (section.take("patch"), section.take("merge"), section.take("at"));
    match (patch, merge) {
        (Some(patch), None) => {
            if let Some(at) = at {
                let help = "remove `at`: each operation of `patch` says its own `path`";
                toml.error(&at.span(), "`at` goes with `merge`", help);
            }
            let (text, value) = spelled::json(toml, "patch", &patch, toml_text)?;
            let operations = operation::operations(toml, &text, value)?;
            Some(Change::Patch { text, operations })
        }
        (None, Some(merge)) => {
            let read = spelled::json(toml, "merge", &merge, toml_text);
            let at = merged_at(toml, &merge, at)?;
            let at_position = toml.position(&at.span());
            let (text, value) = read?;
            Some(Change::Merge { text, at, at_position, value })
        }
        (patch, _) => {
            let message = match patch {
                Some(_) => "an override has either `patch` or `merge`, and this has both",
                None => "an override has either `patch` or `merge`, and this has none",
            };
            let help = "write patch = '''[…]''', a JSON Patch, or at = \"…\" and merge = '''{…}''', a JSON Merge Patch";
            toml.error(&section.span, message, help);
            None
        }
    }
}

/// What a merge patch is to change.
fn merged_at<'t>(
    toml: &mut Toml<'t>,
    merge: &Spanned<DeValue<'t>>,
    at: Option<Spanned<DeValue<'t>>>,
) -> Option<Spanned<String>> {
    let help = "write at = \"/…\", the JSON Pointer of what `merge` is to change; at = \"\" is the whole document";
    let Some(at) = at else {
        toml.error(&merge.span(), "`merge` needs `at` beside it", help);
        return None;
    };
    let pointer = at.get_ref().as_str().filter(|at| operation::is_pointer(at)).map(str::to_owned);
    if pointer.is_none() {
        toml.error(&at.span(), "`at` is not a JSON Pointer", help);
    }
    pointer.map(|pointer| Spanned::new(at.span(), pointer))
}

impl Overrides {
    /// An error for each that is for a file of which `is_known` does not know.
    pub(super) fn unlisted(&self, is_known: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
        let mut found = Findings::new(&self.file);
        for it in self.listed.iter().filter(|it| !is_known(&it.file)) {
            let message = format!("the manifest does not list `{}`", it.file);
            let help = "write `file` as the manifest has it; of a folder, the path of a file in it, the folder's first; \
                        or remove the override if the file is gone";
            found.push(|| Diagnostic::error(&self.file, message).at(Some(it.file_at)).help(help));
        }
        found.into_vec()
    }

    /// `value`, the document at `path` from the manifest's folder that `bytes` bytes spell, corrected by all that is listed
    /// for it; and what tells where its parts stand.
    ///
    /// # Errors
    ///
    /// Every correction that has no target, that changes nothing, whose `test` fails, or that goes beyond the limits.
    pub(super) fn correct(&self, path: &str, value: Value, bytes: u64) -> Result<(Value, Corrections)> {
        let listed: Vec<&Override> = self.listed.iter().filter(|it| it.file == path).collect();
        if listed.is_empty() {
            return Ok((value, Corrections::default()));
        }
        let upstream = value.clone();
        let (mut correcting, mut found) = (Correcting::new(value, bytes), Findings::new(&self.file));
        let (mut made, mut texts) = (Vec::new(), Vec::new());
        for (number, it) in listed.into_iter().enumerate() {
            let run = Run { overrides: self, it, number };
            let (mut pointers, mut seen) = (run.make(&mut correcting, &mut found), BTreeSet::new());
            pointers.retain(|pointer| seen.insert(pointer.clone()));
            made.push(Correction { reason: it.reason.clone(), link: it.link.clone(), pointers });
            texts.push(it.change.text().clone());
        }
        let found = found.into_vec();
        if !found.is_empty() {
            return Err(Diagnostics(found));
        }
        let corrections =
            Corrections { file: self.file.clone(), upstream: Some(upstream), steps: correcting.steps, texts, made };
        Ok((correcting.value, corrections))
    }
}

impl Change {
    fn text(&self) -> &Spelled {
        match self {
            Self::Patch { text, .. } | Self::Merge { text, .. } => text,
        }
    }
}
