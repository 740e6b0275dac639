//! Lists chats, then starts one with a file and Recruiter options, and shows what goes over the wire: the server is a
//! thread of this program, which answers as the documentation does.
//!
//! ```sh
//! cargo run --package postpress-client --example first_message
//! ```

use std::error::Error;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::{env, fs, process, thread};

use postpress_client::enums::{AccountType, SourcingChannel, Visibility};
use postpress_client::forms::{
    DaysSchedule, FollowUp, LinkedinOptions, RecruiterOptions, ScheduledTime, StartChatRequest,
};
use postpress_client::params::ListChatsParams;
use postpress_client::{Client, Upload, runtime};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    run(&mut io::stdout()).await
}

/// Does it all, and writes to `out` what there is to see.
pub(crate) async fn run(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let (base_url, requests) = serve()?;
    // Outside of an example this is `Client::new(DEFAULT_BASE_URL)`. A proxy could not reach our server.
    let http = runtime::http_client().no_proxy().build()?;
    let client = Client::with_http_client(&base_url, http).with_api_key("pp_live_example")?;

    let account = "acc_01HXYZ4QK3WJ8FN3M6QH7TZ8GR".to_owned();
    let chats = client
        .list_chats(&ListChatsParams {
            account_id: vec![account.clone()],
            account_type: Some(AccountType::Linkedin),
            unread: Some(true),
            after: Some("2026-05-01T00:00:00Z".parse()?),
            limit: Some(20),
            ..Default::default()
        })
        .await?;
    writeln!(out, "{}", requests.recv()?)?;
    for chat in &chats.value().items {
        let name = chat.name.as_deref().unwrap_or("nobody");
        writeln!(
            out,
            "=> {name}, {} unread: {}\n",
            chat.unread_count, chat.id
        )?;
    }

    let folder = env::temp_dir().join(format!("postpress-first-message-{}", process::id()));
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("role.txt"), "Rust engineer, remote.\n")?;
    let started = client
        .start_chat(&StartChatRequest {
            account_id: account,
            attendees_ids: vec!["AEMAAA1".into()],
            text: Some("<strong>Hello!</strong> Would you like to hear of a role?".into()),
            attachments: vec![Upload::path(folder.join("role.txt"))],
            linkedin: Some(LinkedinOptions::Recruiter(RecruiterOptions {
                sourcing_channel: Some(SourcingChannel::RecruiterSearch),
                visibility: Some(Visibility::Project),
                follow_up: Some(FollowUp {
                    subject: "Still interested?".into(),
                    text: "Here is more about the team.".into(),
                    attachments: vec![Upload::bytes("Seven people.\n").with_file_name("team.txt")],
                    scheduled_time: ScheduledTime::Days(DaysSchedule {
                        days: 5,
                        timezone: "Europe/Paris".into(),
                    }),
                }),
                ..Default::default()
            })),
            ..Default::default()
        })
        .await;
    fs::remove_dir_all(&folder)?;
    let started = started?;
    writeln!(out, "{}", requests.recv()?)?;
    let started_in = started.value();
    let id = |id: &Option<String>| id.clone().unwrap_or("not known yet".into());
    writeln!(
        out,
        "=> {}: chat {}, message {}",
        started.status(),
        id(&started_in.chat_id),
        id(&started_in.message_id)
    )?;
    Ok(())
}

/// Starts the server; gives its base URL, and every request as it came.
fn serve() -> io::Result<(String, Receiver<String>)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let base_url = format!("http://{}/v1", listener.local_addr()?);
    let (seen, requests) = mpsc::channel();
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            // The program may be over.
            let _ = answer(connection, &seen);
        }
    });
    Ok((base_url, requests))
}

fn answer(mut connection: TcpStream, seen: &Sender<String>) -> io::Result<()> {
    let request = read(&mut connection)?;
    let (status, body) = if request.starts_with("GET ") {
        ("200 OK", CHATS)
    } else {
        ("201 Created", STARTED)
    };
    // Before the response, so that it is there when the client goes on.
    let _ = seen.send(request);
    write!(
        connection,
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// A whole request. All that we send is text.
fn read(connection: &mut TcpStream) -> io::Result<String> {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let count = connection.read(&mut buffer)?;
        request.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&request);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            let length = length.and_then(|length| length.parse().ok()).unwrap_or(0);
            if body.len() >= length || count == 0 {
                return Ok(text.replace("\r\n", "\n"));
            }
        } else if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

const CHATS: &str = r#"{
  "object": "ChatList",
  "items": [
    {
      "object": "Chat",
      "id": "chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR",
      "account_id": "acc_01HXYZ4QK3WJ8FN3M6QH7TZ8GR",
      "account_type": "LINKEDIN",
      "provider_id": "2-NTRkZDA4M2QtZDcxZS00YzY5LWE1MWUtZGM5...",
      "attendee_provider_id": "ACoAACr-1eYBl...",
      "name": "Jordan Walke",
      "type": 0,
      "timestamp": "2026-05-17T09:42:11.000Z",
      "unread_count": 2,
      "archived": 0,
      "muted_until": null,
      "read_only": 0,
      "folder": ["INBOX", "INBOX_LINKEDIN_RECRUITER"],
      "pinned": 0
    }
  ],
  "cursor": null
}"#;

const STARTED: &str = r#"{
  "object": "ChatStarted",
  "chat_id": "chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GS",
  "message_id": "msg_01HXYZ4QK3WJ8FN3M6QH7TZ8GS"
}"#;
