//! References whose meaning depends on the way that leads to them, and copies of what the normal form does not have.

use serde_json::{Value, json};

use super::{Folder, PACKAGE, entry, failure, read_in};
use crate::source::{Dialect, Reading, Sources};

/// What is read from documents of this dialect, `a.json` first.
fn load(dialect: Dialect, documents: &[Value]) -> Sources {
    let texts: Vec<String> = documents.iter().map(Value::to_string).collect();
    let names: Vec<String> = ('a'..).take(texts.len()).map(|name| format!("{name}.json")).collect();
    let entries = names.iter().zip(&texts).map(|(name, text)| entry(name, text.as_bytes(), &name[..1]));
    let manifest = PACKAGE.to_owned() + &entries.collect::<String>().replace(super::DRAFT, dialect.uri());
    let files: Vec<(&str, &[u8])> =
        names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    Folder::new(&manifest, &files).load().unwrap_or_else(|error| panic!("{error}"))
}

fn target<'s>(sources: &'s Sources, document: usize, holder: &str) -> (usize, &'s str) {
    sources
        .graph
        .target(document, holder)
        .unwrap_or_else(|| panic!("{holder} of {}", sources.documents[document].schema))
}

fn tree() -> Value {
    json!({
        "$id": "https://example.com/tree",
        "$dynamicAnchor": "node",
        "properties": {"children": {"items": {"$dynamicRef": "#node"}}}
    })
}

#[test]
fn a_dynamic_reference_means_the_outermost_anchor_on_the_way_to_it() {
    let strict = json!({
        "$id": "https://example.com/strict", "$dynamicAnchor": "node", "$ref": "tree", "unevaluatedProperties": false
    });
    let sources = load(Dialect::Draft202012, &[strict, tree()]);
    let copy = target(&sources, 0, "");
    assert_eq!(copy, (0, "/$defs/tree"));
    let node = json!({"properties": {"children": {"items": {"$ref": "#node"}}}});
    assert_eq!(sources.documents[0].schema["$defs"]["tree"], node);
    assert_eq!(target(&sources, 0, "/$defs/tree/properties/children/items"), (0, ""));
    // By itself the tree is one of plain nodes.
    assert_eq!(sources.documents[1].schema, node);
    assert_eq!(target(&sources, 1, "/properties/children/items"), (1, ""));
}

#[test]
fn there_is_no_copy_where_the_scope_makes_no_difference() {
    // The first has another anchor; the second has that of the tree, but goes on to what does not ask for it.
    let other = json!({"$id": "https://example.com/other", "$dynamicAnchor": "leaf", "$ref": "tree"});
    let plain = json!({"$id": "https://example.com/plain", "$dynamicAnchor": "node", "$ref": "scalar"});
    let scalar = json!({"$id": "https://example.com/scalar", "type": "string"});
    let sources = load(Dialect::Draft202012, &[other, tree(), plain, scalar]);
    assert_eq!(target(&sources, 0, ""), (1, ""));
    assert_eq!(target(&sources, 2, ""), (3, ""));
}

#[test]
fn what_is_reached_by_way_of_another_document_is_copied_along() {
    let list = json!({"$id": "https://example.com/list", "items": {"$ref": "tree"}});
    let strict =
        json!({"$id": "https://example.com/strict", "$dynamicAnchor": "node", "properties": {"l": {"$ref": "list"}}});
    let sources = load(Dialect::Draft202012, &[strict, list, tree()]);
    assert_eq!(target(&sources, 0, "/properties/l"), (0, "/$defs/list"));
    assert_eq!(target(&sources, 0, "/$defs/list/items"), (0, "/$defs/tree"));
    assert_eq!(target(&sources, 0, "/$defs/tree/properties/children/items"), (0, ""));
    assert_eq!(target(&sources, 1, "/items"), (2, ""));
}

#[test]
fn a_dynamic_reference_without_an_anchor_of_its_kind_is_a_plain_one() {
    let schema = json!({
        "$id": "https://example.com/a",
        "$defs": {
            "plain": {"$anchor": "x"},
            "inner": {"$id": "inner", "$dynamicAnchor": "x", "properties": {"p": {"$dynamicRef": "a#x"}, "q": {"$dynamicRef": "a#/$defs/plain"}}}
        }
    });
    let sources = load(Dialect::Draft202012, &[schema]);
    assert_eq!(target(&sources, 0, "/$defs/inner/properties/p"), (0, "/$defs/plain"));
    assert_eq!(target(&sources, 0, "/$defs/inner/properties/q"), (0, "/$defs/plain"));
}

