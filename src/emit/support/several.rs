//! A definition whose values may be several things at once, each of which holds a part: `anyOf` of objects.

use std::fmt;

use serde::de::{Deserializer, Error};
use serde::ser::{Error as _, Serializer};
use serde_json::Value;

use super::against::{Against, told};
use super::held::Held;
use super::invalid::shortened;
use super::{Json, Writing, within};

/// A struct with a field for each branch: what the branch makes of the value, if it takes it.
pub(crate) trait Several: Sized {
    /// The name of the Rust type, and the schema's file with the JSON Pointer of the definition.
    const SAID: (&'static str, &'static str);
    /// Reads a value as each branch.
    fn read_each(value: &Value) -> Self;
    /// What each branch that does not take the value has against it.
    fn refused(value: &Value) -> Vec<Against>;
    /// Writes each branch that there is; an error is the first one's.
    fn write_each(&self) -> Result<Vec<Value>, serde_json::Error>;

    /// Reads a value that one branch at least takes.
    fn read_several<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::read(deserializer)?;
        Self::among(&value).ok_or_else(|| D::Error::custom(NoBranch(&value, Self::SAID, Self::refused)))
    }

    /// What the branches make of `value`; nothing if none takes it.
    fn among(value: &Value) -> Option<Self> {
        let several = Self::read_each(value);
        let is_none = several.write_each().is_ok_and(|written| written.is_empty());
        (!is_none).then_some(several)
    }

    /// Writes what all branches hold together. It is an error if they contradict one another, and if one of them would not
    /// take what is written.
    fn write_several<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (name, source) = Self::SAID;
        let mut parts = self.write_each().map_err(S::Error::custom)?.into_iter();
        let none = || S::Error::custom(format_args!("this {name} is none of its branches ({source})"));
        let mut whole = parts.next().ok_or_else(none)?;
        let count = 1 + parts.len();
        for part in parts {
            if !merge(&mut whole, part) {
                return Err(S::Error::custom(format_args!("the branches of this {name} contradict one another ({source})")));
            }
        }
        let taken = Self::among(&whole).and_then(|read| read.write_each().ok()).map_or(0, |parts| parts.len());
        if taken < count {
            let message = format_args!("what this {name} holds is not in all of the branches that it names ({source})");
            return Err(S::Error::custom(message));
        }
        whole.write(serializer)
    }
}

/// Puts the members of `part` into `whole`, at any depth; false if the two say something else of one place.
fn merge(whole: &mut Value, part: Value) -> bool {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => part.into_iter().all(|(name, value)| match whole.get_mut(&name) {
            Some(member) => merge(member, value),
            None => whole.insert(name, value).is_none(),
        }),
        (Value::Array(whole), Value::Array(part)) => {
            whole.len() == part.len() && whole.iter_mut().zip(part).all(|(item, value)| merge(item, value))
        }
        (Value::Number(whole), Value::Number(part)) => *whole == part || whole.as_f64() == part.as_f64(),
        (whole, part) => *whole == part,
    }
}

/// That no branch takes a value. Why that is shows only where it is said.
struct NoBranch<'a>(&'a Value, (&'static str, &'static str), fn(&Value) -> Vec<Against>);

impl fmt::Display for NoBranch<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(value, (name, source), refused) = self;
        let (value, told) = (shortened(value), told(refused(value)).join("; "));
        write!(formatter, "{value}: no branch of {name} takes this ({source}) [{told}]")
    }
}

/// One branch of `value`, if it takes it.
pub(crate) fn one<T: Json>(value: &Value) -> Option<T> {
    T::read(Held(value)).ok()
}

/// What the branch `name` of `source`, which is a `T`, has against `value`; nothing if it takes it.
pub(crate) fn against<T: Json>(name: &'static str, source: &'static str, value: &Value) -> Option<Against> {
    Against::of(name, value, &|value| {
        let error: serde_json::Error = T::read(value).err()?;
        Some(within(source, error).to_string())
    })
}

/// What a branch holds, written.
pub(crate) fn written<T: Json>(branch: &Option<T>) -> Option<Result<Value, serde_json::Error>> {
    branch.as_ref().map(|branch| serde_json::to_value(Writing(branch)))
}

/// `several! { Name from "file#pointer" { field(Type) { … }, … } { … } }` for a struct with an `Option` for each branch.
macro_rules! several {
    (
        $type:ident from $source:literal
        { $($field:ident($of:ty) { $($at:literal $said:literal)* },)* }
        { $($own_at:literal $own_said:literal)* }
    ) => {
        impl $crate::support::Several for $type {
            const SAID: (&'static str, &'static str) = (::std::stringify!($type), $source);

            #[inline]
            fn read_each(value: &::serde_json::Value) -> Self {
                Self { $($field: $crate::support::one(value)),* }
            }

            #[inline]
            fn refused(value: &::serde_json::Value) -> ::std::vec::Vec<$crate::support::Against> {
                let branches = [$($crate::support::against::<$of>(::std::stringify!($field), $source, value)),*];
                branches.into_iter().flatten().collect()
            }

            #[inline]
            fn write_each(&self) -> ::std::result::Result<::std::vec::Vec<::serde_json::Value>, ::serde_json::Error> {
                [$($crate::support::written(&self.$field)),*].into_iter().flatten().collect()
            }
        }

        $crate::support::implement! {
            $type,
            read |deserializer| $crate::support::Several::read_several(deserializer),
            write |self, serializer| $crate::support::Several::write_several(self, serializer),
            define |generator| {
                let branches = ::std::vec![$({
                    let schema = <$of as $crate::support::Json>::schema(generator);
                    $crate::support::annotated(schema, &[$(($at, $said)),*])
                }),*];
                let schema = ::schemars::json_schema!({ "anyOf": branches });
                $crate::support::annotated(schema, &[$(($own_at, $own_said)),*])
            }
        }
    };
}
pub(crate) use several;
