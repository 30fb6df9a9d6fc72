//! Scalars with rules that stand where they are used, and what their types are called.

use super::{of, planned, sources};
use crate::lower::{Part, Tier, lower};

#[test]
fn scalars_that_ask_for_the_same_are_one_type_and_named_definitions_keep_theirs() {
    let schema = r##"{"type": "object", "properties": {
        "a": {"type": "string", "maxLength": 9, "description": "A."}, "b": {"maxLength": 9, "type": ["string", "null"]},
        "c": {"type": "array", "items": {"maxLength": 9, "type": "string", "default": "x"}}, "d": {"$ref": "#/$defs/d"},
        "e": {"type": "integer", "minimum": 1}, "f": {"type": "number", "minimum": 1},
        "g": {"$ref": "#/properties/h"}, "h": {"type": "integer", "minimum": 1}
    }, "$defs": {"d": {"type": "string", "maxLength": 9}}}"##;
    let expected = [
        "Root: {a?: UpTo9String, b?: UpTo9String?, c?: [UpTo9String], d?: D, e?: From1Integer, f?: From1Number, g?: From1Integer, h?: From1Integer}",
        "D: string where maxLength 9",
        "UpTo9String: string where maxLength 9",
        "From1Integer: integer where minimum 1",
        "From1Number: number where minimum 1",
        "RootH = From1Integer",
    ];
    assert_eq!(of(schema), expected);
}

#[test]
fn each_source_has_its_own() {
    let schema = r#"{"type": "object", "properties": {"a": {"type": "string", "minLength": 2, "maxLength": 2}}}"#;
    let expected = ["One: {a?: Of2String}", "Of2String: string where minLength 2, maxLength 2"];
    let both = planned(&[("one", schema), ("two", schema)]);
    assert_eq!(both[..2], expected);
    assert_eq!(both[3], expected[1]);
}

#[test]
fn rules_are_told_in_words_and_patterns_by_what_people_call_them() {
    let named = |schema: &str| {
        let of = of(&format!(
            r##"{{"$defs": {{"x": {{"type": "object", "properties": {schema}}}, "code": {{"type": "string", "pattern": "^c$"}}}}}}"##
        ));
        let names = of.iter().skip(3).map(|line| line.split(':').next().unwrap_or_default().to_owned());
        names.collect::<Vec<_>>().join(" ")
    };
    for (schema, expected) in [
        (r#"{"a": {"type": "string", "minLength": 1}}"#, "NonEmptyString"),
        (r#"{"a": {"type": "string", "minLength": 0, "maxLength": 5}}"#, "UpTo5String"),
        (r#"{"a": {"type": "string", "minLength": 0}, "b": {"type": "array", "minItems": 0}}"#, ""),
        (r#"{"a": {"type": "string", "minLength": 2}}"#, "From2String"),
        (r#"{"a": {"type": "integer", "minimum": -1, "maximum": 5}}"#, "FromMinus1To5Integer"),
        (r#"{"a": {"type": "number", "exclusiveMinimum": 0, "maximum": 0.5}}"#, "Above0UpTo0Point5Number"),
        (r#"{"a": {"type": "integer", "multipleOf": 5}}"#, "MultipleOf5Integer"),
        (r#"{"a": {"type": "string", "pattern": "^c$"}, "b": {"type": "string", "pattern": "^c$"}}"#, "CodeString"),
        (
            r#"{"a": {"type": "string", "pattern": "^d$", "title": "The D"}, "b": {"type": "string", "pattern": "^d$"}}"#,
            "TheDString",
        ),
        (r#"{"a": {"type": "string", "pattern": "^e$"}}"#, "AString"),
        (
            r#"{"a": {"type": "string", "pattern": "^e$"}, "b": {"type": "string", "pattern": "^e$"}}"#,
            "MatchingEString",
        ),
        (r#"{"a": {"type": "array", "items": {"type": "string", "pattern": "^e$"}}}"#, "AItemString"),
    ] {
        assert_eq!(named(schema), expected, "{schema}");
    }
    let alike = r#"{"a": {"type": "string", "pattern": "^e$"}, "b": {"type": "string", "pattern": "^e$"}, "c": {"type": "string", "pattern": "e*"}, "d": {"type": "string", "pattern": "e*"}}"#;
    assert_eq!(named(alike), "AMatchingEString CMatchingEString");
}

#[test]
fn the_ledger_names_the_type_at_each_place() {
    let schema = r#"{"type": "object", "properties": {"a": {"type": "string", "maxLength": 9}, "b": {"type": "string", "maxLength": 9}}}"#;
    let plan = lower(&sources(&[("root", schema)]));
    let shared: Vec<_> = plan.definitions().filter(|(_, definition)| definition.part == Part::Shared).collect();
    assert_eq!(shared.len(), 1);
    assert!(shared[0].1.whole.is_none() && shared[0].1.annotations.is_empty());
    let fates = plan.modules[0].fates.iter().filter(|fate| fate.pointer.ends_with("/maxLength"));
    let said: Vec<_> = fates.map(|fate| (fate.tier, fate.means.as_str())).collect();
    assert_eq!(said, [(Tier::Checked, "a check of `UpTo9String`"); 2]);
}

#[test]
fn one_string_is_one_type_wherever_it_is_asked_for_and_so_is_nothing_at_all() {
    let schema = r##"{"type": "object", "properties": {
        "a": {"const": "x-y", "title": "A."}, "b": {"enum": ["x-y", null]}, "c": {"const": ""}, "d": {"const": "*"},
        "e": {"enum": ["x-y", "z"]}, "f": {"enum": ["x-y", "z"]}, "g": false, "h": {"enum": []},
        "i": {"$ref": "#/properties/j"}, "j": {"const": "x-y"}, "k": {"const": 1}, "l": {"const": 1}
    }, "$defs": {"never": {"const": "x-y"}}}"##;
    let expected = [
        "Root: {a?: OnlyXY, b?: OnlyXY?, c?: OnlyEmpty, d?: OnlyAsterisk, e?: XYOrZ, f?: XYOrZ, g?: NeverEnum, h?: NeverEnum, i?: Never, j?: Never, k?: RootK, l?: RootK}",
        "Never: enum XY=\"x-y\"",
        "OnlyXY: enum XY=\"x-y\"",
        "OnlyEmpty: enum Empty=\"\"",
        "OnlyAsterisk: enum Asterisk=\"*\"",
    ];
    assert_eq!(of(schema)[..5], expected);
    let pair =
        r#"{"type": "object", "properties": {"a": {"const": "x-y"}, "b": {"const": "x_y"}, "c": {"const": "x y"}}}"#;
    assert_eq!(of(pair)[0], "Root: {a?: OnlyXDashY, b?: OnlyXUnderscoreY, c?: OnlyXSpaceY}");
}
