//! The keywords of each dialect as they are written, where `vocabulary` has those of the normal form only: which kind
//! each is, and which subschemas it holds.

use referencing::{Draft, Vocabulary};
use serde_json::{Map, Value};

use super::Dialect;
use crate::{
    pointer,
    vocabulary::{self, Holds, Role},
};

/// Keywords of draft 4 that OpenAPI 3.0 does not have (OpenAPI 3.0.3, Schema Object).
const NOT_IN_OPENAPI_30: &[&str] = &["additionalItems", "definitions", "dependencies", "id", "patternProperties"];

/// Keywords that 2020-12 no longer has, and that are no mere annotations where they are keywords.
const RETIRED: &[&str] = &["$recursiveAnchor", "$recursiveRef", "additionalItems", "dependencies"];

/// The role that `keyword` has in `dialect`.
pub(super) fn role(dialect: Dialect, keyword: &str) -> Role {
    let draft = dialect.draft();
    match keyword {
        _ if dialect == Dialect::OpenApi30 && NOT_IN_OPENAPI_30.contains(&keyword) => Role::Annotation,
        "id" if draft == Draft::Draft4 => Role::Identifier,
        "$recursiveAnchor" if draft == Draft::Draft201909 => Role::Identifier,
        "$recursiveRef" if draft == Draft::Draft201909 => Role::Reference,
        "additionalItems" if draft < Draft::Draft202012 => Role::Applicator(Holds::One),
        "dependencies" if draft < Draft::Draft201909 => Role::Applicator(Holds::Map),
        _ if draft < first(keyword) => Role::Annotation,
        _ => vocabulary::role(keyword),
    }
}

/// The first draft that has `keyword`, one of those that 2020-12 has.
fn first(keyword: &str) -> Draft {
    match keyword {
        "$id" | "const" | "contains" | "propertyNames" => Draft::Draft6,
        "if" | "then" | "else" => Draft::Draft7,
        "$anchor"
        | "$defs"
        | "$vocabulary"
        | "dependentRequired"
        | "dependentSchemas"
        | "maxContains"
        | "minContains"
        | "unevaluatedItems"
        | "unevaluatedProperties" => Draft::Draft201909,
        "$dynamicAnchor" | "$dynamicRef" | "prefixItems" => Draft::Draft202012,
        _ => Draft::Draft4,
    }
}

/// Whether `keyword` is an annotation in `dialect` only because it is a keyword of others: in the normal form it would
/// mean what it does not mean here.
pub(super) fn is_foreign(dialect: Dialect, keyword: &str) -> bool {
    let elsewhere = vocabulary::role(keyword) != Role::Annotation || RETIRED.contains(&keyword);
    elsewhere && role(dialect, keyword) == Role::Annotation
}

/// Whether the normal form can have the annotation `keyword` of `dialect` with this `value`: where the dialect does not
/// know the keyword, any value is allowed; where 2020-12 does, it is not.
pub(super) fn is_carried(dialect: Dialect, keyword: &str, value: &Value) -> bool {
    match keyword {
        "$comment" | "contentEncoding" | "contentMediaType" | "description" | "title" => value.is_string(),
        "deprecated" | "readOnly" | "writeOnly" => value.is_boolean(),
        "examples" => value.is_array(),
        // A schema, but one that is not lowered: it applies to no value that is read.
        "contentSchema" => dialect.draft() == Draft::Draft202012 && !refers(value),
        _ => true,
    }
}

/// Whether there is anything in `value` that looks like a reference or an identifier.
fn refers(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(refers),
        Value::Object(members) => members
            .iter()
            .any(|(name, value)| matches!(vocabulary::role(name), Role::Reference | Role::Identifier) || refers(value)),
        _ => false,
    }
}

/// The vocabulary that `keyword`, with this role, belongs to (2019-09 and 2020-12 Core, section 8.1.2); none where it
/// is no metaschema's to leave it out.
pub(super) fn vocabulary(dialect: Dialect, keyword: &str, role: Role) -> Option<Vocabulary> {
    match role {
        _ if keyword == "format" => None,
        Role::Applicator(_) if keyword.starts_with("unevaluated") && dialect.draft() == Draft::Draft202012 => {
            Some(Vocabulary::Unevaluated)
        }
        Role::Applicator(_) => Some(Vocabulary::Applicator),
        Role::Assertion => Some(Vocabulary::Validation),
        Role::Identifier | Role::Definitions | Role::Reference | Role::Annotation => None,
    }
}

