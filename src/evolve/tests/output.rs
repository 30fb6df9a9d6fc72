//! What is written about an evolution, and what waivers do to it.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json};

use super::super::rules::Step;
use super::super::{Markdown, Proposal, Table, json as report, rules, waive, waivers};
use super::whole;

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

fn changed() -> super::Evolution {
    let schema = |types: &str, length: u64| {
        json!({
            "$schema": DRAFT,
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
    assert_eq!(report["rust"]["step"], "major");
    assert_eq!(report["rust"]["findings"][0]["rule"], "rust-field-retyped");
    assert_eq!(report["rust"]["findings"][0]["at"]["pointer"], "/properties/a|`b`");
}

#[test]
fn texts_name_rule_place_and_value() {
    let evolution = changed();
    let (text, markdown) = (Table(&evolution).to_string(), Markdown(&evolution).to_string());
    assert!(
        text.ends_with("in Rust: 0 patch, 1 minor, 1 major; the version of the generated crate takes a major step"),
        "{text}"
    );
    for wanted in [
        "rust-field-retyped: the field `a_b` was of type `Option<String>`, and is",
        "type-changed",
        "#/properties/a|`b`/type",
        "refused now:",
        "sender: error",
    ] {
        assert!(text.contains(wanted), "{text}");
    }
    let rows = markdown.lines().filter(|line| line.contains("`type-changed`")).collect::<Vec<_>>();
    assert_eq!(rows.len(), 1, "{markdown}");
    assert!(rows[0].contains("a\\|`b`/type"), "{markdown}");
    assert!(markdown.contains("\n| `types::A` | `rust-field-retyped` |"), "{markdown}");
}

#[test]
fn a_proposal_says_what_is_for_whom() {
    let evolution = changed();
    let proposal = Proposal::of(&evolution).to_string();
    let lines: Vec<&str> = proposal.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(
        lines,
        [
            "## Next version",
            "A major step.",
            "### For those who send",
            "Some requests of the last version are refused:",
            "- `a`: the type was string, and is integer",
            "- `a/C`: `maxLength` was 3, and is 2",
            "### For those who receive",
            "Some responses of this version are refused:",
            "- `a`: the type was string, and is integer",
            "### For those who compile",
            "Programs that use these may have to change:",
            "- `types::A`: the field `a_b` was of type `Option<String>`, and is of type `Option<i64>`",
            "Besides, where programs compile as before:",
            "- a constant has another value, as the rule has that it is the value of: once",
        ]
    );
    let same =
        whole("a.json", &json!({"$schema": DRAFT, "type": "string"}), &json!({"$schema": DRAFT, "type": "string"}));
    assert_eq!(Proposal::of(&same).to_string(), "Nothing is to be released.");
}

#[test]
fn a_proposal_says_the_same_thing_of_a_definition_once() {
    let schema = |least: u64| {
        let number = json!({"type": "integer", "minimum": least});
        json!({"$schema": DRAFT, "type": "object", "properties": {"a": number, "b": number, "c": {"type": "string"}}})
    };
    let proposal = Proposal::of(&whole("a.json", &schema(1), &schema(2))).to_string();
    let said = proposal.lines().find(|line| line.starts_with("- `a`")).unwrap();
    assert_eq!(said, "- `a`: `minimum` was 1, and is 2, at 2 places");
}

#[test]
fn the_page_of_rules_is_what_the_tables_say() {
    let page = include_str!("../rules/README.md");
    assert_eq!(page, rules::Page.to_string(), "write it anew: cargo xtask diff --rules > src/evolve/rules/README.md");
}

#[test]
fn ids_of_rules_are_told_apart() {
    let ids: BTreeSet<&str> = rules::ids().collect();
    assert_eq!(ids.len(), rules::ids().count());
    let purposes = rules::all().map(|rule| rule.purpose).chain(rules::all_of_rust().map(|rule| rule.purpose));
    assert!(purposes.into_iter().all(|purpose| !purpose.is_empty() && !purpose.ends_with('.')));
}

#[test]
fn a_waiver_takes_its_finding_and_one_without_a_finding_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("waivers.toml");
    let waiver = |rule: &str, pointer: &str| {
        format!("[[waiver]]\nrule = \"{rule}\"\npointer = \"{pointer}\"\nreason = \"nobody sends it\"\n")
    };
    let listed = [
        waiver("type-changed", "#/properties/a|`b`/type"),
        waiver("pattern-added", "/properties/c"),
        waiver("rust-field-retyped", "/properties/a|`b`"),
    ];
    fs::write(&path, listed.concat()).unwrap();
    let mut evolution = changed();
    assert_eq!(evolution.rust.worst(), Some(Step::Major));
    let stale = waive(&mut evolution, &waivers(&path).unwrap());
    let waived: Vec<&str> = evolution.findings.iter().filter(|it| it.waived.is_some()).map(|it| it.rule.id).collect();
    assert_eq!(waived, ["type-changed"]);
    // What is waived is still what the version has to follow.
    assert_eq!((evolution.rust.worst(), evolution.rust.step), (Some(Step::Minor), Some(Step::Major)));
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
