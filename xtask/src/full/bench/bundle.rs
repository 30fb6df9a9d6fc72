//! Documents in the normal form -> one draft-7 document that typify 0.8 takes.
//!
//! As published, none of Kong's documents becomes Rust that compiles by typify alone. So what breaks it is taken out here, as
//! people would by hand: titles (types that are called alike are taken for one), defaults (functions of one name), formats of what
//! is no text and no number (a panic), siblings of references (ignored in draft 7), and names that clash.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use typeproof::pointer::push;
use typeproof::source::{Document, Sources};
use typeproof::vocabulary::{Holds, Role, role};

/// The document, and what its definitions are called.
pub(crate) struct Bundle {
    /// The document: `definitions`, and nothing else.
    pub(crate) schema: Value,
    /// The name of each schema that the sources list or refer to, by its document's number and its pointer there. typify calls
    /// the type so.
    pub(crate) names: BTreeMap<(usize, String), String>,
}

/// All schemas that `sources` list or refer to, in one document.
pub(crate) fn bundle(sources: &Sources) -> Bundle {
    let mut bundler = Bundler { sources, names: BTreeMap::new(), waiting: Vec::new() };
    for (number, document) in sources.documents.iter().enumerate() {
        listed(document).for_each(|pointer| drop(bundler.name(number, &pointer)));
    }
    let mut definitions = Map::new();
    while let Some((number, pointer, name)) = bundler.waiting.pop() {
        let schema = sources.documents.get(number).and_then(|document| document.schema.pointer(&pointer));
        let definition = schema.map_or(Value::Bool(true), |schema| bundler.schema(number, &pointer, schema));
        definitions.insert(name, definition);
    }
    definitions.sort_keys();
    let schema = json!({"$schema": "http://json-schema.org/draft-07/schema#", "definitions": definitions});
    Bundle { schema, names: bundler.names }
}

/// The pointers of the schemas that `document` lists.
fn listed(document: &Document) -> impl Iterator<Item = String> {
    let root = document.is_schema.then(String::new);
    let definitions = document.schema.get("$defs").and_then(Value::as_object);
    let definitions = definitions.into_iter().flat_map(Map::keys).map(|name| push("/$defs", name));
    root.into_iter().chain(definitions)
}

struct Bundler<'a> {
    sources: &'a Sources,
    names: BTreeMap<(usize, String), String>,
    /// What has a name, and is not in the bundle yet.
    waiting: Vec<(usize, String, String)>,
}

impl Bundler<'_> {
    /// The name of the schema at `pointer` of the document `number`: its own, and a number that no other has. It begins with a
    /// capital and has no other but the one before the number, so that typify has nothing to change about it.
    fn name(&mut self, number: usize, pointer: &str) -> String {
        if let Some(name) = self.names.get(&(number, pointer.to_owned())) {
            return name.clone();
        }
        let document = self.sources.documents.get(number).map_or("", |document| &document.name);
        let own = pointer.rsplit_once('/').map_or(document, |(_, last)| last);
        let letters: String = own.chars().filter(char::is_ascii_alphabetic).collect();
        let name = format!("S{}D{}", letters.to_ascii_lowercase(), self.names.len());
        self.names.insert((number, pointer.to_owned()), name.clone());
        self.waiting.push((number, pointer.to_owned(), name.clone()));
        name
    }

    /// The schema at `pointer` of the document `number` in the words of draft 7.
    fn schema(&mut self, number: usize, pointer: &str, schema: &Value) -> Value {
        let Value::Object(keywords) = schema else { return schema.clone() };
        if let Some((document, target)) = self.sources.graph.target(number, pointer) {
            return json!({"$ref": format!("#/definitions/{}", self.name(document, target))});
        }
        let is_listed = keywords.contains_key("prefixItems");
        let mut lowered = Map::new();
        for (keyword, value) in keywords {
            let at = push(pointer, keyword);
            let called = match keyword.as_str() {
                "$schema" | "$defs" | "title" | "default" => continue,
                "format" if !is_text_or_number(keywords) => continue,
                "items" if is_listed => "additionalItems",
                "prefixItems" => "items",
                other => other,
            };
            let value = match role(keyword) {
                Role::Applicator(holds) => self.held(number, &at, holds, value),
                _ => value.clone(),
            };
            lowered.insert(called.to_owned(), value);
        }
        lowered.into()
    }

    /// What a keyword at `at` holds.
    fn held(&mut self, number: usize, at: &str, holds: Holds, value: &Value) -> Value {
        match (holds, value) {
            (Holds::Map, Value::Object(members)) => {
                let member =
                    |(name, schema): (&String, &Value)| (name.clone(), self.schema(number, &push(at, name), schema));
                members.iter().map(member).collect::<Map<_, _>>().into()
            }
            (Holds::List, Value::Array(items)) => {
                let item =
                    |(index, schema): (usize, &Value)| self.schema(number, &push(at, &index.to_string()), schema);
                items.iter().enumerate().map(item).collect()
            }
            (_, value) => self.schema(number, at, value),
        }
    }
}

