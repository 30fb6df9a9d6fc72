//! The members of an object, as a row: a place for each while it is read, a loan of each while it is written. A row is one
//! member, or a tuple of rows.

use std::fmt::DebugStruct;
use std::marker::PhantomData;

use serde::de::{Error, MapAccess};
use serde::ser::SerializeMap;

#[cfg(feature = "schemars")]
use super::describe::Description;
use super::shape::Shape;
use super::{Json, Reading, Writing, below};

/// What the members of a struct are, each as what is stated of it: one member, a tuple of rows, or a row with the maps of other members
/// ([`Mapped`](super::Mapped)). What it says of members it says for every type that has such a row, so that their fields are all that is
/// written for each type.
pub(crate) trait Row: Sized + 'static {
    /// How many members there are that have fields.
    const COUNT: usize;
    /// Whether there are maps of other members.
    const HAS_MAPS: bool = false;
    /// A place for each member while an object is read.
    type Places: Default;
    /// The members of a struct, lent.
    type Lent<'a>: Copy;
    /// Reads the value of the member at `index` of this row, which is `member` in the whole `shape`.
    fn take<'de, A: MapAccess<'de>>(
        places: &mut Self::Places,
        index: usize,
        shape: &'static Shape,
        member: usize,
        map: &mut A,
    ) -> Result<(), A::Error>;
    /// Reads the value of the member `name`, which has no field, into the map at `index`.
    fn take_other<'de, A: MapAccess<'de>>(
        _: &mut Self::Places,
        _: usize,
        name: String,
        _: &mut A,
    ) -> Result<(), A::Error> {
        Err(A::Error::custom(format_args!("there is no place for member `{name}`")))
    }
    /// The members, once all are read; `names` gives the name of each in turn. The name of the first that has to be there
    /// and is not, if one is not.
    fn finish(places: Self::Places, names: Names<'_>) -> Result<Self, &'static str>;
    /// How many members are present, those in maps among them.
    fn present(lent: Self::Lent<'_>) -> usize;
    /// The names of the members that have fields and are present; `names` gives the name of each in turn.
    fn names(lent: Self::Lent<'_>, names: Names<'_>, found: &mut Vec<&'static str>);
    /// The names of the members that are in maps, each with the index of its map.
    fn others<'a>(_: Self::Lent<'a>, _: &mut Vec<(usize, &'a str)>) {}
    /// Writes the members that are present; `names` gives the name of each in turn.
    fn write<M: SerializeMap>(lent: Self::Lent<'_>, names: Names<'_>, map: &mut M) -> Result<(), M::Error>;
    /// A clone of each member.
    fn cloned(lent: Self::Lent<'_>) -> Self;
    /// Whether each member equals the other's.
    fn equal(one: Self::Lent<'_>, other: Self::Lent<'_>) -> bool;
    /// Shows each member; `fields` gives the name of each field in turn.
    fn show(lent: Self::Lent<'_>, fields: Fields<'_>, to: &mut DebugStruct<'_, '_>);
    /// Adds each member's schema to `object`.
    #[cfg(feature = "schemars")]
    fn describe(object: &mut Description<'_>);
}

/// The names of members, in turn.
pub(crate) type Names<'a> = &'a mut std::slice::Iter<'static, &'static str>;

/// The names of fields, in turn.
pub(crate) type Fields<'a> = &'a mut std::str::SplitWhitespace<'static>;

/// A member that must be there.
pub(crate) struct Required<T>(pub(crate) T);
/// A member that may be absent. `null` is a value like any other: whether it may be is the member's own to say.
pub(crate) struct Optional<T>(pub(crate) Option<T>);

/// It is absent.
impl<T> Default for Optional<T> {
    fn default() -> Self {
        Self(None)
    }
}

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
        finish |$held:ident, $name:ident| $finish:expr, lent |$lent:ident| $present:expr
    ) => {
        impl<T: Json> Row for $place<T> {
            const COUNT: usize = 1;
            type Places = Option<T>;
            type Lent<'a> = &'a $value;

            fn take<'de, A: MapAccess<'de>>(
                place: &mut Option<T>,
                _: usize,
                shape: &'static Shape,
                member: usize,
                map: &mut A,
            ) -> Result<(), A::Error> {
                fill(place, shape, member, map)
            }

            fn finish($held: Option<T>, names: Names<'_>) -> Result<Self, &'static str> {
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

            fn cloned(lent: &$value) -> Self {
                Self(lent.clone())
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
    finish |held, name| held.map(Self).ok_or(name),
    lent |lent| Some(lent));
place!(Optional of Option<T>, false, finish |held, _name| Ok(Self(held)), lent |lent| lent.as_ref());

macro_rules! tuples {
    ($($($row:ident $other:ident)*;)*) => {$(
        #[allow(non_snake_case)]
        impl<$($row: Row),*> Row for ($($row,)*) {
            const COUNT: usize = 0 $(+ $row::COUNT)*;
            type Places = ($($row::Places,)*);
            type Lent<'a> = ($($row::Lent<'a>,)*);

            fn take<'de, Access: MapAccess<'de>>(
                ($($row,)*): &mut Self::Places,
                index: usize,
                shape: &'static Shape,
                member: usize,
                map: &mut Access,
            ) -> Result<(), Access::Error> {
                let first = 0;
                $(
                    if index < first + $row::COUNT {
                        return $row::take($row, index - first, shape, member, map);
                    }
                    let first = first + $row::COUNT;
                )*
                let _ = (first, index, shape, member, map);
                Ok(())
            }

            fn finish(($($row,)*): Self::Places, names: Names<'_>) -> Result<Self, &'static str> {
                let _ = &names;
                Ok(($($row::finish($row, names)?,)*))
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

            fn cloned(($($row,)*): Self::Lent<'_>) -> Self {
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
