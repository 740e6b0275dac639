//! The files of a form are listed by the form itself, so that nobody keeps a list beside the document.

use std::{fs, path::Path};

use postpress_client::{
    forms::{
        FollowUp, LinkedinOptions, RecruiterOptions, ScheduledTime, SendMessageRequest,
        StartChatRequest,
    },
    multipart::{FormBody, Upload},
};
use postpress_codegen::{Settings, Source, generate};

/// The wire names of the files of a form.
fn uploads(body: &impl FormBody) -> Vec<String> {
    let form = body.to_form().unwrap();
    let names = form.uploads().map(|part| part.name().to_owned());
    names.collect()
}

#[test]
fn a_form_lists_its_files_in_the_order_in_which_they_are_sent() {
    let file = || Upload::bytes("x");
    let message = SendMessageRequest {
        text: Some("not a file".to_owned()),
        voice_message: Some(file()),
        video_message: Some(file()),
        attachments: vec![file(), file()],
        ..Default::default()
    };
    assert_eq!(
        uploads(&message),
        [
            "voice_message",
            "video_message",
            "attachments",
            "attachments"
        ]
    );
    let follow_up = FollowUp {
        subject: String::new(),
        text: String::new(),
        attachments: vec![file()],
        scheduled_time: ScheduledTime::Days(Default::default()),
    };
    let chat = StartChatRequest {
        attachments: vec![file()],
        linkedin: Some(LinkedinOptions::Recruiter(RecruiterOptions {
            follow_up: Some(follow_up),
            ..Default::default()
        })),
        ..Default::default()
    };
    assert_eq!(
        uploads(&chat),
        ["attachments", "linkedin[follow_up][attachments]"]
    );
}

/// The lines of the generated forms.
fn forms(text: &str) -> Vec<String> {
    let name = "postpress.yaml";
    let settings = Settings {
        command: String::new(),
        ..Settings::default()
    };
    let output =
        generate(&Source { name, text }, &settings).unwrap_or_else(|found| panic!("{found}"));
    let forms = output.files.iter().find(|file| file.path == "forms.rs");
    forms.unwrap().contents.lines().map(str::to_owned).collect()
}

/// What a form lists is what it writes, and this is the whole change that a new field makes.
#[test]
fn a_file_field_that_the_document_gains_is_written_like_the_others() {
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/postpress.yaml");
    let document = fs::read_to_string(document).unwrap();
    let mut with_files = document.clone();
    for schema in ["SendMessageRequest", "FollowUp"] {
        let start = with_files.find(&format!("\n    {schema}:\n")).unwrap();
        let properties = "\n      properties:\n";
        let properties = start + with_files[start..].find(properties).unwrap() + properties.len();
        let field = "        sticker:\n          type: string\n          format: binary\n";
        with_files.insert_str(properties, field);
    }
    let (before, after) = (forms(&document), forms(&with_files));
    let mut rest = before.iter().peekable();
    let mut new = Vec::new();
    for line in &after {
        if rest.next_if(|old| *old == line).is_none() {
            new.push(line.trim());
        }
    }
    assert!(rest.next().is_none());
    assert_eq!(
        new,
        [
            "pub sticker: Option<Upload>,",
            "field.member(\"sticker\").put(&self.sticker);",
            "pub sticker: Option<Upload>,",
            "form.field(\"sticker\").put(&self.sticker);",
        ]
    );
}
