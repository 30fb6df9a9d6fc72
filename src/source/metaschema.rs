//! Turns what the metaschema of its dialect says about a document into diagnostics that name the keyword, what it has
//! and what it takes.

use std::{
    cell::LazyCell,
    collections::{BTreeMap, BTreeSet},
};

use jsonschema::{ValidationError, error::ValidationErrorKind, meta::MetaValidator};
use referencing::Draft;
use serde_json::{Value, json};

use super::{Dialect, document::Document, findings::Findings, meant, notes::Notes, sites::Sites, words};
use crate::{
    diagnostic::Diagnostic,
    pointer,
    vocabulary::{Holds, Role},
};

/// How much of a wrong value is shown, in characters.
const SHOWN: usize = 60;

/// The errors in `document`: what its dialect does not allow. What of that is read as meant goes to `notes`.
pub(super) fn check(document: &Document, notes: &mut Notes) -> Vec<Diagnostic> {
    check_part(&Part { document, at: "", schema: document.as_written(), sites: &document.sites }, notes)
}

/// A schema in a document.
pub(super) struct Part<'a> {
    pub(super) document: &'a Document,
    /// Its pointer in the file.
    pub(super) at: &'a str,
    pub(super) schema: &'a Value,
    /// Its sites, by pointers that begin at it.
    pub(super) sites: &'a Sites,
}

/// The errors in `part`: what its dialect does not allow. What of that is read as meant goes to `notes`.
pub(super) fn check_part(part: &Part<'_>, notes: &mut Notes) -> Vec<Diagnostic> {
    let mut found = part.against_metaschemas(notes);
    found.extend(part.patterns());
    found
}

