//! Turns all documents into the normal form: the words of 2020-12, without identifiers, and with no reference but
//! `$ref`, which the [`Graph`] leads to a place of a normal form.
//!
//! A reference may mean a place that the normal form of its document does not have: in a metaschema, where no keyword
//! holds a schema, or one whose `$dynamicRef`s mean something else in the dynamic scope that the reference is met in.
//! Then a copy of that schema, lowered in that scope, is put under `$defs` of the document that refers to it.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, VecDeque},
    sync::Arc,
};

use serde_json::{Map, Value};

use super::{
    Document, Graph, bare, cycles,
    document::Keyword,
    fault::Fault,
    findings::Findings,
    graph::Place,
    identity,
    library::{Library, Page, Target},
    metaschema::{self, Part},
    notes::Notes,
    openapi,
    origins::Origins,
    places,
    rewrite::{Copied, Reference, Rewrite},
    scope::{self, Anchors, Relevance, Scope},
    sites::Sites,
};
use crate::{diagnostic::Diagnostic, parallel, pointer};

/// Gives every document its normal form. Gives the graph of their references, and what is wrong with identifiers and
/// references: those that lead nowhere or in a circle. When documents of the manifest could not be read (not
/// `complete`), nothing is said of references to documents that are not there.
pub(super) fn lower(documents: &mut [Document], complete: bool) -> (Graph, Vec<Diagnostic>) {
    let (forms, graph, mut found) = forms(documents, complete);
    let each = parallel::map(documents.iter_mut().zip(forms).collect(), |(document, mut form)| {
        form.add_copies();
        form.order_keywords(document.as_written());
        (document.schema, document.origins, document.keywords) = (form.schema, form.origins, form.keywords);
        form.findings.into_vec().into_iter().chain(form.invalid).collect::<Vec<_>>()
    });
    found.extend(each.into_iter().flatten());
    found.extend(cycles::find(documents, &graph));
    (graph, found)
}

fn forms(documents: &[Document], complete: bool) -> (Vec<Form>, Graph, Vec<Diagnostic>) {
    let bare = bare::bare(documents);
    let (library, found) = Library::of(documents, &bare);
    let Some(library) = library else { return (Vec::new(), Graph::default(), found) };
    let mut lowering = Lowering::of(&library, complete);
    lowering.roots();
    while let Some((document, reference)) = lowering.waiting.pop_front() {
        lowering.follow(document, &reference);
    }
    (lowering.forms, lowering.graph, found)
}

/// What becomes of one document.
struct Form {
    schema: Value,
    /// The copies that go under `$defs` of its root.
    copies: Map<String, Value>,
    origins: Origins,
    keywords: Vec<Keyword>,
    /// References that lead nowhere.
    findings: Findings,
    /// What is wrong with schemas that no keyword holds, but a reference leads to.
    invalid: Vec<Diagnostic>,
}

impl Form {
    /// Puts the copies where they are referred to.
    fn add_copies(&mut self) {
        let copies = std::mem::take(&mut self.copies);
        let root = self.schema.as_object_mut().filter(|_| !copies.is_empty());
        let definitions = root.map(|root| root.entry("$defs").or_insert_with(|| Map::new().into()));
        if let Some(definitions) = definitions.and_then(Value::as_object_mut) {
            definitions.extend(copies);
        }
    }

    /// Puts the keywords, of which some were met by way of references only, into the order of the file, each once.
    fn order_keywords(&mut self, written: &Value) {
        // Mostly they are in that order.
        let mut expected = self.keywords.iter().map(|keyword| keyword.pointer.as_str()).peekable();
        places::each(written, &mut String::new(), &mut |at, _| _ = expected.next_if_eq(&at));
        if expected.next().is_some() {
            let met = std::mem::take(&mut self.keywords).into_iter().map(|keyword| (keyword.pointer.clone(), keyword));
            let mut met: HashMap<String, Keyword> = met.collect();
            places::each(written, &mut String::new(), &mut |at, _| self.keywords.extend(met.remove(at)));
        }
    }

    /// A name under `$defs` that nothing has, like `wanted`.
    fn free_name(&self, wanted: &str) -> String {
        let is_taken = |name: &str| {
            let definitions = self.schema.get("$defs").and_then(Value::as_object);
            self.copies.contains_key(name) || definitions.is_some_and(|definitions| definitions.contains_key(name))
        };
        let others = (2..).map(|number: u32| format!("{wanted}_{number}"));
        let mut names = std::iter::once(wanted.to_owned()).chain(others);
        names.find(|name| !is_taken(name)).unwrap_or_default()
    }
}

