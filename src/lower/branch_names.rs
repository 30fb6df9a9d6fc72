//! A branch of a choice -> what its variant may be called, by what the schema says of it alone as far as that goes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Lowering;
use super::class::{Kind, classify_at};
use super::names::{self, Wanted};
use super::place::Place;
use super::union::{Branch, JsonKind, Union};

/// How many characters of a title are still a name.
const LONGEST_TITLE: usize = 40;

impl Lowering<'_> {
    /// What to call a branch of the `union` at `place` after: the tag's string that it stands for, the definition that it
    /// refers to, its title, a member that no other branch has, the type of its values; and where two are called so, what
    /// each says besides.
    pub(super) fn variant(&self, place: &Place, branch: &Branch, union: &Union) -> Wanted {
        let schema = branch.place.schema(self.simple);
        if let [tag] = branch.tags.iter().collect::<Vec<_>>().as_slice() {
            return Wanted::new(tag, names::variant_name);
        }
        let said = said(schema);
        let kind = self.kind(branch);
        let title = schema.get("title").and_then(Value::as_str);
        let title = title.filter(|title| title.chars().count() <= LONGEST_TITLE && title.contains(char::is_alphabetic));
        let is_divided = self.is_divided(place, branch);
        let names = [
            self.simple.listed_name(&branch.place, &self.roots),
            title.filter(|_| !is_divided).map(str::to_owned),
            union.own_member(self.simple, branch).filter(|_| !is_divided),
            Some(kind.to_owned()),
            (!said.is_empty()).then(|| format!("{said} {kind}")),
        ];
        let names: Vec<String> = names.into_iter().flatten().map(|name| names::variant_name(&name)).collect();
        Wanted { names, source: schema.to_string() }
    }

    /// Whether a branch is there because the schema at `place` names no type, or several: then types tell branches apart.
    pub(super) fn is_divided(&self, place: &Place, branch: &Branch) -> bool {
        self.simple.written(place) == self.simple.written(&branch.place)
    }

    /// The type of the values of a branch.
    fn kind(&self, branch: &Branch) -> &'static str {
        match classify_at(self.simple, &branch.place).kind {
            Kind::Types(_) => "Other",
            Kind::Any | Kind::Opaque(_) => "Value",
            _ => match branch.kinds.iter().collect::<Vec<_>>().as_slice() {
                [JsonKind::Array] => "Array",
                [JsonKind::Boolean] => "Boolean",
                [JsonKind::Fraction | JsonKind::Integer, JsonKind::Integer] => "Number",
                [JsonKind::Integer] => "Integer",
                [JsonKind::Null] => "Null",
                [JsonKind::Object] => "Object",
                [JsonKind::String] => "String",
                _ => "Value",
            },
        }
    }
}

/// What a schema says of its values besides their type, in a few words: those that it lists, its format, its bounds, its
/// pattern, what it holds.
fn said(schema: &Value) -> String {
    let mut words: Vec<String> = Vec::new();
    let texts = |values: &Value| {
        let values = values.as_array().into_iter().flatten();
        values.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned)).collect::<BTreeSet<_>>()
    };
    // In an order of their own: that of the schema means nothing.
    let keywords: BTreeMap<&String, &Value> = schema.as_object().into_iter().flatten().collect();
    for (keyword, value) in keywords {
        match (keyword.as_str(), value) {
            ("const", value) => words.push(value.as_str().map_or_else(|| value.to_string(), str::to_owned)),
            ("enum" | "required", values) => words.extend(texts(values)),
            ("format", Value::String(text)) => words.push(text.clone()),
            ("pattern", Value::String(text)) => words.push(format!("matching {text}")),
            ("minimum" | "minLength" | "minItems" | "minProperties", value) => words.push(format!("from {value}")),
            ("maximum" | "maxLength" | "maxItems" | "maxProperties", value) => words.push(format!("to {value}")),
            ("exclusiveMinimum", value) => words.push(format!("above {value}")),
            ("exclusiveMaximum", value) => words.push(format!("below {value}")),
            ("multipleOf", value) => words.push(format!("by {value}")),
            ("uniqueItems", Value::Bool(true)) => words.push("unique".to_owned()),
            ("items" | "additionalProperties", inner) => {
                words.push(said(inner));
                words.extend(inner.get("type").and_then(Value::as_str).map(str::to_owned));
            }
            ("properties", Value::Object(members)) => words.extend(members.keys().cloned().collect::<BTreeSet<_>>()),
            _ => {}
        }
    }
    words.retain(|word| !word.is_empty());
    words.join(" ")
}
