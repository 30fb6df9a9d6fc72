//! A definition that Rust's types cannot say: any JSON value, read through a validator of the schema itself.

use std::sync::LazyLock;

use serde::de::{Deserializer, Error};
use serde_json::Value;

use super::{Invalid, Json, within};

/// A schema compiled when it is first needed, or why it does not compile.
pub(crate) type Validator = LazyLock<Result<jsonschema::Validator, String>>;

/// A newtype over [`Value`] whose values all satisfy one schema.
pub(crate) trait Opaque: Sized {
    /// The schema's file and the JSON Pointer of the definition.
    const SOURCE: &'static str;
    /// The validator of the schema, compiled when it is first needed.
    fn validator() -> &'static Validator;
    /// A value that has been found valid.
    fn wrap(value: Value) -> Self;

    /// `value`, if the schema accepts it.
    fn check(value: Value) -> Result<Self, Invalid> {
        match &**Self::validator() {
            Ok(validator) => match validator.validate(&value) {
                Ok(()) => Ok(()),
                Err(error) => {
                    let rule = format!("breaks {}: {}", error.schema_path(), error.masked_with("it"));
                    let invalid = Invalid::new(rule, error.instance().to_string(), Self::SOURCE);
                    Err(invalid.at(error.instance_path().as_str()))
                }
            },
            Err(error) => Err(Invalid::new(error.clone(), value.to_string(), Self::SOURCE)),
        }?;
        Ok(Self::wrap(value))
    }

    /// Reads any value and checks it.
    fn read_checked<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::read(deserializer).map_err(|error| within(Self::SOURCE, error))?;
        Self::check(value).map_err(D::Error::custom)
    }
}

/// The validator of `schema`, in which all formats but `annotated` refuse what is not theirs.
pub(crate) fn compile(schema: &str, annotated: &[&'static str]) -> Result<jsonschema::Validator, String> {
    let schema = serde_json::from_str::<Value>(schema).map_err(|error| error.to_string())?;
    let options = jsonschema::draft202012::options().should_validate_formats(true);
    let options = annotated.iter().fold(options, |options, format| options.with_format(*format, |_: &str| true));
    options.build(&schema).map_err(|error| error.to_string())
}

/// The schema for a re-export: `$defs` moves to where the generator keeps definitions, everything else stays in place.
#[cfg(feature = "schemars")]
pub(crate) fn embed(schema: &str, generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let mut schema = match serde_json::from_str::<Value>(schema) {
        Ok(Value::Object(schema)) => schema,
        Ok(Value::Bool(accepts)) => return accepts.into(),
        _ => return false.into(),
    };
    if let Some(Value::Object(definitions)) = schema.remove("$defs") {
        generator.definitions_mut().extend(definitions);
    }
    schema.into()
}

/// `opaque! { Name from "file#pointer" r#"{…schema…}"# formats not asserted ["uri"] }` for `struct Name(Value)`.
macro_rules! opaque {
    ($type:ident from $source:literal $schema:literal formats not asserted [$($annotated:literal),*]) => {
        impl $crate::support::Opaque for $type {
            const SOURCE: &'static str = $source;

            #[inline]
            fn validator() -> &'static $crate::support::Validator {
                static VALIDATOR: $crate::support::Validator =
                    $crate::support::Validator::new(|| $crate::support::compile($schema, &[$($annotated),*]));
                &VALIDATOR
            }

            #[inline]
            fn wrap(value: ::serde_json::Value) -> Self {
                Self(value)
            }
        }

        impl ::std::convert::TryFrom<::serde_json::Value> for $type {
            type Error = $crate::support::Invalid;

            #[inline]
            fn try_from(value: ::serde_json::Value) -> ::std::result::Result<Self, Self::Error> {
                $crate::support::Opaque::check(value)
            }
        }

        impl ::std::convert::From<$type> for ::serde_json::Value {
            #[inline]
            fn from(value: $type) -> Self {
                value.0
            }
        }

        impl ::std::ops::Deref for $type {
            type Target = ::serde_json::Value;

            #[inline]
            fn deref(&self) -> &::serde_json::Value {
                &self.0
            }
        }

        $crate::support::implement! {
            $type,
            read |deserializer| $crate::support::Opaque::read_checked(deserializer),
            write |self, serializer| $crate::support::Json::write(&self.0, serializer),
            define |generator| $crate::support::embed($schema, generator)
        }
    };
}
pub(crate) use opaque;
