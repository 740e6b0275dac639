//! No fault of the mock server makes it receive a message twice.

use std::time::Duration;

use postpress::{Builder, Chat, Delivery, Error, Postpress};
use postpress_mock::{Fault, MockServer, RetryAfter};

use tokio::time::advance;

use crate::{
    clock::{LONG, MILLISECOND, pauses, stop_clock, until},
    server::at_once,
};

fn settings(mock: &MockServer) -> Builder {
    Postpress::builder()
        .api_key("pp_live_1")
        .base_url(mock.base_url())
        .retry(at_once())
}

/// The outcome of a call under a fault. Time passes where the call waits for it: for a response that never comes, once the mock
/// has the request, and in pauses.
async fn outcome<T, F>(
    mock: &MockServer,
    fault: &Fault,
    call: impl FnOnce(Postpress) -> F,
) -> Result<T, Error>
where
    F: IntoFuture<Output = Result<T, Error>>,
{
    mock.inject(fault.clone());
    let (settings, mut pauses) = pauses(settings(mock));
    let call = call(settings.build().unwrap());
    let before = mock.received_count();
    let time = async {
        if *fault == Fault::hang() {
            until(|| mock.received_count() > before).await;
            advance(LONG).await;
        }
        if *fault == too_late() {
            until(|| mock.pending_faults().is_empty()).await;
            advance(LONG).await;
        }
        while let Some(Some(pause)) = pauses.recv().await {
            advance(pause + MILLISECOND).await;
        }
    };
    let (outcome, ()) = tokio::join!(call.into_future(), time);
    outcome
}

/// A response after all time limits.
fn too_late() -> Fault {
    Fault::latency(LONG)
}

/// What is known of delivery after a call: `None` if it was sent.
fn known<T>(result: &Result<T, Error>) -> Option<Delivery> {
    result.as_ref().err().and_then(Error::delivery)
}

#[tokio::test]
async fn no_fault_makes_a_call_send_two_messages_or_lie_about_one() {
    use Delivery::{Rejected, Unknown};
    let _clock = stop_clock();
    let soon = Duration::ZERO;
    // The fault; what the error knows, if there is one; how many messages were carried out.
    let faults = [
        (Fault::latency(Duration::from_millis(1)), None, 1),
        (Fault::reset_before_read(), Some(Unknown), 0),
        (Fault::reset_after_read(), Some(Unknown), 1),
        (Fault::cut_short(), None, 1),
        (Fault::hang(), Some(Unknown), 1),
        (Fault::too_many_requests(RetryAfter::Absent), None, 1),
        (Fault::too_many_requests(RetryAfter::Seconds(soon)), None, 1),
        (Fault::too_many_requests(RetryAfter::Date(soon)), None, 1),
        (
            Fault::too_many_requests(RetryAfter::Absent).always(),
            Some(Rejected),
            0,
        ),
        (Fault::bad_gateway(), Some(Unknown), 0),
        (Fault::empty_unauthorized(), Some(Rejected), 0),
        (Fault::redirect(), Some(Rejected), 0),
        (Fault::unknown_enum_values(), None, 1),
        (Fault::unknown_attachments(), None, 1),
        (Fault::nulls(), None, 1),
        (Fault::extra_fields(), None, 1),
    ];
    for (fault, expected, messages) in faults {
        let mock = MockServer::start().await;
        let chat = mock.chats()[0]["id"].as_str().unwrap().to_owned();
        let call = |client: Postpress| client.send_message(chat).text("Hello");
        let sent = outcome(&mock, &fault, call).await;
        assert_eq!(known(&sent), expected, "{fault}: {sent:?}");
        assert_eq!(sent.is_ok(), expected.is_none(), "{fault}: {sent:?}");
        until(|| mock.messages_sent() >= messages).await;
        assert_eq!(mock.messages_sent(), messages, "{fault}: sending");

        let mock = MockServer::start().await;
        let account = mock.chats()[0]["account_id"].as_str().unwrap().to_owned();
        let recipient = "ACoAAAcDMMQBODyLwZrRcgYhrkCafURGqva0U4E";
        let call = |client: Postpress| client.start_chat(account, recipient).text("Hello");
        let started = outcome(&mock, &fault, call).await;
        assert_eq!(known(&started), expected, "{fault}: {started:?}");
        until(|| mock.messages_sent() >= messages).await;
        assert_eq!(mock.messages_sent(), messages, "{fault}: starting");
    }
}

#[tokio::test]
async fn reads_survive_every_fault_that_passes() {
    let _clock = stop_clock();
    for fault in [
        Fault::latency(Duration::from_millis(1)),
        too_late(),
        Fault::reset_before_read(),
        Fault::reset_after_read(),
        Fault::cut_short(),
        Fault::hang(),
        Fault::too_many_requests(RetryAfter::Absent),
        Fault::bad_gateway(),
        Fault::unknown_enum_values(),
        Fault::unknown_attachments(),
        Fault::nulls(),
        Fault::extra_fields(),
    ] {
        let mock = MockServer::start().await;
        let id = mock.chats()[0]["id"].as_str().unwrap().to_owned();
        let page = outcome(&mock, &fault, |client| client.list_chats()).await;
        assert!(page.is_ok(), "{fault}: {page:?}");
        mock.clear_faults();
        let chat = outcome(&mock, &fault, |client| client.get_chat(id)).await;
        assert!(chat.is_ok(), "{fault}: {chat:?}");
    }
}

#[tokio::test]
async fn a_redirect_to_another_origin_is_not_followed() {
    let mock = MockServer::start().await;
    mock.inject(Fault::redirect().always());
    let client = settings(&mock).build().unwrap();
    assert!(client.list_chats().await.is_err());
    assert_eq!(mock.received_count(), 1);
}

#[tokio::test]
async fn chats_that_come_meanwhile_disturb_no_listing() {
    let mock = MockServer::start().await;
    let before: Vec<String> = mock
        .chats()
        .iter()
        .map(|chat| chat["id"].as_str().unwrap().to_owned())
        .collect();
    let client = settings(&mock).build().unwrap();
    let mut chats = client.list_chats().limit(2).stream();
    let mut seen = Vec::new();
    while let Some(chat) = chats.try_next().await.unwrap() {
        let chat: Chat = chat;
        if seen.len() < 3 {
            let mut newer = mock.chats()[0].clone();
            newer["id"] = format!("chat_newer_{}", seen.len()).into();
            newer["provider_id"] = format!("newer_{}", seen.len()).into();
            mock.add_chat(newer).unwrap();
        }
        seen.push(chat.id().to_owned());
    }
    for id in &before {
        assert_eq!(
            seen.iter().filter(|known| *known == id).count(),
            1,
            "{id} in {seen:?}"
        );
    }
}
