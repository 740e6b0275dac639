//! What to do with errors: who is to blame, whether to try again, whether the message may have gone out.
//!
//! ```text
//! cargo run -p postpress --example error_handling
//! ```

mod common;

use std::time::Duration;

use postpress::{Delivery, Error, ErrorType, RetryPolicy};
use postpress_mock::{Fault, MockServer, RetryAfter};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let service = common::Service::connect().await?;
    // The values are wrong, and all of them are named; nothing was sent.
    if let Err(error) = service.postpress.list_chats().limit(1000).account("").await {
        explain(&error);
    }
    // There is no such chat.
    if let Err(error) = service.postpress.get_chat("chat_that_is_not_there").await {
        explain(&error);
    }
    // The rest needs a service that fails when it is told to.
    let mock = match service.mock {
        Some(mock) => mock,
        None => MockServer::start().await,
    };
    let postpress = postpress::Postpress::builder()
        .api_key("mock")
        .base_url(mock.base_url())
        .retry(RetryPolicy::default().max_retries(1))
        .send_timeout(Duration::from_millis(300));
    let postpress = postpress.build()?;
    let id = mock.chats()[0]["id"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    for fault in [
        Fault::too_many_requests(RetryAfter::Seconds(Duration::from_secs(90))).always(),
        Fault::empty_unauthorized(),
        Fault::bad_gateway(),
        Fault::hang(),
    ] {
        mock.clear_faults();
        mock.inject(fault);
        if let Err(error) = postpress.send_message(&id).text("Hello!").await {
            explain(&error);
        }
    }
    Ok(())
}

fn explain(error: &Error) {
    println!("{error}");
    for invalid in error.invalid_fields() {
        println!("  correct {}", invalid.field);
    }
    match error.error_type() {
        Some(ErrorType::ResourceNotFound) => {
            println!("  the id is wrong, or belongs to another key")
        }
        Some(other) => println!("  the service calls it {other}"),
        None => {}
    }
    if let Some(pause) = error.retry_after() {
        println!("  the service asks for {} s", pause.as_secs());
    }
    match error.delivery() {
        Some(Delivery::Unknown) => println!("  look into the chat before sending it again"),
        Some(Delivery::NotSent | Delivery::Rejected) => {
            println!("  it is safe to send it again");
        }
        None => {}
    }
    println!();
}