/// Whether a `$ref` among `keywords` makes `dialect` ignore what stands beside it (draft 4 to 7, OpenAPI 3.0).
pub(super) fn is_reference_alone(dialect: Dialect, keywords: &Map<String, Value>) -> bool {
    dialect.draft() < Draft::Draft201909 && keywords.get("$ref").is_some_and(Value::is_string)
}

/// Whether the items of an array are read one by one: `items` is an array, and the dialect is older than `prefixItems`.
pub(super) fn is_tuple(dialect: Dialect, items: &Value) -> bool {
    items.is_array() && dialect.draft() < Draft::Draft202012
}

/// The identifier of the resource that begins at `schema`, if one does: its `$id`, or `id` in draft 4. In drafts 4 to 7
/// one that is a fragment is an anchor instead, and one beside `$ref` is ignored.
pub(super) fn identifier(dialect: Dialect, schema: &Value) -> Option<&str> {
    let keywords = schema.as_object()?;
    let id = keywords.get(dialect.draft().id_keyword())?.as_str()?;
    let is_legacy = dialect.draft() < Draft::Draft201909;
    let is_ignored = is_legacy && (id.starts_with('#') || is_reference_alone(dialect, keywords));
    (dialect != Dialect::OpenApi30 && !is_ignored).then_some(id)
}

/// The subschemas directly below `schema`, which is written at `at` in `dialect`, each with its pointer, in the order
/// they are written.
pub(super) fn children<'a>(dialect: Dialect, schema: &'a Value, at: &str) -> Vec<(String, &'a Value)> {
    let Some(keywords) = schema.as_object() else { return Vec::new() };
    let alone = is_reference_alone(dialect, keywords);
    let read = keywords.iter().filter(|(keyword, _)| !alone || role(dialect, keyword) == Role::Definitions);
    let holders = read.filter_map(|(keyword, value)| Some((keyword, value, holds(dialect, keyword, value)?)));
    let held = holders.flat_map(|(keyword, value, holds)| {
        let held = vocabulary::held_as(holds, value, &pointer::push(at, keyword));
        held.into_iter().filter(move |(_, schema)| is_schema(keyword, schema))
    });
    held.collect()
}

/// How `keyword` with this `value` holds subschemas in `dialect`, if it does.
fn holds(dialect: Dialect, keyword: &str, value: &Value) -> Option<Holds> {
    match role(dialect, keyword) {
        Role::Applicator(_) if keyword == "items" && is_tuple(dialect, value) => Some(Holds::List),
        Role::Applicator(holds) => Some(holds),
        Role::Definitions => Some(Holds::Map),
        // A schema that may be named and referred to, although it applies to no value that is read.
        _ if keyword == "contentSchema" && dialect.draft() >= Draft::Draft201909 => Some(Holds::One),
        _ => None,
    }
}

/// Whether `value`, which `keyword` holds, is a schema: an array is a list of names in `dependencies`.
fn is_schema(keyword: &str, value: &Value) -> bool {
    keyword != "dependencies" || !value.is_array()
}

/// Whether `keyword` with this `value` holds any subschema directly in `dialect`.
pub(super) fn holds_any(dialect: Dialect, keyword: &str, value: &Value) -> bool {
    match (holds(dialect, keyword, value), value) {
        (Some(Holds::One), _) => true,
        (Some(Holds::List), Value::Array(items)) => !items.is_empty(),
        (Some(Holds::Map), Value::Object(members)) => members.values().any(|schema| is_schema(keyword, schema)),
        _ => false,
    }
}

/// Whether `keyword` names anchors in `dialect`.
pub(super) fn is_anchor(dialect: Dialect, keyword: &str) -> bool {
    matches!(keyword, "$anchor" | "$dynamicAnchor") && role(dialect, keyword) == Role::Identifier
}
