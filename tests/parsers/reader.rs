//! Runs the scripts that read forms.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use postpress_tests::Request;
use postpress_tests::tools::Tools;
use serde_json::Value;

/// A parser of another language.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Reader {
    PythonMultipart,
    Multer,
}

/// All of them.
pub(crate) const READERS: [Reader; 2] = [Reader::PythonMultipart, Reader::Multer];

impl Reader {
    /// What it makes of a form, or why it is not there. `file_fields` are the only fields that may hold files; without any, all may.
    pub(crate) fn read(self, request: &Request, file_fields: &[&str]) -> Result<Value, String> {
        let tools = Tools::beside(env!("CARGO_TARGET_TMPDIR"));
        let script = |name| {
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("parsers")
                .join(name)
        };
        let mut command = match self {
            Self::PythonMultipart => {
                let mut python = tools.python("python_multipart")?;
                python.arg(script("read.py"));
                python
            }
            Self::Multer => {
                let mut node = tools.node("multer")?;
                node.arg(script("read.js"));
                node
            }
        };
        command.arg(request.header("content-type").unwrap());
        command.arg(request.header("content-length").unwrap());
        command.args(file_fields);
        Ok(output(command, &request.body))
    }
}

fn output(mut command: Command, input: &[u8]) -> Value {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{command:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}
