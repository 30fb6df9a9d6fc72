//! Mutants of the statement of a type: what it says of each member, and of itself.

use typeproof::emit::Tree;
use typeproof::prove::Part;

use super::{ANNOTATIONS, BOTH, Mutant, replaced, text, with};

const MODULE: &str = "src/billing_app_stripe_create_customer_portal_session_result/billing_app_stripe_create_customer_portal_session_result.rs";

/// A member as the generated file states it: its field in the struct, its line in the statement.
struct Member {
    wire: String,
    name: String,
    rust: String,
    field: String,
    line: String,
}

/// The members of the module's struct, read off the file.
fn members(module: &str) -> Vec<Member> {
    let statements = module.lines().filter(|line| line.contains(" => "));
    let member = |line: &str| {
        let (wire, rest) = line.trim().split_once(" => ").expect("a statement");
        let (name, _) = rest.split_once(':').expect("a field");
        let field = format!("    pub {name}: ");
        let field = module.lines().find(|line| line.starts_with(&field)).expect("the field is there");
        let rust = field.rsplit_once(": ").expect("a type").1.trim_end_matches(',');
        let (name, wire) = (name.to_owned(), wire.trim_matches('"').to_owned());
        Member { wire, name, rust: rust.to_owned(), field: field.to_owned(), line: line.to_owned() }
    };
    statements.map(member).collect()
}

pub fn mutants(tree: &Tree) -> Vec<Mutant> {
    let module = text(tree, MODULE);
    let members = members(&module);
    assert_eq!(members.len(), 8, "the schema has eight properties");
    let mut mutants: Vec<Mutant> = members.iter().flat_map(|member| of_member(tree, &module, member)).collect();
    for (one, other) in members.iter().zip(members.iter().skip(1)) {
        let swapped = one.line.replace(&format!("{:?}", one.wire), &format!("{:?}", other.wire));
        let text =
            module.replace(&other.line, &other.line.replace(&format!("{:?}", other.wire), &format!("{:?}", one.wire)));
        let tree = with(tree, MODULE, &text.replace(&one.line, &swapped));
        let what = format!("{} and {} swapped", one.wire, other.wire);
        mutants.push(Mutant { class: "member swapped with the next".to_owned(), what, seen_in: ANNOTATIONS, tree });
    }
    mutants.extend(of_type(tree, &module));
    mutants
}

fn of_member(tree: &Tree, module: &str, member: &Member) -> Vec<Mutant> {
    let Member { wire, name, rust, field, line } = member;
    let make = |what: &str, seen_in: &'static [Part], field_to: &str, line_to: &str| {
        let text = module.replace(&format!("{field}\n"), field_to).replace(&format!("{line}\n"), line_to);
        assert_ne!(text, module, "{what} changes nothing");
        let (class, what) = (format!("member {what}"), format!("{wire}: {what}"));
        Mutant { class, what, seen_in, tree: with(tree, MODULE, &text) }
    };
    let (said, _) = line.split_once('{').expect("annotations");
    let other = if rust == "bool" { "::std::string::String" } else { "bool" };
    let same_field = format!("{field}\n");
    // The type is said twice, and no compiler takes two that differ.
    let of = |what: &str, other: &str| {
        let line = line.replace(&format!("({rust})"), &format!("({other})"));
        make(what, BOTH, &format!("    pub {name}: {other},\n"), &format!("{line}\n"))
    };
    let mut mutants = vec![
        make("dropped", BOTH, &format!("    #[cfg(any())]\n{field}\n"), ""),
        make(
            "optional",
            BOTH,
            &format!("    pub {name}: ::std::option::Option<{rust}>,\n"),
            &format!("{}\n", line.replace(": Required", ": Optional")),
        ),
        of("nullable", &format!("::std::option::Option<{rust}>")),
        of("of another type", other),
        of("a list", &format!("::std::vec::Vec<{rust}>")),
        make(
            "renamed on the wire",
            BOTH,
            &same_field,
            &format!("{}\n", line.replace(&format!("{wire:?} =>"), &format!("\"{wire}_\" =>"))),
        ),
        make("without annotations", ANNOTATIONS, &same_field, &format!("{said}{{}},\n")),
        make(
            "described otherwise",
            ANNOTATIONS,
            &same_field,
            &format!("{}\n", line.replacen("\"description\":\"", "\"description\":\"Not ", 1)),
        ),
        make(
            "deprecated",
            ANNOTATIONS,
            &same_field,
            &format!("{}\n", line.replacen("{\"", "{\"deprecated\":true,\"", 1)),
        ),
    ];
    if rust.contains("DateTime") {
        mutants.push(of("any string", "::std::string::String"));
    }
    mutants
}

fn of_type(tree: &Tree, module: &str) -> Vec<Mutant> {
    let make =
        |what: &str, seen_in, tree| Mutant { class: "type".to_owned(), what: format!("type: {what}"), seen_in, tree };
    let mutant = |what: &str, seen_in, from: &str, to: &str| make(what, seen_in, replaced(tree, MODULE, from, to));
    let last_field = module.lines().rfind(|line| line.starts_with("    pub ")).expect("a field");
    let added = |kind: &str, rust: &str| {
        let text = module.replace(last_field, &format!("{last_field}\n    pub added: {rust},"));
        let group = format!("    [\n        \"added\" => added: {kind}(bool) {{}},\n    ]\n    [\n");
        with(tree, MODULE, &text.replacen("    [\n", &group, 1))
    };
    let title = "BillingAppStripeCreateCustomerPortalSessionResult\",\"description";
    vec![
        mutant("unknown members refused", BOTH, "unknown members Dropped", "unknown members Refused"),
        mutant("another title", ANNOTATIONS, title, &title.replace("Billing", "Selling")),
        mutant("another name for the title", ANNOTATIONS, "{\"title\":\"Billing", "{\"x-title\":\"Billing"),
        make("a required member more", BOTH, added("Required", "bool")),
        make("an optional member more", BOTH, added("Optional", "::std::option::Option<bool>")),
    ]
}
