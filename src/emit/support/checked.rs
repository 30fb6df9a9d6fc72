//! A definition that is another type with rules besides: newtypes that check what they hold.

use serde::de::Deserializer;

use super::{Invalid, within};
use super::rule::{Ruled, Rules};

/// A newtype whose values keep all of its rules.
pub(crate) trait Checked: Sized {
    /// What it is without the rules.
    type Inner: Ruled;
    /// The rules.
    const STATEMENT: Rules;
    /// The same, lent.
    const RULES: &'static Rules = &Self::STATEMENT;
    /// A value that keeps all rules.
    fn wrap(inner: Self::Inner) -> Self;

    /// `inner`, if it keeps all rules.
    fn check(inner: Self::Inner) -> Result<Self, Invalid> {
        Self::RULES.check(&inner)?;
        Ok(Self::wrap(inner))
    }

    /// Reads a value and checks it.
    fn read_checked<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let inner = Self::Inner::read_ruled(deserializer, Self::RULES);
        inner.map(Self::wrap).map_err(|error| within(Self::RULES.source, error))
    }

    /// The inner type's schema with the rules.
    #[cfg(feature = "schemars")]
    fn describe_checked(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut schema = <Self::Inner as super::Json>::schema(generator);
        for rule in Self::RULES.all {
            schema.insert(rule.said().0.to_owned(), rule.value());
        }
        schema
    }
}

/// `checked! { Name(Inner) as kind from "file#pointer" [MinLength(1), …] { "" r#"{…annotations…}"# } }` for
/// `struct Name(Inner)`. The kind is `text`, `integer`, `float` or `collection`; a number whose rules can be checked before
/// the program runs is `const new` besides.
macro_rules! checked {
    (
        $type:ident($inner:ty) as $kind:ident $(const $new:ident)? from $source:literal [$($rule:ident($($value:tt)*)),*]
        { $($place:literal $annotations:literal)* }
    ) => {
        impl $crate::support::Checked for $type {
            type Inner = $inner;
            const STATEMENT: $crate::support::Rules = $crate::support::Rules {
                source: $source,
                all: &[$($crate::support::rule!($rule($($value)*))),*],
            };

            #[inline]
            fn wrap(inner: $inner) -> Self {
                Self(inner)
            }
        }

        impl $type {
            $($crate::support::bound!($kind $inner, $rule($($value)*));)*
        }

        impl ::std::convert::TryFrom<$inner> for $type {
            type Error = $crate::support::Invalid;

            #[inline]
            fn try_from(value: $inner) -> ::std::result::Result<Self, Self::Error> {
                $crate::support::Checked::check(value)
            }
        }

        impl ::std::convert::From<$type> for $inner {
            #[inline]
            fn from(value: $type) -> Self {
                value.0
            }
        }

        $($crate::support::kind!($new $kind $type $inner);)?
        $crate::support::kind!($kind $type $inner);

        $crate::support::implement! {
            $type,
            read |deserializer| $crate::support::Checked::read_checked(deserializer),
            write |self, serializer| $crate::support::Json::write(&self.0, serializer),
            define |generator| {
                let schema = <Self as $crate::support::Checked>::describe_checked(generator);
                $crate::support::annotated(schema, &[$(($place, $annotations)),*])
            }
        }
    };
}
pub(crate) use checked;

