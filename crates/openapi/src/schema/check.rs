//! Holds JSON against a schema.

use std::fmt;

use serde_json::Value;

use super::{Schema, TextFormat};

/// How much of a wrong value a message repeats, in characters.
const SHOWN: usize = 40;

/// One thing that is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What kind of thing.
    pub kind: Kind,
    /// The way to it.
    pub path: Vec<Step>,
    /// Continues a sentence that begins with its name: `is required`.
    pub message: String,
}

/// A kind of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something required is absent.
    Missing,
    /// A number is greater than its maximum.
    TooHigh,
    /// A text has more characters than are allowed.
    TooLong,
    /// A member that the schema allows, but does not know.
    Unknown,
    /// Anything else.
    Invalid,
}

/// A step from a value to one in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the member of an object.
    Member(String),
    /// To an item of a list, counted from 0.
    Item(usize),
}

/// Begins with the way to the value: `parts[0].name is required`.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.field().as_str() {
            "" => write!(f, "it {}", self.message),
            field => write!(f, "{field} {}", self.message),
        }
    }
}

impl Problem {
    /// The way to the value, as one writes it: `parts[0].name`.
    pub fn field(&self) -> String {
        let mut field = String::new();
        for step in &self.path {
            match step {
                Step::Member(name) if field.is_empty() => field.push_str(name),
                Step::Member(name) => field.extend([".", name]),
                Step::Item(index) => field += &format!("[{index}]"),
            }
        }
        field
    }

    fn is_misfit(&self) -> bool {
        self.kind != Kind::Unknown
    }
}

/// What is wrong with a value of a request or a response. What is only sent in the other of the two need not be there.
pub fn problems(schema: &Schema, value: &Value, is_request: bool) -> Vec<Problem> {
    let mut check = Check {
        is_request,
        path: Vec::new(),
        problems: Vec::new(),
    };
    check.value(schema, value);
    check.problems
}

/// The branch of a union that `value` is, or comes nearest to.
pub fn branch<'s>(schema: &'s Schema, value: &Value) -> Option<&'s Schema> {
    let misfits = |it: &Schema| misfits(&problems(it, value, false));
    let nearest = || schema.branches().min_by_key(|it| misfits(it));
    schema.tagged(value).or_else(nearest)
}

fn misfits(problems: &[Problem]) -> usize {
    problems.iter().filter(|it| it.is_misfit()).count()
}

struct Check {
    is_request: bool,
    /// The way to the value that is looked at.
    path: Vec<Step>,
    problems: Vec<Problem>,
}

impl Check {
    fn problem(&mut self, kind: Kind, message: impl Into<String>) {
        self.problems.push(Problem {
            kind,
            path: self.path.clone(),
            message: message.into(),
        });
    }

    fn wrong(&mut self, message: impl Into<String>) {
        self.problem(Kind::Invalid, message);
    }

    fn within(&mut self, step: Step, look: impl FnOnce(&mut Check)) {
        self.path.push(step);
        look(self);
        self.path.pop();
    }

    fn value(&mut self, schema: &Schema, value: &Value) {
        let listed = schema.values.as_ref().is_none_or(|it| it.contains(value));
        if value.is_null() && schema.nullable && listed {
            return;
        }
        if schema.branches().next().is_some() {
            return self.alternatives(schema, value);
        }
        if value.is_null() {
            if !(schema.types().is_empty() && listed) {
                self.wrong("must not be null");
            }
            return;
        }
        let types = schema.types();
        if !types.is_empty() && !types.iter().any(|it| it.fits(value)) {
            return self.wrong(format!("is of the wrong type: {value}"));
        }
        if let Err((kind, message)) = within(schema, value) {
            self.problem(kind, message);
        }
        if let Some(items) = value.as_array() {
            self.list(schema, items);
        }
        if value.is_object() {
            self.object(schema, value);
        }
    }

    fn object(&mut self, schema: &Schema, value: &Value) {
        let members = || value.as_object().into_iter().flatten();
        let count = members().count() as u64;
        let most = schema.max_members.unwrap_or(u64::MAX);
        if count < schema.min_members || count > most {
            self.wrong(format!("must not have {count} members"));
        }
        for name in schema.required.iter().filter(|it| value.get(it).is_none()) {
            let elsewhere = schema
                .property(name)
                .is_some_and(|it| match self.is_request {
                    true => it.read_only,
                    false => it.write_only,
                });
            if !elsewhere {
                let step = Step::Member(name.clone());
                self.within(step, |it| it.problem(Kind::Missing, "is required"));
            }
        }
        for (name, member) in members() {
            let declared = schema.property(name).or(schema.additional.as_deref());
            self.within(Step::Member(name.clone()), |it| match declared {
                Some(schema) => it.value(schema, member),
                None if schema.is_closed => it.wrong("must not be given"),
                None if schema.properties.is_empty() => {}
                None => it.problem(Kind::Unknown, "is not declared"),
            });
        }
    }

