//! Each part of the proof goes red for what it is there to catch, and stays green for a type that is right.

mod bounds;
mod cases;
mod inclusion;
mod keywords;
mod lifted;
mod nullable;
mod recursion;
mod said;
mod subjects;
mod survival;
mod witnesses;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    Claim, Effort, Failure, Finding, Outcome, Part, Proof, Reading, Report, Subject, SubjectError, prove, side,
};
use subjects::{Derived, Exact, Made, typed};

const EFFORT: Effort = Effort { nodes: 600_000, ..Effort::of(7, 300) };

fn session() -> Value {
    json!({
        "title": "Session",
        "description": "A session.",
        "type": "object",
        "properties": {
            "id": {"description": "Its ID.", "type": "string"},
            "live": {"type": "boolean", "default": false},
            "created_at": {"type": "string", "format": "date-time", "example": "2023-01-01T01:01:01.001Z"},
            "note": {"type": "string", "format": "markdown", "x-internal": true}
        },
        "required": ["id", "live", "created_at"]
    })
}

fn claim(schema: Value) -> Claim {
    let asserted_formats = BTreeSet::from(["date-time".to_owned()]);
    let (type_path, source) = ("kong::Session".to_owned(), "session.json#".to_owned());
    Claim { type_path, source, schema, asserted_formats, defaults: Vec::new() }
}

/// A change to a re-export.
type Edit = fn(&mut Value);

fn findings(proof: &Proof, part: Part) -> Vec<&Finding> {
    proof.findings.iter().filter(|finding| finding.part == part).collect()
}

fn witnesses(proof: &Proof, part: Part) -> Vec<&str> {
    findings(proof, part).into_iter().filter_map(|finding| finding.witness.as_deref()).collect()
}

/// What is left of the proof of an exact type when its re-export is changed by `edit`.
fn with_re_export(edit: impl FnOnce(&mut Value)) -> Proof {
    let mut re_export = session();
    edit(&mut re_export);
    prove(&claim(session()), &mut typed::<Exact>(re_export), &Effort { valid: 20, near_miss: 20, ..EFFORT })
}

#[test]
fn a_type_that_is_right_is_proved_and_the_proof_says_what_it_visited() {
    let proof = prove(&claim(session()), &mut typed::<Exact>(session()), &EFFORT);
    assert!(proof.holds(), "{}", Report { proofs: vec![proof] });
    assert_eq!(proof.visited.empty_differences, 2);
    assert_eq!(proof.visited.places, 5);
    assert!(proof.visited.valid >= 300 && proof.visited.near_miss >= 300 && proof.visited.texts > 20, "{proof:?}");
}

#[test]
fn the_same_seed_visits_the_same_values() {
    let again = || {
        let mut seen = Vec::new();
        let mut subject = Made(session(), |value: &Value| {
            seen.push(value.clone());
            Ok(value.clone())
        });
        prove(&claim(session()), &mut subject, &EFFORT);
        seen
    };
    assert_eq!(again(), again());
}

