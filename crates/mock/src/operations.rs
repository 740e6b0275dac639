//! What the operations do.

mod error_on_demand;
mod get_chat;
mod list_chats;
mod send_message;
mod start_chat;

use std::sync::Mutex;

use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::Operation;
use crate::api::Endpoint;
use crate::check::{self, FieldProblem, FieldTree, ProblemKind, Report};
use crate::form;
use crate::inbox::Inbox;
use crate::lock;
use crate::problem::{Problem, Refusal};
use crate::record::{Part, RequestRecord};

/// A request of an operation, decoded.
struct Call<'r> {
    endpoint: &'r Endpoint,
    /// The id in the path; empty where the path has none.
    id: String,
    query: Value,
    form: Value,
    parts: &'r [Part],
}

/// Carries out an operation. Returns the body of its response, or why it is refused.
///
/// Fields that the document does not know are recorded; where `strict`, they are refused as well, and so are texts that
/// look like several members of a list.
pub(crate) fn carry_out(
    inbox: &Mutex<Inbox>,
    endpoint: &Endpoint,
    id: Option<&str>,
    record: &mut RequestRecord,
    strict: bool,
) -> Result<String, Problem> {
    let mut report = Report {
        strict,
        ..Report::default()
    };
    let fields = query_fields(&record.query, &endpoint.joined);
    let query = check::decode(&endpoint.query, &fields, "", &mut report);
    let form = endpoint.form.as_ref().map_or(Value::Null, |schema| {
        let fields = form::nest(&record.parts, &mut report);
        check::decode(schema, &fields, "", &mut report)
    });
    record.ignored = std::mem::take(&mut report.ignored);
    if strict {
        for field in &record.ignored {
            report.invalid(field, "is not in the documentation");
        }
    }
    if !report.problems.is_empty() {
        return Err(refuse(endpoint, &report.problems));
    }
    let call = Call {
        id: path_id(endpoint, id)?,
        endpoint,
        query,
        form,
        parts: &record.parts,
    };
    error_on_demand::check(&call)?;
    let inbox = &mut *lock(inbox);
    match endpoint.operation {
        Operation::ListChats => list_chats::list_chats(inbox, &call),
        Operation::StartChat => start_chat::start_chat(inbox, &call),
        Operation::GetChat => get_chat::get_chat(inbox, &call),
        Operation::SendMessage => send_message::send_message(inbox, &call),
    }
}

impl Call<'_> {
    fn refuse(&self, refusal: Refusal, detail: impl Into<String>) -> Problem {
        refusal.of(self.endpoint, detail)
    }

    /// The refusal of a chat that belongs to another account than this one.
    fn other_account(&self, account_id: &str, chat_id: &str) -> Problem {
        let detail =
            format!("account_id is {account_id}, and {chat_id} is not a chat of that account.");
        self.refuse(Refusal::OTHER_ACCOUNT, detail)
    }

    /// A text of the form.
    fn text(&self, name: &str) -> Option<&str> {
        self.form[name].as_str()
    }

    /// The ids of the attendees.
    fn attendees(&self) -> Vec<&str> {
        let ids = self.form["attendees_ids"].as_array().into_iter().flatten();
        ids.filter_map(Value::as_str).collect()
    }
}

/// The id in the path, decoded.
fn path_id(endpoint: &Endpoint, id: Option<&str>) -> Result<String, Problem> {
    let Some(id) = id else {
        return Ok(String::new());
    };
    match percent_decode_str(id).decode_utf8() {
        Ok(decoded) if !decoded.is_empty() && !decoded.contains(char::is_control) => {
            Ok(decoded.into_owned())
        }
        _ => Err(Refusal::INVALID_ID.of(endpoint, format!("chat_id cannot be `{id}`."))),
    }
}

/// The parameters of a query, where commas separate the members of a list.
fn query_fields(query: &[(String, String)], joined: &[String]) -> FieldTree {
    let mut root = FieldTree::default();
    for (name, value) in query {
        let fields = root.child_mut(name);
        if joined.contains(name) {
            value.split(',').for_each(|member| fields.add_text(member));
        } else {
            fields.add_text(value);
        }
    }
    root
}

/// One error for all that is wrong with a request.
fn refuse(endpoint: &Endpoint, problems: &[FieldProblem]) -> Problem {
    let all = |kind: ProblemKind| problems.iter().all(|it| it.kind == kind);
    let refusal = if all(ProblemKind::Missing) {
        Refusal::MISSING
    } else if all(ProblemKind::TooLong) {
        Refusal::TOO_LONG
    } else if all(ProblemKind::TooHigh) && endpoint.form.is_none() {
        Refusal::LIMIT_TOO_HIGH
    } else {
        Refusal::INVALID
    };
    let sentences = problems.iter();
    let sentences = sentences.map(|it| format!("{} {}.", it.field, it.message));
    refusal.of(endpoint, sentences.collect::<Vec<_>>().join(" "))
}
