//! A document -> for each schema, how deep its shallowest value nests: the way out of a recursion.

use std::collections::BTreeMap;
use std::ptr;

use serde_json::{Map, Value};

use super::schema;
use super::types::Types;
use crate::vocabulary;

/// Rounds after which a schema whose height is not known yet is taken to have no end.
const ROUNDS: usize = 40;

/// The height of each schema of one document, told by where the schema is.
pub(super) struct Heights(BTreeMap<*const Value, usize>);

impl Heights {
    /// The heights of all schemas in `root`: each is found from those that it needs, round by round.
    pub(super) fn of(root: &Value) -> Self {
        let schemas = vocabulary::subschemas(root, "");
        let mut heights = Self(BTreeMap::new());
        for _ in 0..ROUNDS {
            let mut is_done = true;
            for (_, schema) in &schemas {
                let height = heights.now(root, schema);
                if height < heights.of_schema(schema) {
                    heights.0.insert(ptr::from_ref(*schema), height);
                    is_done = false;
                }
            }
            if is_done {
                break;
            }
        }
        heights
    }

    /// The height of `schema`, which has to be one of the document; `usize::MAX` for one without any value.
    pub(super) fn of_schema(&self, schema: &Value) -> usize {
        self.0.get(&ptr::from_ref(schema)).copied().unwrap_or(usize::MAX)
    }

    /// The height as far as it follows from what is known now.
    fn now(&self, root: &Value, schema: &Value) -> usize {
        let Value::Object(keywords) = schema else { return if schema == false { usize::MAX } else { 0 } };
        let list = |keyword: &str| keywords.get(keyword).and_then(Value::as_array).into_iter().flatten();
        let target = schema::reference(schema).and_then(|reference| schema::resolve(root, reference));
        let all = target.map(|place| place.schema).into_iter().chain(list("allOf")).map(|part| self.of_schema(part));
        let any = ["anyOf", "oneOf"]
            .into_iter()
            .filter_map(|keyword| list(keyword).map(|branch| self.of_schema(branch)).min());
        all.chain(any).max().unwrap_or(0).max(self.own(schema, keywords))
    }

    /// What the schema's own keywords ask for.
    fn own(&self, schema: &Value, keywords: &Map<String, Value>) -> usize {
        if keywords.contains_key("const") || keywords.contains_key("enum") {
            return 0;
        }
        let types = Types::of(schema);
        let object = (!types.and(Types::OBJECT).is_empty()).then(|| self.object(keywords));
        let array = (!types.and(Types::ARRAY).is_empty()).then(|| self.array(keywords));
        let parts = object.into_iter().chain(array);
        // Without `type`, the type is another schema's to say: it may be any of them.
        match keywords.contains_key("type") {
            true if types.and(Types::SCALAR).is_empty() => parts.min().unwrap_or(usize::MAX),
            true => 0,
            false => parts.max().unwrap_or(0),
        }
    }

    fn object(&self, keywords: &Map<String, Value>) -> usize {
        let required = keywords.get("required").and_then(Value::as_array).into_iter().flatten();
        let member = |name: &str| {
            let named = keywords.get("properties").and_then(|properties| properties.get(name));
            named.or_else(|| keywords.get("additionalProperties")).map_or(0, |schema| self.of_schema(schema))
        };
        required.filter_map(Value::as_str).map(|name| member(name).saturating_add(1)).max().unwrap_or(0)
    }

    fn array(&self, keywords: &Map<String, Value>) -> usize {
        let least = keywords.get("minItems").and_then(Value::as_f64).unwrap_or(0.0) as usize;
        let prefix = keywords.get("prefixItems").and_then(Value::as_array).into_iter().flatten();
        let rest = keywords.get("items").into_iter().cycle();
        prefix.chain(rest).take(least.min(ROUNDS)).map(|item| self.of_schema(item).saturating_add(1)).max().unwrap_or(0)
    }
}
