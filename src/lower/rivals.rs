//! The branches of a choice -> for each, the others that may accept a value of it as well, as far as it is plain to see: by kinds, by a
//! tag, and by the members that they require. Not every two branches are looked at, because a choice may have thousands.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::class::{Kind, classify_alone};
use super::place::{Place, Schemas};
use super::simplify::Simple;
use super::union::{Branch, JsonKind, told};
use crate::parallel;

/// The branches of a choice, sorted by what a value has to have for them.
pub(super) struct Rivals<'a> {
    branches: Vec<Branch>,
    /// The members that a value of each branch, which is an object, has at the most when it has been written.
    written: Vec<Option<BTreeSet<&'a str>>>,
    /// The members that an object has to have for each branch that accepts objects alone.
    required: Vec<BTreeSet<&'a str>>,
    /// Those of the branches that require some, by the one of these that fewest of them do.
    requiring: BTreeMap<&'a str, Vec<usize>>,
    /// All others, by the kinds of their values.
    others: BTreeMap<JsonKind, Vec<usize>>,
    is_tagged: bool,
}

impl<'a> Rivals<'a> {
    /// The branches of `keyword` at `place`.
    pub(super) fn new(simple: &'a Simple, place: &Place, keyword: &str) -> Self {
        let (branches, tag) = told(simple, place, keyword);
        let (written, required): (Vec<_>, Vec<_>) =
            parallel::each(&branches, |branch| members(simple, branch)).into_iter().unzip();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for name in required.iter().flatten() {
            *counts.entry(name).or_default() += 1;
        }
        let (mut requiring, mut others) =
            (BTreeMap::<&str, Vec<usize>>::new(), BTreeMap::<JsonKind, Vec<usize>>::new());
        for (index, (branch, required)) in branches.iter().zip(&required).enumerate() {
            match required.iter().min_by_key(|name| counts.get(*name)) {
                Some(name) => requiring.entry(name).or_default().push(index),
                None => branch.kinds.iter().for_each(|kind| others.entry(*kind).or_default().push(index)),
            }
        }
        Self { branches, written, required, requiring, others, is_tagged: tag.is_some() }
    }

    /// Each branch, with its index.
    pub(super) fn branches(&self) -> impl Iterator<Item = (usize, &Place)> {
        self.branches.iter().map(|branch| &branch.place).enumerate()
    }

    /// The branches that may accept a value of the one at `index`, in their order.
    pub(super) fn of(&self, index: usize) -> Vec<&Place> {
        let mut found = BTreeSet::new();
        let kinds = self.branches.get(index).into_iter().flat_map(|branch| &branch.kinds);
        for kind in kinds.filter(|kind| !self.is_tagged || **kind != JsonKind::Object) {
            found.extend(self.others.get(kind).into_iter().flatten().copied());
            if *kind == JsonKind::Object {
                match self.written.get(index).and_then(Option::as_ref) {
                    None => found.extend(self.requiring.values().flatten().copied()),
                    Some(written) => {
                        let some = written.iter().filter_map(|name| self.requiring.get(name)).flatten().copied();
                        let has_all = |other: &usize| self.required.get(*other).is_some_and(|it| it.is_subset(written));
                        found.extend(some.filter(has_all));
                    }
                }
            }
        }
        found.remove(&index);
        found.into_iter().filter_map(|other| self.branches.get(other)).map(|branch| &branch.place).collect()
    }
}

/// The members that an object of `branch` has at the most when it has been written, if all have names; and those that it has to have
/// to be read, if `branch` accepts nothing else.
fn members<'a>(simple: &'a Simple, branch: &Branch) -> (Option<BTreeSet<&'a str>>, BTreeSet<&'a str>) {
    let mut place = branch.place.clone();
    let object = loop {
        match classify_alone(simple, &place).kind {
            Kind::Reference if let Some(target) = simple.target(&place) => place = target,
            Kind::Object(object) if branch.kinds.iter().eq([&JsonKind::Object]) => break object,
            _ => return Default::default(),
        }
    };
    let names_all = !object.keeps_others && object.patterns.is_empty();
    let written = names_all.then(|| object.members.iter().map(|member| member.wire).collect());
    let required = place.schema(simple).get("required").and_then(Value::as_array).into_iter().flatten();
    (written, required.filter_map(Value::as_str).collect())
}
