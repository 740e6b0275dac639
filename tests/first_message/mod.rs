//! The client's example does what it says.

#[allow(dead_code, reason = "its `main` is for people")]
#[path = "../../crates/client/examples/first_message.rs"]
mod example;

/// The rest of the line after `start`.
fn after<'t>(text: &'t str, start: &str) -> &'t str {
    let (_, rest) = text.split_once(start).unwrap();
    rest.split('\n').next().unwrap()
}

#[tokio::test]
async fn a_chat_with_a_file_and_recruiter_options_is_seen_on_the_wire() {
    let mut out = Vec::new();
    example::run(&mut out).await.unwrap();
    let out = String::from_utf8(out).unwrap();
    // What differs from run to run, and with the other crates that are built.
    let lines = out.split_inclusive('\n');
    let out: String = lines
        .filter(|line| !line.starts_with("accept-encoding: "))
        .collect();
    let port = after(&out, "\nhost: 127.0.0.1:");
    let boundary = after(&out, "boundary=");
    let out = out
        .replace(boundary, "BOUNDARY")
        .replace(&format!("127.0.0.1:{port}"), "127.0.0.1:PORT");
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("first_message", out));
}
