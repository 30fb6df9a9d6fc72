//! A definition in two versions -> the changes that the rules tell of, each at its place. What stands behind a reference to
//! another definition that both versions have is told of there, once.

use std::collections::BTreeSet;
use std::slice;

use serde_json::{Map, Value};

use super::Location;
use super::definitions::{self, Definition};
use super::rules::{self, Level, Rule, annotations, bounds, members, others, types, unions, values};
use super::view::{Known, View};
use crate::lower::{Place, Schemas as _};
use crate::vocabulary::{self, Role};

/// Pairs of schemas looked at in one definition, after which nothing more is told of it.
const PAIRS: usize = 20_000;

/// Which version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The old one.
    Old,
    /// The new one.
    New,
}

impl Side {
    /// Its name in output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::New => "new",
        }
    }
}

/// A change, told by a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// The definition in which it was found.
    pub definition: String,
    /// The version that has the place.
    pub side: Side,
    /// The place.
    pub location: Location,
    /// What changed, in one sentence without a full stop.
    pub message: String,
    /// How much it weighs for those who send.
    pub sender: Level,
    /// How much it weighs for those who receive.
    pub receiver: Level,
    /// Why it is taken as it is, if a waiver says so.
    pub waived: Option<String>,
}

impl Finding {
    /// How much it weighs for whom it weighs most.
    #[must_use]
    pub fn level(&self) -> Level {
        self.sender.max(self.receiver)
    }
}

/// A walk through one definition in both versions.
pub(super) struct Walk<'v> {
    old: &'v Known<'v>,
    new: &'v Known<'v>,
    name: &'v str,
    seen: BTreeSet<(Vec<Place>, Vec<Place>)>,
    found: Vec<Finding>,
}

/// What changed between `old` and `new`, a definition called `name`.
pub(super) fn walk<'v>(
    [old_version, new_version]: [&'v Known<'v>; 2],
    old: &Definition,
    new: &Definition,
    name: &'v str,
) -> Vec<Finding> {
    let mut walk = Walk { old: old_version, new: new_version, name, seen: BTreeSet::new(), found: Vec::new() };
    walk.schemas(slice::from_ref(&old.place), slice::from_ref(&new.place));
    walk.found
}

impl Walk<'_> {
    /// Tells what changed between the schemas that apply to one value.
    pub(super) fn schemas(&mut self, old: &[Place], new: &[Place]) {
        if self.seen.len() >= PAIRS || !self.seen.insert((old.to_vec(), new.to_vec())) {
            return;
        }
        let none = BTreeSet::new();
        let (before, after) = (View::of(self.old, old, &none), View::of(self.new, new, &none));
        let shared = before.met.intersection(&after.met).copied().collect();
        let (before, after) = (View::of(self.old, old, &shared), View::of(self.new, new, &shared));
        annotations::compare(self, &before, &after);
        if types::compare(self, &before, &after) {
            values::compare(self, &before, &after);
            bounds::compare(self, &before, &after);
            members::compare(self, &before, &after);
            others::compare(self, &before, &after);
            unions::compare(self, &before, &after);
        }
    }

    /// Tells of a change at `place` of a version, by the rule of this `id`.
    pub(super) fn say(&mut self, id: &str, side: Side, place: Option<&Place>, message: String) {
        let Some((rule, place)) = rules::rule(id).zip(place) else { return };
        let finding = Finding {
            rule,
            definition: self.name.to_owned(),
            side,
            location: definitions::location(self.known(side).version, place),
            message,
            sender: rule.sender,
            receiver: rule.receiver,
            waived: None,
        };
        if !self.found.contains(&finding) {
            self.found.push(finding);
        }
    }

    fn known(&self, side: Side) -> &Known<'_> {
        if side == Side::Old { self.old } else { self.new }
    }

    /// What a branch is known by, the surest first: the definition it refers to, the constants it requires, what it says.
    pub(super) fn labels(&self, side: Side, branch: &Place) -> Vec<String> {
        let known = self.known(side);
        let target = known.version.target(branch).and_then(|target| known.keys.get(&target).copied());
        let refers = target.map(|(module, owner, name)| format!("{module} {owner} {name}")).unwrap_or_default();
        let view = View::of(known, slice::from_ref(branch), &BTreeSet::new());
        let required = view.required();
        let mut constants = String::new();
        for (name, places) in view.members("properties").into_iter().filter(|(name, _)| required.contains(name)) {
            if let Some(listed) = View::of(known, &places, &BTreeSet::new()).listed() {
                let listed = listed.into_iter().map(Value::to_string).collect::<Vec<_>>();
                constants.push_str(&format!("{name} {listed:?} "));
            }
        }
        vec![refers, constants, self.asserted(side, slice::from_ref(branch))]
    }

    /// What to call a branch.
    pub(super) fn called(&self, side: Side, branch: &Place) -> String {
        let known = self.known(side);
        let schema = branch.schema(known.version);
        let target = known.version.target(branch).and_then(|target| known.version.called(&target));
        let title = || schema.get("title").and_then(Value::as_str).map(str::to_owned);
        target.or_else(title).map_or_else(|| "a branch".to_owned(), |name| format!("the branch `{name}`"))
    }

    /// A text that is the same for schemas, or values of keywords, that refuse the same by being written in the same way.
    pub(super) fn asserted(&self, side: Side, places: &[Place]) -> String {
        let texts: BTreeSet<String> = places
            .iter()
            .map(|place| asserted(self.known(side), place, place.schema(self.known(side).version)).to_string())
            .collect();
        texts.into_iter().collect::<Vec<_>>().join("\n")
    }
}

/// A copy of the `value` at `place` without annotations, and with keys of definitions for references.
fn asserted(known: &Known<'_>, place: &Place, value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut copy = Map::new();
            for (name, value) in members {
                // A member of `properties` may be called as an annotation is: then it holds a schema.
                let says = vocabulary::role(name) == Role::Annotation && !value.is_object() && !value.is_boolean();
                let is_text = matches!(name.as_str(), "title" | "description" | "default" | "examples" | "example");
                if says || (is_text && !value.is_object()) {
                    continue;
                }
                let key = known.version.target(place).filter(|_| name == "$ref");
                let key = key.and_then(|target| known.keys.get(&target).copied());
                let value = match key {
                    Some((module, owner, name)) => format!("{module} {owner} {name}").into(),
                    None => asserted(known, &place.below(name), value),
                };
                copy.insert(name.clone(), value);
            }
            copy.sort_keys();
            copy.into()
        }
        Value::Array(items) => {
            let numbered = items.iter().enumerate();
            numbered.map(|(number, item)| asserted(known, &place.below(&number.to_string()), item)).collect()
        }
        other => other.clone(),
    }
}
