//! `anyOf` and `oneOf` with what stands beside them -> a choice between schemas that say it all.

use serde_json::{Map, Value, json};

use super::Simplify;
use super::merge::{Node, asserts, together};
use super::split::{branches_apart, is_nothing, nothing};
use super::tagged::{Tagged, all, is_tag};
use crate::vocabulary::{self, Role};

/// How many branches a schema is distributed to at the most.
const WIDEST: usize = 512;

impl Simplify<'_> {
    /// The first union of `node`, with all else in its branches; none where that is more than is written out.
    pub(super) fn distribute(&mut self, mut node: Node) -> Option<Tagged> {
        let (keyword, branches) = node.unions.remove(0);
        let others: usize = node.unions.iter().map(|(_, branches)| branches.len()).product();
        if branches.len().saturating_mul(others) > WIDEST {
            return None;
        }
        let mut beside = std::mem::take(&mut node.keywords);
        let unions = std::mem::take(&mut node.unions).into_iter();
        let unions: Vec<Value> = unions.map(|(keyword, branches)| json!({ keyword: branches })).collect();
        if !unions.is_empty() {
            beside.insert("allOf".to_owned(), unions.into());
        }
        let policy = self.policy();
        let (mut simple, mut accepting_null) = (Vec::new(), 0);
        for branch in branches {
            let whole = if beside.is_empty() { branch } else { all(vec![beside.clone(), branch]) };
            if keyword == "oneOf" {
                accepting_null += usize::from(self.validator(&whole)?.is_valid(&Value::Null));
            }
            let whole = self.simplify(whole);
            // One branch of `anyOf` that accepts everything accepts it for all.
            if keyword == "anyOf" && !asserts(&whole, &policy) {
                return Some(node.with(Map::new()));
            }
            match branches_apart(&whole) {
                Some(inner) => simple.extend(inner.iter().cloned()),
                None => simple.push(Value::from(whole)),
            }
        }
        simple.retain(|branch| !is_nothing(branch));
        // `null` that several branches of `oneOf` accept is none of its own.
        Some(self.choice(node, keyword, simple, accepting_null < 2))
    }

    /// A choice between `branches`, of which one may be `null`: where it `may_stand_apart`, beside a choice between all others.
    fn choice(&mut self, node: Node, keyword: &str, branches: Vec<Value>, may_stand_apart: bool) -> Tagged {
        let is_null = |branch: &Value| branch.get("type") == Some(&json!("null"));
        let (mut nulls, mut others): (Vec<Value>, Vec<Value>) = branches.into_iter().partition(is_null);
        // Whether several accept `null` makes no difference to `anyOf`; what they say of it stays.
        if keyword == "anyOf" && !nulls.is_empty() {
            let accepting = others.iter_mut().filter_map(|branch| branch.as_object_mut()).filter_map(without_null);
            let said = accepting.collect::<Vec<_>>();
            let nulls_said = nulls.iter().filter_map(|null| null.as_object()).map(said_of);
            let mut null = Map::from_iter([("type".to_owned(), json!("null"))]);
            null.extend(together(nulls_said.chain(said).filter(|said| !said.is_empty()).collect()));
            nulls = vec![null.into()];
        }
        if others.len() > 1 && nulls.len() == 1 && may_stand_apart {
            others = vec![json!({ keyword: others })];
        }
        others.extend(nulls);
        let branches = others;
        match <[Value; 1]>::try_from(branches) {
            Ok([Value::Object(only)]) => node.around(only, &self.policy()),
            Ok(_) => node.with(nothing()),
            Err(branches) if branches.is_empty() => node.with(nothing()),
            Err(branches) => node.with(Map::from_iter([(keyword.to_owned(), branches.into())])),
        }
    }
}

/// Takes `null` out of the types that `schema` names beside one other; what the schema says of it besides.
fn without_null(schema: &mut Tagged) -> Option<Tagged> {
    let [name, null] = schema.get("type")?.as_array()?.as_slice() else { return None };
    let name = (null == "null").then(|| name.clone())?;
    schema.insert("type".to_owned(), name);
    Some(said_of(schema))
}

/// What a schema of one type says without refusing anything.
fn said_of(schema: &Tagged) -> Tagged {
    let said = schema.iter().filter(|(keyword, _)| vocabulary::role(keyword) == Role::Annotation && !is_tag(keyword));
    said.map(|(keyword, value)| (keyword.clone(), value.clone())).collect()
}
