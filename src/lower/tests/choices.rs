//! Choices between branches and between strings: by which tag they are read, and what keeps what is not listed.

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
