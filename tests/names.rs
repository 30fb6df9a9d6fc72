//! Names of types: none is numbered, and none changes because something else does.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that fails by panicking says where")]

#[path = "generation/schemas.rs"]
mod schemas;

mod harness;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::{Map, Value, json};
use tempfile::TempDir;
use typeproof::lower::{Definition, Form, Module, Part, Plan, lower};
use typeproof::{pointer, source};

type Schemas = Vec<(String, String)>;

fn plan(schemas: &[(String, String)]) -> Plan {
    plan_locked(schemas, "")
}

/// The plan beside a lock of names that says `lock`.
fn plan_locked(schemas: &[(String, String)], lock: &str) -> Plan {
    let folder = TempDir::new().expect("a folder");
    let manifest = harness::sources::manifest(folder.path(), schemas, "");
    fs::write(source::lock_path(&manifest), lock).expect("the folder is writable");
    lower(&source::load(&manifest).unwrap_or_else(|errors| panic!("{errors}")))
}

/// The schemas of Kong, each under a module's name.
fn kong() -> Option<Schemas> {
    let folder = harness::corpus::corpus("kong-json-schema")?;
    let files = fs::read_dir(folder).expect("the corpus is readable").map(|entry| entry.expect("an entry").path());
    let schemas = files.filter(|path| path.extension().is_some_and(|extension| extension == "json")).map(|path| {
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("UTF-8").replace('-', "_");
        (name, fs::read_to_string(path).expect("the corpus is readable"))
    });
    let mut schemas: Schemas = schemas.collect();
    schemas.sort();
    Some(schemas)
}

/// The digits that a text ends in; what no identifier has does not count.
fn number(text: &str) -> String {
    let plain: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let stem = plain.trim_end_matches(|c: char| c.is_ascii_digit());
    plain.trim_start_matches(stem).to_owned()
}

/// The names of `plan` that end in digits in which nothing ends that the schema calls it: a definition, a member, a title, a
/// value.
fn numbered(plan: &Plan) -> Vec<String> {
    let mut numbered = Vec::new();
    let mut sources: BTreeSet<String> = BTreeSet::from([String::new()]);
    for (_, definition) in plan.definitions() {
        let tokens = pointer::tokens(&definition.pointer).filter(|token| token.parse::<usize>().is_err());
        sources.extend(tokens.map(|token| number(&token)));
        match &definition.form {
            Form::Union { branches, .. } => {
                sources.extend(branches.iter().flat_map(|branch| &branch.tags).map(|tag| number(tag)));
            }
            Form::Object { members, .. } => sources.extend(members.iter().map(|member| number(&member.wire))),
            Form::Text(variants) => sources.extend(variants.iter().map(|variant| number(&variant.wire))),
            Form::Values(values) => {
                let values = values.iter().map(|constant| constant.value.to_string());
                sources.extend(values.map(|value| number(&value)));
            }
            _ => {}
        }
        let roots = definition.annotations.values().flat_map(Map::values).filter_map(Value::as_str);
        sources.extend(roots.map(number));
    }
    for (module, definition) in plan.definitions() {
        let variants = match &definition.form {
            Form::Union { branches, .. } => branches.iter().map(|branch| branch.name.as_str()).collect(),
            Form::Text(variants) => variants.iter().map(|variant| variant.name.as_str()).collect(),
            Form::Object { members, .. } => members.iter().map(|member| member.field.as_str()).collect(),
            _ => Vec::new(),
        };
        for name in std::iter::once(definition.name.as_str()).chain(variants) {
            let own = number(&module.name);
            if !sources.contains(&number(name)) && number(name) != own {
                numbered.push(format!("{}::{}: {name}", module.name, definition.name));
            }
        }
    }
    numbered
}

/// The name of each definition that stands for one schema, by its place; of one that several places share, by what it is.
fn names(plan: &Plan) -> BTreeMap<(String, String, Part), String> {
    let place = |definition: &Definition| match definition.part {
        Part::Shared => Some(format!("{:?}", definition.form)),
        _ => definition.whole.as_ref().map(|_| definition.pointer.clone()),
    };
    let named = |(module, definition): (&Module, &Definition)| {
        Some(((module.name.clone(), place(definition)?, definition.part), definition.name.clone()))
    };
    plan.definitions().filter_map(named).collect()
}

