//! What a consumer relies on: written against the types of `schemas.json`, and run.

#![deny(unfulfilled_lint_expectations)]

use std::borrow::Borrow;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use types::*;

fn refusal<T: DeserializeOwned + Debug>(text: &str) -> String {
    serde_json::from_str::<T>(text).expect_err(text).to_string()
}

fn unwritable<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect_err("not to be written").to_string()
}

fn says(message: &str, parts: &[&str]) {
    for part in parts {
        assert!(message.contains(part), "{message:?} does not say {part:?}");
    }
}

fn texts() {
    use text::Text;
    let text: Text = "abc".parse().expect("valid");
    assert_eq!((text.as_str(), text.to_string().as_str(), text.len()), ("abc", "abc", 3));
    assert_eq!(Text::try_from("abc").as_ref(), Ok(&text));
    assert_eq!(BTreeMap::from([(text, 1)]).get("abc"), Some(&1));
    let text = Text::try_from("abc".to_owned()).expect("valid");
    assert_eq!(Borrow::<str>::borrow(&text), "abc");
    assert_eq!((Text::MIN_LENGTH, Text::MAX_LENGTH, Text::PATTERN), (2, 3, "^[a-z]+$"));
    let invalid = "a".parse::<Text>().expect_err("too short");
    assert_eq!((invalid.rule(), invalid.value(), invalid.schema()), ("breaks minLength 2", "\"a\"", "text.json#"));
    says(&"A1".parse::<Text>().expect_err("no match").to_string(), &["pattern", "^[a-z]+$", "\"A1\""]);
}

/// What is written out at several places is one type, by the name of each place.
fn copies() {
    use copies::{Copies, CopiesHome, CopiesHomeAt, CopiesLast, CopiesLastLines, CopiesWork, CopiesWorkAt};
    let at = CopiesWorkAt { x: Some(CopiesHomeAt::default_x()), of: None };
    let work = CopiesWork { at: Some(at), ..CopiesWork::new(vec!["a".to_owned()]) };
    let home: CopiesHome = work.clone();
    let last: CopiesLastLines = home.clone();
    let copies = Copies { home: Some(home), work: Some(work), last: Some(CopiesLast::from(last)) };
    let place = json!({"lines": ["a"], "at": {"x": 1.5}});
    assert_eq!(serde_json::to_value(&copies).expect("valid"), json!({"home": place, "work": place, "last": place}));
}

fn defaults() {
    use defaults::{Defaults, DefaultsOrder, Limits};
    let absent: Defaults = serde_json::from_str("{}").expect("valid");
    assert_eq!(absent, Defaults::default());
    assert_eq!(absent.order, None);
    assert_eq!(absent.order.unwrap_or_default(), DefaultsOrder::Desc);
    assert_eq!(absent.size.unwrap_or_else(Defaults::default_size).get(), 20);
    assert_eq!(Defaults::default_nick(), None::<String>);
    assert_eq!((Defaults::default_limits(), Limits::default().to_vec()), (Limits::default(), vec![1, 2]));
}

