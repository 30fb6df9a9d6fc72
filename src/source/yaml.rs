//! Turns YAML 1.2 (its core schema) into a JSON value, as strictly as [`json`](super::json) reads JSON: one document, no
//! mapping with two members of one name, no nesting beyond [`MAX_DEPTH`]. What aliases repeat counts as if it were
//! written out: towards the nesting, and towards [`MAX_FILE_BYTES`].
//!
//! A key is the text that it is written as: `200:` is the member "200". `<<` merges mappings, as in YAML 1.1: whoever
//! writes it means that.

mod marks;
mod scalar;

use std::{borrow::Cow, collections::BTreeMap, rc::Rc};

use granit_parser::{Event, Marker, Parser, ScalarStyle, ScanError, StrInput, Tag};
use serde_json::{Map, Value};

pub(super) use marks::Marks;

use super::{MAX_DEPTH, MAX_FILE_BYTES, findings::Findings};
use crate::{
    diagnostic::{Diagnostic, Diagnostics, Position, Result},
    pointer,
};

/// The value that `text` spells, and where its parts are; `file` names it in diagnostics.
///
/// # Errors
///
/// What is no YAML, what JSON cannot say, and what is beyond the limits.
pub(super) fn parse(file: &str, text: &str) -> Result<(Value, Marks)> {
    let mut reader = Reader {
        file,
        events: Parser::new_from_str(text),
        path: Vec::new(),
        anchors: BTreeMap::new(),
        repeated: 0,
        duplicates: Findings::new(file),
    };
    let read = reader.document();
    let mut found = reader.duplicates.into_vec();
    match read {
        Ok(node) if found.is_empty() => Ok((node.value, node.marks)),
        Ok(_) => Err(Diagnostics(found)),
        Err(mismatch) => {
            found.push(*mismatch);
            Err(Diagnostics(found))
        }
    }
}

/// What stops the reader.
type Stop = Box<Diagnostic>;

/// A value, with what the limits look at.
#[derive(Clone)]
struct Node {
    value: Value,
    marks: Marks,
    /// The bytes of its scalars and keys, and two for what stands around each.
    bytes: u64,
    /// How many arrays and objects lie within one another in it.
    height: usize,
}

/// What is known while reading: where the reader stands, and what it found so far.
struct Reader<'t> {
    file: &'t str,
    events: Parser<'t, StrInput<'t>>,
    path: Vec<String>,
    anchors: BTreeMap<usize, Rc<Node>>,
    /// The bytes that aliases have repeated.
    repeated: u64,
    duplicates: Findings,
}

impl<'t> Reader<'t> {
    fn next(&mut self) -> std::result::Result<(Event<'t>, Position), Stop> {
        match self.events.next_event() {
            Some(Ok((event, span))) => Ok((event, position(&span.start))),
            Some(Err(error)) => Err(self.syntax(&error)),
            None => Ok((Event::StreamEnd, Position { line: 1, column: 1 })),
        }
    }

    fn stop(&self, at: Position, message: impl Into<String>, help: &str) -> Stop {
        let pointer = self.path.iter().fold(String::new(), |pointer, token| pointer::push(&pointer, token));
        Box::new(Diagnostic::error(self.file, message).at(Some(at)).pointing(pointer).help(help))
    }

    fn syntax(&self, error: &ScanError) -> Stop {
        let message = format!("this is not YAML: {}", error.info());
        self.stop(position(error.marker()), message, "mend the file here or just before, or fetch it again")
    }

    /// The one document of the stream.
    fn document(&mut self) -> std::result::Result<Node, Stop> {
        let mut read = None;
        loop {
            match self.next()? {
                (Event::StreamStart | Event::DocumentStart(..) | Event::DocumentEnd, _) => {}
                (Event::StreamEnd, at) => {
                    return read.ok_or_else(|| self.stop(at, "the file is empty", "fetch the file again"));
                }
                (_, at) if read.is_some() => {
                    let message = "a second document begins here";
                    return Err(self.stop(at, message, "split the file at `---`: a source is one document"));
                }
                (event, at) => read = Some(self.node(event, at)?),
            }
        }
    }