/// Every name with what it has: its members or its variants.
fn holders(plan: &Plan) -> BTreeSet<String> {
    let holder = |(module, definition): (&Module, &Definition)| {
        let mut held: Vec<String> = match &definition.form {
            Form::Object { members, .. } => members.iter().map(|it| format!("{:?} {}", it.wire, it.field)).collect(),
            Form::Text(variants) => variants.iter().map(|it| format!("{:?} {}", it.wire, it.name)).collect(),
            Form::Union { branches, .. } => branches.iter().map(|it| it.name.clone()).collect(),
            _ => Vec::new(),
        };
        held.sort();
        format!("{}::{} {held:?}", module.name, definition.name)
    };
    plan.definitions().map(holder).collect()
}

/// Every schema in each of `schemas` after `edit`, which is given the keywords of each object in it.
fn edited(schemas: &[(String, String)], edit: fn(&mut Map<String, Value>)) -> Schemas {
    fn each(value: &mut Value, edit: fn(&mut Map<String, Value>)) {
        match value {
            Value::Object(members) => {
                members
                    .iter_mut()
                    .filter(|(keyword, _)| {
                        !["const", "enum", "default", "example", "examples"].contains(&keyword.as_str())
                    })
                    .for_each(|(_, value)| each(value, edit));
                edit(members);
            }
            Value::Array(values) => values.iter_mut().for_each(|value| each(value, edit)),
            _ => {}
        }
    }
    let edited = schemas.iter().map(|(module, text)| {
        let mut schema: Value = serde_json::from_str(text).expect("JSON");
        each(&mut schema, edit);
        (module.clone(), schema.to_string())
    });
    edited.collect()
}

fn reverse(keywords: &mut Map<String, Value>) {
    for keyword in ["properties", "$defs", "definitions", "patternProperties"] {
        if let Some(Value::Object(members)) = keywords.get_mut(keyword) {
            *members = std::mem::take(members).into_iter().rev().collect();
        }
    }
    for keyword in ["anyOf", "oneOf", "required"] {
        if let Some(Value::Array(values)) = keywords.get_mut(keyword) {
            values.reverse();
        }
    }
}

fn add(keywords: &mut Map<String, Value>) {
    let inline = json!({"type": "object", "properties": {"inner": {"enum": ["a", "b"]}}});
    for keyword in ["properties", "$defs"] {
        if let Some(Value::Object(members)) = keywords.get_mut(keyword) {
            let before = std::mem::take(members);
            *members = [("0 added".to_owned(), inline.clone())].into_iter().chain(before).collect();
        }
    }
    for keyword in ["anyOf", "oneOf"] {
        if let Some(Value::Array(branches)) = keywords.get_mut(keyword)
            && branches.len() > 2
        {
            branches.push(json!({"title": "Added", "const": 271_828}));
        }
    }
}

/// Takes the first optional member from each object that has several.
fn remove(keywords: &mut Map<String, Value>) {
    let required = keywords.get("required").cloned().unwrap_or_default();
    if let Some(Value::Object(members)) = keywords.get_mut("properties")
        && members.len() > 1
    {
        let is_required = |name: &str| required.as_array().is_some_and(|names| names.iter().any(|it| it == name));
        let first = members.keys().find(|name| !is_required(name)).cloned();
        first.map(|name| members.shift_remove(&name));
    }
}

