//! Every option of every builder is sent, under the name that the documentation gives it.

use std::time::{Duration, SystemTime};

use postpress::{
    AccountType, Recipient, Upload,
    linkedin::{
        Classic, CompanyTopic, FollowUp, Recruiter, SalesNavigator, Schedule, SourcingChannel,
        Visibility,
    },
};

use crate::server::{Part, Server, chat, json, page, sent, started};

#[tokio::test]
async fn a_listing_without_options_has_no_query() {
    let server = Server::always(page(&[], None)).await;
    server.client().list_chats().await.unwrap();
    assert_eq!(server.only_request().target, "/v1/chats");
}

#[tokio::test]
async fn every_option_of_a_listing_is_sent() {
    let server = Server::always(page(&[], None)).await;
    server
        .client()
        .list_chats()
        .account("acc_1")
        .accounts(["acc_2", "acc_3"])
        .provider(AccountType::Linkedin)
        .unread(false)
        .before(
            "2026-05-17T11:42:11+02:00"
                .parse::<postpress::Timestamp>()
                .unwrap(),
        )
        .after(SystemTime::UNIX_EPOCH + Duration::from_micros(1_500))
        .limit(250)
        .cursor("a=b&c")
        .await
        .unwrap();
    assert_eq!(
        server.only_request().target,
        "/v1/chats?account_id=acc_1,acc_2,acc_3&account_type=LINKEDIN&unread=false&before=2026-05-17T09%3A42%3A11.000Z\
         &after=1970-01-01T00%3A00%3A00.001Z&limit=250&cursor=a%3Db%26c"
    );
}

#[tokio::test]
async fn a_chat_is_asked_for_by_either_id() {
    let server = Server::always(json("200 OK", chat("c").to_string())).await;
    server
        .client()
        .get_chat("33600000000@s.whatsapp.net/?#")
        .account("acc 1")
        .await
        .unwrap();
    let target = server.only_request().target;
    assert_eq!(
        target,
        "/v1/chats/33600000000%40s.whatsapp.net%2F%3F%23?account_id=acc%201"
    );
}

#[tokio::test]
async fn every_option_of_a_message_is_sent() {
    let server = Server::always(sent()).await;
    server
        .client()
        .send_message("chat_1")
        .text("Hello")
        .account("acc_1")
        .thread("thread_1")
        .quote("msg_0")
        .typing_duration("3")
        .voice_message(Upload::bytes("voice").with_file_name("v.m4a"))
        .video_message(Upload::bytes("video").with_file_name("v.mp4"))
        .attach(Upload::bytes("one").with_file_name("1.pdf"))
        .attach_all([vec![2], vec![3]])
        .await
        .unwrap();
    let request = server.only_request();
    assert_eq!(
        (&*request.method, &*request.target),
        ("POST", "/v1/chats/chat_1/messages")
    );
    assert_eq!(
        request.fields().await,
        [
            "text=Hello",
            "account_id=acc_1",
            "thread_id=thread_1",
            "quote_id=msg_0",
            "voice_message=voice",
            "video_message=video",
            "attachments=one",
            "attachments=\u{2}",
            "attachments=\u{3}",
            "typing_duration=3",
        ]
    );
}

#[tokio::test]
async fn every_classic_option_is_sent() {
    let server = Server::always(started()).await;
    let options = Classic::new()
        .topic(CompanyTopic::RequestDemo)
        .applicant("app_1")
        .invitation("inv_1")
        .inmail(true);
    server
        .client()
        .start_chat("acc_1", "ACoAAA")
        .text("Hello")
        .subject("Subject")
        .linkedin(options)
        .await
        .unwrap();
    assert_eq!(
        server.only_request().fields().await,
        [
            "account_id=acc_1",
            "attendees_ids=ACoAAA",
            "text=Hello",
            "subject=Subject",
            "linkedin[api]=classic",
            "linkedin[topic]=request_demo",
            "linkedin[applicant_id]=app_1",
            "linkedin[invitation_id]=inv_1",
            "linkedin[inmail]=true",
        ]
    );
}

#[tokio::test]
async fn every_recruiter_option_is_sent() {
    let server = Server::always(started()).await;
    let follow_up = FollowUp::new("Again", "Still there?", Schedule::weeks(2, "Europe/Paris"))
        .attach(Upload::bytes("later").with_file_name("later.pdf"));
    let options = Recruiter::new()
        .signature("Anna")
        .hiring_project("proj_1")
        .job_posting("job_1")
        .sourcing_channel(SourcingChannel::Referral)
        .email_address("a@b.example")
        .visibility(Visibility::Project)
        .follow_up(follow_up);
    let call = server
        .client()
        .start_chat("acc_1", Recipient::linkedin("AEMAAA"))
        .text("Hello");
    call.linkedin(options).await.unwrap();
    let request = server.only_request();
    assert_eq!(
        request.fields().await[3..],
        [
            "linkedin[api]=recruiter",
            "linkedin[signature]=Anna",
            "linkedin[hiring_project_id]=proj_1",
            "linkedin[job_posting_id]=job_1",
            "linkedin[sourcing_channel]=REFERRAL",
            "linkedin[email_address]=a@b.example",
            "linkedin[visibility]=PROJECT",
            "linkedin[follow_up][subject]=Again",
            "linkedin[follow_up][text]=Still there?",
            "linkedin[follow_up][attachments]=later",
            "linkedin[follow_up][scheduled_time][weeks]=2",
            "linkedin[follow_up][scheduled_time][timezone]=Europe/Paris",
        ]
    );
    let file = request.parts().await.into_iter().nth(12).unwrap();
    assert_eq!(
        file,
        Part {
            name: "linkedin[follow_up][attachments]".into(),
            file_name: Some("later.pdf".into()),
            media_type: Some("application/pdf".into()),
            content: b"later".to_vec(),
        }
    );
}

