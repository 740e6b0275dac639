//! Why a server could not be started, or a chat not added.

use std::io;
use std::net::SocketAddr;

/// The server could not be started.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct StartError(#[from] StartErrorKind);

#[derive(Debug, thiserror::Error)]
pub(super) enum StartErrorKind {
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, io::Error),
    #[error("cannot start a thread for the mock server: {0}")]
    Thread(io::Error),
    #[error("the mock server cannot serve its document: {0}")]
    Document(String),
}

impl StartError {
    /// Whether another program has the port.
    pub fn is_address_in_use(&self) -> bool {
        matches!(&self.0, StartErrorKind::Listen(_, error) if error.kind() == io::ErrorKind::AddrInUse)
    }
}

/// A chat that is not as the documentation says that chats are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot add the chat: {0}")]
pub struct AddChatError(pub(super) String);
