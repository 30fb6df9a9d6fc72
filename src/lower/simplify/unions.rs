//! `anyOf` and `oneOf` with what stands beside them -> a choice between schemas that say it all.

use serde_json::{Map, Value, json};

use super::Simplify;
use super::merge::{Node, asserts};
use super::split::{branches_apart, is_nothing, nothing};
use super::tagged::{Tagged, all};

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
        let mut simple = Vec::new();
        for branch in branches {
            let whole = if beside.is_empty() { branch } else { all(vec![beside.clone(), branch]) };
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
        Some(self.choice(node, keyword, simple))
    }

    /// A choice between `branches`, of which one may be `null`: it stands beside a choice between all others.
    fn choice(&mut self, node: Node, keyword: &str, branches: Vec<Value>) -> Tagged {
        let is_null = |branch: &Value| branch.get("type") == Some(&json!("null"));
        let (mut nulls, mut others): (Vec<Value>, Vec<Value>) = branches.into_iter().partition(is_null);
        // Whether several accept `null` makes no difference to `anyOf`.
        if keyword == "anyOf" && !nulls.is_empty() {
            others.iter_mut().for_each(without_null);
            nulls.truncate(1);
        }
        if others.len() > 1 && nulls.len() == 1 {
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

/// Takes `null` out of the types that `schema` names beside one other.
fn without_null(schema: &mut Value) {
    if let Some([name, null]) = schema.get("type").and_then(Value::as_array).map(Vec::as_slice)
        && null == "null"
    {
        let name = name.clone();
        schema["type"] = name;
    }
}
