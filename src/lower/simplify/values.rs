//! A schema that lists values -> those of them that all its keywords accept.

use serde_json::{Map, Value, json};

use super::merge::Node;
use super::one::Simplify;
use super::tagged::{Tagged, standalone};
use crate::equal::distinct;

impl Simplify<'_> {
    /// The values that `schema`, which is `node`, accepts, each once, as a schema; none if it lists none.
    pub(super) fn values(&self, schema: &Tagged, node: &Node) -> Option<Tagged> {
        let listed = match (node.asserted("enum"), node.asserted("const")) {
            (_, Some(value)) => vec![value.clone()],
            (Some(Value::Array(values)), None) => values.clone(),
            _ => return None,
        };
        let plain = ["enum", "const"].into_iter().any(|keyword| node.asserts_only(keyword));
        let validator = if plain { None } else { Some(self.validator(schema)?) };
        let accepted =
            listed.iter().filter(|value| validator.as_ref().is_none_or(|validator| validator.is_valid(value)));
        let values: Vec<Value> = distinct(accepted).into_iter().cloned().collect();
        Some(match values.as_slice() {
            [Value::Null] => Map::from_iter([("type".to_owned(), json!("null"))]),
            _ => Map::from_iter([("enum".to_owned(), values.into())]),
        })
    }

    /// A validator of `schema` in which the formats that the policy asserts refuse what is not theirs.
    pub(super) fn validator(&self, schema: &Tagged) -> Option<jsonschema::Validator> {
        let schema = standalone(self.sources, schema, self.policy);
        jsonschema::draft202012::options().should_validate_formats(true).build(&schema).ok()
    }
}
