//! JSON that is not a schema of its dialect.

use super::{DRAFT, Folder, PACKAGE, entry, failure};
use crate::source::Dialect;

#[test]
fn a_word_that_is_no_type_is_named_and_the_types_are_listed() {
    let folder = Folder::listing(&[("a.json", b"{\n  \"properties\": {\"p\": {\"type\": \"strng\"}}\n}")]);
    assert_eq!(folder.failure(), ["error: a.json:2:32: #/properties/p/type: `type` does not allow \"strng\""]);
    assert_eq!(
        folder.load().unwrap_err().0[0].help,
        "`type` takes one of \"array\", \"boolean\", \"integer\", \"null\", \"number\", \"object\", \"string\", \
         or a non-empty array of them without repetition"
    );
}

#[test]
fn every_value_that_its_keyword_does_not_take_is_reported_once() {
    let mut printed = failure(
        r#"{"type": ["string", "string"], "minLength": -1, "maxItems": 1.5, "exclusiveMinimum": true,
"multipleOf": 0, "required": ["a", 1], "properties": {"p": 5, "q": []}, "items": [{}], "allOf": [],
"$ref": 1, "enum": 3, "$anchor": "1", "default": {"type": 1}}"#,
    );
    printed.sort();
    assert_eq!(
        printed,
        [
            "error: a.json:1:10: #/type: `type` does not allow [\"string\",\"string\"]",
            "error: a.json:1:45: #/minLength: `minLength` does not allow -1",
            "error: a.json:1:61: #/maxItems: `maxItems` does not allow 1.5",
            "error: a.json:1:86: #/exclusiveMinimum: `exclusiveMinimum` does not allow true",
            "error: a.json:2:15: #/multipleOf: `multipleOf` does not allow 0",
            "error: a.json:2:36: #/required/1: `required` does not allow 1",
            "error: a.json:2:60: #/properties/p: 5 is not a schema",
            "error: a.json:2:68: #/properties/q: [] is not a schema",
            "error: a.json:2:82: #/items: [{}] is not a schema",
            "error: a.json:2:97: #/allOf: `allOf` does not allow []",
            "error: a.json:3:20: #/enum: `enum` does not allow 3",
            "error: a.json:3:34: #/$anchor: `$anchor` does not allow \"1\"",
            "error: a.json:3:9: #/$ref: `$ref` does not allow 1",
        ]
    );
}

#[test]
fn a_root_that_is_no_schema_is_reported() {
    assert_eq!(failure("[1]"), ["error: a.json:1:1: #: [1] is not a schema"]);
}

#[test]
fn a_long_value_is_cut() {
    let printed = failure(format!("{{\"required\": \"{}\"}}", "ä".repeat(100)));
    assert_eq!(printed, [format!("error: a.json:1:14: #/required: `required` does not allow \"{}…", "ä".repeat(59))]);
}

#[test]
fn patterns_that_do_not_compile_are_reported_wherever_they_stand() {
    assert_eq!(
        failure(
            r#"{"pattern": "(", "patternProperties": {"[": {"pattern": "("}, "^x-": {}}, "default": {"pattern": "("}}"#
        ),
        [
            "error: a.json:1:13: #/pattern: `(` is not a regular expression that can be compiled",
            "error: a.json:1:45: #/patternProperties/[: `[` is not a regular expression that can be compiled",
            "error: a.json:1:57: #/patternProperties/[/pattern: `(` is not a regular expression that can be compiled",
        ]
    );
}

