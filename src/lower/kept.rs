//! Simplified schemas -> which objects have to keep the members that they do not name: those without which a value, when
//! it has been written, would be refused by a schema that accepted it.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::class::{Kind, classify_schema};
use super::faithful::{self, Changing};
use super::mistaken::Mistaken;
use super::place::Place;
use super::rivals::Rivals;
use super::simplify::Simple;
use crate::parallel;

/// How many choices are looked at together: what is found out about one may serve the next.
const AT_ONCE: RangeInclusive<usize> = 16..=256;

/// How many pairs of branches of one choice are compared.
const MOST: usize = 20_000;

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
    let (mut choices, mut lists, mut changing) = (Vec::new(), Vec::new(), Changing::default());
    let each = simple.map_schemas(|schemas| {
        let (mut choices, mut lists, mut changing) = (Vec::new(), Vec::new(), Changing::default());
        for (place, schema) in schemas {
            let class = classify_schema(simple, &place, schema);
            changing.add(simple, &place, &class.kind);
            match class.kind {
                Kind::Branches("oneOf") => choices.push(place),
                Kind::List { .. } | Kind::Tuple(_) if class.has_rule("uniqueItems") => lists.push(place),
                _ => {}
            }
        }
        (choices, lists, changing)
    });
    for (of_choices, of_lists, of_changing) in each {
        choices.extend(of_choices);
        lists.extend(of_lists);
        changing.extend(of_changing);
    }
    loop {
        let mut more = Kept::default();
        lists.iter().for_each(|list| more.objects.extend(faithful::dropping_item(simple, list)));
        let (shared, places): (&Simple, _) = (simple, changing.places());
        let told: Vec<&Place> = choices.iter().filter(|choice| !shared.kept.untold.contains(*choice)).collect();
        let each = parallel::in_parts(&told, AT_ONCE, |choices| {
            let mut mistaken = Mistaken::new(shared, &places);
            choices.iter().map(|choice| (*choice, culprits(shared, &mut mistaken, choice))).collect::<Vec<_>>()
        });
        for (choice, culprits) in each.into_iter().flatten() {
            match culprits {
                Some(objects) => more.objects.extend(objects),
                None => drop(more.untold.insert(choice.clone())),
            }
        }
        if more.objects.is_empty() && more.untold.is_empty() {
            return;
        }
        changing.keep(&more.objects);
        simple.kept.objects.extend(more.objects);
        simple.kept.untold.extend(more.untold);
    }
}

/// The objects that have to keep more, that no branch of `oneOf` at `choice` is taken for another; none if that would not do.
/// Where branches are too many to compare, each keeps all that it could drop.
fn culprits(simple: &Simple, mistaken: &mut Mistaken<'_>, choice: &Place) -> Option<BTreeSet<Place>> {
    let rivals = Rivals::new(simple, choice, "oneOf");
    let changing: Vec<(usize, &Place)> = rivals.branches().filter(|(_, one)| mistaken.may_change(one)).collect();
    let (mut culprits, mut compared) = (BTreeSet::new(), 0);
    for (index, one) in &changing {
        let others = rivals.of(*index);
        compared += others.len();
        if compared > MOST {
            return changing.iter().map(|(_, one)| faithful::dropping(simple, one)).collect();
        }
        for other in others {
            if let Err(culprit) = mistaken.unmistakable(one, other) {
                culprits.insert(culprit?);
            }
        }
    }
    Some(culprits)
}
