//! The stages that a manifest goes through, one by one and together, and the proof as sets of what comes out.

#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a bench that fails by panicking says where")]

use std::path::{Path, PathBuf};
use std::{env, fs};

use criterion::{Criterion, SamplingMode, criterion_group, criterion_main};
use serde_json::Value;
use tempfile::TempDir;
use typeproof::diagnostic::Result;
use typeproof::prove::{Claim, Effort, Reading, Shown, Subject, SubjectError, listed_claims, prove};
use typeproof::vendor::{Date, Told, arrival, vendor};
use typeproof::{emit, enrich, generate, lower, shape, source};

/// Runs of each stage: those of large documents take a while.
const SAMPLES: usize = 10;

fn ok<T>(result: Result<T>) -> T {
    result.unwrap_or_else(|errors| panic!("{errors}"))
}

/// Holds no compiled type: the re-export that it gives is the claim's own schema.
struct Mirror<'a>(&'a Claim);

impl Subject for Mirror<'_> {
    fn re_export(&mut self, _: &str) -> std::result::Result<Value, SubjectError> {
        Ok(self.0.schema.clone())
    }

    fn read(&mut self, _: &str, _: &[&str]) -> std::result::Result<Vec<Reading>, SubjectError> {
        Ok(Vec::new())
    }
}

fn stages(criterion: &mut Criterion, name: &str, manifest: &Path) {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(SAMPLES).sampling_mode(SamplingMode::Flat);
    group.bench_function("reading sources", |bencher| bencher.iter(|| ok(source::load(manifest))));
    let sources = ok(source::load(manifest));
    group.bench_function("lowering", |bencher| bencher.iter(|| lower::lower(&sources)));
    let plan = lower::lower(&sources);
    group.bench_function("shaping", |bencher| bencher.iter(|| ok(shape::shapes(&plan))));
    let shapes = ok(shape::shapes(&plan));
    group
        .bench_function("enriching", |bencher| bencher.iter(|| ok(enrich::enrich(&plan, &shapes, &sources.documents))));
    let generated = ok(enrich::enrich(&plan, &shapes, &sources.documents));
    group.bench_function("emitting", |bencher| bencher.iter(|| ok(emit::package(&sources, &plan, &generated))));
    group.bench_function("generating, all of it", |bencher| bencher.iter(|| ok(generate(manifest))));
    let claims = listed_claims(&ok(generate(manifest)));
    let effort = Effort { seed: 1, valid: 0, near_miss: 0, nodes: 0, shown: Shown::First };
    group.bench_function("proving as sets", |bencher| {
        bencher.iter(|| {
            claims.iter().map(|claim| prove(claim, &mut Mirror(claim), &effort).findings.len()).sum::<usize>()
        });
    });
    group.finish();
}

/// A manifest of metering and billing, where the corpus is.
fn metering(corpus: &Path, folder: &Path) -> PathBuf {
    let manifest = folder.join("manifest.toml");
    fs::write(&manifest, "[package]\nname = \"m\"\nversion = \"0.0.0\"\ndescription = \"m\"\n").expect("writable");
    let arrival = ok(arrival(&corpus.join("konnect-openapi/metering-and-billing-v3-2026-07-01.yaml"), folder));
    let date = Date { year: 2026, month: 1, day: 1 };
    let told = Told { date, replace: false, dialect: None, module: Some("m"), only: &[] };
    ok(vendor(&manifest, &arrival, &told).map_err(|stopped| stopped.diagnostics));
    manifest
}

fn benches(criterion: &mut Criterion) {
    let vendored = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/manifest.toml");
    stages(criterion, "vendored", &vendored);
    if let Some(corpus) = env::var_os("TYPEPROOF_CORPUS") {
        let folder = TempDir::new().expect("a folder");
        stages(criterion, "metering and billing", &metering(Path::new(&corpus), folder.path()));
    }
}

criterion_group!(all, benches);
criterion_main!(all);
