//! A document and single changes of it -> the document that they make, within the limits, and the steps by which it came to
//! that.
//!
//! The crate `json-patch` does not serve here: where the order of members counts, as it does for the fields of structs, it puts
//! the last member in the place of one that it removes; and its `test` tells 1 from 1.0, which RFC 6902 (section 4.6) does not.

use serde_json::{Map, Value};

use super::trace::{Origin, Step};
use crate::equal::equal;
use crate::pointer;
use crate::source::{MAX_DEPTH, MAX_FILE_BYTES, metaschema};

/// A document while it is corrected.
pub(super) struct Correcting {
    pub(super) value: Value,
    pub(super) steps: Vec<Step>,
    /// The bytes of the file, and of all that was added or copied since, whatever became of it.
    bytes: u64,
}

/// Why a change is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// There is nothing at this pointer.
    Nothing(String),
    /// The same, for what is to be moved or copied.
    NothingFrom(String),
    /// What is at this pointer has no parts.
    NoParts(String),
    /// It is no index of the array at this pointer, which has so many items.
    NoIndex(String, usize),
    /// Something else is there: this.
    Other(String),
    /// All is so already.
    Same,
    /// Something would come to stand in itself.
    IntoItself,
    /// The whole document cannot be taken away.
    Whole,
    TooLarge,
    TooDeep,
}

type Done<T> = Result<T, Refused>;

impl Correcting {
    pub(super) fn new(value: Value, bytes: u64) -> Self {
        Self { value, steps: Vec::new(), bytes }
    }

    /// Puts `value` at `at`, before what an array has there (RFC 6902, section 4.1); gives the pointer, in which an index stands
    /// for `-`.
    pub(super) fn add(&mut self, at: &str, value: Value, from: Origin) -> Done<String> {
        self.admit(at, &value)?;
        let (at, shifts) = self.insert(at, value)?;
        self.steps.push(Step::Put { at: at.clone(), shifts, from });
        Ok(at)
    }

    /// Takes what is at `at` away.
    pub(super) fn remove(&mut self, at: &str) -> Done<Value> {
        let (value, shifts) = self.take(at)?;
        self.steps.push(Step::Taken { at: at.to_owned(), shifts });
        Ok(value)
    }

    /// Puts `value` in the place of what is at `at`.
    pub(super) fn replace(&mut self, at: &str, value: Value, from: Origin) -> Done<()> {
        self.admit(at, &value)?;
        let here = self.value.pointer_mut(at).ok_or_else(|| Refused::Nothing(at.to_owned()))?;
        if equal(here, &value) {
            return Err(Refused::Same);
        }
        *here = value;
        self.steps.push(Step::Put { at: at.to_owned(), shifts: false, from });
        Ok(())
    }

    /// Moves what is at `from` to `at`; gives the pointer to it there.
    pub(super) fn relocate(&mut self, from: &str, at: &str) -> Done<String> {
        if from == at {
            return self.get(from).and(Err(Refused::Same));
        }
        if at.strip_prefix(from).is_some_and(|below| below.starts_with('/')) {
            return Err(Refused::IntoItself);
        }
        self.get(from)?;
        let (value, from_shifts) = self.take(from)?;
        self.admit_height(at, weigh(&value).1)?;
        let (at, shifts) = self.insert(at, value)?;
        self.steps.push(Step::Moved { from: from.to_owned(), from_shifts, at: at.clone(), shifts });
        Ok(at)
    }

    /// Puts what is at `from` at `at`, too; gives the pointer to it there.
    pub(super) fn copy(&mut self, from: &str, at: &str) -> Done<String> {
        let value = self.get(from)?.clone();
        self.add(at, value, Origin::Copy(from.to_owned()))
    }

    /// Whether `value` is what is at `at`.
    pub(super) fn test(&self, at: &str, value: &Value) -> Done<()> {
        let here = self.value.pointer(at).ok_or_else(|| Refused::Nothing(at.to_owned()))?;
        if equal(here, value) { Ok(()) } else { Err(Refused::Other(metaschema::shown(here))) }
    }

    /// What is to be moved or copied.
    fn get(&self, from: &str) -> Done<&Value> {
        self.value.pointer(from).ok_or_else(|| Refused::NothingFrom(from.to_owned()))
    }

    /// Gives the pointer to `value` where it is put, and whether items of an array move up for it.
    fn insert(&mut self, at: &str, value: Value) -> Done<(String, bool)> {
        let Some((around, token)) = split(at) else {
            if equal(&self.value, &value) {
                return Err(Refused::Same);
            }
            self.value = value;
            return Ok((String::new(), false));
        };
        match self.value.pointer_mut(around) {
            None => Err(Refused::Nothing(around.to_owned())),
            Some(Value::Object(members)) => {
                if members.get(&token).is_some_and(|here| equal(here, &value)) {
                    return Err(Refused::Same);
                }
                members.insert(token, value);
                Ok((at.to_owned(), false))
            }
            Some(Value::Array(items)) => {
                let none = Refused::NoIndex(around.to_owned(), items.len());
                let index = if token == "-" { Some(items.len()) } else { index(&token) };
                let index = index.filter(|index| *index <= items.len()).ok_or(none)?;
                items.insert(index, value);
                Ok((pointer::push(around, &index.to_string()), true))
            }
            Some(_) => Err(Refused::NoParts(around.to_owned())),
        }
    }