#[test]
fn a_plain_reference_to_a_dynamic_anchor_stays_with_its_document() {
    let strict = json!({"$id": "https://example.com/strict", "$dynamicAnchor": "node", "properties": {"t": {"$ref": "tree#node"}}});
    let sources = load(Dialect::Draft202012, &[strict, tree()]);
    assert_eq!(target(&sources, 0, "/properties/t"), (0, "/$defs/tree"));
}

#[test]
fn a_recursive_reference_means_the_outermost_resource_that_allows_it() {
    let tree = json!({
        "$id": "https://example.com/tree", "$recursiveAnchor": true, "properties": {"c": {"$recursiveRef": "#"}}
    });
    let middle = json!({"$id": "https://example.com/middle", "$ref": "tree"});
    let strict = json!({"$id": "https://example.com/strict", "$recursiveAnchor": true, "$ref": "middle"});
    let sources = load(Dialect::Draft201909, &[strict, middle, tree]);
    assert_eq!(target(&sources, 0, ""), (0, "/$defs/middle"));
    assert_eq!(target(&sources, 0, "/$defs/middle"), (0, "/$defs/tree"));
    assert_eq!(target(&sources, 0, "/$defs/tree/properties/c"), (0, ""));
    assert_eq!(target(&sources, 1, ""), (2, ""));
    assert_eq!(target(&sources, 2, "/properties/c"), (2, ""));
}

#[test]
fn a_recursive_reference_stays_in_a_resource_that_does_not_allow_more() {
    let tree = json!({"$id": "https://example.com/tree", "properties": {"c": {"$recursiveRef": "#"}}});
    let strict = json!({"$id": "https://example.com/strict", "$recursiveAnchor": true, "$ref": "tree"});
    let sources = load(Dialect::Draft201909, &[strict, tree]);
    assert_eq!(target(&sources, 0, ""), (1, ""));
    assert_eq!(target(&sources, 1, "/properties/c"), (1, ""));
}

#[test]
fn a_metaschema_need_not_be_listed() {
    for dialect in [Dialect::Draft4, Dialect::Draft6, Dialect::Draft7, Dialect::Draft201909, Dialect::Draft202012] {
        let schema = json!({"items": {"$ref": dialect.uri()}, "$defs": {"schema": {}}, "definitions": {}});
        let (sources, _) = read_in(dialect, &schema);
        let (document, pointer) = target(&sources, 0, "/items");
        let copy = sources.documents[document].schema.pointer(pointer).unwrap();
        assert!(document == 0 && copy["type"] == json!(["object", "boolean"]) || copy["type"] == "object", "{copy}");
        // What is wrong in the copy is said of the reference to it.
        let said = sources.documents[0].error(&format!("{pointer}/type"), "").pointer;
        assert_eq!(said.as_deref(), Some("/items/$ref"), "{dialect}");
    }
}

#[test]
fn a_schema_may_stand_where_no_keyword_holds_one() {
    let schema = json!({
        "properties": {"a": {"$ref": "#/x-y/0"}, "b": {"$ref": "#/x-y/0/items"}, "c": {"$ref": "#/x-z"}},
        "x-y": [{"items": {"type": "string"}}],
        "x-z": true,
        "$defs": {"0": {}}
    });
    let (sources, _) = read_in(Dialect::Draft202012, &schema);
    let document = &sources.documents[0];
    assert_eq!(target(&sources, 0, "/properties/a"), (0, "/$defs/0_2"));
    assert_eq!(target(&sources, 0, "/properties/b"), (0, "/$defs/0_2/items"));
    assert_eq!(target(&sources, 0, "/properties/c"), (0, "/$defs/x-z"));
    assert_eq!(document.schema["$defs"], json!({"0": {}, "0_2": {"items": {"type": "string"}}, "x-z": true}));
    assert_eq!(document.error("/$defs/0_2/items/type", "").pointer.as_deref(), Some("/x-y/0/items/type"));
    assert_eq!(document.read_pointer("/x-y/0/items/type"), "/$defs/0_2/items/type");
    let listed = document.keywords().iter().filter(|keyword| matches!(keyword.reading, Reading::As(_)));
    let listed: Vec<&str> = listed.map(|keyword| keyword.pointer.as_str()).collect();
    let (referring, rest) = listed.split_at(4);
    assert_eq!(referring, ["/properties", "/properties/a/$ref", "/properties/b/$ref", "/properties/c/$ref"]);
    assert_eq!(rest, ["/x-y", "/x-y/0/items", "/x-y/0/items/type", "/x-z", "/$defs"]);
}

