//! `anyOf` and `oneOf` with what stands beside them -> a choice between schemas that say it all.

use serde_json::{Map, Value, json};

use super::merge::{Choice, Node, asserts, together};
use super::one::Simplify;
use super::split::{branches_apart, is_nothing, nothing};
use super::tagged::{self, Tagged, all, is_tag};
use crate::lower::class::is_asserting;
use crate::vocabulary::{self, Role};

/// How many branches a schema is distributed to at the most.
const WIDEST: usize = 512;

impl Simplify<'_> {
    /// The first union of `node`, with all else in its branches; none where that is more than is written out.
    pub(super) fn distribute(&mut self, mut node: Node) -> Option<Tagged> {
        let Choice { keyword, branches, discriminator } = node.unions.remove(0);
        let others: usize = node.unions.iter().map(|choice| choice.branches.len()).product();
        if branches.len().saturating_mul(others) > WIDEST {
            return None;
        }
        let mut beside = std::mem::take(&mut node.keywords);
        let unions = std::mem::take(&mut node.unions).into_iter();
        let unions: Vec<Value> = unions.map(|union| union.into_schema().into()).collect();
        if !unions.is_empty() {
            beside.insert("allOf".to_owned(), unions.into());
        }
        let policy = self.policy;
        let (mut simple, mut accepting_null) = (Vec::new(), 0);
        let choice = |branches| Choice { keyword, branches, discriminator };
        for branch in branches {
            let whole = if beside.is_empty() { branch } else { all(vec![beside.clone(), branch]) };
            if keyword == "oneOf" {
                accepting_null += usize::from(self.accepts_null(&whole)?);
            }
            let whole = self.simplify(whole);
            // One branch of `anyOf` that accepts everything accepts it for all.
            if keyword == "anyOf" && !asserts(&whole, policy) {
                return Some(node.with(Map::new()));
            }
            match branches_apart(&whole) {
                Some(inner) => simple.extend(inner.iter().filter_map(Value::as_object).cloned()),
                None => simple.push(whole),
            }
        }
        simple.retain(|branch| !is_nothing(branch));
        // `null` that several branches of `oneOf` accept is none of its own.
        Some(self.choice(node, choice(simple), accepting_null < 2))
    }

    /// `choice` with what `node` says, where one of its branches may be `null`: where that `may_stand_apart`, it stands beside a
    /// choice between all others. Of one branch nothing is to be chosen, but where a `discriminator` says that there may be more.
    fn choice(&mut self, node: Node, choice: Choice, may_stand_apart: bool) -> Tagged {
        let Choice { keyword, branches, discriminator } = choice;
        let policy = self.policy;
        let refuses_more =
            |(keyword, value): (&String, &Value)| keyword != "type" && is_asserting(keyword, value, policy);
        let is_null = |branch: &Tagged| branch.get("type") == Some(&json!("null")) && !branch.iter().any(refuses_more);
        let (mut nulls, mut others): (Vec<Tagged>, Vec<Tagged>) = branches.into_iter().partition(is_null);
        let is_choice = others.len() > 1 || (others.len() == 1 && discriminator.is_some());
        // Whether several accept `null` makes no difference to `anyOf`; what they say of it stays.
        if keyword == "anyOf" && !nulls.is_empty() {
            let said = others.iter_mut().filter_map(without_null).collect::<Vec<_>>();
            let nulls_said = nulls.iter().map(said_of);
            let mut null = Map::from_iter([("type".to_owned(), json!("null"))]);
            null.extend(together(nulls_said.chain(said).filter(|said| !said.is_empty()).collect()));
            nulls = vec![null];
        }
        let mut choice = Choice { keyword, branches: others, discriminator };
        if is_choice && nulls.len() == 1 && may_stand_apart {
            choice = Choice { keyword, branches: vec![choice.into_schema()], discriminator: None };
        }
        choice.branches.extend(nulls);
        match <[Tagged; 1]>::try_from(std::mem::take(&mut choice.branches)) {
            Ok([only]) if !is_choice => node.around(only, policy),
            Ok(only) => node.with(Choice { branches: only.into(), ..choice }.into_schema()),
            Err(branches) if branches.is_empty() => node.with(nothing()),
            Err(branches) => node.with(Choice { branches, ..choice }.into_schema()),
        }
    }
}

impl Choice {
    /// The schema that offers it, and nothing else.
    fn into_schema(self) -> Tagged {
        let branches: Value = self.branches.into_iter().map(Value::from).collect();
        let mut schema = Map::from_iter([(self.keyword.to_owned(), branches)]);
        tagged::discriminate(&mut schema, self.discriminator);
        schema
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
