//! A schema -> the Markdown that documents it.

use serde_json::Value;

use crate::source::KNOWN_VALUES;

/// The documentation of a schema: its description, else its title, who reads and who writes it, and then its default, its
/// examples, and what is known of an open enum that is no enum in Rust.
pub(super) fn docs(schema: &Value) -> String {
    let shown = |what: &str, value: &Value| format!("{what}: {}", code(&value.to_string()));
    let mut paragraphs: Vec<String> = description(schema).map(str::to_owned).into_iter().collect();
    let is = |keyword: &str| schema.get(keyword) == Some(&Value::Bool(true));
    paragraphs.extend(is("readOnly").then(|| "Read-only: what answers requests sets it.".to_owned()));
    paragraphs.extend(is("writeOnly").then(|| "Write-only: no answer has it.".to_owned()));
    paragraphs.extend(schema.get("default").map(|value| shown("Default", value)));
    let examples = schema.get("examples").and_then(Value::as_array).into_iter().flatten();
    paragraphs.extend(schema.get("example").into_iter().chain(examples).map(|value| shown("Example", value)));
    let known = schema.get(KNOWN_VALUES).and_then(Value::as_array).filter(|known| !known.iter().all(Value::is_string));
    let known = known.map(|known| known.iter().map(|value| code(&value.to_string())).collect::<Vec<_>>().join(", "));
    paragraphs.extend(known.map(|known| format!("Known values, of which there may be more: {known}")));
    paragraphs.join("\n\n")
}

/// The description of a schema, else its title.
pub(super) fn description(schema: &Value) -> Option<&str> {
    let text = |keyword: &str| schema.get(keyword).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
    text("description").or_else(|| text("title"))
}

/// Whether a schema says that its values are deprecated.
pub(super) fn is_deprecated(schema: &Value) -> bool {
    schema.get("deprecated") == Some(&Value::Bool(true))
}

/// `text` as code in Markdown, whatever backticks it has.
pub(crate) fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    match longest {
        0 => format!("`{text}`"),
        _ => format!("{fence} {text} {fence}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_schema_is_documented_by_all_that_it_says_for_people() {
        let schema =
            json!({"title": "T", "description": " ", "default": "a`b", "example": null, "examples": ["``", {"a": 1}]});
        let expected =
            "T\n\nDefault: `` \"a`b\" ``\n\nExample: `null`\n\nExample: ``` \"``\" ```\n\nExample: `{\"a\":1}`";
        assert_eq!(docs(&schema), expected);
        assert_eq!(docs(&json!({"title": "T", "description": "D"})), "D");
        assert_eq!(docs(&json!({"readOnly": true, "writeOnly": false})), "Read-only: what answers requests sets it.");
        assert_eq!(docs(&json!({"title": "T", "writeOnly": true})), "T\n\nWrite-only: no answer has it.");
        assert_eq!(docs(&json!(true)), "");
    }
}
