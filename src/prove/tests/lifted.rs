//! Values that show what has changed deep in a schema.

use serde_json::{Value, json};

use crate::prove::{lifted::search, side};

/// A board of tiles, of which the `kind`th has settings by name, each a list of levels up to `most`.
fn board(kind: usize, most: u64) -> Value {
    let levels = |most: u64| json!({"type": "array", "items": {"enum": (0..most).collect::<Vec<_>>()}});
    let settings =
        |most: u64| json!({"type": "object", "additionalProperties": {"anyOf": [{"type": "null"}, levels(most)]}});
    let tile = |number: usize| {
        let most = if number == kind { most } else { 3 };
        let properties = json!({"kind": {"const": format!("tile {number}")}, "settings": settings(most), "title": {"type": "string"}});
        json!({"type": "object", "properties": properties, "required": ["kind"], "additionalProperties": false})
    };
    let tiles: Vec<Value> = (0..9).map(tile).collect();
    json!({
        "type": "object",
        "properties": {"name": {"minLength": 3, "type": "string"}, "tiles": {"items": {"oneOf": tiles}, "type": "array"}},
        "required": ["name"]
    })
}

#[test]
fn what_one_branch_takes_deep_within_is_found_and_put_in_its_place() {
    for kind in [0, 4, 8] {
        let (narrow, wide) = (board(kind, 3), board(kind, 4));
        let found = search(&wide, &narrow, 1).unwrap();
        let [accepts, refuses] = [&wide, &narrow].map(|schema| side::validator(schema).unwrap());
        assert!(accepts.is_valid(&found) && !refuses.is_valid(&found), "{found}");
        assert_eq!(search(&narrow, &wide, 1), None);
    }
}

#[test]
fn what_a_branch_asks_for_is_asked_beside_what_stands_around_the_choice() {
    let choice = |most: u64| {
        let long =
            json!({"properties": {"kind": {"const": "long"}, "list": {"items": {"maximum": most, "type": "integer"}}}});
        let short = json!({"properties": {"kind": {"const": "short"}}});
        json!({"type": "object", "required": ["id", "kind", "list"], "oneOf": [short, long],
               "properties": {"id": {"type": "string", "minLength": 2}, "list": {"type": "array", "minItems": 1}}})
    };
    let found = search(&choice(5000), &choice(4999), 1).unwrap();
    assert_eq!(found["kind"], "long");
    assert!(found["list"].as_array().unwrap().contains(&json!(5000)), "{found}");
    assert_eq!(search(&choice(4999), &choice(5000), 1), None);
}
