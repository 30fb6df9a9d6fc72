//! What the keywords of each dialect become in the normal form.

use serde_json::{Value, json};

use super::{Folder, normal, read_in, success};
use crate::generate;
use crate::prove::claims;
use crate::source::{Dialect, Reading};
use crate::vocabulary::Role;

const OLD: [Dialect; 4] = [Dialect::Draft4, Dialect::Draft6, Dialect::Draft7, Dialect::OpenApi30];
const NEW: [Dialect; 3] = [Dialect::Draft201909, Dialect::Draft202012, Dialect::OpenApi31];

/// Asserts that each of `dialects` reads `written` as `expected`.
fn assert_reads(dialects: &[Dialect], written: &Value, expected: &Value) {
    for dialect in dialects {
        assert_eq!(normal(*dialect, written), *expected, "{dialect}: {written}");
    }
}

#[test]
fn a_dialect_is_named_by_its_uri_with_or_without_an_empty_fragment() {
    for dialect in OLD.into_iter().chain(NEW) {
        let bare = dialect.uri().trim_end_matches('#');
        assert_eq!(Dialect::from_uri(bare), Some(dialect));
        assert_eq!(Dialect::from_uri(&format!("{bare}#")), Some(dialect));
        assert_eq!(Dialect::from_uri(&format!("{bare}#x")), None);
    }
}

#[test]
fn a_keyword_that_the_dialect_does_not_have_is_left_out() {
    let since: [(&str, Value, &[Dialect]); 8] = [
        ("const", json!(1), &[Dialect::Draft4, Dialect::OpenApi30]),
        ("contains", json!({}), &[Dialect::Draft4, Dialect::OpenApi30]),
        ("propertyNames", json!({}), &[Dialect::Draft4, Dialect::OpenApi30]),
        ("if", json!({}), &[Dialect::Draft4, Dialect::Draft6, Dialect::OpenApi30]),
        ("dependentRequired", json!({"a": []}), &OLD),
        ("unevaluatedItems", json!(false), &OLD),
        ("$defs", json!({}), &OLD),
        ("patternProperties", json!({"a": {}}), &[Dialect::OpenApi30]),
    ];
    for (keyword, value, without) in since {
        for dialect in OLD.into_iter().chain(NEW) {
            let written = json!({"title": "t", keyword: value});
            let expected = if without.contains(&dialect) { json!({"title": "t"}) } else { written.clone() };
            assert_eq!(normal(dialect, &written), expected, "{keyword} in {dialect}");
        }
    }
    for (keyword, dialects) in [("dependencies", &NEW[..]), ("additionalItems", &NEW[1..]), ("$recursiveAnchor", &OLD)]
    {
        assert_reads(dialects, &json!({keyword: {}, "x-y": 1}), &json!({"x-y": 1}));
    }
}

#[test]
fn identifiers_are_left_out() {
    let id = json!({"$id": "https://example.com/a", "properties": {"b": {"$id": "b"}}});
    assert_reads(&[Dialect::Draft6, Dialect::Draft7], &id, &json!({"properties": {"b": {}}}));
    assert_reads(&NEW, &id, &json!({"properties": {"b": {}}}));
    let id = json!({"id": "https://example.com/a"});
    assert_reads(&[Dialect::Draft4], &id, &json!({}));
    // An unknown word is an annotation.
    assert_reads(&[Dialect::Draft6, Dialect::Draft202012, Dialect::OpenApi30], &id, &id);
    let anchors =
        json!({"$anchor": "a", "$dynamicAnchor": "b", "$vocabulary": {}, "$schema": Dialect::Draft202012.uri()});
    assert_reads(&[Dialect::Draft202012], &anchors, &json!({}));
}

#[test]
fn an_array_of_items_becomes_prefix_items_and_what_is_additional_the_items() {
    let old = &[Dialect::Draft4, Dialect::Draft6, Dialect::Draft7, Dialect::Draft201909];
    assert_reads(
        old,
        &json!({"items": [{"type": "null"}, {}], "additionalItems": {"type": "string"}}),
        &json!({"prefixItems": [{"type": "null"}, {}], "items": {"type": "string"}}),
    );
    assert_reads(old, &json!({"items": [{}], "additionalItems": false}), &json!({"prefixItems": [{}], "items": false}));
    assert_reads(
        old,
        &json!({"items": {"type": "null"}, "additionalItems": false}),
        &json!({"items": {"type": "null"}}),
    );
    assert_reads(old, &json!({"additionalItems": false}), &json!({}));
}

#[test]
fn dependencies_become_names_that_are_required_and_schemas_that_apply() {
    let written = json!({"dependencies": {"a": ["b"], "c": {"minProperties": 3}, "d/e": ["f"]}});
    let expected = json!({
        "dependentRequired": {"a": ["b"], "d/e": ["f"]},
        "dependentSchemas": {"c": {"minProperties": 3}}
    });
    assert_reads(&[Dialect::Draft4, Dialect::Draft6, Dialect::Draft7], &written, &expected);
    assert_reads(
        &[Dialect::Draft7],
        &json!({"dependencies": {"a": false}}),
        &json!({"dependentSchemas": {"a": false}}),
    );
}

