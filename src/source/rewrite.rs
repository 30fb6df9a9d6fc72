//! Turns a schema as it is written, in the dialect of its resource, into the normal form, and says what it met on the
//! way: the schemas, the references, the keywords.

use referencing::Draft;
use serde_json::{Map, Value, json};

use super::document::{Keyword, Reading};
use super::library::Library;
use super::origins::Origins;
use super::scope::Scope;
use super::{Dialect, meant, words};
use crate::pointer;
use crate::vocabulary::{Holds, Role};

const BESIDE_REF: &str = "ignored, as all that stands beside `$ref` is in this dialect";
const FOREIGN: &str = "no keyword of this dialect; refuses nothing";
const IDLE: &str = "says no, of a limit that is not there; refuses nothing";
const LEFT_OUT: &str = "no keyword, as the metaschema leaves its vocabulary out; refuses nothing";
const NOT_CARRIED: &str = "refuses nothing; not carried on, as 2020-12 does not allow this value";
const NO_TUPLE: &str = "ignored, as `items` is no array";

/// How what is rewritten stands to the document that it goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Copied {
    /// It is the document itself.
    No,
    /// It is of the document, where no keyword holds a schema: its only form.
    Only,
    /// It is of the document, and another form of what the normal form has in its place.
    Again,
    /// It is of another page.
    Foreign,
}

/// A reference to be followed.
#[derive(Debug)]
pub(super) struct Reference {
    /// The pointer of the schema of the normal form that has it as its `$ref`.
    pub(super) holder: String,
    /// `$ref`, `$dynamicRef` or `$recursiveRef`.
    pub(super) keyword: String,
    pub(super) text: String,
    /// The pointer of the keyword as it is written.
    pub(super) written: String,
    pub(super) scope: Scope,
}

/// A schema that has a normal form.
#[derive(Debug)]
pub(super) struct Met {
    /// The pointer as it is written.
    pub(super) written: String,
    /// The pointer in the normal form.
    pub(super) read: String,
    pub(super) scope: Scope,
}

/// The rewriting of one schema and of what is below it.
pub(super) struct Rewrite<'l, 'd> {
    pub(super) library: &'l Library<'d>,
    /// Whether `contains` of 2019-09 is to be hidden from `unevaluatedItems`, which does not see it there.
    pub(super) hides_contains: bool,
    pub(super) copied: Copied,
    pub(super) origins: Origins,
    pub(super) keywords: Vec<Keyword>,
    pub(super) references: Vec<Reference>,
    pub(super) met: Vec<Met>,
}

/// A schema object while it is rewritten.
struct Object<'a> {
    scope: &'a Scope,
    dialect: Dialect,
    keywords: &'a Map<String, Value>,
    /// Its pointer as it is written.
    written: &'a str,
    /// Its pointer in the normal form.
    read: &'a str,
    /// The pointer there of what constrains in it: another where null is the other branch.
    inner: String,
    made: Map<String, Value>,
    /// What constrains, where that is a branch of its own.
    branch: Option<Map<String, Value>>,
    /// What is to be true besides, each where `allOf` will have it.
    besides: Vec<Value>,
}

impl Object<'_> {
    /// Where the normal form has `keyword` of this schema.
    fn at(&self, keyword: &str) -> String {
        let around = if meant::is_branched(keyword) { &self.inner } else { self.read };
        pointer::push(around, keyword)
    }

    fn put(&mut self, keyword: &str, value: Value) {
        let made = match &mut self.branch {
            Some(branch) if meant::is_branched(keyword) => branch,
            _ => &mut self.made,
        };
        made.insert(keyword.to_owned(), value);
    }

    fn has(&self, keyword: &str) -> bool {
        self.made.contains_key(keyword) || self.branch.as_ref().is_some_and(|branch| branch.contains_key(keyword))
    }

    /// Where the next of [`Object::besides`] will stand.
    fn beside(&self) -> String {
        let all = self.keywords.get("allOf").and_then(Value::as_array).map_or(0, Vec::len);
        pointer::push(&self.at("allOf"), &(all + self.besides.len()).to_string())
    }

    /// The schema made of it.
    fn finish(mut self) -> Value {
        let is_nullable = meant::is_nullable(self.dialect, self.keywords);
        let constraints = self.branch.as_mut().unwrap_or(&mut self.made);
        if !self.besides.is_empty() {
            let all = constraints.entry("allOf").or_insert_with(|| json!([]));
            all.as_array_mut().into_iter().for_each(|all| all.append(&mut self.besides));
        }
        match self.branch {
            Some(branch) => {
                self.made.insert("anyOf".to_owned(), json!([branch, {"type": "null"}]));
            }
            None if is_nullable => meant::allow_null(&mut self.made),
            None => {}
        }
        self.made.into()
    }
}

impl<'l, 'd> Rewrite<'l, 'd> {
    /// One that has met nothing yet.
    pub(super) fn new(library: &'l Library<'d>, hides_contains: bool, copied: Copied) -> Self {
        let (origins, keywords, references, met) = (Origins::default(), Vec::new(), Vec::new(), Vec::new());
        Self { library, hides_contains, copied, origins, keywords, references, met }
    }

