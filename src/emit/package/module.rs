//! A module's definitions -> the Rust of its files, and of its root: the table of contents, and every type re-exported, so
//! that `module::Type` is the path of each, whatever its file.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::layout::File;
use crate::enrich::Generated;
use crate::enrich::docs::{rustdoc, summary};
use crate::lower::{Definition, Form, Module, code};
use crate::source::{Alias, Source};

/// The root of `module`, whose schemas are those of `source`.
pub(super) fn root(module: &Module, source: &Source, files: &[File<'_>]) -> String {
    let mut text = String::new();
    for line in contents(module, source).lines() {
        let _ = writeln!(text, "{}", format!("//! {line}").trim_end());
    }
    for File { stem, definitions } in files {
        let names: Vec<&str> = definitions.iter().map(|definition| definition.name.as_str()).collect();
        let stem = identifier(stem);
        let _ = match names.as_slice() {
            [name] => write!(text, "\nmod {stem};\npub use self::{stem}::{name};\n"),
            names => write!(text, "\nmod {stem};\npub use self::{stem}::{{{}}};\n", names.join(", ")),
        };
    }
    text.push_str(&super::alias::rust(source));
    text
}

/// The Rust of one file of `module`.
pub(super) fn file(
    module: &Module,
    File { definitions, .. }: &File<'_>,
    generated: &BTreeMap<String, Generated>,
) -> String {
    let own: BTreeSet<&str> = definitions.iter().map(|definition| definition.name.as_str()).collect();
    let generated = || definitions.iter().filter_map(|definition| generated.get(&definition.key));
    let others = generated().flat_map(|generated| &generated.uses).filter(|(of, _)| *of == module.name);
    let others: BTreeSet<&str> = others.map(|(_, name)| name.as_str()).filter(|name| !own.contains(name)).collect();
    let items = generated().map(|Generated { item, statement, .. }| match statement.as_str() {
        "" => item.clone(),
        statement => format!("{item}\n{statement}"),
    });
    let uses = match others.into_iter().collect::<Vec<_>>().as_slice() {
        [] => None,
        [name] => Some(format!("use super::{name};\n")),
        names => Some(format!("use super::{{{}}};\n", names.join(", "))),
    };
    uses.into_iter().chain(items).collect::<Vec<_>>().join("\n")
}

/// `stem` as it is written in Rust: a keyword is a raw identifier there.
pub(super) fn identifier(stem: &str) -> String {
    // syn knows the keywords of all editions but the newest.
    match stem != "gen" && syn::parse_str::<syn::Ident>(stem).is_ok() {
        true => stem.to_owned(),
        false => format!("r#{stem}"),
    }
}

/// Where the schemas of a module came from, in Markdown.
pub(super) fn origin(source: &Source) -> String {
    rustdoc(&format!("{} ({})", code(&source.file), source.origin))
}

/// What the root of a module begins with: where it came from, and its types by kind.
fn contents(module: &Module, source: &Source) -> String {
    let mut text = format!("The types of {}.\n", origin(source));
    for (kind, heading) in KINDS {
        let of_kind = |definition: &&Definition| kind_of(&definition.form) == *kind && definition.same_as.is_none();
        let mut definitions: Vec<&Definition> = module.definitions.iter().filter(of_kind).collect();
        definitions.sort_by(|one, other| one.name.cmp(&other.name));
        if !definitions.is_empty() {
            let _ = write!(text, "\n# {heading}\n\n");
        }
        for definition in definitions {
            let said = said(&definition.docs);
            let _ = writeln!(text, "- [`{0}`](type@{0}){said}", definition.name);
        }
    }
    let names: BTreeMap<&str, &str> =
        module.definitions.iter().map(|definition| (definition.key.as_str(), definition.name.as_str())).collect();
    let others = module
        .definitions
        .iter()
        .filter_map(|definition| Some((definition.name.as_str(), *names.get(definition.same_as.as_deref()?)?)));
    let others: BTreeMap<&str, &str> = others.collect();
    if !others.is_empty() {
        text.push_str("\n# Other names\n\n");
    }
    for (name, one) in others {
        let _ = writeln!(text, "- [`{name}`](type@{name}) — [`{one}`](type@{one})");
    }
    if !source.aliases.is_empty() {
        text.push_str("\n# Former names\n\n");
    }
    for Alias { name, target, .. } in &source.aliases {
        let _ = writeln!(text, "- [`{name}`](type@{name}) — [`{target}`](type@{target}) now");
    }
    text
}

/// What a list says of something with this documentation. (A colon would make a definition of the link before it.)
pub(super) fn said(docs: &str) -> String {
    match summary(docs).as_str() {
        "" => String::new(),
        said => format!(" — {said}"),
    }
}

/// The kinds of types that a table of contents tells apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Object,
    Union,
    Enumeration,
    Tuple,
    Checked,
    Other,
}

const KINDS: &[(Kind, &str)] = &[
    (Kind::Object, "Objects"),
    (Kind::Union, "One of several"),
    (Kind::Enumeration, "One of a few values"),
    (Kind::Tuple, "Arrays whose items differ"),
    (Kind::Checked, "Values that keep rules"),
    (Kind::Other, "Others"),
];

fn kind_of(form: &Form) -> Kind {
    match form {
        Form::Object { .. } => Kind::Object,
        Form::Union { .. } => Kind::Union,
        Form::Text(_) | Form::Open { .. } | Form::Values(_) => Kind::Enumeration,
        Form::Tuple { .. } => Kind::Tuple,
        Form::Checked { .. } | Form::Opaque { .. } => Kind::Checked,
        Form::Newtype { .. } => Kind::Other,
    }
}
