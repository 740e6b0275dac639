//! `postpress demo`.
use crate::{args::reference::Demo, failure::Failure};
pub(crate) async fn run(_: &Demo) -> Result<(), Failure> {
    Err(Failure::usage("not available yet"))
}
