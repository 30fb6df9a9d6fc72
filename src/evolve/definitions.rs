//! A version of schemas -> its [`Definition`]s, by keys under which two versions have the same one.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::Location;
use super::view::Known;
use crate::lower::{Place, Schemas as _};
use crate::pointer;
use crate::source::{Document, Version};

/// The keywords that hold definitions.
const HOLDERS: &[&str] = &["$defs", "definitions"];

/// A definition: the root of a schema, or what it, or an OpenAPI document, gives a name.
#[derive(Clone, Debug)]
pub(super) struct Definition {
    /// What people call it.
    pub(super) name: String,
    /// Where it stands in the normal form.
    pub(super) place: Place,
}

/// Where two versions have the same definition: the module, where either side has several; the document, where a schema is
/// not alone; the name there.
pub(super) type Key = (String, String, String);

/// The definitions of a version.
pub(super) type Definitions = BTreeMap<Key, Definition>;

/// The definitions of both versions. A schema that is the only one of its module on both sides is the same whatever its
/// file and its name, and so is the only module.
pub(super) fn of_both(old: &Version, new: &Version) -> [Definitions; 2] {
    let modules = [modules(old), modules(new)];
    let one_module = modules.iter().all(|modules| modules.len() == 1);
    let alone = |name: &str| {
        let is_alone = |(version, modules): (&Version, &BTreeMap<&str, Vec<usize>>)| {
            let indices = if one_module { modules.values().next() } else { modules.get(name) };
            let [index] = indices.map_or(&[][..], Vec::as_slice) else { return false };
            version.documents.get(*index).is_some_and(|document| document.is_schema)
        };
        let [of_old, of_new] = &modules;
        is_alone((old, of_old)) && is_alone((new, of_new))
    };
    let of = |version: &Version, modules: &BTreeMap<&str, Vec<usize>>| {
        let mut found = Definitions::new();
        for (module, indices) in modules {
            let (shown, is_alone) = (if one_module { "" } else { module }, alone(module));
            for index in indices {
                let Some(document) = version.documents.get(*index) else { continue };
                found.extend(of_document(document, *index, shown, is_alone));
            }
        }
        found
    };
    let [of_old, of_new] = &modules;
    [of(old, of_old), of(new, of_new)]
}

/// The numbers of the documents of each module.
fn modules(version: &Version) -> BTreeMap<&str, Vec<usize>> {
    let mut modules: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, document) in version.documents.iter().enumerate() {
        modules.entry(document.source.module.as_str()).or_default().push(index);
    }
    modules
}

/// The definitions of one document of `module`.
fn of_document(document: &Document, index: usize, module: &str, is_alone: bool) -> Vec<(Key, Definition)> {
    let place = |pointer: String| Place { document: index, pointer };
    let key = |owner: &str, name: &str| (module.to_owned(), owner.to_owned(), name.to_owned());
    let shown = |name: &str| if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") };
    let root = if is_alone { "" } else { document.name.as_str() };
    let mut found = Vec::new();
    if document.is_schema {
        found.push((key(root, ""), Definition { name: shown(&document.name), place: place(String::new()) }));
    }
    for holder in HOLDERS {
        let members = document.schema.get(holder).and_then(Value::as_object).into_iter().flatten();
        for (name, _) in members {
            let at = pointer::push(&pointer::push("", holder), name);
            let written = document.written(&at);
            // What is there for a reference's sake only, the file has elsewhere.
            let is_own = if document.is_schema { written == at } else { written.starts_with(OPENAPI) };
            if !is_own || document.as_written().pointer(&written).is_none() {
                continue;
            }
            // A definition of OpenAPI is a schema of its own name; one in a schema is that schema's.
            let (key, name) = match document.is_schema {
                true => (key(root, name), shown(&format!("{}/{name}", document.name))),
                false => (key(name, ""), shown(name)),
            };
            found.push((key, Definition { name, place: place(at) }));
        }
    }
    found
}

/// Where an OpenAPI document has its definitions.
const OPENAPI: &str = "/components/schemas/";

/// Where the schema at `place` stands in its file.
pub(super) fn location(version: &Version, place: &Place) -> Location {
    let Some(document) = version.documents.get(place.document) else { return Location::default() };
    let pointer = document.written(&place.pointer);
    let (file, position) = document.position(&place.pointer);
    Location { file: file.to_owned(), line: position.line, pointer }
}

/// The text of a definition by itself: without definitions in it, and each reference by the key of what it means.
pub(super) fn own_text(known: &Known<'_>, definition: &Definition) -> Value {
    copy(known, &definition.place, definition.place.schema(known.version))
}

fn copy(known: &Known<'_>, place: &Place, value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members.iter().filter(|(name, _)| !HOLDERS.contains(&name.as_str()));
            let copied = kept.map(|(name, value)| {
                let target = (name == "$ref").then(|| known.version.target(place)).flatten();
                let text = target.map(|target| match known.keys.get(&target) {
                    Some((module, owner, name)) => format!("{module} {owner} {name}"),
                    None => target.pointer,
                });
                (name.clone(), text.map_or_else(|| copy(known, &place.below(name), value), Value::String))
            });
            copied.collect::<Map<_, _>>().into()
        }
        Value::Array(items) => {
            let numbered = items.iter().enumerate();
            numbered.map(|(number, item)| copy(known, &place.below(&number.to_string()), item)).collect()
        }
        other => other.clone(),
    }
}
