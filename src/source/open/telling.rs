//! The branches of a choice -> which marked enums tell them apart, and which stand in branches that nothing tells apart.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::apart::{self, apart, below};
use crate::pointer;
use crate::source::{Document, Graph, Place};
use crate::vocabulary;

/// All schemas, and where enums are marked as open.
pub(super) struct Schemas<'a> {
    pub(super) documents: &'a [Document],
    pub(super) graph: &'a Graph,
    pub(super) marked: &'a BTreeSet<Place>,
}

/// The marked enums in the branches of a choice.
#[derive(Default)]
pub(super) struct Telling {
    /// Those by whose values two branches are told apart.
    pub(super) apart: BTreeSet<Place>,
    /// Those in branches that nothing plainly tells apart.
    pub(super) overlapping: BTreeSet<Place>,
}

impl apart::Schemas for Schemas<'_> {
    fn schema(&self, (document, pointer): &Place) -> Option<&Value> {
        pointer::find(&self.documents.get(*document)?.schema, pointer)
    }

    fn target(&self, (document, pointer): &Place) -> Option<Place> {
        self.graph.target(*document, pointer).map(|(document, pointer)| (document, pointer.to_owned()))
    }

    fn is_marked(&self, place: &Place) -> bool {
        self.marked.contains(place)
    }
}

impl Schemas<'_> {
    /// The marked enums in the branches of `keyword` at `place`.
    pub(super) fn telling(&self, place: &Place, keyword: &str) -> Telling {
        let schema = apart::Schemas::schema(self, place);
        let count = schema.and_then(|schema| schema.get(keyword)?.as_array()).map_or(0, Vec::len);
        let branches = (0..count).map(|index| below(place, &[keyword, &index.to_string()]));
        let branches: Vec<(Place, BTreeSet<Place>)> =
            branches.map(|branch| (branch.clone(), self.reached(&branch))).collect();
        let mut telling = Telling::default();
        for (index, (one, in_one)) in branches.iter().enumerate() {
            for (other, in_other) in branches.iter().skip(index + 1) {
                if in_one.is_empty() && in_other.is_empty() {
                    continue;
                }
                match apart(self, one, other) {
                    Some(by) => telling.apart.extend(by),
                    None => telling.overlapping.extend(in_one.union(in_other).cloned()),
                }
            }
        }
        telling
    }

    /// The marked enums in the schema at `start`, and in all that it refers to.
    pub(super) fn reached(&self, start: &Place) -> BTreeSet<Place> {
        let (mut seen, mut pending) = (BTreeSet::new(), vec![start.clone()]);
        while let Some(place) = pending.pop() {
            if !seen.insert(place.clone()) {
                continue;
            }
            pending.extend(apart::Schemas::target(self, &place));
            let children = apart::Schemas::schema(self, &place).map(|schema| vocabulary::children(schema, &place.1));
            pending.extend(children.into_iter().flatten().map(|(pointer, _)| (place.0, pointer)));
        }
        seen.into_iter().filter(|place| self.marked.contains(place)).collect()
    }
}
