//! The steps of the demo.

use std::{fs, path::PathBuf, process};

use crate::{failure::Failure, wire::curl};

/// A chat on LinkedIn that the mock server has, and its account.
const CHAT: &str = "chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR";
const ACCOUNT: &str = "acc_01HXYZ4QK3WJ8FN3M6QH7TZ8GR";

/// A step.
pub(crate) struct Step {
    pub(crate) title: &'static str,
    pub(crate) about: &'static str,
    /// The command, where `{file}` stands for the demo's file.
    command: &'static [&'static str],
    /// The faults of the server, as its own command line takes them.
    pub(crate) faults: &'static [&'static str],
}

/// The steps in their order.
pub(crate) fn steps() -> impl Iterator<Item = Step> {
    let step = |title, about, command, faults| Step {
        title,
        about,
        command,
        faults,
    };
    [
        step("List chats", "The newest three, whatever provider they are on.", &["chats", "list", "--limit", "3"][..], &[][..]),
        step("Look at one", "A chat with its newest message.", &["chats", "get", CHAT], &[]),
        step(
            "Start a chat on LinkedIn, by InMail",
            "The options of LinkedIn classic; the first message is given to the command.",
            &["chats", "start", "--account", ACCOUNT, "--to", "linkedin:ACoAAAcDMMQB", "--inmail", "Hello! Are you free on Tuesday?"],
            &[],
        ),
        step(
            "Start a chat with LinkedIn Recruiter",
            "With a file, and a follow-up that goes out in five days. Fields within fields are spelled with brackets.",
            &[
                "chats", "start", "--account", ACCOUNT, "--to", "linkedin:AEMAABcDMMQB", "--linkedin", "recruiter",
                "--visibility", "project", "--attach", "{file}", "--follow-up-subject", "Still interested?", "--follow-up-text",
                "Did you see my message?", "--follow-up-days", "5", "--follow-up-timezone", "Europe/Paris", "We have a position for you",
            ],
            &[],
        ),
        step(
            "Start a chat with Sales Navigator",
            "Which has no options of its own.",
            &["chats", "start", "--account", ACCOUNT, "--to", "linkedin:ACwAAAcDMMQB", "--linkedin", "sales-navigator", "Hello!"],
            &[],
        ),
        step(
            "Send a message with a file",
            "Into a chat that exists. Files are streamed from disk, whatever their size.",
            &["messages", "send", CHAT, "Here are the minutes.", "--attach", "{file}"],
            &[],
        ),
        step(
            "An error",
            "What happened, whether the message was sent, and what to do. The exit code says it to scripts.",
            &["chats", "start", "--account", ACCOUNT, "--to", "err_no_connection_with_recipient", "Hello!"],
            &[],
        ),
        step(
            "A retry",
            "The service is busy and asks to wait for a second. Nothing was sent, so the message goes out once it can.",
            &["messages", "send", CHAT, "Sent once, after a pause."],
            &["429=1s"],
        ),
        step(
            "A failure in the middle",
            "The connection breaks before the response. The message may have been sent, so it is not sent again.",
            &["messages", "send", CHAT, "Did this arrive?"],
            &["reset-after-read"],
        ),
    ]
    .into_iter()
}

impl Step {
    /// The command as words.
    pub(crate) fn words(&self, scene: &Scene) -> Vec<String> {
        let words = ["postpress"].iter().chain(self.command);
        let file = scene.file.to_string_lossy();
        words.map(|word| word.replace("{file}", &file)).collect()
    }
}

/// Words as they are typed into a shell, in the directory of the file.
pub(crate) fn shell(words: &[String], scene: &Scene) -> String {
    let file = scene.file.to_string_lossy();
    let name = scene.file.file_name().unwrap_or_default().to_string_lossy();
    let typed = words.iter().map(|word| match *word == file {
        true => name.clone().into_owned(),
        false => curl::quoted(word),
    });
    typed.collect::<Vec<_>>().join(" ")
}

/// The file that is sent. It is removed at the end of the demo.
pub(crate) struct Scene {
    dir: PathBuf,
    file: PathBuf,
}

impl Scene {
    pub(crate) fn set() -> Result<Self, Failure> {
        let dir = std::env::temp_dir().join(format!("postpress-demo-{}", process::id()));
        fs::create_dir_all(&dir)?;
        let file = dir.join("minutes.txt");
        let scene = Self { dir, file };
        fs::write(
            &scene.file,
            "Tuesday, ten o'clock: we agreed on everything.\n",
        )?;
        Ok(scene)
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        // Whatever cannot be removed is small, and in a place that the system cleans.
        let _ = fs::remove_dir_all(&self.dir);
    }
}