    fn list(&mut self, schema: &Schema, items: &[Value]) {
        let count = items.len() as u64;
        if count < schema.min_items {
            self.wrong(format!("must have at least {} members", schema.min_items));
        }
        if let Some(most) = schema.max_items.filter(|most| count > *most) {
            self.wrong(format!("must have at most {most} members"));
        }
        let twice = |(index, value)| items[..index].contains(value);
        if schema.unique_items && items.iter().enumerate().any(twice) {
            self.wrong("must not have a member twice");
        }
        if let Some(schema) = &schema.items {
            for (index, item) in items.iter().enumerate() {
                self.within(Step::Item(index), |it| it.value(schema, item));
            }
        }
    }

    fn alternatives(&mut self, schema: &Schema, value: &Value) {
        if let Some(branch) = schema.tagged(value) {
            return self.value(branch, value);
        }
        let tried = schema
            .branches()
            .map(|it| problems(it, value, self.is_request));
        let tried: Vec<_> = tried.collect();
        let fitting = tried.iter().filter(|it| misfits(it) == 0).count();
        if fitting > 1 && !schema.one_of.is_empty() {
            self.wrong("fits more than one of its forms");
        }
        let nearest = tried.into_iter().min_by_key(|it| (misfits(it), it.len()));
        let nearest = nearest.unwrap_or_default();
        if fitting == 0 {
            let misfits = nearest.iter().filter(|it| it.is_misfit());
            let misfits: Vec<String> = misfits.map(Problem::to_string).collect();
            let misfits = misfits.join("; ");
            return self.wrong(format!("fits none of its forms ({misfits})"));
        }
        // What the form that fits allows, and does not know.
        self.problems.extend(nearest.into_iter().map(|mut problem| {
            problem.path.splice(..0, self.path.iter().cloned());
            problem
        }));
    }
}

/// Checks the keywords that bound a single value.
///
/// # Errors
/// What is wrong with it.
pub fn within(schema: &Schema, value: &Value) -> Result<(), (Kind, String)> {
    let invalid = |message: String| Err((Kind::Invalid, message));
    if let Some(values) = &schema.values
        && !values.contains(value)
    {
        let listed: Vec<String> = values.iter().map(named).collect();
        let one_of = if listed.len() == 1 { "" } else { "one of " };
        let listed = listed.join(", ");
        return invalid(format!("must be {one_of}{listed}, and is {}", named(value)));
    }
    if let Some(number) = value.as_f64() {
        let least = schema
            .least
            .filter(|it| number < it.value || it.open && number == it.value);
        if let Some(least) = least {
            let than = if least.open {
                "greater than"
            } else {
                "at least"
            };
            return invalid(format!("must be {than} {}, and is {number}", least.value));
        }
        let most = schema
            .most
            .filter(|it| number > it.value || it.open && number == it.value);
        if let Some(most) = most {
            let than = if most.open { "less than" } else { "at most" };
            let message = format!("must be {than} {}, and is {number}", most.value);
            return Err((Kind::TooHigh, message));
        }
        // Decimal fractions have no exact value, so that some are a little off.
        let rest = schema
            .multiple_of
            .map(|it| (it, (number / it) - (number / it).round()));
        if let Some((factor, _)) = rest.filter(|(_, rest)| rest.abs() > 1e-9) {
            return invalid(format!("must be a multiple of {factor}, and is {number}"));
        }
        if schema.format.as_deref() == Some("int32") && i32::try_from(number as i64).is_err() {
            return invalid(format!("must fit 32 bits, and is {number}"));
        }
    }
    let Some(text) = value.as_str() else {
        return Ok(());
    };
    let length = text.chars().count() as u64;
    if length < schema.min_length {
        return invalid(match length {
            0 => "must not be empty".to_owned(),
            _ => format!("must have at least {} characters", schema.min_length),
        });
    }
    if let Some(most) = schema.max_length.filter(|most| length > *most) {
        let message = format!("must have at most {most} characters, and has {length}");
        return Err((Kind::TooLong, message));
    }
    let pattern = schema.pattern.as_ref().filter(|it| !it.is_match(text));
    if let Some(TextFormat {
        what,
        example,
        fits,
    }) = schema.text_format
    {
        if pattern.is_some() || !fits(text) {
            let shown = shown(text);
            return invalid(format!("must be {what} such as {example}, and is {shown}"));
        }
    } else if let Some(pattern) = pattern {
        return invalid(format!("must match {pattern}, and is {}", shown(text)));
    }
    Ok(())
}

fn named(value: &Value) -> String {
    match value {
        Value::String(text) => shown(text),
        other => other.to_string(),
    }
}

/// The beginning of a text, for a message.
pub fn shown(text: &str) -> String {
    if text.is_empty() {
        return "empty".to_owned();
    }
    let start: String = text.chars().take(SHOWN).collect();
    let start = start.escape_debug();
    if text.chars().nth(SHOWN).is_some() {
        format!("`{start}...`")
    } else {
        format!("`{start}`")
    }
}
