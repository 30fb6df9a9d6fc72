//! Turns an OpenAPI document (3.0 or 3.1) into its definitions: the schemas under `components.schemas`, all of them or
//! what the manifest wants and what that refers to. What else the document says of an API is left alone.

mod called;
mod reach;

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    Dialect,
    wanted::{By, Wanted},
};
use crate::pointer;
pub(super) use called::called;
use reach::{Kind, Reach};

/// Where the definitions are.
pub(super) const SCHEMAS: &str = "/components/schemas";

/// The methods of a path that have an operation (3.1.0, Path Item Object).
const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// What is wrong with a document: the pointer, a message, and what to do.
pub(super) type Fault = (String, String, String);

/// Whether `document` says of itself that it is an OpenAPI document, of whatever version.
pub(super) fn is_one(document: &Value) -> bool {
    let is_version = |version: &Value| version.is_string() || version.is_number();
    ["openapi", "swagger"].iter().any(|word| document.get(word).is_some_and(is_version))
}

/// The dialect of the schemas of `document`, by its version and its `jsonSchemaDialect`.
pub(super) fn dialect(document: &Value) -> Result<Dialect, Fault> {
    let word = if document.get("openapi").is_some() { "openapi" } else { "swagger" };
    let version = document.get(word).unwrap_or(&Value::Null);
    let shown = version.as_str().map_or_else(|| version.to_string(), str::to_owned);
    let mut numbers = shown.split('.');
    let dialect = match (word, numbers.next(), numbers.next()) {
        ("openapi", Some("3"), Some("0")) => Dialect::OpenApi30,
        ("openapi", Some("3"), Some("1")) => Dialect::OpenApi31,
        _ => {
            let help = "convert the document to OpenAPI 3.0 or 3.1, which are supported";
            return Err((format!("/{word}"), format!("OpenAPI {shown} is not supported"), help.to_owned()));
        }
    };
    match document.get("jsonSchemaDialect").filter(|_| dialect == Dialect::OpenApi31) {
        None => Ok(dialect),
        Some(declared) => declared.as_str().and_then(Dialect::from_uri).ok_or_else(|| {
            let message = format!("`jsonSchemaDialect` is {declared}, which is not supported");
            let help = format!("the dialects supported are: {}", Dialect::supported());
            ("/jsonSchemaDialect".to_owned(), message, help)
        }),
    }
}

/// The pointers of the definitions of `document` that are wanted, in its order, and what is wanted but not there.
pub(super) fn definitions<'w>(
    document: &Value,
    dialect: Dialect,
    wanted: &'w [Wanted],
) -> Result<(Vec<String>, Vec<&'w Wanted>), Fault> {
    let Some(schemas) = document.pointer(SCHEMAS).and_then(Value::as_object).filter(|schemas| !schemas.is_empty())
    else {
        let around = pointer::around(SCHEMAS).find(|around| document.pointer(around).is_some());
        let message = "the document has no schemas under `components.schemas`, and these alone become types";
        let help = "give the schemas that are to become types names there";
        return Err((around.unwrap_or_default().to_owned(), message.to_owned(), help.to_owned()));
    };
    let mut reach = Reach::new(document, dialect);
    let mut missing = Vec::new();
    for want in wanted {
        let roots: Vec<(Kind, String)> = match want.by {
            By::Name => {
                let named = schemas.keys().filter(|name| matches(&want.name, name));
                named.map(|name| (Kind::Schema, pointer::push(SCHEMAS, name))).collect()
            }
            By::Operation | By::Tag => {
                let has = |operation: &Value| match want.by {
                    By::Tag => {
                        operation["tags"].as_array().is_some_and(|tags| tags.iter().any(|tag| *tag == *want.name))
                    }
                    _ => operation["operationId"] == *want.name,
                };
                let found = operations(document).into_iter().filter(|(operation, _)| has(operation));
                found.flat_map(|(_, roots)| roots).collect()
            }
        };
        if roots.is_empty() {
            missing.push(want);
        }
        roots.into_iter().for_each(|(kind, at)| reach.enter(kind, at));
    }
    let kept: BTreeSet<String> = reach.definitions();
    let all = schemas.keys().map(|name| pointer::push(SCHEMAS, name));
    Ok((all.filter(|at| wanted.is_empty() || kept.contains(at)).collect(), missing))
}

/// Every operation of `document`, with what it consists of: itself, and what its path says for all operations.
fn operations(document: &Value) -> Vec<(&Value, Vec<(Kind, String)>)> {
    let mut found = Vec::new();
    for around in ["/paths", "/webhooks", "/components/pathItems"] {
        for (path, item) in document.pointer(around).and_then(Value::as_object).into_iter().flatten() {
            let path = pointer::push(around, path);
            for method in METHODS {
                let Some(operation) = item.get(method) else { continue };
                let of_path = item.get("parameters").and_then(Value::as_array).into_iter().flatten().enumerate();
                let parameters = pointer::push(&path, "parameters");
                let shared =
                    of_path.map(|(number, _)| (Kind::Parameter, pointer::push(&parameters, &number.to_string())));
                let own = (Kind::Operation, pointer::push(&path, method));
                found.push((operation, shared.chain([own]).collect()));
            }
        }
    }
    found
}

/// Whether `name` is what `pattern` says, in which each `*` stands for any characters.
fn matches(pattern: &str, name: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut name) = name.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        // The first place will do: what follows can be anywhere after it.
        let Some(at) = name.find(part) else { return false };
        name = name.get(at + part.len()..).unwrap_or_default();
    }
    name.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_characters() {
        for (pattern, name) in [("A", "A"), ("*", ""), ("A*", "AB"), ("*B", "AB"), ("A*C*", "AxCx"), ("*a*ab", "aab")] {
            assert!(matches(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [("A", "AB"), ("A*", "BA"), ("*B", "BA"), ("A*A", "A"), ("*a*ab", "ab"), ("", "A")] {
            assert!(!matches(pattern, name), "{pattern} {name}");
        }
    }
}
