use postpress::Postpress;
use postpress_mock::{Expect, MockServer};

#[tokio::test]
async fn a_reply_reaches_its_chat() -> Result<(), postpress::Error> {
    let mock = MockServer::start().await; // on a free port of this machine, with an inbox of its own
    let settings = Postpress::builder().api_key("any key");
    let postpress = settings.base_url(mock.base_url()).build()?;
    let message = postpress.send_message("chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR");
    message.text("Got it!").await?;
    mock.assert_received(Expect::request().text("text", "Got it!"));
    Ok(())
}
