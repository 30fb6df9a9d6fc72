//! A schema -> values that are likely valid for it. A value has to meet several schemas at once (`allOf`, `$ref`, a
//! chosen branch of `anyOf`, all that apply to one member), so everything here takes a list of them.
//!
//! What is made is a proposal: the validator says what it is. So `not`, `contains` beside `items` and the like need only
//! be met often.

use serde_json::{Map, Value};

use super::rng::Rng;
use super::{number, schema, text};
use crate::equal::equal;
use crate::vocabulary;

/// How deep a value may nest before only what is required is made, and before it is given up.
const SHALLOW: usize = 5;
const DEEPEST: usize = 40;
/// Values in a value before only what is required is made: what branches, grows much faster than it nests.
const LARGE: usize = 150;
/// Schemas visited for one value, and for each schema of the document once more as many, before it is given up.
const BUDGET: usize = 4000;
const BUDGET_OF_EACH: usize = 8;
/// Elements and members beyond the fewest.
const SPREAD: i128 = 4;
/// Elements or members of the largest array or object made on purpose.
const LARGEST: i128 = 200;

type Schemas<'a> = Vec<&'a Map<String, Value>>;

/// Makes values for schemas of one document.
pub(super) struct Sampler<'a> {
    root: &'a Value,
    rng: Rng,
    /// The percentage of optional members that are made.
    optional: usize,
    /// How many schemas may be visited for one value, and how many of them are left.
    most_visited: usize,
    budget: usize,
    /// How many values there are in the one that is being made.
    made: usize,
}

impl<'a> Sampler<'a> {
    pub(super) fn new(root: &'a Value, seed: u64) -> Self {
        let most_visited = BUDGET + BUDGET_OF_EACH * vocabulary::subschemas(root, "").len();
        Self { root, rng: Rng::new(seed), optional: 50, most_visited, budget: 0, made: 0 }
    }

    /// A value for the document's root schema, with about `optional` percent of the members that need not be there.
    pub(super) fn value(&mut self, optional: usize) -> Option<Value> {
        self.optional = optional;
        (self.budget, self.made) = (self.most_visited, 0);
        self.meeting(&[self.root], 0)
    }

