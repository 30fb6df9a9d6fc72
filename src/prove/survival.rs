//! A value that was read and what was written back -> what was lost or changed on the way.
//!
//! Numbers are compared by value, but what the schema calls a number and not an integer may come back as the double
//! nearest to it. Strings are compared by instant where an asserted `date-time` applies, and by address where an `ipv6`
//! does. A member may be dropped only
//! where a schema that applies names members and neither it nor another that applies speaks of this one; which schemas
//! apply, the validator's annotations say (2020-12 Core, sections 7.7 and 10.3.2).

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv6Addr;

use jsonschema::{Evaluation, OutputUnit};
use serde_json::{Map, Number, Value};

use super::side::Side;
use crate::equal::equal;
use crate::pointer;

/// The keywords that speak of numbers.
const NUMBERS: &[&str] = &["exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"];

/// Something lost or changed, with the place in the value.
pub(super) struct Loss {
    pub(super) pointer: String,
    pub(super) message: String,
}

/// What the schemas that apply to a valid value say about it.
struct Spoken<'a> {
    source: &'a Side,
    evaluation: &'a Evaluation,
    /// By the place of an object: the members they speak of. An object that is not here is a map of its own.
    members: BTreeMap<String, BTreeSet<String>>,
    /// By the place of a string: the formats of which another text can stand for the same.
    formats: BTreeMap<String, BTreeSet<String>>,
}

/// Whether `written` still is `value`, which `source` accepts.
pub(super) fn check(source: &Side, value: &Value, written: &Value) -> Result<(), Loss> {
    let plainly = Spoken::new(source, &source.validator.evaluate(value), &says_nothing).same(value, written, "");
    // Where something was lost, it pays to look closer at what seems to speak of it.
    plainly.or_else(|_| {
        let accepts_all = |at: &str, schema: &Value| says_nothing(at, schema) || source.accepts_all(at);
        Spoken::new(source, &source.validator.evaluate(value), &accepts_all).same(value, written, "")
    })
}

/// Whether a schema is empty.
fn says_nothing(_: &str, schema: &Value) -> bool {
    schema.as_object().is_some_and(Map::is_empty)
}

impl<'a> Spoken<'a> {
    /// What the schemas that apply say; those of which `says_nothing` holds, by their places and themselves, say nothing.
    fn new(source: &'a Side, evaluation: &'a Evaluation, says_nothing: &dyn Fn(&str, &Value) -> bool) -> Self {
        let mut spoken = Self { source, evaluation, members: BTreeMap::new(), formats: BTreeMap::new() };
        for entry in evaluation.iter_annotations() {
            let at = entry.instance_location.as_str().to_owned();
            let keyword = entry.schema_location.rsplit('/').next().unwrap_or_default();
            let schema = |pointer: &str| source.schema.pointer(pointer);
            let is_nothing = |schema: &Value| says_nothing(entry.schema_location, schema);
            match (keyword, entry.annotations.value()) {
                // It says no more of the other members than if it were not there: those that have a name are in `properties`.
                ("additionalProperties" | "unevaluatedProperties", _)
                    if schema(entry.schema_location).is_some_and(is_nothing) =>
                {
                    let around = entry.schema_location.rsplit_once('/').and_then(|(around, _)| schema(around));
                    if let Some(Value::Object(named)) = around.and_then(|around| around.get("properties")) {
                        spoken.members.entry(at).or_default().extend(named.keys().cloned());
                    }
                }
                (
                    "properties" | "patternProperties" | "additionalProperties" | "unevaluatedProperties",
                    Value::Array(names),
                ) => {
                    let names = names.iter().filter_map(Value::as_str).map(str::to_owned);
                    spoken.members.entry(at).or_default().extend(names);
                }
                ("format", Value::String(format)) => drop(spoken.formats.entry(at).or_default().insert(format.clone())),
                _ => {}
            }
        }
        spoken
    }
}

