//! The instances that are read and written: made by code, the same each time.

use serde_json::{Value, json};

/// How many plans a page has: about 44 kB.
const PLANS: usize = 5;
/// How many rate cards a phase has: each with another price or entitlement.
const CARDS: usize = 5;

const MOMENT: &str = "2023-01-01T01:01:01.001Z";
const ULID: &str = "01G65Z755AFWAKHE12NY0CQ9FH";

/// What the first schema describes, of 270 bytes or so.
pub(crate) fn session() -> Value {
    json!({
        "id": "bps_1NaXYZ2eZvKYlo2C",
        "stripe_customer_id": "cus_NffrFeUfNV2Hib",
        "configuration_id": "bpc_1MrnKS2eZvKYlo2C",
        "livemode": true,
        "created_at": MOMENT,
        "return_url": "https://example.com/account",
        "locale": "en-US",
        "url": "https://billing.example.com/p/session/test_YWNjdF8x"
    })
}

/// A page of plans with all members that may be there.
pub(crate) fn plans() -> Value {
    let plans: Vec<Value> = (0..PLANS).map(plan).collect();
    json!({"data": plans, "meta": {"page": {"number": 1, "size": PLANS, "total": PLANS}}})
}

fn plan(index: usize) -> Value {
    json!({
        "id": ULID,
        "name": format!("Plan {index}"),
        "description": "What a team needs to begin with, billed each month in advance.",
        "labels": labels(),
        "created_at": MOMENT,
        "updated_at": MOMENT,
        "deleted_at": MOMENT,
        "key": format!("plan_{index}"),
        "version": index + 1,
        "currency": "USD",
        "billing_cadence": "P1M",
        "pro_rating_enabled": true,
        "effective_from": MOMENT,
        "effective_to": MOMENT,
        "status": pick(&["draft", "active", "archived", "scheduled"], index),
        "phases": [phase(0), phase(1)],
        "settlement_mode": "credit_then_invoice",
        "validation_errors": [{
            "code": "rate_card_without_feature",
            "message": "A metered entitlement needs a feature.",
            "attributes": {"key": "requests", "count": 3},
            "field": "$.phases[0].rate_cards[1]"
        }]
    })
}

fn phase(index: usize) -> Value {
    let cards: Vec<Value> = (0..CARDS).map(card).collect();
    json!({
        "name": format!("Phase {index}"),
        "description": "The first months, at a lower price.",
        "labels": labels(),
        "key": format!("phase_{index}"),
        "duration": "P3M",
        "rate_cards": cards
    })
}

fn card(index: usize) -> Value {
    json!({
        "name": format!("Requests {index}"),
        "description": "Requests to the gateway.",
        "labels": labels(),
        "key": format!("requests_{index}"),
        "feature": {"id": ULID},
        "billing_cadence": "P1M",
        "price": price(index),
        "unit_config": {
            "operation": "divide",
            "conversion_factor": "1000000",
            "rounding": "half_up",
            "precision": 2,
            "display_unit": "M requests"
        },
        "payment_term": "in_arrears",
        "commitments": {"minimum_amount": "10.00", "maximum_amount": "10000.00"},
        "discounts": {"percentage": 12.5, "usage": "100"},
        "tax_config": {"behavior": "exclusive", "code": {"id": ULID}},
        "entitlement": entitlement(index)
    })
}

fn price(index: usize) -> Value {
    let tiers = json!([
        {"up_to_amount": "1000", "flat_price": {"type": "flat", "amount": "5.00"}, "unit_price": {"type": "unit", "amount": "0.01"}},
        {"unit_price": {"type": "unit", "amount": "0.005"}}
    ]);
    match index % 5 {
        0 => json!({"type": "free"}),
        1 => json!({"type": "flat", "amount": "19.99"}),
        2 => json!({"type": "unit", "amount": "0.0125"}),
        3 => json!({"type": "graduated", "tiers": tiers}),
        _ => json!({"type": "volume", "tiers": tiers}),
    }
}

fn entitlement(index: usize) -> Value {
    match index % 3 {
        0 => json!({"type": "metered", "is_soft_limit": false, "limit": 1000.0, "usage_period": "P1M"}),
        1 => json!({"type": "static", "config": {"models": ["small", "large"], "depth": 3}}),
        _ => json!({"type": "boolean"}),
    }
}

fn labels() -> Value {
    json!({"env": "production", "team": "billing", "region": "eu-west-1"})
}

fn pick(words: &[&str], index: usize) -> Value {
    words.get(index % words.len()).copied().into()
}
