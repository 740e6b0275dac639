//! The recorded session on the repository's first page is what the program prints.
//!
//! After a change that is meant, record it again and look at it:
//!
//! ```sh
//! RECORD=1 cargo test -p postpress-cli --test session
//! ```

#![allow(clippy::unwrap_used, reason = "helpers outside the test functions too")]

use std::{
    env,
    fs::{self, File},
    path::Path,
    process::Command,
};

use postpress_mock::MockServer;

const PICTURE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../.github/assets/session.svg"
);

/// What is typed.
const LINES: [&[&str]; 4] = [
    &["chats", "list", "--provider", "linkedin"],
    &[
        "messages",
        "send",
        "chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR",
        "Got it, thanks!",
        "--attach",
        "report.pdf",
        "--dry-run",
    ],
    &["messages", "send", "err_insufficient_credits", "Hello!"],
    &["errors", "no_handler"],
];

/// Relative times are counted from here: 2026-05-17, 12:00 UTC.
const NOW: &str = "1779019200";

/// What a command prints, on both outputs, as on a terminal.
fn run(arguments: &[&str], base_url: Option<&str>, folder: &Path) -> String {
    let path = folder.join("printed");
    let out = File::create(&path).unwrap();
    Command::new(env!("CARGO_BIN_EXE_postpress"))
        .args(arguments)
        // What a terminal implies.
        .args(["--color", "always", "--output", "table"])
        .env_clear()
        .env("POSTPRESS_API_KEY", "pp_live_example")
        .envs(base_url.map(|url| ("POSTPRESS_BASE_URL", url)))
        .env("SOURCE_DATE_EPOCH", NOW)
        .current_dir(folder)
        .stderr(out.try_clone().unwrap())
        .stdout(out)
        .status()
        .unwrap();
    fs::read_to_string(path).unwrap()
}

/// A command as it is typed.
fn typed(arguments: &[&str]) -> String {
    let mut line = "postpress".to_owned();
    for argument in arguments {
        line += &match argument.contains([' ', '!']) {
            true => format!(" '{argument}'"),
            false => format!(" {argument}"),
        };
    }
    line
}

/// What `printed` has after `start` is different each time; here it is not.
fn fixed(printed: &str, start: &str) -> String {
    let Some((_, rest)) = printed.split_once(start) else {
        return printed.to_owned();
    };
    let random: String = rest
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let same = "01HXYZ4QK3WJ8FN3M6QH7TZ8GR".chars().cycle();
    printed.replace(&random, &same.take(random.len()).collect::<String>())
}

#[tokio::test]
async fn the_recorded_session_is_what_the_program_prints() {
    let mock = MockServer::start().await;
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("report.pdf"), [0; 20_000]).unwrap();
    let mut session = String::new();
    for arguments in LINES {
        let line = typed(arguments);
        // A dry run sends nothing, so it can name the service itself.
        let base_url = (!arguments.contains(&"--dry-run")).then(|| mock.base_url());
        let printed = run(arguments, base_url.as_deref(), folder.path());
        let printed = fixed(&fixed(&printed, "boundary="), "req_");
        session += &format!("\u{1b}[1;32m$\u{1b}[0m \u{1b}[1m{line}\u{1b}[0m\n{printed}\n");
    }
    let picture = anstyle_svg::Term::new().render_svg(session.trim_end());
    // Dark grey on black is hard to read on a page.
    let picture = picture.replace(".dimmed { opacity: 0.4; }", ".dimmed { opacity: 0.7; }");
    if env::var_os("RECORD").is_some() {
        fs::write(PICTURE, &picture).unwrap();
    }
    let recorded = fs::read_to_string(PICTURE).unwrap_or_default();
    assert!(
        recorded == picture,
        "{PICTURE} is out of date: run `RECORD=1 cargo test -p postpress-cli --test session`. It should show:\n{session}"
    );
}
