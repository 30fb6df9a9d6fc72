//! Schemas that use another dialect's words, read as meant.

use serde_json::{Value, json};

use super::{Dialect, failure, read_in, success};

/// The schema that `text` is read as, with the pointer of each note.
fn read(text: &Value) -> Value {
    success(&text.to_string()).0.documents.remove(0).schema
}

#[test]
fn an_id_that_is_a_pointer_names_the_definition() {
    let (sources, notes) = success("{\n\"$id\": \"#/components/schemas/Some~1Name\", \"type\": \"string\"}");
    assert_eq!(sources.documents[0].name, "Some/Name");
    assert_eq!(sources.documents[0].schema, json!({"type": "string"}));
    assert_eq!(
        notes,
        [
            "note: a.json:2:8: #/$id: `$id` is a fragment, which 2020-12 forbids; it is read as the name of the definition"
        ]
    );
}

#[test]
fn the_last_segment_of_an_id_that_is_a_uri_is_the_name() {
    for id in ["https://example.com/v1/address.schema.json", "address.json", "urn:example:address"] {
        let (sources, notes) = success(&json!({"$id": id}).to_string());
        assert_eq!(sources.documents[0].name, "address", "{id}");
        assert_eq!(sources.documents[0].schema, json!({}));
        assert_eq!(notes, [""; 0]);
    }
}

#[test]
fn openapis_annotations_stay_with_one_note_for_each_word() {
    let text = r#"{"properties": {"example": {"example": {"example": 1}}, "b": {"example": 2, "xml": {}}}}"#;
    let (sources, notes) = success(text);
    assert_eq!(sources.documents[0].schema, serde_json::from_str::<Value>(text).unwrap());
    assert_eq!(
        notes,
        [
            "note: a.json:1:40: #/properties/example/example: `example` is OpenAPI's, not 2020-12's; \
             it is kept as an annotation (2 places, this among them)",
            "note: a.json:1:84: #/properties/b/xml: `xml` is OpenAPI's, not 2020-12's; it is kept as an annotation",
        ]
    );
}

#[test]
fn nullable_adds_null_where_it_stands() {
    let cases = [
        (json!({"type": "string", "nullable": true}), json!({"type": ["string", "null"]})),
        (json!({"type": "string", "nullable": false}), json!({"type": "string"})),
        (json!({"type": ["string", "null"], "nullable": true}), json!({"type": ["string", "null"]})),
        (json!({"nullable": true, "enum": ["a"]}), json!({"enum": ["a", null]})),
        (
            json!({"type": "string", "enum": ["a", null], "nullable": true}),
            json!({"type": ["string", "null"], "enum": ["a", null]}),
        ),
        (json!({"nullable": true, "title": "anything"}), json!({"title": "anything"})),
        (json!({"nullable": true, "maxLength": 3}), json!({"maxLength": 3})),
    ];
    for (written, expected) in cases {
        assert_eq!(read(&written), expected, "{written}");
    }
}

#[test]
fn nullable_beside_what_may_refuse_null_makes_null_the_other_branch() {
    for (keyword, value) in [("$ref", json!("#/$defs/a")), ("oneOf", json!([{"type": "string"}])), ("const", json!(1))]
    {
        let defs = json!({"a": {"type": "string"}});
        let written =
            json!({"title": "t", "nullable": true, keyword: value, "$defs": defs, "x-y": 1, "type": "string"});
        let branches = json!([{keyword: value, "type": "string"}, {"type": "null"}]);
        assert_eq!(read(&written), json!({"title": "t", "$defs": defs, "x-y": 1, "anyOf": branches}), "{keyword}");
    }
}

#[test]
fn nullable_is_read_as_a_keyword_only_where_a_schema_stands() {
    let text = json!({"properties": {"nullable": {"default": {"nullable": true}}}, "x-y": {"nullable": true}});
    let (sources, notes) = success(&text.to_string());
    assert_eq!(sources.documents[0].schema, text);
    assert_eq!(notes, [""; 0]);
}