#[test]
fn a_limit_with_a_flag_becomes_an_exclusive_one() {
    let written = json!({"minimum": 1, "exclusiveMinimum": true, "maximum": 5, "exclusiveMaximum": false});
    let all: Vec<Dialect> = OLD.into_iter().chain(NEW).collect();
    assert_reads(&all, &written, &json!({"exclusiveMinimum": 1, "maximum": 5}));
    let (_, notes) = read_in(Dialect::Draft4, &written);
    assert_eq!(notes, [""; 0]);
    let (_, notes) = read_in(Dialect::Draft202012, &written);
    assert_eq!(notes.len(), 2, "{notes:?}");
    assert!(notes[1].ends_with(
        "#/exclusiveMinimum: `exclusiveMinimum` is `true` or `false` in draft 4, not in 2020-12; it is read with `minimum`"
    ));
}

#[test]
fn a_flag_that_says_no_says_nothing_without_its_limit() {
    for dialect in OLD.into_iter().chain(NEW) {
        let (sources, notes) =
            read_in(dialect, &json!({"exclusiveMaximum": false, "items": {"exclusiveMinimum": false}}));
        assert_eq!(sources.documents[0].schema, json!({"items": {}}));
        assert_eq!(notes.len(), 2, "{notes:?}");
        let said = "`exclusiveMaximum` is `false` without a `maximum` that it could be about; it says nothing";
        assert_eq!(notes[0], format!("note: a.json:1:21: #/exclusiveMaximum: {said}"));
    }
}

#[test]
fn what_is_required_twice_is_required_once() {
    for dialect in [Dialect::Draft4, Dialect::Draft202012] {
        let (sources, notes) = read_in(dialect, &json!({"required": ["a", "b", "a"]}));
        assert_eq!(sources.documents[0].schema, json!({"required": ["a", "b"]}));
        let said = "`required` has a name twice; it is read as if it had it once";
        assert_eq!(notes, [format!("note: a.json:1:13: #/required: {said}")]);
    }
}

#[test]
fn a_format_of_no_text_and_no_number_and_a_keyword_of_other_dialects_are_noted() {
    let (_, notes) = read_in(
        Dialect::OpenApi30,
        &json!({"type": "array", "format": "set", "items": {"const": 1, "format": "uuid"}}),
    );
    let said = [
        "#/format: `format` says nothing here: formats are of texts and numbers; it is kept as an annotation",
        "#/items/const: `const` is no keyword of OpenAPI 3.0; it refuses nothing",
    ];
    assert_eq!(notes.len(), 2, "{notes:?}");
    assert!(notes.iter().zip(said).all(|(note, said)| note.ends_with(said)), "{notes:?}");
}

#[test]
fn what_stands_beside_a_reference_counts_in_the_newer_dialects_only() {
    let written = json!({"$ref": "#/x-y", "x-y": {}, "type": "null", "nullable": true, "title": "t"});
    assert_reads(&OLD, &written, &json!({"$ref": "#/x-y", "$defs": {"x-y": {}}}));
    let written = json!({"$ref": "#/definitions/a", "definitions": {"a": {}}, "type": "null"});
    let old = [Dialect::Draft4, Dialect::Draft6, Dialect::Draft7];
    assert_reads(&old, &written, &json!({"$ref": "#/definitions/a", "definitions": {"a": {}}}));
    assert_reads(&NEW, &written, &written);
}

#[test]
fn a_second_reference_is_one_more_thing_to_be_true() {
    let written = json!({"$ref": "#/$defs/a", "$recursiveRef": "#", "allOf": [{}], "$defs": {"a": {}}});
    let (sources, _) = read_in(Dialect::Draft201909, &json!({"items": written.clone(), "$defs": {"a": {}}}));
    let items = &sources.documents[0].schema["items"];
    assert_eq!(items["$ref"], "#/$defs/a");
    assert_eq!(items["allOf"], json!([{}, {"$ref": "#"}]));
    assert_eq!(sources.graph.target(0, "/items"), Some((0, "/$defs/a")));
    assert_eq!(sources.graph.target(0, "/items/allOf/1"), Some((0, "")));
}

#[test]
fn contains_is_hidden_where_unevaluated_items_does_not_see_it() {
    let written = json!({"allOf": [{"contains": {"const": 1}, "minContains": 2}], "unevaluatedItems": false});
    let hidden = json!({"contains": {"const": 1}, "minContains": 2});
    assert_reads(
        &[Dialect::Draft201909],
        &written,
        &json!({"allOf": [{"allOf": [{"not": {"not": hidden}}]}], "unevaluatedItems": false}),
    );
    assert_reads(&[Dialect::Draft202012], &written, &written);
    assert_reads(&[Dialect::Draft201909], &hidden, &hidden);
}

