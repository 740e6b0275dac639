//! The table, and the message of each of its rows. All of them are checked before the first is sent.

use std::{collections::HashMap, fmt::Write};

use postpress::Postpress;
use sha2::{Digest, Sha256};

use super::templates::{Job, Templates};
use crate::{
    commands::send::Message,
    exit::Exit,
    failure::Failure,
    progress::{Progress, Uploads},
    wire::request::{Content, Request},
};

/// The most problems that are listed one by one.
const LISTED: usize = 30;

/// A row with its message.
pub(crate) struct Row {
    /// As a spreadsheet counts: the header is row 1.
    pub(crate) number: usize,
    pub(crate) message: Message,
    /// The request as it goes out.
    pub(crate) request: Request,
    /// A digest of whom the message goes to. No two rows have the same.
    pub(crate) target: String,
    /// A digest of all that goes out, but for the content of files.
    pub(crate) digest: String,
}

/// The table as it was read.
struct Table {
    columns: Vec<String>,
    records: Vec<Record>,
    /// What is wrong with the rows that are not among the records.
    problems: Vec<Problem>,
}

/// A row as it is in the table.
pub(crate) struct Record {
    pub(crate) row: usize,
    /// The cells that are not empty, with their columns.
    pub(crate) cells: Vec<(String, String)>,
}

/// Something wrong with a row.
pub(crate) struct Problem {
    row: usize,
    columns: Vec<String>,
    what: String,
}

/// Reads the table, and makes the request of every row.
///
/// # Errors
/// When anything is wrong with any row.
pub(crate) async fn read(
    job: &Job,
    postpress: &Postpress,
    progress: &Progress,
) -> Result<Vec<Row>, Failure> {
    let path = job.each.each.as_deref().unwrap_or_else(|| "".as_ref());
    let bytes = tokio::fs::read(path).await;
    let bytes = bytes.map_err(|error| Failure::unreadable(&path.display(), &error))?;
    let Table {
        columns,
        records,
        mut problems,
    } = table(&bytes)?;
    let mut templates = Templates::new(job, &columns).await?;
    let mut rows: Vec<Row> = Vec::new();
    let mut targets = HashMap::new();
    let count = records.len() + problems.len();
    for record in records {
        let number = record.row;
        match row(&record, &mut templates, postpress, progress).await {
            Ok(row) => match targets.insert(row.target.clone(), number) {
                None => rows.push(row),
                Some(first) => {
                    let what = format!("it goes to the same recipient as row {first}");
                    problems.push(Problem::new(number, [], what));
                }
            },
            Err(wrong) => problems.extend(wrong),
        }
    }
    refuse(problems, count)?;
    match rows.is_empty() {
        true => Err(Failure::usage(format!("{} has no rows", path.display()))),
        false => Ok(rows),
    }
}

/// All problems, if there are any, as one failure.
pub(crate) fn refuse(mut problems: Vec<Problem>, of: usize) -> Result<(), Failure> {
    if problems.is_empty() {
        return Ok(());
    }
    problems.sort_by_key(|problem| problem.row);
    let mut bad: Vec<usize> = problems.iter().map(|problem| problem.row).collect();
    bad.dedup();
    let more = problems.len().saturating_sub(LISTED);
    let problems = problems.into_iter().take(LISTED);
    let mut lines: Vec<_> = problems
        .map(|problem| (problem.place(), problem.what))
        .collect();
    if more > 0 {
        lines.push(("and".to_owned(), format!("{more} more")));
    }
    let headline = format!(
        "{} of {of} rows cannot be sent as they are, so nothing was sent",
        bad.len()
    );
    Err(Failure::Listed {
        headline,
        exit: Exit::Usage,
        lines,
    })
}

impl Problem {
    pub(crate) fn new(
        row: usize,
        columns: impl IntoIterator<Item = String>,
        what: impl Into<String>,
    ) -> Self {
        let (mut columns, what) = (Vec::from_iter(columns), what.into());
        columns.sort();
        columns.dedup();
        Self { row, columns, what }
    }

