//! Turns a schema as it is written into its [`Sites`]: every place where a keyword holds a subschema, and the schema
//! resource that each belongs to (2020-12 Core, section 4.3.5), from which it has its base URI and its dialect.

use std::collections::BTreeMap;

use referencing::{Uri, uri};
use serde_json::Value;

use super::{Dialect, words};
use crate::pointer;

/// The name under which [`Resource::dynamic`] has the root of a resource with `$recursiveAnchor: true`; no
/// `$dynamicAnchor` is called so.
pub(super) const RECURSIVE: &str = "";

/// A schema that has a URI of its own, with the subschemas that have none.
#[derive(Debug)]
pub(super) struct Resource {
    /// Its URI, without a fragment.
    pub(super) uri: Uri<String>,
    pub(super) dialect: Dialect,
    /// Its `$schema` where that names no dialect: a metaschema of someone's own.
    pub(super) metaschema: Option<String>,
    /// The pointer of its root.
    pub(super) root: String,
    /// The pointers of its dynamic anchors, by name.
    pub(super) dynamic: BTreeMap<String, String>,
}

/// The places of one document where a keyword holds a schema.
#[derive(Debug, Default)]
pub(super) struct Sites {
    /// Their pointers, parents first, each with the number of its resource.
    all: Vec<(String, usize)>,
    /// The indices of these, in the order of their pointers.
    by_pointer: Vec<usize>,
    /// Those of them that no other holds: the document, or its definitions where it is no schema itself.
    pub(super) roots: Vec<String>,
    /// The resources; the first is the whole document's.
    pub(super) resources: Vec<Resource>,
    /// The pointers of identifiers that are no URI references.
    pub(super) bad_identifiers: Vec<String>,
}

impl Sites {
    /// The sites at and below `roots` of `schema`, a document with this URI, whatever its own identifier says.
    pub(super) fn of(schema: &Value, roots: Vec<String>, uri: Uri<String>, dialect: Dialect) -> Self {
        let root = Resource {
            uri,
            dialect,
            metaschema: own_metaschema(schema),
            root: String::new(),
            dynamic: BTreeMap::new(),
        };
        let mut found: Vec<(String, &Value, usize)> =
            roots.iter().filter_map(|root| Some((root.clone(), schema.pointer(root)?, 0))).collect();
        let mut sites = Self { roots, resources: vec![root], ..Self::default() };
        let mut next = 0;
        while let Some((at, schema, around)) = found.get_mut(next) {
            let resource = sites.enter(schema, at, *around);
            *around = resource;
            let children = words::children(sites.dialect_of(resource), schema, at).into_iter();
            found.extend(children.map(|(below, schema)| (below, schema, resource)));
            next += 1;
        }
        sites.all = found.into_iter().map(|(at, _, resource)| (at, resource)).collect();
        sites.by_pointer = (0..sites.all.len()).collect();
        sites.by_pointer.sort_by_key(|index| sites.all.get(*index));
        sites
    }

    /// The number of the resource of the site at `pointer`; none where no keyword holds a schema.
    pub(super) fn resource_at(&self, pointer: &str) -> Option<usize> {
        let site = |index: &usize| self.all.get(*index).map(|(at, resource)| (at.as_str(), *resource));
        let found = self.by_pointer.binary_search_by(|index| site(index).map(|(at, _)| at).cmp(&Some(pointer)));
        found.ok().and_then(|found| self.by_pointer.get(found)).and_then(site).map(|(_, resource)| resource)
    }

    /// The dialect of the resource of this number.
    pub(super) fn dialect_of(&self, resource: usize) -> Dialect {
        self.resources.get(resource).map_or(Dialect::Draft202012, |resource| resource.dialect)
    }

    /// Each site with the value there, in `schema`, which the sites are of.
    pub(super) fn schemas<'a>(&'a self, schema: &'a Value) -> impl Iterator<Item = (&'a str, &'a Value, Dialect)> {
        self.all
            .iter()
            .filter_map(|(at, resource)| Some((at.as_str(), pointer::find(schema, at)?, self.dialect_of(*resource))))
    }

    /// The resource that `schema`, written at `at` in the resource `around`, belongs to: `around` or one of its own.
    fn enter(&mut self, schema: &Value, at: &str, around: usize) -> usize {
        let resource = if at.is_empty() { around } else { self.begin(schema, at, around) };
        if let Some(own) = self.resources.get_mut(resource) {
            own.add_anchors(schema, at);
        }
        resource
    }

    fn begin(&mut self, schema: &Value, at: &str, around: usize) -> usize {
        let Some(outer) = self.resources.get(around) else { return around };
        let declared = schema.get("$schema").and_then(Value::as_str).and_then(Dialect::from_uri);
        let dialect = declared.unwrap_or(outer.dialect);
        let Some(identifier) = words::identifier(dialect, schema) else { return around };
        let Ok(uri) = uri::resolve_against(&outer.uri.borrow(), identifier) else {
            self.bad_identifiers.push(pointer::push(at, dialect.draft().id_keyword()));
            return around;
        };
        let metaschema = match schema.get("$schema") {
            Some(_) => own_metaschema(schema),
            None => outer.metaschema.clone(),
        };
        let (uri, root) = (uri.strip_fragment().to_owned(), at.to_owned());
        self.resources.push(Resource { uri, dialect, metaschema, root, dynamic: BTreeMap::new() });
        self.resources.len() - 1
    }
}

impl Resource {
    /// Takes in the dynamic anchors of `schema`, which is written at `at` in this resource.
    fn add_anchors(&mut self, schema: &Value, at: &str) {
        let is_recursive = schema.get("$recursiveAnchor") == Some(&Value::Bool(true)) && self.root == at;
        if self.dialect == Dialect::Draft201909 && is_recursive {
            self.dynamic.insert(RECURSIVE.to_owned(), at.to_owned());
        }
        let anchor = schema.get("$dynamicAnchor").and_then(Value::as_str);
        if let Some(anchor) =
            anchor.filter(|anchor| words::is_anchor(self.dialect, "$dynamicAnchor") && !anchor.is_empty())
        {
            self.dynamic.entry(anchor.to_owned()).or_insert_with(|| at.to_owned());
        }
    }
}

/// The `$schema` of a resource that names none of the dialects.
fn own_metaschema(schema: &Value) -> Option<String> {
    let declared = schema.get("$schema")?.as_str()?;
    Dialect::from_uri(declared).is_none().then(|| declared.strip_suffix('#').unwrap_or(declared).to_owned())
}
