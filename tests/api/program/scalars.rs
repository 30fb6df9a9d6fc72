//! What a consumer relies on of strings, numbers, listed values and defaults.

use std::borrow::Borrow;
use std::collections::{BTreeMap, HashSet};

use serde_json::json;
use types::*;

use super::{refusal, says};

pub fn all() {
    texts();
    defaults();
    numbers();
    values();
    open_enums();
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
