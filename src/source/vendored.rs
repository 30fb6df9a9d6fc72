//! Turns an entry of the manifest into the bytes of its file, and says when they are not the bytes it stands for.

use sha2::{Digest, Sha256};

use super::{MAX_FILE_BYTES, files, manifest::Entry};
use crate::diagnostic::Diagnostic;

/// The bytes of the entry's file, if they can be had, and what is wrong with them; diagnostics are about the entry.
pub(super) fn read(entry: &Entry) -> (Option<Vec<u8>>, Option<Diagnostic>) {
    let Some(source) = &entry.source else { return (None, None) };
    let path = entry.folder.join(&source.file);
    let fault = |message: String, help: &str| {
        Some(Diagnostic::error(&entry.manifest, message).at(Some(entry.file_at)).help(help))
    };
    if !files::stays_below(&entry.folder, &path) {
        let message = format!("`{}` is a link that leads out of the manifest's folder", source.file);
        return (None, fault(message, "put the file itself there, not a link to it"));
    }
    match files::read(&path, MAX_FILE_BYTES) {
        Err(reason) => {
            let help = reason.help("copy the schema there, or correct `file`");
            (None, fault(format!("`{}` {reason}", source.file), &help))
        }
        Ok(bytes) => {
            let mismatch = mismatch(entry, &source.file, &source.sha256, &bytes);
            (Some(bytes), mismatch)
        }
    }
}

/// What to say when `bytes` are not those that `expected` was taken from; an empty `expected` has been reported.
fn mismatch(entry: &Entry, file: &str, expected: &str, bytes: &[u8]) -> Option<Diagnostic> {
    let actual = sha256(bytes);
    (!expected.is_empty() && expected != actual).then(|| {
        let message = format!(
            "the bytes of `{file}` are not those of the manifest's sha256: it states {expected}, they have {actual}"
        );
        Diagnostic::error(&entry.manifest, message).at(Some(entry.sha256_at)).help(
            "restore the file's bytes; or, if the new ones are meant, review the change and put their sha256 here",
        )
    })
}

/// The SHA-256 of `bytes`, as the manifest states it.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
