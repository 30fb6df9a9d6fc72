//! The schema of an object, put together from its members.

use serde_json::{Map, Value};

use super::{Annotations, annotated};
use super::object::Object;
use super::shape::{Shape, Unknown};
use super::rest::{Rest, Together};
use super::row::Row;

/// An object's schema while it is put together from its members.
pub(crate) struct Description<'a> {
    pub(crate) generator: &'a mut schemars::SchemaGenerator,
    shape: &'static Shape,
    /// The annotations of each member.
    said: &'static [Annotations],
    properties: Map<String, Value>,
    required: Vec<&'static str>,
    index: usize,
    /// The schema of the values of each map of other members.
    pub(crate) maps: Vec<schemars::Schema>,
}

impl Description<'_> {
    /// Adds the next member.
    pub(crate) fn member(&mut self, schema: schemars::Schema, required: bool) {
        let name = self.shape.members.get(self.index).copied().unwrap_or_default();
        let annotations = self.said.get(self.index).copied().unwrap_or_default();
        if self.index < self.shape.listed {
            self.properties.insert(name.to_owned(), annotated(schema, annotations).into());
        }
        self.index += 1;
        if required {
            self.required.push(name);
        }
    }
}

/// The schema of the objects that the structs of a type are. No struct is needed: the types of its members say it all.
pub(crate) fn describe<T: Object>(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let (shape, (annotations, said), properties) = (T::SHAPE, T::SAID, Map::new());
    let (required, maps) = (Vec::new(), Vec::new());
    let mut object = Description { generator, shape, said, properties, required, index: 0, maps };
    T::Row::describe(&mut object);
    let Description { properties, required, generator, maps, .. } = object;
    let mut schema = schemars::json_schema!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        schema.insert("required".to_owned(), required.into());
    }
    if shape.unknown == Unknown::Refused {
        schema.insert("additionalProperties".to_owned(), false.into());
    }
    for (rest, value) in shape.rest.iter().zip(maps) {
        rest.describe(annotated(value, rest.annotations).into(), schema.ensure_object());
    }
    for rule in shape.rules {
        rule.describe(generator, schema.ensure_object());
    }
    annotated(schema, annotations)
}

impl Rest {
    /// Adds the schema of this map's values to that of its object.
    fn describe(&self, value: Value, object: &mut Map<String, Value>) {
        let Some((pattern, _)) = self.pattern else {
            object.insert("additionalProperties".to_owned(), value);
            return;
        };
        let patterns = object.entry("patternProperties").or_insert_with(|| Map::new().into());
        if let Value::Object(patterns) = patterns {
            patterns.insert(pattern.to_owned(), value);
        }
    }
}

impl Together {
    /// Adds the rule to the schema of its object.
    fn describe(&self, generator: &mut schemars::SchemaGenerator, object: &mut Map<String, Value>) {
        let (keyword, value) = match self {
            Self::MinProperties(count) => ("minProperties", (*count).into()),
            Self::MaxProperties(count) => ("maxProperties", (*count).into()),
            Self::DependentRequired(dependencies) => {
                let dependencies =
                    dependencies.iter().map(|(name, others)| ((*name).to_owned(), others.to_vec().into()));
                ("dependentRequired", dependencies.collect::<Map<String, Value>>().into())
            }
            Self::PropertyNames { schema, annotations, .. } => {
                ("propertyNames", annotated(schema(generator), annotations).into())
            }
        };
        object.insert(keyword.to_owned(), value);
    }
}
