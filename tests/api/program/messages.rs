//! What a consumer is told of a value that is refused, and where in it.

use serde_json::json;
use types::*;

use super::{refusal, says};

pub fn all() {
    ways();
    wrongs();
}

fn ways() {
    use ways::Ways;
    let at = |text: &str, way: &str| {
        let message = refusal::<Ways>(text);
        assert!(message.starts_with(&format!("at {way}: ")), "{message:?} does not begin with {way}");
    };
    at(r#"{"list": [{}, {"name": "ok"}, {"name": 1}]}"#, "/list/2/name");
    at(r#"{"list": [{"name": ""}]}"#, "/list/0/name");
    at(r#"{"map": {"a/b~": [[true, 1]]}}"#, "/map/a~1b~0/0/1");
    at(r#"{"other": 1}"#, "/other");
    says(&refusal::<Ways>("[]"), &["a JSON object for Ways"]);
    let message = serde_json::from_value::<Ways>(json!({"list": [{"name": ""}]})).expect_err("too short").to_string();
    says(&message, &["at /list/0/name: ", "breaks minLength 1", "ways.json#/properties/list/items/properties/name"]);
}

fn wrongs() {
    use wrong::Wrong;
    let is = |text: &str, message: &str| {
        let refusal = refusal::<Wrong>(text);
        assert!(refusal.starts_with(&format!("{message} at line 1 column ")), "{refusal:?} is not {message:?}");
    };
    is("[]", "invalid type: sequence, expected a JSON object for Wrong (wrong.json#)");
    is(r#"{"text": 1}"#, "at /text: invalid type: integer `1`, expected a string (wrong.json#)");
    is(r#"{"text": "a", "text": "b"}"#, "member `text` of Wrong is given twice (wrong.json#)");
    is(
        r#"{"size": 1}"#,
        "at /size: invalid type: integer `1`, expected a string that is listed (wrong.json#/properties/size)",
    );
    is(r#"{"size": "huge"}"#, r#"at /size: "huge": one of "small", "large" (wrong.json#/properties/size)"#);
    is(r#"{"any": [1]}"#, "at /any: invalid type: [1], expected an object (wrong.json#)");
    is(r#"{"any": {"a": [{"b": 1, "b": 2}]}}"#, "at /any/a/0: member `b` is given twice (wrong.json#)");
    is(r#"{"map": {"a": 1, "a": 2}}"#, "at /map: member `a` is given twice (wrong.json#)");
    is(
        r#"{"list": [1, 2.5]}"#,
        "at /list/1: invalid value: 2.5, expected an integer from -2^63 to 2^63 - 1 (wrong.json#)",
    );
    is(
        r#"{"odd": {"a": 1}}"#,
        r#"at /odd: {"a":1}: breaks /not: {"properties":{"a":{"const":1}},"required":["a"],"type":"object"} is not allowed for it (wrong.json#/properties/odd)"#,
    );
    is(
        r#"{"deep": {"in": 1}}"#,
        r#"at /deep/in: 1: breaks /properties/in/not: {"const":1} is not allowed for it (wrong.json#/properties/deep)"#,
    );
    let invalid = wrong::WrongDeep::try_from(json!({"in": 1})).expect_err("not allowed");
    assert_eq!((invalid.path(), invalid.value(), invalid.schema()), ("/in", "1", "wrong.json#/properties/deep"));
    // What is wrong with the text itself stays what the format says.
    assert!(serde_json::from_str::<Wrong>("{").expect_err("no JSON").is_eof());

    // Long values and long lists are shown by their beginnings.
    is(
        r#"{"many": "z"}"#,
        r#"at /many: "z": one of "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l" and 2 more (wrong.json#/properties/many)"#,
    );
    let long = "é".repeat(1000);
    let shown = format!(r#"at /size: "{}…": one of "small", "large" (wrong.json#/properties/size)"#, "é".repeat(79));
    is(&json!({"size": long}).to_string(), &shown);
    let shown = format!("{}…", "é".repeat(80));
    says(
        &refusal::<Wrong>(&json!({"when": long}).to_string()),
        &["at /when: ", &shown, "expected a date-time", "(wrong.json#)"],
    );
    let invalid = text::Text::try_from(long.as_str()).expect_err("too long");
    assert_eq!(invalid.value(), format!("{long:?}"));
    assert!(invalid.to_string().len() < 300, "{invalid}");
}