struct Lowering<'l, 'd> {
    library: &'l Library<'d>,
    relevance: Relevance,
    complete: bool,
    hides_contains: bool,
    forms: Vec<Form>,
    graph: Graph,
    /// Where the normal form of a document has what is written in it, and what its dynamic anchors mean there.
    placed: HashMap<Place, (Anchors, String)>,
    /// Where the normal form of a document has a copy of what is written anywhere, by what its dynamic anchors mean.
    copied: BTreeMap<(usize, Place, Anchors), String>,
    /// References to be followed, each with the document that has it.
    waiting: VecDeque<(usize, Reference)>,
    /// References that have been reported.
    reported: BTreeSet<(usize, String)>,
    /// Places where no keyword holds a schema that have been checked against the metaschema.
    checked: BTreeSet<Place>,
}

impl<'l, 'd> Lowering<'l, 'd> {
    fn of(library: &'l Library<'d>, complete: bool) -> Self {
        let form = |document: &Document| Form {
            schema: Value::Null,
            copies: Map::new(),
            origins: Origins::default(),
            keywords: Vec::new(),
            findings: Findings::new(document.file()),
            invalid: Vec::new(),
        };
        let mut listed = library.documents.iter().flat_map(|document| document.sites.schemas(document.as_written()));
        Self {
            library,
            relevance: Relevance::of(library),
            complete,
            hides_contains: listed.any(|(_, schema, _)| schema.get("unevaluatedItems").is_some()),
            forms: library.documents.iter().map(form).collect(),
            graph: Graph::default(),
            placed: HashMap::new(),
            copied: BTreeMap::new(),
            waiting: VecDeque::new(),
            reported: BTreeSet::new(),
            checked: BTreeSet::new(),
        }
    }

    /// Lowers all documents, none of which needs what becomes of another.
    fn roots(&mut self) {
        let (library, hides_contains) = (self.library, self.hides_contains);
        let made = parallel::map(library.documents.iter().enumerate().collect(), |(number, document)| {
            let page = library.page(number)?;
            let mut rewrite = Rewrite::new(library, hides_contains, Copied::No);
            let scope = Scope::enter(library, number, 0, &Arc::default());
            let schema = match document.is_schema {
                true => rewrite.schema(&scope, page.schema, "", ""),
                false => definitions(&mut rewrite, &scope, page),
            };
            Some((schema, rewrite))
        });
        for (number, made) in made.into_iter().enumerate() {
            let Some((schema, mut rewrite)) = made else { continue };
            if let Some(form) = self.forms.get_mut(number) {
                form.schema = schema;
                (form.origins, form.keywords) =
                    (std::mem::take(&mut rewrite.origins), std::mem::take(&mut rewrite.keywords));
            }
            self.note(number, rewrite);
        }
    }

    /// Lowers `schema`, which is written at `written` in the page of `scope`, to go to `read` in the normal form of
    /// `document`.
    fn rewrite(
        &mut self,
        document: usize,
        scope: &Scope,
        copied: Copied,
        (schema, written, read): (&Value, &str, &str),
    ) -> Value {
        let Some(form) = self.forms.get_mut(document) else { return Value::Null };
        let mut rewrite = Rewrite::new(self.library, self.hides_contains, copied);
        std::mem::swap(&mut rewrite.origins, &mut form.origins);
        std::mem::swap(&mut rewrite.keywords, &mut form.keywords);
        let schema = rewrite.schema(scope, schema, written, read);
        std::mem::swap(&mut rewrite.origins, &mut form.origins);
        std::mem::swap(&mut rewrite.keywords, &mut form.keywords);
        self.note(document, rewrite);
        schema
    }

    /// Takes note of the schemas and the references that a rewriting for `document` met.
    fn note(&mut self, document: usize, rewrite: Rewrite<'_, '_>) {
        for met in rewrite.met {
            let place = (met.scope.page, met.written);
            let anchors = met.scope.relevant(&self.relevance);
            if rewrite.copied == Copied::No {
                self.placed.insert(place, (anchors, met.read));
            } else {
                self.copied.entry((document, place, anchors)).or_insert(met.read);
            }
        }
        self.waiting.extend(rewrite.references.into_iter().map(|reference| (document, reference)));
    }

    /// Leads the `reference` in the normal form of `document` to what it means.
    fn follow(&mut self, document: usize, reference: &Reference) {
        let Reference { holder, keyword, text, written, scope } = reference;
        let target = match self.library.resolve(scope.page, scope.resource, text) {
            Ok(target) => self.in_scope(keyword, text, scope, target),
            Err(fault) => return self.report(scope.page, written, text, fault),
        };
        let scope = Scope::enter(self.library, target.place.0, target.resource, &scope.anchors);
        let place = self.normal_place((document, holder), &target, &scope);
        self.graph.targets.entry(document).or_default().insert(holder.clone(), place);
    }