/// What a newtype of a kind has besides.
macro_rules! kind {
    (text $type:ident $inner:ty) => {
        impl $type {
            /// The text.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl ::std::ops::Deref for $type {
            type Target = str;

            #[inline]
            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl ::std::convert::AsRef<str> for $type {
            #[inline]
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl ::std::borrow::Borrow<str> for $type {
            #[inline]
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl ::std::str::FromStr for $type {
            type Err = $crate::support::Invalid;

            #[inline]
            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                $crate::support::Checked::check(text.to_owned())
            }
        }

        impl ::std::convert::TryFrom<&str> for $type {
            type Error = $crate::support::Invalid;

            #[inline]
            fn try_from(text: &str) -> ::std::result::Result<Self, Self::Error> {
                $crate::support::Checked::check(text.to_owned())
            }
        }

        impl ::std::fmt::Display for $type {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.pad(&self.0)
            }
        }
    };
    (new integer $type:ident $inner:ty) => {
        impl $type {
            /// The value, if it keeps the rules.
            #[must_use]
            #[inline]
            pub const fn new(value: $inner) -> ::std::option::Option<Self> {
                let number = $crate::support::Number::Integer(value as ::std::primitive::i128);
                match <Self as $crate::support::Checked>::RULES.are_kept_by(number) {
                    true => ::std::option::Option::Some(Self(value)),
                    false => ::std::option::Option::None,
                }
            }
        }
    };
    (new float $type:ident $inner:ty) => {
        impl $type {
            /// The value, if it keeps the rules.
            #[must_use]
            #[inline]
            pub const fn new(value: $inner) -> ::std::option::Option<Self> {
                match <Self as $crate::support::Checked>::RULES.are_kept_by($crate::support::Number::Float(value)) {
                    true => ::std::option::Option::Some(Self(value)),
                    false => ::std::option::Option::None,
                }
            }
        }
    };
    (integer $type:ident $inner:ty) => {
        $crate::support::kind!(number $type $inner);
    };
    (float $type:ident $inner:ty) => {
        $crate::support::kind!(number $type $inner);
    };
    (number $type:ident $inner:ty) => {
        impl $type {
            /// The number.
            #[must_use]
            #[inline]
            pub const fn get(&self) -> $inner {
                self.0
            }
        }

        impl ::std::fmt::Display for $type {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, formatter)
            }
        }

        $crate::support::kind!(collection $type $inner);
    };
    (collection $type:ident $inner:ty) => {
        impl ::std::ops::Deref for $type {
            type Target = $inner;

            #[inline]
            fn deref(&self) -> &$inner {
                &self.0
            }
        }

        impl ::std::convert::AsRef<$inner> for $type {
            #[inline]
            fn as_ref(&self) -> &$inner {
                &self.0
            }
        }
    };
}
pub(crate) use kind;

/// A rule's value as a constant, under the name of its keyword.
macro_rules! bound {
    ($kind:ident $inner:ty, MinLength($count:literal)) => {
        /// So many characters (Unicode code points) at the least.
        pub const MIN_LENGTH: usize = $count;
    };
    ($kind:ident $inner:ty, MaxLength($count:literal)) => {
        /// So many characters (Unicode code points) at the most.
        pub const MAX_LENGTH: usize = $count;
    };
    ($kind:ident $inner:ty, Pattern($text:literal $($table:tt)*)) => {
        /// The regular expression (ECMA-262) that matches somewhere in the text.
        pub const PATTERN: &'static str = $text;
    };
    ($kind:ident $inner:ty, MinItems($count:literal)) => {
        /// So many items at the least.
        pub const MIN_ITEMS: usize = $count;
    };
    ($kind:ident $inner:ty, MaxItems($count:literal)) => {
        /// So many items at the most.
        pub const MAX_ITEMS: usize = $count;
    };
    ($kind:ident $inner:ty, MinProperties($count:literal)) => {
        /// So many members at the least.
        pub const MIN_PROPERTIES: usize = $count;
    };
    ($kind:ident $inner:ty, MaxProperties($count:literal)) => {
        /// So many members at the most.
        pub const MAX_PROPERTIES: usize = $count;
    };
    (integer $inner:ty, Minimum(Integer $bound:literal)) => {
        /// The least value.
        pub const MINIMUM: $inner =
            $crate::support::Number::Integer($bound).within(<$inner>::MIN as _, <$inner>::MAX as _) as _;
    };
    (integer $inner:ty, Maximum(Integer $bound:literal)) => {
        /// The greatest value.
        pub const MAXIMUM: $inner =
            $crate::support::Number::Integer($bound).within(<$inner>::MIN as _, <$inner>::MAX as _) as _;
    };
    (float $inner:ty, Minimum($kind:ident $bound:literal)) => {
        /// The least value.
        pub const MINIMUM: f64 = $crate::support::Number::$kind($bound).nearest();
    };
    (float $inner:ty, Maximum($kind:ident $bound:literal)) => {
        /// The greatest value.
        pub const MAXIMUM: f64 = $crate::support::Number::$kind($bound).nearest();
    };
    (float $inner:ty, ExclusiveMinimum($kind:ident $bound:literal)) => {
        /// All values are greater.
        pub const EXCLUSIVE_MINIMUM: f64 = $crate::support::Number::$kind($bound).nearest();
    };
    (float $inner:ty, ExclusiveMaximum($kind:ident $bound:literal)) => {
        /// All values are less.
        pub const EXCLUSIVE_MAXIMUM: f64 = $crate::support::Number::$kind($bound).nearest();
    };
    ($($other:tt)*) => {};
}
pub(crate) use bound;
