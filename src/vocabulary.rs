//! The keywords of JSON Schema 2020-12, in whose words the normal form of every document is written, and what kind each
//! is, so that every stage means the same by "subschema", "assertion" and "annotation". A keyword that is not among them
//! is an annotation (2020-12 Core, section 4.3.1).

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

/// The role of `keyword`; of `definitions` as well, which the metaschema of 2020-12 still knows. `format` counts as an assertion
/// here; whether it is one is the policy's to say.
// Every stage asks this of every keyword: a `match` tells them apart by their lengths first, and compares few.
#[must_use]
pub fn role(keyword: &str) -> Role {
    match keyword {
        "$anchor" | "$dynamicAnchor" | "$id" | "$schema" | "$vocabulary" => Role::Identifier,
        "$defs" | "definitions" => Role::Definitions,
        "$dynamicRef" | "$ref" => Role::Reference,
        "additionalProperties"
        | "contains"
        | "else"
        | "if"
        | "items"
        | "not"
        | "propertyNames"
        | "then"
        | "unevaluatedItems"
        | "unevaluatedProperties" => Role::Applicator(Holds::One),
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => Role::Applicator(Holds::List),
        "dependentSchemas" | "patternProperties" | "properties" => Role::Applicator(Holds::Map),
        "const" | "dependentRequired" | "enum" | "exclusiveMaximum" | "exclusiveMinimum" | "format" | "maxContains"
        | "maxItems" | "maxLength" | "maxProperties" | "maximum" | "minContains" | "minItems" | "minLength"
        | "minProperties" | "minimum" | "multipleOf" | "pattern" | "required" | "type" | "uniqueItems" => {
            Role::Assertion
        }
        _ => Role::Annotation,
    }
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
    use referencing::meta;
    use serde_json::json;

    /// The keywords that `vocabulary` has in its metaschema, each with the schema of its value.
    fn keywords(vocabulary: &Value) -> impl Iterator<Item = (&str, &Value)> {
        let properties =
            vocabulary.get("properties").and_then(Value::as_object).expect("the metaschema has properties");
        properties.iter().map(|(keyword, value)| (keyword.as_str(), value))
    }

    #[test]
    fn applicators_hold_what_their_metaschema_says() {
        let all = || keywords(&meta::DRAFT202012_APPLICATOR).chain(keywords(&meta::DRAFT202012_UNEVALUATED));
        for (keyword, value) in all() {
            let holds = match value.get("$ref") {
                Some(_) => Holds::List,
                None if value.get("additionalProperties").is_some() => Holds::Map,
                None => Holds::One,
            };
            assert_eq!(role(keyword), Role::Applicator(holds), "{keyword}");
        }
        assert_eq!(all().count(), 17);
    }

    #[test]
    fn other_keywords_are_what_their_vocabulary_is() {
        for (keyword, _) in keywords(&meta::DRAFT202012_VALIDATION).chain([("format", &Value::Null)]) {
            assert_eq!(role(keyword), Role::Assertion, "{keyword}");
        }
        for (keyword, _) in keywords(&meta::DRAFT202012_META_DATA).chain(keywords(&meta::DRAFT202012_CONTENT)) {
            assert_eq!(role(keyword), Role::Annotation, "{keyword}");
        }
        let of_core = |expected| {
            let core = keywords(&meta::DRAFT202012_CORE).map(|(keyword, _)| keyword);
            core.filter(|keyword| role(keyword) == expected).collect::<Vec<_>>()
        };
        assert_eq!(of_core(Role::Annotation), ["$comment"]);
        assert_eq!(of_core(Role::Definitions), ["$defs"]);
        assert_eq!(of_core(Role::Reference), ["$ref", "$dynamicRef"]);
        assert_eq!(role("definitions"), Role::Definitions);
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