    /// The normal form of `schema`, which is written at `written` and goes to `read`. What is no schema has been
    /// reported, and stays as it is.
    pub(super) fn schema(&mut self, scope: &Scope, schema: &Value, written: &str, read: &str) -> Value {
        let entered = self.entered(scope, written);
        let scope = entered.as_ref().unwrap_or(scope);
        self.moved(read, written);
        self.met.push(Met { written: written.to_owned(), read: read.to_owned(), scope: scope.clone() });
        let Some(keywords) = schema.as_object() else { return schema.clone() };
        let dialect = self.library.resource(scope.page, scope.resource).map_or(Dialect::Draft202012, |own| own.dialect);
        let branches = meant::takes_branch(dialect, keywords);
        let inner = if branches { self.branch(read, written) } else { read.to_owned() };
        let (made, branch) = (Map::new(), branches.then(Map::new));
        let mut object = Object { scope, dialect, keywords, written, read, inner, made, branch, besides: Vec::new() };
        for (keyword, value) in keywords {
            let reading = self.reading(&object, keyword, value);
            self.record(&object, keyword, value, reading);
            if let Reading::As(role) = reading {
                self.keyword(&mut object, keyword, value, role);
            }
        }
        object.finish()
    }

    /// The scope at `written`, where that is another than `around`.
    fn entered(&self, around: &Scope, written: &str) -> Option<Scope> {
        let resource = self.library.page(around.page)?.sites.resource_at(written)?;
        (resource != around.resource).then(|| Scope::enter(self.library, around.page, resource, &around.anchors))
    }

    /// Takes note that the schema at `written` becomes two branches at `read`, the other of which is null.
    fn branch(&mut self, read: &str, written: &str) -> String {
        let any = pointer::push(read, "anyOf");
        let inner = pointer::push(&any, "0");
        if self.copied != Copied::Foreign {
            self.origins.made(&any, written);
            self.origins.made(&pointer::push(&any, "1"), &pointer::push(written, "nullable"));
            self.origins.copied(&inner, written);
        }
        inner
    }

    /// Takes note of where what is at `written` went.
    fn moved(&mut self, read: &str, written: &str) {
        match self.copied {
            Copied::No | Copied::Only => self.origins.moved(read, written),
            Copied::Again => self.origins.copied(read, written),
            Copied::Foreign => {}
        }
    }

    /// Takes note that `read` answers for what is at `written`, which it was not made from alone.
    fn answered(&mut self, read: &str, written: &str) {
        if matches!(self.copied, Copied::No | Copied::Only) {
            self.origins.found(written, read);
        }
    }

    fn reading(&self, object: &Object<'_>, keyword: &str, value: &Value) -> Reading {
        let Object { scope, dialect, keywords, .. } = object;
        let role = words::role(*dialect, keyword);
        let is_ignored = keyword != "$ref" && role != Role::Definitions;
        match keyword {
            _ if is_ignored && words::is_reference_alone(*dialect, keywords) => Reading::Ignored(BESIDE_REF),
            _ if words::is_foreign(*dialect, keyword) => Reading::Ignored(FOREIGN),
            _ if meant::is_idle(keywords, keyword) => Reading::Ignored(IDLE),
            _ if self.library.leaves_out(scope.page, scope.resource, keyword, role) => Reading::Ignored(LEFT_OUT),
            "additionalItems" if role != Role::Annotation && !keywords.get("items").is_some_and(Value::is_array) => {
                Reading::Ignored(NO_TUPLE)
            }
            _ if role == Role::Annotation && !words::is_carried(*dialect, keyword, value) => {
                Reading::Ignored(NOT_CARRIED)
            }
            _ => Reading::As(role),
        }
    }

    fn record(&mut self, object: &Object<'_>, keyword: &str, value: &Value, reading: Reading) {
        if matches!(self.copied, Copied::No | Copied::Only) {
            let pointer = pointer::push(object.written, keyword);
            let holds = matches!(reading, Reading::As(role) if role != Role::Annotation)
                && words::holds_any(object.dialect, keyword, value);
            self.keywords.push(Keyword { pointer, reading, holds });
        }
    }

    fn keyword(&mut self, object: &mut Object<'_>, keyword: &str, value: &Value, role: Role) {
        match role {
            Role::Identifier => {}
            // A second form leaves them where they are: those that are referred to are copied by themselves.
            Role::Definitions if matches!(self.copied, Copied::Again | Copied::Foreign) => {}
            Role::Definitions => self.applicator(object, keyword, keyword, value, Holds::Map),
            Role::Reference => self.reference(object, keyword, value),
            Role::Annotation if keyword == "nullable" && value.is_boolean() => {}
            Role::Annotation => self.plain(object, keyword, keyword, value),
            Role::Assertion => self.assertion(object, keyword, value),
            Role::Applicator(_) if keyword == "items" && words::is_tuple(object.dialect, value) => {
                // An empty one says nothing of any item, and 2020-12 does not allow it.
                if value.as_array().is_some_and(|items| !items.is_empty()) {
                    self.applicator(object, keyword, "prefixItems", value, Holds::List);
                }
            }
            Role::Applicator(holds) if keyword == "additionalItems" => {
                self.applicator(object, keyword, "items", value, holds);
            }
            Role::Applicator(_) if keyword == "dependencies" => self.dependencies(object, value),
            Role::Applicator(_) if keyword == "contains" && self.hides(object) => self.contains(object, value),
            Role::Applicator(holds) => self.applicator(object, keyword, keyword, value, holds),
        }
    }

