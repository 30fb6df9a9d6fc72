//! A set of schemas that may all speak of one place in values -> those that do, and the places below it.
//!
//! A place is told by the way there and not by its schema's: a member of some name, any other member, an element. So two
//! schemas can be compared that say the same with other applicators. `$ref`, `allOf`, `anyOf`, `oneOf`, `if` and
//! `dependentSchemas` apply what they hold to the place itself (2020-12 Core, section 10.2), so they are looked through; what
//! `not` holds gives no annotation to anyone (section 7.7.1.2).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::schema::{self, Place};
use super::types::Types;
use crate::pointer;

/// The way from a value to what is directly in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    /// The member of this name.
    Property(String),
    /// The members whose names match this pattern.
    Pattern(String),
    /// All other members.
    Additional,
    /// The members' names.
    Names,
    /// The element at this index.
    Element(usize),
    /// The elements behind those.
    Rest,
    /// The elements that `contains` is about.
    Contained,
}

/// A schema that may apply to a place.
struct Start<'a> {
    place: Place<'a>,
    /// Whether it applies to every value there, whichever branches that meets.
    is_certain: bool,
}

/// The schemas that may speak of one place, each with the types of the values of which it may.
pub(super) struct Here<'a> {
    found: Vec<(Place<'a>, Types)>,
    /// The pointers of those that apply to every value at the place, whichever branches it meets.
    certain: BTreeSet<String>,
    /// The types of which a value at the place may be.
    types: Types,
    /// References that lead nowhere, each with the place that has it.
    pub(super) dangling: Vec<(String, String)>,
}

