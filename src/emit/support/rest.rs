//! The members of an object that have no field of their own: maps, one for each pattern of their names and one for all
//! others; and the rules that speak of all members.

use std::collections::BTreeMap;
use std::fmt::{Debug, DebugStruct};
use std::marker::PhantomData;

use serde::de::{Error, IntoDeserializer, MapAccess, value::Error as Refusal};
use serde::ser::SerializeMap;

#[cfg(feature = "schemars")]
use super::describe::Description;
use super::row::{Fields, Names, Row, shown};
use super::shape::Shape;
use super::{Json, Reading, Writing, below};

/// A map for members that have no field of their own.
pub(crate) struct Rest {
    /// Which names go into it: the regular expression, and the function that looks for it. All others, if there is none.
    pub(crate) pattern: Option<(&'static str, fn(&str) -> bool)>,
    /// The annotations of a member's value.
    #[cfg(feature = "schemars")]
    pub(crate) annotations: super::Annotations,
}

/// A rule that the members of an object keep or break together, named for its keyword.
pub(crate) enum Together {
    /// So many members at the least.
    MinProperties(usize),
    /// So many members at the most.
    MaxProperties(usize),
    /// With the first, all of the others.
    DependentRequired(&'static [(&'static str, &'static [&'static str])]),
    /// Each name as the type that the functions are of.
    PropertyNames {
        refusal: fn(&str) -> Option<String>,
        #[cfg(feature = "schemars")]
        schema: fn(&mut schemars::SchemaGenerator) -> schemars::Schema,
        #[cfg(feature = "schemars")]
        annotations: super::Annotations,
    },
}

impl Together {
    /// What is wrong with members of these names, if anything is.
    fn broken_by(&self, names: &[&str]) -> Option<String> {
        let count = names.len();
        match self {
            Self::MinProperties(least) => {
                (count < *least).then(|| format!("{count} members break minProperties {least}"))
            }
            Self::MaxProperties(most) => (count > *most).then(|| format!("{count} members break maxProperties {most}")),
            Self::DependentRequired(dependencies) => {
                let present = dependencies.iter().filter(|(name, _)| names.contains(name));
                let mut pairs = present.flat_map(|(name, others)| others.iter().map(move |other| (name, other)));
                let (name, other) = pairs.find(|(_, other)| !names.contains(other))?;
                Some(format!("member `{name}` without `{other}` breaks dependentRequired"))
            }
            Self::PropertyNames { refusal, .. } => {
                let refused = names.iter().find_map(|name| Some((name, refusal(name)?)));
                refused.map(|(name, why)| format!("the name `{name}` breaks propertyNames: {why}"))
            }
        }
    }
}

/// Why `name` is not a value of the type `T`, if it is none.
pub(crate) fn refusal<T: Json>(name: &str) -> Option<String> {
    let deserializer: serde::de::value::StrDeserializer<'_, Refusal> = name.into_deserializer();
    T::read(deserializer).err().map(|error| error.to_string())
}

/// A map of members.
pub(crate) trait Entries: Default + Clone + Debug + PartialEq + 'static {
    /// Reads the next value of `map` as that of the member `name`, unless there is one already.
    fn take<'de, A: MapAccess<'de>>(&mut self, name: String, map: &mut A) -> Result<(), A::Error>;
    /// The members' names.
    fn names(&self) -> impl Iterator<Item = &str>;
    /// Writes each member.
    fn write_each<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
    /// The schema of a member's value.
    #[cfg(feature = "schemars")]
    fn value(generator: &mut schemars::SchemaGenerator) -> schemars::Schema;
}

impl<T: Json> Entries for BTreeMap<String, T> {
    fn take<'de, A: MapAccess<'de>>(&mut self, name: String, map: &mut A) -> Result<(), A::Error> {
        let value = map.next_value_seed(Reading(PhantomData)).map_err(|error| below(&name, error))?;
        if self.contains_key(&name) {
            return Err(A::Error::custom(format_args!("member `{name}` is given twice")));
        }
        self.insert(name, value);
        Ok(())
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.keys().map(String::as_str)
    }

    fn write_each<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.iter().try_for_each(|(name, value)| map.serialize_entry(name, &Writing(value)))
    }

    #[cfg(feature = "schemars")]
    fn value(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::schema(generator)
    }
}

