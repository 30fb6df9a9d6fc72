//! Turns `manifest.toml` into the [`Package`] to generate and the entries of its [`Source`]s.
//!
//! ```toml
//! [package]
//! name = "example-types"
//! version = "0.1.0"
//! description = "One line about the generated crate"
//!
//! [[source]]
//! file = "example.json"                                       # below the manifest's folder; JSON or YAML
//! origin = "https://example.com/example.json"                 # for people; nothing is fetched
//! date = 2026-11-22                                           # optional: the day they came
//! sha256 = "…"                                                # of the file's bytes
//! dialect = "https://json-schema.org/draft/2020-12/schema"    # optional where the file says it
//! module = "example"                                          # the Rust module
//! type = "Example"                                            # optional: the root's Rust type
//! uri = "https://example.com/example.json"                    # optional: the base URI where there is no `$id`
//! [source.policy]                                             # optional, and so is each of its keys
//! unknown-members = "drop"
//! unknown-enum-values = "keep-where-marked"                   # or "refuse"; the mark is x-speakeasy-unknown-values
//! formats = { date-time = "chrono", uuid = "string" }         # see `FormatType`; all others are annotations
//! [source.aliases]                                            # optional: names that types had before, deprecated now
//! OldName = "Example"
//!
//! [[source]]
//! folder = "schemas"                                          # instead of `file`: all *.json, *.yaml, *.yml in it
//! sha256 = "…"                                                # see `Source`
//! # origin, dialect, module, policy, aliases as above
//!
//! [[source]]
//! file = "openapi.yaml"                                       # OpenAPI 3.0 or 3.1: `components.schemas`
//! only = ["Portal*"]                                          # optional: these, and what they refer to
//! operations = ["list-portals"]                               # optional: what these operations need
//! tags = ["Portals"]                                          # optional: what operations with these tags need
//! # origin, sha256, module, uri, policy, aliases as above
//! ```

mod aliases;
mod names;
mod policy;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use referencing::Uri;
use toml::{Spanned, de::DeValue};

use super::{
    Dialect, MAX_MANIFEST_BYTES, Package, Source, files, locate,
    section::{Section, Toml},
    wanted::{self, By, Wanted},
};
use crate::diagnostic::{Diagnostic, Diagnostics, Position, Result};
use aliases::aliases;
use names::{check_module, is_package_name, is_type_name};
pub(crate) use names::{is_rust_type, not_a_module};
use policy::policy;

const SOURCE_KEYS: &[&str] = &[
    "file",
    "folder",
    "origin",
    "date",
    "sha256",
    "dialect",
    "module",
    "type",
    "uri",
    "only",
    "operations",
    "tags",
    "policy",
    "aliases",
];

/// The manifest as read; what could not be read has left an error.
pub(super) struct Manifest {
    pub(super) package: Option<Package>,
    pub(super) entries: Vec<Entry>,
}

/// One `[[source]]`.
pub(super) struct Entry {
    /// None when its file or its dialect is not known, so that it cannot be read at all.
    pub(super) source: Option<Source>,
    /// Its place among the entries.
    pub(super) number: usize,
    /// Whether it is a folder of schemas.
    pub(super) is_folder: bool,
    /// Whether a manifest lists it; else it was named by itself.
    pub(super) is_listed: bool,
    /// The dialect of what neither the manifest nor a schema itself says it of.
    pub(super) otherwise: Option<Dialect>,
    /// What is wanted of an OpenAPI document; nothing means all.
    pub(super) wanted: Vec<Wanted>,
    /// The manifest, as the user names it.
    pub(super) manifest: String,
    /// The manifest's folder.
    pub(super) folder: PathBuf,
    /// Where the manifest names the file.
    pub(super) file_at: Position,
    /// Where the manifest states the sha256.
    pub(super) sha256_at: Position,
}

impl Entry {
    /// An error about what it lists.
    pub(super) fn error(&self, message: impl Into<String>, help: &str) -> Diagnostic {
        Diagnostic::error(&self.manifest, message).at(Some(self.file_at)).help(help)
    }

    /// What to say when the file says that its dialect is `declared`, and the manifest says another.
    pub(super) fn contradicted(&self, declared: Dialect, what: &str) -> Option<Diagnostic> {
        let stated = self.source.as_ref()?.dialect.filter(|stated| *stated != declared)?;
        let message = format!("the manifest says `{}`, but {what} is of {declared}", stated.uri());
        Some(self.error(message, &format!("write dialect = \"{}\", or leave `dialect` out", declared.uri())))
    }

    /// What to say when `wanted` is not in the file at `path`.
    pub(super) fn missing(&self, wanted: &Wanted, path: &str) -> Diagnostic {
        let (what, help) = match wanted.by {
            By::Name => (
                "schema called",
                "correct it: the names are the keys under `components.schemas`, and `*` stands for any characters",
            ),
            By::Operation => ("operation whose `operationId` is", "correct it, or remove it"),
            By::Tag => ("operation with the tag", "correct it, or remove it: an operation has its tags under `tags`"),
        };
        let message = format!("`{path}` has no {what} `{}`", wanted.name);
        Diagnostic::error(&self.manifest, message).at(Some(wanted.at)).help(help)
    }
}

