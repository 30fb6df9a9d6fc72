//! A definition that is one of several branches.
//!
//! Which one a value is shows at its first token where no two branches take values of that kind, or else at its tag: then
//! nothing is read twice but what stands before the tag. Else the value is read whole, and all branches that may take it
//! are tried.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer, UnitDeserializer};
use serde::de::{Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::Value;

use super::Json;
use super::choice::{Choice, Kind, float, kind};
use super::held::{Held, Refused};
use super::path::within;
use super::refusal::{Refusal, Why};
use super::tagged::{read_tagged, read_untagged};

/// An enum whose variants are branches, in the order of the [`Choice`].
pub(crate) trait Union: Sized {
    /// What it is on the wire.
    const STATEMENT: Choice;
    /// The same, lent.
    const CHOICE: &'static Choice = &Self::STATEMENT;
    /// Reads a value as the branch with this index.
    fn read_branch<'de, D: Deserializer<'de>>(index: usize, deserializer: D) -> Result<Self, D::Error>;
    /// The index of the branch that the value is.
    fn branch(&self) -> usize;
    /// Writes what the variant holds.
    fn write_branch<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// Reads a value as the branch that takes it.
    fn read_union<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(First(PhantomData)).map_err(|error| within(Self::CHOICE.source, error))
    }

    /// Writes the value; one that another branch takes as well is an error where that is refused.
    fn write_union<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if const { Self::CHOICE.exactly_one && Self::CHOICE.is_tried() } {
            let written = serde_json::to_value(Branched(self)).map_err(S::Error::custom)?;
            let others = Self::CHOICE.of(kind(&written)).filter(|(index, _)| *index != self.branch());
            for (index, branch) in others {
                if Self::read_branch(index, Held(&written)).is_ok() {
                    let Choice { name, source, .. } = Self::CHOICE;
                    return Err(S::Error::custom(format_args!("this {name} is a {} as well ({source})", branch.name)));
                }
            }
        }
        self.write_branch(serializer)
    }

    /// Reads a value that has been read whole, and of whose branch nothing is known but its kind.
    fn choose(value: &Value) -> Result<Self, Refusal<'_>> {
        let kind = kind(value);
        let refused = |why| Refusal::new(value, Self::CHOICE, why, of_branch::<Self>);
        if const { !Self::CHOICE.is_tried() } {
            return Err(refused(Why::NoBranch));
        }
        let mut found: Option<(&'static str, Self)> = None;
        for (index, branch) in Self::CHOICE.of(kind) {
            match (Self::read_branch(index, Held(value)), &found) {
                (Ok(_), Some((first, _))) => return Err(refused(Why::Both(*first, branch.name))),
                (Ok(read), None) if Self::CHOICE.exactly_one => found = Some((branch.name, read)),
                (Ok(read), None) => return Ok(read),
                (Err(Refused), _) => {}
            }
        }
        found.map(|(_, read)| read).ok_or_else(|| refused(Why::NoBranch))
    }
}

/// Reads a value as a `T`, and puts it into a variant. Written out once, it costs the compiler less than `map` would for each branch.
pub(crate) fn read_as<'de, T: Json, U, D: Deserializer<'de>>(
    deserializer: D,
    variant: fn(T) -> U,
) -> Result<U, D::Error> {
    T::read(deserializer).map(variant)
}

/// What the branch of `T` with this index has against `value`.
fn of_branch<T: Union>(index: usize, value: &Value) -> Option<String> {
    if const { !T::CHOICE.is_tried() } {
        return None;
    }
    let error: serde_json::Error = T::read_branch(index, value.clone()).err()?;
    Some(within(T::CHOICE.source, error).to_string())
}

/// Writes a union as its branch is written.
struct Branched<'a, T>(&'a T);

impl<T: Union> Serialize for Branched<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write_branch(serializer)
    }
}

/// Looks at the first token of a value, and leads it to the branch that takes it.
struct First<T>(PhantomData<T>);

impl<T: Union> First<T> {
    fn read<'de, D: Deserializer<'de>>(kind: Kind, deserializer: D) -> Result<T, D::Error> {
        match T::CHOICE.only(kind) {
            Some(index) => T::read_branch(index, Present(deserializer)),
            None => Self::choose(&Value::read(deserializer)?),
        }
    }

    fn choose<E: Error>(value: &Value) -> Result<T, E> {
        T::choose(value).map_err(E::custom)
    }
}

