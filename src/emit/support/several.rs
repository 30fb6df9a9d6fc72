//! A definition whose values may be several things at once, each of which holds a part: `anyOf` of objects.

use serde::de::{Deserializer, Error};
use serde::ser::{Error as _, Serializer};
use serde_json::Value;

use super::{Json, Writing};

/// A struct with a field for each branch: what the branch makes of the value, if it takes it.
pub(crate) trait Several: Sized {
    /// The name of the Rust type, and the schema's file with the JSON Pointer of the definition.
    const SAID: (&'static str, &'static str);
    /// Reads a value as each branch; an error says why the branch does not take it.
    fn read_each(value: &Value, refused: &mut Vec<String>) -> Self;
    /// Writes each branch that there is; an error is the first one's.
    fn write_each(&self) -> Result<Vec<Value>, serde_json::Error>;

    /// Reads a value that one branch at least takes.
    fn read_several<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::read(deserializer)?;
        Self::among(&value).map_err(D::Error::custom)
    }

    /// What the branches make of `value`; an error if none takes it.
    fn among(value: &Value) -> Result<Self, String> {
        let mut refused = Vec::new();
        let several = Self::read_each(value, &mut refused);
        match several.write_each().is_ok_and(|written| written.is_empty()) {
            true => {
                let (name, source) = Self::SAID;
                Err(format!("no branch of {name} takes this ({source}); {}", refused.join("; ")))
            }
            false => Ok(several),
        }
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
        let taken = Self::among(&whole).ok().and_then(|read| read.write_each().ok()).map_or(0, |parts| parts.len());
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

/// One branch of `value`, or nothing and why.
pub(crate) fn one<T: Json>(name: &str, value: &Value, refused: &mut Vec<String>) -> Option<T> {
    T::read(value).map_err(|error| refused.push(format!("{name}: {error}"))).ok()
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

            fn read_each(value: &::serde_json::Value, refused: &mut ::std::vec::Vec<::std::string::String>) -> Self {
                Self { $($field: $crate::support::one(::std::stringify!($field), value, refused)),* }
            }

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
