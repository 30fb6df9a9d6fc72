//! Names that are wanted in one scope -> a name for each, whatever order they come in. There is no counter: who wants the
//! same gets a longer name that says what is its own.

use std::collections::{BTreeMap, BTreeSet};

use super::plain;

/// The bytes of the longest name: rustdoc writes a file for each type, and file systems take 255.
const LONGEST: usize = 200;

/// The names that are taken in one scope: a module's types, a struct's fields, an enum's variants.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    taken: BTreeSet<String>,
    /// The number of the letters that came last after each name.
    lettered: BTreeMap<String, u32>,
}

/// What one item may be called.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Names, the best first, each saying more than the one before.
    pub names: Vec<String>,
    /// What the schema calls it. Who is spelled as its best name is goes first.
    pub source: String,
}

impl Wanted {
    /// What is called `source` in the schema and `name` of that in Rust: else what is spelled out of it.
    #[must_use]
    pub fn new(source: &str, name: impl Fn(&str) -> String) -> Self {
        let (best, spelled) = (name(source), super::spelled(source));
        let other = if spelled == source { best.clone() } else { name(&spelled) };
        Self { names: vec![best, other], source: source.to_owned() }
    }

    fn is_exact(&self) -> bool {
        self.names.first().is_some_and(|name| plain(name).trim_end_matches('_') == self.source)
    }
}

impl Scope {
    /// Takes `name`, if it is not taken.
    pub fn reserve(&mut self, name: &str) -> bool {
        self.taken.insert(plain(name).to_owned())
    }

    /// A name for each of `wanted`, in their order; takes them. One that only one of them wants and that is not taken goes to
    /// that one; a name that several want goes to the one whose own spelling it is, if there is one, and the others get
    /// their next. Where names come to an end, letters tell them apart, in the order of what the schema calls them.
    pub fn take(&mut self, wanted: &[Wanted]) -> Vec<String> {
        let mut given = vec![String::new(); wanted.len()];
        self.give(wanted, &mut given, 0, Wanted::is_exact);
        let rounds = wanted.iter().map(|wanted| wanted.names.len()).max().unwrap_or_default();
        for round in 0..rounds {
            self.give(wanted, &mut given, round, |_| true);
        }
        let mut left: Vec<(&Wanted, &mut String)> =
            wanted.iter().zip(&mut given).filter(|(_, given)| given.is_empty()).collect();
        left.sort_by(|(one, _), (other, _)| one.source.cmp(&other.source));
        for (wanted, given) in left {
            let name = cut(wanted.names.last().map_or("", String::as_str)).to_owned();
            *given = self.lettered(name);
        }
        given
    }

    /// Gives each that is not named yet, and that is `meant`, its name of this round, if no other wants it.
    fn give(&mut self, wanted: &[Wanted], given: &mut [String], round: usize, meant: impl Fn(&Wanted) -> bool) {
        let mut wanting: BTreeMap<&str, Vec<&mut String>> = BTreeMap::new();
        for (wanted, given) in wanted.iter().zip(given).filter(|(wanted, given)| given.is_empty() && meant(wanted)) {
            if let Some(name) = wanted.names.get(round) {
                wanting.entry(cut(name)).or_default().push(given);
            }
        }
        for (name, mut who) in wanting {
            if let [given] = who.as_mut_slice()
                && self.taken.insert(plain(name).to_owned())
            {
                name.clone_into(given);
            }
        }
    }

    /// `name` if it is free, or with the first letters from `B` on that make it so.
    fn lettered(&mut self, name: String) -> String {
        let stem = plain(&name).trim_end_matches('_').to_owned();
        let is_field = !stem.starts_with(char::is_uppercase);
        let with = |number: u32| match (number, is_field) {
            (0, _) => name.clone(),
            (_, true) => format!("{stem}_{}", letters(number).to_lowercase()),
            (_, false) => format!("{stem}{}", letters(number)),
        };
        // No name is given back: what was taken still is.
        let number = self.lettered.entry(name.clone()).or_default();
        let mut lettered = with(*number);
        while !self.taken.insert(plain(&lettered).to_owned()) {
            *number += 1;
            lettered = with(*number);
        }
        lettered
    }
}

fn cut(name: &str) -> &str {
    name.get(..name.floor_char_boundary(LONGEST)).unwrap_or(name)
}

/// `A`, `B` and on to `Z`, then `BA`, `BB`: a number in letters.
fn letters(mut number: u32) -> String {
    let mut letters = Vec::new();
    loop {
        letters.extend(char::from_digit(10 + number % 26, 36));
        number /= 26;
        if number == 0 {
            return letters.into_iter().rev().collect::<String>().to_uppercase();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{field_name, variant_name};
    use super::*;

    fn fields(sources: &[&str]) -> Vec<String> {
        Scope::default().take(&sources.iter().map(|source| Wanted::new(source, field_name)).collect::<Vec<_>>())
    }

    #[test]
    fn a_name_is_its_own_whatever_the_order() {
        let cases = [
            ("foo_bar", "foo_bar"),
            ("fooBar", "foo_capital_bar"),
            ("foo-bar", "foo_dash_bar"),
            ("type", "r#type"),
            ("Type", "capital_type"),
            ("self", "self_"),
            ("Self", "capital_self"),
            ("", "empty"),
            ("empty", "empty_b"),
        ];
        let (sources, expected): (Vec<&str>, Vec<&str>) = cases[..7].iter().copied().unzip();
        assert_eq!(fields(&sources), expected);
        let reversed: Vec<&str> = sources.iter().rev().copied().collect();
        assert_eq!(fields(&reversed).iter().rev().collect::<Vec<_>>(), expected.iter().collect::<Vec<_>>());
        assert_eq!(fields(&["", "empty"]), ["empty_b", "empty"]);
    }

    #[test]
    fn what_more_names_do_not_tell_apart_letters_do() {
        let long = "x".repeat(1000);
        let sources = [format!("{long}z"), format!("{long}y")];
        let names = fields(&sources.each_ref().map(String::as_str));
        assert_eq!(names, [format!("{}_b", "x".repeat(200)), "x".repeat(200)]);
        let wanted = |source: &str| Wanted { names: vec!["Same".to_owned()], source: source.to_owned() };
        let all: Vec<Wanted> = ('a'..='z').chain(['~']).map(|c| wanted(&c.to_string())).collect();
        assert_eq!(Scope::default().take(&all)[25..], ["SameZ", "SameBA"]);
        assert_eq!(
            Scope::default().take(&[Wanted::new("a-b", variant_name), Wanted::new("a_b", variant_name)]),
            ["ADashB", "AUnderscoreB"]
        );
    }
}
