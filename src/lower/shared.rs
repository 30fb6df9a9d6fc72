//! A scalar with rules, one string or nothing at all that is asked for where it is used, and what several places ask for alike
//! -> one type for all places of a source that ask for the same, named by what they ask for. What each place says without
//! refusing anything stays at that place.

use std::collections::BTreeSet;

use serde_json::Value;

use super::branch_names::LONGEST_TITLE;
use super::class::{Class, Kind, classify_at};
use super::define::{Defining, Referred, Waiting};
use super::names::{self, Wanted};
use super::place::Place;
use super::rules::Rule;
use super::simplify::Simple;
use super::{Called, Form, Lowering, Nameless, Part};
use crate::pointer;
use crate::source::KNOWN_VALUES;

/// What the places that share a type ask for, and what they call it.
#[derive(Debug)]
pub(super) struct Shared {
    what: What,
    /// The definitions of the source that ask for the same.
    listed: BTreeSet<String>,
    /// The `title` of each place that has one.
    titles: BTreeSet<String>,
    /// The member that each place is, or that it is an item or a value of.
    members: BTreeSet<String>,
}

/// What is asked for, which is the same wherever it is.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// A scalar of this kind by these rules.
    Rules(&'static str, Vec<Rule>),
    Said(Said),
}

/// What has a name that says all of it.
#[derive(Clone, Debug)]
pub(super) struct Said {
    /// All that is asked for, on one line.
    pub(super) asked: String,
    /// What the type may be called, the best first.
    pub(super) names: Vec<String>,
}

/// What is shared: in which module, and all that is asked for.
pub(super) type Asked = (usize, String);

/// The keywords that say which strings a schema knows.
pub(super) const LISTING: [&str; 2] = ["enum", KNOWN_VALUES];

/// Whether the schema at `place` has a type of its own in any case: what is referred to has one, and what a document is.
pub(super) fn has_its_own(simple: &Simple, place: &Place) -> bool {
    let whole = simple.origin(place).and_then(|origin| origin.whole.as_ref());
    let is_referred_to = whole.is_some_and(|whole| simple.index_of(whole).is_some());
    is_referred_to || (place.pointer.is_empty() && !simple.is_joined(place))
}

impl Defining<'_> {
    /// A reference to the type that what is of this `class` at `place` shares with all that ask for the same; none if it is nothing
    /// to be shared, or has a type of its own.
    pub(super) fn shared(&mut self, place: &Place, class: &Class<'_>) -> Option<Value> {
        let what = match self.given.alike.get(place) {
            Some(said) => What::Said(said.clone()),
            None => what(class)?,
        };
        if has_its_own(self.given.simple, place) {
            return None;
        }
        let asked = (self.given.simple.module(place), what.asked());
        let reference = self.refer(Referred::Shared { place: place.clone(), what, asked });
        // The type is made where this was asked for first; here, what is in it is asked for again.
        for member in class.members() {
            let at = member.place(place);
            self.shared(&at, &classify_at(self.given.simple, &at));
        }
        Some(reference)
    }
}

impl Lowering<'_> {
    /// The key of the type that is shared by all that are `asked` the same, which is what `place` asks for.
    pub(super) fn share(&mut self, place: Place, what: What, asked: Asked) -> String {
        let key = match self.shared.get(&asked) {
            Some(key) => key.clone(),
            None => {
                let (key, module) = (self.next_key(), asked.0);
                self.shared.insert(asked, key.clone());
                self.waiting.push(Waiting { key: key.clone(), place: place.clone(), part: Part::Shared });
                let called = BTreeSet::from([Called::Shared]);
                let shared = Some(Shared::new(what));
                self.nameless.insert(key.clone(), Nameless { module, called, shared, ..Nameless::default() });
                key
            }
        };
        let simple = self.given.simple;
        let title = place.schema(simple).get("title").and_then(Value::as_str);
        if let Some(shared) = self.nameless.get_mut(&key).and_then(|nameless| nameless.shared.as_mut()) {
            shared.titles.extend(title.map(str::to_owned));
            shared.members.extend(member(&simple.written(&place).pointer));
        }
        self.sharing.insert(place, key.clone());
        key
    }

    /// Notes which definitions ask for what is shared, once all are there.
    pub(super) fn compare_listed(&mut self) {
        for (module, of) in self.modules.iter().enumerate() {
            for definition in of.definitions.iter().filter(|definition| definition.listed) {
                let Form::Checked { rules, .. } = &definition.form else { continue };
                let key = self.shared.get(&(module, What::Rules("String", rules.clone()).asked()));
                let shared = key.and_then(|key| self.nameless.get_mut(key)?.shared.as_mut());
                if let Some((shared, name)) = shared.zip(pointer::tokens(&definition.pointer).last()) {
                    shared.listed.insert(name);
                }
            }
        }
    }
}

impl What {
    /// All that is asked for, on one line.
    fn asked(&self) -> String {
        match self {
            Self::Said(said) => said.asked.clone(),
            Self::Rules(kind, rules) => {
                let kind = if kind.is_empty() { "Value" } else { kind };
                let rules = rules.iter().map(|rule| format!("{} {}", rule.keyword, rule.value));
                format!("{kind} of {}", rules.collect::<Vec<_>>().join(", "))
            }
        }
    }
}

impl Shared {
    fn new(what: What) -> Self {
        Self { what, listed: BTreeSet::new(), titles: BTreeSet::new(), members: BTreeSet::new() }
    }

    /// All that is asked for, on one line.
    pub(super) fn asked(&self) -> String {
        self.what.asked()
    }

