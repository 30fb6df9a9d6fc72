//! The members of an object: a place for each while it is read, a loan of each while it is written. A row of members is
//! a tuple of rows.

use std::fmt::DebugStruct;
use std::marker::PhantomData;

use serde::de::{Error, MapAccess};
use serde::ser::SerializeMap;

#[cfg(feature = "schemars")]
use super::describe::Description;
use super::shape::Shape;
use super::{Json, Reading, Writing, below};

/// A place for each member while an object is read: one member, or a tuple of rows. What it says of members it says for
/// every type that has such a row, so that their fields are all that is written for each type.
pub(crate) trait Row: Default + 'static {
    /// How many members there are.
    const COUNT: usize;
    /// What the members become in the struct.
    type Values;
    /// The members of a struct, lent.
    type Lent<'a>: Copy;
    /// Reads the value of the member at `index` of this row, which is `member` in the whole `shape`.
    fn take<'de, A: MapAccess<'de>>(
        &mut self,
        index: usize,
        shape: &'static Shape,
        member: usize,
        map: &mut A,
    ) -> Result<(), A::Error>;
    /// The values, once all members are read; `names` gives the name of each member in turn. The name of the first that has to be there
    /// and is not, if one is not.
    fn finish(self, names: Names<'_>) -> Result<Self::Values, &'static str>;
    /// How many members are present.
    fn present(lent: Self::Lent<'_>) -> usize;
    /// The names of the members that are present; `names` gives the name of each member in turn.
    fn names(lent: Self::Lent<'_>, names: Names<'_>, found: &mut Vec<&'static str>);
    /// Writes the members that are present; `names` gives the name of each member in turn.
    fn write<M: SerializeMap>(lent: Self::Lent<'_>, names: Names<'_>, map: &mut M) -> Result<(), M::Error>;
    /// A clone of each member.
    fn cloned(lent: Self::Lent<'_>) -> Self::Values;
    /// Whether each member equals the other's.
    fn equal(one: Self::Lent<'_>, other: Self::Lent<'_>) -> bool;
    /// Shows each member; `fields` gives the name of each field in turn.
    fn show(lent: Self::Lent<'_>, fields: Fields<'_>, to: &mut DebugStruct<'_, '_>);
    /// Adds each member's schema to `object`.
    #[cfg(feature = "schemars")]
    fn describe(object: &mut Description<'_>);
}

type Names<'a> = &'a mut std::slice::Iter<'static, &'static str>;

/// The names of fields, in turn.
pub(crate) type Fields<'a> = &'a mut std::str::SplitWhitespace<'static>;

/// A member that must be there.
pub(crate) struct Required<T>(Option<T>);
/// A member that may be absent. `null` is a value like any other: whether it may be is the member's own to say.
pub(crate) struct Optional<T>(Option<T>);

/// Puts the next value of `map` into `place`, once.
fn fill<'de, T: Json, A: MapAccess<'de>>(
    place: &mut Option<T>,
    shape: &'static Shape,
    member: usize,
    map: &mut A,
) -> Result<(), A::Error> {
    if place.is_some() {
        return Err(A::Error::custom(shape.twice(member)));
    }
    match map.next_value_seed(Reading(PhantomData)) {
        Ok(value) => {
            *place = Some(value);
            Ok(())
        }
        Err(error) => Err(below(shape.member(member), error)),
    }
}

/// Shows a field as `derive(Debug)` does.
pub(crate) fn shown(field: &dyn std::fmt::Debug, fields: Fields<'_>, to: &mut DebugStruct<'_, '_>) {
    let name = fields.next().unwrap_or_default();
    to.field(name.strip_prefix("r#").unwrap_or(name), field);
}

macro_rules! place {
    (
        $place:ident of $value:ty, $required:literal,
        finish |$self:ident, $name:ident| $finish:expr, lent |$lent:ident| $present:expr
    ) => {
        impl<T> Default for $place<T> {
            fn default() -> Self {
                Self(None)
            }
        }

        impl<T: Json> Row for $place<T> {
            const COUNT: usize = 1;
            type Values = $value;
            type Lent<'a> = &'a $value;

            fn take<'de, A: MapAccess<'de>>(
                &mut self,
                _: usize,
                shape: &'static Shape,
                member: usize,
                map: &mut A,
            ) -> Result<(), A::Error> {
                fill(&mut self.0, shape, member, map)
            }

            fn finish($self, names: Names<'_>) -> Result<$value, &'static str> {
                let $name = names.next().copied().unwrap_or_default();
                $finish
            }

            fn present($lent: &$value) -> usize {
                usize::from($present.is_some())
            }

            fn names($lent: &$value, names: Names<'_>, found: &mut Vec<&'static str>) {
                found.extend(names.next().filter(|_| $present.is_some()));
            }

            fn write<M: SerializeMap>($lent: &$value, names: Names<'_>, map: &mut M) -> Result<(), M::Error> {
                let name = names.next().copied().unwrap_or_default();
                match $present {
                    Some(value) => map.serialize_entry(name, &Writing(value)),
                    None => Ok(()),
                }
            }

            fn cloned(lent: &$value) -> $value {
                lent.clone()
            }

            fn equal(one: &$value, other: &$value) -> bool {
                one == other
            }

            fn show(lent: &$value, fields: Fields<'_>, to: &mut DebugStruct<'_, '_>) {
                shown(lent, fields, to);
            }

            #[cfg(feature = "schemars")]
            fn describe(object: &mut Description<'_>) {
                let schema = T::schema(object.generator);
                object.member(schema, $required);
            }
        }
    };
}

place!(Required of T, true,
    finish |self, name| self.0.ok_or(name),
    lent |lent| Some(lent));
place!(Optional of Option<T>, false, finish |self, _name| Ok(self.0), lent |lent| lent.as_ref());

macro_rules! tuples {
    ($($($row:ident $other:ident)*;)*) => {$(
        #[allow(non_snake_case)]
        impl<$($row: Row),*> Row for ($($row,)*) {
            const COUNT: usize = 0 $(+ $row::COUNT)*;
            type Values = ($($row::Values,)*);
            type Lent<'a> = ($($row::Lent<'a>,)*);

            fn take<'de, Access: MapAccess<'de>>(
                &mut self,
                index: usize,
                shape: &'static Shape,
                member: usize,
                map: &mut Access,
            ) -> Result<(), Access::Error> {
                let ($($row,)*) = self;
                let first = 0;
                $(
                    if index < first + $row::COUNT {
                        return $row.take(index - first, shape, member, map);
                    }
                    let first = first + $row::COUNT;
                )*
                let _ = (first, index, shape, member, map);
                Ok(())
            }

            fn finish(self, names: Names<'_>) -> Result<Self::Values, &'static str> {
                let ($($row,)*) = self;
                let _ = &names;
                Ok(($($row.finish(names)?,)*))
            }

            fn present(($($row,)*): Self::Lent<'_>) -> usize {
                0 $(+ $row::present($row))*
            }

            fn names(($($row,)*): Self::Lent<'_>, names: Names<'_>, found: &mut Vec<&'static str>) {
                let _ = (&names, &found);
                $($row::names($row, names, found);)*
            }

            fn write<Map: SerializeMap>(
                ($($row,)*): Self::Lent<'_>,
                names: Names<'_>,
                map: &mut Map,
            ) -> Result<(), Map::Error> {
                let _ = (&names, &map);
                $($row::write($row, names, map)?;)*
                Ok(())
            }

            fn cloned(($($row,)*): Self::Lent<'_>) -> Self::Values {
                ($($row::cloned($row),)*)
            }

            fn equal(($($row,)*): Self::Lent<'_>, ($($other,)*): Self::Lent<'_>) -> bool {
                true $(&& $row::equal($row, $other))*
            }

            fn show(($($row,)*): Self::Lent<'_>, fields: Fields<'_>, to: &mut DebugStruct<'_, '_>) {
                let _ = (&fields, &to);
                $($row::show($row, fields, to);)*
            }

            #[cfg(feature = "schemars")]
            fn describe(object: &mut Description<'_>) {
                let _ = &object;
                $($row::describe(object);)*
            }
        }
    )*};
}

tuples! {
    ;
    A a;
    A a B b;
    A a B b C c;
    A a B b C c D d;
    A a B b C c D d E e;
    A a B b C c D d E e F f;
    A a B b C c D d E e F f G g;
    A a B b C c D d E e F f G g H h;
}
