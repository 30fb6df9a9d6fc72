//! What [`lower`] makes of real folders of schemas, read by [`load`](crate::source::load).

mod alike;
mod alternatives;
mod choices;
mod large;
mod ledger;
mod locked;
mod names;
mod references;
mod same;
mod shared;

use std::fs;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Definition, Form, Item, Member, Module, Overlap, Plan, Presence, Rest, Rule, Tier, lower};
use crate::source::{Sources, load};

/// These files, each with its text, as sources; the module is called as the file.
pub(crate) fn sources(files: &[(&str, &str)]) -> Sources {
    sources_locked(files, "")
}

/// The same beside a lock of names that says `lock`.
fn sources_locked(files: &[(&str, &str)], lock: &str) -> Sources {
    let folder = tempfile::tempdir().unwrap();
    let mut manifest = "[package]\nname = \"example\"\nversion = \"0.1.0\"\ndescription = \"Examples\"\n".to_owned();
    for (file, text) in files {
        let sha256: String = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
        manifest += &format!(
            "[[source]]\nfile = \"{file}.json\"\norigin = \"here\"\nsha256 = \"{sha256}\"\n\
             dialect = \"https://json-schema.org/draft/2020-12/schema\"\nmodule = \"{file}\"\n"
        );
        fs::write(folder.path().join(format!("{file}.json")), text).unwrap();
    }
    fs::write(folder.path().join("manifest.toml"), manifest).unwrap();
    fs::write(folder.path().join("names.lock"), lock).unwrap();
    load(&folder.path().join("manifest.toml")).unwrap_or_else(|errors| panic!("{errors}"))
}

/// What is planned for these files, a line for each definition: name, form, and what typify is asked.
fn planned(files: &[(&str, &str)]) -> Vec<String> {
    let plan = lower(&sources(files));
    let line = |(_, definition): (_, &Definition)| match &definition.same_as {
        Some(key) => format!("{} = {}", definition.name, of_key(&plan, key).1.name),
        None => format!("{}: {}", definition.name, form(&plan, &definition.form)),
    };
    plan.definitions().map(line).collect()
}

/// What is planned for `schema`, the only one, `root`.
fn of(schema: &str) -> Vec<String> {
    planned(&[("root", schema)])
}

fn form(plan: &Plan, form: &Form) -> String {
    match form {
        Form::Object { members, closed, rest, names, rules, .. } => {
            let mut parts: Vec<String> = members.iter().map(|it| member(plan, it)).collect();
            parts.extend(rest.iter().map(|Rest { field, pattern, typify, .. }| {
                format!("{field}[{}] {}", pattern.as_deref().unwrap_or_default(), asked(plan, typify))
            }));
            let mut together: Vec<String> = rules.iter().map(rule).collect();
            together.extend(names.iter().map(|names| format!("propertyNames {}", asked(plan, &names.typify))));
            let together = if together.is_empty() { String::new() } else { format!(" where {}", together.join(", ")) };
            format!("{}{{{}}}{together}", if *closed { "closed " } else { "" }, parts.join(", "))
        }
        Form::Tuple { items, closed, rules } => {
            let item = |Item { presence, typify, .. }: &Item| match presence {
                Presence::Required => asked(plan, typify),
                Presence::Optional => format!("?{}", asked(plan, typify)),
                Presence::Rest => format!("*{}", asked(plan, typify)),
            };
            let items: Vec<String> = items.iter().map(item).collect();
            let rules: Vec<String> = rules.iter().map(rule).collect();
            let rules = if rules.is_empty() { String::new() } else { format!(" where {}", rules.join(", ")) };
            format!("{}({}){rules}", if *closed { "closed " } else { "" }, items.join(", "))
        }
        Form::Text(variants) => {
            let variants: Vec<String> = variants.iter().map(|it| format!("{}={:?}", it.name, it.wire)).collect();
            format!("enum {}", variants.join(" "))
        }
        Form::Open { known, other, rules } => {
            let known: Vec<String> = known.iter().map(|it| format!("{}={:?}", it.name, it.wire)).collect();
            let rules: Vec<String> = rules.iter().map(rule).collect();
            let rules = if rules.is_empty() { String::new() } else { format!(" where {}", rules.join(", ")) };
            format!("enum {} or {other}{rules}", known.join(" "))
        }
        Form::Union { branches, tag, overlap } => {
            let branches = branches.iter().map(|it| format!("{}({})", it.name, asked(plan, &it.typify)));
            let how = match overlap {
                Overlap::First => "any of",
                Overlap::Refused => "one of",
                Overlap::All => "all of",
            };
            let by = tag.as_ref().map(|tag| format!(" by {tag}")).unwrap_or_default();
            match branches.collect::<Vec<_>>().join(" | ") {
                none if none.is_empty() => "nothing".to_owned(),
                branches => format!("{how} {branches}{by}"),
            }
        }
        Form::Values(values) => {
            let values: Vec<String> = values.iter().map(|it| format!("{}={}", it.name, it.value)).collect();
            format!("values {}", values.join(" "))
        }
        Form::Newtype { typify } => asked(plan, typify),
        Form::Checked { typify, rules } => {
            let rules: Vec<String> = rules.iter().map(rule).collect();
            format!("{} where {}", asked(plan, typify), rules.join(", "))
        }
        Form::Opaque { .. } => "opaque".to_owned(),
    }
}

