//! Turns `$schema` and the identifier (`$id`, in draft 4 `id`) at the root of a document into its name and its base URI.

use std::collections::BTreeMap;

use referencing::{Uri, uri};
use serde_json::Value;

use super::{Dialect, Source, document::Document, findings::Findings, manifest::Entry, notes::Notes, words};
use crate::{
    diagnostic::{Diagnostic, Result},
    pointer,
};

/// Gives `document`, which `entry` lists, its dialect, its name and its base URI.
///
/// # Errors
///
/// When nothing says the dialect.
pub(super) fn identify(document: &mut Document, entry: &Entry, notes: &mut Notes) -> Result<Vec<Diagnostic>> {
    document.dialect = dialect(document, entry)?;
    let mut found: Vec<Diagnostic> = declared(document).into_iter().collect();
    if let Some(wanted) = entry.wanted.first() {
        let message = "`only`, `operations` and `tags` choose from an OpenAPI document, and this is a schema";
        let help = "remove them, or list an OpenAPI document (it has `openapi` at its root)";
        found.push(Diagnostic::error(&entry.manifest, message).at(Some(wanted.at)).help(help));
    }
    component(document, notes);
    if document.component.is_none() {
        found.extend(named(document));
    }
    Ok(found)
}

/// The dialect that the manifest says, or else `$schema`, or else the caller.
fn dialect(document: &Document, entry: &Entry) -> Result<Dialect> {
    let declared = || document.as_written().get("$schema").and_then(Value::as_str).and_then(Dialect::from_uri);
    document.source.dialect.or_else(declared).or(entry.otherwise).ok_or_else(|| {
        let (path, supported) = (&document.path, Dialect::supported());
        let (message, help) = match entry.is_listed {
            true => (
                format!("neither the manifest nor a `$schema` says in which dialect `{path}` is written"),
                format!("add `dialect` to the [[source]]; the dialects are: {supported}"),
            ),
            false => (
                format!("no known `$schema` says in which dialect `{path}` is written"),
                format!("say it by `--dialect`; the dialects are: {supported}"),
            ),
        };
        entry.error(message, &help).into()
    })
}

/// What to say when `$schema` names another dialect than the manifest.
fn declared(document: &Document) -> Option<Diagnostic> {
    let declared = document.as_written().get("$schema")?.as_str()?;
    let (dialect, other) = (document.dialect, Dialect::from_uri(declared)?);
    (other != dialect).then(|| {
        let message = format!("`$schema` is `{declared}`, but the manifest says `{}`", dialect.uri());
        let help = format!("write dialect = \"{}\" in the manifest if `$schema` is right", other.uri());
        document.written_error("/$schema", message).help(help)
    })
}

/// Takes an identifier that is a pointer into the document that the schema was taken from as the name of the definition.
fn component(document: &mut Document, notes: &mut Notes) -> Option<()> {
    let dialect = document.dialect;
    let keyword = ["$id", dialect.draft().id_keyword()].into_iter().find(|keyword| {
        let id = document.as_written().get(keyword).and_then(Value::as_str);
        id.is_some_and(|id| id.starts_with("#/") && !id.ends_with('/'))
    })?;
    let id = document.as_written().get(keyword)?.as_str()?.to_owned();
    let resolved = uri::resolve_against(&document.base.borrow(), &id).ok()?;
    let component = resolved.fragment()?.decode().to_string().ok()?.into_owned();
    if let Some(name) = pointer::tokens(&component).last().filter(|_| document.source.type_name.is_none()) {
        document.name = name;
    }
    document.component = Some(component);
    let message =
        format!("`{keyword}` is a fragment, which {dialect} forbids; it is read as the name of the definition");
    let at = pointer::push("", keyword);
    notes.add(&message, 1, |message| document.written_note(&at, message));
    None
}

/// Takes the identifier as the document's name, and as its base URI.
fn named(document: &mut Document) -> Option<Diagnostic> {
    let dialect = document.dialect;
    let id = words::identifier(dialect, document.as_written())?.to_owned();
    let Ok(identity) = uri::resolve_against(&document.base.borrow(), &id) else {
        let keyword = dialect.draft().id_keyword();
        return Some(not_a_uri(document, &pointer::push("", keyword), &id));
    };
    if document.source.type_name.is_none() {
        document.name = stem(&id);
    }
    document.base = identity.strip_fragment().to_owned();
    None
}

/// Puts the folders that they lie in before the names of `documents`, all of one folder, that would have one name.
pub(super) fn tell_apart(documents: &mut [Document]) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    documents.iter().for_each(|document| *counts.entry(document.name.clone()).or_default() += 1);
    for document in documents.iter_mut().filter(|document| counts.get(&document.name).is_some_and(|count| *count > 1)) {
        let inner = document.path.strip_prefix(&document.source.file).unwrap_or_default().trim_start_matches('/');
        if let Some((folders, _)) = inner.rsplit_once('/') {
            document.name = format!("{folders} {}", document.name);
        }
    }
}

/// What to say about identifiers below the root of `document` that name nothing.
pub(super) fn embedded(document: &Document) -> Vec<Diagnostic> {
    let mut found = Findings::new(document.file());
    for at in &document.sites.bad_identifiers {
        let id = document.as_written().pointer(at).and_then(Value::as_str).unwrap_or_default();
        found.push(|| not_a_uri(document, at, id));
    }
    found.into_vec()
}

/// What to say of the identifier `id`, written at `at`, that is no URI reference.
fn not_a_uri(document: &Document, at: &str, id: &str) -> Diagnostic {
    let keyword = at.rsplit('/').next().unwrap_or_default();
    let error = document.written_error(at, format!("`{keyword}` is `{id}`, which is not a URI reference"));
    error.help("write an absolute URI, with what is special in URIs percent-encoded")
}

/// The URIs by which the file at `path` of `source` may be referred to whatever its `$id` is: the manifest's, if that gives
/// one, then its file's. The first of them is its base URI where it has no `$id`.
pub(super) fn aliases(source: &Source, path: &str) -> Vec<Uri<String>> {
    let given = source.uri.as_deref().and_then(|uri| uri::from_str(uri).ok());
    given.into_iter().chain([file_uri(path)]).collect()
}

/// The URI of the file at the path `file` from the manifest's folder, which stands for the root.
fn file_uri(file: &str) -> Uri<String> {
    let encode = |byte: u8| match byte {
        b'/' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    let path: String = file.bytes().map(encode).collect();
    // A path of plain characters and percent-encoded bytes is always a URI's.
    uri::from_str(&format!("file:///{path}")).unwrap_or_default()
}

/// The last segment of `path`, a path or a URI, without what follows its first dot.
pub(super) fn stem(path: &str) -> String {
    let last = path.rsplit(['/', ':', '#']).find(|segment| !segment.is_empty()).unwrap_or_default();
    last.split('.').find(|part| !part.is_empty()).unwrap_or_default().to_owned()
}
