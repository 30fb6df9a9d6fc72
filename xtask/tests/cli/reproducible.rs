//! The same schemas give the same bytes, wherever and under whatever settings codegen runs.

use std::fs;

use crate::support::{Project, Run, files, xtask};

#[test]
fn place_locale_time_zone_and_date_leave_no_trace() {
    let first = Project::of_repository();
    first.codegen(&[]).expect(0);
    let expected = files(&first.path("out"));
    assert!(expected.len() > 8);

    let settings: &[&[(&str, &str)]] = &[
        &[("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR.UTF-8"), ("TZ", "Pacific/Kiritimati")],
        &[("LC_ALL", "C"), ("LANG", "de_DE.ISO-8859-1"), ("TZ", "America/St_Johns"), ("SOURCE_DATE_EPOCH", "0")],
        &[("SOURCE_DATE_EPOCH", "4102444800"), ("HOME", "/nonexistent"), ("COLUMNS", "20"), ("NO_COLOR", "1")],
    ];
    for variables in settings {
        let project = Project::of_repository();
        fs::create_dir_all(project.path("deep/er")).unwrap();
        let root = project.root().display().to_string();
        // Each place, and from there the folder of the manifest.
        for (number, (here, there)) in [(".", "."), ("deep/er", "../.."), ("/", &root)].into_iter().enumerate() {
            let (manifest, out) = (format!("{there}/schemas/manifest.toml"), format!("{there}/out-{number}"));
            let mut command = xtask(&project.path(here), &["codegen", "--manifest", &manifest, "--out", &out]);
            Run::of(command.envs(variables.iter().copied())).expect(0);
            let generated = files(&project.path(&format!("out-{number}")));
            assert!(generated == expected, "{variables:?} in {here}");
            let named = |bytes: &Vec<u8>| bytes.windows(root.len()).any(|window| window == root.as_bytes());
            assert!(!generated.values().any(named), "the output names the folder it was generated in");
        }
    }
}
