//! Turns all documents, and the metaschemas of the known dialects, into a [`Library`] in which references are looked up
//! (2020-12 Core, section 8.2). The crate `referencing` resolves URIs, anchors and pointers through embedded resources;
//! nothing is fetched.

use std::{
    collections::{BTreeMap, HashMap},
    sync::OnceLock,
};

use referencing::{Draft, Registry, ResourceRef, SPECIFICATIONS, Vocabulary, VocabularySet, uri};
use serde_json::{Value, json};

use super::{
    Dialect, Document, bare, encoded,
    fault::Fault,
    findings::Findings,
    graph::Place,
    identity,
    metaschemas::METASCHEMAS,
    places,
    sites::{Resource, Sites},
    words,
};
use crate::{diagnostic::Diagnostic, parallel, pointer, vocabulary::Role};

/// How many documents one registry has.
const SHELF: usize = 16;

/// A document or a metaschema.
#[derive(Clone, Copy)]
pub(super) struct Page<'d> {
    /// As it is written.
    pub(super) schema: &'d Value,
    pub(super) sites: &'d Sites,
}

/// What a reference leads to.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// The page, and the pointer as it is written there.
    pub(super) place: Place,
    /// The number of the resource there.
    pub(super) resource: usize,
    /// Whether a keyword holds a schema there.
    pub(super) is_site: bool,
}

