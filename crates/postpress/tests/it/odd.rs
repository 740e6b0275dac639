//! Records that are not as documented, among others that are.

use futures_util::TryStreamExt;
use postpress::{ChatDetail, Mute, Postpress};
use postpress_mock::{Fault, MockServer, Oddity};
use serde_json::{Value, json};

use crate::server::{Server, chat, json as reply, page};

async fn odd(oddity: Oddity) -> (MockServer, Postpress) {
    let mock = MockServer::start().await;
    mock.inject(Fault::odd_record(oddity).always());
    let settings = Postpress::builder().api_key("k").base_url(mock.base_url());
    (mock, settings.build().unwrap())
}

/// Whether a record with this oddity does not decode.
fn is_kept(oddity: Oddity) -> bool {
    matches!(
        oddity,
        Oddity::NotARecord | Oddity::Missing | Oddity::Null | Oddity::WrongType
    )
}

#[tokio::test]
async fn a_listing_goes_on_over_every_odd_record_of_a_real_service() {
    for oddity in Oddity::ALL {
        let (mock, client) = odd(*oddity).await;
        let all: Vec<Value> = mock.chats();
        let pages = all.len().div_ceil(3);
        let expected = if is_kept(*oddity) { pages } else { 0 };

        let mut chats = client.list_chats().limit(3).stream();
        let mut ids = Vec::new();
        while let Some(chat) = chats.try_next().await.unwrap() {
            ids.push(chat.id().to_owned());
        }
        assert_eq!(chats.odd_count(), expected as u64, "{oddity:?}");
        assert_eq!(ids.len() + expected, all.len(), "{oddity:?}");

        let chats = client.list_chats().limit(3).stream().with_odd();
        let chats: Vec<_> = chats.try_collect().await.unwrap();
        for (chat, known) in chats.iter().zip(&all) {
            match chat {
                Ok(chat) => assert_eq!(known["id"], chat.id(), "{oddity:?}"),
                Err(_) if *oddity == Oddity::NotARecord => {}
                Err(odd) => assert_eq!(odd.json().parse::<Value>().unwrap()["id"], known["id"]),
            }
        }
        assert_eq!(chats.len(), all.len());

        let page = client.list_chats().limit(3).await.unwrap();
        assert_eq!(
            page.odd().len(),
            usize::from(is_kept(*oddity)),
            "{oddity:?}"
        );
        assert_eq!(page.len() + page.odd().len(), 3);
    }
}

#[cfg(feature = "blocking")]
#[test]
fn so_does_a_blocking_one() {
    let mock = MockServer::builder().start_blocking().unwrap();
    mock.inject(Fault::odd_record(Oddity::WrongType).always());
    let settings = Postpress::builder().api_key("k").base_url(mock.base_url());
    let client = settings.build().unwrap();
    let mut chats = client.list_chats().limit(3).iter();
    let good = chats.by_ref().map(Result::unwrap).count();
    assert_eq!(
        good as u64 + chats.stream().odd_count(),
        mock.chats().len() as u64
    );
    let chats = client.list_chats().limit(3).stream().with_odd().iter();
    let odd = chats.filter(|chat| chat.as_ref().unwrap().is_err()).count();
    assert_eq!(good + odd, mock.chats().len());
}

#[tokio::test]
async fn a_chat_is_there_whatever_its_last_message_is() {
    for oddity in Oddity::ALL {
        let (mock, client) = odd(*oddity).await;
        let id = mock.chats()[0]["id"].as_str().unwrap().to_owned();
        let chat: ChatDetail = client.get_chat(&id).await.unwrap();
        assert_eq!(chat.id(), id);
        assert_eq!(
            chat.odd_last_message().is_some(),
            is_kept(*oddity),
            "{oddity:?}"
        );
        assert_eq!(
            chat.last_message().is_some(),
            !is_kept(*oddity),
            "{oddity:?}"
        );
        let text = match chat.odd_last_message() {
            Some(odd) => odd.json().as_str().to_owned(),
            None => serde_json::to_string(chat.as_raw().last_message.as_ref().unwrap()).unwrap(),
        };
        for (unreadable, needle) in [
            (Oddity::NotARecord, "\"unheard of\"".to_owned()),
            (Oddity::HugeNumber, "1e400".to_owned()),
            (Oddity::LongInteger, "7".repeat(400)),
            (Oddity::DeepNesting, "[".repeat(130)),
        ] {
            if *oddity == unreadable {
                assert!(text.contains(&needle), "{oddity:?}: {text}");
                let attachments = chat.last_message().map(|it| it.attachments().odd().len());
                assert_eq!(attachments.unwrap_or(1), 1);
            }
        }
    }
}