fn rule(Rule { keyword, value }: &Rule) -> String {
    format!("{keyword} {value}")
}

fn member(plan: &Plan, Member { wire, field, required, typify, .. }: &Member) -> String {
    let name = if wire == field { wire.clone() } else { format!("{wire:?} as {field}") };
    format!("{name}{} {}", if *required { ":" } else { "?:" }, asked(plan, typify))
}

fn of_key<'p>(plan: &'p Plan, key: &str) -> (&'p Module, &'p Definition) {
    plan.definitions().find(|(_, it)| it.key == key).expect("no key without definition")
}

/// A request in short: `Name` for a reference, `T?` for what may be `null`.
fn asked(plan: &Plan, typify: &Value) -> String {
    let all = |value: &Value| value.as_array().map(|all| all.iter().map(|it| asked(plan, it)).collect::<Vec<_>>());
    if let Some(reference) = typify.get("$ref").and_then(Value::as_str) {
        let (module, definition) = of_key(plan, reference.trim_start_matches("#/definitions/"));
        return if module.documents.start == 0 {
            definition.name.clone()
        } else {
            format!("{}::{}", module.name, definition.name)
        };
    }
    if let Some([value, null]) = typify.get("oneOf").and_then(all).as_deref() {
        assert_eq!(null, "null");
        return format!("{value}?");
    }
    match (typify.get("type").and_then(Value::as_str), typify) {
        (Some("array"), array) => format!("[{}]", asked(plan, &array["items"])),
        (Some("object"), map) => format!("{{*: {}}}", asked(plan, &map["additionalProperties"])),
        (Some(name), scalar) => scalar.get("format").and_then(Value::as_str).unwrap_or(name).to_owned(),
        (None, Value::Bool(true)) => "any".to_owned(),
        other => panic!("typify is not to be asked {other:?}"),
    }
}

