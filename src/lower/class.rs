//! A schema -> what Rust can say of it exactly: the one place that decides between native, checked and opaque.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::faithful;
use super::null::{self, Alternative};
use super::object::{Named, Object, object};
use super::place::Place;
use super::rules::{self, Rule, rules};
use super::simplify::Simple;
use super::tuple::{Tuple, tuple};
use super::union::{Union, union};
use super::values;
use crate::source::{FormatType, KNOWN_VALUES, Policy};
use crate::vocabulary::{self, Role};

/// What a schema is, as far as Rust's types can say it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Class<'a> {
    /// What it is when it is not `null`.
    pub(super) kind: Kind<'a>,
    /// Whether it accepts `null` besides.
    pub(super) nullable: bool,
    /// What a check has to find besides, when it is not `null`.
    pub(super) rules: Vec<Rule>,
}

impl<'a> Class<'a> {
    fn new(kind: Kind<'a>, nullable: bool) -> Self {
        Self { kind, nullable, rules: Vec::new() }
    }

    /// Whether a check has to find what `keyword` says.
    pub(super) fn has_rule(&self, keyword: &str) -> bool {
        self.rules.iter().any(|rule| rule.keyword == keyword)
    }

    /// Whether it needs a type of its own.
    pub(super) fn is_named(&self) -> bool {
        !self.rules.is_empty()
            || matches!(
                self.kind,
                Kind::Object(_)
                    | Kind::Tuple(_)
                    | Kind::Text(_)
                    | Kind::Open(_)
                    | Kind::Values(_)
                    | Kind::Union(_)
                    | Kind::Opaque(_)
            )
    }

