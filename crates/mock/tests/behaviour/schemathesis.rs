//! schemathesis, a public tool that makes up requests from an OpenAPI document and judges the responses by it.

use std::process::Command;

use postpress_mock::MockServer;

use crate::support::program;

/// Runs it against a server, and returns whether it has found nothing wrong, and its report.
fn judge(server: &MockServer, arguments: &[&str]) -> Option<(bool, String)> {
    let schemathesis = program("schemathesis")?;
    let root = env!("CARGO_MANIFEST_DIR");
    // It leaves what it remembers in the folder that it runs in.
    let folder = tempfile::tempdir().expect("a folder");
    let output = Command::new(schemathesis)
        .arg("--config-file")
        .arg(format!("{root}/tests/schemathesis/schemathesis.toml"))
        .arg("run")
        .arg(format!("{root}/../../spec/postpress.yaml"))
        .args([
            "--url",
            &server.base_url(),
            "--header",
            "X-API-KEY: secret",
            "--checks",
            "all",
        ])
        // What is answered from the document alone keeps no state: what was deleted is still there.
        .args(["--exclude-checks", "use_after_free"])
        // The same requests on every run.
        .args(["--seed", "1", "--no-color", "--output-sanitize", "false"])
        .args(arguments)
        .current_dir(folder.path())
        .env("PYTHONPATH", format!("{root}/tests/schemathesis"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("SCHEMATHESIS_HOOKS", "hooks")
        .env("NO_PROXY", "*")
        .output()
        .expect("schemathesis");
    let report = [output.stdout, output.stderr].concat();
    Some((
        output.status.success(),
        String::from_utf8_lossy(&report).into_owned(),
    ))
}

/// A server with the chats of the usual inbox that can be written into: a right request is then never declined for the chat's sake.
async fn writable() -> MockServer {
    let server = MockServer::builder()
        .api_key("secret")
        .empty_inbox()
        .start()
        .await;
    let server = server.expect("a server");
    for chat in MockServer::start().await.chats().into_iter().rev() {
        let provider = chat["account_type"].as_str();
        if chat["read_only"] == 0 && !matches!(provider, Some("SLACK" | "TWITTER")) {
            server.add_chat(chat).expect("a chat");
        }
    }
    server
}

#[tokio::test]
async fn schemathesis_finds_no_response_that_contradicts_the_document() {
    let server = writable().await;
    let Some((right, report)) = judge(&server, &["--max-examples", "25"]) else {
        return;
    };
    assert!(right, "{report}");
    assert!(server.received_count() > 300, "{report}");
    assert!(server.messages_sent() > 20, "{report}");
}

#[tokio::test]
async fn schemathesis_finds_nothing_wrong_with_the_usual_inbox() {
    let server = MockServer::builder()
        .api_key("secret")
        .start()
        .await
        .expect("a server");
    let arguments = ["--max-examples", "25", "--include-method", "GET"];
    let Some((right, report)) = judge(&server, &arguments) else {
        return;
    };
    assert!(right, "{report}");
    assert!(server.received_count() > 100, "{report}");
}
