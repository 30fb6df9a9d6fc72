//! An object of a union, read as the branch that its tag names.
//!
//! What stands before the tag is held until the tag comes; all that stands after it goes to the branch as it is read.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::invalid::one_of;
use super::refusal::{Refusal, Why};
use super::choice::Choice;
use super::union::{Present, Union};
use super::{Invalid, Reading, below};

/// Reads an object as the branch that its member `tag` names.
pub(crate) fn read_tagged<'de, T: Union, A: MapAccess<'de>>(tag: &'static str, rest: A) -> Result<T, A::Error> {
    let (index, members) = tagged(T::CHOICE, tag, rest)?;
    read_branch(index, members)
}

/// The index of the branch of `choice` that the member `tag` names, and all members.
fn tagged<'de, A: MapAccess<'de>>(
    choice: &'static Choice,
    tag: &'static str,
    mut rest: A,
) -> Result<(usize, Members<A>), A::Error> {
    let mut held: Vec<(String, Value)> = Vec::new();
    while let Some(name) = rest.next_key_seed(OtherThan(tag))? {
        let Some(name) = name else {
            let (index, text) = rest.next_value_seed(Tag(choice)).map_err(|error| below(tag, error))?;
            let next = Next::Name(tag, text);
            return Ok((index, Members { next, held: held.into_iter(), rest }));
        };
        let value = rest.next_value_seed(Reading(PhantomData)).map_err(|error| below(&name, error))?;
        held.push((name, value));
    }
    let value = Value::Object(Map::from_iter(held));
    Err(A::Error::custom(Refusal::new(&value, choice, Why::NoTag(tag), |_, _| None)))
}

/// Reads an object as the branch with this index.
pub(crate) fn read_untagged<'de, T: Union, A: MapAccess<'de>>(index: usize, rest: A) -> Result<T, A::Error> {
    read_branch(index, Members { next: Next::Other, held: Vec::new().into_iter(), rest })
}

fn read_branch<'de, T: Union, A: MapAccess<'de>>(index: usize, members: Members<A>) -> Result<T, A::Error> {
    T::read_branch(index, Present(MapAccessDeserializer::new(members)))
}

/// The members of an object: its tag, those that stood before it, then the others.
struct Members<A> {
    next: Next,
    held: std::vec::IntoIter<(String, Value)>,
    rest: A,
}

/// What is asked for next.
enum Next {
    /// The name of the tag, which has this text.
    Name(&'static str, &'static str),
    /// The text of the tag.
    Text(&'static str),
    /// The value of a member that is held.
    Value(Value),
    /// The name of a member that is held, or whatever is still to be read.
    Other,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Members<A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        if let Next::Name(tag, text) = self.next {
            self.next = Next::Text(text);
            return seed.deserialize(tag.into_deserializer()).map(Some);
        }
        match self.held.next() {
            Some((name, value)) => {
                self.next = Next::Value(value);
                seed.deserialize(name.into_deserializer()).map(Some)
            }
            None => self.rest.next_key_seed(seed),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        match std::mem::replace(&mut self.next, Next::Other) {
            Next::Text(text) => seed.deserialize(text.into_deserializer()),
            Next::Value(value) => seed.deserialize(value).map_err(A::Error::custom),
            Next::Name(..) | Next::Other => self.rest.next_value_seed(seed),
        }
    }
}

/// Reads the name of a member, unless it is this one.
struct OtherThan(&'static str);

impl<'de> DeserializeSeed<'de> for OtherThan {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<String>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for OtherThan {
    type Value = Option<String>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a member's name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Option<String>, E> {
        Ok(Some(name).filter(|name| *name != self.0).map(str::to_owned))
    }
}

/// Reads a tag: the index of the branch that it names, and the tag's text.
struct Tag(&'static Choice);

impl Tag {
    /// What a tag has to be.
    fn rule(&self) -> String {
        let tags: Vec<_> = self.0.branches.iter().flat_map(|branch| branch.tags).collect();
        one_of(tags.iter().map(|tag| format!("{tag:?}")))
    }
}

impl<'de> DeserializeSeed<'de> for Tag {
    type Value = (usize, &'static str);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Tag {
    type Value = (usize, &'static str);

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.rule())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        let all = self.0.branches.iter().enumerate();
        let mut all = all.flat_map(|(index, branch)| branch.tags.iter().map(move |tag| (index, *tag)));
        let found = all.find(|(_, tag)| *tag == text);
        found.ok_or_else(|| E::custom(Invalid::new(self.rule(), format!("{text:?}"), self.0.source)))
    }
}
