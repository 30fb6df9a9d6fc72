//! Schemas that apply to the same value -> one schema with the keywords of all.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::both::merge;
use super::one::Simplify;
use super::tagged::{self, Tagged, as_tagged, is_tag, reference, tag};
use crate::lower::class::is_asserting;
use crate::source::Policy;

/// How many schemas are brought together in one at the most.
const WIDEST: usize = 4000;

/// What applies to one value.
pub(super) struct Node {
    /// The tags of the schema that brings it together.
    tags: Tagged,
    /// What is said without refusing anything, the outermost first.
    said: Vec<Map<String, Value>>,
    /// The keywords that refuse something, of each schema.
    conjuncts: Vec<Tagged>,
    /// `unevaluatedProperties` and `unevaluatedItems` of the schema that brings all together: these see all of them.
    unevaluated: Tagged,
    /// The keywords of all, once they are merged; `enum` stands for `const`, too.
    pub(super) keywords: Tagged,
    /// What `anyOf` and `oneOf` say.
    pub(super) unions: Vec<Choice>,
}

/// What `anyOf` or `oneOf` says.
pub(super) struct Choice {
    pub(super) keyword: &'static str,
    pub(super) branches: Vec<Tagged>,
    /// The member by which a `discriminator` says that they are told apart.
    pub(super) discriminator: Option<String>,
}

impl Node {
    /// What `schema` applies to one value, through `allOf` and `$ref`; none if that is too much to bring together.
    pub(super) fn of(run: &Simplify<'_>, schema: Tagged) -> Option<Self> {
        let policy = run.policy;
        let tags = tagged::tags(&schema);
        let is_unevaluated = |keyword: &String| UNEVALUATED.iter().any(|(of, _)| of == keyword);
        let (unevaluated, schema): (Tagged, Tagged) = match schema.keys().any(is_unevaluated) {
            true => schema.into_iter().partition(|(keyword, _)| is_unevaluated(keyword)),
            false => (Map::new(), schema),
        };
        let (said, conjuncts, unions) = (Vec::new(), Vec::new(), Vec::new());
        let mut node = Self { tags, said, conjuncts, unevaluated, keywords: Map::new(), unions };
        let mut flat = Vec::new();
        flatten(schema, &mut flat);
        let mut passed = BTreeSet::new();
        let alone = flat.iter().filter(|conjunct| asserts(conjunct, policy)).count() == 1;
        let alone = alone && node.unevaluated.is_empty();
        while let Some(index) = flat.iter().position(|conjunct| conjunct.contains_key("$ref")) {
            let is_all = alone && flat.get(index).is_some_and(|conjunct| is_only_reference(conjunct, policy));
            if is_all || flat.len() > WIDEST {
                break;
            }
            let Some(target) = flat.get_mut(index).and_then(|conjunct| conjunct.shift_remove("$ref")) else { break };
            let mut inner = Vec::new();
            if passed.insert(target.to_string()) {
                flatten(tag(run.sources, &reference(target.as_str()?)?), &mut inner);
            }
            flat.splice(index + 1..=index, inner);
        }
        if flat.len() > WIDEST {
            return None;
        }
        for conjunct in flat {
            tagged::add_parts(&mut node.tags, &conjunct);
            node.take(conjunct, policy);
        }
        Some(node)
    }

    /// Takes `conjunct` apart into what it says and what it refuses.
    fn take(&mut self, conjunct: Tagged, policy: &Policy) {
        let discriminator = tagged::discriminator(&conjunct);
        let keywords = conjunct.into_iter().filter(|(keyword, _)| !is_tag(keyword));
        let (mut asserting, said): (Tagged, Tagged) =
            keywords.partition(|(keyword, value)| is_asserting(keyword, value, policy));
        if UNIONS.iter().any(|keyword| asserting.contains_key(*keyword)) {
            tagged::discriminate(&mut asserting, discriminator);
        }
        if !said.is_empty() && !self.said.contains(&said) {
            self.said.push(said);
        }
        if !asserting.is_empty() {
            self.conjuncts.push(asserting);
        }
    }

    /// The value of `keyword`, in the first schema that has it.
    pub(super) fn asserted(&self, keyword: &str) -> Option<&Value> {
        self.conjuncts.iter().find_map(|conjunct| conjunct.get(keyword))
    }

    /// Merges all schemas into `keywords` and `unions`; gives whether one schema can say it.
    pub(super) fn merge(&mut self) -> bool {
        let conjuncts = std::mem::take(&mut self.conjuncts);
        if let [only] = conjuncts.as_slice()
            && only.len() == 1
            && only.contains_key("$ref")
            && self.unevaluated.is_empty()
        {
            self.keywords = only.clone();
            return true;
        }
        let applies = |keyword: &str| conjuncts.iter().any(|conjunct| conjunct.contains_key(keyword));
        let nested = UNEVALUATED.iter().any(|(keyword, _)| applies(keyword));
        // What these see is more, or less, than what is brought together.
        let sees_else = ["anyOf", "oneOf", "dependentSchemas", "contains", "if"].into_iter().any(applies);
        if (nested && (conjuncts.len() > 1 || !self.unevaluated.is_empty()))
            || ((nested || !self.unevaluated.is_empty()) && sees_else)
        {
            return false;
        }
        for mut conjunct in conjuncts {
            // A condition without consequences refuses nothing, nor do consequences without a condition.
            if !conjunct.contains_key("if") || !(conjunct.contains_key("then") || conjunct.contains_key("else")) {
                ["if", "then", "else"].into_iter().for_each(|keyword| drop(conjunct.shift_remove(keyword)));
            }
            let discriminator = tagged::discriminator(&conjunct);
            for keyword in UNIONS {
                if let Some(Value::Array(branches)) = conjunct.shift_remove(keyword) {
                    let branches = branches.into_iter().filter_map(as_tagged).collect();
                    self.unions.push(Choice { keyword, branches, discriminator: discriminator.clone() });
                }
            }
            conjunct.retain(|keyword, _| !is_tag(keyword));
            if IN_PLACE.iter().any(|keyword| conjunct.contains_key(*keyword)) {
                return false;
            }
            normal(&mut conjunct);
            let Some(merged) = merge(std::mem::take(&mut self.keywords), conjunct) else { return false };
            self.keywords = merged;
        }
        self.keywords.extend(std::mem::take(&mut self.unevaluated));
        evaluated(&mut self.keywords);
        true
    }

