//! The members of an object: a place for each while it is read, a loan of each while it is written. A row of members is
//! a tuple of rows.

use std::marker::PhantomData;

use serde::de::{Error, MapAccess};
use serde::ser::SerializeMap;

#[cfg(feature = "schemars")]
use super::describe::Description;
use super::object::Shape;
use super::{Json, Reading, Writing, below};

/// A place for each member while an object is read: one member, or a tuple of rows.
pub(crate) trait Row {
    /// How many members there are.
    const COUNT: usize;
    /// What the members become in the struct.
    type Values;
    /// Reads the value of the member at `index` of this row, which is `member` in the whole `shape`.
    fn take<'de, A: MapAccess<'de>>(
        &mut self,
        index: usize,
        shape: &'static Shape,
        member: usize,
        map: &mut A,
    ) -> Result<(), A::Error>;
    /// The values, once all of `map` is read; `names` gives the name of each member in turn.
    fn finish<E: Error>(self, shape: &'static Shape, names: Names<'_>) -> Result<Self::Values, E>;
}

type Names<'a> = &'a mut std::slice::Iter<'static, &'static str>;

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
    let name = shape.members.get(member).copied().unwrap_or_default();
    if place.is_some() {
        return Err(A::Error::custom(format_args!("member `{name}` of {} is given twice", shape.name)));
    }
    *place = Some(map.next_value_seed(Reading(PhantomData)).map_err(|error| below(name, error))?);
    Ok(())
}

macro_rules! place {
    ($place:ident, $lent:ident, $value:ty, $from:ty, |$self:ident, $shape:ident, $name:ident| $finish:expr) => {
        impl<T> $place<T> {
            /// A place with nothing in it yet.
            pub(crate) fn empty() -> Self {
                Self(None)
            }

            /// The member of a struct, lent for writing.
            pub(crate) fn lend(member: &$from) -> $lent<'_, T> {
                $lent(member)
            }
        }

        impl<T: Json> Row for $place<T> {
            const COUNT: usize = 1;
            type Values = $value;

            fn take<'de, A: MapAccess<'de>>(
                &mut self,
                _: usize,
                shape: &'static Shape,
                member: usize,
                map: &mut A,
            ) -> Result<(), A::Error> {
                fill(&mut self.0, shape, member, map)
            }

            fn finish<E: Error>($self, $shape: &'static Shape, names: Names<'_>) -> Result<$value, E> {
                let $name = names.next().copied().unwrap_or_default();
                $finish
            }
        }
    };
}

place!(Required, LentRequired, T, T, |self, shape, name| self
    .0
    .ok_or_else(|| { E::custom(format_args!("member `{name}` of {} is missing ({})", shape.name, shape.source)) }));
place!(Optional, LentOptional, Option<T>, Option<T>, |self, _shape, _name| Ok(self.0));

/// The members of a struct, lent for writing: one member, or a tuple of them.
pub(crate) trait Members {
    /// How many members are present.
    fn present(&self) -> usize;
    /// The names of the members that are present; `names` gives the name of each member in turn.
    fn names(&self, names: Names<'_>, found: &mut Vec<&'static str>);
    /// Writes the members that are present; `names` gives the name of each member in turn.
    fn write<M: SerializeMap>(&self, names: Names<'_>, map: &mut M) -> Result<(), M::Error>;
    /// Adds each member's schema to `object`.
    #[cfg(feature = "schemars")]
    fn describe(object: &mut Description<'_>);
}

/// A required member of a struct.
pub(crate) struct LentRequired<'a, T>(&'a T);
/// An optional member of a struct.
pub(crate) struct LentOptional<'a, T>(&'a Option<T>);

impl<T: Json> Members for LentRequired<'_, T> {
    fn present(&self) -> usize {
        1
    }

    fn names(&self, names: Names<'_>, found: &mut Vec<&'static str>) {
        found.extend(names.next());
    }

    fn write<M: SerializeMap>(&self, names: Names<'_>, map: &mut M) -> Result<(), M::Error> {
        let name = names.next().copied().unwrap_or_default();
        map.serialize_entry(name, &Writing(self.0))
    }

    #[cfg(feature = "schemars")]
    fn describe(object: &mut Description<'_>) {
        let schema = T::schema(object.generator);
        object.member(schema, true);
    }
}

impl<T: Json> Members for LentOptional<'_, T> {
    fn present(&self) -> usize {
        usize::from(self.0.is_some())
    }

    fn names(&self, names: Names<'_>, found: &mut Vec<&'static str>) {
        found.extend(names.next().filter(|_| self.0.is_some()));
    }

    fn write<M: SerializeMap>(&self, names: Names<'_>, map: &mut M) -> Result<(), M::Error> {
        let name = names.next().copied().unwrap_or_default();
        match self.0 {
            Some(value) => map.serialize_entry(name, &Writing(value)),
            None => Ok(()),
        }
    }

    #[cfg(feature = "schemars")]
    fn describe(object: &mut Description<'_>) {
        let schema = T::schema(object.generator);
        object.member(schema, false);
    }
}

macro_rules! tuples {
    ($($($row:ident)*;)*) => {$(
        #[allow(non_snake_case)]
        impl<$($row: Row),*> Row for ($($row,)*) {
            const COUNT: usize = 0 $(+ $row::COUNT)*;
            type Values = ($($row::Values,)*);

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

            fn finish<Err: Error>(self, shape: &'static Shape, names: Names<'_>) -> Result<Self::Values, Err> {
                let ($($row,)*) = self;
                let _ = (shape, &names);
                Ok(($($row.finish(shape, names)?,)*))
            }
        }

        #[allow(non_snake_case)]
        impl<$($row: Members),*> Members for ($($row,)*) {
            fn present(&self) -> usize {
                let ($($row,)*) = self;
                0 $(+ $row.present())*
            }

            fn names(&self, names: Names<'_>, found: &mut Vec<&'static str>) {
                let ($($row,)*) = self;
                let _ = (&names, &found);
                $($row.names(names, found);)*
            }

            fn write<Map: SerializeMap>(&self, names: Names<'_>, map: &mut Map) -> Result<(), Map::Error> {
                let ($($row,)*) = self;
                let _ = (&names, &map);
                $($row.write(names, map)?;)*
                Ok(())
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
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
}
