//! Errors on demand: an id `err_insufficient_credits` asks for `errors/insufficient_credits`.

use serde_json::Value;

use super::Call;
use crate::problem::{Problem, Refusal};

/// What an id begins with that demands an error.
const PREFIX: &str = "err_";

/// Answers the error that an id of the request demands, if one does: the chat's, the account's, an attendee's, in this
/// order.
///
/// A type that the operation does not document is not answered; that there is nothing of such an id is, and which types
/// there are.
pub(super) fn demanded(call: &Call<'_>) -> Result<(), Problem> {
    let accounts = match &call.query["account_id"] {
        Value::Array(accounts) => accounts.iter().filter_map(Value::as_str).collect(),
        other => other.as_str().into_iter().collect::<Vec<_>>(),
    };
    let ids = [call.id.as_str()].into_iter().chain(accounts);
    let ids = ids.chain(call.text("account_id")).chain(call.attendees());
    for id in ids {
        let Some(name) = id.strip_prefix(PREFIX) else {
            continue;
        };
        let endpoint = call.endpoint;
        return Err(match endpoint.error(&format!("errors/{name}")) {
            Some(row) => Problem::documented(row, row.description.clone()),
            None => call.refuse(
                Refusal::NotFound,
                format!(
                    "{id} demands an error, but {} does not document errors/{name}.",
                    endpoint.operation
                ),
            ),
        });
    }
    Ok(())
}
