//! `null` beside something else, wherever it stands and however it is written.

use serde_json::Value;

use super::{of, sources};
use crate::lower::{Form, lower};

#[test]
fn null_is_an_option_wherever_it_stands() {
    let schema = r##"{"type": ["object", "null"], "required": ["r"], "properties": {
        "r": {"type": ["string", "null"]}, "o": {"type": ["null", "integer"]},
        "i": {"type": ["array", "null"], "items": {"type": ["boolean", "null"]}},
        "v": {"type": "object", "additionalProperties": {"type": ["number", "null"]}},
        "e": {"enum": ["x", null]}, "c": {"type": ["string", "null"], "minLength": 1}, "d": {"$ref": "#/$defs/d"}
    }, "$defs": {"d": {"type": ["string", "null"], "format": "date-time"}}}"##;
    let expected = [
        "Root: RootValue?",
        "D: date-time?",
        "RootValue: {r: string?, o?: integer?, i?: [boolean?]?, v?: {*: number?}, e?: OnlyX?, c?: NonEmptyString?, d?: D}",
        r#"OnlyX: enum X="x""#,
        "NonEmptyString: string where minLength 1",
    ];
    assert_eq!(of(schema), expected);
}

#[test]
fn a_choice_between_null_and_what_refuses_null_is_an_option() {
    let cases = [
        (r##""anyOf": [{"type": "string"}, {"type": "null"}]"##, "string?"),
        (r##""oneOf": [{"const": null, "title": "none"}, {"type": "integer"}]"##, "integer?"),
        (r##""oneOf": [{"enum": [null]}, {"$ref": "#/$defs/object"}]"##, "Object?"),
        (r##""anyOf": [{"type": "null"}, {"not": {"type": "null"}}]"##, "RootValue?"),
        (r##""anyOf": [{"type": "null"}, false]"##, "null"),
        (r##""oneOf": [{"type": "null"}, {"oneOf": [{"type": "null"}, {"$ref": "#/$defs/null"}]}]"##, "RootValue?"),
        (r##""oneOf": [{"type": "null"}, {"$ref": "#/$defs/twice"}]"##, "Twice?"),
        // Not where the other accepts null as well, nor where there is more than that choice.
        (r##""oneOf": [{"type": ["string", "null"]}, {"type": "null"}]"##, "opaque"),
        (r##""anyOf": [{"type": ["string", "null"]}, {"type": "null"}]"##, "string?"),
        (r##""oneOf": [{"$ref": "#/$defs/string"}, {"type": "null"}]"##, "opaque"),
        (r##""oneOf": [true, {"type": "null"}]"##, "opaque"),
        (
            r##""oneOf": [{"$ref": "#/$defs/string"}, {"type": ["integer", "null"]}, {"type": "null"}]"##,
            "one of String(String) | Value(integer?) | Null(null)",
        ),
        (r##""oneOf": [{"not": {"type": "string"}}, {"type": "null"}]"##, "opaque"),
        (r##""oneOf": [{"type": "null"}, {"type": "null"}]"##, "one of Null(null) | NullB(null)"),
        (r##""oneOf": [{"type": "string"}, {"type": "null"}], "type": "string""##, "string"),
        (r##""anyOf": [{"type": "string"}, {"type": "null"}], "oneOf": [true]"##, "string?"),
        (r##""anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]"##, "RootValue?"),
        (r##""anyOf": [{"type": "string"}, {"type": "null", "minimum": 1}]"##, "string?"),
    ];
    let definitions = r##"{"object": {"type": "object", "properties": {"a": {"$ref": "#"}}}, "string": {"type": ["string", "null"]}, "null": {"type": "null"},
        "twice": {"oneOf": [{"$ref": "#/$defs/string"}, {"type": "null"}]}}"##;
    let planned = |schema: &str| of(&format!("{{{schema}, \"$defs\": {definitions}}}")).remove(0);
    let wrong = |(schema, expected): &(&str, &str)| planned(schema) != format!("Root: {expected}");
    let wrong: Vec<_> = cases.into_iter().filter(wrong).map(|(schema, _)| (schema, planned(schema))).collect();
    assert_eq!(wrong, []);
}

#[test]
fn what_is_said_goes_to_its_place() {
    let schema = r##"{"type": "object", "title": "root", "properties": {
        "a": {"oneOf": [{"type": "null", "title": "none"}, {"type": "array", "title": "list", "items": {"type": "string", "title": "item"}}], "title": "a"},
        "n": {"type": ["object", "null"], "title": "n", "properties": {"x": {"type": "string", "format": "uri"}}},
        "r": {"$ref": "#/$defs/d", "title": "r"}, "c": {"type": "string", "minLength": 1, "title": "c"}, "q": {"not": {"title": "not"}, "title": "q"}
    }, "$defs": {"d": {"enum": ["x"], "title": "d"}}}"##;
    let plan = lower(&sources(&[("root", schema)]));
    let mut said = Vec::new();
    for (_, definition) in plan.definitions() {
        let mut note = |at: &str, place: &str, words: &serde_json::Map<String, Value>| {
            said.push(format!("{}{at}{place} {}", definition.name, Value::from(words.clone())));
        };
        definition.annotations.iter().for_each(|(place, words)| note("", place, words));
        let Form::Object { members, .. } = &definition.form else { continue };
        for member in members {
            member.annotations.iter().for_each(|(place, words)| note(&format!(".{}", member.field), place, words));
        }
    }
    let expected = [
        r#"Root {"title":"root"}"#,
        r#"Root.a {"title":"a"}"#,
        r#"Root.a/anyOf/0 {"title":"list"}"#,
        r#"Root.a/anyOf/0/items {"title":"item"}"#,
        r#"Root.a/anyOf/1 {"title":"none"}"#,
        r#"Root.n {"title":"n"}"#,
        r#"Root.r {"title":"r"}"#,
        r#"Root.c {"title":"c"}"#,
        r#"D {"title":"d"}"#,
        r#"RootN.x {"format":"uri"}"#,
    ];
    assert_eq!(said, expected);
}
