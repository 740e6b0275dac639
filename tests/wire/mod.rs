//! What goes over the wire, byte for byte, between the generated client and a server that records it.

mod bodies;
mod curl;
mod curl_lines;
mod get_chat;
mod headers;
mod list_chats;
mod names;
mod redirects;
mod refusals;
mod send_message;
mod start_chat;

use postpress_tests::Request;

/// Compares a request with `snapshots/NAME.snap`. Where a line ends, there was CR LF; nothing is hidden but
/// `accept-encoding`.
fn assert_wire(name: &str, request: &Request) {
    assert!(request.is_whole());
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, request.shown()));
}