    /// The members that have names of their own.
    pub(super) fn members(&self) -> &[Named<'a>] {
        match &self.kind {
            Kind::Object(object) => &object.members,
            _ => &[],
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind<'a> {
    /// Accepts everything.
    Any,
    /// Accepts `null` alone.
    Null,
    Boolean,
    Integer,
    /// An integer that is not negative, and may be more than an `i64` holds.
    Unsigned,
    Number,
    String,
    /// A string of a format that the policy reads as a type of its own: the format.
    Formatted(&'a str),
    /// One of these strings, each different.
    Text(Vec<&'a str>),
    /// A string; one of these, each different, or any other.
    Open(Vec<&'a str>),
    /// One of these values, each different and none `null`, not all strings; or none, where nothing is accepted.
    Values(Vec<&'a Value>),
    /// What the schema refers to.
    Reference,
    /// What one of two branches accepts; the other accepts `null` alone.
    Alternative(Alternative),
    /// An array; whether `items` says of what.
    List {
        items: bool,
    },
    /// An array whose first items each have a schema of their own.
    Tuple(Tuple),
    /// An object without named members; whether `additionalProperties` says what its values are.
    Map {
        values: bool,
    },
    /// An object with named members, or with more than one kind of members.
    Object(Object<'a>),
    /// What a branch of this keyword accepts; what that means for Rust is not looked at.
    Branches(&'static str),
    /// What one of several branches accepts.
    Union(Union),
    /// A value of one of these types.
    Types(Vec<&'a str>),
    /// More than Rust's types say; in a few words, what of it.
    Opaque(String),
}

/// Classifies the schema at `place`.
pub(super) fn classify_at<'a>(simple: &'a Simple, place: &Place) -> Class<'a> {
    let class = classify_alone(simple, place);
    match class.kind {
        // `null` twice is, for `oneOf`, none at all; and two ways to say it are one too many for Rust.
        Kind::Alternative(alternative) if null::accepts(simple, &alternative.schema(place)) => {
            opaque(format!("`{}` of `null` and a schema that accepts `null`, too", alternative.keyword))
        }
        Kind::Branches(_) if simple.kept.untold.contains(place) => {
            opaque("`oneOf` of which a branch is written otherwise than it is read, and then is another's")
        }
        Kind::Branches(keyword) => Class::new(Kind::Union(union(simple, place, keyword)), false),
        Kind::List { .. } | Kind::Tuple(_) if class.has_rule("uniqueItems") && !faithful::are_items(simple, place) => {
            opaque("`uniqueItems` of items that are not written as they are read")
        }
        _ => class,
    }
}

/// Classifies the schema at `place` without a look at what it refers to.
pub(super) fn classify_alone<'a>(simple: &'a Simple, place: &Place) -> Class<'a> {
    classify_schema(simple, place, place.schema(simple))
}

/// Classifies `schema`, which is at `place`, without a look at what it refers to.
pub(super) fn classify_schema<'a>(simple: &'a Simple, place: &Place, schema: &'a Value) -> Class<'a> {
    let mut class = classify(schema, simple.policy(place));
    if let Kind::Object(object) = &mut class.kind {
        object.keeps_others |= !object.closed && simple.kept.objects.contains(place);
    }
    class
}

/// Classifies `schema`. `policy` says which formats are asserted.
fn classify<'a>(schema: &'a Value, policy: &Policy) -> Class<'a> {
    let keywords = match schema {
        Value::Object(keywords) => keywords,
        Value::Bool(true) => return Class::new(Kind::Any, false),
        _ => return Class::new(Kind::Values(Vec::new()), false),
    };
    let asserting = Asserting::new(keywords, policy);
    if asserting.are(&[]) {
        return Class::new(Kind::Any, false);
    }
    if asserting.are(&["$ref"]) {
        return Class::new(Kind::Reference, false);
    }
    if (asserting.are(&["anyOf"]) || asserting.are(&["oneOf"]))
        && let Some(alternative) = null::alternative(keywords)
    {
        return Class::new(Kind::Alternative(alternative), true);
    }
    for keyword in ["anyOf", "oneOf"] {
        if asserting.are(&[keyword]) {
            return Class::new(Kind::Branches(keyword), false);
        }
    }
    if asserting.are(&["type"])
        && let Some(names) = several_types(keywords)
    {
        let rule = Rule { keyword: "type".to_owned(), value: names.clone().into() };
        return Class { kind: Kind::Types(names), nullable: false, rules: vec![rule] };
    }
    if (asserting.are(&["enum"]) || asserting.are(&["const"]))
        && let Some(values) = values::listed(keywords)
    {
        let (kind, nullable) = values::kind(values);
        return Class::new(kind, nullable);
    }
    let Some((name, nullable)) = type_and_null(keywords) else {
        return opaque(match keywords.get("type") {
            None => format!("{} without `type`", asserting.but(&[])),
            Some(_) => "more than one `type`".to_owned(),
        });
    };
    let Some(mut rules) = rules(name, keywords) else {
        return opaque(format!("a bound or a pattern that no check holds exactly, of `{name}`"));
    };
    if name == "string" {
        return text(keywords, &asserting, nullable, rules, policy);
    }
    let shaping: &[&str] = match name {
        "array" => &["type", "items", "prefixItems"],
        "object" => &["type", "properties", "patternProperties", "additionalProperties", "propertyNames", "required"],
        _ => &["type"],
    };
    let understood = [shaping, rules::keywords(name)].concat();
    if !asserting.are(&understood) {
        return opaque(asserting.but(&understood));
    }
    let kind = match name {
        "null" => Kind::Null,
        "boolean" => Kind::Boolean,
        "integer" if rules::are_unsigned(&rules, keywords) => Kind::Unsigned,
        "integer" => Kind::Integer,
        "number" => Kind::Number,
        "array" => tuple(keywords, &mut rules).unwrap_or(Kind::List { items: keywords.contains_key("items") }),
        _ => object(keywords, &rules),
    };
    match kind {
        Kind::Opaque(why) => opaque(why),
        kind => Class { kind, nullable, rules },
    }
}

fn opaque(why: impl Into<String>) -> Class<'static> {
    Class::new(Kind::Opaque(why.into()), false)
}

/// The keywords of a schema that can refuse something.
struct Asserting<'a>(Vec<&'a str>);

impl<'a> Asserting<'a> {
    fn new(keywords: &'a Map<String, Value>, policy: &Policy) -> Self {
        let names = keywords.iter().filter(|(keyword, value)| is_asserting(keyword, value, policy));
        Self(names.map(|(keyword, _)| keyword.as_str()).collect())
    }

    /// Whether there are none but `allowed`, and the first of `allowed` is among them.
    fn are(&self, allowed: &[&str]) -> bool {
        self.0.iter().all(|keyword| allowed.contains(keyword))
            && allowed.first().is_none_or(|first| self.0.contains(first))
    }

