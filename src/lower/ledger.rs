//! A document as it is written, and what was made of it -> the fate of each keyword, none left out.

use std::collections::BTreeMap;

use serde_json::Value;

use super::class::{Class, Kind, classify_at, is_asserted};
use super::{Fate, Form, Module, Place, Tier};
use crate::pointer;
use crate::source::{Document, Sources};
use crate::vocabulary::{self, Role};

/// A value is shown up to so many characters.
const SHOWN: usize = 60;

/// The fate of each keyword of `module`'s document, in the order they are written.
pub(super) fn fates(sources: &Sources, module: &Module) -> Vec<Fate> {
    let Some(document) = sources.documents.get(module.document) else { return Vec::new() };
    let named = module.definitions.iter().map(|definition| {
        let is_opaque = matches!(definition.form, Form::Opaque { .. });
        (definition.pointer.as_str(), Named { name: &definition.name, is_opaque })
    });
    let ledger = Ledger { sources, document, module, named: named.collect() };
    let mut fates = Vec::new();
    ledger.walk(document.as_written(), "", &mut fates);
    fates
}

/// A definition, as the ledger speaks of it.
struct Named<'a> {
    name: &'a str,
    is_opaque: bool,
}

struct Ledger<'a> {
    sources: &'a Sources,
    document: &'a Document,
    module: &'a Module,
    named: BTreeMap<&'a str, Named<'a>>,
}

/// What answers for a keyword.
struct Answer {
    tier: Tier,
    means: String,
    limit: &'static str,
}

impl Answer {
    fn new(tier: Tier, means: impl Into<String>) -> Self {
        Self { tier, means: means.into(), limit: "" }
    }

    fn limited(mut self, limit: &'static str) -> Self {
        self.limit = limit;
        self
    }
}

