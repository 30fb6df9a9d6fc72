//! An https server on this machine, whose answers are given word for word.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::{fs, thread};

use rcgen::CertifiedKey;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// What is sent for a path, the head of the answer included.
pub enum Answer {
    /// These bytes; then the connection is closed.
    Bytes(Vec<u8>),
    /// Nothing, for as long as the client waits.
    Silence,
}

/// An answer with this status line, these headers and this body.
pub fn answer(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Answer {
    let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\n{headers}\r\n");
    Answer::Bytes([head.as_bytes(), body.as_ref()].concat())
}

/// An answer in order, with `body`.
pub fn good(body: impl AsRef<[u8]>) -> Answer {
    answer("200 OK", &format!("Content-Length: {}\r\n", body.as_ref().len()), body)
}

/// Serves `answers` by path, and 404 for all else, until the test's process ends. The certificate goes to `ca_file`. Gives
/// the address that paths are appended to.
pub fn serve(ca_file: &Path, answers: BTreeMap<&'static str, Answer>) -> String {
    let CertifiedKey { cert, signing_key } = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    fs::write(ca_file, cert.pem()).unwrap();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let config = ServerConfig::builder().with_no_client_auth().with_single_cert(vec![cert.der().clone()], key).unwrap();
    let (config, answers) = (Arc::new(config), Arc::new(answers));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (config, answers) = (Arc::clone(&config), Arc::clone(&answers));
            // A client that goes away in the middle, as many here do, is no fault of the server.
            thread::spawn(move || stream.and_then(|stream| serve_one(stream, config, &answers)));
        }
    });
    address
}

fn serve_one(
    stream: TcpStream,
    config: Arc<ServerConfig>,
    answers: &BTreeMap<&'static str, Answer>,
) -> std::io::Result<()> {
    let mut stream = StreamOwned::new(ServerConnection::new(config).unwrap(), stream);
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte)? == 1 {
        request.push(byte[0]);
    }
    let request = String::from_utf8_lossy(&request).into_owned();
    let path = request.split(' ').nth(1).unwrap_or_default();
    match answers.get(path) {
        Some(Answer::Bytes(bytes)) => stream.write_all(bytes)?,
        Some(Answer::Silence) => drop(stream.read(&mut byte)?),
        None => stream.write_all(b"HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")?,
    }
    stream.conn.send_close_notify();
    stream.flush()
}
