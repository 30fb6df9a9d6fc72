//! The defaults that a schema states -> what gives them: a function for each member that has one, and `Default` for a type
//! that is no object. (Of an object, `Default` is one without members.) Reading fills in none of them.

use serde_json::Value;
use syn::Type;

use super::Shape;
use super::rust::{literal, spelled};
use super::statement::constant;
use crate::equal::equal;
use crate::lower::{Definition, Form, Member};

/// What gives the defaults of `definition`; empty where there are none, or where a variant is marked as the default.
pub(super) fn defaults(definition: &Definition, shape: &Shape) -> String {
    let name = &definition.name;
    match (&definition.form, shape) {
        (Form::Object { members, .. }, Shape::Struct(types)) => {
            let functions: Vec<String> =
                members.iter().zip(types).filter_map(|(member, of)| function(member, of)).collect();
            match functions.is_empty() {
                true => String::new(),
                false => format!("\nimpl {name} {{\n{}}}\n", functions.join("\n")),
            }
        }
        (Form::Text(_) | Form::Values(_), _) => String::new(),
        _ => definition.stated_default().map_or_else(String::new, |value| {
            let made = made(value);
            format!(
                "\n/// The schema's default.\nimpl ::std::default::Default for {name} {{\n    #[inline]\n    fn default() -> Self {{\n        {made}\n    }}\n}}\n"
            )
        }),
    }
}

/// Whether the variant that is `value` on the wire is the default of the enum `definition`.
pub(super) fn is_default(definition: &Definition, value: &Value) -> bool {
    definition.stated_default().is_some_and(|default| equal(default, value))
}

fn function(member: &Member, of: &Type) -> Option<String> {
    let (field, name, of) = (&member.field, member.default_name(), spelled(of));
    let value = &member.default.as_ref()?.value;
    let made = scalar(value, &of).unwrap_or_else(|| made(value));
    Some(format!(
        "    /// The schema's default for `{field}`. Where that is absent, it is not filled in.\n    #[must_use]\n    #[inline]\n    pub fn {name}() -> {of} {{\n        {made}\n    }}\n"
    ))
}

/// The literal that is `value` where its type, spelled as `of`, is one that Rust has literals for: half of all defaults are, and cost
/// the compiler less so than what is read.
fn scalar(value: &Value, of: &str) -> Option<String> {
    match (value, of) {
        (Value::Bool(value), "bool") => Some(value.to_string()),
        (Value::Number(number), "i64") => number.as_i64().map(|number| number.to_string()),
        (Value::Number(number), "u64") => number.as_u64().map(|number| number.to_string()),
        (Value::Number(number), "f64") if number.is_f64() => Some(number.to_string()),
        (Value::String(text), "::std::string::String") => Some(format!("{}.to_owned()", literal(text))),
        _ => None,
    }
}

/// How what reads a value begins.
pub(crate) const STATED: &str = "crate::support::stated!";

/// The expression that reads `value`.
fn made(value: &Value) -> String {
    format!("{STATED}({})", constant(value))
}
