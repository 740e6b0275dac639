//! What is wrong with a command line.

use std::fmt;

/// A command line that cannot be followed. Ends the program with status 2; every other error with 1.
#[derive(Debug)]
pub(crate) struct Usage(String);

impl Usage {
    /// `message` names the argument and says what to write instead.
    #[expect(clippy::new_ret_no_self, reason = "it is only ever used as an error")]
    pub(crate) fn new(message: impl Into<String>) -> anyhow::Error {
        Usage(message.into()).into()
    }
}

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.trim_end())
    }
}

impl std::error::Error for Usage {}