#[test]
fn serde_derive_is_caught_taking_an_array_for_an_object_and_null_for_an_optional_member() {
    let proof = prove(&claim(session()), &mut typed::<Derived>(session()), &EFFORT);
    assert!(proof.part_holds(Part::Sets) && proof.part_holds(Part::Annotations), "{proof:?}");
    let witnesses = witnesses(&proof, Part::Behaviour);
    assert!(witnesses.iter().any(|witness| witness.starts_with('[')), "{witnesses:?}");
    assert!(witnesses.iter().any(|witness| witness.contains(r#""note":null"#)), "{witnesses:?}");
    assert!(
        findings(&proof, Part::Behaviour).iter().any(|finding| finding.pointer == "/properties/note/type"),
        "{proof:?}"
    );
}

#[test]
fn schemars_derive_is_caught_by_its_sets_and_its_annotations() {
    let re_export = schemars::schema_for!(Derived).to_value();
    let proof = prove(&claim(session()), &mut typed::<Derived>(re_export), &EFFORT);
    let sets = findings(&proof, Part::Sets);
    assert!(
        sets.iter().any(|finding| finding.witness.as_ref().is_some_and(|text| text.contains(r#""note":null"#))),
        "{sets:#?}"
    );
    assert!(sets.iter().all(|finding| finding.difference.is_some()));
    assert!(!proof.part_holds(Part::Annotations));
}

#[test]
fn a_difference_of_sets_comes_with_its_place_and_a_value() {
    let cases: [(&str, Edit); 5] = [
        ("/properties/note", |schema| schema["properties"]["note"]["type"] = json!(["string", "null"])),
        ("/properties/id", |schema| schema["properties"]["id"]["minLength"] = json!(1)),
        ("/properties/live", |schema| {
            schema["properties"]["live"] = json!({"type": "boolean", "default": false, "const": true})
        }),
        ("", |schema| schema["required"] = json!(["id", "live"])),
        ("", |schema| schema["additionalProperties"] = json!(false)),
    ];
    for (pointer, edit) in cases {
        let proof = with_re_export(edit);
        let sets = findings(&proof, Part::Sets);
        assert_eq!(sets.len(), 1, "{pointer}: {sets:?}");
        assert_eq!(sets[0].pointer, pointer);
        assert!(sets[0].witness.is_some() && sets[0].difference.is_some(), "{sets:?}");
        let values = findings(&proof, Part::Behaviour);
        assert!(values.iter().any(|finding| finding.message.contains("the re-export")), "{pointer}: {values:?}");
    }
}

#[test]
fn an_equal_set_written_in_another_way_is_equal() {
    let proof = with_re_export(|schema| {
        schema["required"] = json!(["created_at", "live", "id"]);
        let id = schema["properties"]["id"].take();
        schema["properties"]["id"] = json!({"$ref": "#/$defs/the%20ID"});
        schema["$defs"] = json!({"the ID": id});
    });
    assert!(proof.holds(), "{proof:?}");
}

#[test]
fn a_recursion_through_the_root_is_the_same_as_one_through_a_definition() {
    let node = |reference: &str| json!({"type": "object", "properties": {"next": {"$ref": reference}}, "additionalProperties": false});
    let source = json!({"$ref": "#/$defs/Node", "$defs": {"Node": node("#/$defs/Node")}});
    let validator = jsonschema::validator_for(&source).expect("a schema");
    let mut subject = Made(node("#"), |value: &Value| match validator.validate(value) {
        Ok(()) => Ok(value.clone()),
        Err(error) => Err(error.to_string()),
    });
    let proof = prove(&claim(source), &mut subject, &EFFORT);
    assert!(proof.part_holds(Part::Sets) && proof.part_holds(Part::Annotations), "{proof:?}");
    assert_eq!(proof.visited.empty_differences, 2);
}

#[test]
fn whatever_the_re_export_says_less_or_more_or_else_is_caught_where_it_is() {
    let cases: [(&str, &str, Edit); 8] = [
        ("", "drops `description`", |schema| drop(schema.as_object_mut().and_then(|map| map.remove("description")))),
        ("", "changes `title`", |schema| schema["title"] = json!("Sitting")),
        ("/properties/created_at", "drops `example`", |schema| {
            drop(schema["properties"]["created_at"].as_object_mut().and_then(|map| map.remove("example")));
        }),
        ("/properties/live", "changes `default`", |schema| schema["properties"]["live"]["default"] = json!(true)),
        ("/properties/note", "changes `format`", |schema| schema["properties"]["note"]["format"] = json!("int64")),
        ("/properties/id", "adds `format`", |schema| schema["properties"]["id"]["format"] = json!("int64")),
        ("/properties/note", "drops `x-internal`", |schema| {
            drop(schema["properties"]["note"].as_object_mut().and_then(|map| map.remove("x-internal")));
        }),
        ("", "reorders `properties`", |schema| {
            let id = schema["properties"].as_object_mut().and_then(|map| map.shift_remove("id"));
            schema["properties"]["id"] = id.expect("it was there");
        }),
    ];
    for (pointer, message, edit) in cases {
        let proof = with_re_export(edit);
        let [finding] = proof.findings.as_slice() else { panic!("{message}: {proof:#?}") };
        assert_eq!((finding.part, finding.pointer.as_str()), (Part::Annotations, pointer));
        assert!(finding.message.contains(message), "{finding}");
    }
}

#[test]
fn annotations_may_move_along_a_reference_but_not_vanish_with_a_place() {
    let source = json!({"description": "A", "$ref": "#/$defs/T", "$defs": {"T": {"description": "B", "anyOf": [{"title": "C", "type": "null", "anyOf": [{"title": "D"}]}]}}});
    let mut chained = source.clone();
    chained["$ref"] = json!("#/$defs/Alias");
    chained["$defs"]["Alias"] = json!({"$ref": "#/$defs/T"});
    let null = |value: &Value| if value.is_null() { Ok(Value::Null) } else { Err("not null".to_owned()) };
    assert!(prove(&claim(source.clone()), &mut Made(chained, null), &EFFORT).part_holds(Part::Annotations));

    let flat = json!({"description": "A", "$ref": "#/$defs/T", "$defs": {"T": {"description": "B", "type": "null"}}});
    let proof = prove(&claim(source), &mut Made(flat, null), &EFFORT);
    let dropped: Vec<&str> = proof.findings.iter().map(|finding| finding.pointer.as_str()).collect();
    assert_eq!(dropped, ["/$defs/T/anyOf/0", "/$defs/T/anyOf/0/anyOf/0"]);
    assert!(proof.findings.iter().all(|finding| finding.message.contains("drops `title`")), "{proof:#?}");
}

#[test]
fn what_is_lost_or_added_on_the_way_out_is_caught() {
    let validator = jsonschema::options().should_validate_formats(true).build(&session()).expect("a schema");
    let through = |edit: fn(&mut Value)| {
        let mut subject = Made(session(), |value: &Value| {
            validator.validate(value).map_err(|error| error.to_string())?;
            let mut written = value.clone();
            edit(&mut written);
            Ok(written)
        });
        let proof = prove(&claim(session()), &mut subject, &EFFORT);
        let messages = proof.findings.iter().filter(|finding| !finding.message.contains("is to be refused"));
        messages.map(|finding| finding.message.clone()).collect::<Vec<_>>()
    };
    let unnamed_members_go: Edit = |value| {
        value
            .as_object_mut()
            .expect("an object")
            .retain(|name, _| ["id", "live", "created_at", "note"].contains(&name.as_str()));
    };
    assert_eq!(through(|_| {}), [""; 0]);
    assert_eq!(through(unnamed_members_go), [""; 0]);
    let absent_as_null: Edit =
        |value| drop(value.as_object_mut().map(|map| map.entry("note").or_insert(Value::Null).clone()));
    assert!(through(absent_as_null).iter().any(|message| message.contains("\"/note\": it was absent and is written")));
    let named_member_goes: Edit = |value| drop(value.as_object_mut().and_then(|map| map.remove("note")));
    assert!(
        through(named_member_goes)
            .iter()
            .any(|message| message.contains("\"/note\"") && message.contains("not written back"))
    );
    let other_instant: Edit = |value| value["created_at"] = json!("2023-01-01T00:00:00Z");
    assert!(through(other_instant).iter().any(|message| message.contains("\"/created_at\"")));
}

#[test]
fn a_type_that_refuses_an_integer_written_as_a_float_is_caught() {
    #[derive(serde::Serialize, serde::Deserialize)]
    #[serde(transparent)]
    struct Count(i64);
    let schema = json!({"type": "integer"});
    let proof = prove(&claim(schema.clone()), &mut typed::<Count>(schema), &EFFORT);
    let [first, ..] = proof.findings.as_slice() else { panic!("{proof:?}") };
    assert!(first.message.contains("the type refuses what the source accepts"), "{first}");
    assert!(first.witness.as_deref().is_some_and(|text| text.contains(['.', 'e'])), "{first}");
}

#[test]
fn a_type_that_writes_what_the_schema_refuses_is_caught() {
    let schema = json!({"type": "object", "properties": {"a": {"type": "string"}}, "minProperties": 1});
    let validator = side::validator(&schema).expect("a schema");
    let mut subject = Made(schema.clone(), |value: &Value| {
        validator.validate(value).map_err(|error| error.to_string())?;
        Ok(value.get("a").map_or(json!({}), |a| json!({"a": a})))
    });
    let proof = prove(&claim(schema), &mut subject, &EFFORT);
    let writes_invalid = |finding: &Finding| finding.message.contains("the type writes what the source refuses: {}");
    assert!(proof.findings.iter().any(writes_invalid), "{proof:?}");
}

#[test]
fn a_member_given_twice_must_be_refused() {
    let proof = prove(&claim(session()), &mut Made(session(), |value: &Value| Ok(value.clone())), &EFFORT);
    let refused =
        proof.findings.iter().find(|finding| finding.message.contains("is to be refused")).expect("a finding");
    let witness = refused.witness.as_deref().unwrap_or_default();
    let twice = |name: &&str| witness.matches(&format!("\"{name}\":")).count() == 2;
    assert_eq!(["id", "live", "created_at"].iter().filter(|name| twice(name)).count(), 1, "{witness}");
}

#[test]
fn ways_of_reading_that_differ_are_caught() {
    struct Borrows(subjects::Typed<Exact>);
    impl Subject for Borrows {
        fn re_export(&mut self, type_path: &str) -> Result<Value, SubjectError> {
            self.0.re_export(type_path)
        }
        fn read(&mut self, type_path: &str, texts: &[&str]) -> Result<Vec<Reading>, SubjectError> {
            let mut readings = self.0.read(type_path, texts)?;
            readings
                .iter_mut()
                .for_each(|reading| reading.from_reader = Err(Failure::Refused("cannot borrow".to_owned())));
            Ok(readings)
        }
    }
    let proof = prove(&claim(session()), &mut Borrows(typed(session())), &EFFORT);
    assert!(proof.findings.iter().any(|finding| finding.message.contains("ways of reading differ")), "{proof:?}");
}

#[test]
fn what_is_read_and_cannot_be_written_is_no_refusal() {
    struct Writes(subjects::Typed<Exact>);
    impl Subject for Writes {
        fn re_export(&mut self, type_path: &str) -> Result<Value, SubjectError> {
            self.0.re_export(type_path)
        }
        fn read(&mut self, type_path: &str, texts: &[&str]) -> Result<Vec<Reading>, SubjectError> {
            let mut readings = self.0.read(type_path, texts)?;
            let unwritable = |outcome: &mut Outcome| {
                *outcome = outcome.clone().map_err(|why| Failure::Unwritable(why.to_string()));
            };
            for Reading { from_str, from_reader, from_value } in &mut readings {
                [from_str, from_reader].into_iter().chain(from_value).for_each(unwritable);
            }
            Ok(readings)
        }
    }
    let proof = prove(&claim(session()), &mut Writes(typed(session())), &EFFORT);
    let found = |message: &str| proof.findings.iter().any(|finding| finding.message.contains(message));
    assert!(found("the type accepts what the source refuses") && found("is to be refused"), "{proof:?}");
}

#[test]
fn a_subject_that_cannot_answer_proves_nothing() {
    struct Dead(Option<Value>);
    impl Subject for Dead {
        fn re_export(&mut self, _: &str) -> Result<Value, SubjectError> {
            self.0.clone().ok_or_else(|| SubjectError("it does not compile".to_owned()))
        }
        fn read(&mut self, _: &str, _: &[&str]) -> Result<Vec<Reading>, SubjectError> {
            Ok(Vec::new())
        }
    }
    for (re_export, message) in
        [(None, "it does not compile"), (Some(session()), "gave 0 readings"), (Some(json!(3)), "no usable schema")]
    {
        let report = Report { proofs: vec![prove(&claim(session()), &mut Dead(re_export), &EFFORT)] };
        assert!(!report.holds() && report.to_string().contains(message), "{report}");
    }
}

#[test]
fn a_report_without_a_proof_does_not_hold() {
    assert!(!Report::default().holds());
    assert!(Report::default().to_string().contains("nothing is proved"));
}

#[test]
fn a_schema_with_one_value_and_one_with_all_are_proved_with_what_there_is() {
    let one = json!({"const": "a"});
    let mut only_a =
        Made(one.clone(), |value: &Value| if value == "a" { Ok(value.clone()) } else { Err("not a".to_owned()) });
    let proof = prove(&claim(one), &mut only_a, &EFFORT);
    assert_eq!((proof.visited.valid, proof.visited.near_miss >= 300), (1, true), "{proof:?}");
    for (schema, kind) in [(json!(true), "near-miss"), (json!(false), "valid")] {
        let all = schema == true;
        let mut subject =
            Made(schema.clone(), |value: &Value| if all { Ok(value.clone()) } else { Err("no".to_owned()) });
        let proof = prove(&claim(schema), &mut subject, &EFFORT);
        assert!(proof.holds(), "{kind}: {proof:?}");
    }
}
