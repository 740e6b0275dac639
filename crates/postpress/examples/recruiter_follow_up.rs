//! Starts a chat by LinkedIn Recruiter, with a second message and its brochure in ten days.
//!
//! ```text
//! cargo run -p postpress --example recruiter_follow_up -- ACCOUNT_ID RECIPIENT_ID
//! ```

mod common;

use postpress::{
    Error, Recipient, STANDARD_LIMIT, Upload,
    linkedin::{FollowUp, Recruiter, Schedule, SourcingChannel, Visibility},
};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let service = common::Service::connect().await?;
    let mut arguments = std::env::args().skip(1);
    let (mut account, mut recipient) = (
        arguments.next().unwrap_or_default(),
        arguments.next().unwrap_or_default(),
    );
    if let Some(mock) = &service.mock {
        account = mock.chats()[0]["account_id"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        recipient = "AEMAAAexample".to_owned();
    }

    let brochure = Upload::bytes(vec![0; 3_000_000]).with_file_name("brochure.pdf");
    let follow_up = FollowUp::new(
        "Still interested?",
        "I have attached our brochure.",
        Schedule::days(10, "Europe/Paris"),
    )
    .attach(brochure);
    let options = Recruiter::new()
        .signature("Anna Example, Example AG")
        .sourcing_channel(SourcingChannel::RecruiterSearch)
        .visibility(Visibility::Project)
        .follow_up(follow_up);
    let started = service
        .postpress
        .start_chat(account, Recipient::linkedin(recipient))
        .subject("A role that may suit you")
        .text("Hello! <strong>Would you like to talk?</strong>")
        .linkedin(options)
        .max_file_size(STANDARD_LIMIT)
        .on_progress(|sent, total| eprintln!("{:3} % of the files", 100 * sent / total.max(1)))
        .await?;
    match started.chat_id() {
        Some(id) => println!("the chat is {id}"),
        None => println!("the chat is started; the provider has not given its id yet"),
    }
    if let Some(mock) = service.mock {
        println!("\nwhat the mock got:");
        for request in mock.received() {
            for part in request.parts() {
                println!(
                    "  {} = {}",
                    part.name(),
                    part.text().or(part.file_name()).unwrap_or_default()
                );
            }
        }
    }
    Ok(())
}