#[test]
fn a_dialect_other_than_the_manifests_is_reported() {
    assert_eq!(
        failure(r#"{"$schema": "http://json-schema.org/draft-07/schema#"}"#),
        [format!(
            "error: a.json:1:13: #/$schema: `$schema` is `http://json-schema.org/draft-07/schema#`, but the manifest says `{DRAFT}`"
        )]
    );
}

#[test]
fn an_embedded_schema_of_another_dialect_is_checked_against_its_own() {
    let embedded = |draft: &str| {
        format!(
            r#"{{"$defs": {{"a": {{"$id": "https://example.com/a", "$schema": "{draft}", "items": [1], "minItems": "2"}}}}, "items": [true]}}"#
        )
    };
    assert_eq!(
        failure(embedded("http://json-schema.org/draft-07/schema#")),
        [
            "error: a.json:1:114: #/$defs/a/items/0: 1 is not a schema",
            "error: a.json:1:130: #/$defs/a/minItems: `minItems` does not allow \"2\"",
            "error: a.json:1:146: #/items: [true] is not a schema",
        ]
    );
}

#[test]
fn a_metaschema_of_someones_own_must_be_listed() {
    let meta = "https://example.com/meta";
    assert_eq!(
        failure(format!(r#"{{"$schema": "{meta}"}}"#)),
        [format!("error: a.json:1:13: #/$schema: `$schema` is `{meta}`, which is neither a dialect nor listed")]
    );
}

#[test]
fn an_id_with_a_fragment_that_is_no_pointer_is_reported() {
    assert_eq!(failure(r##"{"$id": "#name"}"##), ["error: a.json:1:9: #/$id: `$id` does not allow \"#name\""]);
    assert_eq!(
        failure(r##"{"$id": "https://example.com/a b"}"##),
        ["error: a.json:1:9: #/$id: `$id` is `https://example.com/a b`, which is not a URI reference"]
    );
}

/// What is printed when the only source is `text` in draft 4.
fn failure_in_draft_4(text: &str) -> Vec<String> {
    let manifest = PACKAGE.to_owned() + &entry("a.json", text.as_bytes(), "a").replace(DRAFT, Dialect::Draft4.uri());
    Folder::new(&manifest, &[("a.json", text.as_bytes())]).failure()
}

#[test]
fn what_draft_4_does_not_allow_is_told_by_its_keyword() {
    let printed = failure_in_draft_4(
        r#"{"dependencies": {"a": [1]}, "not": 5, "maximum": 1, "exclusiveMaximum": "1",
"items": {"exclusiveMinimum": true}, "properties": {"a": {"$ref": {}}}}"#,
    );
    assert_eq!(
        printed,
        [
            "error: a.json:1:25: #/dependencies/a/0: `dependencies` does not allow 1",
            "error: a.json:1:37: #/not: 5 is not a schema",
            "error: a.json:1:74: #/exclusiveMaximum: `exclusiveMaximum` does not allow \"1\"",
            "error: a.json:2:10: #/items: `exclusiveMinimum` or `exclusiveMaximum` stands here without the limit that it is about",
            "error: a.json:2:67: #/properties/a/$ref: `$ref` does not allow {}",
        ]
    );
}

#[test]
fn a_flag_beside_a_limit_that_is_no_number_is_reported_with_it() {
    assert_eq!(
        failure(r#"{"minimum": "1", "exclusiveMinimum": true}"#),
        [
            "error: a.json:1:13: #/minimum: `minimum` does not allow \"1\"",
            "error: a.json:1:38: #/exclusiveMinimum: `exclusiveMinimum` does not allow true",
        ]
    );
}

#[test]
fn what_is_wrong_in_a_schema_is_named_where_an_array_could_stand_as_well() {
    let text = r#"{"items": {"dependencies": {"a": {"items": {"minLength": -1, "maxItems": "1"}}}}}"#;
    for dialect in [Dialect::Draft4, Dialect::Draft6, Dialect::Draft7] {
        let manifest = PACKAGE.to_owned() + &entry("a.json", text.as_bytes(), "a").replace(DRAFT, dialect.uri());
        let mut printed = Folder::new(&manifest, &[("a.json", text.as_bytes())]).failure();
        printed.sort();
        assert_eq!(
            printed,
            [
                "error: a.json:1:58: #/items/dependencies/a/items/minLength: `minLength` does not allow -1",
                "error: a.json:1:74: #/items/dependencies/a/items/maxItems: `maxItems` does not allow \"1\"",
            ]
        );
    }
}
