//! A struct with members that must be there and others that may be absent -> a function that makes one of the first alone:
//! `Type { nick_name: Some(name), ..Type::new(id) }` names what is there, and no more.

use std::fmt::Write as _;

use syn::Type;

use super::Shape;
use super::rust::spelled;
use crate::lower::{Definition, Form, Member};

/// How many arguments of a function clippy has nothing against.
const FEW: usize = 7;

/// The function `new` of `definition`; empty where nothing must be there (then it has a `Default`), or everything.
pub(super) fn constructor(definition: &Definition, shape: &Shape) -> String {
    let (Form::Object { members, rest, .. }, Shape::Struct(types)) = (&definition.form, shape) else {
        return String::new();
    };
    let required: Vec<(&Member, &Type)> = members.iter().zip(types).filter(|(member, _)| member.required).collect();
    let others = members.len() - required.len() + rest.len();
    if required.is_empty() || others == 0 {
        return String::new();
    }
    let arguments = required.iter().map(|(member, of)| format!("{}: {}", member.field, spelled(of)));
    let arguments = arguments.collect::<Vec<_>>().join(", ");
    let mut fields = String::new();
    for member in members {
        let absent = if member.required { "" } else { ": ::std::option::Option::None" };
        let _ = writeln!(fields, "            {}{absent},", member.field);
    }
    for rest in rest {
        let _ = writeln!(fields, "            {}: ::std::default::Default::default(),", rest.field);
    }
    let allow = match required.len() > FEW {
        true => "    #[allow(clippy::too_many_arguments, reason = \"so many members must be there\")]\n",
        false => "",
    };
    format!(
        "\nimpl {} {{\n    /// One that has what must be there, and nothing else.\n{allow}    #[must_use]\n    #[inline]\n    pub fn new({arguments}) -> Self {{\n        Self {{\n{fields}        }}\n    }}\n}}\n",
        definition.name
    )
}
