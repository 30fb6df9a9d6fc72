//! Which definitions are compared with which.

use serde_json::{Value, json};

use super::super::Verdict;
use super::{definition, evolution};

fn api(schemas: &Value) -> Value {
    json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": schemas}})
}

#[test]
fn definitions_are_added_removed_and_renamed() {
    let pet = json!({"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}});
    let old = api(&json!({"Pet": pet, "Old": {"type": "boolean"}, "Same": {"type": "string"}}));
    let new = api(&json!({"Animal": pet, "New": {"type": "integer"}, "Same": {"type": "string"}}));
    let evolution = evolution("api.json", &old, &new);
    let said: Vec<(&str, Verdict)> = evolution.definitions.iter().map(|it| (it.name.as_str(), it.verdict)).collect();
    assert_eq!(
        said,
        [("Animal", Verdict::Renamed), ("New", Verdict::Added), ("Old", Verdict::Removed), ("Same", Verdict::Equal)]
    );
    assert_eq!(definition(&evolution, "Animal").old_name.as_deref(), Some("Pet"));
    let rules: Vec<&str> = evolution.findings.iter().map(|finding| finding.rule.id).collect();
    assert_eq!(rules, ["definition-renamed", "definition-added", "definition-removed"]);
}

#[test]
fn what_changed_by_a_reference_is_found_there_and_told_once() {
    let tree = |length: u64| {
        api(&json!({
            "Tree": {"type": "object", "properties": {
                "name": {"$ref": "#/components/schemas/Name"}
            }},
            "Forest": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
            "Name": {"type": "string", "maxLength": length}
        }))
    };
    let evolution = evolution("api.json", &tree(5), &tree(9));
    for (name, is_by_reference) in [("Tree", true), ("Forest", true), ("Name", false)] {
        let compared = definition(&evolution, name);
        assert!(compared.witness.gained.is_some(), "{name}");
        assert_eq!(compared.is_by_reference, is_by_reference, "{name}");
    }
    assert_eq!(definition(&evolution, "Name").verdict, Verdict::Widened);
    let [finding] = evolution.findings.as_slice() else { panic!("{:#?}", evolution.findings) };
    assert_eq!((finding.rule.id, finding.definition.as_str()), ("bound-loosened", "Name"));
    assert_eq!(finding.location.pointer, "/components/schemas/Name/maxLength");
}
