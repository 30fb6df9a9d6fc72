//! The inline objects and enums of a source -> those that several places ask for alike, and what the type is called that these
//! share: by all that it has, where that is short. What takes longer to say has a type at each place, named by the place.
//!
//! A place whose type has a name in the lock keeps that type, and what the lock has as shared is shared, so that nothing is
//! called otherwise because something else comes or goes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value, json};

use super::class::{Class, Kind, classify_at};
use super::locked::{Line, Lines};
use super::names;
use super::object::{Named, Object};
use super::place::Place;
use super::shared::{self, Said};
use super::simplify::Simple;
use crate::source::Sources;

/// A name that says all that a type has is short up to so many characters.
const SHORT: usize = 64;

/// What each of the places asks for that share a type.
pub(super) fn alike(sources: &Sources, simple: &Simple) -> HashMap<Place, Said> {
    let lines = Lines::new(sources);
    let each = simple.map_schemas(|schemas| {
        let inline =
            schemas.into_iter().filter(|(place, schema)| may_be_alike(schema) && !shared::has_its_own(simple, place));
        let met = inline.filter_map(|(place, _)| {
            let line = lines.at(simple, &place);
            let (name, content) = content(simple, &place).filter(|_| line != Some(Line::Own))?;
            Some((place, line, name, content))
        });
        met.collect::<Vec<_>>()
    });
    let mut called: BTreeMap<(usize, String), BTreeMap<Content, Places>> = BTreeMap::new();
    for (place, line, name, content) in each.into_iter().flatten() {
        let of = called.entry((simple.module(&place), name)).or_default().entry(content).or_default();
        of.is_indexed |= line == Some(Line::Indexed);
        of.places.push(place);
    }
    let mut alike = HashMap::new();
    for ((module, name), of) in called {
        let is_locked = |content: &Content| lines.shares(module, &content.asked);
        let shared =
            of.into_iter().filter(|(content, it)| is_locked(content) || (it.places.len() > 1 && !it.is_indexed));
        // One name is one type's: that which most ask for.
        let most = shared.rev().max_by_key(|(content, it)| (is_locked(content), it.places.len()));
        if let Some((Content { asked, .. }, Places { places, .. })) = most {
            let said = Said { asked, names: vec![name] };
            alike.extend(places.into_iter().map(|place| (place, said.clone())));
        }
    }
    alike
}

/// The places that ask for the same.
#[derive(Default)]
struct Places {
    places: Vec<Place>,
    /// Whether the lock may have names for types of some, which moving indices hide: then each has a type of its own.
    is_indexed: bool,
}

/// What a type has.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Content {
    /// All that is asked for, on one line, in an order of its own.
    asked: String,
    /// The members, in the order in which the type has them.
    members: Vec<String>,
}

/// Whether a schema may be an object with members, or an enum.
fn may_be_alike(schema: &Value) -> bool {
    let has = |keyword: &&str| schema.get(*keyword).is_some();
    has(&"properties") || shared::LISTING.iter().any(has)
}

/// What the schema at `place` asks for, and the name that says it.
fn content(simple: &Simple, place: &Place) -> Option<(String, Content)> {
    let class = classify_at(simple, place);
    if !class.rules.is_empty() {
        return None;
    }
    let (words, content) = match &class.kind {
        Kind::Text(texts) if texts.len() > 1 => listed(texts, "enum", None),
        Kind::Open(texts) => listed(texts, "known", Some("Other")),
        Kind::Object(object) => members(simple, place, object)?,
        _ => return None,
    };
    let name = names::one_word(words);
    (name.chars().count() <= SHORT).then_some((name, content))
}

/// An enum of these strings, and `beside` them of others.
fn listed(texts: &[&str], keyword: &str, beside: Option<&str>) -> (String, Content) {
    let texts: BTreeSet<&str> = texts.iter().copied().collect();
    let asked = format!("String of {keyword} {}", json!(texts));
    let words = texts.into_iter().map(names::variant_name).chain(beside.map(str::to_owned));
    (words.collect::<Vec<_>>().join("Or"), Content { asked, members: Vec::new() })
}

/// An object that has members alone, and each a scalar.
fn members(simple: &Simple, place: &Place, object: &Object<'_>) -> Option<(String, Content)> {
    let is_more = !object.patterns.is_empty() || object.keeps_others || object.names;
    if is_more || object.members.is_empty() || object.members.iter().any(|member| !member.listed) {
        return None;
    }
    let (mut words, mut schemas) = (BTreeMap::new(), Map::new());
    for member in &object.members {
        let at = member.place(place);
        let required = if object.required.contains(member.wire) { "Required" } else { "" };
        let said = scalar(simple, &at)?;
        words.insert(member.wire, format!("{required}{}{said}", names::type_name(member.wire)));
        schemas.insert(member.wire.to_owned(), at.schema(simple).clone());
    }
    let words: Vec<String> = words.into_values().collect();
    let only = if object.closed { "Only" } else { "" };
    let mut all = json!({"properties": schemas, "required": object.required, "additionalProperties": !object.closed});
    all.sort_all_objects();
    let names = object.members.iter().map(|Named { wire, .. }| (*wire).to_owned());
    let content = Content { asked: format!("Object of {all}"), members: names.collect() };
    Some((format!("{only}{}Object", words.join("And")), content))
}

/// The words for what a scalar has beside being a string.
fn scalar(simple: &Simple, place: &Place) -> Option<String> {
    if shared::has_its_own(simple, place) {
        return None;
    }
    let Class { kind, nullable, rules } = classify_at(simple, place);
    let kind = match kind {
        Kind::String if rules.is_empty() => String::new(),
        Kind::String => "String".to_owned(),
        Kind::Boolean => "Boolean".to_owned(),
        Kind::Integer => "Integer".to_owned(),
        Kind::Unsigned => "Unsigned".to_owned(),
        Kind::Number => "Number".to_owned(),
        Kind::Formatted(format) => names::type_name(format),
        _ => return None,
    };
    let null = if nullable { "OrNull" } else { "" };
    let words = format!("{} {kind}", shared::words(&kind, &rules));
    let said = if words.trim().is_empty() { String::new() } else { names::type_name(&words) };
    Some(said + null)
}
