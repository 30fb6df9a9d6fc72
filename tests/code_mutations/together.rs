//! The generated crate and its mutants -> the crates that hold them. What is wrong in a module alone needs no crate of its own: such
//! mutants stand beside the module, each under a name of its own, so that the support module is compiled once for all of them.

use typeproof::emit::Tree;
use typeproof::prove::Claim;

use super::{Mutant, text, with};

/// Crates by their names, and claims about types of them, each with its crate.
#[derive(Default)]
pub struct Together {
    pub crates: Vec<(String, Tree)>,
    pub claims: Vec<(String, Claim)>,
}

impl Together {
    /// Adds the generated crate, and then each of its mutants: what `claim` says of its type is claimed about theirs, in this
    /// order. The crates' names begin with `name`.
    pub fn add(&mut self, name: &str, generated: &Tree, mutants: &[Mutant], claim: &Claim) {
        let (module, _) = claim.type_path.split_once("::").expect("a type in a module");
        let folder = format!("src/{module}/");
        let (mut root, mut beside) = (text(generated, "src/lib.rs"), Vec::new());
        self.claims.push((name.to_owned(), claim.clone()));
        for (number, Mutant { tree, .. }) in mutants.iter().enumerate() {
            let is_changed = |(path, bytes): &(&str, &[u8])| generated.get(path) != Some(*bytes);
            if tree.iter().filter(is_changed).all(|(path, _)| path.starts_with(&folder)) {
                let called = format!("{module}_{number}");
                root += &format!("pub mod {called};\n");
                let files = tree.iter().filter_map(|(path, _)| Some((path, path.strip_prefix(&folder)?)));
                beside.extend(files.map(|(path, file)| (format!("src/{called}/{file}"), text(tree, path))));
                self.claims.push((name.to_owned(), moved(claim, module, &called)));
            } else {
                let name = format!("{name}_{number}");
                self.crates.push((name.clone(), tree.clone()));
                self.claims.push((name, claim.clone()));
            }
        }
        let mut held = with(generated, "src/lib.rs", &root);
        for (path, text) in beside {
            held.insert(&path, &[], &text).expect("a path of its own");
        }
        self.crates.push((name.to_owned(), held));
    }
}

/// The claim about the type that stands in the module `to` instead.
fn moved(claim: &Claim, from: &str, to: &str) -> Claim {
    let mut claim = claim.clone();
    let functions = claim.defaults.iter_mut().map(|default| &mut default.function);
    for path in functions.chain([&mut claim.type_path]) {
        *path = path.replacen(from, to, 1);
    }
    claim
}