#[test]
fn each_kind_of_schema_has_its_form() {
    let cases = [
        ("true", "any"),
        ("{}", "any"),
        (r#"{"title": "only said", "format": "uri"}"#, "any"),
        ("false", "values "),
        (r#"{"type": "null"}"#, "null"),
        (r#"{"anyOf": [{"type": "null", "not": {"const": null}}]}"#, "opaque"),
        (r#"{"anyOf": [{"type": "number"}, {"type": "integer"}]}"#, "any of Integer(integer) | Number(number)"),
        (r#"{"type": ["boolean"]}"#, "boolean"),
        (r#"{"type": "integer"}"#, "integer"),
        (r#"{"type": "number", "format": "float"}"#, "number"),
        (r#"{"type": "string"}"#, "string"),
        (r#"{"type": "string", "format": "date-time"}"#, "date-time"),
        (r#"{"type": "string", "format": "uri"}"#, "string"),
        (r#"{"type": "integer", "format": "date-time"}"#, "integer"),
        (r#"{"format": "date-time"}"#, "any of String(date-time) | Other(AnythingButString)"),
        (
            r#"{"type": "string", "format": "date-time", "maxLength": 20}"#,
            r#"string where maxLength 20, format "date-time""#,
        ),
        (r#"{"type": "array"}"#, "[any]"),
        (r#"{"type": "array", "items": {"type": "array", "items": {"type": "string"}}}"#, "[[string]]"),
        (r#"{"type": "object"}"#, "{*: any}"),
        (r#"{"type": "object", "properties": {}, "additionalProperties": {"type": "integer"}}"#, "{*: integer}"),
        (r#"{"type": "object", "additionalProperties": false}"#, "closed {}"),
        (r#"{"type": "string", "enum": ["b", "a", "b"]}"#, r#"enum B="b" A="a""#),
        (r#"{"const": "a"}"#, r#"enum A="a""#),
        (r#"{"type": "string", "minLength": 2.0, "enum": ["a", "bb"]}"#, r#"enum Bb="bb""#),
        (r#"{"type": "string", "enum": [1]}"#, "values "),
        (r#"{"enum": ["a", 1, 1.0, true]}"#, r#"values A="a" N1=1 True=true"#),
        (r#"{"enum": [true, null, false]}"#, "boolean?"),
        (r#"{"const": null}"#, "null"),
        (r#"{"enum": []}"#, "values "),
        (r#"{"const": "a", "enum": ["a", "b"]}"#, r#"enum A="a""#),
        (r#"{"type": "integer", "enum": [1, 2]}"#, "values N1=1 N2=2"),
        (r#"{"type": ["string", "integer"]}"#, "any of String(string) | Integer(integer)"),
        (r#"{"type": "string", "maxLength": 3}"#, "string where maxLength 3"),
        (r#"{"type": "string", "maxLength": 1e30}"#, "opaque"),
        (r#"{"type": "integer", "minimum": 1e2}"#, "integer where minimum 100.0"),
        (r#"{"type": "integer", "minimum": 0.5}"#, "integer where minimum 0.5"),
        (
            r#"{"type": "integer", "minimum": 0, "maximum": 18446744073709551615}"#,
            "uint64 where minimum 0, maximum 18446744073709551615",
        ),
        (r#"{"type": "integer", "exclusiveMinimum": -1, "format": "uint64"}"#, "uint64 where exclusiveMinimum -1"),
        (
            r#"{"type": "integer", "minimum": 0, "maximum": 9223372036854775807}"#,
            "integer where minimum 0, maximum 9223372036854775807",
        ),
        (r#"{"type": "number", "maximum": 9007199254740991}"#, "number where maximum 9007199254740991"),
        (r#"{"type": "number", "maximum": 9007199254740992}"#, "number where maximum 9007199254740992"),
        (r#"{"type": "number", "maximum": 9007199254740993}"#, "opaque"),
        (r#"{"type": "number", "exclusiveMinimum": -9007199254740992}"#, "opaque"),
        (r#"{"type": "array", "items": false}"#, "[Never]"),
        (r#"{"not": {"type": "string"}}"#, "opaque"),
        (r#"{"properties": {"a": true}}"#, "any of Object(RootObject) | Other(AnythingButObject)"),
    ];
    let wrong = |(schema, expected): &(&str, &str)| of(schema)[0] != format!("Root: {expected}");
    let wrong: Vec<_> = cases.into_iter().filter(wrong).map(|(schema, _)| (schema, of(schema).remove(0))).collect();
    assert_eq!(wrong, []);
}

#[test]
fn members_are_required_optional_undeclared_or_refused() {
    let cases = [
        (
            r#"{"type": "object", "required": ["z", "b"], "properties": {"b": {"type": "null"}, "a": {}}}"#,
            "{b: null, a?: any, z: any}",
        ),
        (r#"{"type": "object", "required": ["z"]}"#, "{z: any, additional_properties[] any}"),
        (r#"{"type": "object", "properties": {"a": true}, "additionalProperties": false}"#, "closed {a?: any}"),
        (r#"{"type": "object", "properties": {"a": true}, "additionalProperties": {}}"#, "{a?: any}"),
        (
            r#"{"type": "object", "properties": {"a": true}, "additionalProperties": {"title": "said"}}"#,
            "{a?: any, additional_properties[] any}",
        ),
        (
            r#"{"type": "object", "properties": {"a": true}, "additionalProperties": false, "required": ["z"]}"#,
            "values ",
        ),
        (
            r#"{"type": "object", "properties": {"a": true}, "minProperties": 1}"#,
            "{a?: any, additional_properties[] any} where minProperties 1",
        ),
        (r#"{"type": "object", "properties": {"a": false}}"#, "{a?: Never}"),
    ];
    let wrong = |(schema, expected): &(&str, &str)| of(schema)[0] != format!("Root: {expected}");
    let wrong: Vec<_> = cases.into_iter().filter(wrong).map(|(schema, _)| (schema, of(schema).remove(0))).collect();
    assert_eq!(wrong, []);
}

#[test]
fn members_without_a_field_go_into_maps_of_their_own() {
    let cases = [
        (
            r#""properties": {"a": true}, "patternProperties": {"^x": false}"#,
            "{a?: any, pattern_properties[^x] Never, additional_properties[] any}",
        ),
        (
            r#""patternProperties": {"^x": {"type": "null"}, "^y": {"type": "boolean"}}, "additionalProperties": false, "required": ["y"]"#,
            "closed {y: boolean, x_properties[^x] null, y_properties[^y] boolean}",
        ),
        // Two that can match one name: there is a map for both if one asks for nothing, or both for the same.
        (r#""patternProperties": {"x": {"type": "null"}, "y": {"type": "boolean"}}"#, "opaque"),
        (
            r#""patternProperties": {"x": true, "y": {"type": "null"}}, "additionalProperties": false"#,
            "closed {y_properties[y] null, x_properties[x] any}",
        ),
        (r#""properties": {"xa": {"type": "null"}}, "patternProperties": {"x": {"type": "boolean"}}"#, "opaque"),
        (
            r#""properties": {"xa": {}}, "patternProperties": {"x": {"type": "null"}}, "additionalProperties": false"#,
            "closed {xa?: null, pattern_properties[x] null}",
        ),
        (
            r#""properties": {}, "additionalProperties": {"type": "null"}, "propertyNames": {"const": "a"}"#,
            "{additional_properties[] null} where propertyNames OnlyA",
        ),
        (
            r#""properties": {"a": {}}, "dependentRequired": {"a": ["b"]}"#,
            r#"{a?: any, b?: any} where dependentRequired {"a":["b"]}"#,
        ),
        (r#""dependentRequired": {"a": ["b"]}, "additionalProperties": false"#, "opaque"),
        // What one schema says of all others, it says of those that only another has a pattern for.
        (
            r#""additionalProperties": {"type": ["null", "boolean"]}, "allOf": [{"patternProperties": {"^x": {"enum": [null, 1]}}}]"#,
            "{pattern_properties[^x] null, additional_properties[] boolean?}",
        ),
        (
            r#""properties": {"xa": {}}, "additionalProperties": {"type": "null"}, "allOf": [{"patternProperties": {"^x": {"type": "string"}}}]"#,
            "opaque",
        ),
    ];
    for (keywords, expected) in cases {
        let schema = format!(r#"{{"type": "object", {keywords}}}"#);
        assert_eq!(of(&schema)[0], format!("Root: {expected}"), "{schema}");
    }
}

#[test]
fn arrays_of_items_with_schemas_of_their_own_are_tuples() {
    let cases = [
        (r#""prefixItems": [{"type": "null"}, true], "items": false, "minItems": 2"#, "closed (null, any)"),
        (r#""prefixItems": [{"type": "null"}, true], "minItems": 1, "maxItems": 2"#, "(null, ?any) where maxItems 2"),
        (
            r#""prefixItems": [{"type": "null"}], "items": {"type": "boolean"}, "minItems": 3"#,
            "(null, *boolean) where minItems 3",
        ),
        (r#""prefixItems": [{"type": "null"}], "uniqueItems": true"#, "(?null, *any) where uniqueItems true"),
        // Two date-times that are read as one are two in JSON; objects of which something would be dropped keep it.
        (
            r#""items": {"type": "array", "items": {"type": "string", "format": "date-time"}}, "uniqueItems": true"#,
            "opaque",
        ),
        (
            r#""items": {"type": "object", "properties": {}, "required": ["a"]}, "uniqueItems": true"#,
            "[RootItem] where uniqueItems true",
        ),
        (r#""items": {"type": "object", "properties": {"t": {"format": "date-time"}}}, "uniqueItems": true"#, "opaque"),
        (
            r#""items": {"type": "object", "additionalProperties": {"type": "null"}}, "uniqueItems": true"#,
            "[{*: null}] where uniqueItems true",
        ),
    ];
    for (keywords, expected) in cases {
        let schema = format!(r#"{{"type": "array", {keywords}}}"#);
        assert_eq!(of(&schema)[0], format!("Root: {expected}"), "{schema}");
    }
}

#[test]
fn what_is_deep_in_a_type_gets_one_of_its_own() {
    let schema = (0..30)
        .fold(serde_json::json!({"type": "string"}), |items, _| serde_json::json!({"type": "array", "items": items}));
    let planned = of(&schema.to_string());
    assert_eq!(planned.len(), 3);
    assert!(planned.iter().all(|line| line.matches('[').count() <= super::asked::DEEPEST), "{planned:?}");
}

/// How many keywords of `schema` each tier answers for, as native, checked, opaque, annotation, identifier.
fn tiers(schema: &str) -> [usize; 5] {
    let plan = lower(&sources(&[("root", schema)]));
    Tier::ALL.map(|tier| plan.modules[0].fates.iter().filter(|fate| fate.tier == tier).count())
}

#[test]
fn a_count_of_what_is_contained_stays_with_its_own_schema() {
    let schema = r#"{"type": "array", "allOf": [{"contains": {"type": "null"}}, {"minContains": 0}]}"#;
    let plan = lower(&sources(&[("root", schema)]));
    let forms: Vec<&Form> = plan.definitions().map(|(_, definition)| &definition.form).collect();
    let [Form::Opaque { schema, .. }] = forms.as_slice() else { panic!("{forms:?}") };
    let validator = jsonschema::draft202012::new(schema).unwrap();
    assert!(validator.is_valid(&serde_json::json!([null])) && !validator.is_valid(&serde_json::json!([])));
}

#[test]
fn what_no_type_is_left_for_accepts_nothing_whatever_stands_beside() {
    let schema = r#"{"type": "object", "allOf": [{"type": "boolean"}], "anyOf": [{"not": {"type": "null"}}]}"#;
    let plan = lower(&sources(&[("root", schema)]));
    let forms: Vec<&Form> = plan.definitions().map(|(_, definition)| &definition.form).collect();
    assert!(matches!(forms.as_slice(), [Form::Values(values)] if values.is_empty()), "{forms:?}");
}