    fn meeting(&mut self, schemas: &[&'a Value], depth: usize) -> Option<Value> {
        self.budget = self.budget.checked_sub(1)?;
        self.made += 1;
        let mut flat = Vec::new();
        for schema in schemas {
            self.flatten(schema, &mut flat, depth)?;
        }
        if let Some(value) = flat.iter().find_map(|schema| schema.get("const")) {
            return Some(value.clone());
        }
        if let Some(values) = common_enum(&flat) {
            return self.rng.pick(&values).map(|value| (*value).clone());
        }
        match self.type_of(&flat)? {
            "null" => Some(Value::Null),
            "boolean" => Some(Value::Bool(self.rng.chance(50))),
            "integer" => number::sample(&flat, true, &mut self.rng),
            "number" => {
                let whole = self.rng.chance(30);
                number::sample(&flat, whole, &mut self.rng)
            }
            "string" => Some(Value::String(self.string(&flat))),
            "array" => self.array(&flat, depth + 1),
            _ => self.object(&flat, depth + 1),
        }
    }

    /// Adds `schema`, and what applies with it to the same value, to `flat`; `None` if that accepts nothing or
    /// never ends.
    fn flatten(&mut self, schema: &'a Value, flat: &mut Schemas<'a>, depth: usize) -> Option<()> {
        self.budget = self.budget.checked_sub(1)?;
        let Value::Object(keywords) = schema else { return (schema == &Value::Bool(true)).then_some(()) };
        if depth > DEEPEST || flat.len() > DEEPEST {
            return None;
        }
        flat.push(keywords);
        if let Some(reference) = schema::reference(schema) {
            self.flatten(schema::resolve(self.root, reference)?.schema, flat, depth)?;
        }
        for part in list(keywords, "allOf") {
            self.flatten(part, flat, depth)?;
        }
        for keyword in ["anyOf", "oneOf"] {
            let branches = list(keywords, keyword);
            if !branches.is_empty() {
                self.one_branch(branches, flat, depth)?;
            }
        }
        // Nothing is chosen where there is no choice: a schema behind a `$ref` has the values of the schema itself.
        if let Some(condition) = keywords.get("if") {
            let chosen = self.rng.chance(50);
            if chosen {
                self.flatten(condition, flat, depth)?;
            }
            if let Some(branch) = keywords.get(if chosen { "then" } else { "else" }) {
                self.flatten(branch, flat, depth)?;
            }
        }
        for dependent in keywords.get("dependentSchemas").and_then(Value::as_object).into_iter().flatten() {
            if self.rng.chance(50) {
                self.flatten(dependent.1, flat, depth)?;
            }
        }
        Some(())
    }

    /// A branch that can be met, looked for from a chosen one on.
    fn one_branch(&mut self, branches: &'a [Value], flat: &mut Schemas<'a>, depth: usize) -> Option<()> {
        let first = self.rng.below(branches.len());
        let before = flat.len();
        branches.iter().cycle().skip(first).take(branches.len()).find_map(|branch| {
            flat.truncate(before);
            self.flatten(branch, flat, depth)
        })
    }

    /// A type that all schemas allow, one that their other keywords speak of if `type` leaves it open.
    fn type_of(&mut self, flat: &Schemas<'a>) -> Option<&'static str> {
        let mut types = vec!["null", "boolean", "integer", "number", "string", "array", "object"];
        for schema in flat {
            let Some(own) = schema.get("type") else { continue };
            let allows = |name: &str| {
                own.as_str() == Some(name) || own.as_array().is_some_and(|list| list.contains(&name.into()))
            };
            types.retain(|name| allows(name) || (*name == "integer" && allows("number")));
        }
        let spoken: Vec<&str> =
            types.iter().copied().filter(|name| flat.iter().any(|schema| speaks_of(schema, name))).collect();
        let likely = if spoken.is_empty() || self.rng.chance(15) { &types } else { &spoken };
        self.rng.pick(likely).copied()
    }

    fn string(&mut self, flat: &Schemas<'a>) -> String {
        let low = largest(flat, "minLength").unwrap_or(0);
        let high = smallest(flat, "maxLength");
        let word = |keyword: &str| flat.iter().find_map(|schema| schema.get(keyword)?.as_str());
        if let Some(text) = word("format").and_then(|format| text::formatted(format, &mut self.rng)) {
            return text;
        }
        match word("pattern") {
            Some(pattern) => text::matching(pattern, low, high, &mut self.rng),
            None => text::free(low, high, &mut self.rng),
        }
    }

    /// Whether a value at this depth has to stay small.
    fn is_lean(&self, depth: usize) -> bool {
        depth > SHALLOW || self.made > LARGE
    }

    /// How many elements or members to make.
    fn count(&mut self, low: u64, high: Option<u64>, depth: usize) -> usize {
        let low = i128::from(low).min(LARGEST);
        let high = high.map_or(low + SPREAD, |high| i128::from(high).min(LARGEST));
        let is_lean = self.is_lean(depth);
        let spread = if is_lean { 0 } else { SPREAD };
        let count = match self.rng.below(6) {
            0 => low,
            1 if !is_lean => high,
            _ => self.rng.between(low, high.min(low + spread)),
        };
        usize::try_from(count).unwrap_or(0)
    }

    fn array(&mut self, flat: &Schemas<'a>, depth: usize) -> Option<Value> {
        let contained = flat.iter().find(|schema| schema.contains_key("contains"));
        let wanted = contained.map_or(0, |schema| schema.get("minContains").and_then(Value::as_u64).unwrap_or(1));
        let low = largest(flat, "minItems").unwrap_or(0).max(wanted);
        let count = self.count(low, smallest(flat, "maxItems"), depth);
        let unique = flat.iter().any(|schema| schema.get("uniqueItems") == Some(&Value::Bool(true)));
        let mut items: Vec<Value> = Vec::new();
        for index in 0..count {
            let mut schemas: Vec<&'a Value> = flat.iter().filter_map(|schema| element(schema, index)).collect();
            if (index as u64) < wanted {
                schemas.extend(contained.and_then(|schema| schema.get("contains")));
            }
            let tries = if unique { 10 } else { 1 };
            let item = (0..tries).find_map(|_| {
                let item = self.meeting(&schemas, depth)?;
                (!unique || !items.iter().any(|other| equal(other, &item))).then_some(item)
            });
            match item {
                Some(item) => items.push(item),
                None => break,
            }
        }
        (items.len() as u64 >= low.min(LARGEST as u64)).then_some(Value::Array(items))
    }

    fn object(&mut self, flat: &Schemas<'a>, depth: usize) -> Option<Value> {
        let mut members = Map::new();
        let required = Self::required(flat);
        let most =
            smallest(flat, "maxProperties").map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX));
        for name in required.iter().copied().chain(self.optional_names(flat, depth)) {
            if members.contains_key(name) || (members.len() >= most && !required.contains(&name)) {
                continue;
            }
            match self.meeting(&for_member(flat, name), depth) {
                Some(value) => drop(members.insert(name.to_owned(), value)),
                None if required.contains(&name) => return None,
                None => {}
            }
        }
        self.extra_members(flat, &mut members, most, depth);
        if self.rng.chance(30) {
            members = members.into_iter().rev().collect();
        }
        Some(Value::Object(members))
    }