/// The manifest at `path`, and what is wrong with it.
///
/// # Errors
///
/// When there is nothing to go on with: no file, no UTF-8, no TOML.
pub(super) fn read(path: &Path) -> Result<(Manifest, Vec<Diagnostic>)> {
    parse(path, &text(path)?)
}

/// The text of the manifest at `path`.
///
/// # Errors
///
/// When there is no such file, or it is no UTF-8.
pub(crate) fn text(path: &Path) -> Result<String> {
    let shown = path.display().to_string();
    let bytes = files::read(path, MAX_MANIFEST_BYTES).map_err(|reason| {
        let help = reason.help("name a manifest.toml that lists the schemas");
        Diagnostic::error(&shown, format!("the manifest {reason}")).help(help)
    })?;
    locate::utf8(&shown, bytes, "save the manifest as UTF-8")
}

/// What `text` says as the manifest at `path`, and what is wrong with it.
fn parse(path: &Path, text: &str) -> Result<(Manifest, Vec<Diagnostic>)> {
    let shown = path.display().to_string();
    let mut toml = Toml::new(shown.clone(), text);
    let Some(mut root) = toml.parse("the manifest", &["package", "source"]) else {
        return Err(Diagnostics(toml.found));
    };
    let package = package(&mut toml, &mut root);
    let folder = path.parent().unwrap_or(Path::new(""));
    let entries = entries(&mut toml, &mut root, &shown, folder);
    toml.found.sort_by_key(|diagnostic| diagnostic.position);
    Ok((Manifest { package, entries }, toml.found))
}

/// Nothing, if `text` is in order as the manifest at `path`; the files that it lists are not looked at.
///
/// # Errors
///
/// All that is wrong with it.
pub(crate) fn check(path: &Path, text: &str) -> Result<()> {
    let (_, found) = parse(path, text)?;
    if found.is_empty() { Ok(()) } else { Err(Diagnostics(found)) }
}

fn package<'t>(toml: &mut Toml<'t>, root: &mut Section<'t>) -> Option<Package> {
    let value = root.require(toml, "package")?;
    let mut section = toml.table("[package]", &["name", "version", "description"], value)?;
    let name = section.line(toml, "name");
    if let Some(name) = name.as_ref().filter(|name| !is_package_name(name.get_ref())) {
        let message = format!("`{}` is not a name that cargo takes", name.get_ref());
        toml.error(&name.span(), message, "write a letter, then letters, digits, `-` or `_`, 64 at most; no keyword");
    }
    let version = section.line(toml, "version");
    if let Some(version) = &version
        && let Err(error) = semver::Version::parse(version.get_ref())
    {
        let message = format!("`{}` is not a version: {error}", version.get_ref());
        toml.error(
            &version.span(),
            message,
            "write three numbers, as in version = \"0.1.0\" (Semantic Versioning 2.0)",
        );
    }
    let description = section.line(toml, "description");
    Some(Package { name: name?.into_inner(), version: version?.into_inner(), description: description?.into_inner() })
}

fn entries<'t>(toml: &mut Toml<'t>, root: &mut Section<'t>, manifest: &str, folder: &Path) -> Vec<Entry> {
    let listed = match root.take("source").map(|value| (value.span(), value.into_inner())) {
        Some((_, DeValue::Array(listed))) => listed.into_iter().collect(),
        Some((span, _)) => {
            toml.error(&span, "`source` is not a list", "write [[source]], with two brackets, before each source");
            return Vec::new();
        }
        None => Vec::new(),
    };
    if listed.is_empty() {
        toml.error(&(0..0), "the manifest lists no source", "add a [[source]] for each schema to generate types from");
    }
    let mut unique = Unique::default();
    let sections = listed.into_iter().enumerate().filter_map(|(number, value)| {
        let mut section = toml.table("[[source]]", SOURCE_KEYS, value)?;
        Some(Entry { number, ..entry(toml, &mut section, &mut unique, manifest, folder) })
    });
    sections.collect()
}

