//! Schemas within schemas that have identifiers of their own, and what refers to them.

use serde_json::{Value, json};

use super::{DRAFT, Folder, PACKAGE, entry, failure, read_in};
use crate::source::Dialect;

/// Where the reference of each of `holders` leads in `schema`, the only document.
fn targets(dialect: Dialect, schema: &Value, holders: &[&str]) -> Vec<String> {
    let (sources, _) = read_in(dialect, schema);
    let target = |holder: &&str| sources.graph.target(0, holder).unwrap_or_else(|| panic!("{holder}")).1.to_owned();
    holders.iter().map(target).collect()
}

#[test]
fn a_reference_is_relative_to_the_nearest_identifier() {
    let schema = json!({
        "$id": "https://example.com/root",
        "$defs": {
            "a": {"$id": "dir/a", "$defs": {"b": {"$id": "b", "$anchor": "x"}, "c": {"$ref": "b"}}},
            "b": {"$id": "b"}
        },
        "properties": {
            "outer": {"$ref": "b"}, "inner": {"$ref": "dir/b#x"}, "through": {"$ref": "dir/a#/$defs/b"},
            "pointer": {"$ref": "#/$defs/a/$defs/b"}
        }
    });
    let holders =
        ["/$defs/a/$defs/c", "/properties/outer", "/properties/inner", "/properties/through", "/properties/pointer"];
    let b = "/$defs/a/$defs/b";
    for dialect in [Dialect::Draft201909, Dialect::Draft202012] {
        assert_eq!(targets(dialect, &schema, &holders), [b, "/$defs/b", b, b, b]);
    }
}

#[test]
fn identifiers_of_the_older_drafts_may_be_anchors_and_are_ignored_beside_a_reference() {
    for (dialect, id) in [(Dialect::Draft4, "id"), (Dialect::Draft6, "$id"), (Dialect::Draft7, "$id")] {
        let schema = json!({
            id: "urn:example:root",
            "definitions": {"a": {id: "#here"}, "b": {id: "https://example.com/b"}},
            "properties": {
                "anchor": {"$ref": "#here"},
                "urn": {"$ref": "urn:example:root#/definitions/a"},
                "ignored": {id: "https://example.com/", "$ref": "#/definitions/a"},
                "absolute": {"$ref": "https://example.com/b"}
            }
        });
        let holders = ["/properties/anchor", "/properties/urn", "/properties/ignored", "/properties/absolute"];
        let a = "/definitions/a";
        assert_eq!(targets(dialect, &schema, &holders), [a, a, a, "/definitions/b"], "{dialect}");
    }
}

#[test]
fn what_is_written_where_no_schema_stands_is_not_followed() {
    let nowhere = json!({"$ref": "nowhere", "$id": "http://a b", "$schema": "nowhere", "$anchor": "x"});
    for keyword in ["default", "x-y", "if", "enum", "$defs"] {
        let value = if keyword == "enum" { json!([nowhere]) } else { json!({"a": nowhere, "not": nowhere}) };
        let schema = json!({keyword: value, "title": "t"});
        assert_eq!(read_in(Dialect::Draft4, &schema).0.documents[0].schema["title"], "t", "{keyword}");
    }
    let schema = json!({"$ref": "#/definitions/a", "definitions": {"a": {}}, "properties": {"a": {"$ref": "nowhere"}}});
    assert_eq!(targets(Dialect::Draft7, &schema, &[""]), ["/definitions/a"]);
}

#[test]
fn an_anchor_beside_a_reference_names_nothing_in_the_older_drafts() {
    let schema = json!({
        "$schema": Dialect::Draft7.uri(),
        "definitions": {"a": {"$id": "#x", "$ref": "#/definitions/b"}, "b": {}},
        "items": {"$ref": "#x"}
    });
    let text = schema.to_string();
    let manifest = PACKAGE.to_owned() + &entry("a.json", text.as_bytes(), "a").replace(DRAFT, Dialect::Draft7.uri());
    let printed = Folder::new(&manifest, &[("a.json", text.as_bytes())]).failure();
    assert_eq!(printed.len(), 1);
    assert!(printed[0].ends_with("`$ref` to `#x` leads to an anchor that the document does not have"), "{printed:?}");
}

#[test]
fn a_dialect_counts_only_where_a_resource_begins() {
    let schema = json!({
        "definitions": {"a": {"$schema": DRAFT, "prefixItems": 1, "definitions": {"b": {"$id": "#x"}}}},
        "items": {"$ref": "#x"}
    });
    assert_eq!(targets(Dialect::Draft7, &schema, &["/items"]), ["/definitions/a/definitions/b"]);
}

#[test]
fn the_schema_of_what_a_string_encodes_can_be_referred_to() {
    let schema =
        json!({"contentSchema": {"$id": "urn:c", "$anchor": "x", "type": "null"}, "items": {"$ref": "urn:c#x"}});
    assert_eq!(targets(Dialect::Draft202012, &schema, &["/items"]), ["/$defs/contentSchema"]);
}