fn numbers() {
    use numbers::{
        From0Below1Number, From0To10MultipleOf2Integer, From0To18446744073709551615Unsigned, MultipleOf0Point0001Number,
    };
    const SIX: From0To10MultipleOf2Integer = From0To10MultipleOf2Integer::new(6).unwrap();
    const HALF: From0Below1Number = From0Below1Number::new(0.5).unwrap();
    assert_eq!((SIX.get(), HALF.get()), (6, 0.5));
    assert_eq!(
        (
            From0To10MultipleOf2Integer::new(7),
            From0To10MultipleOf2Integer::new(-2),
            From0To10MultipleOf2Integer::new(12)
        ),
        (None, None, None)
    );
    assert_eq!((From0Below1Number::new(1.0), From0Below1Number::new(f64::NAN)), (None, None));
    assert_eq!((From0To10MultipleOf2Integer::MINIMUM, From0To10MultipleOf2Integer::MAXIMUM), (0, 10));
    assert_eq!((From0Below1Number::MINIMUM, From0Below1Number::EXCLUSIVE_MAXIMUM), (0.0, 1.0));
    assert_eq!(From0To18446744073709551615Unsigned::new(u64::MAX).map(|large| *large), Some(u64::MAX));
    assert_eq!(SIX.to_string(), "6");
    says(
        &From0To10MultipleOf2Integer::try_from(7).expect_err("odd").to_string(),
        &["7", "multipleOf 2", "numbers.json#/properties/even"],
    );
    // Exact by the decimals that are written: a double is near 0.0075 and near 0.0001, and not a multiple of the other.
    for (value, is_multiple) in
        [(0.0075, true), (0.00751, false), (1e308, true), (0.3, true), (-0.0, true), (5e-324, false)]
    {
        assert_eq!(MultipleOf0Point0001Number::try_from(value).is_ok(), is_multiple, "{value}");
    }
    for (text, is_valid) in [
        ("9007199254740992", true),
        ("9007199254740993", false),
        ("9007199254740993.0", true),
        ("1e15", true),
        ("-1e300", true),
        ("18446744073709551615", false),
    ] {
        assert_eq!(serde_json::from_str::<numbers::UpTo9007199254740992Number>(text).is_ok(), is_valid, "{text}");
    }
}