impl<'a> Here<'a> {
    /// The schemas that apply where `starts` do, in the order they are written: they and what they apply in place. One
    /// that no value can meet together with the schemas around it, by their types, is left out.
    fn of(root: &'a Value, starts: &[Start<'a>]) -> Self {
        let types = if starts.is_empty() { Types::ALL } else { Types::NONE };
        let certain = starts.iter().filter(|start| start.is_certain).map(|start| start.place.clone());
        let certain = conjuncts(root, certain.collect()).into_iter().map(|place| place.pointer).collect();
        let mut here = Self { found: Vec::new(), certain, types, dangling: Vec::new() };
        let mut index: BTreeMap<String, usize> = BTreeMap::new();
        let mut pending: Vec<(Place<'a>, Types)> =
            starts.iter().rev().map(|start| (start.place.clone(), Types::ALL)).collect();
        while let Some((place, outer)) = pending.pop() {
            let types = outer.and(conjunction(root, &place));
            if types.is_empty() {
                continue;
            }
            here.types = here.types.or(types);
            match index.get(&place.pointer).and_then(|index| here.found.get_mut(*index)) {
                Some((_, known)) if known.and(types) == types => continue,
                Some((_, known)) => *known = known.or(types),
                None => {
                    index.insert(place.pointer.clone(), here.found.len());
                    here.found.push((place.clone(), types));
                }
            }
            let reference = schema::reference(place.schema);
            let target = reference.and_then(|reference| schema::resolve(root, reference));
            if let (Some(reference), None) = (reference, &target) {
                here.dangling.push((place.pointer.clone(), reference.to_owned()));
            }
            let below = target.into_iter().chain(in_place(&place)).map(|below| (below, types));
            pending.extend(below.collect::<Vec<_>>().into_iter().rev());
        }
        here
    }

    /// The schemas, in the order they are written.
    pub(super) fn places(&self) -> impl Iterator<Item = &Place<'a>> {
        self.found.iter().map(|(place, _)| place)
    }

    /// The steps that any of the schemas speaks of, from a value of one of `types`.
    fn steps(&self, types: Types) -> BTreeSet<Step> {
        let mut steps = BTreeSet::new();
        for keywords in self.speaking_of(types.and(Types::OBJECT)) {
            steps.extend(names(keywords, "properties").map(Step::Property));
            steps.extend(names(keywords, "patternProperties").map(Step::Pattern));
            let has = |keyword: &str| keywords.contains_key(keyword);
            steps.extend(has("propertyNames").then_some(Step::Names));
            steps.extend((has("additionalProperties") || has("unevaluatedProperties")).then_some(Step::Additional));
        }
        for keywords in self.speaking_of(types.and(Types::ARRAY)) {
            steps.extend((0..prefix(keywords).len()).map(Step::Element));
            let has = |keyword: &str| keywords.contains_key(keyword);
            steps.extend(has("contains").then_some(Step::Contained));
            steps.extend((has("items") || has("unevaluatedItems")).then_some(Step::Rest));
        }
        steps
    }

    /// Whether no value at the place has a member of this name: a schema that applies to each refuses it.
    pub(super) fn refuses_member(&self, name: &str) -> bool {
        self.refuses(&Step::Property(name.to_owned()))
    }

    /// Whether there is nothing where `step` leads.
    fn refuses(&self, step: &Step) -> bool {
        // What is not evaluated may be evaluated by what does not show here.
        let is_said = |start: &Start<'_>| start.is_certain && !start.place.pointer.ends_with("/unevaluatedProperties");
        matches!(step, Step::Property(_))
            && self.below(step).iter().any(|start| is_said(start) && start.place.schema == &Value::Bool(false))
    }

    /// The schemas that may apply where `step` leads.
    fn below(&self, step: &Step) -> Vec<Start<'a>> {
        let of = match step {
            Step::Property(_) | Step::Pattern(_) | Step::Additional | Step::Names => Types::OBJECT,
            Step::Element(_) | Step::Rest | Step::Contained => Types::ARRAY,
        };
        let speaking = self.found.iter().filter(|(_, types)| !types.and(of).is_empty());
        let is_named = |name: &str| self.speaking_of(of).any(|keywords| named(keywords, name).next().is_some());
        let mut found = Vec::new();
        for (place, keywords) in speaking.filter_map(|(place, _)| Some((place, place.schema.as_object()?))) {
            let ways: Vec<Vec<String>> = match step {
                Step::Property(name) => {
                    let ways: Vec<Vec<String>> = named(keywords, name).collect();
                    match (ways.is_empty(), is_named(name)) {
                        (false, _) => ways,
                        (true, true) => vec![way("additionalProperties")],
                        (true, false) => vec![way("additionalProperties"), way("unevaluatedProperties")],
                    }
                }
                Step::Pattern(pattern) => vec![vec!["patternProperties".to_owned(), pattern.clone()]],
                Step::Additional => vec![way("additionalProperties"), way("unevaluatedProperties")],
                Step::Names => vec![way("propertyNames")],
                Step::Element(index) if *index < prefix(keywords).len() => {
                    vec![vec!["prefixItems".to_owned(), index.to_string()]]
                }
                Step::Element(_) | Step::Rest => vec![way("items"), way("unevaluatedItems")],
                Step::Contained => vec![way("contains")],
            };
            let is_certain = self.certain.contains(&place.pointer);
            found.extend(ways.iter().filter_map(|way| Some(Start { place: at(place, way)?, is_certain })));
        }
        found
    }

    /// The keywords of the schemas that may speak of values of these types.
    fn speaking_of(&self, of: Types) -> impl Iterator<Item = &'a Map<String, Value>> {
        let speaking = self.found.iter().filter(move |(_, types)| !types.and(of).is_empty());
        speaking.filter_map(|(place, _)| place.schema.as_object())
    }
}

/// Pairs of places looked at, at most: combinations of recursive schemas can be many.
const PAIRS: usize = 20_000;

