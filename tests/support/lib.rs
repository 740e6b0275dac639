//! What the tests of the workspace share: a server that records every byte, an independent reader of what it recorded,
//! and the programs of others that some tests run.

pub mod client;
pub mod examples;
pub mod facts;
pub mod form;
pub mod request;
pub mod response;
pub mod server;
pub mod tools;

pub use facts::Facts;
pub use form::Part;
pub use request::Request;
pub use response::Response;
pub use server::Server;
