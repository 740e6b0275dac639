//! What the examples share: a client of the service, or of a mock if there is no key.

use postpress::{Error, Postpress};
use postpress_mock::MockServer;

/// A client, and the mock that it talks to if it does.
pub(crate) struct Service {
    pub(crate) postpress: Postpress,
    pub(crate) mock: Option<MockServer>,
}

impl Service {
    /// Talks to the service if `POSTPRESS_API_KEY` is set, otherwise to a mock, and says so.
    pub(crate) async fn connect() -> Result<Self, Error> {
        if std::env::var_os(postpress::API_KEY_VARIABLE).is_some() {
            let postpress = Postpress::from_env()?;
            return Ok(Self {
                postpress,
                mock: None,
            });
        }
        let mock = MockServer::start().await;
        eprintln!(
            "POSTPRESS_API_KEY is not set: this runs against a mock on this machine, and reaches nobody.\n"
        );
        let postpress = Postpress::builder()
            .api_key("mock")
            .base_url(mock.base_url())
            .build()?;
        Ok(Self {
            postpress,
            mock: Some(mock),
        })
    }
}
