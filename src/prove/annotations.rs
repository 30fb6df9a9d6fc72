//! Two schemas -> whether they say the same at every place: titles, descriptions, examples, defaults, `x-…` and every
//! other keyword that asserts nothing, and the order of `properties`, which documentation and fields follow.
//!
//! A `$ref` may stand where the other side has the schema itself, and a choice between a schema and `null` where the
//! other side takes `null` into `type`. So what is compared at a place is the list of its layers that say anything: its
//! own, then those of the target of its `$ref`, and so on.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::schema::{self, Place};
use super::{Claim, Finding, Part, Visited};
use crate::equal::equal;
use crate::vocabulary::{self, Role};

type Layer<'a> = BTreeMap<&'a str, &'a Value>;

/// Compares the claim's schema with the re-export and adds the places seen to `visited`.
pub(super) fn compare(claim: &Claim, re_export: &Value, visited: &mut Visited) -> Vec<Finding> {
    let (seen, places) = (BTreeSet::new(), BTreeSet::new());
    let mut comparison = Comparison { claim, re_export, seen, places, findings: Vec::new() };
    let root = |schema| Place { pointer: String::new(), schema };
    comparison.at(root(&claim.schema), root(re_export));
    visited.places = comparison.places.len();
    if comparison.places.is_empty() {
        comparison.report("", "no place was visited".to_owned(), None);
    }
    comparison.findings
}

struct Comparison<'a> {
    claim: &'a Claim,
    re_export: &'a Value,
    /// The pairs of places compared.
    seen: BTreeSet<(String, String)>,
    /// The places of the source among them, with all their layers.
    places: BTreeSet<String>,
    findings: Vec<Finding>,
}

impl<'a> Comparison<'a> {
    fn at(&mut self, source: Place<'a>, re_export: Place<'a>) {
        if !self.seen.insert((source.pointer.clone(), re_export.pointer.clone())) {
            return;
        }
        let pointer = source.pointer.clone();
        let claim = self.claim;
        let (source, re_export) =
            match (schema::layers(&claim.schema, source), schema::layers(self.re_export, re_export)) {
                (Ok(source), Ok(re_export)) => (source, re_export),
                (Err(reference), _) => {
                    return self.report(&pointer, format!("`$ref` {reference:?} leads nowhere"), None);
                }
                (_, Err(reference)) => {
                    return self.report(&pointer, format!("`$ref` {reference:?} of the re-export leads nowhere"), None);
                }
            };
        self.places.extend(source.iter().map(|place| place.pointer.clone()));
        self.layers(&pointer, &self.saying(&source), &self.saying(&re_export));
        self.order(&pointer, &source, &re_export);
        self.below(&pointer, &source, &re_export);
    }

    /// The layers of a chain that say something.
    fn saying(&self, chain: &[Place<'a>]) -> Vec<Layer<'a>> {
        let layer = |place: &Place<'a>| -> Layer<'a> {
            let keywords = place.schema.as_object().into_iter().flatten();
            let kept = keywords.filter(|(keyword, value)| self.says(keyword, value));
            kept.map(|(keyword, value)| (keyword.as_str(), value)).collect()
        };
        chain.iter().map(layer).filter(|layer| !layer.is_empty()).collect()
    }

    fn says(&self, keyword: &str, value: &Value) -> bool {
        match vocabulary::role(keyword) {
            Role::Annotation => true,
            Role::Assertion if keyword == "format" => {
                !value.as_str().is_some_and(|format| self.claim.asserted_formats.contains(format))
            }
            _ => false,
        }
    }

    fn layers(&mut self, pointer: &str, source: &[Layer<'a>], re_export: &[Layer<'a>]) {
        let nothing = Layer::new();
        for index in 0..source.len().max(re_export.len()) {
            let ours = source.get(index).unwrap_or(&nothing);
            let theirs = re_export.get(index).unwrap_or(&nothing);
            let keywords: BTreeSet<&str> = ours.keys().chain(theirs.keys()).copied().collect();
            for keyword in keywords {
                self.keyword(pointer, keyword, ours.get(keyword).copied(), theirs.get(keyword).copied());
            }
        }
    }

    fn keyword(&mut self, pointer: &str, keyword: &str, source: Option<&Value>, re_export: Option<&Value>) {
        let message = match (source, re_export) {
            (Some(source), Some(re_export)) if equal(source, re_export) => return,
            (Some(source), Some(_)) => format!("the re-export changes `{keyword}`, which is {source}"),
            (Some(source), None) => format!("the re-export drops `{keyword}`, which is {source}"),
            (None, _) => format!("the re-export adds `{keyword}`, which the source does not have"),
        };
        self.report(pointer, message, re_export);
    }

    fn order(&mut self, pointer: &str, source: &[Place<'a>], re_export: &[Place<'a>]) {
        let (ours, theirs) = (property_names(source), property_names(re_export));
        let ours_shared: Vec<&str> = ours.iter().copied().filter(|name| theirs.contains(name)).collect();
        let theirs_shared: Vec<&str> = theirs.iter().copied().filter(|name| ours.contains(name)).collect();
        if ours_shared != theirs_shared {
            let message = format!("the re-export reorders `properties`, which are {ours_shared:?}");
            self.report(pointer, message, Some(&theirs_shared.into()));
        }
    }

    /// Pairs the children of both chains by keyword; one without a partner must say nothing.
    fn below(&mut self, pointer: &str, source: &[Place<'a>], re_export: &[Place<'a>]) {
        let mut theirs = schema::below(re_export);
        for (relative, ours) in schema::below(source) {
            if let Some(index) = theirs.iter().position(|(other, _)| *other == relative) {
                let (_, partner) = theirs.remove(index);
                self.at(ours, partner);
            } else {
                self.alone(&self.claim.schema, None, ours, "the re-export has no such place, so drops");
            }
        }
        for (relative, partner) in theirs {
            let verb = format!("the source has no {relative} here, so the re-export adds");
            self.alone(self.re_export, Some(pointer), partner, &verb);
        }
    }

    /// Reports whatever a place without a partner says, and what stands below it: at `pointer`, or where it stands.
    fn alone(&mut self, root: &'a Value, pointer: Option<&str>, place: Place<'a>, verb: &str) {
        let mut pending = vec![place];
        let mut seen = BTreeSet::new();
        while let Some(place) = pending.pop() {
            let at = place.pointer.clone();
            if !seen.insert(at.clone()) {
                continue;
            }
            let Ok(chain) = schema::layers(root, place) else { continue };
            for (keyword, value) in self.saying(&chain).into_iter().flatten() {
                self.report(pointer.unwrap_or(&at), format!("{verb} `{keyword}`, which is {value}"), None);
            }
            pending.extend(schema::below(&chain).into_iter().map(|(_, place)| place));
        }
    }

    fn report(&mut self, pointer: &str, message: String, re_export: Option<&Value>) {
        let witness = re_export.map(Value::to_string);
        self.findings.push(Finding { witness, ..Finding::new(Part::Annotations, pointer, message) });
    }
}

fn property_names<'a>(chain: &[Place<'a>]) -> Vec<&'a str> {
    let maps = chain.iter().filter_map(|place| place.schema.get("properties")?.as_object());
    maps.flat_map(|map| map.keys().map(String::as_str)).collect()
}
