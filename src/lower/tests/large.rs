//! Schemas of hundreds of branches, thousands of values and references: what they become is what smaller ones of their kind do. No test here
//! looks at the clock: what takes time with the square of these numbers, or doubles with each, does not come to an end.

use serde_json::{Map, Value, json};

use super::{Form, form, lower, of, sources};

/// How many branches a choice has here.
const BRANCHES: usize = 400;

/// An object that must have the member `name`, of this schema.
fn having(name: &str, schema: &Value) -> Value {
    json!({"type": "object", "properties": {name: schema}, "required": [name]})
}

/// How the root of `schema` is read, how many branches it has, and how many definitions are opaque.
fn choice(schema: &Value) -> (String, usize, usize) {
    let plan = lower(&sources(&[("root", &schema.to_string())]));
    let opaque = plan.definitions().filter(|(_, it)| matches!(it.form, Form::Opaque { .. })).count();
    let Form::Union { branches, tag, overlap } = &plan.modules[0].definitions[0].form else {
        return (form(&plan, &plan.modules[0].definitions[0].form), 0, opaque);
    };
    (format!("{overlap:?} {}", tag.as_deref().unwrap_or("untagged")), branches.len(), opaque)
}

#[test]
fn a_choice_between_hundreds_has_a_variant_for_each() {
    let each = |branch: &dyn Fn(String) -> Value| (0..BRANCHES).map(|number| branch(number.to_string())).collect();
    let string = json!({"type": "string"});
    let tagged = |number: String| {
        let properties = json!({"kind": {"const": number}, (format!("only{number}")): string});
        json!({"type": "object", "properties": properties, "required": ["kind"]})
    };
    let required = |number: String| having(&format!("only{number}"), &string);
    let closed = |number: String| {
        let mut schema = required(number);
        schema["additionalProperties"] = json!(false);
        schema
    };
    let optional = |number: String| json!({"type": "object", "properties": {(format!("only{number}")): string}});
    let dated = |number: String| having(&format!("at{number}"), &json!({"type": "string", "format": "date-time"}));
    let pattern = |number: String| json!({"type": "string", "pattern": format!("^{number}-")});
    let cases: [(&str, Value, &str); 8] = [
        ("oneOf", each(&tagged), "First kind"),
        ("oneOf", each(&required), "Refused untagged"),
        ("oneOf", each(&closed), "Refused untagged"),
        ("oneOf", each(&optional), "Refused untagged"),
        ("oneOf", each(&dated), "Refused untagged"),
        ("oneOf", each(&pattern), "Refused untagged"),
        ("anyOf", each(&required), "All untagged"),
        ("anyOf", each(&pattern), "First untagged"),
    ];
    for (keyword, branches, how) in cases {
        let found = choice(&json!({ keyword: branches }));
        assert_eq!(found, (how.to_owned(), BRANCHES, 0), "{keyword} {}", branches[0]);
    }
}

#[test]
fn objects_of_too_many_branches_to_compare_keep_what_they_do_not_name() {
    let optional =
        |number: usize| json!({"type": "object", "properties": {(format!("only{number}")): {"type": "string"}}});
    let keep = |branches: usize| {
        let schema = json!({"oneOf": (0..branches).map(optional).collect::<Vec<_>>()});
        let plan = lower(&sources(&[("root", &schema.to_string())]));
        let keeps = |form: &Form| matches!(form, Form::Object { rest, .. } if !rest.is_empty());
        plan.definitions().filter(|(_, it)| keeps(&it.form)).count()
    };
    assert_eq!((keep(3), keep(BRANCHES)), (3, BRANCHES), "what one drops, others ask about");
}

/// The sources of `levels` definitions called `L…`, each of which is `level` of its number; the last is `end`.
fn levels(levels: usize, level: impl Fn(usize) -> Value, end: Value) -> Vec<String> {
    let name = |number: usize| format!("L{number}");
    let definitions = (0..levels).map(|number| (name(number), level(number))).chain([(name(levels), end)]);
    let definitions: Map<String, Value> = definitions.collect();
    of(&json!({"$ref": "#/$defs/L0", "$defs": definitions}).to_string())
}

fn reference(number: usize) -> Value {
    json!({"$ref": format!("#/$defs/L{number}")})
}