    /// What the type may be called. Bounds say it all, whoever has them. What a regular expression means, people say better: the
    /// definition that asks for the same, the title, or the member, if there is but one.
    pub(super) fn wanted(&self) -> Wanted {
        let (kind, rules) = match &self.what {
            What::Rules(kind, rules) => (*kind, rules),
            What::Said(said) => return Wanted { names: said.names.clone(), source: said.asked.clone() },
        };
        let is_plain = !rules.iter().any(|rule| rule.keyword == "pattern");
        let said = [&self.listed, &self.titles, &self.members];
        let is_name = |name: &&String| name.chars().count() <= LONGEST_TITLE && name.contains(char::is_alphabetic);
        let all = words(kind, rules);
        let first = said.into_iter().flatten().find(is_name).map(|name| format!("{name} {all}"));
        let agreed = said.into_iter().filter(|names| names.len() == 1 && !is_plain).flatten().filter(is_name);
        let names = agreed.chain([&all]).chain(&first).map(|name| names::type_name(&format!("{name} {kind}")));
        Wanted { names: names.collect(), source: self.asked() }
    }
}

/// What is shared wherever a scalar is asked for: by rules, one string alone, or nothing at all.
fn what(class: &Class<'_>) -> Option<What> {
    let rules = |kind| (!class.rules.is_empty()).then(|| What::Rules(kind, class.rules.clone()));
    match &class.kind {
        Kind::String => rules("String"),
        Kind::Integer => rules("Integer"),
        Kind::Unsigned => rules("Unsigned"),
        Kind::Number => rules("Number"),
        Kind::Types(_) => rules(""),
        Kind::Text(texts) if class.rules.is_empty() => match texts.as_slice() {
            [only] => Some(What::Said(one(only))),
            _ => None,
        },
        Kind::Values(values) if class.rules.is_empty() && values.is_empty() => {
            Some(What::Said(Said { asked: "Never".to_owned(), names: vec!["Never".to_owned()] }))
        }
        _ => None,
    }
}

/// One string alone.
fn one(only: &str) -> Said {
    let said = match only.contains(char::is_alphanumeric) {
        true => names::type_name(&format!("Only {only}")),
        false => names::one_word(format!("Only{}", names::variant_name(only))),
    };
    let spelled = names::type_name(&format!("Only {}", names::spelled(only)));
    Said { asked: format!("String of const {}", Value::from(only)), names: vec![said, spelled] }
}

/// The member that the schema at this pointer is, or that it is an item or a value of.
fn member(pointer: &str) -> Option<String> {
    let tokens: Vec<String> = pointer::tokens(pointer).collect();
    let at = tokens.iter().rposition(|token| token == "properties")?;
    let below = tokens.iter().skip(at + 2).filter_map(|token| match token.as_str() {
        "items" => Some(" item"),
        "additionalProperties" => Some(" value"),
        _ => None,
    });
    Some(tokens.get(at + 1)?.clone() + &below.collect::<String>())
}

/// What rules ask for, in words.
pub(super) fn words(kind: &str, rules: &[Rule]) -> String {
    let of = |keyword: &str| rules.iter().find(|rule| rule.keyword == keyword).map(|rule| &rule.value);
    let bounds = match kind {
        "String" => match (of("minLength").and_then(Value::as_u64), of("maxLength").and_then(Value::as_u64)) {
            (None | Some(0), None) => String::new(),
            (Some(1), None) => "non empty".to_owned(),
            (Some(least), None) => format!("from {least}"),
            (None | Some(0), Some(most)) => format!("up to {most}"),
            (Some(least), Some(most)) if least == most => format!("of {least}"),
            (Some(least), Some(most)) => format!("from {least} to {most}"),
        },
        _ => {
            let bounds =
                [("minimum", "from"), ("exclusiveMinimum", "above"), ("maximum", "to"), ("exclusiveMaximum", "below")];
            let bounds = bounds.into_iter().filter_map(|(keyword, word)| {
                let word = if word == "to" && of("minimum").is_none() { "up to" } else { word };
                Some(format!("{word} {}", number(of(keyword)?)))
            });
            bounds.collect::<Vec<_>>().join(" ")
        }
    };
    let others = rules.iter().filter_map(|Rule { keyword, value }| match (keyword.as_str(), value) {
        ("multipleOf", value) => Some(format!("multiple of {}", number(value))),
        ("format", Value::String(format)) => Some(format.clone()),
        ("pattern", Value::String(pattern)) => {
            let short: String = pattern.chars().take(LONGEST_TITLE).collect();
            Some(format!("matching {}", names::type_name(&short)))
        }
        ("type", Value::Array(types)) => Some(either(types)),
        _ => None,
    });
    [bounds].into_iter().chain(others).collect::<Vec<_>>().join(" ")
}

/// A number in words, which differ where numbers do.
fn number(value: &Value) -> String {
    value.to_string().replace('-', "minus ").replace('.', " point ").replace('+', "")
}

/// Those of `types`; all but the others, where these are fewer.
fn either(types: &[Value]) -> String {
    const ALL: [&str; 6] = ["array", "boolean", "null", "number", "object", "string"];
    let names: BTreeSet<&str> = types.iter().filter_map(Value::as_str).collect();
    let others: Vec<&str> = ALL.into_iter().filter(|name| !names.contains(name)).collect();
    match others.len() < names.len() {
        true => format!("anything but {}", others.join(" or ")),
        false => names.into_iter().collect::<Vec<_>>().join(" or "),
    }
}