/// The maps of an object: the first, and the others.
pub(crate) trait Rests: Default + 'static {
    /// The maps of a struct, lent.
    type Lent<'a>: Copy;
    /// Reads the next value of `map` as that of the member `name`, into the map at `index`.
    fn take<'de, A: MapAccess<'de>>(&mut self, index: usize, name: String, map: &mut A) -> Result<(), A::Error>;
    /// How many members are in them.
    fn count(lent: Self::Lent<'_>) -> usize;
    /// Each member's name, with the index of its map counted from `first`.
    fn names<'a>(lent: Self::Lent<'a>, first: usize, found: &mut Vec<(usize, &'a str)>);
    /// Writes all members.
    fn write<M: SerializeMap>(lent: Self::Lent<'_>, map: &mut M) -> Result<(), M::Error>;
    /// A clone of each map.
    fn cloned(lent: Self::Lent<'_>) -> Self;
    /// Whether each map equals the other's.
    fn equal(one: Self::Lent<'_>, other: Self::Lent<'_>) -> bool;
    /// Shows each map; `fields` gives the name of each field in turn.
    fn show(lent: Self::Lent<'_>, fields: Fields<'_>, to: &mut DebugStruct<'_, '_>);
    /// The schema of each map's values.
    #[cfg(feature = "schemars")]
    fn values(generator: &mut schemars::SchemaGenerator, found: &mut Vec<schemars::Schema>);
}

impl Rests for () {
    type Lent<'a> = ();

    fn take<'de, A: MapAccess<'de>>(&mut self, _: usize, name: String, _: &mut A) -> Result<(), A::Error> {
        Err(A::Error::custom(format_args!("there is no place for member `{name}`")))
    }

    fn count((): ()) -> usize {
        0
    }

    fn names<'a>((): (), _: usize, _: &mut Vec<(usize, &'a str)>) {}

    fn write<M: SerializeMap>((): (), _: &mut M) -> Result<(), M::Error> {
        Ok(())
    }

    fn cloned((): ()) -> Self {}

    fn equal((): (), (): ()) -> bool {
        true
    }

    fn show((): (), _: Fields<'_>, _: &mut DebugStruct<'_, '_>) {}

    #[cfg(feature = "schemars")]
    fn values(_: &mut schemars::SchemaGenerator, _: &mut Vec<schemars::Schema>) {}
}

impl<E: Entries, R: Rests> Rests for (E, R) {
    type Lent<'a> = (&'a E, R::Lent<'a>);

    fn take<'de, A: MapAccess<'de>>(&mut self, index: usize, name: String, map: &mut A) -> Result<(), A::Error> {
        match index.checked_sub(1) {
            None => self.0.take(name, map),
            Some(index) => self.1.take(index, name, map),
        }
    }

    fn count((first, others): Self::Lent<'_>) -> usize {
        first.names().count() + R::count(others)
    }

    fn names<'a>((map, others): Self::Lent<'a>, first: usize, found: &mut Vec<(usize, &'a str)>) {
        found.extend(map.names().map(|name| (first, name)));
        R::names(others, first + 1, found);
    }

    fn write<M: SerializeMap>((first, others): Self::Lent<'_>, map: &mut M) -> Result<(), M::Error> {
        first.write_each(map)?;
        R::write(others, map)
    }

    fn cloned((first, others): Self::Lent<'_>) -> Self {
        (first.clone(), R::cloned(others))
    }

    fn equal((first, others): Self::Lent<'_>, (other_first, other_others): Self::Lent<'_>) -> bool {
        first == other_first && R::equal(others, other_others)
    }

    fn show((first, others): Self::Lent<'_>, fields: Fields<'_>, to: &mut DebugStruct<'_, '_>) {
        shown(first, fields, to);
        R::show(others, fields, to);
    }

    #[cfg(feature = "schemars")]
    fn values(generator: &mut schemars::SchemaGenerator, found: &mut Vec<schemars::Schema>) {
        found.push(E::value(generator));
        R::values(generator, found);
    }
}

/// A row of members, and maps of others. Only a struct that has such maps asks for one.
#[derive(Default)]
pub(crate) struct Mapped<R, M>(pub(crate) R, pub(crate) M);

impl<R: Row, O: Rests> Row for Mapped<R, O> {
    const COUNT: usize = R::COUNT;
    const HAS_MAPS: bool = true;
    type Places = (R::Places, O);
    type Lent<'a> = (R::Lent<'a>, O::Lent<'a>);

    fn take<'de, A: MapAccess<'de>>(
        (members, _): &mut Self::Places,
        index: usize,
        shape: &'static Shape,
        member: usize,
        map: &mut A,
    ) -> Result<(), A::Error> {
        R::take(members, index, shape, member, map)
    }

    fn take_other<'de, A: MapAccess<'de>>(
        (_, rests): &mut Self::Places,
        index: usize,
        name: String,
        map: &mut A,
    ) -> Result<(), A::Error> {
        rests.take(index, name, map)
    }

    fn finish((members, rests): Self::Places, names: Names<'_>) -> Result<Self, &'static str> {
        Ok(Self(R::finish(members, names)?, rests))
    }

    fn present((members, rests): Self::Lent<'_>) -> usize {
        R::present(members) + O::count(rests)
    }

    fn names((members, _): Self::Lent<'_>, names: Names<'_>, found: &mut Vec<&'static str>) {
        R::names(members, names, found);
    }

    fn others<'a>((_, rests): Self::Lent<'a>, found: &mut Vec<(usize, &'a str)>) {
        O::names(rests, 0, found);
    }

    fn write<M: SerializeMap>((members, rests): Self::Lent<'_>, names: Names<'_>, map: &mut M) -> Result<(), M::Error> {
        R::write(members, names, map)?;
        O::write(rests, map)
    }

    fn cloned((members, rests): Self::Lent<'_>) -> Self {
        Self(R::cloned(members), O::cloned(rests))
    }

    fn equal((members, rests): Self::Lent<'_>, (other_members, other_rests): Self::Lent<'_>) -> bool {
        R::equal(members, other_members) && O::equal(rests, other_rests)
    }

    fn show((members, rests): Self::Lent<'_>, fields: Fields<'_>, to: &mut DebugStruct<'_, '_>) {
        R::show(members, fields, to);
        O::show(rests, fields, to);
    }

    #[cfg(feature = "schemars")]
    fn describe(object: &mut Description<'_>) {
        R::describe(object);
        O::values(object.generator, &mut object.maps);
    }
}

impl Shape {
    /// The index of the map for members of this name, which have no field.
    pub(crate) fn rest_of(&self, name: &str) -> Option<usize> {
        self.rest.iter().position(|rest| rest.pattern.is_none_or(|(_, matches)| matches(name)))
    }

    /// A member that is in a map for others, if there is one. None is when an object was just read.
    pub(crate) fn astray<R: Row>(&self, lent: R::Lent<'_>) -> Option<String> {
        let mut entries = Vec::new();
        R::others(lent, &mut entries);
        self.astray_of(&entries)
    }

    /// The same of the members of these names, each with the index of its map.
    fn astray_of(&self, entries: &[(usize, &str)]) -> Option<String> {
        let is_astray =
            |(index, name): &&(usize, &str)| self.members.contains(name) || self.rest_of(name) != Some(*index);
        let (_, name) = entries.iter().find(is_astray)?;
        Some(self.said(&format!("member `{name}` is in a map that is for others")))
    }

    /// What all members break together, if they break anything.
    pub(crate) fn broken_by<R: Row>(&self, lent: R::Lent<'_>) -> Option<String> {
        let (mut fields, mut entries) = (Vec::new(), Vec::new());
        R::names(lent, &mut self.members.iter(), &mut fields);
        R::others(lent, &mut entries);
        self.broken_by_all(fields, entries)
    }

    /// The same by members of these names, of fields and of maps.
    fn broken_by_all(&self, fields: Vec<&str>, entries: Vec<(usize, &str)>) -> Option<String> {
        let names: Vec<&str> = fields.into_iter().chain(entries.into_iter().map(|(_, name)| name)).collect();
        self.rules.iter().find_map(|rule| rule.broken_by(&names)).map(|what| self.said(&what))
    }

    fn said(&self, what: &str) -> String {
        format!("{}: {what} ({})", self.name, self.source)
    }
}