/// What is absent stays as it is, `null` clears, a value sets: three states.
fn updates() {
    use update::Update;
    let clear = Update { name: Some(None), ..Update::default() };
    assert_eq!(serde_json::to_value(&clear).expect("JSON"), json!({"name": null}));
    let set = Update { name: Some(Some("Ada".to_owned())), size: Some(1) };
    assert_eq!(serde_json::to_value(&set).expect("JSON"), json!({"name": "Ada", "size": 1}));
    assert_eq!(serde_json::to_value(Update::default()).expect("JSON"), json!({}));
    let mut name = Some("Grace".to_owned());
    for (update, expected) in [("{}", Some("Grace")), (r#"{"name": "Ada"}"#, Some("Ada")), (r#"{"name": null}"#, None)]
    {
        let update: Update = serde_json::from_str(update).expect("valid");
        if let Some(new) = update.name {
            name = new;
        }
        assert_eq!(name.as_deref(), expected);
    }
    says(&refusal::<Update>(r#"{"size": null}"#), &["/size"]);
}

fn constructors() {
    use person::{Person, PersonType};
    let plain = Person::new("1".to_owned(), PersonType::Adult);
    assert_eq!(serde_json::to_value(&plain).expect("JSON"), json!({"id": "1", "type": "adult"}));
    let known = Person { nick: Some(Some("Bo".to_owned())), ..plain };
    assert_eq!(serde_json::to_value(&known).expect("JSON"), json!({"nick": "Bo", "id": "1", "type": "adult"}));
    #[expect(deprecated, reason = "the schema says so")]
    let fax = known.fax;
    assert_eq!(fax, None);
}

fn values() {
    use values::Values;
    let read = |text: &str| serde_json::from_str::<Values>(text).ok();
    assert_eq!([read("1"), read("1.0"), read("10e-1")], [Some(Values::N1); 3]);
    assert_eq!(read(r#"{"b": [2.0], "a": null}"#), Some(Values::ObjectOfANullBArrayOfN2));
    assert_eq!([read("true"), read("\"true\"")], [Some(Values::BooleanTrue), Some(Values::StringTrue)]);
    assert_eq!([read("2"), read("false"), read("[]"), read(r#"{"a": null}"#)], [None; 4]);
    assert_eq!(serde_json::to_value(Values::ObjectOfANullBArrayOfN2).expect("JSON"), json!({"a": null, "b": [2]}));
    assert_eq!(Values::ObjectOfANullBArrayOfN2.to_string(), r#"{"a": null, "b": [2]}"#);
    says(&refusal::<Values>("2"), &["2: one of 1, true", "values.json#"]);
    says(&refusal::<nothing::Nothing>("2"), &["nothing.json#"]);
}

fn objects() {
    use objects::Objects;
    let object: Objects = serde_json::from_value(json!({"name": "n", "x-a": 1, "more": true})).expect("valid");
    assert_eq!(object.pattern_properties, BTreeMap::from([("x-a".to_owned(), 1)]));
    assert_eq!(object.additional_properties, BTreeMap::from([("more".to_owned(), true)]));
    assert_eq!(serde_json::to_value(&object).expect("JSON"), json!({"name": "n", "x-a": 1, "more": true}));

    let mut astray = object.clone();
    astray.additional_properties.insert("x-b".to_owned(), true);
    says(&unwritable(&astray), &["Objects", "`x-b`", "objects.json#"]);
    let mut astray = object.clone();
    astray.additional_properties.insert("name".to_owned(), true);
    says(&unwritable(&astray), &["`name`"]);
    let mut named = object.clone();
    named.additional_properties.insert("a name that is long".to_owned(), true);
    says(&unwritable(&named), &["propertyNames", "maxLength 9"]);
    let mut few = object.clone();
    few.pattern_properties.clear();
    few.additional_properties.clear();
    says(&unwritable(&few), &["1 members break minProperties 2"]);
    let mut dependent = object;
    dependent.name = None;
    dependent.alias = Some("a".to_owned());
    says(&unwritable(&dependent), &["`alias` without `name`", "dependentRequired"]);
    says(&refusal::<Objects>(r#"{"alias": "a", "b": true}"#), &["dependentRequired", "objects.json#"]);
}

fn tuples() {
    use tuples::{Tuples, TuplesFixed, TuplesOpen};
    let fixed = TuplesFixed("a".to_owned(), 1);
    let open = TuplesOpen("a".to_owned(), Some(Some(1)), vec![true]);
    let tuples = Tuples { fixed: Some(fixed), open: Some(open) };
    let text = r#"{"fixed":["a",1],"open":["a",1,true]}"#;
    assert_eq!(serde_json::to_string(&tuples).expect("JSON"), text);
    assert_eq!(serde_json::from_str::<Tuples>(text).expect("valid"), tuples);
    says(
        &unwritable(&TuplesOpen("a".to_owned(), None, vec![true])),
        &["item 1 is absent", "tuples.json#/properties/open"],
    );
    says(&unwritable(&TuplesOpen("a".to_owned(), Some(None), vec![true; 3])), &["an array of 5 breaks maxItems 4"]);
    assert_eq!(serde_json::to_string(&TuplesOpen("a".to_owned(), Some(None), vec![])).expect("JSON"), r#"["a",null]"#);
    says(&refusal::<Tuples>(r#"{"fixed": ["a"]}"#), &["at /fixed: ", "item 1 is missing"]);
}

fn ways() {
    use ways::Ways;
    let at = |text: &str, way: &str| {
        let message = refusal::<Ways>(text);
        assert!(message.starts_with(&format!("at {way}: ")), "{message:?} does not begin with {way}");
    };
    at(r#"{"list": [{}, {"name": "ok"}, {"name": 1}]}"#, "/list/2/name");
    at(r#"{"list": [{"name": ""}]}"#, "/list/0/name");
    at(r#"{"map": {"a/b~": [[true, 1]]}}"#, "/map/a~1b~0/0/1");
    at(r#"{"other": 1}"#, "/other");
    says(&refusal::<Ways>("[]"), &["a JSON object for Ways"]);
    let message = serde_json::from_value::<Ways>(json!({"list": [{"name": ""}]})).expect_err("too short").to_string();
    says(&message, &["at /list/0/name: ", "breaks minLength 1", "ways.json#/properties/list/items/properties/name"]);
}

fn wrongs() {
    use wrong::Wrong;
    let is = |text: &str, message: &str| {
        let refusal = refusal::<Wrong>(text);
        assert!(refusal.starts_with(&format!("{message} at line 1 column ")), "{refusal:?} is not {message:?}");
    };
    is("[]", "invalid type: sequence, expected a JSON object for Wrong (wrong.json#)");
    is(r#"{"text": 1}"#, "at /text: invalid type: integer `1`, expected a string (wrong.json#)");
    is(r#"{"text": "a", "text": "b"}"#, "member `text` of Wrong is given twice (wrong.json#)");
    is(
        r#"{"size": 1}"#,
        "at /size: invalid type: integer `1`, expected a string that is listed (wrong.json#/properties/size)",
    );
    is(r#"{"size": "huge"}"#, r#"at /size: "huge": one of "small", "large" (wrong.json#/properties/size)"#);
    is(r#"{"any": [1]}"#, "at /any: invalid type: [1], expected an object (wrong.json#)");
    is(r#"{"any": {"a": [{"b": 1, "b": 2}]}}"#, "at /any/a/0: member `b` is given twice (wrong.json#)");
    is(r#"{"map": {"a": 1, "a": 2}}"#, "at /map: member `a` is given twice (wrong.json#)");
    is(
        r#"{"list": [1, 2.5]}"#,
        "at /list/1: invalid value: 2.5, expected an integer from -2^63 to 2^63 - 1 (wrong.json#)",
    );
    is(
        r#"{"odd": {"a": 1}}"#,
        r#"at /odd: {"a":1}: breaks /not: {"properties":{"a":{"const":1}},"required":["a"],"type":"object"} is not allowed for it (wrong.json#/properties/odd)"#,
    );
    is(
        r#"{"deep": {"in": 1}}"#,
        r#"at /deep/in: 1: breaks /properties/in/not: {"const":1} is not allowed for it (wrong.json#/properties/deep)"#,
    );
    let invalid = wrong::WrongDeep::try_from(json!({"in": 1})).expect_err("not allowed");
    assert_eq!((invalid.path(), invalid.value(), invalid.schema()), ("/in", "1", "wrong.json#/properties/deep"));
    // What is wrong with the text itself stays what the format says.
    assert!(serde_json::from_str::<Wrong>("{").expect_err("no JSON").is_eof());

    // Long values and long lists are shown by their beginnings.
    is(
        r#"{"many": "z"}"#,
        r#"at /many: "z": one of "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l" and 2 more (wrong.json#/properties/many)"#,
    );
    let long = "é".repeat(1000);
    let shown = format!(r#"at /size: "{}…": one of "small", "large" (wrong.json#/properties/size)"#, "é".repeat(79));
    is(&json!({"size": long}).to_string(), &shown);
    let shown = format!("{}…", "é".repeat(80));
    says(
        &refusal::<Wrong>(&json!({"when": long}).to_string()),
        &["at /when: ", &shown, "expected a date-time", "(wrong.json#)"],
    );
    let invalid = text::Text::try_from(long.as_str()).expect_err("too long");
    assert_eq!(invalid.value(), format!("{long:?}"));
    assert!(invalid.to_string().len() < 300, "{invalid}");
}

/// The branches that a message names as not taking a value, in its order.
fn order(message: &str) -> Vec<&str> {
    let (_, told) = message.split_once(" takes this (").and_then(|(_, rest)| rest.split_once(") [")).expect("branches");
    let name = |reason: &str| reason.split_once(':').map_or(0, |(name, _)| name.len());
    told.split("; ").map(|reason| reason.get(..name(reason)).unwrap_or_default()).collect()
}

fn closest_first() {
    let order_of = |value: serde_json::Value, expected: &[&str]| {
        let message = refusal::<shapes::Shapes>(&value.to_string());
        assert_eq!(order(&message), expected, "{message}");
    };
    // The branch whose constant the value has, whatever else is wrong with it, and however deep another one looks into it.
    order_of(json!({"form": "square", "size": 1, "tint": "red"}), &["Square", "Circle", "Line", "no object"]);
    order_of(
        json!({"form": "line", "size": "big", "corner": {"x": "far"}}),
        &["Line", "Circle", "Square", "no object"],
    );
    // All alike: the fewest faults, and where these are as many, the deepest.
    order_of(json!({"size": 1, "tint": true}), &["Circle", "Square", "Line", "no object"]);
    order_of(json!({"form": "cube", "size": 1, "corner": {"x": "far"}}), &["Circle", "Square", "Line", "no object"]);
    order_of(json!([1, "a"]), &["Names", "Counts", "no array"]);
    let message = refusal::<shapes::Shapes>(r#""a""#);
    assert!(
        message.starts_with(r#""a": no branch of Shapes takes this (shapes.json#) [no string: Circle, "#),
        "{message}"
    );
    let message = refusal::<shapes::Shapes>(r#"[1, "a"]"#);
    says(
        &message,
        &[
            r#"[1,"a"]: no branch of Shapes"#,
            "Names: at /0: invalid type: integer `1`, expected a string (shapes.json#)",
        ],
    );
}

fn unions() {
    use tagged::Tagged;
    says(&refusal::<Tagged>(r#"{"kind": "bird"}"#), &[r#"at /kind: "bird": one of "cat", "dog" (tagged.json#)"#]);
    says(
        &refusal::<Tagged>(r#"{"kind": 1}"#),
        &[r#"at /kind: invalid type: integer `1`, expected one of "cat", "dog" (tagged.json#)"#],
    );
    says(&refusal::<Tagged>(r#"{"lives": 9}"#), &[r#"{"lives":9}: member `kind` of Tagged is missing (tagged.json#)"#]);
    let message = refusal::<Tagged>(r#"{"kind": "cat", "lives": "nine"}"#);
    assert!(message.starts_with("at /lives: invalid type: string \"nine\""), "{message}");
    says(&message, &["(tagged.json#/oneOf/0)"]);
    let both = refusal::<both::Both>("{}");
    says(&both, &["{}: both ", " of Both take this (both.json#)"]);

    let message = refusal::<several::Several>(r#"{"b": "b", "x": "p"}"#);
    assert_eq!(order(&message), ["a", "b"], "{message}");
    says(&message, &[r#"{"b":"b","x":"p"}: no branch of Several takes this (several.json#) ["#, "member `a` of"]);

    // A branch that does not have a member is farther than one that has it, with another value.
    let message = refusal::<inner::Inner>(r#"{"shape": {"a": 1}}"#);
    assert!(message.starts_with(r#"at /shape: {"a":1}: no branch of InnerShape takes this"#), "{message}");
    assert_eq!(order(&message).first(), Some(&"A"), "{message}");
    // Unions in unions say it once for each, however deep; and no deeper one is asked twice for each that holds it.
    let deep = (0..61).fold(json!({"end": false}), |end, _| json!({"next": end}));
    let message = refusal::<chain::Chain>(&deep.to_string());
    assert!(message.starts_with("at /next: ") && message.chars().count() < 3000, "{} {message}", message.len());
    let valid = (0..61).fold(json!({"end": true}), |end, _| json!({"next": end}));
    assert!(serde_json::from_value::<chain::Chain>(valid).is_ok());
}

fn discriminators() {
    use pets::{Cat, Dog, DogKind, Only, OnlyCat, Pets};
    let cat = Cat { kind: OnlyCat::Cat, lives: Some(9) };
    let dog = Dog { kind: DogKind::Puppy, good: None };
    // A branch is a union by itself, and a tag of several strings is kept where it is.
    assert_eq!((Pets::from(cat.clone()), Only::from(cat.clone())), (Pets::Cat(cat.clone()), Only::Cat(cat)));
    let text = r#"{"kind":"puppy"}"#;
    assert_eq!(serde_json::from_str::<Pets>(text).expect("valid"), Pets::from(dog.clone()));
    assert_eq!(serde_json::to_string(&Pets::Dog(dog)).expect("valid"), text);
    says(
        &refusal::<Pets>(r#"{"kind": "bird"}"#),
        &["at /kind: \"bird\": one of ", "cat", "dog", "puppy", "pets.json#"],
    );
    says(&refusal::<Pets>(r#"{"kind": 1}"#), &["at /kind: invalid type: integer `1`, expected one of "]);
    says(&refusal::<Only>(r#"{"kind": "dog"}"#), &["at /kind: ", "\"dog\""]);
    says(&refusal::<Pets>("\"\""), &["both"]);
}

fn open_enums() {
    use codes::Codes;
    use states::States;
    // What is known is one value however it is made, and what is not is kept.
    for (text, state) in [("on", States::On), ("unknown", States::Unknown)] {
        assert_eq!((States::from(text), text.parse().ok()), (state.clone(), Some(state.clone())));
        assert_eq!(serde_json::from_value::<States>(json!(text)).ok(), Some(state.clone()));
        assert_eq!(state.as_str(), text);
    }
    let States::Other(other) = States::from("dimmed".to_owned()) else { panic!("it is not listed") };
    assert_eq!((other.as_str(), format!("{other:?}").as_str()), ("dimmed", "\"dimmed\""));
    let state: States = serde_json::from_str("\"dim\\u006ded\"").expect("valid");
    assert_eq!((&state, state.to_string().as_str()), (&States::Other(other), "dimmed"));
    assert_eq!(serde_json::to_value(&state).expect("valid"), json!("dimmed"));
    let states = HashSet::from([States::On, state, States::from("on"), States::from("a"), States::from("b")]);
    assert_eq!(states.len(), 4);
    says(&refusal::<States>("1"), &["expected a string"]);

    assert_eq!(Codes::try_from("b2"), Ok(Codes::B2));
    assert!(matches!("c3".parse(), Ok(Codes::Unknown(code)) if code.as_str() == "c3"));
    says(&Codes::try_from("c".to_owned()).expect_err("too short").to_string(), &["pattern", "\"c\"", "codes.json#"]);
    says(&refusal::<Codes>("\"33\""), &["breaks pattern", "codes.json#"]);
}

/// A struct says of itself what derives would have it say.
fn derived() {
    use std::collections::BTreeSet;

    #[derive(Clone, Debug, PartialEq, Eq)]
    struct Derived {
        r#type: String,
        b: bool,
        c: Option<Option<i64>>,
        d: Option<()>,
        e: Option<()>,
        f: Option<()>,
        g: Option<()>,
        h: Option<()>,
        ninth: Option<Vec<Derived>>,
        pattern_properties: BTreeMap<String, i64>,
    }

    let read = |text: &str| serde_json::from_str::<derived::Derived>(text).expect("valid");
    let like = |derived: derived::Derived| {
        let derived::Derived { r#type, b, c, d, e, f, g, h, ninth, pattern_properties } = derived;
        assert_eq!(ninth.as_ref().map(Vec::len).unwrap_or_default(), 0);
        Derived { r#type, b, c, d, e, f, g, h, ninth: ninth.map(|_| Vec::new()), pattern_properties }
    };
    let texts = [
        r#"{"type": "a", "B": true}"#,
        r#"{"type": "b", "B": true}"#,
        r#"{"type": "a", "B": false}"#,
        r#"{"type": "a", "B": true, "c": null}"#,
        r#"{"type": "a", "B": true, "c": 1, "d": null, "e": null, "f": null, "g": null, "h": null}"#,
        r#"{"type": "a", "B": true, "h": null}"#,
        r#"{"type": "a", "B": true, "ninth": []}"#,
        r#"{"type": "a", "B": true, "x-a": 1}"#,
        r#"{"type": "a", "B": true, "x-a": 2}"#,
    ];
    let mut shown = BTreeSet::new();
    for (index, text) in texts.into_iter().enumerate() {
        let (value, expected) = (read(text), like(read(text)));
        let spelled = format!("{expected:?} {expected:#?}");
        assert_eq!(format!("{value:?} {value:#?}"), spelled);
        assert_eq!(value.clone(), value);
        assert!(shown.insert(spelled), "{text}");
        for (other, text) in texts.into_iter().enumerate() {
            assert_eq!(read(text) == value, other == index, "{text}");
        }
    }
}

fn main() {
    defaults();
    copies();
    derived();
    texts();
    updates();
    constructors();
    numbers();
    values();
    objects();
    tuples();
    ways();
    wrongs();
    closest_first();
    discriminators();
    unions();
    open_enums();
}
