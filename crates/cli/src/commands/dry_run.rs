//! Prints a request that was built and not sent.

use postpress::BuiltRequest;

use crate::{
    args::output::{Format, Output},
    failure::Failure,
    file::File,
    output,
    terminal::{DIM, paint},
    wire::{curl, display, request::Request},
};

/// Prints it as it would go out, and as a curl line; `--output json` gives both as JSON. `files` are those of each field,
/// in order.
pub(crate) fn print(
    chosen: &Output,
    built: &BuiltRequest,
    files: &[(&'static str, File)],
) -> Result<(), Failure> {
    let request = Request::from(built);
    let curl = curl::line(&request, files);
    match chosen.output {
        Some(Format::Csv) => Err(no_csv()),
        format => {
            let mut json = serde_json::to_value(&request)?;
            json["curl"] = curl.as_str().into();
            output::print(format.unwrap_or(Format::Table), &[], &json, || {
                let mut lines = display::request(&request);
                lines.extend([String::new(), paint(DIM, "# The same with curl:")]);
                lines.extend(curl.lines().map(str::to_owned));
                lines
            })
        }
    }
}

pub(crate) fn no_csv() -> Failure {
    Failure::usage("a request cannot be shown as CSV; use --output json")
}
