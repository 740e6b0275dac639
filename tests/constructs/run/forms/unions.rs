//! Forms that are one of several, or hold fields that are; and one schema as a form and as JSON.

use super::*;

mod form_unions {
    use postpress_constructs::form_unions::{
        forms::{
            AddPostForm, AddPostFormDate, AddPostFormFiles, AddPostFormPicture, AddPostFormSize,
            AddPostFormSizeW, AddPostFormTarget, AddPostFormTexts, AddPostFormWhen,
            AddPostFormWhere, AddPostFormWhereLatLon, AddPostFormWherePlace, GroupTarget,
            PersonTarget, Picture, Target,
        },
        types::{AddPostFormEitherMade, AddPostFormJsonListItemW, AddPostFormJsonW},
        variants::{
            AddPostFormEithersItemValue, AddPostFormJson, AddPostFormJsonListItem,
            AddPostFormQuoted,
        },
    };
    use postpress_runtime::multipart::FileOr;
    use serde_json::json;

    use super::*;

    fn person(name: &str) -> PersonTarget {
        PersonTarget { name: name.into() }
    }

    /// A form with nothing but what it must have.
    fn least() -> AddPostForm {
        AddPostForm {
            target: AddPostFormTarget::Person(person("a")),
            more_targets: vec![],
            picture: AddPostFormPicture::Text("p".into()),
            pictures: vec![],
            when: None,
            where_: None,
            size: None,
            json: None,
            json_list: vec![],
            quoted: None,
            date: None,
            contact: None,
            files: None,
            texts: None,
            anything: None,
            either: None,
            eithers: vec![],
        }
    }

    /// The parts that a form has beside the least.
    fn more(form: &AddPostForm) -> Vec<String> {
        let parts = parts(&sent!(form_unions.add_post(form)));
        let (least, more) = parts.split_at(3);
        assert_eq!(
            least,
            ["target[kind] = person", "target[name] = a", "picture = p"]
        );
        more.to_vec()
    }

    #[test]
    fn a_text_that_might_be_an_object_is_not_quoted() {
        let texts = AddPostForm {
            json: Some(AddPostFormJson::Text("d \"e\"".into())),
            json_list: vec![
                AddPostFormJsonListItem::Integer(1),
                AddPostFormJsonListItem::W(AddPostFormJsonListItemW { w: 2 }),
            ],
            anything: Some(json!("f")),
            ..least()
        };
        assert_eq!(
            more(&texts),
            [
                "json = d \"e\"",
                "json_list = 1",
                "json_list (application/json) = {\"w\":2}",
                "anything = f",
            ]
        );
        let anything = AddPostForm {
            anything: Some(json!([{"a": 1}, null, "b"])),
            ..least()
        };
        assert_eq!(
            more(&anything),
            ["anything (application/json) = {\"a\":1}", "anything = b"]
        );
    }

    #[test]
    fn a_text_is_quoted_where_the_document_says_that_it_is_json() {
        let form = AddPostForm {
            quoted: Some(AddPostFormQuoted::Text("q".into())),
            ..least()
        };
        assert_eq!(more(&form), ["quoted (application/json) = \"q\""]);
    }

    #[test]
    fn a_text_in_one_of_several_formats_is_a_text() {
        let form = |date| AddPostForm {
            date: Some(date),
            contact: text("a@b.example"),
            ..least()
        };
        assert_eq!(
            more(&form(AddPostFormDate::Text("2026-05-17".into()))),
            ["date = 2026-05-17", "contact = a@b.example"]
        );
        assert_eq!(
            more(&form(AddPostFormDate::Timestamp(moment()))),
            ["date = 2026-05-17T09:42:11.000Z", "contact = a@b.example"]
        );
    }

    #[test]
    fn one_or_several_are_as_many_parts_of_one_name() {
        let several = AddPostForm {
            files: Some(AddPostFormFiles::List(vec![
                file("a.png", "a"),
                file("b.png", "b"),
            ])),
            texts: Some(AddPostFormTexts::List(texts(&["c", "d"]))),
            ..least()
        };
        assert_eq!(
            more(&several),
            [
                "files (image/png, \"a.png\") = a",
                "files (image/png, \"b.png\") = b",
                "texts = c",
                "texts = d",
            ]
        );
        let one = AddPostForm {
            files: Some(AddPostFormFiles::File(file("a.png", "a"))),
            texts: Some(AddPostFormTexts::Text("c".into())),
            ..least()
        };
        assert_eq!(
            more(&one),
            ["files (image/png, \"a.png\") = a", "texts = c"]
        );
    }

