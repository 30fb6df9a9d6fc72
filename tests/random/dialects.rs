//! A schema in the words of 2020-12 -> the same in the words of another dialect, as far as that has any for it. What it has
//! none for is left as it is: there it says nothing, and a reader must not think that it does.

use jsonschema::Draft;
use serde_json::{Map, Value, json};
use typeproof::vocabulary::{self, Holds, Role};

/// A dialect that random schemas are written in.
pub struct Dialect {
    /// The URI of its metaschema.
    pub uri: &'static str,
    /// The draft that it is, or is made from.
    pub draft: Draft,
    /// Whether it is OpenAPI 3.0's: no more than a part of draft 4, with `nullable`.
    is_openapi_30: bool,
}

const fn dialect(uri: &'static str, draft: Draft) -> Dialect {
    Dialect { uri, draft, is_openapi_30: false }
}

/// The dialects, 2020-12 most often.
pub const DIALECTS: &[Dialect] = &[
    dialect("https://json-schema.org/draft/2020-12/schema", Draft::Draft202012),
    dialect("https://json-schema.org/draft/2020-12/schema", Draft::Draft202012),
    dialect("https://json-schema.org/draft/2020-12/schema", Draft::Draft202012),
    dialect("https://json-schema.org/draft/2020-12/schema", Draft::Draft202012),
    dialect("https://json-schema.org/draft/2019-09/schema", Draft::Draft201909),
    dialect("http://json-schema.org/draft-07/schema#", Draft::Draft7),
    dialect("http://json-schema.org/draft-06/schema#", Draft::Draft6),
    dialect("http://json-schema.org/draft-04/schema#", Draft::Draft4),
    dialect("https://spec.openapis.org/oas/3.1/dialect/base", Draft::Draft202012),
    Dialect { uri: "https://spec.openapis.org/oas/3.0/schema/2021-09-28", draft: Draft::Draft4, is_openapi_30: true },
];