fn names_outlive_unrelated_edits(schemas: &[(String, String)]) {
    let before = plan(schemas);
    let reversed = holders(&plan(&edited(schemas, reverse)));
    let changed: Vec<_> = holders(&before).symmetric_difference(&reversed).cloned().collect();
    assert!(changed.is_empty(), "by another order: {changed:#?}");
    let before = names(&before);
    for (edit, what) in [(add as fn(&mut Map<String, Value>), "adding"), (remove, "removing")] {
        let after = names(&plan(&edited(schemas, edit)));
        let changed: Vec<_> = before
            .iter()
            .filter_map(|(place, name)| Some((place, name, after.get(place).filter(|after| *after != name)?)))
            .collect();
        assert!(changed.is_empty(), "by {what}: {changed:#?}");
        let kept = before.keys().filter(|place| after.contains_key(*place)).count();
        assert!(2 * kept > before.len(), "{kept} of {} names were compared after {what}", before.len());
    }
}

/// A lock of all types of `plan`, each under another name that no schema gives.
fn renamed(plan: &Plan) -> String {
    let text = plan.lock.text();
    let rename = |line: &str| match line.rsplit_once("::").filter(|_| !line.starts_with('#')) {
        Some((place, name)) => format!("{place}::Kept{name} (else {name})\n"),
        None => format!("{line}\n"),
    };
    text.lines().map(rename).collect()
}

fn assert_same_lines(one: &str, other: &str) {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let different: Vec<_> = lines(one).symmetric_difference(&lines(other)).cloned().collect();
    assert!(different.is_empty(), "{different:#?}");
}

fn what_is_locked_keeps_its_name(schemas: &[(String, String)]) {
    let before = plan(schemas);
    let all = before.definitions().count();
    assert_eq!(before.lock.text().lines().filter(|line| line.contains("::")).count(), all, "a line for each type");
    assert_same_lines(&plan_locked(schemas, &before.lock.text()).lock.text(), &before.lock.text());
    let lock = renamed(&before);
    let again = plan_locked(schemas, &lock);
    assert_same_lines(&again.lock.text(), &lock);
    assert!(again.definitions().all(|(_, definition)| definition.name.starts_with("Kept")));
    let before = names(&before);
    let reversed = plan_locked(&edited(schemas, reverse), &lock);
    let lost: Vec<_> =
        reversed.definitions().map(|(_, it)| &it.name).filter(|name| !name.starts_with("Kept")).collect();
    assert!(lost.is_empty(), "by another order: {lost:#?}");
    for edit in [add as fn(&mut Map<String, Value>), remove] {
        let edited = plan_locked(&edited(schemas, edit), &lock);
        let after = names(&edited).into_iter();
        for (place, name, old) in after.filter_map(|(place, name)| before.get(&place).map(|old| (place, name, old))) {
            assert_eq!(name, format!("Kept{old}"), "{place:?}");
        }
    }
}

#[test]
fn what_is_locked_of_hostile_schemas_keeps_its_name() {
    let mut schemas = schemas::schemas();
    let refers = |text: &str| ["#/properties", "$dynamicRef", ".json"].iter().any(|word| text.contains(word));
    schemas.retain(|(_, text)| !refers(text));
    what_is_locked_keeps_its_name(&schemas);
}

#[test]
fn what_is_locked_of_kongs_keeps_its_name() {
    let Some(schemas) = kong() else { return };
    what_is_locked_keeps_its_name(&schemas);
}

#[test]
fn no_name_of_a_hostile_schema_is_numbered_or_changed_by_another() {
    let mut schemas = schemas::schemas();
    assert_eq!(numbered(&plan(&schemas)), [""; 0]);
    // What is added or removed there is referred to, or counts.
    let refers = |text: &str| ["#/properties", "$dynamicRef", ".json"].iter().any(|word| text.contains(word));
    schemas.retain(|(_, text)| !refers(text));
    names_outlive_unrelated_edits(&schemas);
}

#[test]
fn no_name_of_kongs_is_numbered_and_the_longest_is_known() {
    let Some(schemas) = kong() else { return };
    let plan = plan(&schemas);
    assert_eq!(numbered(&plan), [""; 0]);
    let longest = plan.definitions().map(|(_, definition)| definition.name.len()).max();
    assert_eq!(longest, Some(114));
}

#[test]
fn no_name_of_kongs_is_changed_by_another() {
    let Some(schemas) = kong() else { return };
    names_outlive_unrelated_edits(&schemas);
}
