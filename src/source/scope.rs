//! The dynamic scope (2020-12 Core, section 7.1) as far as it makes a difference: which place each dynamic anchor means
//! in it, and which of them a page can ask for.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde_json::Value;

use super::{
    graph::Place,
    library::{Library, Page},
    sites::RECURSIVE,
    words,
};
use crate::vocabulary::Role;

/// The dynamic anchors that the resources entered so far have, each at its place in the outermost that has it.
pub(super) type Anchors = BTreeMap<String, Place>;

/// Where a schema is lowered: the resource that it is written in, and what dynamic anchors mean there.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    pub(super) page: usize,
    pub(super) resource: usize,
    pub(super) anchors: Arc<Anchors>,
}

impl Scope {
    /// The scope of one who enters the resource of a page with these `anchors` around.
    pub(super) fn enter(library: &Library<'_>, page: usize, resource: usize, anchors: &Arc<Anchors>) -> Self {
        let dynamic = library.resource(page, resource).map(|resource| &resource.dynamic);
        let new = dynamic.into_iter().flatten().filter(|(name, _)| !anchors.contains_key(*name));
        let new: Anchors = new.map(|(name, at)| (name.clone(), (page, at.clone()))).collect();
        let mut anchors = Arc::clone(anchors);
        if !new.is_empty() {
            Arc::make_mut(&mut anchors).extend(new);
        }
        Self { page, resource, anchors }
    }

    /// What the dynamic anchors mean here that `relevance` says to matter.
    pub(super) fn relevant(&self, relevance: &Relevance) -> Anchors {
        let asked = relevance.pages.get(self.page);
        let relevant = self.anchors.iter().filter(|(name, _)| asked.is_some_and(|asked| asked.contains(*name)));
        relevant.map(|(name, place)| (name.clone(), place.clone())).collect()
    }
}

/// The name of the dynamic anchor that `keyword` asks for with `reference`, given the `target` that it has at first
/// (2020-12 Core, section 8.2.3.2; 2019-09 Core, section 8.2.4.2).
pub(super) fn asked<'r>(keyword: &str, reference: &'r str, target: &Value) -> Option<&'r str> {
    match keyword {
        "$dynamicRef" => {
            let (_, fragment) = reference.split_once('#')?;
            (target.get("$dynamicAnchor")?.as_str()? == fragment).then_some(fragment)
        }
        "$recursiveRef" => (target.get("$recursiveAnchor")? == &Value::Bool(true)).then_some(RECURSIVE),
        _ => None,
    }
}

/// The names of dynamic anchors that a schema can ask for, in it or by way of its references, page by page.
#[derive(Debug)]
pub(super) struct Relevance {
    pages: Vec<BTreeSet<String>>,
}

impl Relevance {
    /// What matters to the pages of `library`. Rather too much than too little: what is too much costs copies only.
    pub(super) fn of(library: &Library<'_>) -> Self {
        let own = |page: &Page<'_>| page.sites.resources.iter().flat_map(|page| page.dynamic.keys().cloned()).collect();
        let mut pages: Vec<BTreeSet<String>> = library.pages.iter().map(own).collect();
        // A metaschema asks for what it has itself; so does a document, but it may have what it does not ask for.
        let listed = library.documents.len();
        let known: BTreeSet<String> = pages.iter().take(listed).flatten().cloned().collect();
        pages.iter_mut().take(listed).for_each(BTreeSet::clear);
        if !known.is_empty() {
            let mut sources = BTreeMap::new();
            for number in 0..listed {
                ask(library, number, &known, &mut pages, &mut sources);
            }
            spread(&mut pages, &sources);
        }
        Self { pages }
    }
}

/// Puts what the page of this `number` asks for by itself into `pages`, and where its references lead into `sources`.
fn ask(
    library: &Library<'_>,
    number: usize,
    known: &BTreeSet<String>,
    pages: &mut [BTreeSet<String>],
    sources: &mut BTreeMap<usize, BTreeSet<usize>>,
) {
    let Some(page) = library.page(number) else { return };
    for (at, schema, dialect) in page.sites.schemas(page.schema) {
        let resource = page.sites.resource_at(at).unwrap_or_default();
        for (keyword, value) in schema.as_object().into_iter().flatten() {
            let Some(reference) = value.as_str().filter(|_| words::role(dialect, keyword) == Role::Reference) else {
                continue;
            };
            let Ok(target) = library.resolve(number, resource, reference) else { continue };
            sources.entry(target.place.0).or_default().insert(number);
            let name = library.value(&target.place).and_then(|schema| asked(keyword, reference, schema));
            if let Some(name) = name {
                pages.get_mut(number).into_iter().for_each(|asked| _ = asked.insert(name.to_owned()));
                for other in holders(library, name) {
                    sources.entry(other).or_default().insert(number);
                }
            }
            // What stands where no keyword holds a schema has not been looked through.
            if let Some(asked) = pages.get_mut(target.place.0).filter(|_| !target.is_site) {
                asked.extend(known.iter().cloned());
            }
        }
    }
}

/// The pages that have the dynamic anchor `name`.
fn holders(library: &Library<'_>, name: &str) -> Vec<usize> {
    let has = |page: &Page<'_>| page.sites.resources.iter().any(|resource| resource.dynamic.contains_key(name));
    library.pages.iter().enumerate().filter(|(_, page)| has(page)).map(|(number, _)| number).collect()
}

/// Lets each page ask for what those that it refers to ask for; `sources` are the pages that refer to each.
fn spread(pages: &mut [BTreeSet<String>], sources: &BTreeMap<usize, BTreeSet<usize>>) {
    let mut waiting: Vec<usize> = (0..pages.len()).collect();
    while let Some(number) = waiting.pop() {
        let asked = pages.get(number).cloned().unwrap_or_default();
        for source in sources.get(&number).into_iter().flatten() {
            let Some(page) = pages.get_mut(*source) else { continue };
            if !asked.is_subset(page) {
                page.extend(asked.iter().cloned());
                waiting.push(*source);
            }
        }
    }
}
