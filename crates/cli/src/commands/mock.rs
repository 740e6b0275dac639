//! `postpress mock`.
use crate::{args::reference::Mock, failure::Failure};
pub(crate) async fn run(_: Mock) -> Result<(), Failure> {
    Err(Failure::usage("not available yet"))
}
