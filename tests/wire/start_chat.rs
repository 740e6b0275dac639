use postpress_client::enums::{CompanyTopic, SourcingChannel, Visibility};
use postpress_client::forms::{
    ClassicOptions, DaysSchedule, FollowUp, LinkedinOptions, RecruiterOptions,
    SalesNavigatorOptions, ScheduledTime, StartChatRequest, WeeksSchedule,
};
use postpress_client::multipart::{ArrayNames, FormOptions};
use postpress_client::{Client, Upload};
use postpress_tests::client::{BOUNDARY, client};
use postpress_tests::{Part, Request, Server, examples};

use crate::wire::assert_wire;

/// What the server gets.
async fn sent(form: StartChatRequest) -> Request {
    sent_by(|client| client, form).await
}

async fn sent_by(set: impl FnOnce(Client) -> Client, form: StartChatRequest) -> Request {
    let server = Server::responding(examples::response("startChat"));
    set(client(&server)).start_chat(&form).await.unwrap();
    server.request()
}

fn minimal() -> StartChatRequest {
    StartChatRequest {
        account_id: "acc_1".into(),
        attendees_ids: vec!["ACoAAA1".into()],
        ..Default::default()
    }
}

fn with(options: LinkedinOptions) -> StartChatRequest {
    StartChatRequest {
        linkedin: Some(options),
        ..minimal()
    }
}

fn follow_up(attachments: Vec<Upload>, scheduled_time: ScheduledTime) -> RecruiterOptions {
    RecruiterOptions {
        follow_up: Some(FollowUp {
            subject: "Still there?".into(),
            text: "We would love to hear from you.".into(),
            attachments,
            scheduled_time,
        }),
        ..Default::default()
    }
}

fn in_days(days: u64) -> ScheduledTime {
    ScheduledTime::Days(DaysSchedule {
        days,
        timezone: "Europe/Paris".into(),
    })
}

#[tokio::test]
async fn a_minimal_chat_sends_what_is_required_and_nothing_else() {
    assert_wire("start_chat_minimal", &sent(minimal()).await);
}

#[tokio::test]
async fn a_group_repeats_the_name_of_the_attendees() {
    let form = StartChatRequest {
        account_id: "k0_s8cdss9Dz8ds".into(),
        attendees_ids: ["33600000000@s.whatsapp.net", "33600000001@s.whatsapp.net"]
            .map(String::from)
            .into(),
        text: Some("Hello world!".into()),
        subject: Some("Vacation".into()),
        ..Default::default()
    };
    assert_wire("start_chat_group", &sent(form).await);
}

#[tokio::test]
async fn files_have_their_names_and_media_types() {
    let form = StartChatRequest {
        attachments: vec![
            Upload::bytes("%PDF-1.7").with_file_name("offer.pdf"),
            Upload::bytes(&[0x89, b'P', b'N', b'G'][..]).with_media_type("image/png"),
            Upload::bytes("?"),
        ],
        voice_message: Some(Upload::bytes("voice").with_file_name("note.m4a")),
        video_message: Some(Upload::bytes("video").with_file_name("hello.mp4")),
        ..minimal()
    };
    assert_wire("start_chat_files", &sent(form).await);
}

#[tokio::test]
async fn classic_options_are_in_brackets() {
    let options = ClassicOptions {
        topic: Some(CompanyTopic::RequestDemo),
        applicant_id: Some("app_1".into()),
        invitation_id: Some("inv_1".into()),
        inmail: Some(true),
    };
    let form = with(LinkedinOptions::Classic(options));
    assert_wire("start_chat_classic", &sent(form).await);
}