/// The pages, and what references can name.
pub(super) struct Library<'d> {
    pub(super) documents: &'d [Document],
    /// The documents in their order, then the metaschemas.
    pub(super) pages: Vec<Page<'d>>,
    /// What names the resources of the documents and what is in them, [`SHELF`] documents in each.
    registries: Vec<Registry<'d>>,
    /// For each document, where the values of its bare form stand that may be schemas, by their addresses; once something leads there.
    places: Vec<(&'d Value, OnceLock<HashMap<usize, String>>)>,
    /// Pages and the number of a resource there, by URI.
    resources: BTreeMap<&'d str, (usize, usize)>,
    /// Documents by the URI that the manifest gives them and by that of their file, where nothing else is called so.
    by_alias: BTreeMap<String, usize>,
    /// Documents by an `$id` that is a pointer; those of a folder among themselves.
    by_component: BTreeMap<(Option<usize>, &'d str), usize>,
    /// The vocabularies of resources whose metaschema is someone's own.
    vocabularies: BTreeMap<(usize, usize), VocabularySet>,
}

impl<'d> Library<'d> {
    /// The library of `documents`, of which `bare` are the bare forms, and the names that it has twice.
    pub(super) fn of(documents: &'d [Document], bare: &'d [Value]) -> (Option<Self>, Vec<Diagnostic>) {
        let mut pages: Vec<Page<'d>> =
            documents.iter().map(|document| Page { schema: document.as_written(), sites: &document.sites }).collect();
        pages.extend(METASCHEMAS.pages.iter().map(|(schema, sites)| Page { schema, sites }));
        let registries = match registries(documents, bare) {
            Ok(registries) => registries,
            Err(error) => {
                let message = format!("the identifiers of the schemas cannot be taken in: {error}");
                let help = "correct the `$id` that is named, or take it out";
                return (None, vec![Diagnostic::error("", message).help(help)]);
            }
        };
        let mut library = Self {
            documents,
            pages,
            registries,
            places: bare.iter().map(|schema| (schema, OnceLock::new())).collect(),
            resources: BTreeMap::new(),
            by_alias: BTreeMap::new(),
            by_component: BTreeMap::new(),
            vocabularies: BTreeMap::new(),
        };
        let mut found = library.add_names();
        found.extend(library.add_vocabularies());
        (Some(library), found)
    }

    /// Takes in what names the pages; gives the names that are there twice.
    fn add_names(&mut self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (number, page) in self.pages.clone().into_iter().enumerate() {
            for (resource, Resource { uri, root, .. }) in page.sites.resources.iter().enumerate() {
                let first = *self.resources.entry(uri.as_str()).or_insert((number, resource));
                found.extend(self.twice(number, first, (number, resource), root));
            }
            let Some(document) = self.documents.get(number) else { continue };
            if let Some(component) = document.component.as_deref() {
                let first = *self.by_component.entry((among(document), component)).or_insert(number);
                found.extend(self.twice(number, (first, 0), (number, 0), ""));
            }
            found.extend(anchors_twice(document));
        }
        // These come second: an `$id` may name a document just as the file of another is called.
        for (number, document) in self.documents.iter().enumerate() {
            for alias in identity::aliases(&document.source, &document.path) {
                if !self.resources.contains_key(alias.as_str()) {
                    self.by_alias.entry(alias.as_str().to_owned()).or_insert(number);
                }
            }
        }
        found
    }

    /// What to say of a name of the resource `second` in the document of this `number` that was `first`'s before.
    fn twice(&self, number: usize, first: (usize, usize), second: (usize, usize), root: &str) -> Option<Diagnostic> {
        let document = self.documents.get(number).filter(|_| first != second)?;
        let other = self.documents.get(first.0)?;
        let keyword = document.sites.dialect_of(second.1).draft().id_keyword();
        let message = format!("`{}` has the same `{keyword}`", other.path);
        let help = match first.0 == number {
            true => "rename one of the two",
            false => "remove one of the two sources from the manifest, or rename one of the two",
        };
        Some(document.written_error(&pointer::push(root, keyword), message).help(help))
    }

    /// Takes in the vocabularies of resources with a metaschema of someone's own.
    fn add_vocabularies(&mut self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (number, document) in self.documents.iter().enumerate() {
            for (resource, own) in document.sites.resources.iter().enumerate() {
                let Some(metaschema) = &own.metaschema else { continue };
                let at = pointer::push(&own.root, "$schema");
                let registry = self.registry(metaschema);
                if !registry.contains_resource(metaschema) {
                    let message = format!("`$schema` is `{metaschema}`, which is neither a dialect nor listed");
                    let help = format!(
                        "list that metaschema as a [[source]], or use a dialect; supported are: {}",
                        Dialect::supported()
                    );
                    found.push(document.written_error(&at, message).help(help));
                } else if own.dialect.draft() >= Draft::Draft201909 {
                    let used = registry.find_vocabularies(Draft::Draft202012, &json!({"$schema": metaschema}));
                    let mut unknown: Vec<&str> = used.custom().collect();
                    unknown.sort_unstable();
                    found.extend(unknown.into_iter().map(|unknown| {
                        let message = format!("the metaschema requires the vocabulary `{unknown}`, which is not known");
                        document.written_error(&at, message).help("let the metaschema state it as `false`, optional")
                    }));
                    self.vocabularies.insert((number, resource), used);
                }
            }
        }
        found
    }

    /// The page of this `number`.
    pub(super) fn page(&self, number: usize) -> Option<Page<'d>> {
        self.pages.get(number).copied()
    }

    /// The value at `place`, as it is written.
    pub(super) fn value(&self, place: &Place) -> Option<&'d Value> {
        pointer::find(self.page(place.0)?.schema, &place.1)
    }

    /// The resource of this number in the page of that one.
    pub(super) fn resource(&self, page: usize, resource: usize) -> Option<&'d Resource> {
        self.page(page)?.sites.resources.get(resource)
    }

    /// Whether the metaschema of the resource leaves out the vocabulary that `keyword`, of this role, belongs to.
    pub(super) fn leaves_out(&self, page: usize, resource: usize, keyword: &str, role: Role) -> bool {
        let Some(used) = self.vocabularies.get(&(page, resource)) else { return false };
        let dialect = self.pages.get(page).map_or(Dialect::Draft202012, |page| page.sites.dialect_of(resource));
        words::vocabulary(dialect, keyword, role).is_some_and(|vocabulary: Vocabulary| !used.contains(&vocabulary))
    }

    /// What `reference` means in the resource of a page, whatever the dynamic scope.
    pub(super) fn resolve(&self, page: usize, resource: usize, reference: &str) -> Result<Target, Fault> {
        let base = &self.resource(page, resource).ok_or(Fault::NotListed)?.uri;
        let reference = encoded::reference(reference);
        let uri = uri::resolve_against(&base.borrow(), &reference).map_err(|_| Fault::NotUri)?;
        let mut name = uri.strip_fragment().to_owned();
        if let Some(named) = self.by_alias.get(name.as_str()).and_then(|number| self.documents.get(*number)) {
            name = named.base.clone();
        }
        let registry = self.registry(name.as_str());
        if !registry.contains_resource(name.as_str()) {
            return Err(Fault::NotListed);
        }
        let fragment = uri.fragment().map_or("", |fragment| fragment.as_str());
        let is_own = self.documents.get(page).is_some_and(|document| document.base == name);
        let named = self.resources.get(name.as_str()).filter(|(_, resource)| *resource == 0);
        let shelved = named.and_then(|(page, _)| self.documents.get(*page)).map(|named| bare::shelved(named, fragment));
        let read = shelved.as_deref().unwrap_or(fragment);
        match registry.resolver(name).lookup(&format!("#{read}")) {
            Ok(resolved) => self.target(resolved.contents(), resolved.resolver().base_uri().as_str()),
            Err(error) => match Fault::from(error) {
                Fault::NoValue if is_own => {
                    let decoded = uri.fragment().and_then(|fragment| fragment.decode().to_string().ok());
                    self.component(page, &decoded.unwrap_or_default())
                }
                fault => Err(fault),
            },
        }
    }

    /// The registry that has the resource with this URI, however that is spelled; one without documents, if none has it. All have
    /// the metaschemas.
    fn registry(&self, uri: &str) -> &Registry<'d> {
        let named = uri::from_str(uri).ok().and_then(|uri| self.resources.get(uri.as_str()));
        named.and_then(|(page, _)| self.registries.get(page / SHELF)).unwrap_or(&SPECIFICATIONS)
    }

    /// The place of `value`, which the registry found in the resource with this URI.
    fn target(&self, value: &Value, uri: &str) -> Result<Target, Fault> {
        let address = places::address(value);
        let metaschema = METASCHEMAS.places.get(&address);
        let place = metaschema.map(|(number, at)| (self.documents.len() + number, at.clone())).or_else(|| {
            // It mostly stands in the document that the URI names.
            let named = self.resources.get(uri).map(|(page, _)| *page).into_iter();
            named.chain(0..self.documents.len()).find_map(|number| self.place(number, address))
        });
        let place = place.ok_or(Fault::NoSchema)?;
        let site = self.page(place.0).and_then(|page| page.sites.resource_at(&place.1));
        let resource = site.or_else(|| {
            let (page, resource) = self.resources.get(uri)?;
            (*page == place.0).then_some(*resource)
        });
        Ok(Target { place, resource: resource.unwrap_or_default(), is_site: site.is_some() })
    }

    /// The place of the value with this `address`, if it is one of the document of this `number` that may be a schema.
    fn place(&self, number: usize, address: usize) -> Option<Place> {
        let document = self.documents.get(number)?;
        let (schema, places) = self.places.get(number)?;
        let at = places.get_or_init(|| places::schemas(schema).collect()).get(&address)?;
        Some((number, bare::written(document, at.clone())))
    }

    /// The document whose `$id` is the pointer `written`, which leads nowhere in the document of this `number`.
    fn component(&self, number: usize, written: &str) -> Result<Target, Fault> {
        let among = self.documents.get(number).and_then(among);
        if let Some(component) = self.by_component.get(&(among, written)) {
            return Ok(Target { place: (*component, String::new()), resource: 0, is_site: true });
        }
        let schema = self.page(number).map(|page| page.schema);
        let begins_here =
            pointer::tokens(written).next().zip(schema).is_some_and(|(token, schema)| schema.get(token).is_some());
        Err(if begins_here { Fault::NoValue } else { Fault::NoComponent })
    }
}