impl Part<'_> {
    fn against_metaschemas(&self, notes: &mut Notes) -> Vec<Diagnostic> {
        let mut found = Findings::new(self.document.file());
        // The metaschema is made of several, which say the same of one value.
        let mut seen = BTreeSet::new();
        let mut newer: BTreeMap<_, Vec<String>> = BTreeMap::new();
        for (root, dialect) in self.roots() {
            let Some(schema) = pointer::find(self.schema, root) else { continue };
            let newest = LazyCell::new(|| errors(Dialect::Draft202012, schema));
            for below in errors(dialect, schema) {
                let at = format!("{root}{below}");
                let is_ours = self.dialect_at(&at) == dialect && !self.is_meant(&at);
                let Some(value) = pointer::find(schema, &below).filter(|_| is_ours && seen.insert(at.clone())) else {
                    continue;
                };
                match dialect.draft() < Draft::Draft202012 && !is_refused(&newest, &below) {
                    true => {
                        let key = (dialect.to_string(), self.keyword_of(&at));
                        newer.entry(key).or_default().push(format!("{}{at}", self.at));
                    }
                    false => found.push(|| self.explain(dialect, &at, value)),
                }
            }
        }
        for (at, value) in self.odd_references() {
            found.push(|| self.explain(Dialect::Draft4, &at, value));
        }
        for ((dialect, keyword), sites) in newer {
            let what = keyword.map_or("a schema".to_owned(), |keyword| format!("`{keyword}`"));
            let message = format!("{dialect} does not allow this value of {what}; 2020-12 does, and it is read so");
            meant::note(self.document, &sites, &message, notes);
        }
        found.into_vec()
    }

    /// Every `$ref` that is no text: the metaschema of draft 4 alone says nothing of it.
    fn odd_references(&self) -> Vec<(String, &Value)> {
        let draft_4 = self.sites.schemas(self.schema).filter(|(_, _, dialect)| dialect.draft() == Draft::Draft4);
        let references = draft_4.filter_map(|(at, schema, _)| Some((pointer::push(at, "$ref"), schema.get("$ref")?)));
        references.filter(|(_, value)| !value.is_string()).collect()
    }

    /// Where a dialect begins: at the root, and at embedded resources of another than what is around them.
    fn roots(&self) -> Vec<(&str, Dialect)> {
        let roots = self.sites.roots.iter().map(|root| (root.as_str(), self.dialect_at(root)));
        let embedded = self.sites.resources.iter().skip(1);
        let begin = embedded.map(|resource| (resource.root.as_str(), resource.dialect));
        let changes = begin.filter(|(root, dialect)| {
            root.rsplit_once('/').is_some_and(|(around, _)| self.dialect_at(around) != *dialect)
        });
        roots.chain(changes).collect()
    }

    /// The dialect of what is at `at`.
    fn dialect_at(&self, at: &str) -> Dialect {
        let resource = pointer::around(at).find_map(|around| self.sites.resource_at(around));
        self.sites.dialect_of(resource.unwrap_or_default())
    }

    /// Whether what is at `at` is read although the dialect does not allow it.
    fn is_meant(&self, at: &str) -> bool {
        let schema = pointer::find(self.schema, at).filter(|_| self.sites.resource_at(at).is_some());
        if schema.and_then(Value::as_object).is_some_and(meant::are_idle) {
            return true;
        }
        let Some((around, word)) = at.rsplit_once('/') else { return false };
        let is_root = around.is_empty() && self.at.is_empty();
        let is_component = is_root && self.document.component.is_some() && ["$id", "id"].contains(&word);
        let keywords = pointer::find(self.schema, around).and_then(Value::as_object);
        let is_read = self.sites.resource_at(around).is_some()
            && keywords.is_some_and(|keywords| meant::is_read(self.dialect_at(around), keywords, word));
        is_component || is_read
    }

    /// Says what is wrong with `value` at `at`, by the keyword that it belongs to.
    fn explain(&self, dialect: Dialect, at: &str, value: &Value) -> Diagnostic {
        let (shown, here) = (shown(value), format!("{}{at}", self.at));
        match self.keyword_of(at) {
            Some(keyword) => {
                let help = format!("`{keyword}` takes {}", taken_by(dialect, &keyword));
                self.document.written_error(&here, format!("`{keyword}` does not allow {shown}")).help(help)
            }
            // Draft 4 alone says anything of a schema that is an object.
            None if value.is_object() => {
                let message = "`exclusiveMinimum` or `exclusiveMaximum` stands here without the limit that it is about";
                self.document.written_error(&here, message).help("add `minimum` or `maximum`, or remove the other")
            }
            None if dialect.draft() == Draft::Draft4 => {
                let help = format!("a schema is an object in {dialect}");
                self.document.written_error(&here, format!("{shown} is not a schema")).help(help)
            }
            None => {
                let help = "a schema is an object, or `true` or `false`";
                self.document.written_error(&here, format!("{shown} is not a schema")).help(help)
            }
        }
    }

    /// The keyword whose value holds the value at `at`; none when that stands where a schema does.
    fn keyword_of(&self, at: &str) -> Option<String> {
        let is_schema = |at: &str| self.sites.resource_at(at).is_some();
        let mut around = pointer::around(at).skip(1);
        let schema = around.find(|around| is_schema(around)).filter(|_| !is_schema(at))?;
        pointer::tokens(at.get(schema.len()..)?).next()
    }

    /// Every regular expression that does not compile.
    fn patterns(&self) -> Vec<Diagnostic> {
        let mut found = Findings::new(self.document.file());
        let mut known = BTreeMap::new();
        for (at, schema, dialect) in self.sites.schemas(self.schema) {
            let Some(keywords) = schema.as_object() else { continue };
            if words::is_reference_alone(dialect, keywords) {
                continue;
            }
            let at = format!("{}{at}", self.at);
            let pattern = keywords.get("pattern").and_then(Value::as_str);
            let own = pattern.map(|pattern| (pointer::push(&at, "pattern"), pattern));
            let below = pointer::push(&at, "patternProperties");
            let names = keywords.get("patternProperties").and_then(Value::as_object).into_iter().flatten();
            let names = names.filter(|_| words::role(dialect, "patternProperties") != Role::Annotation);
            let names = names.map(|(pattern, _)| (pointer::push(&below, pattern), pattern.as_str()));
            for (at, pattern) in own.into_iter().chain(names) {
                let compiles = *known.entry(pattern).or_insert_with(|| compiles(pattern));
                if !compiles {
                    let message = format!("`{pattern}` is not a regular expression that can be compiled");
                    let help = "write it as ECMA-262 has it (JSON Schema 2020-12 Core, section 6.4)";
                    found.push(|| self.document.written_error(&at, message).help(help));
                }
            }
        }
        found.into_vec()
    }
}