#[test]
fn what_many_ways_lead_to_is_looked_at_once() {
    for keyword in ["anyOf", "oneOf"] {
        let own = |number: usize| having(&format!("only{number}"), &json!({"type": "string"}));
        let level = |number: usize| json!({keyword: [reference(number + 1), reference(number + 1), own(number)]});
        let planned = levels(40, level, own(40));
        assert!(!planned.iter().any(|line| line.contains("opaque")), "{keyword}: {planned:?}");
        // The root, the levels, and the objects of all but the last.
        assert_eq!(planned.len(), 1 + 41 + 40, "{keyword}");
    }
}

#[test]
fn a_chain_of_references_ends_where_its_last_does() {
    let planned = levels(2000, |number| reference(number + 1), json!({"type": "integer", "default": 7}));
    assert_eq!(planned.len(), 2002);
    assert_eq!((planned[0].as_str(), planned[2001].as_str()), ("Root: L0", "L2000: integer"));
    let plan = lower(&sources(&[(
        "root",
        &json!({"$ref": "#/$defs/L0", "$defs": {"L0": reference(1), "L1": {"type": "integer", "default": 7}}})
            .to_string(),
    )]));
    let defaults: Vec<Option<Value>> = plan.definitions().map(|(_, it)| it.default.clone()).collect();
    assert_eq!(defaults, vec![Some(json!(7)); 3], "each has the default of what it refers to");
}

#[test]
fn hundreds_of_objects_are_brought_together_in_one() {
    let shared = |number: usize| json!({"type": "string", "maxLength": 1000 - number});
    let object = |number: usize| {
        let own = format!("only{number}");
        json!({"type": "object", "properties": {(own.clone()): {"type": "string"}, "shared": shared(number)}, "required": [own]})
    };
    let planned = of(&json!({"allOf": (0..500).map(object).collect::<Vec<_>>()}).to_string());
    assert_eq!(planned.len(), 2, "{planned:?}");
    assert_eq!(planned[0].matches("only").count(), 500, "{}", planned[0]);
    assert_eq!(planned[1], "UpTo501String: string where maxLength 501");
}

#[test]
fn choices_that_a_value_makes_at_once_are_multiplied() {
    let choice = |name: &str, branches: usize| {
        let branch = |number: usize| having(&format!("{name}{number}"), &json!({"type": "string"}));
        json!({"oneOf": (0..branches).map(branch).collect::<Vec<_>>()})
    };
    for (schema, objects) in [
        (json!({"allOf": [choice("a", 6), choice("b", 6)]}), 36),
        (json!({"allOf": [choice("a", 4), choice("b", 4), choice("c", 4)]}), 64),
        (json!({"allOf": [choice("a", 4), choice("b", 4), choice("c", 4), choice("d", 2)]}), 128),
    ] {
        let planned = of(&schema.to_string());
        assert!(!planned.iter().any(|line| line.contains("opaque")), "{planned:?}");
        assert_eq!(planned.iter().filter(|line| line.contains('{')).count(), objects);
    }
}

#[test]
fn an_enum_of_thousands_has_a_variant_for_each_value() {
    let long = "x".repeat(300);
    for (values, first, last) in [
        ((0..20_000).map(|it| json!(format!("value-{it}"))).collect::<Vec<Value>>(), "Value0", "Value19999"),
        (
            (0..20_000).map(|it| if it % 2 == 0 { json!(it) } else { json!(it.to_string()) }).collect::<Vec<Value>>(),
            "N0",
            "N19999",
        ),
        // Names end before these differ: letters tell them apart.
        ((0..4000).map(|it| json!(format!("{long}{it:04}"))).collect::<Vec<Value>>(), "X", "FXV"),
    ] {
        let twice = [values.as_slice(), values.as_slice()].concat();
        let plan = lower(&sources(&[("root", &json!({ "enum": twice }).to_string())]));
        let names: Vec<&str> = match &plan.modules[0].definitions[0].form {
            Form::Text(variants) => variants.iter().map(|variant| variant.name.as_str()).collect(),
            Form::Values(values) => values.iter().map(|value| value.name.as_str()).collect(),
            other => panic!("{other:?}"),
        };
        assert_eq!(names.len(), values.len());
        assert!(
            names[0].starts_with(first) && names[names.len() - 1].ends_with(last),
            "{} {}",
            names[0],
            names[names.len() - 1]
        );
    }
}
