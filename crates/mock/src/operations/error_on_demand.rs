//! Errors on demand: an id `err_insufficient_credits` demands `errors/insufficient_credits`.

use serde_json::Value;

use super::Call;
use crate::problem::{Problem, Refusal};

/// How an id begins that demands an error.
const PREFIX: &str = "err_";

/// Fails with the error that an id of the request demands, if one does: the chat's, the account's or an attendee's, in
/// this order.
///
/// Where the operation does not document that type, the error says so.
pub(super) fn check(call: &Call<'_>) -> Result<(), Problem> {
    let accounts = match &call.query["account_id"] {
        Value::Array(accounts) => accounts.iter().filter_map(Value::as_str).collect(),
        other => other.as_str().into_iter().collect::<Vec<_>>(),
    };
    let ids = [call.id.as_str()].into_iter().chain(accounts);
    let mut ids = ids.chain(call.text("account_id")).chain(call.attendees());
    let Some((id, name)) = ids.find_map(|id| Some((id, id.strip_prefix(PREFIX)?))) else {
        return Ok(());
    };
    let documented = call.endpoint.error(&format!("errors/{name}"));
    Err(match documented {
        Some(row) => Problem::new(row.status, &row.name, row.description.clone()),
        None => {
            let operation = call.endpoint.operation;
            let detail =
                format!("{id} demands an error, but {operation} does not document errors/{name}.");
            call.refuse(Refusal::NOT_FOUND, detail)
        }
    })
}
