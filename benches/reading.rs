//! Reading and writing an instance of the vendored schema: the generated type, and a struct of the same fields written by hand.

#![allow(clippy::expect_used, missing_docs, reason = "a bench that fails by panicking says where")]

use std::hint::black_box;

use chrono::{DateTime, Utc};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use kong_types::billing_app_stripe_create_customer_portal_session_result::BillingAppStripeCreateCustomerPortalSessionResult;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

const INSTANCE: &str = r#"{"id":"bps_1NaXYZ2eZvKYlo2C","stripe_customer_id":"cus_NffrFeUfNV2Hib","configuration_id":"bpc_1MrnKS2eZvKYlo2C","livemode":true,"created_at":"2023-01-01T01:01:01.001Z","return_url":"https://example.com/account","locale":"en-US","url":"https://billing.example.com/p/session/test_YWNjdF8x"}"#;

/// It checks nothing.
#[derive(Deserialize, Serialize)]
struct ByHand {
    id: String,
    stripe_customer_id: String,
    configuration_id: String,
    livemode: bool,
    created_at: DateTime<Utc>,
    return_url: String,
    locale: String,
    url: String,
}

fn both<T: DeserializeOwned + Serialize>(criterion: &mut Criterion, name: &str) {
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Bytes(INSTANCE.len() as u64));
    let read = || serde_json::from_str::<T>(black_box(INSTANCE)).expect("valid");
    group.bench_function("reading", |bencher| bencher.iter(read));
    let value = read();
    group.bench_function("writing", |bencher| {
        bencher.iter(|| serde_json::to_string(black_box(&value)).expect("writable"));
    });
    group.finish();
}

fn benches(criterion: &mut Criterion) {
    both::<BillingAppStripeCreateCustomerPortalSessionResult>(criterion, "generated");
    both::<ByHand>(criterion, "by hand");
}

criterion_group!(all, benches);
criterion_main!(all);
