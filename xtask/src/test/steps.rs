//! What there is to check, in one list.

/// One thing to run.
pub(super) struct Step {
    /// What it is called on the command line.
    pub(super) name: &'static str,
    /// What it makes sure of.
    pub(super) about: &'static str,
    /// Words between spaces. `cargo xtask` is this program.
    pub(super) command: &'static str,
    pub(super) environment: &'static [(&'static str, &'static str)],
    /// The program without which it is skipped.
    pub(super) needs: Option<&'static str>,
}

impl Step {
    /// The command as somebody would type it.
    pub(super) fn typed(&self) -> String {
        let environment = self.environment.iter();
        let environment = environment.map(|(key, value)| format!("{key}='{value}' "));
        environment.collect::<String>() + self.command
    }
}

/// Everything, the quick steps first, the tests last.
pub(super) const STEPS: &[Step] = &[
    Step {
        name: "generated",
        about: "the checked-in client is what the document generates",
        command: "cargo xtask generate --check",
        environment: &[],
        needs: None,
    },
    Step {
        name: "format",
        about: "all code is formatted by rustfmt",
        command: "cargo fmt --all --check",
        environment: &[],
        needs: None,
    },
    Step {
        name: "lint",
        about: "the document keeps the house rules",
        command: "cargo xtask lint",
        environment: &[],
        needs: None,
    },
    Step {
        name: "validator",
        about: "the document is valid OpenAPI",
        command: "openapi-spec-validator spec/postpress.yaml",
        environment: &[],
        needs: Some("openapi-spec-validator"),
    },
    Step {
        name: "redocly",
        about: "the document passes the recommended rules of redocly",
        command: "redocly lint --config spec/redocly.yaml spec/postpress.yaml",
        environment: &[
            ("REDOCLY_TELEMETRY", "off"),
            ("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true"),
        ],
        needs: Some("redocly"),
    },
    Step {
        name: "clippy",
        about: "neither rustc nor clippy has a warning",
        command: "cargo clippy --workspace --all-targets --all-features -- -D warnings",
        environment: &[],
        needs: None,
    },
    Step {
        name: "docs",
        about: "nor has rustdoc",
        command: "cargo doc --workspace --no-deps --all-features",
        environment: &[("RUSTDOCFLAGS", "-D warnings")],
        needs: None,
    },
    Step {
        name: "deny",
        about: "licenses and sources of the dependencies are allowed",
        // Not the advisories: they change without a change of ours.
        command: "cargo deny --workspace --all-features check --hide-inclusion-graph licenses bans sources",
        environment: &[],
        needs: Some("cargo-deny"),
    },
    Step {
        name: "tests",
        about: "all tests pass, those in the documentation included",
        command: "cargo test --workspace --all-features --no-fail-fast",
        environment: &[],
        needs: None,
    },
];
