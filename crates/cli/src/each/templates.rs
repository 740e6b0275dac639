//! The command line with `--each`: its values are templates, and each row makes a command line of its own of them.

use std::{collections::HashSet, ffi::OsString, path::Path};

use clap::{Arg, ArgMatches, CommandFactory, FromArgMatches, parser::ValueSource};
use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value};

use super::input::{Problem, Record};
use crate::{
    args::{
        Arguments, Command, connection, connection::Connection, each, each::Each, output::Output,
        sending::Sources,
    },
    commands::send::Message,
    failure::Failure,
    text::{self, STDIN},
};

/// A command line with `--each`.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) each: Each,
    pub(crate) connection: Connection,
    pub(crate) output: Output,
    /// The command: `chats start`.
    pub(crate) command: Vec<String>,
    /// Options without a value, which are the same for all rows.
    flags: Vec<String>,
    values: Vec<Given>,
}

/// A value that was given for an argument.
#[derive(Debug)]
struct Given {
    /// How people know the argument: `--to`, or `TEXT` if it has no name.
    argument: String,
    value: OsString,
    /// The value names a file that holds the template.
    in_file: bool,
}

/// The mass sending that a command line asks for, if it does.
pub(crate) fn parse(words: &[OsString]) -> Result<Option<Arguments>, clap::Error> {
    let mut shown = words.iter().map(|word| word.to_string_lossy());
    if !shown.any(|word| word == "--each" || word.starts_with("--each=")) {
        return Ok(None);
    }
    let root = Arguments::command();
    // A template can stand for a number, so that values are looked at only once they are filled in.
    let of_strings = |arg: Arg| match is_template(&arg) && arg.get_action().takes_values() {
        true => arg.value_parser(clap::value_parser!(OsString)),
        false => arg,
    };
    let untyped = root.clone();
    let untyped =
        untyped.mut_subcommands(|group| group.mut_subcommands(|leaf| leaf.mut_args(of_strings)));
    let matches = untyped.try_get_matches_from(words)?;
    let (mut command, mut leaf, mut found) = (Vec::new(), &root, &matches);
    while let Some((name, inner)) = found.subcommand() {
        command.push(name.to_owned());
        (leaf, found) = (leaf.find_subcommand(name).unwrap_or(leaf), inner);
    }
    if !matches!(found.try_contains_id("each"), Ok(true)) {
        return Ok(None);
    }
    let (flags, values) = given(leaf, found);
    let job = Job {
        each: Each::from_arg_matches(found)?,
        connection: Connection::from_arg_matches(found)?,
        output: Output::from_arg_matches(found)?,
        command,
        flags,
        values,
    };
    Ok(Some(Arguments {
        command: Command::Each(Box::new(job)),
        verbose: found.get_count("verbose"),
        color: found.get_one("color").copied().unwrap_or_default(),
    }))
}

/// Whether an argument says something of the message, rather than of how it is sent.
fn is_template(arg: &Arg) -> bool {
    let heading = arg.get_help_heading();
    let others = [connection::HEADING, each::HEADING];
    heading.is_none_or(|heading| !others.contains(&heading)) && arg.get_id() != "output"
}

/// The flags and values that were given for the arguments of a command.
fn given(command: &clap::Command, found: &ArgMatches) -> (Vec<String>, Vec<Given>) {
    let (mut flags, mut values) = (Vec::new(), Vec::new());
    for arg in command.get_arguments().filter(|arg| is_template(arg)) {
        let id = arg.get_id().as_str();
        if found.value_source(id) != Some(ValueSource::CommandLine) {
            continue;
        }
        let argument = match (arg.get_long(), arg.get_value_names()) {
            (Some(long), _) => format!("--{long}"),
            (None, Some([name, ..])) => name.to_string(),
            (None, _) => id.to_uppercase(),
        };
        if !arg.get_action().takes_values() {
            flags.push(argument);
            continue;
        }
        let is_text = matches!(id, "text" | "follow_up_text");
        let in_file = matches!(id, "text_file" | "follow_up_text_file");
        values.extend(found.get_raw(id).into_iter().flatten().map(|value| Given {
            argument: match id {
                "text_file" => "TEXT".to_owned(),
                _ => argument.trim_end_matches("-file").to_owned(),
            },
            value: value.to_owned(),
            in_file: in_file || is_text && value == STDIN,
        }));
    }
    (flags, values)
}

impl Job {
    /// The arguments that read standard input.
    pub(crate) fn sources(&self) -> Sources {
        let mut sources = Sources::default();
        for given in &self.values {
            sources.add(
                given.in_file && given.value == STDIN,
                given.argument.clone(),
            );
        }
        sources
    }
}

/// The templates of a command line, ready to be filled in.
pub(crate) struct Templates {
    root: clap::Command,
    /// What every row's command line begins with.
    beginning: Vec<String>,
    environment: Environment<'static>,
    templates: Vec<Template>,
}

/// A template, whose name in the environment is its place in the list.
struct Template {
    argument: String,
    columns: HashSet<String>,
}

