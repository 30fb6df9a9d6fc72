//! A pattern and tokens -> what its variables stand for, if it takes them.

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream, Parser};

use super::nodes::{Node, Repeated};

/// What variables stand for.
pub(super) type Bindings = BTreeMap<String, Binding>;

/// What a variable stands for.
#[derive(Clone)]
pub(super) enum Binding {
    /// These tokens.
    One(TokenStream),
    /// Something else each time that its repetition is met.
    Many(Vec<Binding>),
}

/// What the variables of `pattern` stand for, if it takes all of `input`.
pub(super) fn matched(pattern: &[Node], input: &[TokenTree]) -> Option<Bindings> {
    let mut bindings = Bindings::new();
    advance(pattern, input, &mut bindings)?.is_empty().then_some(bindings)
}

/// What `nodes` leave of `input`, if they take its beginning.
fn advance<'t>(nodes: &[Node], mut input: &'t [TokenTree], to: &mut Bindings) -> Option<&'t [TokenTree]> {
    for node in nodes {
        input = match node {
            Node::Token(token) => {
                let (first, rest) = input.split_first()?;
                is_same(token, first).then_some(rest)?
            }
            Node::Group(delimiter, inner) => {
                let (first, rest) = input.split_first()?;
                let TokenTree::Group(group) = first else { return None };
                let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
                let fits = group.delimiter() == *delimiter && advance(inner, &tokens, to)?.is_empty();
                fits.then_some(rest)?
            }
            Node::Variable(name, kind) => {
                let (taken, rest) = fragment(kind, input)?;
                to.insert(name.clone(), Binding::One(taken));
                rest
            }
            Node::Repeated(repeated) => repeat(repeated, input, to)?,
        };
    }
    Some(input)
}

fn repeat<'t>(repeated: &Repeated, mut input: &'t [TokenTree], to: &mut Bindings) -> Option<&'t [TokenTree]> {
    let mut rounds: Vec<Bindings> = Vec::new();
    loop {
        let start = match (&repeated.separator, rounds.is_empty()) {
            (Some(separator), false) => match input.split_first() {
                Some((first, rest)) if is_same(separator, first) => rest,
                _ => break,
            },
            _ => input,
        };
        let mut round = Bindings::new();
        match advance(&repeated.nodes, start, &mut round) {
            Some(rest) if rest.len() < input.len() => input = rest,
            _ => break,
        }
        rounds.push(round);
        if repeated.how_often == '?' {
            break;
        }
    }
    if rounds.is_empty() && repeated.how_often == '+' {
        return None;
    }
    for name in names(&repeated.nodes) {
        let bound = rounds.iter().filter_map(|round| round.get(name).cloned()).collect();
        to.insert(name.to_owned(), Binding::Many(bound));
    }
    Some(input)
}

/// The variables in `nodes`.
pub(super) fn names(nodes: &[Node]) -> Vec<&str> {
    let of = |node| match node {
        &Node::Token(_) => Vec::new(),
        Node::Group(_, inner) => names(inner),
        Node::Variable(name, _) => vec![name.as_str()],
        Node::Repeated(repeated) => names(&repeated.nodes),
    };
    nodes.iter().flat_map(of).collect()
}

fn is_same(one: &TokenTree, other: &TokenTree) -> bool {
    match (one, other) {
        (TokenTree::Punct(one), TokenTree::Punct(other)) => one.as_char() == other.as_char(),
        (TokenTree::Ident(one), TokenTree::Ident(other)) => one == other,
        (TokenTree::Literal(one), TokenTree::Literal(other)) => one.to_string() == other.to_string(),
        _ => false,
    }
}

/// The fragment of a kind that `input` begins with, and what comes after it.
fn fragment<'t>(kind: &str, input: &'t [TokenTree]) -> Option<(TokenStream, &'t [TokenTree])> {
    let count = match (kind, input.first()?) {
        ("ident", TokenTree::Ident(_)) | ("tt", _) | ("literal", TokenTree::Literal(_)) => 1,
        ("literal", TokenTree::Ident(word)) if word == "true" || word == "false" => 1,
        ("literal", TokenTree::Punct(sign)) if sign.as_char() == '-' => 2,
        ("ty", _) => length::<syn::Type>(input)?,
        ("expr", _) => length::<syn::Expr>(input)?,
        _ => return None,
    };
    let (taken, rest) = input.split_at_checked(count)?;
    Some((taken.iter().cloned().collect(), rest))
}

/// How many tokens of `input` are the `T` that it begins with.
fn length<T: Parse>(input: &[TokenTree]) -> Option<usize> {
    let after = |stream: ParseStream<'_>| {
        stream.parse::<T>()?;
        stream.parse::<TokenStream>()
    };
    let rest = after.parse2(input.iter().cloned().collect()).ok()?;
    input.len().checked_sub(rest.into_iter().count())
}
