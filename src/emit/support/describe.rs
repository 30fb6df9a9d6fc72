//! The schema of an object, put together from its members.

use super::annotated;
use super::object::{Shape, Unknown};
use super::row::Members;

/// An object's schema while it is put together from its members.
pub(crate) struct Description<'a> {
    pub(crate) generator: &'a mut schemars::SchemaGenerator,
    shape: &'static Shape,
    properties: serde_json::Map<String, serde_json::Value>,
    required: Vec<&'static str>,
    index: usize,
}

impl Description<'_> {
    /// Adds the next member.
    pub(crate) fn member(&mut self, schema: schemars::Schema, required: bool) {
        let name = self.shape.members.get(self.index).copied().unwrap_or_default();
        let annotations = self.shape.member_annotations.get(self.index).copied().unwrap_or_default();
        self.index += 1;
        self.properties.insert(name.to_owned(), annotated(schema, annotations).into());
        if required {
            self.required.push(name);
        }
    }
}

/// The schema of the object whose members `lend` lends. No object is needed: the members' types say it all.
pub(crate) fn describe<'a, T: 'a, M: Members>(
    lend: impl Fn(&'a T) -> M,
    shape: &'static Shape,
    generator: &mut schemars::SchemaGenerator,
) -> schemars::Schema {
    drop(lend);
    let properties = serde_json::Map::new();
    let mut object = Description { generator, shape, properties, required: Vec::new(), index: 0 };
    M::describe(&mut object);
    let Description { properties, required, .. } = object;
    let mut schema = schemars::json_schema!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        schema.insert("required".to_owned(), required.into());
    }
    if shape.unknown == Unknown::Refused {
        schema.insert("additionalProperties".to_owned(), false.into());
    }
    annotated(schema, shape.annotations)
}
