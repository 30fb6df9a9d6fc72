//! A value -> texts that a [`Value`] cannot stand for: other spellings of the same, and what no reader may take.

use serde_json::{Map, Value, json};

use super::cases::Case;
use super::near_miss::{self, Keywords, nodes};
use super::reach;
use super::rng::Rng;
use crate::equal::equal;
use crate::pointer;

/// The texts for `values` of the schema `root`, and how many were left out: those of one value have at most `most` JSON
/// values together; more of them are chosen from.
pub(super) fn texts<'a>(
    root: &Value,
    values: impl Iterator<Item = &'a Value>,
    seed: u64,
    most: usize,
) -> (Vec<Case>, usize) {
    let mut rng = Rng::new(seed);
    let (mut texts, mut all_left_out) = (Vec::new(), 0);
    for value in values {
        let (chosen, left_out) = rng.some_of(spellings(root, value), most / nodes(value));
        texts.extend(chosen.iter().filter_map(|(at, spelling)| spelling.case(value, at)));
        texts.extend(around(value));
        all_left_out += left_out;
    }
    (texts, all_left_out)
}

/// The text of a whole value with something before or after it.
fn around(value: &Value) -> Vec<Case> {
    let plain = value.to_string();
    let after = [" x", ",", "null", "}"];
    let mut found: Vec<Case> = after.iter().map(|rest| Case { text: format!("{plain}{rest}"), value: None }).collect();
    found.push(Case { text: format!(" \t\r\n{plain} \n"), value: Some(value.clone()) });
    found
}

/// How the text of what stands at one place differs from the usual one.
enum Spelling {
    /// A text for the same number as a float; it is that value which the type has to take.
    Number(String),
    /// A string with every character escaped.
    Escaped,
    /// An object with the name of one member escaped.
    EscapedName(String),
    /// An object that gives one member twice, which must be refused.
    Twice(String),
}

impl Spelling {
    /// The case that has this spelling at the place `at` of `value`.
    fn case(&self, value: &Value, at: &str) -> Option<Case> {
        let here = value.pointer(at)?;
        let with = |text: String| written(value, at, &text);
        match (self, here) {
            (Self::Number(text), _) => read(with(text.clone())),
            (Self::Escaped, Value::String(text)) => read(with(escaped(text))),
            (Self::EscapedName(name), Value::Object(members)) => {
                let plain = |other: &str| if other == name { escaped(other) } else { json!(other).to_string() };
                read(with(braced(members.iter().map(|(other, value)| member(&plain(other), value)))))
            }
            (Self::Twice(name), Value::Object(members)) => {
                let twice = members.iter().chain(members.get_key_value(name));
                let text = with(braced(twice.map(|(name, value)| member(&json!(name).to_string(), value))));
                Some(Case { text, value: None })
            }
            _ => None,
        }
    }
}

/// Every spelling at every place of `value`.
fn spellings(root: &Value, value: &Value) -> Vec<(String, Spelling)> {
    let mut found = Vec::new();
    near_miss::visit(root, value, vec![root], String::new(), &mut |at, here_value, here| {
        let mut add = |spelling| found.push((at.to_owned(), spelling));
        match here_value {
            Value::Number(number) => {
                if let Some(whole) = number.as_i64().filter(|whole| whole.unsigned_abs() < 1 << 53) {
                    let texts = [format!("{whole}.0"), format!("{whole}e0"), format!("{whole}0E-1")];
                    texts.into_iter().for_each(|text| add(Spelling::Number(text)));
                }
            }
            Value::String(_) => add(Spelling::Escaped),
            Value::Object(members) => {
                let here: Vec<_> = here.iter().copied().filter(|schema| may_apply(schema, members)).collect();
                for name in members.keys().filter(|name| is_kept(&here, name)) {
                    add(Spelling::Twice(name.clone()));
                    add(Spelling::EscapedName(name.clone()));
                }
            }
            _ => {}
        }
    });
    found
}

/// Whether the schema may be one that these members keep: of a choice whose branches a constant tells apart, the others say nothing of
/// what is read.
fn may_apply(schema: &Map<String, Value>, members: &Map<String, Value>) -> bool {
    let properties = schema.get("properties").and_then(Value::as_object);
    properties.into_iter().flatten().all(|(name, of)| {
        let is_other = |value: &Value| {
            let is_not_listed =
                |values: &Value| values.as_array().is_some_and(|values| !values.iter().any(|it| equal(it, value)));
            of.get("const").is_some_and(|only| !equal(only, value)) || of.get("enum").is_some_and(is_not_listed)
        };
        !members.get(name).is_some_and(is_other)
    })
}

/// Whether an object with this member has to keep it, so that it cannot be given twice: a schema speaks of it, or the
/// object is one of whose members no schema speaks. A schema that accepts everything speaks of nothing.
fn is_kept(here: &Keywords<'_>, name: &str) -> bool {
    let is_map = |schema: &&Map<String, Value>| schema.get("type").is_some_and(|of| of == "object");
    let says_nothing = |schema: &&Value| **schema == Value::Bool(true) || **schema == json!({});
    let unevaluated = here.iter().filter_map(|schema| schema.get("unevaluatedProperties")).collect::<Vec<_>>();
    let all_evaluated = here.iter().any(|schema| schema.contains_key("additionalProperties"));
    let applies = |schema: &&&Value| !(all_evaluated && unevaluated.iter().any(|of| std::ptr::eq(*of, **schema)));
    reach::property_names(here).contains(name)
        || !reach::member(here, name).iter().filter(applies).all(says_nothing)
        || (reach::maps(here, "properties").next().is_none() && here.iter().any(is_map))
}

/// The case of a text that stands for what it says.
fn read(text: String) -> Option<Case> {
    let value = serde_json::from_str(&text).ok()?;
    Some(Case { text, value: Some(value) })
}

fn member(name: &str, value: &Value) -> String {
    format!("{name}:{value}")
}

fn braced(members: impl Iterator<Item = String>) -> String {
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}

/// A JSON string with every UTF-16 unit escaped.
fn escaped(text: &str) -> String {
    format!("\"{}\"", text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect::<String>())
}

/// `value` as text, with `text` in the place of what stands at `at`.
fn written(value: &Value, at: &str, text: &str) -> String {
    let Some(token) = pointer::tokens(at).next() else { return text.to_owned() };
    let rest = at.get(1..).and_then(|rest| rest.find('/')).and_then(|end| at.get(end + 1..)).unwrap_or_default();
    let below = |name: &str, value: &Value| if name == token { written(value, rest, text) } else { value.to_string() };
    match value {
        Value::Object(members) => {
            braced(members.iter().map(|(name, value)| format!("{}:{}", json!(name), below(name, value))))
        }
        Value::Array(items) => {
            let items = items.iter().enumerate().map(|(index, item)| below(&index.to_string(), item));
            format!("[{}]", items.collect::<Vec<_>>().join(","))
        }
        _ => text.to_owned(),
    }
}
