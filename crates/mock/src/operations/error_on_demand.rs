//! Errors on demand: an id `err_insufficient_credits` demands `errors/insufficient_credits`, and `err_404` the status.

use serde_json::Value;

use super::Call;
use crate::problem::{Problem, Refusal};

/// How an id begins that demands an error.
const PREFIX: &str = "err_";

/// Fails with the error that an id of the request demands, if one does: one in the path, the query or the body, in this
/// order; or with the status that the header `Prefer: code=404` demands.
///
/// Where the operation does not document that type, the error says so.
pub(super) fn check(call: &Call<'_>, prefer: Option<&str>) -> Result<(), Problem> {
    let members = [
        Some(&call.path),
        call.query.as_object(),
        call.form.as_object(),
    ];
    let members = members.into_iter().flatten().flatten();
    let ids = members
        .filter(|(name, _)| is_id(name))
        .flat_map(|(_, value)| match value {
            Value::Array(values) => values.iter().filter_map(Value::as_str).collect(),
            other => other.as_str().into_iter().collect::<Vec<_>>(),
        });
    let code = prefer.and_then(|it| {
        it.split([',', ';'])
            .find_map(|it| it.trim().strip_prefix("code="))
    });
    let mut demands = ids.filter_map(|id| id.strip_prefix(PREFIX)).chain(code);
    let Some(name) = demands.next() else {
        return Ok(());
    };
    let endpoint = call.endpoint;
    let detail = format!("It was demanded by `{name}`.");
    if let Some(status) = name.parse().ok().filter(|it| endpoint.documents(*it)) {
        return Err(Problem::of_status(endpoint, status, detail));
    }
    let rows = || endpoint.errors.iter();
    let exact = rows().find(|it| it.name == format!("errors/{name}"));
    let documented = exact.or_else(|| rows().find(|it| it.name == name));
    Err(match documented {
        Some(row) if row.description.is_empty() => Problem::new(row.status, &row.name, detail),
        Some(row) => Problem::new(row.status, &row.name, row.description.clone()),
        None => {
            let id = &endpoint.id;
            let detail = format!("`{name}` is demanded, but {id} does not document errors/{name}.");
            call.refuse(Refusal::NOT_FOUND, detail)
        }
    })
}

/// Whether a parameter or field of this name has an id, or several.
fn is_id(name: &str) -> bool {
    let name = name.trim_end_matches('s');
    name.eq_ignore_ascii_case("id") || name.ends_with("_id") || name.ends_with("Id")
}
