//! Choices between branches and between strings: by which tag they are read, and what keeps what is not listed; and what
//! items keep that have to differ.

use serde_json::{Value, json};

use super::{form, of, sources};
use crate::lower::lower;

#[test]
fn a_choice_is_read_by_the_tag_that_a_discriminator_names_only_where_every_branch_lists_its_own_strings() {
    let branch = |is: Value, required: Value| json!({"type": "object", "properties": {"is": is, "no": {"const": "n"}}, "required": required});
    let planned = |branches: Value| {
        let schema = json!({"oneOf": branches, "discriminator": {"propertyName": "is"}, "$defs": {"a": branch(json!({"const": "a"}), json!(["is"]))}});
        let sources = sources(&[("root", schema.to_string().as_str())]);
        let plan = lower(&sources);
        let fates = &plan.modules[0].fates;
        let said = fates.iter().find(|fate| fate.pointer == "/discriminator").unwrap().means.clone();
        (form(&plan, &plan.modules[0].definitions[0].form), said)
    };
    let a = json!({"$ref": "#/$defs/a"});
    let b = branch(json!({"enum": ["b", "c"]}), json!(["is"]));
    assert_eq!(planned(json!([a])), ("any of A(A) by is".to_owned(), "re-export; the tag of `Root`".to_owned()));
    assert_eq!(planned(json!([a, b])).1, "re-export; the tag of `Root`");
    assert_eq!(planned(json!([a, {"type": "string"}])).1, "re-export; the tag of `Root`");
    for (branch, why) in [
        (branch(json!({"const": "b"}), json!([])), "the branch `#/oneOf/1` does not require it"),
        (
            branch(json!({"type": "string"}), json!(["is"])),
            "the branch `#/oneOf/1` does not list the strings that it may be",
        ),
        (
            branch(json!({"enum": ["b", null]}), json!(["is"])),
            "the branch `#/oneOf/1` does not list the strings that it may be",
        ),
        (
            branch(json!({"enum": ["b", "a"]}), json!(["is"])),
            "the branches `#/oneOf/0` and `#/oneOf/1` both accept `a`",
        ),
        (json!({"not": {"const": 1}}), "the branch `#/oneOf/1` is more than an object with members"),
    ] {
        assert_eq!(planned(json!([a, branch])).1, format!("re-export; no tag: {why}"), "{branch}");
    }
}

