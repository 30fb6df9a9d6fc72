//! Which types a file of a module has.

use serde_json::{Value, json};

use crate::generate_from;
use crate::lower::tests::sources;

/// The files of the module that `schema` makes, each with its types.
fn files(schema: &Value) -> Vec<String> {
    let generation = generate_from(sources(&[("root", &schema.to_string())]), &mut ()).unwrap();
    let of_module = |(path, bytes): (&str, &[u8])| {
        let file = path.strip_prefix("src/root/")?.strip_suffix(".rs").filter(|stem| *stem != "mod")?.to_owned();
        let types = String::from_utf8_lossy(bytes).into_owned();
        let types =
            types.lines().filter_map(|line| line.strip_prefix("pub enum ").or(line.strip_prefix("pub struct ")));
        let name = |line: &str| line.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned();
        Some(format!("{file}: {}", types.map(name).collect::<Vec<_>>().join(" ")))
    };
    generation.tree.iter().filter_map(of_module).collect()
}

fn object(properties: Value) -> Value {
    json!({ "type": "object", "properties": properties })
}

#[test]
fn what_lies_inside_of_a_definition_is_in_its_file() {
    let inside = object(json!({ "b": object(json!({ "c": true })) }));
    let schema = json!({ "type": "object", "$defs": { "A": inside, "B": object(json!({})) } });
    assert_eq!(files(&schema), ["a: A AB", "b: B", "root: Root"]);
}

#[test]
fn a_type_that_several_share_has_a_file_of_its_own_and_one_that_all_in_one_file_ask_for_is_there() {
    let tag = |tag: &str| json!({ "const": tag });
    let one = object(json!({ "own": tag("a"), "again": tag("a"), "both": tag("c") }));
    let deep = object(json!({ "deep": tag("b"), "any": true }));
    let other = object(json!({ "own": deep, "both": tag("c") }));
    let schema = json!({ "type": "object", "$defs": { "A": one, "B": other } });
    assert_eq!(files(&schema), ["a: A OnlyA", "b: B BOwn OnlyB", "only_c: OnlyC", "root: Root"]);
}

#[test]
fn a_type_that_only_a_shared_one_asks_for_is_where_that_is() {
    let shared = object(json!({ "name": { "type": "string", "maxLength": 9 } }));
    let schema = json!({ "type": "object", "$defs": { "A": object(json!({ "x": shared, "y": shared })) } });
    assert_eq!(files(&schema), ["a: A NameUpTo9StringObject UpTo9String", "root: Root"]);
}

#[test]
fn another_name_stands_where_its_schema_does_and_leads_to_its_type() {
    let copy = json!({ "type": "object", "title": "T", "properties": { "list": { "type": "array", "items": { "type": "string" } } } });
    let schema = json!({ "type": "object", "$defs": { "A": object(json!({ "one": copy })), "B": object(json!({ "one": copy })) } });
    let generation = generate_from(sources(&[("root", &schema.to_string())]), &mut ()).unwrap();
    let text = |path: &str| String::from_utf8_lossy(generation.tree.get(path).unwrap()).into_owned();
    let alias = "use super::AOne;\n\n";
    let docs = "/// What the schema has at `#/$defs/B/properties/one`.\n///\n/// The same as [`AOne`](type@AOne).\npub type BOne = AOne;\n";
    let b = text("src/root/b.rs");
    assert!(b.contains(alias) && b.contains("pub one: ::std::option::Option<AOne>,") && b.ends_with(docs), "{b}");
    let contents = "//! # Other names\n//!\n//! - [`BOne`](type@BOne) — [`AOne`](type@AOne)\n";
    assert!(text("src/root/mod.rs").contains(contents), "{}", text("src/root/mod.rs"));
}
