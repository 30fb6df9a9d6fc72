//! One version of schemas -> the crate that is generated from it, and where in the schemas each of its types comes from.

use std::collections::BTreeMap;

use super::api::Api;
use super::read;
use crate::diagnostic::Result;
use crate::generate_from;
use crate::lower::{Definition, Form, Place, Plan};
use crate::pointer;
use crate::source::{Package, Sources, Version};

use super::super::Location;

/// The module of schemas that no manifest lists.
const MODULE: &str = "types";

/// A version as the crate that it becomes.
pub(super) struct Side {
    pub(super) sources: Sources,
    pub(super) plan: Plan,
    pub(super) api: Api,
}

impl Side {
    /// The crate of `version`.
    ///
    /// # Errors
    ///
    /// All that keeps codegen from making it.
    pub(super) fn of(version: Version) -> Result<Self> {
        let package = Package { name: "types".to_owned(), version: "0.0.0".to_owned(), description: String::new() };
        let generation = generate_from(version.into_sources(package), &mut ())?;
        let api = read::api(&generation.tree)?;
        Ok(Self { sources: generation.sources, plan: generation.plan, api })
    }

    /// What each type was generated from, by its path.
    pub(super) fn origins(&self) -> BTreeMap<String, &Definition> {
        let path = |(module, definition): (&crate::lower::Module, _)| (module.name.clone(), definition);
        let definitions = self.plan.definitions().map(path);
        definitions
            .map(|(module, definition): (String, &Definition)| (format!("{module}::{}", definition.name), definition))
            .collect()
    }

    /// Where `place` stands, or what is around it, if the schema does not have it.
    pub(super) fn location(&self, place: &Place) -> Location {
        let Some(document) = self.sources.documents.get(place.document) else { return Location::default() };
        let is_there = |pointer: &&str| document.schema.pointer(pointer).is_some();
        let pointer = pointer::around(&place.pointer).find(is_there).unwrap_or_default();
        let (file, position) = document.position(pointer);
        Location { file: file.to_owned(), line: position.line, pointer: document.written(pointer) }
    }
}

/// The place of the schema that a type was generated from.
pub(super) fn place(definition: &Definition) -> Place {
    Place { document: definition.document, pointer: definition.pointer.clone() }
}

/// The place of the schema of a member of that name, if `definition` is an object; else its own.
pub(super) fn member(definition: &Definition, wire: Option<&String>) -> Place {
    let place = place(definition);
    wire.map_or_else(|| place.clone(), |wire| place.below("properties").below(wire))
}

/// What each field or variant of a type is on the wire: the name of a member, or a value in JSON.
pub(super) fn wires(definition: &Definition) -> BTreeMap<&str, String> {
    match &definition.form {
        Form::Object { members, .. } => {
            members.iter().map(|member| (member.field.as_str(), member.wire.clone())).collect()
        }
        Form::Text(variants) | Form::Open { known: variants, .. } => {
            variants.iter().map(|variant| (variant.name.as_str(), variant.wire.clone())).collect()
        }
        Form::Values(values) => values.iter().map(|value| (value.name.as_str(), value.value.to_string())).collect(),
        _ => BTreeMap::new(),
    }
}

/// Gives schemas that no manifest lists the module of those that they are compared with, and a schema that is alone on both
/// sides, and is called as its file is, one name.
pub(super) fn align(old: &mut Version, new: &mut Version) {
    let module = |version: &Version, other: &Version| {
        let mut modules = other.documents.iter().map(|document| document.source.module.as_str());
        let first = modules.next().unwrap_or_default();
        let is_only = !first.is_empty() && modules.all(|module| module == first);
        let is_unlisted = version.package.is_none();
        is_unlisted.then(|| if is_only { first.to_owned() } else { MODULE.to_owned() })
    };
    let modules = [module(old, new), module(new, old)];
    for (version, module) in [&mut *old, &mut *new].into_iter().zip(modules) {
        let Some(module) = module else { continue };
        version.documents.iter_mut().for_each(|document| document.source.module.clone_from(&module));
    }
    if let ([before], [after]) = (&mut old.documents[..], &mut new.documents[..]) {
        if old.package.is_none() && before.is_called_as_its_file() {
            before.name.clone_from(&after.name);
        } else if new.package.is_none() && after.is_called_as_its_file() {
            after.name.clone_from(&before.name);
        }
    }
}
