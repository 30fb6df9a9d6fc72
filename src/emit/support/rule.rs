//! Rules that a value keeps or breaks besides being of its type: the length of a string, the bounds of a number, the count of
//! a list.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::de::{Deserializer, Error};

use super::number::{Number, read_number};
use super::plain::are_unique;
use super::{Invalid, Json};

/// A rule that a value keeps or breaks, named for its keyword. One that does not speak of the value's type is kept.
pub(crate) enum Rule {
    /// So many characters (Unicode code points) at the least.
    MinLength(usize),
    /// So many characters (Unicode code points) at the most.
    MaxLength(usize),
    /// A match of the regular expression somewhere in the text; the function looks for it.
    Pattern(&'static str, fn(&str) -> bool),
    /// A text of the format; the function tells.
    Format(&'static str, fn(&str) -> bool),
    Minimum(Number),
    Maximum(Number),
    ExclusiveMinimum(Number),
    ExclusiveMaximum(Number),
    MultipleOf(Number),
    MinItems(usize),
    MaxItems(usize),
    /// No two items are equal, as JSON.
    UniqueItems,
    MinProperties(usize),
    MaxProperties(usize),
    /// A value of one of these types.
    Type(&'static [&'static str]),
}

/// A type whose values rules can speak of. A rule that does not speak of them is kept by all.
pub(crate) trait Ruled: Json {
    /// Whether the value keeps `rule`.
    fn keeps(&self, rule: &Rule) -> bool;
    /// The value, shortly, for an error.
    fn shown(&self) -> String;
    /// Reads a value that keeps all of `rules`.
    fn read_ruled<'de, D: Deserializer<'de>>(deserializer: D, rules: &'static Rules) -> Result<Self, D::Error> {
        let value = Self::read(deserializer)?;
        rules.check(&value).map_err(D::Error::custom)?;
        Ok(value)
    }
}

impl Rule {
    /// The keyword, and its value for an error.
    pub(crate) fn said(&self) -> (&'static str, String) {
        match self {
            Self::MinLength(count) => ("minLength", count.to_string()),
            Self::MaxLength(count) => ("maxLength", count.to_string()),
            Self::Pattern(text, _) => ("pattern", format!("{text:?}")),
            Self::Format(name, _) => ("format", format!("{name:?}")),
            Self::Minimum(bound) => ("minimum", bound.to_string()),
            Self::Maximum(bound) => ("maximum", bound.to_string()),
            Self::ExclusiveMinimum(bound) => ("exclusiveMinimum", bound.to_string()),
            Self::ExclusiveMaximum(bound) => ("exclusiveMaximum", bound.to_string()),
            Self::MultipleOf(divisor) => ("multipleOf", divisor.to_string()),
            Self::MinItems(count) => ("minItems", count.to_string()),
            Self::MaxItems(count) => ("maxItems", count.to_string()),
            Self::UniqueItems => ("uniqueItems", "true".to_owned()),
            Self::MinProperties(count) => ("minProperties", count.to_string()),
            Self::MaxProperties(count) => ("maxProperties", count.to_string()),
            Self::Type(names) => ("type", format!("{names:?}")),
        }
    }

    /// The keyword's value.
    #[cfg(feature = "schemars")]
    pub(crate) fn value(&self) -> serde_json::Value {
        match self {
            Self::MinLength(count) | Self::MaxLength(count) => (*count).into(),
            Self::MinItems(count) | Self::MaxItems(count) => (*count).into(),
            Self::MinProperties(count) | Self::MaxProperties(count) => (*count).into(),
            Self::Pattern(text, _) | Self::Format(text, _) => (*text).into(),
            Self::UniqueItems => true.into(),
            Self::Type(names) => (*names).into(),
            Self::Minimum(bound) | Self::Maximum(bound) | Self::MultipleOf(bound) => bound.json(),
            Self::ExclusiveMinimum(bound) | Self::ExclusiveMaximum(bound) => bound.json(),
        }
    }
}

/// The rules of one definition.
pub(crate) struct Rules {
    /// The schema's file and the JSON Pointer of the definition.
    pub(crate) source: &'static str,
    pub(crate) all: &'static [Rule],
}

impl Rules {
    /// Whether `value` keeps all rules; else the first that it breaks.
    pub(crate) fn check<T: Ruled>(&self, value: &T) -> Result<(), Invalid> {
        match self.all.iter().find(|rule| !value.keeps(rule)) {
            Some(rule) => Err(self.broken(rule, value.shown())),
            None => Ok(()),
        }
    }

    /// Whether `number` keeps all rules; `false` too if that cannot be told before the program runs.
    pub(crate) const fn are_kept_by(&self, number: Number) -> bool {
        let mut index = 0;
        while index < self.all.len() {
            if !matches!(keeps_soon(number, &self.all[index]), Some(true)) {
                return false;
            }
            index += 1;
        }
        true
    }

