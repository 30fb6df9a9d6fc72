//! A definition and its shape -> the one statement of what it is on the wire, as a call of one of the support module's
//! macros. Written as text, a line for each member, because people review it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use heck::ToUpperCamelCase;
use serde_json::{Number, Value};
use syn::Type;

use super::patterns::Patterns;
use super::rust::{json, literal, scalar, spelled};
use super::{Shape, is_valid_empty};
use crate::lower::{Annotations, Branch, Constant, Definition, Form, Item, Member, Overlap, Rest, Rule, Variant};

/// How many members one group of an `object!` has at the most; the support module has rows for so many.
const GROUP: usize = 8;

/// The statement of `definition`, whose schema stands at `source`. `total` says whether each of its values equals itself.
pub(super) fn statement(
    definition: &Definition,
    shape: &Shape,
    source: &str,
    total: bool,
    patterns: &Patterns<'_>,
) -> String {
    let rule = |stated: &Rule| rule(stated, patterns);
    let name = &definition.name;
    let source = literal(source);
    let annotations = said(&definition.annotations);
    match (&definition.form, shape) {
        (Form::Object { members, listed, closed, rest, names, rules }, Shape::Struct(types)) => {
            let unknown = if *closed { "Refused" } else { "Dropped" };
            let count = members.len();
            let listed = if *listed < count { format!(" {listed} listed,") } else { String::new() };
            let total = if total { " equals itself," } else { "" };
            let empty = if is_valid_empty(definition) { " may be empty," } else { "" };
            let members: Vec<String> = members.iter().zip(types).map(|(member, of)| stated(member, of)).collect();
            let groups: String =
                members.chunks(GROUP).map(|group| format!("    [\n{}    ]\n", group.concat())).collect();
            let maps = maps(rest, types.get(count..).unwrap_or_default(), patterns);
            let mut together: Vec<String> = rules.iter().map(&rule).collect();
            together.extend(
                names
                    .iter()
                    .zip(types.last())
                    .map(|(names, of)| format!("PropertyNames({} {})", spelled(of), said(&names.annotations))),
            );
            let together =
                if together.is_empty() { String::new() } else { format!("    together [{}]\n", together.join(", ")) };
            format!(
                "crate::support::object! {{\n    {name} from {source},{total}{empty}{listed} unknown members {unknown}\n{groups}{maps}{together}    {annotations}\n}}\n"
            )
        }
        (Form::Union { branches, overlap: Overlap::All, .. }, Shape::Struct(types)) => {
            let line = |(branch, of): (&Branch, _)| {
                format!("        {}({}) {},\n", branch.field, spelled(of), said(&branch.annotations))
            };
            let lines: String = branches.iter().zip(types).map(line).collect();
            format!(
                "crate::support::several! {{\n    {name} from {source}\n    {{\n{lines}    }}\n    {annotations}\n}}\n"
            )
        }
        (Form::Union { branches, tag, overlap }, Shape::Struct(types)) => {
            let spellings: Vec<String> = types.iter().map(spelled).collect();
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            spellings.iter().for_each(|of| *counts.entry(of).or_default() += 1);
            let is_alone = |of: &str| counts.get(of) == Some(&1);
            let lines = branches.iter().zip(&spellings).map(|(branch, of)| line(branch, of, is_alone(of)));
            let lines: String = lines.collect();
            let tag = match tag {
                Some(tag) => format!("::std::option::Option::Some({})", literal(tag)),
                None => "::std::option::Option::None".to_owned(),
            };
            let exactly_one = *overlap == Overlap::Refused;
            format!(
                "crate::support::union! {{\n    {name} from {source}, {tag}, exactly one {exactly_one}\n    {{\n{lines}    }}\n    {annotations}\n}}\n"
            )
        }
        (Form::Tuple { items, closed, rules }, _) => {
            let after = if *closed { "Refused" } else { "Kept" };
            let rules: Vec<String> = rules.iter().map(&rule).collect();
            let line = |(index, item): (usize, &Item)| {
                format!("        {index}: {:?} {},\n", item.presence, said(&item.annotations))
            };
            let items: String = items.iter().enumerate().map(line).collect();
            let rules = rules.join(", ");
            format!(
                "crate::support::tuple! {{\n    {name} from {source}, items after them {after}\n    [\n{items}    ]\n    [{rules}]\n    {annotations}\n}}\n"
            )
        }
        (Form::Text(variants), _) => {
            let mut lines = String::new();
            for variant in variants {
                let _ = writeln!(lines, "        {} = {},", variant.name, literal(&variant.wire));
            }
            format!("crate::support::text! {{\n    {name} from {source} {{\n{lines}    }}\n    {annotations}\n}}\n")
        }
        (Form::Open { known, other, rules }, _) => {
            let lines = known.iter().map(|Variant { name, wire }| format!("        {name} = {},\n", literal(wire)));
            let (lines, rules) = (lines.collect::<String>(), rules.iter().map(&rule).collect::<Vec<_>>().join(", "));
            format!(
                "crate::support::open! {{\n    {name} from {source} {{\n{lines}    }}\n    else {other} [{rules}]\n    {annotations}\n}}\n"
            )
        }
        (Form::Values(values), _) => {
            let mut lines = String::new();
            for Constant { name, value } in values {
                let _ = writeln!(lines, "        {name} = {},", constant(value));
            }
            format!("crate::support::values! {{\n    {name} from {source} {{\n{lines}    }}\n    {annotations}\n}}\n")
        }
        (Form::Newtype { .. }, Shape::Newtype(of)) => {
            format!("crate::support::newtype! {{\n    {name}({}) from {source}\n    {annotations}\n}}\n", spelled(of))
        }
        (Form::Opaque { schema, annotated }, _) => {
            let annotated: Vec<String> = annotated.iter().map(|format| literal(format)).collect();
            let (schema, annotated) = (json(schema), annotated.join(", "));
            format!(
                "crate::support::opaque! {{\n    {name} from {source}\n    {schema}\n    formats not asserted [{annotated}]\n}}\n"
            )
        }
        (Form::Checked { rules, .. }, Shape::Newtype(of)) => {
            let kind = kind(of, rules);
            let rules: Vec<String> = rules.iter().map(&rule).collect();
            let (inner, rules) = (spelled(of), rules.join(", "));
            format!(
                "crate::support::checked! {{\n    {name}({inner}) as {kind} from {source}\n    [{rules}]\n    {annotations}\n}}\n"
            )
        }
        (Form::Object { .. } | Form::Union { .. } | Form::Newtype { .. } | Form::Checked { .. }, _) => String::new(),
    }
}

