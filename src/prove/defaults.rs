//! What generated functions give for defaults -> whether it is what the schema states.

use serde_json::Value;

use super::side::Side;
use super::{Claim, Finding, Part, Proof, Subject, survival};

/// That a function gives the default that a schema states.
#[derive(Clone, Debug)]
pub struct DefaultClaim {
    /// The function's path in the generated crate, `module::Type::function`. It takes nothing.
    pub function: String,
    /// The schema of the place that has the default, self-contained as that of the [`Claim`].
    pub schema: Value,
    /// The default.
    pub value: Value,
}

/// Calls the function of each default, and adds to `proof` how many there are and what is wrong with them.
pub(super) fn compare(claim: &Claim, subject: &mut dyn Subject, proof: &mut Proof) {
    proof.visited.defaults = claim.defaults.len();
    for default in &claim.defaults {
        if let Err(message) = check(claim, default, subject) {
            let message = format!("`{}`: {message}", default.function);
            let witness = Some(default.value.to_string());
            proof.findings.push(Finding { witness, ..Finding::new(Part::Behaviour, "", message) });
        }
    }
}

fn check(claim: &Claim, default: &DefaultClaim, subject: &mut dyn Subject) -> Result<(), String> {
    let given = subject.call(&default.function).map_err(|error| format!("it gives no default: {error}"))?;
    let side = Side::new("the schema with the default", &default.schema, &claim.asserted_formats)?;
    survival::check(&side, &default.value, &given).map_err(|_| format!("it gives {given}, which is not the default"))
}
