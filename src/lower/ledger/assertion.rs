//! A keyword that refuses something, and the schema that was made of its own -> what answers for it.

use super::{Answer, Ledger};
use crate::lower::class::{Class, Kind, classify_at};
use crate::lower::{Overlap, Place, Tier, code, rules};

impl Ledger<'_> {
    /// What answers for a keyword that refuses something, in the schema at `place`, which is not opaque.
    pub(super) fn assertion(&self, place: &Place, keyword: &str, name: &str) -> Answer {
        let Class { kind, nullable, rules } = classify_at(self.simple, place);
        let option = |rust: &str| if nullable { format!("`Option<{rust}>`") } else { format!("`{rust}`") };
        if rules.iter().any(|rule| rule.keyword == keyword) {
            return Answer::new(Tier::Checked, format!("a check of `{name}`"));
        }
        match (kind, keyword) {
            (_, "allOf") => Answer::new(Tier::Native, format!("`{name}`, which brings them together")),
            (Kind::Reference, "$ref") => Answer::new(Tier::Native, format!("`{}`", self.target(place))),
            (_, "$ref") => {
                Answer::new(Tier::Native, format!("`{name}`, which brings it together with what stands beside"))
            }
            (Kind::Union(union), "anyOf") if union.overlap == Overlap::All => Answer::new(
                Tier::Checked,
                format!("struct `{name}`, a field for each branch; one at least takes the value"),
            ),
            (Kind::Union(union), "anyOf" | "oneOf") if union.overlap == Overlap::Refused => {
                Answer::new(Tier::Checked, format!("enum `{name}`; a value of more than one branch is refused"))
            }
            (Kind::Union(union), "anyOf" | "oneOf") => match union.tag {
                Some(tag) => Answer::new(Tier::Native, format!("enum `{name}`, read by the tag {}", code(&tag))),
                None => Answer::new(Tier::Native, format!("enum `{name}`")),
            },
            (Kind::Values(values), _) if values.is_empty() => {
                Answer::new(Tier::Native, format!("enum `{name}` without a variant: nothing is accepted"))
            }
            (Kind::Text(_) | Kind::Open(_) | Kind::Values(_), _) => Answer::new(Tier::Native, format!("enum `{name}`")),
            (_, keyword) if keyword != "type" && !self.has(place, keyword) => {
                Answer::new(Tier::Native, "no type: it refuses nothing that gets here")
            }
            (_, keyword) if self.refuses_nothing(place, keyword) => {
                Answer::new(Tier::Native, "no type: it refuses nothing")
            }
            (Kind::Object(object), "additionalProperties") if object.closed => {
                Answer::new(Tier::Native, "members it does not name are refused")
            }
            (Kind::Object(object), "additionalProperties") if object.keeps_others => {
                Answer::new(Tier::Native, format!("a map of `{name}`, for all other members"))
            }
            (Kind::Object(_), "patternProperties") => {
                Answer::new(Tier::Checked, format!("a map of `{name}` each; a check that a name is where it belongs"))
            }
            (Kind::Object(object), "propertyNames") if object.names => {
                Answer::new(Tier::Checked, format!("a check of `{name}`"))
            }
            (Kind::Object(_), "additionalProperties") => {
                Answer::new(Tier::Native, "members it does not name are dropped, by the policy")
            }
            (Kind::Object(_), "properties") => Answer::new(Tier::Native, format!("a field of `{name}` each")),
            (Kind::Object(_), "required") => {
                Answer::new(Tier::Native, "these fields are no `Option`; one missing is refused")
            }
            (Kind::Object(_), _) if self.simple.kept.objects.contains(place) => {
                let kept = "members it does not name are kept: a `oneOf` or `uniqueItems` around it needs them";
                Answer::new(Tier::Native, format!("struct `{name}`; an array is refused; {kept}"))
            }
            (Kind::Object(_), _) => Answer::new(Tier::Native, format!("struct `{name}`; an array is refused")),
            (Kind::Union(_) | Kind::Branches(_) | Kind::Reference, _) => {
                Answer::new(Tier::Native, format!("`{name}`, a variant for each type"))
            }
            (Kind::Types(_), _) => Answer::new(Tier::Checked, format!("a check of `{name}`")),
            (Kind::Alternative(_), _) => Answer::new(Tier::Native, "`Option`; its `None` is `null`"),
            (Kind::Null, _) => Answer::new(Tier::Native, "`null`"),
            (Kind::Boolean, _) => Answer::new(Tier::Native, option("bool")),
            (Kind::Integer, _) => Answer::new(Tier::Native, option("i64")).limited("from -2^63 to 2^63 - 1"),
            (Kind::Unsigned, _) => Answer::new(Tier::Native, option("u64")).limited("from 0 to 2^64 - 1"),
            (Kind::Number, _) => Answer::new(Tier::Native, option("f64")).limited("rounded to the nearest double"),
            (Kind::String, _) => Answer::new(Tier::Native, option("String")),
            (Kind::Formatted(format), "type") => Answer::new(Tier::Native, option(formatted(format))),
            (Kind::Formatted("date-time"), _) => Answer::new(Tier::Checked, "RFC 3339, read as an instant")
                .limited("a second's fraction is cut to nine digits"),
            (Kind::Formatted(_), _) => Answer::new(Tier::Checked, "read as a value of its type"),
            (Kind::Tuple(_), "prefixItems") => Answer::new(Tier::Native, format!("a field of `{name}` each")),
            (Kind::Tuple(tuple), "items") if tuple.closed => Answer::new(Tier::Native, "more items are refused"),
            (Kind::Tuple(_), "items") => Answer::new(Tier::Native, "a list in the last field"),
            (Kind::Tuple(_), "minItems") => Answer::new(Tier::Native, "these fields are no `Option`"),
            (Kind::Tuple(_), _) => Answer::new(Tier::Native, format!("struct `{name}`; an object is refused")),
            (Kind::List { .. }, "items") => Answer::new(Tier::Native, "the item's type"),
            (Kind::List { .. }, _) => Answer::new(Tier::Native, option("Vec<_>")),
            (Kind::Map { .. }, "additionalProperties") => Answer::new(Tier::Native, "the value's type"),
            (Kind::Map { .. } | Kind::Any, _) => Answer::new(Tier::Native, option("BTreeMap<String, _>")),
            (Kind::Opaque(_), _) => Answer::new(Tier::Opaque, format!("the validator of `{name}`")),
        }
    }

    fn has(&self, place: &Place, keyword: &str) -> bool {
        place.schema(self.simple).get(keyword).is_some()
    }

    fn refuses_nothing(&self, place: &Place, keyword: &str) -> bool {
        place.schema(self.simple).get(keyword).is_some_and(|value| rules::refuses_nothing(keyword, value))
    }
}

/// The type that strings of a format are read into.
fn formatted(format: &str) -> &'static str {
    match format {
        "date" => "NaiveDate",
        "ipv4" => "Ipv4Addr",
        "ipv6" => "Ipv6Addr",
        _ => "DateTime<Utc>",
    }
}
