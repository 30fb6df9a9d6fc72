//! The keywords of an object -> which members get a field, which go into maps, and which are dropped or refused.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::class::Kind;
use super::place::Place;
use super::rules::{self, Rule};
use crate::vocabulary::{self, Role};

/// An object with members that have names of their own, or that go into maps by their names.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Object<'a> {
    /// Those that have a schema, in order, and then those that other keywords name.
    pub(super) members: Vec<Named<'a>>,
    pub(super) required: BTreeSet<&'a str>,
    /// Whether a member is refused that has no field and for which there is no map.
    pub(super) closed: bool,
    /// The regular expressions of `patternProperties`, each of which gets a map.
    pub(super) patterns: Vec<&'a str>,
    /// Whether all other members are kept in a map.
    pub(super) keeps_others: bool,
    /// Whether `propertyNames` says anything.
    pub(super) names: bool,
}

/// A member with a field of its own.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Named<'a> {
    pub(super) wire: &'a str,
    /// Whether `properties` has it.
    pub(super) listed: bool,
    /// The tokens that lead to its schema; none where nothing is said of it.
    pub(super) schema: Vec<&'a str>,
}

impl Object<'_> {
    /// Whether a member is dropped that has no field and for which there is no map.
    pub(super) fn drops_others(&self) -> bool {
        !self.closed && !self.keeps_others
    }
}

impl Named<'_> {
    /// The place of its schema, in the object at `object`, if anything is said of it.
    pub(super) fn place(&self, object: &Place) -> Place {
        self.schema.iter().fold(object.clone(), |place, token| place.below(token))
    }
}

/// What an object of these keywords is; `rules` are those that its members keep together.
pub(super) fn object<'a>(keywords: &'a Map<String, Value>, rules: &[Rule]) -> Kind<'a> {
    let said = Said::new(keywords);
    if said.is_map(keywords) {
        return Kind::Map { values: keywords.contains_key("additionalProperties") };
    }
    if let Some(why) = said.unsaid() {
        return Kind::Opaque(why);
    }
    let named = said.properties.into_iter().flatten().map(|(name, _)| name.as_str());
    let mut names: Vec<&str> = named.collect();
    names.extend(said.unlisted());
    let members: Option<Vec<Named<'_>>> = names.into_iter().map(|name| said.member(name)).collect();
    let Some(members) = members else {
        return Kind::Opaque("`properties` or `patternProperties` that say more than one thing of a member".to_owned());
    };
    let refused = |member: &&Named<'_>| said.closed && member.schema.is_empty();
    if let Some(member) = members.iter().find(refused) {
        return match said.required.contains(member.wire) {
            true => Kind::Values(Vec::new()),
            false => Kind::Opaque("a dependency on a member that `additionalProperties` refuses".to_owned()),
        };
    }
    // What is dropped when it is read cannot be counted any more. And where `properties` does not name members, nothing says
    // that others are of no interest.
    let counts = rules.iter().any(|rule| rule.keyword != "dependentRequired");
    let speaks_of_all = said.additional.is_some() || said.names || counts;
    let lists_members = said.properties.is_some() && said.patterns.is_empty();
    Kind::Object(Object {
        members,
        closed: said.closed,
        keeps_others: !said.closed && (speaks_of_all || !lists_members),
        patterns: said.sorted_patterns(),
        names: said.names,
        required: said.required,
    })
}

/// What the keywords say, one by one.
struct Said<'a> {
    properties: Option<&'a Map<String, Value>>,
    patterns: Vec<(&'a str, &'a Value, Option<regress::Regex>)>,
    /// `additionalProperties`, unless it says nothing or refuses everything.
    additional: Option<&'a Value>,
    closed: bool,
    names: bool,
    required: BTreeSet<&'a str>,
    dependent: Vec<&'a str>,
}

impl<'a> Said<'a> {
    fn new(keywords: &'a Map<String, Value>) -> Self {
        let map = |keyword: &str| keywords.get(keyword).and_then(Value::as_object);
        let texts = |value: &'a Value| value.as_array().into_iter().flatten().filter_map(Value::as_str);
        let additional = keywords.get("additionalProperties").filter(|rest| !accepts_all(rest));
        let closed = additional == Some(&Value::Bool(false));
        let patterns = map("patternProperties").into_iter().flatten();
        let dependent = map("dependentRequired").into_iter().flatten();
        Self {
            properties: map("properties"),
            patterns: patterns.map(|(text, schema)| (text.as_str(), schema, rules::compiled(text))).collect(),
            additional: additional.filter(|_| !closed),
            closed,
            names: keywords.get("propertyNames").is_some_and(|names| !accepts_all(names)),
            required: keywords.get("required").into_iter().flat_map(texts).collect(),
            dependent: dependent
                .flat_map(|(name, others)| std::iter::once(name.as_str()).chain(texts(others)))
                .collect(),
        }
    }

    /// Whether no member is named and all are alike, so that it is a map.
    fn is_map(&self, keywords: &Map<String, Value>) -> bool {
        let names_none =
            self.properties.is_none_or(Map::is_empty) && self.required.is_empty() && self.dependent.is_empty();
        names_none && !self.closed && !self.names && !keywords.contains_key("patternProperties")
    }

