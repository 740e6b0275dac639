//! `postpress mock`.

use postpress_mock::program::{self, Options};

use crate::{args::reference::Mock, failure::Failure, key};

pub(crate) async fn run(command: Mock) -> Result<(), Failure> {
    let mut options = Options::default();
    options.host = command.host;
    options.port = command.port;
    options.faults = command.faults;
    options.max_upload = command.max_upload;
    options.strict = command.strict;
    options.empty = command.empty;
    options.api_key = command.api_key;
    if let Some(path) = &command.api_key_file {
        options.api_key = Some(key::from_file(path).await?);
    }
    Ok(program::run(options).await.map_err(anyhow::Error::from)?)
}
