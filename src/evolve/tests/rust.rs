//! What the change of a schema does to the generated crate: each edit, and what is said of it.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Map, Value, json};

use super::super::rules::{self, Step};
use super::super::{Evolution, Proposal, RustFinding, Side, compare};
use super::whole;
use crate::source::{sha256, version};

/// Edits, each with the rules that tell of it and the step that it asks for.
pub(in crate::evolve) fn edits() -> Vec<Value> {
    serde_json::from_str(include_str!("rust_edits.json")).unwrap()
}

fn api(schemas: &Map<String, Value>) -> Value {
    json!({"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": schemas}})
}

/// The evolution in which each of `edits` is made to a definition of its name.
fn made(edits: &[Value]) -> Evolution {
    whole("api.json", &side(edits, "old"), &side(edits, "new"))
}

/// The document in which all definitions of `edits` are as on one side.
pub(in crate::evolve) fn side(edits: &[Value], side: &str) -> Value {
    let schemas = edits.iter().filter(|edit| !edit[side].is_null());
    api(&schemas.map(|edit| (edit["name"].as_str().unwrap().to_owned(), edit[side].clone())).collect())
}

fn of<'e>(evolution: &'e Evolution, name: &str) -> Vec<&'e RustFinding> {
    let path = format!("types::{name}");
    evolution.rust.findings.iter().filter(|finding| finding.path == path || finding.path == name).collect()
}

