//! A seed -> a random schema of draft 2020-12: every keyword, nested and recursive, with names and texts that a generator
//! is likely to trip over. It is always valid under its metaschema, and every `$ref` in it leads somewhere.

use std::mem::replace;

use oorandom::Rand64;
use serde_json::{Map, Value, json};

use super::pools::{FORMATS, NAMES, NUMBERS, PATTERNS, TEXTS, VALUES};

/// How deep schemas nest before only the simplest are made.
const DEEPEST: usize = 4;

/// The schema of `seed`, the same on every machine.
pub fn schema(seed: u64) -> Value {
    let mut random = Random { rng: Rand64::new(u128::from(seed)), definitions: Vec::new(), later: 0, below: false };
    random.definitions = random.some(0, 3, Random::name);
    random.definitions.sort();
    random.definitions.dedup();
    let mut schema = random.schema(0);
    if let Value::Object(keywords) = &mut schema {
        let mut definitions = Map::new();
        for (number, name) in random.definitions.clone().into_iter().enumerate() {
            random.later = number + 1;
            definitions.insert(name, random.schema(1));
        }
        if !definitions.is_empty() {
            keywords.insert("$defs".to_owned(), definitions.into());
        }
    }
    schema
}

/// Choices, and what has been decided for the whole document.
struct Random {
    rng: Rand64,
    /// The names in `$defs`.
    definitions: Vec<String>,
    /// The first of them that comes after the one that is being made.
    later: usize,
    /// Whether what is being made speaks of a part of the instance. Only there may a reference lead back: a schema must
    /// not apply itself to the same instance again.
    below: bool,
}

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.rng.rand_range(0..end.max(1))
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        let index = self.below(items.len() as u64);
        &items[usize::try_from(index).expect("an index")]
    }

    fn some<T>(&mut self, fewest: u64, most: u64, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = fewest + self.below(most - fewest + 1);
        (0..count).map(|_| make(self)).collect()
    }

    fn name(&mut self) -> String {
        (*self.pick(NAMES)).to_owned()
    }

    /// A schema at `depth`.
    fn schema(&mut self, depth: usize) -> Value {
        if depth > 0 && self.chance(4) {
            return self.chance(70).into();
        }
        let mut keywords = Map::new();
        match self.below(if depth < DEEPEST { 12 } else { 5 }) {
            0..=2 => self.scalar(&mut keywords),
            3 => self.listed(&mut keywords),
            4 | 5 => self.reference(&mut keywords),
            6 | 7 => self.object(&mut keywords, depth + 1),
            8 => self.array(&mut keywords, depth + 1),
            9 => self.alternatives(&mut keywords, depth + 1),
            10 => self.conditional(&mut keywords, depth + 1),
            _ => (0..3).for_each(|_| self.any_kind(&mut keywords, depth + 1)),
        }
        // Without `type`, and with several, the keywords speak of some of the instances only.
        if self.chance(15) {
            keywords.remove("type");
        } else if self.chance(10) {
            keywords.insert("type".to_owned(), self.types());
        }
        self.annotations(&mut keywords);
        keywords.into()
    }

    fn any_kind(&mut self, keywords: &mut Map<String, Value>, depth: usize) {
        match self.below(7) {
            0 => self.scalar(keywords),
            1 => self.listed(keywords),
            2 => self.reference(keywords),
            3 => self.object(keywords, depth),
            4 => self.array(keywords, depth),
            5 => self.alternatives(keywords, depth),
            _ => self.conditional(keywords, depth),
        }
    }

    fn types(&mut self) -> Value {
        let mut names = vec!["null", "boolean", "integer", "number", "string", "array", "object"];
        let first = names.remove(usize::try_from(self.below(7)).expect("an index"));
        if self.chance(30) { json!([first]) } else { json!([first, self.pick(&names)]) }
    }

    fn scalar(&mut self, keywords: &mut Map<String, Value>) {
        let name = *self.pick(&["null", "boolean", "integer", "number", "string", "string"]);
        put(keywords, "type", name);
        if name == "string" {
            self.maybe(keywords, 30, "minLength", |random| random.below(5).into());
            self.maybe(keywords, 30, "maxLength", |random| random.below(9).into());
            self.maybe(keywords, 25, "pattern", |random| (*random.pick(PATTERNS)).into());
            self.maybe(keywords, 25, "format", |random| (*random.pick(FORMATS)).into());
        } else if name != "boolean" && name != "null" {
            for keyword in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] {
                self.maybe(keywords, 25, keyword, Self::number);
            }
            self.maybe(keywords, 20, "multipleOf", |random| {
                random.pick(&[json!(1), json!(0.01), json!(3), json!(2.5)]).clone()
            });
        }
    }

    fn number(&mut self) -> Value {
        serde_json::from_str(self.pick::<&str>(NUMBERS)).expect("a number")
    }

    fn listed(&mut self, keywords: &mut Map<String, Value>) {
        if self.chance(30) {
            put(keywords, "const", self.value());
        } else if self.chance(50) {
            let texts = self.some(1, 5, |random| *random.pick(TEXTS));
            put(keywords, "enum", texts);
        } else {
            let values = self.some(1, 4, Self::value);
            put(keywords, "enum", values);
        }
    }

    fn value(&mut self) -> Value {
        serde_json::from_str(self.pick::<&str>(VALUES)).expect("a value")
    }

    fn reference(&mut self, keywords: &mut Map<String, Value>) {
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

    fn object(&mut self, keywords: &mut Map<String, Value>, depth: usize) {
        put(keywords, "type", "object");
        self.maybe(keywords, 5, "dependentSchemas", |random| json!({random.name(): random.schema(depth + 1)}));
        let below = replace(&mut self.below, true);
        self.members(keywords, depth);
        self.below = below;
    }

    fn members(&mut self, keywords: &mut Map<String, Value>, depth: usize) {
        let properties = self.some(0, 5, |random| (random.name(), random.schema(depth)));
        let properties: Map<String, Value> = properties.into_iter().collect();
        let mut required = self.some(0, 2, Self::name);
        required.extend(properties.keys().filter(|name| name.len() % 2 == 0).cloned());
        required.sort();
        required.dedup();
        self.maybe(keywords, 90, "properties", |_| properties.into());
        self.maybe(keywords, 50, "required", |_| required.into());
        self.maybe(keywords, 20, "additionalProperties", |random| random.schema(depth + 1));
        self.maybe(keywords, 15, "additionalProperties", |_| false.into());
        self.maybe(keywords, 10, "patternProperties", |random| {
            let members = random.some(1, 2, |random| ((*random.pick(PATTERNS)).to_owned(), random.schema(depth + 1)));
            members.into_iter().collect::<Map<String, Value>>().into()
        });
        self.maybe(keywords, 8, "propertyNames", |random| random.schema(DEEPEST));
        self.maybe(keywords, 8, "minProperties", |random| random.below(3).into());
        self.maybe(keywords, 8, "maxProperties", |random| random.below(6).into());
        self.maybe(keywords, 6, "dependentRequired", |random| json!({random.name(): [random.name()]}));
        self.maybe(keywords, 5, "unevaluatedProperties", |random| random.schema(depth + 1));
    }

    fn array(&mut self, keywords: &mut Map<String, Value>, depth: usize) {
        put(keywords, "type", "array");
        let below = replace(&mut self.below, true);
        self.maybe(keywords, 80, "items", |random| random.schema(depth));
        self.maybe(keywords, 25, "prefixItems", |random| random.some(1, 3, |random| random.schema(depth)).into());
        self.maybe(keywords, 25, "minItems", |random| random.below(3).into());
        self.maybe(keywords, 25, "maxItems", |random| random.below(5).into());
        self.maybe(keywords, 20, "uniqueItems", |random| random.chance(80).into());
        self.maybe(keywords, 10, "contains", |random| random.schema(depth + 1));
        self.maybe(keywords, 5, "minContains", |random| random.below(3).into());
        self.maybe(keywords, 5, "maxContains", |random| random.below(3).into());
        self.maybe(keywords, 5, "unevaluatedItems", |random| random.schema(depth + 1));
        self.below = below;
    }

    fn alternatives(&mut self, keywords: &mut Map<String, Value>, depth: usize) {
        let keyword = *self.pick(&["anyOf", "oneOf", "allOf"]);
        let mut branches = self.some(1, 3, |random| random.schema(depth));
        if self.chance(25) {
            branches.push(json!({"type": "null"}));
        }
        // Branches that a tag tells apart.
        if self.chance(25) {
            let tag = self.name();
            for (number, branch) in branches.iter_mut().enumerate() {
                let properties = json!({tag.clone(): {"const": format!("tag{number}")}, "a": branch.clone()});
                *branch = json!({"type": "object", "properties": properties, "required": [tag]});
            }
        }
        put(keywords, keyword, branches);
    }

    fn conditional(&mut self, keywords: &mut Map<String, Value>, depth: usize) {
        if self.chance(40) {
            put(keywords, "not", self.schema(depth));
            return;
        }
        for keyword in ["if", "then", "else"] {
            self.maybe(keywords, 75, keyword, |random| random.schema(depth));
        }
    }

    fn annotations(&mut self, keywords: &mut Map<String, Value>) {
        for keyword in ["title", "description", "$comment", "x-text", "contentEncoding"] {
            self.maybe(keywords, 6, keyword, |random| (*random.pick(TEXTS)).into());
        }
        for keyword in ["default", "const-like", "x-value"] {
            self.maybe(keywords, 6, keyword, Self::value);
        }
        for keyword in ["deprecated", "readOnly", "writeOnly"] {
            self.maybe(keywords, 3, keyword, |random| random.chance(50).into());
        }
        self.maybe(keywords, 4, "examples", |random| random.some(0, 3, Self::value).into());
    }

    fn maybe(
        &mut self,
        keywords: &mut Map<String, Value>,
        percent: u64,
        keyword: &str,
        make: impl FnOnce(&mut Self) -> Value,
    ) {
        if self.chance(percent) {
            put(keywords, keyword, make(self));
        }
    }
}

fn put(keywords: &mut Map<String, Value>, keyword: &str, value: impl Into<Value>) {
    keywords.insert(keyword.to_owned(), value.into());
}

/// `text` as it can stand in the fragment of a URI.
fn encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}
