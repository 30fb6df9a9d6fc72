//! Simplified schemas -> which objects have to keep the members that they do not name: those without which a value, when
//! it has been written, would be refused by a schema that accepted it.

use std::collections::BTreeSet;

use super::class::{Kind, classify_alone};
use super::faithful;
use super::mistaken::Mistaken;
use super::place::Place;
use super::simplify::Simple;
use super::union::overlapping;

/// How many pairs of branches are compared. Of more than some hundred branches without a tag each value is tried anyway.
const MOST: usize = 100_000;

/// What types have to do beside what their own schemas say, for the sake of the schemas around them.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    /// The objects that keep the members that their schemas do not name.
    pub(super) objects: BTreeSet<Place>,
    /// The `oneOf`s for which that is not enough.
    pub(super) untold: BTreeSet<Place>,
}

/// Finds what has to be kept that no `oneOf` of `simple` takes a value for one of another branch, and no two items that
/// `uniqueItems` tells apart become one. To keep more here may be what it takes elsewhere to see less, so all is looked at
/// until nothing is found.
pub(super) fn kept(simple: &mut Simple) {
    let (mut choices, mut lists) = (Vec::new(), Vec::new());
    for place in simple.places() {
        let class = classify_alone(simple, &place);
        match class.kind {
            Kind::Branches("oneOf") => choices.push(place),
            Kind::List { .. } | Kind::Tuple(_) if class.has_rule("uniqueItems") => lists.push(place),
            _ => {}
        }
    }
    loop {
        let mut more = Kept::default();
        lists.iter().for_each(|list| more.objects.extend(faithful::dropping_item(simple, list)));
        let mut mistaken = Mistaken::new(simple);
        for choice in choices.iter().filter(|choice| !simple.kept.untold.contains(choice)) {
            match culprits(simple, &mut mistaken, choice) {
                Some(objects) => more.objects.extend(objects),
                None => drop(more.untold.insert(choice.clone())),
            }
        }
        if more.objects.is_empty() && more.untold.is_empty() {
            return;
        }
        simple.kept.objects.extend(more.objects);
        simple.kept.untold.extend(more.untold);
    }
}

/// The objects that have to keep more, that no branch of `oneOf` at `choice` is taken for another; none if that would not do.
fn culprits(simple: &Simple, mistaken: &mut Mistaken<'_>, choice: &Place) -> Option<BTreeSet<Place>> {
    let overlapping = overlapping(simple, choice, "oneOf", MOST);
    if overlapping.len() == MOST {
        return None;
    }
    let found = overlapping.iter().filter_map(|(one, other)| mistaken.unmistakable(one, other).err());
    found.collect()
}
