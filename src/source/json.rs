//! Turns bytes into a JSON value, strictly (RFC 8259): UTF-8 without a byte order mark, one value and nothing after it,
//! no object with two members of one name, no nesting beyond [`MAX_DEPTH`].
//!
//! Integers are read as `i64` or `u64`, all other numbers as `f64`.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value, value::RawValue};

use super::{MAX_DEPTH, findings::Findings, locate};
use crate::{
    diagnostic::{Diagnostic, Diagnostics, Result},
    pointer,
};

/// The text of `bytes` and the value it spells; `file` names it in diagnostics.
pub(super) fn parse(file: &str, bytes: Vec<u8>) -> Result<(String, Value)> {
    let text = text(file, bytes)?;
    let mut reader = Reader { text: &text, file, path: Vec::new(), too_deep: false, duplicates: Findings::new(file) };
    let mut deserializer = serde_json::Deserializer::from_str(&text);
    let read = Here(&mut reader).deserialize(&mut deserializer).and_then(|value| deserializer.end().map(|()| value));
    let mismatch = read.as_ref().err().map(|error| reader.syntax(error));
    let mut found = reader.duplicates.into_vec();
    found.extend(mismatch);
    match read {
        Ok(value) if found.is_empty() => Ok((text, value)),
        _ => Err(Diagnostics(found)),
    }
}

fn text(file: &str, bytes: Vec<u8>) -> Result<String> {
    let help = "save the file as UTF-8, or fetch it again: its bytes may have been damaged";
    let text = locate::utf8(file, bytes, help)?;
    if text.starts_with('\u{feff}') {
        let diagnostic = Diagnostic::error(file, "the file begins with a byte order mark, which JSON does not allow");
        return Err(diagnostic.at(Some(locate::offset(&text, 0))).help("save the file as UTF-8 without a mark").into());
    }
    Ok(text)
}

/// What is known while reading: where the reader stands, and what it found so far.
struct Reader<'t> {
    text: &'t str,
    file: &'t str,
    path: Vec<String>,
    too_deep: bool,
    duplicates: Findings,
}

impl Reader<'_> {
    fn pointer(&self) -> String {
        self.path.iter().fold(String::new(), |pointer, token| pointer::push(&pointer, token))
    }

    /// What stopped the reader, at the value that it was reading.
    fn syntax(&self, error: &serde_json::Error) -> Diagnostic {
        let spoken = error.to_string();
        let reason = spoken.rsplit_once(" at line ").map_or(spoken.as_str(), |(reason, _)| reason);
        let (message, help) = if self.too_deep {
            (
                format!("more than {MAX_DEPTH} arrays and objects lie within one another"),
                "no deeper nesting is read; move inner schemas below `$defs` and refer to them with `$ref`",
            )
        } else if error.is_eof() {
            ("the JSON ends too early".to_owned(), "fetch the file again: it may have been cut short")
        } else {
            (format!("this is not JSON: {reason}"), "mend the file, or fetch it again")
        };
        Diagnostic::error(self.file, message)
            .at(Some(locate::line_and_byte(self.text, error.line(), error.column())))
            .pointing(self.pointer())
            .help(help)
    }

    /// A member whose name, the last of the path, was there before; `key` is its text.
    fn duplicate(&mut self, key: &str) {
        let pointer = self.pointer();
        let position = locate::offset(self.text, locate::offset_in(self.text, key));
        let file = self.file;
        self.duplicates.push(|| {
            Diagnostic::error(file, format!("the object has a second member {key}"))
                .at(Some(position))
                .pointing(pointer)
                .help("remove or rename one of the two: readers of JSON disagree about which one counts")
        });
    }
}

/// Reads the value at the reader's path.
struct Here<'r, 't>(&'r mut Reader<'t>);

impl Here<'_, '_> {
    fn enter<E: serde::de::Error>(&mut self) -> std::result::Result<(), E> {
        self.0.too_deep = self.0.path.len() >= MAX_DEPTH;
        if self.0.too_deep { Err(E::custom("nested too deeply")) } else { Ok(()) }
    }
}

impl<'de> DeserializeSeed<'de> for Here<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Here<'_, '_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> std::result::Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> std::result::Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> std::result::Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> std::result::Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> std::result::Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, value: &str) -> std::result::Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut elements: A) -> std::result::Result<Value, A::Error> {
        self.enter()?;
        let mut array = Vec::new();
        self.0.path.push("0".to_owned());
        while let Some(element) = elements.next_element_seed(Here(self.0))? {
            array.push(element);
            self.0.path.pop();
            self.0.path.push(array.len().to_string());
        }
        self.0.path.pop();
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> std::result::Result<Value, A::Error> {
        self.enter()?;
        let mut object = Map::new();
        // A key is read raw, because its place in the text says where the member is.
        while let Some(key) = members.next_key::<&'de RawValue>()? {
            let name: String = serde_json::from_str(key.get()).map_err(A::Error::custom)?;
            let known = object.contains_key(&name);
            self.0.path.push(name);
            if known {
                self.0.duplicate(key.get());
            }
            let value = members.next_value_seed(Here(self.0))?;
            if let Some(name) = self.0.path.pop()
                && !known
            {
                object.insert(name, value);
            }
        }
        Ok(Value::Object(object))
    }
}