    /// Those that are not among `allowed`, for people.
    fn but(&self, allowed: &[&str]) -> String {
        let others = self.0.iter().filter(|keyword| !allowed.contains(keyword));
        others.map(|keyword| format!("`{keyword}`")).collect::<Vec<_>>().join(", ")
    }
}

/// Whether `keyword` with this value refuses something.
pub(super) fn is_asserting(keyword: &str, value: &Value, policy: &Policy) -> bool {
    match vocabulary::role(keyword) {
        Role::Assertion if keyword == "format" => is_asserted(value, policy),
        Role::Applicator(_) if keyword == "allOf" => {
            let mut branches = value.as_array().into_iter().flatten();
            branches.any(|branch| match branch {
                Value::Object(branch) => branch.iter().any(|(keyword, value)| is_asserting(keyword, value, policy)),
                branch => *branch != Value::Bool(true),
            })
        }
        Role::Assertion | Role::Applicator(_) | Role::Reference => true,
        Role::Annotation | Role::Definitions | Role::Identifier => false,
    }
}

/// Whether the policy asserts the format that `format`'s value names.
pub(super) fn is_asserted(format: &Value, policy: &Policy) -> bool {
    format.as_str().is_some_and(|format| policy.formats.contains_key(format))
}

/// The formats in `schema` that the policy does not assert.
pub(super) fn annotated_formats(schema: &Value, policy: &Policy) -> BTreeSet<String> {
    let formats = vocabulary::subschemas(schema, "").into_iter().filter_map(|(_, schema)| schema.get("format"));
    formats.filter(|format| !is_asserted(format, policy)).filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The types that a schema names, if they are more than one and `null`.
fn several_types(keywords: &Map<String, Value>) -> Option<Vec<&str>> {
    let names: Vec<&str> = keywords.get("type")?.as_array()?.iter().filter_map(Value::as_str).collect();
    let others = names.iter().filter(|name| **name != "null").count();
    (others > 1).then_some(names)
}

/// The one type that a schema names, and whether it names `null` besides. Strings alone in `enum` or `const` name
/// theirs, too.
fn type_and_null(keywords: &Map<String, Value>) -> Option<(&str, bool)> {
    match keywords.get("type") {
        Some(Value::String(name)) => Some((name, false)),
        Some(Value::Array(names)) => match names.as_slice() {
            [Value::String(name)] => Some((name, false)),
            [Value::String(name), Value::String(null)] if null == "null" => Some((name, true)),
            [Value::String(null), Value::String(name)] if null == "null" => Some((name, true)),
            _ => None,
        },
        Some(_) => None,
        None => {
            let values = values::listed(keywords)?;
            let is_text = |value: &&Value| value.is_string() || value.is_null();
            (values.iter().all(is_text) && values.iter().any(|value| value.is_string())).then_some(("string", true))
        }
    }
}

fn text<'a>(
    keywords: &'a Map<String, Value>,
    asserting: &Asserting<'a>,
    nullable: bool,
    mut rules: Vec<Rule>,
    policy: &Policy,
) -> Class<'a> {
    let understood = [&["type"], rules::keywords("string")].concat();
    if asserting.are(&understood) {
        let kind = known(keywords, &rules).map_or(Kind::String, Kind::Open);
        return Class { kind, nullable, rules };
    }
    if asserting.are(&[understood.as_slice(), &["format"]].concat())
        && let Some(format) = keywords.get("format").and_then(Value::as_str)
    {
        // A type of its own does not keep how a value is written, and of that the other rules speak.
        let is_type = rules.is_empty() && policy.formats.get(format) != Some(&FormatType::Text);
        if is_type {
            return Class::new(Kind::Formatted(format), nullable);
        }
        rules.push(Rule { keyword: "format".to_owned(), value: format.into() });
        return Class { kind: Kind::String, nullable, rules };
    }
    let listing = [rules::keywords("string"), &["type", "enum", "const"]].concat();
    let listed = asserting.0.iter().all(|keyword| listing.contains(keyword));
    let Some(values) = values::listed(keywords).filter(|_| listed) else { return opaque(asserting.but(&understood)) };
    let nullable = nullable && values.iter().any(|value| value.is_null());
    let keeps = rules::keeping(&rules);
    let mut met = BTreeSet::new();
    let texts = values.into_iter().filter_map(Value::as_str).filter(|text| keeps(text) && met.insert(*text));
    let texts: Vec<&str> = texts.collect();
    match texts.is_empty() {
        true => Class::new(Kind::Values(Vec::new()), nullable),
        false => Class::new(Kind::Text(texts), nullable),
    }
}

/// The strings that are known of an open enum, if it has no others and all keep `rules`.
fn known<'a>(keywords: &'a Map<String, Value>, rules: &[Rule]) -> Option<Vec<&'a str>> {
    let known: Vec<&str> = keywords.get(KNOWN_VALUES)?.as_array()?.iter().map(Value::as_str).collect::<Option<_>>()?;
    let distinct = known.iter().collect::<BTreeSet<_>>().len() == known.len();
    (distinct && !known.is_empty() && known.iter().copied().all(rules::keeping(rules))).then_some(known)
}
