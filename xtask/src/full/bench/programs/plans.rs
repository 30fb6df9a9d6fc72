//! A page of plans, as people write it by hand: it checks nothing.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Deserialize, Serialize)]
pub struct Hand {
    data: Vec<Plan>,
    meta: Meta,
}

#[derive(Deserialize, Serialize)]
struct Meta {
    page: Page,
}

#[derive(Deserialize, Serialize)]
struct Page {
    number: f64,
    size: f64,
    total: f64,
}

#[derive(Deserialize, Serialize)]
struct Plan {
    id: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    labels: Option<BTreeMap<String, String>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deleted_at: Option<DateTime<Utc>>,
    key: String,
    version: i64,
    currency: String,
    billing_cadence: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pro_rating_enabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effective_from: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effective_to: Option<DateTime<Utc>>,
    status: Status,
    phases: Vec<Phase>,
    #[serde(skip_serializing_if = "Option::is_none")]
    settlement_mode: Option<Settlement>,
    #[serde(skip_serializing_if = "Option::is_none")]
    validation_errors: Option<Vec<Fault>>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Draft,
    Active,
    Archived,
    Scheduled,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Settlement {
    CreditThenInvoice,
    CreditOnly,
}

#[derive(Deserialize, Serialize)]
struct Fault {
    code: String,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    attributes: Option<BTreeMap<String, Value>>,
    field: String,
}

#[derive(Deserialize, Serialize)]
struct Phase {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    labels: Option<BTreeMap<String, String>>,
    key: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration: Option<String>,
    rate_cards: Vec<RateCard>,
}

#[derive(Deserialize, Serialize)]
struct RateCard {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    labels: Option<BTreeMap<String, String>>,
    key: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    feature: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    billing_cadence: Option<String>,
    price: Price,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit_config: Option<Unit>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_term: Option<Term>,
    #[serde(skip_serializing_if = "Option::is_none")]
    commitments: Option<Commitments>,
    #[serde(skip_serializing_if = "Option::is_none")]
    discounts: Option<Discounts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tax_config: Option<Tax>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entitlement: Option<Entitlement>,
}

#[derive(Deserialize, Serialize)]
struct Reference {
    id: String,
}

#[derive(Deserialize, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Price {
    Free,
    Flat { amount: String },
    Unit { amount: String },
    Graduated { tiers: Vec<Tier> },
    Volume { tiers: Vec<Tier> },
}

#[derive(Deserialize, Serialize)]
struct Tier {
    #[serde(skip_serializing_if = "Option::is_none")]
    up_to_amount: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flat_price: Option<FlatPrice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit_price: Option<UnitPrice>,
}

#[derive(Deserialize, Serialize)]
struct FlatPrice {
    r#type: Flat,
    amount: String,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Flat {
    Flat,
}

#[derive(Deserialize, Serialize)]
struct UnitPrice {
    r#type: PerUnit,
    amount: String,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum PerUnit {
    Unit,
}

#[derive(Deserialize, Serialize)]
struct Unit {
    operation: Operation,
    conversion_factor: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rounding: Option<Rounding>,
    #[serde(skip_serializing_if = "Option::is_none")]
    precision: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    display_unit: Option<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Operation {
    Divide,
    Multiply,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Rounding {
    Ceiling,
    Floor,
    HalfUp,
    None,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Term {
    InAdvance,
    InArrears,
}

#[derive(Deserialize, Serialize)]
struct Commitments {
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum_amount: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum_amount: Option<String>,
}

#[derive(Deserialize, Serialize)]
struct Discounts {
    #[serde(skip_serializing_if = "Option::is_none")]
    percentage: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    usage: Option<String>,
}

#[derive(Deserialize, Serialize)]
struct Tax {
    #[serde(skip_serializing_if = "Option::is_none")]
    behavior: Option<Behavior>,
    code: Reference,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Behavior {
    Inclusive,
    Exclusive,
}

#[derive(Deserialize, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Entitlement {
    Metered {
        #[serde(skip_serializing_if = "Option::is_none")]
        is_soft_limit: Option<bool>,
        #[serde(skip_serializing_if = "Option::is_none")]
        limit: Option<f64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        usage_period: Option<String>,
    },
    Static {
        config: Value,
    },
    Boolean,
}
