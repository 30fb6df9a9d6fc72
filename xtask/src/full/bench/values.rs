//! All types of a document, each with values of its own -> geometric means of what reading takes, against the other ways.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::Command;

use serde_json::{Map, Value, json};
use typeproof::Generation;
use typeproof::diagnostic::{Diagnostic, Result};
use typeproof::prove::listed_claims;

use super::bundle::bundle;
use super::reading::{add_types, their_type};
use super::table::{Amount, Row, geometric_mean, median};
use super::workshop::{Package, Workshop, run};

/// How many values of each type are read, and the seed that they are made from.
const VALUES: usize = 20;
const SEED: u64 = 1;

/// The ways that ours is held against: how the program calls each, and what it is.
const WAYS: [(&str, &str); 2] =
    [("validator", "Value, then validator"), ("typify", "typify's type, where it takes all")];

/// The rows about all types of `generation` that have values.
///
/// # Errors
///
/// When the program cannot be built, or one of our types refuses a value.
pub(crate) fn rows(called: &str, generation: &Generation, workshop: &mut Workshop) -> Result<Vec<Row>> {
    let bundle = bundle(&generation.sources);
    let dependencies = add_types(generation, &bundle, workshop)?;
    let (mut types, mut inputs) = (String::new(), Map::new());
    for claim in listed_claims(generation) {
        let texts: Vec<String> = claim.values(SEED, VALUES).iter().map(Value::to_string).collect();
        let theirs = their_type(generation, &bundle, &claim.type_path).filter(|_| !texts.is_empty());
        if let Some(theirs) = theirs {
            let path = &claim.type_path;
            let _ = writeln!(types, "    ({path:?}, reads::<ours::{path}>, reads::<by_typify::{theirs}>),");
            inputs.insert(path.clone(), json!({"schema": claim.asserting_schema(), "texts": texts}));
        }
    }
    let main = include_str!("programs/values.rs").replace("    // types\n", &types);
    workshop.write("values/src/input.json", Value::from(inputs).to_string().as_bytes())?;
    workshop.write("values/src/turns.rs", include_bytes!("programs/turns.rs"))?;
    workshop.add(&Package { name: "values", dependencies: &dependencies, file: "src/main.rs", text: &main })?;
    let times = run(&mut Command::new(workshop.release("values")?))?;
    let times: BTreeMap<String, BTreeMap<String, Vec<f64>>> = serde_json::from_slice(&times).map_err(|error| {
        Diagnostic::error("", format!("the program wrote no times: {error}")).help("run it by hand")
    })?;
    Ok(WAYS.iter().map(|(way, against)| row(called, way, against, &times)).collect())
}

/// The geometric mean over the types that were read by this `way` as well.
fn row(called: &str, way: &str, against: &str, times: &BTreeMap<String, BTreeMap<String, Vec<f64>>>) -> Row {
    let ratio = |times: &BTreeMap<String, Vec<f64>>| {
        let took = |way: &str| times.get(way).map(|times| median(times.clone()));
        Some(took("ours")? / took(way)?)
    };
    let ratios: Vec<f64> = times.values().filter_map(ratio).collect();
    Row {
        what: format!("reading {VALUES} values of each of {} types of {called}: geometric mean", ratios.len()),
        against: against.to_owned(),
        ours: Amount::Times(geometric_mean(&ratios)),
        theirs: Amount::Times(1.0),
    }
}
