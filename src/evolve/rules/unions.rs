//! Rules about the branches of `anyOf` and `oneOf`.

use std::collections::BTreeSet;
use std::slice;

use serde_json::Value;

use super::super::view::{Union, View};
use super::super::walk::{Side, Walk};
use super::{Rule, changes, narrows, widens};
use crate::lower::Place;

pub(in crate::evolve) const RULES: &[Rule] = &[
    widens("branch-added", "one more branch is accepted"),
    narrows("branch-removed", "a branch is accepted no more"),
    changes(
        "union-changed",
        "branches are chosen from that were not, or `anyOf` became `oneOf`, or the other way round",
    ),
    changes("tag-renamed", "another member tells the branches apart"),
];

/// Tells what became of the branches.
pub(in crate::evolve) fn compare(walk: &mut Walk<'_>, old: &View<'_>, new: &View<'_>) {
    let (before, after) = (&old.unions, &new.unions);
    if before.len() != after.len() {
        let (side, place) = match after.first() {
            Some(union) => (Side::New, &union.place),
            None => (Side::Old, before.first().map_or(&new.start, |union| &union.place)),
        };
        let message = format!("there were {} choices of branches, and there are {}", before.len(), after.len());
        return walk.say("union-changed", side, Some(place), message);
    }
    for (before, after) in before.iter().zip(after) {
        if before.keyword != after.keyword {
            let message = format!("`{}` became `{}`", before.keyword, after.keyword);
            walk.say("union-changed", Side::New, Some(&after.place), message);
        }
        branches(walk, before, after);
    }
    let tag = |view: &View<'_>| {
        let discriminators = view.values("discriminator").into_iter();
        let names = discriminators.filter_map(|it| it.get("propertyName").and_then(Value::as_str).map(str::to_owned));
        names.collect::<BTreeSet<String>>()
    };
    let (was, is) = (tag(old), tag(new));
    if let (Some(was), Some(is)) = (was.first(), is.first())
        && was != is
    {
        let message = format!("the tag was `{was}`, and is `{is}`");
        walk.say("tag-renamed", Side::New, new.at("discriminator").as_ref(), message);
    }
}

/// Pairs branches by what they are called: what they refer to, or the constants that they require, or else what they say;
/// those left over, where there are as many, by their order.
fn branches(walk: &mut Walk<'_>, old: &Union, new: &Union) {
    let mut gone: Vec<(&Place, Vec<String>)> = old.branches.iter().map(|it| (it, walk.labels(Side::Old, it))).collect();
    let mut come: Vec<(&Place, Vec<String>)> = new.branches.iter().map(|it| (it, walk.labels(Side::New, it))).collect();
    let mut pairs = Vec::new();
    let kinds = gone.iter().chain(&come).map(|(_, labels)| labels.len()).max().unwrap_or_default();
    for kind in 0..kinds {
        gone.retain(|(before, labels)| {
            let label = labels.get(kind).filter(|label| !label.is_empty());
            let found = label.and_then(|label| come.iter().position(|(_, others)| others.get(kind) == Some(label)));
            let Some(found) = found else { return true };
            pairs.push((*before, come.remove(found).0));
            false
        });
    }
    if gone.len() == come.len() {
        pairs.extend(gone.drain(..).zip(come.drain(..)).map(|((before, _), (after, _))| (before, after)));
    }
    for (before, after) in pairs {
        walk.schemas(slice::from_ref(before), slice::from_ref(after));
    }
    for (branch, _) in come {
        let message = format!("{} was added", walk.called(Side::New, branch));
        walk.say("branch-added", Side::New, Some(branch), message);
    }
    for (branch, _) in gone {
        let message = format!("{} was removed", walk.called(Side::Old, branch));
        walk.say("branch-removed", Side::Old, Some(branch), message);
    }
}
