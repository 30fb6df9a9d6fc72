//! Turns the bytes of a file that nothing is known about into what it says of itself: its dialect, and the components it
//! has if it is an OpenAPI document.

use serde_json::Value;

use super::{Dialect, json};
use crate::diagnostic::{Diagnostic, Result};

/// What a file says of itself.
pub(crate) struct Recognised {
    /// The dialect that `$schema` or the version of OpenAPI names, where there is one and it is known.
    pub(crate) dialect: Option<Dialect>,
    /// The names below `/components/schemas`; none where there is no `openapi`.
    pub(crate) components: Option<Vec<String>>,
}

/// What `bytes` say of themselves; `shown` names them in diagnostics.
///
/// # Errors
///
/// When they are no schema: no JSON, or JSON of another kind.
pub(crate) fn recognise(shown: &str, bytes: Vec<u8>) -> Result<Recognised> {
    if bytes.trim_ascii_start().starts_with(b"<") {
        let error = Diagnostic::error(shown, "this is a web page or other markup, not a schema");
        return Err(error.help("name the address of the file itself, not of a page that shows it").into());
    }
    let (_, value) = json::parse(shown, bytes)?;
    if !value.is_object() && !value.is_boolean() {
        let error = Diagnostic::error(shown, "this is no schema: a schema is an object, `true` or `false`");
        return Err(error.pointing("").help("name the file of a JSON Schema or of an OpenAPI document").into());
    }
    if value.get("openapi").or(value.get("swagger")).is_some() {
        return Ok(Recognised { dialect: Some(openapi(shown, &value)?), components: Some(components(&value)) });
    }
    let dialect = value.get("$schema").and_then(Value::as_str).and_then(Dialect::from_uri);
    Ok(Recognised { dialect, components: None })
}

/// The dialect of the schemas in an OpenAPI document: that of its version (OpenAPI 3.1.1, 4.6 "Versions and Deprecation").
fn openapi(shown: &str, document: &Value) -> Result<Dialect> {
    let version = document.get("openapi").and_then(Value::as_str).unwrap_or_default();
    let is = |minor: &str| version.strip_prefix(minor).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    match () {
        () if is("3.0") => Ok(Dialect::OpenApi30),
        () if is("3.1") => Ok(Dialect::OpenApi31),
        () => {
            let error = Diagnostic::error(shown, "this is an OpenAPI document of a version that is not supported");
            Err(error.pointing("").help("the versions supported are: 3.0, 3.1").into())
        }
    }
}

fn components(document: &Value) -> Vec<String> {
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    schemas.map(|schemas| schemas.keys().cloned().collect()).unwrap_or_default()
}
