//! Which place of the file each place of a schema in the normal form was made from, and the way back.

use std::collections::BTreeMap;

use crate::pointer;

/// The places that pointers alone do not tell: any other is at the same tokens below the nearest one that is here.
#[derive(Debug, Default)]
pub(super) struct Origins {
    /// From the normal form to the file.
    written: BTreeMap<String, Origin>,
    /// From the file to the normal form.
    read: BTreeMap<String, String>,
}

/// Where something was written.
#[derive(Debug)]
struct Origin {
    pointer: String,
    /// Whether all that is below comes from this very place, not from places below it.
    whole: bool,
}

impl Origins {
    /// Takes note that what is at `read` in the normal form is at `written` in the file, and that what is below is below.
    pub(super) fn moved(&mut self, read: &str, written: &str) {
        self.copied(read, written);
        self.found(written, read);
    }

    /// The same, where the normal form has what is at `written` elsewhere as well.
    pub(super) fn copied(&mut self, read: &str, written: &str) {
        let is_plain = self.written.is_empty() && read == written;
        if !is_plain && self.written(read) != written {
            self.written.insert(read.to_owned(), Origin { pointer: written.to_owned(), whole: false });
        }
    }

    /// Takes note that all that is at `read` and below comes of what is at `written`.
    pub(super) fn made(&mut self, read: &str, written: &str) {
        self.written.insert(read.to_owned(), Origin { pointer: written.to_owned(), whole: true });
    }

    /// Takes note that what is at `written` in the file is found at `read`.
    pub(super) fn found(&mut self, written: &str, read: &str) {
        let is_plain = self.read.is_empty() && read == written;
        if !is_plain && self.read(written) != read {
            self.read.insert(written.to_owned(), read.to_owned());
        }
    }

    /// The pointer in the file for the pointer `read` in the normal form.
    pub(super) fn written(&self, read: &str) -> String {
        let nearest = pointer::around(read).find_map(|around| Some((around, self.written.get(around)?)));
        match nearest {
            Some((_, origin)) if origin.whole => origin.pointer.clone(),
            Some((around, origin)) => origin.pointer.clone() + read.get(around.len()..).unwrap_or_default(),
            None => read.to_owned(),
        }
    }

    /// The pointer in the normal form for the pointer `written` in the file.
    pub(super) fn read(&self, written: &str) -> String {
        let nearest = pointer::around(written).find_map(|around| Some((around, self.read.get(around)?)));
        match nearest {
            Some((around, read)) => read.clone() + written.get(around.len()..).unwrap_or_default(),
            None => written.to_owned(),
        }
    }
}
