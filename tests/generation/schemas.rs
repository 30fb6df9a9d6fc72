//! Small schemas, each made to catch a generator out. The name is the module's, and that of its file.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

/// Those that are written by hand, each as it is written.
const WRITTEN: &str = include_str!("schemas.json");

/// All of them: module and text.
pub fn schemas() -> Vec<(String, String)> {
    let written: BTreeMap<String, Box<RawValue>> = serde_json::from_str(WRITTEN).expect("JSON");
    let written = written.into_iter().map(|(module, schema)| (module, schema.get().to_owned()));
    written.chain(wide()).chain([deep(), characters()]).collect()
}

/// Objects of so many members, every third required: a row of members has groups, and groups of groups.
fn wide() -> impl Iterator<Item = (String, String)> {
    [0, 1, 8, 9, 64, 65, 300, 1500].into_iter().map(|count| {
        let name = |index: usize| format!("member{index}");
        let types = ["string", "integer", "boolean"];
        let of = |index: usize| json!({"type": types.get(index % 3)});
        let properties: Map<String, Value> = (0..count).map(|index| (name(index), of(index))).collect();
        let required: Vec<String> = (0..count).step_by(3).map(name).collect();
        let schema =
            json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false});
        (format!("wide_{count}"), schema.to_string())
    })
}

/// Lists in lists, as deep as a file may be.
fn deep() -> (String, String) {
    let schema = (0..60).fold(json!({"type": "boolean"}), |items, _| json!({"type": "array", "items": items}));
    ("deep".to_owned(), schema.to_string())
}

/// Controls, all punctuation of ASCII and some more as an enum's value, a member's name and a definition's name.
fn characters() -> (String, String) {
    let characters: Vec<String> = (0..=0x7f_u8)
        .map(char::from)
        .filter(|c| !c.is_ascii_alphanumeric())
        .skip(7)
        .chain(ODD.chars())
        .map(String::from)
        .collect();
    let properties: Map<String, Value> =
        characters.iter().map(|text| (text.clone(), json!({"type": "integer", "title": text}))).collect();
    let definitions: Map<String, Value> =
        characters.iter().filter(|text| !text.is_ascii()).map(|text| (text.clone(), json!({"const": text}))).collect();
    let letters = json!({"enum": characters, "description": ODD, "default": ODD});
    let schema = json!({"type": "object", "properties": properties, "x-odd": ODD, "$defs": {"all": letters, "each": {"$defs": definitions}}});
    ("characters".to_owned(), schema.to_string())
}

/// What turns text around, joins lines, combines, composes (two spellings of one letter), looks like another or has no case.
const ODD: &str = "\u{202e}\u{2066}\u{200f}\u{2028}\u{2029}\u{85}\u{feff}\u{301}\u{1f980}\u{212b}\u{c5}\u{3a9}\u{2126}\u{df}\u{1e9e}\u{130}\u{131}\u{430}\u{540d}\u{f900}\u{8c48}\u{1d400}\u{1c5}\u{ff21}\u{660}\u{b2}\u{ad}\u{200d}\u{e000}\u{10ffff}";
