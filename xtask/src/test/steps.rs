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

const fn step(name: &'static str, about: &'static str, command: &'static str) -> Step {
    Step {
        name,
        about,
        command,
        environment: &[],
        needs: None,
    }
}

/// Everything, the quick steps first, the tests last.
pub(super) const STEPS: &[Step] = &[
    step(
        "generated",
        "the checked-in client is what the document generates",
        "cargo xtask generate --check",
    ),
    step(
        "format",
        "all code is formatted by rustfmt",
        "cargo fmt --all --check",
    ),
    step(
        "lint",
        "the document keeps the house rules",
        "cargo xtask lint",
    ),
    Step {
        needs: Some("openapi-spec-validator"),
        ..step(
            "validator",
            "the document is valid OpenAPI",
            "openapi-spec-validator spec/postpress.yaml",
        )
    },
    Step {
        needs: Some("redocly"),
        environment: &[
            ("REDOCLY_TELEMETRY", "off"),
            ("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true"),
        ],
        ..step(
            "redocly",
            "the document passes the recommended rules of redocly",
            "redocly lint --config spec/redocly.yaml spec/postpress.yaml",
        )
    },
    step(
        "clippy",
        "neither rustc nor clippy has a warning",
        "cargo clippy --workspace --all-targets --all-features -- -D warnings",
    ),
    Step {
        environment: &[("RUSTDOCFLAGS", "-D warnings")],
        ..step(
            "docs",
            "nor has rustdoc",
            "cargo doc --workspace --no-deps --all-features",
        )
    },
    // Not the advisories: they change without a change of ours.
    Step {
        needs: Some("cargo-deny"),
        ..step(
            "deny",
            "licenses and sources of the dependencies are allowed",
            "cargo deny --workspace --all-features check --hide-inclusion-graph licenses bans sources",
        )
    },
    step(
        "tests",
        "all tests pass, those in the documentation included",
        "cargo test --workspace --all-features --no-fail-fast",
    ),
];