#[tokio::test]
async fn odd_messages_within_a_message_are_at_hand() {
    let mut detail = crate::decoding::detail();
    detail["lastMessage"]["quoted"] = json!({"provider_id": 7, "text": ["t"]});
    detail["lastMessage"]["reply_to"] = json!([1]);
    detail["muted_until"] = json!("MUTED");
    let body = detail.to_string().replace("\"MUTED\"", "1e400");
    let server = Server::always(reply("200 OK", body)).await;
    let chat = server.client().get_chat("c").await.unwrap();
    let message = chat.last_message().unwrap();
    assert!(message.quoted().is_none());
    assert_eq!(
        message.odd_quoted().unwrap().error().json_path(),
        Some("text")
    );
    assert!(message.reply_to().is_none());
    assert_eq!(message.odd_reply_to().unwrap().json().as_str(), "[1]");
    assert_eq!(chat.mute(), Mute::Unknown("1e400".to_owned()));
}

#[tokio::test]
async fn an_odd_cursor_ends_a_listing_with_an_error_after_the_chats_of_its_page() {
    for (cursor, expected) in [
        (
            json!({"o": 1}),
            Some("the cursor of the next page does not decode: expected a string, found an object"),
        ),
        (json!(5), None),
    ] {
        let list = json!({"object": 7, "items": [chat("a"), chat("b")], "cursor": cursor});
        let server =
            Server::script(vec![reply("200 OK", list.to_string()), page(&["c"], None)]).await;
        let client = server.client();
        let mut chats = client.list_chats().stream();
        let mut count = 0;
        let error = loop {
            match chats.try_next().await {
                Ok(Some(_)) => count += 1,
                Ok(None) => break None,
                Err(error) => break Some(error),
            }
        };
        match (expected, error) {
            (Some(expected), Some(error)) => {
                assert!(
                    error.is_invalid_body() && error.to_string().contains(expected),
                    "{error}"
                );
                assert_eq!(count, 2);
                assert!(
                    chats.try_next().await.unwrap().is_none(),
                    "it ends with its error"
                );
            }
            (None, None) => assert_eq!(count, 3),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn what_is_no_page_is_not_taken_for_an_empty_one() {
    let body = r#"{"error": "try again later"}"#;
    let server = Server::always(reply("200 OK", body)).await;
    let page = server.client().list_chats().await.unwrap();
    assert_eq!((page.len(), page.has_next()), (0, false));
    let (_, odd) = page.odd().next().unwrap();
    assert_eq!(odd.json().as_str(), body);

    for empty in [r#"{"items": []}"#, r#"{"object": "ChatList"}"#] {
        let server = Server::always(reply("200 OK", empty)).await;
        let page = server.client().list_chats().await.unwrap();
        assert_eq!((page.len(), page.odd().len()), (0, 0), "{empty}");
    }
}

#[tokio::test]
async fn a_chat_after_an_odd_one_has_its_own_json() {
    let list = json!({"items": [chat("a"), null, chat("b"), {"id": "c"}, chat("d")]});
    let server = Server::always(reply("200 OK", list.to_string())).await;
    let page = server.client().list_chats().await.unwrap();
    let odd: Vec<usize> = page.odd().map(|(index, _)| index).collect();
    assert_eq!(odd, [1, 3]);
    for chat in &page {
        let json: Value = chat.raw_json().unwrap().parse().unwrap();
        assert_eq!(json["id"], chat.id());
    }
}
