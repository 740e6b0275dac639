//! Texts and names that are not ASCII, or mean harm.

use postpress_client::Upload;
use postpress_client::forms::{
    ClassicOptions, LinkedinOptions, SendMessageRequest, StartChatRequest,
};
use postpress_tests::client::{BOUNDARY, client, keyless};
use postpress_tests::{Part, Request, Server, examples};

use crate::wire::assert_wire;

/// Values that would break out of a part, a header or a nested object, if anything could.
const HOSTILE: [&str; 14] = [
    "--BOUNDARX\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nforged\r\n--BOUNDARX--\r\n",
    "\r\n\r\n--",
    "\r\n",
    "a\rb\nc\r\nd",
    "\0\x01\x7f",
    "\" ; filename=\"x\"",
    "linkedin[api]=recruiter",
    "[follow_up][text]",
    "a&b=c%20d+e",
    "{\"api\":\"recruiter\"}",
    "@/etc/passwd",
    "Zo\u{eb} \u{65e5}\u{672c}\u{8a9e} \u{1f600} \u{202e}",
    "\u{feff}bom",
    " leading and trailing \t",
];

async fn sent(form: &SendMessageRequest) -> Request {
    let server = Server::responding(examples::response("sendMessage"));
    client(&server).send_message("chat_1", form).await.unwrap();
    server.request()
}

async fn attached(upload: Upload) -> Request {
    let form = SendMessageRequest {
        attachments: vec![upload],
        ..Default::default()
    };
    sent(&form).await
}

#[tokio::test]
async fn a_value_stays_in_its_part_byte_for_byte() {
    for value in HOSTILE {
        let form = SendMessageRequest {
            text: Some(value.into()),
            typing_duration: Some("after".into()),
            ..Default::default()
        };
        assert_eq!(
            sent(&form).await.parts(),
            [
                Part::text("text", value),
                Part::text("typing_duration", "after")
            ],
            "{value:?}"
        );
    }
}

#[tokio::test]
async fn a_value_in_brackets_stays_there_too() {
    for value in HOSTILE {
        let options = ClassicOptions {
            applicant_id: Some(value.into()),
            ..Default::default()
        };
        let form = StartChatRequest {
            linkedin: Some(LinkedinOptions::Classic(options)),
            ..Default::default()
        };
        let server = Server::responding(examples::response("startChat"));
        client(&server).start_chat(&form).await.unwrap();
        let parts = server.request().parts();
        assert_eq!(
            parts[1..],
            [
                Part::text("linkedin[api]", "classic"),
                Part::text("linkedin[applicant_id]", value),
            ]
        );
    }
}

#[tokio::test]
async fn a_file_may_hold_what_looks_like_the_end_of_the_form() {
    for value in HOSTILE {
        let parts = attached(Upload::bytes(value)).await.parts();
        assert_eq!(parts.len(), 1);
        assert_eq!(parts[0].content, value.as_bytes());
    }
}

#[tokio::test]
async fn file_names_are_utf_8_with_quotes_and_line_breaks_escaped() {
    for (name, sent) in [
        (
            "Zo\u{eb} \u{65e5}\u{672c} \u{1f600}.pdf",
            "Zo\u{eb} \u{65e5}\u{672c} \u{1f600}.pdf",
        ),
        ("a\"b.pdf", "a%22b.pdf"),
        (
            "a\r\nX-Evil: 1\r\n\r\n.pdf",
            "a%0D%0AX-Evil: 1%0D%0A%0D%0A.pdf",
        ),
        ("a\rb\nc.pdf", "a%0Db%0Ac.pdf"),
        ("\"; name=\"text.pdf", "%22; name=%22text.pdf"),
        ("50%22.pdf", "50%22.pdf"),
        ("a\\b.pdf", "a\\b.pdf"),
        ("../../etc/passwd.pdf", "../../etc/passwd.pdf"),
        ("a;b=c&d.pdf", "a;b=c&d.pdf"),
        ("linkedin[api].pdf", "linkedin[api].pdf"),
        (" .pdf", " .pdf"),
    ] {
        let request = attached(Upload::bytes("1").with_file_name(name)).await;
        assert_eq!(
            request.parts(),
            [Part::file("attachments", sent, "application/pdf", b"1")],
            "{name:?}"
        );
        // RFC 7578 forbids it.
        assert!(!request.shown().contains("filename*"));
    }
}

#[tokio::test]
async fn a_hostile_form_looks_like_this() {
    let form = SendMessageRequest {
        text: Some("line\r\nline\n--BOUNDARX\\ \u{e9}".into()),
        attachments: vec![
            Upload::bytes(&[0xff, 0x00, b'\n'][..]).with_file_name("na\"me\r\nX-Evil: 1.bin"),
            Upload::bytes("\u{e9}").with_file_name("Zo\u{eb}.txt"),
        ],
        ..Default::default()
    };
    assert_wire("hostile", &sent(&form).await);
}

#[tokio::test]
async fn a_value_that_holds_a_boundary_of_ones_own_is_refused() {
    let server = Server::responding(examples::response("sendMessage"));
    let form = SendMessageRequest {
        text: Some(format!("\r\n--{BOUNDARY}--\r\n")),
        ..Default::default()
    };
    let error = client(&server)
        .send_message("chat_1", &form)
        .await
        .unwrap_err();
    assert!(error.to_string().contains("boundary"), "{error}");
    assert_eq!(server.connections(), 0);
    // The usual, random one meets nothing.
    let client = keyless(&server.origin());
    client.send_message("chat_1", &form).await.unwrap();
    let text = form.text.unwrap();
    assert_eq!(server.request().parts(), [Part::text("text", &text)]);
}
