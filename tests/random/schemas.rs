//! A seed -> a random schema of some dialect: every keyword beside every other, nested and recursive, with names and texts
//! that a generator is likely to trip over. It is always valid under its metaschema, and nearly every reference in it leads
//! somewhere.

mod keywords;

use std::mem::{replace, take};

use jsonschema::Draft;
use oorandom::Rand64;
use serde_json::{Map, Value, json};

use super::dialects::DIALECTS;
use super::pools::{KEYWORDS, NAMES, PATTERNS, TEXTS};

/// How deep schemas nest before only the simplest are made.
const DEEPEST: usize = 4;

/// How many schemas a document has before only the simplest are made.
const LARGEST: usize = 60;

/// What the root of a document, and what has an identifier of its own, is called by dynamic references.
const NODE: &str = "node";

/// The schema of `seed`, the same on every machine.
pub fn schema(seed: u64) -> Value {
    let mut rng = Rand64::new(u128::from(seed));
    let dialect = pick(&mut rng, DIALECTS);
    let mut random = Random {
        rng,
        draft: dialect.draft,
        names: Vec::new(),
        patterns: Vec::new(),
        definitions: Vec::new(),
        later: 0,
        below: false,
        left: LARGEST,
    };
    dialect.written(&random.document())
}

fn pick<'a, T>(rng: &mut Rand64, items: &'a [T]) -> &'a T {
    let index = rng.rand_range(0..items.len() as u64);
    &items[usize::try_from(index).expect("an index")]
}