#[test]
fn each_edit_is_told_by_its_rules_and_asks_for_its_step() {
    let edits = edits();
    let evolution = made(&edits);
    let mut wrong = Vec::new();
    for edit in &edits {
        let name = edit["name"].as_str().unwrap();
        let found = of(&evolution, name);
        let told: BTreeSet<&str> = found.iter().map(|finding| finding.rule.id).collect();
        let wanted: BTreeSet<&str> =
            edit["rules"].as_array().unwrap().iter().map(|rule| rule.as_str().unwrap()).collect();
        let step = found.iter().map(|finding| finding.rule.step).max().map(Step::as_str);
        if told != wanted || step != edit["step"].as_str() {
            let messages: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
            wrong.push(format!("{name}: {told:?}, {step:?}, not {wanted:?}: {messages:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let tried: BTreeSet<&str> =
        edits.iter().flat_map(|edit| edit["rules"].as_array().unwrap()).filter_map(Value::as_str).collect();
    let elsewhere = ["rust-type-renamed", "rust-feature-", "rust-dependency-"];
    let untried = rules::all_of_rust().map(|rule| rule.id).filter(|id| !tried.contains(id));
    let untried: Vec<&str> = untried.filter(|id| !elsewhere.iter().any(|start| id.starts_with(start))).collect();
    assert_eq!(untried, [""; 0]);
}

#[test]
fn a_type_that_has_another_name_is_called_that_and_is_compared_under_it() {
    let user =
        json!({"type": "object", "properties": {"pet": {"$ref": "#/components/schemas/Pet"}, "kind": {"enum": ["a"]}}});
    let pet = json!({"type": "object", "required": ["n"], "properties": {"n": {"type": "string", "maxLength": 5}}});
    let old = api(json!({"User": user, "Pet": pet}).as_object().unwrap());
    let text = json!({"User": user, "Animal": pet}).to_string().replace("schemas/Pet", "schemas/Animal");
    let new = api(serde_json::from_str::<Value>(&text).unwrap().as_object().unwrap());
    let found = whole("api.json", &old, &new).rust.findings;
    let told: Vec<(&str, &str)> = found.iter().map(|finding| (finding.rule.id, finding.path.as_str())).collect();
    assert_eq!(told, [("rust-type-renamed", "types::Animal")]);
    assert_eq!(found[0].location.pointer, "/components/schemas/Animal");
    assert_eq!(found[0].definition, "Animal");
}

#[test]
fn what_is_the_same_type_now_or_no_more_is_told_of_as_programs_see_it() {
    let tags = |about: &str| json!({"type": "object", "properties": {"all": {"type": "array", "description": about, "items": {"type": "string"}}}});
    let holder = |tags: &Value| json!({"oneOf": [tags, {"type": "string"}], "description": "A choice."});
    let schemas = |one: &str, other: &str| {
        let holders = json!({"Owner": holder(&tags(one)), "Pet": holder(&tags(other))});
        api(holders.as_object().unwrap())
    };
    let (apart, together) = (schemas("One.", "Two."), schemas("One.", "One."));
    let told = |old: &Value, new: &Value| {
        let found = whole("api.json", old, new).rust.findings;
        found.into_iter().map(|finding| (finding.rule.id, finding.path, finding.message)).collect::<Vec<_>>()
    };
    // The type of the shorter name is that of both. Nothing is lost but that they were two.
    let added = "it has `From<PetAll> for Pet` now".to_owned();
    assert_eq!(told(&apart, &together), [("rust-impl-added", "types::OwnerAll".to_owned(), added)]);
    let expected = [
        "Owner rust-impl-added",
        "Owner rust-impl-removed",
        "Owner rust-variant-retyped",
        "OwnerAll rust-impl-added",
        "OwnerAll rust-impl-removed",
    ];
    let parted = told(&together, &apart);
    let parted: Vec<String> =
        parted.iter().map(|(rule, path, _)| format!("{} {rule}", path.trim_start_matches("types::"))).collect();
    assert_eq!(parted, expected);
}

#[test]
fn the_place_of_a_field_is_that_of_its_member() {
    let edits = edits();
    let edit = edits.iter().find(|edit| edit["name"] == "FieldRemoved").unwrap();
    let found = made(std::slice::from_ref(edit)).rust.findings;
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(finding.location.pointer, "/components/schemas/FieldRemoved/properties/c");
    assert_eq!((finding.side, finding.definition.as_str()), (Side::Old, "FieldRemoved"));
}

#[test]
fn features_and_dependencies_are_told_of() {
    let string = json!({"type": "string"});
    let dates = json!({"type": "string", "format": "date-time"});
    let modules = |modules: &[(&str, &Value)]| {
        let folder = tempfile::tempdir().unwrap();
        let mut manifest = "[package]\nname = \"a-types\"\nversion = \"0.3.1\"\ndescription = \"d\"\n".to_owned();
        for (name, schema) in modules {
            let bytes = schema.to_string();
            fs::write(folder.path().join(format!("{name}.json")), &bytes).unwrap();
            let sum = sha256(bytes.as_bytes());
            manifest += &format!(
                "[[source]]\nfile = \"{name}.json\"\norigin = \"o\"\nsha256 = \"{sum}\"\nmodule = \"{name}\"\n\
                 dialect = \"https://json-schema.org/draft/2020-12/schema\"\n"
            );
        }
        fs::write(folder.path().join("manifest.toml"), manifest).unwrap();
        version(folder.path(), None).unwrap_or_else(|error| panic!("{error}"))
    };
    let refers = |to: &str| json!({"type": "array", "items": {"$ref": to}});
    let old = modules(&[("one", &string), ("two", &dates), ("three", &refers("two.json"))]);
    let new = modules(&[("one", &string), ("four", &string), ("three", &refers("one.json"))]);
    let evolution = compare(old, new).unwrap_or_else(|error| panic!("{error}"));
    let found = &evolution.rust.findings;
    let said = |start: &str| -> Vec<(&str, &str)> {
        let found = found.iter().filter(|finding| finding.rule.id.starts_with(start));
        found.map(|finding| (finding.rule.id, finding.path.as_str())).collect()
    };
    assert_eq!(
        said("rust-feature-"),
        [("rust-feature-added", "four"), ("rust-feature-removed", "needs-chrono"), ("rust-feature-removed", "two"),]
    );
    assert_eq!(said("rust-dependency-"), [("rust-dependency-removed", "chrono")]);
    assert_eq!(evolution.rust.step, Some(Step::Major));
    assert_eq!(Proposal::of(&evolution).version.map(|version| version.to_string()).as_deref(), Some("0.4.0"));

    let old = modules(&[("one", &string), ("two", &dates), ("three", &refers("two.json"))]);
    let new = modules(&[("one", &string), ("two", &dates), ("three", &refers("one.json"))]);
    let found = compare(old, new).unwrap_or_else(|error| panic!("{error}")).rust.findings;
    let less = found.iter().find(|finding| finding.rule.id == "rust-feature-enables-less").unwrap();
    assert_eq!(less.path, "three");
}
