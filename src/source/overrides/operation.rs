//! The text of a JSON Patch -> its operations (RFC 6902, sections 3 and 4), with all that is wrong with them.

use serde_json::{Map, Value};

use super::spelled::Spelled;
use crate::pointer;
use crate::source::section::Toml;

/// One operation.
#[derive(Debug)]
pub(super) struct Operation {
    /// The JSON Pointer of what it is about.
    pub(super) path: String,
    pub(super) what: What,
}

/// What is done.
#[derive(Debug)]
pub(super) enum What {
    Add(Value),
    Remove,
    Replace(Value),
    Move(String),
    Copy(String),
    Test(Value),
}

impl What {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Add(_) => "add",
            Self::Remove => "remove",
            Self::Replace(_) => "replace",
            Self::Move(_) => "move",
            Self::Copy(_) => "copy",
            Self::Test(_) => "test",
        }
    }
}

/// Whether `text` is a JSON Pointer (RFC 6901, section 3).
pub(super) fn is_pointer(text: &str) -> bool {
    let escapes = |part: &str| part.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
    (text.is_empty() || text.starts_with('/')) && escapes(text)
}

/// The operations of the patch `value`, whose text is `text`; none if anything is wrong with any of them.
pub(super) fn operations(toml: &mut Toml<'_>, text: &Spelled, value: Value) -> Option<Vec<Operation>> {
    let Value::Array(listed) = value else {
        let help = "write patch = '''[{\"op\": …, \"path\": …}]'''";
        toml.error_at(text.position(""), "a JSON Patch is an array of operations", help);
        return None;
    };
    let count = listed.len();
    let read = listed.into_iter().enumerate().filter_map(|(index, value)| {
        let at = pointer::push("", &index.to_string());
        let Value::Object(members) = value else {
            toml.error_at(text.position(&at), "an operation is an object", "write {\"op\": …, \"path\": …}");
            return None;
        };
        Reader { toml, text, at, members }.operation()
    });
    let read: Vec<Operation> = read.collect();
    (read.len() == count).then_some(read)
}

/// Reads one operation. Members that it does not define are ignored (section 4).
struct Reader<'r, 't> {
    toml: &'r mut Toml<'t>,
    text: &'r Spelled,
    at: String,
    members: Map<String, Value>,
}

impl Reader<'_, '_> {
    fn operation(mut self) -> Option<Operation> {
        let op = self.members.remove("op");
        let path = self.pointer("path");
        let what = match op.as_ref().and_then(Value::as_str) {
            Some("add") => self.value().map(What::Add),
            Some("remove") => Some(What::Remove),
            Some("replace") => self.value().map(What::Replace),
            Some("move") => self.pointer("from").map(What::Move),
            Some("copy") => self.pointer("from").map(What::Copy),
            Some("test") => self.value().map(What::Test),
            _ => {
                let message = "`op` is none of add, remove, replace, move, copy and test";
                self.error("op", message, "say by `op` what is to be done");
                None
            }
        };
        Some(Operation { path: path?, what: what? })
    }

    fn pointer(&mut self, name: &str) -> Option<String> {
        match self.members.remove(name) {
            Some(Value::String(pointer)) if is_pointer(&pointer) => Some(pointer),
            _ => {
                let message = format!("`{name}` is not a JSON Pointer");
                let help = format!("write \"{name}\": \"/…\", in which ~1 stands for `/` and ~0 for `~`");
                self.error(name, &message, &help);
                None
            }
        }
    }

    fn value(&mut self) -> Option<Value> {
        let value = self.members.remove("value");
        if value.is_none() {
            self.error("value", "the operation lacks `value`", "add \"value\": … to the operation");
        }
        value
    }

    fn error(&mut self, name: &str, message: &str, help: &str) {
        let at = self.text.position(&pointer::push(&self.at, name));
        self.toml.error_at(at, message, help);
    }
}
