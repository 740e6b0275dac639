//! A run of `--each` is killed, and goes on: no message goes out twice.

use std::{
    collections::HashMap,
    fs,
    io::Write,
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Receiver, Sender},
    },
    thread,
    time::Duration,
};

use postpress_mock::{MockServer, Outcome};
use serde_json::Value;

use crate::support::{at, server_with};

/// How many rows a table has.
const ROWS: usize = 8;

/// When a run is killed.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// After so many microseconds.
    After(u64),
    /// In the pause before a row is written down.
    BeforeJournal,
    /// Once the journal says that a row is being sent.
    AfterJournal,
    /// While the service works on a request.
    DuringRequest,
    /// With the response there, and not yet looked at.
    AfterResponse,
}

/// The service, and what it has seen.
struct Service {
    server: MockServer,
    /// How often each text has come.
    texts: Arc<Mutex<HashMap<String, u32>>>,
    /// Whether the next request is held.
    hold: Arc<AtomicBool>,
    held: Receiver<()>,
    release: Sender<()>,
}

impl Service {
    fn start() -> Self {
        let (texts, hold) = (Arc::new(Mutex::default()), Arc::new(AtomicBool::new(false)));
        let (holds, held) = mpsc::channel();
        let (release, released) = mpsc::channel();
        let released = Mutex::new(released);
        let (counts, holding) = (Arc::clone(&texts), Arc::clone(&hold));
        let server = server_with(|mock| {
            mock.on_request(move |received| {
                let (Some(text), true) = (
                    received.text("text"),
                    received.outcome() != Outcome::BrokenOff,
                ) else {
                    return;
                };
                let mut counts: std::sync::MutexGuard<'_, HashMap<String, u32>> =
                    counts.lock().expect("counts");
                *counts.entry(text.to_owned()).or_default() += 1;
                drop(counts);
                if holding.swap(false, Ordering::SeqCst) {
                    // A test that failed has dropped its ends.
                    let _ = holds.send(());
                    let _ = released.lock().expect("one request").recv();
                }
            })
        });
        Self {
            server,
            texts,
            hold,
            held,
            release,
        }
    }

    /// How often the message of a row has come. What had been sent when this is called has been seen.
    fn count(&self, table: usize, row: usize) -> u32 {
        for _ in 0..3 {
            // The service has one thread, which sees to everybody in turn.
            let mut other = TcpStream::connect(self.server.address()).expect("a connection");
            let request = b"GET /v1/chats HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
            other.write_all(request).expect("a request");
            let response = std::io::read_to_string(other).expect("a response");
            assert!(response.starts_with("HTTP/1.1 401"), "{response}");
        }
        let texts = self.texts.lock().expect("counts");
        texts.get(&text(table, row)).copied().unwrap_or_default()
    }
}

/// The message of a row, with the number of its table.
fn text(table: usize, row: usize) -> String {
    format!("Message {table}-{row}")
}

fn start(service: &Service, folder: &Path, more: &[String]) -> Child {
    let arguments = [
        "chats",
        "start",
        "-a",
        "acc_1",
        "--each",
        "people.csv",
        "-t",
        "{{ to }}",
        "Message {{ id }}",
    ];
    let mut command = at(&service.server, arguments);
    command.args(more).current_dir(folder);
    let quiet = command.stdout(Stdio::null()).stderr(Stdio::null());
    quiet.spawn().expect("it starts")
}

/// The last state of each row in the journal.
fn states(folder: &Path) -> HashMap<usize, String> {
    let journal = fs::read_to_string(folder.join("people.csv.journal")).unwrap_or_default();
    let lines = journal
        .split_inclusive('\n')
        .filter(|line| line.ends_with('\n'));
    lines
        .skip(1)
        .map(|line| {
            let entry: Value = serde_json::from_str(line).expect("an entry");
            let row = usize::try_from(entry["row"].as_u64().expect("a row")).expect("a row");
            (row, entry["state"].as_str().expect("a state").to_owned())
        })
        .collect()
}

/// Rows of which nobody knows what became of them.
fn unknown(folder: &Path) -> Vec<usize> {
    let rows = states(folder).into_iter();
    let rows = rows.filter(|(_, state)| matches!(state.as_str(), "sending" | "unknown"));
    rows.map(|(row, _)| row).collect()
}

