//! What a consumer relies on of structs.

use std::collections::BTreeMap;

use serde_json::json;
use types::*;

use super::{refusal, says, unwritable};

pub fn all() {
    copies();
    updates();
    constructors();
    objects();
    tuples();
    derived();
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
