//! A definition that is another type under a name of its own.

use serde::de::Deserializer;

use super::{Json, within};

/// Reads a value, whose schema stands at `source`, and puts it into a newtype. Written out once, it costs the compiler less than closures
/// would for each.
pub(crate) fn read_newtype<'de, T: Json, U, D: Deserializer<'de>>(
    deserializer: D,
    newtype: fn(T) -> U,
    source: &'static str,
) -> Result<U, D::Error> {
    T::read(deserializer).map(newtype).map_err(|error| within(source, error))
}

/// `newtype! { Name from "file#pointer" { "" r#"{…annotations…}"# } }` for `struct Name(pub Inner)`.
macro_rules! newtype {
    ($type:ident($inner:ty) from $source:literal { $($place:literal $annotations:literal)* }) => {
        impl ::std::ops::Deref for $type {
            type Target = $inner;

            #[inline]
            fn deref(&self) -> &$inner {
                &self.0
            }
        }

        impl ::std::convert::From<$inner> for $type {
            #[inline]
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }

        impl ::std::convert::From<$type> for $inner {
            #[inline]
            fn from(value: $type) -> Self {
                value.0
            }
        }

        $crate::support::implement! {
            $type,
            // The inner type is not named: it may be called `D`, as the parameter of the function is.
            read |deserializer| $crate::support::read_newtype(deserializer, Self, $source),
            write |self, serializer| $crate::support::Json::write(&self.0, serializer),
            define |generator| {
                let schema = <$inner as $crate::support::Json>::schema(generator);
                $crate::support::annotated(schema, &[$(($place, $annotations)),*])
            }
        }
    };
}
pub(crate) use newtype;