/// The kind of newtype that keeps `rules` around a value of type `of`, as the support module has it. Whether a double is a
/// multiple, or anything of a fraction, takes a text to tell: that cannot be told before the program runs.
fn kind(of: &Type, rules: &[Rule]) -> &'static str {
    let mut multiples = rules.iter().filter(|rule| rule.keyword == "multipleOf");
    match scalar(of) {
        Some("String") => "text",
        Some("f64") if multiples.next().is_none() => "float const new",
        Some("f64") => "float",
        Some(_) if multiples.all(|rule| !rule.value.is_f64()) => "integer const new",
        Some(_) => "integer",
        None => "collection",
    }
}

/// A rule as the support module has it: the keyword in Rust's case, with its value.
fn rule(Rule { keyword, value }: &Rule, patterns: &Patterns<'_>) -> String {
    let name = keyword.to_upper_camel_case();
    match value {
        Value::Bool(_) => format!("{name}()"),
        Value::String(text) if keyword == "pattern" => format!("{name}({})", patterns.stated(text)),
        Value::String(text) => format!("{name}({})", literal(text)),
        Value::Array(_) => format!("{name}(&{})", listed(value)),
        Value::Object(members) => {
            let members = members.iter().map(|(name, names)| format!("{} => {}", literal(name), listed(names)));
            format!("{name}({})", members.collect::<Vec<_>>().join(", "))
        }
        Value::Number(value) if is_of_number(keyword) => format!("{name}({})", number(value)),
        value => format!("{name}({value})"),
    }
}

/// A JSON value as the support module has it.
pub(super) fn constant(value: &Value) -> String {
    match value {
        Value::Null => "(Null)".to_owned(),
        Value::Bool(value) => format!("(Bool {value})"),
        Value::Number(value) => format!("({})", number(value)),
        Value::String(text) => format!("(Text {})", literal(text)),
        Value::Array(items) => format!("(Array [{}])", items.iter().map(constant).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| format!("{}: {}", literal(name), constant(value)));
            format!("(Object [{}])", members.collect::<Vec<_>>().join(", "))
        }
    }
}

/// A number as the support module has it.
fn number(number: &Number) -> String {
    format!("{} {number}", if number.is_f64() { "Float" } else { "Integer" })
}

/// Whether a keyword is a rule for numbers, whose values may be any number; others count.
fn is_of_number(keyword: &str) -> bool {
    ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"].contains(&keyword)
}

/// A list of strings as Rust has it.
fn listed(texts: &Value) -> String {
    let texts = texts.as_array().into_iter().flatten().filter_map(Value::as_str).map(literal);
    format!("[{}]", texts.collect::<Vec<_>>().join(", "))
}

/// The maps for members that have no field, whose types come first among `types`.
fn maps(rest: &[Rest], types: &[Type], patterns: &Patterns<'_>) -> String {
    let line = |(Rest { field, pattern, annotations, .. }, of): (&Rest, &Type)| {
        let kind =
            pattern.as_ref().map_or_else(|| "Others".to_owned(), |text| format!("Matching({})", patterns.stated(text)));
        format!("        {field}({}): {kind} {},\n", spelled(of), said(annotations))
    };
    let lines: String = rest.iter().zip(types).map(line).collect();
    if lines.is_empty() { lines } else { format!("    maps [\n{lines}    ]\n") }
}

/// A branch of a union; whether no other has a value of its type.
fn line(branch: &Branch, of: &str, is_alone: bool) -> String {
    let kinds: Vec<String> = branch.kinds.iter().map(|kind| format!("{kind:?}")).collect();
    let tags: Vec<String> = branch.tags.iter().map(|tag| literal(tag)).collect();
    let (name, kinds, tags) = (&branch.name, kinds.join(" "), tags.join(" "));
    let from = if is_alone { " from" } else { "" };
    format!("        {name}({of}): kinds [{kinds}] tags [{tags}]{from} {},\n", said(&branch.annotations))
}

/// A member of an object.
fn stated(Member { wire, field, required, annotations, .. }: &Member, of: &Type) -> String {
    let place = if *required { "Required" } else { "Optional" };
    let (wire, of) = (literal(wire), spelled(of));
    format!("        {wire} => {field}: {place}({of}) {},\n", said(annotations))
}

fn said(annotations: &Annotations) -> String {
    let said =
        annotations.iter().map(|(place, said)| format!("{} {}", literal(place), json(&Value::from(said.clone()))));
    let said: Vec<String> = said.collect();
    if said.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", said.join(" ")) }
}
