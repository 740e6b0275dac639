//! Sends the rows, one after the other.

use std::time::Duration;

use postpress::{Delivery, Error, Postpress, Timestamp};
use tokio::sync::watch;

use super::{
    input::{self, Problem, Row},
    journal::{self, Entries, Entry, Header, Journal, Known, State},
    report::{self, Report},
    templates::Job,
};
use crate::{
    advice, client,
    commands::send::Sent,
    delivery::Sending,
    failure::Failure,
    output::note,
    progress::{Progress, Uploads},
};

/// After so many failures in a row that are not the rows' fault, no more rows are tried.
const MOST_FAILURES: usize = 3;

pub(crate) async fn run(job: Job) -> Result<(), Failure> {
    job.sources().check(&job.connection)?;
    let progress = Progress::new(Sending::default());
    let postpress = client::connect(&job.connection, &progress).await?;
    let rows = input::read(&job, &postpress, &progress).await?;
    let header = Header::new(&job.command, postpress.base_url());
    let table = job.each.each.as_deref().unwrap_or_else(|| "".as_ref());
    let path = job.each.journal.clone();
    let path = path.unwrap_or_else(|| journal::beside(table));
    if job.connection.dry_run {
        let entries = journal::read(&path, &header)?;
        refuse_changes(&rows, &entries)?;
        return report::dry_run(job.output.format(), &rows, &entries);
    }
    let mut journal = Journal::open(&path, &header)?;
    refuse_changes(&rows, journal.entries())?;
    mark(&job, &rows, &mut journal)?;
    let why = send_all(&job, &rows, &mut journal, &postpress, &progress).await;
    let report = Report::new(&rows, journal.entries());
    let printed = report.print(job.output.format());
    // What became of the rows matters more than whether anybody reads it.
    report.outcome(why).and(printed)
}

/// Refuses rows that are not what they were when they were sent, or perhaps sent.
fn refuse_changes(rows: &[Row], entries: &Entries) -> Result<(), Failure> {
    let changed = |row: &&Row| {
        let entry = entries.get(&row.target);
        entry.is_some_and(|entry| entry.state != State::NotSent && entry.differs(row))
    };
    let problems: Vec<Problem> = rows
        .iter()
        .filter(changed)
        .map(|row| {
            let what = "the journal says that another message was sent to this recipient, or may have been; undo the change, or \
                        name another file with --journal to send this one as well";
            Problem::new(row.number, [], what)
        })
        .collect();
    input::refuse(problems, rows.len())
}

/// Writes down what `--mark` says.
fn mark(job: &Job, rows: &[Row], journal: &mut Journal) -> Result<(), Failure> {
    for mark in &job.each.marks {
        let is_unknown = |row: &&Row| {
            let entry = journal.entries().get(&row.target);
            row.number == mark.row && entry.is_some_and(|entry| entry.state.is_unknown())
        };
        let Some(row) = rows.iter().find(is_unknown) else {
            let row = mark.row;
            let why = "is not unknown, so that there is nothing to say of it with --mark";
            return Err(Failure::usage(format!("row {row} {why}")));
        };
        let state = match mark.was_sent {
            true => State::Sent,
            false => State::NotSent,
        };
        journal.record(Entry::new(row, state, Known::default()))?;
    }
    Ok(())
}

/// Sends what is still to be sent. Returns why it stopped, if it stopped before the end.
async fn send_all(
    job: &Job,
    rows: &[Row],
    journal: &mut Journal,
    postpress: &Postpress,
    progress: &Progress,
) -> Option<Stopped> {
    let is_open = |row: &&Row| {
        let entry = journal.entries().get(&row.target);
        entry.is_none_or(|entry| entry.state == State::NotSent)
    };
    let open: Vec<&Row> = rows.iter().filter(is_open).collect();
    let bar = progress.rows(open.len());
    let mut pace = Pace::new(job.each.per_hour, journal.entries());
    let mut interrupts = interrupts();
    let mut failures = 0;
    for row in open {
        bar.message(format!("row {}", row.number));
        // So that what was pressed by now is counted.
        tokio::task::yield_now().await;
        tokio::select! {
            biased;
            _ = interrupts.wait_for(|count| *count > 0) => return Some(Stopped::Interrupted),
            () = pace.wait() => {}
        }
        let mut record = |state, known| journal.record(Entry::new(row, state, known));
        if let Err(error) = record(State::Sending, Known::default()) {
            return Some(Stopped::Journal(error));
        }
        let twice = async {
            // It fails only when nobody counts any more, which does not happen.
            let _ = interrupts.wait_for(|count| *count > 0).await;
            note("This message is finished first; Ctrl-C once more ends at once.");
            let _ = interrupts.wait_for(|count| *count > 1).await;
        };
        let outcome = tokio::select! {
            biased;
            outcome = send(row, postpress, progress) => outcome,
            () = twice => return Some(Stopped::Interrupted),
        };
        if let Err(error) = record(outcome.state, outcome.known) {
            return Some(Stopped::Journal(error));
        }
        bar.advance();
        failures = match outcome.is_about_row {
            true => 0,
            false => failures + 1,
        };
        if failures == MOST_FAILURES {
            return Some(Stopped::Failing);
        }
    }
    None
}

