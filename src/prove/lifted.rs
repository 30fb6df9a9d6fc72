//! Two documents -> a value that one accepts and the other refuses, found where they differ and put in its place in a value of
//! the whole: values made of a whole seldom show what has changed deep in it.

use serde_json::{Map, Value, json};

use super::atoms::{Object, atoms, choice, look_apart, names};
use super::{cases, side};

/// Values made of each pair of schemas, and values that one is put into.
const MADE: usize = 40;
/// Pairs of schemas that are looked at.
const PAIRS: usize = 400;
/// Places within each other that are gone into.
const DEEPEST: usize = 40;

/// A value that `accepts` accepts and `refuses` does not, as the validator says of both.
pub(super) fn search(accepts: &Value, refuses: &Value, seed: u64) -> Option<Value> {
    let definitions = accepts.get("$defs").filter(|definitions| refuses.get("$defs") == Some(definitions));
    if definitions.is_none() && [accepts, refuses].iter().any(|document| document.get("$defs").is_some()) {
        return None;
    }
    Search { definitions, seed, pairs: PAIRS, depth: 0 }.find(&atoms(accepts), refuses)
}

/// Where a value of what is known may be refused by what is asked.
struct Part {
    way: Way,
    known: Vec<Value>,
    asked: Value,
}

/// How a value of a part becomes one of the whole.
enum Way {
    /// It is one.
    Whole,
    /// It is that member; without a name, one that no schema names.
    Member(Option<String>),
    /// It is an item.
    Item,
}

struct Search<'a> {
    definitions: Option<&'a Value>,
    seed: u64,
    pairs: usize,
    depth: usize,
}

impl Search<'_> {
    /// A value that meets all of `known` and is refused by `asked`.
    fn find(&mut self, known: &[Value], asked: &Value) -> Option<Value> {
        if self.depth == DEEPEST || atoms(asked).iter().all(|atom| known.contains(atom)) {
            return None;
        }
        self.pairs = self.pairs.checked_sub(1)?;
        let whole = self.document(json!({"allOf": known}));
        let (accepts, refuses) = (side::validator(&whole).ok()?, side::validator(&self.document(asked.clone())).ok()?);
        let shows = |value: &Value| accepts.is_valid(value) && !refuses.is_valid(value);
        let made: Vec<Value> = cases::drawn(&whole, self.seed, MADE).filter(|value| accepts.is_valid(value)).collect();
        if let Some(found) = made.iter().find(|value| !refuses.is_valid(value)) {
            return Some(found.clone());
        }
        self.depth += 1;
        let found = parts(known, asked).into_iter().find_map(|part| {
            let value = self.find(&part.known, &part.asked)?;
            made.iter().filter_map(|host| put(&value, &part.way, host)).chain([value.clone()]).find(shows)
        });
        self.depth -= 1;
        found
    }

    /// `schema` as a document.
    fn document(&self, schema: Value) -> Value {
        match (schema, self.definitions) {
            (Value::Object(mut keywords), Some(definitions)) => {
                keywords.insert("$defs".to_owned(), definitions.clone());
                Value::Object(keywords)
            }
            (schema, _) => schema,
        }
    }
}

/// Where a value of `known` may be refused by `asked`: an atom of it, a member, an item, a branch.
fn parts(known: &[Value], asked: &Value) -> Vec<Part> {
    let whole = |known: Vec<Value>, asked: &Value| Part { way: Way::Whole, known, asked: asked.clone() };
    let asked_atoms = atoms(asked);
    let [atom] = asked_atoms.as_slice() else {
        return asked_atoms.iter().map(|atom| whole(known.to_vec(), atom)).collect();
    };
    let mut found: Vec<Part> = Vec::new();
    if let Some(object) = Object::of(atom) {
        found.extend(members(known, &object));
    }
    if let Some(items) = items(atom) {
        let known = known.iter().filter_map(self::items).flat_map(atoms).collect();
        found.push(Part { way: Way::Item, known, asked: items.clone() });
    }
    if let Some((branches, _)) = choice(atom) {
        let near = branches.iter().filter(|branch| !look_apart(known, branch, None));
        found.extend(near.map(|branch| whole(known.to_vec(), branch)));
    }
    for (index, (branches, _)) in known.iter().enumerate().filter_map(|(index, atom)| Some((index, choice(atom)?))) {
        let mut rest = known.to_vec();
        rest.remove(index);
        let with = |branch| rest.iter().cloned().chain(atoms(branch)).collect();
        found.extend(branches.iter().map(|branch| whole(with(branch), atom)));
    }
    found
}

fn members(known: &[Value], object: &Object<'_>) -> Vec<Part> {
    let known: Vec<Object<'_>> = known.iter().filter_map(Object::of).collect();
    let part = |name: Option<&str>| {
        let of_name: Vec<Value> = known.iter().flat_map(|object| object.asked(name)).flat_map(atoms).collect();
        let way = || Way::Member(name.map(str::to_owned));
        let asked = object.asked(name).cloned();
        asked.map(|asked| Part { way: way(), known: of_name.clone(), asked }).collect::<Vec<_>>()
    };
    names(known.iter().chain([object])).flat_map(part).collect()
}

/// What an atom asks of each item.
fn items(atom: &Value) -> Option<&Value> {
    atom.get("items").filter(|_| atom.get("prefixItems").is_none())
}

/// `value` where `way` leads to in `host`.
fn put(value: &Value, way: &Way, host: &Value) -> Option<Value> {
    let mut host = host.clone();
    match (way, &mut host) {
        (Way::Member(name), Value::Object(members)) => {
            let name = name.clone().unwrap_or_else(|| unnamed(members));
            members.insert(name, value.clone());
        }
        (Way::Item, Value::Array(items)) => match items.first_mut() {
            Some(first) => first.clone_from(value),
            None => items.push(value.clone()),
        },
        (Way::Whole, Value::Object(members)) => {
            // Beside what a branch asks for, the rest of what is known may ask for more.
            members.extend(value.as_object()?.clone());
        }
        _ => return None,
    }
    Some(host)
}

/// A name that is not among those of `members`, or else one of theirs.
fn unnamed(members: &Map<String, Value>) -> String {
    ["a", "another", "one more"].into_iter().find(|name| !members.contains_key(*name)).unwrap_or("a").to_owned()
}
