//! What a source writes out at several places, and which of these are one type.

use super::{of, planned};

/// An object of these members and a list, so that it is not called by them.
fn object(members: &str) -> String {
    let list = r#"{"type": "array", "items": {"type": "boolean"}}"#;
    format!(r#"{{"type": "object", "description": "One.", "properties": {{"a": {list}, {members}}}}}"#)
}

/// Members of these names, all of one schema.
fn each(names: &[&str], schema: &str) -> String {
    names.iter().map(|name| format!(r#""{name}": {schema}"#)).collect::<Vec<_>>().join(", ")
}

/// The lines that are about other names.
fn others(all: &[String]) -> Vec<&str> {
    all.iter().map(String::as_str).filter(|line| line.contains(" = ")).collect()
}

#[test]
fn what_is_written_out_again_is_the_same_type_with_all_that_is_in_it() {
    let inner = object(
        r#""b": {"type": "array", "items": {"type": "object", "description": "Two.", "properties": {"c": {"enum": ["x"], "title": "C"}}}}"#,
    );
    let all = of(&object(&each(&["longer", "one", "next"], &inner)));
    assert_eq!(all[0], "Root: {a?: [boolean], longer?: RootOne, one?: RootOne, next?: RootOne}");
    assert_eq!(
        others(&all),
        [
            "RootLonger = RootOne",
            "RootNext = RootOne",
            "RootLongerBItem = RootOneBItem",
            "RootNextBItem = RootOneBItem"
        ]
    );
    assert!(all.contains(&"RootOne: {a?: [boolean], b?: [RootOneBItem]}".to_owned()), "{all:#?}");
}

#[test]
fn what_is_listed_keeps_a_type_of_its_own_which_what_is_inline_shares() {
    let pet = object(r#""b": {"type": "string"}"#);
    let schema = format!(
        r##"{{"$defs": {{"SomePet": {pet}, "Animal": {pet}}}, "type": "object", "properties": {{"x": {pet}, "y": {{"$ref": "#/$defs/SomePet"}}}}}}"##
    );
    let all = of(&schema);
    assert_eq!(all[0], "Root: {x?: Animal, y?: SomePet}");
    assert_eq!(others(&all), ["RootX = Animal"]);
    // What refers to either of two that are listed is not the same.
    let holder = |of: &str| object(&format!(r##""b": {{"$ref": "#/$defs/{of}"}}"##));
    let schema = |one: &str, other: &str| {
        format!(
            r##"{{"$defs": {{"SomePet": {pet}, "Animal": {pet}}}, "type": "object", "properties": {{"x": {}, "y": {}}}}}"##,
            holder(one),
            holder(other)
        )
    };
    assert_eq!(others(&of(&schema("SomePet", "Animal"))), [""; 0]);
    assert_eq!(others(&of(&schema("Animal", "Animal"))), ["RootY = RootX"]);
}

#[test]
fn what_leads_back_to_itself_is_left_alone_but_not_what_leads_to_such() {
    let list = |at: &str, to: &str| {
        let more = r#""value": {"type": "integer"}"#;
        format!(
            r##""{at}": {{"type": "object", "description": "List.", "properties": {{"next": {{"$ref": "{to}"}}, {more}}}}}"##
        )
    };
    let root = |members: &[String], listed: &str| {
        of(&format!(r#"{{"type": "object", "properties": {{{}}}, "$defs": {{{listed}}}}}"#, members.join(", ")))
    };
    assert_eq!(others(&root(&[list("x", "#/properties/x"), list("y", "#/properties/y")], "")), [""; 0]);
    assert_eq!(others(&root(&[list("x", "#/properties/y"), list("y", "#/properties/x")], "")), [""; 0]);
    let listed = list("z", "#/$defs/z");
    assert_eq!(others(&root(&[list("x", "#/$defs/z"), list("y", "#/$defs/z")], &listed)), ["RootY = RootX"]);
}

#[test]
fn what_differs_in_anything_is_another_type() {
    let pet = object(r#""b": {"type": "string", "default": "d"}"#);
    let pair = |other: &str| {
        let all = of(&object(&format!(r#""x": {pet}, "y": {other}"#)));
        others(&all).iter().map(|line| (*line).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(pair(&pet), ["RootY = RootX"]);
    for (from, to) in [
        (r#""description": "One.""#, r#""description": "Another.""#),
        (r#""description": "One.""#, r#""description": "One.", "deprecated": true"#),
        (r#""description": "One.""#, r#""description": "One.", "additionalProperties": false"#),
        (r#""description": "One.""#, r#""description": "One.", "required": ["b"]"#),
        (r#""description": "One.""#, r#""description": "One.", "x-more": 1"#),
        (r#""description": "One.""#, r#""description": "One.", "minProperties": 1"#),
        (r#""default": "d""#, r#""default": "e""#),
        (r#""default": "d""#, r#""title": "T", "default": "d""#),
        (r#""type": "string""#, r#""type": ["string", "null"]"#),
        (r#""b":"#, r#""c":"#),
    ] {
        let other = pet.replacen(from, to, 1);
        assert_ne!(pet, other);
        assert_eq!(pair(&other), [""; 0], "{other}");
    }
}

#[test]
fn what_stands_in_another_module_is_another_type_and_a_newtype_has_no_other_name() {
    let pet = object(r#""b": {"type": "string"}"#);
    let schema = |inner: &str| format!(r#"{{"type": "object", "properties": {{"x": {inner}}}}}"#);
    let two = planned(&[("one", &schema(&pet)), ("two", &schema(&pet))]);
    assert_eq!(others(&two), [""; 0]);
    let pair = r#"{"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "minItems": 2, "items": false, "title": "P"}"#;
    let all = of(&format!(r#"{{"type": "object", "properties": {{{}}}}}"#, each(&["x", "y"], pair)));
    assert_eq!(others(&all), [""; 0], "{all:#?}");
}
