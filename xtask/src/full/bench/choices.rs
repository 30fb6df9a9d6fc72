//! Choices that a generator may take a step for each pair of branches for, or a branch for each combination -> what it takes to
//! generate types of them.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use typeproof::diagnostic::Result;
use typeproof::source::load;

use super::bundle::bundle;
use super::data;
use super::generating::{self, THEIRS, call, pair};
use super::process::in_turns;
use super::table::Row;
use super::theirs;
use super::workshop::Workshop;

/// How many objects the large choice has.
const OBJECTS: usize = 4_000;

/// How often each runs.
const ROUNDS: usize = 5;

/// The rows, for typeproof at `repository`. What goes together by `allOf` is told against one `oneOf` of as many branches as it
/// comes to: of two with 6, typify takes half a minute and more than a gigabyte, and of three with 4, more memory than machines have.
///
/// # Errors
///
/// When one of the programs cannot be built, or generates nothing.
pub(crate) fn rows(repository: &Path, workshop: &mut Workshop) -> Result<Vec<Row>> {
    let (ours, theirs) = (generating::program(repository, workshop)?, theirs::program(workshop)?);
    let mut rows = Vec::new();
    for (what, choice) in [
        ("a `oneOf` of 4,000 objects", one_of(OBJECTS, untagged)),
        ("a `oneOf` of 4,000 objects with a tag", one_of(OBJECTS, tagged)),
    ] {
        let manifest = input(workshop, "choice", &choice)?;
        let bundle = theirs::written(workshop, "choice-bundle.json", &bundle(&load(&manifest)?))?;
        let costs = in_turns(&[&|| call(&ours, &manifest), &|| call(&theirs, &bundle)], ROUNDS)?;
        if let [ours, theirs] = costs.as_slice() {
            rows.extend(pair(&format!("generating {what}"), THEIRS, ours, theirs));
        }
    }
    for (what, (count, branches)) in
        [("two `oneOf`s with 6 branches", (2, 6_usize)), ("three `oneOf`s with 4 branches", (3, 4))]
    {
        let all: Vec<Value> = (0..count).map(|choice| one_of(branches, |branch| part(choice, branch))).collect();
        let manifest = input(workshop, "choice", &json!({ "allOf": all }))?;
        let product = branches.pow(count);
        let multiplied = input(workshop, "product", &one_of(product, tagged))?;
        let costs = in_turns(&[&|| call(&ours, &manifest), &|| call(&ours, &multiplied)], ROUNDS)?;
        if let [ours, product_of_one] = costs.as_slice() {
            let against = format!("one of {product}");
            rows.extend(pair(&format!("generating an `allOf` of {what}"), &against, ours, product_of_one));
        }
    }
    Ok(rows)
}

/// A `oneOf` of so many branches.
fn one_of(count: usize, branch: impl Fn(usize) -> Value) -> Value {
    json!({ "oneOf": (0..count).map(branch).collect::<Vec<_>>() })
}

/// An object that is told from others by the member that it must have.
fn untagged(branch: usize) -> Value {
    let own = format!("member_{branch}");
    json!({
        "type": "object",
        "properties": { (own.as_str()): { "type": "string" }, "count": { "type": "integer" } },
        "required": [own],
        "additionalProperties": false,
    })
}

/// An object that is told from others by its `kind`.
fn tagged(branch: usize) -> Value {
    json!({
        "type": "object",
        "properties": { "kind": { "const": format!("kind {branch}") }, (format!("member_{branch}")): { "type": "string" } },
        "required": ["kind"],
    })
}

/// A branch of one of several choices that go together.
fn part(choice: u32, branch: usize) -> Value {
    let (own, tag) = (format!("member_{choice}_{branch}"), format!("tag_{choice}"));
    json!({
        "type": "object",
        "properties": { (own.as_str()): { "type": "string" }, (tag.as_str()): { "const": format!("kind {branch}") } },
        "required": [own, tag],
    })
}

/// A manifest of the `choice` alone, in a folder that is called so.
fn input(workshop: &Workshop, name: &str, choice: &Value) -> Result<PathBuf> {
    let file = format!("{name}.json");
    let mut document = json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Choice" });
    if let (Some(document), Some(choice)) = (document.as_object_mut(), choice.as_object()) {
        document.extend(choice.clone());
    }
    workshop.write(&file, document.to_string().as_bytes())?;
    data::manifest("bench-choice", &workshop.path(&file), &workshop.path(name), &["choice".to_owned()])
}
