//! Turns the HTML in a text into what may stay of it: the rest is shown as it is written.

use pulldown_cmark::{Event, Tag};

use super::{Edit, Events};

/// Elements that format text and can do nothing else, as long as they have no attributes.
const HARMLESS: &[&str] = &[
    "abbr",
    "b",
    "blockquote",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "var",
];

/// Harmless elements that have no end tag.
const VOID: &[&str] = &["br", "hr", "wbr"];

/// What begins at a `<`.
enum Piece {
    Open(String),
    Close(String),
    /// Complete in itself: a void element, a comment.
    Whole,
    /// Shown as text.
    Other,
}

/// The `<` of everything that does not stay becomes `&lt;`, which reads the same inside and outside a block of HTML.
pub(super) fn edits(text: &str, events: &Events<'_>) -> Vec<Edit> {
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut shown = Vec::new();
    for (event, range) in events {
        if !matches!(event, Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_)) {
            continue;
        }
        let mut at = range.start;
        while let Some(html) = text.get(at..range.end) {
            let Some(start) = html.find('<') else { break };
            let (piece, length) = piece(html.get(start..).unwrap_or_default());
            let start = at + start;
            match piece {
                Piece::Open(name) => open.push((name, start)),
                Piece::Close(name) if open.last().is_some_and(|(last, _)| *last == name) => drop(open.pop()),
                Piece::Whole => {}
                Piece::Close(_) | Piece::Other => shown.push(start),
            }
            at = start + length;
        }
    }
    // An element that is never closed.
    shown.extend(open.into_iter().map(|(_, start)| start));
    shown.into_iter().map(|start| Edit::new(start..start + 1, "&lt;")).collect()
}

/// What `html` begins with, from its `<`, and how long that is.
fn piece(html: &str) -> (Piece, usize) {
    if let Some(comment) = html.strip_prefix("<!--") {
        return comment.find("-->").map_or((Piece::Other, 4), |end| (Piece::Whole, 4 + end + 3));
    }
    let Some(end) = html.find('>') else { return (Piece::Other, 1) };
    let tag = html.get(1..end).unwrap_or_default();
    let (name, closes) = tag.strip_prefix('/').map_or((tag, false), |name| (name, true));
    let name = name.trim_end_matches([' ', '\n']).to_ascii_lowercase();
    if closes {
        let piece = if HARMLESS.contains(&name.as_str()) { Piece::Close(name) } else { Piece::Other };
        return (piece, 1);
    }
    let bare = name.strip_suffix('/').map_or(name.as_str(), str::trim_end);
    match () {
        () if VOID.contains(&bare) => (Piece::Whole, end + 1),
        () if HARMLESS.contains(&name.as_str()) => (Piece::Open(name), end + 1),
        () => (Piece::Other, 1),
    }
}
