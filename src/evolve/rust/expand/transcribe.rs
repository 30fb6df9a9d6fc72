//! What is to be made, and what variables stand for -> tokens.

use proc_macro2::{Group, TokenStream, TokenTree};

use super::matching::{Binding, Bindings, names};
use super::nodes::{Node, Repeated};

/// The tokens of `nodes`, their variables replaced.
pub(super) fn transcribe(nodes: &[Node], bindings: &Bindings) -> TokenStream {
    let mut made = TokenStream::new();
    for node in nodes {
        match node {
            Node::Token(token) => made.extend([token.clone()]),
            Node::Group(delimiter, inner) => {
                made.extend([TokenTree::from(Group::new(*delimiter, transcribe(inner, bindings)))]);
            }
            Node::Variable(name, _) => {
                if let Some(Binding::One(tokens)) = bindings.get(name) {
                    made.extend(tokens.clone());
                }
            }
            Node::Repeated(repeated) => made.extend(repeat(repeated, bindings)),
        }
    }
    made
}

/// One round for each time that the variables in it were met.
fn repeat(repeated: &Repeated, bindings: &Bindings) -> TokenStream {
    let within = names(&repeated.nodes);
    let many = within.iter().filter_map(|name| match bindings.get(*name)? {
        Binding::Many(all) => Some((*name, all)),
        Binding::One(_) => None,
    });
    let many: Vec<(&str, &Vec<Binding>)> = many.collect();
    let rounds = many.iter().map(|(_, all)| all.len()).min().unwrap_or_default();
    let mut made = TokenStream::new();
    for number in 0..rounds {
        let mut round: Bindings = within
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), bindings.get(*name)?.clone())))
            .filter(|(_, binding)| matches!(binding, Binding::One(_)))
            .collect();
        round.extend(many.iter().filter_map(|(name, all)| Some(((*name).to_owned(), all.get(number)?.clone()))));
        if number > 0 {
            made.extend(repeated.separator.clone());
        }
        made.extend(transcribe(&repeated.nodes, &round));
    }
    made
}
