//! An https address -> the bytes that stand there: one request, and a bounded number of redirects, all of them by https.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use typeproof::diagnostic::{Diagnostic, Diagnostics, Result};
use typeproof::source::{CONNECT_SECONDS, MAX_FILE_BYTES, MAX_REDIRECTS};
use ureq::http::{StatusCode, Uri};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body, Error, http::Response};

/// Whether `source` is an address rather than a path.
pub(crate) fn is_address(source: &str) -> bool {
    source.split_once("://").is_some_and(|(scheme, _)| scheme.chars().all(|c| c.is_ascii_alphanumeric()))
}

/// How a schema is fetched.
pub(crate) struct Fetch<'a> {
    /// How long all of it may take.
    pub(crate) timeout: Duration,
    /// A PEM file with the certificates that servers are trusted by; those of Mozilla's list when there is none.
    pub(crate) trusted: Option<&'a Path>,
}

impl Fetch<'_> {
    /// The last segment of the address's path, and the bytes that stand there.
    ///
    /// # Errors
    ///
    /// What is wrong with the address, the connection, the answer or its size.
    pub(crate) fn fetch(&self, address: &str) -> Result<(String, Vec<u8>)> {
        let name = name(address)?;
        let agent = self.agent()?;
        let answer = agent.get(address).call().map_err(|error| self.explain(address, &error))?;
        let bytes = whole(address, answer)?.map_err(|error| self.explain(address, &error))?;
        Ok((name, bytes))
    }

    fn agent(&self) -> Result<Agent> {
        let trusted = match self.trusted {
            Some(file) => RootCerts::Specific(Arc::new(certificates(file)?)),
            None => RootCerts::WebPki,
        };
        let config = Agent::config_builder()
            .https_only(true)
            .max_redirects(MAX_REDIRECTS)
            .timeout_connect(Some(Duration::from_secs(CONNECT_SECONDS)))
            .timeout_global(Some(self.timeout))
            .user_agent(concat!("typeproof/", env!("CARGO_PKG_VERSION")))
            .tls_config(TlsConfig::builder().root_certs(trusted).build());
        Ok(config.build().into())
    }

    fn explain(&self, address: &str, error: &Error) -> Diagnostics {
        let (message, help) = match error {
            Error::StatusCode(code) => {
                (format!("the server answers {}", status(*code)), "look the address up in a browser")
            }
            Error::Timeout(_) => (
                format!("there was no whole answer within {} seconds", self.timeout.as_secs()),
                "try again, or wait longer by `--timeout`",
            ),
            Error::RequireHttpsOnly(to) => (
                format!("the server leads on to `{to}`, which is not https"),
                "find an address that is https all the way",
            ),
            Error::TooManyRedirects => (
                format!("the server leads on more than {MAX_REDIRECTS} times"),
                "name the address at which the file is in the end",
            ),
            Error::BodyExceedsLimit(_) => return too_large(address),
            Error::HostNotFound => {
                ("there is no such host".to_owned(), "correct the address, or connect to the network")
            }
            Error::Io(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
                ("the answer ends too early".to_owned(), "try again")
            }
            error => (
                format!("cannot be fetched: {error}"),
                "correct the address, or fetch the file by other means and vendor it by its path, with `--origin`",
            ),
        };
        Diagnostic::error(address, message).help(help).into()
    }
}

/// The name of the file at `address`, an https address.
fn name(address: &str) -> Result<String> {
    let error = |message: &str, help: &str| Err(Diagnostic::error(address, message).help(help).into());
    let Ok(uri) = address.parse::<Uri>() else {
        return error("is not an address", "write https://…, with what is special in addresses percent-encoded");
    };
    if uri.scheme_str() != Some("https") {
        return error("is not https", "only https is fetched; fetch it by other means and vendor it by its path");
    }
    if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) {
        let help = "the address is written down for others: take the name and the password out of it";
        return Err(Diagnostic::error("", "an address has a user name or a password").help(help).into());
    }
    Ok(uri.path().rsplit('/').next().unwrap_or_default().to_owned())
}

/// The bytes of `answer`, if it has a file and not too large a one.
fn whole(address: &str, mut answer: Response<Body>) -> Result<std::result::Result<Vec<u8>, Error>> {
    if answer.status() != StatusCode::OK {
        let message = format!("the server answers {}", answer.status());
        return Err(Diagnostic::error(address, message).help("look the address up in a browser").into());
    }
    if answer.body().content_length().is_some_and(|length| length > MAX_FILE_BYTES) {
        return Err(too_large(address));
    }
    Ok(answer.body_mut().with_config().limit(MAX_FILE_BYTES).read_to_vec())
}

fn too_large(address: &str) -> Diagnostics {
    let message = format!("is larger than {MAX_FILE_BYTES} bytes ({} MiB), the limit", MAX_FILE_BYTES >> 20);
    Diagnostic::error(address, message).help("nothing larger is read; take out of it what you need").into()
}

fn status(code: u16) -> String {
    StatusCode::from_u16(code).map_or_else(|_| code.to_string(), |status| status.to_string())
}

/// The certificates of a PEM file.
fn certificates(file: &Path) -> Result<Vec<ureq::tls::Certificate<'static>>> {
    let error = |message: String| {
        let help = "name a file of certificates, each from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----";
        Diagnostics::from(Diagnostic::error(file.display().to_string(), message).help(help))
    };
    let pem = fs::read(file).map_err(|found| error(format!("cannot be read: {}", found.kind())))?;
    let mut certificates = Vec::new();
    for item in parse_pem(&pem) {
        match item {
            Ok(PemItem::Certificate(certificate)) => certificates.push(certificate),
            Ok(_) => {}
            Err(found) => return Err(error(format!("is not PEM: {found}"))),
        }
    }
    if certificates.is_empty() { Err(error("has no certificate".to_owned())) } else { Ok(certificates) }
}