#[tokio::test]
async fn the_third_api_and_schedules_in_days_are_sent() {
    let server = Server::always(started()).await;
    let client = server.client();
    client
        .start_chat("a", "ACwAAA")
        .text("Hello")
        .linkedin(SalesNavigator)
        .await
        .unwrap();
    let follow_up = FollowUp::new("S", "T", Schedule::days(3, "UTC"));
    let recruiter = Recruiter::new().follow_up(follow_up);
    client
        .start_chat("a", "AEAAAA")
        .text("Hello")
        .linkedin(recruiter)
        .await
        .unwrap();
    let requests = server.requests();
    assert_eq!(
        requests[0].fields().await[3..],
        ["linkedin[api]=sales_navigator"]
    );
    let fields = requests[1].fields().await;
    assert!(fields.contains(&"linkedin[follow_up][scheduled_time][days]=3".to_owned()));
}

#[tokio::test]
async fn groups_repeat_the_name_and_can_have_brackets() {
    let server = Server::always(started()).await;
    let client = server.client();
    let group = [
        Recipient::whatsapp("33600000000"),
        Recipient::whatsapp("33600000001"),
    ];
    let call = client
        .start_chat("acc", group)
        .subject("Vacation")
        .attach(vec![1]);
    call.clone().await.unwrap();
    call.bracketed_arrays().await.unwrap();
    let requests = server.requests();
    assert_eq!(
        requests[0].fields().await[1..3],
        [
            "attendees_ids=33600000000@s.whatsapp.net",
            "attendees_ids=33600000001@s.whatsapp.net"
        ]
    );
    let bracketed = requests[1].fields().await;
    assert_eq!(
        bracketed[1..3],
        [
            "attendees_ids[]=33600000000@s.whatsapp.net",
            "attendees_ids[]=33600000001@s.whatsapp.net"
        ]
    );
    assert_eq!(bracketed[4], "attachments=\u{1}", "files never have them");
}

#[tokio::test]
async fn a_built_request_is_the_one_that_is_sent() {
    let server = Server::always(sent()).await;
    let client = server.client();
    let message = client
        .send_message("chat/1")
        .text("Hello")
        .attach(Upload::bytes("one").with_file_name("1.pdf"));
    let listing = client.list_chats().account("acc_1").unread(true);
    let built = [
        message.clone().build_request().unwrap(),
        listing.clone().build_request().unwrap(),
    ];
    assert_eq!(server.requests().len(), 0);
    message.await.unwrap();
    let _ = listing.await;
    for (built, request) in built.iter().zip(server.requests()) {
        assert_eq!(built.method().as_str(), request.method);
        let origin = server.url().replace("/v1", "");
        assert_eq!(built.url(), format!("{origin}{}", request.target));
        for (name, value) in built.headers() {
            let sent = request.header(name.as_str()).unwrap();
            match name.as_str() {
                // Each form has a boundary of its own, of the same length.
                "content-type" => assert_eq!(sent.len(), value.len()),
                _ => assert_eq!(sent, value.to_str().unwrap(), "{name}"),
            }
        }
        // What the HTTP client adds by itself.
        let added = ["host", "accept-encoding"];
        assert_eq!(request.headers.len(), built.headers().len() + added.len());
    }
    let form = built[0].form().unwrap();
    let parts: Vec<_> = form
        .parts()
        .iter()
        .map(|part| (part.name(), part.text(), part.file_name(), part.length()))
        .collect();
    assert_eq!(
        parts,
        [
            ("text", Some("Hello"), None, 5),
            ("attachments", None, Some("1.pdf"), 3)
        ]
    );
    assert!(built[1].form().is_none());

    let refused = client.send_message("..").attach_file("/no/such/file");
    let error = refused.build_request().unwrap_err();
    let fields: Vec<_> = error
        .invalid_fields()
        .iter()
        .map(|field| &*field.field)
        .collect();
    assert_eq!(fields, ["chat_id", "attachments"]);
}

#[tokio::test]
async fn an_option_sets_what_it_holds() {
    let server = Server::start(|n, _| if n == 0 { page(&[], None) } else { sent() }).await;
    let client = server.client();
    let listing = client.list_chats().unread(true).limit(3);
    listing
        .maybe_unread(None)
        .maybe_limit(Some(5))
        .maybe_before(Some("2026-05-17T11:42:11+02:00"))
        .maybe_after(None::<String>)
        .accounts(Some("acc_1"))
        .await
        .unwrap();
    let message = client.send_message("c").maybe_text(Some("Hello"));
    let message = message
        .maybe_quote(None::<&str>)
        .maybe_account(Some("acc_1"));
    message.maybe_timeout(None).await.unwrap();
    let [listing, message] = &server.requests()[..] else {
        panic!("not two requests");
    };
    assert!(listing.query("unread").is_empty() && listing.query("after").is_empty());
    assert_eq!(listing.query("limit"), ["5"]);
    assert_eq!(listing.query("before"), ["2026-05-17T09:42:11.000Z"]);
    assert_eq!(listing.query("account_id"), ["acc_1"]);
    let mut fields = message.fields().await;
    fields.sort();
    assert_eq!(fields, ["account_id=acc_1", "text=Hello"]);
}