#[test]
fn what_no_keyword_holds_is_checked_when_a_reference_leads_there() {
    let text = r##"{"properties": {"a": {"$ref": "#/x-y"}, "b": {"$ref": "#/x-y"}},
"x-y": {"type": "strng", "items": {"pattern": "("}, "allOf": [{"$ref": "#/x-y/z"}]}}"##;
    assert_eq!(
        failure(text),
        [
            "error: a.json:2:72: #/x-y/allOf/0/$ref: `$ref` to `#/x-y/z` leads to a pointer at which the document has nothing",
            "error: a.json:2:17: #/x-y/type: `type` does not allow \"strng\"",
            "error: a.json:2:47: #/x-y/items/pattern: `(` is not a regular expression that can be compiled",
        ]
    );
}

#[test]
fn what_a_schema_can_ask_for_is_known_however_far_it_is() {
    let link = |name: &str, next: &str| json!({"$id": format!("https://example.com/{name}"), "items": {"$ref": next}});
    let strict = json!({"$id": "https://example.com/strict", "$dynamicAnchor": "node", "items": {"$ref": "far"}});
    let sources = load(Dialect::Draft202012, &[tree(), link("near", "tree"), link("far", "near"), strict]);
    assert_eq!(target(&sources, 3, "/items"), (3, "/$defs/far"));
    assert_eq!(target(&sources, 3, "/$defs/far/items"), (3, "/$defs/near"));
    assert_eq!(target(&sources, 3, "/$defs/near/items"), (3, "/$defs/tree"));
    // Where no keyword holds a schema, one may ask for anything.
    let hidden = json!({"$id": "https://example.com/hidden", "x-y": {"items": {"$ref": "tree"}}});
    let root = json!({
        "$id": "https://example.com/root",
        "items": {"$ref": "hidden#/x-y"},
        "$defs": {"strict": {"$id": "strict", "$dynamicAnchor": "node", "items": {"$ref": "hidden#/x-y"}}}
    });
    let sources = load(Dialect::Draft202012, &[root, hidden, tree()]);
    assert_eq!(target(&sources, 0, "/items"), (0, "/$defs/x-y"));
    assert_eq!(target(&sources, 0, "/$defs/x-y/items"), (2, ""));
    assert_eq!(target(&sources, 0, "/$defs/strict/items"), (0, "/$defs/x-y_2"));
    assert_eq!(target(&sources, 0, "/$defs/x-y_2/items"), (0, "/$defs/tree"));
}

#[test]
fn an_embedded_resource_is_part_of_the_scope() {
    let root = json!({"$id": "https://example.com/root", "$defs": {
        "strict": {"$id": "strict", "$dynamicAnchor": "node", "$ref": "tree"}
    }});
    let sources = load(Dialect::Draft202012, &[root, tree()]);
    assert_eq!(target(&sources, 0, "/$defs/strict"), (0, "/$defs/tree"));
    assert_eq!(target(&sources, 0, "/$defs/tree/properties/children/items"), (0, "/$defs/strict"));
}

#[test]
fn a_recursive_anchor_counts_at_the_root_of_a_resource_only() {
    let tree = json!({
        "$id": "https://example.com/tree", "$recursiveAnchor": true, "properties": {"c": {"$recursiveRef": "#"}}
    });
    let other =
        json!({"$id": "https://example.com/o", "$ref": "tree", "properties": {"p": {"$recursiveAnchor": true}}});
    let sources = load(Dialect::Draft201909, &[other, tree]);
    assert_eq!(target(&sources, 0, ""), (1, ""));
}