    /// The node as a schema of its own, with its tags.
    pub(super) fn into_tagged(self) -> Tagged {
        let mut schema = self.tags;
        schema.extend(together(self.said));
        schema.extend(self.keywords);
        schema
    }

    /// Whether `keyword` and nothing else refuses anything.
    pub(super) fn asserts_only(&self, keyword: &str) -> bool {
        let alone = |only: &Tagged| only.len() == 1 && only.contains_key(keyword);
        self.unevaluated.is_empty() && matches!(self.conjuncts.as_slice(), [only] if alone(only))
    }

    /// The node as `schema` is, which is all that it comes down to.
    pub(super) fn around(mut self, schema: Tagged, policy: &Policy) -> Tagged {
        tagged::add_parts(&mut self.tags, &schema);
        self.take(schema, policy);
        self.keywords = std::mem::take(&mut self.conjuncts).into_iter().flatten().collect();
        self.into_tagged()
    }

    /// The node with `keywords` for its own.
    pub(super) fn with(mut self, keywords: Tagged) -> Tagged {
        self.keywords = keywords;
        self.into_tagged()
    }
}

/// The keywords that offer a choice.
const UNIONS: [&str; 2] = ["anyOf", "oneOf"];

/// The keywords that apply a schema to the same value in a way that is not followed.
const IN_PLACE: &[&str] = &["else", "if", "not", "then", "$ref", "$dynamicRef"];

/// `schema` and the branches of its `allOf`, in the order they are written, each without its `allOf`.
fn flatten(mut schema: Tagged, into: &mut Vec<Tagged>) {
    let at = |keyword: &str| schema.keys().position(|other| other == keyword);
    let branches_first = at("allOf").is_some_and(|all| at("properties").is_some_and(|own| all < own));
    let branches = match schema.shift_remove("allOf") {
        Some(Value::Array(branches)) => branches,
        _ => Vec::new(),
    };
    let (before, after) = if branches_first { (None, Some(schema)) } else { (Some(schema), None) };
    into.extend(before);
    branches.into_iter().filter_map(as_tagged).for_each(|branch| flatten(branch, into));
    into.extend(after);
}

/// Whether a keyword of `schema` refuses something.
pub(super) fn asserts(schema: &Tagged, policy: &Policy) -> bool {
    schema.iter().any(|(keyword, value)| is_asserting(keyword, value, policy))
}

fn is_only_reference(schema: &Tagged, policy: &Policy) -> bool {
    schema.iter().all(|(keyword, value)| keyword == "$ref" || !is_asserting(keyword, value, policy))
}

/// What several schemas say of one value: the first has the word, and what others say differently stands in branches that
/// refuse nothing.
pub(super) fn together(said: Vec<Map<String, Value>>) -> Map<String, Value> {
    let mut together = Map::new();
    let mut others = Vec::new();
    for said in said {
        let mut other = Map::new();
        for (keyword, value) in said {
            match together.get(&keyword) {
                Some(first) if *first == value => {}
                Some(_) => {
                    other.insert(keyword, value);
                }
                None => {
                    together.insert(keyword, value);
                }
            }
        }
        if !other.is_empty() {
            others.push(Value::from(other));
        }
    }
    if !others.is_empty() {
        together.insert("allOf".to_owned(), others.into());
    }
    together
}

/// Writes in one way what can be written in two.
fn normal(schema: &mut Tagged) {
    if let Some(value) = schema.shift_remove("const") {
        schema.entry("enum").or_insert_with(|| vec![value].into());
    }
    if let Some(Value::String(name)) = schema.get("type") {
        let names = Value::from(vec![name.clone()]);
        schema.insert("type".to_owned(), names);
    }
    // Without `contains` beside them they say nothing, and must not come to stand beside that of another schema.
    if !schema.contains_key("contains") {
        ["minContains", "maxContains"].into_iter().for_each(|keyword| drop(schema.shift_remove(keyword)));
    }
    evaluated(schema);
}

/// Keywords that speak of what no other has evaluated, each with the one that says the same where nothing else is applied to
/// the same value.
const UNEVALUATED: [(&str, &str); 2] =
    [("unevaluatedProperties", "additionalProperties"), ("unevaluatedItems", "items")];

/// Says by other keywords what is said of members and items that are not evaluated.
fn evaluated(schema: &mut Tagged) {
    for (unevaluated, own) in UNEVALUATED {
        if let Some(rest) = schema.shift_remove(unevaluated) {
            schema.entry(own).or_insert(rest);
        }
    }
}
