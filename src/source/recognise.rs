//! Turns the bytes of a file that nothing is known about into what it says of itself.

use serde_json::Value;

use super::{
    Dialect,
    document::Text,
    openapi,
    wanted::{By, Wanted},
};
use crate::diagnostic::{Diagnostic, Diagnostics, Position, Result};

/// What a file says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Recognised {
    /// It is a JSON Schema; of this dialect, if its `$schema` names one that is known.
    Schema(Option<Dialect>),
    /// It is an OpenAPI document, whose schemas are of this dialect.
    OpenApi(Dialect),
}

impl Recognised {
    /// The dialect that the file says.
    pub(crate) fn dialect(self) -> Option<Dialect> {
        match self {
            Self::Schema(dialect) => dialect,
            Self::OpenApi(dialect) => Some(dialect),
        }
    }
}

/// What `bytes` say of themselves as the file `path`, whose name tells JSON from YAML; `shown` names it in diagnostics. An
/// OpenAPI document must have schemas, and those that are called as in `only`.
///
/// # Errors
///
/// When they are no schema: no JSON or YAML, or of another kind.
pub(crate) fn recognise(shown: &str, path: &str, bytes: Vec<u8>, only: &[String]) -> Result<Recognised> {
    if bytes.trim_ascii_start().starts_with(b"<") {
        let error = Diagnostic::error(shown, "this is a web page or other markup, not a schema");
        return Err(error.help("name the address of the file itself, not of a page that shows it").into());
    }
    let (text, value) = Text::parse(shown, path, bytes)?;
    let error =
        |at: &str, message: String| Diagnostic::error(shown, message).at(Some(text.position(&value, at))).pointing(at);
    let fault = |(at, message, help): openapi::Fault| Diagnostics::from(error(&at, message).help(help));
    if !value.is_object() && !value.is_boolean() {
        let error = error("", "this is no schema: a schema is an object, `true` or `false`".to_owned());
        return Err(error.help("name the file of a JSON Schema or of an OpenAPI document").into());
    }
    if !openapi::is_one(&value) {
        let declared = value.get("$schema").and_then(Value::as_str);
        return Ok(Recognised::Schema(declared.and_then(Dialect::from_uri)));
    }
    let dialect = openapi::dialect(&value).map_err(fault)?;
    let at = Position { line: 1, column: 1 };
    let wanted: Vec<Wanted> = only.iter().map(|name| Wanted { by: By::Name, name: name.clone(), at }).collect();
    let (_, missing) = openapi::definitions(&value, dialect, &wanted).map_err(fault)?;
    let help = "correct `--only`: the names are the keys there, and `*` stands for any characters";
    let missing: Vec<Diagnostic> = missing
        .into_iter()
        .map(|wanted| error(openapi::SCHEMAS, format!("there is no schema called `{}`", wanted.name)).help(help))
        .collect();
    if missing.is_empty() { Ok(Recognised::OpenApi(dialect)) } else { Err(Diagnostics(missing)) }
}
