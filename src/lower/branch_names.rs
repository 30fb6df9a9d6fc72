//! A branch of a choice -> what its variant may be called, by what the schema says of it alone as far as that goes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::class::{Kind, classify_at};
use super::define::Defining;
use super::names::{self, Wanted};
use super::place::Place;
use super::simplify::Simple;
use super::tag::members;
use super::union::{Branch, JsonKind, Union};
use crate::parallel;

/// How many characters of a title are still a name.
pub(super) const LONGEST_TITLE: usize = 40;

impl Defining<'_> {
    /// What to call each branch of the `union` at `place` after: the tag's string that it stands for, the definition that it
    /// refers to, its title, a member that no other branch has, the type of its values; and where two are called so, what
    /// is said of each and not of the others.
    pub(super) fn variants(&self, place: &Place, union: &Union) -> Vec<Wanted> {
        let is_tagged = |branch: &Branch| branch.tags.len() == 1;
        let siblings = (!union.branches.iter().all(is_tagged)).then(|| Siblings::new(self.given.simple, union));
        let numbered: Vec<(usize, &Branch)> = union.branches.iter().enumerate().collect();
        let wanted = |&(index, branch): &(usize, &Branch)| match (&siblings, branch.tags.first()) {
            (Some(siblings), _) if !is_tagged(branch) => self.variant(place, branch, index, siblings),
            (_, tag) => Wanted::new(tag.map_or("", String::as_str), names::variant_name),
        };
        parallel::each(&numbered, wanted)
    }

    /// What to call the `branch` with this index after that no tag's string stands for.
    fn variant(&self, place: &Place, branch: &Branch, index: usize, siblings: &Siblings) -> Wanted {
        let schema = branch.place.schema(self.given.simple);
        let kind = siblings.kind(index);
        let title = schema.get("title").and_then(Value::as_str);
        let title = title.filter(|title| title.chars().count() <= LONGEST_TITLE && title.contains(char::is_alphabetic));
        let is_divided = self.is_divided(place, branch);
        let names = [
            self.given.simple.listed_name(&branch.place, &self.given.roots),
            title.filter(|_| !is_divided).map(str::to_owned),
            siblings.own_member(self.given.simple, branch).filter(|_| !is_divided),
            Some(kind.to_owned()),
            Some(format!("{} {kind}", siblings.own_words(index))),
        ];
        let names: Vec<String> = names.into_iter().flatten().map(|name| names::variant_name(&name)).collect();
        Wanted { names, source: schema.to_string() }
    }

    /// Whether a branch is told from any other by the tag's string, or by the definition that it refers to.
    pub(super) fn is_told(&self, branch: &Branch) -> bool {
        branch.tags.len() == 1 || self.given.simple.listed_name(&branch.place, &self.given.roots).is_some()
    }

    /// Whether a branch is there because the schema at `place` names no type, or several: then types tell branches apart.
    pub(super) fn is_divided(&self, place: &Place, branch: &Branch) -> bool {
        self.given.simple.written(place) == self.given.simple.written(&branch.place)
    }
}

/// The branches of one choice, as far as they tell each other apart.
struct Siblings {
    /// How many branches have a member of the name.
    members: BTreeMap<String, usize>,
    /// The type of the values of each.
    kinds: Vec<&'static str>,
    /// What is said of each.
    facts: Vec<BTreeSet<Fact>>,
    /// The branches of each type.
    alike: BTreeMap<&'static str, Vec<usize>>,
    /// The branches of each type of which something is said.
    holders: BTreeMap<(&'static str, Fact), Vec<usize>>,
}

impl Siblings {
    fn new(simple: &Simple, union: &Union) -> Self {
        let mut members = BTreeMap::new();
        let named = |branch: &Branch| members_of(simple, branch).into_iter().flatten().collect::<BTreeSet<_>>();
        for name in parallel::each(&union.branches, named).into_iter().flatten() {
            *members.entry(name).or_default() += 1;
        }
        let said = parallel::each(&union.branches, |branch| (kind(simple, branch), facts(branch.place.schema(simple))));
        let (kinds, facts): (Vec<&str>, Vec<_>) = said.into_iter().unzip();
        let (mut alike, mut holders) = (BTreeMap::<_, Vec<usize>>::new(), BTreeMap::<_, Vec<usize>>::new());
        for (index, (kind, facts)) in kinds.iter().copied().zip(&facts).enumerate() {
            alike.entry(kind).or_default().push(index);
            for fact in facts {
                holders.entry((kind, fact.clone())).or_default().push(index);
            }
        }
        Self { members, kinds, facts, alike, holders }
    }

    fn kind(&self, index: usize) -> &'static str {
        self.kinds.get(index).copied().unwrap_or_default()
    }

    fn has(&self, index: usize, fact: &Fact) -> bool {
        self.facts.get(index).is_some_and(|facts| facts.contains(fact))
    }

