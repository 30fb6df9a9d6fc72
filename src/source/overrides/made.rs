//! One override and the document that it is for -> the document corrected, and where; or why it cannot be.

use serde_json::{Map, Value};

use super::correcting::{Correcting, Refused};
use super::operation::{Operation, What};
use super::trace::Origin;
use super::{Change, Override, Overrides};
use crate::diagnostic::{Diagnostic, Position};
use crate::pointer;
use crate::source::findings::Findings;

/// An override while it is made of its document.
pub(super) struct Run<'o> {
    pub(super) overrides: &'o Overrides,
    pub(super) it: &'o Override,
    /// Its place among those of the document.
    pub(super) number: usize,
}

/// Something that cannot be done: where the overrides' file asks for it, the pointer that it is about, and why not.
type Fault = (Position, String, Refused);

impl Run<'_> {
    /// The pointers at which the document is another now.
    pub(super) fn make(&self, correcting: &mut Correcting, found: &mut Findings) -> Vec<String> {
        let mut pointers = Vec::new();
        match &self.it.change {
            Change::Patch { text, operations } => {
                for (index, operation) in operations.iter().enumerate() {
                    let at = pointer::push("", &index.to_string());
                    match self.operate(operation, &at, correcting) {
                        Ok(changed) => pointers.extend(changed),
                        Err(refused) => {
                            let place = text.position(&pointer::push(&at, refused.member()));
                            let is_over = refused != Refused::Same;
                            self.report(found, (place, operation.path.clone(), refused), operation.what.name());
                            // What follows may need what has not been done.
                            if is_over {
                                return pointers;
                            }
                        }
                    }
                }
                if pointers.is_empty() && operations.iter().all(|operation| matches!(operation.what, What::Test(_))) {
                    self.report(found, (text.position(""), String::new(), Refused::Same), "patch");
                }
            }
            Change::Merge { at, at_position, value, .. } => {
                if correcting.value.pointer(at.get_ref()).is_none() {
                    let gone = Refused::Nothing(at.get_ref().clone());
                    self.report(found, (*at_position, at.get_ref().clone(), gone), "merge");
                } else {
                    self.merge(correcting, (at.get_ref(), value, ""), &mut pointers, found);
                }
            }
        }
        pointers
    }

    fn operate(
        &self,
        Operation { path, what }: &Operation,
        at: &str,
        correcting: &mut Correcting,
    ) -> Result<Vec<String>, Refused> {
        let origin = || self.origin(pointer::push(at, "value"));
        match what {
            What::Add(value) => correcting.add(path, value.clone(), origin()).map(|at| vec![at]),
            What::Remove => correcting.remove(path).map(|_| vec![path.clone()]),
            What::Replace(value) => correcting.replace(path, value.clone(), origin()).map(|()| vec![path.clone()]),
            What::Move(from) => correcting.relocate(from, path).map(|at| vec![from.clone(), at]),
            What::Copy(from) => correcting.copy(from, path).map(|at| vec![at]),
            What::Test(value) => correcting.test(path, value).map(|()| Vec::new()),
        }
    }

    /// Changes what is at `at` by `patch`, which is at `inner` of its text (RFC 7396, section 2).
    fn merge(
        &self,
        correcting: &mut Correcting,
        (at, patch, inner): (&str, &Value, &str),
        pointers: &mut Vec<String>,
        found: &mut Findings,
    ) {
        let here = correcting.value.pointer(at);
        let members = patch.as_object().filter(|_| here.is_some_and(Value::is_object));
        let done = match members {
            Some(members) if !members.is_empty() => {
                for (name, value) in members {
                    let (at, inner) = (pointer::push(at, name), pointer::push(inner, name));
                    self.merge(correcting, (&at, value, &inner), pointers, found);
                }
                return;
            }
            Some(_) => Err(Refused::Same),
            // What is written for the whole document cannot be taken away.
            None if patch.is_null() && !inner.is_empty() => correcting.remove(at).map(drop),
            None if here.is_some() => correcting.replace(at, without_nulls(patch), self.origin(inner.to_owned())),
            None => correcting.add(at, without_nulls(patch), self.origin(inner.to_owned())).map(drop),
        };
        match done {
            Ok(()) => pointers.push(at.to_owned()),
            Err(refused) => {
                let place = self.it.change.text().position(inner);
                self.report(found, (place, at.to_owned(), refused), "merge");
            }
        }
    }

    fn origin(&self, inner: String) -> Origin {
        Origin::Override { number: self.number, inner }
    }

    fn report(&self, found: &mut Findings, (at, pointer, refused): Fault, what: &str) {
        let Override { file, link, .. } = self.it;
        let error = || {
            let error = Diagnostic::error(&self.overrides.file, refused.message(what, file));
            error.at(Some(at)).pointing(pointer).help(refused.help(link))
        };
        found.push(error);
    }
}

/// `patch` as what it makes of nothing: an object without the members that are `null`.
fn without_nulls(patch: &Value) -> Value {
    let Value::Object(members) = patch else { return patch.clone() };
    let kept = members.iter().filter(|(_, value)| !value.is_null());
    kept.map(|(name, value)| (name.clone(), without_nulls(value))).collect::<Map<_, _>>().into()
}
