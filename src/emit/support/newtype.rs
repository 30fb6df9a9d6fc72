//! A definition that is another type under a name of its own.

/// `newtype! { Name from "file#pointer" { "" r#"{…annotations…}"# } }` for `struct Name(pub Inner)`.
macro_rules! newtype {
    ($type:ident($inner:ty) from $source:literal { $($place:literal $annotations:literal)* }) => {
        impl $crate::support::Json for $type {
            fn read<'de, D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                // The inner type is not named here: it may be called `D`, as this function's parameter is.
                $crate::support::Json::read(deserializer).map(Self)
            }

            fn write<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::support::Json::write(&self.0, serializer)
            }

            #[cfg(feature = "schemars")]
            fn schema(generator: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                generator.subschema_for::<Self>()
            }
        }

        impl $crate::support::Definition for $type {
            const NAME: &'static str = ::std::stringify!($type);

            #[cfg(feature = "schemars")]
            fn define(generator: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                let schema = <$inner as $crate::support::Json>::schema(generator);
                $crate::support::annotated(schema, &[$(($place, $annotations)),*])
            }
        }

        impl ::std::ops::Deref for $type {
            type Target = $inner;

            fn deref(&self) -> &$inner {
                &self.0
            }
        }

        impl ::std::convert::From<$inner> for $type {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }

        impl ::std::convert::From<$type> for $inner {
            fn from(value: $type) -> Self {
                value.0
            }
        }

        $crate::support::implement!($type);
    };
}
pub(crate) use newtype;
