//! Patterns as ECMA-262 reads them, held against a crate that reads them so.

use super::{Automaton, Places, translated};

/// Strings that tell what the two languages read otherwise, and what one byte or one character more does.
const TEXTS: &[&str] = &[
    "",
    "a",
    "b",
    "ab",
    "aab",
    "abc",
    "a-b",
    "-",
    "_",
    ".",
    "é",
    "\u{85}",
    "\u{feff}",
    "\u{a0}",
    "\n",
    "a\n",
    "\nb",
    "\r",
    "\u{2028}",
    "٣",
    "7",
    "10",
    "1.5",
    "-1.5",
    "01",
    "A1",
    "{",
    "{,2}",
    "a{,2}",
    "x{2",
    "&&",
    "a&&b",
    "[",
    "]",
    "🦀",
    "a🦀b",
    "\0",
    "\u{8}",
    "u",
    "uu",
    "txcd_12345678",
    "txcd_1234567",
    "P1DT2H",
    "P1Y",
    "P",
    "0",
    "z.z",
    "..",
    "/",
    "~",
    "<",
    ">",
];

/// Whether each byte of `text` is of the set of its place.
fn are_of(places: &Places, text: &str) -> bool {
    let all = places.sets.iter().flat_map(|(count, set)| std::iter::repeat_n(set, count.unwrap_or(text.len())));
    let (all, bytes): (Vec<_>, Vec<u8>) = (all.collect(), text.bytes().collect());
    let is_of = |(set, byte): (&&Vec<(u8, u8)>, &u8)| set.iter().any(|(first, last)| (first..=last).contains(&byte));
    (places.least..=all.len()).contains(&bytes.len()) && all.iter().zip(&bytes).all(is_of)
}

/// Whether `text` matches.
fn matches(automaton: &Automaton, text: &str) -> bool {
    automaton.ends(text.bytes().fold(automaton.start(), |state, byte| automaton.next(state, byte)))
}

#[test]
fn automata_match_what_the_pattern_matches() {
    for pattern in [
        "",
        "a",
        "^a",
        "a$",
        "^a$",
        "^$",
        "^(ab|a)$",
        "^(?:a|b)+$",
        "(?<name>a)b",
        "a*?b",
        r"\d",
        r"^\d+$",
        r"\D",
        r"\w",
        r"^\W$",
        r"\s",
        r"^\S$",
        ".",
        "^.$",
        "^.{2}$",
        "[^a]",
        "^[^,<>]*$",
        r"^[\w \W]+$",
        r"^[\w-]+$",
        r"^[\w-.]+$",
        r"[a-\d]",
        r"^[\x20-\x7E]+$",
        r"\u{1F980}",
        r"\u0061",
        r"\x61",
        r"\0",
        r"[\b]",
        r"\/",
        r"\-",
        r"^\-?[0-9]+(\.[0-9]+)?$",
        "{",
        "a{,2}",
        "x{2",
        "a{2}",
        "^a{1,2}b{0,}$",
        "]",
        "[&&]",
        "[a&&b]",
        "[!--]",
        "[[a]",
        r"\<",
        r"^txcd_\d{8}$",
        r"^[/~].*",
        "🦀",
        "[🦀é]",
        "^[^🦀]$",
        "a|",
        "()",
        r"[\]]",
        r"[^\]]",
        r"[\-a]",
        r"^P(?:\d+(?:\.\d+)?Y)?(?:\d+D)?(?:T(?:\d+H)?)?$",
        "^[a-z0-9A-Z]{1}([a-z0-9A-Z-._]*[a-z0-9A-Z]+)?$",
        "(a|b)(c|b)",
    ] {
        let expected = regress::Regex::with_flags(pattern, "u").or_else(|_| regress::Regex::new(pattern)).unwrap();
        let automaton = Automaton::new(pattern).unwrap_or_else(|| panic!("{pattern} has none"));
        for text in TEXTS {
            assert_eq!(matches(&automaton, text), expected.find(text).is_some(), "{pattern} in {text:?}");
            if let Some(places) = Places::new(&automaton) {
                assert_eq!(
                    are_of(&places, text),
                    expected.find(text).is_some(),
                    "{pattern} in {text:?}, by {places:?}"
                );
            }
        }
    }
}

#[test]
fn what_has_a_byte_of_one_set_at_each_place_is_told_by_places() {
    let places = |pattern| Places::new(&Automaton::new(pattern).expect("regular"));
    let digits = || vec![(b'0', b'9')];
    assert_eq!(places("^$"), Some(Places { least: 0, sets: vec![] }));
    let ulid = [(Some(1), vec![(b'0', b'7')]), (Some(25), vec![(b'0', b'9'), (b'A', b'H')])];
    assert_eq!(places("^[0-7][0-9A-H]{25}$"), Some(Places { least: 26, sets: ulid.to_vec() }));
    let some = [(Some(1), vec![(b'a', b'z')]), (None, digits())];
    assert_eq!(places("^[a-z][0-9]*$"), Some(Places { least: 1, sets: some.to_vec() }));
    assert_eq!(places("^[0-9]{2,4}$"), Some(Places { least: 2, sets: vec![(Some(4), digits())] }));
    for depends in ["a", "^a", "^(a|bc)$", "^(ab)*$", "^a?b$", "^é|e$", "^(aa){0,2}$", "^[a-z]+-$"] {
        assert_eq!(places(depends), None, "{depends}");
    }
    let long: String = ["^", &"ab".repeat(40), "$"].concat();
    assert_eq!(places(&long), None);
}

#[test]
fn what_is_not_regular_or_asks_for_properties_has_no_automaton() {
    for pattern in [
        r"(a)\1",
        "(?=a)",
        "(?!a)",
        "(?<=a)b",
        "(?<!a)b",
        r"\bx",
        r"\B",
        r"\p{L}",
        r"\k<a>(?<a>b)",
        "[]",
        "[^]",
        r"\ud83e\udd80",
    ] {
        assert_eq!(translated(pattern), None, "{pattern}");
    }
    assert!(Automaton::new("^(a|b)*a(a|b){14}$").is_none(), "it has too many states");
}

#[test]
fn an_automaton_is_as_small_as_can_be_and_a_table_only_where_that_is_short() {
    let (start, ends, runs, rows) = Automaton::new("^(ab|ac)$").unwrap().table(100).unwrap();
    // Besides nothing and everything: the end, the beginning, and after `a`.
    assert_eq!((start, ends, rows.len()), (3, 2, 5 * 3));
    assert_eq!(runs, [b'`', 0, b'a', 1, b'c', 2, 255, 0]);
    assert_eq!(Automaton::new("^(ab|ac)$").unwrap().table(22), None);
    assert_eq!(Automaton::new("^a{1,300}$").unwrap().table(10_000), None);
}