impl Templates {
    /// Reads and checks the templates of a job. `columns` are what they may name.
    pub(crate) async fn new(job: &Job, columns: &[String]) -> Result<Self, Failure> {
        let mut environment = Environment::new();
        // An empty cell is an undefined variable: an error where it is written, and false in a condition.
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        let mut templates = Vec::new();
        for (index, given) in job.values.iter().enumerate() {
            let source = match given.in_file {
                true => text::given(None, Some(Path::new(&given.value))).await?,
                false => given.value.to_str().map(str::to_owned),
            };
            let argument = given.argument.clone();
            let source =
                source.ok_or_else(|| Failure::usage(format!("{argument} is not text in UTF-8")))?;
            let name = index.to_string();
            let added = environment.add_template_owned(name.clone(), source);
            added.map_err(|error| {
                Failure::usage(format!("{argument} is no template: {}", said(&error)))
            })?;
            let template = environment
                .get_template(&name)
                .map_err(anyhow::Error::from)?;
            let mut named = template.undeclared_variables(false);
            named.retain(|name| environment.globals().all(|(global, _)| global != name));
            if let Some(unknown) = named.iter().find(|name| !columns.contains(name)) {
                return Err(Failure::usage(format!(
                    "{argument} names the column `{unknown}`, which the table does not have{}; it has {}",
                    crate::text::suggestion(unknown, columns.iter().map(String::as_str)),
                    columns.join(", ")
                )));
            }
            templates.push(Template {
                argument,
                columns: named,
            });
        }
        let beginning = ["postpress".to_owned()].into_iter();
        let beginning = beginning.chain(job.command.iter().cloned());
        Ok(Self {
            root: Arguments::command(),
            beginning: beginning.chain(job.flags.iter().cloned()).collect(),
            environment,
            templates,
        })
    }

    /// The message for a row, from the cells that are not empty.
    pub(crate) fn message(&mut self, record: &Record) -> Result<Message, Vec<Problem>> {
        let cells = Value::from_pairs(record.cells.iter().cloned());
        let (mut options, mut positionals) = (self.beginning.clone(), Vec::new());
        let mut wrong = Vec::new();
        for (index, template) in self.templates.iter().enumerate() {
            let source = self.environment.get_template(&index.to_string());
            match source.and_then(|source| source.render(cells.clone())) {
                Ok(value) if !template.argument.starts_with("--") => positionals.push(value),
                Ok(value) if value.is_empty() => {}
                Ok(value) => options.push(format!("{}={value}", template.argument)),
                Err(error) => wrong.push(template.problem(record.row, &cells, &error)),
            }
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        // A chat that comes out empty stays in its place before the text.
        while positionals.pop_if(|value| value.is_empty()).is_some() {}
        options.push("--".to_owned());
        let matches = self
            .root
            .try_get_matches_from_mut(options.into_iter().chain(positionals));
        let arguments = matches.and_then(|matches| Arguments::from_arg_matches(&matches));
        let arguments =
            arguments.map_err(|error| vec![self.problem(record.row, first_paragraph(&error))])?;
        let none = || vec![self.problem(record.row, "the command sends no message".to_owned())];
        Message::of(arguments.command).ok_or_else(none)
    }

    /// Something wrong with the arguments that a text names, and so with the columns that they are made of.
    pub(crate) fn problem(&self, row: usize, what: String) -> Problem {
        let named = |argument: &str| {
            let words = what.split(|c: char| !(c.is_alphanumeric() || c == '-'));
            words.into_iter().any(|word| word == argument)
        };
        let templates = self.templates.iter();
        let columns = templates
            .filter(|template| named(&template.argument))
            .flat_map(|template| template.columns.iter().cloned());
        Problem::new(row, columns, what.as_str())
    }
}

impl Template {
    fn problem(&self, row: usize, cells: &Value, error: &minijinja::Error) -> Problem {
        let is_empty = |name: &&String| cells.get_attr(name).is_ok_and(|cell| cell.is_undefined());
        let empty: Vec<String> = match error.kind() {
            ErrorKind::UndefinedError => self.columns.iter().filter(is_empty).cloned().collect(),
            _ => Vec::new(),
        };
        let what = match empty.first() {
            Some(column) => format!(
                "the cell is empty; where that is right, write {{{{ {column} | default('') }}}} in {}",
                self.argument
            ),
            None => format!("{}: {}", self.argument, said(error)),
        };
        match empty.is_empty() {
            true => Problem::new(row, self.columns.iter().cloned(), what),
            false => Problem::new(row, empty, what),
        }
    }
}

/// What is wrong with a template, without the name that it has here.
fn said(error: &minijinja::Error) -> String {
    match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    }
}

/// What clap says is wrong, without its tips.
fn first_paragraph(error: &clap::Error) -> String {
    let text = error.to_string();
    let lines = text.lines().take_while(|line| !line.is_empty());
    let text = lines.map(str::trim).collect::<Vec<_>>().join(" ");
    text.trim_start_matches("error: ").to_owned()
}
