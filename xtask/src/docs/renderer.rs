//! The renderer: Redoc's bundle, fetched once.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use anyhow::{Context as _, Result, bail, ensure};

use crate::tools::Tools;

/// The one version that pages are made with; a new one has to be looked at first.
const VERSION: &str = "2.5.4";
/// What the registry's archive of that version digests to, in the notation of npm.
const INTEGRITY: &str = "sha512-M6jWhG1qoBnH6TFmzJnstyCZ87HmOY/UzDm78mHiYihEdlV/YcS9ogOo1NlElnJMeLsyxHFe2yFc4sNjHTrABQ==";

/// The one thing that the bundle would fetch: a picture beside the words that name the renderer, which stay.
const LOGO: &str = "https://cdn.redoc.ly/redoc/logo-mini.svg";
/// A picture of one transparent point.
const NO_PICTURE: &str =
    "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";

/// The script that shows a document.
///
/// # Errors
/// No npm and no copy from before, no network, or another archive than expected.
pub(super) fn renderer(tools: &Tools) -> Result<String> {
    let folder = tools.folder().join(format!("redoc-{VERSION}"));
    let bundle = folder.join("package/bundles/redoc.standalone.js");
    if !bundle.is_file() {
        fetch(tools, &folder)?;
    }
    let code =
        fs::read_to_string(&bundle).with_context(|| format!("cannot read {}", bundle.display()))?;
    Ok(code.replace(LOGO, NO_PICTURE))
}

fn fetch(tools: &Tools, folder: &Path) -> Result<()> {
    if !tools.has("npm") {
        bail!(
            "npm is not installed. It fetches the renderer, redoc {VERSION}, and is needed for that alone. Install \
             Node.js, or unpack redoc-{VERSION}.tgz of another machine into {}",
            folder.display()
        );
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    // The archive alone: the bundle has everything in it that the package depends on.
    let mut npm = Command::new("npm");
    npm.args(["pack", "--json", &format!("redoc@{VERSION}")])
        .current_dir(folder);
    tools.offer(&mut npm);
    let output = npm.output().context("cannot run npm")?;
    ensure!(
        output.status.success(),
        "npm could not fetch the renderer, redoc {VERSION}; it takes a network, but only once:\n{}",
        end(&output)
    );
    let (archive, integrity) = described(&output.stdout)
        .context("npm fetched the renderer but does not say what it got")?;
    ensure!(
        integrity == INTEGRITY,
        "npm fetched another redoc {VERSION} than expected: {integrity} instead of {INTEGRITY}"
    );
    let mut tar = Command::new("tar");
    let output = tar
        .args(["-xzf", &archive])
        .current_dir(folder)
        .output()
        .context("cannot run tar, which unpacks the renderer")?;
    ensure!(
        output.status.success(),
        "tar could not unpack {archive}:\n{}",
        end(&output)
    );
    Ok(())
}

/// The file that `npm pack --json` made, and its digest.
fn described(json: &[u8]) -> Option<(String, String)> {
    let report: serde_json::Value = serde_json::from_slice(json).ok()?;
    let archive = report.get(0)?;
    let text = |key: &str| archive.get(key)?.as_str().map(str::to_owned);
    Some((text("filename")?, text("integrity")?))
}

/// The last lines that a program wrote, where the reason mostly is.
fn end(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(8)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn npm_says_what_it_fetched() {
        let report = br#"[{"name": "redoc", "filename": "redoc-1.tgz", "integrity": "sha512-x"}]"#;
        let described = described(report).unwrap();
        assert_eq!(described, ("redoc-1.tgz".to_owned(), "sha512-x".to_owned()));
    }
}
