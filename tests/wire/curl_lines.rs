//! The curl lines of the pages, and the real curl to run them.

use std::path::{Path, PathBuf};
use std::process::Command;

use postpress_tests::{Facts, Request, Response, Server, examples};

/// The service that the pages address.
pub(crate) const ORIGIN: &str = "https://api.postpress.ai";

/// A curl line.
#[derive(Debug)]
pub(crate) struct CurlLine {
    pub(crate) page: String,
    pub(crate) operation: String,
    /// Pairs of an option and its argument.
    pub(crate) options: Vec<(String, String)>,
}

impl CurlLine {
    /// All that the pages have.
    pub(crate) fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for facts in Facts::all() {
            for (page, options) in facts.curl_lines() {
                let options = options.into_iter();
                all.push(Self {
                    page: page.to_owned(),
                    operation: facts.operation.clone(),
                    options: options.map(|(name, it)| (name.into(), it.into())).collect(),
                });
            }
        }
        all
    }

    /// The arguments of an option.
    pub(crate) fn arguments(&self, option: &str) -> impl Iterator<Item = &str> {
        let of_option = self.options.iter().filter(move |pair| pair.0 == option);
        of_option.map(|pair| pair.1.as_str())
    }

    /// What the line says that the key is.
    pub(crate) fn key(&self) -> &str {
        self.arguments("--header")
            .find_map(|header| header.strip_prefix("X-API-KEY: "))
            .unwrap()
    }

    /// Runs the line, with another origin and with its files in `files`, and returns what the server got.
    pub(crate) fn run(&self, mut curl: Command, files: &Path) -> Request {
        let server = Server::responding(self.response());
        let options = self.options.iter().flat_map(|(option, argument)| {
            let argument = match argument.split_once("=@") {
                Some((name, path)) => format!("{name}=@{}", beside(files, path).display()),
                None => argument.replace(ORIGIN, &server.origin()),
            };
            [option.clone(), argument]
        });
        // `--disable`, which has to come first: without the settings of whoever runs this.
        curl.args([
            "--disable",
            "--silent",
            "--show-error",
            "--fail",
            "--noproxy",
            "*",
            "--globoff",
        ]);
        let output = curl.args(options).output().unwrap();
        assert!(
            output.status.success(),
            "{self:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        server.request()
    }

    pub(crate) fn response(&self) -> Response {
        examples::response(&self.operation)
    }
}

/// The file of that name in a folder of ours, whichever way the slashes of the path lean.
pub(crate) fn beside(files: &Path, path: &str) -> PathBuf {
    files.join(path.rsplit(['/', '\\']).next().unwrap())
}
