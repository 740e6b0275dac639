//! Checks JSON against a schema: requests, chats that are put into the inbox, and the bodies of responses.

use serde_json::Value;

use super::{FieldProblem, ProblemKind, Report, scalar};
use crate::schema::Schema;

/// What is wrong with a response of `value`, each with its place.
pub(crate) fn mistakes(schema: &Schema, value: &Value) -> Vec<String> {
    let problems = problems(schema, value, false);
    let sentence = |it: FieldProblem| match it.field.as_str() {
        "" => format!("it {}", it.message),
        field => format!("{field} {}", it.message),
    };
    problems.into_iter().map(sentence).collect()
}

/// Reports what is wrong with JSON of a request.
pub(crate) fn check_request(schema: &Schema, value: &Value, at: &str, report: &mut Report) {
    let mut check = Check {
        is_request: true,
        problems: Vec::new(),
    };
    check.value(schema, value, at);
    report.problems.append(&mut check.problems);
}

/// The branch of a union that `value` is, or comes nearest to.
pub(crate) fn branch<'s>(schema: &'s Schema, value: &Value) -> Option<&'s Schema> {
    let nearest = || {
        let branches = schema.branches();
        branches.min_by_key(|it| problems(it, value, false).len())
    };
    schema.tagged(value).or_else(nearest)
}

fn problems(schema: &Schema, value: &Value, is_request: bool) -> Vec<FieldProblem> {
    let problems = Vec::new();
    let mut check = Check {
        is_request,
        problems,
    };
    check.value(schema, value, "");
    check.problems
}

struct Check {
    /// Whether what is read-only may be absent, rather than what is write-only.
    is_request: bool,
    problems: Vec<FieldProblem>,
}

impl Check {
    fn problem(&mut self, kind: ProblemKind, at: &str, message: impl Into<String>) {
        self.problems.push(FieldProblem {
            kind,
            field: at.to_owned(),
            message: message.into(),
        });
    }

    fn wrong(&mut self, at: &str, message: impl Into<String>) {
        self.problem(ProblemKind::Invalid, at, message);
    }

    fn value(&mut self, schema: &Schema, value: &Value, at: &str) {
        let listed = schema.values.as_ref().is_none_or(|it| it.contains(value));
        if value.is_null() && schema.nullable && listed {
            return;
        }
        if schema.branches().next().is_some() {
            return self.alternatives(schema, value, at);
        }
        if value.is_null() {
            if !(schema.types().is_empty() && listed) {
                self.wrong(at, "must not be null");
            }
            return;
        }
        let types = schema.types();
        if !types.is_empty() && !types.iter().any(|it| it.fits(value)) {
            return self.wrong(at, format!("is of the wrong type: {value}"));
        }
        if let Err((kind, message)) = scalar::within(schema, value) {
            self.problem(kind, at, message);
        }
        if let Some(values) = value.as_array() {
            self.list(schema, values, at);
        }
        if let Some(members) = value.as_object() {
            let count = members.len() as u64;
            let most = schema.max_members.unwrap_or(u64::MAX);
            if count < schema.min_members || count > most {
                self.wrong(at, format!("must not have {count} members"));
            }
            for name in schema
                .required
                .iter()
                .filter(|it| !members.contains_key(*it))
            {
                let property = schema.property(name);
                let elsewhere = property.is_some_and(|it| match self.is_request {
                    true => it.read_only,
                    false => it.write_only,
                });
                if !elsewhere {
                    self.problem(ProblemKind::Missing, &child(at, name), "is required");
                }
            }
            for (name, member) in members {
                match schema.property(name).or(schema.additional.as_deref()) {
                    Some(schema) => self.value(schema, member, &child(at, name)),
                    None if schema.is_closed => self.wrong(&child(at, name), "must not be given"),
                    None => {}
                }
            }
        }
    }

    fn list(&mut self, schema: &Schema, values: &[Value], at: &str) {
        let count = values.len() as u64;
        if count < schema.min_items {
            self.wrong(
                at,
                format!("must have at least {} members", schema.min_items),
            );
        }
        if let Some(most) = schema.max_items.filter(|most| count > *most) {
            self.wrong(at, format!("must have at most {most} members"));
        }
        let twice = |(index, value)| values[..index].contains(value);
        if schema.unique_items && values.iter().enumerate().any(twice) {
            self.wrong(at, "must not have a member twice");
        }
        if let Some(items) = &schema.items {
            for (index, item) in values.iter().enumerate() {
                self.value(items, item, &format!("{at}[{index}]"));
            }
        }
    }

    fn alternatives(&mut self, schema: &Schema, value: &Value, at: &str) {
        if let Some(branch) = schema.tagged(value) {
            return self.value(branch, value, at);
        }
        let tried = schema.branches();
        let tried: Vec<_> = tried
            .map(|it| problems(it, value, self.is_request))
            .collect();
        let fitting = tried.iter().filter(|it| it.is_empty()).count();
        match fitting {
            1 => {}
            0 => {
                let nearest = tried.into_iter().min_by_key(Vec::len).unwrap_or_default();
                let nearest = nearest.iter().map(|it| match it.field.as_str() {
                    "" => format!("it {}", it.message),
                    field => format!("{field} {}", it.message),
                });
                let nearest = nearest.collect::<Vec<_>>().join("; ");
                self.wrong(at, format!("fits none of its forms ({nearest})"));
            }
            _ if schema.one_of.is_empty() => {}
            _ => self.wrong(at, "fits more than one of its forms"),
        }
    }
}

fn child(at: &str, name: &str) -> String {
    if at.is_empty() {
        name.to_owned()
    } else {
        format!("{at}.{name}")
    }
}
