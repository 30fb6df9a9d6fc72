//! The values that a type does not do right by: which are shown, and how small they are.

use std::cell::Cell;

use serde_json::{Value, json};

use super::super::{Effort, Part, Shown, Verdict, prove, side};
use super::subjects::Made;
use super::{EFFORT, claim, session};

#[test]
fn a_reader_that_takes_a_space_in_a_date_time_is_caught_by_a_value_made_small() {
    let validator = side::validator(&session()).expect("a schema");
    let mut subject = Made(session(), |value: &Value| {
        let mut meant = value.clone();
        if let Some(Value::String(text)) = meant.get_mut("created_at") {
            *text = text.replacen(' ', "T", 1);
        }
        validator.validate(&meant).map(|()| meant.clone()).map_err(|error| error.to_string())
    });
    let proof = prove(&claim(session()), &mut subject, &EFFORT);
    let place = "/properties/created_at/format";
    let finding = proof.findings.iter().find(|finding| finding.pointer == place).expect("a finding");
    let witness: Value = serde_json::from_str(finding.witness.as_deref().unwrap_or_default()).expect("JSON");
    assert!(witness["created_at"].as_str().is_some_and(|text| text.contains(' ')), "{witness}");
    assert_eq!((&witness["id"], witness.as_object().map(serde_json::Map::len)), (&json!(""), Some(3)));

    let as_found = prove(&claim(session()), &mut subject, &Effort { shown: Shown::Shrunk(0), ..EFFORT });
    let finding = as_found.findings.iter().find(|finding| finding.pointer == place).expect("the same finding");
    let large: Value = serde_json::from_str(finding.witness.as_deref().unwrap_or_default()).expect("JSON");
    assert!(large["created_at"].as_str().is_some_and(|text| text.contains(' ')), "{large}");
    assert!(large.to_string().len() > witness.to_string().len(), "{large}, and shrunk {witness}");
}

#[test]
fn where_the_verdict_is_enough_nothing_is_asked_after_the_first_mistake() {
    let read = Cell::new(0);
    let mut subject = Made(session(), |value: &Value| {
        read.set(read.get() + 1);
        Ok(value.clone())
    });
    let all = prove(&claim(session()), &mut subject, &Effort { shown: Shown::Shrunk(0), ..EFFORT });
    let asked = read.replace(0);
    let first = prove(&claim(session()), &mut subject, &Effort { shown: Shown::First, ..EFFORT });
    assert!(read.get() < asked, "{} values were read, and {asked} for all mistakes", read.get());
    assert_eq!(first.verdict_on(Part::Behaviour), Verdict::Refuted);
    let [finding] = first.findings.as_slice() else { panic!("not one finding: {:?}", first.findings) };
    assert!(finding.witness.is_some() && all.findings.len() > 1, "{finding:?}, of {:?}", all.findings);
}
