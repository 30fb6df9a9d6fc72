//! Sends a customer on to Stripe's portal: the billing service's response on standard input -> an HTTP redirect on
//! standard output, or a readable error.
//!
//! ```text
//! curl … | cargo run --example portal_session
//! ```

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use kong_types::billing_app_stripe_create_customer_portal_session_result::BillingAppStripeCreateCustomerPortalSessionResult as PortalSession;

fn main() -> ExitCode {
    match redirect(io::stdin().lock(), io::stdout().lock()) {
        Ok(session) => {
            let _ = writeln!(
                io::stderr(),
                "session {} of {}, created {}",
                session.id,
                session.stripe_customer_id,
                session.created_at
            );
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "cannot send the customer to the portal: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Reads the response and writes the redirect.
fn redirect(response: impl io::Read, mut to: impl Write) -> Result<PortalSession, Box<dyn Error>> {
    let session: PortalSession = serde_json::from_reader(response)?;
    // The schema says `string`, so the type cannot know more; a line break would add headers of somebody else's.
    if session.url.contains(char::is_control) {
        return Err(format!("{:?} is no URL", session.url).into());
    }
    write!(to, "HTTP/1.1 303 See Other\r\nLocation: {}\r\n\r\n", session.url)?;
    Ok(session)
}