/// What no two sources may share, with the line of the one that has it.
#[derive(Default)]
struct Unique(BTreeMap<(&'static str, String), usize>);

impl Unique {
    /// Whether `value` is the first of its kind; an error when it is not.
    fn claim(&mut self, toml: &mut Toml<'_>, what: &'static str, value: &Spanned<String>) -> bool {
        let line = toml.position(&value.span()).line;
        let first = *self.0.entry((what, value.get_ref().clone())).or_insert(line);
        if first != line {
            let message = format!("two sources claim the {what} `{}`: lines {first} and {line}", value.get_ref());
            toml.error(&value.span(), message, format!("give one of them another {what}, or remove it"));
        }
        first == line
    }
}

fn entry<'t>(
    toml: &mut Toml<'t>,
    section: &mut Section<'t>,
    unique: &mut Unique,
    manifest: &str,
    folder: &Path,
) -> Entry {
    let is_folder = section.has("folder");
    let file = if is_folder { folder_path(toml, section) } else { section.line(toml, "file") };
    let file = file.and_then(|file| inner_file(toml, unique, file));
    let origin = section.line(toml, "origin");
    if let Some(value) = section.take("date") {
        check_date(toml, &value);
    }
    let sha256 = section.line(toml, "sha256").filter(|sha256| is_sha256(toml, sha256));
    let stated = section.optional_line(toml, "dialect");
    let known = stated.as_ref().map(|uri| dialect(toml, uri));
    let module = section.line(toml, "module");
    if let Some(module) = &module {
        check_module(toml, module);
        unique.claim(toml, "module", module);
    }
    let type_name = section.optional_line(toml, "type");
    if let Some(name) = type_name.as_ref().filter(|name| !is_type_name(name.get_ref())) {
        let message = format!("`{}` is not a name for a Rust type", name.get_ref());
        toml.error(
            &name.span(),
            message,
            "write a capital letter, then letters and digits, as in type = \"PortalSession\"",
        );
    }
    let uri = section.optional_line(toml, "uri").and_then(|uri| absolute(toml, unique, uri));
    let wanted = wanted::read(toml, section);
    let policy = section.take("policy").and_then(|value| policy(toml, value));
    let aliases = section.take("aliases").map_or_else(Vec::new, |value| aliases(toml, value, manifest));
    let at =
        |value: &Option<Spanned<String>>| toml.position(&value.as_ref().map_or(section.span.clone(), Spanned::span));
    let (file_at, sha256_at) = (at(&file), at(&sha256));
    let text = |value: Option<Spanned<String>>| value.map(Spanned::into_inner).unwrap_or_default();
    let source = file.zip(known.map_or(Some(None), |known| known.map(Some))).map(|(file, dialect)| Source {
        file: file.into_inner(),
        uri: uri.map(Spanned::into_inner),
        origin: text(origin),
        sha256: text(sha256),
        dialect,
        module: text(module),
        type_name: type_name.map(Spanned::into_inner),
        policy: policy.unwrap_or_default(),
        aliases,
    });
    let (manifest, folder) = (manifest.to_owned(), folder.to_owned());
    Entry {
        source,
        number: 0,
        is_folder,
        is_listed: true,
        otherwise: None,
        wanted,
        manifest,
        folder,
        file_at,
        sha256_at,
    }
}

/// The path of a folder of schemas; what is of one schema alone does not go with it.
fn folder_path<'t>(toml: &mut Toml<'t>, section: &mut Section<'t>) -> Option<Spanned<String>> {
    for key in ["file", "type", "uri", "only", "operations", "tags"] {
        if let Some(value) = section.take(key) {
            let help = format!("remove `{key}`, or list a file by `file` instead of a folder");
            toml.error(&value.span(), format!("`{key}` does not go with `folder`"), help);
        }
    }
    section.line(toml, "folder")
}

fn inner_file(toml: &mut Toml<'_>, unique: &mut Unique, file: Spanned<String>) -> Option<Spanned<String>> {
    if files::is_inner(file.get_ref()) {
        return unique.claim(toml, "file", &file).then_some(file);
    }
    let message = format!("`{}` is not a path below the manifest's folder", file.get_ref());
    toml.error(
        &file.span(),
        message,
        "copy the schema into that folder and write its path from there, with `/`, no `..`",
    );
    None
}

/// `uri` if it is absolute and no other source's.
fn absolute(toml: &mut Toml<'_>, unique: &mut Unique, uri: Spanned<String>) -> Option<Spanned<String>> {
    if Uri::parse(uri.get_ref().as_str()).is_ok_and(|uri| !uri.has_fragment()) {
        return unique.claim(toml, "uri", &uri).then_some(uri);
    }
    let message = format!("`{}` is not an absolute URI without a fragment", uri.get_ref());
    toml.error(&uri.span(), message, "write the URI that the schema is retrieved from, as in uri = \"https://…\"");
    None
}

fn is_sha256(toml: &mut Toml<'_>, sha256: &Spanned<String>) -> bool {
    let text = sha256.get_ref();
    let good = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    if !good {
        let message = format!("`{text}` is not a SHA-256");
        toml.error(&sha256.span(), message, "write 64 lowercase hexadecimal digits, as `sha256sum` prints them");
    }
    good
}

/// The date says something to people only.
fn check_date(toml: &mut Toml<'_>, value: &Spanned<DeValue<'_>>) {
    let date = value.get_ref().as_datetime();
    if !date.is_some_and(|at| at.date.is_some() && at.time.is_none() && at.offset.is_none()) {
        toml.error(
            &value.span(),
            "`date` is not a date",
            "write date = 2026-11-22, year, month and day, without quotes",
        );
    }
}

fn dialect(toml: &mut Toml<'_>, uri: &Spanned<String>) -> Option<Dialect> {
    let dialect = Dialect::from_uri(uri.get_ref());
    if dialect.is_none() {
        let message = format!("the dialect `{}` is not supported", uri.get_ref());
        toml.error(&uri.span(), message, format!("the dialects supported are: {}", Dialect::supported()));
    }
    dialect
}
