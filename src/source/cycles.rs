//! Turns the graph of references into the circles in it that no value gets out of: those where every step applies a
//! schema to the same value (2020-12 Core, section 9.4.1).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Document, Graph, MAX_REPORTED, graph::Place};
use crate::{diagnostic::Diagnostic, parallel, pointer, vocabulary};

/// The keywords that apply a subschema to the value itself, not to a part of it.
const IN_PLACE: &[&str] = &["allOf", "anyOf", "dependentSchemas", "else", "if", "not", "oneOf", "then"];

/// Which schemas each schema applies to the same value.
type Steps = BTreeMap<Place, Vec<Place>>;

/// The first [`MAX_REPORTED`] circles, each reported once, at a `$ref` in it.
pub(super) fn find(documents: &[Document], graph: &Graph) -> Vec<Diagnostic> {
    let mut steps = steps(documents, graph);
    let mut found = Vec::new();
    while found.len() < MAX_REPORTED {
        prune(&mut steps);
        let Some(circle) = circle(&steps) else { break };
        found.extend(report(documents, graph, &circle));
        steps.retain(|place, _| !circle.contains(place));
    }
    found
}

fn steps(documents: &[Document], graph: &Graph) -> Steps {
    let mut steps = Steps::new();
    for (number, targets) in &graph.targets {
        let places = targets.iter().map(|(holder, target)| ((*number, holder.clone()), vec![target.clone()]));
        steps.extend(places);
    }
    let in_place = parallel::map(documents.iter().enumerate().collect(), |(number, document)| {
        let all = vocabulary::subschemas(&document.schema, "").into_iter();
        let places = all.map(|(at, schema)| (in_place(number, &at, schema), (number, at)));
        places.filter(|(children, _)| !children.is_empty()).collect::<Vec<_>>()
    });
    for (children, place) in in_place.into_iter().flatten() {
        steps.entry(place).or_default().extend(children);
    }
    steps
}

/// The schemas that `schema`, which stands at `at` of the document of this `number`, applies to the same value by holding them.
fn in_place(number: usize, at: &str, schema: &Value) -> Vec<Place> {
    let keywords = schema.as_object().into_iter().flatten();
    let keywords = keywords.filter(|(keyword, _)| IN_PLACE.contains(&keyword.as_str()));
    let held = keywords.flat_map(|(keyword, value)| vocabulary::held(keyword, value, &pointer::push(at, keyword)));
    held.map(|(child, _)| (number, child)).collect()
}

/// Takes away every schema from which no circle can be reached.
fn prune(steps: &mut Steps) {
    let mut sources: BTreeMap<Place, Vec<Place>> = BTreeMap::new();
    for (from, to) in steps.iter().flat_map(|(from, all)| all.iter().map(move |to| (from, to))) {
        sources.entry(to.clone()).or_default().push(from.clone());
    }
    let mut left: BTreeMap<Place, usize> = steps.iter().map(|(from, to)| (from.clone(), to.len())).collect();
    let mut ends: Vec<Place> = sources.keys().filter(|place| !steps.contains_key(*place)).cloned().collect();
    while let Some(end) = ends.pop() {
        steps.remove(&end);
        for source in sources.get(&end).into_iter().flatten() {
            let Some(count) = left.get_mut(source) else { continue };
            *count -= 1;
            if *count == 0 {
                ends.push(source.clone());
            }
        }
    }
}

/// A circle, in the order of its steps, if there is one; every schema of `steps` must lead to one.
fn circle(steps: &Steps) -> Option<Vec<Place>> {
    let (mut path, mut seen) = (Vec::new(), BTreeSet::new());
    let mut here = steps.keys().next()?;
    while seen.insert(here) {
        path.push(here.clone());
        here = steps.get(here)?.iter().find(|next| steps.contains_key(*next))?;
    }
    let start = path.iter().position(|place| place == here)?;
    Some(path.split_off(start))
}

fn report(documents: &[Document], graph: &Graph, circle: &[Place]) -> Option<Diagnostic> {
    let is_in = |(number, at): (usize, &str)| circle.iter().any(|place| place.0 == number && place.1 == at);
    let first = circle.iter().position(|(number, at)| graph.target(*number, at).is_some_and(is_in))?;
    let (number, at) = circle.get(first)?;
    let around = circle.iter().cycle().skip(first).take(circle.len() + 1);
    let names = around.filter_map(|(number, at)| {
        let document = documents.get(*number)?;
        Some(format!("{}#{}", document.path, document.written(at)))
    });
    let way = names.collect::<Vec<_>>().join(" -> ");
    let message = format!("this `$ref` leads back to itself without going on to a part of the value: {way}");
    let help = "let one of them say what it means by itself, or put the `$ref` below `properties` or `items`";
    Some(documents.get(*number)?.error(&pointer::push(at, "$ref"), message).help(help))
}
