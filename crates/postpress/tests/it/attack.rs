//! Many sends to a server that fails at random.

use std::{collections::HashMap, time::Duration};

use futures_util::{StreamExt, stream};
use postpress::{Delivery, Postpress};
use tokio::time::timeout;

use crate::server::{Reply, Server, http, json, problem, sent, started};

/// A number that looks random.
fn random(seed: usize) -> usize {
    let mut x = (seed as u64).wrapping_add(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (x ^ (x >> 31)) as usize
}

/// What becomes of the `n`th request, and whether a service that responds so sends the message.
fn fate(n: usize) -> (Reply, bool) {
    let cut = |bytes: &[u8]| Reply::BytesThenClose(bytes.to_vec());
    let html = http("200 OK", &[("content-type", "text/html")], "<html>");
    match random(n) % 24 {
        0 => (problem(400, "errors/invalid_parameters"), false),
        1 => (problem(422, "errors/invalid_recipient"), false),
        2..=4 => (problem(429, "errors/too_many_requests"), false),
        5 => (problem(503, "errors/no_handler"), false),
        6 => (problem(501, "errors/none"), false),
        7 => (problem(503, "errors/network_down"), true),
        8 => (problem(500, "errors/unexpected_error"), true),
        9 => (json("502 Bad Gateway", "<html>"), true),
        10 => (json("700 Odd", ""), true),
        11 => (Reply::CloseAfterHead, false),
        12 => (Reply::CloseAfterBody, true),
        13 => (cut(b"HTTP/1.1 20"), true),
        14 => (
            cut(b"HTTP/1.1 201 Created\r\ncontent-length: 9\r\n\r\n{"),
            true,
        ),
        15 => (cut(&http("201 Created", &[], "{}")), true),
        16 => (Reply::Bytes(html), true),
        17 => (json("201 Created", r#"{"message_id": null}"#), true),
        18 => (json("200 OK", r#"{"title": "No", "status": 503}"#), true),
        19 => (started(), true),
        _ => (sent(), true),
    }
}

/// One send, some with a time limit that may end anywhere, some dropped on their way; `None` if nobody knows its end.
async fn send(client: Postpress, n: usize) -> Option<Result<(), Option<Delivery>>> {
    let limit = Duration::from_micros(random(n + 1) as u64 % 3000);
    let hasty = random(n + 2) % 8;
    let text = format!("message {n}.");
    let call = if n.is_multiple_of(2) {
        let call = client.send_message("chat_1").text(text);
        let call = if hasty == 0 {
            call.timeout(limit)
        } else {
            call
        };
        futures_util::future::Either::Left(async { call.await.map(drop) })
    } else {
        let call = client.start_chat("acc_1", "someone").text(text);
        let call = if hasty == 0 {
            call.deadline(limit)
        } else {
            call
        };
        futures_util::future::Either::Right(async { call.await.map(drop) })
    };
    let result = match hasty {
        1 => timeout(limit, call).await.ok()?,
        _ => call.await,
    };
    Some(result.map_err(|error| error.delivery()))
}

async fn attack(sends: usize) {
    let server = Server::start(|n, _| fate(n).0).await;
    let client = server.client();
    let calls = (0..sends).map(|n| {
        let client = client.clone();
        async move { (n, tokio::spawn(send(client, n)).await.unwrap()) }
    });
    let outcomes: Vec<_> = stream::iter(calls).buffer_unordered(32).collect().await;
    // What is on its way arrives.
    crate::server::meanwhile().await;
    let mut arrived: HashMap<String, usize> = HashMap::new();
    for (n, request) in server.requests().iter().enumerate() {
        if request.whole && fate(n).1 {
            let fields = request.fields().await;
            let text = fields.iter().find_map(|field| field.strip_prefix("text="));
            *arrived.entry(text.unwrap().to_owned()).or_default() += 1;
        }
    }
    let mut told: HashMap<String, usize> = HashMap::new();
    for (n, outcome) in outcomes {
        *told.entry(format!("{outcome:?}")).or_default() += 1;
        let times = arrived.get(&format!("message {n}.")).copied();
        let times = times.unwrap_or_default();
        match outcome {
            Some(Ok(())) => assert_eq!(times, 1, "message {n}"),
            Some(Err(Some(Delivery::Unknown))) | None => assert!(times <= 1, "message {n}"),
            Some(Err(delivery)) => assert_eq!(times, 0, "message {n}: {delivery:?}"),
        }
    }
    println!("{} of {sends} messages arrived; {told:?}", arrived.len());
    assert!(told.len() >= 4, "every kind of end occurs: {told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_message_is_sent_twice_and_no_end_is_a_lie() {
    attack(600).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes long"]
async fn of_26000_messages_none_is_sent_twice() {
    attack(26_000).await;
}