/// Why rows were left that nobody tried to send.
#[derive(Debug)]
pub(crate) enum Stopped {
    /// From the keyboard.
    Interrupted,
    /// By failures that any other row would have met.
    Failing,
    /// The journal cannot be written.
    Journal(std::io::Error),
}

/// What became of a message.
struct Outcome {
    state: State,
    known: Known,
    /// Another row may well fare better.
    is_about_row: bool,
}

async fn send(row: &Row, postpress: &Postpress, progress: &Progress) -> Outcome {
    let mut uploads = Uploads::new(progress.clone());
    let sent: Result<Sent, Failure> = async {
        let request = row.message.request(postpress, &mut uploads).await?;
        Ok(request.send(Sending::default()).await?)
    }
    .await;
    let mut known = Known::default();
    let (state, is_about_row) = match sent {
        Ok(sent) => {
            (known.chat_id, known.message_id) = (sent.chat_id, sent.message_id);
            (State::Sent, true)
        }
        Err(failure) => {
            let error = match &failure {
                Failure::Call { error, .. } => Some(error),
                // A file is gone that was there when all rows were checked.
                _ => None,
            };
            let kind = error.and_then(|error| error.error_type());
            known.error = kind.map(ToString::to_string);
            known.error = known.error.or_else(|| Some(failure.reasons().join("; ")));
            match error.map(|error| error.delivery().unwrap_or(Delivery::Unknown)) {
                Some(Delivery::Unknown) => (State::Unknown, false),
                _ => (State::NotSent, error.is_none_or(is_about_row)),
            }
        }
    };
    Outcome {
        state,
        known,
        is_about_row,
    }
}

/// Whether an error comes from what was to be sent, rather than from the account, the network or the service.
fn is_about_row(error: &Error) -> bool {
    match error.status() {
        Some(status) => !advice::concerns_account(error.error_type(), status),
        None => error.is_invalid_request() || error.is_upload(),
    }
}

/// When the next message may go out.
struct Pace {
    gap: Option<Duration>,
    last: Option<Timestamp>,
}

impl Pace {
    /// Goes on from where an earlier run ended.
    fn new(per_hour: Option<u32>, entries: &Entries) -> Self {
        Self {
            gap: per_hour.map(|count| Duration::from_secs(3600) / count),
            last: entries.values().map(|entry| entry.at).max(),
        }
    }

    /// Waits, between half and one and a half times as long as the rate has it.
    async fn wait(&mut self) {
        let Some(gap) = self.gap else { return };
        let random = f64::from(getrandom::u32().unwrap_or(u32::MAX / 2)) / f64::from(u32::MAX);
        let pause = gap.mul_f64(0.5 + random);
        if let Some(last) = self.last {
            let passed = Timestamp::now().unix_millis() - last.unix_millis();
            let passed = Duration::from_millis(u64::try_from(passed).unwrap_or_default());
            tokio::time::sleep(pause.saturating_sub(passed)).await;
        }
        self.last = Some(Timestamp::now());
    }
}

/// Counts how often Ctrl-C was pressed.
fn interrupts() -> watch::Receiver<u32> {
    let (count, counted) = watch::channel(0);
    tokio::spawn(async move {
        while tokio::signal::ctrl_c().await.is_ok() {
            count.send_modify(|count| *count += 1);
        }
        // Without signals, nobody interrupts.
        std::future::pending::<()>().await;
    });
    counted
}
