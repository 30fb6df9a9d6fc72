//! The example program does what a consumer of `kong-types` needs: it redirects, and says what is wrong with a bad response.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that fails by panicking says where")]

mod harness;

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// A response as the billing service sends it.
fn response() -> Value {
    json!({
        "id": "bps_1",
        "stripe_customer_id": "cus_1",
        "configuration_id": "bpc_1",
        "livemode": false,
        "created_at": "2023-01-01T02:01:01.001+01:00",
        "return_url": "https://example.com/account",
        "locale": "de",
        "url": "https://billing.stripe.com/p/session/1",
        "a_member_of_a_later_version": [1, 2, 3],
    })
}

/// The exit code, standard output and standard error of the example for this input.
fn run(input: &str) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--offline", "--example", "portal_session"]).current_dir(harness::repository());
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = pipes.spawn().expect("cargo runs");
    process.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("the example reads");
    let output = process.wait_with_output().expect("it ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (output.status.code().expect("a code"), text(output.stdout), text(output.stderr))
}

#[test]
fn a_good_response_becomes_a_redirect() {
    let (code, redirect, said) = run(&response().to_string());
    assert_eq!(redirect, "HTTP/1.1 303 See Other\r\nLocation: https://billing.stripe.com/p/session/1\r\n\r\n");
    assert_eq!((code, said.as_str()), (0, "session bps_1 of cus_1, created 2023-01-01 01:01:01.001 UTC\n"));
}

#[test]
fn a_bad_response_is_an_error_that_says_what_is_wrong() {
    let with = |name: &str, value: Value| {
        let mut response = response();
        response[name] = value;
        response.to_string()
    };
    let mut without = response();
    without.as_object_mut().expect("an object").remove("url");
    let cases = [
        (without.to_string(), "member `url` of BillingAppStripeCreateCustomerPortalSessionResult is missing"),
        (
            with("livemode", json!("yes")),
            "at /livemode: invalid type: string \"yes\", expected a boolean (kong-billing",
        ),
        (with("url", json!(null)), "at /url: invalid type: null, expected a string (kong-billing"),
        (with("created_at", json!("2023-01-01 01:01:01Z")), "expected a date-time of RFC 3339"),
        (with("url", json!("https://example.com\r\nSet-Cookie: a=b")), "is no URL"),
        ("[]".to_owned(), "expected a JSON object for BillingAppStripeCreateCustomerPortalSessionResult"),
        ("<html>".to_owned(), "expected value at line 1 column 1"),
        (String::new(), "EOF while parsing a value"),
    ];
    for (input, expected) in cases {
        let (code, redirect, said) = run(&input);
        assert!(
            said.starts_with("cannot send the customer to the portal: ") && said.contains(expected),
            "{input}: {said}"
        );
        assert_eq!((code, redirect.as_str()), (1, ""), "{input}");
    }
}