/// Whether what is at `at`, something in it or something around it is among what is `refused`.
fn is_refused(refused: &BTreeSet<String>, at: &str) -> bool {
    let is_in = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    refused.iter().any(|refused| is_in(refused, at) || is_in(at, refused))
}

/// The pointers of what `dialect` does not allow in `schema`.
fn errors(dialect: Dialect, schema: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    validator(dialect).iter_errors(schema).for_each(|error| innermost(&error, &mut found));
    found
}

/// Adds to `found` where the `error` of a metaschema lies. A metaschema that takes a schema or something else refuses
/// both; what is wrong then is what is wrong in the one that the value is, of which all errors lie inside it.
fn innermost(error: &ValidationError<'_>, found: &mut BTreeSet<String>) {
    let at = error.instance_path().as_str();
    let is_inside = |inner: &ValidationError<'_>| inner.instance_path().as_str().len() > at.len();
    let branch = match error.kind() {
        ValidationErrorKind::AnyOf { context } => context.iter().find(|branch| branch.iter().all(is_inside)),
        _ => None,
    };
    match branch {
        Some(branch) => branch.iter().for_each(|error| innermost(error, found)),
        None => _ = found.insert(at.to_owned()),
    }
}

fn validator(dialect: Dialect) -> MetaValidator<'static> {
    match dialect {
        Dialect::Draft4 | Dialect::OpenApi30 => jsonschema::draft4::meta::validator(),
        Dialect::Draft6 => jsonschema::draft6::meta::validator(),
        Dialect::Draft7 => jsonschema::draft7::meta::validator(),
        Dialect::Draft201909 => jsonschema::draft201909::meta::validator(),
        Dialect::Draft202012 | Dialect::OpenApi31 => jsonschema::draft202012::meta::validator(),
    }
}

/// What `keyword` takes in `dialect` (2020-12 Core, sections 8 to 11; Validation, sections 6 to 9; the same sections of
/// the older drafts where they differ), to be put after "takes".
fn taken_by(dialect: Dialect, keyword: &str) -> &'static str {
    let draft = dialect.draft();
    match keyword {
        "items" if draft < Draft::Draft202012 => return "a schema, or a non-empty array of schemas",
        "dependencies" => return "an object whose members are schemas or arrays of strings without repetition",
        "exclusiveMaximum" | "exclusiveMinimum" if draft == Draft::Draft4 => return "`true` or `false`",
        "required" if draft == Draft::Draft4 => return "a non-empty array of strings without repetition",
        "enum" if draft == Draft::Draft4 => return "a non-empty array without repetition",
        "$id" if draft < Draft::Draft201909 => return "a URI reference",
        _ => {}
    }
    match words::role(dialect, keyword) {
        Role::Applicator(Holds::One) => return "a schema",
        Role::Applicator(Holds::List) => return "a non-empty array of schemas",
        Role::Applicator(Holds::Map) | Role::Definitions => return "an object whose members are schemas",
        _ => {}
    }
    match keyword {
        "type" => {
            "one of \"array\", \"boolean\", \"integer\", \"null\", \"number\", \"object\", \"string\", \
             or a non-empty array of them without repetition"
        }
        "enum" | "examples" => "an array",
        "required" => "an array of strings without repetition",
        "dependentRequired" => "an object whose members are arrays of strings without repetition",
        "maximum" | "minimum" | "exclusiveMaximum" | "exclusiveMinimum" => "a number",
        "multipleOf" => "a number greater than 0",
        "deprecated" | "readOnly" | "uniqueItems" | "writeOnly" | "$recursiveAnchor" => "`true` or `false`",
        "$id" => "a URI reference without a fragment",
        "$ref" | "$dynamicRef" | "$recursiveRef" | "id" => "a URI reference",
        "$schema" => "a URI",
        "$anchor" | "$dynamicAnchor" => "a letter or `_`, then letters, digits, `-`, `_` or `.`",
        "$vocabulary" => "an object from URIs to `true` or `false`",
        "pattern" => "a regular expression (ECMA-262)",
        _ if keyword.starts_with("max") || keyword.starts_with("min") => "an integer that is not negative",
        _ => "a string",
    }
}

/// `value` as JSON, cut where it gets long.
pub(super) fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(&text)),
        None => text,
    }
}

fn compiles(pattern: &str) -> bool {
    jsonschema::draft202012::new(&json!({"pattern": pattern})).is_ok()
}