impl<'de, T: Union> Visitor<'de> for First<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a value of {}", T::CHOICE.name)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        match const { T::CHOICE.takes(Kind::Boolean) } {
            true => Self::read(Kind::Boolean, value.into_deserializer()),
            false => Self::choose(&value.into()),
        }
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        match const { T::CHOICE.takes(Kind::Integer) } {
            true => Self::read(Kind::Integer, value.into_deserializer()),
            false => Self::choose(&value.into()),
        }
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        match const { T::CHOICE.takes(Kind::Integer) } {
            true => Self::read(Kind::Integer, value.into_deserializer()),
            false => Self::choose(&value.into()),
        }
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        match const { T::CHOICE.takes(Kind::Integer) || T::CHOICE.takes(Kind::Fraction) } {
            true => Self::read(float(value), value.into_deserializer()),
            false => Self::choose(&value.into()),
        }
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        match const { T::CHOICE.takes(Kind::String) } {
            true => Self::read(Kind::String, value.into_deserializer()),
            false => Self::choose(&value.into()),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        match T::CHOICE.only(Kind::Null) {
            Some(index) if const { T::CHOICE.takes(Kind::Null) } => T::read_branch(index, UnitDeserializer::new()),
            _ => Self::choose(&Value::Null),
        }
    }

    fn visit_none<E: Error>(self) -> Result<T, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        let items = SeqAccessDeserializer::new(items);
        match const { T::CHOICE.takes(Kind::Array) } {
            true => Self::read(Kind::Array, items),
            false => Self::choose(&Value::read(items)?),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
        match (T::CHOICE.only(Kind::Object), T::CHOICE.tag) {
            (Some(index), _) if const { T::CHOICE.takes(Kind::Object) } => read_untagged(index, members),
            (None, Some(tag)) if const { T::CHOICE.tag.is_some() } => read_tagged(tag, members),
            _ => Self::choose(&Value::read(MapAccessDeserializer::new(members))?),
        }
    }
}

/// A value that is known not to be `null`.
pub(crate) struct Present<D>(pub(crate) D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Present<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        visitor.visit_some(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// The schema of a union, from those of its branches.
#[cfg(feature = "schemars")]
pub(crate) fn describe_union(choice: &Choice, branches: Vec<schemars::Schema>) -> schemars::Schema {
    let keyword = if choice.exactly_one { "oneOf" } else { "anyOf" };
    if branches.is_empty() {
        return false.into();
    }
    schemars::json_schema!({ keyword: branches })
}

/// States a union: its name, its origin, and each branch as `Variant(Type): kinds [Object] tags ["a"] from {…annotations…},`.
/// It can be made `from` a branch whose type no other has.
macro_rules! union {
    (@from $type:ident $variant:ident $of:ty) => {
        impl ::std::convert::From<$of> for $type {
            #[inline]
            fn from(value: $of) -> Self {
                Self::$variant(value)
            }
        }
    };
    (
        $type:ident from $source:literal, $tag:expr, exactly one $exactly_one:literal
        { $(
            $variant:ident($of:ty): kinds [$($kind:ident)*] tags [$($text:literal)*] $($from:ident)?
            { $($at:literal $said:literal)* },
        )* }
        { $($own_at:literal $own_said:literal)* }
    ) => {
        impl $crate::support::Union for $type {
            const STATEMENT: $crate::support::Choice = $crate::support::Choice {
                name: ::std::stringify!($type),
                source: $source,
                tag: $tag,
                exactly_one: $exactly_one,
                branches: &[$($crate::support::Branch {
                    name: ::std::stringify!($variant),
                    kinds: &[$($crate::support::Kind::$kind),*],
                    tags: &[$($text),*],
                }),*],
            };

            fn read_branch<'de, D: ::serde::Deserializer<'de>>(
                index: usize,
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                let _ = (&index, &deserializer);
                let branch = 0;
                $(
                    if index == branch {
                        return $crate::support::read_as(deserializer, Self::$variant);
                    }
                    let branch = branch + 1;
                )*
                ::std::result::Result::Err(::serde::de::Error::custom(::std::format_args!("{branch} branches only")))
            }

            #[inline]
            fn branch(&self) -> usize {
                let branch = 0;
                $(
                    if ::std::matches!(self, Self::$variant(_)) {
                        return branch;
                    }
                    let branch = branch + 1;
                )*
                branch
            }

            fn write_branch<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                let _ = &serializer;
                match *self {
                    $(Self::$variant(ref value) => $crate::support::Json::write(value, serializer),)*
                }
            }
        }

        $($($crate::support::union!(@$from $type $variant $of);)?)*

        $crate::support::implement! {
            $type,
            read |deserializer| $crate::support::Union::read_union(deserializer),
            write |self, serializer| $crate::support::Union::write_union(self, serializer),
            define |generator| {
                let branches = ::std::vec![$({
                    let schema = <$of as $crate::support::Json>::schema(generator);
                    $crate::support::annotated(schema, &[$(($at, $said)),*])
                }),*];
                let schema = $crate::support::describe_union(<Self as $crate::support::Union>::CHOICE, branches);
                $crate::support::annotated(schema, &[$(($own_at, $own_said)),*])
            }
        }
    };
}
pub(crate) use union;
