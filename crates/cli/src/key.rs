//! Where the API key comes from. It is never an argument, since every user of the machine can read those in the list of
//! processes.

use std::{
    env,
    io::{IsTerminal, Write},
    path::Path,
};

use postpress::Postpress;

use crate::{
    failure::Failure,
    text::{self, STDIN},
};

const VARIABLE: &str = postpress::API_KEY_VARIABLE;

/// The key: from the file that was named, else from the environment, else from the user at the terminal.
pub(crate) async fn find(file: Option<&Path>) -> Result<String, Failure> {
    if let Some(path) = file {
        return from_file(path).await;
    }
    match env::var(VARIABLE) {
        Ok(key) if !key.trim().is_empty() => Ok(key),
        Err(env::VarError::NotUnicode(_)) => {
            Err(Failure::usage(format!("{VARIABLE} holds what no key can")))
        }
        _ => ask().await,
    }
}

pub(crate) async fn from_file(path: &Path) -> Result<String, Failure> {
    let key = text::given(None, Some(path)).await?.unwrap_or_default();
    let name = if path == Path::new(STDIN) {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    };
    match key.trim() {
        "" => Err(Failure::usage(format!("there is no key in {name}"))),
        key if key.lines().count() > 1 => Err(Failure::usage(format!(
            "{name} has more than one line; a key has one"
        ))),
        key => Ok(key.to_owned()),
    }
}

/// Asks on the terminal, without showing what is typed.
async fn ask() -> Result<String, Failure> {
    if !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
        return Err(Failure::usage(format!(
            "there is no API key: set {VARIABLE}, or name a file that holds it with --api-key-file; \
             keys are made in the postpress dashboard"
        )));
    }
    let typed = tokio::task::spawn_blocking(|| {
        let mut terminal = console::Term::stderr();
        write!(terminal, "API key (not shown): ")?;
        let key = terminal.read_secure_line();
        if key.is_err() {
            // Interrupted: the message about that belongs on a line of its own.
            writeln!(terminal)?;
        }
        key
    });
    let key = typed
        .await
        .map_err(|_| Failure::usage("the key could not be read"))??;
    if key.trim().is_empty() {
        return Err(Failure::usage("there is no API key"));
    }
    // A key that cannot be used is refused before anything else is asked.
    Postpress::new(key.as_str())?;
    Ok(key)
}
