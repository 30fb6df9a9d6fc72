//! Names that clash, or that Rust does not take.

use super::of;

#[test]
fn members_that_would_share_a_field_say_what_is_their_own() {
    let cases = [
        ("fooBar", "foo_capital_bar"),
        ("foo_bar", "foo_bar"),
        ("foo-bar", "foo_dash_bar"),
        ("foo_bar2", "foo_bar2"),
        ("type", "r#type"),
        ("Type", "capital_type"),
        ("type2", "type2"),
        ("", "empty"),
        ("🦀", "u1f980h"),
        ("3d", "n3d"),
        ("gen", "r#gen"),
        ("Self", "capital_self"),
        ("self", "self_"),
        // One letter, and a letter with an accent.
        ("\u{e9}", "\u{e9}"),
        ("e\u{301}", "e_u301h"),
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
        "Foo: {bar?: FooBarObject}",
        "FooUnderscoreBar: integer",
        "FooBar: boolean",
        "FooBar2: string",
        "RootValue: null",
        "Self_: any",
        "String: string",
        "Empty: any",
        "U1f980h: any",
        "N3d: any",
        "N名前: any",
        "FooBarObject: {x?: any}",
    ];
    assert_eq!(of(schema), expected);
}

#[test]
fn values_that_would_share_a_variant_say_what_is_their_own() {
    let planned = of(r#"{"enum": ["a-b", "a_b", "aB", "", " ", "1", "self", "A"]}"#);
    let expected =
        r#"Root: enum ADashB="a-b" AUnderscoreB="a_b" ACapitalB="aB" Empty="" Space=" " N1="1" Self_="self" A="A""#;
    assert_eq!(planned, [expected]);
}

#[test]
fn a_very_long_name_is_cut() {
    let long = "x".repeat(1000);
    let planned = of(&format!(r#"{{"$defs": {{"{long}": true, "{long}y": true}}}}"#));
    let names: Vec<usize> = planned.iter().map(|line| line.len()).collect();
    assert_eq!(names, ["Root: any".len(), 200 + ": any".len(), 201 + ": any".len()]);
}
