//! Two documents -> the same with the references inlined that recursion does not need.
//!
//! Set operations read through references, but not everywhere: not into a definition that recursion can be reached from,
//! nor below a negated `additionalProperties`. So as few definitions as possible are left by name, and the same ones in
//! both documents: where one has a name in the middle of a recursion and the other has none, that name goes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::schema;
use crate::pointer;
use crate::vocabulary::{self, Holds, Role};

/// Schemas in the largest document that is made; beyond it, fewer references are inlined, or none.
const LARGEST: usize = 20_000;
/// Schemas within each other in what is made.
const DEEPEST: usize = 400;

/// Both documents, whose definitions go by the same names where they are the same, with each `$ref` to a definition
/// replaced by that definition: all but those to a few that both have and that every recursion comes through.
pub(super) fn but_recursion(documents: [&Value; 2]) -> [Value; 2] {
    let graphs = documents.map(References::of);
    let recursive = graphs.each_ref().map(|graph| graph.recursive(&BTreeSet::new()));
    let fewest = fewest_kept(&graphs, &recursive);
    let expanded = [&fewest, &recursive].into_iter().find_map(|kept| {
        let [one, other] = documents;
        let [kept_of_one, kept_of_other] = kept;
        Some([expanded(one, kept_of_one)?, expanded(other, kept_of_other)?])
    });
    expanded.unwrap_or_else(|| documents.map(Value::clone))
}

/// For each document the definitions to keep: of the names that are recursive in both, one is dropped after the other as
/// long as what is left still interrupts every recursion. A recursion without such a name keeps all of its own.
fn fewest_kept(graphs: &[References<'_>; 2], recursive: &[BTreeSet<String>; 2]) -> [BTreeSet<String>; 2] {
    let [of_one, of_other] = recursive;
    let mut shared: BTreeSet<String> = of_one.intersection(of_other).cloned().collect();
    let uninterrupted = |kept: &BTreeSet<String>| graphs.each_ref().map(|graph| graph.recursive(kept));
    let own = uninterrupted(&shared);
    for name in shared.clone() {
        shared.remove(&name);
        if uninterrupted(&shared) != own {
            shared.insert(name);
        }
    }
    own.map(|own| own.union(&shared).cloned().collect())
}

/// The names of the definitions that lead back to themselves.
pub(super) fn recursive(document: &Value) -> BTreeSet<String> {
    References::of(document).recursive(&BTreeSet::new())
}

/// By the name of a definition: the definitions that it refers to.
pub(super) struct References<'a>(pub(super) BTreeMap<&'a str, BTreeSet<String>>);

impl<'a> References<'a> {
    fn of(document: &'a Value) -> Self {
        let definitions = document.get("$defs").and_then(Value::as_object).into_iter().flatten();
        let edges = definitions.map(|(name, schema)| {
            let schemas = vocabulary::subschemas(schema, "");
            (
                name.as_str(),
                schemas.into_iter().filter_map(|(_, schema)| Some(target(schema::reference(schema)?)?.0)).collect(),
            )
        });
        Self(edges.collect())
    }

    /// The names that lead back to themselves by a way that comes through none of `kept`.
    pub(super) fn recursive(&self, kept: &BTreeSet<String>) -> BTreeSet<String> {
        let leads_back = |name: &&&str| {
            let mut seen = BTreeSet::new();
            let mut pending = vec![**name];
            while let Some(at) = pending.pop() {
                for next in self.0.get(at).into_iter().flatten().filter(|next| !kept.contains(*next)) {
                    if next == **name {
                        return true;
                    }
                    if seen.insert(next.as_str()) {
                        pending.push(next);
                    }
                }
            }
            false
        };
        let names = self.0.keys().filter(|name| !kept.contains(**name));
        names.filter(leads_back).map(|name| (*name).to_owned()).collect()
    }
}

/// The definition that a reference leads into, and whether it is that definition as a whole.
pub(super) fn target(reference: &str) -> Option<(String, bool)> {
    let pointer = schema::fragment(reference)?;
    let mut tokens = pointer::tokens(&pointer);
    let name = tokens.next().filter(|keyword| keyword == "$defs").and_then(|_| tokens.next())?;
    Some((name, tokens.next().is_none()))
}

/// `document` with each reference to a whole definition inlined that is not `kept`, and without the definitions that
/// nothing refers to any more; `None` when it becomes too large.
fn expanded(document: &Value, kept: &BTreeSet<String>) -> Option<Value> {
    let schemas = vocabulary::subschemas(document, "");
    let targets = schemas.iter().filter_map(|(_, schema)| target(schema::reference(schema)?));
    let kept: BTreeSet<String> =
        targets.filter(|(_, whole)| !whole).map(|(name, _)| name).chain(kept.iter().cloned()).collect();
    let mut document = document.clone();
    let all = document.as_object_mut().and_then(|root| root.get_mut("$defs")).map(Value::take);
    let all = all.and_then(|all| all.as_object().cloned()).unwrap_or_default();
    let mut expansion = Expansion { definitions: &all, kept: &kept, left: LARGEST, depth: 0 };
    let left = all.iter().filter(|(name, _)| kept.contains(*name));
    let left: Map<String, Value> =
        left.map(|(name, schema)| Some((name.clone(), expansion.of(schema)?))).collect::<Option<_>>()?;
    let mut expanded = expansion.of(&document)?;
    if let Some(root) = expanded.as_object_mut() {
        root.shift_remove("$defs");
        if !left.is_empty() {
            root.insert("$defs".to_owned(), left.into());
        }
    }
    Some(expanded)
}

