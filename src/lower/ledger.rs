//! A document as it is written, and what was made of it -> the fate of each keyword, none left out.

mod assertion;

use std::collections::HashMap;

use serde_json::Value;

use super::class::{Kind, classify_at, is_asserted};
use super::place::Schemas;
use super::simplify::Simple;
use super::tag::Untold;
use super::{Fate, Form, Module, Part, Place, Plan, Tier};
use crate::pointer;
use crate::source::{Document, Keyword, Marked, Reading, Sources};
use crate::vocabulary::Role;

/// A value is shown up to so many characters.
const SHOWN: usize = 60;

/// The fate of each keyword of the documents of each module of `plan`, in the order they are written.
pub(super) fn fates(sources: &Sources, plan: &Plan, sharing: &HashMap<Place, String>) -> Vec<Vec<Fate>> {
    let Plan { modules, simple, .. } = plan;
    let (mut named, mut keyed) = (HashMap::new(), HashMap::new());
    for (index, module) in modules.iter().enumerate() {
        for definition in &module.definitions {
            let is_opaque = matches!(definition.form, Form::Opaque { .. });
            let entry = Named { name: &definition.name, module: index, is_opaque };
            keyed.insert(definition.key.as_str(), entry);
            if definition.part != Part::Shared {
                named.entry(&definition.place).or_insert(entry);
            }
        }
    }
    named.extend(sharing.iter().filter_map(|(place, key)| Some((place, *keyed.get(key.as_str())?))));
    let mut stand_ins = HashMap::new();
    for (index, pointer, origin) in simple.origins() {
        for part in origin.parts() {
            let stand_in = stand_ins.entry(part).or_insert((index, pointer));
            if origin.whole.as_ref() == Some(part) {
                *stand_in = (index, pointer);
            }
        }
    }
    let names: Vec<&str> = modules.iter().map(|module| module.name.as_str()).collect();
    let of = |(number, module): (usize, &Module)| {
        let documents = module.documents.clone().filter_map(|index| Some((index, sources.documents.get(index)?)));
        let fates = documents.flat_map(|(index, document)| {
            let (names, named, stand_ins) = (&names, &named, &stand_ins);
            let ledger = Ledger { simple, document, index, module: number, names, named, stand_ins };
            document.keywords().iter().map(move |keyword| ledger.fate(keyword))
        });
        fates.collect()
    };
    modules.iter().enumerate().map(of).collect()
}

/// A definition, as the ledger speaks of it.
#[derive(Clone, Copy)]
struct Named<'a> {
    name: &'a str,
    module: usize,
    is_opaque: bool,
}