#[test]
fn openapis_own_words_need_no_note() {
    let written = json!({"type": "string", "nullable": true, "example": "e"});
    let (sources, notes) = read_in(Dialect::OpenApi30, &written);
    assert_eq!(sources.documents[0].schema, json!({"type": ["string", "null"], "example": "e"}));
    assert_eq!(notes, [""; 0]);
    let (_, notes) = read_in(Dialect::OpenApi31, &written);
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(notes[0].contains("`nullable` is OpenAPI's, not OpenAPI 3.1's"), "{notes:?}");
}

#[test]
fn an_annotation_is_carried_unless_2020_12_would_refuse_it() {
    let good =
        json!({"$comment": "c", "examples": [1], "readOnly": true, "x-y": {}, "contentSchema": {"type": "null"}});
    assert_reads(&[Dialect::Draft202012], &good, &good);
    let bad = json!({"$comment": 1, "examples": 1, "readOnly": 1, "deprecated": "", "contentEncoding": 1, "x-y": {}});
    assert_reads(&[Dialect::Draft4], &bad, &json!({"x-y": {}}));
    assert_reads(&[Dialect::Draft202012], &json!({"contentSchema": {"items": {"$ref": "other"}}}), &json!({}));
}

#[test]
fn every_keyword_of_the_file_is_listed_as_it_is_read_there() {
    let written = json!({
        "$schema": Dialect::Draft4.uri(),
        "items": [{"$ref": "#", "type": "null"}],
        "additionalItems": {"const": 1, "title": "t"},
        "dependencies": {"a": ["b"], "c": {"enum": [1]}}
    });
    let (sources, _) = read_in(Dialect::Draft4, &written);
    let keywords = sources.documents[0].keywords().iter();
    let read: Vec<(&str, Option<Role>)> = keywords
        .map(|keyword| match keyword.reading {
            Reading::As(role) => (keyword.pointer.as_str(), Some(role)),
            Reading::Ignored(_) => (keyword.pointer.as_str(), None),
        })
        .collect();
    use crate::vocabulary::Holds::{Map, One};
    assert_eq!(
        read,
        [
            ("/$schema", Some(Role::Identifier)),
            ("/items", Some(Role::Applicator(One))),
            ("/items/0/$ref", Some(Role::Reference)),
            ("/items/0/type", None),
            ("/additionalItems", Some(Role::Applicator(One))),
            ("/additionalItems/const", None),
            ("/additionalItems/title", Some(Role::Annotation)),
            ("/dependencies", Some(Role::Applicator(Map))),
            ("/dependencies/c/enum", Some(Role::Assertion)),
        ]
    );
}

#[test]
fn what_moved_is_found_from_both_sides() {
    let written = json!({
        "items": [{"minimum": 1, "exclusiveMinimum": true}],
        "additionalItems": {"dependencies": {"a": ["b"], "c": {"enum": [1]}}}
    });
    let (sources, _) = read_in(Dialect::Draft4, &written);
    let document = &sources.documents[0];
    let pairs = [
        ("/prefixItems/0/exclusiveMinimum", "/items/0/minimum"),
        ("/items", "/additionalItems"),
        ("/items/dependentRequired/a/0", "/additionalItems/dependencies/a/0"),
        ("/items/dependentSchemas/c/enum", "/additionalItems/dependencies/c/enum"),
    ];
    for (read, file) in pairs {
        assert!(document.schema.pointer(read).is_some(), "{read}");
        assert_eq!(document.written(read), file);
        assert_eq!(document.error(read, "").pointer.as_deref(), Some(file));
        assert_eq!(document.read_pointer(file), read);
    }
    assert_eq!(document.read_pointer("/items/0/exclusiveMinimum"), "/prefixItems/0/exclusiveMinimum");
}

#[test]
fn a_boolean_is_a_schema_also_as_a_whole_document() {
    for dialect in [Dialect::Draft6, Dialect::Draft7].into_iter().chain(NEW) {
        assert_eq!(normal(dialect, &json!(false)), json!(false), "{dialect}");
    }
    let (sources, _) = success("true");
    assert_eq!(sources.documents[0].schema, json!(true));
}

#[test]
fn a_type_is_said_to_come_from_where_the_file_has_its_schema() {
    let schema =
        json!({"type": "array", "items": {"$ref": "#/x-y/Name"}, "x-y": {"Name": {"type": "string", "minLength": 1}}});
    let folder = Folder::listing(&[("a.json", schema.to_string().as_bytes())]);
    let generation = generate(&folder.0.path().join("manifest.toml")).unwrap_or_else(|errors| panic!("{errors}"));
    let claims = claims(&generation);
    let sources: Vec<&str> = claims.iter().map(|claim| claim.source.as_str()).collect();
    assert_eq!(sources, ["a.json#", "a.json#/x-y/Name"]);
    let written = |text: &str| generation.tree.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains(text));
    assert!(written("from \"a.json#/x-y/Name\""), "the statement");
    assert!(written("What the schema has at `#/x-y/Name`."), "the documentation");
    assert!(written("| `Name` | `#/x-y/Name` |"), "the ledger");
}