/// Whether a `format` beside these keywords is of a text or a number, by all that `type` says.
fn is_text_or_number(keywords: &Map<String, Value>) -> bool {
    let is_one = |name: &Value| ["string", "number", "integer"].iter().any(|it| name == it);
    match keywords.get("type") {
        Some(Value::Array(names)) => names.iter().filter(|name| *name != "null").all(is_one),
        Some(name) => is_one(name),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;
    use typeproof::source::load;
    use typeproof::vendor::{Date, Told, arrival, vendor};

    use super::*;

    /// The bundle of one schema file with this text.
    fn bundled(schema: &Value) -> Bundle {
        let folder = TempDir::new().expect("a folder");
        let manifest = folder.path().join("manifest.toml");
        fs::write(&manifest, "[package]\nname = \"t\"\nversion = \"0.1.0\"\ndescription = \"d\"\n").expect("writable");
        fs::write(folder.path().join("s.json"), schema.to_string()).expect("writable");
        let arrival = arrival(&folder.path().join("s.json"), folder.path()).expect("a schema");
        let date = Date { year: 2026, month: 1, day: 1 };
        let told = Told { date, replace: false, dialect: None, module: Some("s"), only: &[] };
        vendor(&manifest, &arrival, &told).expect("a manifest");
        bundle(&load(&manifest).expect("a good manifest"))
    }

    #[test]
    fn what_breaks_typify_is_taken_out_and_all_else_is_kept() {
        let Bundle { schema, names } = bundled(&json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Same",
            "type": "object",
            "properties": {
                "title": {"title": "Same", "type": "string", "default": "a", "minLength": 1},
                "set": {"type": "array", "format": "set", "items": {"$ref": "#/$defs/a-b"}},
                "tuple": {"prefixItems": [{"type": "string", "format": "date"}], "items": false},
                "deep": {"$ref": "#/$defs/a-b/properties/inner", "description": "d"}
            },
            "required": ["title"],
            "$defs": {
                "a-b": {"type": "object", "properties": {"inner": {"type": ["string", "null"]}}},
                "aB": {"type": "integer"}
            }
        }));
        let name = |pointer: &str| names.get(&(0, pointer.to_owned())).map(String::as_str).expect("is named");
        let [root, dashed, camel, inner] =
            [name(""), name("/$defs/a-b"), name("/$defs/aB"), name("/$defs/a-b/properties/inner")];
        let reference = |name: &str| json!({"$ref": format!("#/definitions/{name}")});
        let definitions = json!({
            root: {
                "type": "object",
                "properties": {
                    "title": {"type": "string", "minLength": 1},
                    "set": {"type": "array", "items": reference(dashed)},
                    "tuple": {"items": [{"type": "string", "format": "date"}], "additionalItems": false},
                    "deep": reference(inner)
                },
                "required": ["title"]
            },
            dashed: {"type": "object", "properties": {"inner": {"type": ["string", "null"]}}},
            camel: {"type": "integer"},
            inner: {"type": ["string", "null"]}
        });
        assert_eq!(schema.get("definitions"), Some(&definitions));
    }

    #[test]
    fn names_are_what_typify_calls_types_and_none_is_there_twice() {
        let definitions: Map<String, Value> = ["a_b", "a-b", "AB", "self", "1"]
            .map(|name| (name.to_owned(), json!({"type": "string"})))
            .into_iter()
            .collect();
        let dialect = "https://json-schema.org/draft/2020-12/schema";
        let names = bundled(&json!({"$schema": dialect, "type": "object", "$defs": definitions})).names;
        let mut names: Vec<&String> = names.values().collect();
        for name in &names {
            assert!(name.starts_with('S') && name.chars().all(|c| c.is_ascii_alphanumeric()), "{name}");
        }
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 6);
    }
}