impl Ledger<'_> {
    fn walk(&self, schema: &Value, at: &str, fates: &mut Vec<Fate>) {
        for (keyword, value) in schema.as_object().into_iter().flatten() {
            let pointer = pointer::push(at, keyword);
            let held = vocabulary::held(keyword, value, &pointer);
            let Answer { tier, means, limit } = self.answer(&pointer, keyword, value);
            let value = if held.is_empty() { shortened(value) } else { String::new() };
            fates.push(Fate { pointer, value, tier, means, limit });
            for (below, schema) in held {
                self.walk(schema, &below, fates);
            }
        }
    }

    /// What answers for `keyword`, written at `pointer` with `value`.
    fn answer(&self, pointer: &str, keyword: &str, value: &Value) -> Answer {
        let read = self.document.read_pointer(pointer);
        let (at, _) = read.rsplit_once('/').unwrap_or_default();
        let nearest = self.nearest(at);
        match vocabulary::role(keyword) {
            Role::Identifier if keyword == "$id" => {
                Answer::new(Tier::Identifier, format!("the name `{}`", nearest.name))
            }
            Role::Identifier => Answer::new(Tier::Identifier, "read, not carried on"),
            Role::Definitions => Answer::new(Tier::Identifier, "a type each"),
            _ if nearest.is_opaque => {
                Answer::new(Tier::Opaque, format!("the validator of `{}`{}", nearest.name, self.why(at)))
            }
            Role::Annotation if keyword == "nullable" => Answer::new(Tier::Native, "`Option` where `true`"),
            Role::Annotation if ["description", "title", "default", "example", "examples"].contains(&keyword) => {
                Answer::new(Tier::Annotation, "documentation and re-export")
            }
            Role::Annotation => Answer::new(Tier::Annotation, "re-export"),
            Role::Assertion if keyword == "format" && !is_asserted(value, &self.document.source.policy) => {
                Answer::new(Tier::Annotation, "re-export; not asserted, by the policy")
            }
            Role::Reference | Role::Applicator(_) | Role::Assertion => self.assertion(at, keyword, nearest.name),
        }
    }

    /// What answers for a keyword that refuses something, in the schema at `at`, which is not opaque.
    fn assertion(&self, at: &str, keyword: &str, name: &str) -> Answer {
        let Class { kind, nullable, rules } = self.classify(at);
        let option = |rust: &str| if nullable { format!("`Option<{rust}>`") } else { format!("`{rust}`") };
        if rules.iter().any(|rule| rule.keyword == keyword) {
            return Answer::new(Tier::Checked, format!("a check of `{name}`"));
        }
        match (kind, keyword) {
            (Kind::Object(object), "additionalProperties") if object.closed => {
                Answer::new(Tier::Native, "members it does not name are refused")
            }
            (Kind::Object(object), "additionalProperties") if object.keeps_others => {
                Answer::new(Tier::Native, format!("a map of `{name}`, for all other members"))
            }
            (Kind::Object(_), "patternProperties") => {
                Answer::new(Tier::Checked, format!("a map of `{name}` each; a check that a name is where it belongs"))
            }
            (Kind::Object(object), "propertyNames") if object.names => {
                Answer::new(Tier::Checked, format!("a check of `{name}`"))
            }
            (Kind::Object(_), "additionalProperties") => {
                Answer::new(Tier::Native, "members it does not name are dropped, by the policy")
            }
            (Kind::Object(_), "properties") => Answer::new(Tier::Native, format!("a field of `{name}` each")),
            (Kind::Object(_), "required") => {
                Answer::new(Tier::Native, "these fields are no `Option`; one missing is refused")
            }
            (Kind::Object(_), _) => Answer::new(Tier::Native, format!("struct `{name}`; an array is refused")),
            (Kind::Values(values), _) if values.is_empty() => {
                Answer::new(Tier::Native, format!("enum `{name}` without a variant: nothing is accepted"))
            }
            (Kind::Text(_) | Kind::Values(_), _) => Answer::new(Tier::Native, format!("enum `{name}`")),
            (Kind::Reference, _) => Answer::new(Tier::Native, format!("`{}`", self.target(at))),
            (Kind::Alternative(_), _) => Answer::new(Tier::Native, "`Option`; its `None` is `null`"),
            (Kind::Null, _) => Answer::new(Tier::Native, "`null`"),
            (Kind::Boolean, _) => Answer::new(Tier::Native, option("bool")),
            (Kind::Integer, _) => Answer::new(Tier::Native, option("i64")).limited("from -2^63 to 2^63 - 1"),
            (Kind::Unsigned, _) => Answer::new(Tier::Native, option("u64")).limited("from 0 to 2^64 - 1"),
            (Kind::Number, _) => Answer::new(Tier::Native, option("f64")).limited("rounded to the nearest double"),
            (Kind::String, _) => Answer::new(Tier::Native, option("String")),
            (Kind::Formatted(format), "type") => Answer::new(Tier::Native, option(formatted(format))),
            (Kind::Formatted("date-time"), _) => Answer::new(Tier::Checked, "RFC 3339, read as an instant")
                .limited("a second's fraction is cut to nine digits"),
            (Kind::Formatted(_), _) => Answer::new(Tier::Checked, "read as a value of its type"),
            (Kind::Tuple(_), "prefixItems") => Answer::new(Tier::Native, format!("a field of `{name}` each")),
            (Kind::Tuple(tuple), "items") if tuple.closed => Answer::new(Tier::Native, "more items are refused"),
            (Kind::Tuple(_), "items") => Answer::new(Tier::Native, "a list in the last field"),
            (Kind::Tuple(_), "minItems") => Answer::new(Tier::Native, "these fields are no `Option`"),
            (Kind::Tuple(_), _) => Answer::new(Tier::Native, format!("struct `{name}`; an object is refused")),
            (Kind::List { .. }, "items") => Answer::new(Tier::Native, "the item's type"),
            (Kind::List { .. }, _) => Answer::new(Tier::Native, option("Vec<_>")),
            (Kind::Map { .. }, "additionalProperties") => Answer::new(Tier::Native, "the value's type"),
            (Kind::Map { .. } | Kind::Any, _) => Answer::new(Tier::Native, option("BTreeMap<String, _>")),
            (Kind::Opaque(_), _) => Answer::new(Tier::Opaque, format!("the validator of `{name}`")),
        }
    }

    /// Why the definition at `at` is opaque; nothing where the reason stands further up.
    fn why(&self, at: &str) -> String {
        match self.classify(at).kind {
            Kind::Opaque(why) if self.named.contains_key(at) => format!(": {why}"),
            _ => String::new(),
        }
    }

    fn classify(&self, at: &str) -> Class<'_> {
        classify_at(self.sources, &Place { document: self.module.document, pointer: at.to_owned() })
    }

    /// The definition at `at`, or the nearest one around it.
    fn nearest(&self, at: &str) -> &Named<'_> {
        const NONE: &Named<'_> = &Named { name: "", is_opaque: false };
        let mut at = at;
        loop {
            if let Some(named) = self.named.get(at) {
                return named;
            }
            match at.rsplit_once('/') {
                Some((around, _)) => at = around,
                None => return NONE,
            }
        }
    }

    /// The name of the definition that the schema at `at` refers to.
    fn target(&self, at: &str) -> String {
        let place = Place { document: self.module.document, pointer: at.to_owned() };
        let Some(target) = place.target(self.sources) else { return String::new() };
        match self.sources.documents.get(target.document) {
            Some(_) if target.document == self.module.document => self.nearest(&target.pointer).name.to_owned(),
            Some(document) => format!("{}::{}", document.source.module, document.name),
            None => String::new(),
        }
    }
}

/// The type that strings of a format are read into.
fn formatted(format: &str) -> &'static str {
    match format {
        "date" => "NaiveDate",
        "ipv4" => "Ipv4Addr",
        "ipv6" => "Ipv6Addr",
        _ => "DateTime<Utc>",
    }
}

/// `value` as JSON, cut where it is long.
fn shortened(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}
