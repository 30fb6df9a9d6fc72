//! Enums that are marked as open: which are opened, as what, and which stay closed.

use serde_json::{Value, json};

use super::{Folder, PACKAGE, entry, normal};
use crate::source::{Dialect, Marked, Sources};

/// What is read when the only source is `schema`, under this policy.
fn read(schema: &Value, policy: &str) -> Sources {
    let text = schema.to_string();
    let folder = Folder::new(
        &format!("{PACKAGE}{}[source.policy]\n{policy}\n", entry("a.json", text.as_bytes(), "a")),
        &[("a.json", text.as_bytes())],
    );
    folder.load().unwrap_or_else(|error| panic!("{error}"))
}

/// An enum that is marked, with these keywords besides.
fn marked(keywords: &Value) -> Value {
    let mut schema = json!({"x-speakeasy-unknown-values": "allow"});
    schema.as_object_mut().unwrap().extend(keywords.as_object().unwrap().clone());
    schema
}

/// The pointers of the marked enums of `schema` that are open, and of those that are closed.
fn told(schema: &Value) -> (Vec<String>, Vec<String>) {
    let sources = read(schema, "");
    let all = sources.documents[0].marked.iter();
    let (open, closed): (Vec<_>, Vec<_>) = all.partition(|(_, marked)| **marked == Marked::Open);
    let pointers = |some: Vec<(&String, &Marked)>| some.into_iter().map(|(pointer, _)| pointer.clone()).collect();
    (pointers(open), pointers(closed))
}

#[test]
fn an_open_enum_accepts_every_value_of_the_types_that_it_lists() {
    for (written, types, known) in [
        (json!({"type": "string", "enum": ["a", "b", "a"]}), json!("string"), json!(["a", "b"])),
        (json!({"enum": ["a", null]}), json!(["string", "null"]), json!(["a"])),
        (json!({"type": ["string", "null"], "enum": ["a"]}), json!("string"), json!(["a"])),
        (json!({"type": "string", "enum": [null, "a"]}), json!("string"), json!(["a"])),
        (json!({"type": "integer", "enum": [1, 2.0]}), json!("integer"), json!([1, 2.0])),
        (json!({"enum": [1, 2]}), json!("number"), json!([1, 2])),
        (json!({"type": ["null", "integer"], "enum": [1, 1.5, null]}), json!(["integer", "null"]), json!([1, 1.5])),
        (json!({"enum": [{"a": 1}, [], true]}), json!(["object", "array", "boolean"]), json!([{"a": 1}, [], true])),
    ] {
        let expected = json!({"x-speakeasy-unknown-values": "allow", "type": types, "x-known-values": known});
        assert_eq!(normal(Dialect::Draft202012, &marked(&written)), expected, "{written}");
    }
}

#[test]
fn what_is_no_enum_or_not_marked_or_lists_nothing_but_null_stays_as_it_is() {
    for schema in [
        marked(&json!({"type": "string"})),
        marked(&json!({"const": "a"})),
        marked(&json!({"enum": []})),
        marked(&json!({"enum": [null]})),
        marked(&json!({"type": "integer", "enum": ["a"]})),
        json!({"enum": ["a"], "x-speakeasy-unknown-values": "disallow"}),
        json!({"enum": ["a"], "default": {"enum": ["a"], "x-speakeasy-unknown-values": "allow"}}),
    ] {
        assert_eq!(normal(Dialect::Draft202012, &schema), schema);
    }
}

#[test]
fn a_policy_closes_all() {
    let schema = marked(&json!({"enum": ["a"]}));
    let sources = read(&schema, "unknown-enum-values = \"refuse\"");
    assert_eq!(sources.documents[0].schema, schema);
    assert_eq!(sources.documents[0].marked(""), Some(&Marked::Closed("by the policy".to_owned())));
}

#[test]
fn an_enum_stays_closed_where_more_values_would_make_the_schema_refuse() {
    let open = marked(&json!({"enum": ["a", "b"]}));
    let other = marked(&json!({"enum": ["c"]}));
    for keyword in ["not", "if"] {
        let schema = json!({"properties": {"x": {keyword: {"properties": {"y": {"$ref": "#/$defs/open"}}}}}, "$defs": {"open": open, "free": open}});
        assert_eq!(told(&schema), (vec!["/$defs/free".to_owned()], vec!["/$defs/open".to_owned()]), "{keyword}");
    }
    let counted = |most: Value| told(&json!({"contains": open, "maxContains": most}));
    assert_eq!(counted(json!(1)).1, ["/contains"]);
    assert_eq!(told(&json!({"contains": open})).0, ["/contains"]);
    let of = |branches: Value| told(&json!({"oneOf": branches}));
    // Told apart by the values alone, by nothing, by the type, by what is beside, by a member that only one may have.
    assert_eq!(of(json!([open, other])).1, ["/oneOf/0", "/oneOf/1"]);
    assert_eq!(of(json!([open, {"type": "string", "maxLength": 3}])).1, ["/oneOf/0"]);
    assert_eq!(of(json!([open, {"type": "integer"}])).0, ["/oneOf/0"]);
    assert_eq!(of(json!([{"allOf": [open, {"enum": ["b"]}]}, {"const": "c"}])).0, ["/oneOf/0/allOf/0"]);
    let object = |name: &str, is: &Value, beside: &Value| json!({"type": "object", "properties": {name: is, "beside": beside}, "required": [name], "additionalProperties": false});
    let (one, two) = (json!({"const": 1}), json!({"const": 2}));
    assert_eq!(of(json!([object("t", &open, &one), object("t", &other, &one)])).1.len(), 2);
    assert_eq!(of(json!([object("t", &one, &open), object("t", &two, &other)])).0.len(), 2);
    assert_eq!(of(json!([object("t", &one, &open), object("u", &one, &other)])).0.len(), 2);
    assert_eq!(
        of(json!([object("t", &open, &one), {"oneOf": [object("t", &one, &one), object("t", &two, &one)]}])).0.len(),
        1
    );
}

#[test]
fn an_enum_of_any_of_stays_closed_only_where_a_discriminator_is_read_by_it() {
    let branch = |text: &str| json!({"type": "object", "required": ["t"], "properties": {"t": marked(&json!({"enum": [text]}))}});
    let branches = json!([branch("a"), branch("b")]);
    assert_eq!(told(&json!({"anyOf": branches})).0.len(), 2);
    assert_eq!(told(&json!({"anyOf": branches, "discriminator": {"propertyName": "t"}})).1.len(), 2);
}