/// Choices, and what has been decided for the whole document.
struct Random {
    rng: Rand64,
    draft: Draft,
    /// A few names and regular expressions that come again and again, so that schemas speak of the same members.
    names: Vec<&'static str>,
    patterns: Vec<&'static str>,
    /// The names in `$defs`.
    definitions: Vec<String>,
    /// The first of them that comes after the one that is being made.
    later: usize,
    /// Whether what is being made speaks of a part of the instance. Only there may a reference lead back: a schema must
    /// not apply itself to the same instance again.
    below: bool,
    /// How many schemas there may be yet that are not simple.
    left: usize,
}

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.rng.rand_range(0..end.max(1))
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        pick(&mut self.rng, items)
    }

    fn some<T>(&mut self, fewest: u64, most: u64, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = fewest + self.below(most - fewest + 1);
        (0..count).map(|_| make(self)).collect()
    }

    fn name(&mut self) -> String {
        let known = take(&mut self.names);
        let name = if known.is_empty() || self.chance(30) { *self.pick(NAMES) } else { *self.pick(&known) };
        self.names = known;
        name.to_owned()
    }

    fn pattern(&mut self) -> String {
        let known = take(&mut self.patterns);
        let pattern = if known.is_empty() || self.chance(50) { *self.pick(PATTERNS) } else { *self.pick(&known) };
        self.patterns = known;
        pattern.to_owned()
    }

    /// The root, with its definitions.
    fn document(&mut self) -> Value {
        self.names = self.some(2, 4, |random| *random.pick(NAMES));
        self.patterns = self.some(1, 2, |random| *random.pick(PATTERNS));
        self.definitions = self.some(0, 3, Self::name);
        self.definitions.sort();
        self.definitions.dedup();
        let mut schema = self.schema(0);
        if let Value::Object(keywords) = &mut schema {
            let mut definitions = Map::new();
            for (number, name) in self.definitions.clone().into_iter().enumerate() {
                self.later = number + 1;
                let definition = if self.chance(8) { self.resource() } else { self.schema(1) };
                definitions.insert(name, definition);
            }
            if !definitions.is_empty() {
                keywords.insert("$defs".to_owned(), definitions.into());
            }
            if self.draft >= Draft::Draft201909 {
                put(keywords, "$dynamicAnchor", NODE);
            }
        }
        schema
    }

    /// A definition that is a document of its own within the document.
    fn resource(&mut self) -> Value {
        let definitions = take(&mut self.definitions);
        let mut schema = self.schema(1);
        self.definitions = definitions;
        if let Value::Object(keywords) = &mut schema {
            // Unlike that of any other document.
            put(keywords, "$id", format!("urn:example:{}", self.rng.rand_u64()));
            if self.draft >= Draft::Draft201909 {
                // One that is not dynamic is looked for in no other document.
                put(keywords, if self.chance(70) { "$dynamicAnchor" } else { "$anchor" }, NODE);
            }
        }
        schema
    }

    /// A schema at `depth`.
    fn schema(&mut self, depth: usize) -> Value {
        if depth > 0 && self.chance(4) {
            return self.chance(70).into();
        }
        self.left = self.left.saturating_sub(1);
        let mut keywords = Map::new();
        match self.below(if depth < DEEPEST && self.left > 0 { 14 } else { 5 }) {
            0..=2 => self.scalar(&mut keywords),
            3 => self.keywords(&mut keywords, &["enum"], depth),
            4 | 5 => self.keywords(&mut keywords, &["$ref"], depth),
            6 | 7 => self.object(&mut keywords, depth + 1),
            8 => self.array(&mut keywords, depth + 1),
            9 => self.alternatives(&mut keywords, depth + 1),
            10 => self.conditional(&mut keywords, depth + 1),
            11 | 12 => self.together(&mut keywords, depth + 1),
            _ => (0..3).for_each(|_| self.any_kind(&mut keywords, depth + 1)),
        }
        // What stands beside whatever else there is.
        if depth < DEEPEST && self.chance(15) {
            let beside = self.some(1, 2, |random| *random.pick(KEYWORDS));
            self.keywords(&mut keywords, &beside, depth + 1);
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
            1 => self.keywords(keywords, &["enum"], depth),
            2 => self.keywords(keywords, &["$ref"], depth),
            3 => self.object(keywords, depth),
            4 => self.array(keywords, depth),
            5 => self.alternatives(keywords, depth),
            _ => self.conditional(keywords, depth),
        }
    }

    /// A schema of a few keywords that need have nothing to do with one another.
    fn fragment(&mut self, depth: usize) -> Value {
        let some = self.some(1, 3, |random| *random.pick(KEYWORDS));
        let mut keywords = Map::new();
        self.keywords(&mut keywords, &some, depth);
        keywords.into()
    }

    /// Schemas that all apply to one value: each says something of its own, or the same keyword otherwise.
    fn together(&mut self, keywords: &mut Map<String, Value>, depth: usize) {
        let same = self.some(0, 2, |random| *random.pick(KEYWORDS));
        let mut branches = self.some(1, 3, |random| {
            let mut branch = random.fragment(depth);
            if let Value::Object(keywords) = &mut branch {
                random.keywords(keywords, &same, depth);
            }
            branch
        });
        if self.chance(30) {
            branches.push(self.schema(depth));
        }
        put(keywords, "allOf", branches);
        self.keywords(keywords, &same, depth);
        let own = self.some(0, 2, |random| *random.pick(KEYWORDS));
        self.keywords(keywords, &own, depth);
    }

    fn object(&mut self, keywords: &mut Map<String, Value>, depth: usize) {
        put(keywords, "type", "object");
        let below = replace(&mut self.below, true);
        let properties = self.some(0, 5, |random| (random.name(), random.schema(depth)));
        self.below = below;
        let properties: Map<String, Value> = properties.into_iter().collect();
        let mut required = self.some(0, 2, Self::name);
        required.extend(properties.keys().filter(|name| name.len() % 2 == 0).cloned());
        if self.chance(90) {
            put(keywords, "properties", properties);
        }
        if self.chance(50) {
            put(keywords, "required", distinct(required));
        }
        for (keyword, percent) in [
            ("additionalProperties", 30),
            ("patternProperties", 12),
            ("propertyNames", 8),
            ("minProperties", 8),
            ("maxProperties", 8),
            ("dependentRequired", 6),
            ("dependentSchemas", 5),
            ("unevaluatedProperties", 6),
        ] {
            self.maybe(keywords, percent, keyword, depth);
        }
    }

    fn array(&mut self, keywords: &mut Map<String, Value>, depth: usize) {
        put(keywords, "type", "array");
        for (keyword, percent) in [
            ("items", 80),
            ("prefixItems", 25),
            ("minItems", 25),
            ("maxItems", 25),
            ("uniqueItems", 20),
            ("contains", 10),
            ("minContains", 6),
            ("maxContains", 6),
            ("unevaluatedItems", 6),
        ] {
            self.maybe(keywords, percent, keyword, depth);
        }
    }

    /// A schema that applies to the same value as the one that it is in.
    fn branch(&mut self, depth: usize) -> Value {
        if depth < DEEPEST && self.chance(40) { self.fragment(depth + 1) } else { self.schema(depth) }
    }

    fn branches(&mut self, depth: usize) -> Vec<Value> {
        let mut branches = self.some(1, 3, |random| random.branch(depth));
        for branch in &mut branches {
            if let Some(name) = branch.get("type").filter(|name| name.is_string()).cloned()
                && name != "null"
                && self.chance(15)
            {
                branch["type"] = json!([name, "null"]);
            }
        }
        if self.chance(25) {
            branches.push(json!({"type": "null"}));
        }
        branches
    }

    fn alternatives(&mut self, keywords: &mut Map<String, Value>, depth: usize) {
        let keyword = *self.pick(&["anyOf", "oneOf", "allOf"]);
        let mut branches = self.branches(depth);
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
            self.maybe(keywords, 100, "not", depth);
            return;
        }
        for keyword in ["if", "then", "else"] {
            self.maybe(keywords, 75, keyword, depth);
        }
    }

    fn annotations(&mut self, keywords: &mut Map<String, Value>) {
        for keyword in ["title", "description", "$comment", "x-text", "contentEncoding"] {
            if self.chance(6) {
                put(keywords, keyword, *self.pick(TEXTS));
            }
        }
        for keyword in ["default", "const-like", "x-value", "example"] {
            if self.chance(5) {
                put(keywords, keyword, self.value());
            }
        }
        for keyword in ["deprecated", "readOnly", "writeOnly"] {
            if self.chance(3) {
                put(keywords, keyword, self.chance(50));
            }
        }
        if self.chance(4) {
            put(keywords, "examples", self.some(0, 3, Self::value));
        }
    }

    fn maybe(&mut self, keywords: &mut Map<String, Value>, percent: u64, keyword: &str, depth: usize) {
        if self.chance(percent) {
            self.keywords(keywords, &[keyword], depth);
        }
    }
}

fn put(keywords: &mut Map<String, Value>, keyword: &str, value: impl Into<Value>) {
    keywords.insert(keyword.to_owned(), value.into());
}

fn distinct(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names.dedup();
    names
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