/// The folder in which the identifiers that are pointers name each other; none for all that is listed by itself.
fn among(document: &Document) -> Option<usize> {
    document.in_folder.then_some(document.entry)
}

/// The registries of `documents`. A reference is looked up in the resource that it names, for which the others need not be there; and
/// a registry moves all that it has whenever one more is put into it.
fn registries<'d>(documents: &[Document], bare: &'d [Value]) -> Result<Vec<Registry<'d>>, referencing::Error> {
    let shelves = documents.chunks(SHELF).zip(bare.chunks(SHELF)).collect();
    let made = parallel::map(shelves, |(documents, bare): (&[Document], &'d [Value])| {
        let named = documents
            .iter()
            .zip(bare)
            .map(|(document, bare)| (document.base.as_str(), ResourceRef::new(bare, document.dialect.draft())));
        SPECIFICATIONS.extend(named)?.retrieve_known_draft_meta_schemas(false).prepare()
    });
    made.into_iter().collect()
}

/// What to say of anchors that a resource of `document` has twice.
fn anchors_twice(document: &Document) -> Vec<Diagnostic> {
    let mut found = Findings::new(document.file());
    let mut known = BTreeMap::new();
    for (at, schema, dialect) in document.sites.schemas(document.as_written()) {
        let resource = document.sites.resource_at(at);
        for keyword in ["$anchor", "$dynamicAnchor"].into_iter().filter(|keyword| words::is_anchor(dialect, keyword)) {
            let Some(anchor) = schema.get(keyword).and_then(Value::as_str) else { continue };
            let first = *known.entry((resource, anchor)).or_insert(at);
            if first != at {
                let message = format!("`{anchor}` is also the anchor of #{first}");
                let diagnostic = || document.written_error(&pointer::push(at, keyword), message);
                found.push(|| diagnostic().help("rename one of the two"));
            }
        }
    }
    found.into_vec()
}