impl Spoken<'_> {
    fn same(&self, value: &Value, written: &Value, at: &str) -> Result<(), Loss> {
        match (value, written) {
            (Value::Object(read), Value::Object(out)) => {
                let may_go = |name: &str| self.members.get(at).is_some_and(|spoken| !spoken.contains(name));
                for (name, value) in read {
                    match out.get(name) {
                        Some(written) => self.same(value, written, &pointer::push(at, name))?,
                        None if may_go(name) => {}
                        None => return Err(loss(&pointer::push(at, name), format!("{value} is not written back"))),
                    }
                }
                match out.keys().find(|name| !read.contains_key(*name)) {
                    Some(name) => Err(loss(&pointer::push(at, name), "it was absent and is written".to_owned())),
                    None => Ok(()),
                }
            }
            (Value::Array(read), Value::Array(out)) if read.len() == out.len() => {
                read.iter().zip(out).enumerate().try_for_each(|(index, (value, written))| {
                    self.same(value, written, &pointer::push(at, &index.to_string()))
                })
            }
            (Value::String(read), Value::String(out)) if self.is_same_text(at, read, out) => Ok(()),
            _ if equal(value, written) => Ok(()),
            (Value::Number(read), Value::Number(out)) if is_nearest(read, out) && self.is_double(at) => Ok(()),
            _ => Err(loss(at, format!("{value} is written back as {written}"))),
        }
    }
}

impl Spoken<'_> {
    /// Whether a format that applies at a place makes two texts one.
    fn is_same_text(&self, at: &str, read: &str, out: &str) -> bool {
        let has = |format: &str| self.formats.get(at).is_some_and(|formats| formats.contains(format));
        (has("date-time") && same_instant(read, out)) || (has("ipv6") && same_address(read, out))
    }

    /// Whether the schemas that apply at a place say `number`, or what speaks of numbers only, and none says `integer`.
    fn is_double(&self, at: &str) -> bool {
        let (mut number, mut integer) = (false, false);
        let mut pending = vec![self.evaluation.root()];
        while let Some(unit) = pending.pop() {
            pending.extend(unit.children().filter(OutputUnit::valid));
            let keyword = unit.schema_location().rsplit('/').next().filter(|_| unit.instance_location().as_str() == at);
            let says = |name: &str| {
                let types = self.source.schema.pointer(unit.schema_location());
                types.is_some_and(|says| says == name || says.as_array().is_some_and(|all| all.contains(&name.into())))
            };
            match keyword {
                Some("type") if says("number") => number = true,
                Some("type") => integer |= says("integer"),
                Some(keyword) => number |= NUMBERS.contains(&keyword),
                None => {}
            }
        }
        number && !integer
    }
}

/// Whether an integer in `value` was rounded to a double in `written`, which is `value` otherwise: a bound may then be passed.
pub(super) fn is_rounded(value: &Value, written: &Value) -> bool {
    match (value, written) {
        (Value::Object(read), Value::Object(out)) => {
            out.iter().any(|(name, out)| read.get(name).is_some_and(|read| is_rounded(read, out)))
        }
        (Value::Array(read), Value::Array(out)) => read.iter().zip(out).any(|(read, out)| is_rounded(read, out)),
        (Value::Number(read), Value::Number(out)) => is_nearest(read, out) && !equal(value, written),
        _ => false,
    }
}

fn loss(at: &str, message: String) -> Loss {
    Loss { pointer: at.to_owned(), message }
}

/// Whether `out` is the double nearest to the integer `read`.
fn is_nearest(read: &Number, out: &Number) -> bool {
    read.as_i128().is_some() && out.is_f64() && read.as_f64() == out.as_f64()
}

fn same_address(left: &str, right: &str) -> bool {
    left.parse::<Ipv6Addr>().is_ok_and(|address| right.parse() == Ok(address))
}

fn same_instant(left: &str, right: &str) -> bool {
    instant(left).is_some_and(|instant_of_left| Some(instant_of_left) == instant(right))
}

/// The instant of a valid RFC 3339 date-time: the UTC minute, the second within it (60 is a leap second, which is no
/// other second's instant), and the digits of the fraction. `None` for anything else.
fn instant(text: &str) -> Option<(i64, i64, String)> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let rest = text.get(19..)?;
    let (fraction, zone) = rest.split_at(rest.find(['Z', 'z', '+', '-'])?);
    let offset = match zone.split_at(1) {
        ("+", zone) => offset_minutes(zone)?,
        ("-", zone) => -offset_minutes(zone)?,
        _ => 0,
    };
    let minutes = (days(year, month, day) * 24 + hour) * 60 + minute - offset;
    Some((minutes, second, fraction.trim_start_matches('.').trim_end_matches('0').to_owned()))
}

fn offset_minutes(zone: &str) -> Option<i64> {
    let (hours, minutes) = zone.split_once(':')?;
    Some(hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?)
}

/// The day's number in the proleptic Gregorian calendar, counted from some fixed day. Years are taken to begin in
/// March, so that the leap day is the last of its year.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (153 * month + 2) / 5 + day
}
