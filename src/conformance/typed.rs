//! A schema -> the same with the `type` that its keywords speak of, wherever it lacks one; and what is then expected.
//!
//! So the types are tested, and not what stands in for them where a schema leaves the type open.

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::{Retrieve, Uri};
use serde_json::{Map, Value};

use super::Draft;
use super::group::Case;
use super::suite::Remote;
use crate::diagnostic::{Diagnostic, Result};
use crate::vocabulary;

/// Adds the types to `case`'s schema, and expects of each instance what the independent validator makes of it.
///
/// # Errors
///
/// When the validator takes the schema for none.
pub(super) fn make(draft: Draft, case: &mut Case, remotes: &[Remote]) -> Result<()> {
    let failed = |reason: String| {
        let message = format!("group `{}` cannot be given types: {reason}", case.description);
        Diagnostic::error(&case.file, message).help("update the copy of the suite, or run without --typed")
    };
    let mut schema: Value = serde_json::from_str(&case.source.text).map_err(|error| failed(error.to_string()))?;
    // Under another metaschema `type` may be no keyword: then the schema, and what is expected, stay as they are.
    if schema.get("$schema").is_some_and(|dialect| dialect != draft.dialect) {
        return Ok(());
    }
    add_types(&mut schema);
    let served = remotes.iter().map(|remote| (remote.uri(), remote.text.clone())).collect();
    let validator = jsonschema::options()
        .with_draft(draft.validated)
        .should_validate_formats(case.source.asserts_formats)
        .with_retriever(Served(served))
        .build(&schema)
        .map_err(|error| failed(error.to_string()))?;
    let mut expected = Vec::new();
    for question in &case.questions {
        let instance: Value = serde_json::from_str(&question.text).map_err(|error| failed(error.to_string()))?;
        expected.push(validator.is_valid(&instance));
    }
    case.source.text = schema.to_string();
    for (question, valid) in case.questions.iter_mut().zip(expected) {
        question.valid = valid;
    }
    Ok(())
}

/// The remotes by their URIs, for the validator.
struct Served(BTreeMap<String, String>);

impl Retrieve for Served {
    fn retrieve(&self, uri: &Uri<String>) -> std::result::Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let text = self.0.get(uri.as_str()).ok_or_else(|| format!("the suite has no remote `{uri}`"))?;
        Ok(serde_json::from_str(text)?)
    }
}

/// Gives each schema in `schema` that has no `type`, and whose keywords speak of one type only, that type.
pub(super) fn add_types(schema: &mut Value) {
    let pointers: Vec<String> = vocabulary::subschemas(schema, "").into_iter().map(|(pointer, _)| pointer).collect();
    for pointer in pointers {
        let Some(Value::Object(keywords)) = schema.pointer_mut(&pointer) else { continue };
        if !keywords.contains_key("type")
            && let Some(name) = spoken_of(keywords)
        {
            keywords.insert("type".to_owned(), name.into());
        }
    }
}

/// The one type that `keywords` speak of, if it is one.
fn spoken_of(keywords: &Map<String, Value>) -> Option<&'static str> {
    let mut types: BTreeSet<&str> = keywords.keys().filter_map(|keyword| of_keyword(keyword)).collect();
    let listed = keywords.get("enum").and_then(Value::as_array).into_iter().flatten();
    types.extend(listed.chain(keywords.get("const")).map(of_value));
    let mut types = types.into_iter();
    types.next().filter(|_| types.next().is_none())
}

/// The type that `keyword`, of whichever draft, constrains and leaves others alone.
fn of_keyword(keyword: &str) -> Option<&'static str> {
    Some(match keyword {
        "contentEncoding" | "contentMediaType" | "contentSchema" | "format" | "maxLength" | "minLength" | "pattern" => {
            "string"
        }
        "exclusiveMaximum" | "exclusiveMinimum" | "maximum" | "minimum" | "multipleOf" => "number",
        "additionalItems" | "contains" | "items" | "maxContains" | "maxItems" | "minContains" | "minItems"
        | "prefixItems" | "unevaluatedItems" | "uniqueItems" => "array",
        "additionalProperties"
        | "dependencies"
        | "dependentRequired"
        | "dependentSchemas"
        | "maxProperties"
        | "minProperties"
        | "patternProperties"
        | "properties"
        | "propertyNames"
        | "required"
        | "unevaluatedProperties" => "object",
        _ => return None,
    })
}

fn of_value(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        // Not `integer`: whether 1.0 is one, draft 4 leaves open.
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_schema_gets_the_one_type_that_its_keywords_speak_of() {
        let cases = [
            (json!({"minLength": 1}), json!({"minLength": 1, "type": "string"})),
            (json!({"type": "integer", "minLength": 1}), json!({"type": "integer", "minLength": 1})),
            (json!({"minLength": 1, "minimum": 1}), json!({"minLength": 1, "minimum": 1})),
            (json!({"enum": [1, 1.5]}), json!({"enum": [1, 1.5], "type": "number"})),
            (json!({"enum": [1, "a"]}), json!({"enum": [1, "a"]})),
            (json!({"const": 1}), json!({"const": 1, "type": "number"})),
            (json!({"not": {"items": {}}}), json!({"not": {"items": {}, "type": "array"}})),
            (json!({"default": {"minLength": 1}}), json!({"default": {"minLength": 1}})),
            (json!(true), json!(true)),
        ];
        for (mut schema, expected) in cases {
            add_types(&mut schema);
            assert_eq!(schema, expected);
        }
    }
}
