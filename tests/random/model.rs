//! A plan -> what its types accept and write, without compiling them: its forms are read as the support module reads
//! them. So all random schemas are compared with the validator, and not only those for which rustc has the time.

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::Validator;
use serde_json::{Map, Value, json};
use typeproof::Generation;
use typeproof::lower::{Branch, Definition, Form, Item, JsonKind, Member, Names, Overlap, Presence, Rest, Rule};
use typeproof::prove::{Claim, Failure, Reading, Subject, SubjectError};

use crate::strict;

/// The types of a generation that has not been compiled.
pub struct Model<'a> {
    definitions: BTreeMap<&'a str, &'a Definition>,
    /// For each definition that has rules, lists values or is opaque, what checks them.
    checks: BTreeMap<&'a str, Validator>,
    claim: &'a Claim,
    /// The key of the type that the claim is about.
    key: &'a str,
    /// The schema as its author wrote it.
    source: Option<&'a Validator>,
    /// A text of which the type and the schema as it is written say different things.
    pub disagreement: Option<String>,
}

impl<'a> Model<'a> {
    /// The types of `generation`, asked about the one of `claim`.
    pub fn new(generation: &'a Generation, claim: &'a Claim, source: Option<&'a Validator>) -> Result<Self, String> {
        let mut definitions = BTreeMap::new();
        let mut checks = BTreeMap::new();
        let mut key = None;
        for (module, definition) in generation.plan.definitions() {
            definitions.insert(definition.key.as_str(), definition);
            checks.extend(check(&definition.form)?.map(|check| (definition.key.as_str(), check)));
            if format!("{}::{}", module.name, definition.name) == claim.type_path {
                key = Some(definition.key.as_str());
            }
        }
        let key = key.ok_or("there is no such type")?;
        Ok(Self { definitions, checks, claim, key, source, disagreement: None })
    }

    /// What the definition `key` writes of `value`, if it accepts it.
    fn written(&self, key: &str, value: &Value) -> Option<Value> {
        let form = &self.definitions.get(key)?.form;
        let written = match form {
            Form::Object { members, closed, rest, names, .. } => {
                self.object(members, *closed, rest, names.as_ref(), value)?
            }
            Form::Tuple { items, .. } => self.tuple(items, value)?,
            Form::Text(variants) => {
                variants.iter().any(|variant| Some(variant.wire.as_str()) == value.as_str()).then(|| value.clone())?
            }
            Form::Open { .. } => value.as_str().map(Value::from)?,
            Form::Union { branches, tag, overlap } => self.union(branches, tag.as_deref(), *overlap, value)?,
            Form::Newtype { typify } | Form::Checked { typify, .. } => self.value(typify, value)?,
            Form::Values(_) | Form::Opaque { .. } => value.clone(),
        };
        let keeps = |value: &Value| self.checks.get(key).is_none_or(|check| check.is_valid(value));
        // A number is checked before it is rounded, too.
        let is_kept = keeps(&written) && (!matches!(form, Form::Checked { .. }) || keeps(value));
        is_kept.then_some(written)
    }

    /// What a type of typify's writes of `value`, if it accepts it.
    fn value(&self, typify: &Value, value: &Value) -> Option<Value> {
        if *typify == Value::Bool(true) {
            return Some(value.clone());
        }
        if let Some(reference) = typify.get("$ref").and_then(Value::as_str) {
            return self.written(reference.strip_prefix("#/definitions/")?, value);
        }
        if let Some([some, _]) = typify.get("oneOf").and_then(Value::as_array).map(Vec::as_slice) {
            return if value.is_null() { Some(Value::Null) } else { self.value(some, value) };
        }
        match (typify.get("type")?.as_str()?, value) {
            ("null", Value::Null) | ("boolean", Value::Bool(_)) => Some(value.clone()),
            ("integer", Value::Number(number)) => {
                let natural = typify.get("format").is_some_and(|format| format == "uint64");
                let is_whole =
                    number.is_i64() || number.is_u64() || number.as_f64().is_some_and(|it| it.fract() == 0.0);
                (is_whole && !(natural && number.as_f64()? < 0.0)).then(|| value.clone())
            }
            ("number", Value::Number(number)) => Some(json!(number.as_f64()?)),
            ("string", Value::String(_)) => {
                let format = typify.get("format").map(|format| json!({ "format": format }));
                format.is_none_or(|format| asserting(&format).is_valid(value)).then(|| value.clone())
            }
            ("array", Value::Array(items)) => {
                items.iter().map(|item| self.value(&typify["items"], item)).collect::<Option<Vec<_>>>().map(Value::from)
            }
            ("object", Value::Object(members)) => {
                let values = &typify["additionalProperties"];
                let members = members.iter().map(|(name, value)| Some((name.clone(), self.value(values, value)?)));
                members.collect::<Option<Map<_, _>>>().map(Value::from)
            }
            _ => None,
        }
    }