#[tokio::test]
async fn recruiter_options_with_a_follow_up_are_in_brackets_to_the_last_file() {
    let form = StartChatRequest {
        account_id: "acc_1".into(),
        attendees_ids: vec!["AEMAAA1".into()],
        text: Some("<strong>Hello</strong>".into()),
        subject: Some("A position".into()),
        attachments: vec![Upload::bytes("offer").with_file_name("offer.pdf")],
        voice_message: None,
        video_message: None,
        linkedin: Some(LinkedinOptions::Recruiter(RecruiterOptions {
            signature: Some("Jordan".into()),
            hiring_project_id: Some("project_1".into()),
            job_posting_id: Some("job_1".into()),
            sourcing_channel: Some(SourcingChannel::RecruiterSearch),
            email_address: Some("candidate@example.com".into()),
            visibility: Some(Visibility::Project),
            ..follow_up(
                vec![
                    Upload::bytes("role").with_file_name("role.txt"),
                    Upload::bytes("team").with_file_name("team.png"),
                ],
                in_days(3),
            )
        })),
    };
    assert_wire("start_chat_recruiter", &sent(form).await);
}

#[tokio::test]
async fn a_follow_up_in_weeks_sends_weeks_and_no_days() {
    let schedule = ScheduledTime::Weeks(WeeksSchedule {
        weeks: 4,
        timezone: "America/Phoenix".into(),
    });
    let form = with(LinkedinOptions::Recruiter(follow_up(vec![], schedule)));
    let parts = sent(form).await.parts();
    let schedule: Vec<_> = parts
        .iter()
        .filter(|part| part.name.contains("scheduled_time"))
        .collect();
    assert_eq!(
        schedule,
        [
            &Part::text("linkedin[follow_up][scheduled_time][weeks]", "4"),
            &Part::text(
                "linkedin[follow_up][scheduled_time][timezone]",
                "America/Phoenix"
            ),
        ]
    );
}

#[tokio::test]
async fn sales_navigator_is_its_name_alone() {
    let form = with(LinkedinOptions::SalesNavigator(SalesNavigatorOptions {}));
    assert_wire("start_chat_sales_navigator", &sent(form).await);
}

#[tokio::test]
async fn options_that_are_not_set_are_not_sent() {
    for (options, api) in [
        (
            LinkedinOptions::Classic(ClassicOptions::default()),
            "classic",
        ),
        (
            LinkedinOptions::Recruiter(RecruiterOptions::default()),
            "recruiter",
        ),
    ] {
        let parts = sent(with(options)).await.parts();
        assert_eq!(parts.len(), 3);
        assert_eq!(parts[2], Part::text("linkedin[api]", api));
    }
}

#[tokio::test]
async fn false_is_sent_since_it_is_not_absence() {
    let options = ClassicOptions {
        inmail: Some(false),
        ..Default::default()
    };
    let parts = sent(with(LinkedinOptions::Classic(options))).await.parts();
    assert_eq!(parts.last(), Some(&Part::text("linkedin[inmail]", "false")));
}

#[tokio::test]
async fn array_names_with_brackets_are_an_option() {
    let form = || StartChatRequest {
        attachments: vec![Upload::bytes("1").with_file_name("1.txt")],
        linkedin: Some(LinkedinOptions::Recruiter(follow_up(
            vec![Upload::bytes("2").with_file_name("2.txt")],
            in_days(28),
        ))),
        ..minimal()
    };
    for (array_names, expected) in [
        (
            ArrayNames::Plain,
            [
                "attendees_ids",
                "attachments",
                "linkedin[follow_up][attachments]",
            ],
        ),
        (
            ArrayNames::TextBrackets,
            [
                "attendees_ids[]",
                "attachments",
                "linkedin[follow_up][attachments]",
            ],
        ),
        (
            ArrayNames::Brackets,
            [
                "attendees_ids[]",
                "attachments[]",
                "linkedin[follow_up][attachments][]",
            ],
        ),
    ] {
        let options = FormOptions::new()
            .with_boundary(BOUNDARY)
            .with_array_names(array_names);
        let request = sent_by(|client| client.with_form_options(options), form()).await;
        let names = request.parts().into_iter().map(|part| part.name);
        let arrays: Vec<_> = names
            .filter(|name| name.contains("attendees") || name.contains("attachments"))
            .collect();
        assert_eq!(arrays, expected, "{array_names:?}");
    }
}
