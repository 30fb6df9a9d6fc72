//! What a consumer relies on of choices, and is told of the branches that do not take a value.

use serde_json::json;
use types::*;

use super::{refusal, says};

pub fn all() {
    closest_first();
    unions();
    discriminators();
}

/// The branches that a message names as not taking a value, in its order.
fn order(message: &str) -> Vec<&str> {
    let (_, told) = message.split_once(" takes this (").and_then(|(_, rest)| rest.split_once(") [")).expect("branches");
    let name = |reason: &str| reason.split_once(':').map_or(0, |(name, _)| name.len());
    told.split("; ").map(|reason| reason.get(..name(reason)).unwrap_or_default()).collect()
}

fn closest_first() {
    let order_of = |value: serde_json::Value, expected: &[&str]| {
        let message = refusal::<shapes::Shapes>(&value.to_string());
        assert_eq!(order(&message), expected, "{message}");
    };
    // The branch whose constant the value has, whatever else is wrong with it, and however deep another one looks into it.
    order_of(json!({"form": "square", "size": 1, "tint": "red"}), &["Square", "Circle", "Line", "no object"]);
    order_of(
        json!({"form": "line", "size": "big", "corner": {"x": "far"}}),
        &["Line", "Circle", "Square", "no object"],
    );
    // All alike: the fewest faults, and where these are as many, the deepest.
    order_of(json!({"size": 1, "tint": true}), &["Circle", "Square", "Line", "no object"]);
    order_of(json!({"form": "cube", "size": 1, "corner": {"x": "far"}}), &["Circle", "Square", "Line", "no object"]);
    order_of(json!([1, "a"]), &["Names", "Counts", "no array"]);
    let message = refusal::<shapes::Shapes>(r#""a""#);
    assert!(
        message.starts_with(r#""a": no branch of Shapes takes this (shapes.json#) [no string: Circle, "#),
        "{message}"
    );
    let message = refusal::<shapes::Shapes>(r#"[1, "a"]"#);
    says(
        &message,
        &[
            r#"[1,"a"]: no branch of Shapes"#,
            "Names: at /0: invalid type: integer `1`, expected a string (shapes.json#)",
        ],
    );
}

fn unions() {
    use tagged::Tagged;
    says(&refusal::<Tagged>(r#"{"kind": "bird"}"#), &[r#"at /kind: "bird": one of "cat", "dog" (tagged.json#)"#]);
    says(
        &refusal::<Tagged>(r#"{"kind": 1}"#),
        &[r#"at /kind: invalid type: integer `1`, expected one of "cat", "dog" (tagged.json#)"#],
    );
    says(&refusal::<Tagged>(r#"{"lives": 9}"#), &[r#"{"lives":9}: member `kind` of Tagged is missing (tagged.json#)"#]);
    let message = refusal::<Tagged>(r#"{"kind": "cat", "lives": "nine"}"#);
    assert!(message.starts_with("at /lives: invalid type: string \"nine\""), "{message}");
    says(&message, &["(tagged.json#/oneOf/0)"]);
    let both = refusal::<both::Both>("{}");
    says(&both, &["{}: both ", " of Both take this (both.json#)"]);

    let message = refusal::<several::Several>(r#"{"b": "b", "x": "p"}"#);
    assert_eq!(order(&message), ["a", "b"], "{message}");
    says(&message, &[r#"{"b":"b","x":"p"}: no branch of Several takes this (several.json#) ["#, "member `a` of"]);

    // A branch that does not have a member is farther than one that has it, with another value.
    let message = refusal::<inner::Inner>(r#"{"shape": {"a": 1}}"#);
    assert!(message.starts_with(r#"at /shape: {"a":1}: no branch of InnerShape takes this"#), "{message}");
    assert_eq!(order(&message).first(), Some(&"A"), "{message}");
    // Unions in unions say it once for each, however deep; and no deeper one is asked twice for each that holds it.
    let deep = (0..61).fold(json!({"end": false}), |end, _| json!({"next": end}));
    let message = refusal::<chain::Chain>(&deep.to_string());
    assert!(message.starts_with("at /next: ") && message.chars().count() < 3000, "{} {message}", message.len());
    let valid = (0..61).fold(json!({"end": true}), |end, _| json!({"next": end}));
    assert!(serde_json::from_value::<chain::Chain>(valid).is_ok());
}

fn discriminators() {
    use pets::{Cat, Dog, DogKind, Only, OnlyCat, Pets};
    let cat = Cat { kind: OnlyCat::Cat, lives: Some(9) };
    let dog = Dog { kind: DogKind::Puppy, good: None };
    // A branch is a union by itself, and a tag of several strings is kept where it is.
    assert_eq!((Pets::from(cat.clone()), Only::from(cat.clone())), (Pets::Cat(cat.clone()), Only::Cat(cat)));
    let text = r#"{"kind":"puppy"}"#;
    assert_eq!(serde_json::from_str::<Pets>(text).expect("valid"), Pets::from(dog.clone()));
    assert_eq!(serde_json::to_string(&Pets::Dog(dog)).expect("valid"), text);
    says(
        &refusal::<Pets>(r#"{"kind": "bird"}"#),
        &["at /kind: \"bird\": one of ", "cat", "dog", "puppy", "pets.json#"],
    );
    says(&refusal::<Pets>(r#"{"kind": 1}"#), &["at /kind: invalid type: integer `1`, expected one of "]);
    says(&refusal::<Only>(r#"{"kind": "dog"}"#), &["at /kind: ", "\"dog\""]);
    says(&refusal::<Pets>("\"\""), &["both"]);
}
