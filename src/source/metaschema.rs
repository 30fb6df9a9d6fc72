//! Turns what the metaschema of its dialect says about a document into diagnostics that name the keyword, what it has
//! and what it takes.

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::meta::MetaValidator;
use referencing::Draft;
use serde_json::{Map, Value, json};

use super::{Dialect, document::Document, findings::Findings, meant, sites::Sites, words};
use crate::{
    diagnostic::Diagnostic,
    pointer,
    vocabulary::{Holds, Role},
};

/// How much of a wrong value is shown, in characters.
const SHOWN: usize = 60;

/// Everything in `document` that its dialect does not allow, and that is not read as meant.
pub(super) fn check(document: &Document) -> Vec<Diagnostic> {
    check_part(&Part { document, at: "", schema: document.as_written(), sites: &document.sites })
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

/// Everything in `part` that its dialect does not allow, and that is not read as meant.
pub(super) fn check_part(part: &Part<'_>) -> Vec<Diagnostic> {
    let mut found = part.against_metaschemas();
    found.extend(part.patterns());
    found
}

impl Part<'_> {
    fn against_metaschemas(&self) -> Vec<Diagnostic> {
        let mut found = Findings::new(self.document.file());
        // One by one: of what is wrong further down, a metaschema with a choice says only that something is.
        for (site, schema, dialect) in self.sites.schemas(self.schema) {
            let (validator, alone) = (validator(dialect), alone(dialect, schema));
            if validator.is_valid(&alone) || self.is_flag(dialect, site, schema) {
                continue;
            }
            // The metaschema is made of several, which say the same of one value.
            let mut seen = BTreeSet::new();
            for error in validator.iter_errors(&alone) {
                let at = format!("{site}{}", error.instance_path().as_str());
                if !self.is_meant(site, &at) && seen.insert(at.clone()) {
                    found.push(|| self.explain(dialect, &at, self.schema.pointer(&at).unwrap_or(schema)));
                }
            }
        }
        for (at, value) in self.odd_references() {
            found.push(|| self.explain(Dialect::Draft4, &at, value));
        }
        found.into_vec()
    }

    /// Every `$ref` that is no text: the metaschema of draft 4 alone says nothing of it.
    fn odd_references(&self) -> Vec<(String, &Value)> {
        let draft_4 = self.sites.schemas(self.schema).filter(|(_, _, dialect)| dialect.draft() == Draft::Draft4);
        let references = draft_4.filter_map(|(at, schema, _)| Some((pointer::push(at, "$ref"), schema.get("$ref")?)));
        references.filter(|(_, value)| !value.is_string()).collect()
    }

    /// Whether `schema` at `at` is what draft 4 has beside schemas: `true` or `false`, for what is additional only.
    fn is_flag(&self, dialect: Dialect, at: &str, schema: &Value) -> bool {
        let Some((around, keyword)) = at.rsplit_once('/') else { return false };
        let is_additional = ["additionalItems", "additionalProperties"].contains(&keyword);
        let is_keyword = self.sites.resource_at(around).is_some();
        dialect.draft() == Draft::Draft4 && schema.is_boolean() && is_additional && is_keyword
    }

    /// Whether what is at `at` is read although the dialect of the schema at `site`, which it belongs to, does not allow it.
    fn is_meant(&self, site: &str, at: &str) -> bool {
        let Some(keywords) = self.schema.pointer(site).and_then(Value::as_object) else { return false };
        let Some(word) = at.get(site.len()..).and_then(|below| below.strip_prefix('/')) else {
            return has_idle_flags(keywords);
        };
        let is_root = site.is_empty() && self.at.is_empty();
        let is_component = is_root && self.document.component.is_some() && ["$id", "id"].contains(&word);
        let dialect = self.sites.dialect_of(self.sites.resource_at(site).unwrap_or_default());
        let is_excused = |value| meant::excuse(dialect, keywords, word, value).is_some();
        is_component || keywords.get(word).is_some_and(is_excused)
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

/// `schema` without the schemas that it holds, which are looked at by themselves.
fn alone(dialect: Dialect, schema: &Value) -> Value {
    let Some(keywords) = schema.as_object() else { return schema.clone() };
    if words::is_reference_alone(dialect, keywords) {
        return schema.clone();
    }
    let mut alone = keywords.clone();
    for (keyword, value) in &mut alone {
        let held: Vec<String> = words::held(dialect, keyword, value, "").into_iter().map(|(at, _)| at).collect();
        for at in held {
            if let Some(held) = value.pointer_mut(&at) {
                *held = json!({});
            }
        }
    }
    alone.into()
}

/// Whether, among `keywords`, the flags without the limit that they are about only say no: draft 4 alone says of the
/// schema, not of a keyword, that a limit is missing.
fn has_idle_flags(keywords: &Map<String, Value>) -> bool {
    let is_flag = |word: &&str| keywords.get(*word).is_some_and(Value::is_boolean);
    let flags = ["exclusiveMaximum", "exclusiveMinimum"].into_iter().filter(is_flag);
    let mut alone = flags.filter(|word| meant::flag(keywords, word).is_none()).peekable();
    alone.peek().is_some() && alone.all(|word| meant::is_idle(keywords, word))
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
fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(&text)),
        None => text,
    }
}

fn compiles(pattern: &str) -> bool {
    jsonschema::draft202012::new(&json!({"pattern": pattern})).is_ok()
}