    /// What a reference with this `target` means in the dynamic `scope`.
    fn in_scope(&self, keyword: &str, text: &str, scope: &Scope, target: Target) -> Target {
        let schema = self.library.value(&target.place);
        let name = schema.and_then(|schema| scope::asked(keyword, text, schema));
        let Some(place) = name.and_then(|name| scope.anchors.get(name)) else { return target };
        let site = self.library.page(place.0).and_then(|page| page.sites.resource_at(&place.1));
        Target { place: place.clone(), resource: site.unwrap_or_default(), is_site: true }
    }

    /// Where a normal form has the `target` of a reference that `holder` in that of `document` has, entered with
    /// `scope`: in a copy if none has it otherwise.
    fn normal_place(&mut self, (document, holder): (usize, &str), target: &Target, scope: &Scope) -> Place {
        let anchors = scope.relevant(&self.relevance);
        let placed = self.placed.get(&target.place);
        if let Some((_, read)) = placed.filter(|(here, _)| *here == anchors) {
            return (target.place.0, read.clone());
        }
        let copied = match placed {
            _ if target.place.0 != document => Copied::Foreign,
            Some(_) => Copied::Again,
            None => Copied::Only,
        };
        let key = (document, target.place.clone(), anchors);
        if let Some(read) = self.copied.get(&key) {
            return (document, read.clone());
        }
        self.check(target);
        let read = self.copy((document, holder), target, scope, copied);
        (document, read)
    }

    /// Puts a copy of the `target`, lowered in `scope`, under `$defs` of the normal form of `document`.
    fn copy(&mut self, (document, holder): (usize, &str), target: &Target, scope: &Scope, copied: Copied) -> String {
        let page = self.library.documents.get(target.place.0);
        let last = match page.filter(|page| !page.is_schema) {
            Some(page) => Some(openapi::called(page.as_written(), &target.place.1)).filter(|name| !name.is_empty()),
            None => pointer::tokens(&target.place.1).last(),
        };
        let Some(form) = self.forms.get_mut(document) else { return String::new() };
        let uri = self.library.resource(target.place.0, target.resource).map(|resource| resource.uri.as_str());
        let name = form.free_name(&last.unwrap_or_else(|| identity::stem(uri.unwrap_or_default())));
        let read = pointer::push("/$defs", &name);
        if copied == Copied::Foreign {
            let written = form.origins.written(&pointer::push(holder, "$ref"));
            form.origins.made(&read, &written);
        }
        form.copies.insert(name.clone(), Value::Null);
        let schema = self.library.value(&target.place).unwrap_or(&Value::Null);
        let copy = self.rewrite(document, scope, copied, (schema, &target.place.1, &read));
        if let Some(form) = self.forms.get_mut(document) {
            form.copies.insert(name, copy);
        }
        read
    }

    /// Says what is wrong with the schema at `target`, where no keyword holds one.
    fn check(&mut self, target: &Target) {
        let Target { place, resource, is_site } = target;
        let Some(document) = self.library.documents.get(place.0).filter(|_| !is_site) else { return };
        let (schema, own) = (self.library.value(place), self.library.resource(place.0, *resource));
        let (Some(schema), Some(own)) = (schema, own) else { return };
        if self.checked.insert(place.clone()) {
            let sites = Sites::of(schema, vec![String::new()], own.uri.clone(), own.dialect);
            let mut notes = Notes::default();
            let wrong = metaschema::check_part(&Part { document, at: &place.1, schema, sites: &sites }, &mut notes);
            if let Some(form) = self.forms.get_mut(place.0) {
                form.invalid.extend(wrong);
                form.invalid.extend(notes.into_vec());
            }
        }
    }

    /// Says that the reference `text`, written at `written` of the page, leads nowhere.
    fn report(&mut self, page: usize, written: &str, text: &str, fault: Fault) {
        let is_about_others = matches!(fault, Fault::NotListed | Fault::NoComponent);
        let documents = self.library.documents.get(page).zip(self.forms.get_mut(page));
        let Some((document, form)) = documents.filter(|_| self.complete || !is_about_others) else { return };
        if self.reported.insert((page, written.to_owned())) {
            form.findings.push(|| fault.diagnostic(document, written, text));
        }
    }
}

/// The definitions of an OpenAPI document, which go under `$defs`.
fn definitions(rewrite: &mut Rewrite<'_, '_>, scope: &Scope, page: Page<'_>) -> Value {
    let mut definitions = Map::new();
    for written in &page.sites.roots {
        let Some((name, schema)) = pointer::tokens(written).last().zip(pointer::find(page.schema, written)) else {
            continue;
        };
        let read = pointer::push("/$defs", &name);
        let schema = rewrite.schema(scope, schema, written, &read);
        definitions.insert(name, schema);
    }
    Map::from_iter([("$defs".to_owned(), definitions.into())]).into()
}
