//! The table `policy` of a source -> [`Policy`], with all that is wrong with it.

use std::collections::BTreeMap;

use toml::{Spanned, de::DeValue};

use crate::source::{
    FormatType, Policy, UnknownEnumValues, UnknownMembers,
    section::{Toml, as_line},
};

/// What `value` says; none when it is no table.
pub(super) fn policy<'t>(toml: &mut Toml<'t>, value: Spanned<DeValue<'t>>) -> Option<Policy> {
    let mut section = toml.table("[source.policy]", &["unknown-members", "unknown-enum-values", "formats"], value)?;
    let mut policy = Policy::default();
    if let Some(choice) = section.optional_line(toml, "unknown-members") {
        match choice.get_ref().as_str() {
            "drop" => policy.unknown_members = UnknownMembers::Drop,
            other => {
                toml.error(&choice.span(), format!("`unknown-members` cannot be `{other}`"), "the choices are: drop");
            }
        }
    }
    if let Some(choice) = section.optional_line(toml, "unknown-enum-values") {
        match choice.get_ref().as_str() {
            "keep-where-marked" => policy.unknown_enum_values = UnknownEnumValues::KeepWhereMarked,
            "refuse" => policy.unknown_enum_values = UnknownEnumValues::Refuse,
            other => {
                let message = format!("`unknown-enum-values` cannot be `{other}`");
                toml.error(&choice.span(), message, "the choices are: keep-where-marked, refuse");
            }
        }
    }
    if let Some(value) = section.take("formats") {
        policy.formats = formats(toml, value);
    }
    Some(policy)
}

fn formats<'t>(toml: &mut Toml<'t>, value: Spanned<DeValue<'t>>) -> BTreeMap<String, FormatType> {
    let span = value.span();
    let DeValue::Table(table) = value.into_inner() else {
        toml.error(&span, "`formats` is not a table", "write formats = { date-time = \"chrono\" }");
        return BTreeMap::new();
    };
    let mut formats = BTreeMap::new();
    for (format, value) in table {
        let format = format.into_inner().into_owned();
        let Some(choice) = as_line(toml, &format, value) else { continue };
        let chosen = FormatType::CHOICES.iter().find(|(name, word, _)| (*name, *word) == (&*format, choice.get_ref()));
        if let Some((_, _, of)) = chosen {
            formats.insert(format, *of);
        } else {
            let message = format!("the format `{format}` cannot be read as `{}`", choice.get_ref());
            let choices = FormatType::CHOICES.iter().map(|(name, word, _)| format!("{name} = \"{word}\""));
            let choices: Vec<String> = choices.collect();
            toml.error(&choice.span(), message, format!("the choices are: {}", choices.join(", ")));
        }
    }
    formats
}
