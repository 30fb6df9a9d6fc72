//! A generation -> the claims that prove it: for each definition, that its Rust type is what its schema describes.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use serde_json::{Map, Value};

use super::side::Side;
use super::{Claim, DefaultClaim, Effort, Proof, Report, cases, prove, schema};
use crate::Generation;
use crate::diagnostic::Result;
use crate::lower::{Definition, Form, Member, Module, Part, Simple, bundle, refuses};
use crate::progress::{Observer, Stage};
use crate::prove::probe::{Crate, Holds, Probe, Workshop};
use crate::source::{KNOWN_VALUES, Policy};

impl Claim {
    /// Up to `count` distinct values that the schema accepts, as many as are found; the same for the same `seed`. None, if it is no
    /// usable schema.
    #[must_use]
    pub fn values(&self, seed: u64, count: usize) -> Vec<Value> {
        let side = Side::new("the source", &self.schema, &self.asserted_formats);
        side.map(|side| cases::valid(&side, seed, count)).unwrap_or_default()
    }

    /// The schema without each `format` that refuses nothing, for a validator that asserts them all.
    #[must_use]
    pub fn asserting_schema(&self) -> Value {
        schema::asserting(&self.schema, &self.asserted_formats)
    }
}

/// The claim for each definition.
#[must_use]
pub fn claims(generation: &Generation) -> Vec<Claim> {
    claims_about(generation, |_| true)
}

/// The claim for each definition that a source lists itself, and for the root of each schema. What lies inside of one is
/// read, written and described as a part of it, and has no claim of its own.
#[must_use]
pub fn listed_claims(generation: &Generation) -> Vec<Claim> {
    claims_about(generation, |definition| definition.listed)
}

fn claims_about(generation: &Generation, is_asked: fn(&Definition) -> bool) -> Vec<Claim> {
    let asked = generation.plan.definitions().filter(|(_, definition)| is_asked(definition));
    asked.filter_map(|(module, definition)| claim(generation, module, definition)).collect()
}

/// Builds the generated crate and proves each of these claims about it, as many at once as there are cores; `observer` is
/// told of both, and of each claim as it is proved or not. The report has them in the order of the claims.
///
/// # Errors
///
/// When the crate cannot be built or run. A claim that fails is no error, but a finding in the report.
pub fn prove_all(
    generation: &Generation,
    claims: &[Claim],
    workshop: &Workshop<'_>,
    effort: &Effort,
    observer: &mut dyn Observer,
) -> Result<Report> {
    const NAME: &str = "subject";
    let holds: Holds = claims.iter().collect();
    observer.at(Stage::Building, 0, 1);
    let first = Probe::start(&[Crate { name: NAME, tree: &generation.tree, holds: &holds }], workshop)?;
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let others = (1..cores.min(claims.len())).map(|_| first.another()).collect::<Result<Vec<Probe>>>()?;
    observer.at(Stage::Proving, 0, claims.len());
    let next = AtomicUsize::new(0);
    let (done, all_done) = mpsc::channel();
    let work = |mut probe: Probe, done: mpsc::Sender<(usize, Proof)>| {
        while let number = next.fetch_add(1, Ordering::Relaxed)
            && let Some(claim) = claims.get(number)
            && done.send((number, prove(claim, &mut probe.subject(NAME), effort))).is_ok()
        {}
    };
    let proofs: BTreeMap<usize, Proof> = thread::scope(|scope| {
        for probe in others.into_iter().chain([first]) {
            let done = done.clone();
            scope.spawn(|| work(probe, done));
        }
        drop(done);
        let told = all_done.into_iter().zip(1..).map(|((number, proof), count)| {
            observer.proved(&proof);
            observer.at(Stage::Proving, count, claims.len());
            (number, proof)
        });
        told.collect()
    });
    Ok(Report { proofs: proofs.into_values().collect() })
}

fn claim(generation: &Generation, module: &Module, definition: &Definition) -> Option<Claim> {
    let source = &generation.sources.documents.get(module.documents.start)?.source;
    let written = generation.sources.documents.get(definition.document)?;
    let schema = match (&definition.whole, definition.part) {
        (Some(place), Part::Whole) if !definition.unsaid => bundle(&generation.sources, place, ""),
        // No schema of the source says just this; that it is right is part of the claims about what holds it.
        _ => bundle(&generation.plan.simple, &definition.place, ""),
    };
    let is_open = matches!(definition.form, Form::Open { .. });
    Some(Claim {
        type_path: format!("{}::{}", module.name, definition.name),
        source: format!("{}#{}", written.path, written.written(&definition.pointer)),
        schema: match definition.part {
            Part::Whole if !definition.unsaid => schema,
            Part::Shared if lists_types(&definition.form) => unsaid(schema, is_open, &source.policy),
            Part::Whole => unsaid(schema, is_open, &source.policy),
            Part::NotNull | Part::Shared => not_null(unsaid(schema, is_open, &source.policy)),
        },
        asserted_formats: source.policy.formats.keys().cloned().collect(),
        defaults: defaults(&generation.plan.simple, module, definition),
    })
}

/// The defaults that functions of the definition's type give.
fn defaults(simple: &Simple, module: &Module, definition: &Definition) -> Vec<DefaultClaim> {
    let path = format!("{}::{}", module.name, definition.name);
    let own = definition.stated_default().map(|value| DefaultClaim {
        function: format!("{path}::default"),
        schema: bundle(simple, &definition.place, ""),
        value: value.clone(),
    });
    let Form::Object { members, .. } = &definition.form else { return own.into_iter().collect() };
    let of = |member: &Member| {
        let default = member.default.as_ref()?;
        Some(DefaultClaim {
            function: format!("{path}::{}", member.default_name()),
            schema: bundle(simple, &default.place, ""),
            value: default.value.clone(),
        })
    };
    members.iter().filter_map(of).collect()
}

/// Whether what is shared is a list of types: `null` is one of them then, not what the place of use adds.
fn lists_types(form: &Form) -> bool {
    matches!(form, Form::Checked { rules, .. } if rules.iter().any(|rule| rule.keyword == "type"))
}

/// `schema` without what it says besides, which belongs to the places that share its type. An open enum says itself which values
/// are known.
fn unsaid(schema: Value, is_open: bool, policy: &Policy) -> Value {
    let Value::Object(keywords) = schema else { return schema };
    let says = |keyword: &str| is_open && keyword == KNOWN_VALUES;
    let kept = keywords.into_iter().filter(|(it, value)| refuses(it, value, policy) || says(it));
    kept.collect::<Map<_, _>>().into()
}

/// `schema`, which accepts `null` by its `type`, `enum` or `const`, without `null`, which the place of use adds.
fn not_null(schema: Value) -> Value {
    let Value::Object(keywords) = schema else { return schema };
    let without = keywords.into_iter().map(|(keyword, value)| match (keyword.as_str(), value) {
        ("type" | "enum", Value::Array(values)) => {
            let is_null = |value: &Value| value.is_null() || (keyword == "type" && value == "null");
            let values = values.into_iter().filter(|value| !is_null(value)).collect();
            (keyword, values)
        }
        (_, value) => (keyword, value),
    });
    without.collect::<Map<String, Value>>().into()
}