/// Calls `visit` with what applies in either schema document at each place in values, their roots first, and with the
/// pointer of the first schema of `ours` there, or above. Places that only one side can have values at are left out. Gives
/// the pointer where it stopped, if there are more than [`PAIRS`].
pub(super) fn together<'a>(
    ours: &'a Value,
    theirs: &'a Value,
    mut visit: impl FnMut(&str, &Here<'a>, &Here<'a>),
) -> Option<String> {
    let root = |schema| vec![Start { place: Place { pointer: String::new(), schema }, is_certain: true }];
    let pointers =
        |starts: &[Start<'a>]| starts.iter().map(|it| (it.place.pointer.clone(), it.is_certain)).collect::<Vec<_>>();
    let mut pending = vec![(String::new(), root(ours), root(theirs))];
    let mut seen = BTreeSet::new();
    while let Some((at, our_places, their_places)) = pending.pop() {
        if !seen.insert((pointers(&our_places), pointers(&their_places))) {
            continue;
        }
        let at = our_places.first().map_or(at, |start| start.place.pointer.clone());
        if seen.len() > PAIRS {
            return Some(at);
        }
        let (here, there) = (Here::of(ours, &our_places), Here::of(theirs, &their_places));
        visit(&at, &here, &there);
        let types = here.types.and(there.types);
        let steps: BTreeSet<Step> = here.steps(types).into_iter().chain(there.steps(types)).collect();
        let steps = steps.iter().filter(|step| !here.refuses(step) && !there.refuses(step));
        // The last is taken first.
        pending.extend(
            steps.collect::<Vec<_>>().into_iter().rev().map(|step| (at.clone(), here.below(step), there.below(step))),
        );
    }
    None
}

/// What `place` itself applies to the same value, in the order it is written, its `$ref` aside.
fn in_place<'a>(place: &Place<'a>) -> Vec<Place<'a>> {
    let mut found = Vec::new();
    for (keyword, value) in place.schema.as_object().into_iter().flatten() {
        let tokens: Vec<Vec<String>> = match (keyword.as_str(), value) {
            ("allOf" | "anyOf" | "oneOf", Value::Array(branches)) => {
                (0..branches.len()).map(|index| vec![keyword.clone(), index.to_string()]).collect()
            }
            ("dependentSchemas", Value::Object(schemas)) => {
                schemas.keys().map(|name| vec![keyword.clone(), name.clone()]).collect()
            }
            ("if" | "then" | "else", _) => vec![way(keyword)],
            _ => Vec::new(),
        };
        found.extend(tokens.iter().filter_map(|tokens| at(place, tokens)));
    }
    found
}

/// The types of which a value may be that meets the schema at `start`, as far as it, its `$ref` and its `allOf` say.
fn conjunction(root: &Value, start: &Place<'_>) -> Types {
    let all = conjuncts(root, vec![start.clone()]);
    all.iter().fold(Types::ALL, |types, place| types.and(Types::of(place.schema)))
}

/// The schemas at `pending`, and what their `$ref` and their `allOf` apply.
fn conjuncts<'a>(root: &'a Value, mut pending: Vec<Place<'a>>) -> Vec<Place<'a>> {
    let (mut all, mut seen) = (Vec::new(), BTreeSet::new());
    while let Some(place) = pending.pop() {
        if !seen.insert(place.pointer.clone()) {
            continue;
        }
        pending.extend(schema::reference(place.schema).and_then(|reference| schema::resolve(root, reference)));
        let parts = place.schema.get("allOf").and_then(Value::as_array).map_or(0, Vec::len);
        pending.extend((0..parts).filter_map(|index| at(&place, &["allOf".to_owned(), index.to_string()])));
        all.push(place);
    }
    all
}

/// Where `properties` and `patternProperties` of one schema speak of the member `name`.
fn named(keywords: &Map<String, Value>, name: &str) -> impl Iterator<Item = Vec<String>> {
    let listed = keywords.get("properties").is_some_and(|properties| properties.get(name).is_some());
    let own = listed.then(|| vec!["properties".to_owned(), name.to_owned()]);
    let matches =
        |pattern: &String| regress::Regex::with_flags(pattern, "u").is_ok_and(|regex| regex.find(name).is_some());
    let patterns: Vec<String> = names(keywords, "patternProperties").filter(matches).collect();
    own.into_iter().chain(patterns.into_iter().map(|pattern| vec!["patternProperties".to_owned(), pattern]))
}

fn names(keywords: &Map<String, Value>, keyword: &str) -> impl Iterator<Item = String> {
    keywords.get(keyword).and_then(Value::as_object).into_iter().flat_map(Map::keys).cloned()
}

fn prefix(keywords: &Map<String, Value>) -> &[Value] {
    keywords.get("prefixItems").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn way(keyword: &str) -> Vec<String> {
    vec![keyword.to_owned()]
}

/// The place below `place` where `tokens` lead, if there is one.
fn at<'a>(place: &Place<'a>, tokens: &[String]) -> Option<Place<'a>> {
    let relative = tokens.iter().fold(String::new(), |pointer, token| pointer::push(&pointer, token));
    let schema = place.schema.pointer(&relative)?;
    Some(Place { pointer: format!("{}{relative}", place.pointer), schema })
}
