//! References: where they lead, and those that lead nowhere.

use serde_json::json;

use super::{Folder, failure, success};
use crate::source::Sources;

fn two(a: &str, b: &str) -> Folder {
    Folder::listing(&[("v1/a.json", a.as_bytes()), ("b.json", b.as_bytes())])
}

fn target<'s>(sources: &'s Sources, holder: &str) -> Option<(usize, &'s str)> {
    sources.graph.target(0, holder)
}

#[test]
fn references_within_a_document_are_resolved() {
    let text = json!({
        "$defs": {"a/b %": {"$anchor": "here"}, "list": {"prefixItems": [{}, true]}},
        "properties": {
            "root": {"$ref": "#"},
            "escaped": {"$ref": "#/$defs/a~1b%20%25"},
            "anchor": {"$ref": "#here"},
            "element": {"$ref": "#/$defs/list/prefixItems/1"},
            "none": {"default": {"$ref": "#/nowhere"}}
        }
    });
    let (sources, _) = success(&text.to_string());
    assert_eq!(target(&sources, "/properties/root"), Some((0, "")));
    assert_eq!(target(&sources, "/properties/escaped"), Some((0, "/$defs/a~1b %")));
    assert_eq!(target(&sources, "/properties/anchor"), Some((0, "/$defs/a~1b %")));
    assert_eq!(target(&sources, "/properties/element"), Some((0, "/$defs/list/prefixItems/1")));
    assert_eq!(target(&sources, "/properties/none"), None);
}

#[test]
fn references_to_listed_documents_are_resolved_by_id_and_by_file() {
    let a = json!({"properties": {
        "id": {"$ref": "https://example.com/b#/$defs/x"},
        "file": {"$ref": "../b.json#there"},
        "component": {"$ref": "#/components/schemas/Own"}
    }, "$id": "#/components/schemas/Own"});
    let b = json!({"$id": "https://example.com/b", "$defs": {"x": {"$anchor": "there"}}});
    let sources = two(&a.to_string(), &b.to_string()).load().unwrap();
    assert_eq!(target(&sources, "/properties/id"), Some((1, "/$defs/x")));
    assert_eq!(target(&sources, "/properties/file"), Some((1, "/$defs/x")));
    assert_eq!(target(&sources, "/properties/component"), Some((0, "")));
}

#[test]
fn a_reference_is_relative_to_the_documents_id() {
    let a = json!({"$id": "https://example.com/v2/a", "$ref": "b"});
    let sources = two(&a.to_string(), r#"{"$id": "https://example.com/v2/b"}"#).load().unwrap();
    assert_eq!(target(&sources, ""), Some((1, "")));
}

#[test]
fn a_component_of_another_file_is_found_unless_the_document_has_that_pointer() {
    let b = r##"{"$id": "#/components/schemas/B"}"##;
    let a = json!({"$ref": "#/components/schemas/B"}).to_string();
    assert_eq!(target(&two(&a, b).load().unwrap(), ""), Some((1, "")));
    let a = json!({"$ref": "#/$defs/B", "$defs": {"B": {}}}).to_string();
    let b = r##"{"$id": "#/$defs/B"}"##;
    assert_eq!(target(&two(&a, b).load().unwrap(), ""), Some((0, "/$defs/B")));
}

#[test]
fn a_component_is_not_looked_for_where_another_document_is_named() {
    let a = json!({"$ref": "../b.json#/components/schemas/A", "$id": "#/components/schemas/A"}).to_string();
    let errors: Vec<_> = two(&a, "{}").failure().into_iter().filter(|line| line.starts_with("error")).collect();
    let reason = "leads to a pointer at which the document has nothing";
    assert_eq!(errors, [format!("error: v1/a.json:1:9: #/$ref: `$ref` to `../b.json#/components/schemas/A` {reason}")]);
}

#[test]
fn a_target_below_a_wrapped_schema_is_found_where_it_went() {
    let text = json!({"$ref": "#/$defs/a/properties/p", "$defs": {
        "a": {"nullable": true, "const": {}, "properties": {"p": {}}}
    }});
    let (sources, _) = success(&text.to_string());
    let (_, pointer) = target(&sources, "").unwrap();
    assert_eq!(pointer, "/$defs/a/anyOf/0/properties/p");
    assert_eq!(sources.documents[0].schema.pointer(pointer), Some(&json!({})));
}

#[test]
fn references_that_lead_nowhere_are_all_reported() {
    assert_eq!(
        failure(
            r##"{"allOf": [
{"$ref": "#/$defs/missing"},
{"$ref": "#missing"},
{"$ref": "https://example.com/schema"},
{"$ref": "other.json"},
{"$ref": "#/examples/0"},
{"$ref": "http://[a"},
{"$dynamicRef": "#x"},
{"$ref": "#/components/schemas/C"}
], "default": {}, "examples": [1], "$defs": {}}"##
        ),
        [
            "error: a.json:2:10: #/allOf/0/$ref: `$ref` to `#/$defs/missing` leads to a pointer at which the document has nothing",
            "error: a.json:3:10: #/allOf/1/$ref: `$ref` to `#missing` leads to an anchor that the document does not have",
            "error: a.json:4:10: #/allOf/2/$ref: `$ref` to `https://example.com/schema` leads to a document that the manifest does not list",
            "error: a.json:5:10: #/allOf/3/$ref: `$ref` to `other.json` leads to a document that the manifest does not list",
            "error: a.json:6:10: #/allOf/4/$ref: `$ref` to `#/examples/0` leads to a value that is not a schema",
            "error: a.json:7:10: #/allOf/5/$ref: `$ref` to `http://[a` is not a URI reference",
            "error: a.json:8:17: #/allOf/6/$dynamicRef: `$dynamicRef` to `#x` leads to an anchor that the document does not have",
            "error: a.json:9:10: #/allOf/7/$ref: `$ref` to `#/components/schemas/C` leads neither to a value of the document nor to another document by its `$id`",
        ]
    );
}

