//! What a source writes out at several places, and which of these are one type.

use serde_json::json;

use super::{of, planned, sources};
use crate::lower::{Form, lower};

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
        (r#""description": "One.""#, r#""description": "One.", "deprecated": true"#),
        (r#""description": "One.""#, r#""description": "One.", "additionalProperties": false"#),
        (r#""description": "One.""#, r#""description": "One.", "required": ["b"]"#),
        (r#""description": "One.""#, r#""description": "One.", "default": {}"#),
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

/// What is said beside the types of the members of the root of `schema`, and all other names there are.
fn said_and_others(schema: &str) -> (Vec<String>, Vec<String>) {
    let plan = lower(&sources(&[("root", schema)]));
    let (_, root) = plan.definitions().next().unwrap();
    let Form::Object { members, .. } = &root.form else { panic!("{root:?}") };
    let said = members.iter().map(|member| {
        let said = member.annotations.iter().map(|(place, said)| format!(" {place:?} {}", json!(said)));
        format!("{}{}", member.wire, said.collect::<String>())
    });
    (said.collect(), others(&planned(&[("root", schema)])).into_iter().map(str::to_owned).collect())
}

#[test]
fn what_differs_in_what_it_says_of_itself_alone_is_one_type_and_that_is_said_where_it_is_used() {
    let pet = |said: &str| object(r#""b": {"type": "string"}"#).replacen(r#""description": "One.""#, said, 1);
    let members = [
        ("only", pet(r#""description": "One.""#)),
        ("other", pet(r#""description": "Another.", "x-more": 1"#)),
        ("again", pet(r#""description": "Another.", "x-more": 1"#)),
        ("items", format!(r#"{{"type": "array", "items": {}, "title": "All"}}"#, pet(r#""title": "Item""#))),
        ("maybe", format!(r#"{{"anyOf": [{}, {{"type": "null"}}]}}"#, pet(r#""title": "Some""#))),
        ("list", format!(r#"{{"type": ["array", "null"], "items": {}}}"#, pet(r#""title": "Listed""#))),
        (
            "map",
            format!(
                r#"{{"title": "Map", "oneOf": [{{"type": "null", "title": "None"}}, {{"type": "object", "additionalProperties": {}}}]}}"#,
                pet(r#""title": "Value""#)
            ),
        ),
    ];
    let members: Vec<String> = members.iter().map(|(name, schema)| format!(r#""{name}": {schema}"#)).collect();
    let root = |more: &str| format!(r#"{{"type": "object", "properties": {{{}{more}}}}}"#, members.join(", "));
    let (said, others) = said_and_others(&root(""));
    let all = [
        r#"only "" {"description":"One."}"#,
        r#"other "" {"description":"Another.","x-more":1}"#,
        r#"again "" {"description":"Another.","x-more":1}"#,
        r#"items "" {"title":"All"} "/items" {"title":"Item"}"#,
        r#"maybe "/anyOf/0" {"title":"Some"}"#,
        r#"list "/items" {"title":"Listed"}"#,
        r#"map "" {"title":"Map"} "/anyOf/0/additionalProperties" {"title":"Value"} "/anyOf/1" {"title":"None"}"#,
    ];
    assert_eq!(said, all);
    let other = ["RootOther", "RootAgain", "RootItemsItem", "RootMaybe", "RootListItem", "RootMapValue"];
    assert_eq!(others, other.map(|name| format!("{name} = RootOnly")));
    // Of the only place that both speak of, what refers to one says otherwise.
    let beside = |said: &str| {
        said_and_others(&root(&format!(r##", "beside": {{"$ref": "#/properties/maybe/anyOf/0", {said}}}"##)))
    };
    assert_eq!(beside(r#""title": "Some", "x-more": 2"#).1.len(), other.len());
    let (said, others) = beside(r#""title": "Mine""#);
    assert_eq!(said[4], "maybe");
    assert_eq!(said[7], r#"beside "" {"title":"Mine"}"#);
    assert_eq!(others.len(), other.len() - 1, "{others:?}");
}

#[test]
fn what_is_listed_goes_on_to_speak_of_itself() {
    let pet = |said: &str| object(r#""b": {"type": "string"}"#).replacen("One.", said, 1);
    let (one, another, third) = (pet("One."), pet("Another."), pet("Third."));
    let schema = |x: &str, y: &str| {
        format!(
            r##"{{"type": "object", "properties": {{"x": {x}, "y": {y}}}, "$defs": {{"SomePet": {one}, "Animal": {one}}}}}"##
        )
    };
    let (said, others) = said_and_others(&schema(&one, &another));
    assert_eq!((said, others), (vec!["x".to_owned(), "y".to_owned()], vec!["RootX = Animal".to_owned()]));
    let (said, others) = said_and_others(&schema(&third, &another));
    assert_eq!(said, [r#"x "" {"description":"Third."}"#, r#"y "" {"description":"Another."}"#]);
    assert_eq!(others, ["RootY = RootX"]);
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
