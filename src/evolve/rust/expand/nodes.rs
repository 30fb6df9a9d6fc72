//! The two sides of a macro's arm -> [`Node`]s.

use std::iter::Peekable;

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree, token_stream::IntoIter};

/// A piece of a pattern, or of what is made of it.
pub(super) enum Node {
    /// A token that stands for itself.
    Token(TokenTree),
    /// What stands between delimiters.
    Group(Delimiter, Vec<Node>),
    /// `$name:kind`; what is made of it has no kind.
    Variable(String, String),
    /// `$(…),*`
    Repeated(Repeated),
}

/// A repetition.
pub(super) struct Repeated {
    pub(super) nodes: Vec<Node>,
    pub(super) separator: Option<TokenTree>,
    /// `*`, `+` or `?`
    pub(super) how_often: char,
}

/// A pattern.
pub(super) fn pattern(tokens: TokenStream) -> Vec<Node> {
    nodes(tokens, true)
}

/// What is made of what a pattern takes; what functions do is left out.
pub(super) fn body(tokens: TokenStream) -> Vec<Node> {
    nodes(tokens, false)
}

fn nodes(tokens: TokenStream, is_pattern: bool) -> Vec<Node> {
    let (mut found, mut tokens) = (Vec::new(), tokens.into_iter().peekable());
    let mut is_in_function = false;
    while let Some(token) = tokens.next() {
        let node = match token {
            TokenTree::Punct(sign) if sign.as_char() == '$' => match variable(&mut tokens, is_pattern) {
                Some(node) => node,
                None => continue,
            },
            TokenTree::Group(group) => {
                let is_left_out = is_in_function && group.delimiter() == Delimiter::Brace;
                is_in_function &= !is_left_out;
                let inner = if is_left_out { TokenStream::new() } else { group.stream() };
                Node::Group(group.delimiter(), nodes(inner, is_pattern))
            }
            TokenTree::Ident(word) if !is_pattern && word == "fn" => {
                // A type of functions has no name.
                is_in_function = !matches!(tokens.peek(), Some(TokenTree::Group(_)));
                Node::Token(word.into())
            }
            other => Node::Token(other),
        };
        found.push(node);
    }
    found
}

/// What follows a `$`.
fn variable(tokens: &mut Peekable<IntoIter>, is_pattern: bool) -> Option<Node> {
    match tokens.next()? {
        TokenTree::Group(group) => {
            let nodes = nodes(group.stream(), is_pattern);
            let (separator, how_often) = match tokens.next()? {
                TokenTree::Punct(sign) if is_count(sign.as_char()) => (None, sign.as_char()),
                separator => match tokens.next()? {
                    TokenTree::Punct(sign) => (Some(separator), sign.as_char()),
                    _ => return None,
                },
            };
            Some(Node::Repeated(Repeated { nodes, separator, how_often }))
        }
        TokenTree::Ident(name) if name == "crate" => Some(Node::Token(Ident::new("crate", Span::call_site()).into())),
        TokenTree::Ident(name) => {
            let kind = match is_pattern {
                true => tokens.nth(1)?.to_string(),
                false => String::new(),
            };
            Some(Node::Variable(name.to_string(), kind))
        }
        _ => None,
    }
}

fn is_count(sign: char) -> bool {
    matches!(sign, '*' | '+' | '?')
}
