//! What the operations do.

mod demand;
mod get_chat;
mod list_chats;
mod send_message;
mod start_chat;

use std::sync::Mutex;

use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::Operation;
use crate::check::{self, Given, Leaf, Node, Problem as Mistake, Report, Sort};
use crate::document::Endpoint;
use crate::form;
use crate::inbox::Inbox;
use crate::lock;
use crate::problem::{Problem, Refusal};
use crate::record::Part;

/// A request of an operation, decoded.
struct Call<'r> {
    endpoint: &'r Endpoint,
    /// The id in the path; empty where the path has none.
    id: String,
    query: Value,
    form: Value,
    parts: &'r [Part],
}

/// Carries out an operation: the body of its answer, or why it is refused.
///
/// `unknown` gets the fields that the document does not know; where `strict`, they are refused.
pub(crate) fn carry_out(
    inbox: &Mutex<Inbox>,
    endpoint: &Endpoint,
    id: Option<&str>,
    query: &[(String, String)],
    parts: &[Part],
    strict: bool,
    unknown: &mut Vec<String>,
) -> Result<String, Problem> {
    let mut report = Report::default();
    let node = unfold_query(query, &endpoint.joined);
    let query = check::decode(&endpoint.query, &node, "", &mut report);
    let form = match &endpoint.form {
        Some(schema) => {
            let node = form::unfold(parts, &mut report);
            check::decode(schema, &node, "", &mut report)
        }
        None => Value::Null,
    };
    if strict {
        for field in &report.ignored {
            report.problems.push(Mistake {
                sort: Sort::Invalid,
                field: field.clone(),
                message: "is not in the documentation".to_owned(),
            });
        }
    }
    unknown.append(&mut report.ignored);
    if !report.problems.is_empty() {
        return Err(refuse(endpoint, &report.problems));
    }
    let call = Call {
        id: path_id(endpoint, id)?,
        endpoint,
        query,
        form,
        parts,
    };
    demand::demanded(&call)?;
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

    /// A text of the form.
    fn text(&self, name: &str) -> Option<&str> {
        self.form[name].as_str()
    }

    /// A file of the form.
    fn file(&self, name: &str) -> Option<&Part> {
        self.part(&self.form[name])
    }

    /// The files of a list in the form.
    fn files(&self, name: &str) -> Vec<&Part> {
        let numbers = self.form[name].as_array().into_iter().flatten();
        numbers.filter_map(|number| self.part(number)).collect()
    }

    fn part(&self, number: &Value) -> Option<&Part> {
        self.parts.get(usize::try_from(number.as_u64()?).ok()?)
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
    let decoded = percent_decode_str(id).decode_utf8();
    match decoded {
        Ok(decoded) if !decoded.is_empty() && !decoded.contains(char::is_control) => {
            Ok(decoded.into_owned())
        }
        _ => Err(Refusal::InvalidId.of(endpoint, format!("chat_id cannot be `{id}`."))),
    }
}

/// The parameters of a query, where commas separate the members of a list.
fn unfold_query(query: &[(String, String)], joined: &[String]) -> Node {
    let mut root = Node::default();
    for (name, value) in query {
        let node = root.child_mut(name);
        let leaf = |text: &str| Leaf {
            given: Given::Text(text.to_owned()),
            listed: false,
        };
        if joined.contains(name) {
            node.leaves.extend(value.split(',').map(leaf));
        } else {
            node.leaves.push(leaf(value));
        }
    }
    root
}

/// One error for all that is wrong with a request.
fn refuse(endpoint: &Endpoint, mistakes: &[Mistake]) -> Problem {
    let all = |sort: Sort| mistakes.iter().all(|it| it.sort == sort);
    let refusal = if all(Sort::Missing) {
        Refusal::Missing
    } else if all(Sort::TooLong) {
        Refusal::TooLong
    } else if all(Sort::TooHigh) && endpoint.form.is_none() {
        Refusal::LimitTooHigh
    } else {
        Refusal::Invalid
    };
    let details: Vec<String> = mistakes
        .iter()
        .map(|it| format!("{} {}.", it.field, it.message))
        .collect();
    refusal.of(endpoint, details.join(" "))
}
