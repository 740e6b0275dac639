//! Writes to many people, a few at a time, and reports who got what. What is unknown is never sent again by itself.
//!
//! ```text
//! cargo run -p postpress --example outreach -- ACCOUNT_ID RECIPIENT_ID...
//! ```

mod common;

use futures_util::{StreamExt, stream};
use postpress::{Delivery, Error, Recipient};
use postpress_mock::{Fault, RetryAfter};

/// How many messages are under way at a time.
const AT_A_TIME: usize = 4;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let service = common::Service::connect().await?;
    let mut arguments = std::env::args().skip(1);
    let mut account = arguments.next().unwrap_or_default();
    let mut recipients: Vec<String> = arguments.collect();
    if let Some(mock) = &service.mock {
        // Something to report: one of the requests is lost after it was carried out, one is asked to come later.
        account = mock.chats()[0]["account_id"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        recipients = (1..=8).map(|n| format!("ACoAAexample{n}")).collect();
        mock.inject(Fault::too_many_requests(RetryAfter::Absent));
        mock.inject(Fault::reset_after_read());
    }
    if account.is_empty() || recipients.is_empty() {
        eprintln!("Usage: outreach ACCOUNT_ID RECIPIENT_ID...");
        return Ok(());
    }

    let outcomes: Vec<(String, Result<(), Error>)> = stream::iter(recipients)
        .map(|id| {
            let (postpress, account) = (&service.postpress, &account);
            async move {
                let sent = postpress
                    .start_chat(account, Recipient::linkedin(&id))
                    .text("Hello! Would you like to talk about your role?")
                    .await;
                (id, sent.map(drop))
            }
        })
        .buffer_unordered(AT_A_TIME)
        .collect()
        .await;

    let (mut sent, mut look, mut again) = (0, 0, 0);
    for (id, outcome) in &outcomes {
        match outcome.as_ref().map_err(|error| (error.delivery(), error)) {
            Ok(()) => {
                sent += 1;
                println!("sent       {id}");
            }
            Err((Some(Delivery::Unknown), error)) => {
                look += 1;
                println!("UNKNOWN    {id}: {error}");
            }
            Err((_, error)) => {
                again += 1;
                println!("not sent   {id}: {error}");
            }
        }
    }
    println!(
        "\n{sent} sent; {again} not sent, and safe to send again; {look} to be looked at first"
    );
    if let Some(mock) = service.mock {
        println!("the mock carried out {} messages", mock.messages_sent());
    }
    Ok(())
}
