//! A schema that stands outside of `components.schemas` -> what to call it: what it is of (4.8 of OpenAPI 3.1.0 has these objects).

use serde_json::Value;

use crate::pointer;

/// What to call the schema at `pointer` of `document`, an OpenAPI document: the component or the operation it is in, and what it
/// is there: `Size Parameter`, `get-user 200 Response`.
pub(in crate::source) fn called(document: &Value, pointer: &str) -> String {
    let tokens: Vec<String> = pointer::tokens(pointer).collect();
    let mut way = Way { document, at: String::new(), words: Vec::new() };
    let mut rest = tokens.as_slice();
    while let Some(after) = way.step(rest) {
        rest = after;
    }
    way.words.join(" ")
}

/// The way from the root of a document to a schema.
struct Way<'d> {
    document: &'d Value,
    /// How far it went.
    at: String,
    words: Vec<String>,
}

impl Way<'_> {
    /// Takes the words of the next step; gives what is left of the way, if anything was.
    fn step<'t>(&mut self, tokens: &'t [String]) -> Option<&'t [String]> {
        let (first, rest) = tokens.split_first()?;
        let is_start = self.at.is_empty();
        pointer::push(&self.at, first).clone_into(&mut self.at);
        let second = rest.first().filter(|_| is_container(first));
        match (first.as_str(), second) {
            ("components", _) if is_start => return Some(rest),
            ("schema" | "schemas", None) => return Some(rest),
            ("requestBody", _) => self.words.push("request body".to_owned()),
            (container, Some(name)) => {
                self.enter(container, name);
                return rest.get(1..);
            }
            (method, _) => {
                // An operation's own identifier says all that its path and method do.
                let operation = self.here().get("operationId").and_then(Value::as_str);
                match operation.map(str::to_owned) {
                    Some(operation) => self.words = vec![operation],
                    None => self.words.push(method.to_owned()),
                }
            }
        }
        Some(rest)
    }

    /// Goes into what `container` holds under `name`.
    fn enter(&mut self, container: &str, name: &str) {
        let others = self.here().as_object().map_or(0, serde_json::Map::len);
        self.at = pointer::push(&self.at, name);
        let own = self.here().get("name").and_then(Value::as_str).filter(|_| name.parse::<usize>().is_ok());
        let name = own.unwrap_or(name).to_owned();
        match container {
            "paths" | "webhooks" | "callbacks" | "pathItems" | "properties" | "$defs" => self.words.push(name),
            "content" if others > 1 => self.words.push(name),
            "content" => {}
            "requestBodies" => self.words.extend([name, "request body".to_owned()]),
            several => self.words.extend([name, several.trim_end_matches('s').to_owned()]),
        }
    }

    fn here(&self) -> &Value {
        self.document.pointer(&self.at).unwrap_or(&Value::Null)
    }
}

/// Whether the members of what stands under this name have names of their own.
fn is_container(name: &str) -> bool {
    const CONTAINERS: &[&str] = &[
        "$defs",
        "callbacks",
        "content",
        "headers",
        "parameters",
        "pathItems",
        "paths",
        "properties",
        "requestBodies",
        "responses",
        "webhooks",
    ];
    CONTAINERS.contains(&name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_schema_is_called_by_what_it_is_of() {
        let document = json!({
            "paths": {"/users/{id}": {
                "parameters": [{"name": "id"}],
                "get": {"operationId": "getUser", "parameters": [{"name": "page size"}], "responses": {"200": {"content": {"a/b": {}, "c/d": {}}}}},
                "put": {"requestBody": {"content": {"a/b": {}}}}
            }},
            "components": {"responses": {"Gone": {"content": {"a/b": {}}}}}
        });
        for (pointer, expected) in [
            ("/components/parameters/Size/schema", "Size parameter"),
            ("/components/parameters/Size/schema/items", "Size parameter items"),
            ("/components/parameters/Size/schema/properties/schema", "Size parameter schema"),
            ("/components/headers/H/schema", "H header"),
            ("/components/requestBodies/B/content/a~1b/schema", "B request body"),
            ("/components/responses/Gone/content/a~1b/schema", "Gone response"),
            ("/paths/~1users~1{id}/parameters/0/schema", "/users/{id} id parameter"),
            ("/paths/~1users~1{id}/get/parameters/0/schema", "getUser page size parameter"),
            ("/paths/~1users~1{id}/get/responses/200/content/c~1d/schema", "getUser 200 response c/d"),
            ("/paths/~1users~1{id}/put/requestBody/content/a~1b/schema", "/users/{id} put request body"),
        ] {
            assert_eq!(called(&document, pointer), expected, "{pointer}");
        }
    }
}
