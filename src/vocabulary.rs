//! The keywords of JSON Schema 2020-12, in whose words the normal form of every document is written, and what kind each
//! is, so that every stage means the same by "subschema", "assertion" and "annotation". A keyword that is not in the
//! table is an annotation (2020-12 Core, section 4.3.1).

use serde_json::Value;

use crate::pointer;

/// How a keyword holds subschemas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Its value is a schema.
    One,
    /// Its value is an array of schemas.
    List,
    /// Its value is an object whose member values are schemas.
    Map,
}

/// What kind of keyword it is (2020-12 Core, section 7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Names the schema or its dialect: `$id`, `$schema`, `$anchor`, …
    Identifier,
    /// Holds schemas that constrain nothing by being there: `$defs`.
    Definitions,
    /// Refers to another schema: `$ref`, `$dynamicRef`.
    Reference,
    /// Applies the subschemas it holds.
    Applicator(Holds),
    /// Accepts or refuses an instance by its own value.
    Assertion,
    /// Says something without refusing anything.
    Annotation,
}

/// Every keyword of 2020-12 that is not an annotation, and `definitions`, which its metaschema still knows.
const TABLE: &[(&str, Role)] = &[
    ("$anchor", Role::Identifier),
    ("$comment", Role::Annotation),
    ("$defs", Role::Definitions),
    ("$dynamicAnchor", Role::Identifier),
    ("$dynamicRef", Role::Reference),
    ("$id", Role::Identifier),
    ("$ref", Role::Reference),
    ("$schema", Role::Identifier),
    ("$vocabulary", Role::Identifier),
    ("additionalProperties", Role::Applicator(Holds::One)),
    ("allOf", Role::Applicator(Holds::List)),
    ("anyOf", Role::Applicator(Holds::List)),
    ("const", Role::Assertion),
    ("contains", Role::Applicator(Holds::One)),
    ("definitions", Role::Definitions),
    ("dependentRequired", Role::Assertion),
    ("dependentSchemas", Role::Applicator(Holds::Map)),
    ("else", Role::Applicator(Holds::One)),
    ("enum", Role::Assertion),
    ("exclusiveMaximum", Role::Assertion),
    ("exclusiveMinimum", Role::Assertion),
    ("format", Role::Assertion),
    ("if", Role::Applicator(Holds::One)),
    ("items", Role::Applicator(Holds::One)),
    ("maxContains", Role::Assertion),
    ("maxItems", Role::Assertion),
    ("maxLength", Role::Assertion),
    ("maxProperties", Role::Assertion),
    ("maximum", Role::Assertion),
    ("minContains", Role::Assertion),
    ("minItems", Role::Assertion),
    ("minLength", Role::Assertion),
    ("minProperties", Role::Assertion),
    ("minimum", Role::Assertion),
    ("multipleOf", Role::Assertion),
    ("not", Role::Applicator(Holds::One)),
    ("oneOf", Role::Applicator(Holds::List)),
    ("pattern", Role::Assertion),
    ("patternProperties", Role::Applicator(Holds::Map)),
    ("prefixItems", Role::Applicator(Holds::List)),
    ("properties", Role::Applicator(Holds::Map)),
    ("propertyNames", Role::Applicator(Holds::One)),
    ("required", Role::Assertion),
    ("then", Role::Applicator(Holds::One)),
    ("type", Role::Assertion),
    ("unevaluatedItems", Role::Applicator(Holds::One)),
    ("unevaluatedProperties", Role::Applicator(Holds::One)),
    ("uniqueItems", Role::Assertion),
];

/// The role of `keyword`. `format` counts as an assertion here; whether it is one is the policy's to say.
#[must_use]
pub fn role(keyword: &str) -> Role {
    TABLE
        .binary_search_by(|(name, _)| (*name).cmp(keyword))
        .ok()
        .and_then(|index| TABLE.get(index))
        .map_or(Role::Annotation, |(_, role)| *role)
}

/// The subschemas that `keyword`, which stands at `at` with `value`, holds directly, each with its pointer, in the order
/// they are written. What an annotation such as `default` or `x-…` holds is not a schema.
#[must_use]
pub fn held<'a>(keyword: &str, value: &'a Value, at: &str) -> Vec<(String, &'a Value)> {
    match role(keyword) {
        Role::Applicator(holds) => held_as(holds, value, at),
        Role::Definitions => held_as(Holds::Map, value, at),
        _ => Vec::new(),
    }
}

/// The subschemas that `value`, which stands at `at`, is when it holds them in the way `holds`.
pub(crate) fn held_as<'a>(holds: Holds, value: &'a Value, at: &str) -> Vec<(String, &'a Value)> {
    match (holds, value) {
        (Holds::One, value) => vec![(at.to_owned(), value)],
        (Holds::List, Value::Array(items)) => {
            let numbered = items.iter().enumerate();
            numbered.map(|(number, item)| (pointer::push(at, &number.to_string()), item)).collect()
        }
        (Holds::Map, Value::Object(members)) => {
            members.iter().map(|(name, value)| (pointer::push(at, name), value)).collect()
        }
        _ => Vec::new(),
    }
}

/// The subschemas directly below `schema`, which stands at `at`, each with its pointer, in the order they are written.
#[must_use]
pub fn children<'a>(schema: &'a Value, at: &str) -> Vec<(String, &'a Value)> {
    let keywords = schema.as_object().into_iter().flatten();
    let mut found = Vec::new();
    for (keyword, value) in keywords {
        // Most keywords hold none, and need no pointer.
        if matches!(role(keyword), Role::Applicator(_) | Role::Definitions) {
            found.append(&mut held(keyword, value, &pointer::push(at, keyword)));
        }
    }
    found
}

/// `schema` and every subschema in it, each with its pointer (below `at`), parents first.
#[must_use]
pub fn subschemas<'a>(schema: &'a Value, at: &str) -> Vec<(String, &'a Value)> {
    let mut found = vec![(at.to_owned(), schema)];
    let mut next = 0;
    while let Some((pointer, schema)) = found.get(next) {
        let below = children(schema, pointer);
        found.extend(below);
        next += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_table_is_sorted_so_that_every_row_is_found() {
        for (keyword, expected) in TABLE {
            assert_eq!(role(keyword), *expected, "{keyword}");
        }
        assert_eq!(role("x-anything"), Role::Annotation);
    }

    #[test]
    fn subschemas_are_those_of_applicators_and_definitions_only() {
        let schema = json!({
            "properties": {"a/b": {"items": {"type": "string"}}},
            "allOf": [true],
            "default": {"properties": {"not": "a schema"}},
            "$defs": {"D": {}}
        });
        let pointers: Vec<String> = subschemas(&schema, "").into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(pointers, ["", "/properties/a~1b", "/allOf/0", "/$defs/D", "/properties/a~1b/items"]);
    }
}