    #[test]
    fn a_file_or_an_object_is_the_one_or_the_other() {
        let form = AddPostForm {
            either: Some(FileOr::Value(AddPostFormEitherMade { prompt: "a".into() })),
            eithers: vec![
                file("b.png", "b").into(),
                FileOr::Value(AddPostFormEithersItemValue::Text("c".into())),
                FileOr::Value(AddPostFormEithersItemValue::Made(AddPostFormEitherMade {
                    prompt: "d".into(),
                })),
            ],
            ..least()
        };
        assert_eq!(
            more(&form),
            [
                "either (application/json) = {\"prompt\":\"a\"}",
                "eithers (image/png, \"b.png\") = b",
                "eithers = c",
                "eithers (application/json) = {\"prompt\":\"d\"}",
            ]
        );
        let form = AddPostForm {
            either: Some(file("e.txt", "e").into()),
            ..least()
        };
        assert_eq!(
            more(&form),
            ["either (application/octet-stream, \"e.txt\") = e"]
        );
    }

    #[test]
    fn each_variant_is_written_with_the_tag_that_tells_it_apart() {
        let group = GroupTarget {
            members: texts(&["a", "b"]),
            files: vec![file("f.txt", "f")],
        };
        let form = AddPostForm {
            target: AddPostFormTarget::Group(group.clone()),
            more_targets: vec![Target::Person(person("c")), Target::Group(group)],
            picture: AddPostFormPicture::File(file("p.png", "p")),
            pictures: vec![
                Picture::File(file("q.txt", "q")),
                Picture::Link("https://r.example".into()),
            ],
            when: Some(AddPostFormWhen::Timestamp(moment())),
            where_: Some(AddPostFormWhere::LatLon(AddPostFormWhereLatLon {
                lat: 1.5,
                lon: -2.0,
            })),
            size: Some(AddPostFormSize::W(AddPostFormSizeW { w: 3 })),
            json: Some(AddPostFormJson::W(AddPostFormJsonW { w: 4 })),
            ..least()
        };
        let request = sent!(form_unions.add_post(&form));
        assert_eq!(
            head(&request),
            "POST /posts\ncontent-type: multipart/form-data"
        );
        assert_eq!(
            parts(&request),
            [
                "target[kind] = group",
                "target[members] = a",
                "target[members] = b",
                "target[files] (application/octet-stream, \"f.txt\") = f",
                "more_targets[0][kind] = person",
                "more_targets[0][name] = c",
                "more_targets[1][kind] = group",
                "more_targets[1][members] = a",
                "more_targets[1][members] = b",
                "more_targets[1][files] (application/octet-stream, \"f.txt\") = f",
                "picture (image/png, \"p.png\") = p",
                "pictures (application/octet-stream, \"q.txt\") = q",
                "pictures = https://r.example",
                "when = 2026-05-17T09:42:11.000Z",
                "where[lat] = 1.5",
                "where[lon] = -2",
                "size[w] = 3",
                "json (application/json) = {\"w\":4}",
            ]
        );
    }

    #[test]
    fn a_variant_that_is_a_scalar_is_a_text_under_the_name_of_the_field() {
        let form = AddPostForm {
            target: AddPostFormTarget::Person(person("a")),
            more_targets: vec![],
            picture: AddPostFormPicture::Text("https://p.example".into()),
            pictures: vec![],
            when: Some(AddPostFormWhen::Integer(1)),
            where_: Some(AddPostFormWhere::Place(AddPostFormWherePlace {
                place: "b".into(),
            })),
            size: Some(AddPostFormSize::Text("c".into())),
            json: Some(AddPostFormJson::Text("d".into())),
            ..least()
        };
        assert_eq!(
            parts(&sent!(form_unions.add_post(&form))),
            [
                "target[kind] = person",
                "target[name] = a",
                "picture = https://p.example",
                "when = 1",
                "where[place] = b",
                "size = c",
                "json = d",
            ]
        );
    }

    #[test]
    fn a_file_of_a_variant_has_a_media_type_that_the_field_accepts() {
        let form = AddPostForm {
            picture: AddPostFormPicture::File(file("p.gif", "p")),
            ..least()
        };
        let refusal = refused!(form_unions.add_post(&form));
        assert!(
            refusal.contains("set one of image/png, image/jpeg"),
            "{refusal}"
        );
    }
}

mod form_root_union {
    use postpress_constructs::form_root_union::forms::{
        EitherForm, FileMessage, FileMessageOptions, SendForm, TextMessage, TextMessageOptions,
        UploadForm, UploadFormFile, UploadFormLink,
    };

    use super::*;

    #[test]
    fn the_tag_of_a_form_is_its_first_field() {
        let form = SendForm::Text(TextMessage {
            text: "t".into(),
            options: Some(TextMessageOptions { silent: Some(true) }),
        });
        let request = sent!(form_root_union.send(&form));
        assert_eq!(
            head(&request),
            "POST /messages\ncontent-type: multipart/form-data"
        );
        assert_eq!(
            parts(&request),
            ["type = text", "text = t", "options[silent] = true"]
        );

        let form = SendForm::File(FileMessage {
            file: Upload::bytes("f"),
            options: Some(FileMessageOptions { caption: text("c") }),
        });
        assert_eq!(
            parts(&sent!(form_root_union.send(&form))),
            [
                "type = file",
                "file (image/png, \"file.png\") = f",
                "options[caption] = c"
            ]
        );
    }