    fn object(
        &self,
        members: &[Member],
        closed: bool,
        rest: &[Rest],
        names: Option<&Names>,
        value: &Value,
    ) -> Option<Value> {
        let mut written = Map::new();
        for (name, value) in value.as_object()? {
            let field = members.iter().find(|member| member.wire == *name).map(|member| &member.typify);
            let is_of = |rest: &&Rest| rest.pattern.as_ref().is_none_or(|pattern| matches(pattern, name));
            match field.or_else(|| rest.iter().find(is_of).map(|rest| &rest.typify)) {
                Some(typify) => drop(written.insert(name.clone(), self.value(typify, value)?)),
                None if closed => return None,
                None => {}
            }
        }
        let is_there = |member: &Member| !member.required || written.contains_key(&member.wire);
        let is_named = |name: &String| names.is_none_or(|names| self.value(&names.typify, &json!(name)).is_some());
        (members.iter().all(is_there) && written.keys().all(is_named)).then(|| written.into())
    }

    fn tuple(&self, items: &[Item], value: &Value) -> Option<Value> {
        let values = value.as_array()?;
        let at = |index: usize| items.get(index).or_else(|| items.last().filter(|it| it.presence == Presence::Rest));
        let written = values.iter().enumerate().map(|(index, value)| self.value(&at(index)?.typify, value));
        let required = items.iter().filter(|item| item.presence == Presence::Required).count();
        (values.len() >= required).then(|| written.collect::<Option<Vec<_>>>().map(Value::from))?
    }

    fn union(&self, branches: &[Branch], tag: Option<&str>, overlap: Overlap, value: &Value) -> Option<Value> {
        if overlap == Overlap::All {
            let parts = branches.iter().filter_map(|branch| self.value(&branch.typify, value));
            return parts.map(Some).reduce(|whole, part| merged(whole?, part?))?;
        }
        let of_kind: Vec<&Branch> = branches.iter().filter(|branch| branch.kinds.contains(&kind(value))).collect();
        let tried = match (tag, value, of_kind.as_slice()) {
            (_, _, [only]) => vec![*only],
            (Some(tag), Value::Object(members), _) => {
                let tag = members.get(tag)?.as_str()?;
                branches.iter().find(|branch| branch.tags.iter().any(|own| own == tag)).into_iter().collect()
            }
            _ => of_kind,
        };
        let mut taken = tried.into_iter().filter_map(|branch| self.value(&branch.typify, value));
        let first = taken.next()?;
        (overlap == Overlap::First || taken.next().is_none()).then_some(first)
    }
}

/// What a form has checked besides its shape, if anything.
fn check(form: &Form) -> Result<Option<Validator>, String> {
    let schema = match form {
        Form::Object { rules, .. }
        | Form::Tuple { rules, .. }
        | Form::Open { rules, .. }
        | Form::Checked { rules, .. }
            if !rules.is_empty() =>
        {
            let rule = |Rule { keyword, value }: &Rule| (keyword.clone(), value.clone());
            Value::from(rules.iter().map(rule).collect::<Map<_, _>>())
        }
        Form::Values(values) => json!({"enum": values.iter().map(|constant| &constant.value).collect::<Vec<_>>()}),
        Form::Opaque { schema, annotated } => return validator(schema, None, annotated).map(Some),
        _ => return Ok(None),
    };
    Ok(Some(asserting(&schema)))
}