impl Dialect {
    /// The dialect that `schema` says it is written in; 2020-12 if it does not say.
    pub fn of(schema: &Value) -> &'static Self {
        let uri = schema.get("$schema").and_then(Value::as_str).unwrap_or(DIALECTS[0].uri);
        DIALECTS.iter().find(|dialect| dialect.uri == uri).unwrap_or(&DIALECTS[0])
    }

    /// `schema`, the root of a document, in the words of this dialect, and with its name.
    pub fn written(&self, schema: &Value) -> Value {
        let mut schema = self.schema(schema);
        if let Value::Object(keywords) = &mut schema {
            keywords.insert("$schema".to_owned(), self.uri.into());
        }
        schema
    }

    /// Whether the validator may be asked about `schema`, which is written in this dialect: in 2019-09, too, it takes items
    /// that `contains` finds for evaluated, which only 2020-12 says (2019-09 Core, section 9.3.1.3).
    pub fn is_validated(&self, schema: &Value) -> bool {
        let has = |keyword: &str| vocabulary::subschemas(schema, "").iter().any(|(_, it)| it.get(keyword).is_some());
        self.draft != Draft::Draft201909 || !has("contains") || !has("unevaluatedItems")
    }

    /// `schema`, which is written in this dialect, in words of its draft.
    pub fn plain(&self, schema: &Value) -> Value {
        let mut schema = if self.is_openapi_30 { without_nullable(schema) } else { schema.clone() };
        // A validator would look for a metaschema that it does not know.
        if let Value::Object(keywords) = &mut schema {
            keywords.shift_remove("$schema");
        }
        schema
    }

    fn schema(&self, schema: &Value) -> Value {
        let keywords = match schema {
            Value::Bool(accepts) if self.draft == Draft::Draft4 => {
                return if *accepts { json!({}) } else { json!({"not": {}}) };
            }
            Value::Object(keywords) => keywords,
            other => return other.clone(),
        };
        let mut written = Map::new();
        for (keyword, value) in keywords {
            self.keyword(keywords, keyword, value, &mut written);
        }
        written.into()
    }

    fn keyword(&self, beside: &Map<String, Value>, keyword: &str, value: &Value, written: &mut Map<String, Value>) {
        let mut put = |name: &str, value: Value| drop(written.insert(name.to_owned(), value));
        let is_before = |draft: Draft| self.draft < draft;
        match keyword {
            "$dynamicAnchor" if self.draft == Draft::Draft201909 => put("$recursiveAnchor", true.into()),
            "$dynamicRef" if self.draft == Draft::Draft201909 => put("$recursiveRef", "#".into()),
            "$dynamicRef" if is_before(Draft::Draft202012) => put("$ref", "#".into()),
            "$dynamicAnchor" if is_before(Draft::Draft202012) => {}
            "$ref" if is_before(Draft::Draft201909) => {
                put(
                    "$ref",
                    value.as_str().map_or(Value::Null, |to| to.replacen("#/$defs/", "#/definitions/", 1).into()),
                );
            }
            "$defs" if is_before(Draft::Draft201909) => put("definitions", self.each(value)),
            "const" if self.draft == Draft::Draft4 && !beside.contains_key("enum") => put("enum", json!([value])),
            "required" if self.draft == Draft::Draft4 && *value == json!([]) => {}
            _ if self.draft == Draft::Draft4 && counts(keyword) => {
                put(keyword, json!(value.as_f64().map(|it| it as u64)))
            }
            "minimum" | "maximum" if self.draft == Draft::Draft4 && beside.contains_key(exclusive(keyword)) => {}
            "exclusiveMinimum" | "exclusiveMaximum" if self.draft == Draft::Draft4 => {
                put(if keyword == "exclusiveMinimum" { "minimum" } else { "maximum" }, value.clone());
                put(keyword, true.into());
            }
            _ if self.is_openapi_30 && NOT_IN_OPENAPI_30.contains(&keyword) => {}
            "$id" if self.draft == Draft::Draft4 => put("id", value.clone()),
            "type" if self.is_openapi_30 => {
                let names: Vec<&Value> = value.as_array().map_or_else(|| vec![value], |names| names.iter().collect());
                let (nulls, others): (Vec<&Value>, Vec<&Value>) = names.into_iter().partition(|name| **name == "null");
                put("type", others.first().map_or("string".into(), |name| (*name).clone()));
                // What else refuses null would have to be taken into account, too.
                if !nulls.is_empty() && beside.keys().all(|keyword| !REFUSING_NULL.contains(&keyword.as_str())) {
                    put("nullable", true.into());
                }
            }
            "prefixItems" if is_before(Draft::Draft202012) => put("items", self.list(value)),
            "items" if is_before(Draft::Draft202012) && beside.contains_key("prefixItems") => {
                put("additionalItems", self.schema(value));
            }
            "dependentRequired" | "dependentSchemas" if is_before(Draft::Draft201909) => {
                let members = if keyword == "dependentSchemas" { self.each(value) } else { value.clone() };
                let known = written.entry("dependencies").or_insert_with(|| json!({}));
                if let (Value::Object(known), Value::Object(members)) = (known, members) {
                    known.extend(members);
                }
            }
            "additionalProperties" | "additionalItems" if value.is_boolean() => put(keyword, value.clone()),
            _ => match vocabulary::role(keyword) {
                Role::Applicator(Holds::One) => put(keyword, self.schema(value)),
                Role::Applicator(Holds::List) => put(keyword, self.list(value)),
                Role::Applicator(Holds::Map) | Role::Definitions => put(keyword, self.each(value)),
                _ => put(keyword, value.clone()),
            },
        }
    }

    fn list(&self, schemas: &Value) -> Value {
        schemas.as_array().into_iter().flatten().map(|schema| self.schema(schema)).collect()
    }

    fn each(&self, schemas: &Value) -> Value {
        let members = schemas.as_object().into_iter().flatten();
        members.map(|(name, schema)| (name.clone(), self.schema(schema))).collect()
    }
}

/// Keywords that OpenAPI 3.0 does not have, and draft 4 does.
const NOT_IN_OPENAPI_30: &[&str] =
    &["$id", "dependentRequired", "dependentSchemas", "patternProperties", "prefixItems"];

/// Keywords that refuse `null` whatever `nullable` says.
const REFUSING_NULL: &[&str] = &["$ref", "allOf", "anyOf", "const", "enum", "not", "oneOf"];

/// Whether `keyword` counts: for draft 4, an integer has no fraction, not even of nothing.
fn counts(keyword: &str) -> bool {
    ["Items", "Length", "Properties"]
        .into_iter()
        .any(|what| keyword == format!("min{what}") || keyword == format!("max{what}"))
}

fn exclusive(keyword: &str) -> &'static str {
    if keyword == "minimum" { "exclusiveMinimum" } else { "exclusiveMaximum" }
}

/// `schema` with `null` among its types where `nullable` says so.
fn without_nullable(schema: &Value) -> Value {
    let mut plain = schema.clone();
    for (at, _) in vocabulary::subschemas(schema, "") {
        if let Some(Value::Object(keywords)) = plain.pointer_mut(&at)
            && keywords.shift_remove("nullable").is_some()
            && let Some(name) = keywords.get("type").cloned()
        {
            keywords.insert("type".to_owned(), json!([name, "null"]));
        }
    }
    plain
}
