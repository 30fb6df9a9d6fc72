//! A scalar with rules, one string or nothing at all that is asked for where it is used -> one type for all places of a source
//! that ask for the same, named by what they ask for. What each place says without refusing anything stays at that place.
//!
//! An enum of several strings is not shared: its name would change whenever it gets one more.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::branch_names::LONGEST_TITLE;
use super::class::{Class, Kind};
use super::names::{self, Wanted};
use super::place::Place;
use super::rules::Rule;
use super::{Called, Form, Lowering, Nameless, Part, Waiting};
use crate::pointer;

/// What the places that share a type ask for, and what they call it.
#[derive(Debug, Default)]
pub(super) struct Shared {
    kind: &'static str,
    /// The only string that it is, if there is but one.
    only: Option<String>,
    rules: Vec<Rule>,
    /// The definitions of the source that ask for the same.
    listed: BTreeSet<String>,
    /// The `title` of each place that has one.
    titles: BTreeSet<String>,
    /// The member that each place is, or that it is an item or a value of.
    members: BTreeSet<String>,
}

impl Lowering<'_> {
    /// The key of the type that what is of this `class` at `place` shares with all that ask for the same; none if it is nothing
    /// to be shared, or has a type of its own: what is referred to has one.
    pub(super) fn shared(&mut self, place: &Place, class: &Class<'_>) -> Option<String> {
        let (kind, only) = kind(class)?;
        let whole = self.simple.origin(place).and_then(|origin| origin.whole.as_ref());
        let is_referred_to = whole.is_some_and(|whole| self.simple.index_of(whole).is_some());
        let is_root = place.pointer.is_empty() && !self.simple.is_joined(place);
        if is_referred_to || is_root {
            return None;
        }
        let module = self.simple.module(place);
        let at = asked(module, kind, only, &class.rules);
        let key = match self.shared.get(&at) {
            Some(key) => key.clone(),
            None => {
                let key = self.next_key();
                self.shared.insert(at, key.clone());
                self.waiting.push_back(Waiting { key: key.clone(), place: place.clone(), part: Part::Shared });
                let only = only.map(str::to_owned);
                let shared = Shared { kind, only, rules: class.rules.clone(), ..Shared::default() };
                let called = BTreeSet::from([Called::Shared]);
                let nameless = Nameless { module, called, shared: Some(shared), ..Nameless::default() };
                self.nameless.insert(key.clone(), nameless);
                key
            }
        };
        let title = place.schema(self.simple).get("title").and_then(Value::as_str);
        if let Some(shared) = self.nameless.get_mut(&key).and_then(|nameless| nameless.shared.as_mut()) {
            shared.titles.extend(title.map(str::to_owned));
            shared.members.extend(member(&self.simple.written(place).pointer));
        }
        self.sharing.insert(place.clone(), key.clone());
        Some(key)
    }

    /// Notes which definitions ask for what is shared, once all are there.
    pub(super) fn compare_listed(&mut self) {
        for (module, of) in self.modules.iter().enumerate() {
            for definition in of.definitions.iter().filter(|definition| definition.listed) {
                let Form::Checked { rules, .. } = &definition.form else { continue };
                let key = self.shared.get(&asked(module, "String", None, rules));
                let shared = key.and_then(|key| self.nameless.get_mut(key)?.shared.as_mut());
                if let Some((shared, name)) = shared.zip(pointer::tokens(&definition.pointer).last()) {
                    shared.listed.insert(name);
                }
            }
        }
    }
}

impl Shared {
    /// What is asked for, which is the same wherever it is.
    pub(super) fn asked(&self) -> String {
        if let Some(only) = &self.only {
            return format!("String of const {}", Value::from(only.as_str()));
        }
        let rules = self.rules.iter().map(|rule| format!("{} {}", rule.keyword, rule.value));
        let kind = if self.kind.is_empty() { "Value" } else { self.kind };
        if self.rules.is_empty() {
            return kind.to_owned();
        }
        format!("{kind} of {}", rules.collect::<Vec<_>>().join(", "))
    }

    /// What the type may be called. Bounds say it all, whoever has them. What a regular expression means, people say better: the
    /// definition that asks for the same, the title, or the member, if there is but one.
    pub(super) fn wanted(&self) -> Wanted {
        if let Some(only) = &self.only {
            let said = match only.contains(char::is_alphanumeric) {
                true => names::type_name(&format!("Only {only}")),
                false => names::one_word(format!("Only{}", names::variant_name(only))),
            };
            let spelled = names::type_name(&format!("Only {}", names::spelled(only)));
            return Wanted { names: vec![said, spelled], source: only.clone() };
        }
        if self.rules.is_empty() {
            return Wanted { names: vec![self.kind.to_owned()], source: self.asked() };
        }
        let is_plain = !self.rules.iter().any(|rule| rule.keyword == "pattern");
        let said = [&self.listed, &self.titles, &self.members];
        let is_name = |name: &&String| name.chars().count() <= LONGEST_TITLE && name.contains(char::is_alphabetic);
        let all = words(self.kind, &self.rules);
        let first = said.into_iter().flatten().find(is_name).map(|name| format!("{name} {all}"));
        let agreed = said.into_iter().filter(|names| names.len() == 1 && !is_plain).flatten().filter(is_name);
        let names = agreed.chain([&all]).chain(&first).map(|name| names::type_name(&format!("{name} {}", self.kind)));
        let rules = self.rules.iter().map(|rule| format!("{} {}", rule.keyword, rule.value));
        Wanted { names: names.collect(), source: rules.collect() }
    }
}

/// What is asked for: in which module, of which kind, the only string, by which rules.
pub(super) type Asked = (usize, &'static str, Option<String>, String);

fn asked(module: usize, kind: &'static str, only: Option<&str>, rules: &[Rule]) -> Asked {
    let rules: Vec<Value> = rules.iter().map(|rule| json!([rule.keyword, rule.value])).collect();
    (module, kind, only.map(str::to_owned), Value::from(rules).to_string())
}

/// A word for what can be shared, and the only string that it is, if there is but one.
fn kind<'a>(class: &Class<'a>) -> Option<(&'static str, Option<&'a str>)> {
    let has_rules = !class.rules.is_empty();
    Some(match &class.kind {
        Kind::String if has_rules => ("String", None),
        Kind::Integer if has_rules => ("Integer", None),
        Kind::Unsigned if has_rules => ("Unsigned", None),
        Kind::Number if has_rules => ("Number", None),
        Kind::Types(_) if has_rules => ("", None),
        Kind::Text(texts) if !has_rules => match texts.as_slice() {
            [only] => ("String", Some(*only)),
            _ => return None,
        },
        Kind::Values(values) if !has_rules && values.is_empty() => ("Never", None),
        _ => return None,
    })
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
fn words(kind: &str, rules: &[Rule]) -> String {
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