    /// The node that begins with `event`.
    fn node(&mut self, event: Event<'t>, at: Position) -> std::result::Result<Node, Stop> {
        let anchor = event.anchor_id();
        let node = match event {
            Event::Scalar(text, style, _, tag) => self.scalar(&text, style, tag.as_deref(), at)?,
            Event::SequenceStart(_, _, tag) => {
                self.check_collection(tag, "seq", at)?;
                self.sequence(at)?
            }
            Event::MappingStart(_, _, tag) => {
                self.check_collection(tag, "map", at)?;
                self.mapping(at)?
            }
            Event::Alias(target) => self.alias(target, at)?,
            _ => {
                return Err(self.stop(at, "this is not YAML: a value is missing", "mend the file here or just before"));
            }
        };
        if let Some(anchor) = anchor {
            // What an anchor keeps is a repetition as well.
            self.repeat(node.bytes, at)?;
            self.anchors.insert(anchor, Rc::new(node.clone()));
        }
        Ok(node)
    }

    fn scalar(
        &self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        at: Position,
    ) -> std::result::Result<Node, Stop> {
        let value = scalar::value(text, style, tag).map_err(|scalar::NotJson { message, help }| {
            // A tag stands before its value, but there is one place only to point at.
            self.stop(at, message, help)
        })?;
        Ok(Node { value, marks: Marks::new(at), bytes: text.len() as u64 + 2, height: 0 })
    }

