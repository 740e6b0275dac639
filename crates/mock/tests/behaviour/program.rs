//! The program, run as a user would.

use std::fs;
use std::io::{BufRead, BufReader, Read as _};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::Duration;

use crate::support::program;

/// A running program, which is ended with the test.
pub(crate) struct Running {
    child: Child,
    url: String,
    log: BufReader<ChildStderr>,
}

impl Running {
    pub(crate) fn start(arguments: &[&str]) -> Running {
        let mut child = Command::new(env!("CARGO_BIN_EXE_postpress-mock"))
            .args(["--port", "0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        let line = line(&mut BufReader::new(
            child.stdout.take().expect("its output"),
        ));
        let log = BufReader::new(child.stderr.take().expect("its log"));
        let url = line
            .split_whitespace()
            .last()
            .unwrap_or_default()
            .to_owned();
        assert!(
            url.starts_with("http://127.0.0.1:") && url.contains("/v"),
            "{line}"
        );
        Running { child, url, log }
    }

    /// The host and the port.
    pub(crate) fn address(&self) -> &str {
        self.url.split('/').nth(2).expect("an address")
    }

    /// The most memory that it has had, in bytes, where the system says.
    pub(crate) fn peak_memory(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))?;
        let kilobytes: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
        Some(kilobytes * 1024)
    }

    async fn status(&self, key: &str) -> Option<u16> {
        let request = reqwest::Client::new().get(format!("{}/chats", self.url));
        let request = request
            .header("X-API-KEY", key)
            .timeout(Duration::from_secs(5));
        let response = request.send().await.ok()?;
        Some(response.status().as_u16())
    }

    /// Waits for the next line of the log.
    fn logged(&mut self) -> String {
        line(&mut self.log)
    }

    /// Sends a signal, and returns the exit code and what else was logged.
    fn signal(mut self, signal: &str) -> (Option<i32>, String) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill")
            .args([signal, &id])
            .status()
            .expect("kill");
        assert!(sent.success());
        let code = self.child.wait().expect("its end").code();
        let mut log = String::new();
        self.log.read_to_string(&mut log).expect("text");
        (code, log)
    }
}

fn line(from: &mut impl BufRead) -> String {
    let mut line = String::new();
    from.read_line(&mut line).expect("a line");
    line
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn it_prints_its_url_logs_every_request_and_stops_cleanly_on_either_signal() {
    if program("kill").is_none() {
        return;
    }
    for signal in ["-INT", "-TERM"] {
        let running = Running::start(&[]);
        assert_eq!(running.status("any").await, Some(200));
        assert_eq!(running.status("").await, Some(401));
        let (code, log) = running.signal(signal);
        assert_eq!(code, Some(0), "{signal}");
        let lines: Vec<&str> = log.lines().collect();
        assert_eq!(lines.len(), 3, "{log}");
        assert!(lines[0].starts_with("GET /v1/chats -> 200, "), "{log}");
        assert!(
            lines[1].starts_with("GET /v1/chats -> 401 errors/missing_credentials, "),
            "{log}"
        );
        assert_eq!(lines[2], "stopped after 2 requests");
    }
}

// The request is sent while the test waits for a line, which blocks its thread.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn it_stops_while_requests_hang() {
    if program("kill").is_none() {
        return;
    }
    let mut running = Running::start(&["--fault", "hang,on=getChat"]);
    let url = format!("{}/chats/9f9uio56sopa456s", running.url);
    let hanging = tokio::spawn(
        reqwest::Client::new()
            .get(url)
            .header("X-API-KEY", "k")
            .send(),
    );
    // The line is there when the request has been handled.
    assert!(running.logged().contains(" -> no response, "));
    assert_eq!(running.status("k").await, Some(200));
    assert!(!hanging.is_finished());
    assert_eq!(running.signal("-TERM").0, Some(0));
    assert!(hanging.await.expect("the task").is_err());
}

#[tokio::test]
async fn it_accepts_only_the_key_that_it_was_given() {
    let running = Running::start(&["--api-key", "secret"]);
    assert_eq!(running.status("secret").await, Some(200));
    assert_eq!(running.status("other").await, Some(401));
}

#[tokio::test]
async fn it_takes_faults_from_the_command_line() {
    let running = Running::start(&["--fault", "502,times=2", "--fault=reset-before-read"]);
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(running.status("k").await);
    }
    assert_eq!(statuses, [Some(502), Some(502), None, Some(200)]);
}

#[tokio::test]
async fn it_serves_another_document_and_logs_what_of_it_is_not_served() {
    let document = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/documents/shop.yaml");
    let mut running = Running::start(&["--spec", document]);
    assert!(running.logged().contains("shop.yaml:78:18: warning"));
    let item = reqwest::Client::new().delete(format!("{}/items/1", running.url));
    let response = item.bearer_auth("k").send().await.expect("a response");
    assert_eq!(response.status(), 204);
}

#[test]
fn what_is_wrong_with_the_command_line_is_said_with_exit_code_2() {
    let output = Command::new(env!("CARGO_BIN_EXE_postpress-mock"))
        .args(["--fault", "slow"])
        .output()
        .expect("the program");
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(message.contains("`slow` is not a fault"), "{message}");
}

#[tokio::test]
async fn a_port_that_is_taken_is_an_error_that_names_it() {
    let running = Running::start(&[]);
    let port = running.address().rsplit(':').next().expect("a port");
    let output = Command::new(env!("CARGO_BIN_EXE_postpress-mock"))
        .args(["--port", port])
        .output()
        .expect("the program");
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(
        message.contains(&format!("cannot listen on 127.0.0.1:{port}")),
        "{message}"
    );
}
