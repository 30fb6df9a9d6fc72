//! A schema of somebody else's, and a seed -> the same with a few things wrong: keywords dropped, copied to another place,
//! given values of another type, values swapped.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use oorandom::Rand64;
use serde_json::{Map, Value, json};

use super::pools::VALUES;

/// What Kong's schemas begin a reference to another file with.
const COMPONENT: &str = "#/components/schemas/";

/// The largest schema that is mutated, in definitions: larger ones only take longer.
const LARGEST: usize = 12;

/// Kong's schemas in `folder`, each with what it refers to in its own `$defs`, sorted by file.
pub fn bundles(folder: &Path) -> Vec<Value> {
    let entries = fs::read_dir(folder).expect("the corpus can be read").map(|entry| entry.expect("an entry").path());
    let files = entries.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    let schemas: BTreeMap<_, Value> = files
        .map(|path| {
            let text = fs::read_to_string(&path).expect("the corpus can be read");
            (path, serde_json::from_str(&text).expect("the corpus is JSON"))
        })
        .collect();
    let named: BTreeMap<&str, &Value> = schemas
        .values()
        .filter_map(|schema| Some((schema.get("$id")?.as_str()?.strip_prefix(COMPONENT)?, schema)))
        .collect();
    schemas.values().filter_map(|schema| bundle(schema, &named)).collect()
}

/// `schema` with all that it refers to; none when that is much.
fn bundle(schema: &Value, named: &BTreeMap<&str, &Value>) -> Option<Value> {
    let mut definitions = Map::new();
    let mut waiting = Vec::new();
    let mut root = local(schema, &mut waiting);
    while let Some(name) = waiting.pop() {
        if definitions.len() > LARGEST {
            return None;
        }
        if let Some(schema) = named.get(name.as_str()).filter(|_| !definitions.contains_key(&name)) {
            let definition = local(schema, &mut waiting);
            definitions.insert(name, definition);
        }
    }
    root.as_object_mut()?.insert("$defs".to_owned(), definitions.into());
    Some(root)
}

/// `value` with references to other files led to `$defs`; the names referred to go to `waiting`.
fn local(value: &Value, waiting: &mut Vec<String>) -> Value {
    match value {
        Value::Object(members) => {
            let names_itself = |name: &str, value: &Value| matches!(name, "$id" | "$schema") && value.is_string();
            let kept = members.iter().filter(|(name, value)| !names_itself(name, value));
            kept.map(|(name, value)| (name.clone(), local(value, waiting))).collect::<Map<_, _>>().into()
        }
        Value::Array(items) => items.iter().map(|item| local(item, waiting)).collect(),
        Value::String(text) => match text.strip_prefix(COMPONENT) {
            Some(name) => {
                waiting.push(name.to_owned());
                format!("#/$defs/{name}").into()
            }
            None => text.as_str().into(),
        },
        other => other.clone(),
    }
}

/// The mutation of one of `schemas` that `seed` makes.
pub fn mutation(schemas: &[Value], seed: u64) -> Value {
    let mut rng = Rand64::new(u128::from(seed));
    let mut schema = pick(&mut rng, schemas).clone();
    for _ in 0..=rng.rand_range(0..4) {
        mutate(&mut schema, &mut rng);
    }
    schema
}

fn pick<'a, T>(rng: &mut Rand64, items: &'a [T]) -> &'a T {
    let index = rng.rand_range(0..items.len() as u64);
    &items[usize::try_from(index).expect("an index")]
}

fn mutate(schema: &mut Value, rng: &mut Rand64) {
    let places = places(schema, "");
    let (at, other) = (pick(rng, &places).clone(), pick(rng, &places).clone());
    let donor = schema.pointer(&other).cloned().expect("a place");
    match rng.rand_range(0..4) {
        0 => remove(schema, &at),
        1 => put(schema, &at, serde_json::from_str(pick::<&str>(rng, VALUES)).expect("a value")),
        2 => put(schema, &at, donor),
        _ => {
            // The keyword from elsewhere, beside those that are here.
            let keyword = other.rsplit('/').next().unwrap_or_default().replace("~1", "/").replace("~0", "~");
            let holder = at.rsplit_once('/').map_or("", |(holder, _)| holder);
            if let Some(Value::Object(members)) = schema.pointer_mut(holder) {
                members.insert(keyword, donor);
            }
        }
    }
}

/// The pointers of everything below `value`; its own when there is nothing.
fn places(value: &Value, at: &str) -> Vec<String> {
    let below = |token: &str, value: &Value| {
        let at = format!("{at}/{}", token.replace('~', "~0").replace('/', "~1"));
        let inner = if is_empty(value) { Vec::new() } else { places(value, &at) };
        [vec![at], inner].concat()
    };
    let found: Vec<String> = match value {
        Value::Object(members) => members.iter().flat_map(|(name, value)| below(name, value)).collect(),
        Value::Array(items) => {
            items.iter().enumerate().flat_map(|(index, item)| below(&index.to_string(), item)).collect()
        }
        _ => Vec::new(),
    };
    if found.is_empty() { vec![at.to_owned()] } else { found }
}

fn is_empty(value: &Value) -> bool {
    *value == json!({}) || *value == json!([]) || !(value.is_object() || value.is_array())
}

/// Removes what is at `at`; the root stays.
pub fn remove(schema: &mut Value, at: &str) {
    let Some((holder, token)) = at.rsplit_once('/') else { return };
    let token = token.replace("~1", "/").replace("~0", "~");
    match schema.pointer_mut(holder) {
        Some(Value::Object(members)) => drop(members.shift_remove(&token)),
        Some(Value::Array(items)) => drop(items.remove(token.parse().expect("an index"))),
        _ => {}
    }
}

fn put(schema: &mut Value, at: &str, value: Value) {
    if let Some(place) = schema.pointer_mut(at) {
        *place = value;
    }
}

/// `schema` with as much removed as still `fails`.
pub fn shrunk(mut schema: Value, fails: impl Fn(&Value) -> bool) -> Value {
    loop {
        let mut places = places(&schema, "");
        places.sort_by_key(String::len);
        let smaller = places.iter().find_map(|at| {
            let mut smaller = schema.clone();
            remove(&mut smaller, at);
            (smaller != schema && fails(&smaller)).then_some(smaller)
        });
        match smaller {
            Some(smaller) => schema = smaller,
            None => return schema,
        }
    }
}
