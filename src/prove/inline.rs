//! A document -> the same with the references inlined that recursion does not need.
//!
//! Set operations read through references, but not everywhere: not into a definition that recursion can be reached from,
//! nor below a negated `additionalProperties`. With what is not recursive in place, only the recursive definitions are
//! left for them to tell by their names.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::schema;
use crate::pointer;
use crate::vocabulary::{self, Holds, Role};

/// Schemas in the largest document that is made; beyond it, the document stays as it is.
const LARGEST: usize = 200_000;

/// `document`, with each `$ref` to a definition that is on no cycle replaced by that definition.
pub(super) fn but_recursion(document: &Value) -> Value {
    let recursive = recursive(document);
    let mut expansion = Expansion { document, recursive: &recursive, left: LARGEST };
    expansion.of(document).unwrap_or_else(|| document.clone())
}

/// The names of the definitions that lead back to themselves.
pub(super) fn recursive(document: &Value) -> BTreeSet<String> {
    let definitions = document.get("$defs").and_then(Value::as_object).into_iter().flatten();
    let edges: BTreeMap<&str, BTreeSet<String>> = definitions
        .map(|(name, schema)| {
            let schemas = vocabulary::subschemas(schema, "");
            (name.as_str(), schemas.into_iter().filter_map(|(_, schema)| Some(target(schema)?.0)).collect())
        })
        .collect();
    let leads_back = |name: &&str| {
        let mut seen = BTreeSet::new();
        let mut pending: Vec<&String> = edges.get(name).into_iter().flatten().collect();
        while let Some(next) = pending.pop() {
            if next == name {
                return true;
            }
            if seen.insert(next) {
                pending.extend(edges.get(next.as_str()).into_iter().flatten());
            }
        }
        false
    };
    edges.keys().filter(|name| leads_back(name)).map(|name| (*name).to_owned()).collect()
}

/// The definition that the schema's own `$ref` leads into, and whether it is that definition as a whole.
fn target(schema: &Value) -> Option<(String, bool)> {
    let pointer = schema::reference(schema).and_then(schema::fragment)?;
    let mut tokens = pointer::tokens(&pointer);
    let name = tokens.next().filter(|keyword| keyword == "$defs").and_then(|_| tokens.next())?;
    Some((name, tokens.next().is_none()))
}

struct Expansion<'a> {
    document: &'a Value,
    recursive: &'a BTreeSet<String>,
    left: usize,
}

impl Expansion<'_> {
    /// The expanded copy of a schema; `None` when it becomes too large.
    fn of(&mut self, schema: &Value) -> Option<Value> {
        self.left = self.left.checked_sub(1)?;
        let Value::Object(keywords) = schema else { return Some(schema.clone()) };
        let mut copy = Map::new();
        for (keyword, value) in keywords {
            let value = match (vocabulary::role(keyword), value) {
                (Role::Applicator(Holds::One), value) => self.of(value)?,
                (Role::Applicator(Holds::List), Value::Array(items)) => {
                    items.iter().map(|item| self.of(item)).collect::<Option<Value>>()?
                }
                (Role::Applicator(Holds::Map) | Role::Definitions, Value::Object(members)) => {
                    let members = members.iter().map(|(name, member)| Some((name.clone(), self.of(member)?)));
                    members.collect::<Option<Map<String, Value>>>()?.into()
                }
                _ => value.clone(),
            };
            copy.insert(keyword.clone(), value);
        }
        let Some((name, true)) = target(schema).filter(|(name, _)| !self.recursive.contains(name)) else {
            return Some(copy.into());
        };
        let Some(definition) = self.document.get("$defs").and_then(|definitions| definitions.get(&name)) else {
            return Some(copy.into());
        };
        let definition = self.of(definition)?;
        copy.shift_remove("$ref");
        match copy.get_mut("allOf") {
            Some(Value::Array(parts)) => parts.push(definition),
            _ => drop(copy.insert("allOf".to_owned(), vec![definition].into())),
        }
        Some(copy.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_is_not_recursive_is_inlined() {
        let document = json!({
            "properties": {"a": {"$ref": "#/$defs/Text", "title": "A"}, "b": {"$ref": "#/$defs/Node"}},
            "$defs": {
                "Text": {"type": "string"},
                "Node": {"items": {"$ref": "#/$defs/Branch"}},
                "Branch": {"not": {"$ref": "#/$defs/Text"}, "contains": {"$ref": "#/$defs/Node"}}
            }
        });
        assert_eq!(recursive(&document), BTreeSet::from(["Branch".to_owned(), "Node".to_owned()]));
        let expanded = but_recursion(&document);
        assert_eq!(expanded["properties"]["a"], json!({"title": "A", "allOf": [{"type": "string"}]}));
        assert_eq!(expanded["properties"]["b"], json!({"$ref": "#/$defs/Node"}));
        assert_eq!(expanded["$defs"]["Branch"]["not"], json!({"allOf": [{"type": "string"}]}));
    }

    #[test]
    fn a_document_that_would_be_too_large_stays_as_it_is() {
        let mut definitions = json!({"Node": {"items": {"$ref": "#/$defs/Node"}}, "D0": {"type": "string"}});
        for number in 1..40 {
            let below = json!({"$ref": format!("#/$defs/D{}", number - 1)});
            definitions[format!("D{number}")] = json!({"properties": {"a": below, "b": below}});
        }
        let doubling = json!({"$ref": "#/$defs/D39", "$defs": definitions});
        assert_eq!(but_recursion(&doubling), doubling);
    }
}
