//! Objects and enums that several places ask for alike, and what their types are called.

use super::{of, planned, sources, sources_locked};
use crate::lower::{Plan, Tier, lower};

const ADDRESS: &str = r#"{"type": "object", "properties": {"host": {"type": "string"}, "port": {"type": "integer", "minimum": 1}}, "required": ["host"]}"#;

/// An object of these members.
fn object(members: &str) -> String {
    format!(r#"{{"type": "object", "properties": {{{members}}}}}"#)
}

#[test]
fn what_several_places_ask_for_alike_is_one_type_and_what_one_asks_for_is_named_by_it() {
    let schema = object(&format!(
        r#""a": {ADDRESS}, "b": {{"items": {ADDRESS}, "type": "array"}}, "c": {{"enum": ["y", "x"]}}, "d": {{"enum": ["x", "y", null], "default": "x"}},
        "e": {{"enum": ["x", "z"]}}, "f": {one}, "g": {{"type": "object", "properties": {{"q": {{"type": "boolean"}}}}, "additionalProperties": false}},
        "h": {{"type": ["object", "null"], "additionalProperties": false, "properties": {{"q": {{"type": "boolean"}}}}, "title": "H"}}"#,
        one = object(r#""q": {"type": "boolean"}"#)
    ));
    let all = of(&schema);
    let root = [
        "a?: RequiredHostAndPortFrom1IntegerObject, b?: [RequiredHostAndPortFrom1IntegerObject], c?: XOrY, d?: XOrY?",
        "e?: RootE, f?: RootF, g?: OnlyQBooleanObject, h?: OnlyQBooleanObject?",
    ];
    assert_eq!(all[0], format!("Root: {{{}}}", root.join(", ")));
    for line in [
        "RequiredHostAndPortFrom1IntegerObject: {host: string, port?: From1Integer}",
        "XOrY: enum Y=\"y\" X=\"x\"",
        "RootE: enum X=\"x\" Z=\"z\"",
        "RootF: {q?: boolean}",
        "OnlyQBooleanObject: closed {q?: boolean}",
    ] {
        assert!(all.iter().any(|it| it == line), "{line} in {all:#?}");
    }
}

#[test]
fn what_differs_in_anything_that_a_type_has_is_not_alike() {
    let pair = |one: &str, other: &str| of(&object(&format!(r#""a": {one}, "b": {other}"#)))[0].clone();
    let apart = "Root: {a?: RootA, b?: RootB}";
    let id = object(r#""id": {"type": "string"}"#);
    assert_eq!(pair(&id, &id), "Root: {a?: IdObject, b?: IdObject}");
    let with = |keyword: &str| id.replacen('{', &format!("{{{keyword}, "), 1);
    for other in [
        object(r#""id": {"type": "string", "description": "Which."}"#),
        object(r#""id": {"type": "integer"}"#),
        object(r#""id": {"type": ["string", "null"]}"#),
        object(r#""id": {"type": "string"}, "x": true"#),
        with(r#""additionalProperties": false"#),
        with(r#""required": ["id"]"#),
    ] {
        assert_eq!(pair(&id, &other), apart, "{other}");
    }
    let two =
        |one: &str, other: &str| object(&format!(r#""{one}": {{"type": "string"}}, "{other}": {{"type": "string"}}"#));
    assert_eq!(pair(&two("x", "y"), &two("y", "x")), apart, "another order");
    let long = two(&"x".repeat(30), &"y".repeat(30));
    assert_eq!(pair(&long, &long), "Root: {a?: RootA, b?: RootA}", "a name that is no help");
    let nested = object(&format!(r#""id": {id}"#));
    assert_eq!(pair(&nested, &nested), "Root: {a?: RootA, b?: RootA}");
    assert_eq!(
        of(&object(&format!(r##""a": {id}, "b": {id}, "c": {{"$ref": "#/properties/b"}}"##)))[0],
        "Root: {a?: RootA, b?: RootA, c?: RootA}"
    );
}

#[test]
fn each_source_has_its_own_and_the_ledger_names_the_type_at_each_place() {
    let schema = object(&format!(r#""a": {ADDRESS}, "b": {ADDRESS}"#));
    let both = planned(&[("one", &schema), ("two", &schema)]);
    assert_eq!(both.iter().filter(|line| line.starts_with("RequiredHostAndPortFrom1IntegerObject:")).count(), 2);
    let plan = lower(&sources(&[("root", &schema)]));
    let said = |pointer: &str| {
        let fate = plan.modules[0].fates.iter().find(|fate| fate.pointer == pointer).unwrap();
        (fate.tier, fate.means.clone())
    };
    for place in ["/properties/a", "/properties/b"] {
        let object = (Tier::Native, "a field of `RequiredHostAndPortFrom1IntegerObject` each".to_owned());
        assert_eq!(said(&format!("{place}/properties")), object);
        let port = (Tier::Checked, "a check of `From1Integer`".to_owned());
        assert_eq!(said(&format!("{place}/properties/port/minimum")), port);
    }
}

#[test]
fn a_lock_keeps_types_apart_and_together_whoever_comes_and_goes() {
    let members = |names: &[&str]| {
        let all: Vec<String> = names.iter().map(|name| format!(r#""{name}": {{"enum": ["x", "y"]}}"#)).collect();
        object(&all.join(", "))
    };
    let after = |steps: &[&[&str]]| {
        let locked = |lock: String, names: &&[&str]| {
            let plan = lower(&sources_locked(&[("root", &members(names))], &lock));
            first(&plan, plan.lock.text())
        };
        let mut told = String::new();
        steps.iter().fold(String::new(), |lock, names| {
            let (line, lock) = locked(lock, names);
            told = line;
            lock
        });
        told
    };
    assert_eq!(after(&[&["a"]]), "RootA");
    assert_eq!(after(&[&["a"], &["a", "b"]]), "RootA RootA and RootB");
    assert_eq!(after(&[&["a"], &["a", "b", "c"]]), "XOrY XOrY XOrY and RootA");
    assert_eq!(after(&[&["a", "b"], &["b"]]), "XOrY");
    assert_eq!(after(&[&["a", "b"], &["b"], &["b", "c"]]), "XOrY XOrY");
}

/// The types of the root's members and the other names there are, and the lock.
fn first(plan: &Plan, lock: String) -> (String, String) {
    let (_, root) = plan.definitions().next().unwrap();
    let line = super::form(plan, &root.form);
    let types = line.trim_matches(['{', '}']).split(", ").filter_map(|member| member.split_once(": "));
    let types = types.map(|(_, of)| of).collect::<Vec<_>>().join(" ");
    let others = plan.definitions().filter(|(_, it)| it.same_as.is_some()).map(|(_, it)| format!(" and {}", it.name));
    (types + &others.collect::<String>(), lock)
}
