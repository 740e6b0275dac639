//! `postpress mock`.

use anyhow::Context as _;
use postpress_mock::{MockServer, program};

use crate::{args::reference::Mock, failure::Failure, key};

pub(crate) async fn run(command: Mock) -> Result<(), Failure> {
    let mut server = MockServer::builder().host(command.host).port(command.port);
    if let Some(path) = command.spec {
        let text = tokio::fs::read_to_string(&path).await;
        let name = path.display().to_string();
        let text = text.with_context(|| format!("cannot read {name}"))?;
        server = server.document(name, text);
    }
    for fault in command.faults {
        server = server.fault(fault);
    }
    if let Some(bytes) = command.max_upload {
        server = server.max_upload(bytes);
    }
    if command.strict {
        server = server.strict();
    }
    if command.empty {
        server = server.empty_inbox();
    }
    let key = match &command.api_key_file {
        Some(path) => Some(key::from_file(path).await?),
        None => command.api_key,
    };
    if let Some(key) = key {
        server = server.api_key(key);
    }
    Ok(program::run(server).await.map_err(anyhow::Error::from)?)
}