struct Expansion<'a> {
    definitions: &'a Map<String, Value>,
    kept: &'a BTreeSet<String>,
    left: usize,
    depth: usize,
}

impl Expansion<'_> {
    /// The expanded copy of a schema; `None` when it becomes too large or too deep.
    fn of(&mut self, schema: &Value) -> Option<Value> {
        self.left = self.left.checked_sub(1)?;
        self.depth += 1;
        let copy = if self.depth > DEEPEST { None } else { self.copy(schema) };
        self.depth -= 1;
        copy
    }

    fn copy(&mut self, schema: &Value) -> Option<Value> {
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
        let Some((name, true)) =
            schema::reference(schema).and_then(target).filter(|(name, _)| !self.kept.contains(name))
        else {
            return Some(copy.into());
        };
        let Some(definition) = self.definitions.get(&name) else { return Some(copy.into()) };
        let definition = self.of(definition)?;
        copy.shift_remove("$ref");
        match copy.get_mut("allOf") {
            Some(Value::Array(parts)) => parts.push(definition),
            _ => drop(copy.insert("allOf".to_owned(), vec![definition].into())),
        }
        Some(copy.into())
    }
}

/// How many schemas lie within each other in `document`, a definition within the first schema that refers to it: as a
/// reader goes that reads each definition once.
pub(super) fn levels(document: &Value) -> usize {
    let mut seen = BTreeSet::new();
    let mut pending = vec![(document, 1)];
    let mut deepest = 0;
    while let Some((schema, level)) = pending.pop() {
        deepest = deepest.max(level);
        let target = schema::reference(schema).and_then(|reference| schema::resolve(document, reference));
        let target = target.filter(|place| seen.insert(place.pointer.clone())).map(|place| place.schema);
        let keywords = schema.as_object().into_iter().flatten();
        let keywords = keywords.filter(|(keyword, _)| vocabulary::role(keyword) != Role::Definitions);
        let below = keywords.flat_map(|(keyword, value)| vocabulary::held(keyword, value, ""));
        // The last is taken first, as it would be by recursion.
        let mut next: Vec<(&Value, usize)> = below.map(|(_, schema)| (schema, level + 1)).collect();
        next.extend(target.map(|target| (target, level + 1)));
        pending.extend(next.into_iter().rev());
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_is_not_recursive_is_inlined() {
        let document = json!({
            "properties": {"a": {"$ref": "#/$defs/Text", "title": "A"}, "b": {"$ref": "#/$defs/Node"}},
            "$defs": {"Text": {"type": "string"}, "Node": {"items": {"$ref": "#/$defs/Node"}, "not": {"$ref": "#/$defs/Text"}}}
        });
        assert_eq!(recursive(&document), BTreeSet::from(["Node".to_owned()]));
        let [expanded, _] = but_recursion([&document, &document]);
        let text = json!({"type": "string"});
        assert_eq!(expanded["properties"]["a"], json!({"title": "A", "allOf": [text]}));
        assert_eq!(expanded["properties"]["b"], json!({"$ref": "#/$defs/Node"}));
        assert_eq!(expanded["$defs"], json!({"Node": {"items": {"$ref": "#/$defs/Node"}, "not": {"allOf": [text]}}}));
    }

    #[test]
    fn a_name_in_the_middle_of_a_recursion_goes_if_the_other_document_has_none_there() {
        let short = json!({"$ref": "#/$defs/Tree", "$defs": {"Tree": {"items": {"items": {"$ref": "#/$defs/Tree"}}}}});
        let long = json!({"$ref": "#/$defs/Tree", "$defs": {
            "Tree": {"items": {"$ref": "#/$defs/Branch"}}, "Branch": {"items": {"$ref": "#/$defs/Tree"}}
        }});
        let [of_short, of_long] = but_recursion([&short, &long]);
        assert_eq!(of_short, short);
        assert_eq!(of_long["$defs"], json!({"Tree": {"items": {"allOf": [{"items": {"$ref": "#/$defs/Tree"}}]}}}));
        // Of two names in the middle of the same recursion, one is enough.
        let [twice, _] = but_recursion([&long, &long]);
        assert_eq!(twice["$defs"].as_object().map(Map::len), Some(1));
    }

    #[test]
    fn a_recursion_that_only_one_document_has_keeps_its_names() {
        let own = json!({"$ref": "#/$defs/A", "$defs": {"A": {"items": {"$ref": "#/$defs/A"}}}});
        let [expanded, none] = but_recursion([&own, &json!({"$ref": "#/$defs/B", "$defs": {"B": {"type": "array"}}})]);
        assert_eq!((expanded, none), (own, json!({"allOf": [{"type": "array"}]})));
    }

    #[test]
    fn a_document_that_would_be_too_large_stays_as_it_is() {
        let mut definitions = json!({"Node": {"items": {"$ref": "#/$defs/Node"}}, "D0": {"type": "string"}});
        for number in 1..40 {
            let below = json!({"$ref": format!("#/$defs/D{}", number - 1)});
            definitions[format!("D{number}")] = json!({"properties": {"a": below, "b": below}});
        }
        let doubling = json!({"$ref": "#/$defs/D39", "$defs": definitions});
        assert_eq!(but_recursion([&doubling, &json!(true)]), [doubling, json!(true)]);
    }
}