/// Kills a run at a moment. Returns its exit code if it came to its end before.
fn kill(service: &Service, folder: &Path, mut run: Child, moment: Moment) -> Option<i32> {
    let length = || fs::metadata(folder.join("people.csv.journal")).map_or(0, |it| it.len());
    let before = states(folder);
    let until = |run: &mut Child, happened: &dyn Fn() -> bool| {
        while !happened() && run.try_wait().expect("a status").is_none() {
            thread::sleep(Duration::from_micros(200));
        }
    };
    let sent = |rows: &HashMap<usize, String>| rows.values().filter(|it| *it == "sent").count();
    match moment {
        Moment::After(pause) => thread::sleep(Duration::from_micros(pause)),
        Moment::BeforeJournal => until(&mut run, &|| sent(&states(folder)) > sent(&before)),
        Moment::AfterJournal => {
            let length_before = length();
            until(&mut run, &|| {
                length() > length_before && !unknown(folder).is_empty()
            });
        }
        Moment::DuringRequest | Moment::AfterResponse => {
            service.hold.store(true, Ordering::SeqCst);
            let held = AtomicBool::new(false);
            until(&mut run, &|| {
                held.fetch_or(service.held.try_recv().is_ok(), Ordering::SeqCst);
                held.load(Ordering::SeqCst)
            });
            if held.into_inner() {
                if let Moment::AfterResponse = moment {
                    // It cannot read what comes from now on.
                    let id = run.id().to_string();
                    let stopped = Command::new("kill").args(["-STOP", &id]).status();
                    assert!(stopped.expect("kill runs").success());
                    service.release.send(()).expect("the server");
                    service.count(0, 0);
                    run.kill().expect("it is killed");
                } else {
                    run.kill().expect("it is killed");
                    service.release.send(()).expect("the server");
                }
            }
            service.hold.store(false, Ordering::SeqCst);
            if service.held.try_recv().is_ok() {
                // It held what a run before this one had sent.
                service.release.send(()).expect("the server");
            }
        }
    }
    // If it has ended by itself, there is nothing to kill.
    let _ = run.kill();
    run.wait().expect("a status").code()
}

/// Kills so many runs, at all moments in turn, and looks what went out.
fn attack(kills: usize) {
    let service = Service::start();
    let mut killed = 0;
    let mut random = 7_u64;
    for table in 1.. {
        if killed >= kills {
            break;
        }
        let folder = tempfile::tempdir().expect("a directory");
        let mut rows = "to,id\n".to_owned();
        for row in 2..ROWS + 2 {
            rows += &format!("x{table}_{row},{table}-{row}\n");
        }
        fs::write(folder.path().join("people.csv"), rows).expect("it is written");
        loop {
            // Numbers that look random, and are the same each time.
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let number = random >> 33;
            let moment = match killed % 5 {
                0 => Moment::After(number % 150_000),
                1 => Moment::BeforeJournal,
                2 => Moment::AfterJournal,
                3 => Moment::DuringRequest,
                _ => Moment::AfterResponse,
            };
            let mut more = Vec::new();
            if let Moment::BeforeJournal = moment {
                // A pause of 25 to 75 ms.
                more.extend(["--per-hour".to_owned(), "72000".to_owned()]);
            }
            // Sometimes a person looks, and says what became of the rows that are unknown.
            if number.is_multiple_of(3) {
                for row in unknown(folder.path()) {
                    let was = if service.count(table, row) > 0 {
                        "sent"
                    } else {
                        "not-sent"
                    };
                    more.extend(["--mark".to_owned(), format!("{row}={was}")]);
                }
            }
            let run = start(&service, folder.path(), &more);
            match kill(&service, folder.path(), run, moment) {
                None => killed += 1,
                Some(0) => break,
                // All is done that can be done without a person.
                Some(5) => {}
                Some(code) => panic!("it ended with {code} after {moment:?}"),
            }
            let texts = service.texts.lock().expect("counts");
            let twice: Vec<_> = texts.iter().filter(|(_, count)| **count > 1).collect();
            assert!(twice.is_empty(), "{twice:?} after {moment:?}");
        }
        for row in 2..ROWS + 2 {
            assert_eq!(service.count(table, row), 1, "row {row}");
        }
    }
}

#[test]
fn a_run_that_is_killed_sends_nothing_twice() {
    attack(25);
}

/// `cargo test -p postpress-cli --test it a_thousand_kills -- --ignored`, some minutes.
#[test]
#[ignore = "takes minutes"]
fn a_thousand_kills_send_nothing_twice() {
    attack(1000);
}

#[test]
fn two_runs_do_not_share_a_journal() {
    let service = Service::start();
    let folder = tempfile::tempdir().expect("a directory");
    fs::write(folder.path().join("people.csv"), "to,id\nx,1\n").expect("it is written");
    service.hold.store(true, Ordering::SeqCst);
    let mut first = start(&service, folder.path(), &[]);
    service.held.recv().expect("a request");
    let second = start(&service, folder.path(), &[])
        .wait()
        .expect("a status");
    assert_eq!(second.code(), Some(2));
    service.release.send(()).expect("the server");
    assert_eq!(first.wait().expect("a status").code(), Some(0));
    assert_eq!(service.server.messages_sent(), 1);
}

#[test]
fn ctrl_c_lets_the_message_under_way_be_finished() {
    let service = Service::start();
    let folder = tempfile::tempdir().expect("a directory");
    fs::write(folder.path().join("people.csv"), "to,id\nx,1\ny,2\n").expect("it is written");
    service.hold.store(true, Ordering::SeqCst);
    let mut run = start(&service, folder.path(), &[]);
    service.held.recv().expect("a request");
    let id = run.id().to_string();
    let interrupted = Command::new("kill").args(["-INT", &id]).status();
    assert!(interrupted.expect("kill runs").success());
    service.release.send(()).expect("the server");
    assert_eq!(run.wait().expect("a status").code(), Some(130));
    assert_eq!(
        states(folder.path()),
        HashMap::from([(2, "sent".to_owned())])
    );
    assert_eq!(service.server.messages_sent(), 1);
}