#[test]
fn nullable_is_noted_once_and_must_be_true_or_false() {
    let text = r#"{"items": {"type": "string", "nullable": true}, "contains": {"nullable": false}}"#;
    let note = "`nullable` is OpenAPI's, not 2020-12's; where it is `true`, null is allowed as well";
    assert_eq!(success(text).1, [format!("note: a.json:1:42: #/items/nullable: {note} (2 places, this among them)")]);
    assert_eq!(
        failure(r#"{"nullable": "yes"}"#),
        ["error: a.json:1:14: #/nullable: `nullable` is neither `true` nor `false`"]
    );
    // Adding null would make this the schema of null.
    let printed = failure(r#"{"type": [], "nullable": true}"#);
    assert_eq!(printed[0], "error: a.json:1:10: #/type: `type` does not allow []");
}

#[test]
fn pointers_lead_back_to_what_was_written() {
    let text = r#"{"properties": {"p": {"nullable": true, "anyOf": [{},
 {"items": {"nullable": true, "allOf": [{"type": "string"}]}}]}}}"#;
    let (sources, _) = success(text);
    let document = &sources.documents[0];
    let read = "/properties/p/anyOf/0/anyOf/1/items/anyOf/0/allOf/0/type";
    assert_eq!(document.schema.pointer(read), Some(&json!("string")));
    let written = |pointer: &str| {
        let diagnostic = document.error(pointer, "");
        (diagnostic.pointer.unwrap(), diagnostic.position.map(|at| (at.line, at.column)).unwrap())
    };
    assert_eq!(written(read), ("/properties/p/anyOf/1/items/allOf/0/type".into(), (2, 50)));
    assert_eq!(written("/properties/p/anyOf/1/type"), ("/properties/p/nullable".into(), (1, 35)));
    assert_eq!(written("/properties/p/anyOf/0"), ("/properties/p".into(), (1, 22)));
    assert_eq!(written("/properties/p/anyOf"), ("/properties/p".into(), (1, 22)));
}

#[test]
fn an_annotation_that_2020_12_would_refuse_is_left_out_with_a_note() {
    let (sources, notes) =
        success(r#"{"title": 2, "properties": {"a": {"title": null}, "b": {"title": "B", "x-y": 1}}}"#);
    let properties = json!({"a": {}, "b": {"title": "B", "x-y": 1}});
    assert_eq!(sources.documents[0].schema, json!({"properties": properties}));
    assert_eq!(
        notes,
        ["note: a.json:1:11: #/title: 2020-12 does not allow this value of `title`; it is left out (2 places, this \
          among them)"]
    );
}

#[test]
fn a_reference_with_characters_that_no_uri_has_leads_to_what_it_names() {
    let (sources, notes) = success(r##"{"$ref": "#/$defs/List<a b>", "$defs": {"List<a b>": {"type": "null"}}}"##);
    assert_eq!(sources.graph.target(0, ""), Some((0, "/$defs/List<a b>")));
    assert_eq!(
        notes,
        ["note: a.json:1:10: #/$ref: this `$ref` is no URI reference; it is read with what is special in URIs \
             percent-encoded"]
    );
}

#[test]
fn what_2020_12_allows_is_read_in_older_dialects_too() {
    let written = json!({"required": [], "items": true, "properties": {"a": {"exclusiveMinimum": 1}}});
    let (mut sources, notes) = read_in(Dialect::Draft4, &written);
    assert_eq!(sources.documents.remove(0).schema, written);
    let read = "draft 4 does not allow this value of";
    let by_keyword = |keyword| format!("{read} `{keyword}`; 2020-12 does, and it is read so");
    let expected = ["a schema".to_owned(), by_keyword("exclusiveMinimum"), by_keyword("required")];
    assert_eq!(notes.len(), 3, "{notes:?}");
    for (note, expected) in notes.iter().zip(&expected) {
        assert!(note.contains(expected), "{note}");
    }
}
