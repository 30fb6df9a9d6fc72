//! The metaschemas of the known dialects as pages that references may lead to: nobody has to list them.

use std::{collections::BTreeMap, sync::LazyLock};

use referencing::{SPECIFICATIONS, uri};
use serde_json::Value;

use super::{Dialect, places, sites::Sites};

/// The URIs of the metaschemas, and of the vocabularies that the newer ones are made of.
const URIS: &[(&str, Dialect)] = &[
    ("http://json-schema.org/draft-04/schema", Dialect::Draft4),
    ("http://json-schema.org/draft-06/schema", Dialect::Draft6),
    ("http://json-schema.org/draft-07/schema", Dialect::Draft7),
    ("https://json-schema.org/draft/2019-09/schema", Dialect::Draft201909),
    ("https://json-schema.org/draft/2019-09/meta/applicator", Dialect::Draft201909),
    ("https://json-schema.org/draft/2019-09/meta/content", Dialect::Draft201909),
    ("https://json-schema.org/draft/2019-09/meta/core", Dialect::Draft201909),
    ("https://json-schema.org/draft/2019-09/meta/format", Dialect::Draft201909),
    ("https://json-schema.org/draft/2019-09/meta/meta-data", Dialect::Draft201909),
    ("https://json-schema.org/draft/2019-09/meta/validation", Dialect::Draft201909),
    ("https://json-schema.org/draft/2020-12/schema", Dialect::Draft202012),
    ("https://json-schema.org/draft/2020-12/meta/applicator", Dialect::Draft202012),
    ("https://json-schema.org/draft/2020-12/meta/content", Dialect::Draft202012),
    ("https://json-schema.org/draft/2020-12/meta/core", Dialect::Draft202012),
    ("https://json-schema.org/draft/2020-12/meta/format-annotation", Dialect::Draft202012),
    ("https://json-schema.org/draft/2020-12/meta/format-assertion", Dialect::Draft202012),
    ("https://json-schema.org/draft/2020-12/meta/meta-data", Dialect::Draft202012),
    ("https://json-schema.org/draft/2020-12/meta/unevaluated", Dialect::Draft202012),
    ("https://json-schema.org/draft/2020-12/meta/validation", Dialect::Draft202012),
];

/// All metaschemas.
pub(super) struct Metaschemas {
    pub(super) pages: Vec<(&'static Value, Sites)>,
    /// The page and the pointer of each value that may be a schema, by its address.
    pub(super) places: BTreeMap<usize, (usize, String)>,
}

/// All metaschemas, read once.
pub(super) static METASCHEMAS: LazyLock<Metaschemas> = LazyLock::new(|| {
    let read = URIS.iter().filter_map(|(uri, dialect)| {
        let uri = uri::from_str(uri).ok()?;
        let schema = SPECIFICATIONS.resolver(uri.clone()).lookup("#").ok()?.contents();
        Some((schema, Sites::of(schema, vec![String::new()], uri, *dialect)))
    });
    let pages: Vec<(&'static Value, Sites)> = read.collect();
    let mut places = BTreeMap::new();
    for (number, (schema, _)) in pages.iter().enumerate() {
        places.extend(places::schemas(schema).map(|(address, at)| (address, (number, at))));
    }
    Metaschemas { pages, places }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metaschema_is_found() {
        assert_eq!(METASCHEMAS.pages.len(), URIS.len());
    }
}