    /// What of the patterns no map can say, if anything.
    fn unsaid(&self) -> Option<String> {
        if self.patterns.iter().any(|(_, _, compiled)| compiled.is_none()) {
            return Some("a regular expression of `patternProperties` that no check holds exactly".to_owned());
        }
        let overlap = self.patterns.iter().enumerate().any(|(index, (one, schema, _))| {
            let others = self.patterns.iter().skip(index + 1);
            others.into_iter().any(|(other, beside, _)| !agree(schema, beside) && !are_apart(one, other))
        });
        overlap.then(|| "regular expressions of `patternProperties` that can match one name".to_owned())
    }

    /// The names that other keywords than `properties` have, in order.
    fn unlisted(&self) -> Vec<&'a str> {
        let is_listed = |name: &&str| self.is_listed(name);
        let names: BTreeSet<&str> = self.required.iter().chain(&self.dependent).copied().collect();
        names.into_iter().filter(|name| !is_listed(name)).collect()
    }

    fn is_listed(&self, name: &str) -> bool {
        self.properties.is_some_and(|properties| properties.contains_key(name))
    }

    /// The member `name` with the one schema that is said of it; none if there is more than one.
    fn member(&self, name: &'a str) -> Option<Named<'a>> {
        let listed = self.properties.and_then(|properties| properties.get(name));
        let matching = self.patterns.iter().filter(|(_, _, compiled)| finds(compiled.as_ref(), name));
        let matching: Vec<(Vec<&str>, &Value)> =
            matching.map(|(text, schema, _)| (vec!["patternProperties", *text], *schema)).collect();
        let additional = self.additional.filter(|_| listed.is_none() && matching.is_empty());
        let mut all: Vec<(Vec<&str>, &Value)> =
            listed.map(|schema| (vec!["properties", name], schema)).into_iter().collect();
        all.extend(matching);
        all.extend(additional.map(|schema| (vec!["additionalProperties"], schema)));
        let saying = all.iter().find(|(_, schema)| !accepts_all(schema)).or_else(|| all.first());
        let Some((tokens, schema)) = saying else {
            return Some(Named { wire: name, listed: false, schema: Vec::new() });
        };
        all.iter().all(|(_, other)| agree(schema, other)).then(|| Named {
            wire: name,
            listed: listed.is_some(),
            schema: tokens.clone(),
        })
    }

    /// The regular expressions, first those whose schemas say something: two that match one name may be there only if at
    /// most one says something else.
    fn sorted_patterns(&self) -> Vec<&'a str> {
        let mut patterns: Vec<(bool, &str)> =
            self.patterns.iter().map(|(text, schema, _)| (accepts_all(schema), *text)).collect();
        patterns.sort_by_key(|(accepts_all, _)| *accepts_all);
        patterns.into_iter().map(|(_, text)| text).collect()
    }
}

fn finds(pattern: Option<&regress::Regex>, name: &str) -> bool {
    pattern.is_some_and(|pattern| pattern.find(name).is_some())
}

/// Whether two schemas of one member ask no more than one of them: one says nothing, or they refuse the same. They may be
/// one schema, and mostly are.
fn agree(one: &Value, other: &Value) -> bool {
    std::ptr::eq(one, other) || accepts_all(one) || accepts_all(other) || assert_alike(one, other)
}

/// Whether two schemas are the same but for what they say beside refusing.
fn assert_alike(one: &Value, other: &Value) -> bool {
    let (Value::Object(one), Value::Object(other)) = (one, other) else { return one == other };
    let is_assertion = |(keyword, _): &(&String, &Value)| vocabulary::role(keyword) != Role::Annotation;
    let count = |keywords: &Map<String, Value>| keywords.iter().filter(is_assertion).count();
    let mut asserting = one.iter().filter(is_assertion);
    count(one) == count(other) && asserting.all(|(keyword, value)| other.get(keyword) == Some(value))
}

/// Whether no name is matched by both regular expressions: each begins with other characters.
fn are_apart(one: &str, other: &str) -> bool {
    let (one, other) = (beginning(one), beginning(other));
    let shared = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    shared < one.chars().count().min(other.chars().count())
}

/// The characters that each match of a regular expression begins with, as far as they are plain to see.
fn beginning(pattern: &str) -> String {
    let Some(anchored) = pattern.strip_prefix('^').filter(|rest| !rest.contains('|')) else { return String::new() };
    let is_plain = |c: &char| !"\\^$.*+?()[]{}|".contains(*c);
    let mut plain: String = anchored.chars().take_while(is_plain).collect();
    if anchored.get(plain.len()..).is_some_and(|rest| rest.starts_with(['*', '?', '{'])) {
        plain.pop();
    }
    plain
}

/// Whether a schema accepts everything by saying nothing at all.
pub(super) fn accepts_all(schema: &Value) -> bool {
    match schema {
        Value::Bool(accepts) => *accepts,
        Value::Object(keywords) => keywords.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_apart_only_where_no_name_can_match_both() {
        for (one, other, expected) in [
            ("^x-", "^y", true),
            ("^S_", "^I_.*$", true),
            ("^x", "^x-", false),
            ("x", "y", false),
            ("^ab*", "^ac", false),
            ("^ab?c", "^b", true),
            ("^a|b", "^c", false),
            ("^", "^a", false),
            ("^\\d", "^a", false),
            ("^a{0}b", "^b", false),
        ] {
            assert_eq!(are_apart(one, other), expected, "{one} {other}");
            assert_eq!(are_apart(other, one), expected, "{other} {one}");
        }
    }
}
