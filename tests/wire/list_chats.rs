use postpress_client::enums::AccountType;
use postpress_client::params::ListChatsParams;
use postpress_client::runtime::Timestamp;
use postpress_tests::client::client;
use postpress_tests::{Server, examples};

use crate::wire::assert_wire;

fn server() -> Server {
    Server::responding(examples::response("listChats"))
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[tokio::test]
async fn without_parameters_there_is_no_query() {
    let server = server();
    client(&server)
        .list_chats(&ListChatsParams::default())
        .await
        .unwrap();
    assert_wire("list_chats", &server.request());
}

#[tokio::test]
async fn all_parameters_are_in_the_query_in_the_order_of_the_document() {
    let server = server();
    client(&server)
        .list_chats(&ListChatsParams {
            account_id: vec!["acc_1".into(), "acc_2".into()],
            account_type: Some(AccountType::Linkedin),
            unread: Some(false),
            before: Some(time("2026-05-17T09:42:11Z")),
            after: Some(time("2025-01-01T00:00:00.5Z")),
            limit: Some(250),
            cursor: Some("eyJhIjoxfQ==".into()),
        })
        .await
        .unwrap();
    assert_wire("list_chats_with_everything", &server.request());
}

#[tokio::test]
async fn account_ids_are_joined_by_literal_commas_and_a_comma_within_one_is_not() {
    for (ids, query) in [
        (&["acc_1"][..], "?account_id=acc_1"),
        (
            &["acc_1", "acc_2", "acc_3"],
            "?account_id=acc_1,acc_2,acc_3",
        ),
        (
            &["a,b", "c&d", "é+ü"],
            "?account_id=a%2Cb,c%26d,%C3%A9%2B%C3%BC",
        ),
        (&[], ""),
    ] {
        let server = server();
        client(&server)
            .list_chats(&ListChatsParams {
                account_id: ids.iter().map(|&id| id.into()).collect(),
                ..Default::default()
            })
            .await
            .unwrap();
        assert_eq!(server.request().target(), format!("/v1/chats{query}"));
    }
}

#[tokio::test]
async fn times_have_exactly_three_digits_of_a_second_and_are_in_utc() {
    for (given, sent) in [
        ("2026-05-17T09:42:11Z", "2026-05-17T09:42:11.000Z"),
        ("2026-05-17T11:42:11.1239+02:00", "2026-05-17T09:42:11.123Z"),
        (
            "2025-12-31T23:59:59.999999999-00:30",
            "2026-01-01T00:29:59.999Z",
        ),
        ("1969-12-31T23:59:59.25Z", "1969-12-31T23:59:59.250Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"),
    ] {
        let (server, time) = (server(), time(given));
        client(&server)
            .list_chats(&ListChatsParams {
                before: Some(time),
                after: Some(time),
                ..Default::default()
            })
            .await
            .unwrap();
        let sent = sent.replace(':', "%3A");
        let target = format!("/v1/chats?before={sent}&after={sent}");
        assert_eq!(server.request().target(), target, "{given}");
    }
}

#[tokio::test]
async fn booleans_are_words() {
    for (unread, query) in [(true, "unread=true"), (false, "unread=false")] {
        let server = server();
        client(&server)
            .list_chats(&ListChatsParams {
                unread: Some(unread),
                ..Default::default()
            })
            .await
            .unwrap();
        assert_eq!(server.request().target(), format!("/v1/chats?{query}"));
    }
}

#[tokio::test]
async fn providers_are_sent_by_their_documented_names_and_unknown_ones_as_they_are() {
    let known = AccountType::VALUES
        .iter()
        .map(|provider| (provider.clone(), provider.to_string()));
    let unknown = [
        ("SIGNAL".into(), "SIGNAL".to_owned()),
        ("a b".into(), "a%20b".to_owned()),
    ];
    for (provider, sent) in known.chain(unknown) {
        let server = server();
        client(&server)
            .list_chats(&ListChatsParams {
                account_type: Some(provider),
                ..Default::default()
            })
            .await
            .unwrap();
        assert_eq!(
            server.request().target(),
            format!("/v1/chats?account_type={sent}")
        );
    }
    let names: Vec<_> = AccountType::VALUES
        .iter()
        .map(AccountType::as_str)
        .collect();
    let documented = [
        "WHATSAPP",
        "LINKEDIN",
        "SLACK",
        "TWITTER",
        "MESSENGER",
        "INSTAGRAM",
        "TELEGRAM",
    ];
    assert_eq!(names, documented);
}

#[tokio::test]
async fn a_cursor_comes_back_to_the_server_as_it_gave_it() {
    // Everything that has a meaning in a query, and some text beside.
    let cursor = "a+b/c=&d?e#f%20 g\u{e9}\"\r\n";
    let server = server();
    client(&server)
        .list_chats(&ListChatsParams {
            cursor: Some(cursor.into()),
            ..Default::default()
        })
        .await
        .unwrap();
    let encoded = "a%2Bb%2Fc%3D%26d%3Fe%23f%2520%20g%C3%A9%22%0D%0A";
    assert_eq!(
        server.request().target(),
        format!("/v1/chats?cursor={encoded}")
    );
}