#[test]
fn a_document_that_cannot_be_read_makes_no_error_of_references_to_it() {
    let folder =
        two(r##"{"allOf": [{"$ref": "../b.json"}, {"$ref": "#/components/schemas/B"}, {"$ref": "#x"}]}"##, "{");
    assert_eq!(
        folder.failure(),
        [
            "error: b.json:1:1: #: the JSON ends too early",
            "error: v1/a.json:1:80: #/allOf/2/$ref: `$ref` to `#x` leads to an anchor that the document does not have",
        ]
    );
}

#[test]
fn names_that_are_there_twice_are_reported() {
    let folder =
        two(r##"{"$id": "#/d/X"}"##, r##"{"$id": "#/d/X", "$defs": {"a": {"$anchor": "n"}, "b": {"$anchor": "n"}}}"##);
    let errors: Vec<_> = folder.failure().into_iter().filter(|line| line.starts_with("error")).collect();
    assert_eq!(
        errors,
        [
            "error: b.json:1:9: #/$id: `v1/a.json` has the same `$id`",
            "error: b.json:1:68: #/$defs/b/$anchor: `n` is also the anchor of #/$defs/a",
        ]
    );
}

#[test]
fn a_circle_that_stays_with_the_value_is_reported_once() {
    let a = json!({"$id": "https://example.com/a", "$ref": "b"}).to_string();
    let b = json!({"$id": "https://example.com/b", "anyOf": [{"$ref": "a"}]}).to_string();
    let way = "v1/a.json# -> b.json# -> b.json#/anyOf/0 -> v1/a.json#";
    assert_eq!(
        two(&a, &b).failure(),
        [format!(
            "error: v1/a.json:1:39: #/$ref: this `$ref` leads back to itself without going on to a part of the value: {way}"
        )]
    );
    let printed = failure(
        r##"{"$defs": {"a": {"$ref": "#/$defs/a"}, "b": {"not": {"$ref": "#/$defs/b"}}, "c": {"$ref": "#/$defs/b"}}, "allOf": [{"anyOf": [{}]}]}"##,
    );
    assert_eq!(printed.len(), 2, "{printed:?}");
}

#[test]
fn a_circle_through_a_part_of_the_value_is_an_ordinary_recursion() {
    let text = json!({"properties": {"next": {"$ref": "#"}}, "items": {"anyOf": [{"$ref": "#"}, {"type": "null"}]}});
    assert_eq!(target(&success(&text.to_string()).0, "/items/anyOf/0"), Some((0, "")));
}
