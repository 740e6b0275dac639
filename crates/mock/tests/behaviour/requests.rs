//! How strict the server is about requests.

use postpress_mock::{MockServer, Outcome};
use reqwest::multipart::{Form, Part};

use crate::support::{Response, form, get, post, raw, text};

/// What startChat needs, and more.
fn start(more: &[(&'static str, &str)]) -> Form {
    let mut fields = vec![
        ("account_id", "acc_1"),
        ("attendees_ids", "ACoA"),
        ("text", "Hello"),
    ];
    fields.extend_from_slice(more);
    form(&fields)
}

/// All that a Recruiter follow-up needs, but for what is named; and more.
fn follow_up(but: &str, more: &[(&'static str, &str)]) -> Form {
    let mut fields = vec![
        ("linkedin[api]", "recruiter"),
        ("linkedin[follow_up][subject]", "Still looking"),
        ("linkedin[follow_up][text]", "Once more"),
        ("linkedin[follow_up][attachments]", "@one"),
        ("linkedin[follow_up][attachments]", "@two"),
        ("linkedin[follow_up][scheduled_time][days]", "7"),
        (
            "linkedin[follow_up][scheduled_time][timezone]",
            "Europe/Paris",
        ),
    ];
    fields.retain(|(name, _)| *name != but);
    fields.extend_from_slice(more);
    start(&fields)
}

fn refused(response: &Response, status: u16, error_type: &str, detail: &str) {
    let (actual, body) = response;
    assert_eq!(*actual, status, "{body}");
    assert_eq!(text(body, "type"), format!("errors/{error_type}"), "{body}");
    assert!(
        text(body, "detail").contains(detail),
        "{detail} is not in {body}"
    );
}

#[tokio::test]
async fn every_field_of_every_variant_is_accepted() {
    let server = MockServer::builder()
        .strict()
        .start()
        .await
        .expect("a server");
    let classic = [
        ("subject", "Hi"),
        ("attachments", "@one"),
        ("attachments", "@two"),
        ("voice_message", "@voice"),
        ("video_message", "@video"),
        ("linkedin[api]", "classic"),
        ("linkedin[topic]", "service_request"),
        ("linkedin[applicant_id]", "a"),
        ("linkedin[invitation_id]", "i"),
        ("linkedin[inmail]", "false"),
    ];
    let recruiter = [
        ("linkedin[signature]", "s"),
        ("linkedin[hiring_project_id]", "h"),
        ("linkedin[job_posting_id]", "j"),
        ("linkedin[sourcing_channel]", "CAREER_SITE"),
        ("linkedin[email_address]", "e"),
        ("linkedin[visibility]", "PUBLIC"),
    ];
    let weeks = [("linkedin[follow_up][scheduled_time][weeks]", "4")];
    for form in [
        start(&classic),
        start(&[("linkedin[inmail]", "true")]),
        follow_up("", &recruiter),
        follow_up("linkedin[follow_up][scheduled_time][days]", &weeks),
        start(&[("linkedin[api]", "sales_navigator")]),
    ] {
        let (status, body) = post(&server, "/chats", form).await;
        assert_eq!(status, 201, "{body}");
    }
    let message = form(&[
        ("text", "Hello"),
        ("account_id", "k0_s8cdss9Dz8ds"),
        ("thread_id", "t"),
        ("voice_message", "@voice"),
        ("video_message", "@video"),
        ("attachments", "@one"),
        ("attachments[]", "@two"),
        ("typing_duration", "3"),
    ]);
    let (status, body) = post(&server, "/chats/9f9uio56sopa456s/messages", message).await;
    assert_eq!(status, 201, "{body}");
}

#[tokio::test]
async fn start_chat_refuses_whatever_breaks_its_schema_and_names_the_field() {
    let server = MockServer::start().await;
    let days = "linkedin[follow_up][scheduled_time][days]";
    let weeks = "linkedin[follow_up][scheduled_time][weeks]";
    let zone = "linkedin[follow_up][scheduled_time][timezone]";
    let missing = "missing_parameters";
    let invalid = "invalid_parameters";
    for (form, error_type, detail) in [
        (
            form(&[("attendees_ids", "a")]),
            missing,
            "account_id is required.",
        ),
        (
            form(&[("account_id", "a")]),
            missing,
            "attendees_ids is required.",
        ),
        (
            form(&[]).text("x", ""),
            missing,
            "account_id is required. attendees_ids is required.",
        ),
        (
            form(&[("account_id", ""), ("attendees_ids", "a")]),
            invalid,
            "account_id must not be empty.",
        ),
        (
            start(&[("text", "again")]),
            invalid,
            "text must be given once, and is given 2 times.",
        ),
        (
            start(&[("text[]", "again")]),
            invalid,
            "text must be given once",
        ),
        (
            form(&[("account_id[]", "a"), ("attendees_ids", "a")]),
            invalid,
            "account_id is not a list",
        ),
        (
            start(&[("attendees_ids[0]", "b")]),
            invalid,
            "attendees_ids is a list: repeat attendees_ids",
        ),
        (
            start(&[("attendees_ids", "@b")]),
            invalid,
            "attendees_ids is not a file",
        ),
        (
            start(&[("attachments", "text")]),
            invalid,
            "attachments is a file: its part needs a file name",
        ),
        (
            start(&[("voice_message", "@a"), ("voice_message", "@b")]),
            invalid,
            "voice_message must be given once",
        ),
        (
            start(&[("linkedin", "{}")]),
            invalid,
            "linkedin is an object: send its members one by one, as linkedin[api].",
        ),
        (
            start(&[("linkedin[api]", "modern")]),
            invalid,
            "linkedin[api] must be one of `classic`, `recruiter`, `sales_navigator`.",
        ),
        (
            start(&[("linkedin[inmail]", "yes")]),
            invalid,
            "linkedin[inmail] must be `true` or `false`, and is `yes`.",
        ),
        (
            start(&[("linkedin[topic]", "weather")]),
            invalid,
            "linkedin[topic] must be one of `service_request`",
        ),
        (
            start(&[("linkedin[visibility]", "PUBLIC")]),
            invalid,
            "linkedin[visibility] does not go with linkedin[api]=classic.",
        ),
        (
            start(&[
                ("linkedin[api]", "sales_navigator"),
                ("linkedin[inmail]", "true"),
            ]),
            invalid,
            "linkedin[inmail] does not go with linkedin[api]=sales_navigator.",
        ),
        (
            start(&[
                ("linkedin[api]", "recruiter"),
                ("linkedin[sourcing_channel]", "TV"),
            ]),
            invalid,
            "linkedin[sourcing_channel] must be one of",
        ),
        (
            start(&[
                ("linkedin[api]", "recruiter"),
                ("linkedin[follow_up]", "later"),
            ]),
            invalid,
            "linkedin[follow_up] is an object",
        ),
        (
            follow_up("linkedin[follow_up][subject]", &[]),
            missing,
            "linkedin[follow_up][subject] is required.",
        ),
        (
            follow_up("linkedin[follow_up][text]", &[]),
            missing,
            "linkedin[follow_up][text] is required.",
        ),
        (
            follow_up(zone, &[]),
            missing,
            "linkedin[follow_up][scheduled_time][timezone] is required.",
        ),
        (
            follow_up(days, &[]),
            missing,
            "[scheduled_time][days] or linkedin[follow_up][scheduled_time][weeks] is required.",
        ),
        (
            follow_up(days, &[(days, "2")]),
            invalid,
            "linkedin[follow_up][scheduled_time][days] must be at least 3, and is 2.",
        ),
        (
            follow_up(days, &[(days, "29")]),
            invalid,
            "linkedin[follow_up][scheduled_time][days] must be at most 28, and is 29.",
        ),
        (
            follow_up(days, &[(days, "7.0")]),
            invalid,
            "linkedin[follow_up][scheduled_time][days] must be a whole number, and is `7.0`.",
        ),
        (
            follow_up(days, &[(weeks, "0")]),
            invalid,
            "linkedin[follow_up][scheduled_time][weeks] must be at least 1, and is 0.",
        ),
        (
            follow_up(days, &[(weeks, "5")]),
            invalid,
            "linkedin[follow_up][scheduled_time][weeks] must be at most 4, and is 5.",
        ),
        (follow_up("", &[(weeks, "1")]), invalid, "does not go with"),
        (
            follow_up("", &[("linkedin[follow_up][attachments]", "text")]),
            invalid,
            "linkedin[follow_up][attachments] is a file",
        ),
        (
            start(&[("linkedin[api", "classic")]),
            invalid,
            "linkedin[api is not a name in bracket notation.",
        ),
        (
            start(&[("text[bold]", "x")]),
            invalid,
            "text is not an object, so there is no text[bold].",
        ),
    ] {
        let response = post(&server, "/chats", form).await;
        refused(&response, 400, error_type, detail);
    }
    assert_eq!(server.messages_sent(), 0);
}

#[tokio::test]
async fn all_that_is_wrong_is_said_at_once() {
    let server = MockServer::start().await;
    let form = form(&[("linkedin[inmail]", "1"), ("voice_message", "text")]);
    let response = post(&server, "/chats", form).await;
    for name in [
        "account_id",
        "attendees_ids",
        "linkedin[inmail]",
        "voice_message",
    ] {
        refused(&response, 400, "invalid_parameters", name);
    }
}

#[tokio::test]
async fn an_empty_attendee_is_an_invalid_recipient() {
    let server = MockServer::start().await;
    let response = post(&server, "/chats", start(&[("attendees_ids", " ")])).await;
    refused(&response, 422, "invalid_recipient", "attendees_ids");
}

#[tokio::test]
async fn send_message_which_documents_no_400_refuses_with_422() {
    let server = MockServer::start().await;
    let path = "/chats/9f9uio56sopa456s/messages";
    for (fields, detail) in [
        (&[("text", "a"), ("text", "b")], "text must be given once"),
        (
            &[("attachments", "text"), ("text", "b")],
            "attachments is a file",
        ),
        (
            &[("text", "@file"), ("quote_id", "b")],
            "text is not a file",
        ),
    ] {
        refused(
            &post(&server, path, form(fields)).await,
            422,
            "invalid_message",
            detail,
        );
    }
}

#[tokio::test]
async fn list_chats_which_documents_no_400_refuses_with_403_and_names_the_parameter() {
    let server = MockServer::start().await;
    for (query, detail) in [
        ("limit=0", "limit must be at least 1, and is 0."),
        ("limit=251", "limit must be at most 250, and is 251."),
        ("limit=", "limit must be a whole number, and is empty."),
        ("limit=ten", "limit must be a whole number, and is `ten`."),
        ("limit=1&limit=2", "limit must be given once"),
        ("account_type=SMS", "account_type must be one of `WHATSAPP`"),
        ("account_type=linkedin", "account_type must be one of"),
        ("unread=1", "unread must be `true` or `false`"),
        ("before=2026-05-17", "before must be a time such as"),
        (
            "before=2026-05-17T09:42:11Z",
            "before must be a time such as",
        ),
        (
            "after=2026-05-17T09:42:11.000%2B02:00",
            "after must be a time such as",
        ),
        (
            "after=2026-02-30T09:42:11.000Z",
            "after must be a time such as",
        ),
        (
            "cursor=eyJhY2NvdW50X2lkIjoiYWNjXzAxIn0%3D",
            "cursor is not one that this server gave.",
        ),
    ] {
        let response = get(&server, &format!("/chats?{query}")).await;
        refused(&response, 403, "insufficient_permissions", detail);
    }
}

#[tokio::test]
async fn an_id_in_the_path_that_cannot_be_one_is_invalid_and_any_other_is_not_found() {
    let server = MockServer::start().await;
    for id in ["", "%00", "%ff", "a%0Ab"] {
        let response = get(&server, &format!("/chats/{id}")).await;
        refused(&response, 404, "invalid_resource_identifier", "chat_id");
    }
    for id in ["chat_1", "%F0%9F%90%95", "a%20b", "..%2F", "2-NTRk..."] {
        let response = get(&server, &format!("/chats/{id}")).await;
        refused(&response, 404, "resource_not_found", "chat_id");
    }
}

#[tokio::test]
async fn unknown_fields_are_ignored_and_noted_or_refused_if_asked_for() {
    let lenient = MockServer::start().await;
    let fields = [("atachments", "@file"), ("linkedin[topics]", "other")];
    let (status, _) = post(&lenient, "/chats", start(&fields)).await;
    assert_eq!(status, 201);
    get(&lenient, "/chats?page=2").await;
    let received = lenient.received();
    assert_eq!(received[0].ignored(), ["linkedin[topics]", "atachments"]);
    assert_eq!(received[1].ignored(), ["page"]);

    let strict = MockServer::builder()
        .strict()
        .start()
        .await
        .expect("a server");
    let response = post(&strict, "/chats", start(&fields)).await;
    refused(
        &response,
        400,
        "invalid_parameters",
        "atachments is not in the documentation.",
    );
    let response = get(&strict, "/chats?page=2").await;
    refused(
        &response,
        403,
        "insufficient_permissions",
        "page is not in the documentation.",
    );
}

#[tokio::test]
async fn a_list_in_one_text_is_one_member_and_refused_if_asked_for() {
    let lenient = MockServer::start().await;
    let strict = MockServer::builder().strict().start().await;
    let strict = strict.expect("a server");
    for (attendees, how) in [
        ("u1,u2", "with commas between them"),
        (r#"["u1"]"#, "as a JSON array"),
        (r#"["u1", "u2"]"#, "as a JSON array"),
    ] {
        let fields = || form(&[("account_id", "acc_1"), ("attendees_ids", attendees)]);
        assert_eq!(post(&lenient, "/chats", fields()).await.0, 201);
        refused(
            &post(&strict, "/chats", fields()).await,
            400,
            "invalid_parameters",
            &format!("attendees_ids is a list: send its members one by one, not {how}."),
        );
    }
    let fields = [
        ("account_id", "acc_1"),
        ("attendees_ids", "u1"),
        ("attendees_ids", "u2"),
    ];
    assert_eq!(post(&strict, "/chats", form(&fields)).await.0, 201);
    let response = post(&strict, "/chats", start(&[("subject", "Well, yes")])).await;
    assert_eq!(response.0, 201, "other texts may have commas: {response:?}");
    // Commas are how lists in queries are written.
    assert_eq!(get(&strict, "/chats?account_id=a,b").await.0, 200);
    refused(
        &get(&strict, "/chats?account_id=[%22a%22]").await,
        403,
        "insufficient_permissions",
        "account_id is a list: send its members one by one, not as a JSON array.",
    );
}

#[tokio::test]
async fn a_time_zone_has_the_name_that_the_iana_gave_it() {
    let server = MockServer::start().await;
    let zone = "linkedin[follow_up][scheduled_time][timezone]";
    for (given, why) in [
        ("Mars/Olympus", "must be the IANA name of a time zone"),
        ("+02:00", "must be the IANA name of a time zone"),
        ("", "must be the IANA name of a time zone"),
        (
            "europe/paris",
            "is spelt Europe/Paris, and is `europe/paris`",
        ),
    ] {
        let response = post(&server, "/chats", follow_up(zone, &[(zone, given)])).await;
        refused(
            &response,
            400,
            "invalid_parameters",
            &format!("{zone} {why}"),
        );
    }
    assert_eq!(
        post(
            &server,
            "/chats",
            follow_up(zone, &[(zone, "America/Phoenix")])
        )
        .await
        .0,
        201
    );
    assert_eq!(server.messages_sent(), 1);
}

#[tokio::test]
async fn a_body_that_is_not_a_form_is_an_unsupported_media_type() {
    let server = MockServer::start().await;
    for path in ["/chats", "/chats/9f9uio56sopa456s/messages"] {
        let request = reqwest::Client::new().post(server.base_url() + path);
        let request = request
            .header("X-API-KEY", "k")
            .json(&serde_json::json!({ "text": "Hi" }));
        let response = request.send().await.expect("a response");
        let response = (
            response.status().as_u16(),
            response.json().await.expect("JSON"),
        );
        refused(
            &response,
            415,
            "unsupported_media_type",
            "Content-Type must be multipart/form-data",
        );
    }
}

#[tokio::test]
async fn a_form_that_is_none_is_malformed() {
    let server = MockServer::start().await;
    let boundary = "content-type: multipart/form-data; boundary=B";
    for (content_type, body, detail) in [
        ("content-type: multipart/form-data", "--B--", "boundary"),
        (boundary, "", "incomplete"),
        (boundary, "no boundary at all", "incomplete"),
        (
            boundary,
            "--B\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nHello",
            "text",
        ),
        (
            boundary,
            "--B\r\nContent-Type: text/plain\r\n\r\nHello\r\n--B--",
            "a part has no name",
        ),
        (
            boundary,
            "--B\r\nContent-Disposition: form-data; name=\"a\x01\"\r\n\r\n\r\n--B--",
            "headers",
        ),
    ] {
        let request = format!(
            "POST /v1/chats HTTP/1.1\r\nHost: h\r\nX-API-KEY: k\r\nConnection: close\r\n{content_type}\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let response = raw(&server, request).await.expect("a response");
        assert!(response.starts_with("HTTP/1.1 400 "), "{response}");
        assert!(response.contains("errors/malformed_request"), "{response}");
        assert!(response.contains(detail), "{detail} is not in {response}");
    }
}

#[tokio::test]
async fn a_text_that_is_not_utf_8_is_invalid() {
    let server = MockServer::start().await;
    let form = start(&[]).part("subject", Part::bytes(vec![0xff, 0xfe]));
    refused(
        &post(&server, "/chats", form).await,
        400,
        "invalid_parameters",
        "subject is not UTF-8.",
    );
}

#[tokio::test]
async fn a_text_may_have_65536_characters_and_no_more() {
    let server = MockServer::start().await;
    let most = "ä".repeat(65_536);
    let fields = [
        ("account_id", "acc_1"),
        ("attendees_ids", "ACoA"),
        ("text", most.as_str()),
    ];
    assert_eq!(post(&server, "/chats", form(&fields)).await.0, 201);
    let more = most + "ä";
    let fields = [
        ("account_id", "acc_1"),
        ("attendees_ids", "ACoA"),
        ("text", more.as_str()),
    ];
    let response = post(&server, "/chats", form(&fields)).await;
    refused(
        &response,
        400,
        "too_many_characters",
        "text must have at most 65536 characters.",
    );
    let response = post(
        &server,
        "/chats/9f9uio56sopa456s/messages",
        form(&fields[2..]),
    )
    .await;
    refused(&response, 422, "invalid_message", "text");
}

#[tokio::test]
async fn files_may_have_as_many_bytes_as_are_allowed_and_no_more() {
    let server = MockServer::builder()
        .max_upload(10)
        .start()
        .await
        .expect("a server");
    let (five, six) = ("@12345", "@123456");
    let (status, body) = post(
        &server,
        "/chats",
        start(&[("attachments", five), ("voice_message", five)]),
    )
    .await;
    assert_eq!(status, 201, "{body}");
    let response = post(
        &server,
        "/chats",
        start(&[("attachments", five), ("voice_message", six)]),
    )
    .await;
    refused(
        &response,
        400,
        "content_too_large",
        "voice_message is too large: files may have 10 bytes together.",
    );
    let message = form(&[("linkedin[follow_up][attachments]", "@12345678901")]);
    let response = post(&server, "/chats/9f9uio56sopa456s/messages", message).await;
    refused(
        &response,
        422,
        "invalid_message",
        "linkedin[follow_up][attachments] is too large",
    );
    assert_eq!(server.messages_sent(), 1);
}

#[tokio::test]
async fn fifteen_megabytes_are_accepted_and_a_byte_more_is_not() {
    let server = MockServer::start().await;
    for (size, status) in [(15_000_000, 201), (15_000_001, 400)] {
        let part = Part::bytes(vec![0; size]).file_name("big.bin");
        let (actual, body) = post(&server, "/chats", start(&[]).part("attachments", part)).await;
        assert_eq!(actual, status, "{body}");
    }
    let received = &server.received()[0];
    assert_eq!(
        received.part("attachments").expect("the file").size(),
        15_000_000
    );
    assert_eq!(received.outcome(), Outcome::Responded(201));
}
