//! Forms with files, and the media types of parts.

use super::*;

mod form_files {
    use postpress_constructs::form_files::forms::{
        SendFilesForm, SendFilesFormDeep, SendFilesFormDeepDeeper, SendFilesFormDeepListItem,
    };

    use super::*;

    fn form() -> SendFilesForm {
        SendFilesForm {
            plain: file("plain.png", "0"),
            png: None,
            images: vec![],
            any: None,
            deep: None,
            base64: None,
        }
    }

    #[test]
    fn files_stand_at_any_depth_with_their_names_and_media_types() {
        let form = SendFilesForm {
            png: Some(Upload::bytes("1")),
            images: vec![
                file("2.jpg", "2"),
                file("3.gif", "3"),
                file("4", "4").with_media_type("image/webp"),
            ],
            any: Some(file("5.pdf", "5")),
            deep: Some(SendFilesFormDeep {
                file: Some(file("6.txt", "6")),
                deeper: Some(SendFilesFormDeepDeeper {
                    files: vec![file("7.zip", "7"), file("8", "8")],
                    named: map([("k", file("9.mp3", "9"))]),
                }),
                list: vec![
                    SendFilesFormDeepListItem {
                        file: file("10.png", "10"),
                        note: text("n"),
                    },
                    SendFilesFormDeepListItem {
                        file: file("11.png", "11"),
                        note: None,
                    },
                ],
            }),
            base64: text("AP8="),
            ..form()
        };
        let request = sent!(form_files.send_files(&form));
        assert_eq!(
            head(&request),
            "POST /files\ncontent-type: multipart/form-data"
        );
        assert_eq!(
            parts(&request),
            [
                "plain (application/octet-stream, \"plain.png\") = 0",
                "png (image/png, \"file.png\") = 1",
                "images (image/jpeg, \"2.jpg\") = 2",
                "images (image/gif, \"3.gif\") = 3",
                "images (image/webp, \"4\") = 4",
                "any (application/pdf, \"5.pdf\") = 5",
                "deep[file] (text/plain, \"6.txt\") = 6",
                "deep[deeper][files] (application/zip, \"7.zip\") = 7",
                "deep[deeper][files] (application/octet-stream, \"8\") = 8",
                "deep[deeper][named][k] (audio/mpeg, \"9.mp3\") = 9",
                "deep[list][0][file] (image/png, \"10.png\") = 10",
                "deep[list][0][note] = n",
                "deep[list][1][file] (image/png, \"11.png\") = 11",
                "base64 = AP8=",
            ]
        );
    }

    #[test]
    fn every_file_of_another_media_type_than_the_document_lists_is_refused() {
        let form = SendFilesForm {
            png: Some(file("a.png", "a").with_media_type("image/jpeg")),
            images: vec![file("b.txt", "b").with_media_type("text/plain")],
            ..form()
        };
        let refusal = refused!(form_files.send_files(&form));
        assert!(
            refusal.contains(
                "`png`: `image/jpeg` is not among the media types accepted here: image/png"
            ),
            "{refusal}"
        );
        assert!(
            refusal.contains(
                "`images`: `text/plain` is not among the media types accepted here: image/png, image/jpeg;q=0.5, image/*"
            ),
            "{refusal}"
        );
    }
}

mod form_content_types {
    use postpress_constructs::form_content_types::{
        forms::{SendPartsForm, SendPartsFormDeepText},
        types::{
            SendPartsFormObject, SendPartsFormObjectAsJson, SendPartsFormObjectOfTwo,
            SendPartsFormObjectsAsJsonItem,
        },
    };

    use super::*;

    #[test]
    fn each_part_has_the_media_type_of_its_encoding() {
        let form = SendPartsForm {
            text: "1".into(),
            plain: text("2"),
            number: Some(3),
            texts: texts(&["4", "5"]),
            text_as_json: text("\"6\""),
            texts_as_json: texts(&["7", "8"]),
            object: Some(SendPartsFormObject { a: text("9") }),
            object_as_json: Some(SendPartsFormObjectAsJson { a: text("10") }),
            objects_as_json: vec![
                SendPartsFormObjectsAsJsonItem { a: text("11") },
                SendPartsFormObjectsAsJsonItem { a: None },
            ],
            file: Some(file("12.png", "12")),
            file_of_two: Some(file("13.jpg", "13")),
            file_of_any: Some(file("14.txt", "14")),
            file_as_json: Some(Upload::bytes("15")),
            deep_text: Some(SendPartsFormDeepText { a: text("16") }),
            text_of_two: text("17"),
            text_of_any: text("18"),
            object_of_two: Some(SendPartsFormObjectOfTwo { a: text("19") }),
        };
        let request = sent!(form_content_types.send_parts(&form));
        assert_eq!(
            head(&request),
            "POST /parts\ncontent-type: multipart/form-data"
        );
        assert_eq!(
            parts(&request),
            [
                "text (text/plain; charset=utf-8) = 1",
                "plain (text/plain) = 2",
                "number (text/plain) = 3",
                "texts (text/csv) = 4",
                "texts (text/csv) = 5",
                "text_as_json (application/json) = \"\\\"6\\\"\"",
                "texts_as_json (application/json) = \"7\"",
                "texts_as_json (application/json) = \"8\"",
                "object (application/json) = {\"a\":\"9\"}",
                "object_as_json (application/json) = {\"a\":\"10\"}",
                "objects_as_json (application/vnd.thing+json) = {\"a\":\"11\"}",
                "objects_as_json (application/vnd.thing+json) = {}",
                "file (application/pdf, \"12.png\") = 12",
                "file_of_two (image/jpeg, \"13.jpg\") = 13",
                "file_of_any (text/plain, \"14.txt\") = 14",
                "file_as_json (application/json, \"file.json\") = 15",
                "deep_text[a] = 16",
                "text_of_two (text/html) = 17",
                "text_of_any = 18",
                "object_of_two (application/json) = {\"a\":\"19\"}",
            ]
        );
    }

    #[test]
    fn a_file_whose_media_type_is_one_of_two_and_cannot_be_told_is_refused() {
        let form = SendPartsForm {
            file_of_two: Some(file("unknown", "x")),
            ..SendPartsForm::default()
        };
        assert_eq!(
            refused!(form_content_types.send_parts(&form)),
            "`file_of_two`: the media type of `unknown` cannot be told from its name: set one of image/png,image/jpeg \
             with `Upload::with_media_type`"
        );
    }
}
