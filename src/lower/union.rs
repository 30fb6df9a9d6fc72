//! The branches of `anyOf` or `oneOf` -> how a value is told to be one of them: by what kind of JSON it is, by a tag, or by
//! trying.

use std::collections::BTreeSet;

use serde_json::Value;

use super::class::{Class, Kind, classify_alone};
use super::faithful::{dropping, rounds};
use super::place::{Place, Schemas};
use super::simplify::Simple;
use super::tag::{Untold, strings_of_each, tag};
use crate::parallel;

/// What a JSON text shows of a value at first sight. A number without a fraction is an integer, however it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JsonKind {
    /// An array.
    Array,
    /// `true` or `false`.
    Boolean,
    /// A number with a fraction.
    Fraction,
    /// A number without a fraction.
    Integer,
    /// `null`.
    Null,
    /// An object.
    Object,
    /// A string.
    String,
}

impl JsonKind {
    const ALL: [Self; 7] =
        [Self::Array, Self::Boolean, Self::Fraction, Self::Integer, Self::Null, Self::Object, Self::String];

    /// The kinds of the values of a type.
    pub(super) fn of_type(name: &str) -> &'static [Self] {
        match name {
            "array" => &[Self::Array],
            "boolean" => &[Self::Boolean],
            "integer" => &[Self::Integer],
            "null" => &[Self::Null],
            "number" => &[Self::Fraction, Self::Integer],
            "object" => &[Self::Object],
            "string" => &[Self::String],
            _ => &Self::ALL,
        }
    }

    /// The kind of `value`.
    fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) if number.is_f64() && number.as_f64().is_some_and(|it| it.fract() != 0.0) => {
                Self::Fraction
            }
            Value::Number(_) => Self::Integer,
            Value::String(_) => Self::String,
            Value::Array(_) => Self::Array,
            Value::Object(_) => Self::Object,
        }
    }
}

/// What becomes of a value that more than one branch accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Overlap {
    /// There is none, or the first branch that accepts it holds all of it.
    First,
    /// It is refused; that takes trying all branches.
    Refused,
    /// Each of these branches holds a part of it.
    All,
}

/// A choice between branches.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Union {
    pub(super) branches: Vec<Branch>,
    /// The member whose string tells objects apart.
    pub(super) tag: Option<String>,
    /// What becomes of a value that more than one branch accepts.
    pub(super) overlap: Overlap,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Branch {
    pub(super) place: Place,
    /// The kinds of values that it may accept.
    pub(super) kinds: BTreeSet<JsonKind>,
    /// The strings that the tag has in its objects.
    pub(super) tags: BTreeSet<String>,
}

/// The branches of `keyword` at `place`, and the member by whose strings their objects are told apart.
pub(super) fn told(simple: &Simple, place: &Place, keyword: &str) -> (Vec<Branch>, Option<String>) {
    // A definition that is a choice is asked again for each of its keywords.
    let definition = simple.definition(place).filter(|_| place.pointer.is_empty());
    let tell = || tell(simple, place, keyword);
    definition.map_or_else(tell, |definition| definition.told.get_or_init(tell).clone())
}

fn tell(simple: &Simple, place: &Place, keyword: &str) -> (Vec<Branch>, Option<String>) {
    let branch = |place: &Place| Branch { kinds: kinds(simple, place), place: place.clone(), tags: BTreeSet::new() };
    let mut branches = parallel::each(&branches(simple, place, keyword), branch);
    let discriminator = simple.origin(place).and_then(|origin| origin.discriminator.as_deref());
    let tag = tag(simple, &mut branches, discriminator);
    (branches, tag)
}

/// The kinds of values that more than one branch may accept, as far as their kinds and the tag show it.
fn contested(branches: &[Branch], tag: Option<&str>) -> BTreeSet<JsonKind> {
    let (mut met, mut contested) = (BTreeSet::new(), BTreeSet::new());
    let kinds = branches.iter().flat_map(|branch| &branch.kinds);
    let kinds = kinds.filter(|kind| tag.is_none() || **kind != JsonKind::Object);
    contested.extend(kinds.filter(|kind| !met.insert(**kind)).copied());
    contested
}

/// How the branches of `keyword` at `place` are told apart.
pub(super) fn union(simple: &Simple, place: &Place, keyword: &str) -> Union {
    let (mut branches, tag) = told(simple, place, keyword);
    let contested = contested(&branches, tag.as_deref());
    if keyword == "oneOf" {
        let overlap = if contested.is_empty() { Overlap::First } else { Overlap::Refused };
        return Union { branches, tag, overlap };
    }
    let overlapping = branches.iter().filter(|branch| !branch.kinds.is_disjoint(&contested));
    let overlapping = overlapping.map(|branch| branch.place.clone());
    let drops: BTreeSet<Place> = overlapping.filter(|place| dropping(simple, place).is_some()).collect();
    if drops.len() > 1 {
        return Union { branches, tag, overlap: Overlap::All };
    }
    // What drops nothing is tried first, so that nothing is lost that another branch would keep; and what rounds nothing.
    branches.sort_by_key(|branch| (drops.contains(&branch.place), rounds(simple, &branch.place)));
    Union { branches, tag, overlap: Overlap::First }
}

pub(super) fn branches(simple: &Simple, place: &Place, keyword: &str) -> Vec<Place> {
    let count = place.schema(simple).get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
    (0..count).map(|index| place.below(keyword).below(&index.to_string())).collect()
}

/// The kinds of values that the schema at `place` may accept.
pub(super) fn kinds(simple: &Simple, place: &Place) -> BTreeSet<JsonKind> {
    let Class { kind, nullable, .. } = classify_alone(simple, place);
    let of = |name: &str| JsonKind::of_type(name).iter().copied().collect::<BTreeSet<_>>();
    let mut kinds = match kind {
        Kind::Null => of("null"),
        Kind::Boolean => of("boolean"),
        Kind::Integer | Kind::Unsigned => of("integer"),
        Kind::Number => of("number"),
        Kind::String | Kind::Formatted(_) | Kind::Text(_) | Kind::Open(_) => of("string"),
        Kind::List { .. } | Kind::Tuple(_) => of("array"),
        Kind::Values(values) => values.into_iter().map(JsonKind::of).collect(),
        Kind::Map { .. } | Kind::Object(_) => of("object"),
        Kind::Types(names) => names.into_iter().flat_map(of).collect(),
        Kind::Reference => simple.target(place).map_or_else(|| of(""), |target| simple.kinds(&target)),
        Kind::Alternative(alternative) => kinds(simple, &alternative.schema(place)),
        Kind::Branches(keyword) => {
            branches(simple, place, keyword).iter().flat_map(|branch| kinds(simple, branch)).collect()
        }
        Kind::Any | Kind::Union(_) => of(""),
        Kind::Opaque(_) => match place.schema(simple).get("type") {
            Some(Value::String(name)) => of(name),
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).flat_map(of).collect(),
            _ => of(""),
        },
    };
    if nullable {
        kinds.insert(JsonKind::Null);
    }
    kinds
}

impl Union {
    /// Why the member `name` does not tell the branches apart, if it does not.
    pub(super) fn untold(&self, simple: &Simple, name: &str) -> Option<Untold> {
        let objects = self.branches.iter().filter(|branch| branch.kinds.contains(&JsonKind::Object));
        let objects: Vec<Place> = objects.map(|branch| branch.place.clone()).collect();
        strings_of_each(simple, &objects, name).err()
    }
}
