//! Prints the chats with unread messages, each with its newest message.
//!
//! ```text
//! cargo run -p postpress --example inbox
//! ```

mod common;

use postpress::{Error, Mute};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let service = common::Service::connect().await?;
    let mut chats = service.postpress.list_chats().unread(true).stream();
    let mut count = 0;
    while let Some(chat) = chats.try_next().await? {
        count += 1;
        let muted = if chat.mute() == Mute::Not {
            ""
        } else {
            ", muted"
        };
        let what = if chat.is_group() { "group" } else { "chat" };
        println!(
            "{} ({} {what}, {} unread{muted})",
            chat.name().unwrap_or("without a name"),
            chat.provider(),
            chat.unread_count(),
        );
        let detail = service.postpress.get_chat(chat.id()).await?;
        let Some(message) = detail.last_message() else {
            continue;
        };
        let who = if message.is_own() { "you" } else { "they" };
        println!("  {who}: {}", message.text().unwrap_or("(no text)"));
        for attachment in message.attachments() {
            println!(
                "  with an attachment: {}",
                attachment.tag().unwrap_or("of an unknown kind")
            );
        }
    }
    println!("{count} chats with unread messages");
    drop(service.mock);
    Ok(())
}
