//! A branch of a choice -> what its variant may be called, by what the schema says of it alone as far as that goes.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Lowering;
use super::class::{Kind, classify_at};
use super::names::{self, Wanted};
use super::place::Place;
use super::union::{Branch, JsonKind, Union};

/// How many characters of a title are still a name.
pub(super) const LONGEST_TITLE: usize = 40;

impl Lowering<'_> {
    /// What to call a branch of the `union` at `place` after: the tag's string that it stands for, the definition that it
    /// refers to, its title, a member that no other branch has, the type of its values; and where two are called so, what
    /// is said of each and not of the others.
    pub(super) fn variant(&self, place: &Place, branch: &Branch, union: &Union) -> Wanted {
        let schema = branch.place.schema(self.simple);
        if let [tag] = branch.tags.iter().collect::<Vec<_>>().as_slice() {
            return Wanted::new(tag, names::variant_name);
        }
        let kind = self.kind(branch);
        let title = schema.get("title").and_then(Value::as_str);
        let title = title.filter(|title| title.chars().count() <= LONGEST_TITLE && title.contains(char::is_alphabetic));
        let is_divided = self.is_divided(place, branch);
        let names = [
            self.simple.listed_name(&branch.place, &self.roots),
            title.filter(|_| !is_divided).map(str::to_owned),
            union.own_member(self.simple, branch).filter(|_| !is_divided),
            Some(kind.to_owned()),
            Some(format!("{} {kind}", self.own_words(branch, union))),
        ];
        let names: Vec<String> = names.into_iter().flatten().map(|name| names::variant_name(&name)).collect();
        Wanted { names, source: schema.to_string() }
    }

    /// Whether a branch is told from any other by the tag's string, or by the definition that it refers to.
    pub(super) fn is_told(&self, branch: &Branch) -> bool {
        branch.tags.len() == 1 || self.simple.listed_name(&branch.place, &self.roots).is_some()
    }

    /// What tells a branch from the others of its type, in as few words as do: what is said of it alone, if anything is; else
    /// what together no other has, and what others have that it has not.
    fn own_words(&self, branch: &Branch, union: &Union) -> String {
        let own = facts(branch.place.schema(self.simple));
        let alike = union.branches.iter().filter(|other| other.place != branch.place);
        let alike = alike.filter(|other| self.kind(other) == self.kind(branch));
        let mut others: Vec<BTreeSet<Fact>> = alike.map(|other| facts(other.place.schema(self.simple))).collect();
        let mut words = Vec::new();
        // The last of those that tell as many apart is the first, as `max_by_key` has it.
        let telling = |others: &[BTreeSet<Fact>], fact: &Fact| others.iter().filter(|it| !it.contains(fact)).count();
        while let Some(fact) = own.iter().rev().max_by_key(|fact| telling(&others, fact)) {
            if telling(&others, fact) == 0 {
                break;
            }
            words.push(fact.shortly());
            others.retain(|other| other.contains(fact));
        }
        while let Some(lacks) = others.first().and_then(|other| other.difference(&own).next().cloned()) {
            others.retain(|other| !other.contains(&lacks));
            words.push(format!("without {}", lacks.shortly()));
        }
        words.join(" ")
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
