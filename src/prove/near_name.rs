//! An object's schemas -> member names that its readers may take for another, or treat as one they are not.

use serde_json::{Map, Value};

use super::near_miss::{Keywords, lengths};
use super::{near_text, reach};

/// Names like `name`: in another case, a letter more or less, spelled with other separators.
pub(super) fn other_spellings(name: &str) -> Vec<String> {
    let mut found = near_text::edges(name);
    found.extend([name.replace('_', "-"), name.replace('_', ""), camel_case(name), format!("{name}{name}")]);
    found.sort();
    found.dedup();
    found.retain(|other| other != name);
    found
}

/// Names that no `properties` among `here` has: the empty one, long ones, those that `required` and the like name, and
/// for `patternProperties` and `propertyNames` ones that meet them and ones that almost do.
pub(super) fn unnamed(root: &Value, here: &Keywords<'_>) -> Vec<String> {
    let mut found = vec![String::new(), "unknown member".to_owned(), "a/b~c".to_owned(), "é".to_owned()];
    found.extend([40, 300].map(|length| "x".repeat(length)));
    found.extend(reach::asked_names(here).into_iter().map(str::to_owned));
    let names: Vec<&Value> = here.iter().filter_map(|schema| schema.get("propertyNames")).collect();
    let names = reach::in_place(root, names);
    let mut patterns = reach::texts(&names, "pattern");
    patterns.extend(reach::maps(here, "patternProperties").flat_map(Map::keys).map(String::as_str));
    let mut examples: Vec<String> = patterns.into_iter().filter_map(near_text::example).collect();
    examples.extend(reach::listed(&names).into_iter().filter_map(Value::as_str).map(str::to_owned));
    found.extend(near_text::of_lengths("member", &lengths(&names, &["minLength", "maxLength"])));
    for example in examples {
        found.extend(near_text::edges(&example));
        found.push(example);
    }
    let named = reach::property_names(here);
    found.retain(|name| !named.contains(name.as_str()));
    found.sort();
    found.dedup();
    found
}

/// `some_name` as `someName`.
fn camel_case(name: &str) -> String {
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |name, part| name + &near_text::capitalised(part))
}