#[test]
fn an_identifier_in_a_value_that_is_no_schema_names_nothing() {
    let printed = failure(r#"{"enum": [{"$id": "https://example.com/a"}], "$ref": "https://example.com/a"}"#);
    assert_eq!(printed.len(), 1);
    assert!(printed[0].ends_with("leads to a document that the manifest does not list"), "{printed:?}");
}

#[test]
fn an_embedded_schema_may_have_another_dialect() {
    let schema = json!({
        "items": {"$id": "https://example.com/a", "$schema": Dialect::Draft7.uri(), "items": [{"const": 1}]}
    });
    let (sources, _) = read_in(Dialect::Draft202012, &schema);
    assert_eq!(sources.documents[0].schema, json!({"items": {"prefixItems": [{"const": 1}]}}));
}

#[test]
fn the_manifest_and_the_file_name_a_document_besides_its_identifier() {
    let a = r##"{"allOf": [{"$ref": "https://example.com/given"}, {"$ref": "b.json"}, {"$ref": "urn:own"}]}"##;
    let b = r#"{"$id": "urn:own"}"#;
    let given = "uri = \"https://example.com/given\"\n";
    let manifest = PACKAGE.to_owned() + &entry("a.json", a.as_bytes(), "a") + &entry("b.json", b.as_bytes(), "b");
    let folder = Folder::new(&(manifest + given), &[("a.json", a.as_bytes()), ("b.json", b.as_bytes())]);
    let sources = folder.load().unwrap_or_else(|error| panic!("{error}"));
    for holder in ["/allOf/0", "/allOf/1", "/allOf/2"] {
        assert_eq!(sources.graph.target(0, holder), Some((1, "")), "{holder}");
    }
}

#[test]
fn references_are_relative_to_the_uri_of_the_manifest() {
    let (a, b) = (r#"{"$ref": "dir/b#/$defs/x"}"#, r#"{"$defs": {"x": {}}}"#);
    let uri = |uri: &str| format!("uri = \"https://example.com/{uri}\"\n");
    let manifest = PACKAGE.to_owned() + &entry("a.json", a.as_bytes(), "a") + &uri("a");
    let manifest = manifest + &entry("b.json", b.as_bytes(), "b") + &uri("dir/b");
    let folder = Folder::new(&manifest, &[("a.json", a.as_bytes()), ("b.json", b.as_bytes())]);
    let sources = folder.load().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(sources.graph.target(0, ""), Some((1, "/$defs/x")));
}

#[test]
fn an_identifier_that_is_there_twice_or_no_uri_is_reported() {
    assert_eq!(
        failure(r#"{"$defs": {"a": {"$id": "urn:x"}, "b": {"$id": "urn:x"}, "c": {"$id": "http://a b"}}}"#),
        [
            "error: a.json:1:71: #/$defs/c/$id: `$id` is `http://a b`, which is not a URI reference",
            "error: a.json:1:48: #/$defs/b/$id: `a.json` has the same `$id`",
        ]
    );
}

/// What loading gives when the metaschema of a document has these vocabularies.
fn with_vocabularies(vocabularies: &Value) -> Folder {
    let text = json!({"$schema": "urn:meta", "type": "string", "items": {"minimum": 1}, "format": "f"}).to_string();
    let meta = json!({"$id": "urn:meta", "$vocabulary": vocabularies}).to_string();
    let manifest = PACKAGE.to_owned() + &entry("a.json", text.as_bytes(), "a") + &entry("m.json", meta.as_bytes(), "m");
    Folder::new(&manifest, &[("a.json", text.as_bytes()), ("m.json", meta.as_bytes())])
}

#[test]
fn a_metaschema_without_a_vocabulary_makes_its_keywords_annotations() {
    let applicator = "https://json-schema.org/draft/2020-12/vocab/applicator";
    let folder = with_vocabularies(&json!({applicator: true, "urn:unknown": false}));
    let sources = folder.load().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(sources.documents[0].schema, json!({"items": {}, "format": "f"}));
    let folder = with_vocabularies(&json!({"urn:unknown": true}));
    let message = "the metaschema requires the vocabulary `urn:unknown`, which is not known";
    assert_eq!(folder.failure(), [format!("error: a.json:1:12: #/$schema: {message}")]);
}

/// Documents are looked up in registries of a few each; which one has a document makes no difference.
#[test]
fn each_of_many_documents_is_found_from_each_other() {
    const COUNT: usize = 50;
    let text = |number: usize| {
        let next = format!("https://example.com/{}", (number + 17) % COUNT);
        json!({
            "$id": format!("https://example.com/{number}"),
            // The same as the `$id` below: a URI may be spelled otherwise.
            "$schema": "HTTPS://Example.com/%7Emeta",
            "$defs": {
                "own": {"$id": format!("inner/{number}"), "$anchor": "x"},
                "root": {"$ref": next}, "inner": {"$ref": format!("/inner/{}#x", (number + 17) % COUNT)}
            }
        })
        .to_string()
    };
    let meta = json!({"$id": "https://example.com/~meta", "$vocabulary": {"urn:unknown": false}}).to_string();
    let names: Vec<String> = (0..COUNT).map(|number| format!("{number}.json")).collect();
    let texts: Vec<String> = (0..COUNT).map(text).collect();
    let files = names.iter().map(String::as_str).zip(texts.iter().map(String::as_bytes));
    let folder = Folder::listing(&files.chain([("meta.json", meta.as_bytes())]).collect::<Vec<_>>());
    let sources = folder.load().unwrap_or_else(|error| panic!("{error}"));
    for number in 0..COUNT {
        let next = (number + 17) % COUNT;
        assert_eq!(sources.graph.target(number, "/$defs/root"), Some((next, "")));
        assert_eq!(sources.graph.target(number, "/$defs/inner"), Some((next, "/$defs/own")));
    }
}
