//! Clients for the server of a test.

use postpress_client::multipart::FormOptions;
use postpress_client::{Client, runtime};

use crate::server::Server;

/// The boundary of forms in snapshots.
pub const BOUNDARY: &str = "BOUNDARY";

/// The key that tests send.
pub const KEY: &str = "pp_test_key";

/// A client as people have it, except that its requests reach the server whatever proxies the environment names, and that its
/// forms have a boundary that does not change.
pub fn client(server: &Server) -> Client {
    client_at(&format!("{}/v1", server.origin()))
}

/// The same for any base URL.
pub fn client_at(base_url: &str) -> Client {
    keyless(base_url)
        .with_api_key(KEY)
        .expect("a key that cannot be sent")
        .with_form_options(FormOptions::new().with_boundary(BOUNDARY))
}

/// A client without a key, with forms as they are by default.
pub fn keyless(base_url: &str) -> Client {
    let http = runtime::http_client().no_proxy().build();
    Client::with_http_client(base_url, http.expect("no HTTP client"))
}
