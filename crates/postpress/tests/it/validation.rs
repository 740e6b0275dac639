//! What is refused before anything is sent.

use std::time::{Duration, SystemTime};

use postpress::{
    Delivery, Error, Recipient, Recipients, Timestamp, Upload,
    linkedin::{Classic, CompanyTopic, FollowUp, Recruiter, SalesNavigator, Schedule},
};

use crate::server::{Server, started};

fn fields(error: &Error) -> Vec<&str> {
    error
        .invalid_fields()
        .iter()
        .map(|invalid| &*invalid.field)
        .collect()
}

#[tokio::test]
async fn all_problems_are_told_at_once_and_nothing_is_sent() {
    let server = Server::always(started()).await;
    let follow_up = FollowUp::new(
        "",
        "Still interested?",
        Schedule::days(29, "Europe/Atlantis"),
    )
    .attach_file("/no/such/brochure.pdf");
    let error = server
        .client()
        .start_chat(
            "",
            [
                Recipient::linkedin("urn:li:1"),
                Recipient::whatsapp("33600000000"),
            ],
        )
        .linkedin(Recruiter::new().follow_up(follow_up))
        .attach_file("/no/such/file.pdf")
        .attach_file("/tmp")
        .attach(Upload::bytes(vec![0; 11]).with_file_name("large.bin"))
        .voice_message(Upload::bytes("x").with_media_type("not a type"))
        .max_file_size(10)
        .await
        .unwrap_err();
    assert_eq!(
        fields(&error),
        [
            "account_id",
            "attendees_ids",
            "attendees_ids",
            "linkedin[follow_up][subject]",
            "linkedin[follow_up][scheduled_time][days]",
            "linkedin[follow_up][scheduled_time][timezone]",
            "linkedin",
            "attachments",
            "attachments",
            "attachments",
            "voice_message",
            "linkedin[follow_up][attachments]",
        ]
    );
    assert!(error.is_invalid_request());
    assert_eq!(
        (error.delivery(), error.attempts()),
        (Some(Delivery::NotSent), 0)
    );
    let message = error.to_string();
    for part in [
        "/no/such/file.pdf",
        "directory",
        "11 bytes",
        "3 to 28",
        "Atlantis",
    ] {
        assert!(message.contains(part), "{part} is not in {message}");
    }
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn a_file_on_disk_counts_for_the_limit_too() {
    let server = Server::always(started()).await;
    let path = std::env::temp_dir().join(format!("postpress-{}.bin", std::process::id()));
    std::fs::write(&path, vec![0; 11]).unwrap();
    let send = || server.client().send_message("c").attach_file(&path);
    let error = send().max_file_size(10).await.unwrap_err();
    assert_eq!(fields(&error), ["attachments"]);
    assert!(
        send()
            .max_file_size(11)
            .await
            .err()
            .is_none_or(|error| !error.is_invalid_request())
    );
    std::fs::remove_file(&path).unwrap();
}

#[tokio::test]
async fn schedules_stay_within_their_ranges() {
    let server = Server::always(started()).await;
    let client = server.client();
    let start = |schedule| {
        let follow_up = FollowUp::new("Subject", "Text", schedule);
        client
            .start_chat("a", "b")
            .text("Hello")
            .linkedin(Recruiter::new().follow_up(follow_up))
    };
    for days in [0, 2, 29, 255] {
        assert!(
            start(Schedule::days(days, "Europe/Paris")).await.is_err(),
            "{days} days"
        );
    }
    for weeks in [0, 5, 255] {
        assert!(
            start(Schedule::weeks(weeks, "Europe/Paris")).await.is_err(),
            "{weeks} weeks"
        );
    }
    for zone in ["", "Paris", "europe/paris", "Europe/Paris\r\n", "+02:00"] {
        assert!(start(Schedule::days(3, zone)).await.is_err(), "{zone}");
    }
    assert_eq!(server.requests().len(), 0);
    for schedule in [
        Schedule::days(3, "Europe/Paris"),
        Schedule::days(28, "America/Phoenix"),
        Schedule::weeks(1, "UTC"),
        Schedule::weeks(4, "Asia/Kolkata"),
    ] {
        start(schedule).await.unwrap();
    }
}

#[tokio::test]
async fn what_does_not_go_with_a_provider_is_refused() {
    let server = Server::always(started()).await;
    let client = server.client();
    let to = |recipient: Recipient| client.start_chat("acc", recipient).text("Hello");
    let whatsapp = || Recipient::whatsapp("+33 6 00 00 00 00");
    let instagram = || Recipient::instagram("178");
    let company = || Recipient::linkedin_company("urn");
    let file = || Upload::bytes("x").with_file_name("x.m4a");
    for (call, field) in [
        (to(whatsapp()).linkedin(SalesNavigator), "linkedin"),
        (to(whatsapp()).video_message(file()), "video_message"),
        (to(instagram()).voice_message(file()), "voice_message"),
        (to(instagram()).video_message(file()), "video_message"),
        (to(company()), "linkedin[topic]"),
        (
            to(company()).linkedin(Classic::new().inmail(true)),
            "linkedin[topic]",
        ),
    ] {
        assert_eq!(fields(&call.await.unwrap_err()), [field]);
    }
    to(whatsapp()).voice_message(file()).await.unwrap();
    to(company())
        .linkedin(Classic::new().topic(CompanyTopic::Careers))
        .await
        .unwrap();
    let telegram = to(Recipient::telegram("5")).voice_message(file());
    assert_eq!(fields(&telegram.await.unwrap_err()), ["voice_message"]);
    let nobody = client.start_chat("acc", Vec::<String>::new()).text("Hello");
    assert_eq!(fields(&nobody.await.unwrap_err()), ["attendees_ids"]);
}

#[tokio::test]
async fn recipients_that_are_no_ids_are_refused_with_what_to_write() {
    let server = Server::always(started()).await;
    let client = server.client();
    for (text, why) in [
        ("whatsap:+33600000000", "write `whatsapp:`"),
        ("https://www.linkedin.com/in/anna", "the address of a page"),
        ("+33 6 00 00 00 00", "write `whatsapp:` before it"),
    ] {
        let error = client.start_chat("acc", text).text("Hello").await;
        let error = error.unwrap_err();
        assert_eq!(fields(&error), ["attendees_ids"], "{text}");
        assert!(error.to_string().contains(why), "{error}");
    }
    assert_eq!(server.requests().len(), 0);
    let group = ["whatsapp:+33600000000", "raw:+1"].into_iter();
    let group: Recipients = group.collect();
    client.start_chat("acc", group).text("Hello").await.unwrap();
    let fields = server.only_request().fields().await;
    for field in [
        "attendees_ids=33600000000@s.whatsapp.net",
        "attendees_ids=+1",
    ] {
        assert!(fields.contains(&field.to_owned()), "{fields:?}");
    }
}

#[tokio::test]
async fn ids_that_would_change_the_path_are_refused() {
    let server = Server::always(started()).await;
    let client = server.client();
    for id in ["", " ", ".", ".."] {
        assert_eq!(
            fields(&client.get_chat(id).await.unwrap_err()),
            ["chat_id"],
            "{id:?}"
        );
        let error = client.send_message(id).await.unwrap_err();
        assert_eq!(
            fields(&error),
            ["chat_id", "text"],
            "an empty message as well"
        );
    }
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn a_message_of_nothing_but_white_space_is_refused() {
    let server = Server::always(started()).await;
    for text in ["", " ", "\n\t\u{a0}"] {
        let error = server.client().send_message("c").text(text).await;
        assert_eq!(fields(&error.unwrap_err()), ["text"], "{text:?}");
    }
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn a_listing_is_checked_as_well() {
    let server = Server::always(started()).await;
    let far = SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 40);
    let error = server
        .client()
        .list_chats()
        .before(far)
        .after(SystemTime::now())
        .limit(251)
        .accounts(["a,b", " "])
        .cursor("")
        .await
        .unwrap_err();
    assert_eq!(
        fields(&error),
        ["before", "cursor", "limit", "account_id", "account_id"]
    );
    assert!(server.client().list_chats().limit(0).await.is_err());
    let soon = server.client().list_chats().before("soon").await;
    assert_eq!(
        soon.unwrap_err().to_string(),
        "listChats: the request was not sent, because of `before`: not an RFC 3339 date-time such as `2026-05-17T09:42:11.000Z`"
    );
    let twice = server
        .client()
        .list_chats()
        .before(far)
        .before(Timestamp::now())
        .limit(0);
    assert_eq!(
        fields(&twice.await.unwrap_err()),
        ["limit"],
        "the last setting counts"
    );
    assert_eq!(server.requests().len(), 0);
}