    fn place(&self) -> String {
        match self.columns.as_slice() {
            [] => format!("row {}", self.row),
            columns => format!("row {}, {}", self.row, columns.join(", ")),
        }
    }
}

fn table(bytes: &[u8]) -> Result<Table, Failure> {
    let not_text = "is not text in UTF-8; spreadsheets save that as \"CSV UTF-8\"";
    // Where the comma is the decimal mark, spreadsheets separate by semicolons.
    let header = bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let count = |mark: &u8| header.iter().filter(|byte| *byte == mark).count();
    let delimiter = [b';', b'\t', b',']
        .into_iter()
        .max_by_key(count)
        .unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(bytes);
    let header = reader
        .headers()
        .map_err(|_| Failure::usage(format!("the header {not_text}")))?;
    let columns: Vec<String> = header.iter().map(variable).collect();
    for (index, column) in columns.iter().enumerate() {
        if columns[..index].contains(column) {
            return Err(Failure::usage(format!(
                "the table has two columns `{column}`"
            )));
        }
    }
    let (mut records, mut problems) = (Vec::new(), Vec::new());
    for (index, record) in reader.byte_records().enumerate() {
        let number = index + 2;
        let record = record.map_err(anyhow::Error::from)?;
        if record.iter().all(<[u8]>::is_empty) {
            continue;
        }
        if record.len() != columns.len() {
            let (cells, expected) = (record.len(), columns.len());
            let what = format!("it has {cells} cells, and the header has {expected}");
            problems.push(Problem::new(number, [], what));
            continue;
        }
        let (mut cells, mut wrong) = (Vec::new(), Vec::new());
        for (column, cell) in columns.iter().zip(&record) {
            match std::str::from_utf8(cell) {
                Ok("") => {}
                Ok(cell) => cells.push((column.clone(), cell.to_owned())),
                Err(_) => wrong.push(column.clone()),
            }
        }
        match wrong.is_empty() {
            true => records.push(Record { row: number, cells }),
            false => problems.push(Problem::new(number, wrong, format!("the cell {not_text}"))),
        }
    }
    Ok(Table {
        columns,
        records,
        problems,
    })
}

/// The name of a column as templates write it.
fn variable(header: &str) -> String {
    let word = |c: char| if c.is_alphanumeric() { c } else { '_' };
    let name: String = header.chars().map(word).collect();
    match name.starts_with(|c: char| c.is_numeric()) {
        true => format!("_{name}"),
        false => name,
    }
}

/// A row with its request, which is built as it will go out.
async fn row(
    record: &Record,
    templates: &mut Templates,
    postpress: &Postpress,
    progress: &Progress,
) -> Result<Row, Vec<Problem>> {
    let number = record.row;
    let message = templates.message(record)?;
    if !message.sources().is_empty() {
        let what = "a row cannot read standard input, which `-` stands for";
        return Err(vec![Problem::new(number, [], what)]);
    }
    let mut uploads = Uploads::new(progress.clone());
    let request = message.request(postpress, &mut uploads).await;
    let built = request.and_then(|request| Ok(request.build()?));
    let request = built.map_err(|failure| {
        let reasons = failure.reasons().into_iter();
        reasons
            .map(|what| templates.problem(number, what))
            .collect::<Vec<_>>()
    })?;
    let request = Request::from(&request);
    let mut to: Vec<String> = request
        .form
        .iter()
        .filter(|part| {
            matches!(
                part.name.as_str(),
                "attendees_ids" | "attendees_ids[]" | "thread_id"
            )
        })
        .filter_map(|part| match &part.content {
            Content::Text { value } => Some(value.clone()),
            Content::File { .. } => None,
        })
        .collect();
    to.sort();
    let place = request.target();
    Ok(Row {
        target: digest(&(place, to)),
        digest: digest(&(place, &request.form)),
        number,
        message,
        request,
    })
}

/// Half a SHA-256 digest, in hexadecimal digits.
fn digest(value: &impl serde::Serialize) -> String {
    let json = serde_json::to_vec(value).unwrap_or_default();
    let mut text = String::new();
    for byte in &Sha256::digest(json)[..16] {
        // Writing into a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
