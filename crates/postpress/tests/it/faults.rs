//! Under each fault of the mock: how many messages it got. Never two.

use std::time::Duration;

use futures_util::TryStreamExt;
use postpress::{Chat, Delivery, Error, Postpress};
use postpress_mock::{Fault, MockServer, RetryAfter};

use crate::server::at_once;

fn client(mock: &MockServer) -> Postpress {
    Postpress::builder()
        .api_key("pp_live_1")
        .base_url(mock.base_url())
        .retry(at_once())
        .send_timeout(Duration::from_millis(500))
        .read_timeout(Duration::from_millis(500))
        .build()
        .unwrap()
}

/// What is known of delivery after a call: `None` if it was sent.
fn known<T>(result: &Result<T, Error>) -> Option<Delivery> {
    result.as_ref().err().and_then(Error::delivery)
}

#[tokio::test]
async fn no_fault_makes_a_call_send_two_messages_or_lie_about_one() {
    use Delivery::{Rejected, Unknown};
    let soon = Duration::ZERO;
    // The fault; what the error knows, if there is one; how many messages were carried out.
    let faults = [
        (Fault::latency(Duration::from_millis(50)), None, 1),
        (Fault::reset_before_read(), Some(Unknown), 0),
        (Fault::reset_after_read(), Some(Unknown), 1),
        (Fault::cut_short(), Some(Unknown), 1),
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
        mock.inject(fault.clone());
        let sent = client(&mock).send_message(chat).text("Hello").await;
        assert_eq!(known(&sent), expected, "{fault}: {sent:?}");
        assert_eq!(sent.is_ok(), expected.is_none(), "{fault}: {sent:?}");
        settle(&mock, messages).await;
        assert_eq!(mock.messages_sent(), messages, "{fault}: sending");

        let mock = MockServer::start().await;
        let account = mock.chats()[0]["account_id"].as_str().unwrap().to_owned();
        mock.inject(fault.clone());
        let started = client(&mock)
            .start_chat(account, "ACoAAAcDMMQBODyLwZrRcgYhrkCafURGqva0U4E")
            .text("Hello")
            .await;
        assert_eq!(known(&started), expected, "{fault}: {started:?}");
        settle(&mock, messages).await;
        assert_eq!(mock.messages_sent(), messages, "{fault}: starting");
    }
}

/// Waits for what the server is still carrying out.
async fn settle(mock: &MockServer, messages: u64) {
    for _ in 0..100 {
        if mock.messages_sent() >= messages {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn reads_survive_every_fault_that_passes() {
    for fault in [
        Fault::latency(Duration::from_millis(20)),
        Fault::latency(Duration::from_secs(2)),
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
        mock.inject(fault.clone());
        let page = client(&mock).list_chats().await;
        assert!(page.is_ok(), "{fault}: {page:?}");
        mock.clear_faults();
        mock.inject(fault.clone());
        let chat = client(&mock).get_chat(id).await;
        assert!(chat.is_ok(), "{fault}: {chat:?}");
    }
}

#[tokio::test]
async fn a_redirect_to_another_origin_is_not_followed() {
    let mock = MockServer::start().await;
    mock.inject(Fault::redirect().always());
    assert!(client(&mock).list_chats().await.is_err());
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
    let mut chats = client(&mock).list_chats().limit(2).stream();
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
