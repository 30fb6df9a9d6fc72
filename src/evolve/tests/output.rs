//! What is written about an evolution, and what waivers do to it.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json};

use super::super::{Markdown, Table, json as report, rules, waive, waivers};
use super::whole;

fn changed() -> super::Evolution {
    let schema = |types: &str, length: u64| {
        json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "properties": {"a|`b`": {"type": types}, "c": {"$ref": "#/$defs/C"}},
            "$defs": {"C": {"type": "string", "maxLength": length}}
        })
    };
    whole("a.json", &schema("string", 3), &schema("integer", 2))
}

#[test]
fn reports_are_what_their_schema_says() {
    let schema: Value = serde_json::from_str(include_str!("../report.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let report: Value = serde_json::from_str(&report(&changed()).unwrap()).unwrap();
    let wrong: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert_eq!(wrong, Vec::<String>::new(), "{report:#}");
    assert_eq!(report["definitions"].as_array().unwrap().len(), 2);
    assert_eq!(report["findings"][0]["at"]["pointer"], "/properties/a|`b`/type");
}

#[test]
fn texts_name_rule_place_and_value() {
    let evolution = changed();
    let (text, markdown) = (Table(&evolution).to_string(), Markdown(&evolution).to_string());
    for wanted in ["type-changed", "#/properties/a|`b`/type", "refused now:", "sender: error"] {
        assert!(text.contains(wanted), "{text}");
    }
    let rows = markdown.lines().filter(|line| line.contains("`type-changed`")).collect::<Vec<_>>();
    assert_eq!(rows.len(), 1, "{markdown}");
    assert!(rows[0].contains("a\\|`b`/type"), "{markdown}");
}

#[test]
fn ids_of_rules_are_told_apart() {
    let ids: BTreeSet<&str> = rules::all().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), rules::all().count());
    assert!(rules::all().all(|rule| !rule.purpose.is_empty() && !rule.purpose.ends_with('.')));
}

#[test]
fn a_waiver_takes_its_finding_and_one_without_a_finding_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("waivers.toml");
    let waiver = |rule: &str, pointer: &str| {
        format!("[[waiver]]\nrule = \"{rule}\"\npointer = \"{pointer}\"\nreason = \"nobody sends it\"\n")
    };
    fs::write(&path, waiver("type-changed", "#/properties/a|`b`/type") + &waiver("pattern-added", "/properties/c"))
        .unwrap();
    let mut evolution = changed();
    let stale = waive(&mut evolution, &waivers(&path).unwrap());
    let waived: Vec<&str> = evolution.findings.iter().filter(|it| it.waived.is_some()).map(|it| it.rule.id).collect();
    assert_eq!(waived, ["type-changed"]);
    let [stale] = stale.as_slice() else { panic!("{stale:?}") };
    assert_eq!(stale.position.map(|at| at.line), Some(5));
    assert!(stale.message.contains("pattern-added"), "{stale}");

    fs::write(&path, waiver("no-such-rule", "/a") + "[[waiver]]\nrule = \"type-changed\"\nwhy = 1\n").unwrap();
    let wrong = waivers(&path).unwrap_err().0;
    let said: Vec<&str> = wrong.iter().map(|error| error.message.as_str()).collect();
    assert_eq!(
        said,
        [
            "there is no rule `no-such-rule`",
            "[[waiver]] has no key `why`",
            "[[waiver]] lacks `pointer`",
            "[[waiver]] lacks `reason`"
        ]
    );
}