/// A validator of `schema`, in which every format asserts.
fn asserting(schema: &Value) -> Validator {
    validator(schema, None, &BTreeSet::new()).expect("the schema of a rule is valid")
}

/// A validator of `schema`, of 2020-12 unless another `draft` is given, in which all formats but `annotated` assert.
pub fn validator(
    schema: &Value,
    draft: Option<jsonschema::Draft>,
    annotated: &BTreeSet<String>,
) -> Result<Validator, String> {
    let options = jsonschema::options().with_draft(draft.unwrap_or(jsonschema::Draft::Draft202012));
    let options = options.should_validate_formats(true).offline();
    let options =
        annotated.iter().fold(options, |options, format| options.with_format(format.as_str(), |_: &str| true));
    options.build(schema).map_err(|error| error.to_string())
}

fn matches(pattern: &str, name: &str) -> bool {
    let pattern = regress::Regex::with_flags(pattern, "u").or_else(|_| regress::Regex::new(pattern));
    pattern.expect("a pattern that has a map").find(name).is_some()
}

fn kind(value: &Value) -> JsonKind {
    match value {
        Value::Null => JsonKind::Null,
        Value::Bool(_) => JsonKind::Boolean,
        Value::Number(number) if number.as_f64().is_some_and(|it| it.fract() != 0.0) => JsonKind::Fraction,
        Value::Number(_) => JsonKind::Integer,
        Value::String(_) => JsonKind::String,
        Value::Array(_) => JsonKind::Array,
        Value::Object(_) => JsonKind::Object,
    }
}

/// `value` with each number that has a fraction of nothing written without it: for draft 4, only that is an integer.
fn whole(value: &Value) -> Value {
    match value {
        Value::Number(number) => {
            let float = number.as_f64().filter(|float| number.is_f64() && float.fract() == 0.0);
            float.and_then(|float| format!("{float:.0}").parse::<i64>().ok()).map_or_else(|| value.clone(), Value::from)
        }
        Value::Array(items) => items.iter().map(whole).collect(),
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), whole(value))).collect(),
        other => other.clone(),
    }
}

/// Both values, put together at any depth, unless they contradict one another.
fn merged(whole: Value, part: Value) -> Option<Value> {
    match (whole, part) {
        (Value::Object(mut whole), Value::Object(part)) => {
            for (name, value) in part {
                let value = match whole.get_mut(&name) {
                    Some(member) => merged(member.take(), value)?,
                    None => value,
                };
                whole.insert(name, value);
            }
            Some(whole.into())
        }
        (Value::Array(whole), Value::Array(part)) if whole.len() == part.len() => {
            let both = whole.into_iter().zip(part).map(|(one, other)| merged(one, other));
            both.collect::<Option<Vec<_>>>().map(Value::from)
        }
        (Value::Number(whole), Value::Number(part)) => (whole.as_f64() == part.as_f64()).then(|| whole.into()),
        (whole, part) => (whole == part).then_some(whole),
    }
}

impl Subject for Model<'_> {
    /// The claim's own schema: there is nothing to be compared but behaviour.
    fn re_export(&mut self, _: &str) -> Result<Value, SubjectError> {
        Ok(self.claim.schema.clone())
    }

    fn read(&mut self, _: &str, texts: &[&str]) -> Result<Vec<Reading>, SubjectError> {
        let mut readings = Vec::new();
        for text in texts {
            let value = strict::value(text);
            let written = value.as_ref().ok().and_then(|value| self.written(self.key, value));
            if let (Some(validator), Ok(value)) = (self.source, &value)
                && validator.is_valid(&whole(value)) != written.is_some()
            {
                let (accepts, refuses) = if written.is_some() {
                    ("type", "schema as it is written")
                } else {
                    ("schema as it is written", "type")
                };
                self.disagreement
                    .get_or_insert_with(|| format!("the {accepts} accepts what the {refuses} refuses: {text}"));
            }
            let outcome = written.ok_or_else(|| Failure::Refused("refused".to_owned()));
            let from_value = serde_json::from_str::<Value>(text).is_ok().then(|| outcome.clone());
            readings.push(Reading { from_str: outcome.clone(), from_reader: outcome, from_value });
        }
        Ok(readings)
    }
}
