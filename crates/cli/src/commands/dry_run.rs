//! Prints a request that was not sent.

use serde_json::Value;

use crate::{
    args::output::{Format, Output},
    failure::Failure,
    file::File,
    output,
    terminal::{DIM, paint},
    wire::{curl, request::Request, show},
};

/// Prints it as it would go out, and as a curl line; `--output json` gives both as JSON.
pub(crate) fn print(
    chosen: &Output,
    request: &Request,
    files: &[(&'static str, File)],
) -> Result<(), Failure> {
    let curl = curl::line(request, files);
    match chosen.output {
        Some(format @ (Format::Json | Format::Jsonl)) => {
            let mut json = serde_json::to_value(request)?;
            json["headers"] = request
                .headers
                .iter()
                .map(|(name, value)| (name.to_lowercase(), Value::from(value.as_str())))
                .collect();
            json["curl"] = curl.into();
            if format == Format::Json {
                output::json(&json)
            } else {
                output::json_line(&json)
            }
        }
        Some(Format::Csv) => Err(Failure::usage(
            "a request has no form as CSV; use --output json",
        )),
        Some(Format::Table) | None => {
            let mut lines = show::request(request);
            lines.push(String::new());
            lines.push(paint(DIM, "# The same with curl:"));
            lines.extend(curl.lines().map(str::to_owned));
            output::lines(lines)
        }
    }
}