struct Ledger<'a> {
    simple: &'a Simple,
    document: &'a Document,
    /// The index of the document.
    index: usize,
    /// The index of the module.
    module: usize,
    /// The names of all modules.
    names: &'a [&'a str],
    /// The definitions by their places.
    named: &'a HashMap<&'a Place, Named<'a>>,
    /// What was made of each schema of the sources: what accepts the same, if there is such, by its definition and its pointer there.
    stand_ins: &'a HashMap<&'a Place, (usize, &'a str)>,
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
    fn fate(&self, Keyword { pointer, reading, holds }: &Keyword) -> Fate {
        let value = pointer::find(self.document.as_written(), pointer).unwrap_or(&Value::Null);
        let Answer { tier, means, limit } = match reading {
            Reading::As(role) => self.answer(pointer, *role, value),
            Reading::Ignored(reason) => Answer::new(Tier::Annotation, *reason),
        };
        let value = if *holds { String::new() } else { shortened(value) };
        Fate { document: self.index, pointer: pointer.clone(), value, tier, means, limit }
    }

    /// What answers for the keyword of this `role`, written at `pointer` with `value`.
    fn answer(&self, pointer: &str, role: Role, value: &Value) -> Answer {
        let read = self.document.read_pointer(pointer);
        let (at, keyword) = read.rsplit_once('/').unwrap_or_default();
        let written = Place { document: self.index, pointer: at.to_owned() };
        match role {
            Role::Identifier if !["$id", "id"].contains(&keyword) => {
                return Answer::new(Tier::Identifier, "read, not carried on");
            }
            Role::Definitions => return Answer::new(Tier::Identifier, "a type each"),
            _ => {}
        }
        let marked = self.document.marked(at);
        if let (Some(marked), "x-speakeasy-unknown-values") = (marked, keyword) {
            return Answer::new(
                Tier::Annotation,
                match marked {
                    Marked::Open => "re-export; the enum is open, by the policy".to_owned(),
                    Marked::Closed(why) => format!("re-export; the enum is closed: {why}"),
                },
            );
        }
        let Some(place) = self.stand_in(&written, keyword) else {
            return Answer::new(Tier::Native, "no type: what stands around it has decided already");
        };
        let (name, is_opaque) = self.nearest(&place);
        match role {
            Role::Identifier => Answer::new(Tier::Identifier, format!("the name `{name}`")),
            _ if is_opaque => Answer::new(Tier::Opaque, format!("the validator of `{name}`{}", self.why(&place))),
            _ if keyword == "enum" && marked == Some(&Marked::Open) => Answer::new(Tier::Annotation, self.open(&place)),
            Role::Annotation if keyword == "nullable" => Answer::new(Tier::Native, "`Option` where `true`"),
            Role::Annotation if ["description", "title", "default", "example", "examples"].contains(&keyword) => {
                Answer::new(Tier::Annotation, "documentation and re-export")
            }
            Role::Annotation if keyword == "discriminator" => {
                Answer::new(Tier::Annotation, format!("re-export; {}", self.discriminator(&place, value)))
            }
            Role::Annotation => Answer::new(Tier::Annotation, "re-export"),
            Role::Assertion if keyword == "format" && !is_asserted(value, &self.document.source.policy) => {
                Answer::new(Tier::Annotation, "re-export; not asserted, by the policy")
            }
            _ => self.assertion(&place, keyword, name),
        }
    }

    /// The schema that was made of the one `written`, or the branch of it that `keyword` has gone to.
    fn stand_in(&self, written: &Place, keyword: &str) -> Option<Place> {
        let (document, pointer) = *self.stand_ins.get(written)?;
        let mut place = Place { document, pointer: pointer.to_owned() };
        loop {
            let schema = place.schema(self.simple);
            if schema.get(keyword).is_some() {
                return Some(place);
            }
            let branches =
                ["anyOf", "oneOf"].into_iter().find_map(|union| Some((union, schema.get(union)?.as_array()?)));
            let Some((union, branches)) = branches else { return Some(place) };
            let has = |branch: &Value| branch.get(keyword).is_some() || branch.get("anyOf").is_some();
            let Some(index) = branches.iter().position(has) else { return Some(place) };
            place = place.below(union).below(&index.to_string());
        }
    }

    /// What became of the values that are listed by the open enum at `place`.
    fn open(&self, place: &Place) -> String {
        match classify_at(self.simple, place).kind {
            Kind::Open(_) => {
                format!("variants of `{}`, which keeps every other string, by the policy", self.nearest(place).0)
            }
            _ => "re-export; it refuses nothing, by the policy".to_owned(),
        }
    }

    /// What became of the `discriminator` of the schema at `place`.
    fn discriminator(&self, place: &Place, value: &Value) -> String {
        let Some(member) = value.get("propertyName").and_then(Value::as_str) else {
            return "no tag: it names no `propertyName`".to_owned();
        };
        let place = match classify_at(self.simple, place).kind {
            Kind::Alternative(alternative) => alternative.schema(place),
            _ => place.clone(),
        };
        let Kind::Union(union) = classify_at(self.simple, &place).kind else {
            return "no tag: there is no choice that it could speak of".to_owned();
        };
        if union.tag.as_deref() == Some(member) {
            return format!("the tag of `{}`", self.nearest(&place).0);
        }
        let at = |place: &Place| super::code(&format!("#{}", self.simple.written(place).pointer));
        match union.untold(self.simple, member) {
            Some(Untold::Branch(branch, why)) => format!("no tag: the branch {} {why}", at(&branch)),
            Some(Untold::Shared(one, other, text)) => {
                format!("no tag: the branches {} and {} both accept {}", at(&one), at(&other), super::code(&text))
            }
            None => "no tag: the branches accept no object".to_owned(),
        }
    }

    /// Why the definition at `place` is opaque; nothing where the reason stands further up.
    fn why(&self, place: &Place) -> String {
        match classify_at(self.simple, place).kind {
            Kind::Opaque(why) if self.named.contains_key(place) => format!(": {why}"),
            _ => String::new(),
        }
    }

    /// The name of the definition at `place`, or of the nearest one around it, and whether that is opaque.
    fn nearest(&self, place: &Place) -> (&str, bool) {
        let mut place = place.clone();
        loop {
            if let Some(named) = self.named.get(&place) {
                return (named.name, named.is_opaque);
            }
            match place.pointer.rsplit_once('/') {
                Some((around, _)) => place.pointer.truncate(around.len()),
                None => return (&self.document.name, false),
            }
        }
    }

    /// The name of the definition that the schema at `place` refers to.
    fn target(&self, place: &Place) -> String {
        let Some(target) = self.simple.target(place) else { return String::new() };
        match self.named.get(&target) {
            Some(named) if named.module == self.module => named.name.to_owned(),
            Some(named) => {
                format!("{}::{}", self.names.get(named.module).copied().unwrap_or_default(), named.name)
            }
            None => String::new(),
        }
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
