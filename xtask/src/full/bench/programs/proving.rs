//! A manifest -> the seconds that it takes to prove its definitions as sets, and to generate them, in turns, as JSON. The other
//! arguments are a folder to compile the types in, and the Cargo.lock to do it with.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use std::{env, thread};

use serde_json::{Value, json};
use typeproof::prove::{
    Claim, Crate, Effort, Holds, Part, Probe, Reading, Shown, Subject, SubjectError, Verdict, Workshop, listed_claims,
    prove,
};

const ROUNDS: usize = 5;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What the types have said that they accept, by their paths.
struct Told<'a>(&'a BTreeMap<String, Value>);

impl Subject for Told<'_> {
    fn re_export(&mut self, path: &str) -> Result<Value, SubjectError> {
        self.0.get(path).cloned().ok_or_else(|| SubjectError("is not among them".to_owned()))
    }

    fn read(&mut self, _: &str, _: &[&str]) -> Result<Vec<Reading>, SubjectError> {
        Ok(Vec::new())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let [manifest, folder, lock] = env::args().skip(1).collect::<Vec<_>>().try_into().map_err(|_| "three paths")?;
    let generate = || typeproof::generate(Path::new(&manifest)).map_err(|errors| errors.to_string());
    let generation = generate()?;
    let claims = listed_claims(&generation);
    let holds: Holds = claims.iter().collect();
    let types = [Crate { name: "subject", tree: &generation.tree, holds: &holds }];
    let workshop = Workshop { folder: Path::new(&folder), lock: Path::new(&lock), offline: false };
    let mut probe = Probe::start(&types, &workshop).map_err(|errors| errors.to_string())?;
    let mut subject = probe.subject("subject");
    let mut told = BTreeMap::new();
    for claim in &claims {
        told.insert(claim.type_path.clone(), subject.re_export(&claim.type_path)?);
    }
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let proved = proved(&claims, &told);
        times[0].push(start.elapsed().as_secs_f64());
        assert_eq!(proved, claims.len(), "types that are proved as sets");
        let start = Instant::now();
        generate()?;
        times[1].push(start.elapsed().as_secs_f64());
    }
    println!("{}", json!(times));
    Ok(())
}

/// How many of the claims hold as sets: asked on all cores, without a value.
fn proved(claims: &[Claim], told: &BTreeMap<String, Value>) -> usize {
    let (next, proved) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let effort = Effort { seed: 1, valid: 0, near_miss: 0, nodes: 0, shown: Shown::First };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(claim) = claims.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let proof = prove(claim, &mut Told(told), &effort);
                    proved.fetch_add(usize::from(proof.verdict_on(Part::Sets) == Verdict::Proved), Ordering::Relaxed);
                }
            });
        }
    });
    proved.into_inner()
}