    #[test]
    fn variants_without_a_tag_share_the_properties_beside_them() {
        let form = UploadForm::File(UploadFormFile {
            file: file("f.txt", "f"),
            note: "n".into(),
        });
        let request = sent!(form_root_union.upload(&form));
        assert_eq!(
            head(&request),
            "POST /uploads\ncontent-type: multipart/form-data"
        );
        assert_eq!(
            parts(&request),
            ["file (application/octet-stream, \"f.txt\") = f", "note = n"]
        );
        let form = UploadForm::Link(UploadFormLink {
            url: "u".into(),
            note: "n".into(),
        });
        assert_eq!(
            parts(&sent!(form_root_union.upload(&form))),
            ["url = u", "note = n"]
        );
    }

    #[test]
    fn alternatives_that_only_require_leave_one_form_with_optional_fields() {
        let form = EitherForm {
            file: Some(file("f.txt", "f")),
            url: text("u"),
        };
        let request = sent!(form_root_union.either(&form));
        assert_eq!(
            head(&request),
            "POST /either\ncontent-type: multipart/form-data"
        );
        assert_eq!(
            parts(&request),
            ["file (application/octet-stream, \"f.txt\") = f", "url = u"]
        );
    }
}

mod form_and_json {
    use postpress_constructs::form_and_json::{
        bodies::AddThreeBody,
        enums::ThingKind,
        forms,
        params::AddThingParams,
        types::{self, Flat},
        variants,
    };
    use postpress_tests::Response;
    use serde_json::json;

    use super::*;
    use crate::wire::{rewritten, whole};

    #[test]
    fn one_schema_is_a_form_or_json_by_the_type_that_is_given() {
        let body = json!({"name": "n", "rate": 1});
        let form = forms::Thing {
            name: "n".into(),
            part: Some(forms::Part { n: Some(1) }),
            choice: Some(forms::Choice::Yes(forms::ChoiceYes {
                because: "b".into(),
            })),
            kind: Some(ThingKind::Small),
            rate: Some(2.0),
            picture: Some(file("p.png", "p")),
        };
        let params = AddThingParams {
            dry_run: Some(true),
        };
        let response = Response::json("201 Created", &body);
        let (request, response) = exchange!(response, form_and_json.add_thing(&form, &params));
        assert_eq!(
            head(&request),
            "POST /things?dry_run=true\naccept: application/json\ncontent-type: multipart/form-data"
        );
        assert_eq!(
            parts(&request),
            [
                "name = n",
                "part[n] = 1",
                "choice[kind] = yes_",
                "choice[because] = b",
                "kind = small",
                "rate = 2",
                "picture (application/octet-stream, \"p.png\") = p",
            ]
        );
        assert_eq!(values(ThingKind::VALUES), ["big", "small"]);
        let thing = response.unwrap().into_value();
        assert_eq!((&*thing.name, thing.rate), ("n", Some(1.0)));

        let json = types::Thing {
            name: "n".into(),
            part: Some(types::Part { n: Some(1) }),
            choice: Some(variants::Choice::Yes(types::ChoiceYes {
                because: "b".into(),
            })),
            kind: Some(ThingKind::Small),
            rate: Some(2.0),
            picture: text("p"),
        };
        let response = Response::json("201 Created", &body);
        let (request, response) = exchange!(response, form_and_json.add_thing(&json, &params));
        assert_eq!(
            whole(&request),
            "POST /things?dry_run=true\naccept: application/json\ncontent-type: application/json\n\n\
             {\"name\":\"n\",\"part\":{\"n\":1},\"choice\":{\"kind\":\"yes_\",\"because\":\"b\"},\"kind\":\"small\",\"rate\":2,\
             \"picture\":\"p\"}"
        );
        assert_eq!(response.unwrap().value().name, "n");
    }

    #[test]
    fn optional_members_are_not_written_back_without_a_value() {
        rewritten::<types::Thing>(json!({"name": "n"}));
        rewritten::<types::Thing>(json!({"name": "n", "part": {}}));
        let no: types::Thing = rewritten(json!({"name": "n", "choice": {"kind": "no_"}}));
        assert!(matches!(no.choice, Some(variants::Choice::No(_))));
        rewritten::<Flat>(json!({"a": "x"}));
    }

    #[test]
    fn one_schema_is_url_encoded_or_json() {
        let body = Flat {
            a: "x y".into(),
            b: Some(1),
            c: None,
        };
        assert_eq!(
            whole(&sent!(form_and_json.add_three(Some((&body).into())))),
            "POST /three\ncontent-type: application/json\n\n{\"a\":\"x y\",\"b\":1}"
        );
        assert_eq!(
            whole(&sent!(
                form_and_json.add_three(Some(AddThreeBody::UrlEncoded(&body)))
            )),
            "POST /three\ncontent-type: application/x-www-form-urlencoded\n\na=x%20y&b=1"
        );
        assert_eq!(whole(&sent!(form_and_json.add_three(None))), "POST /three");
    }
}