    /// A member that the objects of `branch` have, and those of no other: one that they must have, if there is one, and by the
    /// alphabet, whatever order they are written in.
    fn own_member(&self, simple: &Simple, branch: &Branch) -> Option<String> {
        let is_own = |name: &String| self.members.get(name) == Some(&1);
        members_of(simple, branch).into_iter().find_map(|names| names.into_iter().filter(is_own).min())
    }

    /// What tells a branch from the others of its type, in as few words as do: what is said of it alone, if anything is; else
    /// what together no other has, and what others have that it has not.
    fn own_words(&self, index: usize) -> String {
        let Some(own) = self.facts.get(index) else { return String::new() };
        let kind = self.kind(index);
        let holders = |fact: &Fact| self.holders.get(&(kind, fact.clone()));
        let all = self.alike.get(kind);
        // How many do not have it. The last of those that tell as many apart is the first, as `max_by_key` has it.
        let missing = |fact: &Fact| all.map_or(0, Vec::len) - holders(fact).map_or(0, Vec::len);
        let first = own.iter().rev().max_by_key(|fact| missing(fact)).filter(|fact| missing(fact) > 0);
        let mut words: Vec<String> = first.map(Fact::shortly).into_iter().collect();
        let others = first.map_or(all, holders).into_iter().flatten().copied();
        let mut others: Vec<usize> = others.filter(|other| *other != index).collect();
        let telling = |others: &[usize], fact: &Fact| others.iter().filter(|it| !self.has(**it, fact)).count();
        while let Some(fact) = own.iter().rev().max_by_key(|fact| telling(&others, fact)) {
            if telling(&others, fact) == 0 {
                break;
            }
            words.push(fact.shortly());
            others.retain(|other| self.has(*other, fact));
        }
        let lacking = |other: Option<&usize>| self.facts.get(*other?)?.difference(own).next();
        while let Some(lacks) = lacking(others.first()) {
            others.retain(|other| !self.has(*other, lacks));
            words.push(format!("without {}", lacks.shortly()));
        }
        words.join(" ")
    }
}

/// The members of the objects of a branch: those that they must have, and all others.
fn members_of(simple: &Simple, branch: &Branch) -> [Vec<String>; 2] {
    [true, false].map(|required| members(simple, &branch.place, required))
}

/// The type of the values of a branch.
fn kind(simple: &Simple, branch: &Branch) -> &'static str {
    match classify_at(simple, &branch.place).kind {
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

/// Something that a schema says of its values.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fact {
    /// How early it is told.
    rank: usize,
    /// The keywords that say so, from the outermost.
    keywords: String,
    /// What they say, in a few words.
    words: String,
}

impl Fact {
    fn shortly(&self) -> String {
        self.words.chars().take(LONGEST_TITLE).collect()
    }
}

/// The keywords that are told of, the most telling first. What is within items and members comes after what is said of the
/// value itself.
const TELLING: [&str; 21] = [
    "const",
    "enum",
    "format",
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "required",
    "properties",
    "pattern",
    "type",
    "items",
    "additionalProperties",
];

/// What a schema says of its values besides their type: which it lists, their format, bounds, pattern, and what they hold.
/// In an order of their own: that of the schema means nothing.
fn facts(schema: &Value) -> BTreeSet<Fact> {
    let mut facts = BTreeSet::new();
    tell(schema, "", &mut facts);
    facts
}

fn tell(schema: &Value, around: &str, facts: &mut BTreeSet<Fact>) {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    for (keyword, value) in schema.as_object().into_iter().flatten() {
        let texts: Vec<String> = match (keyword.as_str(), value) {
            ("const" | "format", value) => vec![text(value)],
            ("enum" | "required", Value::Array(values)) => values.iter().map(text).collect(),
            ("properties", Value::Object(members)) => members.keys().cloned().collect(),
            ("pattern", value) => vec![format!("matching {}", text(value))],
            ("minimum" | "minLength" | "minItems" | "minProperties", value) => vec![format!("from {value}")],
            ("maximum" | "maxLength" | "maxItems" | "maxProperties", value) => vec![format!("to {value}")],
            ("exclusiveMinimum", value) => vec![format!("above {value}")],
            ("exclusiveMaximum", value) => vec![format!("below {value}")],
            ("multipleOf", value) => vec![format!("by {value}")],
            ("uniqueItems", Value::Bool(true)) => vec!["unique".to_owned()],
            ("type", value) if !around.is_empty() => vec![text(value)],
            ("items" | "additionalProperties", inner) => {
                tell(inner, &format!("{around}{keyword} "), facts);
                Vec::new()
            }
            _ => Vec::new(),
        };
        let depth = TELLING.len() * around.split_whitespace().count();
        let rank = depth + TELLING.iter().position(|telling| telling == keyword).unwrap_or(TELLING.len());
        facts.extend(texts.into_iter().map(|words| Fact { rank, keywords: format!("{around}{keyword}"), words }));
    }
}