    /// Puts `value` of `keyword` into the normal form as it is, as the keyword `name`.
    fn plain(&mut self, object: &mut Object<'_>, keyword: &str, name: &str, value: &Value) {
        self.moved(&object.at(name), &pointer::push(object.written, keyword));
        object.put(name, meant::once(keyword, value));
    }

    fn assertion(&mut self, object: &mut Object<'_>, keyword: &str, value: &Value) {
        if matches!(keyword, "maxContains" | "minContains") && self.hides(object) {
            return;
        }
        if meant::flag(object.keywords, keyword).is_some() {
            return self.answered(&object.at(keyword), &pointer::push(object.written, keyword));
        }
        let name = meant::exclusive(object.keywords, keyword).unwrap_or(keyword);
        self.plain(object, keyword, name, value);
    }

    /// Puts the schemas that `value` of `keyword` holds in the way `holds` into the normal form, as the keyword `name`.
    fn applicator(&mut self, object: &mut Object<'_>, keyword: &str, name: &str, value: &Value, holds: Holds) {
        let (written, read) = (pointer::push(object.written, keyword), object.at(name));
        self.moved(&read, &written);
        let scope = object.scope;
        let mut below = |token: &str, schema: &Value| {
            self.schema(scope, schema, &pointer::push(&written, token), &pointer::push(&read, token))
        };
        let lowered = match (holds, value) {
            (Holds::One, schema) => self.schema(scope, schema, &written, &read),
            (Holds::List, Value::Array(items)) => {
                items.iter().enumerate().map(|(index, schema)| below(&index.to_string(), schema)).collect()
            }
            (Holds::Map, Value::Object(members)) => {
                let lowered = members.iter().map(|(member, schema)| (member.clone(), below(member, schema)));
                Value::Object(lowered.collect())
            }
            (_, other) => other.clone(),
        };
        object.put(name, lowered);
    }

    fn reference(&mut self, object: &mut Object<'_>, keyword: &str, value: &Value) {
        let Some(text) = value.as_str() else { return };
        let written = pointer::push(object.written, keyword);
        let is_second = object.has("$ref");
        let holder = if is_second { object.beside() } else { object.inner.clone() };
        self.moved(&pointer::push(&holder, "$ref"), &written);
        match is_second {
            true => object.besides.push(json!({"$ref": text})),
            false => object.put("$ref", value.clone()),
        }
        let (keyword, text, scope) = (keyword.to_owned(), text.to_owned(), object.scope.clone());
        self.references.push(Reference { holder, keyword, text, written, scope });
    }

    /// Splits `dependencies` into the names that are required and the schemas that apply.
    fn dependencies(&mut self, object: &mut Object<'_>, value: &Value) {
        let written = pointer::push(object.written, "dependencies");
        let (mut required, mut schemas) = (Map::new(), Map::new());
        for (name, dependency) in value.as_object().into_iter().flatten() {
            let keyword = if dependency.is_array() { "dependentRequired" } else { "dependentSchemas" };
            let (written, read) = (pointer::push(&written, name), pointer::push(&object.at(keyword), name));
            self.moved(&read, &written);
            if dependency.is_array() {
                required.insert(name.clone(), dependency.clone());
            } else {
                schemas.insert(name.clone(), self.schema(object.scope, dependency, &written, &read));
            }
        }
        for (keyword, members) in [("dependentRequired", required), ("dependentSchemas", schemas)] {
            if !members.is_empty() {
                self.answered(&object.at(keyword), &written);
                object.put(keyword, members.into());
            }
        }
    }

    /// Whether `contains` of `object` is to be hidden from `unevaluatedItems`.
    fn hides(&self, object: &Object<'_>) -> bool {
        let contains = object.keywords.contains_key("contains");
        self.hides_contains && contains && object.dialect.draft() == Draft::Draft201909
    }

    /// Puts `contains` and its counts below two `not`s, which let no annotation out (2019-09 Core, section 9.3.1.3, does
    /// not have `unevaluatedItems` look at `contains`; 2020-12 does).
    fn contains(&mut self, object: &mut Object<'_>, schema: &Value) {
        let around = pointer::push(&pointer::push(&object.beside(), "not"), "not");
        let mut hidden = Map::new();
        for keyword in ["contains", "maxContains", "minContains"] {
            let Some(value) = object.keywords.get(keyword) else { continue };
            let (read, written) = (pointer::push(&around, keyword), pointer::push(object.written, keyword));
            self.moved(&read, &written);
            let value = match keyword {
                "contains" => self.schema(object.scope, schema, &written, &read),
                _ => value.clone(),
            };
            hidden.insert(keyword.to_owned(), value);
        }
        object.besides.push(json!({"not": {"not": hidden}}));
    }
}
