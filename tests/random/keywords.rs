//! A keyword -> a random value of it, of that kind alone: what it stands beside is chosen in `schemas.rs`.

use std::mem::replace;

use jsonschema::Draft;
use serde_json::{Map, Value, json};

use super::{DEEPEST, NODE, Random, distinct, encoded, put};
use crate::pools::{COUNTS, FORMATS, MULTIPLES, NUMBERS, TEXTS, VALUES};

impl Random {
    pub(super) fn types(&mut self) -> Value {
        let mut names = vec!["null", "boolean", "integer", "number", "string", "array", "object"];
        let first = names.remove(usize::try_from(self.below(7)).expect("an index"));
        if self.chance(30) { json!([first]) } else { json!([first, self.pick(&names)]) }
    }

    pub(super) fn scalar(&mut self, keywords: &mut Map<String, Value>) {
        let name = *self.pick(&["null", "boolean", "integer", "number", "string", "string"]);
        put(keywords, "type", name);
        if name == "string" {
            for keyword in ["minLength", "maxLength", "pattern", "format"] {
                self.maybe(keywords, 27, keyword, DEEPEST);
            }
        } else if name != "boolean" && name != "null" {
            for keyword in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"] {
                self.maybe(keywords, 24, keyword, DEEPEST);
            }
        }
    }

    /// Puts each of these keywords into `keywords`, with some value.
    pub(super) fn keywords(&mut self, keywords: &mut Map<String, Value>, names: &[&str], depth: usize) {
        for keyword in names {
            match *keyword {
                "enum" if self.chance(30) => put(keywords, "const", self.value()),
                "$ref" => self.reference(keywords),
                keyword => {
                    let value = self.keyword(keyword, depth);
                    put(keywords, keyword, value);
                }
            }
        }
    }

    /// Some value of `keyword`.
    pub(super) fn keyword(&mut self, keyword: &str, depth: usize) -> Value {
        match keyword {
            "type" => self.types(),
            "enum" if self.chance(50) => self.some(1, 5, |random| *random.pick(TEXTS)).into(),
            "enum" => self.some(1, 4, Self::value).into(),
            "const" => self.value(),
            "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" | "minContains"
            | "maxContains" => self.count(),
            "pattern" => self.pattern().into(),
            "format" => (*self.pick(FORMATS)).into(),
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => self.number(NUMBERS),
            "multipleOf" => self.number(MULTIPLES),
            "uniqueItems" => self.chance(80).into(),
            "required" => distinct(self.some(1, 2, Self::name)).into(),
            "dependentRequired" => json!({self.name(): [self.name()]}),
            "allOf" | "anyOf" | "oneOf" => self.branches(depth).into(),
            "dependentSchemas" => json!({self.name(): self.branch(depth + 1)}),
            "not" | "if" | "then" | "else" => self.branch(depth + 1),
            _ => {
                let below = replace(&mut self.below, true);
                let value = self.part(keyword, depth);
                self.below = below;
                value
            }
        }
    }

    /// Some value of `keyword`, which speaks of parts of the instance.
    pub(super) fn part(&mut self, keyword: &str, depth: usize) -> Value {
        match keyword {
            "additionalProperties" if self.chance(40) => false.into(),
            "unevaluatedProperties" | "unevaluatedItems" if self.chance(50) => false.into(),
            "propertyNames" => self.schema(DEEPEST),
            "prefixItems" => self.some(1, 3, |random| random.schema(depth + 1)).into(),
            "properties" => self
                .some(1, 3, |random| (random.name(), random.schema(depth + 1)))
                .into_iter()
                .collect::<Map<_, _>>()
                .into(),
            "patternProperties" => {
                let members = self.some(1, 2, |random| (random.pattern(), random.schema(depth + 1)));
                members.into_iter().collect::<Map<_, _>>().into()
            }
            _ => self.schema(depth + 1),
        }
    }

    pub(super) fn number(&mut self, numbers: &[&str]) -> Value {
        serde_json::from_str(self.pick::<&str>(numbers)).expect("a number")
    }

    pub(super) fn count(&mut self) -> Value {
        if self.chance(90) { self.below(5).into() } else { self.number(COUNTS) }
    }

    pub(super) fn value(&mut self) -> Value {
        serde_json::from_str(self.pick::<&str>(VALUES)).expect("a value")
    }

    pub(super) fn reference(&mut self, keywords: &mut Map<String, Value>) {
        if self.below && self.draft >= Draft::Draft201909 && self.chance(8) {
            return put(keywords, "$dynamicRef", format!("#{NODE}"));
        }
        let first = if self.below { 0 } else { self.later };
        let names = self.definitions.get(first..).unwrap_or_default().to_vec();
        let target = if self.below && (names.is_empty() || self.chance(15)) {
            "#".to_owned()
        } else if names.is_empty() {
            return self.scalar(keywords);
        } else {
            let name = self.pick(&names).replace('~', "~0").replace('/', "~1");
            format!("#/$defs/{}", encoded(&name))
        };
        put(keywords, "$ref", target);
    }
}
