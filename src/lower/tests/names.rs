//! Names that clash, or that Rust does not take.

use super::of;

#[test]
fn members_that_would_share_a_field_are_numbered() {
    let cases = [
        ("fooBar", "foo_bar"),
        ("foo_bar", "foo_bar2"),
        ("foo-bar", "foo_bar3"),
        ("foo_bar2", "foo_bar22"),
        ("type", "r#type"),
        ("Type", "type2"),
        ("type2", "type22"),
        ("", "empty"),
        ("🦀", "empty2"),
        ("3d", "n3d"),
        ("gen", "r#gen"),
        ("Self", "self_"),
        ("self", "self2"),
        // One letter, and a letter with an accent.
        ("\u{e9}", "\u{e9}"),
        ("e\u{301}", "\u{e9}2"),
    ];
    let properties: serde_json::Map<String, serde_json::Value> =
        cases.iter().map(|(wire, _)| ((*wire).to_owned(), true.into())).collect();
    let schema = serde_json::json!({"type": "object", "properties": properties}).to_string();
    let members = cases.map(|(wire, field)| match wire == field {
        true => format!("{wire}?: any"),
        false => format!("{wire:?} as {field}?: any"),
    });
    assert_eq!(of(&schema), [format!("Root: {{{}}}", members.join(", "))]);
}

#[test]
fn definitions_have_their_names_before_what_is_hoisted() {
    let schema = r##"{"$defs": {
        "foo": {"type": "object", "title": "Same", "properties": {"bar": {"type": "object", "title": "Same", "properties": {"x": true}}}},
        "foo_bar": {"type": "integer"}, "FooBar": {"type": "boolean"}, "FooBar2": {"type": "string"}, "root": {"type": "null"},
        "Self": true, "String": {"type": "string"}, "": true, "🦀": true, "3d": true, "名前": true
    }}"##;
    let expected = [
        "Root: any",
        "Foo: {bar?: FooBar3}",
        "FooBar: integer",
        "FooBar2: boolean",
        "FooBar22: string",
        "Root2: null",
        "Self_: any",
        "String: string",
        "Empty: any",
        "Empty2: any",
        "N3d: any",
        "N名前: any",
        "FooBar3: {x?: any}",
    ];
    assert_eq!(of(schema), expected);
}

#[test]
fn values_that_would_share_a_variant_are_numbered() {
    let planned = of(r#"{"enum": ["a-b", "a_b", "aB", "", " ", "1", "self", "A"]}"#);
    let expected = r#"Root: enum AB="a-b" AB2="a_b" AB3="aB" Empty="" Empty2=" " N1="1" Self_="self" A="A""#;
    assert_eq!(planned, [expected]);
}

#[test]
fn a_very_long_name_is_cut() {
    let long = "x".repeat(1000);
    let planned = of(&format!(r#"{{"$defs": {{"{long}": true, "{long}y": true}}}}"#));
    let names: Vec<usize> = planned.iter().map(|line| line.len()).collect();
    assert_eq!(names, ["Root: any".len(), 200 + ": any".len(), 201 + ": any".len()]);
}