#[test]
fn an_open_enum_has_a_variant_for_all_other_strings_whose_name_no_other_has() {
    let open = |keywords: &str| of(&format!(r#"{{{keywords}, "x-speakeasy-unknown-values": "allow"}}"#));
    assert_eq!(open(r#""enum": ["a", "b"]"#), [r#"Root: enum A="a" B="b" or Unknown"#]);
    assert_eq!(
        open(r#""enum": ["unknown", "other", "unlisted"]"#),
        [r#"Root: enum Unknown="unknown" Other="other" Unlisted="unlisted" or UnlistedValue"#]
    );
    assert_eq!(open(r#""enum": ["a"], "maxLength": 2"#), [r#"Root: enum A="a" or Unknown where maxLength 2"#]);
    assert_eq!(open(r#""enum": ["abc"], "maxLength": 2"#), ["Root: string where maxLength 2"]);
    assert_eq!(open(r#""type": "integer", "enum": [1, 2]"#), ["Root: integer"]);
}

/// The names of the objects of `oneOf` with these branches that keep members they do not name; `none` where it is opaque.
fn keeping(branches: Value) -> String {
    let all = of(&json!({"oneOf": branches}).to_string());
    if all[0] == "Root: opaque" {
        return "none".to_owned();
    }
    let kept = all.iter().filter(|it| it.contains("[] ")).filter_map(|it| it.split(':').next());
    kept.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_branch_keeps_what_another_is_refused_for() {
    let object = |keywords: Value| {
        let mut object = json!({"type": "object"});
        object.as_object_mut().unwrap().extend(keywords.as_object().unwrap().clone());
        object
    };
    let (a, b) = (json!({"a": {"type": "string"}}), json!({"b": {"type": "string"}}));
    for (branches, expected) in [
        // What is refused for `b` could be dropped by the one that does not know `b`, and the other way round.
        (json!([object(json!({"properties": a})), object(json!({"properties": b}))]), "RootA RootB"),
        (
            json!([object(json!({"properties": a})), object(json!({"properties": b, "additionalProperties": false}))]),
            "RootA",
        ),
        (json!([object(json!({"properties": a})), object(json!({"properties": {"a": true}}))]), ""),
        // Without `b`, it cannot be the other.
        (
            json!([
                object(json!({"properties": a, "required": ["a"]})),
                object(json!({"properties": b, "required": ["b"]}))
            ]),
            "",
        ),
        (
            json!([object(json!({"properties": a})), {"oneOf": [{"type": "integer"}, object(json!({"properties": b, "required": ["b"]}))]}]),
            "RootBB",
        ),
        // Told apart by what both keep.
        (
            json!([
                object(json!({"properties": {"k": {"enum": [1]}, "a": {"type": "string"}}, "required": ["k"]})),
                object(json!({"properties": {"k": {"enum": [2]}, "b": {"type": "string"}}, "required": ["k"]})),
            ]),
            "",
        ),
        // Both are alike in what lies within; it is one that keeps too little within.
        (
            json!([
                object(
                    json!({"properties": {"in": object(json!({"properties": a})), "a": true}, "additionalProperties": false})
                ),
                object(
                    json!({"properties": {"in": object(json!({"properties": a})), "b": true}, "additionalProperties": false})
                ),
            ]),
            "",
        ),
        (
            json!([
                object(
                    json!({"properties": {"in": object(json!({"properties": a})), "a": true}, "additionalProperties": false})
                ),
                object(
                    json!({"properties": {"in": object(json!({"properties": b})), "b": true}, "additionalProperties": false})
                ),
            ]),
            "RootAIn RootBIn",
        ),
        (
            json!([{"type": "array", "items": object(json!({"properties": a}))}, {"type": "array", "items": {"type": "object", "maxProperties": 1}}]),
            "RootAArrayItem",
        ),
        // What is spelled otherwise is not kept by keeping members.
        (json!([{"type": "string", "format": "date-time"}, {"type": "string", "pattern": "Z$"}]), "none"),
        (json!([{"type": "string", "format": "date-time"}, {"enum": ["now", "later"]}]), ""),
        (json!([{"type": "string", "format": "date-time"}, {"enum": ["now", "2020-01-01T00:00:00Z"]}]), "none"),
    ] {
        assert_eq!(keeping(branches.clone()), expected, "{branches}");
    }
}

#[test]
fn the_ledger_says_where_members_are_kept_for_a_choice() {
    let branch = |name: &str| json!({"type": "object", "properties": {name: {"type": "string"}}});
    let schema = json!({"oneOf": [branch("a"), branch("b")]});
    let plan = lower(&sources(&[("root", schema.to_string().as_str())]));
    let said = |pointer: &str| &plan.modules[0].fates.iter().find(|fate| fate.pointer == pointer).unwrap().means;
    assert_eq!(
        said("/oneOf/1/type"),
        "struct `RootB`; an array is refused; members it does not name are kept: a `oneOf` or `uniqueItems` around it needs them"
    );
}

#[test]
fn items_that_have_to_differ_keep_what_they_do_not_name() {
    let planned = of(
        r#"{"type": "array", "uniqueItems": true, "items": {"type": "object", "properties": {"a": {"type": "object", "properties": {"b": true}}}}}"#,
    );
    assert_eq!(
        planned[1..],
        ["RootItem: {a?: RootItemA, additional_properties[] any}", "RootItemA: {b?: any, additional_properties[] any}"]
    );
    let respelled = of(
        r##"{"type": "array", "uniqueItems": true, "items": {"$ref": "#/$defs/i"}, "$defs": {"i": {"type": "object", "properties": {"t": {"type": "string", "format": "date-time"}}}}}"##,
    );
    assert_eq!(respelled, ["Root: opaque", "I: {t?: date-time}"]);
}
