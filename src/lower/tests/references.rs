//! References: to definitions, to other documents, to any place.

use super::{of, planned, sources};
use crate::lower::{Form, Place, bundle, lower};

#[test]
fn every_definition_has_one_type_used_or_not_however_often() {
    let schema = r##"{"type": "object", "properties": {"a": {"$ref": "#/$defs/a"}, "b": {"$ref": "#/$defs/a"}, "self": {"$ref": "#"}},
        "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"type": "array", "items": {"$ref": "#/$defs/a"}},
        "unused": {"type": "object", "properties": {"x": {"type": "object", "properties": {"y": true}}}, "$defs": {"inner": {"const": "i"}}}}}"##;
    let expected = [
        r#"Root: {a?: A, b?: A, "self" as self_?: Root}"#,
        "A: B",
        "B: [A]",
        "Unused: {x?: UnusedX}",
        r#"Inner: enum I="i""#,
        "UnusedX: {y?: any}",
    ];
    assert_eq!(of(schema), expected);
}

#[test]
fn references_lead_to_other_documents_and_into_the_middle_of_schemas() {
    let here = r##"{"type": "object", "properties": {"there": {"$ref": "there.json"}, "part": {"$ref": "there.json#/$defs/part"},
        "inside": {"$ref": "there.json#/properties/in/properties/x"}, "branch": {"$ref": "there.json#/$defs/opaque/allOf/0"}}}"##;
    let there = r##"{"type": "object", "properties": {"here": {"$ref": "here.json"}, "in": {"type": "object", "properties": {"x": {"type": "string"}}}},
        "$defs": {"part": {"type": "integer"}, "opaque": {"allOf": [{"type": "object", "properties": {"y": true}}]}}}"##;
    let expected = [
        "Here: {there?: there::There, part?: there::Part, inside?: there::TherePropertiesInPropertiesX, branch?: there::Opaque}",
        "There: {here?: Here, \"in\" as r#in?: there::ThereIn}",
        "Part: integer",
        "Opaque: {y?: any}",
        "TherePropertiesInPropertiesX: string",
        "ThereOpaqueAllOf1st = Opaque",
        "ThereIn: {x?: string}",
    ];
    assert_eq!(planned(&[("here", here), ("there", there)]), expected);
}

#[test]
fn an_opaque_schema_stands_alone_with_all_it_refers_to() {
    let schema = r##"{"type": "object", "properties": {"o": {"not": {"anyOf": [{"$ref": "#/$defs/a~1b"}, {"$ref": "#"}], "$anchor": "x"}}},
        "$defs": {"a/b": {"type": "string", "format": "uuid"}, "unused": true}}"##;
    let plan = lower(&sources(&[("root", schema)]));
    let forms: Vec<&Form> = plan.definitions().map(|(_, definition)| &definition.form).collect();
    let opaque = forms.iter().find_map(|form| match form {
        Form::Opaque { schema, annotated } => Some((schema, annotated)),
        _ => None,
    });
    let (schema, annotated) = opaque.expect("an opaque definition");
    let definitions = schema["$defs"].as_object().expect("definitions");
    assert_eq!(definitions.keys().collect::<Vec<_>>(), ["root.RootO.a_b", "root.RootO.root"]);
    assert_eq!(schema["not"]["anyOf"][0]["$ref"], "#/$defs/root.RootO.a_b");
    assert_eq!(schema["not"].get("$anchor"), None);
    assert_eq!(annotated.iter().collect::<Vec<_>>(), ["uuid"]);
}

#[test]
fn a_schema_that_refers_to_itself_is_bundled_once() {
    let sources = sources(&[("root", r##"{"type": "array", "items": {"$ref": "#"}}"##)]);
    let bundled = bundle(&sources, &Place { document: 0, pointer: String::new() }, "p.");
    let expected =
        r##"{"$ref":"#/$defs/p.root","$defs":{"p.root":{"type":"array","items":{"$ref":"#/$defs/p.root"}}}}"##;
    assert_eq!(bundled.to_string(), expected);
}