    /// Gives what was there, and whether items of an array move down.
    fn take(&mut self, at: &str) -> Done<(Value, bool)> {
        let (around, token) = split(at).ok_or(Refused::Whole)?;
        let gone = || Refused::Nothing(at.to_owned());
        match self.value.pointer_mut(around) {
            Some(Value::Object(members)) => Ok((members.shift_remove(&token).ok_or_else(gone)?, false)),
            Some(Value::Array(items)) => {
                let index = index(&token).filter(|index| *index < items.len()).ok_or_else(gone)?;
                Ok((items.remove(index), true))
            }
            _ => Err(gone()),
        }
    }

    /// Takes note that `value` is there besides, at `at`, if that is within the limits.
    fn admit(&mut self, at: &str, value: &Value) -> Done<()> {
        let (bytes, height) = weigh(value);
        self.bytes = self.bytes.saturating_add(bytes);
        if self.bytes > MAX_FILE_BYTES {
            return Err(Refused::TooLarge);
        }
        self.admit_height(at, height)
    }

    fn admit_height(&self, at: &str, height: usize) -> Done<()> {
        if pointer::tokens(at).count() + height > MAX_DEPTH { Err(Refused::TooDeep) } else { Ok(()) }
    }
}

/// The pointer to what is around `at`, and the token that leads on from there.
fn split(at: &str) -> Option<(&str, String)> {
    let (around, _) = at.rsplit_once('/')?;
    Some((around, pointer::tokens(at).last()?))
}

/// The index that `token` spells: digits without a zero before them (RFC 6901, section 4).
fn index(token: &str) -> Option<usize> {
    token.parse().ok().filter(|index: &usize| index.to_string() == token)
}

/// The bytes of `value`, two for what stands around each part of it, and how many arrays and objects lie within one another.
fn weigh(value: &Value) -> (u64, usize) {
    let within = |parts: &mut dyn Iterator<Item = (usize, &Value)>| {
        let all = parts.map(|(name, part)| (name as u64 + 2, weigh(part)));
        let (bytes, height) =
            all.fold((2, 0), |(bytes, height), (name, (more, inner))| (bytes + name + more, height.max(inner)));
        (bytes, height + 1)
    };
    match value {
        Value::Array(items) => within(&mut items.iter().map(|item| (0, item))),
        Value::Object(members) => members_of(members, within),
        Value::String(text) => (text.len() as u64 + 2, 0),
        other => (other.to_string().len() as u64 + 2, 0),
    }
}

fn members_of(
    members: &Map<String, Value>,
    within: impl Fn(&mut dyn Iterator<Item = (usize, &Value)>) -> (u64, usize),
) -> (u64, usize) {
    within(&mut members.iter().map(|(name, value)| (name.len(), value)))
}

impl Refused {
    /// The member of an operation that it is about.
    pub(super) fn member(&self) -> &'static str {
        match self {
            Self::NothingFrom(_) | Self::IntoItself => "from",
            Self::Other(_) => "value",
            _ => "path",
        }
    }

    /// What to say of `what`, which was to be done to `file`.
    pub(super) fn message(&self, what: &str, file: &str) -> String {
        match self {
            Self::Nothing(at) | Self::NothingFrom(at) => {
                format!("`{what}` has no target: `{file}` has nothing at {}", shown(at))
            }
            Self::NoParts(at) => {
                format!("`{what}` has no target: `{file}` has neither an object nor an array at {}", shown(at))
            }
            Self::NoIndex(at, count) => {
                format!("`{what}` has no target: the array that `{file}` has at {} is of length {count}", shown(at))
            }
            Self::Other(here) => format!("`{what}` fails: `{file}` has {here} there"),
            Self::Same => format!("`{what}` changes nothing: `{file}` says so already"),
            Self::IntoItself => format!("`{what}` would put a part of `{file}` into itself"),
            Self::Whole => format!("`{what}` would take all of `{file}` away"),
            Self::TooLarge => {
                format!("`{what}` makes `{file}` larger than {} MiB, the limit", MAX_FILE_BYTES >> 20)
            }
            Self::TooDeep => {
                format!("`{what}` makes more than {MAX_DEPTH} arrays and objects of `{file}` lie within one another")
            }
        }
    }

    /// What to do about it; `link` is the override's.
    pub(super) fn help(&self, link: &str) -> String {
        match self {
            Self::Same => format!("remove it: it is needed no more, or never was; see {link}"),
            Self::IntoItself | Self::Whole => "correct the pointer".to_owned(),
            Self::TooLarge | Self::TooDeep => {
                "add less: what the override makes counts as if it were the file's".to_owned()
            }
            _ => format!("look at what upstream has there now, then correct the override or remove it; see {link}"),
        }
    }
}

/// A pointer as people see it elsewhere.
fn shown(at: &str) -> String {
    format!("#{at}")
}