    fn broken(&self, rule: &Rule, shown: String) -> Invalid {
        let (keyword, value) = rule.said();
        Invalid::new(format!("breaks {keyword} {value}"), shown, self.source)
    }
}

impl Ruled for String {
    fn keeps(&self, rule: &Rule) -> bool {
        match rule {
            Rule::MinLength(count) => !is_shorter(self, *count),
            // No text has more characters than bytes, and most are too short for a look at them.
            Rule::MaxLength(count) => self.len() <= *count || is_shorter(self, count.saturating_add(1)),
            Rule::Pattern(_, matches) | Rule::Format(_, matches) => matches(self),
            _ => true,
        }
    }

    fn shown(&self) -> String {
        format!("{self:?}")
    }
}

/// Whether `text` has fewer than so many characters.
fn is_shorter(text: &str, count: usize) -> bool {
    count.checked_sub(1).is_some_and(|last| text.chars().nth(last).is_none())
}

/// Whether a number keeps `rule`, by its value.
fn number_keeps(number: Number, rule: &Rule) -> bool {
    match rule {
        Rule::MultipleOf(divisor) => number.is_multiple_of(*divisor),
        _ => keeps_soon(number, rule).unwrap_or(true),
    }
}

/// Whether a number keeps `rule`, as far as that can be told before the program runs.
const fn keeps_soon(number: Number, rule: &Rule) -> Option<bool> {
    match rule {
        Rule::Minimum(bound) => Some(matches!(number.compare(*bound), Some(Ordering::Greater | Ordering::Equal))),
        Rule::Maximum(bound) => Some(matches!(number.compare(*bound), Some(Ordering::Less | Ordering::Equal))),
        Rule::ExclusiveMinimum(bound) => Some(matches!(number.compare(*bound), Some(Ordering::Greater))),
        Rule::ExclusiveMaximum(bound) => Some(matches!(number.compare(*bound), Some(Ordering::Less))),
        Rule::MultipleOf(Number::Integer(divisor)) => match number {
            Number::Integer(number) => Some(*divisor != 0 && number % *divisor == 0),
            Number::Float(_) => None,
        },
        _ => None,
    }
}

macro_rules! integers {
    ($($type:ty),*) => {$(
        impl Ruled for $type {
            fn keeps(&self, rule: &Rule) -> bool {
                number_keeps(Number::Integer((*self).into()), rule)
            }

            fn shown(&self) -> String {
                self.to_string()
            }
        }
    )*};
}

integers!(i64, u64);

impl Ruled for f64 {
    fn keeps(&self, rule: &Rule) -> bool {
        number_keeps(Number::Float(*self), rule)
    }

    fn shown(&self) -> String {
        self.to_string()
    }

    /// What is written has to keep the rules, and so has the double nearest to it.
    fn read_ruled<'de, D: Deserializer<'de>>(deserializer: D, rules: &'static Rules) -> Result<Self, D::Error> {
        let number = read_number(deserializer, "a number", |deserializer, any| deserializer.deserialize_f64(any))?;
        if let Some(rule) = rules.all.iter().find(|rule| !number_keeps(number, rule)) {
            return Err(D::Error::custom(rules.broken(rule, number.to_string())));
        }
        let nearest = number.nearest();
        rules.check(&nearest).map_err(D::Error::custom)?;
        Ok(nearest)
    }
}

impl<T: Json> Ruled for Vec<T> {
    fn keeps(&self, rule: &Rule) -> bool {
        match rule {
            Rule::MinItems(count) => self.len() >= *count,
            Rule::MaxItems(count) => self.len() <= *count,
            Rule::UniqueItems => are_unique(self),
            _ => true,
        }
    }

    fn shown(&self) -> String {
        format!("an array of {}", self.len())
    }
}

impl<T: Json> Ruled for BTreeMap<String, T> {
    fn keeps(&self, rule: &Rule) -> bool {
        match rule {
            Rule::MinProperties(count) => self.len() >= *count,
            Rule::MaxProperties(count) => self.len() <= *count,
            _ => true,
        }
    }

    fn shown(&self) -> String {
        format!("an object of {}", self.len())
    }
}

/// A rule as it is stated, with what its check needs.
macro_rules! rule {
    (UniqueItems()) => {
        $crate::support::Rule::UniqueItems
    };
    (Pattern($text:literal $($table:tt)*)) => {
        $crate::support::Rule::Pattern($text, $crate::support::pattern!($text $($table)*))
    };
    (Format("date")) => {
        $crate::support::Rule::Format("date", $crate::support::is_date)
    };
    (Format("date-time")) => {
        $crate::support::Rule::Format("date-time", $crate::support::is_date_time)
    };
    (Format("ipv4")) => {
        $crate::support::Rule::Format("ipv4", $crate::support::is_ipv4)
    };
    (Format("ipv6")) => {
        $crate::support::Rule::Format("ipv6", $crate::support::is_ipv6)
    };
    (Format("uuid")) => {
        $crate::support::Rule::Format("uuid", $crate::support::is_uuid)
    };
    (Type(&[$($name:literal),*])) => {
        $crate::support::Rule::Type(&[$($name),*])
    };
    ($rule:ident($value:literal)) => {
        $crate::support::Rule::$rule($value)
    };
    ($rule:ident($kind:ident $value:literal)) => {
        $crate::support::Rule::$rule($crate::support::Number::$kind($value))
    };
}
pub(crate) use rule;