    fn sequence(&mut self, at: Position) -> std::result::Result<Node, Stop> {
        let (mut array, mut marks, mut bytes, mut height) = (Vec::new(), Marks::new(at), 2, 0);
        self.enter(at, 1)?;
        loop {
            let (event, at) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                break;
            }
            self.path.push(array.len().to_string());
            let node = self.node(event, at)?;
            self.path.pop();
            (bytes, height) = (bytes + node.bytes, height.max(node.height));
            array.push(node.value);
            marks.push(node.marks);
        }
        Ok(Node { value: Value::Array(array), marks, bytes, height: height + 1 })
    }

    fn mapping(&mut self, at: Position) -> std::result::Result<Node, Stop> {
        let (mut object, mut marks, mut bytes, mut height) = (Map::new(), Marks::new(at), 2, 0);
        let mut merged = Vec::new();
        self.enter(at, 1)?;
        loop {
            let (key, key_at) = self.next()?;
            if matches!(key, Event::MappingEnd) {
                break;
            }
            let merges = matches!(&key, Event::Scalar(text, ScalarStyle::Plain, _, None) if text == "<<");
            let name = self.key(key, key_at)?;
            self.path.push(name.clone());
            let known = !merges && object.contains_key(&name);
            if known {
                self.duplicate(&name, key_at);
            }
            let (event, at) = self.next()?;
            let node = self.node(event, at)?;
            if merges {
                merged.push((self.mergeable(node, at)?, at));
            } else if !known {
                (bytes, height) = (bytes + name.len() as u64 + 2 + node.bytes, height.max(node.height));
                object.insert(name, node.value);
                marks.push(node.marks);
            }
            self.path.pop();
        }
        for node in merged.into_iter().flat_map(|(nodes, _)| nodes) {
            (bytes, height) = (bytes + node.bytes, height.max(node.height.saturating_sub(1)));
            let Value::Object(members) = node.value else { continue };
            for ((name, value), mark) in members.into_iter().zip(node.marks.into_parts()) {
                if !object.contains_key(&name) {
                    object.insert(name, value);
                    marks.push(mark);
                }
            }
        }
        Ok(Node { value: Value::Object(object), marks, bytes, height: height + 1 })
    }

    /// The mappings that `node`, the value of `<<`, brings in, the one that counts most first.
    fn mergeable(&self, node: Node, at: Position) -> std::result::Result<Vec<Node>, Stop> {
        let Node { value, marks, bytes, height } = node;
        let nodes = match value {
            Value::Array(items) => {
                let (count, parts) = (items.len().max(1) as u64, marks.into_parts());
                let node =
                    |(value, marks)| Node { value, marks, bytes: bytes / count, height: height.saturating_sub(1) };
                items.into_iter().zip(parts).map(node).collect()
            }
            value => vec![Node { value, marks, bytes, height }],
        };
        if nodes.iter().all(|node| node.value.is_object()) {
            return Ok(nodes);
        }
        let help = "let it be an alias of a mapping, or a list of such; or quote it, if a member is called so";
        Err(self.stop(at, "`<<` merges mappings, and this is none", help))
    }

    /// The name that a key stands for.
    fn key(&mut self, key: Event<'t>, at: Position) -> std::result::Result<String, Stop> {
        let help = "write the key as text: a member of a JSON object has a name";
        match key {
            Event::Scalar(text, _, anchor, _) => {
                if anchor != 0 {
                    let node =
                        Node { value: (*text).into(), marks: Marks::new(at), bytes: text.len() as u64, height: 0 };
                    self.anchors.insert(anchor, Rc::new(node));
                }
                Ok(text.into_owned())
            }
            Event::Alias(target) => match self.alias(target, at)?.value {
                Value::String(text) => Ok(text),
                _ => Err(self.stop(at, "the key is an alias of what is not text", help)),
            },
            _ => Err(self.stop(at, "the key is a mapping or a sequence, which JSON does not have", help)),
        }
    }

    fn alias(&mut self, target: usize, at: Position) -> std::result::Result<Node, Stop> {
        let Some(node) = self.anchors.get(&target).cloned() else {
            let help = "write out what it means, or refer to it with `$ref`";
            return Err(self.stop(at, "the alias stands for what it lies in itself", help));
        };
        self.enter(at, node.height)?;
        self.repeat(node.bytes, at)?;
        Ok(Node { marks: node.marks.moved(at), ..Node::clone(&node) })
    }

    /// Takes note that `bytes` are there once more.
    fn repeat(&mut self, bytes: u64, at: Position) -> std::result::Result<(), Stop> {
        self.repeated += bytes;
        if self.repeated <= MAX_FILE_BYTES {
            return Ok(());
        }
        let message = format!("the aliases of the file repeat more than {} MiB, the limit", MAX_FILE_BYTES >> 20);
        Err(self.stop(at, message, "nothing larger is read; refer to what is repeated with `$ref`, or split the file"))
    }

    /// Makes sure that `height` more arrays and objects may lie within one another here.
    fn enter(&self, at: Position, height: usize) -> std::result::Result<(), Stop> {
        if self.path.len() + height <= MAX_DEPTH {
            return Ok(());
        }
        let message = format!("more than {MAX_DEPTH} arrays and objects lie within one another");
        let help = "no deeper nesting is read; move inner schemas below `$defs` and refer to them with `$ref`";
        Err(self.stop(at, message, help))
    }

    /// Makes sure that a collection has no tag but that of its `kind`.
    fn check_collection(&self, tag: Option<Cow<'_, Tag>>, kind: &str, at: Position) -> std::result::Result<(), Stop> {
        let Some(tag) = tag.filter(|tag| tag.core_suffix() != Some(kind) && !scalar::is_non_specific(tag)) else {
            return Ok(());
        };
        Err(self.stop(at, format!("the tag `{}` is not known here", tag.original()), scalar::TAG_HELP))
    }

    /// A member whose name, the last of the path, was there before.
    fn duplicate(&mut self, name: &str, at: Position) {
        let pointer = self.path.iter().fold(String::new(), |pointer, token| pointer::push(&pointer, token));
        let file = self.file;
        self.duplicates.push(|| {
            Diagnostic::error(file, format!("the mapping has a second member `{name}`"))
                .at(Some(at))
                .pointing(pointer)
                .help("remove or rename one of the two: readers disagree about which one counts")
        });
    }
}

fn position(marker: &Marker) -> Position {
    Position { line: marker.line(), column: marker.col() + 1 }
}
