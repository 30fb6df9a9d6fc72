//! The tests that generated types need not agree with, each with the reason.

use super::Draft;

/// Tests that are run, but not counted.
#[derive(Debug)]
pub(super) struct Exclusion {
    /// The drafts whose tests they are, by name.
    pub(super) drafts: &'static [&'static str],
    /// The file of tests, from the draft's folder.
    pub(super) file: &'static str,
    /// The group's description.
    pub(super) group: &'static str,
    /// The tests' descriptions.
    pub(super) tests: &'static [&'static str],
    /// Why no type agrees with it.
    pub(super) reason: &'static str,
}

/// All of them. One that agrees after all, or that its file has no more, is a failure of the run.
const EXCLUSIONS: &[Exclusion] = &[
    Exclusion {
        drafts: &["draft4", "draft6", "draft7", "draft2019-09", "draft2020-12"],
        file: "optional/bignum.json",
        group: "integer",
        tests: &["a bignum is an integer", "a negative bignum is an integer"],
        reason: INTEGER,
    },
    Exclusion {
        drafts: &["draft6", "draft7", "draft2019-09", "draft2020-12"],
        file: "optional/float-overflow.json",
        group: "all integers are multiples of 0.5, if overflow is handled",
        tests: &["valid if optional overflow handling is implemented"],
        reason: INTEGER,
    },
    Exclusion {
        drafts: &["draft2020-12"],
        file: "optional/format-assertion.json",
        group: "schema that uses custom metaschema with format-assertion: false",
        tests: &["format-assertion: false: invalid string"],
        reason: FORMAT,
    },
    Exclusion {
        drafts: &["draft2020-12"],
        file: "optional/format-assertion.json",
        group: "schema that uses custom metaschema with format-assertion: true",
        tests: &["format-assertion: true: invalid string"],
        reason: FORMAT,
    },
    Exclusion {
        drafts: &["draft2019-09", "draft2020-12"],
        file: "optional/dependencies-compatibility.json",
        group: "single dependency",
        tests: &["missing dependency"],
        reason: DEPENDENCIES,
    },
    Exclusion {
        drafts: &["draft2019-09", "draft2020-12"],
        file: "optional/dependencies-compatibility.json",
        group: "multiple dependents required",
        tests: &["missing dependency", "missing other dependency", "missing both dependencies"],
        reason: DEPENDENCIES,
    },
    Exclusion {
        drafts: &["draft2019-09", "draft2020-12"],
        file: "optional/dependencies-compatibility.json",
        group: "dependencies with escaped characters",
        tests: &["CRLF missing dependent", "quoted quotes missing dependent"],
        reason: DEPENDENCIES,
    },
    Exclusion {
        drafts: &["draft2019-09", "draft2020-12"],
        file: "optional/dependencies-compatibility.json",
        group: "single schema dependency",
        tests: &["wrong type", "wrong type other", "wrong type both"],
        reason: DEPENDENCIES,
    },
    Exclusion {
        drafts: &["draft2019-09", "draft2020-12"],
        file: "optional/dependencies-compatibility.json",
        group: "boolean subschemas",
        tests: &["object with property having schema false is invalid", "object with both properties is invalid"],
        reason: DEPENDENCIES,
    },
    Exclusion {
        drafts: &["draft2019-09", "draft2020-12"],
        file: "optional/dependencies-compatibility.json",
        group: "schema dependencies with escaped characters",
        tests: &[
            "quoted quote",
            "quoted tab invalid under dependent schema",
            "quoted quote invalid under dependent schema",
        ],
        reason: DEPENDENCIES,
    },
    Exclusion {
        drafts: &["draft4"],
        file: "optional/zeroTerminatedFloats.json",
        group: "some languages do not distinguish between different types of numeric value",
        tests: &["a float is not an integer even without fractional part"],
        reason: WHOLE,
    },
    Exclusion {
        drafts: &["draft7"],
        file: "optional/content.json",
        group: "validation of string-encoded content based on media type",
        tests: &["an invalid JSON document"],
        reason: CONTENT,
    },
    Exclusion {
        drafts: &["draft7"],
        file: "optional/content.json",
        group: "validation of binary string-encoding",
        tests: &["an invalid base64 string (% is not a valid character)"],
        reason: CONTENT,
    },
    Exclusion {
        drafts: &["draft7"],
        file: "optional/content.json",
        group: "validation of binary-encoded media type documents",
        tests: &["a validly-encoded invalid JSON document", "an invalid base64 string that is valid JSON"],
        reason: CONTENT,
    },
];

const CONTENT: &str = "`contentEncoding` and `contentMediaType` are annotations, as in all later drafts";
const INTEGER: &str = "an integer without bounds is an `i64`: a limit of representation, which the ledger names";
const DEPENDENCIES: &str =
    "`dependencies` is no keyword of this draft any more, and so an annotation; the ledger says so";
const WHOLE: &str = "`1.0` is an integer here in every draft, as it is in all later ones";
const FORMAT: &str = "which formats assert is the policy's to say, not a vocabulary's; the ledger names them";

/// Those of `draft`.
pub(super) fn of(draft: Draft) -> impl Iterator<Item = &'static Exclusion> {
    EXCLUSIONS.iter().filter(move |exclusion| exclusion.drafts.contains(&draft.name))
}