    fn required(flat: &Schemas<'a>) -> Vec<&'a str> {
        flat.iter().flat_map(|schema| list(schema, "required")).filter_map(Value::as_str).collect()
    }

    /// The optional members to make, and those that `dependentRequired` makes them bring along.
    fn optional_names(&mut self, flat: &Schemas<'a>, depth: usize) -> Vec<&'a str> {
        let share = if self.is_lean(depth) { 0 } else { self.optional };
        let properties = flat.iter().filter_map(|schema| schema.get("properties")?.as_object()).flat_map(Map::keys);
        let mut names: Vec<&'a str> = properties.map(String::as_str).filter(|_| self.rng.chance(share)).collect();
        let mut next = 0;
        while let Some(name) = names.get(next).copied() {
            let brought =
                flat.iter().filter_map(|schema| schema.get("dependentRequired")?.get(name)?.as_array()).flatten();
            let new: Vec<&'a str> = brought.filter_map(Value::as_str).filter(|other| !names.contains(other)).collect();
            names.extend(new);
            next += 1;
        }
        names
    }

    /// Members that no `properties` names: as many as `minProperties` asks for, and some where they have a schema.
    fn extra_members(&mut self, flat: &Schemas<'a>, members: &mut Map<String, Value>, most: usize, depth: usize) {
        let least = usize::try_from(largest(flat, "minProperties").unwrap_or(0)).unwrap_or(0);
        let described = flat.iter().any(|schema| {
            let more =
                ["additionalProperties", "unevaluatedProperties"].iter().filter_map(|keyword| schema.get(*keyword));
            schema.contains_key("patternProperties") || more.into_iter().any(|more| more != &Value::Bool(false))
        });
        let closed = flat.iter().any(|schema| schema.get("additionalProperties") == Some(&Value::Bool(false)));
        let some = if described || (!closed && self.rng.chance(5)) { self.count(0, None, depth) } else { 0 };
        let wanted = members.len().saturating_add(some).max(least).min(most);
        for _ in 0..wanted.saturating_mul(3) {
            if members.len() >= wanted {
                break;
            }
            if let Some((name, value)) = self.extra_member(flat, depth)
                && !members.contains_key(&name)
            {
                members.insert(name, value);
            }
        }
    }

    fn extra_member(&mut self, flat: &Schemas<'a>, depth: usize) -> Option<(String, Value)> {
        let patterns: Vec<(&'a String, &'a Value)> =
            flat.iter().filter_map(|schema| schema.get("patternProperties")?.as_object()).flatten().collect();
        let names: Vec<&'a Value> = flat.iter().filter_map(|schema| schema.get("propertyNames")).collect();
        if let Some((pattern, schema)) = self.rng.pick(&patterns).copied().filter(|_| self.rng.chance(60)) {
            let name = text::matching(pattern, 0, None, &mut self.rng);
            return Some((name, self.meeting(&[schema], depth)?));
        }
        let name = match self.meeting(&names, depth) {
            Some(Value::String(name)) if !names.is_empty() => name,
            _ => text::free(1, Some(8), &mut self.rng),
        };
        let value = self.meeting(&for_member(flat, &name), depth)?;
        Some((name, value))
    }
}

fn list<'a>(schema: &'a Map<String, Value>, keyword: &str) -> &'a [Value] {
    schema.get(keyword).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn largest(flat: &Schemas<'_>, keyword: &str) -> Option<u64> {
    flat.iter().filter_map(|schema| whole(schema.get(keyword)?)).max()
}

fn smallest(flat: &Schemas<'_>, keyword: &str) -> Option<u64> {
    flat.iter().filter_map(|schema| whole(schema.get(keyword)?)).min()
}

/// A count, which may be written `2.0`.
fn whole(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_f64().filter(|number| *number >= 0.0).map(|number| number as u64))
}

/// The values that every `enum` lists; `None` if there is no `enum`.
fn common_enum<'a>(flat: &Schemas<'a>) -> Option<Vec<&'a Value>> {
    let mut enums = flat.iter().filter_map(|schema| schema.get("enum")?.as_array());
    let first: Vec<&'a Value> = enums.next()?.iter().collect();
    Some(enums.fold(first, |kept, other| {
        kept.into_iter().filter(|value| other.iter().any(|listed| equal(value, listed))).collect()
    }))
}

fn element(schema: &Map<String, Value>, index: usize) -> Option<&Value> {
    list(schema, "prefixItems").get(index).or_else(|| schema.get("items")).or_else(|| schema.get("unevaluatedItems"))
}

/// The schemas that apply to the member `name`, patterns aside.
fn for_member<'a>(flat: &Schemas<'a>, name: &str) -> Vec<&'a Value> {
    let named = |schema: &&'a Map<String, Value>| {
        schema.get("properties").and_then(|map| map.get(name)).or_else(|| schema.get("additionalProperties"))
    };
    flat.iter().filter_map(named).collect()
}

/// Whether a keyword of `schema` is about values of this type.
fn speaks_of(schema: &Map<String, Value>, name: &str) -> bool {
    let keywords: &[&str] = match name {
        "integer" | "number" => &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
        "string" => &["minLength", "maxLength", "pattern", "format"],
        "array" => &["items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems"],
        "object" => {
            &["properties", "required", "additionalProperties", "patternProperties", "propertyNames", "minProperties"]
        }
        _ => &[],
    };
    keywords.iter().any(|keyword| schema.contains_key(*keyword))
}
