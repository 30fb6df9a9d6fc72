//! Formats that need no other crate: addresses of the Internet Protocol and UUIDs.

use std::fmt;
use std::marker::PhantomData;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use serde::de::{Deserializer, Error, Unexpected, Visitor};
use serde::ser::Serializer;

use super::Json;
use super::invalid::{SHOWN, cut};

/// A type that the standard library reads from just the texts of a format.
macro_rules! addresses {
    ($($type:ty: $format:literal;)*) => {$(
        impl Json for $type {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(Address($format, PhantomData))
            }

            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }

            #[cfg(feature = "schemars")]
            fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "format": $format })
            }
        }
    )*};
}

addresses! {
    Ipv4Addr: "ipv4";
    Ipv6Addr: "ipv6";
}

struct Address<T>(&'static str, PhantomData<T>);

impl<T: FromStr> Visitor<'_> for Address<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "an address of the format {}", self.0)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(|_| E::invalid_value(Unexpected::Str(&cut(text, SHOWN)), &self))
    }
}

/// Whether `text` is an address of version 4 (RFC 2673, section 3.2).
pub(crate) fn is_ipv4(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok()
}

/// Whether `text` is an address of version 6 (RFC 4291, section 2.2).
pub(crate) fn is_ipv6(text: &str) -> bool {
    text.parse::<Ipv6Addr>().is_ok()
}

/// Whether `text` is a UUID (RFC 4122, section 3), of any version.
pub(crate) fn is_uuid(text: &str) -> bool {
    const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];
    let groups: Vec<&str> = text.split('-').collect();
    let fits = |(group, length): (&&str, usize)| group.len() == length && group.bytes().all(|b| b.is_ascii_hexdigit());
    groups.len() == GROUPS.len() && groups.iter().zip(GROUPS).all(fits)
}
