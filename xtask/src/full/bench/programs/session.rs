//! The response of the first schema, as people write it by hand: it checks nothing.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize)]
pub struct Hand {
    id: String,
    stripe_customer_id: String,
    configuration_id: String,
    livemode: bool,
    created_at: DateTime<Utc>,
    return_url: String,
    locale: String,
    url: String,
}
